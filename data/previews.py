"""What a browser needs to know of an import or an erasure, as plain JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import polars as pl

from dashboard.erasure import Erasure
from dashboard.nps import Counts, net_promoter_score
from data.writes.imports import Outcome

SHOWN_ROWS = 50


def erasure_values(erasure: Erasure) -> dict[str, Any]:
    """Return what was erased and what is left, days as text."""
    copies = [{"name": copy.name, "day": copy.day.isoformat()} for copy in erasure.backups]
    return asdict(erasure) | {"backups": copies}


def preview_values(outcome: Outcome) -> dict[str, Any]:
    """Return counts, the score of the file alone, and the first rejected rows."""
    values: dict[str, Any] = {
        "import_id": outcome.import_id,
        "is_new": outcome.is_new,
        "rows": outcome.rows,
        "accepted": outcome.accepted,
        "rejected": outcome.rejected,
        "ratings": outcome.ratings,
        "invited": outcome.invited,
        "promises": outcome.promises,
        "how": outcome.how,
        "rejections": outcome.rejections.drop("raw").head(SHOWN_ROWS).to_dicts(),
        "reasons": outcome.rejections.group_by("reason").agg(pl.col("row").n_unique()).sort("reason").to_dicts(),
    }
    if "recommend" in outcome.responses.columns:
        answers = outcome.responses["recommend"].drop_nulls()
        detractors, promoters = int((answers <= 6).sum()), int((answers >= 9).sum())
        nps = net_promoter_score(Counts(detractors, answers.len() - detractors - promoters, promoters))
        values["score"] = {"points": nps.points, "low": nps.low, "high": nps.high, "n": nps.n}
    return values
