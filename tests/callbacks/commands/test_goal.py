"""The one goal from the shell: set, shown, closed; never changed."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from callbacks.commands import make_cli
from callbacks.commands.report import CommandError
from tests.homes import new_folder


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """The command line over an empty home."""
    monkeypatch.setenv("MARCADOR_HOME", str(new_folder()))
    monkeypatch.setenv("MARCADOR_TODAY", "2026-11-22")
    return make_cli(lambda services: None)


def test_set_show_close(cli: typer.Typer) -> None:
    runner = CliRunner()
    assert isinstance(runner.invoke(cli, ["goal", "show"]).exception, CommandError)
    words = ["goal", "set", "--from", "-10.5", "--to", "20", "--by", "2027-06-30", "--where", "team=Ventas"]
    assert "NPS from -10.5 to 20" in runner.invoke(cli, words).stdout
    told = json.loads(runner.invoke(cli, ["goal", "show", "--json"]).stdout)
    assert (told["from"], told["to"], told["since"], told["where"]) == (-10.5, 20, "2026-11-22", "team=Ventas")
    assert runner.invoke(cli, ["goal", "close"]).exit_code == 0
    assert isinstance(runner.invoke(cli, ["goal", "show"]).exception, CommandError)
