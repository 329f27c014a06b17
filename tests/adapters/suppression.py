"""Reference cases of what may be shown of small groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from dashboard.suppression import (
    batched,
    disclosed_cells,
    feasible_ranges,
    suppress_row,
    suppress_table,
    unsafe_pairs,
    with_totals,
)
from tests.adapters import adapter


@adapter
def suppress_1d(n: list[int], k: int) -> Mapping[str, Any]:
    result = suppress_row(n, k)
    return {
        "hidden": list(result.hidden),
        "total_hidden": result.is_total_hidden,
        "hidden_sum": result.hidden_people,
    }


@adapter
def suppress_2d(n: list[list[int]], k: int) -> Mapping[str, Any]:
    result = suppress_table(n, k)
    table = with_totals(n)
    primary = (table > 0) & (table < k)
    primary[-1, :] = primary[:, -1] = False
    ranges = feasible_ranges(n, result.hidden)
    return {
        "hidden_extended": result.hidden.tolist(),
        "n_hidden_inner": len(result.hidden_cells),
        "disclosed_after": [f"{row},{column}" for row, column in result.disclosed],
        "disclosed_if_primary_only": [f"{row},{column}" for row, column in disclosed_cells(primary)],
        "hidden_cells": [f"{row},{column}" for row, column in result.hidden_cells],
        "feasible_lo": [low for low, _ in ranges],
        "feasible_hi": [high for _, high in ranges],
    }


@adapter
def differencing_pairs(groups: Mapping[str, list[int]], k: int) -> Mapping[str, Any]:
    return {"unsafe": [asdict(pair) for pair in unsafe_pairs(groups, k)]}


@adapter
def batched_release(cumulative_n: list[int], k: int) -> Mapping[str, Any]:
    return {"published_n": batched(cumulative_n, k)}
