"""The question of whose words led to an improvement."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.permissions import Scope
from dashboard.scoreboard import Comment
from data.board import comment_of
from data.services import Services, State
from data.writes.comment_readings import note_reading


def read_origins(services: Services, state: State, scope: Scope, ids: Sequence[str]) -> tuple[Comment, ...]:
    """Return the comments among some answers that the role may read, masked as it may; whole ones leave a note.

    Raises
    ------
    NotAllowedError
        When the role reads no comments.
    """
    if not ids:
        return ()
    rows = services.scores(state).comments_of(scope, ids)
    note_reading(services, state, scope, "improvements", "", rows.height)
    return tuple(comment_of(row) for row in rows.iter_rows(named=True))
