"""The demo's promises: their own child of the seed, with a truth that the product finds again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dashboard.commitments import Origin, Step
from dashboard.filters import EVERYTHING
from data.demo.commitments import GAP, STANDARDS, UNWRITTEN, commitments, orders, truth
from data.demo.company import SIZES
from data.ledger import read_ledger
from data.services import Services
from tests.homes import ADMINISTRATOR, demo

DAY = date(2026, 11, 22)


def test_the_same_seed_and_day_promise_the_same() -> None:
    assert orders(7, SIZES["small"], DAY).equals(orders(7, SIZES["small"], DAY))
    assert not orders(8, SIZES["small"], DAY).equals(orders(7, SIZES["small"], DAY))
    assert commitments(7, SIZES["small"], DAY) == commitments(7, SIZES["small"], DAY)


def test_about_140_by_hand_of_which_one_in_eight_was_never_written() -> None:
    every = commitments(2026, SIZES["normal"], DAY)
    assert abs(len(every) - truth(SIZES["normal"], DAY)["by_hand"]) <= 1  # type: ignore[operator]  # a number
    spoken = [told for told in every if told.commitment.origin is Origin.SPOKEN]
    assert len(spoken) / len(every) == pytest.approx(UNWRITTEN, abs=0.01)
    assert {step for told in every for step, _, _ in told.steps} >= {Step.DELIVER, Step.BREAK, Step.RECOVER, Step.START}


def test_nothing_has_happened_that_had_not_by_that_day() -> None:
    every = orders(2026, SIZES["small"], DAY)
    assert every.filter(every["entregado"] >= str(DAY)).is_empty()
    assert every.filter(every["hecho"] >= str(DAY)).is_empty()
    assert every.filter((every["entregado"] == "") & (every["prometido"] < str(DAY))).height > 0


@pytest.fixture(scope="module")
def company() -> Services:
    """The large demo."""
    return demo("normal")


def test_the_true_shares_are_found_again(company: Services) -> None:
    state = company.state()
    promises = company.promises(state)
    found = promises.due(EVERYTHING, DAY - timedelta(days=1), ("team",))
    for team, due, kept in found.select("team", "due", "kept").iter_rows():
        error = (STANDARDS[team][1] * (1 - STANDARDS[team][1]) / due) ** 0.5
        assert abs(kept / due - STANDARDS[team][1]) < 3 * error, team


def test_the_team_that_keeps_least_is_said_to(company: Services) -> None:
    teams = read_ledger(company, company.state(), ADMINISTRATOR).teams
    below = teams.filter(teams["chance_below"] >= 0.95)["key"].to_list()
    assert below == ["Transporte"]


def test_the_true_gap_lies_in_the_margin(company: Services) -> None:
    felt = read_ledger(company, company.state(), ADMINISTRATOR).satisfaction
    assert felt.low is not None
    assert felt.high is not None
    assert felt.low < GAP < felt.high
    assert felt.n > 100
