"""Plain routes: pulse, health, jobs, uploads."""

from __future__ import annotations

import io
import re

import pytest
from dash import Dash
from flask.testing import FlaskClient

from callbacks.application import create_app
from data.jobs import JobState, create_job, tell
from data.services import Services
from tests.homes import PULSE_SECONDS, copy, demo, open_home


def uploads(services: Services) -> set[str]:
    """Return the names of what was uploaded."""
    folder = services.home / "uploads"
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def test_the_pulse_says_versions_and_how_often_to_ask(client: FlaskClient, app: Dash, services: Services) -> None:
    told = client.get("/api/v1/pulse").json
    assert told == {"data": services.state().version, "build": app.build, "seconds": PULSE_SECONDS}


@pytest.mark.parametrize("path", ["/api/v1/jobs/999999", "/api/v1/jobs/x", "/api/v1/jobs/-1", "/api/v1/nothing"])
def test_what_is_not_there_is_404_or_the_page_that_says_so(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404 or answer.mimetype == "text/html"
    assert "Traceback" not in answer.get_data(as_text=True)


def test_a_job_tells_how_it_stands_in_the_language_of_the_asker(client: FlaskClient, services: Services) -> None:
    job = create_job(services, "suggest", {"upload": "x", "name": "y"})
    assert client.get(f"/api/v1/jobs/{job}").json["stage"] == "Esperando…"
    assert client.get(f"/api/v1/jobs/{job}?lang=en").json["stage"] == "Waiting…"
    tell(services, job, stage="checking", done=0.5, state=JobState.RUNNING.value)
    told = client.get(f"/api/v1/jobs/{job}").json
    assert (told["state"], told["done"], told["kind"]) == ("running", 0.5, "suggest")


def test_an_upload_is_kept_under_a_name_of_ours(client: FlaskClient, services: Services) -> None:
    answer = client.post("/api/v1/uploads", data=b"date,score\n2026-11-01,9\n")
    name = answer.json["upload"]
    assert re.fullmatch(r"[0-9a-f]{32}", name)
    assert (services.home / "uploads" / name).read_bytes().startswith(b"date,score")


def test_an_upload_that_is_too_large_is_refused_and_not_kept() -> None:
    services = open_home(upload_megabytes=1)
    with create_app(services).server.test_client() as client:
        declared = client.post("/api/v1/uploads", data=b"x" * (1 << 20) + b"y")
        assert declared.status_code == 413
        assert "1 MB" in declared.json["error"]
        streamed = client.post(
            "/api/v1/uploads",
            input_stream=io.BytesIO(b"x" * (3 << 20)),
            headers={"Transfer-Encoding": "chunked"},
            environ_overrides={"wsgi.input_terminated": True},
        )
        assert streamed.status_code == 413
        assert uploads(services) == set()
        assert client.post("/api/v1/uploads", data=b"x" * (1 << 20)).status_code == 200


@pytest.mark.parametrize("name", ["../records.db", "/etc/passwd", "..", "", "A" * 32, "0" * 31, "0" * 33, "0" * 32])
def test_names_of_uploads_that_are_not_ours_are_refused(name: str) -> None:
    from data.ingest.raw import ImportRefusedError
    from data.uploads import upload_path

    with pytest.raises(ImportRefusedError):
        upload_path(demo().home, name)


def test_refusals_are_said_in_the_language_of_the_page(client: FlaskClient) -> None:
    assert client.get("/download/nothing.csv").status_code == 404
    assert client.get("/download/rejected/99999.csv").status_code == 404


def test_rejected_rows_can_be_taken_away(client: FlaskClient, services: Services) -> None:
    answer = client.get("/download/rejected/1.csv")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "row" in answer.get_data(as_text=True)


def test_two_applications_in_one_process_both_answer(app: Dash, services: Services) -> None:
    other = create_app(copy(services))
    for one in (app, other):
        with one.server.test_client() as client:
            assert client.get("/").status_code == 200
            assert client.get("/api/v1/pulse").json["build"] == one.build
            assert len(client.get("/_dash-dependencies").json) > 10
