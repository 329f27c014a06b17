"""The wall of the deeds."""

from __future__ import annotations

from datetime import UTC, datetime, time

from dashboard.deeds import Deed, Deeds
from dashboard.organisation import Organisation
from layouts.wall_deeds import ROWS, meeting, scene
from tests.boards import EN, ES, NASTY, WEEK_OF
from tests.tables import MONDAY
from tests.trees import assert_only_text, classes, texts

COMPANY = Organisation("La Ficticia", meeting="lunes 9:00")
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FOUND = Deeds(
    WEEK_OF, (Deed("Ventas", NASTY, "Ana"), *[Deed("Otro", "Algo", "")] * 7), 9, MONDAY, time(8, 30), "Ventas"
)


def test_it_tells_deeds_of_teams_and_the_next_meeting() -> None:
    shown = scene(ES, FOUND, COMPANY, NOW)
    words = texts(shown)
    assert "Lo que hemos hecho: 9 acciones" in words
    assert "Próxima reunión: Ventas, lunes 16 de noviembre, 08:30" in words
    assert words.count("Algo") == ROWS - 1
    assert "mc-far" in classes(shown)
    assert_only_text(shown, NASTY)


def test_before_any_meeting_is_planned_the_company_says_when_it_meets() -> None:
    assert meeting(EN, Deeds(WEEK_OF, (), 0), COMPANY) == EN("wall.meeting", when="lunes 9:00")
    assert meeting(EN, Deeds(WEEK_OF, (), 0), Organisation("La Ficticia")) == "La Ficticia"
