"""A store for each test: SQLite in a temporary folder, and PostgreSQL where MARCADOR_TEST_POSTGRES names one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings

from data.services import Services
from tests.data.stores import opened
from tests.homes import new_folder

POSTGRES = os.environ.get("MARCADOR_TEST_POSTGRES", "")

settings.register_profile(
    "store",
    deadline=None,
    database=None,
    derandomize=True,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the URL of an empty database; empty means SQLite in the home folder."""
    if request.param == "sqlite":
        return ""
    if not POSTGRES:
        pytest.skip("MARCADOR_TEST_POSTGRES names no database")
    _empty(POSTGRES)
    return POSTGRES


def _empty(url: str) -> None:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text("drop schema public cascade"))
        connection.execute(sa.text("create schema public"))
    engine.dispose()


@pytest.fixture
def fresh(database_url: str) -> Callable[[], Services]:
    """Return what opens services over an empty store, on each database, as often as a search for cases asks."""

    def start() -> Services:
        if database_url:
            _empty(database_url)
        return opened(new_folder(), database_url)

    return start


@pytest.fixture
def services(tmp_path: Path, database_url: str) -> Iterator[Services]:
    """Yield services over an empty store, on each database."""
    made = opened(tmp_path / "home", database_url)
    yield made
    made.database.dispose()


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the home, where the files of the survey tool lie."""
    folder = tmp_path / "outside"
    folder.mkdir()
    return folder
