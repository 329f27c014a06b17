"""Cells to rows of the log. What does not fit is kept with row, column, value and reason.

Rows read = accepted + rejected, always.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

import polars as pl

from dashboard.filters import DIMENSIONS
from dashboard.tables import INVITATIONS, PROMISES, RATINGS, RESPONSES, Table
from data.ingest.dates import moments
from data.ingest.mapping import Mapping, Place, Rating, check_columns
from data.ingest.raw import CELL_BREAK, ROW, Raw, Reason
from data.ingest.rules import broken_rules, rejections, rules_of
from data.ingest.values import CELL, Codes, number, text, trimmed, whole

ORIGINS = {ROW: pl.Int64(), "response_id": pl.String()}
"""Which accepted row belongs to which answer; in a long file an answer has several rows."""

OWNERS = {"row": pl.Int64(), "respondent": pl.String(), "response_id": pl.String(), "day": pl.Date()}
"""Whose a rejected row is; null where it does not say."""

MISSHAPEN = (Reason.FIELDS_TOO_FEW.value, Reason.FIELDS_TOO_MANY.value)

OF_AN_ANSWER = ("recommend", "verbatim", "respondent", *(name for name in DIMENSIONS if name != "source"))
"""What a long file may say in any of the rows of an answer."""


def numberless(table: Table) -> pl.DataFrame:
    """Return a table of the log with no rows, and with the column of their numbers."""
    return table.empty().with_columns(pl.lit(None, dtype=pl.Int64).alias(ROW))


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file holds.

    Attributes
    ----------
    responses, ratings, invitations : DataFrame
        Rows of the log; `import_id` is 0 and `counts` true until they are stored. `responses` carries `ROW` too.
    origins : DataFrame
        The answer of every accepted row (schema `ORIGINS`); none for invitations.
    rejected : DataFrame
        Reasons (schema `REJECTED`), ordered by row; a row may have several.
    rows : int
        Rows read.
    how : str
        How the file was read.
    promises : DataFrame
        Rows of the log, and `ROW`; none unless the file is of commitments.
    """

    responses: pl.DataFrame
    ratings: pl.DataFrame
    invitations: pl.DataFrame
    origins: pl.DataFrame
    rejected: pl.DataFrame
    rows: int
    how: str
    promises: pl.DataFrame = field(default_factory=lambda: numberless(PROMISES))

    @property
    def rejected_rows(self) -> int:
        """Return how many rows were rejected."""
        return self.rejected["row"].n_unique()

    @property
    def accepted_rows(self) -> int:
        """Return how many rows were accepted."""
        return self.rows - self.rejected_rows


def parse(raw: Raw, mapping: Mapping, zone: str, today: date) -> Parsed:
    """Return what `raw` holds according to `mapping`.

    Parameters
    ----------
    raw : Raw
    mapping : Mapping
    zone : str
        The organisation's zone, in which days are counted; also the file's when the mapping names none.
    today : date
        The organisation's day: later answers are rejected.

    Raises
    ------
    MappingError
        When the file lacks a column.
    """
    check_columns(mapping, raw.columns)
    used = mapping.columns()
    cells = trimmed(raw.cells, used).with_columns(raw.cells[ROW])
    blank = pl.all_horizontal(text(name).is_null() for name in used) if used else pl.lit(False)
    rows = cells.with_columns(stored_columns(mapping, zone)).collect()  # lazy: a date is read once, not per column
    rejected = broken_rules(rows, rules_of(mapping, today), raw)
    if mapping.kind == "responses" and used:
        empty = rows.filter(blank).select(ROW)
        rejected = pl.concat([rejected, rejections(empty, raw, "", Reason.ROW_IS_EMPTY)]).unique(
            ["row", "reason", "column"], maintain_order=True
        )
    good = without(rows, rejected.select(pl.col("row").alias(ROW)).unique())
    if mapping.kind == "invitations":
        invitations = good.select(list(INVITATIONS.columns))
        none = numberless(RESPONSES)
        asked = INVITATIONS.require(invitations)
        origins = pl.DataFrame(schema=ORIGINS)
        return Parsed(none, RATINGS.empty(), asked, origins, _ordered([raw.rejected, rejected]), raw.rows, raw.how)
    good, repeated = _identified(good, mapping)
    good, differing = _agreed(good, mapping)
    ratings, twice = _ratings(good, mapping)
    good = without(good, twice)
    silent = _silent(good, ratings)
    good = without(good, silent)
    responses = good if mapping.layout == "wide" else good.unique("response_id", keep="first", maintain_order=True)
    late = [
        rejections(repeated, raw, mapping.id or "", Reason.ID_REPEATED),
        rejections(differing, raw, mapping.recommend.column if mapping.recommend else "", Reason.ANSWER_DIFFERS),
        rejections(twice, raw, "", Reason.RATING_REPEATED),
        rejections(silent, raw, "", Reason.NOTHING_ANSWERED),
    ]
    return Parsed(
        responses.select(ROW, *RESPONSES.columns),
        RATINGS.require(ratings.join(responses.select("response_id"), on="response_id", how="semi")),
        INVITATIONS.empty(),
        good.select(list(ORIGINS)),
        _ordered([raw.rejected, rejected, *late]),
        raw.rows,
        raw.how,
    )


def owners(rejected: pl.DataFrame, mapping: Mapping, zone: str) -> pl.DataFrame:
    """Return whose the rejected rows are, and of which day.

    Parameters
    ----------
    rejected : DataFrame
        Schema `REJECTED`.
    mapping : Mapping
        The one they were read with.
    zone : str
        As in `parse`.

    Returns
    -------
    DataFrame
        Schema `OWNERS`. A row of the wrong shape has a line for each of its cells, since any may be an id.
    """
    told = rejected.filter(pl.col("raw") != "").unique("row", keep="first", maintain_order=True)
    is_misshapen = pl.col("reason").is_in(MISSHAPEN)
    pieces = told.filter(is_misshapen).select("row", pl.col("raw").str.split(CELL_BREAK)).explode("raw")
    anybody = mapping.source + ":" + pl.col("raw").str.strip_chars()
    loose = pieces.select("row", respondent=anybody, response_id=anybody, day=pl.lit(None, dtype=pl.Date))
    used = mapping.columns()
    shape = pl.Struct(dict.fromkeys(used, pl.String))
    decoded = told.filter(~is_misshapen).select("row", pl.col("raw").str.json_decode(shape))
    cells = decoded.select(pl.col("row").alias(ROW), pl.col("raw").struct.unnest())
    rows = trimmed(cells, used).with_columns(cells[ROW]).with_columns(stored_columns(mapping, zone)).collect()
    prints = prints_of(rows, mapping.source, used)
    named = f"{mapping.source}:" + rows.select(text(mapping.id)).to_series() if mapping.id else prints
    whole_rows = rows.with_columns(response_id=named).rename({ROW: "row"})
    return pl.concat([loose.select(list(OWNERS)), whole_rows.select(list(OWNERS))])


def stored_columns(mapping: Mapping, zone: str) -> list[pl.Expr]:
    """Return the expressions of every stored column that does not need a second look at other rows."""
    instant, day = moments(mapping.dates, mapping.zone or zone, zone)
    codes = mapping.no_answer
    answered = mapping.recommend
    week = (day - pl.duration(days=day.dt.weekday() - 1)).cast(pl.Date)
    columns: dict[str, pl.Expr] = {
        "import_id": pl.lit(0, dtype=pl.Int64),
        "kind": pl.lit(mapping.feedback),
        "answered_at": instant.cast(pl.Datetime("us", "UTC")),
        "day": day,
        "week": week,
        "month": week.dt.strftime("%Y-%m"),
        "counts": pl.lit(True),
        "recommend": pl.lit(None, dtype=pl.Int16),
        "respondent": pl.lit(None, dtype=pl.String),
        "verbatim": pl.lit(None, dtype=pl.String),
        "weight": pl.lit(1000, dtype=pl.Int64),
        "consent": pl.lit(False),
        "invited": pl.lit(1, dtype=pl.Int64),
    }
    if answered:
        score = whole(answered.column, [*codes, *answered.no_answer], mapping.decimal)
        columns["recommend"] = score.cast(pl.Int16, strict=False)
    if mapping.respondent:
        columns["respondent"] = f"{mapping.source}:" + text(mapping.respondent, codes)
    if mapping.verbatim:
        columns["verbatim"] = text(mapping.verbatim, codes)
    if mapping.weight:
        worth = (number(mapping.weight, codes, mapping.decimal) * 1000).round().cast(pl.Int64, strict=False)
        columns["weight"] = worth.fill_null(0)
    if mapping.consent:
        yes = [str(value) for value in mapping.consent.yes]
        columns["consent"] = text(mapping.consent.column).is_in(yes).fill_null(False)
    if mapping.invited:
        columns["invited"] = whole(mapping.invited, codes, mapping.decimal)
    for name in DIMENSIONS:
        columns[name] = _place(mapping.dimensions.get(name), codes)
    columns["source"] = pl.lit(mapping.source)
    columns["audience"] = columns["audience"].fill_null("external")
    return [expression.alias(name) for name, expression in columns.items()]


def _place(place: Place | None, codes: Codes) -> pl.Expr:
    if place is None:
        return pl.lit(None, dtype=pl.String)
    if place.column is None:
        return pl.lit(place.constant)
    value = text(place.column, [*codes, *place.no_answer])
    return value.replace(place.names) if place.names else value


def without(rows: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """Return the rows whose number is not among `others`, in their order."""
    if others.is_empty():
        return rows
    return rows.filter(~pl.col(ROW).is_in(others[ROW].implode()))


def _ordered(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(parts).sort("row", maintain_order=True)


def _identified(rows: pl.DataFrame, mapping: Mapping) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows with `response_id`, and those whose id stood in the file before.

    Without an id column the id is made of what the row says and how often it was said before in this file: the same
    file gives the same ids, and two people who say the same are two.
    """
    if mapping.id:
        rows = rows.with_columns(response_id=f"{mapping.source}:" + text(mapping.id))
        if mapping.layout == "long":
            return rows, rows.clear()
        is_first = rows["response_id"].is_first_distinct()
        return (rows, rows.clear()) if is_first.all() else (rows.filter(is_first), rows.filter(~is_first))
    return rows.with_columns(response_id=prints_of(rows, mapping.source, mapping.columns())), rows.clear()


def prints_of(rows: pl.DataFrame, source: str, columns: Sequence[str]) -> pl.Series:
    """Return an id for each row, made of what stands in `columns` and how often it stood there before."""
    said = rows.select(pl.concat_str(pl.col([CELL + name for name in columns]).fill_null(""), separator="\x1f"))
    before = said.select(pl.int_range(pl.len()).over(pl.first())).to_series()
    prints = [_print_of(source, words, count) for words, count in zip(said.to_series(), before, strict=True)]
    return pl.Series(prints, dtype=pl.String)


def _print_of(source: str, words: str, count: int) -> str:
    return source + ":" + blake2b(f"{words}\x1e{count}".encode(), digest_size=12).hexdigest()


def _agreed(rows: pl.DataFrame, mapping: Mapping) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return a long file's rows with what any row of an answer says of it, and the rows that say another score."""
    if mapping.layout == "wide":
        return rows, rows.clear()
    first = [pl.col(name).drop_nulls().first().over("response_id").alias(name) for name in OF_AN_ANSWER]
    agreed = rows.with_columns(first)
    differs = (rows["recommend"] != agreed["recommend"]).fill_null(False)
    return agreed.filter(~differs), agreed.filter(differs)


def _ratings(rows: pl.DataFrame, mapping: Mapping) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return one row per response, moment and attribute that was rated, and the rows that rate the same thing twice."""
    parts = [_rated(rows, rating, mapping) for rating in mapping.ratings]
    if not parts:
        return RATINGS.empty(), rows.clear()
    ratings = pl.concat(parts)
    key = ["response_id", "moment", "attribute", "measure_source"]
    is_named = all(rating.moment_column is None and rating.attribute_column is None for rating in mapping.ratings)
    if mapping.layout == "wide" and (is_named or len(parts) == 1):
        return ratings.select(list(RATINGS.columns)), rows.clear()
    is_first = ratings.select(pl.struct(key).is_first_distinct()).to_series()
    twice = rows.join(ratings.filter(~is_first).select(ROW).unique(), on=ROW, how="semi")
    return ratings.filter(is_first).select(list(RATINGS.columns)), twice


def _rated(rows: pl.DataFrame, rating: Rating, mapping: Mapping) -> pl.DataFrame:
    codes = [*mapping.no_answer, *rating.no_answer]

    def value(column: str | None) -> pl.Expr:
        return whole(column, codes, mapping.decimal) if column else pl.lit(None, dtype=pl.Int64)

    moment = text(rating.moment_column, codes) if rating.moment_column else pl.lit(rating.moment)
    attribute = text(rating.attribute_column, codes) if rating.attribute_column else pl.lit(rating.attribute)
    rated = rows.with_columns(
        moment=moment.cast(pl.String),
        attribute=attribute.cast(pl.String),
        measure_source=pl.lit(rating.measure_source),
        scale=pl.lit(f"{rating.min}-{rating.max}"),
        lived=value(rating.lived),
        expected=value(rating.expected),
        importance=value(rating.importance),
    )
    said = pl.any_horizontal(pl.col("lived", "expected", "importance").is_not_null())
    return rated.filter(said & pl.col("moment").is_not_null()).select(ROW, *RATINGS.columns)


def _silent(rows: pl.DataFrame, ratings: pl.DataFrame) -> pl.DataFrame:
    """Return the row numbers of answers that say nothing at all."""
    quiet = rows.select(ROW, "response_id").filter(rows["recommend"].is_null() & rows["verbatim"].is_null())
    return quiet.join(ratings.select("response_id").unique(), on="response_id", how="anti").select(ROW)
