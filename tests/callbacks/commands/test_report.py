"""Every command has help; an error is one plain sentence; `--json` is one object."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from callbacks.commands import make_cli
from callbacks.commands.report import EXPECTED
from tests.homes import demo, new_folder

ROOT = Path(__file__).resolve().parents[3]
JSON = (["score"], ["goal", "show"], ["imports"], ["check"], ["settings"])
WRONG = (
    ["score", "--where", "nonsense"],
    ["score", "--where", "colour=red"],
    ["score", "--since", "tomorrow"],
    ["goal", "set", "--from", "1", "--to", "1", "--by", "2027-01-01"],
    ["goal", "set", "--from", "1", "--to", "2", "--by", "never"],
    ["goal", "set", "--from", "1", "--to", "2", "--by", "2027-01-01", "--vote", "dog"],
    ["import", "/no/such/file.csv", "--mapping", "/no/such.toml"],
    ["suggest", "/no/such/file.csv"],
    ["undo", "999"],
    ["rejected", "999"],
    ["rollup", "--engine", "abacus"],
    ["demo", "--size", "huge"],
    ["demo"],
    ["job", "999"],
)


@pytest.fixture
def cli() -> typer.Typer:
    """The command line, without a server behind it."""
    return make_cli(lambda services: None)


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small demo is the home of these commands; none of them changes it."""
    monkeypatch.setenv("MARCADOR_HOME", str(demo().home))
    monkeypatch.setenv("MARCADOR_TODAY", "2026-11-22")


def run(cli: typer.Typer, *words: str) -> Result:
    """Run a command."""
    return CliRunner().invoke(cli, list(words))


def every_command(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command and group."""
    yield path
    for name, command in getattr(group, "commands", {}).items():
        yield from every_command(command, (*path, name))


def test_every_command_has_help_that_says_what_it_does(cli: typer.Typer) -> None:
    found = list(every_command(typer.main.get_command(cli)))
    assert len(found) >= 15
    for words in found:
        result = run(cli, *words, "--help")
        assert result.exit_code == 0, words
        assert len([line for line in result.output.splitlines() if line.strip()]) > 2, words
        command: Any = typer.main.get_command(cli)
        for word in words:
            command = command.commands[word]
        assert command.help, words


@pytest.mark.parametrize("words", JSON)
def test_json_is_one_object(cli: typer.Typer, words: list[str]) -> None:
    result = run(cli, *words, "--json")
    assert result.exit_code == 0, result.output
    assert isinstance(json.loads(result.stdout), dict)


@pytest.mark.parametrize("words", JSON)
def test_without_json_it_is_words(cli: typer.Typer, words: list[str]) -> None:
    result = run(cli, *words)
    assert result.exit_code == 0
    assert not result.stdout.lstrip().startswith("{")


@pytest.mark.parametrize("words", WRONG)
def test_what_cannot_be_done_is_an_expected_error_of_one_sentence(cli: typer.Typer, words: list[str]) -> None:
    result = run(cli, *words)
    assert isinstance(result.exception, EXPECTED), repr(result.exception)
    told = str(result.exception)
    assert told
    assert "\n" not in told.strip()


def shell(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as an operator does."""
    command = [sys.executable, str(ROOT / "app.py"), *words]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **environment}, cwd=ROOT
    )


@pytest.mark.parametrize(
    ("words", "environment"),
    [
        (("undo", "999"), {}),
        (("settings",), {"MARCADOR_PORT": "x"}),
        (("score",), {"MARCADOR_CONFIG": "/no/such.toml"}),
        (("serve",), {"MARCADOR_HOST": "0.0.0.0"}),  # noqa: S104 (refused: that is what is tested)
    ],
)
def test_from_the_shell_an_error_is_one_line_and_exit_code_1(
    words: tuple[str, ...], environment: dict[str, str]
) -> None:
    done = shell(*words, **environment)
    if words == ("settings",):
        assert done.returncode == 0, "listing the settings works whatever they say"
        return
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stderr.startswith("marcador: ")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_an_unknown_command_says_so() -> None:
    done = shell("dance")
    assert done.returncode == 2
    assert "dance" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_home_that_cannot_be_is_one_sentence() -> None:
    path = new_folder()
    path.write_text("a file, not a folder")
    done = shell("score", MARCADOR_HOME=str(path))
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
