"""The plan holds every team, names only to those who may know, and counts who has seen it."""

from __future__ import annotations

from dataclasses import replace

from dashboard.actions import ActionState
from dashboard.meetings import Peer
from dashboard.periods import WEEK
from dashboard.plan import plan
from tests.boards import goal_of
from tests.tables import ANA, CALL, LUIS, MONDAY
from tests.watching import everybody, nobody

GONE = Peer(3, "Almacén", "Eva", is_ambassador=True, is_active=False)
ALONE = Peer(4, "Compras", "Marta", is_ambassador=True)


def test_teams_that_watch_come_first_and_those_with_people_after() -> None:
    found = plan(goal_of(), MONDAY, everybody(), [ANA, LUIS, GONE, ALONE], [], {1, 3}, {"Almacén"})
    assert [one.team for one in found.teams] == [*(team.key for team in everybody().teams), "Compras"]
    store = next(one for one in found.teams if one.team == "Almacén")
    assert (store.seen, store.seats, store.ambassador) == (1, 2, "")
    assert found.teams[-1].ambassador == "Marta"
    assert "Compras" not in found.without_ambassador
    assert found.names == {1: ANA.name, 2: LUIS.name, 3: "Eva"}


def test_only_what_is_open_is_under_way_the_nearest_first() -> None:
    far, done = replace(CALL, action_id=2, due=MONDAY + 3 * WEEK), replace(CALL, state=ActionState.DONE)
    found = plan(None, MONDAY, nobody(), [ANA], [far, done, CALL], (), ())
    assert found.teams[0].actions == (CALL, far)
    assert found.goal is None
    assert found.names == {}
