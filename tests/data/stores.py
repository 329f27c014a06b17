"""What the tests of the store share: a clock that is told the time, rows written short, files of a survey tool."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from dashboard.filters import DIMENSIONS, Filters
from dashboard.nps import Nps
from dashboard.permissions import Scope
from dashboard.scoreboard import counts_of
from dashboard.tables import INVITATIONS, RESPONSES
from data.ingest.mapping import parse_mapping
from data.log import Versions
from data.services import Services, open_services
from data.settings import Settings
from data.writes.decision import decision
from data.writes.imports import Outcome, import_file
from data.writes.publications import publish_versions, refresh_cubes
from tests.homes import new_folder

ADMINISTRATOR = Scope.administrator()
TODAY = datetime(2026, 11, 22, 12, tzinfo=UTC)  # a Sunday


@dataclass
class ToldClock:
    """A clock that says what it was told."""

    at: datetime = TODAY

    def now(self) -> datetime:
        """Return what it was told."""
        return self.at


def opened(home: Path, url: str = "", at: datetime = TODAY, **settings: Any) -> Services:
    """Return services over a folder and a database; an empty home is made once and copied."""
    if not url and not home.exists():
        shutil.copytree(_empty(at), home)
    return open_services(Settings(home=home, database_url=url, **settings), ToldClock(at))


@cache
def _empty(at: datetime) -> Path:
    home = new_folder()
    open_services(Settings(home=home), ToldClock(at)).database.dispose()
    return home


def responses(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Return rows of the log: only what matters is said, `at` is an ISO instant in UTC."""
    full = []
    for index, row in enumerate(rows):
        at = datetime.fromisoformat(row.get("at", "2026-11-10T09:00")).replace(tzinfo=UTC)
        day = row.get("day", at.date())
        defaults = {
            "response_id": f"s:{index}",
            "import_id": 1,
            "respondent": None,
            **dict.fromkeys(DIMENSIONS),
            "source": "s",
            "audience": "external",
            "kind": "explicit",
            "answered_at": at,
            "day": day,
            "week": day - timedelta(days=day.weekday()),
            "recommend": 9,
            "weight": 1000,
            "counts": True,
            "verbatim": None,
            "consent": False,
        }
        full.append(defaults | {key: value for key, value in row.items() if key != "at"})
    frame = pl.DataFrame(full, schema={name: RESPONSES.columns[name] for name in RESPONSES.columns if name != "month"})
    return RESPONSES.require(frame.with_columns(month=pl.col("week").dt.strftime("%Y-%m")))


AWKWARD_VALUES = (
    None,
    "",
    "Almacén",
    "almacén",
    "Almacén ",
    " Almacén",
    "東京",
    "O'Higgins",
    'a"b',
    "a,b",
    "%_",
    "—",
    "\n",
)
AWKWARD_INSTANTS = (
    "2024-02-29T00:00",
    "2024-02-29T23:59:59.999999",
    "2024-12-31T23:59:59.999999",
    "2025-01-01T00:00",
    "2026-12-31T12:00",
    "2027-01-01T12:00",
    "1970-01-01T00:00",
)


def awkward_responses(random_rows: int = 0, seed: int = 7) -> pl.DataFrame:
    """Return rows that something somewhere gets wrong, and as many random ones as asked for."""
    rows: list[dict[str, Any]] = []
    for place, value in enumerate(AWKWARD_VALUES):
        for instant in AWKWARD_INSTANTS:
            answer = (place + len(rows)) % 11
            rows.append({"at": instant, "team": value, "segment": value, "channel": value, "recommend": answer})
    rows += [{"team": "nobody answered", "segment": "x", "recommend": None, "verbatim": "…"}] * 3
    rows += [{"team": "silenced", "counts": False}, {"team": "worthless", "weight": 0}, {"team": "w", "weight": 2_500}]
    rows += [{"team": "inside", "audience": "internal", "recommend": 2}, {"recommend": 10, "verbatim": "sí"}]
    draw = np.random.default_rng(seed)
    values = [*AWKWARD_VALUES[:6], "Ventas", "Posventa"]
    for _ in range(random_rows):
        day = date(2025, 11, 1) + timedelta(days=int(draw.integers(0, 380)))
        rows.append(
            {
                "at": f"{day}T{draw.integers(0, 24):02}:15",
                **{name: values[draw.integers(0, len(values))] for name in ("team", "segment", "channel", "site")},
                "moment": ("Esperar", "Pagar", None)[draw.integers(0, 3)],
                "area": ("compras", None)[draw.integers(0, 2)],
                "account": f"C{draw.integers(0, 9)}",
                "audience": ("external", "internal")[int(draw.random() < 0.1)],
                "source": ("s", "t")[draw.integers(0, 2)],
                "recommend": None if draw.random() < 0.1 else int(draw.integers(0, 11)),
                "weight": int(draw.integers(0, 3000)),
                "counts": bool(draw.random() < 0.9),
                "verbatim": "palabras" if draw.random() < 0.2 else None,
            }
        )
    frame = responses(rows)
    return frame.with_columns(response_id=pl.format("s:{}", pl.int_range(pl.len())))


def invitations(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Return invitations: `day`, `invited` and dimensions."""
    full = []
    for row in rows:
        week = row["day"] - timedelta(days=row["day"].weekday())
        place = dict.fromkeys(DIMENSIONS) | {"source": "s", "audience": "external"}
        full.append({"import_id": 1, **place, "week": week, "month": f"{week:%Y-%m}"} | row)
    return INVITATIONS.require(pl.DataFrame(full, schema=INVITATIONS.columns))


def store(services: Services, rows: pl.DataFrame, asked: pl.DataFrame | None = None) -> Versions:
    """Put rows into the log as they are and publish them."""
    services.log.append("responses", rows, "test")
    if asked is not None:
        services.log.append("invitations", asked, "test")
    versions = refresh_cubes(services, None, "test")
    with decision(services, "tests") as made:
        made.record("store", "test", publish_versions(services, made, versions, "test"))
    return versions


MAPPING = """
version = 1
source = "{source}"
id = "id"
respondent = "who"
verbatim = "words"

[dates]
column = "when"
formats = ["%Y-%m-%d %H:%M"]

[recommend]
column = "score"

[dimensions]
team = "team"
moment = "moment"
account = "account"
"""

COLUMNS = ("id", "who", "when", "score", "words", "team", "moment", "account")


def survey(path: Path, rows: list[Mapping[str, Any]]) -> Path:
    """Write a survey's CSV: `id` counts from 1 unless told."""
    full = [{"id": index, **dict.fromkeys(COLUMNS[1:], "")} | dict(row) for index, row in enumerate(rows, start=1)]
    frame = pl.DataFrame([{name: str(row[name]) for name in COLUMNS} for row in full])
    frame.write_csv(path)
    return path


def import_rows(services: Services, name: str, rows: list[Mapping[str, Any]], source: str = "tool") -> Outcome:
    """Import a survey of these rows."""
    path = survey(services.home / name, rows)
    return import_file(services, ADMINISTRATOR, path, parse_mapping(MAPPING.format(source=source)))


def answers_of(weeks: int, each: int, first: date = date(2026, 8, 31), **changes: Any) -> list[Mapping[str, Any]]:
    """Return `each` answers in every one of `weeks` weeks, the scores going round."""
    return [
        {
            "id": f"{week}-{index}",
            "when": f"{first + timedelta(days=7 * week + index % 5)} 10:{index % 60:02}",
            "score": (10, 9, 9, 8, 3)[index % 5],
        }
        | changes
        for week in range(weeks)
        for index in range(each)
    ]


def accounts_of(weeks: int) -> list[Mapping[str, Any]]:
    """Return the answers of six companies a week: five detractors, and one promoter who answers eleven times."""
    names = ["A"] * 11 + ["B", "C", "D", "E", "F"]
    return [
        {**row, "account": name, "score": 10 if name == "A" else 3}
        for row, name in zip(answers_of(weeks, len(names)), names * weeks, strict=True)
    ]


def points(services: Services, filters: Filters | None = None) -> Nps:
    """Return the score of everything published."""
    from dashboard.nps import net_promoter_score

    weeks = services.scores(services.state()).weeks(filters or Filters())
    return net_promoter_score(counts_of(weeks))
