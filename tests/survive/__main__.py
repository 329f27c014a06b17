"""Prints the table; exits with 1 when anything was lost or a row does not hold. Rows may be named: R5 R9."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

from tests.processes import ROOT
from tests.survive import copies, disks, fuzz, kills, servers, writers
from tests.survive.rows import Outcome, Row, proven

CLOCKS = ("tests/browser/test_guard.py", "tests/callbacks/test_health.py", "tests/data/test_doctor.py")
WIDTHS = (5, 52, 7, 9, 5, 8)

ROWS = (
    Row("R1", "1,000 screens, a pulse every 15 s, for 45 s", servers.screens),
    Row("R5", "kill -9 while committing", kills.commits),
    Row("R6", "kill -9 while a Parquet file is written", kills.files),
    Row("R7", "kill -9 while appending to the log", kills.appends),
    Row("R8", "kill -9 during an import of 100,000 rows", kills.imports),
    Row("R9", "disk full: refused in words, reads go on, heals", disks.full),
    Row("R10", "read-only disk: served with a banner", disks.closed),
    Row("R11", "damaged records: refused by name, left alone", disks.damaged_records),
    Row("R12", "damaged Parquet: found and named", disks.damaged_log),
    Row("R13", "another type in the log: refused", proven("tests/dashboard/test_tables.py", "tests/data/test_log.py")),
    Row(
        "R14",
        "server killed under open walls",
        proven("tests/browser", "-k", "lost_server or killed_server or five_minutes or away"),
    ),
    Row(
        "R15", "server frozen under open walls: 2 pulses at most", proven("tests/browser/test_guard.py", "-k", "frozen")
    ),
    Row("R16", "upgrade under open walls: one reload", proven("tests/browser", "-k", "another_version or new_version")),
    Row(
        "R17",
        "clock set forward and back",
        proven(*CLOCKS, "-k", "setting_the_clock or never_negative or clock_behind"),
    ),
    Row(
        "R18",
        "clocks change: days that are 23 h, no midnight",
        proven("tests/dashboard/test_periods.py", "tests/data/ingest/test_dates.py"),
    ),
    Row("R19", "ISO weeks at New Year", proven("tests/dashboard/test_periods.py", "-k", "week")),
    Row("R20", "malformed files", proven("tests/data/ingest/test_malformed.py")),
    Row("R21", "a million columns", proven("tests/data/ingest/test_malformed.py", "-k", "million")),
    Row("R22", "workbook bombs and far cells", proven("tests/data/ingest/test_malformed.py", "-k", "bomb or far")),
    Row("R23", "the same file imported twice at once", writers.same_file),
    Row("R24", "50 commits in parallel from 5 processes", writers.crowd),
    Row("R25", "the same thing changed by two", writers.two_editors),
    Row("R26", "kill -9 during an upgrade of the records", kills.upgrades),
    Row("R28", "newer records, older program: both versions named", copies.newer),
    Row("R29", "backup while people write", copies.while_writing),
    Row("R30", "restore rehearsed: every count equal", copies.rehearsal),
    Row("R33", "SIGTERM: what was begun is finished", servers.stopped),
    Row("R34", "two servers on one folder", servers.two),
    Row("R35", "malformed callbacks", fuzz.callbacks),
    Row("R38", "the disk fails at the Nth write, for every N", disks.nth_write),
)


def line(*cells: object) -> str:
    """Return a line of the table."""
    return "  ".join(str(cell).ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()


def tried(row: Row) -> Outcome:
    """Return what came of a row; an error of the row itself is a failed try."""
    try:
        return row.run()
    except Exception as error:
        return Outcome(1, 0, 0, f"{type(error).__name__}: {error}"[:160])


def in_a_process(row: Row) -> tuple[Row, Outcome, float]:
    """Run a row in a process of its own, so that no row disturbs another, and return how long it took."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "tests.survive", "--one", row.name]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        found = Outcome(**json.loads(done.stdout.splitlines()[-1]))
    except (IndexError, ValueError):
        found = Outcome(1, 0, 0, f"the row ended with {done.returncode}: {done.stderr[-120:]}")
    return row, found, time.monotonic() - begun


def told(row: Row, found: Outcome, seconds: float) -> str:
    """Return a row of the table."""
    counts = ("–", "skipped", "–") if found.skipped else (found.tried, found.survived, found.lost)
    note = f"skipped: {found.skipped}" if found.skipped else found.note
    verdict = "" if found.holds or found.skipped else "FAILED"
    return "  ".join(part for part in (line(row.name, row.what, *counts, f"{seconds:.0f}"), verdict, note) if part)


def main(names: list[str]) -> int:
    """Run the rows, two at a time, and return the exit code."""
    if names[:1] == ["--one"]:
        (row,) = (row for row in ROWS if row.name == names[1])
        print(json.dumps(asdict(tried(row))))
        return 0
    chosen = [row for row in ROWS if row.name in names or not names]
    begun, failed, skipped = time.monotonic(), [], []
    print(line("row", "what", "tried", "survived", "lost", "seconds"), flush=True)
    with ThreadPoolExecutor(2) as pool:
        for row, found, seconds in pool.map(in_a_process, chosen):
            print(told(row, found, seconds), flush=True)
            if found.skipped:
                skipped.append(row.name)
            elif not found.holds:
                failed.append(row.name)
    words = [f"{len(chosen) - len(failed) - len(skipped)} rows survived, nothing lost in them"]
    words += [f"skipped: {', '.join(skipped)}"] if skipped else []
    words += [f"FAILED: {', '.join(failed)}"] if failed else []
    print(f"{time.monotonic() - begun:.0f} s; {'; '.join(words)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
