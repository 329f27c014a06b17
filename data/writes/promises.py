"""Promises in the log: a later file may say more of what was still open.

Nothing is overwritten: the row that a later one replaces stays, silenced, so that an import can be taken back.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from data.ingest.mapping import Mapping
from data.ingest.parse import Parsed
from data.ingest.raw import ROW, Raw, Reason
from data.ingest.rules import rejections
from data.log import Versions
from data.services import Services

TABLE = "promises"
ID = "promise_id"


def without_known_promises(
    services: Services, parsed: Parsed, versions: Versions, raw: Raw, mapping: Mapping
) -> Parsed:
    """Return the file without the promises of which it says nothing new; their rows are rejected with that reason.

    New is what becomes of a promise that was open: another day, or how it ended. What has ended stays as it is.
    """
    if parsed.promises.is_empty():
        return parsed
    stored = services.log.scan(TABLE, versions.promises).filter("is_current", pl.col("source") == mapping.source)
    both = parsed.promises.lazy().join(stored.select(ID, "outcome", "due"), on=ID, suffix="_before")
    has_changed = pl.col("outcome").is_not_null() | (pl.col("due") != pl.col("due_before"))
    known = both.filter(pl.col("outcome_before").is_not_null() | ~has_changed).select(ROW).collect()
    again = rejections(known, raw, mapping.id or "", Reason.ALREADY_IMPORTED)
    return replace(
        parsed,
        promises=parsed.promises.join(known, on=ROW, how="anti", maintain_order="left"),
        rejected=pl.concat([parsed.rejected, again]).sort("row", maintain_order=True),
    )


def add_promises(services: Services, rows: pl.DataFrame, name: str) -> set[str]:
    """Add promises to the log, silence what they replace, and return the months that were touched."""
    if rows.is_empty():
        return set()
    log = services.log
    stored = log.scan(TABLE, log.version(TABLE))
    replaced = stored.filter("is_current").join(rows.lazy().select(ID), on=ID, how="semi").select(ID, "month").collect()
    months = replaced["month"].unique().to_list()
    is_touched = pl.col("month").is_in(months)
    if months:
        is_replaced = pl.col(ID).is_in(replaced[ID].implode())
        earlier = log.scan(TABLE, log.version(TABLE), months).collect()
        silenced = earlier.with_columns(is_current=pl.col("is_current") & ~is_replaced)
        log.replace_months(TABLE, months, pl.concat([silenced, rows.filter(is_touched)]), name)
    log.append(TABLE, rows.filter(~is_touched), f"{name}-more" if months else name)
    return {*months, *rows["month"]}


def remove_promises(services: Services, import_id: int, name: str) -> set[str]:
    """Take the promises of an import out of the log, let what they had replaced speak, and return the months."""
    log = services.log
    stored = log.scan(TABLE, log.version(TABLE))
    mine = stored.filter(pl.col("import_id") == import_id).select(ID, "month").collect()
    others = stored.join(mine.lazy().select(ID).unique(), on=ID, how="semi").select("month").collect()
    months = sorted({*mine["month"], *others["month"]})
    if not months:
        return set()
    is_mine, is_theirs = pl.col("import_id") == import_id, pl.col(ID).is_in(mine[ID].implode())
    rows = log.scan(TABLE, log.version(TABLE), months).filter(~is_mine).collect()
    newest = pl.col("import_id") == pl.col("import_id").max().over(ID)
    rows = rows.with_columns(is_current=pl.when(is_theirs).then(newest).otherwise("is_current"))
    log.replace_months(TABLE, months, rows, name)
    return set(months)
