"""What is seen in the columns of a file: names, examples, whole numbers, formats of dates. Nothing is decided here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from data.ingest.dates import without_words
from data.ingest.mapping import UNDECIDED
from data.ingest.raw import Raw

SAMPLE = 5000

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
            if share_read(sample, form) >= 0.8:
                fitting.append(form)
    if not fitting:
        return []
    swapped = [form for form in fitting if form.replace("%d", "%_").replace("%m", "%d").replace("%_", "%m") in fitting]
    if len(swapped) > 1 and fitting[0] in swapped:
        return [UNDECIDED]
    years = sample.str.contains(r"^(19|20)\d\d$").sum()
    return [fitting[0], "%Y"] if years else fitting[:1]


def share_read(sample: pl.Series, form: str) -> float:
    """Return the share of values, 0..1, of which none is blank, that a format reads as a day from 1970 on."""
    text = sample
    if "%b" in form or "%B" in form:
        expression, form = without_words(pl.col("x"), form)
        text = pl.DataFrame({"x": sample}).select(expression).to_series()
    has_time = any(part in form for part in ("%H", "%I"))
    read = text.str.to_datetime(form, strict=False) if has_time else text.str.to_date(form, strict=False)
    return read.filter(read.dt.year() >= 1970).len() / sample.len()
