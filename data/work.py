"""The jobs themselves: what the child process does for each kind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from dashboard.erasure import ErasureError, Known, subject_of
from dashboard.indicators import IndicatorError
from dashboard.permissions import Scope
from dashboard.refusals import Refusal
from data.faults import fault_of
from data.ingest.child import limit_self
from data.ingest.formats import read_file
from data.ingest.mapping import parse_mapping
from data.ingest.raw import ImportRefusedError
from data.ingest.readings import draft_readings, parse_readings_mapping
from data.ingest.suggest import source_name, suggest, toml_of
from data.jobs import Job, JobState, failure_of, job_by_id, tell
from data.previews import erasure_values, preview_values
from data.services import Services
from data.uploads import upload_path
from data.writes.demo import DemoError, make_demo
from data.writes.erasure import forget
from data.writes.evidence import judge
from data.writes.imports import import_file, preview
from data.writes.readings import import_readings

ADMINISTRATOR = Scope.administrator()


def run_job(services: Services, job_id: int) -> None:
    """Do a job and write down how it ended. Expected refusals are its message; anything else is told in general words.

    Raises
    ------
    ImportRefusedError
        When there is no such job.
    """
    job = job_by_id(services, job_id)
    if job is None:
        raise ImportRefusedError("there is no job {}", job_id)
    limit_self(services.settings.job_megabytes, services.settings.job_seconds)
    tell(services, job_id, state=JobState.RUNNING.value)

    def progress(stage: str, share: float) -> None:
        tell(services, job_id, stage=stage, done=share)

    try:
        result = KINDS[job.kind](services, job.payload, progress)
    except (ImportRefusedError, DemoError, ErasureError, IndicatorError) as refusal:
        told = {"refused": refusal.told()}
        tell(services, job_id, state=JobState.FAILED.value, message=str(refusal), result=told)
    except MemoryError:
        _failed(services, job, "the file needs more memory than a job may use; nothing was imported")
    except Exception as error:
        fault = fault_of(error)
        if fault is None:
            _failed(services, job, "something went wrong while reading the file; nothing was imported")
            raise
        told = {"refused": fault.told()}
        tell(services, job_id, state=JobState.FAILED.value, message=str(fault), result=told)
    else:
        tell(services, job_id, state=JobState.DONE.value, done=1.0, result=result)


def _failed(services: Services, job: Job, words: str) -> None:
    refusal = failure_of(job.kind, Refusal(words))
    tell(services, job.job_id, state=JobState.FAILED.value, message=str(refusal), result={"refused": refusal.told()})


def _suggest(services: Services, payload: dict[str, Any], progress: Any) -> dict[str, Any]:
    progress("reading", 0.2)
    raw = read_file(upload_path(services.home, payload["upload"]))
    columns = sorted(suggest(raw), key=lambda column: column.role in ("", "rating"))
    columns.sort(key=lambda column: not column.role)
    return {
        "mapping": toml_of(columns, source_name(Path(payload["name"]))),
        "columns": [{"name": c.name, "example": c.example, "role": c.role, "detail": c.detail} for c in columns],
        "rows": raw.rows,
        "how": raw.how,
    }


def _preview(services: Services, payload: dict[str, Any], progress: Any) -> dict[str, Any]:
    path = upload_path(services.home, payload["upload"])
    return preview_values(preview(services, path, parse_mapping(payload["mapping"]), progress))


def _import(services: Services, payload: dict[str, Any], progress: Any) -> dict[str, Any]:
    path = upload_path(services.home, payload["upload"])
    mapping = parse_mapping(payload["mapping"])
    name = str(payload["name"])
    outcome = import_file(services, ADMINISTRATOR, path, mapping, file_name=name, progress=progress)
    return preview_values(outcome)


def _demo(services: Services, payload: dict[str, Any], progress: Any) -> dict[str, Any]:
    make_demo(services, ADMINISTRATOR, str(payload.get("size", "normal")), progress)
    return {}


def _erase(services: Services, payload: dict[str, Any], progress: Any) -> dict[str, Any]:
    subject = subject_of(payload["source"], payload["name"], Known(payload["known"]))
    return erasure_values(forget(services, replace(ADMINISTRATOR, who=str(payload["who"])), subject, progress))


def _evidence(services: Services, payload: dict[str, Any], progress: Any) -> dict[str, Any]:
    del payload
    return {"trials": judge(services, progress)}


def _draft_readings(services: Services, payload: dict[str, Any], progress: Any) -> dict[str, Any]:
    progress("reading", 0.2)
    return {"mapping": draft_readings(read_file(upload_path(services.home, payload["upload"])))}


def _import_readings(services: Services, payload: dict[str, Any], progress: Any) -> dict[str, Any]:
    progress("reading", 0.2)
    mapping = parse_readings_mapping(payload["mapping"])
    raw = read_file(upload_path(services.home, payload["upload"]), mapping.file)
    found, changed = import_readings(services, ADMINISTRATOR, raw, mapping, payload["reason"])
    rejected = found.rejected.select("row", "value", "reason").rows()
    return {"rows": found.rows, "changed": changed, "blank": found.blank, "rejected": rejected}


KINDS = {
    "suggest": _suggest,
    "preview": _preview,
    "import": _import,
    "demo": _demo,
    "erase": _erase,
    "evidence": _evidence,
    "draft_readings": _draft_readings,
    "import_readings": _import_readings,
}
"""What the child process does for each kind of job."""
