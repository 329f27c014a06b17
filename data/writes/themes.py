"""Deciding what customers talk about: the themes with their words, and what one comment is about."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from dashboard.permissions import Capability, Scope, check
from dashboard.themes import Theme, ThemeError, plain_text
from data import records
from data.database import reading
from data.services import Services
from data.themes import read_themes
from data.writes.decision import decision

MOST = 40
"""Themes that can still be told apart."""


def save_themes(services: Services, scope: Scope, themes: Sequence[Theme]) -> None:
    """Store the organisation's themes in their order, in place of all before; none brings back those to begin with.

    Raises
    ------
    ThemeError
        When one has no name or no word, two have the same name, or there are more than forty.
    """
    check(scope, Capability.CONFIGURE)
    names = [plain_text(theme.name) for theme in themes]
    if len(themes) > MOST:
        raise ThemeError("more than {} themes cannot be told apart", MOST)
    for theme, name in zip(themes, names, strict=True):
        if not name:
            raise ThemeError("give every theme a name")
        if not theme.patterns:
            raise ThemeError("'{}' has no words that mark it", theme.name)
        if names.count(name) > 1:
            raise ThemeError("there are two themes '{}'", theme.name)
    table = records.themes
    with decision(services, scope.who) as made:
        made.connection.execute(sa.delete(table))
        rows = [
            {"key": theme.key, "name": theme.name.strip(), "words": list(theme.words), "position": place}
            for place, theme in enumerate(themes)
        ]
        if rows:
            made.connection.execute(sa.insert(table), rows)
        made.record("save", "themes", "all", themes=len(rows))


def label_comment(services: Services, scope: Scope, response_id: str, theme: str, *, is_about: bool) -> None:
    """Write down that a person says what a comment is about, or that it is not.

    Raises
    ------
    NotAllowedError
        When the role may not read that comment.
    ThemeError
        When there is no such theme, or no such comment that the role may read.
    """
    check(scope, Capability.READ_COMMENTS)
    state = services.state()
    with reading(services.database) as connection:
        if theme not in {one.key for one in read_themes(connection)}:
            raise ThemeError("there is no such theme any more")
    if services.scores(state).comments_of(scope, [response_id]).is_empty():
        raise ThemeError("there is no such comment")
    table = records.theme_labels
    same = (table.c.response_id == response_id) & (table.c.theme == theme)
    with decision(services, scope.who) as made:
        made.connection.execute(sa.delete(table).where(same))
        row = {"response_id": response_id, "theme": theme, "is_about": is_about, "who": made.who, "at": made.at}
        made.connection.execute(sa.insert(table).values(row))
        made.record("label", "themes", theme, is_about=is_about)
