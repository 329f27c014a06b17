"""What the teams have done lately, as a wall may tell it: the team always, the person only who agreed to be named."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from dashboard.actions import Action, ActionState
from dashboard.meetings import Peer

LONGEST_DEED = 64
"""Signs of a deed that still fit one line in letters that are read from eight metres."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done: whose, what, and by whom; `who` is empty for those who would rather not be named."""

    team: str
    text: str
    who: str


@dataclass(frozen=True, slots=True)
class Deeds:
    """What was done since a Monday, and when the next meeting is.

    Attributes
    ----------
    since : date
    rows : tuple of Deed
        One per team, in the company's order.
    done : int
        How many actions were done in all.
    next_day, next_time : date or None, time or None
    next_team : str
        Name of the team that meets next; empty is the common meeting.
    """

    since: date
    rows: tuple[Deed, ...]
    done: int
    next_day: date | None = None
    next_time: time | None = None
    next_team: str = ""


def deeds(
    actions: Collection[Action],
    people: Sequence[Peer],
    since: date,
    names: Mapping[str, str],
    order: Mapping[str, int],
) -> tuple[tuple[Deed, ...], int]:
    """Return the newest deed of each team that fits a line, and how many actions were done in all.

    Parameters
    ----------
    actions : collection of Action
    people : sequence of Peer
    since : date
        First day on which an answer counts.
    names, order : mapping
        Of the teams.
    """
    shown = {peer.peer_id: peer.name for peer in people if peer.shows_name}
    done = [one for one in actions if one.state is ActionState.DONE and (one.answered_on or date.min) >= since]
    newest: dict[str, Action] = {}
    for one in sorted(done, key=lambda one: (one.answered_on or date.min, one.action_id)):
        if one.team and len(one.text) <= LONGEST_DEED:
            newest[one.team] = one
    keys = sorted(newest, key=lambda key: (order.get(key, len(order)), key))
    rows = [Deed(names.get(key, key), newest[key].text, shown.get(newest[key].owner_id, "")) for key in keys]
    return tuple(rows), len(done)
