"""A first mapping, drafted from the file: what each column seems to be. A person decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import tomlkit

from data.ingest.dates import without_words
from data.ingest.mapping import UNDECIDED
from data.ingest.raw import Raw

SAMPLE = 5000

PLACES = ("moment", "touchpoint", "team", "segment", "channel", "site", "account", "area", "role")

WORDS: dict[str, str] = {
    "recommend": r"nps|recom|netpro|promot",
    "date": r"date|fecha|timestamp|marca temporal|recorded|created|submitted|answered|respond.*at|^d[ií]a$|^day$",
    "id": r"(^|[^a-z])id([^a-z]|$)|respnum|response.?id|folio|^n[ºo°]\.?$|index",
    "respondent": r"respondent|customer.?id|contact|person|e-?mail|encuestado|id.?cliente|telefono|phone",
    "verbatim": r"text|comment|verbatim|opini|coment|observ|motivo|why|por qu",
    "weight": r"weight|^peso$|ponder",
    "team": r"team|equipo|depart|owner",
    "segment": r"segment|tipo.?(de.?)?cliente|customer.?type|gender|age|edad|country|pais|país",
    "channel": r"channel|canal|medium|^via$",
    "site": r"^site$|centro|store|tienda|branch|sucursal|gate|barea|delegaci|^sede$",
    "moment": r"moment|stage|journey|sub.?type|etapa|fase",
    "touchpoint": r"touch.?point|punto.?de.?contacto|place",
    "account": r"account|cuenta|company|empresa|organi[sz]ation",
    "area": r"^area$|^área$",
    "role": r"^role?$|cargo|puesto",
}

DAY_FIRST, MONTH_FIRST = "%d/%m/%Y", "%m/%d/%Y"

DATE_FORMATS = (
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d-%b-%y",
    "%d-%b-%Y",
    "%d %B %Y",
    "%B %d, %Y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%Y%m%d",
)
TIMES = ("", " %H:%M", " %H:%M:%S", "T%H:%M:%S", " %I:%M:%S %p", "T%H:%M:%SZ", " %H:%M:%S%.f", "T%H:%M:%S%.f")


@dataclass(slots=True)
class Column:
    """What was seen in one column.

    Attributes
    ----------
    name : str
    example : str
        First value that is not blank.
    filled, distinct : int
        Values and different values, blanks left out.
    integers : list[int]
        Its different whole numbers when at least 95 % are, sorted; else empty.
    mean_length : float
        Characters per value.
    role : str
        What it seems to be; empty when unused.
    detail : dict
        What the mapping needs to say besides.
    """

    name: str
    example: str
    filled: int
    distinct: int
    integers: list[int]
    mean_length: float
    role: str = ""
    detail: dict[str, Any] = field(default_factory=dict)

    def is_called(self, role: str) -> bool:
        """Return whether its name sounds like `role`."""
        return re.search(WORDS[role], self.name.lower()) is not None


def describe(raw: Raw) -> list[Column]:
    """Return what was seen in every column of the first rows."""
    columns = []
    for name in raw.columns:
        values = raw.cells[name].head(SAMPLE).alias("x").str.strip_chars()
        values = values.filter(values != "")
        numbers = values.cast(pl.Float64, strict=False)
        whole = numbers.filter(numbers.is_finite() & (numbers == numbers.round())).cast(pl.Int64, strict=False)
        is_whole = values.len() > 0 and whole.len() >= 0.95 * values.len()
        distinct = sorted(whole.unique().drop_nulls().to_list()) if is_whole else []
        length = values.str.len_chars().mean()
        columns.append(
            Column(
                name,
                str(values[0])[:80] if values.len() else "",
                values.len(),
                values.n_unique(),
                [int(value) for value in distinct] if len(distinct) <= 40 else [],
                float(length) if isinstance(length, int | float) else 0.0,
            )
        )
    return columns


def suggest(raw: Raw) -> list[Column]:
    """Return the columns with the role each seems to have. Every role is given once, but ratings."""
    columns = describe(raw)
    _give(columns, "recommend", _looks_recommended)
    for column in columns:
        if column.role or not column.is_called("date"):
            continue
        if formats := date_formats(raw.cells[column.name]):
            column.role, column.detail = "date", {"formats": formats}
            break
        if column.integers and min(column.integers) >= 1 and max(column.integers) <= 31:
            column.role, column.detail = "date", {"part": "day"}
            break
    else:
        _give_any_date(columns, raw)
    _give(columns, "id", lambda column: column.is_called("id") and column.distinct == column.filled > 1)
    _give(columns, "weight", lambda column: column.is_called("weight"))
    _give(columns, "respondent", lambda column: column.is_called("respondent") and column.distinct > 20)
    _give(columns, "verbatim", lambda column: column.is_called("verbatim") and column.mean_length > 15)
    _give(columns, "verbatim", lambda column: column.mean_length > 40 and column.distinct > 20)
    for role in PLACES:
        _give(columns, role, partial(_looks_like_place, role))
    for column in columns:
        if not column.role and (scale := rating_scale(column)):
            column.role, column.detail = "rating", scale
    return columns


def _give(columns: list[Column], role: str, fits: Callable[[Column], bool]) -> None:
    if any(column.role == role for column in columns):
        return
    best = [column for column in columns if not column.role and column.filled and fits(column)]
    if best:
        best.sort(key=lambda column: -column.filled)
        best[0].role = role
        if role == "recommend":
            codes = [value for value in best[0].integers if not 0 <= value <= 10]
            best[0].detail = {"no_answer": codes} if codes else {}


def _looks_recommended(column: Column) -> bool:
    inside = [value for value in column.integers if 0 <= value <= 10]
    outside = len(column.integers) - len(inside)
    return column.is_called("recommend") and len(inside) >= 5 and max(inside) > 5 and outside <= 3


def _looks_like_place(role: str, column: Column) -> bool:
    return column.is_called(role) and 1 < column.distinct <= (5000 if role == "account" else 60)


def _give_any_date(columns: list[Column], raw: Raw) -> None:
    for column in columns:
        if not column.role and not column.integers and (formats := date_formats(raw.cells[column.name])):
            column.role, column.detail = "date", {"formats": formats}
            return


def date_formats(values: pl.Series) -> list[str]:
    """Return the format that fits at least four of five values, `UNDECIDED` when day and month could be swapped.

    Empty when none fits.
    """
    sample = values.head(SAMPLE).alias("x").str.strip_chars()
    sample = sample.filter(sample != "")
    if sample.is_empty():
        return []
    fitting = []
    for day in DATE_FORMATS:
        for clock in TIMES:
            form = day + clock
            if _share_read(sample, form) >= 0.8:
                fitting.append(form)
    if not fitting:
        return []
    swapped = [form for form in fitting if form.replace("%d", "%_").replace("%m", "%d").replace("%_", "%m") in fitting]
    if len(swapped) > 1 and fitting[0] in swapped:
        return [UNDECIDED]
    years = sample.str.contains(r"^(19|20)\d\d$").sum()
    return [fitting[0], "%Y"] if years else fitting[:1]


def _share_read(sample: pl.Series, form: str) -> float:
    text = sample
    if "%b" in form or "%B" in form:
        expression, form = without_words(pl.col("x"), form)
        text = pl.DataFrame({"x": sample}).select(expression).to_series()
    has_time = any(part in form for part in ("%H", "%I"))
    read = text.str.to_datetime(form, strict=False) if has_time else text.str.to_date(form, strict=False)
    return read.filter(read.dt.year() >= 1970).len() / sample.len()


def rating_scale(column: Column) -> dict[str, Any]:
    """Return the scale that a column of few whole numbers seems to have, empty when it has none."""
    seen = set(column.integers)
    if len(seen) < 3 or min(seen) < 0 or column.filled < 10:
        return {}
    for low, high in ((1, 5), (1, 7), (1, 10), (0, 10)):
        scale = set(range(low, high + 1))
        outside = sorted(seen - scale)
        if len(seen & scale) >= min(4, high - low) and high in seen and len(outside) <= 2 and max(seen) <= high + 1:
            return {"min": low, "max": high, "no_answer": outside}
    return {}


def draft(raw: Raw, source: str) -> str:
    """Return a mapping in TOML, with a comment wherever a person must decide."""
    return toml_of(suggest(raw), source)


def toml_of(columns: list[Column], source: str, day: str | None = None) -> str:
    """Return the mapping that the roles of `columns` say; `day` is the survey's where no column holds a date."""
    document = tomlkit.document()
    document.add(tomlkit.comment("Drafted from the file: check each line, delete what is wrong."))
    document["version"] = 1
    document["source"] = source
    by_role = {column.role: column for column in columns if column.role}
    for role in ("id", "respondent", "verbatim", "weight"):
        if role in by_role:
            document[role] = by_role[role].name
    document["dates"] = _dates(by_role.get("date"), day)
    if "recommend" in by_role:
        table = tomlkit.table()
        table["column"] = by_role["recommend"].name
        if codes := by_role["recommend"].detail.get("no_answer"):
            table["no_answer"] = codes
            table["no_answer"].comment("outside 0-10: taken for 'no answer'; delete the line to reject them instead")
        document["recommend"] = table
    places = tomlkit.table()
    for role in PLACES:
        if role in by_role:
            places[role] = by_role[role].name
    if places:
        document["dimensions"] = places
    ratings = tomlkit.aot()
    for column in columns:
        if column.role == "rating":
            rating = tomlkit.table()
            rating["moment"], rating["lived"] = column.name, column.name
            rating["min"], rating["max"] = column.detail["min"], column.detail["max"]
            if column.detail["no_answer"]:
                rating["no_answer"] = column.detail["no_answer"]
            ratings.append(rating)
    if len(ratings):
        document["ratings"] = ratings
    return tomlkit.dumps(document)


def _dates(column: Column | None, day: str | None) -> Any:
    table = tomlkit.table()
    if column is None:
        if day:
            table["constant"] = date.fromisoformat(day)
            return table
        table["constant"] = "?"
        table["constant"].comment("no column looks like a date: write the day of the survey, as 2026-05-31")
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
        table["formats"].comment(f"day first ['{DAY_FIRST}'] or month first ['{MONTH_FIRST}']? Both fit")
    return table


def source_name(path: Path) -> str:
    """Return a source name made from a file name."""
    return re.sub(r"[^\w]+", "_", path.stem.lower()).strip("_")[:60] or "survey"


def source_of(mapping: str) -> str:
    """Return the source that a drafted mapping names."""
    return str(tomlkit.parse(mapping).unwrap().get("source", "survey"))
