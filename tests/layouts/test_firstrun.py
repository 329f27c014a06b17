"""The first page anybody sees: two ways to begin."""

from __future__ import annotations

import pytest

from layouts.firstrun import Ids, welcome
from layouts.words import Words
from tests.boards import EN, ES
from tests.trees import ids, of_type, texts


@pytest.mark.parametrize("t", [ES, EN])
def test_two_ways_to_begin(t: Words) -> None:
    page = welcome(t)
    assert set(ids(page)) == set(Ids)
    assert [one.href for one in of_type(page, "Link")] == ["/sources"]
    assert len(of_type(page, "H1")) == 1
    assert len(of_type(page, "H2")) == 2
    assert "Suministros La Ficticia" in texts(page)
