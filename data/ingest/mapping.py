"""What each column of a file means: a TOML file, checked before a single row is read."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

import tomlkit
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from tomlkit.exceptions import TOMLKitError

from dashboard.filters import DIMENSIONS
from dashboard.refusals import Refusal
from data.ingest.dates import is_readable
from data.ingest.raw import ImportRefusedError

UNDECIDED = "?"
"""A date format that `suggest` could not decide: day first or month first is asked, never guessed."""


AUDIENCES = ("external", "internal")

PATTERNS = {
    "source": "letters, digits, spaces and . _ - make a name",
    "separator": "it is one character, no quote and no line end",
}
"""What the texts with a pattern may be, in words."""

LARGEST = 1_000_000
"""No scale reaches further."""


class MappingError(ImportRefusedError):
    """A mapping that cannot be used. The message names the key and what it may be."""


class Strict(BaseModel):
    """A part of a mapping: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FileFormat(Strict):
    """How to read the file; what is absent is found out."""

    encoding: str | None = None
    separator: str | None = Field(None, pattern=r'^[^"\r\n]$')
    sheet: str | None = None
    header_row: int = Field(1, ge=1, le=100)
    skip_after_header: int = Field(0, ge=0, le=10)


class Dates(Strict):
    """When it was answered: a column with formats, parts, or a constant.

    A part may be a column name or a number. A format of only a year or a month stands for its first day.
    """

    column: str | None = None
    formats: list[str] = []
    constant: date | None = None
    year: str | int | None = None
    month: str | int | None = None
    day: str | int | None = None
    time: str | None = None
    unix: bool = False

    @field_validator("constant", mode="before")
    @classmethod
    def _decided(cls, value: Any) -> Any:
        if value == UNDECIDED:
            raise Refusal("replace '?' with the day of the survey, as 2026-05-31, or name a date column")
        return value

    @model_validator(mode="after")
    def _one_way(self) -> Dates:
        parts = [self.year, self.month, self.day]
        ways = [self.column is not None, self.constant is not None, any(part is not None for part in parts)]
        if sum(ways) != 1:
            raise Refusal("give one of: column (with formats), constant, or year + month + day")
        if UNDECIDED in parts:
            raise Refusal("replace '?' with a number (year = 2026) or with the name of a column")
        if ways[2] and None in parts:
            raise Refusal("parts need year, month and day; each may be a column or a number")
        if self.column and not self.unix and not self.formats:
            raise Refusal("a date column needs formats, for example ['%d/%m/%Y']")
        if UNDECIDED in self.formats:
            raise Refusal(
                "column {!r}: 03/04 may be the 3rd of April or the 4th of March; "
                "replace '?' with ['%d/%m/%Y'] or ['%m/%d/%Y']",
                self.column,
            )
        for name, part, last in (("year", self.year, 9999), ("month", self.month, 12), ("day", self.day, 31)):
            if isinstance(part, int) and not 1 <= part <= last:
                raise Refusal("{} must be 1 to {}, not {}", name, last, part)
        for form in self.formats:
            if not is_readable(form):
                raise Refusal("the format {!r} does not say a day; for example '%d/%m/%Y' or '%Y-%m-%d %H:%M'", form)
        return self

    @property
    def has_time(self) -> bool:
        """Return whether the time of day is told, and not only the day."""
        return self.unix or self.time is not None or any(part in "".join(self.formats) for part in ("%H", "%I", "%T"))

    def columns(self) -> list[str | None]:
        """Return every column that is used."""
        parts = [part for part in (self.year, self.month, self.day) if isinstance(part, str)]
        return [self.column, *parts, self.time]


class Scale(Strict):
    """An answer on a declared scale of integers."""

    column: str
    min: int = Field(0, ge=-LARGEST, le=LARGEST)
    max: int = Field(10, ge=-LARGEST, le=LARGEST)
    no_answer: list[str | int | float] = []

    @model_validator(mode="after")
    def _in_order(self) -> Scale:
        if self.min >= self.max:
            raise Refusal("min must be below max")
        return self


class Recommend(Scale):
    """The question whose answers make the NPS: only 0–10."""

    @model_validator(mode="after")
    def _zero_to_ten(self) -> Recommend:
        if (self.min, self.max) != (0, 10):
            raise Refusal("NPS comes only from a 0-10 recommend question; map another scale under [[ratings]]")
        return self


class Rating(Strict):
    """What was lived, expected or held important at a moment; any of the three columns may be absent."""

    moment: str | None = None
    moment_column: str | None = None
    attribute: str | None = None
    attribute_column: str | None = None
    lived: str | None = None
    expected: str | None = None
    importance: str | None = None
    min: int = Field(ge=-LARGEST, le=LARGEST)
    max: int = Field(ge=-LARGEST, le=LARGEST)
    no_answer: list[str | int | float] = []
    measure_source: Literal["customer", "survey", "estimate"] = "survey"

    @model_validator(mode="after")
    def _complete(self) -> Rating:
        if self.min >= self.max:
            raise Refusal("min must be below max")
        if (self.moment is None) == (self.moment_column is None):
            raise Refusal("give moment (a name) or moment_column (a column that holds it)")
        if not (self.lived or self.expected or self.importance):
            raise Refusal("give at least one of lived, expected, importance")
        return self


def _is_dimension(name: str) -> str:
    if name not in DIMENSIONS or name == "source":
        raise Refusal(
            "there is no dimension '{}'; there are {}", name, ", ".join(d for d in DIMENSIONS if d != "source")
        )
    return name


class Place(Strict):
    """Where a dimension's value comes from: a column (values may be renamed) or a constant."""

    column: str | None = None
    constant: str | None = None
    names: dict[str, str] = {}
    no_answer: list[str | int | float] = []

    @model_validator(mode="after")
    def _one(self) -> Place:
        if (self.column is None) == (self.constant is None):
            raise Refusal("give column or constant")
        return self


class YesNo(Strict):
    """A column and the values in it that mean yes."""

    column: str
    yes: list[str | int]

    @model_validator(mode="after")
    def _decided(self) -> YesNo:
        if UNDECIDED in self.yes:
            raise Refusal("replace '?' with the values of column {!r} that mean yes", self.column)
        return self


class Lived(Scale):
    """What was lived, and perhaps expected, of each thing promised; who says so."""

    expected: str | None = None
    measure_source: Literal["customer", "survey", "estimate"] = "survey"


class Commitment(Strict):
    """How each thing promised went: when it was delivered, how late, or whether the promise was kept.

    `[dates]` says when it was due.
    """

    standard: str | None = None
    standard_column: str | None = None
    made: Dates | None = None
    delivered: Dates | None = None
    delay: str | None = None
    delay_unit: Literal["minutes", "hours", "days"] = "days"
    kept: YesNo | None = None
    called_off: YesNo | None = None
    blank: Literal["open", "broken"] = "open"
    grace_minutes: int = Field(0, ge=0, le=100 * 1440)
    lived: Lived | None = None

    @field_validator("delay_unit", mode="before")
    @classmethod
    def _counted(cls, value: Any) -> Any:
        if value == UNDECIDED:
            raise Refusal("replace '?' with minutes, hours or days: the file does not say what a delay is counted in")
        return value

    @model_validator(mode="after")
    def _tells(self) -> Commitment:
        if not (self.delivered or self.delay or self.kept):
            raise Refusal("say how it went: delivered, delay or kept")
        if self.standard is not None and self.standard_column is not None:
            raise Refusal("give standard (a name) or standard_column (a column that holds it)")
        return self

    def columns(self) -> list[str | None]:
        """Return every column that is used."""
        names: list[str | None] = [self.standard_column, self.delay]
        for dates in (self.made, self.delivered):
            names += dates.columns() if dates else []
        names += [answer.column for answer in (self.kept, self.called_off) if answer]
        return [*names, *([self.lived.column, self.lived.expected] if self.lived else [])]


class Mapping(Strict):
    """A whole mapping. Keys and their meaning: docs/import.md."""

    version: Literal[1] = 1
    source: str = Field(min_length=1, max_length=100, pattern=r"^[\w .\-]+$")
    kind: Literal["responses", "invitations", "commitments"] = "responses"
    layout: Literal["wide", "long"] = "wide"
    zone: str | None = None
    decimal: Literal[".", ","] = "."
    no_answer: list[str | int | float] = []
    file: FileFormat = FileFormat()
    id: str | None = None
    respondent: str | None = None
    dates: Dates
    recommend: Recommend | None = None
    verbatim: str | None = None
    weight: str | None = None
    consent: YesNo | None = None
    invited: str | None = None
    feedback: Literal["explicit", "implicit"] = "explicit"
    dimensions: dict[Annotated[str, AfterValidator(_is_dimension)], Place] = {}
    ratings: list[Rating] = []
    commitment: Commitment | None = None

    @field_validator("dimensions", mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {name: {"column": place} if isinstance(place, str) else place for name, place in value.items()}

    @field_validator("dimensions")
    @classmethod
    def _known_audience(cls, value: dict[str, Place]) -> dict[str, Place]:
        constant = value["audience"].constant if "audience" in value else None
        if constant is not None and constant not in AUDIENCES:
            raise Refusal("the audience is {}, not {!r}", " or ".join(AUDIENCES), constant)
        return value

    @field_validator("recommend", mode="before")
    @classmethod
    def _short_recommend(cls, value: Any) -> Any:
        return {"column": value} if isinstance(value, str) else value

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str | None) -> str | None:
        if value is not None and value not in available_timezones():
            raise Refusal("there is no time zone '{}'; for example Europe/Madrid", value)
        return value

    @model_validator(mode="after")
    def _says_something(self) -> Mapping:
        if self.kind == "responses" and not (self.recommend or self.ratings or self.verbatim):
            raise Refusal("map at least one of recommend, [[ratings]] or verbatim")
        if (self.kind == "commitments") != (self.commitment is not None):
            raise Refusal("kind = 'commitments' and [commitment] go together")
        plain = [one for one in self.ratings if one.moment is not None and one.attribute_column is None]
        named = [(one.moment, one.attribute, one.measure_source) for one in plain]
        if len(set(named)) < len(named):
            twice = next(key for key in named if named.count(key) > 1)
            raise Refusal("two [[ratings]] are of the moment {!r}; give each its own attribute", twice[0])
        if self.layout == "long" and not self.id:
            raise Refusal("layout 'long' (a row per rating) needs id, to know which rows are one answer")
        return self

    def columns(self) -> list[str]:
        """Return every column of the file that the mapping uses, each once, in order of use."""
        names: list[str | None] = [self.id, self.respondent, *self.dates.columns()]
        names += [self.recommend.column if self.recommend else None, self.verbatim, self.weight, self.invited]
        names += [self.consent.column if self.consent else None]
        names += [place.column for place in self.dimensions.values()]
        for rating in self.ratings:
            names += [rating.lived, rating.expected, rating.importance, rating.moment_column, rating.attribute_column]
        names += self.commitment.columns() if self.commitment else []
        return list(dict.fromkeys(name for name in names if name is not None))


def parse_mapping(text: str) -> Mapping:
    """Return the mapping written in TOML.

    Raises
    ------
    MappingError
        With every key that is wrong and what it may be.
    """
    try:
        content = tomlkit.parse(text).unwrap()
    except TOMLKitError as error:
        raise MappingError("the mapping is not TOML: {}", error) from None
    return mapping_of(content)


def mapping_of(content: dict[str, Any]) -> Mapping:
    """Return the mapping of a dictionary; errors as in `parse_mapping`."""
    try:
        return Mapping.model_validate(content)
    except ValidationError as error:
        parts = [explained(dict(item)) for item in error.errors()]
        raise MappingError("; ".join("{}" for _ in parts), *parts) from None


def explained(error: dict[str, Any]) -> Refusal:
    """Return what is wrong with one key of a mapping and what it may be."""
    where = ".".join(str(part) for part in error["loc"]) or "mapping"
    kind = error["type"]
    if kind == "extra_forbidden":
        return Refusal("mapping: there is no key '{}'", where)
    if kind == "missing":
        return Refusal("mapping: '{}' is missing", where)
    if kind == "string_pattern_mismatch":
        return Refusal(
            "mapping, '{}': {!r} does not fit: {}", where, error["input"], Refusal(PATTERNS[str(error["loc"][-1])])
        )
    own = error.get("ctx", {}).get("error")
    return Refusal("mapping, '{}': {}", where, own if isinstance(own, Refusal) else str(error["msg"]))


def check_columns(mapping: Mapping, columns: tuple[str, ...]) -> None:
    """Raise `MappingError` when the file lacks a column that the mapping uses."""
    missing = [name for name in mapping.columns() if name not in columns]
    if missing:
        named = ", ".join(repr(name) for name in missing)
        some = ", ".join(columns[:40]) + (" …" if len(columns) > 40 else "")
        raise MappingError("the file has no column {}; it has {}", named, some)


def written(mapping: Mapping) -> str:
    """Return the mapping as TOML, without what is default."""
    return tomlkit.dumps(mapping.model_dump(mode="python", exclude_defaults=True, exclude_none=True) | {"version": 1})
