"""The doctor looks and changes nothing; each thing that is wrong is found, named, and comes with what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from data.backup import back_up
from data.doctor import Level, examine
from data.services import Services
from data.settings import Settings
from data.writes.publications import published_versions
from tests.data.damage import DAMAGES
from tests.data.stores import TODAY, ToldClock, answers_of, import_rows, opened


@pytest.fixture
def home(tmp_path: Path) -> Services:
    services = opened(tmp_path / "home")
    import_rows(services, "a.csv", answers_of(3, 20))
    back_up(services.settings, TODAY)
    return services


def findings(services: Services, at: timedelta = timedelta()) -> dict[str, tuple[Level, str]]:
    found = examine(Settings(home=services.home), ToldClock(TODAY + at))
    return {one.name: (one.level, one.words) for one in found}


def test_a_home_in_order_is_good_throughout_and_left_as_it_is(home: Services) -> None:
    before = {path: path.stat().st_mtime_ns for path in home.home.rglob("*") if path.is_file()}
    found = findings(home)
    assert {name for name, (level, _) in found.items() if level is not Level.GOOD} == set(), found
    assert {"folder", "disk", "records", "backup", "clock", "responses", "cubes", "agreement"} <= set(found)
    assert {path: path.stat().st_mtime_ns for path in home.home.rglob("*") if path.is_file()} == before


def _parquet(services: Services, table: str) -> Path:
    return Path(services.log.files(table, published_versions(services).of(table))[0])


def _open_to_all(services: Services) -> None:
    services.home.chmod(0o755)


def _no_records(services: Services) -> None:
    (services.home / "records.db").write_bytes(b"")


def _no_backup(services: Services) -> None:
    (services.home / "backup.json").unlink()


def _cut_responses(services: Services) -> None:
    path = _parquet(services, "responses")
    path.write_bytes(DAMAGES["cut"](path.read_bytes()))


def _no_cubes(services: Services) -> None:
    _parquet(services, "cubes").unlink()


def _no_history(services: Services) -> None:
    for path in (services.home / "log" / "ratings" / "_delta_log").iterdir():
        path.unlink()


@pytest.mark.parametrize(
    ("harm", "name", "level", "words"),
    [
        (_open_to_all, "folder", Level.WARNING, "chmod 700"),
        (_no_records, "records", Level.BAD, "the newest good backup is"),
        (_no_backup, "backup", Level.WARNING, "run 'backup'"),
        (_cut_responses, "responses", Level.BAD, "restore a backup"),
        (_no_cubes, "cubes", Level.BAD, "'rollup' computes it again"),
        (_no_history, "ratings", Level.BAD, "restore a backup"),
    ],
)
def test_what_is_wrong_is_found(
    home: Services, harm: Callable[[Services], None], name: str, level: Level, words: str
) -> None:
    harm(home)
    found = findings(home)
    assert found[name][0] is level
    assert words in found[name][1]


def test_the_damaged_file_is_named(home: Services) -> None:
    _cut_responses(home)
    assert _parquet(home, "responses").name in findings(home)["responses"][1]


def test_a_clock_behind_what_was_written_is_bad(home: Services) -> None:
    assert findings(home, -timedelta(hours=1))["clock"][0] is Level.BAD
    assert findings(home, timedelta(days=365))["clock"][0] is Level.GOOD


def test_an_old_backup_is_a_warning(home: Services) -> None:
    assert findings(home, timedelta(days=9))["backup"] == (Level.WARNING, "9 days old")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    found = list(examine(Settings(home=tmp_path / "none"), ToldClock()))
    assert [one.level for one in found] == [Level.BAD]
    assert not (tmp_path / "none").exists()
