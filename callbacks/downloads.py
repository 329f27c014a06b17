"""What «Descargar» gives, one function per view: a frame and notes of what, when and under which filters."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
from flask import request

from callbacks.asked import scope
from callbacks.audit import row_of, search_in
from callbacks.journey import asked_of as journey_asked
from callbacks.meeting import team_of
from dashboard.account_page import PEOPLE
from dashboard.changes import Verdict
from dashboard.filters import Filters
from dashboard.journey import Journey
from dashboard.permissions import Capability
from dashboard.thresholds import INDICATIVE_FROM
from dashboard.voice import Outcome
from data.accounts import read_account
from data.audit import read_audit
from data.board import read_scoreboard
from data.database import reading
from data.imports import every_import
from data.improvements import read_improvements
from data.indicators import read_indicators
from data.journey import read_journey
from data.ledger_rows import ledger_rows
from data.meetings import read_actions, read_peers
from data.services import Services, State
from data.teams import read_teams
from data.voice import Search, read_stream
from layouts.audit import told
from layouts.commitment_grid import STATES
from layouts.journey_comparison import against, side_name
from layouts.journey_numbers import pivot_name
from layouts.words import Words

MOST_WEEKS = 520
"""Weeks of readings that a file holds at most: ten years."""

Download = Callable[[Services, State, Words, Filters], tuple[pl.DataFrame, tuple[str, ...]]]


def scoreboard(services: Services, state: State, t: Words, asked: Filters) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return the pooled score of every closed week with its margin and answers."""
    board = read_scoreboard(services, state, scope(), asked)
    names = {
        "week": t("table.week"),
        "points": "NPS",
        "low": t("table.low"),
        "high": t("table.high"),
        "n": t("table.answers"),
    }
    frame = board.trend.filter(pl.col("worth") >= 10).with_columns(pl.col("points", "low", "high").round(2))
    return frame.select(pl.col(column).alias(name) for column, name in names.items()), notes(state, t, asked)


def teams(services: Services, state: State, t: Words, asked: Filters) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return every week of every indicator: value, target and what the week says; a week not reported is blank."""
    found = read_teams(services, state, scope(), MOST_WEEKS).only(asked.values("team"))
    rows = [
        (team.name, one.indicator.name, one.indicator.unit, week, value, target, t(f"week.{said.value}"))
        for team in found.teams
        for one in team.watched
        for week, value, target, said in zip(
            one.course.weeks, one.course.values, one.course.targets, one.course.states, strict=True
        )
    ]
    columns = ("team", "indicator", "unit", "week", "value", "target", "state")
    kinds = {"week": pl.Date, "value": pl.Float64, "target": pl.Float64}
    frame = pl.DataFrame(rows, schema={name: kinds.get(name, pl.String) for name in columns}, orient="row")
    return frame.rename({name: t(f"table.{name}") for name in columns}), notes(state, t, asked)


def journey(services: Services, state: State, t: Words, asked: Filters) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return every cell of the heat map that may be shown: its value with margin, answers and what changed."""
    told = request.args.to_dict()
    pivot, measure, versus = (told.get(name) for name in ("pivot", "measure", "versus"))
    found = read_journey(services, state, scope(), journey_asked(asked, measure, pivot, None, versus, told))
    about = (*notes(state, t, asked), t(f"measure.{found.measure.value}"), pivot_name(t, found.pivot))
    if found.comparison is not None:
        return compared(t, found), (*about, against(t, found.comparison))
    cells = found.cells.filter(~pl.col("is_hidden") & (pl.col("n") >= INDICATIVE_FROM)).with_columns(
        pl.col("value", "low", "high").round(2)
    )
    columns = ("moment", "row", "value", "low", "high", "answers")
    frame = cells.select("moment", "row", "value", "low", "high", pl.col("n").alias("answers"))
    return frame.rename({name: t(f"table.{name}") for name in columns}), about


def compared(t: Words, found: Journey) -> pl.DataFrame:
    """Return every cell that may be compared: both sides, the difference with its margin, and what it says."""
    one = found.comparison
    assert one is not None
    numbers = ("value", "value_other", "change", "low", "high")
    cells = one.cells.drop_nulls("change").with_columns(pl.col(numbers).round(2))
    words = {name.value: t(f"journey.differs_{name.value}") for name in Verdict}
    a, b = f"A {side_name(t, one, one.a)}", f"B {side_name(t, one, one.b)}"
    columns = {
        "moment": t("table.moment"),
        "row": t("table.row"),
        "value": a,
        "n": t("journey.answers_of", side=a),
        "value_other": b,
        "n_other": t("journey.answers_of", side=b),
        "change": t("journey.column_difference"),
        "low": t("table.low"),
        "high": t("table.high"),
        "verdict": t("journey.column_verdict"),
    }
    if one.dimension == found.pivot:
        cells = cells.with_columns(row=pl.lit(against(t, one)))
    told = cells.with_columns(pl.col("verdict").replace(words))
    return told.select(pl.col(name).alias(f"{said}") for name, said in columns.items())


def voice(services: Services, state: State, t: Words, asked: Filters) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return the comments that the asker may read, with what came of them."""
    found = read_stream(services, state, scope(), Search(asked))
    names = {"day": "day", "words": "verbatim", "answer": "recommend", "moment": "moment", "inbox": "inbox"}
    names |= {"outcome": "outcome", "reason": "reason"}
    told = {one.value: t(f"outcome.{one.value}") for one in Outcome}
    frame = found.with_columns(pl.col("outcome").replace(told)).select(
        pl.col(old).alias(new) for new, old in names.items()
    )
    return frame.rename({name: t(f"table.{name}") for name in names}), notes(state, t, asked)


def accounts(services: Services, state: State, t: Words, asked: Filters) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return what the people of the account that the address names answered."""
    name = (asked.values("account") or ("",))[0]
    found = read_account(services, state, scope(), name)
    people = found.people if found else pl.DataFrame(schema=PEOPLE)
    names = {
        "role": "role",
        "area": "area",
        "last": "last",
        "day": "day",
        "mean": "mean",
        "worst": "worst",
        "answers": "n",
    }
    said = {key: t(f"accounts.column_{key}") if key not in ("role", "area") else t(f"dimension.{key}") for key in names}
    frame = people.with_columns(pl.col("mean").round(2)).select(pl.col(old).alias(new) for new, old in names.items())
    return frame.rename(said), notes(state, t, asked)


def improvements(services: Services, state: State, t: Words, asked: Filters) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return every improvement: where it stands, who answers for it and until when."""
    with reading(services.database) as connection:
        every = read_improvements(connection)
    rows = [
        (
            one.name,
            state.members.names("team").get(one.team, one.team),
            t(f"route.{one.route.value}"),
            t("move.dropped")
            if one.is_dropped
            else t(f"step.{one.step.value}")
            if one.step
            else t("improvements.done"),
            one.preference,
            one.owner,
            one.due,
            one.born,
            one.launched,
        )
        for one in every
    ]
    columns = ("improvement", "team", "route", "step", "preference", "owner", "due", "born", "launched")
    schema = {name: pl.Date if name in ("due", "born", "launched") else pl.String for name in columns}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.rename({name: t(f"table.{name}") for name in columns}), notes(state, t, asked)


def meeting(services: Services, state: State, t: Words, asked: Filters) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return every action of the table that the address names, in the order in which they were agreed."""
    team = team_of(services, state, request.query_string.decode())
    with reading(services.database) as connection:
        actions = read_actions(connection, [team])
        people = {peer.peer_id: peer.name for peer in read_peers(connection)}
        indicators = {one.indicator_id: one.name for one in read_indicators(connection, with_retired=True)}
    rows = [
        (
            people.get(one.owner_id, ""),
            one.text,
            indicators.get(one.indicator_id or 0, one.moment),
            one.preference,
            one.agreed_on,
            one.due,
            t(f"action.{one.state.value}"),
            one.carried,
            one.moves,
            one.told,
        )
        for one in actions
    ]
    columns = ("owner", "action", "moves", "preference", "agreed", "due", "state", "carried", "moved", "told")
    kinds = {"agreed": pl.Date, "due": pl.Date, "carried": pl.Int64, "moved": pl.Int64}
    frame = pl.DataFrame(rows, schema={name: kinds.get(name, pl.String) for name in columns}, orient="row")
    table = state.members.name("team", team) if team else t("meeting.common")
    return frame.rename({name: t(f"table.{name}") for name in columns}), (*notes(state, t, asked), table)


def commitments(services: Services, state: State, t: Words, asked: Filters) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return every promise that may be seen one by one, by hand and in bulk, the newest first."""
    frame = ledger_rows(services, state, scope(), asked).sort("due", "key", descending=[True, False], nulls_last=True)
    states = {name: t(f"grid.state_{name}") for name in STATES}
    worded = frame.with_columns(pl.col("state").replace(states)).collect()
    return worded.rename({name: t(f"grid.{name}") for name in worded.columns}), notes(state, t, asked)


def sources(services: Services, state: State, t: Words, asked: Filters) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return the ledger of imports."""
    with reading(services.database) as connection:
        found = every_import(connection)
    rows = [
        [
            one.import_id,
            one.source,
            one.file_name,
            t(f"import.{one.state.value}"),
            one.rows_read,
            one.accepted,
            one.rejected,
        ]
        for one in found
    ]
    columns = ("id", "source", "file", "state", "rows", "accepted", "rejected")
    schema = {name: pl.Int64 if name in ("id", "rows", "accepted", "rejected") else pl.String for name in columns}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.rename({name: t(f"table.{name}") for name in columns}), notes(state, t, asked)


def settings(services: Services, state: State, t: Words, asked: Filters) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return every named member of a dimension: how files write it, how screens show it, what it was merged into."""
    rows = [[t(f"dimension.{one.dimension}"), one.key, one.name, one.merged_into] for one in state.members.every]
    columns = ("dimension", "key", "name", "merged")
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    return frame.rename({name: t(f"table.{name}") for name in columns}), notes(state, t, asked)


def audit(services: Services, state: State, t: Words, asked: Filters) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return the rows of the audit that the address looks for, newest first."""
    with reading(services.database) as connection:
        search = search_in(request.query_string.decode())
        found = read_audit(connection, search, state.organisation.tz)
    rows = [told(t, row_of(entry), state.organisation.tz) for entry in found]
    columns = [t(f"audit.{name}") for name in ("when", "who", "verb", "noun", "which", "detail")]
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row"), notes(state, t, asked)


def notes(state: State, t: Words, asked: Filters) -> tuple[str, ...]:
    """Return what a reader must know of the file: company, day, filters."""
    chosen = [f"{t(f'dimension.{name}')}: {', '.join(values)}" for name, values in asked.where]
    return (state.organisation.name, t.day(state.today, weekday=True, year=True), *chosen)


NEEDS = {
    "scoreboard": Capability.SEE_SCORE,
    "teams": Capability.SEE_SCORE,
    "journey": Capability.SEE_SCORE,
    "voice": Capability.READ_COMMENTS,
    "accounts": Capability.SEE_SMALL_GROUPS,
    "improvements": Capability.SEE_SCORE,
    "meeting": Capability.MEET,
    "commitments": Capability.SEE_SCORE,
    "sources": Capability.CONFIGURE,
    "settings": Capability.CONFIGURE,
    "audit": Capability.READ_AUDIT,
}
"""What each download needs beside the right to export."""

VIEWS: dict[str, Download] = {
    "scoreboard": scoreboard,
    "teams": teams,
    "journey": journey,
    "voice": voice,
    "accounts": accounts,
    "improvements": improvements,
    "meeting": meeting,
    "commitments": commitments,
    "sources": sources,
    "settings": settings,
    "audit": audit,
}
