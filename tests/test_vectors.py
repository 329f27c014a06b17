"""The reference cases, and that the command which runs them can fail."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.vectors import ADAPTERS, cases, check, difference, main

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "tests" / "vectors_data"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.vectors", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("case", cases(DATA), ids=lambda case: case["id"])
def test_the_domain_gives_what_the_reference_gives(case: dict[str, Any]) -> None:
    assert check(case) is None


def test_every_adapter_has_a_case() -> None:
    assert {case["function"] for case in cases(DATA)} == set(ADAPTERS)


def test_the_command_counts_and_succeeds() -> None:
    done = run("tests/vectors_data")
    assert (done.returncode, done.stdout) == (0, "47 passed, 0 failed\n")


def wrong_number(case: dict[str, Any]) -> None:
    case["expected"]["nps"] += 0.1


def unknown_function(case: dict[str, Any]) -> None:
    case["function"] = "horoscope"


def unknown_input(case: dict[str, Any]) -> None:
    case["inputs"]["moon"] = 1


def null_expected(case: dict[str, Any]) -> None:
    case["expected"]["nps"] = None


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (wrong_number, "nps: expected"),
        (unknown_function, "there is no horoscope"),
        (unknown_input, "TypeError"),
        (null_expected, "expected None"),
    ],
)
def test_a_wrong_case_is_named_and_fails_the_command(
    spoil: Callable[[dict[str, Any]], None], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = json.loads((DATA / "01_nps.json").read_text(encoding="utf-8"))
    content["cases"] = [case for case in content["cases"] if case["function"] == "nps_from_counts"][:2]
    spoil(content["cases"][0])
    (tmp_path / "wrong.json").write_text(json.dumps(content), encoding="utf-8")
    assert main([str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert content["cases"][0]["id"] in told
    assert said in told
    assert told.splitlines()[-1] == "1 passed, 1 failed"


def test_a_failure_is_the_exit_code_of_the_command(tmp_path: Path) -> None:
    (tmp_path / "wrong.json").write_text('{"cases": [{"id": "x", "function": "y", "inputs": {}}]}', encoding="utf-8")
    assert run(tmp_path).returncode == 1


def test_no_cases_are_not_a_success(tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 1
    assert main([]) == 2


@pytest.mark.parametrize(
    ("expected", "found", "is_same"),
    [
        (1.0, 1.0 + 1e-12, True),
        (1.0, 1.001, False),
        (1.0, float("nan"), False),
        (None, 0.0, False),
        (None, None, True),
        (0.0, None, False),
        ([1, 2], (1, 2), True),
        ([1, 2], [1], False),
        ({"a": 1, "note": 2}, {"a": 1, "b": 3}, True),
        ({"a": 1}, {}, False),
        (True, True, True),
        ("x", "y", False),
    ],
)
def test_two_answers_are_the_same_only_when_every_number_is(expected: Any, found: Any, is_same: bool) -> None:
    assert (difference(expected, found, 1e-9) is None) is is_same
