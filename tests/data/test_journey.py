"""The journey of the demo and of small companies: numbers, rights, and that no subtraction gives a small group."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import polars as pl
import pytest

from dashboard.filters import EVERYTHING, filters
from dashboard.importance import Weighing
from dashboard.journey import Journey, Order
from dashboard.journey_cells import Measure
from dashboard.permissions import Capability, NotAllowedError, Role, Scope
from data.board import read_scoreboard
from data.journey import Asked, Versus, read_journey
from data.services import Services
from tests.data.stores import ADMINISTRATOR, opened, responses, store
from tests.homes import copy, demo

VIEWER = Scope(Role.VIEWER)


@pytest.fixture(scope="module")
def company() -> Services:
    return copy(demo("normal"))


def journey(services: Services, scope: Scope = ADMINISTRATOR, **asked: Any) -> Journey:
    return read_journey(services, services.state(), scope, Asked(**asked))


def test_the_cells_are_the_scores_of_the_desk(company: Services) -> None:
    found = journey(company)
    for moment, segment in (("Esperar", "hostelería"), ("Usar", "industrial")):
        where = filters({"moment": [moment], "segment": [segment]})
        score = read_scoreboard(company, company.state(), ADMINISTRATOR, where).score
        cell = found.cell(moment, segment)
        assert cell is not None
        assert (cell["n"], cell["value"]) == (score.n, pytest.approx(score.points))
    assert found.whole == pytest.approx(read_scoreboard(company, company.state(), ADMINISTRATOR).score.points)


def test_what_weighs_in_the_demo_is_found_in_its_order(company: Services) -> None:
    found = journey(company)
    assert found.importance.state is Weighing.WEIGHED
    heaviest = sorted(found.moments, key=lambda one: -(one.share or 0))[:3]
    assert [one.key for one in heaviest] == ["Esperar", "Recibir", "Reclamar"]
    assert {one.key for one in found.moments if one.is_first} == {"Esperar", "Recibir", "Reclamar"}
    assert found.checked is not None
    assert found.checked < 0.05, "both methods agree"
    pay = next(one for one in found.moments if one.key == "Pagar")
    assert pay.stated is not None
    assert pay.stated > 8.5, "said to matter most, and weighs little"
    assert (pay.share or 0) < 0.03


def test_the_fall_of_the_demo_is_a_real_change(company: Services) -> None:
    week = company.state().week
    since = week.fromordinal(week.toordinal() - 21)
    recent = EVERYTHING.within(since, week.fromordinal(week.toordinal() + 6))
    found = journey(company, filters=recent, pivot="team")
    cell = found.cell("Esperar", "Transporte")
    assert cell is not None
    assert cell["verdict"] == "real"
    assert float(str(cell["change"])) < -20


@pytest.mark.parametrize("pivot", ["segment", "team", "channel", "site", "attribute", "area"])
@pytest.mark.parametrize("measure", list(Measure))
def test_every_pivot_answers_every_measure(company: Services, pivot: str, measure: Measure) -> None:
    found = journey(company, pivot=pivot, measure=measure, versus=Versus.YEAR)
    assert found.rows
    assert found.cells["n"].sum() > 0
    is_score = measure in (Measure.NPS, Measure.ANSWERS)
    assert found.measure is (Measure.MEAN if pivot == "attribute" and is_score else measure)


def test_rows_come_in_the_order_asked_for(company: Services) -> None:
    worst, best = (journey(company, order=order).rows for order in (Order.WORST, Order.BEST))
    assert worst == best[::-1]
    assert journey(company, order=Order.MOST).rows[0][0] == "industrial"


def test_a_company_that_rates_nothing_has_its_scores_and_says_no_weights() -> None:
    services = demo("small")
    rows = services.scores(services.state())
    assert rows.has_answers
    found = journey(services)
    assert found.measured > 0


@pytest.mark.parametrize(
    ("scope", "asked", "is_allowed"),
    [
        (VIEWER, Asked(), True),
        (VIEWER, Asked(filters({"segment": ["industrial"]})), True),
        (VIEWER, Asked(pivot="team"), False),
        (VIEWER, Asked(pivot="attribute"), False),
        (VIEWER, Asked(filters({"channel": ["web"]})), False),
        (Scope(Role.CAPTAIN), Asked(filters({"channel": ["web"]}), pivot="team"), True),
        (Scope(Role.KIOSK), Asked(), False),
        (Scope(Role.MANAGER, denied=frozenset({Capability.SEE_SMALL_GROUPS})), Asked(pivot="area"), False),
    ],
)
def test_a_crossing_is_for_those_who_may(company: Services, scope: Scope, asked: Asked, is_allowed: bool) -> None:
    if is_allowed:
        assert read_journey(company, company.state(), scope, asked).rows
        return
    with pytest.raises(NotAllowedError):
        read_journey(company, company.state(), scope, asked)


def test_a_site_sees_its_own_numbers_only(company: Services) -> None:
    own = journey(company, Scope(Role.CAPTAIN, sites=("Getafe",)), measure=Measure.ANSWERS)
    every = journey(company, filters=filters({"site": ["Getafe"]}), measure=Measure.ANSWERS)
    assert own.cells.equals(every.cells)


SEGMENTS, MOMENTS = ("a", "b", "c"), ("m", "n", "o")


@pytest.mark.parametrize("seed", range(12))
def test_no_pair_of_views_of_a_viewer_gives_a_small_group_by_subtraction(tmp_path: Any, seed: int) -> None:
    draw = np.random.default_rng(seed)
    people = draw.choice([0, 1, 2, 4, 5, 6, 9, 30], size=(3, 3))
    rows = [
        {"segment": segment, "moment": moment, "recommend": int(draw.integers(0, 11))}
        for y, segment in enumerate(SEGMENTS)
        for x, moment in enumerate(MOMENTS)
        for _ in range(people[y, x])
    ]
    services = opened(tmp_path / "home")
    store(services, responses(rows))
    groups = dict(_views(services))
    for (one, inner), (other, outer) in combinations(sorted(groups.items(), key=lambda item: len(item[1])), 2):
        if inner < outer:
            left = sum(int(people[y, x]) for y, x in outer - inner)
            assert left == 0 or left >= 5, (one, other, people.tolist())
    services.database.dispose()


def _views(services: Services) -> list[tuple[str, frozenset[tuple[int, int]]]]:
    """Return every group whose number a viewer can have: cells, totals, and what the filters of the desk allow."""
    state = services.state()
    found: list[tuple[str, frozenset[tuple[int, int]]]] = []
    told = journey(services, VIEWER).cells.filter(~pl.col("is_hidden"))
    for moment, segment in told.select("moment", "row").iter_rows():
        found.append((f"{moment} {segment}", frozenset({(SEGMENTS.index(segment), MOMENTS.index(moment))})))
    for y in _subsets(3):
        for x in _subsets(3):
            where = {"segment": [SEGMENTS[place] for place in y], "moment": [MOMENTS[place] for place in x]}
            asked = filters({name: values for name, values in where.items() if len(values) < 3})
            try:
                n = read_scoreboard(services, state, VIEWER, asked).score.n
            except NotAllowedError:
                continue
            if n:
                found.append((f"desk {y} {x}", frozenset((row, column) for row in y for column in x)))
    return found


def _subsets(n: int) -> list[tuple[int, ...]]:
    return [one for size in range(1, n + 1) for one in combinations(range(n), size)]
