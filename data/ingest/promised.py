"""Recognising a file of promises, and drafting its mapping: by when, how it went, and what must be asked.

What a file does not say is asked with '?': day or month first, what a delay is counted in, which words mean yes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
import tomlkit

from data.ingest.columns import DAY_FIRST, MONTH_FIRST, SAMPLE, Column, date_formats, share_read
from data.ingest.mapping import UNDECIDED
from data.ingest.raw import Raw

DATED = ("date", "due", "made", "delivered")
"""Roles of a column that holds days."""

TOLD = ("delivered", "delay", "kept")
"""Roles that say how a promise went."""

PROMISED = ("due", "made", *TOLD)

NAMES: dict[str, tuple[str, ...]] = {
    "due": (
        r"promis|promet|compromet|(^|[^a-z])due([^a-z]|$|date)|deadline|vence|vencim|fecha.?l[ií]mite|plazo",
        r"schedul|planned|planific|previst|programad|estimated|estimad|expected|(^|[^a-z])eta([^a-z]|$)",
    ),
    "delivered": (
        r"delivered|entregad|actual|(^|[^a-z])real([^a-z]|$)|completed|resolved|closed|arrived|cerrad|resuelt|llegad",
        r"deliver|entrega|shipped|enviad|arriv|llega|finished|terminad|finaliz|(^|[^a-z])done([^a-z]|$)",
    ),
    "made": (
        r"ordered|pedid[oa]|(^|[^a-z])made([^a-z]|$)|hecho|encarg|requested|solicit|(^|[^a-z])order.?(date|day)",
        r"received|recibid|opened|abiert|created|cread|creaci|(^|[^a-z])alta([^a-z]|$)",
    ),
    "delay": (
        r"arr.*delay|delay.*arr|deliver.*delay|(retras|demora).*(llega|entrega)|(llega|entrega).*(retras|demora)",
        r"delay|retras|demora|lateness|(late|tarde).*(days|hours|min|d[ií]as|horas)|(days|d[ií]as).*(late|tarde)",
    ),
    "kept": (r"timely|on.?time|in.?time|a.?tiempo|en.?plazo|puntual|(^|[^a-z])kept([^a-z]|$)|cumplid",),
}
"""What a column of each role is called, the surest words first."""

ORDERS = r"pedido|order|albar[aá]n|ticket|env[ií]o|shipment|expediente|incidencia"
"""What the number of a promise is called, where nothing is called an id."""

PLACES = {
    "account": r"client|customer",
    "team": r"vendor|supplier|carrier|proveedor|transportista",
    "channel": r"shipment.?mode|submitted.?via|modo.?de.?env[ií]o",
    "site": r"warehouse|almac[eé]n|fulfil|(^|[^a-z])origin([^a-z]|$)|^origen$",
    "segment": r"^dest|product.?group|^producto?$",
}
"""By what promises are told apart, beside the names that surveys use."""

MOST_VALUES = 300
YES = frozenset({"yes", "y", "sí", "si", "s", "true", "1", "on time", "a tiempo", "en plazo", "kept", "cumplido"})
NOTHING = frozenset({"na", "n/a", "n/d", "s/d", "null", "none", "nan", "-", "--"})
"""What systems write where there is nothing."""

UNITS = (("minutes", r"min"), ("hours", r"hour|hora|(^|[^a-z])hrs?([^a-z]|$)"), ("days", r"day|d[ií]a"))
WHICH_DAY = f"day first ['{DAY_FIRST}'] or month first ['{MONTH_FIRST}']? Both fit"

PARTS = (("year", r"^(year|año)$", 1970, 2200), ("month", r"^(month|mes)$", 1, 12), ("day", r"^(day|d[ií]a)$", 1, 31))


def recognise(columns: Sequence[Column], raw: Raw) -> bool:
    """Give the roles of promises and return whether the file is one of promises; if not, no role is given.

    It is when it tells by when and when it was delivered; or how late, or whether in time, and a day.
    """
    found: dict[str, tuple[Column, dict[str, Any]]] = {}
    if parts := _parts(columns, raw):
        found["due"] = parts
    for role in ("due", "delivered", "made"):
        if role not in found and (one := _dated(role, columns, raw, _taken(found))):
            found[role] = one
    if not {"due", "delivered"} <= set(found):
        found.pop("delivered", None)
    for role, reads in (("delay", _late), ("kept", _yes)):
        if not set(TOLD) & set(found) and (one := _named(role, columns, raw, _taken(found), reads)):
            found[role] = one
    if "due" not in found and (day := _any_day(columns, raw, _taken(found))):
        found["due"] = day
    if "due" not in found and "made" in found:
        found["due"] = found.pop("made")
    if "due" not in found or not set(TOLD) & set(found):
        return False
    for role, (column, detail) in found.items():
        column.role, column.detail = role, detail
    return True


def is_of_promises(by_role: Mapping[str, Column]) -> bool:
    """Return whether the roles that were given say how promises went, or by when."""
    return bool({"due", *TOLD} & set(by_role))


def _taken(found: Mapping[str, tuple[Column, dict[str, Any]]]) -> set[str]:
    taken = {column.name for column, _ in found.values()}
    return taken.union(*(detail.get("parts", {}).values() for _, detail in found.values()))


def _called(role: str, columns: Sequence[Column], taken: set[str]) -> list[Column]:
    """Return the columns whose names sound like a role, the surest first."""
    free = [column for column in columns if column.filled and column.name not in taken]
    named = [one for pattern in NAMES[role] for one in free if re.search(pattern, one.name.lower())]
    return list({column.name: column for column in named}.values())


def _dated(role: str, columns: Sequence[Column], raw: Raw, taken: set[str]) -> tuple[Column, dict[str, Any]] | None:
    """Return the column of days that a role is called, with its formats; when it was made, only if all can be read."""
    for column in _called(role, columns, taken):
        if formats := date_formats(raw.cells[column.name]):
            detail = {"formats": formats} | _nothing(column, raw)
            values = _values(column, raw)
            if role != "made" or formats == [UNDECIDED] or share_read(values, formats[0]) == 1:
                return column, detail
    return None


def _any_day(columns: Sequence[Column], raw: Raw, taken: set[str]) -> tuple[Column, dict[str, Any]] | None:
    """Return the first column of days that has no other role, with its formats."""
    for column in columns:
        is_free = column.filled and column.name not in taken
        if is_free and column.is_called("date") and (formats := date_formats(raw.cells[column.name])):
            return column, {"formats": formats} | _nothing(column, raw)
    return None


def _parts(columns: Sequence[Column], raw: Raw) -> tuple[Column, dict[str, Any]] | None:
    """Return the column of the day of the month, with those of year and month, when all three are there."""
    parts: dict[str, str] = {}
    for part, pattern, low, high in PARTS:
        for column in columns:
            if re.search(pattern, column.name.lower()) and column.filled:
                numbers = _values(column, raw).cast(pl.Int64, strict=False)
                if numbers.null_count() == 0 and numbers.is_between(low, high).all():
                    parts[part] = column.name
    if len(parts) < len(PARTS):
        return None
    return next(column for column in columns if column.name == parts["day"]), {"parts": parts}


def _named(
    role: str, columns: Sequence[Column], raw: Raw, taken: set[str], reads: Any
) -> tuple[Column, dict[str, Any]] | None:
    """Return the column that a role is called and that `reads` can read, with what must be said of it."""
    for column in _called(role, columns, taken):
        detail = reads(column, raw)
        if detail is not None:
            return column, detail
    return None


def _late(column: Column, raw: Raw) -> dict[str, Any] | None:
    values = _values(column, raw)
    numbers = values.cast(pl.Float64, strict=False)
    if values.is_empty() or numbers.null_count() > 0.05 * values.len():
        return None
    unit = next((name for name, pattern in UNITS if re.search(pattern, column.name.lower())), UNDECIDED)
    return {"unit": unit} | _nothing(column, raw)


def _yes(column: Column, raw: Raw) -> dict[str, Any] | None:
    values = _values(column, raw).unique().sort().to_list()
    yes = [value for value in values if value.casefold() in YES]
    return {"yes": yes} | _nothing(column, raw) if yes and len(yes) < len(values) <= 4 else None


def _values(column: Column, raw: Raw) -> pl.Series:
    """Return the first values of a column without blanks and what stands for them."""
    values = raw.cells[column.name].head(SAMPLE).alias("x").str.strip_chars()
    return values.filter((values != "") & ~values.str.to_lowercase().is_in(sorted(NOTHING)))


def _nothing(column: Column, raw: Raw) -> dict[str, Any]:
    """Return what stands for a blank anywhere in a column, as the file spells it; nothing where nothing does."""
    values = raw.cells[column.name].alias("x").str.strip_chars()
    codes = values.filter(values.str.to_lowercase().is_in(sorted(NOTHING))).unique().sort().to_list()
    return {"nothing": codes} if codes else {}


def called_order(column: Column) -> bool:
    """Return whether a column sounds like the number of an order, a ticket or a delivery."""
    return re.search(ORDERS, column.name.lower()) is not None


def give_places(columns: Sequence[Column]) -> None:
    """Give the roles of places that no column has yet, by what promises are told apart."""
    given = {column.role for column in columns}
    for role, pattern in PLACES.items():
        if role in given:
            continue
        fitting = [c for c in columns if not c.role and 1 < c.distinct <= MOST_VALUES]
        named = [column for column in fitting if re.search(pattern, column.name.lower())]
        if named:
            min(named, key=lambda column: len(column.name)).role = role


def say_promises(document: Any, by_role: Mapping[str, Column], codes: Sequence[str], day: str | None) -> None:
    """Write by when, and how it went, into a mapping.

    Parameters
    ----------
    document : TOML document
    by_role : mapping
    codes : sequence of str
        What stands for a blank.
    day : str or None
        That of all promises where no column holds one.
    """
    document["kind"] = "commitments"
    if codes:
        document["no_answer"] = list(codes)
        document["no_answer"].comment("taken for blanks")
    for role in ("id", "respondent"):
        if role in by_role:
            document[role] = by_role[role].name
    due = by_role.get("due", by_role.get("date"))
    document["dates"] = dates(due, day)
    table = tomlkit.table()
    for role in ("made", "delivered"):
        if role in by_role:
            table[role] = _inline(dates(by_role[role], None))
            if UNDECIDED in table[role].get("formats", []):
                table[role].comment(WHICH_DAY)
    if "delay" in by_role:
        table["delay"] = by_role["delay"].name
        table["delay_unit"] = by_role["delay"].detail.get("unit", UNDECIDED)
        if table["delay_unit"] == UNDECIDED:
            table["delay_unit"].comment("minutes, hours or days? The file does not say")
    if "kept" in by_role:
        yes = tomlkit.inline_table()
        yes["column"], yes["yes"] = by_role["kept"].name, by_role["kept"].detail.get("yes", [UNDECIDED])
        table["kept"] = yes
    if "delivered" in by_role or "delay" in by_role:
        table.add(tomlkit.comment("a blank is still open; where it means never: blank = 'broken'"))
    document["commitment"] = table


def codes_of(columns: Sequence[Column]) -> list[str]:
    """Return what stands for a blank in the columns that have a role."""
    return sorted({code for column in columns if column.role for code in column.detail.get("nothing", [])})


def _inline(table: Any) -> Any:
    inline = tomlkit.inline_table()
    for key, value in table.unwrap().items():
        inline[key] = value
    return inline


def dates(column: Column | None, day: str | None) -> Any:
    """Return how a mapping says when: a column with formats, parts, or a day; what is not known is asked."""
    table = tomlkit.table()
    if column is None:
        if day:
            table["constant"] = date.fromisoformat(day)
            return table
        table["constant"] = "?"
        table["constant"].comment("no column looks like a date: write the day of the survey, as 2026-05-31")
        return table
    if parts := column.detail.get("parts"):
        for part, name in parts.items():
            table[part] = name
        return table
    if column.detail.get("part") == "day":
        year, month = column.detail.get("year", UNDECIDED), column.detail.get("month", UNDECIDED)
        table["year"], table["month"], table["day"] = year, month, column.name
        if year != UNDECIDED:
            return table
        table["day"].comment("only the day of the month: write year and month as numbers, or name their columns")
        return table
    table["column"] = column.name
    table["formats"] = column.detail.get("formats", [UNDECIDED])
    if table["formats"] == [UNDECIDED]:
        table["formats"].comment(WHICH_DAY)
    return table
