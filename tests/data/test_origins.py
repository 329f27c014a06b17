"""Whose words led to it: by permission, masked as the rights say, whole readings noted."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from dashboard.permissions import NotAllowedError, Role, Scope
from data import records
from data.database import reading
from data.origins import read_origins
from data.services import Services
from tests.data.stores import ADMINISTRATOR, import_rows

WORDS = "Llámame al 600 123 456 cuando salga"


@pytest.fixture
def said(services: Services) -> Services:
    rows = [
        {"id": str(place), "when": "2026-11-10 10:00", "score": 9, "words": WORDS, "team": team}
        for place, team in enumerate(("Ventas", "Almacén"))
    ]
    import_rows(services, "a.csv", rows)
    return services


@pytest.mark.parametrize(
    ("who", "ids", "whole"),
    [
        (ADMINISTRATOR, ["tool:0", "tool:1"], True),
        (Scope(Role.MEMBER, ("Ventas",)), ["tool:0"], False),
        (Scope(Role.CAPTAIN, ("Compras",)), [], False),
    ],
)
def test_words_come_as_the_rights_say(said: Services, who: Scope, ids: list[str], whole: bool) -> None:
    found = read_origins(said, said.state(), who, ["tool:0", "tool:1", "tool:99"])
    assert sorted(comment.response_id for comment in found) == ids
    assert all((comment.words == WORDS) is whole for comment in found)
    with reading(said.database) as connection:
        noted = connection.execute(sa.select(records.audit.c.noun_id).where(records.audit.c.verb == "read")).scalars()
        assert list(noted) == (["improvements"] if whole else [])


def test_who_reads_no_comments_gets_none(said: Services) -> None:
    with pytest.raises(NotAllowedError):
        read_origins(said, said.state(), Scope(Role.VIEWER), ["tool:0"])
    assert read_origins(said, said.state(), ADMINISTRATOR, []) == ()
