"""kill -9 in the middle of a commit, a file, an append, an import, an upgrade."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
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
from tests.processes import python
from tests.survive.rows import Outcome

OPEN = """
import sys
from tests.homes import ADMINISTRATOR, open_home
from pathlib import Path
services = open_home(Path(sys.argv[1]))
say = lambda *words: print(*words, flush=True)
"""

COMMITS = (
    OPEN
    + """
from data.writes.members import add_member
for number in range(10**6):
    add_member(services, ADMINISTRATOR, "team", f"{sys.argv[2]}-{number}")
    say(f"{sys.argv[2]}-{number}")
"""
)

FILES = (
    OPEN
    + """
import polars as pl
from data.imports import write_quarantine
from data.ingest.raw import REJECTED
for rows in range(int(sys.argv[2]), 10**6, 500):
    write_quarantine(services.home, 1, pl.DataFrame({"row": range(rows)}).select(
        [pl.col("row").cast(dtype).alias(name) for name, dtype in REJECTED.items()]))
    say(rows)
"""
)

APPENDS = (
    OPEN
    + """
from data.writes.decision import decision
from data.writes.publications import publish_versions, published_versions, refresh_cubes, writer_lock
from tests.data.stores import responses
for number in range(10**6):
    with writer_lock(services.home):
        services.log.return_to(published_versions(services))
        name = f"{sys.argv[2]}-{number}"
        rows = responses([{"response_id": f"{name}:{row}"} for row in range(50)])
        services.log.append("responses", rows, name)
        versions = refresh_cubes(services, ["2026-11"], name)
        with decision(services) as made:
            made.record("append", "batch", name)
            publish_versions(services, made, versions, name)
    say(name)
"""
)

ROWS = 100_000
COMMAND = """
import sys
import data.writes.imports as imports
read = imports.read_file
def told(*given):
    print("begin", flush=True)
    return read(*given)
import callbacks.commands.imports
imports.read_file = told
from callbacks.commands import main
sys.argv = ["app.py", *sys.argv[1:]]
main(lambda services: None)
"""

UPGRADE = """
import sys
from pathlib import Path
from data.settings import Settings
from data.settings import Settings
from data.upgrade import prepare_records
print("begin", flush=True)
prepare_records(Settings(home=Path(sys.argv[1])), Path(sys.argv[2]))
print("done", flush=True)
"""


def killed(process: subprocess.Popen[str], seconds: float) -> list[str]:
    """Wait for the first word, let it work for a while, kill it, and return every word that it said."""
    assert process.stdout is not None
    first = process.stdout.readline()
    assert first, process.stderr.read() if process.stderr else ""
    time.sleep(seconds)
    process.kill()
    rest, _ = process.communicate()
    return [first.strip(), *rest.split()]


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
        said = killed(python(COMMITS, home, [home, number]), draw.uniform(0, 0.4))
        counts.append(len(said))
        there = {row[0] for row in asked(home, "select key from members")}
        ((audits, revision),) = asked(home, "select (select count(*) from audit), (select number from revision)")
        return len(set(said) - there) + (audits != revision)

    found = each(40, one)
    return Outcome(found.tried, found.survived, found.lost, f"{sum(counts)} acknowledged commits")


def files() -> Outcome:
    """Kill while a Parquet file is written: it is readable and never older than what was acknowledged."""
    draw = random.Random(6)

    def one(number: int, home: Path) -> int:
        height = read_quarantine(home, 1).height
        said = killed(python(FILES, home, [home, height + 500]), draw.uniform(0, 0.3))
        return int(read_quarantine(home, 1).height < int(said[-1]))

    return each(20, one)


def appends() -> Outcome:
    """Kill while appending to the log: whole batches only, every acknowledged one, cubes as the log says."""
    draw = random.Random(7)
    counts: list[int] = []

    def one(number: int, home: Path) -> int:
        said = killed(python(APPENDS, home, [home, number]), draw.uniform(0, 0.8))
        counts.append(len(said))
        services = open_home(home)
        rows = services.log.scan("responses", published_versions(services).responses).collect()
        batches = rows["response_id"].str.split(":").list.first().value_counts()
        differing, _ = check_cubes(services)
        services.database.dispose()
        partial = batches.filter(batches["count"] != 50).height
        return len(set(said) - set(batches["response_id"])) + partial + (differing > 0)

    found = each(16, one)
    return Outcome(found.tried, found.survived, found.lost, f"{sum(counts)} acknowledged batches")


def imports() -> Outcome:
    """Kill an import of 100,000 rows at any moment: all of it or nothing; the next attempt completes it, once."""
    draw, tried, whole = random.Random(8), 12, 0
    survey, mapping = _large_survey()
    home = new_folder()
    open_home(home).database.dispose()
    longest = _killed_import(home, survey, mapping, 60)
    shown = lost = 0
    services = open_home(new_folder())
    for _ in range(tried):
        _killed_import(services.home, survey, mapping, draw.uniform(0, 1.1) * longest)
        now = sum(services.scores(services.state()).distribution(EVERYTHING))
        lost += now not in (shown, ROWS) or check_cubes(services)[0] > 0
        shown = now
        if now == ROWS:
            whole += 1
            publication = services.state().publication
            _killed_import(services.home, survey, mapping, 60)
            lost += services.state().publication != publication
            services.database.dispose()
            services, shown = open_home(new_folder()), 0
    _killed_import(services.home, survey, mapping, 60)
    lost += sum(services.scores(services.state()).distribution(EVERYTHING)) != ROWS
    services.database.dispose()
    return Outcome(tried, tried - lost, lost, f"{whole} were published before the kill")


def _large_survey() -> tuple[Path, Path]:
    folder = new_folder()
    folder.mkdir()
    rows = [
        f'2026-{1 + place % 10:02}-{1 + place % 28:02},{place % 11},"","Ventas",C{place % 500}' for place in range(ROWS)
    ]
    (folder / "large.csv").write_text("\n".join(["date,score,words,team,account", *rows]) + "\n", encoding="utf-8")
    (folder / "large.toml").write_text(MAPPING, encoding="utf-8")
    return folder / "large.csv", folder / "large.toml"


def _killed_import(home: Path, survey: Path, mapping: Path, seconds: float) -> float:
    """Import, killed so long after it has begun to read the file; return how long it was at work."""
    process = python(COMMAND, home, ["import", survey, "--mapping", mapping])
    assert process.stdout is not None
    process.stdout.readline()
    begun = time.monotonic()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate()
    return time.monotonic() - begun


def upgrades() -> Outcome:
    """Kill an upgrade at any moment: the records have the old shape or the new one, and the next start completes it."""
    draw, tried = random.Random(26), 40
    scripts = scripts_with_a_newer(new_folder(), columns=40)
    old = known_revisions()[0]
    shapes: list[str] = []
    template = demo().home
    begun = time.monotonic()
    _upgraded(template, scripts, 60)
    longest = min(2.0, time.monotonic() - begun)

    def one(_number: int, _home: Path) -> int:
        home, shape = _upgraded(template, scripts, draw.uniform(0, 0.6) * longest)
        shapes.append(shape)
        tables = {row[0] for row in asked(home, "select name from sqlite_master where type = 'table'")}
        half = ("halves" in tables) != (shape == "9001") or ("others" in tables) != (shape == "9001")
        prepare_records(Settings(home=home), scripts)
        ((copied, members),) = asked(home, "select (select count(*) from others), (select count(*) from members)")
        return int(half or shape not in (old, "9001") or copied != members)

    found = each(tried, one)
    return Outcome(tried, found.survived, found.lost, f"{shapes.count(old)} old, {shapes.count('9001')} new, 0 between")


def _upgraded(template: Path, scripts: Path, seconds: float) -> tuple[Path, str]:
    home = new_folder()
    shutil.copytree(template, home, ignore=shutil.ignore_patterns("cache", "backups"))
    process = python(UPGRADE, home, [home, scripts])
    assert process.stdout is not None
    assert process.stdout.readline() == "begin\n", process.stderr.read() if process.stderr else ""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate()
    return home, str(asked(home, "select version_num from alembic_version")[0][0])
