"""Server time: a filter change as we answer it and the plain way; a pulse against computing what it saves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import dash
import plotly.graph_objects as go
import polars as pl
from dash import Input, Output, dcc, html
from flask import Flask, g

from bench.pairs import Pair, pair
from callbacks import scoreboard, wall
from callbacks.application import create_app
from dashboard.filters import parse_query
from dashboard.permissions import Scope
from data.cache import Answers
from data.services import Services
from layouts.words import Words

ASKING = Flask("bench")
QUERIES = [f"team=team+{team}&segment=segment+{segment}" for team in range(8) for segment in range(5)]


@contextmanager
def somebody() -> Iterator[None]:
    """Ask as whoever sits at this machine, without a server around it."""
    with ASKING.test_request_context("/"):
        g.scope = Scope.administrator()
        yield


def filter_change(services: Services, rounds: int) -> Pair:
    """Return our answer to a filter change against `go.Figure` and one callback per chart on the same log."""
    state, t = services.state(), Words("es")
    turn = {"ours": 0, "plain": 0}
    rows = services.log.scan("responses", state.publication.versions.responses).select(
        "week", "day", "recommend", "team", "segment", "moment"
    )
    frame = rows.collect()

    def ours() -> None:
        turn["ours"] += 1
        asked = parse_query(QUERIES[turn["ours"] % len(QUERIES)])
        with somebody():
            answer = scoreboard.draw(services, state, t, asked)
        dash._utils.to_json(answer[4]), dash._utils.to_json(answer[8])

    def plain() -> None:
        turn["plain"] += 1
        asked = parse_query(QUERIES[turn["plain"] % len(QUERIES)])
        for chart in (_path, _bars, _groups, _halves):
            part = frame.filter(asked.expression())
            chart(part).to_json()

    return pair(ours, plain, rounds)


def _nps(frame: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    promoters, detractors = (pl.col("recommend") >= 9).sum(), (pl.col("recommend") <= 6).sum()
    return frame.group_by(by).agg(nps=100 * (promoters - detractors) / pl.len(), n=pl.len()).sort(by)


def _path(frame: pl.DataFrame) -> go.Figure:
    weeks = _nps(frame, ["week"])
    return go.Figure([go.Scatter(x=weeks["week"], y=weeks["nps"]), go.Scatter(x=weeks["week"], y=weeks["n"])])


def _bars(frame: pl.DataFrame) -> go.Figure:
    counts = frame.group_by("recommend").len().sort("recommend")
    return go.Figure(go.Bar(x=counts["recommend"], y=counts["len"]))


def _groups(frame: pl.DataFrame) -> go.Figure:
    groups = _nps(frame, ["moment"])
    return go.Figure(go.Bar(x=groups["moment"], y=groups["nps"]))


def _halves(frame: pl.DataFrame) -> go.Figure:
    groups = _nps(frame.with_columns(later=pl.col("day") > pl.col("day").median()), ["moment", "later"])
    return go.Figure(go.Bar(x=groups["moment"], y=groups["nps"]))


def callbacks(services: Services, rounds: int) -> dict[str, list[float]]:
    """Return the seconds of each callback's work, nothing kept, each round with other filters."""
    from bench.pairs import seconds

    state, t = services.state(), Words("es")
    kept, services.answers = services.answers, Answers(None, "")
    turn = iter(range(10**6))
    timings: dict[str, list[float]] = {"scoreboard": [], "wall": []}
    for _ in range(rounds):
        asked = parse_query(QUERIES[next(turn) % len(QUERIES)])
        with somebody():
            timings["scoreboard"].append(seconds(lambda asked=asked: scoreboard.draw(services, state, t, asked)))
            timings["wall"].append(seconds(lambda: wall.draw(services, state, t, "")))
    services.answers = kept
    return timings


def quiet_wall(services: Services, rounds: int) -> Pair:
    """Return one pulse of a wall when nothing changed against computing what it shows."""
    app = create_app(services)
    client = app.server.test_client()
    state, t = services.state(), Words("es")
    kept, services.answers = services.answers, Answers(None, "")

    def ours() -> None:
        assert client.get("/api/v1/pulse").status_code == 200

    def computing() -> None:
        with somebody():
            wall.draw(services, state, t, "")

    try:
        return pair(ours, computing, rounds, repeat=(20, 1))
    finally:
        services.answers = kept


def bare_app() -> dash.Dash:
    """Return a page with two graphs, the way a tutorial makes it: what browsers are compared with."""
    app = dash.Dash("bare")
    app.layout = html.Div([dcc.Dropdown(["a", "b"], "a", id="pick"), dcc.Graph(id="one"), dcc.Graph(id="two")])

    @app.callback(Output("one", "figure"), Input("pick", "value"))
    def one(_value: str) -> go.Figure:
        return go.Figure(go.Scatter(x=list(range(52)), y=list(range(52))))

    @app.callback(Output("two", "figure"), Input("pick", "value"))
    def two(_value: str) -> go.Figure:
        return go.Figure(go.Bar(x=list(range(11)), y=list(range(11))))

    return app
