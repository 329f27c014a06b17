"""DuckDB as engine: reads the published Parquet files itself."""

from __future__ import annotations

import duckdb
import polars as pl

from data.engines import Rows
from data.rollup import roll_up_responses

READ = "from read_parquet($files, hive_partitioning = true, hive_types = {'month': varchar})"


def duckdb_engine(rows: Rows, dimensions: tuple[str, ...]) -> pl.DataFrame:
    """Return the response cells computed by DuckDB."""
    files = rows.log.files("responses", rows.versions.responses)
    if not files:
        frame = rows.log.scan("responses", rows.versions.responses)
        cells: pl.LazyFrame = roll_up_responses(frame, dimensions)
        return cells.collect()
    connection = duckdb.connect(config={"autoinstall_known_extensions": "false", "TimeZone": "UTC"})
    try:
        relation = connection.sql(READ, params={"files": files})
        if rows.months is not None:
            months = ", ".join(f"'{month}'" for month in rows.months) or "''"
            relation = relation.filter(f"month in ({months})")
        result = pl.DataFrame(roll_up_responses(relation, dimensions))
    finally:
        connection.close()
    return result
