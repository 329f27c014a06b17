"""Homes for tests: real services over temporary folders, today pinned. The demos are made once per process."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from dashboard.goal import Goal
from dashboard.permissions import Scope
from data.ingest.mapping import parse_mapping
from data.services import Services, open_services
from data.settings import Settings
from data.writes.demo import make_demo
from data.writes.goals import set_goal
from data.writes.imports import import_file

TODAY = date(2026, 11, 22)
ADMINISTRATOR = Scope.administrator()
PULSE_SECONDS = 0.5

MAPPING = """
version = 1
source = "encuesta"
verbatim = "words"

[dates]
column = "date"
formats = ["%Y-%m-%d"]

[recommend]
column = "score"

[dimensions]
team = "team"
account = "account"
"""

_numbers = count()


@cache
def folder() -> Path:
    """Return the folder of all homes; it goes away when the process ends."""
    path = Path(tempfile.mkdtemp(prefix="marcador-tests-"))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def new_folder() -> Path:
    """Return the path of a fresh home that does not exist yet."""
    return folder() / f"home-{next(_numbers)}"


def open_home(path: Path | None = None, **settings: Any) -> Services:
    """Return services over an empty home."""
    chosen = {"today": TODAY, "pulse_seconds": PULSE_SECONDS, "sign_in": "off"} | settings
    return open_services(Settings(home=path or new_folder(), **chosen))


@cache
def demo(size: str = "small") -> Services:
    """Return the demo company; whoever writes takes a `copy` of it."""
    services = open_home()
    make_demo(services, ADMINISTRATOR, size)
    return services


def copy(services: Services, **settings: Any) -> Services:
    """Return services over a copy of a home, free to be changed."""
    path = new_folder()
    shutil.copytree(services.home, path, ignore=shutil.ignore_patterns("cache", "backup*"))
    return open_home(path, **settings)


def csv_of(scores: list[int], *, day: str = "2026-11-12", words: str = "", team: str = "Ventas") -> str:
    """Return a survey file with one answer per score, each of its own account."""
    rows = [f'{day},{score},"{words}","{team}",C{place}' for place, score in enumerate(scores)]
    return "\n".join(["date,score,words,team,account", *rows]) + "\n"


def add_survey(services: Services, text: str, source: str = "encuesta") -> int:
    """Import a survey in the shape of `csv_of` and return its import's number."""
    path = folder() / f"survey-{next(_numbers)}.csv"
    path.write_text(text, encoding="utf-8")
    mapping = parse_mapping(MAPPING).model_copy(update={"source": source})
    return import_file(services, ADMINISTRATOR, path, mapping).import_id


def survey_home(scores: list[int], goal: Goal | None = None, **details: str) -> Services:
    """Return services over a home with one survey and perhaps a goal."""
    services = open_home()
    if scores:
        add_survey(services, csv_of(scores, **details))
    if goal is not None:
        set_goal(services, ADMINISTRATOR, goal)
    return services
