"""Who reads whole comments leaves one note per question and day; who reads them masked leaves none."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from dashboard.filters import EVERYTHING, filters
from dashboard.permissions import Capability, Role, Scope
from data import records
from data.board import read_story
from data.cache import Answers, make_cache
from data.database import reading
from data.services import Services
from data.writes.comment_readings import note_reading
from tests.data.stores import TODAY, ToldClock, answers_of, import_rows

MANAGER = Scope(Role.MANAGER, who="Marta")


def notes(services: Services) -> list[tuple[str, str, dict[str, object]]]:
    """Return who read what, in order."""
    table = records.audit
    query = sa.select(table.c.who, table.c.noun_id, table.c.detail).where(table.c.verb == "read").order_by(table.c.id)
    with reading(services.database) as connection:
        return [(row.who, row.noun_id, row.detail) for row in connection.execute(query)]


@pytest.fixture(params=["without a cache", "with a cache"])
def read(services: Services, tmp_path: Path, request: pytest.FixtureRequest) -> Services:
    """A home with comments of the last weeks."""
    if request.param == "with a cache":
        services.answers = Answers(make_cache(tmp_path / "cache", Flask("tests")), "tests")
    rows = [{**row, "words": "CANARY sang before sunrise", "team": "Ventas"} for row in answers_of(12, 10)]
    import_rows(services, "a.csv", rows)
    return services


def look(services: Services, scope: Scope, **where: str) -> None:
    """Look at the desk."""
    asked = filters({name: [value] for name, value in where.items()}) if where else EVERYTHING
    read_story(services, services.state(), scope, asked)


def test_a_reading_is_noted_once_per_person_question_and_day(read: Services) -> None:
    revision = read.revision()
    for _ in range(3):
        look(read, MANAGER)
    look(read, MANAGER, team="Ventas")
    look(read, Scope(Role.ADMINISTRATOR, who="Luis"))
    whole = {"filters": "", "rows": 2}
    assert notes(read) == [
        ("Marta", "scoreboard", whole),
        ("Marta", "scoreboard", {"filters": "team=Ventas", "rows": 2}),
        ("Luis", "scoreboard", whole),
    ]
    assert read.revision() == revision, "no screen asks anew because somebody read"
    assert isinstance(read.clock, ToldClock)
    read.clock.at = TODAY + timedelta(days=1)
    look(read, MANAGER)
    assert len(notes(read)) == 4


@pytest.mark.parametrize(
    "scope",
    [
        Scope(Role.VIEWER, who="Eva"),
        Scope(Role.MEMBER, ("Ventas",), who="Eva"),
        Scope(Role.CAPTAIN, ("Ventas",), who="Eva"),
        Scope(Role.MANAGER, denied=frozenset({Capability.READ_WHOLE_COMMENTS}), who="Eva"),
    ],
    ids=["viewer", "member", "captain", "a manager to whom it is denied"],
)
def test_who_does_not_read_whole_comments_is_not_noted(read: Services, scope: Scope) -> None:
    look(read, scope)
    assert notes(read) == []


def test_where_there_are_no_comments_nobody_reads_any(services: Services) -> None:
    import_rows(services, "a.csv", answers_of(12, 10))
    look(services, MANAGER)
    assert notes(services) == []


def test_every_question_is_told_apart(services: Services) -> None:
    state = services.state()
    for view, asked in (("rejected", "1"), ("rejected", "2"), ("scoreboard", "1"), ("rejected", "1")):
        note_reading(services, state, MANAGER, view, asked, 5)
    assert [(view, detail["filters"]) for _, view, detail in notes(services)] == [
        ("rejected", "1"),
        ("rejected", "2"),
        ("scoreboard", "1"),
    ]
