"""Who read whole comments: once per person, question and day, never what they read."""

from __future__ import annotations

import sqlalchemy as sa

from dashboard.periods import start_of_day
from dashboard.permissions import Capability, Scope, can
from data import records
from data.database import reading
from data.services import Services, State
from data.writes.decision import decision


def note_reading(services: Services, state: State, scope: Scope, view: str, asked: str, rows: int) -> None:
    """Write down that somebody is shown what customers wrote, word by word; nothing for who reads it masked.

    Parameters
    ----------
    services, state, scope : Services, State, Scope
    view : str
        Where it is shown.
    asked : str
        The filters, as in an address.
    rows : int
        How many comments; none leaves no note.
    """
    if not rows or not can(scope, Capability.READ_WHOLE_COMMENTS):
        return
    question = ("reading", view, asked)
    services.answers.get(
        str(state.today), scope.who, question, lambda: _note(services, state, scope, view, asked, rows)
    )


def _note(services: Services, state: State, scope: Scope, view: str, asked: str, rows: int) -> bool:
    table = records.audit
    today = table.c.at >= start_of_day(state.today, state.organisation.tz)
    same = (table.c.verb == "read") & (table.c.noun == "comments") & (table.c.noun_id == view)
    query = sa.select(table.c.detail).where(today & same & (table.c.who == scope.who))
    with reading(services.database) as connection:
        noted = connection.execute(query).scalars().all()
    if any(detail["filters"] == asked for detail in noted):
        return True
    with decision(services, scope.who, is_seen=False) as made:
        made.record("read", "comments", view, filters=asked, rows=rows)
    return True
