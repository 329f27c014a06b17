"""From the shell: a line per finding, and an exit code that a timer can read."""

from __future__ import annotations

import json
import shutil

import pytest
from typer.testing import CliRunner

from callbacks.commands import make_cli
from tests.homes import demo, new_folder


def test_a_home_in_order_exits_with_0(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARCADOR_HOME", str(demo().home))
    result = CliRunner().invoke(make_cli(lambda services: None), ["doctor", "--json"])
    assert result.exit_code == 0, result.stdout
    assert json.loads(result.stdout)["good"] is True


def test_what_is_bad_exits_with_1_and_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    home = new_folder()
    shutil.copytree(demo().home, home)
    (home / "records.db").write_bytes(b"")
    monkeypatch.setenv("MARCADOR_HOME", str(home))
    result = CliRunner().invoke(make_cli(lambda services: None), ["doctor"])
    assert result.exit_code == 1
    assert "BAD      records" in result.stdout
    assert "0 bytes" in result.stdout
