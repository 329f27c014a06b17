"""A team with people at its table, for the tests of what they write."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.actions import Action
from data.services import Services
from data.writes.indicators import add_indicator
from data.writes.peers import add_peer
from tests.data.stores import ADMINISTRATOR
from tests.data.writes.test_indicators import PACKED

SUNDAY = date(2026, 11, 22)
FRIDAY = SUNDAY + timedelta(days=5)
TEAM = PACKED.team


@dataclass(frozen=True, slots=True)
class Table:
    """Two people of a team, one of another, and the team's indicator."""

    ana: int
    luis: int
    other: int
    indicator: int

    def action(self, **changes: object) -> Action:
        """Return something that Ana undertakes."""
        told = {"owner_id": self.ana, "due": FRIDAY, "indicator_id": self.indicator} | changes
        return Action(0, TEAM, "Llamar antes de salir", agreed_on=SUNDAY, **told)  # type: ignore[arg-type]  # by name


def set_table(services: Services) -> Table:
    """Seat two people of the team and one of another."""
    ana = add_peer(services, ADMINISTRATOR, TEAM, "Ana Gil", is_voice=True, is_ambassador=True)
    luis = add_peer(services, ADMINISTRATOR, TEAM, "Luis")
    other = add_peer(services, ADMINISTRATOR, "Ventas", "Marta", is_voice=True)
    return Table(ana, luis, other, add_indicator(services, ADMINISTRATOR, PACKED))


def at_once(*doings: Callable[[], object]) -> list[object]:
    """Do things at the same moment, each in a thread of its own, and return what each returned or raised."""
    start, found = threading.Barrier(len(doings)), list[object](doings)

    def run(place: int) -> None:
        start.wait()
        try:
            found[place] = doings[place]()
        except Exception as error:
            found[place] = error

    crowd = [threading.Thread(target=run, args=(place,)) for place in range(len(doings))]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    return found
