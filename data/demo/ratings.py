"""How the demo company's customers rate each moment: what weighs truly is known here, because the scores came first."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from data.demo.answers import answers
from data.demo.company import MOMENTS, Size, child

RATING, LIVING = 0.35, 0.7
"""Share of the answers that rate moments, and of the moments that each of them has lived."""

TRUTH: dict[str, tuple[float, float, float, float]] = {
    "Descubrir": (7.9, 7.4, 5.2, 0.15),
    "Pedir oferta": (7.6, 7.6, 7.0, 0.35),
    "Decidir": (7.7, 7.3, 6.2, 0.20),
    "Hacer el pedido": (8.0, 7.9, 7.4, 0.40),
    "Esperar": (6.1, 8.2, 8.3, 1.00),
    "Recibir": (8.1, 8.2, 8.6, 0.75),
    "Comprobar": (7.9, 7.9, 7.8, 0.30),
    "Usar": (8.3, 8.1, 8.2, 0.45),
    "Pagar": (7.1, 7.9, 8.8, 0.12),
    "Resolver una duda": (7.2, 7.8, 7.6, 0.50),
    "Reclamar": (5.6, 7.9, 6.9, 0.80),
    "Volver a comprar": (8.2, 7.6, 6.4, 0.25),
}
"""Moment: what is lived, expected and held important on the mean (0–10), and how strongly it moves with the score."""

ATTRIBUTES = {"Esperar": ("aviso", "plazo"), "Recibir": ("embalaje", "trato")}
"""Moments that are rated by attribute, with how much better or worse than the moment: the first worse."""

PARTS = ("vivido", "esperado", "importa")


def columns() -> list[tuple[str, str | None]]:
    """Return every (moment, attribute) that is rated."""
    return [(moment, one) for moment in MOMENTS for one in ATTRIBUTES.get(moment, (None,))]


def column(part: str, moment: str, attribute: str | None) -> str:
    """Return the name of a column of the file."""
    return f"{moment} ({attribute}), {part}" if attribute else f"{moment}, {part}"


def mapping() -> str:
    """Return the part of the mapping that reads the ratings."""
    blocks = []
    for moment, attribute in columns():
        lines = ["[[ratings]]", f'moment = "{moment}"']
        lines += [f'attribute = "{attribute}"'] if attribute else []
        names = zip(("lived", "expected", "importance"), PARTS, strict=True)
        lines += [f'{name} = "{column(part, moment, attribute)}"' for name, part in names]
        blocks.append("\n".join([*lines, "min = 0", "max = 10", 'measure_source = "customer"']))
    return "\n\n".join(["", *blocks]) + "\n"


def ratings(seed: int, size: Size, today: date) -> pl.DataFrame:
    """Return a row per answer, in its order: a column per part, moment and attribute, blank where nobody said it."""
    frame = answers(seed, size, today)
    draw = child(seed, "ratings")
    score = frame["recomendaría"].to_numpy().astype(float)
    rates = draw.random(score.size) < RATING
    mood = draw.normal(size=score.size)
    found = {}
    for moment, attribute in columns():
        lived, expected, valued, weight = TRUTH[moment]
        shift = 0.0 if attribute is None else -0.8 if attribute == ATTRIBUTES[moment][0] else 0.8
        says = rates & (draw.random(score.size) < LIVING)
        centres = (
            lived + shift + weight * (score - 7.8) + 0.4 * mood,
            np.full(score.size, expected),
            np.full(score.size, valued),
        )
        for part, centre, spread in zip(PARTS, centres, (1.6, 1.1, 1.3), strict=True):
            value = np.clip(np.round(centre + draw.normal(0, spread, score.size)), 0, 10).astype(np.int64)
            found[column(part, moment, attribute)] = pl.Series(value).set(pl.Series(~says), None)
    return pl.DataFrame(found)
