"""Who sits at the table of a team."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from dashboard.meetings import MeetingError, Peer
from dashboard.people import key_of, tidy_name
from dashboard.permissions import Scope, check_can_meet
from data import records
from data.meetings import read_peers
from data.services import Services
from data.writes.decision import Decision, decision

MARKS = ("is_voice", "is_ambassador", "shows_name", "is_active")
"""What can be said of a peer, yes or no."""

UNIQUE = ("is_voice", "is_ambassador")
"""What only one of a team can be: one voice at the common meeting, one ambassador of the area."""


def add_peer(services: Services, scope: Scope, team: str, name: str, source: str = "", **marks: bool) -> int:
    """Give somebody a seat at the table of a team and return their number; who left before sits down again.

    Raises
    ------
    NotAllowedError, PersonError
    MeetingError
        When no team is named: the common meeting is of the teams' voices.
    """
    check_can_meet(scope, team)
    if not team:
        raise MeetingError("the common meeting is of the voices of the teams: mark one in each team")
    tidied, table = tidy_name(name), records.peers
    same = (table.c.team == team) & (table.c.key == key_of(tidied))
    with decision(services, scope.who) as made:
        peer_id = made.connection.execute(sa.select(table.c.id).where(same)).scalar_one_or_none()
        if peer_id is None:
            row: dict[str, Any] = {"team": team, "name": tidied, "key": key_of(tidied), "source": source}
            row |= dict.fromkeys(MARKS, False) | {"is_active": True}
            peer_id = made.connection.execute(sa.insert(table).values(row).returning(table.c.id)).scalar_one()
        for mark, value in ({"is_active": True} | marks).items():
            _mark(made, peer_by_id(made, int(peer_id)), mark, value)
        made.record("add", "peer", peer_id, team=team)
    return int(peer_id)


def mark_peer(services: Services, scope: Scope, peer_id: int, mark: str, *, value: bool) -> None:
    """Say of somebody whether they are the team's voice, the area's ambassador, named on walls, or still there.

    Raises
    ------
    NotAllowedError, MeetingError
    """
    if mark not in MARKS:
        raise MeetingError("there is no such mark of a person")
    with decision(services, scope.who) as made:
        peer = peer_by_id(made, peer_id)
        check_can_meet(scope, peer.team)
        _mark(made, peer, mark, value)
        made.record("change", "peer", peer_id, **{mark: value})


def _mark(made: Decision, peer: Peer, mark: str, value: bool) -> None:
    table = records.peers
    if mark in UNIQUE and value:
        made.connection.execute(sa.update(table).where(table.c.team == peer.team).values({mark: False}))
    made.connection.execute(sa.update(table).where(table.c.id == peer.peer_id).values({mark: value}))


def peer_by_id(made: Decision, peer_id: int) -> Peer:
    """Return a peer inside an open decision.

    Raises
    ------
    MeetingError
        When there is none of that number.
    """
    for peer in read_peers(made.connection):
        if peer.peer_id == peer_id:
            return peer
    raise MeetingError("there is nobody of that name at the table")


def seated(made: Decision, team: str, peer_id: int) -> Peer:
    """Return a peer who may take something on at the meeting of a team: one of its own, of any team at the common one.

    Raises
    ------
    MeetingError
        When they sit elsewhere or have left.
    """
    peer = peer_by_id(made, peer_id)
    if not peer.is_active or team not in ("", peer.team):
        raise MeetingError("{} does not sit at this table", peer.name)
    return peer
