"""The question of the plan."""

from __future__ import annotations

from dashboard.meetings import Peer
from dashboard.permissions import Capability, Scope, can_meet, check
from dashboard.plan import Plan, plan
from data.database import reading
from data.meetings import plan_readers, read_actions, read_peers
from data.services import Services, State
from data.teams import read_teams


def read_plan(services: Services, state: State, scope: Scope) -> Plan:
    """Return the plan; people are named to those who sit at the same table.

    Raises
    ------
    NotAllowedError
    """
    check(scope, Capability.SEE_SCORE)
    found = read_teams(services, state, scope)
    with reading(services.database) as connection:
        people, actions = read_peers(connection), read_actions(connection)
        readers = plan_readers(connection, state.goal.goal_id) if state.goal else frozenset[int]()
    named = {peer.team for peer in people if can_meet(scope, peer.team)}
    return plan(state.goal, state.today, found, people, actions, readers, named)


def readers_to_be(services: Services, state: State, scope: Scope) -> tuple[Peer, ...]:
    """Return whom the asker may say of that they have seen the plan, and have not yet."""
    with reading(services.database) as connection:
        people = read_peers(connection)
        readers = plan_readers(connection, state.goal.goal_id) if state.goal else frozenset[int]()
    return tuple(
        peer for peer in people if peer.is_active and can_meet(scope, peer.team) and peer.peer_id not in readers
    )
