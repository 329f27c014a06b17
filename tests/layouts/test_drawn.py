"""What the browser draws: one component, the same elements, texts as texts."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
import pytest
from dash import dcc, html

from layouts.drawn import drawn
from layouts.prerender import to_html
from layouts.shell import table
from tests.trees import components, drawn_by_browser, ids, of_type, tables, texts

NASTY = '<img src=x onerror="alert(1)">'
CONTENT = [
    "Antes ",
    html.Div(
        [html.B(NASTY), html.Details(html.Summary("¿De dónde sale?"), open=True), None, [html.I("dos"), 3]],
        id="here",
        className="mc-card",
        tabIndex="0",
        style={"--columns": "3"},
        hidden=False,
        **{"aria-label": "tres", "data-row": NASTY},
    ),
    dcc.Link("Ver", href="/teams?team=a", className="mc-see"),
]


def test_it_is_one_component_and_holds_everything() -> None:
    (place,) = drawn(CONTENT)
    assert [type(one).__name__ for one in [place]] == ["Div"]
    assert getattr(place, "children", None) is None
    before, inner, link = drawn_by_browser(place)
    assert before == "Antes "
    assert (inner.id, inner.className, inner.tabIndex) == ("here", "mc-card", "0")
    assert (getattr(inner, "aria-label"), getattr(inner, "data-row")) == ("tres", NASTY)
    assert inner.style == {"--columns": "3"}
    assert not hasattr(inner, "hidden")
    assert of_type(inner, "Details")[0].open == ""
    assert (type(link), link.href) == (dcc.Link, "/teams?team=a")
    assert ids(place) == ["here"]
    assert texts(place) == texts(CONTENT)


def test_before_any_script_it_is_the_same_markup() -> None:
    told = to_html(drawn(CONTENT))
    assert NASTY not in told
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;" in told
    assert 'class="mc-drawn"' in told
    assert 'style="--columns: 3"' in told
    assert '<a href="/teams?team=a"' in told
    assert "data-mc-tree" not in told


def test_what_is_drawn_may_hold_what_is_drawn() -> None:
    shown = table("Respuestas", ["Nota", "Parte"], [["10", "30 %"]])
    (place,) = drawn([html.Div(shown), drawn("dentro")])
    assert len(drawn_by_browser(place)) == 2
    assert tables(place) == [["Respuestas", ["Nota", "Parte"], [["10", "30 %"]]]]
    (region,) = [one for one in components(place) if getattr(one, "role", "") == "region"]
    assert (getattr(region, "aria-label"), region.tabIndex) == ("Respuestas", "0")


@pytest.mark.parametrize("nothing", [None, [], [None, []], ()])
def test_of_nothing_there_is_nothing(nothing: Any) -> None:
    assert drawn(nothing) == []


@pytest.mark.parametrize("control", [dbc.Select(options=[]), dcc.Graph(), dcc.Store(id="a"), dbc.Input()])
def test_a_control_is_refused(control: Any) -> None:
    with pytest.raises(TypeError, match=type(control).__name__):
        drawn(html.Div(control))
