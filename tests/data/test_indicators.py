"""Indicators as the database gives them back, and that the migration makes what the records say."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from data import records
from data.database import reading
from data.indicators import courses, read_indicators, read_marks, read_readings
from data.services import Services
from tests.data.writes.test_indicators import MONDAY


def test_an_empty_home_watches_nothing(services: Services) -> None:
    with reading(services.database) as connection:
        assert read_indicators(connection) == ()
        assert read_readings(connection) == {}
        assert read_marks(connection) == ()
        assert courses(connection, MONDAY, 13) == ()


def test_the_migrations_make_what_the_records_say(services: Services) -> None:
    with services.database.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), records.metadata) == []
