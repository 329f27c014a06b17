"""Reference cases of culture: do we agree, and do we know what customers value?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from dashboard import agreement
from dashboard.alignment import alignment
from tests.adapters import adapter

Numbers = Sequence[float | None]


@adapter
def krippendorff_alpha(ratings: Sequence[Numbers], note: str = "") -> Mapping[str, Any]:
    del note
    rows = [(unit, value) for coder in ratings for unit, value in enumerate(coder)]
    codings = pl.DataFrame(rows, schema={"unit": pl.Int64, "value": pl.Float64}, orient="row")
    return {scale.value: agreement.krippendorff(codings, scale) for scale in agreement.Scale}


@adapter
def icc(ratings: Sequence[Numbers]) -> Mapping[str, Any]:
    complete = [row for row in ratings if None not in row]
    rows = [(team, rating) for team, row in enumerate(complete) for rating in row]
    teams = agreement.between_teams(pl.DataFrame(rows, schema={"team": pl.Int64, "rating": pl.Float64}, orient="row"))
    table = agreement.juries(np.atleast_2d(np.array(ratings, dtype=float)))
    return {
        "icc1": teams.share,
        "icc2": table and table.chance,
        "icc3": table and table.fixed,
        "icc1k": teams.reliability,
        "icc2k": table and table.chance_mean,
        "icc3k": table and table.fixed_mean,
    }


@adapter
def cohen_kappa(table: Sequence[Sequence[float]]) -> Mapping[str, Any]:
    result = agreement.kappa(table)
    return {"kappa": result.plain, "kappa_quadratic": result.quadratic}


@adapter
def rank_alignment(internal: Numbers, client: Numbers) -> Mapping[str, Any]:
    rows = {"moment": [str(place) for place in range(len(internal))], "ours": internal, "theirs": client}
    schema = {"moment": pl.String, "ours": pl.Float64, "theirs": pl.Float64}
    result = alignment(pl.DataFrame(rows, schema=schema))
    return {
        "kendall_tau_b": result.tau,
        "spearman": result.rho,
        "largest_blind_spot": None if result.blind_spot is None else int(result.blind_spot),
    }


@adapter
def kendall_w(ranks_by_rater: Sequence[Numbers]) -> Mapping[str, Any]:
    result = agreement.concordance(np.atleast_2d(np.array(ranks_by_rater, dtype=float)))
    if result is None:
        return dict.fromkeys(("W", "chisq", "p"))
    return {"W": result.w, "chisq": result.chi_square, "p": result.p_value}


@adapter
def rwg(ratings: Numbers, options: int) -> Mapping[str, Any]:
    answers = pl.DataFrame({"rating": ratings}, schema={"rating": pl.Float64})
    teams = agreement.within_teams(answers.with_columns(team=pl.lit(0), item=pl.lit(0)), options)
    row = teams.row(0, named=True) if teams.height else dict.fromkeys(teams.columns)
    return {"rwg": row["agreement"], "raw": row["raw"], "ad_mean": row["mean_deviation"]}
