"""A against B: the numbers of the rows by hand, rights, and nothing that the two sides alone would not show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations
from math import sqrt
from typing import Any

import numpy as np
import polars as pl
import pytest

from dashboard.filters import EVERYTHING, Filters, filters
from dashboard.journey import Journey, Order
from dashboard.journey_cells import Measure
from dashboard.journey_comparison import Comparison, Sides, Versus
from dashboard.nps import critical
from dashboard.permissions import NotAllowedError, Role, Scope
from data.journey import Asked, read_journey
from data.journey_cell import read_cell
from data.services import Services
from tests.data.stores import ADMINISTRATOR, opened, responses, store
from tests.homes import copy, demo

VIEWER = Scope(Role.VIEWER)
WEEKS = (date(2026, 11, 9), date(2026, 11, 2), date(2026, 10, 26))
"""The newest closed weeks of the tests' day, newest first."""


@pytest.fixture(scope="module")
def company() -> Services:
    return copy(demo("normal"))


def compared(services: Services, scope: Scope = ADMINISTRATOR, **asked: Any) -> Comparison:
    found = read_journey(services, services.state(), scope, Asked(**asked)).comparison
    assert found is not None
    return found


def rows_of(services: Services, where: Filters) -> pl.DataFrame:
    """Return the answers of customers under filters, read from the log."""
    rows = services.log.scan("responses", services.state().publication.versions.responses)
    counted = pl.col("counts") & (pl.col("audience") == "external") & pl.col("recommend").is_not_null()
    return rows.filter(counted & where.expression()).collect()


def points_of(rows: pl.DataFrame) -> tuple[int, float, float]:
    """Return answers, score and the variance of the adjusted score, in points."""
    n = rows.height
    plus, minus = ((rows["recommend"] >= 9).sum(), (rows["recommend"] <= 6).sum())
    high, low = (plus + 0.75) / (n + 3), (minus + 0.75) / (n + 3)
    return n, 100 * (plus - minus) / n, 1e4 * (high + low - (high - low) ** 2) / (n + 3)


def check_score(cell: dict[str, Any], a: pl.DataFrame, b: pl.DataFrame) -> None:
    (n, value, spread), (n_other, value_other, spread_other) = points_of(a), points_of(b)
    assert (cell["n"], cell["n_other"]) == (n, n_other)
    assert (cell["value"], cell["value_other"]) == (pytest.approx(value), pytest.approx(value_other))
    assert cell["change"] == pytest.approx(value - value_other)
    error = sqrt(spread + spread_other)
    assert cell["error"] == pytest.approx(error)
    assert cell["high"] - cell["low"] == pytest.approx(2 * critical(0.95) * error)


def days(side: Any, **where: list[str]) -> Filters:
    return filters(where, side.period.since, side.period.until)


def test_two_segments_are_the_scores_of_their_rows(company: Services) -> None:
    found = compared(company, versus=Versus.VALUE, sides=Sides("segment", "hostelería", "industrial"))
    assert [row[0] for row in found.rows] == ["hostelería"], "rows that are compared become one"
    assert (found.a.name, found.b.name) == ("hostelería", "industrial")
    for moment in ("Esperar", "Pagar"):
        cell = found.cell(moment, "hostelería")
        assert cell is not None
        sides = (days(one, moment=[moment], segment=[one.key]) for one in (found.a, found.b))
        check_score(cell, *(rows_of(company, side) for side in sides))


def test_two_channels_are_compared_row_by_row(company: Services) -> None:
    found = compared(company, pivot="team", versus=Versus.VALUE, sides=Sides("channel", "teléfono", "web"))
    cell = found.cell("Esperar", "Transporte")
    assert cell is not None
    asked = (days(one, moment=["Esperar"], team=["Transporte"], channel=[one.key]) for one in (found.a, found.b))
    check_score(cell, *(rows_of(company, side) for side in asked))


@pytest.mark.parametrize(
    ("versus", "sides", "since", "until"),
    [
        (Versus.BEFORE, Sides(), date(2026, 5, 18), date(2026, 8, 16)),
        (Versus.YEAR, Sides(), date(2025, 8, 18), date(2025, 11, 16)),
        (Versus.PERIOD, Sides(), date(2026, 5, 18), date(2026, 8, 16)),
        (Versus.PERIOD, Sides(since=date(2026, 1, 7), until=date(2026, 2, 3)), date(2026, 1, 7), date(2026, 2, 3)),
        (Versus.PERIOD, Sides(since=date(2026, 1, 5)), date(2026, 1, 5), date(2026, 4, 5)),
        (Versus.PERIOD, Sides(until=date(2026, 4, 5)), date(2026, 1, 5), date(2026, 4, 5)),
        (Versus.PERIOD, Sides(since=date(2026, 4, 5), until=date(2026, 1, 5)), date(2026, 5, 18), date(2026, 8, 16)),
    ],
)
def test_two_periods_are_the_scores_of_their_rows(
    company: Services, versus: Versus, sides: Sides, since: date, until: date
) -> None:
    found = compared(company, versus=versus, sides=sides)
    assert (found.b.period.since, found.b.period.until) == (since, until)
    cell = found.cell("Esperar", "industrial")
    assert cell is not None
    asked = (days(one, moment=["Esperar"], segment=["industrial"]) for one in (found.a, found.b))
    check_score(cell, *(rows_of(company, side) for side in asked))


def test_means_are_those_of_the_ratings(company: Services) -> None:
    found = compared(
        company, measure=Measure.MEAN, versus=Versus.VALUE, sides=Sides("segment", "hostelería", "industrial")
    )
    rated = company.log.scan("ratings", company.state().publication.versions.ratings)
    told = []
    for side in (found.a, found.b):
        where = days(side, moment=["Esperar"], segment=[side.key]).expression()
        rows = rated.filter(where & pl.col("counts") & pl.col("lived").is_not_null()).collect()
        rows = rows.filter((pl.col("audience") == "external") & (pl.col("measure_source") != "estimate"))
        least, most = (rows["scale"].str.extract(r"^(-?\d+)-(-?\d+)$", place).cast(pl.Float64) for place in (1, 2))
        told.append(10 * (rows["lived"] - least) / (most - least))
    cell = found.cell("Esperar", "hostelería")
    assert cell is not None
    a, b = told
    assert (cell["n"], cell["n_other"]) == (a.len(), b.len())
    assert cell["change"] == pytest.approx(a.mean() - b.mean())
    assert cell["error"] == pytest.approx(sqrt(a.var() / a.len() + b.var() / b.len()))


def test_what_is_searched_is_judged_as_a_search(company: Services) -> None:
    found = compared(company, pivot="team", versus=Versus.VALUE, sides=Sides("segment", "hostelería", "industrial"))
    heard = found.cells.drop_nulls("verdict").filter(pl.col("verdict") != "insufficient")
    alone = heard.filter(pl.col("change").abs() > critical(0.995) * pl.col("error"))
    assert heard.filter(pl.col("verdict") == "real").height <= alone.height + 1
    assert set(heard["verdict"]) <= {"real", "possible", "noise"}
    thin = found.cells.filter(pl.min_horizontal("n", "n_other") < 10)
    assert thin["change"].null_count() == thin.height


def test_rows_come_in_the_order_of_the_difference(company: Services) -> None:
    worst, best = (
        compared(company, pivot="team", order=order, versus=Versus.YEAR).rows for order in (Order.WORST, Order.BEST)
    )
    assert worst == best[::-1]


def test_what_is_not_chosen_is_what_is_usual(company: Services) -> None:
    names = [key for key, _ in compared(company, versus=Versus.VALUE, sides=Sides("segment")).choices]
    for sides, a, b in (
        (Sides("segment"), names[0], names[1]),
        (Sides("segment", "no such", "neither"), names[0], names[1]),
        (Sides("segment", names[1], names[1]), names[1], names[0]),
        (Sides("segment", b=names[0]), names[0], names[1]),
    ):
        found = compared(company, versus=Versus.VALUE, sides=sides)
        assert (found.a.key, found.b.key) == (a, b), sides
    asked = Asked(filters({"segment": [names[2]]}), versus=Versus.VALUE, sides=Sides("segment"))
    own = read_journey(company, company.state(), ADMINISTRATOR, asked).comparison
    assert own is not None
    assert (own.a.key, own.b.key) == (names[2], names[0]), "what is filtered is A"


def test_periods_that_share_days_say_so(company: Services) -> None:
    assert compared(company, versus=Versus.PERIOD, sides=Sides(since=date(2026, 8, 3))).overlaps
    assert not compared(company, versus=Versus.YEAR).overlaps


@pytest.mark.parametrize(
    ("scope", "asked", "is_allowed"),
    [
        (VIEWER, Asked(versus=Versus.VALUE, sides=Sides("segment")), True),
        (VIEWER, Asked(versus=Versus.YEAR), True),
        (VIEWER, Asked(versus=Versus.VALUE, sides=Sides("team")), False),
        (VIEWER, Asked(versus=Versus.VALUE, sides=Sides("channel")), False),
        (Scope(Role.CAPTAIN), Asked(pivot="team", versus=Versus.VALUE, sides=Sides("channel")), True),
    ],
)
def test_a_comparison_is_for_those_who_may_cross_it(
    company: Services, scope: Scope, asked: Asked, is_allowed: bool
) -> None:
    if is_allowed:
        found = read_journey(company, company.state(), scope, asked)
        assert found.comparison is not None
        assert found.comparison.cells.height
        return
    with pytest.raises(NotAllowedError):
        read_journey(company, company.state(), scope, asked)


def test_a_site_compares_its_own_numbers_only(company: Services) -> None:
    own = Scope(Role.CAPTAIN, sites=("Getafe",))
    found = read_journey(company, company.state(), own, Asked(versus=Versus.VALUE, sides=Sides("site", "Vigo")))
    assert found.comparison is None, "one site has nothing to be compared with"
    assert "site" not in found.may_compare
    told = compared(company, own, measure=Measure.ANSWERS, versus=Versus.VALUE, sides=Sides("segment"))
    asked = days(told.a, site=["Getafe"], segment=[told.a.key], moment=["Esperar"])
    cell = told.cell("Esperar", told.a.key)
    assert cell is not None
    assert cell["n"] == rows_of(company, asked).height


def test_an_opened_cell_has_the_answers_of_both(company: Services) -> None:
    asked = Asked(versus=Versus.VALUE, sides=Sides("segment", "hostelería", "industrial"))
    found = read_cell(company, company.state(), ADMINISTRATOR, asked, "Esperar", "hostelería")
    one = compared(company, versus=Versus.VALUE, sides=asked.sides)
    assert found is not None
    for spread, side in ((found.spread, one.a), (found.spread_other, one.b)):
        rows = rows_of(company, days(side, moment=["Esperar"], segment=[side.key]))
        assert spread == tuple(int((rows["recommend"] == score).sum()) for score in range(11))


SEGMENTS, MOMENTS = ("a", "b", "c"), ("m", "n", "o")
Group = frozenset[tuple[int, int]]


def small_company(folder: Any, seed: int) -> tuple[Services, np.ndarray]:
    """Return a company of few people and how many answered by week, segment and moment; some name neither."""
    draw = np.random.default_rng(seed)
    people = draw.choice([0, 1, 2, 4, 5, 6, 9, 11, 30], size=(len(WEEKS), 4, 4))
    rows = [
        {
            "at": f"{week}T10:00",
            "segment": (*SEGMENTS, None)[y],
            "moment": (*MOMENTS, None)[x],
            "recommend": int(draw.integers(0, 11)),
        }
        for place, week in enumerate(WEEKS)
        for y in range(4)
        for x in range(4)
        for _ in range(people[place, y, x])
    ]
    services = opened(folder / "home")
    store(services, responses(rows))
    return services, people


def alone(services: Services, where: Filters) -> Journey:
    return read_journey(services, services.state(), VIEWER, Asked(where))


def shown_in(found: Journey, row: str, moment: str) -> tuple[int, float] | None:
    cell = found.cell(moment, row)
    return None if cell is None or cell["is_hidden"] else (int(str(cell["n"])), float(str(cell["value"])))


def random_pair(draw: np.random.Generator) -> tuple[Asked, Callable[[Comparison], tuple[Filters, Filters]]]:
    """Return a comparison that a viewer may ask for, and the filters of the two looks that it is made of."""
    last = int(draw.integers(0, len(WEEKS)))
    since, until = WEEKS[-1] - timedelta(days=int(draw.integers(0, 3))), WEEKS[last] + timedelta(days=6)
    where = EVERYTHING.within(since, until)
    if draw.random() < 0.5:
        a, b = draw.choice(SEGMENTS, 2, replace=False)
        asked = Asked(where, versus=Versus.VALUE, sides=Sides("segment", str(a), str(b)))
        return asked, lambda _found: (where, where)
    ends = sorted(WEEKS[-1] + timedelta(days=int(draw.integers(-9, 25))) for _ in range(2))
    asked = Asked(where, versus=Versus.PERIOD, sides=Sides(since=ends[0], until=ends[1]))
    return asked, lambda found: (where, EVERYTHING.within(found.b.period.since, found.b.period.until))


@pytest.mark.parametrize("seed", range(10))
def test_a_comparison_shows_a_viewer_only_what_both_sides_show_alone(tmp_path: Any, seed: int) -> None:
    services, people = small_company(tmp_path, seed)
    draw = np.random.default_rng([seed, 1])
    for _ in range(6):
        asked, looks = random_pair(draw)
        found = compared(services, VIEWER, filters=asked.filters, versus=asked.versus, sides=asked.sides)
        assert found.b.period.since.weekday() == 0, "B comes in whole weeks"
        assert found.b.period.until.weekday() == 6
        one, other = (alone(services, look) for look in looks(found))
        for cell in found.cells.iter_rows(named=True):
            keys = (found.a.key or cell["row"], found.b.key or cell["row"])
            a, b = (shown_in(look, key, cell["moment"]) for look, key in zip((one, other), keys, strict=True))
            if cell["is_hidden"]:
                assert [cell[name] for name in ("n", "n_other", "value", "value_other", "change")] == [None] * 5
                continue
            assert a is not None
            assert cell["n"] == a[0] >= 5
            assert (cell["n_other"], b) == (0, None) or (b is not None and cell["n_other"] == b[0] >= 5)
            if cell["change"] is not None:
                assert b is not None
                assert (cell["value"], cell["value_other"]) == (pytest.approx(a[1]), pytest.approx(b[1]))
            else:
                assert min(cell["n"], cell["n_other"]) < 10
                assert cell["value"] is None
    del people
    services.database.dispose()


@pytest.mark.parametrize("seed", range(6))
def test_no_pair_of_views_with_comparisons_gives_a_small_group_by_subtraction(tmp_path: Any, seed: int) -> None:
    services, people = small_company(tmp_path, seed)
    period = EVERYTHING.within(WEEKS[-1], WEEKS[0] + timedelta(days=6))
    told = people.sum(axis=0)
    groups: dict[Group, str] = {}

    def note(moment: str, segment: str, name: str) -> None:
        groups[frozenset({(SEGMENTS.index(segment), MOMENTS.index(moment))})] = name

    for cell in alone(services, period).cells.filter(~pl.col("is_hidden")).iter_rows(named=True):
        note(cell["moment"], cell["row"], "alone")
    for a, b in combinations(SEGMENTS, 2):
        found = compared(services, VIEWER, filters=period, versus=Versus.VALUE, sides=Sides("segment", a, b))
        for cell in found.cells.filter(~pl.col("is_hidden")).iter_rows(named=True):
            note(cell["moment"], a, "A")
            if cell["n_other"]:
                note(cell["moment"], b, "B")
        if found.whole is not None:
            for key in (a, b):
                places = [x for x in range(3) if told[SEGMENTS.index(key), x]]
                groups[frozenset((SEGMENTS.index(key), x) for x in places)] = f"whole {key}"
    for segment in SEGMENTS:
        shown = [group for group in groups if all(y == SEGMENTS.index(segment) for y, _ in group)]
        for inner, outer in combinations(sorted(shown, key=len), 2):
            if inner < outer:
                left = sum(int(told[y, x]) for y, x in outer - inner)
                assert left == 0 or left >= 5, (groups[inner], groups[outer], told.tolist())
    for group, name in groups.items():
        n = sum(int(told[y, x]) for y, x in group)
        assert n == 0 or n >= 5, (name, group)
    services.database.dispose()
