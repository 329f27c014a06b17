"""Looking for words in everything that a home folder holds, compressed or not."""

from __future__ import annotations

import io
from pathlib import Path

import polars as pl


def traces(home: Path, words: str) -> list[str]:
    """Return the files under a folder that say `words`, by their place in it."""
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file() and says(path, words))


def says(path: Path, words: str) -> bool:
    """Return whether a file says `words`: as bytes, or in a table when it holds one."""
    content = path.read_bytes()
    if words.encode() in content:
        return True
    return content.startswith(b"PAR1") and words in str(pl.read_parquet(io.BytesIO(content)).to_dicts())
