"""Things promised in bulk, from a file: orders, deliveries, tickets, flights. A row is one promise."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from dashboard.tables import INVITATIONS, PROMISES, RATINGS, RESPONSES
from data.ingest.dates import moments
from data.ingest.mapping import Commitment, Mapping, check_columns
from data.ingest.parse import ORIGINS, Parsed, numberless, parse, prints_of, stored_columns, without
from data.ingest.raw import ROW, Raw, Reason
from data.ingest.rules import EARLIEST, Rule, broken_rules, date_rules, place_rules, rejections, scale_rules
from data.ingest.values import number, text, trimmed, whole

MINUTES = {"minutes": 1, "hours": 60, "days": 1440}
FARTHEST = timedelta(days=3660)
"""Nobody promises for longer: a later day is a slip of the pen."""


def parse_rows(raw: Raw, mapping: Mapping, zone: str, today: date) -> Parsed:
    """Return what `raw` holds, whatever its kind; arguments and errors as `parse`."""
    return parse_promises(raw, mapping, zone, today) if mapping.commitment else parse(raw, mapping, zone, today)


def parse_promises(raw: Raw, mapping: Mapping, zone: str, today: date) -> Parsed:
    """Return the promises in `raw`; arguments and errors as `parse`."""
    said = mapping.commitment
    assert said is not None
    check_columns(mapping, raw.columns)
    cells = trimmed(raw.cells, mapping.columns()).with_columns(raw.cells[ROW])
    told = cells.with_columns(stored_columns(mapping, zone)).with_columns(_told(said, mapping, zone))
    rows = told.with_columns(_outcome(said, mapping)).with_columns(_days(said)).collect()
    rejected = broken_rules(rows, _rules(said, mapping, today), raw)
    good = without(rows, rejected.select(pl.col("row").alias(ROW)).unique())
    if mapping.id:
        good = good.with_columns(promise_id=f"{mapping.source}:" + text(mapping.id))
    else:
        identity = [mapping.respondent, *mapping.dates.columns(), said.standard_column]
        identity += [place.column for place in mapping.dimensions.values()]
        columns = list(dict.fromkeys(name for name in identity if name))
        good = good.with_columns(promise_id=prints_of(good, mapping.source, columns))
    repeated = good.filter(~pl.col("promise_id").is_first_distinct())
    good = without(good, repeated.select(ROW))
    every = [raw.rejected, rejected, rejections(repeated, raw, mapping.id or "", Reason.ID_REPEATED)]
    return Parsed(
        numberless(RESPONSES),
        RATINGS.empty(),
        INVITATIONS.empty(),
        pl.DataFrame(schema=ORIGINS),
        pl.concat(every).sort("row", maintain_order=True),
        raw.rows,
        raw.how,
        good.select(ROW, *PROMISES.columns),
    )


def _told(said: Commitment, mapping: Mapping, zone: str) -> list[pl.Expr]:
    """Return what the cells say: days, delay, standard, what was expected and lived."""
    codes, nothing = mapping.no_answer, pl.lit(None, dtype=pl.Int64)
    days = {"made": moments(said.made, mapping.zone or zone, zone)[1] if said.made else pl.lit(None, dtype=pl.Date)}
    late = days["delivered"] = pl.lit(None, dtype=pl.Date)
    if said.delivered:
        instant, days["delivered"] = moments(said.delivered, mapping.zone or zone, zone)
        has_times = said.delivered.has_time and mapping.dates.has_time
        late = instant - pl.col("answered_at") if has_times else days["delivered"] - pl.col("day")
    standard = text(said.standard_column, codes) if said.standard_column else pl.lit(said.standard, dtype=pl.String)
    delay = nothing
    if said.delay:
        delay = (number(said.delay, codes, mapping.decimal) * MINUTES[said.delay_unit]).round().cast(pl.Int64)
    rated = {"lived": nothing, "expected": nothing}
    if scale := said.lived:
        known = [*codes, *scale.no_answer]
        rated["lived"] = whole(scale.column, known, mapping.decimal)
        rated["expected"] = whole(scale.expected, known, mapping.decimal) if scale.expected else nothing
    return [
        *(day.alias(name) for name, day in days.items()),
        *(value.alias(name) for name, value in rated.items()),
        standard.alias("standard"),
        pl.coalesce(delay, late.cast(pl.Duration("us")).dt.total_minutes()).alias("minutes"),
        pl.col("day").alias("due"),
        pl.lit(said.lived.measure_source if said.lived else None, dtype=pl.String).alias("measure_source"),
        pl.lit(f"{said.lived.min}-{said.lived.max}" if said.lived else None, dtype=pl.String).alias("scale"),
        pl.lit(True).alias("is_current"),
    ]


def _outcome(said: Commitment, mapping: Mapping) -> pl.Expr:
    """Return what became of each: what the file says wins over what can be reckoned from the delay."""
    is_kept, is_known = pl.col("minutes") <= said.grace_minutes, pl.col("minutes").is_not_null()
    if said.kept:
        answer = text(said.kept.column, mapping.no_answer)
        is_kept, is_known = answer.is_in([str(value) for value in said.kept.yes]), answer.is_not_null()
    is_off = pl.lit(False)
    if said.called_off:
        is_off = text(said.called_off.column).is_in([str(value) for value in said.called_off.yes]).fill_null(False)
    return (
        pl.when(is_off)
        .then(pl.lit("released"))
        .when(is_kept)
        .then(pl.lit("kept"))
        .when(is_known)
        .then(pl.lit("late"))
        .otherwise(pl.lit("broken" if said.blank == "broken" else None, dtype=pl.String))
        .alias("outcome")
    )


def _days(said: Commitment) -> list[pl.Expr]:
    """Return the day on which it falls due, its week and month; whole days of grace put it off."""
    day = pl.col("due") + pl.duration(days=said.grace_minutes // 1440)
    week = (day - pl.duration(days=day.dt.weekday() - 1)).cast(pl.Date)
    return [day.alias("day"), week.alias("week"), week.dt.strftime("%Y-%m").alias("month")]


def _rules(said: Commitment, mapping: Mapping, today: date) -> list[Rule]:
    codes = mapping.no_answer
    rules = date_rules(mapping.dates, today + FARTHEST)
    for name, dates in (("made", said.made), ("delivered", said.delivered)):
        if dates is not None and dates.column:
            is_unreadable = text(dates.column, codes).is_not_null() & pl.col(name).is_null()
            rules.append(Rule(dates.column, is_unreadable, Reason.DATE_UNREADABLE))
            rules.append(Rule(dates.column, pl.col(name) > today + timedelta(days=1), Reason.DATE_IN_FUTURE))
            rules.append(Rule(dates.column, pl.col(name) < EARLIEST, Reason.DATE_TOO_OLD))
    if mapping.id:
        rules.append(Rule(mapping.id, text(mapping.id).is_null(), Reason.ID_MISSING))
    if said.delay:
        is_unreadable = text(said.delay, codes).is_not_null() & pl.col("minutes").is_null()
        rules.append(Rule(said.delay, is_unreadable, Reason.DELAY_UNREADABLE))
    if scale := said.lived:
        reasons = (Reason.RATING_UNREADABLE, Reason.RATING_OUT_OF_RANGE)
        known = [*codes, *scale.no_answer]
        for column in (scale.column, scale.expected):
            if column:
                rules += scale_rules(column, known, mapping.decimal, (scale.min, scale.max), reasons)
    return [*rules, *place_rules(mapping)]
