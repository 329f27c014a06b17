"""Cards without a measure, an owner or a date come back without them."""

from __future__ import annotations

from dataclasses import replace

from data.database import reading
from data.improvements import read_improvements, stored
from data.services import Services
from data.writes.improvements import propose
from tests.dashboard.test_improvements import card
from tests.data.stores import ADMINISTRATOR


def test_nothing_comes_back_as_nothing(services: Services) -> None:
    bare = card(measure=None, owner="", due=None, moments=())
    key = propose(services, ADMINISTRATOR, bare)
    with reading(services.database) as connection:
        assert read_improvements(connection) == (replace(bare, improvement_id=key),)


def test_a_row_holds_no_passage() -> None:
    assert "passages" not in stored(card()) and stored(card())["measure"] is None
