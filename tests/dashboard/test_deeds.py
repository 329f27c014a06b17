"""Deeds: one per team, and nobody is named who did not agree."""

from __future__ import annotations

from dataclasses import replace

from dashboard.actions import Action, ActionState
from dashboard.deeds import LONGEST_DEED, Deed, deeds
from dashboard.meetings import Peer
from dashboard.periods import WEEK
from tests.boards import WEEK_OF
from tests.tables import MONDAY

DONE = Action(1, "Almacén", "Contar dos veces", 1, WEEK_OF, WEEK_OF, 1, state=ActionState.DONE, answered_on=MONDAY)
PEOPLE = [Peer(1, "Almacén", "Rosa", shows_name=True), Peer(2, "Ventas", "Dani")]
NAMES, ORDER = {"Almacén": "Almacén", "Ventas": "Comercial"}, {"Ventas": 0, "Almacén": 1}


def test_the_newest_deed_of_each_team_is_told_in_the_order_of_the_company() -> None:
    every = [
        replace(DONE, action_id=2, text="Otra"),
        DONE,
        replace(DONE, action_id=3, team="Ventas", owner_id=2),
        replace(DONE, action_id=4, team="", text="de todos"),
        replace(DONE, action_id=5, text="x" * (LONGEST_DEED + 1)),
        replace(DONE, action_id=6, state=ActionState.PARTLY),
        replace(DONE, action_id=7, answered_on=MONDAY - WEEK),
    ]
    rows, done = deeds(every, PEOPLE, MONDAY, NAMES, ORDER)
    assert rows == (Deed("Comercial", "Contar dos veces", ""), Deed("Almacén", "Otra", "Rosa"))
    assert done == 5


def test_nothing_done_is_nothing_told() -> None:
    assert deeds([], PEOPLE, MONDAY, NAMES, ORDER) == ((), 0)
