"""`score`: the number, its margin, its answers; the word when nothing is filtered."""

from __future__ import annotations

from typing import Any

import typer

from callbacks.commands.report import AS_JSON, LOCAL, services, show
from dashboard.filters import parse_where
from dashboard.nps import Nps
from dashboard.samples import WeightSums, weighted_score
from dashboard.scoreboard import Scoreboard
from dashboard.tables import WEIGHTS
from data.board import read_scoreboard
from data.services import Services, State


def add_to(cli: typer.Typer) -> None:
    """Add the command."""
    cli.command()(score)


def score(
    where: list[str] = typer.Option([], help="Only these answers: dimension=value, repeatable."),
    since: str = typer.Option("", help="First day, as 2017-05-01."),
    until: str = typer.Option("", help="Last day, as 2017-05-31."),
    weighted: bool = typer.Option(False, help="Use the survey's own weights."),
    as_json: bool = AS_JSON,
) -> None:
    """Print the NPS with its 95 % interval and answers; the goal's last closed weeks unless a period is given."""
    opened = services()
    state = opened.state()
    asked = parse_where(where, since or None, until or None)
    board = read_scoreboard(opened, state, LOCAL, asked)
    nps = _weighted(opened, state, board, asked.where) if weighted else board.score
    values: dict[str, Any] = {
        "points": nps.points,
        "low": nps.low,
        "high": nps.high,
        "n": nps.n,
        "since": board.period.since,
        "until": board.period.until,
        "display": nps.display.value,
        "weighted": weighted,
    }
    if board.judgement is not None:
        values |= {
            "verdict": board.judgement.word.value,
            "narrow": board.judgement.is_narrow,
            "objective": board.judgement.objective,
            "progress": board.progress,
        }
    show(values, as_json, _words(nps, board))


def _words(nps: Nps, board: Scoreboard) -> str:
    period = f"{board.period.since} to {board.period.until}"
    if nps.points is None or nps.low is None or nps.high is None:
        return f"NPS: no data ({nps.n} answers, {period})"
    line = f"NPS {nps.points:+.1f} ({nps.low:+.1f} to {nps.high:+.1f}), {nps.n} answers, {period}"
    if board.judgement is not None:
        line += f": {board.judgement.word.value}{' (narrow)' if board.judgement.is_narrow else ''}"
        line += f", objective {board.judgement.objective:+.0f}"
    return line


def _weighted(opened: Services, state: State, board: Scoreboard, where: tuple[tuple[str, tuple[str, ...]], ...]) -> Nps:
    from dashboard.filters import Filters

    asked = Filters(where, board.period.since, board.period.until)
    sums = opened.scores(state).weights(asked)
    result = weighted_score(WeightSums(sums["answers"], *(sums[name] for name in WEIGHTS)), board.score.counts)
    return result.nps if result else Nps(None, None, None, 0, board.score.counts, 0.0)
