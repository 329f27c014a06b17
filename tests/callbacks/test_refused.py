"""A form that is refused says why, as a refusal, and keeps what was typed."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from layouts.commitments import Ids as Commitments
from layouts.fields import is_refused, spoken
from layouts.improvements import Ids as Improvements
from layouts.indicators import Ids as Indicators
from layouts.moments import Ids as Moments
from layouts.people import Ids as People
from layouts.screens import Ids as Screens
from layouts.settings import Ids as Settings
from layouts.teams import Ids as Teams
from layouts.themes import Ids as Themes
from layouts.words import Refused, Words
from tests.callbacks.asking import ask

NO = spoken(Refused("No.")).to_plotly_json()
FORMS = (
    (Commitments.FORM, Commitments.SAID),
    (Commitments.STORY, Commitments.SAID),
    (Improvements.FORM, Improvements.SAID),
    (Indicators.FORM, Indicators.SAID),
    (Indicators.MARKS, Indicators.MARK_SAID),
    (Moments.FORM, Moments.SAID),
    (People.LIST, People.SAID),
    (Screens.LIST, Screens.SAID),
    (Settings.MEMBERS, Settings.MEMBER_SAID),
    (Teams.REPORT, Teams.SAID),
    (Themes.FORM, Themes.SAID),
)


@pytest.mark.parametrize(("form", "said"), FORMS, ids=lambda one: one.value)
def test_what_was_refused_draws_no_form_anew(client: FlaskClient, form: str, said: str) -> None:
    changed = {"changedPropIds": [f"{said}.children"]}
    refused = ask(client, f"{form}.children", {f"{said}.children": NO}, **changed)
    written = ask(client, f"{form}.children", {f"{said}.children": "Guardado."}, **changed)
    assert (refused.status_code, written.status_code) == (200, 200)
    assert form not in refused.json["response"]
    assert form in written.json["response"]


@pytest.mark.parametrize(("form", "said"), [(Improvements.FORM, Improvements.SAID), (Teams.REPORT, Teams.SAID)])
def test_an_old_refusal_holds_no_form_back_when_something_else_changes(
    client: FlaskClient, form: str, said: str
) -> None:
    assert form in ask(client, f"{form}.children", {f"{said}.children": NO}).json["response"]


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
