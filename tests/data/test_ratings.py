"""Ratings from cubes and from rows are the same, on every scale."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from dashboard.filters import DIMENSIONS, EVERYTHING, Filters, filters
from dashboard.members import Member, Members
from dashboard.tables import RATED, RATINGS
from data.ratings import Ratings
from data.rows import of_customers
from data.services import Services
from data.upkeep import check_cubes
from data.writes.decision import decision
from data.writes.publications import publish_versions, refresh_cubes
from tests.data.stores import opened
from tests.homes import copy, demo

MOMENTS, SCALES = ("Esperar", "Recibir", None), {"0-10": (0, 10), "1-5": (1, 5), "-3-3": (-3, 3)}


def ratings(rows: int, seed: int = 3) -> pl.DataFrame:
    """Return random ratings, some of them silent, not counted, internal or our own estimate."""
    draw = np.random.default_rng(seed)
    found = []
    for place in range(rows):
        day = date(2026, 9, 1) + timedelta(days=int(draw.integers(0, 80)))
        scale = list(SCALES)[draw.integers(0, 3)]
        least, most = SCALES[scale]
        told = [int(draw.integers(least, most + 1)) if draw.random() < 0.8 else None for _ in range(3)]
        found.append(
            {
                "response_id": f"s:{place}",
                "import_id": 1,
                "respondent": None,
                **{name: (None, "a", "b")[draw.integers(0, 3)] for name in DIMENSIONS},
                "moment": MOMENTS[draw.integers(0, 3)],
                "audience": "internal" if draw.random() < 0.1 else "external",
                "source": "s",
                "attribute": ("plazo", "trato", None)[draw.integers(0, 3)],
                "answered_at": datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
                "day": day,
                "week": day - timedelta(days=day.weekday()),
                "month": f"{day - timedelta(days=day.weekday()):%Y-%m}",
                "measure_source": "estimate" if draw.random() < 0.1 else "survey",
                "scale": scale,
                **dict(zip(("lived", "expected", "importance"), told, strict=True)),
                "counts": bool(draw.random() < 0.9),
            }
        )
    return RATINGS.require(pl.DataFrame(found, schema=RATINGS.columns))


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    made = opened(tmp_path_factory.mktemp("ratings"))
    made.log.append("ratings", ratings(4000), "test")
    with decision(made, "tests") as open_decision:
        publish_versions(made, open_decision, refresh_cubes(made, None, "test"), "test")
        open_decision.record("publish", "publication", 1)
    yield made
    made.database.dispose()


def asked_of(services: Services, members: Members | None = None) -> Ratings:
    state = services.state()
    return Ratings(services.log, state.publication.versions, members or Members())


QUESTIONS = [
    (EVERYTHING, ()),
    (EVERYTHING, ("moment", "segment")),
    (EVERYTHING, ("moment", "attribute")),
    (filters({"moment": ["Esperar"], "team": ["a"]}), ("team",)),
    (filters({"site": ["a", "—"]}, date(2026, 9, 14), date(2026, 10, 4)), ("moment", "site")),
    (filters({"audience": ["internal"]}), ("moment",)),
    (filters({"account": ["a"], "role": ["b"]}), ("moment",)),
]


@pytest.mark.parametrize(("asked", "dimensions"), QUESTIONS)
def test_a_cube_says_what_the_rows_say(stored: Services, asked: Filters, dimensions: tuple[str, ...]) -> None:
    one = asked_of(stored)
    by = tuple(pl.col(name) for name in dimensions)
    needed = tuple(sorted({*dimensions, "scale", *of_customers(asked).dimensions}))
    rows = one.from_rows(of_customers(asked), needed).group_by(*dimensions, "scale").agg(pl.col(RATED).sum()).collect()
    keys = [*dimensions, "scale"]
    assert one.raw(asked, by, dimensions).select(*keys, *RATED).sort(keys).equals(rows.select(*keys, *RATED).sort(keys))
    assert rows.height


def test_the_sums_are_those_of_a_script_by_hand(stored: Services) -> None:
    frame = ratings(4000)
    kept = frame.filter(
        pl.col("counts") & (pl.col("audience") == "external") & (pl.col("measure_source") != "estimate")
    )
    ends = {scale: (float(low), float(high)) for scale, (low, high) in SCALES.items()}
    ten = [
        None if lived is None else 10 * (lived - ends[scale][0]) / (ends[scale][1] - ends[scale][0])
        for scale, lived in kept.select("scale", "lived").iter_rows()
    ]
    known = [value for value in ten if value is not None]
    found = asked_of(stored).sums(EVERYTHING, (), ()).row(0, named=True)
    assert found["rated"] == len(known)
    assert found["lived"] == pytest.approx(sum(known))
    assert found["lived2"] == pytest.approx(sum(value**2 for value in known))
    assert found["top"] == sum(value == 10 for value in known)
    both = [
        10 * (lived - expected) / (ends[scale][1] - ends[scale][0])
        for scale, lived, expected in kept.select("scale", "lived", "expected").iter_rows()
        if lived is not None and expected is not None
    ]
    assert found["compared"] == len(both)
    assert found["gap"] == pytest.approx(sum(both))


def test_merged_moments_are_one(stored: Services) -> None:
    merged = Members((Member("moment", "Recibir", "Recibir", "Esperar"),))
    by = (pl.col("moment"),)
    apart = dict(asked_of(stored).sums(EVERYTHING, by, ("moment",)).select("moment", "rated").iter_rows())
    together = dict(asked_of(stored, merged).sums(EVERYTHING, by, ("moment",)).select("moment", "rated").iter_rows())
    assert together["Esperar"] == apart["Esperar"] + apart["Recibir"]


def test_published_cells_are_those_of_the_log(stored: Services) -> None:
    differing, cells = check_cubes(stored)
    assert differing == 0
    assert cells > 0


def test_of_very_many_only_the_newest_months_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    services = copy(demo("normal"))
    state = services.state()
    ratings = services.scores(state).ratings
    asked = EVERYTHING.within(state.today - timedelta(days=364), state.today)
    whole = ratings.answers(asked)
    monkeypatch.setattr("data.ratings.MOST_WEIGHED", 100)
    some = ratings.answers(asked)
    assert some.height == 100 and whole.height > 1000
    newest = ratings._newest(of_customers(asked))
    assert newest.since is not None and asked.since is not None and newest.since > asked.since
    assert some.sort("response_id").equals(ratings.answers(newest).select(some.columns).sort("response_id"))
