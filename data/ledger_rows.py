"""Every promise as a row, by hand and in bulk, sorted, filtered and grouped where the data are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from dashboard.commitments import OPEN
from dashboard.filters import EVERYTHING, Filters
from dashboard.permissions import Capability, Role, Scope, can, check
from data.ledger import own_entries
from data.services import Services, State

ROWS = pl.Schema(
    {
        "key": pl.String,  # number of a commitment by hand, id of a promise in bulk
        "what": pl.String,
        "team": pl.String,
        "account": pl.String,
        "due": pl.Date,
        "delivered": pl.Date,
        "days": pl.Int64,  # late; negative = early; null while nothing can be said
        "state": pl.String,  # kept | late | broken | released | open | overdue | conditional | withdrawn | partly
    }
)
GROUPS = ("team", "account", "what", "state")
MOST_BLOCK = 500
"""Rows that are given at once at most."""

_STATES = {"on_time": "kept", **{stage.value: "open" for stage in OPEN}}


def ledger_rows(services: Services, state: State, scope: Scope, filters: Filters = EVERYTHING) -> pl.LazyFrame:
    """Return all rows (schema `ROWS`) that `scope` may see one by one.

    Single promises in bulk are for captains, of their own teams, and above; others see commitments by hand alone.
    """
    check(scope, Capability.SEE_SCORE)
    by_hand = _by_hand(services, scope, filters.within(None, None), state.today).lazy()
    if not can(scope, Capability.SEE_SMALL_GROUPS):
        return by_hand
    rows = services.promises(state).rows(filters, ("team", "account"))
    if scope.role < Role.MANAGER:
        rows = rows.filter(pl.col("team").is_in(list(scope.teams)))
    if scope.sites:
        rows = rows.filter(pl.col("site").is_in(list(scope.sites)))
    day = pl.lit(state.today)
    is_over = pl.col("outcome").is_null() & (pl.col("day") < day)
    in_bulk = rows.select(
        key="promise_id",
        what=pl.col("standard").fill_null(""),
        team="team",
        account="account",
        due="due",
        delivered="delivered",
        days=pl.when(is_over).then((day - pl.col("day")).dt.total_days()).otherwise(pl.col("minutes") // 1440),
        state=pl.when(is_over).then(pl.lit("overdue")).otherwise(pl.col("outcome").fill_null("open")),
    )
    return pl.concat([by_hand, in_bulk])


def row_by_key(services: Services, state: State, scope: Scope, key: str) -> dict[str, Any] | None:
    """Return one row of those that `scope` may see, None when there is none of that key."""
    found = ledger_rows(services, state, scope).filter(pl.col("key") == key).collect()
    return found.row(0, named=True) if found.height else None


def _by_hand(services: Services, scope: Scope, filters: Filters, today: date) -> pl.DataFrame:
    rows = []
    for entry in own_entries(services, scope, filters):
        one, done = entry.commitment, entry.delivered
        stage = "overdue" if one.is_open and one.is_overdue(today) else _STATES.get(one.stage.value, one.stage.value)
        until = done or (today if stage == "overdue" else None)
        days = (until - one.due).days if until and one.due else None
        texts = (str(one.commitment_id), one.what, one.team, one.account or None)
        rows.append((*texts, one.due, done, days, stage))
    return pl.DataFrame(rows, schema=ROWS, orient="row")


def block(rows: pl.LazyFrame, request: Mapping[str, Any]) -> tuple[pl.DataFrame, int]:
    """Return the rows that a grid asks for, and how many there are in all.

    Parameters
    ----------
    rows : LazyFrame
    request : mapping
        `startRow`, `endRow`, `sortModel` and `filterModel` as grids write them; what cannot be understood is ignored.
    """
    found = _filtered(rows, request.get("filterModel"))
    start = max(0, _whole(request.get("startRow")))
    size = min(MOST_BLOCK, max(0, _whole(request.get("endRow"), start + 100) - start))
    by, down = _order(request.get("sortModel"), rows.collect_schema().names())
    page, counted = pl.collect_all(
        [
            found.sort(by, descending=down, nulls_last=True).slice(start, size),
            found.select(pl.len()),
        ]
    )
    return page, int(counted.item())


def grouped(rows: pl.LazyFrame, by: str) -> pl.LazyFrame:
    """Return `key`, how many there are, and how many were kept, came late and are overdue, for each value of `by`."""
    assert by in GROUPS
    counts = [(pl.col("state") == name).sum().cast(pl.Int64).alias(name) for name in ("kept", "late", "overdue")]
    return rows.group_by(pl.col(by).fill_null("").alias("key")).agg(pl.len().cast(pl.Int64).alias("count"), *counts)


def _whole(value: object, otherwise: int = 0) -> int:
    return value if isinstance(value, int) else otherwise


def _order(model: object, known: Sequence[str]) -> tuple[list[str], list[bool]]:
    asked = [one for one in model if isinstance(one, dict)] if isinstance(model, list) else []
    chosen = {str(one.get("colId")): one.get("sort") == "desc" for one in asked if one.get("colId") in known}
    if not chosen:
        chosen = {"due": True} if "due" in known else {"count": True}
    chosen.setdefault("key", False)
    return list(chosen), list(chosen.values())


def _filtered(rows: pl.LazyFrame, model: object) -> pl.LazyFrame:
    known = rows.collect_schema()
    for name, asked in model.items() if isinstance(model, dict) else ():
        if name in known and isinstance(asked, dict) and asked.get("filter") is not None:
            rows = rows.filter(_fits(pl.col(name), known[name], asked))
    return rows


def _fits(column: pl.Expr, dtype: pl.DataType, asked: Mapping[str, Any]) -> pl.Expr:
    if dtype.is_integer():
        value = asked["filter"] if isinstance(asked["filter"], int | float) else 0
        signs = {"lessThan": column < value, "greaterThan": column > value}
        return signs.get(str(asked.get("type")), column == value)
    text = column.cast(pl.String).str.to_lowercase()
    sought = str(asked["filter"]).lower()
    return text == sought if asked.get("type") == "equals" else text.str.contains(sought, literal=True)
