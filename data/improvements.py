"""Improvements and activities, as stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from dashboard.improvements import Improvement, Measure, Move, Passage, Worth
from dashboard.leaving import Activity
from dashboard.steps import Change, Depth, Horizon, Route, Step, Verb
from data import records


def read_improvements(connection: sa.Connection) -> tuple[Improvement, ...]:
    """Return every improvement, oldest first, with its passages."""
    table, moves = records.improvements, records.passages
    passages: dict[int, list[Passage]] = defaultdict(list)
    for row in connection.execute(sa.select(moves).order_by(moves.c.id)).mappings():
        step = Step(row["step"]) if row["step"] else None
        passages[row["improvement_id"]].append(Passage(Move(row["move"]), step, row["words"], row["day"], row["who"]))
    rows = connection.execute(sa.select(table).order_by(table.c.id)).mappings()
    return tuple(_improvement(row, passages[row["id"]]) for row in rows)


def _improvement(row: sa.RowMapping, passages: Sequence[Passage]) -> Improvement:
    return Improvement(
        row["id"],
        row["team"],
        row["name"],
        Route(row["route"]),
        Verb(row["verb"]),
        Depth(row["depth"]),
        Horizon(row["horizon"]),
        row["born"],
        Change(row["change"]),
        row["cause"],
        row["preference"],
        row["pillar"],
        row["is_internal"],
        row["with_customers"],
        tuple(row["moments"]),
        tuple(row["origins"]),
        row["owner"],
        row["due"],
        _measure(row["measure"]),
        Worth(**row["worth"]),
        tuple(passages),
        row["version"],
    )


def _measure(stored: dict[str, Any] | None) -> Measure | None:
    if stored is None:
        return None
    since = stored.get("since")
    return Measure(**{**stored, "since": date.fromisoformat(since) if since else None})


def stored(improvement: Improvement) -> dict[str, object]:
    """Return the row of an improvement, without its passages."""
    return {
        "team": improvement.team,
        "name": improvement.name,
        "route": improvement.route.value,
        "verb": improvement.verb.value,
        "depth": improvement.depth.value,
        "horizon": improvement.horizon.value,
        "change": improvement.change.value,
        "born": improvement.born,
        "cause": improvement.cause.strip(),
        "preference": improvement.preference.strip(),
        "pillar": improvement.pillar.strip(),
        "is_internal": improvement.is_internal,
        "with_customers": improvement.with_customers,
        "moments": list(improvement.moments),
        "origins": list(improvement.origins),
        "owner": improvement.owner,
        "due": improvement.due,
        "measure": _told(improvement.measure),
        "worth": asdict(improvement.worth),
    }


def _told(measure: Measure | None) -> dict[str, object] | None:
    if measure is None:
        return None
    return {**asdict(measure), "since": measure.since and measure.since.isoformat()}


def read_activities(connection: sa.Connection) -> tuple[Activity, ...]:
    """Return what the house does that could be left, oldest first."""
    table = records.activities
    rows = connection.execute(sa.select(table).order_by(table.c.id)).mappings()
    return tuple(Activity(row["id"], row["team"], row["name"], row["moment"], row["hours"]) for row in rows)
