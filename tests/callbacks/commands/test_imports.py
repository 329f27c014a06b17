"""A file from the shell: drafted, tried, imported, listed, and taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from callbacks.commands import make_cli
from callbacks.commands.report import CommandError
from tests.homes import new_folder

TEXT = (
    "fecha,recomendaría\n" + "".join(f"2026-11-{1 + n % 20:02d},{n % 11}\n" for n in range(60)) + "2026-11-03,mucho\n"
)


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """The command line over an empty home."""
    monkeypatch.setenv("MARCADOR_HOME", str(new_folder()))
    monkeypatch.setenv("MARCADOR_TODAY", "2026-11-22")
    return make_cli(lambda services: None)


def run(cli: typer.Typer, *words: str) -> Result:
    """Run a command that works."""
    result = CliRunner().invoke(cli, list(words))
    assert result.exception is None, repr(result.exception)
    return result


def test_from_a_file_to_a_score_and_back(cli: typer.Typer, tmp_path: Path) -> None:
    file, mapping = tmp_path / "encuesta.csv", tmp_path / "encuesta.toml"
    file.write_text(TEXT, encoding="utf-8")
    run(cli, "suggest", str(file), "--out", str(mapping))
    tried = json.loads(run(cli, "import", str(file), "--mapping", str(mapping), "--dry-run", "--json").stdout)
    assert (tried["rows"], tried["accepted"], tried["rejected"], tried["changed"]) == (61, 60, 1, False)
    assert json.loads(run(cli, "imports", "--json").stdout) == {"imports": []}
    told = run(cli, "import", str(file), "--mapping", str(mapping)).stdout
    assert "60 accepted, 1 rejected" in told
    assert "nothing changed" in run(cli, "import", str(file), "--mapping", str(mapping)).stdout
    month = ("--since", "2026-11-01", "--until", "2026-11-20", "--json")
    assert json.loads(run(cli, "score", *month).stdout)["n"] == 60
    assert "mucho" in run(cli, "rejected", "1").stdout
    assert "60 rows taken back" in run(cli, "undo", "1").stdout
    assert json.loads(run(cli, "score", *month).stdout)["n"] == 0


def test_a_draft_never_overwrites(cli: typer.Typer, tmp_path: Path) -> None:
    file, mapping = tmp_path / "encuesta.csv", tmp_path / "mine.toml"
    file.write_text(TEXT, encoding="utf-8")
    mapping.write_text("mine")
    result = CliRunner().invoke(cli, ["suggest", str(file), "--out", str(mapping)])
    assert isinstance(result.exception, CommandError)
    assert mapping.read_text() == "mine"
