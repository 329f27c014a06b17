"""A first mapping, drafted from the file: what each column seems to be. A person decides."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import tomlkit

from data.ingest.columns import Column, date_formats, describe
from data.ingest.promised import called_order, codes_of, give_places, is_of_promises, recognise, say_promises
from data.ingest.promised import dates as dates_of
from data.ingest.raw import Raw

PLACES = ("moment", "touchpoint", "team", "segment", "channel", "site", "account", "area", "role")


def suggest(raw: Raw) -> list[Column]:
    """Return the columns with the role each seems to have. Every role is given once, but ratings.

    A file without the question of recommendation that tells what was promised and how it went is one of promises.
    """
    columns = describe(raw)
    _give(columns, "recommend", _looks_recommended)
    if not any(column.role for column in columns) and recognise(columns, raw):
        _give(columns, "id", lambda column: column.is_called("id") and column.distinct == column.filled > 1)
        _give(columns, "respondent", lambda column: column.is_called("respondent") and column.distinct > 20)
        for role in PLACES:
            _give(columns, role, partial(_looks_like_place, role))
        _give(columns, "id", lambda column: called_order(column) and column.distinct == column.filled > 1)
        give_places(columns)
        return columns
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
    """Return the mapping that the roles of `columns` say; `day` is the file's where no column holds a date."""
    document = tomlkit.document()
    document.add(tomlkit.comment("Drafted from the file: check each line, delete what is wrong."))
    document["version"] = 1
    document["source"] = source
    by_role = {column.role: column for column in columns if column.role}
    if is_of_promises(by_role):
        say_promises(document, by_role, codes_of(columns), day)
    else:
        _say_survey(document, by_role, day)
    places = tomlkit.table()
    for role in PLACES:
        if role in by_role:
            places[role] = by_role[role].name
    if places:
        document["dimensions"] = places
    ratings = [] if is_of_promises(by_role) else [column for column in columns if column.role == "rating"]
    if ratings:
        document["ratings"] = _ratings(ratings)
    return tomlkit.dumps(document)


def _say_survey(document: Any, by_role: Mapping[str, Column], day: str | None) -> None:
    for role in ("id", "respondent", "verbatim", "weight"):
        if role in by_role:
            document[role] = by_role[role].name
    document["dates"] = dates_of(by_role.get("date"), day)
    if "recommend" in by_role:
        table = tomlkit.table()
        table["column"] = by_role["recommend"].name
        if codes := by_role["recommend"].detail.get("no_answer"):
            table["no_answer"] = codes
            table["no_answer"].comment("outside 0-10: taken for 'no answer'; delete the line to reject them instead")
        document["recommend"] = table


def _ratings(columns: list[Column]) -> Any:
    ratings = tomlkit.aot()
    for column in columns:
        rating = tomlkit.table()
        rating["moment"], rating["lived"] = column.name, column.name
        rating["min"], rating["max"] = column.detail["min"], column.detail["max"]
        if column.detail["no_answer"]:
            rating["no_answer"] = column.detail["no_answer"]
        ratings.append(rating)
    return ratings


def source_name(path: Path) -> str:
    """Return a source name made from a file name."""
    return re.sub(r"[^\w]+", "_", path.stem.lower()).strip("_")[:60] or "survey"


def source_of(mapping: str) -> str:
    """Return the source that a drafted mapping names."""
    return str(tomlkit.parse(mapping).unwrap().get("source", "survey"))
