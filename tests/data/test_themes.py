"""Themes as stored, and what the comments that a role may read talk about."""

from __future__ import annotations

import polars as pl
import pytest

from dashboard.filters import EVERYTHING, filters
from dashboard.permissions import NotAllowedError, Role, Scope
from dashboard.starters import STARTERS
from dashboard.themes import Theme
from data.database import reading
from data.services import Services
from data.themes import assigned, read_themes, read_topics
from data.writes.themes import label_comment, save_themes
from tests.data.stores import ADMINISTRATOR, import_rows

LATE, BILL = Theme("late", "Plazo", ("retras*",)), Theme("bill", "Factura", ("factura",))
MEMBER = Scope(Role.MEMBER, ("Ventas",))


@pytest.fixture
def said(services: Services) -> Services:
    texts = [f"hay retraso en el pedido {place}" for place in range(6)] + ["la factura está mal", "todo bien gracias"]
    rows = [
        {"id": str(place), "when": "2026-11-10 10:00", "score": 2 if place < 6 else 9, "words": text, "team": "Ventas"}
        for place, text in enumerate(texts)
    ]
    import_rows(services, "a.csv", rows)
    save_themes(services, ADMINISTRATOR, [LATE, BILL])
    return services


def test_until_there_are_own_themes_there_are_some_to_begin_with(services: Services) -> None:
    with reading(services.database) as connection:
        assert read_themes(connection) == STARTERS
    save_themes(services, ADMINISTRATOR, [BILL, LATE])
    with reading(services.database) as connection:
        assert read_themes(connection) == (BILL, LATE)


def test_a_persons_word_wins_over_the_rules(said: Services) -> None:
    label_comment(said, ADMINISTRATOR, "tool:0", "late", is_about=False)
    label_comment(said, ADMINISTRATOR, "tool:7", "late", is_about=True)
    found = {topic.theme.key: topic for topic in read_topics(said, said.state(), ADMINISTRATOR, EVERYTHING)}
    assert (found["late"].n, found["late"].by_people) == (6, 1)
    label_comment(said, ADMINISTRATOR, "tool:0", "late", is_about=True)
    again = {topic.theme.key: topic for topic in read_topics(said, said.state(), ADMINISTRATOR, EVERYTHING)}
    assert (again["late"].n, again["late"].by_people) == (7, 2)


def test_a_theme_of_a_few_is_not_told_to_who_sees_no_small_groups(said: Services) -> None:
    assert [one.theme.key for one in read_topics(said, said.state(), MEMBER, EVERYTHING)] == ["late"]
    assert {one.theme.key for one in read_topics(said, said.state(), ADMINISTRATOR, EVERYTHING)} == {"late", "bill"}


def test_others_teams_are_not_read(said: Services) -> None:
    assert read_topics(said, said.state(), Scope(Role.CAPTAIN, ("Almacén",)), EVERYTHING) == []
    with pytest.raises(NotAllowedError):
        read_topics(said, said.state(), Scope(Role.VIEWER), EVERYTHING)
    assert read_topics(said, said.state(), ADMINISTRATOR, filters({"team": ["Almacén"]})) == []


def test_a_label_of_a_theme_that_is_gone_says_nothing() -> None:
    comments = pl.DataFrame({"response_id": ["1"], "verbatim": ["algo de texto"]})
    labels = pl.DataFrame({"response_id": ["1", "2"], "theme": ["gone", "late"], "is_about": [True, True]})
    assert assigned(comments, (LATE,), labels).is_empty()
