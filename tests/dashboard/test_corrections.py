"""A correction says the same promise in other words; what would make another promise of it is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.commitments import Commitment, CommitmentError, Stage
from dashboard.corrections import SAID, check_correction, differences

KNOWN = Commitment(1, "Ventas", "Catálogo", date(2026, 11, 2), "Marta", date(2026, 11, 20), version=3)
OWED = replace(KNOWN, trigger="si llega tarde", owed="los portes", stage=Stage.OWED)


@pytest.mark.parametrize(
    ("known", "changes", "words"),
    [
        (KNOWN, {"due": date(2026, 12, 1)}, "date"),
        (KNOWN, {"due": None}, "date"),
        (replace(KNOWN, due=None), {"due": date(2026, 12, 1)}, "date"),
        (KNOWN, {"due": date(2026, 12, 1), "owner": "Luis"}, "date"),
        (KNOWN, {"trigger": "si llueve", "owed": "un paraguas"}, "condition"),
        (OWED, {"trigger": ""}, "condition"),
        (OWED, {"owed": ""}, "what is then owed"),
        (KNOWN, {}, "nothing to correct"),
        (KNOWN, {"team": "Otro", "version": 9, "stage": Stage.WAITING}, "nothing to correct"),
    ],
)
def test_another_promise_is_no_correction(known: Commitment, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(CommitmentError, match=words):
        check_correction(known, replace(known, **changes))


@pytest.mark.parametrize("changes", [{"owner": "Luis"}, {"what": "Otro"}, {"people": 4}, {"is_public": True}])
def test_other_words_are_and_what_they_replace_is_told(changes: dict[str, Any]) -> None:
    said = replace(KNOWN, **changes)
    check_correction(KNOWN, said)
    assert differences(KNOWN, said) == {name: getattr(KNOWN, name) for name in changes}


def test_neither_date_nor_team_nor_place_in_its_story_is_said() -> None:
    assert not {"due", "made", "team", "site", "stage", "version", "commitment_id"} & set(SAID)
