"""Homes for tests: real services over temporary folders, today pinned. What is copied is made once per run."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from filelock import FileLock

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
SHARED = "TESTS_SHARED_HOMES"
"""The variable that names the folder which all processes of a run share."""

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
    """Return services over an empty home, or over the one at a path; made there when it is missing."""
    chosen = {"today": TODAY, "pulse_seconds": PULSE_SECONDS, "sign_in": "off"} | settings
    if path is None:
        path = Path(shutil.copytree(made("empty"), new_folder()))
    return open_services(Settings(home=path, **chosen))


@cache
def demo(size: str = "small") -> Services:
    """Return the demo company; whoever writes takes a `copy` of it."""
    return open_home(made(size))


@cache
def made(name: str) -> Path:
    """Return a home that is only copied: an `empty` one or the demo of a size. The first process of a run makes it."""
    shared = Path(os.environ.get(SHARED) or folder())
    home = shared / f"made-{name}"
    with FileLock(shared / f"{name}.lock"):
        if not home.exists():
            begun = shared / f"begun-{name}"
            services = open_services(Settings(home=begun, today=TODAY, sign_in="off"))
            if name != "empty":
                make_demo(services, ADMINISTRATOR, name)
            services.database.dispose()
            begun.rename(home)
    return home


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
