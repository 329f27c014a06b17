"""The company that keeps the score."""

from __future__ import annotations

import pytest

from dashboard.organisation import UNNAMED, Organisation, OrganisationError


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"name": "  "}, "needs a name"),
        ({"name": "A", "language": "fr"}, "not one of es, en"),
        ({"name": "A", "zone": "Madrid"}, "for example Europe/Madrid"),
    ],
)
def test_what_cannot_be_is_refused_with_what_may(values: dict[str, str], message: str) -> None:
    with pytest.raises(OrganisationError, match=message):
        Organisation(**values)  # type: ignore[arg-type]  # a table of cases


def test_before_anybody_says_anything_there_is_a_name_a_language_and_a_zone() -> None:
    assert UNNAMED.language == "es"
    assert UNNAMED.tz.key == "Europe/Madrid"
    assert UNNAMED.version == 0
