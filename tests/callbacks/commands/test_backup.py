"""From the shell: a copy, and the same numbers in another folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from callbacks.commands import make_cli
from data.backup import BackupError
from tests.homes import copy, demo


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """The command line over the small demo, which no command here changes."""
    monkeypatch.setenv("MARCADOR_HOME", str(demo().home))
    monkeypatch.setenv("MARCADOR_TODAY", "2026-11-22")
    return make_cli(lambda services: None)


def run(cli: typer.Typer, *words: str) -> Result:
    """Run a command that works."""
    result = CliRunner().invoke(cli, list(words))
    assert result.exception is None, repr(result.exception)
    return result


def test_a_copy_holds_what_it_says_and_gives_it_back(
    cli: typer.Typer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    score = run(cli, "score", "--json").stdout
    made = json.loads(run(cli, "backup", str(tmp_path / "copy.zip"), "--json").stdout)
    assert made["rows"]["log.responses"] > 500
    assert "Next: MARCADOR_HOME=" in run(cli, "restore", made["file"], "--into", str(tmp_path / "again")).stdout
    monkeypatch.setenv("MARCADOR_HOME", str(tmp_path / "again"))
    assert run(cli, "score", "--json").stdout == score


def test_a_copy_is_told_in_words(cli: typer.Typer, tmp_path: Path) -> None:
    assert "4214 answers and ratings" in run(cli, "backup", str(tmp_path / "copy.zip")).stdout


def test_a_folder_in_use_is_never_restored_into(cli: typer.Typer, tmp_path: Path) -> None:
    run(cli, "backup", str(tmp_path / "copy.zip"))
    result = CliRunner().invoke(cli, ["restore", str(tmp_path / "copy.zip"), "--into", str(demo().home)])
    assert isinstance(result.exception, BackupError)


def test_old_copies_go_only_when_asked_and_are_named(cli: typer.Typer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARCADOR_HOME", str(copy(demo()).home))
    first = json.loads(run(cli, "backup", "--json").stdout)["file"]
    second = json.loads(run(cli, "backup", "--json").stdout)["file"]
    assert Path(first).is_file()
    assert json.loads(run(cli, "backup", "--keep", "1", "--json").stdout)["deleted"] == [first, second]
    assert not Path(first).exists()
