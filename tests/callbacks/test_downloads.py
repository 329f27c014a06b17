"""Downloads: the same numbers as on screen, with their filters, and nothing a spreadsheet would run."""

from __future__ import annotations

import io
from html import unescape
from zipfile import ZipFile

import polars as pl
import pytest
from dash import Dash
from flask import g
from flask.testing import FlaskClient

from callbacks.application import create_app
from callbacks.downloads import VIEWS, notes
from dashboard.filters import EVERYTHING, filters
from dashboard.permissions import Role, Scope
from data.services import Services
from tests.boards import EN, ES, NASTY
from tests.homes import add_survey, csv_of, open_home

KINDS = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
FORMULA = '=HYPERLINK("http://evil.example","click")'


def workbook(data: bytes) -> tuple[str, str]:
    """Return the texts and the sheets of a workbook as they are stored."""
    with ZipFile(io.BytesIO(data)) as book:
        names = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
        sheets = "".join(book.read(name).decode() for name in names)
        return unescape(book.read("xl/sharedStrings.xml").decode()), sheets


@pytest.mark.parametrize("view", list(VIEWS))
@pytest.mark.parametrize("kind", list(KINDS))
def test_every_view_comes_in_both_formats(client: FlaskClient, view: str, kind: str) -> None:
    answer = client.get(f"/download/{view}.{kind}")
    assert answer.status_code == 200
    assert answer.mimetype == KINDS[kind]
    assert f'filename="marcador-{view}-2026-11-22.{kind}"' in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["nothing.csv", "scoreboard.exe", "scoreboard.CSV", "wall.csv", "..csv"])
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"/download/{path}").status_code == 404


def test_the_filters_are_carried(client: FlaskClient) -> None:
    whole = pl.read_csv(client.get("/download/scoreboard.csv").data)
    part = pl.read_csv(client.get("/download/scoreboard.csv?team=Ventas").data)
    assert part.columns == ["Semana del", "NPS", "Desde", "Hasta", "Respuestas"]
    assert 0 < part["Respuestas"].max() < whole["Respuestas"].max()


def test_nonsense_in_the_address_is_no_filter(client: FlaskClient) -> None:
    whole = client.get("/download/scoreboard.csv").data
    assert client.get("/download/scoreboard.csv?since=x&nothing=1").data == whole
    assert client.get("/download/scoreboard.csv?team=%FF%FE").status_code in (200, 400)


def test_the_actions_of_a_table_say_what_they_serve_to_those_who_sit_there(app: Dash, services: Services) -> None:
    with app.server.test_request_context("/download/meeting.csv?team=Transporte"):
        g.scope = Scope.administrator()
        mine, told = VIEWS["meeting"](services, services.state(), ES, EVERYTHING)
        g.scope = Scope(Role.CAPTAIN, ("Ventas",))
        others, _ = VIEWS["meeting"](services, services.state(), ES, EVERYTHING)
    assert "saber cuándo llega" in mine["preferencia a la que sirve"].to_list()
    assert told[-1] == "Transporte"
    assert not set(mine["acción"]) & set(others["acción"])


def test_improvements_come_with_the_preference_they_serve(client: FlaskClient) -> None:
    assert "que esté todo" in pl.read_csv(client.get("/download/improvements.csv").data)["preferencia a la que sirve"]


def test_the_language_is_that_of_the_asker(client: FlaskClient) -> None:
    assert b"Week of" in client.get("/download/scoreboard.csv?lang=en").data


def test_the_workbook_says_what_it_is_and_under_which_filters(client: FlaskClient) -> None:
    data = client.get("/download/scoreboard.xlsx?team=Ventas&segment=industrial").data
    told, _ = workbook(data)
    assert "Suministros La Ficticia" in told
    assert "Equipo: Ventas" in told
    assert "Segmento: industrial" in told


def test_notes_are_in_both_languages(services: Services) -> None:
    state = services.state()
    assert notes(state, ES, EVERYTHING) == ("Suministros La Ficticia", "domingo 22 de noviembre de 2026")
    assert notes(state, EN, filters({"team": ["Ventas"]}))[-1] == "Team: Ventas"


@pytest.mark.parametrize("text", [FORMULA, "+1+1", "-1", "@SUM(A1)", "=" + NASTY])
def test_texts_of_people_are_never_formulas(text: str) -> None:
    services = open_home()
    add_survey(services, csv_of([9, 10, 3]), source=text[:60])
    with create_app(services).server.test_client() as client:
        csv = client.get("/download/sources.csv").data.decode("utf-8-sig")
        cells = [cell for cell in pl.read_csv(io.StringIO(csv), infer_schema=False).row(0) if cell]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
        assert text[:60] in csv.replace('""', '"')
        told, sheets = workbook(client.get("/download/sources.xlsx").data)
        assert f"'{text[:60]}" in told
        assert "<f>" not in sheets
        assert "hyperlink" not in sheets
