"""Short ways to write files, mappings and cells in the tests of ingestion."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from data.ingest.mapping import Mapping, mapping_of
from data.ingest.parse import Parsed, parse
from data.ingest.raw import ROW, Raw

TODAY = date(2026, 11, 22)
MADRID = "Europe/Madrid"

SIMPLE: dict[str, Any] = {
    "source": "survey",
    "id": "id",
    "dates": {"column": "date", "formats": ["%Y-%m-%d"]},
    "recommend": "score",
}
"""The mapping of a file with id, date and score."""


def mapping(**changes: Any) -> Mapping:
    """Return `SIMPLE` with changes; None takes a key away."""
    content = {**SIMPLE, **changes}
    return mapping_of({key: value for key, value in content.items() if value is not None})


def raw(**columns: list[str]) -> Raw:
    """Return the cells of these columns, numbered from row 2."""
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    numbered = frame.with_row_index(ROW, offset=2).with_columns(pl.col(ROW).cast(pl.Int64))
    return Raw(numbered, tuple(columns), "made")


def parsed(content: Raw, meaning: Mapping, zone: str = MADRID, today: date = TODAY) -> Parsed:
    """Return what the cells hold."""
    return parse(content, meaning, zone, today)


def reasons(found: Parsed) -> list[tuple[int, str, str]]:
    """Return row, column and reason of every rejection."""
    return found.rejected.select("row", "column", "reason").rows()


def file(folder: Path, content: bytes | str, name: str = "survey.csv") -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
