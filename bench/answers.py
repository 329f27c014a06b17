"""Synthetic answers, straight into a log: as many as asked, the same for the same seed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from dashboard.tables import RESPONSES
from data.services import Services, open_services
from data.settings import Settings
from data.writes.decision import decision
from data.writes.publications import publish_versions, refresh_cubes, writer_lock

TODAY = date(2026, 11, 22)
DAYS = 728
CHUNK = 1_000_000


def rows(n: int, seed: int) -> pl.DataFrame:
    """Return `n` responses over two years: 8 teams, 5 segments, 4 channels, 6 sites, 12 moments, 20,000 accounts."""
    draw = np.random.Generator(np.random.PCG64([seed, n]))
    day = draw.integers(0, DAYS, n)

    def named(name: str, count: int) -> pl.Series:
        labels = pl.Series([f"{name} {index}" for index in range(count)])
        return labels.gather(pl.Series(draw.integers(0, count, n)))

    first = TODAY - timedelta(days=DAYS)
    frame = pl.DataFrame(
        {
            "response_id": pl.Series(np.arange(n) + seed * CHUNK).cast(pl.String),
            "import_id": pl.repeat(1, n, dtype=pl.Int64, eager=True),
            "respondent": pl.repeat(None, n, dtype=pl.String, eager=True),
            "team": named("team", 8),
            "segment": named("segment", 5),
            "channel": named("channel", 4),
            "site": named("site", 6),
            "moment": named("moment", 12),
            "touchpoint": pl.repeat(None, n, dtype=pl.String, eager=True),
            "account": named("account", 20_000),
            "area": named("area", 4),
            "role": named("role", 4),
            "audience": pl.repeat("external", n, eager=True),
            "source": pl.repeat("bench", n, eager=True),
            "kind": pl.repeat("explicit", n, eager=True),
            "offset": pl.Series(day),
            "recommend": pl.Series(np.minimum(10, draw.binomial(11, 0.74, n))).cast(pl.Int16),
            "weight": pl.repeat(1000, n, dtype=pl.Int64, eager=True),
            "counts": pl.repeat(True, n, eager=True),
            "verbatim": pl.repeat(None, n, dtype=pl.String, eager=True),
            "consent": pl.repeat(False, n, eager=True),
        }
    )
    local = pl.lit(first) + pl.duration(days=pl.col("offset"))
    frame = frame.with_columns(day=local.cast(pl.Date)).with_columns(
        answered_at=pl.col("day").cast(pl.Datetime("us")).dt.replace_time_zone("UTC") + pl.duration(hours=12),
        week=(pl.col("day") - pl.duration(days=pl.col("day").dt.weekday() - 1)).cast(pl.Date),
    )
    return RESPONSES.require(frame.with_columns(month=pl.col("week").dt.strftime("%Y-%m"))).sort("day")


def home_of(folder: Path, n: int) -> tuple[Services, float]:
    """Return services over a log of `n` answers, and the seconds that building its cubes took."""
    import time

    services = open_services(Settings(home=folder, today=TODAY, sign_in="off"))
    with writer_lock(services.home):
        for chunk in range(max(1, n // CHUNK)):
            services.log.append("responses", rows(min(n, CHUNK), chunk), f"bench-{chunk}")
        begun = time.perf_counter()
        versions = refresh_cubes(services, None, "bench")
        built = time.perf_counter() - begun
        with decision(services, "bench") as made:
            publish_versions(services, made, versions, "bench")
            made.record("bench", "publication", 1)
    return services, built
