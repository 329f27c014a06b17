"""Themes are stored whole or refused, and only comments that may be read are labelled."""

from __future__ import annotations

import pytest

from dashboard.permissions import NotAllowedError, Role, Scope
from dashboard.themes import Theme, ThemeError
from data.database import reading
from data.services import Services
from data.themes import read_labels
from data.writes.themes import MOST, label_comment, save_themes
from tests.data.stores import ADMINISTRATOR, import_rows

LATE = Theme("late", "Plazo", ("retras*",))


@pytest.mark.parametrize(
    ("themes", "said"),
    [
        ([Theme("x", "  ", ("a",))], "name"),
        ([Theme("x", "Plazo", ("*", "¡!"))], "no words"),
        ([LATE, Theme("late2", "PLAZO", ("tarde",))], "two themes"),
        ([Theme(str(place), str(place), ("a",)) for place in range(MOST + 1)], "told apart"),
    ],
)
def test_what_is_wrong_with_a_theme_is_said(services: Services, themes: list[Theme], said: str) -> None:
    with pytest.raises(ThemeError, match=said):
        save_themes(services, ADMINISTRATOR, themes)


def test_only_managers_decide_the_themes(services: Services) -> None:
    with pytest.raises(NotAllowedError):
        save_themes(services, Scope(Role.CAPTAIN, ("Ventas",)), [LATE])


def test_only_a_comment_that_may_be_read_is_labelled(services: Services) -> None:
    row = {"id": "1", "when": "2026-11-10 10:00", "score": 9, "words": "hay retraso siempre", "team": "Ventas"}
    import_rows(services, "a.csv", [row])
    save_themes(services, ADMINISTRATOR, [LATE])
    label_comment(services, Scope(Role.MEMBER, ("Ventas",)), "tool:1", "late", is_about=False)
    with pytest.raises(ThemeError, match="no such comment"):
        label_comment(services, Scope(Role.CAPTAIN, ("Almacén",)), "tool:1", "late", is_about=True)
    with pytest.raises(ThemeError, match="no such theme"):
        label_comment(services, ADMINISTRATOR, "tool:1", "bill", is_about=True)
    with pytest.raises(NotAllowedError):
        label_comment(services, Scope(Role.VIEWER), "tool:1", "late", is_about=True)
    with reading(services.database) as connection:
        assert read_labels(connection).rows() == [("tool:1", "late", False)]
