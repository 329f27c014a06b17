"""Readings of indicators from a file: a row is one indicator and one week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl
import tomlkit
from pydantic import ValidationError, model_validator
from tomlkit.exceptions import TOMLKitError

from dashboard.indicators import SHARE, Indicator
from dashboard.periods import week_expression
from dashboard.refusals import Refusal
from data.ingest.columns import date_formats
from data.ingest.dates import moments
from data.ingest.mapping import Dates, FileFormat, MappingError, Strict, explained
from data.ingest.raw import REJECTED, ROW, Raw, Reason
from data.ingest.rules import Rule, broken_rules, date_rules, rejections
from data.ingest.values import number, text, trimmed

NAMES = {
    "indicator": ("indicador", "indicator", "medida", "measure", "métrica", "metric"),
    "team": ("equipo", "team"),
    "value": ("valor", "value", "dato", "resultado"),
    "part": ("parte", "part", "casos", "bien", "numerador", "numerator"),
    "total": ("total", "denominador", "denominator", "de"),
}
"""What columns are often called, by what they hold."""


class ReadingsMapping(Strict):
    """What each column of a file of readings means."""

    version: Literal[1] = 1
    file: FileFormat = FileFormat()
    dates: Dates
    indicator: str
    team: str | None = None
    value: str | None = None
    part: str | None = None
    total: str | None = None
    decimal: Literal[".", ","] = "."

    @model_validator(mode="after")
    def _one_way(self) -> ReadingsMapping:
        parts = (self.part is not None) + (self.total is not None)
        if parts == 1 or (self.value is None) == (parts == 0):
            raise Refusal("give value, or part and total")
        return self

    @property
    def columns(self) -> list[str]:
        """Return every column of the file that is used."""
        dates = self.dates
        parts = [part for part in (dates.year, dates.month, dates.day) if isinstance(part, str)]
        names = [self.indicator, self.team, dates.column, *parts, dates.time, self.value, self.part, self.total]
        return list(dict.fromkeys(name for name in names if name is not None))


def parse_readings_mapping(written: str) -> ReadingsMapping:
    """Return the mapping written in TOML.

    Raises
    ------
    MappingError
        With every key that is wrong and what it may be.
    """
    try:
        return ReadingsMapping.model_validate(tomlkit.parse(written).unwrap())
    except TOMLKitError as error:
        raise MappingError("the mapping is not TOML: {}", error) from None
    except ValidationError as error:
        parts = [explained(dict(item)) for item in error.errors()]
        raise MappingError("; ".join("{}" for _ in parts), *parts) from None


def draft_readings(raw: Raw) -> str:
    """Return a mapping in TOML made from what the columns are called; a person checks it."""
    found: dict[str, str] = {}
    for role, names in NAMES.items():
        for column in raw.columns:
            if column.strip().casefold() in names and column not in found.values():
                found[role] = column
                break
    if "value" in found:
        found.pop("part", None)
        found.pop("total", None)
    document = tomlkit.document()
    document.add(tomlkit.comment("Drafted from the file: check each line."))
    document["version"] = 1
    document["indicator"] = found.pop("indicator", "?")
    for role, column in found.items():
        document[role] = column
    dates = tomlkit.table()
    for column in raw.columns:
        if column not in found.values() and (formats := date_formats(raw.cells[column])):
            dates["column"], dates["formats"] = column, formats
            break
    document["dates"] = dates
    return tomlkit.dumps(document)


@dataclass(frozen=True, slots=True)
class ParsedReadings:
    """What a file of readings holds.

    Attributes
    ----------
    readings : DataFrame
        `indicator_id`, `week`, `value`, `numerator`, `denominator`.
    rejected : DataFrame
        Schema `REJECTED`.
    rows, blank : int
        Rows read, and those without a value: weeks that were not reported.
    """

    readings: pl.DataFrame
    rejected: pl.DataFrame
    rows: int
    blank: int


def parse_readings(
    raw: Raw, mapping: ReadingsMapping, indicators: Sequence[Indicator], zone: str, today: date
) -> ParsedReadings:
    """Return the readings in `raw` of the indicators that are watched.

    Raises
    ------
    MappingError
        When the file lacks a column.
    """
    missing = [name for name in mapping.columns if name not in raw.columns]
    if missing:
        named = ", ".join(repr(name) for name in missing)
        raise MappingError("the file has no column {}; it has {}", named, ", ".join(raw.columns[:40]))
    cells = trimmed(raw.cells, mapping.columns).collect().with_columns(raw.cells[ROW])
    rows = cells.with_columns(day=moments(mapping.dates, zone, zone)[1]).with_columns(
        week_expression(),
        name=text(mapping.indicator).str.to_lowercase(),
        team=text(mapping.team).str.to_lowercase() if mapping.team else pl.lit(None, dtype=pl.String),
        numerator=_number(mapping.part, mapping.decimal),
        denominator=_number(mapping.total, mapping.decimal),
        value=_number(mapping.value, mapping.decimal),
    )
    given = [column for column in (mapping.value, mapping.part, mapping.total) if column]
    is_blank = pl.all_horizontal(text(column).is_null() for column in given)
    blank = rows.filter(is_blank).height
    rows = _known(rows.filter(~is_blank), indicators, by_team=mapping.team is not None)
    ratio = pl.col("numerator") / pl.col("denominator") * pl.when(pl.col("is_share")).then(100.0).otherwise(1.0)
    rows = rows.with_columns(told=pl.coalesce("value", pl.when(pl.col("denominator") > 0).then(ratio)))
    rejected = broken_rules(rows, _rules(mapping, given, today), raw)
    good = rows.join(rejected.select(pl.col("row").alias(ROW)), on=ROW, how="anti")
    repeated = good.filter(pl.struct("indicator_id", "week").is_first_distinct().not_())
    good = good.join(repeated.select(ROW), on=ROW, how="anti")
    late = rejections(repeated, raw, mapping.dates.column or "", Reason.READING_REPEATED)
    every = pl.concat([raw.rejected, rejected, late]).select(list(REJECTED)).sort("row", maintain_order=True)
    return ParsedReadings(
        good.select("indicator_id", "week", "value", "numerator", "denominator"), every, raw.rows, blank
    )


def _number(column: str | None, decimal: str) -> pl.Expr:
    return number(column, decimal=decimal) if column else pl.lit(None, dtype=pl.Float64)


def _known(rows: pl.DataFrame, indicators: Sequence[Indicator], *, by_team: bool) -> pl.DataFrame:
    """Return the rows with `indicator_id` and `is_share`, null where no indicator, or more than one, has the name."""
    watched = pl.DataFrame(
        [(one.name.lower(), one.team.lower(), one.indicator_id, one.unit == SHARE) for one in indicators],
        schema={"name": pl.String, "team": pl.String, "indicator_id": pl.Int64, "is_share": pl.Boolean},
        orient="row",
    )
    keys = ["name", "team"] if by_team else ["name"]
    alone = watched.filter(pl.len().over(keys) == 1).select(*keys, "indicator_id", "is_share")
    return rows.join(alone, on=keys, how="left", maintain_order="left")


def _rules(mapping: ReadingsMapping, given: Sequence[str], today: date) -> list[Rule]:
    unreadable = [
        Rule(column, text(column).is_null() | _number(column, mapping.decimal).is_null(), Reason.VALUE_UNREADABLE)
        for column in given
    ]
    is_outside = pl.col("is_share") & ~pl.col("told").is_between(0, 100)
    total = [Rule(mapping.total, pl.col("denominator") <= 0, Reason.VALUE_OUT_OF_RANGE)] if mapping.total else []
    return [
        *date_rules(mapping.dates, today),
        Rule(mapping.indicator, pl.col("indicator_id").is_null(), Reason.INDICATOR_UNKNOWN),
        *unreadable,
        *total,
        Rule(given[0], is_outside, Reason.VALUE_OUT_OF_RANGE),
    ]
