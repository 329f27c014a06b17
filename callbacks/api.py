"""Plain routes: pulse, jobs, uploads, downloads. Thin: parse, ask, answer."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Flask, Response, abort, request

from callbacks.asked import scope, words
from callbacks.downloads import NEEDS, VIEWS
from callbacks.gate import needs
from callbacks.health import Health, any_words, on_screen
from dashboard.filters import FilterError, parse_query
from dashboard.permissions import Capability, check
from data.database import reading
from data.exports import csv_bytes, xlsx_bytes
from data.imports import import_by_id, read_quarantine
from data.ingest.raw import ImportRefusedError
from data.jobs import job_by_id
from data.services import Services
from data.uploads import TooLargeError, keep_upload
from data.writes.comment_readings import note_reading

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def install_api(server: Flask, services: Services, build: str, health: Health) -> None:
    """Add the routes."""

    @server.get("/api/v1/pulse")
    @needs(Capability.SEE_WALL)
    def pulse() -> Response:
        told = {"data": services.version(), "build": build, "seconds": services.settings.pulse_seconds}
        problem = health.problem()
        return answer(told | ({"problem": on_screen(any_words(services), problem)} if problem else {}))

    @server.get("/api/v1/jobs/<int(max=2147483647):job_id>")
    @needs(Capability.CONFIGURE)
    def job(job_id: int) -> Response:
        found = job_by_id(services, job_id)
        if found is None:
            abort(404)
        if found.kind == "erase":
            check(scope(), Capability.ERASE)
        t = words(services.state())
        stage = t(f"stage.{found.stage}") if found.stage else t("stage.waiting")
        refused = (found.result or {}).get("refused")
        message = t.refusal(refused) if refused else found.message
        told = {"job": found.job_id, "kind": found.kind, "state": found.state.value, "stage": stage, "done": found.done}
        return answer(told | {"result": found.result, "message": message, "payload": found.payload})

    _install_files(server, services)


def _install_files(server: Flask, services: Services) -> None:
    """Add what takes files in and gives them out."""

    @server.post("/api/v1/uploads")
    @needs(Capability.CONFIGURE)
    def upload() -> Response:
        most = services.settings.upload_megabytes << 20
        if (request.content_length or 0) > most:
            return answer({"error": words(services.state())("sources.too_large", megabytes=most >> 20)}, 413)
        try:
            name = keep_upload(services.home, request.stream, most)
        except TooLargeError as refusal:
            return answer({"error": words(services.state()).refusal(refusal.told())}, 413)
        return answer({"upload": name})

    @server.get("/download/<view>.<kind>")
    @needs(Capability.EXPORT)
    def download(view: str, kind: str) -> Response:
        if view not in VIEWS or kind not in ("csv", "xlsx"):
            abort(404)
        check(scope(), NEEDS[view])
        try:
            asked = parse_query(request.query_string.decode())
        except (FilterError, UnicodeDecodeError):
            abort(400)
        state = services.state()
        t = words(state)
        frame, notes = VIEWS[view](services, state, t, asked)
        name = f"marcador-{view}-{state.today}.{kind}"
        if kind == "csv":
            return file(csv_bytes(frame), "text/csv; charset=utf-8", name)
        return file(xlsx_bytes(frame, view, notes), XLSX, name)

    @server.get("/download/rejected/<int(max=2147483647):import_id>.csv")
    @needs(Capability.CONFIGURE)
    def rejected(import_id: int) -> Response:
        check(scope(), Capability.READ_WHOLE_COMMENTS)  # a rejected row is kept word by word
        with reading(services.database) as connection:
            if import_by_id(connection, import_id) is None:
                abort(404)
        rows = read_quarantine(services.home, import_id)
        note_reading(services, services.state(), scope(), "rejected", str(import_id), rows.height)
        return file(csv_bytes(rows), "text/csv; charset=utf-8", f"marcador-{import_id}.csv")

    @server.errorhandler(ImportRefusedError)
    def refused(error: ImportRefusedError) -> Response:
        return answer({"error": words(services.state()).refusal(error.told())}, 400)


def answer(values: dict[str, Any], status: int = 200) -> Response:
    """Return JSON."""
    return Response(orjson.dumps(values, default=str), status, mimetype="application/json")


def file(content: bytes, mimetype: str, name: str) -> Response:
    """Return a file to keep."""
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})
