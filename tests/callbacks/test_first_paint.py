"""What stands on the first page before any script has run: the numbers of a view, and no word of a customer."""

from __future__ import annotations

from html import unescape

import pytest
from flask.testing import FlaskClient

from callbacks.application import create_app
from dashboard.permissions import Role
from data.services import Services
from data.voice import Search, read_stream
from tests.callbacks.doorway import browser_of
from tests.data.stores import ADMINISTRATOR
from tests.homes import copy, demo, open_home


def painted(client: FlaskClient, path: str) -> str:
    """Return the first paint of a page."""
    page = client.get(path).text
    return unescape(page[page.index('<div id="first-paint">') : page.index("react-entry-point")])


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/", "mc-headline"),
        ("/journey", 'role="gridcell"'),
        ("/journey?pivot=team&measure=mean", "Transporte"),
        ("/commitments", "mc-figure-number"),
        ("/commitments?team=Transporte", "mc-figure-number"),
    ],
)
def test_the_numbers_are_in_the_first_page(client: FlaskClient, path: str, told: str) -> None:
    assert told in painted(client, path)


@pytest.mark.parametrize("path", ["/", "/journey", "/commitments"])
@pytest.mark.parametrize(
    "query", ["team=%FF", "since=never", "pivot=%3Cscript%3E&cell=x&of=y&versus=period&from=9", "a=b"]
)
def test_whatever_the_address_says_there_is_a_page(client: FlaskClient, path: str, query: str) -> None:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200
    assert "<script>&" not in answer.text


@pytest.mark.parametrize("path", ["/", "/journey", "/commitments"])
def test_before_any_answer_there_is_a_page_too(path: str) -> None:
    with create_app(open_home()).server.test_client() as client:
        assert client.get(path).status_code == 200


def test_no_comment_stands_on_the_map_before_somebody_reads_it(client: FlaskClient, services: Services) -> None:
    said = read_stream(services, services.state(), ADMINISTRATOR, Search())["verbatim"].drop_nulls()
    told = painted(client, "/journey?cell=Esperar&of=industrial")
    assert not [words for words in said if words in told]


def test_whoever_may_see_only_large_groups_gets_no_small_one() -> None:
    services = copy(demo(), sign_in="required")
    client = browser_of(create_app(services), services, Role.VIEWER)
    assert "mc-heat-cell" in painted(client, "/journey")
    assert "mc-heat-cell" not in painted(client, "/journey?team=Ventas&segment=industrial")
