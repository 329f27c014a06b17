"""What every figure shares."""

from __future__ import annotations

import plotly.graph_objects as go

from layouts.figures.base import CONFIG, EMPTY, FONT, layout


def test_nothing_is_ever_sent_to_another_host() -> None:
    assert CONFIG["showSendToCloud"] is False
    assert CONFIG["plotlyServerURL"] == ""
    assert CONFIG["displaylogo"] is False


def test_the_empty_figure_is_a_figure() -> None:
    go.Figure(EMPTY)


def test_a_layout_is_valid_transparent_and_without_a_template() -> None:
    made = layout(xaxis={"visible": False}, bargap=0.2)
    go.Figure({"data": [], "layout": made})
    assert made["paper_bgcolor"] == made["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert made["font"] == FONT
    assert "color" not in FONT, "the page colours the text: one figure serves both themes"
    assert "template" not in made
    assert made["xaxis"]["visible"] is False
    assert made["xaxis"]["fixedrange"] is True, "what is given is added to the axis, not instead of it"


def test_two_layouts_share_nothing_that_can_change() -> None:
    one, other = layout(), layout()
    one["xaxis"]["title"] = "mine"
    assert "title" not in other["xaxis"]
