"""Why a single row is rejected: every rule is one expression over whole columns, with the column it blames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from data.ingest.mapping import AUDIENCES, Dates, Mapping, Rating
from data.ingest.raw import LONGEST_CELL, LONGEST_NAME, REJECTED, ROW, Raw, Reason
from data.ingest.values import Codes, number, text, whole

EARLIEST = date(1970, 1, 1)
MOST_WEIGHT = 1000
"""Squares of weights are summed in millionths: a million answers of this weight still fit."""

MOST_INVITED = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A row is rejected where `broken` holds, naming `column` and its `value`."""

    column: str
    broken: pl.Expr
    reason: Reason


def rules_of(mapping: Mapping, today: date) -> list[Rule]:
    """Return every reason for which a single row is rejected. Names are those of the parsed columns."""
    return [
        *date_rules(mapping.dates, today),
        *_identity_rules(mapping),
        *_answer_rules(mapping),
        *_count_rules(mapping),
        *place_rules(mapping),
        *[rule for rating in mapping.ratings for rule in _rating_rules(rating, mapping)],
    ]


def date_rules(dates: Dates, today: date) -> list[Rule]:
    """Return why a row is rejected for its `day`."""
    day = pl.col("day")
    where = dates.column or next((part for part in (dates.day, dates.month, dates.year) if isinstance(part, str)), "")
    unreadable = day.is_null()
    rules = []
    if dates.column:
        is_blank = text(dates.column).is_null()
        rules.append(Rule(where, is_blank, Reason.DATE_MISSING))
        unreadable &= ~is_blank
    return [
        *rules,
        Rule(where, unreadable, Reason.DATE_UNREADABLE),
        Rule(where, day < EARLIEST, Reason.DATE_TOO_OLD),
        Rule(where, day > today + timedelta(days=1), Reason.DATE_IN_FUTURE),
    ]


def _identity_rules(mapping: Mapping) -> list[Rule]:
    rules = []
    if mapping.id:
        rules.append(Rule(mapping.id, text(mapping.id).is_null(), Reason.ID_MISSING))
    for column in (mapping.id, mapping.respondent):
        if column:
            rules.append(_too_long(column, LONGEST_NAME, Reason.NAME_TOO_LONG))
    return rules


def _answer_rules(mapping: Mapping) -> list[Rule]:
    rules = []
    if mapping.recommend:
        known = [*mapping.no_answer, *mapping.recommend.no_answer]
        reasons = (Reason.SCORE_UNREADABLE, Reason.SCORE_OUT_OF_RANGE)
        rules += scale_rules(mapping.recommend.column, known, mapping.decimal, (0, 10), reasons)
    if mapping.verbatim:
        rules.append(_too_long(mapping.verbatim, LONGEST_CELL, Reason.TEXT_TOO_LONG))
    return rules


def _count_rules(mapping: Mapping) -> list[Rule]:
    codes, decimal, rules = mapping.no_answer, mapping.decimal, []
    if mapping.weight:
        value = number(mapping.weight, codes, decimal)
        is_said = text(mapping.weight, codes).is_not_null()
        rules += [
            Rule(mapping.weight, is_said & value.is_null(), Reason.WEIGHT_UNREADABLE),
            Rule(mapping.weight, (value < 0) | (value > MOST_WEIGHT), Reason.WEIGHT_OUT_OF_RANGE),
        ]
    if mapping.kind == "invitations" and mapping.invited:
        is_count = pl.col("invited").is_between(0, MOST_INVITED).fill_null(False)
        rules.append(Rule(mapping.invited, ~is_count, Reason.COUNT_UNREADABLE))
    return rules


def place_rules(mapping: Mapping) -> list[Rule]:
    """Return why a row is rejected for what tells it apart."""
    columns = [place.column for place in mapping.dimensions.values()]
    columns += [column for rating in mapping.ratings for column in (rating.moment_column, rating.attribute_column)]
    rules = [_too_long(column, LONGEST_NAME, Reason.NAME_TOO_LONG) for column in dict.fromkeys(columns) if column]
    audience = mapping.dimensions.get("audience")
    if audience and audience.column:
        rules.append(Rule(audience.column, ~pl.col("audience").is_in(AUDIENCES), Reason.AUDIENCE_UNKNOWN))
    return rules


def _too_long(column: str, most: int, reason: Reason) -> Rule:
    return Rule(column, text(column).str.len_chars() > most, reason)


def _rating_rules(rating: Rating, mapping: Mapping) -> list[Rule]:
    codes = [*mapping.no_answer, *rating.no_answer]
    columns = [column for column in (rating.lived, rating.expected, rating.importance) if column]
    reasons = (Reason.RATING_UNREADABLE, Reason.RATING_OUT_OF_RANGE)
    scale = (rating.min, rating.max)
    rules = [rule for column in columns for rule in scale_rules(column, codes, mapping.decimal, scale, reasons)]
    if rating.moment_column:
        is_rated = pl.any_horizontal(text(column, codes).is_not_null() for column in columns)
        nameless = is_rated & text(rating.moment_column, codes).is_null()
        rules.append(Rule(rating.moment_column, nameless, Reason.MOMENT_MISSING))
    return rules


def scale_rules(
    column: str, codes: Codes, decimal: str, scale: tuple[int, int], reasons: tuple[Reason, Reason]
) -> list[Rule]:
    """Return why a row is rejected for a value outside its scale: unreadable, or out of range."""
    value, (unreadable, outside) = whole(column, codes, decimal), reasons
    return [
        Rule(column, text(column, codes).is_not_null() & value.is_null(), unreadable),
        Rule(column, ~value.is_between(*scale), outside),
    ]


def broken_rules(rows: pl.DataFrame, rules: Sequence[Rule], raw: Raw) -> pl.DataFrame:
    """Return one reason (schema `REJECTED`) for each rule that each row breaks."""
    broken_by = [rule.broken.fill_null(False).alias(f"rule {place}") for place, rule in enumerate(rules)]
    flags = rows.lazy().select(ROW, *broken_by).collect()
    broken = flags.select(pl.exclude(ROW).any()).row(0) if flags.height else ()
    found = [
        rejections(flags.filter(f"rule {place}").select(ROW), raw, rules[place].column, rules[place].reason)
        for place, is_broken in enumerate(broken)
        if is_broken
    ]
    return pl.concat(found) if found else pl.DataFrame(schema=REJECTED)


def rejections(rows: pl.DataFrame, raw: Raw, column: str, reason: Reason) -> pl.DataFrame:
    """Return one reason for each of `rows` (column `ROW`), with the row as it was read."""
    if rows.is_empty():
        return pl.DataFrame(schema=REJECTED)
    known = raw.cells.join(rows.select(ROW), on=ROW, how="semi")
    value = known[column].alias("value").str.slice(0, 500) if column in raw.columns else pl.lit("")
    return known.select(
        row=pl.col(ROW),
        column=pl.lit(column),
        value=value,
        reason=pl.lit(reason.value),
        raw=pl.struct(pl.exclude(ROW)).struct.json_encode(),
    )
