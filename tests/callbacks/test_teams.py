"""The teams answered by the application."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from callbacks.application import create_app
from callbacks.teams import chosen_of, weeks_asked
from dashboard.evidence import Proof
from dashboard.filters import parse_query
from data.services import Services
from data.teams import read_teams
from layouts.teams import Ids
from tests.callbacks.asking import ask
from tests.data.stores import ADMINISTRATOR
from tests.homes import copy, demo


def drawn(client: FlaskClient, query: str = "", chosen: object = None) -> dict[str, Any]:
    values = {"shell-filters.data": {"query": query}, f"{Ids.CHOSEN}.data": chosen, "shell-url.search": "?lang=es"}
    answer = ask(client, f"{Ids.LIST}.children", values)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json["response"]
    return found


def test_the_page_tells_every_team(client: FlaskClient) -> None:
    told = json.dumps(drawn(client), ensure_ascii=False)
    for part in ("Almacén", "Transporte", "Posventa", "Ventas", "Administración", "apuesta del equipo"):
        assert part in told, part
    assert "anticipa el NPS" not in told, "nothing is proven in the small demo"


def test_one_team_is_a_page_of_its_own(client: FlaskClient) -> None:
    told = json.dumps(drawn(client, "team=Ventas")[Ids.LIST.value], ensure_ascii=False)
    assert "Objetivo: NPS de 32 a 45" in told
    assert "Clientes dormidos llamados" in told
    assert "Facturas sin incidencia" not in told


def test_a_chosen_indicator_opens_its_evidence(client: FlaskClient, services: Services) -> None:
    found = read_teams(services, services.state(), ADMINISTRATOR)
    young = next(one for team in found.teams for one in team.watched if one.indicator.name.startswith("Ofertas"))
    told = drawn(client, chosen=young.indicator.indicator_id)
    assert told[Ids.PROFILE_TITLE.value]["children"].startswith("Ofertas enviadas en 24 h")
    assert told[Ids.PROFILE_FIGURE.value]["hidden"] is True
    assert "faltan 11 semanas" in json.dumps(told[Ids.PROFILE_WORDS.value], ensure_ascii=False)


def test_in_the_large_demo_the_first_evidence_is_a_proven_one() -> None:
    services = copy(demo("normal"))
    found = read_teams(services, services.state(), ADMINISTRATOR)
    one = chosen_of(found, None)
    assert one is not None
    assert one.evidence is not None
    assert one.evidence.proof is Proof.STRONG
    with create_app(services, is_testing=True).server.test_client() as client:
        told = drawn(client)
        assert told[Ids.PROFILE_FIGURE.value]["hidden"] is False
        assert len(told[Ids.PROFILE.value]["figure"]["data"]) == 2
        assert "anticipa el NPS" in json.dumps(told, ensure_ascii=False)


@pytest.mark.parametrize(
    ("query", "weeks"), [("", 13), ("since=2026-10-05", 6), ("since=2025-11-17", 52), ("since=2000-01-03", 104)]
)
def test_the_period_says_how_many_weeks(services: Services, query: str, weeks: int) -> None:
    assert weeks_asked(services.state(), parse_query(query)) == weeks


def test_the_file_has_every_week_of_every_indicator(client: FlaskClient) -> None:
    text = client.get("/download/teams.csv?lang=es").get_data(as_text=True)
    assert "Pedidos completos" in text
    assert client.get("/download/teams.xlsx").status_code == 200
    own = client.get("/download/teams.csv?team=Ventas").get_data(as_text=True)
    assert "Pedidos completos" not in own


def test_a_home_without_indicators_says_what_to_do(own_client: FlaskClient) -> None:
    assert "Añadir el primer indicador" in json.dumps(drawn(own_client), ensure_ascii=False)


@pytest.fixture
def own_client() -> Any:
    from tests.homes import survey_home

    with create_app(survey_home([9] * 40), is_testing=True).server.test_client() as client:
        yield client
