"""The command of the commitments, on real promises and without any."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from callbacks.commands import make_cli
from tests.homes import new_folder

MAPPINGS = Path(__file__).resolve().parents[3] / "docs" / "mappings"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command over an empty home and return what it printed."""
    monkeypatch.setenv("MARCADOR_HOME", str(new_folder()))
    monkeypatch.setenv("MARCADOR_TODAY", "2026-11-22")
    cli = make_cli(lambda services: None)

    def ran(*words: str) -> str:
        result = CliRunner().invoke(cli, list(words), catch_exceptions=False)
        assert result.exit_code == 0
        return result.stdout

    return ran


def numbers(run: Any, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("commitments", *words, "--json"))
    return found


def test_without_any_promise_it_says_so(run: Any) -> None:
    assert "nothing was due yet: 0 of 0" in run("commitments")
    found = numbers(run)
    assert (found["mature"], found["kept_share"], found["satisfaction"]) == (0, None, None)


@pytest.mark.real_data
def test_it_prints_the_shares_that_the_deliveries_say_of_themselves(run: Any, shared_data: Path) -> None:
    file = shared_data / "scms_deliveries" / "SCMS_Delivery_History_Dataset.csv"
    run("import", str(file), "--mapping", str(MAPPINGS / "scms_deliveries.toml"))
    found = numbers(run)
    assert (found["mature"], round(100 * found["kept_share"], 1), found["open_overdue"]) == (10_324, 88.5, 0)
    assert found["low"] < found["kept_share"] < found["high"]
    assert "88.5% kept on time" in run("commitments")
    by_site = [numbers(run, "--where", f"site={site}")["kept_share"] for site in ("From RDC", "Direct Drop")]
    assert [round(100 * share, 1) for share in by_site] == [82.8, 94.7]
    in_2011 = numbers(run, "--since", "2011-01-01", "--until", "2011-12-31")
    assert round(100 * in_2011["kept_share"], 1) == 76.5
    kenya = numbers(run, "--where", "segment=Kenya", "--where", "channel=Air")
    assert 0 < kenya["mature"] < numbers(run, "--where", "segment=Kenya")["mature"]


@pytest.mark.real_data
def test_what_customers_of_a_survey_lived_less_what_they_expected(run: Any, shared_data: Path) -> None:
    file = shared_data / "ecsi_mobile" / "mobi.csv"
    run("import", str(file), "--mapping", str(MAPPINGS / "ecsi_mobile.toml"))
    found = numbers(run)
    assert found["surveyed_n"] == 250
    assert round(found["surveyed"] * 9 / 10, 2) == 0.2, "as its source says, on its own scale from 1 to 10"
    assert found["satisfaction_n"] == 0, "no commitment was made to them"
