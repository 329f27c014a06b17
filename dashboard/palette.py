"""Colours that say no more than is known, and text that can be read on them.

Sources: WCAG 2.1 (contrast); Correll, Moritz & Heer 2018, CHI (value-suppressing uncertainty palettes).
"""

from __future__ import annotations

import polars as pl

DARK_TEXT, LIGHT_TEXT = "#111111", "#FFFFFF"
LEAST_CONTRAST = 4.5
CLASSES = (8, 4, 2, 1)
"""How many colours there are at each level of doubt, 0 to 3; at the last there is only grey."""


def luminance(colour: str) -> float:
    """Return the relative luminance 0..1 of "#RRGGBB"."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1..21; text needs 4.5."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def text_colour(background: str) -> str:
    """Return dark or light text, whichever has more contrast; dark when equal."""
    return max((DARK_TEXT, LIGHT_TEXT), key=lambda text: contrast(text, background))


def with_classes(
    cells: pl.DataFrame, value: str = "value", sd: str = "sd", largest: float = 50.0, most_doubt: float = 16.0
) -> pl.DataFrame:
    """Return cells with the class of their colour: the less certain, the fewer classes.

    Parameters
    ----------
    cells : DataFrame
        Columns `value` (a difference around 0) and `sd` (≥ 0), numbers in the same units.
    largest : float
        Values beyond ± `largest` take the end colours.
    most_doubt : float
        From this standard deviation on there is only grey.

    Returns
    -------
    DataFrame
        With `level` (0..3), `classes` (8, 4, 2, 1), `place` (0 .. classes − 1; Int64) and `centre` (Float64, the middle
        of the class, 0..1) added; null where there is no value or no deviation.
    """
    number, doubt = (pl.col(name).cast(pl.Float64).fill_nan(None) for name in (value, sd))
    level = pl.when(number.is_not_null()).then((4 * doubt / most_doubt).floor().clip(0, 3).cast(pl.Int64))
    share = (number.clip(-largest, largest) + largest) / (2 * largest)
    classes, place = pl.col("classes"), pl.col("place")
    return (
        cells.with_columns(level=level)
        .with_columns(classes=pl.col("level").replace_strict(range(4), CLASSES, return_dtype=pl.Int64))
        .with_columns(place=pl.min_horizontal((share * classes).floor().cast(pl.Int64), classes - 1))
        .with_columns(centre=(place + 0.5) / classes)
    )
