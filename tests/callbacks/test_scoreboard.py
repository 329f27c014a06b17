"""The scoreboard's callback: one answer for one change, in the language and under the filters of the page."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient

from callbacks import scoreboard
from callbacks.application import create_app
from dashboard.filters import EVERYTHING, filters, parse_query
from data.services import Services
from layouts.scoreboard import Ids
from tests.boards import EN, ES
from tests.callbacks.asking import ask, dependencies, outputs_of
from tests.homes import open_home, survey_home
from tests.trees import addresses, of_type, texts

HEADLINE, EXPLAIN = 3, 6


def drawn(client: FlaskClient, query: str, search: str = "") -> dict[str, Any]:
    """Return what the browser gets for a change of filters."""
    values = {"shell-filters.data": {"query": query}, "shell-url.search": search}
    answer = ask(client, f"{Ids.HEADLINE}.children", values)
    assert answer.status_code == 200
    told: dict[str, Any] = json.loads(answer.data)["response"]
    return told


def test_one_callback_answers_for_the_whole_view(client: FlaskClient) -> None:
    mine = [one for one in dependencies(client) if any(name.startswith("scoreboard-") for name in outputs_of(one))]
    assert len(mine) == 1
    assert {name.rpartition(".")[0] for name in outputs_of(mine[0])} == set(Ids)


def test_the_goal_is_judged_on_all_answers(client: FlaskClient) -> None:
    whole = json.dumps(drawn(client, ""), ensure_ascii=False)
    assert "Vamos perdiendo" in whole
    assert "Objetivo: NPS de 32 a 45" in whole


def test_filters_ask_another_question(client: FlaskClient) -> None:
    part = json.dumps(drawn(client, "team=Ventas"), ensure_ascii=False)
    assert "Vamos perdiendo" not in part
    assert "/download/scoreboard.csv?team=Ventas" in part


def test_the_language_of_the_address_wins(client: FlaskClient) -> None:
    assert "We are losing" in json.dumps(drawn(client, "", "?lang=en"))


def test_figures_are_of_both_languages_but_one_answer(services: Services) -> None:
    state = services.state()
    spanish, english = (scoreboard.draw(services, state, t, EVERYTHING) for t in (ES, EN))
    assert spanish[4]["data"][-1]["y"] == english[4]["data"][-1]["y"]
    assert texts(spanish[HEADLINE]) != texts(english[HEADLINE])


def test_nonsense_in_the_address_is_no_filter(client: FlaskClient) -> None:
    assert drawn(client, "since=x&until=%%&nothing=1") == drawn(client, "")
    assert "sin datos" in json.dumps(drawn(client, "team=nobody"), ensure_ascii=False)


def test_a_period_is_kept_in_the_download_and_the_headline(services: Services) -> None:
    asked = parse_query("since=2026-10-05&until=2026-11-01")
    shown = scoreboard.draw(services, services.state(), ES, asked)
    assert "Del 5 de octubre de 2026 al 1 de noviembre de 2026" in texts(shown[EXPLAIN])
    assert addresses(shown[1])[0].endswith("since=2026-10-05&until=2026-11-01")


def test_pills_are_drawn_where_there_is_a_choice(services: Services) -> None:
    bar = scoreboard.draw_filters(services, services.state(), ES, EVERYTHING)
    drawn_ = [one.id["dimension"] for one in of_type(bar, "Checklist")]
    assert drawn_ == ["team", "segment", "channel", "site", "moment"]
    assert "últimas 13 semanas" in texts(bar)
    with_source = scoreboard.draw_filters(services, services.state(), ES, filters({"source": ["demo"]}))
    assert "source" in [one.id["dimension"] for one in of_type(with_source, "Checklist")]


def test_before_there_is_any_answer_the_first_run() -> None:
    services = open_home()
    assert "Elegir un fichero" in texts(scoreboard.draw_page(services, services.state(), ES, ""))
    with create_app(services, is_testing=True).server.test_client() as client:
        assert "sin datos" in json.dumps(drawn(client, ""), ensure_ascii=False)


def test_the_score_of_a_few_answers_is_never_said() -> None:
    services = survey_home([10] * 6 + [0] * 3)
    shown = scoreboard.draw(services, services.state(), ES, EVERYTHING)
    told = texts([part for part in shown if not isinstance(part, dict)])
    assert "9 respuestas" in told
    assert "Con menos de 10 respuestas" in told
    assert "33" not in texts(shown[HEADLINE]) + texts(shown[EXPLAIN]) + texts(shown[5])


def test_the_subtitle_tells_the_day_and_how_old_the_data_are(services: Services) -> None:
    told = scoreboard.draw(services, services.state(), ES, EVERYTHING)[2]
    assert told.startswith("Domingo 22 de noviembre · datos de hoy 13:00")
