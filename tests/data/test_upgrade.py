"""Records that are damaged, missing or newer are refused and left alone; older ones are copied before they change."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.backup import back_up, counted, published_in
from data.database import make_engine, migrate, reading, stored_revision
from data.faults import StorageError
from data.log import Log
from data.services import Services, open_services
from data.settings import Settings
from data.upgrade import check_sound, needs_upgrade, prepare_records
from data.writes.members import add_member
from tests.data.damage import DAMAGES, may_mount, read_only
from tests.data.migrating import scripts_with_a_newer
from tests.data.stores import ADMINISTRATOR, TODAY, opened


@pytest.fixture
def home(tmp_path: Path) -> Path:
    services = opened(tmp_path / "home")
    for number in range(200):
        add_member(services, ADMINISTRATOR, "team", f"team {number}")
    services.database.dispose()
    return services.home


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_records_are_refused_by_name_and_left_as_they_are(home: Path, damage: str) -> None:
    copy = back_up(Settings(home=home), TODAY).file
    file = home / "records.db"
    if damage == "footer":
        pytest.skip("the last bytes of a SQLite file may be free")
    file.write_bytes(DAMAGES[damage](file.read_bytes()))
    before = file.read_bytes()
    with pytest.raises(StorageError) as found:
        opened(home)
    assert str(file) in str(found.value)
    assert str(copy) in str(found.value)
    assert file.read_bytes() == before


def test_missing_records_beside_a_log_are_never_replaced_by_empty_ones(home: Path) -> None:
    (home / "records.db").unlink()
    with pytest.raises(StorageError, match=r"records.db is missing.*there is no good backup"):
        opened(home)
    assert not (home / "records.db").exists()


def test_a_damaged_backup_is_not_called_good(home: Path) -> None:
    copy = back_up(Settings(home=home), TODAY).file
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 0xFF
    copy.write_bytes(content)
    (home / "records.db").write_bytes(b"")
    with pytest.raises(StorageError, match="no good backup"):
        opened(home)


def test_newer_records_are_refused_with_both_versions(home: Path) -> None:
    with closing(sqlite3.connect(home / "records.db")) as connection, connection:
        connection.execute("update alembic_version set version_num = '9999'")
    with pytest.raises(StorageError, match=r"version 9999, this program knows versions up to \d{4}"):
        opened(home)


def test_other_databases_are_not_taken_for_records(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "records.db")) as connection, connection:
        connection.execute("pragma user_version = 1")
    with pytest.raises(StorageError, match="holds no records"):
        check_sound(tmp_path / "records.db", tmp_path)


def test_an_upgrade_copies_first_and_the_copy_is_of_before(home: Path, tmp_path: Path) -> None:
    settings, scripts = Settings(home=home), scripts_with_a_newer(tmp_path)
    before = counted(home / "records.db", Log(home / "log"), published_in(home / "records.db"))
    assert needs_upgrade(settings.records_url, scripts)
    copy = prepare_records(settings, scripts)
    assert stored_revision(settings.records_url) == "9001"
    assert copy is not None
    from data.backup import manifest

    assert manifest(copy).rows == before
    assert manifest(copy).note == "before an upgrade"
    assert prepare_records(settings, scripts) is None, "nothing to do, nothing to copy"
    assert len(list((home / "backups").iterdir())) == 1
    with pytest.raises(StorageError, match="9001"):
        prepare_records(settings)


def test_nothing_to_do_makes_no_copy(home: Path) -> None:
    assert prepare_records(Settings(home=home)) is None
    assert not (home / "backups").exists()


def test_new_records_never_bear_their_name_before_they_are_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(url: str, scripts: Path) -> None:
        migrate(url, scripts)
        raise KeyboardInterrupt

    monkeypatch.setattr("data.upgrade.migrate", dies)
    settings = Settings(home=tmp_path / "home")
    with pytest.raises(KeyboardInterrupt):
        open_services(settings)
    assert not (tmp_path / "home" / "records.db").exists()
    monkeypatch.undo()
    open_services(settings).database.dispose()


def test_migrating_on_each_database_is_known_afterwards(services: Services) -> None:
    assert not needs_upgrade(services.settings.records_url)


@pytest.mark.skipif(not may_mount(), reason="needs root to mount")
@pytest.mark.parametrize("journal", ["truncate", "wal"])
def test_a_read_only_folder_is_read(home: Path, journal: str) -> None:
    with closing(sqlite3.connect(home / "records.db")) as connection:
        connection.execute(f"pragma journal_mode={journal}")
    with read_only(home):
        services = opened(home)
        assert len(services.state().members.every) == 200
        with pytest.raises(Exception, match=r"readonly|unable to open"):
            add_member(services, ADMINISTRATOR, "team", "one more")
        services.database.dispose()
    engine = make_engine(f"sqlite:///{home}/records.db")
    with reading(engine) as connection:
        assert connection.exec_driver_sql("select count(*) from members").scalar() == 200
    engine.dispose()
