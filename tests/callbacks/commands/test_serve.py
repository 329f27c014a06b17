"""`serve` serves this machine only, and says where and what next."""

from __future__ import annotations

import re
from typing import Any

import pytest
from typer.testing import CliRunner

from callbacks.commands import make_cli
from callbacks.commands.report import CommandError
from tests.homes import demo, new_folder


class App:
    """An application that is never asked."""

    server = "the server"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the production server was started with."""
    found: dict[str, Any] = {}
    monkeypatch.setattr("callbacks.logs.start_logging", lambda level: None)
    monkeypatch.setattr(
        "callbacks.serving.serve_until_told", lambda server, **options: found.update(options, server=server)
    )
    monkeypatch.setenv("MARCADOR_TODAY", "2026-11-22")
    monkeypatch.setenv("MARCADOR_SIGN_IN", "off")
    return found


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "marcador.example"])  # noqa: S104 (refused)
def test_other_addresses_are_refused(monkeypatch: pytest.MonkeyPatch, served: dict[str, Any], host: str) -> None:
    monkeypatch.setenv("MARCADOR_HOST", host)
    monkeypatch.setenv("MARCADOR_HOME", str(new_folder()))
    result = CliRunner().invoke(make_cli(lambda services: App), ["serve"])
    assert isinstance(result.exception, CommandError)
    assert served == {}


def test_it_says_where_and_what_next(monkeypatch: pytest.MonkeyPatch, served: dict[str, Any]) -> None:
    monkeypatch.setenv("MARCADOR_HOME", str(demo().home))
    monkeypatch.setenv("MARCADOR_PORT", "8099")
    result = CliRunner().invoke(make_cli(lambda services: App), ["serve"])
    assert "Marcador is at http://127.0.0.1:8099" in result.stdout
    assert "/wall on the office TV" in result.stdout
    assert (served["host"], served["port"], served["ident"]) == ("127.0.0.1", 8099, None)
    assert served["clear_untrusted_proxy_headers"] is True


def test_an_empty_home_is_told_how_to_begin(monkeypatch: pytest.MonkeyPatch, served: dict[str, Any]) -> None:
    monkeypatch.setenv("MARCADOR_HOME", str(new_folder()))
    result = CliRunner().invoke(make_cli(lambda services: App), ["serve"])
    assert "see the demo, or start with your own survey" in result.stdout
    assert served["server"] == "the server"


def test_the_first_start_says_where_the_first_administrator_is_made(
    monkeypatch: pytest.MonkeyPatch, served: dict[str, Any]
) -> None:
    monkeypatch.setenv("MARCADOR_SIGN_IN", "required")
    monkeypatch.setenv("MARCADOR_HOME", str(new_folder()))
    result = CliRunner().invoke(make_cli(lambda services: App), ["serve"])
    assert re.search(r"http://127\.0\.0\.1:8050/setup\?code=[A-Z2-9]{4}-[A-Z2-9]{4} ", result.stdout)
    assert served["server"] == "the server"


@pytest.mark.parametrize(
    ("variables", "is_served"),
    [
        ({"HOST": "0.0.0.0"}, False),  # noqa: S104 (refused)
        ({"HOST": "0.0.0.0", "HOSTS": "tv.example"}, True),  # noqa: S104 (by name)
        ({"HOST": "0.0.0.0", "HOSTS": "tv.example", "SIGN_IN": "off"}, False),  # noqa: S104 (refused)
    ],
)
def test_other_machines_are_served_only_by_name_and_after_signing_in(
    monkeypatch: pytest.MonkeyPatch, served: dict[str, Any], variables: dict[str, str], is_served: bool
) -> None:
    for name, value in ({"SIGN_IN": "required", "HOME": str(new_folder())} | variables).items():
        monkeypatch.setenv(f"MARCADOR_{name}", value)
    CliRunner().invoke(make_cli(lambda services: App), ["serve"])
    assert bool(served) is is_served


def test_only_a_named_proxy_is_believed(monkeypatch: pytest.MonkeyPatch, served: dict[str, Any]) -> None:
    monkeypatch.setenv("MARCADOR_HOME", str(new_folder()))
    monkeypatch.setenv("MARCADOR_TRUSTED_PROXY", "10.0.0.9")
    CliRunner().invoke(make_cli(lambda services: App), ["serve"])
    assert served["trusted_proxy"] == "10.0.0.9"
    assert served["trusted_proxy_headers"] == {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}
    assert served["clear_untrusted_proxy_headers"] is True
