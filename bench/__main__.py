"""`python -m bench`: run everything, print it, and write docs/performance.md."""

from __future__ import annotations

import argparse
import platform
import resource
import statistics
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from bench import browser, evidence, heap, imports, pages, questions, server, views, walls
from bench.answers import home_of
from bench.lines import Line, verdict
from bench.pairs import Pair, milliseconds, pair, seconds
from callbacks.application import create_app
from data.services import Services, open_services
from data.settings import Settings

BESIDE = "each rated, and as many promises"
"""What the homes of the other views hold beside answers."""

REPORT = Path(__file__).resolve().parents[1] / "docs" / "performance.md"


REASONS = """## Why a budget is missed

- **Opening and filtered questions at a million.** Four dimensions are searched for changes. A filter on team and segment
  leaves moment and channel to the rows of the log, because no cube keeps three of them: a cube that did would be as large
  as a small log. At ten million the opening question keeps its budget; at a million Polars on the log is itself done in
  30 ms, and a fixed 5 ms of our own for weeks, spread and four searches is more than a tenth of that.
- **Filter outside the cubes.** It is the same scan as plain Polars, with merged names and weeks of the organisation's zone.
- **Filter change against `go.Figure`.** Ours also computes margins, changes with their false-discovery control, comments
  and a table behind every figure, which the plain way does not; what is left is that work, not drawing.
- **Filter change to painted.** The bare page has its charts ready and draws nothing else, in two frames. Ours asks the
  server, which takes about half of the time, and then lays out filters, words, comments and tables beside the charts, of
  which Dash takes its share for every component (ADR 18).
- **A wall's pulse.** The pulse is half a millisecond of Flask, the gate and one indexed row; computing a wall takes 25 ms.
  It cannot be a hundredth of so little. A thousand walls keep their budget with room.
- **Import.** The bare way reads columns it knows and writes them. Ours reads everything as text, tries each cell, keeps
  what is rejected with row, column and value, decides whose answer counts, rolls up cubes and publishes in a transaction.
- **Memory of the server.** Two thirds of the budget are the libraries themselves, before any data (ADR 19).
"""


def from_log(services: Services, rounds: int, label: str) -> list[Line]:
    """Return the questions of the scoreboard against Polars and DuckDB on the log."""
    scores = services.scores(services.state())
    duck = questions.Duck.of(services, scores)
    lines: list[Line] = []
    for name, asked in (("opening", questions.OPENING), ("filtered", questions.FILTERED)):
        expected = questions.from_cubes(scores, asked)
        assert expected == questions.from_polars(services, scores, asked) == duck.answer(asked)
        plain = pair(
            lambda asked=asked: questions.from_cubes(scores, asked),
            lambda asked=asked: questions.from_polars(services, scores, asked),
            rounds,
            repeat=(5, 1),
        )
        rival = pair(
            lambda asked=asked: questions.from_cubes(scores, asked),
            lambda asked=asked: duck.answer(asked),
            rounds,
            repeat=(5, 1),
        )
        note = f"ours {milliseconds(plain.ours)} ms, Polars {milliseconds(plain.theirs)}, DuckDB {milliseconds(rival.theirs)}"
        lines.append(
            (
                f"{name} questions, {label}: cubes / Polars on the log",
                plain.words(),
                "≤ 0.10 " + verdict(plain.ratio, 0.1),
                note,
            )
        )
        lines.append((f"{name} questions, {label}: cubes / DuckDB on the log", rival.words(), "", ""))
    asked = questions.OUTSIDE
    assert (
        questions.outside(scores, asked)
        == questions.outside_polars(services, scores, asked)
        == questions.outside_duck(duck, asked)
    )
    polars = pair(
        lambda: questions.outside(scores, asked), lambda: questions.outside_polars(services, scores, asked), rounds
    )
    duckdb = pair(lambda: questions.outside(scores, asked), lambda: questions.outside_duck(duck, asked), rounds)
    better = max(polars.ratio, duckdb.ratio)
    note = f"ours {milliseconds(polars.ours)} ms; against DuckDB {duckdb.words()}"
    lines.append(
        (
            f"filter outside the cubes, {label}: ours / plain Polars",
            polars.words(),
            "≤ 0.75 " + verdict(better, 0.75),
            note,
        )
    )
    return lines


def growth(small: Services, large: Services, rounds: int) -> Line:
    """Return how much dearer the opening question is on ten times the answers."""
    few, many = (one.scores(one.state()) for one in (small, large))
    grown: Pair = pair(
        lambda: questions.from_cubes(many, questions.OPENING),
        lambda: questions.from_cubes(few, questions.OPENING),
        rounds,
        (5, 5),
    )
    return ("opening question, 10 million / 1 million", grown.words(), "≤ 1.3 " + verdict(grown.ratio, 1.3), "")


def of_views(folder: Path, few: int, many: int, rounds: int) -> list[Line]:
    """Return how the opening questions of the other views grow with the log."""
    found = views.growth(views.home_of(folder / "few", few), views.home_of(folder / "many", many), rounds)
    return [
        (
            f"opening question of {name}, {many:,} / {few:,} answers, {BESIDE}",
            grown.words(),
            "≤ 1.3 " + verdict(grown.ratio, 1.3),
            f"{milliseconds(grown.ours)} ms against {milliseconds(grown.theirs)}",
        )
        for name, grown in found.items()
    ]


def make_homes(weighed: Mapping[str, Path], many: int) -> None:
    """Make the homes whose server is weighed, where they are not there yet."""
    for what, home in weighed.items():
        if not home.exists():
            made = views.home_of(home, many) if BESIDE in what else home_of(home, many)[0]
            made.database.dispose()


def of_server(services: Services, rounds: int) -> list[Line]:
    """Return server time."""
    change, quiet = server.filter_change(services, rounds), server.quiet_wall(services, rounds)
    times = server.callbacks(services, rounds)
    with pages.served(create_app(services).server) as address:
        many = walls.crowd(address)
    each = ", ".join(f"{name} {milliseconds(values)} ms" for name, values in times.items())
    return [
        (
            "filter change, ours / go.Figure and a callback per chart",
            change.words(),
            "≤ 0.25 " + verdict(change.ratio, 0.25),
            f"ours {milliseconds(change.ours)} ms",
        ),
        (
            "a wall's pulse when nothing changed / computing the wall",
            quiet.words(),
            "≤ 0.01 " + verdict(quiet.ratio, 0.01),
            f"pulse {milliseconds(quiet.ours)} ms",
        ),
        ("server time per callback", each, "", "nothing kept"),
        (
            f"{walls.WALLS} walls every {walls.EVERY:.0f} s on one process, p99",
            f"{1000 * many.p99:.0f} ms",
            "< 500 ms, no error " + ("kept" if many.p99 < 0.5 and not many.errors else "**missed**"),
            f"{many.asked} pulses, {many.errors} errors, median {1000 * many.median:.1f} ms",
        ),
    ]


def started(home: Path) -> Line:
    """Return how long services over existing data take to answer the first question."""
    took = [seconds(lambda: _first_answer(home)) for _ in range(3)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    value = statistics.median(took)
    return (
        "opening 10 million answers to the first number",
        f"{value:.2f} s",
        "≤ 3 s " + verdict(value, 3),
        f"bench process peaked at {peak:.0f} MB",
    )


def _first_answer(home: Path) -> None:
    from dashboard.permissions import Scope
    from data.board import read_scoreboard

    services = open_services(Settings(home=home, sign_in="off"))
    read_scoreboard(services, services.state(), Scope.administrator())


def of_import(rounds: int) -> list[Line]:
    """Return the import of a million rows."""
    found = imports.measure(rounds)
    bare, duck = found["bare"], found["duckdb"]
    note = f"ours {statistics.median(bare.ours):.2f} s"
    return [
        (
            "import of a million rows / bare read_csv + write_parquet",
            bare.words(),
            "≤ 3 " + verdict(bare.ratio, 3),
            note,
        ),
        (
            "import of a million rows / DuckDB doing the same work",
            duck.words(),
            "≤ 0.7 " + verdict(duck.ratio, 0.7),
            "",
        ),
    ]


def report(lines: list[Line], rounds: int) -> str:
    """Return the page."""
    rows = "\n".join(f"| {what} | {measured} | {budget} | {note} |" for what, measured, budget, note in lines)
    machine = f"{platform.machine()}, Python {platform.python_version()}, {datetime.now(UTC):%Y-%m-%d}"
    return f"""# Performance

Written by `make bench`; every ratio is measured in pairs in one run ({rounds} rounds): median (lowest–highest). Absolute
times belong to the machine they were measured on ({machine}) and are given only for scale. A budget that is missed
stays here with its number, and below the table with its reason.

| what | measured | budget | note |
|---|---|---|---|
{rows}

{REASONS}"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--small", action="store_true", help="100,000 and 1,000,000 answers, for a quick look")
    parser.add_argument("--only", default="", help="questions, views, import, server, pages, browser, evidence")
    parser.add_argument("--pulses", type=int, default=heap.PULSES, help="refreshes of the wall whose heap is watched")
    options = parser.parse_args()
    few, many = (100_000, 1_000_000) if options.small else (1_000_000, 10_000_000)
    lines: list[Line] = []

    def add(found: list[Line]) -> None:
        for line in found:
            print(" | ".join(line), flush=True)
        lines.extend(found)

    def wanted(name: str) -> bool:
        return not options.only or name in options.only

    with tempfile.TemporaryDirectory() as folder:
        small, built = home_of(Path(folder) / "small", few)
        add([("building all cubes", f"{built:.2f} s", "", f"{few:,} answers")])
        if wanted("questions"):
            add(from_log(small, options.rounds, f"{few:,} answers"))
            large, built = home_of(Path(folder) / "large", many)
            add([("building all cubes", f"{built:.2f} s", "", f"{many:,} answers")])
            add(from_log(large, options.rounds, f"{many:,} answers"))
            add([growth(small, large, options.rounds), started(Path(folder) / "large")])
        if wanted("views"):
            add(of_views(Path(folder), few, many, options.rounds))
        if wanted("server"):
            add(of_server(small, options.rounds))
        if wanted("pages"):
            add(browser.in_browser(small, options.rounds, pages.SCORES))
        if wanted("browser"):
            weighed = {
                f"{many:,} answers": Path(folder) / "large",
                f"{many:,} answers, {BESIDE}": Path(folder) / "many",
            }
            make_homes(weighed, many)
            found = browser.measure(Path(folder), few, options.rounds, options.pulses, weighed)
            for lines_found in found:
                add(lines_found)
    if wanted("import"):
        add(of_import(max(3, options.rounds // 2)))
    if wanted("evidence"):
        add(evidence.measure(20 if options.small else evidence.COMPANIES))
    if not options.only and not options.small:
        REPORT.write_text(report(lines, options.rounds), encoding="utf-8")
        print(f"written to {REPORT}")


if __name__ == "__main__":
    sys.exit(main())
