"""What a form says when it is refused is marked as a refusal, and known as one when it comes back."""

from __future__ import annotations

import pytest

from layouts.fields import is_refused, spoken
from layouts.words import Refused, Words

NO = spoken(Refused("No.")).to_plotly_json()


def test_a_refusal_is_marked_wherever_a_callback_says_it() -> None:
    told = spoken((Refused("No."), False, [Refused("Ni esto."), "Sí."]))
    assert told[0].className == told[2][0].className == "mc-refused"
    assert (told[0].children, told[1], told[2][1]) == ("No.", False, "Sí.")


@pytest.mark.parametrize("said", [None, "", "No.", 3, [], {}, {"props": None}, {"props": {"className": "mc-chip"}}])
def test_other_words_are_no_refusal(said: object) -> None:
    assert not is_refused(said)
    assert is_refused(NO)


def test_the_words_of_a_refusal_are_words() -> None:
    t = Words("es")
    assert t.refused("common.not_allowed") == t("common.not_allowed")
    assert isinstance(t.refused("common.not_allowed"), Refused)
