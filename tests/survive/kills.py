"""kill -9 in the middle of a commit, a file, an append, an import, an upgrade."""

from __future__ import annotations

import random
import shutil
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from dashboard.filters import EVERYTHING
from data.database import known_revisions
from data.imports import read_quarantine
from data.settings import Settings
from data.upgrade import prepare_records
from data.upkeep import check_cubes
from data.writes.publications import published_versions
from tests.data.migrating import scripts_with_a_newer
from tests.homes import MAPPING, demo, new_folder, open_home
from tests.survive import children
from tests.survive.children import BATCH, child
from tests.survive.rows import Outcome

ROWS = 100_000


def each(times: int, one: Callable[[int, Path], int]) -> Outcome:
    """Return the outcome of rounds that each say how much they lost; two at a time, a home for each of the two."""
    homes = [new_folder(), new_folder()]
    for home in homes:
        open_home(home).database.dispose()

    def worker(place: int) -> list[int]:
        return [one(number, homes[place]) for number in range(place, times, 2)]

    with ThreadPoolExecutor(2) as pool:
        losses = [loss for found in pool.map(worker, (0, 1)) for loss in found]
    return Outcome(times, losses.count(0), sum(losses))


def asked(home: Path, question: str) -> list[tuple[object, ...]]:
    """Return what the records say, integrity checked first."""
    with closing(sqlite3.connect(home / "records.db", timeout=30)) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        return connection.execute(question).fetchall()


def commits() -> Outcome:
    """Kill while committing: everything acknowledged is there, and every revision has its audit row."""
    draw = random.Random(5)
    counts: list[int] = []

    def one(number: int, home: Path) -> int:
        with child(children.commits, home, str(number)) as writer:
            said = [writer.first(), *writer.killed(draw.uniform(0, 0.4))]
        counts.append(len(said))
        there = {row[0] for row in asked(home, "select key from members")}
        ((audits, revision),) = asked(home, "select (select count(*) from audit), (select number from revision)")
        return len(set(said) - there) + (audits != revision)

    found = each(40, one)
    return Outcome(found.tried, found.survived, found.lost, f"{sum(counts)} acknowledged commits")


def files() -> Outcome:
    """Kill while a Parquet file is written: it is readable and never older than what was acknowledged."""
    draw = random.Random(6)
    counts: list[int] = []

    def one(_number: int, home: Path) -> int:
        with child(children.files, home, read_quarantine(home, 1).height + 500) as writer:
            said = [writer.first(), *writer.killed(draw.uniform(0, 0.3))]
        counts.append(len(said))
        return int(read_quarantine(home, 1).height < said[-1])

    found = each(20, one)
    return Outcome(found.tried, found.survived, found.lost, f"{sum(counts)} acknowledged files")


def appends() -> Outcome:
    """Kill while appending to the log: whole batches only, every acknowledged one, cubes as the log says."""
    draw = random.Random(7)
    counts: list[int] = []

    def one(number: int, home: Path) -> int:
        with child(children.appends, home, str(number)) as writer:
            said = [writer.first(), *writer.killed(draw.uniform(0, 0.8))]
        counts.append(len(said))
        services = open_home(home)
        rows = services.log.scan("responses", published_versions(services).responses).collect()
        batches = rows["response_id"].str.split(":").list.first().value_counts()
        differing, _ = check_cubes(services)
        services.database.dispose()
        partial = batches.filter(batches["count"] != BATCH).height
        return len(set(said) - set(batches["response_id"])) + partial + (differing > 0)

    found = each(16, one)
    return Outcome(found.tried, found.survived, found.lost, f"{sum(counts)} acknowledged batches")


def imports() -> Outcome:
    """Kill an import of 100,000 rows at any moment: all of it or nothing; the next attempt completes it, once."""
    draw, tried, whole = random.Random(8), 12, 0
    survey = _large_survey()
    longest = _killed_import(new_folder(), survey, None)
    shown = lost = 0
    services = open_home(new_folder())
    for _ in range(tried):
        _killed_import(services.home, survey, draw.uniform(0, 1.1) * longest)
        now = sum(services.scores(services.state()).distribution(EVERYTHING))
        lost += now not in (shown, ROWS) or check_cubes(services)[0] > 0
        shown = now
        if now == ROWS:
            whole += 1
            publication = services.state().publication
            _killed_import(services.home, survey, None)
            lost += services.state().publication != publication
            services.database.dispose()
            services, shown = open_home(new_folder()), 0
    _killed_import(services.home, survey, None)
    lost += sum(services.scores(services.state()).distribution(EVERYTHING)) != ROWS
    services.database.dispose()
    return Outcome(tried, tried - lost, lost, f"{whole} were published before the kill")


def _large_survey() -> Path:
    path = new_folder().with_suffix(".csv")
    rows = [
        f'2026-{1 + place % 10:02}-{1 + place % 28:02},{place % 11},"","Ventas",C{place % 500}' for place in range(ROWS)
    ]
    path.write_text("\n".join(["date,score,words,team,account", *rows]) + "\n", encoding="utf-8")
    return path


def _killed_import(home: Path, survey: Path, seconds: float | None) -> float:
    """Import, killed so long after it began to read the file, None for never; return how long it was at work."""
    with child(children.imports, home, survey, MAPPING) as importing:
        importing.first()
        begun = time.monotonic()
        importing.process.join(seconds)
    return time.monotonic() - begun


def upgrades() -> Outcome:
    """Kill an upgrade at any moment: the records have the old shape or the new one, and the next start completes it."""
    draw, tried = random.Random(26), 40
    scripts = scripts_with_a_newer(new_folder(), columns=40)
    old, template = known_revisions()[0], demo().home
    shapes: list[str] = []
    begun = time.monotonic()
    _killed_upgrade(template, scripts, None)
    longest = time.monotonic() - begun

    def one(_number: int, _home: Path) -> int:
        home, shape = _killed_upgrade(template, scripts, draw.uniform(0, 1) * longest)
        shapes.append(shape)
        tables = {row[0] for row in asked(home, "select name from sqlite_master where type = 'table'")}
        is_half = any((name in tables) != (shape == "9001") for name in ("halves", "others"))
        prepare_records(Settings(home=home), scripts)
        ((copied, members),) = asked(home, "select (select count(*) from others), (select count(*) from members)")
        return int(is_half or shape not in (old, "9001") or copied != members)

    found = each(tried, one)
    return Outcome(tried, found.survived, found.lost, f"{shapes.count(old)} old, {shapes.count('9001')} new")


def _killed_upgrade(template: Path, scripts: Path, seconds: float | None) -> tuple[Path, str]:
    home = new_folder()
    shutil.copytree(template, home, ignore=shutil.ignore_patterns("cache", "backups"))
    with child(children.upgrade, home, scripts) as upgrading:
        upgrading.first()
        upgrading.process.join(seconds)
    return home, str(asked(home, "select version_num from alembic_version")[0][0])
