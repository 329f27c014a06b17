"""What each route yields, how long steps take and where ideas die."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dashboard.changes import Verdict
from dashboard.effects import Effect
from dashboard.funnels import Funnel, days_here, funnel, pooled, stays
from dashboard.improvements import Worth, advanced, dropped, returned
from dashboard.steps import Horizon, Route, Step
from tests.dashboard.test_improvements import DAY, PROOF, card, moved


def effect(value: float, error: float) -> Effect:
    return Effect(value, error, (value - 2 * error, value + 2 * error), value, (), (), 0, None, Verdict.CHANCE)


def test_surer_effects_count_more() -> None:
    found = pooled([effect(4, 1), effect(0, 2)])
    assert found is not None and found.n == 2
    assert found.value == pytest.approx(3.2) and found.interval == pytest.approx((1.447, 4.953), abs=0.001)
    assert pooled([]) is None and pooled([effect(4, 0)]) is None


def test_a_route_counts_how_far_its_cards_came() -> None:
    done = replace(moved(card(), 8), improvement_id=1, worth=Worth(hours=50))
    pilot = replace(moved(card(), 6), improvement_id=2)
    gone = replace(dropped(moved(card(), 1), PROOF, DAY, "Ana"), improvement_id=3)
    other = replace(card(route=Route.SALES), improvement_id=4)
    found = funnel(Route.CUSTOMERS, [done, pilot, gone, other], {1: effect(2.5, 1)})
    assert (found.proposed, found.piloted, found.launched, found.dropped) == (3, 2, 1, 1)
    assert found.effect is not None and found.effect.value == 2.5 and found.per_hour == 0.05
    assert funnel(Route.AMBASSADORS, [done], {}) == Funnel(Route.AMBASSADORS, 0, 0, 0, 0, None, None)


def test_a_step_takes_from_the_move_before_to_its_own() -> None:
    first = card(Horizon.QUICK_WIN, born=DAY)
    one = advanced(first, Step.DECIDED, PROOF, DAY + timedelta(days=4), "Ana")
    one = advanced(one, Step.LAUNCHED, PROOF, DAY + timedelta(days=14), "Ana")
    two = advanced(first, Step.DECIDED, PROOF, DAY + timedelta(days=8), "Ana")
    gone = dropped(first, PROOF, DAY, "Ana")
    found = stays(one.way, [one, two, gone])
    assert [(stay.here, stay.days, stay.died) for stay in found] == [(0, 6, 1), (1, 10, 0), (1, None, 0)]


def test_days_count_from_the_last_move() -> None:
    one = card(born=DAY)
    assert days_here(one, DAY + timedelta(days=9)) == 9
    one = advanced(one, Step.ANALYSIS, PROOF, DAY + timedelta(days=5), "Ana")
    one = returned(one, Step.ANALYSIS, PROOF, DAY + timedelta(days=7), "Ana")
    assert days_here(one, DAY + timedelta(days=9)) == 2
