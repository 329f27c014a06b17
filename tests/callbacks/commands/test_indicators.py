"""The commands of readings and evidence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from callbacks.commands import make_cli
from callbacks.commands.report import CommandError
from dashboard.indicators import IndicatorError
from tests.callbacks.commands.test_imports import run
from tests.homes import copy, demo

TEXT = """equipo,indicador,semana,valor
Ventas,Clientes dormidos llamados,2026-11-16,31
Ventas,Otra cosa,2026-11-16,31
Ventas,Clientes dormidos llamados,2026-11-23,
"""


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """The command line over the small demo."""
    services = copy(demo("small"))
    monkeypatch.setenv("MARCADOR_HOME", str(services.home))
    monkeypatch.setenv("MARCADOR_TODAY", "2026-11-22")
    return make_cli(lambda _: None)


def test_readings_are_drafted_imported_and_amended_with_a_reason(cli: typer.Typer, tmp_path: Path) -> None:
    file, mapping = tmp_path / "datos.csv", tmp_path / "datos.toml"
    file.write_text(TEXT, encoding="utf-8")
    mapping.write_text(run(cli, "readings", str(file)).stdout, encoding="utf-8")
    told = run(cli, "readings", str(file), "--mapping", str(mapping)).stdout
    assert "1 readings, 1 blank, 1 rejected; 1 new or changed" in told
    assert "indicator_unknown" in told
    again = json.loads(run(cli, "readings", str(file), "--mapping", str(mapping), "--json").stdout)
    assert (again["accepted"], again["changed"]) == (1, 0)
    file.write_text(TEXT.replace(",31", ",32"), encoding="utf-8")
    refused = CliRunner().invoke(cli, ["readings", str(file), "--mapping", str(mapping)])
    assert isinstance(refused.exception, IndicatorError)
    told = run(cli, "readings", str(file), "--mapping", str(mapping), "--reason", "mal contadas").stdout
    assert "1 new or changed" in told


def test_a_mapping_that_is_not_there_is_said(cli: typer.Typer, tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["readings", "x.csv", "--mapping", str(tmp_path / "no.toml")])
    assert isinstance(result.exception, CommandError)


def test_the_evidence_is_listed(cli: typer.Typer) -> None:
    rows = json.loads(run(cli, "evidence", "--json").stdout)["indicators"]
    assert len(rows) == 11
    assert {row["proof"] for row in rows} == {"insufficient"}
    assert "insufficient Almacén" in run(cli, "evidence").stdout


def test_a_home_without_indicators_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MARCADOR_HOME", str(tmp_path / "home"))
    assert "no lead indicator" in run(make_cli(lambda _: None), "evidence").stdout
