"""Alive, ready, and what the disk did: told to balancers, on open pages, and instead of a page that cannot be drawn."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient

from callbacks.application import create_app
from callbacks.health import Health
from dashboard.filters import EVERYTHING
from data.cache import Answers
from data.clock import PinnedClock
from data.faults import Fault, StorageError, fault_of
from data.services import Services
from data.upkeep import rebuild_cubes
from tests.callbacks.asking import ask
from tests.data.damage import DAMAGES, fill, may_mount, read_only, small_disk
from tests.homes import TODAY, add_survey, copy, csv_of, demo, new_folder, open_home

HTML = {"Accept": "text/html"}
needs_root = pytest.mark.skipif(not may_mount(), reason="needs root to mount")


def forgetful(services: Services) -> Services:
    """Return services that keep nothing, so that every question reads the files."""
    services.answers, services._scores = Answers(None, ""), {}
    return services


def damage(services: Services, table: str, how: Callable[[bytes], bytes]) -> str:
    """Damage a published file and return its name."""
    path = Path(services.log.files(table, services.state().publication.versions.of(table))[0])
    path.write_bytes(how(path.read_bytes()))
    return path.name


def test_alive_and_ready(client: FlaskClient) -> None:
    assert client.get("/healthz/live").json == {"alive": True}
    ready = client.get("/healthz/ready").json
    assert (ready["ready"], ready["revision"] > 0, ready["data_age_seconds"] >= 0) == (True, True, True)
    assert "problem" not in ready


def test_an_age_is_never_negative(app: Dash) -> None:
    services = copy(demo())
    services.clock = PinnedClock(TODAY.replace(year=2025))
    with create_app(services).server.test_client() as client:
        assert client.get("/healthz/ready").json["data_age_seconds"] == 0


@pytest.mark.parametrize("how", ["footer", "cut", "empty", "text"])
def test_damaged_cubes_are_named_on_every_way_in_and_mended_without_a_restart(how: str) -> None:
    services = copy(demo())
    app = create_app(services)
    forgetful(services)
    name = damage(services, "cubes", DAMAGES[how])
    with app.server.test_client() as client:
        page = client.get("/score", headers=HTML)
        assert page.status_code == 503
        assert "está dañado" in page.get_data(as_text=True)
        ready = client.get("/healthz/ready")
        assert ready.status_code == 503
        assert client.get("/healthz/live").status_code == 200
        told = wait_for(client, lambda told: "problem" in told)
        assert told["problem"].startswith("Un fichero de datos está dañado")
        assert name in client.get("/healthz/ready").json["problem"]
        rebuild_cubes(services)
        wait_for(client, lambda told: "problem" not in told)
        assert client.get("/score", headers=HTML).status_code == 200
        assert client.get("/healthz/ready").status_code == 200


def wait_for(client: FlaskClient, is_so: Callable[[dict[str, str]], bool]) -> dict[str, str]:
    """Ask the pulse, as pages do, until it says what is waited for."""
    pause = threading.Event()
    for _ in range(60):
        told: dict[str, str] = client.get("/api/v1/pulse").json
        if is_so(told):
            return told
        pause.wait(0.1)
    raise AssertionError(told)


def test_a_callback_tells_what_the_disk_did_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    services = copy(demo())
    app = create_app(services)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("callbacks.wall.draw", full)
    with app.server.test_client() as client:
        answer = ask(client, "wall-stage.children", {"data-version.data": "1", "shell-route.data": {"path": "/wall"}})
        assert answer.status_code == 200
        assert "El disco está lleno" in answer.json["sideUpdate"]["shell-toast"]["children"]
        assert "wall-stage" not in answer.json.get("response", {}), "what is on screen stays"


def test_an_error_that_is_not_the_disks_is_a_500(monkeypatch: pytest.MonkeyPatch) -> None:
    services = copy(demo())
    app = create_app(services)

    def wrong(*_: object) -> None:
        raise FileNotFoundError(2, "nothing to do with data")

    monkeypatch.setattr("callbacks.public.read_scoreboard", wrong)
    with app.server.test_client() as client:
        assert client.get("/score", headers=HTML).status_code == 500


def test_records_that_are_damaged_while_it_runs_are_told(tmp_path: Path) -> None:
    services = open_home(tmp_path / "home")
    with create_app(services).server.test_client() as client:
        services.database.dispose()
        (services.home / "records.db").write_bytes(b"no database" * 1000)
        told = client.get("/api/v1/pulse")
        assert told.status_code == 503
        assert "dañado" in told.json["problem"]
        assert client.get("/", headers=HTML).status_code == 503
        assert client.get("/healthz/ready").status_code == 503


def test_what_is_wrong_is_looked_at_once_for_all_who_ask(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []
    monkeypatch.setattr("callbacks.health.try_writing", looked.append)
    health = Health(services)
    health._every = 60
    assert [health.problem() for _ in range(50)] == [None] * 50
    assert len(looked) == 1


@needs_root
def test_a_full_disk_is_told_reads_go_on_and_room_heals_it() -> None:
    home = new_folder()
    with small_disk(home, 24):
        services = open_home(home / "data")
        add_survey(services, csv_of([10] * 40 + [2] * 20))
        with create_app(services).server.test_client() as client:
            filler = fill(home)
            told = wait_for(client, lambda told: "problem" in told)
            assert told["problem"].startswith("El disco está lleno")
            with pytest.raises(Exception) as refused:
                add_survey(services, csv_of([0] * 4000))
            fault = fault_of(refused.value)
            assert fault is not None
            assert fault.fault is Fault.FULL
            assert client.get("/score", headers=HTML).status_code == 200
            assert client.get("/healthz/ready").status_code == 200
            filler.unlink()
            wait_for(client, lambda told: "problem" not in told)
            add_survey(services, csv_of([0] * 400))
            assert sum(services.scores(services.state()).distribution(EVERYTHING)) == 460
        services.database.dispose()


@needs_root
def test_a_read_only_disk_is_served_with_words() -> None:
    made = copy(demo())
    made.database.dispose()
    with read_only(made.home):
        services = open_home(made.home)
        with create_app(services).server.test_client() as client:
            assert client.get("/wall", headers=HTML).status_code == 200
            told = client.get("/api/v1/pulse").json
            assert told["problem"].startswith("La carpeta de datos es de solo lectura")
            assert client.get("/healthz/ready").json["ready"] is True
            answer = client.post("/api/v1/uploads", data=b"a,b\n")
            assert answer.status_code == 503
            assert "solo lectura" in answer.json["error"]
        services.database.dispose()


def test_a_problem_is_a_sentence_with_its_fault(services: Services) -> None:
    found = Health(services).notice(OSError(28, "x"))
    assert isinstance(found, StorageError)
    assert found.fault is Fault.FULL
    assert Health(services).notice(ValueError("x")) is None
