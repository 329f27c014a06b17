"""`forget` from the shell: in words, as JSON, or refused in a sentence."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import typer

from callbacks.commands import make_cli
from callbacks.commands.erasure import words_of
from dashboard.erasure import Backup, Erasure, ErasureError
from tests.callbacks.commands.test_imports import run
from tests.data.stores import MAPPING, survey
from tests.homes import new_folder

ROWS = [{"when": f"2026-11-{day} 10:00", "who": "ana", "score": 9, "words": "so"} for day in (3, 10, 17)]


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """The command line over an empty home."""
    monkeypatch.setenv("MARCADOR_HOME", str(new_folder()))
    monkeypatch.setenv("MARCADOR_TODAY", "2026-11-22")
    return make_cli(lambda services: None)


def test_a_person_is_forgotten_and_the_score_stays(cli: typer.Typer, tmp_path: Path) -> None:
    file, mapping = survey(tmp_path / "a.csv", ROWS), tmp_path / "a.toml"
    mapping.write_text(MAPPING.format(source="tool"), encoding="utf-8")
    run(cli, "import", str(file), "--mapping", str(mapping))
    period = ("--since", "2026-11-01", "--until", "2026-11-20", "--json")
    score = run(cli, "score", *period).stdout
    erased = json.loads(run(cli, "forget", "ana", "--source", "tool", "--json").stdout)
    assert (erased["answers"], erased["comments"], erased["backups"]) == (3, 3, [])
    assert run(cli, "score", *period).stdout == score
    assert "0 answers and 0 ratings" in run(cli, "forget", "1", "--answer", "--source", "tool").stdout
    with pytest.raises(ErasureError):
        run_plainly(cli, "forget", "nobody", "--source", "tool")


def run_plainly(cli: typer.Typer, *words: str) -> None:
    """Run a command and let its error out."""
    typer.main.get_command(cli)(list(words), standalone_mode=False)


def test_copies_that_are_left_are_named() -> None:
    assert "2026-11-16  monday.tar" in words_of(Erasure(backups=(Backup("monday.tar", date(2026, 11, 16)),)))
    assert "no copies" in words_of(Erasure())
