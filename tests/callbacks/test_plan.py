"""The plan answered by the application."""

from __future__ import annotations

import pytest
from flask import g

from callbacks.application import create_app
from callbacks.plan import draw_page, see
from dashboard.permissions import Role, Scope
from data.plan import read_plan, readers_to_be
from data.services import Services
from layouts.plan import Ids
from tests.boards import ES
from tests.callbacks.asking import ask
from tests.data.stores import ADMINISTRATOR
from tests.homes import copy, demo
from tests.trees import ids


@pytest.fixture
def own() -> Services:
    """A copy of the small demo, free to be changed."""
    return copy(demo())


def test_who_has_seen_it_says_so_once(own: Services) -> None:
    (first, *rest) = readers_to_be(own, own.state(), ADMINISTRATOR)
    before = sum(team.seen for team in read_plan(own, own.state(), ADMINISTRATOR).teams)
    server = create_app(own, is_testing=True).server
    with server.test_client() as client:
        values = {f"{Ids.SEEN}.n_clicks": 1, f"{Ids.READER}.value": str(first.peer_id)}
        assert "Anotado" in str(ask(client, f"{Ids.SAID}.children", values).json)
        told = ask(client, f"{Ids.READER}.options", {}).json["response"][Ids.READER.value]["options"]
        assert len(told) == len(rest)
    with server.test_request_context("/"):
        g.scope = ADMINISTRATOR
        assert sum(team.seen for team in read_plan(own, own.state(), ADMINISTRATOR).teams) == before + 1
        assert see(own, ES, None) == ES("plan.choose_reader")


def test_a_viewer_has_nothing_to_say(own: Services) -> None:
    with create_app(own, is_testing=True).server.test_request_context("/"):
        g.scope = Scope(Role.VIEWER)
        assert Ids.SEEN not in ids(draw_page(own, own.state(), ES, ""))
