"""Copies: taken while people work, verified, restored with every row; never in place of anything."""

from __future__ import annotations

import shutil
import threading
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.backup import MANIFEST, RECORDS, BackupError, back_up, last_backup, manifest, newest_good, prune, restore
from data.services import Services
from data.settings import Settings
from data.upkeep import check_cubes
from data.writes.imports import undo_import
from data.writes.members import add_member
from tests.data.damage import DAMAGES
from tests.data.stores import ADMINISTRATOR, TODAY, answers_of, import_rows, opened


@pytest.fixture
def home(tmp_path: Path) -> Services:
    services = opened(tmp_path / "home")
    import_rows(services, "a.csv", answers_of(3, 20), source="first")
    import_rows(services, "b.csv", answers_of(4, 20), source="second")
    undo_import(services, ADMINISTRATOR, 1)
    return services


def test_what_is_restored_is_what_was_there(home: Services, tmp_path: Path) -> None:
    (home.home / "secret.key").write_text("k")
    (home.home / "uploads").mkdir()
    (home.home / "uploads" / "x").write_text("u")
    made = back_up(home.settings, TODAY, tmp_path / "copies" / "one.zip")
    again = restore(made.file, tmp_path / "again")
    assert again.rows == made.rows
    assert made.rows["log.responses"] == 80
    other = opened(tmp_path / "again")
    assert other.state() == home.state()
    assert check_cubes(other)[0] == 0
    assert (tmp_path / "again" / "secret.key").read_text() == "k"
    assert not (tmp_path / "again" / "uploads").exists()
    assert made.file.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in made.file.parent.iterdir()) == ["one.zip"], "nothing else is left behind"


def test_a_restored_home_goes_on_working(home: Services, tmp_path: Path) -> None:
    restore(back_up(home.settings, TODAY).file, tmp_path / "again")
    other = opened(tmp_path / "again")
    import_rows(other, "c.csv", answers_of(2, 10), source="third")
    undo_import(other, ADMINISTRATOR, 2)
    assert check_cubes(other)[0] == 0
    assert other.log.scan("responses", other.state().publication.versions.responses).collect().height == 20


def test_what_a_crash_left_unpublished_is_not_copied(home: Services, tmp_path: Path) -> None:
    published = home.state().publication.versions
    home.log.append("responses", home.log.scan("responses", published.responses).collect(), "nobody published this")
    made = back_up(home.settings, TODAY)
    assert made.rows["log.responses"] == 80
    restore(made.file, tmp_path / "again")
    assert opened(tmp_path / "again").log.version("responses") == published.responses


def test_a_copy_while_people_write_is_of_one_moment(home: Services, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            add_member(home, ADMINISTRATOR, "team", f"while {number}")
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [back_up(home.settings, TODAY, tmp_path / f"{number}.zip") for number in range(4)]
    finally:
        stop.set()
        writer.join()
    for place, copy in enumerate(copies):
        restore(copy.file, tmp_path / f"again-{place}")
        rows = copy.rows
        other = opened(tmp_path / f"again-{place}")
        assert other.revision() == rows["records.audit"], "one audit row for every revision"
        other.database.dispose()
    counts = [copy.rows["records.members"] for copy in copies]
    assert counts == sorted(counts)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_copy_is_refused_and_leaves_nothing(home: Services, tmp_path: Path, damage: str) -> None:
    made = back_up(home.settings, TODAY, tmp_path / "copies" / "one.zip")
    made.file.write_bytes(DAMAGES[damage](made.file.read_bytes()))
    if damage == "footer":  # a zip may end in a comment: its last bytes say nothing
        return
    with pytest.raises(BackupError):
        restore(made.file, tmp_path / "again")
    assert not (tmp_path / "again").exists()
    assert [path.name for path in tmp_path.glob(".restoring*")] == []


def test_a_copy_without_a_file_of_the_log_is_refused(home: Services, tmp_path: Path) -> None:
    made = back_up(home.settings, TODAY)
    with zipfile.ZipFile(made.file) as good, zipfile.ZipFile(tmp_path / "poor.zip", "w") as poor:
        names = good.namelist()
        dropped = next(name for name in names if name.startswith("log/responses/month") and name.endswith(".parquet"))
        for name in names:
            if name != dropped:
                poor.writestr(name, good.read(name))
    with pytest.raises(BackupError, match="cannot be restored"):
        restore(tmp_path / "poor.zip", tmp_path / "again")


def test_nothing_is_overwritten(home: Services, tmp_path: Path) -> None:
    made = back_up(home.settings, TODAY, tmp_path / "one.zip")
    with pytest.raises(BackupError, match="exists already"):
        back_up(home.settings, TODAY, tmp_path / "one.zip")
    with pytest.raises(BackupError, match="is not empty"):
        restore(made.file, home.home)
    (tmp_path / "empty").mkdir()
    assert restore(made.file, tmp_path / "empty").rows == made.rows


def test_what_is_no_copy_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="there is no file"):
        restore(tmp_path / "none.zip", tmp_path / "again")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("x", "y")
    with pytest.raises(BackupError, match="not a backup"):
        restore(tmp_path / "other.zip", tmp_path / "again")
    with zipfile.ZipFile(tmp_path / "newer.zip", "w") as archive:
        archive.writestr(MANIFEST, '{"format": 99}')
    with pytest.raises(BackupError, match="newer program"):
        manifest(tmp_path / "newer.zip")


def test_records_elsewhere_are_copied_by_their_own_tool(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="pg_dump"):
        back_up(Settings(home=tmp_path, database_url="postgresql://nobody@localhost/none"), TODAY)
    with pytest.raises(BackupError, match="nothing to back up"):
        back_up(Settings(home=tmp_path), TODAY)


def test_the_newest_good_copy_is_found(home: Services) -> None:
    assert newest_good(home.home) is None
    assert last_backup(home.home) is None
    old = back_up(home.settings, TODAY).file
    new = back_up(home.settings, datetime(2026, 11, 23, tzinfo=UTC)).file
    assert newest_good(home.home) == new
    assert last_backup(home.home) == datetime(2026, 11, 23, tzinfo=UTC)
    new.write_bytes(new.read_bytes()[:500])
    assert newest_good(home.home) == old


def test_copies_are_not_copied_into_copies(home: Services) -> None:
    back_up(home.settings, TODAY)
    made = back_up(home.settings, datetime(2026, 11, 23, tzinfo=UTC))
    with zipfile.ZipFile(made.file) as archive:
        names = archive.namelist()
    assert RECORDS in names
    assert [name for name in names if name.startswith(("backups", "cache")) or name.endswith(".lock")] == []


def test_a_home_before_its_first_publication_is_copied(tmp_path: Path) -> None:
    services = opened(tmp_path / "home")
    with services.database.begin() as connection:
        connection.exec_driver_sql("delete from publications")
    shutil.rmtree(tmp_path / "home" / "log")
    made = back_up(services.settings, TODAY)
    assert not [name for name in made.rows if name.startswith("log.")]


def test_only_the_oldest_dated_copies_beyond_those_to_keep_are_deleted(home: Services) -> None:
    dated = [back_up(home.settings, TODAY + timedelta(hours=hours)).file for hours in range(3)]
    named = back_up(home.settings, TODAY, home.home / "backups" / "before-the-move.zip").file
    foreign = home.home / "backups" / "marcador-notes.zip"
    foreign.write_text("not ours")
    assert prune(home.home, 2) == dated[:1]
    assert prune(home.home, 2) == []
    assert sorted((home.home / "backups").iterdir()) == sorted([*dated[1:], named, foreign])
    assert newest_good(home.home) in (named, dated[2])


@pytest.mark.parametrize("keep", [0, -1])
def test_the_last_copy_is_never_deleted(home: Services, keep: int) -> None:
    file = back_up(home.settings, TODAY).file
    with pytest.raises(BackupError, match="at least one"):
        prune(home.home, keep)
    assert file.is_file()
