"""Letting people in from the shell, and the matrix of rights as the documentation prints it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from callbacks.commands import make_cli
from callbacks.commands.people import permissions_table
from callbacks.commands.report import CommandError
from dashboard.people import PersonError
from tests.homes import new_folder

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> object:
    """Run a command over an empty home."""
    monkeypatch.setenv("MARCADOR_HOME", str(new_folder()))
    cli = make_cli(lambda services: None)
    return lambda *words: CliRunner().invoke(cli, list(words))


def test_the_page_about_security_prints_the_matrix_of_the_code() -> None:
    assert permissions_table() in (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def test_somebody_is_invited_and_listed(run: object) -> None:
    link = run("invite", "Ana Gil", "--role", "captain", "--team", "Ventas").stdout.strip()  # type: ignore[operator]
    assert link.startswith("/join/")
    assert len(link) > 40
    (person,) = json.loads(run("people", "--json").stdout)["people"]  # type: ignore[operator]
    assert (person["name"], person["role"], person["teams"]) == ("Ana Gil", "captain", ["Ventas"])
    assert person["has_password"] is False
    assert run("reset", "ANA  GIL").stdout.startswith("/join/")  # type: ignore[operator]


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("invite", "Ana", "--role", "king"), CommandError),
        (("invite", "Ana", "--role", "kiosk"), PersonError),
        (("invite", "Ana", "--role", "member"), PersonError),
        (("invite", " "), PersonError),
        (("reset", "Nadie"), CommandError),
    ],
)
def test_what_cannot_be_is_told(run: object, words: tuple[str, ...], error: type[Exception]) -> None:
    assert isinstance(run(*words).exception, error)  # type: ignore[operator]
