"""The plan on one page: the goal, what each team moves and has undertaken, who speaks for the customer in each area."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.actions import Action
from dashboard.goal import Goal
from dashboard.indicators import Kind
from dashboard.meetings import Peer
from dashboard.teams import Teams, Watched


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """What one team is about.

    Attributes
    ----------
    team, name : str
    leads : tuple of Watched
    actions : tuple of Action
        Still open, the nearest date first.
    ambassador : str
        Empty when the area has none.
    seen, seats : int
        How many of its people have seen the plan, of how many.
    """

    team: str
    name: str
    leads: tuple[Watched, ...]
    actions: tuple[Action, ...]
    ambassador: str
    seen: int
    seats: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of a goal.

    Attributes
    ----------
    goal : Goal or None
    today : date
    teams : tuple of TeamPlan
        In the company's order.
    names : mapping
        Of the people whose names the reader may see, by number.
    """

    goal: Goal | None
    today: date
    teams: tuple[TeamPlan, ...]
    names: Mapping[int, str]

    @property
    def without_ambassador(self) -> tuple[str, ...]:
        """Return the names of the areas that have none."""
        return tuple(team.name for team in self.teams if not team.ambassador)


def plan(
    goal: Goal | None,
    today: date,
    found: Teams,
    people: Sequence[Peer],
    actions: Collection[Action],
    readers: Collection[int],
    named: Collection[str],
) -> Plan:
    """Return the plan: teams that watch something or have people at their table.

    Parameters
    ----------
    goal : Goal or None
    today : date
    found : Teams
    people : sequence of Peer
    actions : collection of Action
    readers : collection of int
        Peers who have seen it.
    named : collection of str
        Teams whose people the reader may know by name.
    """
    watching = {team.key: team for team in found.teams}
    seated = [peer for peer in people if peer.is_active]
    keys = [*watching, *sorted({peer.team for peer in seated} - set(watching))]
    told = []
    for key in keys:
        own = [peer for peer in seated if peer.team == key]
        team = watching.get(key)
        watched = team.watched if team else ()
        open_ = sorted((one for one in actions if one.team == key and one.is_open), key=lambda one: one.due)
        told.append(
            TeamPlan(
                key,
                team.name if team else key,
                tuple(one for one in watched if one.indicator.kind is Kind.LEAD),
                tuple(open_),
                next((peer.name for peer in own if peer.is_ambassador), ""),
                sum(peer.peer_id in readers for peer in own),
                len(own),
            )
        )
    names = {peer.peer_id: peer.name for peer in people if peer.team in named}
    return Plan(goal, today, tuple(told), names)
