"""Copies while people write, restored with every count equal, and programs that are older than the records."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from contextlib import closing

from data.backup import back_up, restore
from data.clock import SystemClock
from data.settings import Settings
from tests.homes import copy, demo, new_folder, open_home
from tests.processes import program
from tests.survive import children
from tests.survive.children import child
from tests.survive.kills import asked
from tests.survive.rows import Outcome


def newer() -> Outcome:
    """Start an older program on newer records: every command refuses and names both versions; nothing changes."""
    home = copy(demo()).home
    with closing(sqlite3.connect(home / "records.db")) as connection, connection:
        connection.execute("update alembic_version set version_num = '9999'")
    before = (home / "records.db").read_bytes()
    commands = (["serve"], ["score"], ["migrate"], ["upkeep"], ["doctor"])
    lost = 0
    for words in commands:
        done = program(home, *words)
        told = done.stderr + done.stdout
        lost += done.returncode != 1 or "9999" not in told or "versions up to" not in told
    lost += (home / "records.db").read_bytes() != before
    return Outcome(len(commands), len(commands) - lost, lost)


def while_writing() -> Outcome:
    """Copy six times while somebody commits: each copy opens, is of one moment, and at most a second behind."""
    home, tried, lost, behind = new_folder(), 6, 0, 0
    open_home(home).database.dispose()
    with child(children.commits, home, "w") as writer:
        writer.first()
        for number in range(tried):
            ((before,),) = asked(home, "select number from revision")
            made = back_up(Settings(home=home), SystemClock().now(), new_folder().with_suffix(f".{number}.zip"))
            again = new_folder()
            rows = restore(made.file, again).rows
            ((audits, revision),) = asked(again, "select (select count(*) from audit), (select number from revision)")
            lost += audits != revision or rows != made.rows
            behind = max(behind, int(str(before)) - int(str(revision)))
    return Outcome(tried, tried - lost - (behind > 0), lost, "none is older than its beginning" if not behind else "")


def rehearsal() -> Outcome:
    """Back up, restore into a new folder, and ask there: every count, the score and the cubes are equal."""
    home, again, file = copy(demo("normal")).home, new_folder(), new_folder().with_suffix(".zip")
    begun = time.monotonic()
    made = json.loads(program(home, "backup", str(file), "--json").stdout)
    back = json.loads(program(home, "restore", str(file), "--into", str(again), "--json").stdout)
    seconds = time.monotonic() - begun
    checks = [
        made["rows"] == back["rows"],
        program(home, "score", "--json").stdout == program(again, "score", "--json").stdout,
        program(again, "check").returncode == 0,
        program(again, "doctor").returncode == 0,
        program(home, "restore", str(file), "--into", str(home)).returncode == 1,
        seconds < 60,
    ]
    shutil.rmtree(again)
    lost = checks.count(False)
    return Outcome(len(checks), checks.count(True), lost, f"{sum(made['rows'].values())} rows in {seconds:.1f} s")
