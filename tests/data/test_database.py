"""The records database: the same shape and the same promises on each engine."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from data import records
from data.database import known_revisions, make_engine, migrate, reading, shrink, stored_revision
from data.meetings import read_actions
from data.services import Services
from data.writes.members import add_member
from tests.data.migrating import shaped
from tests.data.stores import ADMINISTRATOR, opened


def test_migrations_make_exactly_the_declared_tables(services: Services) -> None:
    with services.database.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), records.metadata)
    assert differences == []


def test_migrating_twice_changes_nothing(services: Services) -> None:
    add_member(services, ADMINISTRATOR, "team", "a")
    migrate(services.settings.records_url)
    assert len(services.state().members.every) == 1


def test_actions_of_before_name_no_preference_and_stay_what_they_were(tmp_path: Path, database_url: str) -> None:
    url = database_url or f"sqlite:///{tmp_path}/r.db"
    shaped(url, "0008")
    engine = make_engine(url)
    known = sa.MetaData()
    peers, actions = (sa.Table(name, known, autoload_with=engine) for name in ("peers", "actions"))
    marks = dict.fromkeys(("is_voice", "is_ambassador", "shows_name", "is_active"), True)
    days = {"due": date(2026, 11, 27), "agreed_on": date(2026, 11, 20)}
    kept = {"team": "", "source": "", "text": "Salir antes", "owner_id": 1, "moment": "Esperar", "is_weekly": True}
    counts = {"state": "agreed", "told": "", "carried": 2, "moves": 1, "version": 3}
    with engine.begin() as connection:
        connection.execute(sa.insert(peers).values(id=1, team="", name="Ana", key="ana", source="", **marks))
        connection.execute(sa.insert(actions).values(**kept, **days, **counts))
    migrate(url)
    with reading(engine) as connection:
        (found,) = read_actions(connection)
    engine.dispose()
    assert (found.preference, found.text, found.carried, found.version) == ("", "Salir antes", 2, 3)


def test_all_answers_of_one_reading_are_of_one_moment(services: Services) -> None:
    count = sa.select(sa.func.count()).select_from(records.publications)
    table = records.publications
    if services.database.dialect.name == "sqlite":
        return  # a reader keeps writers out until it is done; see journal_mode in data/database.py
    with reading(services.database) as connection:
        before = connection.execute(count).scalar()
        with services.database.begin() as other:
            other.execute(
                sa.insert(table).from_select(
                    [c.name for c in table.c if c.name != "id"],
                    sa.select(*[c for c in table.c if c.name != "id"]).limit(1),
                )
            )
        assert connection.execute(count).scalar() == before
    with reading(services.database) as connection:
        assert connection.execute(count).scalar() == before + 1


def test_sqlite_keeps_every_acknowledged_write(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/r.db")
    with engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"pragma {name}").scalar()
            for name in ("synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {"synchronous": 2, "foreign_keys": 1, "busy_timeout": 30000}
    engine.dispose()


def test_instants_are_given_back_aware_and_in_utc(services: Services) -> None:
    at = services.state().publication.at
    assert at == services.clock.now()
    assert at.utcoffset() is not None
    assert at.utcoffset().total_seconds() == 0  # type: ignore[union-attr]


def test_opening_the_same_home_again_finds_the_same_state(services: Services, database_url: str) -> None:
    add_member(services, ADMINISTRATOR, "team", "a")
    again = opened(services.home, database_url)
    assert again.state() == services.state()
    again.database.dispose()


def test_what_was_deleted_cannot_be_read_in_the_file_once_it_is_shrunk(tmp_path: Path) -> None:
    file = tmp_path / "r.db"
    engine = make_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.exec_driver_sql("create table t (words text)")
        connection.exec_driver_sql("insert into t values ('CANARY'), ('stays')")
    with engine.begin() as connection:
        connection.exec_driver_sql("pragma secure_delete = off")  # as most builds of SQLite have it
        connection.exec_driver_sql("delete from t where words = 'CANARY'")
    assert b"CANARY" in file.read_bytes()
    shrink(engine)
    assert b"CANARY" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    with engine.connect() as connection:
        assert connection.exec_driver_sql("select words from t").scalars().all() == ["stays"]
    engine.dispose()


def test_several_databases_are_brought_forward_at_once(tmp_path: Path) -> None:
    urls = [f"sqlite:///{tmp_path}/{number}.db" for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(migrate, urls))
    assert {stored_revision(url) for url in urls} == {known_revisions()[0]}
