"""What the allocators are told, and that they are told in time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from data.allocators import GIVES_BACK, JEMALLOC, give_memory_back

ROOT = Path(__file__).resolve().parents[2]


def said_by(code: str) -> str:
    environment = {name: value for name, value in os.environ.items() if name != JEMALLOC}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_the_program_tells_them_before_polars_is_there() -> None:
    assert said_by("import sys, app; print('polars' in sys.modules)") == "False"


def test_polars_starts_with_what_it_was_told() -> None:
    told = said_by("from data.allocators import give_memory_back; give_memory_back(); import os; print(os.environ)")
    assert f"'{JEMALLOC}': '{GIVES_BACK}'" in told


def test_what_somebody_set_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(JEMALLOC, "dirty_decay_ms:7")
    give_memory_back()
    assert os.environ[JEMALLOC] == "dirty_decay_ms:7"
