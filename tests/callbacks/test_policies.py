"""What a callback's body may look like: exactly what was declared, however its ids are written."""

from __future__ import annotations

from typing import Any

import pytest
from dash import Input, Output, State
from flask.testing import FlaskClient

from callbacks.policies import has_shape
from layouts.commitments import Ids as Commitments
from layouts.fields import spoken
from layouts.indicators import Ids as Indicators
from layouts.moments import Ids as Moments
from layouts.people import Ids as People
from layouts.screens import Ids as Screens
from layouts.settings import Ids as Settings
from layouts.teams import Ids as Teams
from layouts.themes import Ids as Themes
from layouts.words import Refused
from tests.callbacks.asking import ask

NO = spoken(Refused("No.")).to_plotly_json()
FORMS = (
    (Commitments.FORM, Commitments.SAID),
    (Commitments.STORY, Commitments.SAID),
    (Indicators.FORM, Indicators.SAID),
    (Indicators.MARKS, Indicators.MARK_SAID),
    (Moments.FORM, Moments.SAID),
    (People.LIST, People.SAID),
    (Screens.LIST, Screens.SAID),
    (Settings.MEMBERS, Settings.MEMBER_SAID),
    (Teams.REPORT, Teams.SAID),
    (Themes.FORM, Themes.SAID),
)


DECLARED = {
    "output": Output("said", "children"),
    "inputs": [{"id": '{"key":["ALL"],"type":"rename"}', "property": "value"}, {"id": "save", "property": "n_clicks"}],
    "state": [{"id": "name", "property": "value"}],
}


def body(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    good = {
        "output": "said.children",
        "outputs": {"id": "said", "property": "children"},
        "inputs": [list(items), {"id": "save", "property": "n_clicks", "value": 1}],
        "state": [{"id": "name", "property": "value", "value": "x"}],
        "changedPropIds": ["save.n_clicks"],
    }
    return good | more


def item(key: Any, kind: str = "rename") -> dict[str, Any]:
    return {"id": {"type": kind, "key": key}, "property": "value", "value": "x"}


@pytest.mark.parametrize("key", ["Almacén", "日本", 'a"b', "{}", "", 7, "\\", "\u007f"])
def test_ids_may_hold_any_text_and_be_what_has_changed(key: Any) -> None:
    import json

    spelled = json.dumps({"key": key, "type": "rename"}, separators=(",", ":"), ensure_ascii=False)
    assert has_shape(body(item(key), changedPropIds=[f"{spelled}.value"]), DECLARED)


def test_no_component_and_many_fit_a_pattern() -> None:
    assert has_shape(body(), DECLARED)
    assert has_shape(body(item("a"), item("b")), DECLARED)


@pytest.mark.parametrize(
    "wrong",
    [
        body(item("a", "merge")),
        body(item(["a"])),
        body({"id": {"type": "rename"}, "property": "value"}),
        body({"id": {"type": "rename", "key": "a", "more": 1}, "property": "value"}),
        body({"id": "rename", "property": "value"}),
        body({**item("a"), "property": "n_clicks"}),
        body(changedPropIds=["other.n_clicks"]),
        body(changedPropIds=['{"key":"b","type":"rename"}.value']),
        body(state=[]),
        body(outputs=[{"id": "said", "property": "children"}]),
        body(inputs={}),
        body(more=1),
        [],
        None,
    ],
)
def test_anything_else_is_refused(wrong: Any) -> None:
    assert not has_shape(wrong, DECLARED)


def test_what_declares_several_outputs_names_them_all() -> None:
    declared = {"output": [Output("a", "children"), Output("b", "data")], "inputs": [], "state": []}
    names = [{"id": "a", "property": "children"}, {"id": "b", "property": "data"}]
    assert has_shape({"output": "..a.children...b.data..", "outputs": names, "inputs": []}, declared)
    assert not has_shape({"output": "..a.children...b.data..", "outputs": names[:1], "inputs": []}, declared)
    assert not has_shape({"output": "..a.children...b.data..", "outputs": names[::-1], "inputs": []}, declared)


def test_inputs_and_states_are_what_dash_wrote_down() -> None:
    assert Input("a", "value").component_id_str() == State("a", "value").component_id_str() == "a"


@pytest.mark.parametrize(("form", "said"), FORMS, ids=lambda one: one.value)
def test_what_was_refused_draws_no_form_anew(client: FlaskClient, form: str, said: str) -> None:
    changed = {"changedPropIds": [f"{said}.children"]}
    refused = ask(client, f"{form}.children", {f"{said}.children": NO}, **changed)
    written = ask(client, f"{form}.children", {f"{said}.children": "Guardado."}, **changed)
    assert (refused.status_code, written.status_code) == (200, 200)
    assert form not in refused.json["response"]
    assert form in written.json["response"]


@pytest.mark.parametrize(("form", "said"), [(Teams.REPORT, Teams.SAID)])
def test_an_old_refusal_holds_no_form_back_when_something_else_changes(
    client: FlaskClient, form: str, said: str
) -> None:
    assert form in ask(client, f"{form}.children", {f"{said}.children": NO}).json["response"]
