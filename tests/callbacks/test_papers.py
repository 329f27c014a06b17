"""Minutes and calendars as files, for those who sit at the table."""

from __future__ import annotations

import icalendar
import pytest
from flask import g
from flask.testing import FlaskClient

from callbacks.papers import calendar_of
from dashboard.actions import Action
from dashboard.permissions import NotAllowedError, Role, Scope
from data.agenda import read_agenda
from data.database import reading
from data.meetings import read_actions
from data.services import Services
from tests.boards import ES
from tests.data.stores import ADMINISTRATOR


def closed(services: Services) -> int:
    agenda = read_agenda(services, services.state(), ADMINISTRATOR, "Transporte")
    return max(one.meeting_id or 0 for one in agenda.weeks)


def actions(services: Services) -> tuple[Action, ...]:
    with reading(services.database) as connection:
        return read_actions(connection)


@pytest.mark.parametrize(
    ("kind", "mimetype", "begins"), [("pdf", "application/pdf", b"%PDF"), ("md", "text/markdown", b"# ")]
)
def test_minutes_are_a_file(client: FlaskClient, services: Services, kind: str, mimetype: str, begins: bytes) -> None:
    answer = client.get(f"/download/minutes/{closed(services)}.{kind}")
    assert answer.mimetype == mimetype
    assert answer.data.startswith(begins)
    assert f".{kind}" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("path", ["minutes/1.doc", "minutes/999999.pdf", "agenda/999999.ics", "minutes/-1.pdf"])
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"/download/{path}").status_code == 404


def test_an_owner_takes_their_open_actions_along(services: Services) -> None:
    owed = read_agenda(services, services.state(), ADMINISTRATOR, "Transporte").to_answer[0]
    found = calendar_of(services, ES, owed.owner_id)
    assert found is not None
    events = icalendar.Calendar.from_ical(found).walk("VEVENT")
    assert (owed.text, owed.due) in [(str(event["summary"]), event.decoded("dtstart")) for event in events]
    serving = next(one for one in actions(services) if one.is_open and one.preference)
    told = icalendar.Calendar.from_ical(calendar_of(services, ES, serving.owner_id)).walk("VEVENT")
    assert f"sirve a «{serving.preference}»" in " ".join(str(event["description"]) for event in told)
    assert calendar_of(services, ES, 999_999) is None
    g.scope = Scope(Role.MEMBER, ("Ventas",))
    with pytest.raises(NotAllowedError):
        calendar_of(services, ES, owed.owner_id)
