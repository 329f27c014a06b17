"""The chart of an improvement: valid, with holes where weeks do not count."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.studies import study
from layouts.figures.improvements import effect
from tests.boards import EN, ES
from tests.dashboard.test_studies import LAST, LAUNCHED, values, weeks


def test_both_lines_and_the_launch_are_drawn() -> None:
    found = study(weeks(values(6.0)), weeks(values(0.0)), LAUNCHED, None, LAST)
    for t in (ES, EN):
        figure = effect(t, found)
        go.Figure(figure)
        assert [len(trace["y"]) for trace in figure["data"]] == [47, 47]
        assert figure["layout"]["shapes"][0]["x0"] == LAUNCHED.isoformat()
    assert "dic" in effect(ES, found)["layout"]["xaxis"]["ticktext"][0]


def test_weeks_that_do_not_count_are_holes() -> None:
    figure = effect(ES, study(weeks(values(6.0)), None, LAUNCHED, LAUNCHED, LAST))
    assert len(figure["data"]) == 1 and figure["data"][0]["y"].count(None) == 8
    assert figure["data"][0]["connectgaps"] is False
