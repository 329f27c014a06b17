"""The opening questions of journey and commitments: what they cost on a million answers and on ten."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from bench.answers import CHUNK, TODAY, rows
from bench.pairs import Pair, pair
from dashboard.permissions import Scope
from dashboard.tables import PROMISES, RATINGS
from data.cache import Answers
from data.journey import Asked, read_journey
from data.ledger import read_ledger, season
from data.services import Services, open_services
from data.settings import Settings
from data.writes.decision import decision
from data.writes.publications import publish_versions, refresh_cubes, refresh_promise_cubes, writer_lock

SHARED = ("response_id", "import_id", "respondent", "answered_at", "day", "week", "month", "counts")


def ratings_of(answers: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Return one rating for each answer, on 0–10."""
    draw = np.random.Generator(np.random.PCG64([seed, 1]))
    lived, expected = (pl.Series(draw.integers(low, 11, answers.height)) for low in (3, 5))
    told = answers.with_columns(
        attribute=pl.lit(None, pl.String),
        measure_source=pl.lit("survey"),
        scale=pl.lit("0-10"),
        lived=lived,
        expected=expected,
        importance=pl.lit(None, pl.Int64),
    )
    return RATINGS.require(told.cast({"lived": pl.Int64, "expected": pl.Int64}))


def promises_of(answers: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Return one promise for each answer: four in five kept."""
    draw = np.random.Generator(np.random.PCG64([seed, 2]))
    minutes = pl.Series(draw.integers(-4 * 1440, 1440, answers.height)).cast(pl.Int64)
    told = answers.with_columns(
        promise_id=pl.col("response_id"),
        standard=pl.lit("pedido"),
        made=pl.col("day") - pl.duration(days=5),
        due=pl.col("day"),
        minutes=minutes,
        delivered=pl.col("day") + pl.duration(days=minutes // 1440),
        outcome=pl.when(minutes <= 0).then(pl.lit("kept")).otherwise(pl.lit("late")),
        measure_source=pl.lit(None, pl.String),
        scale=pl.lit(None, pl.String),
        expected=pl.lit(None, pl.Int64),
        lived=pl.lit(None, pl.Int64),
        is_current=pl.lit(True),
    )
    return PROMISES.require(told)


def home_of(folder: Path, n: int) -> Services:
    """Return services over `n` answers, each rated, and as many promises."""
    services = open_services(Settings(home=folder, today=TODAY, sign_in="off"), answers=Answers(None, ""))
    with writer_lock(services.home):
        for chunk in range(max(1, n // CHUNK)):
            answers = rows(min(n, CHUNK), chunk)
            services.log.append("responses", answers, f"bench-{chunk}")
            services.log.append("ratings", ratings_of(answers, chunk), f"bench-{chunk}")
            services.log.append("promises", promises_of(answers, chunk), f"bench-{chunk}")
        refresh_cubes(services, None, "bench")
        versions = refresh_promise_cubes(services, None, "bench")
        with decision(services, "bench") as made:
            publish_versions(services, made, versions, "bench")
            made.record("bench", "publication", 1)
    return services


def journey(services: Services) -> None:
    """Ask what the journey shows when it is opened."""
    assert read_journey(services, services.state(), Scope.administrator(), Asked()).rows


def commitments(services: Services) -> None:
    """Ask what the commitments show when they are opened."""
    state = services.state()
    assert read_ledger(services, state, Scope.administrator(), season(services, state)).kept.due


def growth(small: Services, large: Services, rounds: int) -> dict[str, Pair]:
    """Return how much dearer each opening question is on the larger log; nothing is kept between rounds."""
    found = {}
    for name, ask in (("journey", journey), ("commitments", commitments)):
        ask(small), ask(large)
        found[name] = pair(lambda ask=ask: ask(large), lambda ask=ask: ask(small), rounds)
    return found
