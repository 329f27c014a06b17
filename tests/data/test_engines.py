"""Every engine computes the same cells from the same rows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec

import polars as pl
import pytest

from data.engines import Engine, EngineError, Rows, compute_cubes, engine_named, polars_engine
from data.rollup import CUBES, roll_up_responses
from data.services import Services
from data.upkeep import check_cubes, rebuild_cubes
from tests.data.stores import awkward_responses, invitations, opened, store

ASKED = invitations(
    [{"day": date(2024, 2, 29), "invited": 10, "team": "Almacén"}, {"day": date(2026, 11, 10), "invited": 4}]
)
ENGINES = os.environ.get("MARCADOR_ENGINES", "")
needs_spark = pytest.mark.skipif(ENGINES != "1", reason="MARCADOR_ENGINES is not 1: see make engines")
needs_duckdb = pytest.mark.skipif(not ENGINES, reason="DuckDB runs in a process of its own, see the last test")
DUCKDB, SPARK = pytest.param("duckdb", marks=needs_duckdb), pytest.param("spark", marks=needs_spark)


def in_memory(rows: Rows, dimensions: tuple[str, ...]) -> pl.DataFrame:
    """Return the cells as Polars computes them without streaming."""
    cells: pl.LazyFrame = roll_up_responses(
        rows.log.scan("responses", rows.versions.responses, rows.months), dimensions
    )
    return cells.collect(engine="in-memory")


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    made = opened(tmp_path_factory.mktemp("engines") / "ñandú home")
    store(made, awkward_responses(3000), ASKED)
    yield made
    made.database.dispose()


@pytest.fixture(scope="module", params=["streaming", DUCKDB, SPARK])
def engine(request: pytest.FixtureRequest) -> Engine:
    return polars_engine if request.param == "streaming" else engine_named(request.param, "local[2]")


@pytest.fixture(scope="module", autouse=True)
def no_spark_left() -> Iterator[None]:
    yield
    if "pyspark" in sys.modules:
        from pyspark.sql import SparkSession

        if (session := SparkSession.getActiveSession()) is not None:
            session.stop()


MONTHS = [None, ("2024-02",), ("2024-02", "2026-12", "2026-11"), ("1999-01",), ()]


@pytest.mark.parametrize("months", MONTHS, ids=["all", "leap day", "three months", "no such month", "no month"])
def test_the_cubes_are_the_same_cell_for_cell(stored: Services, engine: Engine, months: tuple[str, ...] | None) -> None:
    rows = Rows(stored.log, stored.state().publication.versions, months)
    expected = compute_cubes(rows, in_memory)
    found = compute_cubes(rows, engine)
    assert found.schema == expected.schema
    assert found.equals(expected)
    assert (found.height > 0) == (months is None or "2024-02" in months)


def test_an_empty_log_gives_empty_cubes(engine: Engine, services: Services) -> None:
    found = compute_cubes(Rows(services.log, services.state().publication.versions), engine)
    assert found.is_empty()


def test_every_cube_holds_every_answer(stored: Services) -> None:
    cells = compute_cubes(Rows(stored.log, stored.state().publication.versions))
    sums = cells.group_by("cube").agg(pl.col("answers", "invited").sum()).sort("cube")
    assert sorted(CUBES) == sums["cube"].to_list()
    assert sums["answers"].n_unique() == 1
    assert sums["invited"].to_list() == [14] * len(CUBES)


@pytest.mark.parametrize("name", [DUCKDB, SPARK])
def test_a_rollup_by_another_engine_agrees_with_the_log(stored: Services, name: str) -> None:
    before = stored.state().publication.publication_id
    cells = rebuild_cubes(stored, name)
    assert stored.state().publication.publication_id > before
    assert check_cubes(stored) == (0, cells)


@pytest.mark.skipif(find_spec("pyspark") is not None, reason="pyspark is installed here")
def test_an_engine_that_is_not_installed_says_what_to_install() -> None:
    with pytest.raises(EngineError, match=r"pip install -r requirements-engines\.txt"):
        engine_named("spark")


@pytest.mark.skipif(bool(ENGINES), reason="this is that process")
def test_duckdb_agrees_too_in_a_process_of_its_own() -> None:
    """Its library complains about itself when a process ends, after the results; there nobody reads on."""
    command = [sys.executable, "-m", "pytest", __file__, "-k", "duckdb", "-p", "no:cacheprovider"]
    environment = {**os.environ, "MARCADOR_ENGINES": "duckdb"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert re.search(r"\b7 passed\b", done.stdout), done.stdout
