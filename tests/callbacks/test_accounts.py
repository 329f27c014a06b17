"""The page of an account answered by the application."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from dashboard.permissions import Capability, NotAllowedError, Role, Scope
from data.accounts import read_account, read_accounts
from data.services import Services
from layouts.accounts import Ids
from tests.callbacks.asking import ask
from tests.data.stores import ADMINISTRATOR


def test_an_account_is_told_by_its_people(client: FlaskClient, services: Services) -> None:
    name = read_accounts(services, services.state(), ADMINISTRATOR)[0]
    found = read_account(services, services.state(), ADMINISTRATOR, name)
    assert found is not None
    answer = ask(client, f"{Ids.PAGE}.children", {f"{Ids.WHICH}.value": name, "shell-url.search": "?lang=es"})
    told = json.dumps(answer.json, ensure_ascii=False)
    assert "interlocutores" in told
    assert str(found.worst) in told
    text = client.get(f"/download/accounts.csv?lang=es&account={name}").get_data(as_text=True)
    assert len(text.splitlines()) >= found.people.height + 1
    assert "Peor" in text


def test_an_account_that_is_not_there_says_so(client: FlaskClient) -> None:
    answer = ask(client, f"{Ids.PAGE}.children", {f"{Ids.WHICH}.value": "<b>x</b>", "shell-url.search": "?lang=es"})
    assert "no hay respuestas" in json.dumps(answer.json, ensure_ascii=False)


@pytest.mark.parametrize(
    "scope",
    [
        Scope(Role.VIEWER),
        Scope(Role.MEMBER, ("Ventas",)),
        Scope(Role.MANAGER, denied=frozenset({Capability.SEE_SMALL_GROUPS})),
    ],
)
def test_a_role_that_sees_no_small_groups_sees_no_account(services: Services, scope: Scope) -> None:
    for ask_of in (read_accounts, lambda *told: read_account(*told, "Cliente 01")):
        with pytest.raises(NotAllowedError):
            ask_of(services, services.state(), scope)


def test_who_reads_no_comments_sees_the_numbers_alone(services: Services) -> None:
    deaf = Scope(Role.CAPTAIN, ("Ventas",), denied=frozenset({Capability.READ_COMMENTS}))
    name = read_accounts(services, services.state(), deaf)[0]
    found = read_account(services, services.state(), deaf, name)
    assert found is not None
    assert found.people.height
    assert found.comments.is_empty()
