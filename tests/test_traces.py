"""What looks for words finds them, so that finding none means something."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tests.traces import traces


def test_words_are_found_as_bytes_and_in_compressed_tables(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("the canary sang", encoding="utf-8")
    (tmp_path / "b.txt").write_text("nothing", encoding="utf-8")
    repeated = ["x" * 90] * 50 + ["it said: canary"]
    (tmp_path / "in").mkdir()
    pl.DataFrame({"words": repeated}).write_parquet(tmp_path / "in" / "c.parquet", statistics=False)
    assert traces(tmp_path, "canary") == ["a.txt", "in/c.parquet"]
    assert traces(tmp_path, "nobody") == []
