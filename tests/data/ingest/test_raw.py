"""Headers, and the one list of reasons."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data.ingest.raw import ImportRefusedError, Reason, tidy_header

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("names", "tidied"),
    [
        ([" a ", "\ufeffb"], ("a", "b")),
        (["a", "", ""], ("a",)),
        (["a", "", "c"], ("a", "column 2", "c")),
    ],
)
def test_headers_are_tidied(names: list[str], tidied: tuple[str, ...]) -> None:
    assert tidy_header(names) == tidied


@pytest.mark.parametrize("names", [[], [""], ["a", "a"], ["__row__"], [str(place) for place in range(513)]])
def test_headers_that_name_nothing_certain_are_refused(names: list[str]) -> None:
    with pytest.raises(ImportRefusedError):
        tidy_header(names)


def test_a_nameless_column_cannot_hide_behind_another() -> None:
    with pytest.raises(ImportRefusedError, match="'column 2' appears twice"):
        tidy_header(["column 2", "", "c"])


def test_every_reason_is_used_and_none_is_written_by_hand() -> None:
    sources = [*(ROOT / "data" / "ingest").glob("*.py"), ROOT / "data" / "writes" / "imports.py"]
    code = {path.name: path.read_text(encoding="utf-8") for path in sources}
    used = {name for content in code.values() for name in re.findall(r"Reason\.([A-Z_]+)", content)}
    assert used == {reason.name for reason in Reason}
    for name, content in code.items():
        by_hand = {reason.value for reason in Reason if f'"{reason.value}"' in content}
        assert name == "raw.py" or not by_hand
