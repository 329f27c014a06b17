"""Apache Spark as engine: local, or a cluster that sees the same files, by its master URL."""

from __future__ import annotations

import polars as pl
from pyspark.sql import SparkSession

from data.engines import Engine, Rows
from data.rollup import roll_up_responses


def spark_engine(master: str) -> Engine:
    """Return the engine that runs on the given master.

    Partition names are read as text: Spark would take the month 2024-02 for the first of February.
    """
    builder = SparkSession.builder.master(master).appName("marcador")
    builder = builder.config("spark.sql.session.timeZone", "UTC").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "8").getOrCreate()

    def compute(rows: Rows, dimensions: tuple[str, ...]) -> pl.DataFrame:
        """Return the response cells computed by Spark."""
        files = rows.log.files("responses", rows.versions.responses)
        if not files:
            empty: pl.LazyFrame = roll_up_responses(rows.log.scan("responses", rows.versions.responses), dimensions)
            return empty.collect()
        frame = session.read.option("basePath", rows.log.path("responses")).parquet(*files)
        if rows.months is not None:
            frame = frame.filter(frame["month"].isin(list(rows.months)))
        table = pl.from_arrow(roll_up_responses(frame, dimensions).toArrow())
        assert isinstance(table, pl.DataFrame)
        return table

    return compute
