"""The question of the deeds: what a wall tells of what was done, kept like all its answers."""

from __future__ import annotations

from dashboard.deeds import Deeds, deeds
from dashboard.meetings import COMMON, MeetingState, next_meeting
from dashboard.periods import week_of
from dashboard.permissions import Capability, Scope, check
from data.calendar import holidays_of
from data.database import reading
from data.meetings import read_actions, read_meetings, read_pauses, read_peers, read_rhythm
from data.services import Services, State


def read_deeds(services: Services, state: State, scope: Scope) -> Deeds:
    """Return what was done since the last closed week began, and when the next meeting is.

    Raises
    ------
    NotAllowedError
    """
    check(scope, Capability.SEE_WALL)
    return services.answers.get(state.version, scope.key, ("deeds", state.today), lambda: _deeds(services, state))


def _deeds(services: Services, state: State) -> Deeds:
    names, order = state.members.names("team"), state.members.order("team")
    holidays, running = holidays_of(state), week_of(state.today)
    with reading(services.database) as connection:
        people, actions, pauses = read_peers(connection), read_actions(connection), read_pauses(connection)
        meetings = read_meetings(connection)
        teams = sorted({peer.team for peer in people if peer.is_active})
        rhythms = {team: read_rhythm(connection, team) for team in (*teams, *([COMMON] if teams else []))}
    rows, done = deeds(actions, people, state.week, names, order)
    met = {one.team for one in meetings if one.week == running and one.state is MeetingState.CLOSED}
    coming = []
    for team, rhythm in rhythms.items():
        day = next_meeting(team, rhythm, state.today, pauses, holidays, team in met)
        if day is not None:
            coming.append((day, rhythm.at, names.get(team, team)))
    if not coming:
        return Deeds(state.week, rows, done)
    return Deeds(state.week, rows, done, *min(coming))
