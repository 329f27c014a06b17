"""A cell opened: its numbers are those of its own answers, and words are for those who may read them."""

from __future__ import annotations

import pytest

from dashboard.filters import filters
from dashboard.journey import Opened
from dashboard.permissions import Capability, Role, Scope
from data.board import asked_days
from data.journey import Asked
from data.journey_cell import read_cell
from data.services import Services
from tests.data.stores import ADMINISTRATOR
from tests.homes import copy, demo

WHERE = ("Esperar", "industrial")


@pytest.fixture(scope="module")
def company() -> Services:
    return copy(demo("normal"))


def opened(services: Services, scope: Scope = ADMINISTRATOR, asked: Asked | None = None, *where: str) -> Opened:
    found = read_cell(services, services.state(), scope, asked or Asked(), *(where or WHERE))  # type: ignore[arg-type]
    assert found is not None
    return found


def test_the_bars_are_the_answers_of_the_cell(company: Services) -> None:
    days = filters({"moment": ["Esperar"], "segment": ["industrial"]})
    found = opened(company)
    state = company.state()
    scores = company.scores(state)
    assert found.spread == scores.distribution(asked_days(scores, state, days))
    assert found.trend["n"].sum() > sum(found.spread)
    assert found.kept.owner == "Marta Gil"
    assert {name for _, name in found.indicators} >= {"Avisos de retraso a tiempo"}
    assert [spot.team for spot in found.blind] == ["Transporte"]


def test_a_cell_that_is_not_there_opens_nothing(company: Services) -> None:
    assert read_cell(company, company.state(), ADMINISTRATOR, Asked(), "Esperar", "nobody") is None


def test_an_attribute_opens_the_words_of_its_moment(company: Services) -> None:
    found = opened(company, ADMINISTRATOR, Asked(pivot="attribute"), "Esperar", "aviso")
    assert {comment.moment for comment in found.comments} == {"Esperar"}


@pytest.mark.parametrize(
    ("scope", "is_reader"),
    [
        (Scope(Role.VIEWER), False),
        (Scope(Role.MEMBER, ("Ventas",)), False),
        (Scope(Role.MEMBER, ("Transporte",)), True),
        (Scope(Role.CAPTAIN, ("Transporte",)), True),
        (Scope(Role.MANAGER), True),
        (Scope(Role.MANAGER, denied=frozenset({Capability.READ_COMMENTS})), False),
    ],
)
def test_words_and_what_they_talk_about_are_for_those_who_may_read_them(
    company: Services, scope: Scope, is_reader: bool
) -> None:
    found = opened(company, scope)
    assert bool(found.comments) is is_reader
    assert is_reader or not found.topics


def test_a_role_that_sees_no_small_groups_gets_no_trend(company: Services) -> None:
    assert opened(company, Scope(Role.VIEWER)).trend.is_empty()
    assert opened(company, Scope(Role.CAPTAIN)).trend.height > 5
