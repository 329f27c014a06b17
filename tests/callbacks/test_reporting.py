"""Values written down through the application."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import g

from callbacks.application import create_app
from callbacks.reporting import draft_of, draw_form, hint, import_file, save
from dashboard.filters import EVERYTHING
from dashboard.periods import WEEK
from data.database import reading
from data.indicators import read_entries
from data.services import Services
from data.teams import read_teams
from data.uploads import keep_upload
from layouts.reporting import Ids
from layouts.teams import Ids as Teams
from tests.boards import ES, WEEK_OF
from tests.callbacks.asking import ask, spoken_words
from tests.data.stores import ADMINISTRATOR
from tests.homes import copy, demo
from tests.trees import texts


@pytest.fixture
def own() -> Services:
    """A copy of the small demo, free to be changed."""
    return copy(demo())


def missing(services: Services) -> int:
    (one,) = read_teams(services, services.state(), ADMINISTRATOR).silent
    return one.indicator.indicator_id


def asked(indicator: int, value: object = None, **more: Any) -> tuple[Any, ...]:
    values = {"week": WEEK_OF.isoformat(), "part": None, "total": None, "reason": None} | more
    return (str(indicator), values["week"], value, values["part"], values["total"], values["reason"])


def test_a_value_is_logged_and_then_nothing_is_missing(own: Services) -> None:
    number = missing(own)
    server = create_app(own, is_testing=True).server
    with server.test_client() as client:
        values = {
            f"{Ids.SAVE}.n_clicks": 1,
            f"{Ids.INDICATOR}.value": str(number),
            f"{Ids.WEEK}.value": WEEK_OF.isoformat(),
            f"{Ids.VALUE}.value": 5.5,
        }
        told = spoken_words(
            ask(client, f"{Teams.SAID}.children", values).json["response"][Teams.SAID.value]["children"]
        )
    assert told == "Anotado: Días hasta el abono"
    with server.test_request_context("/"):
        g.scope = ADMINISTRATOR
        assert read_teams(own, own.state(), ADMINISTRATOR).silent == ()
        assert "completa" in texts(draw_form(own, own.state(), ES, EVERYTHING))


def test_another_value_asks_why_and_keeps_both(own: Services) -> None:
    number = missing(own)
    save(own, ES, asked(number, 5))
    told, needs_no_reason = hint(own, ES, str(number), WEEK_OF.isoformat())
    assert told.startswith("Anotado: 5\u202fdías.")
    assert needs_no_reason is False
    assert "di por qué cambia" in save(own, ES, asked(number, 6))
    assert save(own, ES, asked(number, 6, reason="mal contado")).startswith("Anotado")
    assert "ya tenía ese dato" in save(own, ES, asked(number, 6))
    with reading(own.database) as connection:
        assert [one.value for one in read_entries(connection, number, WEEK_OF)] == [5, 6]


@pytest.mark.parametrize(
    ("value", "more", "said"),
    [
        (None, {}, "Da un valor"),
        (None, {"part": 3}, "Da un valor"),
        (None, {"part": 3, "total": 0}, "mayor que cero"),
        (5, {"week": (WEEK_OF + 2 * WEEK).isoformat()}, "no ha empezado"),
    ],
)
def test_what_cannot_be_is_said_in_words(own: Services, value: object, more: dict[str, Any], said: str) -> None:
    assert said in save(own, ES, asked(missing(own), value, **more))


def test_a_week_without_value_gives_no_hint(own: Services) -> None:
    assert hint(own, ES, str(missing(own)), WEEK_OF.isoformat()) == ("", True)


def uploaded(services: Services, content: bytes) -> str:
    return keep_upload(services.home, io.BytesIO(content), 1 << 20)


def test_a_file_is_drafted_and_imported(own: Services) -> None:
    text = "indicador,equipo,semana,valor\nDías hasta el abono,Administración,2026-11-09,5\nNada,Ventas,2026-11-09,5\n"
    upload = uploaded(own, text.encode())
    mapping, refused = draft_of(own, ES, upload)
    assert refused == ""
    told = texts(import_file(own, ES, upload, mapping, ""))
    assert "2 filas leídas: 1 datos nuevos" in told
    assert "ningún equipo sigue" in told
    assert read_teams(own, own.state(), ADMINISTRATOR).silent == ()
    assert "TOML" in texts(import_file(own, ES, upload, "= =", ""))


def test_a_file_that_is_none_is_refused(own: Services) -> None:
    for upload in ("../x", "", uploaded(own, b"%PDF-1.7\n" * 50)):
        mapping, refused = draft_of(own, ES, upload)
        assert (mapping, bool(refused)) == ("", True)
