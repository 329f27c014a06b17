"""docs/import.md says everything there is to say, and its examples work."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from dashboard.filters import DIMENSIONS
from data.ingest import mapping as module
from data.ingest.mapping import Mapping, parse_mapping
from data.ingest.raw import MOST_COLUMNS, MOST_ROWS, Reason

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")
MODELS = [
    model
    for model in vars(module).values()
    if isinstance(model, type) and issubclass(model, BaseModel) and model.__module__ == module.__name__
]
KEYS = sorted({(model.__name__, key) for model in MODELS for key in model.model_fields})


@pytest.mark.parametrize(("model", "key"), KEYS)
def test_every_key_of_the_mapping_is_in_the_page(model: str, key: str) -> None:
    assert re.search(rf"`{key}\b|\b{key} =", PAGE), f"{model}.{key} is not in docs/import.md"


def test_the_table_of_reasons_is_the_enum() -> None:
    table = re.findall(r"^\| `([a-z_]+)` \|[^|]+\|[^|]+\|$", PAGE.split("## Rejected rows")[1], re.MULTILINE)
    assert table == [reason.value for reason in Reason]


def test_the_keys_of_the_table_exist() -> None:
    section = PAGE.split("## The mapping")[1].split("`[file]`")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(Mapping.model_fields)


def test_every_dimension_is_named() -> None:
    assert all(f"`{name}`" in PAGE for name in DIMENSIONS if name != "source")


def test_the_limits_are_those_of_the_code() -> None:
    assert f"{MOST_COLUMNS} columns · {MOST_ROWS // 1_000_000} million rows" in PAGE


def examples() -> list[str]:
    blocks = re.findall(r"(?:^    .*\n|^\n(?=    ))+", PAGE, re.MULTILINE)
    plain = ["\n".join(line[4:] for line in block.strip("\n").splitlines()) for block in blocks]
    return [block for block in plain if "app.py" not in block]


@pytest.mark.parametrize("example", examples())
def test_every_example_is_part_of_a_mapping_that_is_accepted(example: str) -> None:
    parts = tomllib.loads(example)
    frame = 'source = "x"\nverbatim = "v"\n' if "source" not in parts else ""
    dates = "\n[dates]\nconstant = 2026-05-31\n" if "dates" not in parts else ""
    parse_mapping(frame + example + dates)


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "mappings").glob("*.toml")), ids=lambda path: path.stem)
def test_every_mapping_of_the_docs_is_accepted(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert parse_mapping(text).source == path.stem
    assert text.startswith("# ")
    assert path.stem in PAGE
