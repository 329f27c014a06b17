"""The demo's meetings are what their truth says, and what comes later changes nothing of before."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from scipy.stats import binomtest

from dashboard.actions import CARRYING, MOST_CARRIED, ActionState
from dashboard.meetings import COMMON
from dashboard.periods import WEEK, week_of
from dashboard.preferences import actions_serving
from data.demo import improvements
from data.demo.meetings import KEPT, PAUSED_WEEKS, UNDERTAKEN, WEEKS, has_seen_the_plan, story, truth

TODAY = date(2026, 11, 22)
HOLIDAYS = frozenset({date(2026, 10, 12), date(2026, 8, 15)})
TOLD = story(2026, TODAY, HOLIDAYS)


def test_the_same_seed_tells_the_same_story() -> None:
    assert story(2026, TODAY, HOLIDAYS) == TOLD
    assert story(2027, TODAY, HOLIDAYS) != TOLD


@pytest.mark.parametrize("team", list(KEPT))
def test_the_share_that_is_done_holds_the_true_chance_within_its_margin(team: str) -> None:
    ended = [one for one in TOLD.actions if one.team == team and one.state is not ActionState.AGREED]
    done = sum(one.state is ActionState.DONE for one in ended)
    margin = binomtest(done, len(ended)).proportion_ci(0.99, "wilson")
    assert margin.low <= KEPT[team] <= margin.high, (done, len(ended))


def test_meetings_are_held_missed_or_paused_and_never_two_of_a_week() -> None:
    running = week_of(TODAY)
    paused = {running - ago * WEEK for ago in PAUSED_WEEKS}
    for team in UNDERTAKEN:
        held = [one.week for one in TOLD.meetings if one.team == team]
        missed = TOLD.missed.get(team, [])
        assert len(held) == len(set(held))
        assert not paused & {*held, *missed}
        assert len(held) + len(missed) + len(paused) == WEEKS
        assert running not in held, "this week's is for the visitor to open"
    assert sum(map(len, TOLD.missed.values())) > 3


def test_every_action_has_one_owner_at_the_table_and_is_carried_over_twice_at_most() -> None:
    for one in TOLD.actions:
        assert one.owner_id in {peer.peer_id for peer in TOLD.table(one.team)}
        assert one.carried <= MOST_CARRIED
        assert (one.follows is not None) is (one.carried > 0 or _was_handed(one.follows))
    assert {one.carried for one in TOLD.actions} == {0, 1, 2}
    assert all(one.team == COMMON or one.team in UNDERTAKEN for one in TOLD.actions)


def _was_handed(number: int | None) -> bool:
    return number is not None and TOLD.actions[number - 1].state is ActionState.HANDED_OVER


def test_some_actions_name_a_preference_of_the_improvements_and_some_none() -> None:
    named = {one.preference for one in TOLD.actions} - {""}
    with (Path(improvements.__file__).parent / "improvements.toml").open("rb") as file:
        assert named <= {card["preference"] for card in tomllib.load(file)["cards"] if "preference" in card}
    found = actions_serving(TOLD.actions)
    assert 0.3 < found.share < 0.8
    assert all(one.preference == TOLD.actions[one.follows - 1].preference for one in TOLD.actions if one.follows)


def test_the_truth_counts_what_was_told() -> None:
    found = truth(TOLD)
    assert found["held"] == len(TOLD.meetings)
    assert found["carried"] == sum(one.state in CARRYING for one in TOLD.actions)
    assert 0 < sum(map(has_seen_the_plan, TOLD.peers)) < len(TOLD.peers)
