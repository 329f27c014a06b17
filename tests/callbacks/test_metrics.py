"""What Prometheus is told, and who may ask."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from callbacks.application import create_app
from data.backup import back_up
from data.clock import SystemClock
from tests.callbacks.asking import UPDATE, ask
from tests.homes import copy, demo, new_folder, open_home

NAMES = {
    "marcador_data_age_seconds",
    "marcador_imports",
    "marcador_jobs",
    "marcador_ready",
    "marcador_problem",
    "marcador_disk_free_bytes",
    "marcador_build_info",
    "marcador_requests",
    "marcador_request_seconds",
    "marcador_callback_seconds",
}


def told(client: FlaskClient) -> dict[tuple[str, str], float]:
    """Return every sample by name and labels."""
    text = client.get("/metrics").get_data(as_text=True)
    families = list(text_string_to_metric_families(text))
    assert {one.name for one in families} >= NAMES
    return {
        (sample.name, ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))): sample.value
        for one in families
        for sample in one.samples
    }


def test_the_age_of_the_data_comes_first(client: FlaskClient) -> None:
    text = client.get("/metrics").get_data(as_text=True)
    assert text.startswith("# HELP marcador_data_age_seconds")
    assert re.search(r"^marcador_data_age_seconds \d", text, re.M)


def test_requests_and_callbacks_are_counted_by_what_we_declared() -> None:
    with create_app(copy(demo())).server.test_client() as client:
        for _ in range(3):
            client.get("/score")
        client.get("/no-such-address")
        ask(client, "wall-stage.children", {"data-version.data": "1", "shell-route.data": {"path": "/wall"}})
        client.post(UPDATE, json={"output": "made up", "inputs": []})
        found = told(client)
    assert found["marcador_requests_total", "method=GET,route=/score,status=200"] == 3
    assert found["marcador_callback_seconds_count", "output=wall-stage.children"] == 1
    assert not any("made up" in labels or "no-such" in labels for _, labels in found)


def test_imports_and_backups_are_told() -> None:
    services = copy(demo())
    with create_app(services).server.test_client() as client:
        found = told(client)
        assert found["marcador_imports", "state=published"] == 3
        assert not any(name == "marcador_last_backup_age_seconds" for name, _ in found), "there is none yet"
        back_up(services.settings, SystemClock().now())
        assert 0 <= told(client)["marcador_last_backup_age_seconds", ""] < 60


def test_it_says_so_when_the_records_cannot_be_read() -> None:
    services = open_home(new_folder())
    with create_app(services).server.test_client() as client:
        assert told_plain(client, "marcador_ready") == "1.0"
        services.database.dispose()
        (services.home / "records.db").write_bytes(b"no database" * 1000)
        assert told_plain(client, "marcador_ready") == "0.0"


def told_plain(client: FlaskClient, name: str) -> str:
    """Return the value of a metric without labels."""
    found = re.search(rf"^{name} (\S+)$", client.get("/metrics").get_data(as_text=True), re.M)
    assert found is not None
    return found.group(1)


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_nobody_is_told_through_a_proxy(client: FlaskClient, header: str) -> None:
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 403


@pytest.mark.parametrize(
    ("given", "status"), [("Bearer s3cret", 200), ("Bearer s3cre", 403), ("s3cret", 403), ("", 403), ("Bearer ñ", 403)]
)
def test_with_a_token_only_who_has_it_is_told(given: str, status: int) -> None:
    services = open_home(new_folder(), metrics_token="s3cret")
    with create_app(services).server.test_client() as client:
        assert client.get("/metrics", headers={"Authorization": given}).status_code == status
    assert "s3cret" not in repr(services.settings)


def test_two_applications_count_for_themselves() -> None:
    first, second = create_app(copy(demo())), create_app(copy(demo()))
    with first.server.test_client() as client:
        client.get("/score")
    with second.server.test_client() as client:
        assert ("marcador_requests_total", "method=GET,route=/score,status=200") not in told(client)
