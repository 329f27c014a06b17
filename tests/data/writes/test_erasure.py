"""Forgetting a person keeps the numbers and leaves no trace of their words, wherever it is interrupted."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa
from flask import Flask

from dashboard.erasure import Backup, ErasureError, Known, Subject
from dashboard.filters import EVERYTHING
from dashboard.permissions import Capability, NotAllowedError, Role, Scope
from data import records
from data.board import read_story
from data.cache import Answers, make_cache
from data.database import reading
from data.imports import read_quarantine
from data.ingest.mapping import parse_mapping
from data.jobs import JobState, create_job, job_by_id, tell
from data.services import Services
from data.upkeep import check_cubes, run_upkeep
from data.uploads import keep_upload
from data.work import run_job
from data.writes.erasure import backups_of, forget
from data.writes.imports import Outcome, import_file, undo_import
from data.writes.publications import published_versions
from tests.data.stores import ADMINISTRATOR, MAPPING, TODAY, answers_of, opened, points, survey
from tests.data.writes.test_imports import RATED
from tests.traces import traces

ROOT = Path(__file__).resolve().parents[3]
WORDS = "CANARY sang before sunrise"
ANA = Subject("tool", "ana-CANARY")

ROWS = [
    *answers_of(4, 20, first=date(2026, 10, 26)),
    {"id": "CANARY-1", "who": "ana-CANARY", "when": "2026-11-10 10:00", "score": 10, "words": WORDS, "team": "Ventas"},
    {"id": "CANARY-2", "who": "ana-CANARY", "when": "2026-11-10 10:00", "score": 2, "words": WORDS, "team": "Ventas"},
    {"id": "CANARY-3", "who": "ana-CANARY", "when": "2026-09-02 10:00", "score": 9, "words": WORDS},
    {"id": "CANARY-4", "who": "ana-CANARY", "when": "2026-09-02 10:00", "score": 99, "words": WORDS},
    {"id": "other", "who": "eva", "when": "2026-09-02 11:00", "score": 77, "words": "eva said so"},
]


def added(services: Services, path: Path, rows: list[Any] = ROWS, mapping: str = MAPPING) -> Outcome:
    return import_file(services, ADMINISTRATOR, survey(path, rows), parse_mapping(mapping.replace("{source}", "tool")))


def numbers(services: Services) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return every cell of the cubes but the count of comments, and every rating without whose it is."""
    versions = published_versions(services)
    cells = services.log.scan("cubes", versions.cubes).drop("comments").collect()
    ratings = services.log.scan("ratings", versions.ratings).drop("respondent", "response_id").collect()
    return cells.sort(cells.columns), ratings.sort(ratings.columns)


def assert_same_numbers(services: Services, before: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    for now, then in zip(numbers(services), before, strict=True):
        assert now.equals(then)
    assert check_cubes(services)[0] == 0


def spread(services: Services, outside: Path) -> None:
    """Leave words of the person wherever the product keeps any."""
    services.answers = Answers(make_cache(services.home / "cache", Flask("tests")), "tests")
    added(services, outside / "a.csv")
    (outside / "b.csv").write_text("id,who,when,price,ease\nCANARY-9,ana-CANARY,2026-11-11,4,5\n", encoding="utf-8")
    import_file(services, ADMINISTRATOR, outside / "b.csv", parse_mapping(RATED))
    broken = outside / "broken.csv"
    broken.write_text(f"id,who,when,price,ease\nCANARY-8, ana-CANARY ,2026-11-11,{WORDS}\n", encoding="utf-8")
    import_file(services, ADMINISTRATOR, broken, parse_mapping(RATED))
    keep_upload(services.home, io.BytesIO((outside / "a.csv").read_bytes()), 1 << 20)
    job = create_job(services, "suggest", {"name": WORDS})
    tell(services, job, state=JobState.DONE.value, result={"columns": [{"example": WORDS}]})
    read_story(services, services.state(), ADMINISTRATOR, EVERYTHING)
    services.log.append("responses", in_log(services).head(1), "never published")
    (services.home / "quarantine" / "9.new").write_text(WORDS, encoding="utf-8")
    with services.database.begin() as connection:
        failed = {"source": "tool", "file_name": "x", "file_hash": "x", "mapping": MAPPING, "state": "failed"}
        zeros = dict.fromkeys(("rows_read", "accepted", "rejected", "ratings", "invited"), 0)
        failed |= {"mapping": MAPPING.format(source="tool"), "message": f"ValueError: {WORDS}", "created_at": TODAY}
        connection.execute(sa.insert(records.imports).values(failed | zeros))


def in_log(services: Services) -> pl.DataFrame:
    """Return the published answers of the person."""
    rows = services.log.scan("responses", published_versions(services).responses)
    return rows.filter(pl.col("respondent") == ANA.key).collect()


def test_no_file_under_the_home_says_a_word_of_whom_was_forgotten(services: Services, outside: Path) -> None:
    spread(services, outside)
    places = {place.partition("/")[0] for place in traces(services.home, "CANARY")}
    assert {"log", "quarantine", "uploads", "cache"} <= places
    assert [place for place in traces(services.home, "CANARY") if "_delta_log" in place], "least and greatest texts"
    assert "records.db" in places or services.settings.database_url
    before, score = numbers(services), points(services)
    erased = forget(services, ADMINISTRATOR, ANA)
    assert traces(services.home, "CANARY") == []
    assert_same_numbers(services, before)
    assert points(services) == score
    assert (erased.answers, erased.ratings, erased.comments, erased.rejected) == (4, 2, 3, 2)
    assert (erased.uploads, erased.jobs) == (1, 1)
    assert erased.kept >= 1
    assert erased.files >= 3
    assert "eva said so" in str(read_quarantine(services.home, 1).to_dicts())


def test_what_is_left_of_a_person_is_one_pseudonym_in_both_tables(services: Services, outside: Path) -> None:
    spread(services, outside)
    forget(services, ADMINISTRATOR, ANA)
    versions = published_versions(services)
    answers = services.log.scan("responses", versions.responses).filter(pl.col("respondent").is_not_null()).collect()
    ratings = services.log.scan("ratings", versions.ratings).collect()
    assert answers["respondent"].n_unique() == 1
    assert set(ratings["respondent"]) == set(answers["respondent"])
    assert set(ratings["response_id"]) < set(answers["response_id"])
    assert answers["response_id"].str.contains(r"^tool:[0-9a-f]{32}$").all()
    assert answers["verbatim"].null_count() == answers.height
    assert not answers["consent"].any()
    assert answers.filter(pl.col("week") == date(2026, 11, 9))["counts"].to_list().count(True) == 1


def test_whose_answer_counts_is_decided_the_same_ever_after(services: Services, outside: Path) -> None:
    added(services, outside / "a.csv")
    fresh = {"id": "z", "who": "leo", "when": "2026-11-11 10:00", "score": 5}
    score = points(services)
    for count in range(3):
        forget(services, ADMINISTRATOR, ANA)
        second = added(services, outside / f"b{count}.csv", [fresh | {"id": f"z{count}"}])
        undo_import(services, ADMINISTRATOR, second.import_id)
        assert points(services) == score


@pytest.mark.parametrize(
    ("drops", "left"),
    [("", []), ("respondent", ["quarantine/2.parquet"])],
    ids=[
        "the same columns",
        "nobody says which column the person is in: a row that never was an answer cannot be told",
    ],
)
def test_the_same_answers_imported_again_stay_out(
    services: Services, outside: Path, drops: str, left: list[str]
) -> None:
    added(services, outside / "a.csv")
    forget(services, ADMINISTRATOR, ANA)
    score = points(services)
    assert not added(services, outside / "a.csv").is_new
    lines = [line for line in MAPPING.splitlines() if not (drops and line.startswith(drops))]
    again = added(services, outside / "b.csv", [*ROWS, {"when": "never"}], "\n".join(lines))
    assert points(services) == score
    forgotten = again.rejections.filter(pl.col("reason") == "forgotten")
    assert forgotten["row"].to_list() == [82, 83, 84]
    assert forgotten.select(pl.col("raw", "value", "column").unique()).rows() == [("", "", "")]
    assert (again.rows, again.accepted + again.rejected) == (86, 86)
    assert traces(services.home, "CANARY") == left


def test_an_import_can_still_be_undone_and_what_comes_again_is_without_the_person(
    services: Services, outside: Path
) -> None:
    first = added(services, outside / "a.csv")
    n = points(services).n
    forget(services, ADMINISTRATOR, ANA)
    undo_import(services, ADMINISTRATOR, first.import_id)
    assert points(services).n == 0
    again = added(services, outside / "a.csv")
    assert again.is_new
    assert points(services).n == n - 2, "three answers, of which two were of one week"
    assert traces(services.home, "CANARY") == []


def test_a_person_is_found_by_any_answer_of_theirs(services: Services, outside: Path) -> None:
    added(services, outside / "a.csv")
    erased = forget(services, ADMINISTRATOR, Subject("tool", "CANARY-3", Known.RESPONSE))
    assert (erased.answers, erased.comments) == (3, 3)
    assert traces(services.home, "CANARY") == []


def test_an_answer_of_nobody_known_is_erased_alone(services: Services, outside: Path) -> None:
    rows = [{"id": name, "when": "2026-11-10 10:00", "score": 9, "words": f"{name} CANARY"} for name in ("a", "b")]
    added(services, outside / "a.csv", rows)
    assert forget(services, ADMINISTRATOR, Subject("tool", "a", Known.RESPONSE)).answers == 1
    assert traces(services.home, "a CANARY") == []
    assert traces(services.home, "b CANARY") != []


def test_an_answer_without_an_id_is_found_by_the_one_it_was_given(services: Services, outside: Path) -> None:
    lines = "\n".join(line for line in MAPPING.splitlines() if line not in ('id = "id"', 'respondent = "who"'))
    rows = [{"when": "2026-11-10 10:00", "score": 9, "words": WORDS}, {"when": "2026-11-10 10:00", "score": 3}]
    added(services, outside / "a.csv", rows, lines)
    stored = services.log.scan("responses", published_versions(services).responses).collect()
    key = stored.filter(pl.col("verbatim") == WORDS)["response_id"].item()
    forget(services, ADMINISTRATOR, Subject("tool", key.removeprefix("tool:"), Known.RESPONSE))
    again = added(services, outside / "b.csv", [*rows, {"when": "2026-11-12 10:00", "score": 9}], lines)
    assert again.accepted == 1
    assert traces(services.home, "CANARY") == []


def test_people_of_other_sources_with_the_same_id_stay(services: Services, outside: Path) -> None:
    added(services, outside / "a.csv")
    other = parse_mapping(MAPPING.format(source="other"))
    import_file(services, ADMINISTRATOR, survey(outside / "b.csv", ROWS), other)
    forget(services, ADMINISTRATOR, Subject("other", "ana-CANARY"))
    assert in_log(services).height == 3


def test_who_is_only_in_quarantine_is_forgotten_too(services: Services, outside: Path) -> None:
    added(services, outside / "a.csv")
    assert forget(services, ADMINISTRATOR, Subject("tool", "eva")).rejected == 1
    assert traces(services.home, "eva said so") == []
    assert read_quarantine(services.home, 1)["reason"].to_list() == ["score_out_of_range"] * 2


@pytest.mark.parametrize("known", Known)
def test_an_id_that_nobody_has_changes_nothing(services: Services, outside: Path, known: Known) -> None:
    added(services, outside / "a.csv")
    before = (services.state(), services.log.versions())
    with pytest.raises(ErasureError, match="knows nobody"):
        forget(services, ADMINISTRATOR, Subject("tool", "nobody", known))
    assert (services.state(), services.log.versions()) == before


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_who_may_not_does_not(services: Services, role: Role) -> None:
    for scope in (Scope(role), Scope(Role.ADMINISTRATOR, denied=frozenset({Capability.ERASE}))):
        with pytest.raises(NotAllowedError):
            forget(services, scope, ANA)


KILLED = """
import os, signal, sys
from pathlib import Path
from dashboard.erasure import Subject
from dashboard.permissions import Scope
from data.writes import erasure
from tests.data.stores import opened

services = opened(Path(sys.argv[1]))
owner, _, name = sys.argv[2].rpartition(".")
target = {"": erasure, "log": services.log}[owner]
untouched, left = getattr(target, name), [int(sys.argv[3])]

def killing(*arguments, **options):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return untouched(*arguments, **options)

setattr(target, name, killing)
erasure.forget(services, Scope.administrator(), Subject("tool", "ana-CANARY"))
"""
PLACES = (
    *(("_erase", 1), ("_rewrite", 1), ("log.replace_months", 2), ("refresh_cubes", 1), ("publish_versions", 1)),
    *(("_empty_quarantine", 1), ("write_quarantine", 2), ("forget_uploads", 1), ("forget_jobs", 1)),
    *(("log.sweep", 1), ("publish_versions", 2), ("log.forget_history", 1), ("forget_answers", 1), ("shrink", 1)),
)
"""What is about to be called when the process dies, and for which time."""


@pytest.mark.parametrize(("place", "time"), PLACES)
def test_killed_anywhere_it_can_be_finished(tmp_path: Path, outside: Path, place: str, time: int) -> None:
    home = tmp_path / "home"
    services = opened(home)
    spread(services, outside)
    before = numbers(services)
    command = [sys.executable, "-c", KILLED, str(home), place, str(time)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == -signal.SIGKILL
    assert_same_numbers(services, before)
    assert traces(home, "CANARY") != [] or place == "shrink"
    forget(services, ADMINISTRATOR, ANA)
    assert traces(home, "CANARY") == []
    assert_same_numbers(services, before)


def test_after_it_an_import_that_fails_midway_still_leaves_no_trace(
    services: Services, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(services, outside / "a.csv")
    forget(services, ADMINISTRATOR, ANA)
    before, fresh = numbers(services), [{"id": "z", "when": "2026-11-10 10:00", "score": 5}]

    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("data.writes.imports.refresh_cubes", broken)
        with pytest.raises(OSError, match="disk is full"):
            added(services, outside / "b.csv", fresh)
    assert_same_numbers(services, before)
    second = added(services, outside / "b.csv", fresh)
    assert second.accepted == 1
    undo_import(services, ADMINISTRATOR, second.import_id)
    assert_same_numbers(services, before)


def test_upkeep_finishes_what_was_begun(services: Services, outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spread(services, outside)
    before = numbers(services)

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("data.writes.erasure._rewrite", stopped)
        with pytest.raises(KeyboardInterrupt):
            forget(services, ADMINISTRATOR, ANA)
    assert traces(services.home, "CANARY") != []
    run_upkeep(services)
    assert traces(services.home, "CANARY") == []
    assert_same_numbers(services, before)


def test_it_runs_as_a_job_that_forgets_of_whom(services: Services, outside: Path) -> None:
    spread(services, outside)
    payload = {"source": "tool", "name": "ana-CANARY", "known": "respondent", "who": "Marta"}
    (services.home / "backups").mkdir()
    (services.home / "backups" / "monday.tar").write_text("", encoding="utf-8")
    job_id = create_job(services, "erase", payload)
    limits: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("data.work.limit_self", lambda *told: limits.extend(told))
        run_job(services, job_id)
    job = job_by_id(services, job_id)
    assert job is not None
    assert (job.state, job.payload) == (JobState.DONE, {})
    assert job.result is not None
    assert job.result["answers"] == 4
    assert [copy["name"] for copy in job.result["backups"]] == ["monday.tar"]
    assert limits
    assert traces(services.home, "CANARY") == []
    with reading(services.database) as connection:
        who = connection.execute(sa.select(records.audit.c.who).where(records.audit.c.verb == "forget")).scalars().all()
    assert who == ["Marta"]


def test_copies_of_the_data_are_listed_by_name_and_day(tmp_path: Path) -> None:
    assert backups_of(tmp_path) == ()
    for name, day in (("b", 86_400), ("a", 2 * 86_400)):
        path = tmp_path / "backups" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("", encoding="utf-8")
        os.utime(path, (day, day))
    assert backups_of(tmp_path) == (Backup("b", date(1970, 1, 2)), Backup("a", date(1970, 1, 3)))
