"""Commitments made by hand, as stored: each with its recipients, its story and what was expected and lived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import sqlalchemy as sa

from dashboard.commitments import (
    Commitment,
    Correction,
    Entry,
    Event,
    Opinion,
    Origin,
    Reach,
    Side,
    Stage,
    Step,
    Teller,
)
from data import records


def read_entries(connection: sa.Connection, commitment_id: int | None = None) -> tuple[Entry, ...]:
    """Return the commitments, oldest first, or the one of a number; none when there is none."""
    table = records.commitments
    query = sa.select(table).order_by(table.c.id)
    if commitment_id is not None:
        query = query.where(table.c.id == commitment_id)
    rows = connection.execute(query).mappings().all()
    parts = (records.recipients, records.commitment_steps, records.opinions, records.corrections)
    recipients, steps, opinions, corrections = (_by_commitment(connection, part, commitment_id) for part in parts)
    return tuple(
        Entry(
            _commitment(row, recipients[row["id"]]),
            tuple(map(_event, steps[row["id"]])),
            tuple(map(_opinion, opinions[row["id"]])),
            tuple(map(_correction, corrections[row["id"]])),
        )
        for row in rows
    )


def _by_commitment(
    connection: sa.Connection, table: sa.Table, commitment_id: int | None
) -> dict[int, list[sa.RowMapping]]:
    query = sa.select(table).order_by(table.c.id)
    if commitment_id is not None:
        query = query.where(table.c.commitment_id == commitment_id)
    found: dict[int, list[sa.RowMapping]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        found[row["commitment_id"]].append(row)
    return found


def _commitment(row: sa.RowMapping, recipients: Sequence[sa.RowMapping]) -> Commitment:
    same = ("team", "what", "made", "owner", "due", "standard", "account", "segment", "site", "moment", "people")
    said = ("words", "conditions", "announced", "owed", "exposure", "weight", "is_public", "version")
    return Commitment(
        row["id"],
        **{name: row[name] for name in (*same, *said)},
        trigger=row["trigger_when"],
        origin=Origin(row["origin"]),
        reach=Reach(row["reach"]),
        recipients=tuple(one["name"] for one in recipients),
        stage=Stage(row["stage"]),
    )


def _event(row: sa.RowMapping) -> Event:
    return Event(
        Step(row["step"]), row["day"], Stage(row["stage"]), row["due_before"], row["words"], row["who"], row["at"]
    )


def _correction(row: sa.RowMapping) -> Correction:
    return Correction(row["before"], row["who"], row["at"])


def _opinion(row: sa.RowMapping) -> Opinion:
    return Opinion(row["recipient"], Side(row["side"]), row["value"], Teller(row["teller"]), row["day"])
