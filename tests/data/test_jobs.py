"""Long work: a row, a child process, and a word about how it ended."""

from __future__ import annotations

import io
import sqlite3
import subprocess
import time
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from dashboard.periods import WEEK
from dashboard.refusals import Refusal
from data import records
from data.jobs import (
    Job,
    JobState,
    _watch,
    create_job,
    fail_orphans,
    failure_of,
    forget_jobs,
    is_under_way,
    job_by_id,
    start_job,
    tell,
)
from data.services import Services
from data.uploads import keep_upload
from data.work import KINDS, run_job
from data.writes.indicators import add_indicator
from data.writes.readings import Reading, report
from tests.data.stores import ADMINISTRATOR, MAPPING, answers_of, points, survey
from tests.data.writes.test_indicators import MONDAY, PACKED


def ended(services: Services, job_id: int, seconds: float = 60) -> Job:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        job = job_by_id(services, job_id)
        assert job is not None
        if job.state in (JobState.DONE, JobState.FAILED):
            return job
        time.sleep(0.1)
    raise AssertionError("the job did not end")


def uploaded(services: Services, content: bytes) -> str:
    return keep_upload(services.home, io.BytesIO(content), 1 << 20)


def test_a_job_is_written_down_and_told_about(services: Services) -> None:
    job_id = create_job(services, "import", {"upload": "x"})
    waiting = job_by_id(services, job_id)
    assert waiting == Job(job_id, "import", {"upload": "x"}, JobState.WAITING, "", 0.0, None, "")
    tell(services, job_id, state=JobState.RUNNING.value, stage="reading", done=0.2)
    tell(services, job_id, state=JobState.DONE.value, done=1.0, result={"rows": 3})
    done = job_by_id(services, job_id)
    assert done is not None
    assert (done.state, done.stage, done.done, done.result) == (JobState.DONE, "reading", 1.0, {"rows": 3})
    assert job_by_id(services, 99) is None


def test_an_upload_becomes_a_score_in_a_child_process(services: Services) -> None:
    content = survey(services.home / "a.csv", answers_of(3, 20)).read_bytes()
    payload: dict[str, Any] = {"upload": uploaded(services, content), "name": "a.csv"}
    job = ended(services, start_job(services, "import", payload | {"mapping": MAPPING.format(source="tool")}))
    assert (job.state, job.message) == (JobState.DONE, "")
    assert job.result is not None
    assert (job.result["rows"], job.result["accepted"]) == (60, 60)
    assert points(services).n == 60


def test_a_refusal_is_the_jobs_message(services: Services) -> None:
    job = ended(services, start_job(services, "import", {"upload": "../x", "name": "a", "mapping": ""}))
    assert (job.state, job.message) == (JobState.FAILED, "that is not an upload")


def test_a_child_that_dies_without_a_word_is_told_for(services: Services) -> None:
    job = ended(services, start_job(services, "no such kind", {}))
    assert job.state is JobState.FAILED
    assert "nothing was imported" in job.message


def test_jobs_of_a_server_that_is_gone_are_told_as_interrupted_and_ended_ones_stay(services: Services) -> None:
    waiting, running, done = (create_job(services, "import", {}) for _ in range(3))
    tell(services, running, state=JobState.RUNNING.value, stage="reading")
    tell(services, done, state=JobState.DONE.value, done=1.0)
    assert fail_orphans(services) == 2
    assert fail_orphans(services) == 0
    states = {job_id: found.state for job_id in (waiting, running, done) if (found := job_by_id(services, job_id))}
    assert states == {waiting: JobState.FAILED, running: JobState.FAILED, done: JobState.DONE}
    told = job_by_id(services, running)
    assert told is not None
    assert told.result is not None
    assert "the server was stopped" in told.result["refused"]["template"]


def test_a_job_whose_disk_is_full_says_so(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> dict[str, object]:
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(KINDS, "full", full)
    monkeypatch.setattr("data.work.limit_self", lambda megabytes, seconds: None)
    job_id = create_job(services, "full", {})
    run_job(services, job_id)
    job = job_by_id(services, job_id)
    assert job is not None
    assert (job.state, job.message.split(":")[0]) == (JobState.FAILED, "the disk is full")


def test_how_a_job_ended_is_written_as_soon_as_the_disk_has_room(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[object] = []

    def seldom(*given: object, **named: object) -> None:
        tries.append(given)
        if len(tries) < 3:
            full = sqlite3.OperationalError("database or disk is full")
            full.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise sa.exc.OperationalError("update", {}, full) from full
        tell(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("data.jobs.SECONDS_BETWEEN_TRIES", 0.01)
    monkeypatch.setattr("data.jobs.tell", seldom)
    job_id = create_job(services, "import", {})
    _watch(services, job_id, subprocess.Popen(["true"]))
    job = job_by_id(services, job_id)
    assert job is not None
    assert (job.state, len(tries)) == (JobState.FAILED, 3)


def test_an_erasure_that_dies_is_to_be_asked_for_again(services: Services) -> None:
    refusal = Refusal("the file could not be read")
    assert failure_of("import", refusal) is refusal
    assert "forget the person again" in str(failure_of("erase", refusal))


def test_of_past_jobs_nothing_is_left_but_what_erasures_did(services: Services) -> None:
    kinds = ("suggest", "preview", "import", "import", "erase")
    ids = [create_job(services, kind, {"name": "ana"}) for kind in kinds]
    tell(services, ids[2], state=JobState.DONE.value, result={"rows": 3})
    tell(services, ids[4], state=JobState.DONE.value, result={"answers": 1})
    with services.database.begin() as connection:
        assert forget_jobs(connection) == 3
    found = [job_by_id(services, job_id) for job_id in ids]
    assert [job is not None for job in found] == [False, False, False, True, True]
    assert found[4] is not None
    assert (found[4].payload, found[4].result) == ({}, {"answers": 1})


def test_a_job_is_under_way_until_it_ends_or_is_older_than_a_job_may_be(services: Services) -> None:
    assert not is_under_way(services, "evidence")
    job_id = create_job(services, "evidence", {})
    assert is_under_way(services, "evidence")
    assert not is_under_way(services, "import")
    tell(services, job_id, state=JobState.DONE.value)
    assert not is_under_way(services, "evidence")
    old = datetime(2020, 1, 1, tzinfo=UTC)
    with services.database.begin() as connection:
        created = {"kind": "evidence", "payload": {}, "state": "running", "stage": "", "done": 0.0, "message": ""}
        connection.execute(sa.insert(records.jobs).values(**created, created_at=old))
    assert not is_under_way(services, "evidence")


def test_evidence_is_judged_in_a_child_process(services: Services) -> None:
    number = add_indicator(services, ADMINISTRATOR, PACKED)
    report(services, ADMINISTRATOR, [Reading(number, MONDAY - place * WEEK, 80 + place) for place in range(12)])
    job = ended(services, start_job(services, "evidence", {}))
    assert (job.state, job.result) == (JobState.DONE, {"trials": 3})
