"""Who can count on us through the application: on the commitments and on the page of an account, by role."""

from __future__ import annotations

import json

import pytest
from flask import g
from flask.testing import FlaskClient

from callbacks.reliance import draw, draw_account
from dashboard.filters import EVERYTHING
from dashboard.permissions import Capability, Role, Scope
from data.ledger import season
from data.reliance import read_reliance
from data.services import Services
from layouts.accounts import Ids as Accounts
from layouts.commitments import Ids
from tests.boards import ES
from tests.callbacks.asking import ask
from tests.data.stores import ADMINISTRATOR
from tests.trees import texts


def test_the_commitments_and_the_page_of_an_account_tell_the_same(client: FlaskClient, services: Services) -> None:
    state = services.state()
    one = read_reliance(services, state, ADMINISTRATOR, season(services, state)).first(1)[0]
    listed = json.dumps(ask(client, f"{Ids.ACCOUNTS}.children", {}).json, ensure_ascii=False)
    asked = {f"{Accounts.WHICH}.value": one.key, "shell-url.search": "?lang=es"}
    alone = json.dumps(ask(client, f"{Accounts.PAGE}.children", asked).json, ensure_ascii=False)
    words = ES("reliance.kept_of", kept=ES.count(one.kept), n=one.promised)
    for told in (listed, alone):
        assert one.key in told
        assert words in told
        assert ES.share(one.score) in told


@pytest.mark.parametrize(
    "who",
    [
        Scope(Role.VIEWER),
        Scope(Role.MEMBER, ("Ventas",)),
        Scope(Role.MANAGER, denied=frozenset({Capability.SEE_SMALL_GROUPS})),
    ],
)
def test_roles_that_see_no_small_groups_are_told_nothing_and_nothing_fails(services: Services, who: Scope) -> None:
    g.scope = who
    assert draw(services, services.state(), ES, EVERYTHING) == []
    assert draw_account(services, services.state(), ES, "Cliente 05") == []


def test_a_captain_is_told_that_only_their_teams_count(services: Services) -> None:
    g.scope = Scope(Role.CAPTAIN, ("Transporte",))
    assert "solo lo que prometieron tus equipos" in texts(draw(services, services.state(), ES, EVERYTHING))
    g.scope = ADMINISTRATOR
    assert "tus equipos" not in texts(draw(services, services.state(), ES, EVERYTHING))
