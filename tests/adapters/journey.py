"""Reference cases of the journey: what weighs, cells of the heat map, where to act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import polars as pl

from dashboard import importance as weighing
from dashboard.marks import Mark, with_marks
from dashboard.palette import contrast, luminance, text_colour, with_classes
from dashboard.priorities import with_priorities
from dashboard.shrinkage import SPREAD_SCALE, SPREADS, Method, plug_in_cells, shrunk_cells
from tests.adapters import adapter

Numbers = Sequence[float | None]


def columns(**numbers: Numbers) -> pl.DataFrame:
    """Return a frame of numbers."""
    return pl.DataFrame(numbers, schema=dict.fromkeys(numbers, pl.Float64))


def grid(y: Numbers, v: Numbers, rows: int, cols: int) -> pl.DataFrame:
    """Return the cells of a grid, row by row."""
    places = pl.DataFrame(list(product(range(rows), range(cols))), schema=["row", "column"], orient="row")
    return pl.concat([places, columns(value=y, variance=v)], how="horizontal")


def weights(corr: Sequence[Numbers], name: str) -> Mapping[str, Any]:
    """Return the weights that the function `name` gives; a null correlation is NaN."""
    found = getattr(weighing, name)(np.array(corr, dtype=float))
    return {"r2": found.explained, "raw": found.raw, "share": found.share, "sign": found.sign}


@adapter
def relative_weights(corr: Sequence[Numbers], names: Sequence[str] = (), note: str = "") -> Mapping[str, Any]:
    del names, note
    return weights(corr, "relative_weights")


@adapter
def shapley_r2(corr: Sequence[Numbers], names: Sequence[str] = (), note: str = "") -> Mapping[str, Any]:
    del names, note
    return weights(corr, "average_over_orders")


@adapter
def driver_jackknife(groups: Sequence[Mapping[str, Any]], conf: float = 0.95) -> Mapping[str, Any]:
    sums = []
    for group in groups:
        cross = np.array(group["cross"], dtype=float)
        total = np.repeat(np.array(group["sum"], dtype=float)[:, None], len(cross), axis=1)
        square = np.repeat(np.diag(cross)[:, None], len(cross), axis=1)
        sums.append(weighing.PairSums(np.full(cross.shape, group["n"], dtype=float), total, square, cross))
    found = weighing.share_margins(sums, conf)
    if found is None:
        return dict.fromkeys(("share", "se", "ci_low", "ci_high")) | {"n": sum(group["n"] for group in groups)}
    parts = {"share": found.share, "se": found.error, "ci_low": found.low, "ci_high": found.high}
    return {"n": found.n} | {name: None if part is None else part.tolist() for name, part in parts.items()}


@adapter
def eb_shrink(y: Numbers, v: Numbers, method: str = "PM") -> Mapping[str, Any]:
    found = plug_in_cells(columns(value=y, variance=v), Method(method))
    cells = found.cells
    centre = cells.drop_nulls("prior_mean").head(1)
    return {
        "tau2": found.variance,
        "mu": centre["prior_mean"].to_list()[0] if centre.height else None,
        "se_mu": centre["prior_error"].to_list()[0] if centre.height else None,
        "shrunk": cells["shrunk"].to_list(),
        "B": cells["pull"].to_list(),
        "post_sd_known": cells["sd"].to_list(),
        "post_sd_mu": cells["sd_with_prior"].to_list(),
    }


@adapter
def eb_additive(y: Sequence[Numbers], v: Sequence[Numbers], method: str = "PM") -> Mapping[str, Any]:
    rows, cols = len(y), len(y[0]) if y else 0
    cells = grid([cell for row in y for cell in row], [cell for row in v for cell in row], rows, cols)
    found = plug_in_cells(cells, Method(method))

    def table(name: str) -> list[list[float | None]]:
        flat = found.cells[name].to_list()
        return [flat[row * cols : (row + 1) * cols] for row in range(rows)]

    return {"tau2": found.variance, "prior_mean": table("prior_mean"), "shrunk": table("shrunk")}


@adapter
def eb_grid(
    y: Numbers,
    v: Numbers,
    tau_grid: Sequence[float] = SPREADS,
    scale: float = SPREAD_SCALE,
    rows: int | None = None,
    cols: int | None = None,
) -> Mapping[str, Any]:
    cells = grid(y, v, rows, cols) if rows and cols else columns(value=y, variance=v)
    found = shrunk_cells(cells, tau_grid, scale)
    return {
        "weights": found.weight.tolist(),
        "tau_mean": found.spread,
        "shrunk": found.cells["shrunk"].to_list(),
        "post_sd": found.cells["shrunk_sd"].to_list(),
        "ci90_low": found.cells["shrunk_low"].to_list(),
        "ci90_high": found.cells["shrunk_high"].to_list(),
    }


@adapter
def cell_marks(n: Sequence[int], sum: Numbers, sumsq: Numbers, q: float = 0.05) -> Mapping[str, Any]:  # noqa: A002 (contract name)
    cells = with_marks(columns(n=n, total=sum, square=sumsq).with_columns(row=pl.lit(0)), q)
    said = {Mark.ABOVE.value: "up", Mark.BELOW.value: "down", None: ""}
    return {
        "z": cells["z"].to_list(),
        "p": cells["p"].to_list(),
        "p_adj": cells["p_adjusted"].to_list(),
        "mark": [said[mark] for mark in cells["mark"]],
    }


@adapter
def opportunity(
    importance: Numbers, satisfaction: Numbers, derived_share: Numbers, performance: Numbers
) -> Mapping[str, Any]:
    moments = with_priorities(
        columns(importance=importance, satisfaction=satisfaction, share=derived_share, performance=performance)
    )
    order = moments.with_row_index("place").sort("rank", nulls_last=True, maintain_order=True)
    return {
        "opportunity": moments["opportunity"].to_list(),
        "gap": moments["gap"].to_list(),
        "potential": moments["potential"].to_list(),
        "order_by_potential": order["place"].to_list(),
    }


@adapter
def palette_contrast(hex: Sequence[str]) -> Mapping[str, Any]:  # noqa: A002 (contract name)
    texts = [text_colour(colour) for colour in hex]
    return {
        "luminance": [luminance(colour) for colour in hex],
        "text": texts,
        "contrast": [contrast(text, colour) for text, colour in zip(texts, hex, strict=True)],
    }


@adapter
def vsup_bin(value: Numbers, sd: Numbers, vmax: float = 50, sd_max: float = 16) -> Mapping[str, Any]:
    cells = with_classes(columns(value=value, sd=sd), largest=vmax, most_doubt=sd_max)
    return {
        "level": cells["level"].to_list(),
        "n_bins": cells["classes"].to_list(),
        "bin": cells["place"].to_list(),
        "centre": cells["centre"].to_list(),
    }
