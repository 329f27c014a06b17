"""Who asks, and in which language."""

from __future__ import annotations

import pytest
from dash import Dash
from flask import g

from callbacks.asked import (
    COOKIE,
    NobodyAsksError,
    chosen_language,
    files,
    filters_of,
    here,
    scope,
    screen,
    visitor,
    words,
)
from dashboard.filters import EVERYTHING
from dashboard.permissions import Capability, Role, Scope, can
from data.services import Services
from tests.trees import addresses, of_type


def test_nobody_is_answered_before_the_gate_has_said_who_asks(app: Dash) -> None:
    with app.server.app_context(), app.server.test_request_context("/"), pytest.raises(NobodyAsksError):
        g.pop("scope", None)
        scope()


def test_screens_and_local_visitors_have_no_session() -> None:
    assert (here(), screen(), visitor().name) == (None, None, "")
    assert visitor().allowed == frozenset(Capability)


def test_without_a_request_the_organisation_decides(services: Services) -> None:
    assert chosen_language() is None
    assert words(services.state()).language == "es"


def test_the_address_wins_over_the_cookie_and_the_cookie_over_the_organisation(app: Dash, services: Services) -> None:
    state = services.state()
    cookie = {"HTTP_COOKIE": f"{COOKIE}=en"}
    with app.server.test_request_context("/", environ_overrides=cookie):
        assert words(state).language == "en"
        assert words(state, "?lang=es").language == "es", "the page's own address, as its callbacks know it"
    with app.server.test_request_context("/?lang=es", environ_overrides=cookie):
        assert words(state).language == "es"
    with app.server.test_request_context("/?lang=fr", environ_overrides={"HTTP_COOKIE": f"{COOKIE}=xx"}):
        assert words(state).language == "es"


def test_filters_come_from_the_store() -> None:
    assert filters_of({"query": "team=Ventas&team=Posventa"}).values("team") == ("Posventa", "Ventas")


def test_anything_unreadable_is_no_filter() -> None:
    for told in (None, [], "team=x", {}, {"query": None}, {"query": 7}, {"query": "&&&=%%%"}, {"query": "since=x"}):
        assert filters_of(told) == EVERYTHING


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CAPTAIN])
def test_files_are_offered_to_who_may_take_them_away(services: Services, role: Role) -> None:
    g.scope = Scope(role)
    menu = files(words(services.state()), "scoreboard", "", picture="scoreboard-path")
    assert bool(addresses(menu)) is can(g.scope, Capability.EXPORT) is (role is Role.CAPTAIN)
    assert [one.children for one in of_type(menu, "Button")] == ["Imagen del gráfico (PNG)", "Imprimir"]
