"""Every view has a path of its own and draws its page; what its callbacks fill in belongs to it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from dash import Dash
from flask import g
from flask.testing import FlaskClient

from callbacks import (
    accounts,
    commitments,
    improvements,
    improving,
    indicators,
    journey,
    meeting,
    moments,
    people,
    promising,
    reporting,
    scoreboard,
    settings,
    sources,
    teams,
    voice,
    wall,
)
from callbacks.firstrun import first_run
from callbacks.router import not_found
from callbacks.views import VIEWS
from dashboard.filters import EVERYTHING
from dashboard.permissions import Capability, Role, Scope
from dashboard.starters import STARTERS
from data.accounts import read_accounts
from data.services import Services
from data.voice import Search, read_stream
from layouts import commitment_grid
from layouts.indicators import NEW
from layouts.people import everybody
from layouts.screens import every
from layouts.shell import shell
from layouts.sources import done, understood, would_do
from layouts.themes import form as themes_form
from tests.boards import ANA, ES, EVERYBODY, SCREEN
from tests.callbacks.asking import ask
from tests.data.stores import ADMINISTRATOR
from tests.layouts.test_sources import column, draft, outcome
from tests.trees import addresses, ids


def changed(services: Services, pages: dict[str, Any]) -> list[Any]:
    """Return the pages of the improvements and the themes with what their callbacks put in."""
    state = services.state()
    found = []
    for search in ("", "?card=1", "?card=new"):
        drawn = [part for part in improvements.draw(services, state, ES, search) if not isinstance(part, dict | bool)]
        found.append([pages["/improvements"], *drawn, *improving.draw_forms(services, state, ES, search)])
    return [*found, [themes_form(ES, STARTERS)]]


def voices(services: Services, pages: dict[str, Any]) -> list[Any]:
    """Return the pages of journey, voice and accounts with what their callbacks put in."""
    state = services.state()
    travelled = [
        part for part in journey.draw(services, state, ES, journey.Asked(), None) if not isinstance(part, dict)
    ]
    said = voice.draw(services, state, ES, Search(), None)
    first = read_stream(services, state, ADMINISTRATOR, Search())["response_id"][0]
    people = read_accounts(services, state, ADMINISTRATOR)
    return [
        [pages["/journey"], *travelled],
        [pages["/voice"], *said, voice.draw_panel(services, state, ES, first)],
        [pages["/hear"]],
        [pages["/accounts"], *accounts.draw(services, state, ES, people[0])],
    ]


def every_page(services: Services) -> list[Any]:
    """Return every page as a browser may have it, with what its callbacks put in."""
    state = services.state()
    pages = {view.PATH: view.draw_page(services, state, ES, "") for view in VIEWS}
    board = scoreboard.draw(services, state, ES, EVERYTHING)
    goals, members = settings.draw_goals(services, ES), settings.draw_members(services, state, ES)
    form = indicators.draw_form(services, state, ES, NEW)
    cared = moments.draw_form(services, state, ES, None)
    watched = [part for part in teams.draw(services, state, ES, EVERYTHING) if not isinstance(part, dict | bool)]
    read = understood(ES, draft(column(), column("día", "date", part="day")), "")
    ledger = [part for part in commitments.draw(services, state, ES, EVERYTHING) if not isinstance(part, dict | bool)]
    promise = [promising.draw_form(services, state, ES), promising.draw_story(services, state, ES, "?open=1")]
    return [
        [pages["/"], *[part for part in board if not isinstance(part, dict)]],
        [pages["/wall"], wall.draw(services, state, ES, "")],
        [pages["/sources"], sources.draw_ledger(services, state, ES), read, would_do(ES, outcome())],
        [pages["/sources"], done(ES, outcome())],
        [pages["/settings"], goals, members, form, indicators.draw_marks(services, state, ES), cared],
        [pages["/teams"], *watched, reporting.draw_form(services, state, ES, EVERYTHING)],
        [pages["/commitments"], *ledger, *promise, commitment_grid.grid(ES, commitment_grid.NONE)],
        [pages["/people"], everybody(ES, [(ANA, True)], people.places_of(services, state))],
        [pages["/audit"]],
        *changed(services, pages),
        [pages["/meeting"], *meeting.draw(services, state, ES, "Transporte")],
        [pages["/plan"]],
        *voices(services, pages),
        [pages["/screens"], every(ES, [SCREEN], [True], SCREEN.created_at)],
        [shell(ES, "/", first_run(ES), EVERYBODY)],
        [shell(ES, "", not_found(ES), EVERYBODY)],
    ]


def test_paths_are_one_each() -> None:
    assert len({view.PATH for view in VIEWS}) == len(VIEWS)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_draws_its_page(client: FlaskClient, view: Any) -> None:
    asked = {"shell-route.data": {"path": view.PATH, "search": ""}}
    answer = ask(client, "shell-screen.children", asked)
    assert answer.status_code == 200
    assert json.loads(answer.data)["response"]["shell-screen"]["children"]
    assert client.get(view.PATH).status_code == 200


def test_every_screen_has_ids(services: Services) -> None:
    assert all(ids(page) for page in every_page(services))


def test_nobody_is_offered_a_file_that_would_be_refused(app: Dash, services: Services) -> None:
    def offered(scope: Scope) -> set[str]:
        with app.server.test_request_context("/"):
            g.scope = scope
            found = addresses(every_page(services))
        return {one.split("?")[0] for one in found if one.startswith("/download/") and one.endswith((".csv", ".xlsx"))}

    rejected = {"/download/rejected/3.csv"}
    assert {"/download/settings.csv", "/download/sources.xlsx", "/download/voice.csv", *rejected} <= offered(
        ADMINISTRATOR
    )
    assert offered(Scope(Role.ADMINISTRATOR, denied=frozenset({Capability.EXPORT}))) == rejected
