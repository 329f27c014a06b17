"""Importing a million rows, with rules, quarantine, votes, cubes and publication, against bare and equal work."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from bench.pairs import Pair, pair
from dashboard.permissions import Scope
from data.ingest.mapping import parse_mapping
from data.services import open_services
from data.settings import Settings
from data.writes.imports import import_file

MAPPING = """
version = 1
source = "bench"
id = "id"
verbatim = "comment"
[dates]
column = "date"
formats = ["%Y-%m-%d %H:%M"]
[recommend]
column = "nps"
[dimensions]
team = "team"
segment = "segment"
channel = "channel"
site = "site"
moment = "moment"
account = "account"
"""


def write_csv(path: Path, n: int) -> None:
    """Write `n` rows as a survey tool would, one in a hundred of them wrong."""
    draw = np.random.Generator(np.random.PCG64(7))
    day = np.datetime64("2025-01-06T09:00") + draw.integers(0, 680 * 1440, n).astype("timedelta64[m]")
    score = draw.binomial(11, 0.74, n).clip(0, 10)
    wrong = draw.random(n) < 0.01
    frame = pl.DataFrame(
        {
            "id": np.arange(n),
            "date": pl.Series(day.astype("datetime64[us]")).dt.strftime("%Y-%m-%d %H:%M"),
            "nps": np.where(wrong, 11 + draw.integers(0, 5, n), score),
            "team": [f"team {index}" for index in draw.integers(0, 8, n)],
            "segment": [f"segment {index}" for index in draw.integers(0, 5, n)],
            "channel": [f"channel {index}" for index in draw.integers(0, 4, n)],
            "site": [f"site {index}" for index in draw.integers(0, 6, n)],
            "moment": [f"moment {index}" for index in draw.integers(0, 12, n)],
            "account": [f"account {index}" for index in draw.integers(0, 20_000, n)],
            "comment": np.where(draw.random(n) < 0.15, "llegó tarde, pero bien embalado", ""),
        }
    )
    frame.write_csv(path)


def measure(rounds: int, n: int = 1_000_000) -> dict[str, Pair]:
    """Return our import against a bare read and write, and against DuckDB doing the same work."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        source = root / "answers.csv"
        write_csv(source, n)
        mapping = parse_mapping(MAPPING)

        def ours() -> None:
            home = root / "home"
            shutil.rmtree(home, ignore_errors=True)
            services = open_services(Settings(home=home))
            outcome = import_file(services, Scope.administrator(), source, mapping)
            assert outcome.rows == n and outcome.accepted + outcome.rejected == n and outcome.rejected > 0

        def bare() -> None:
            pl.read_csv(source).write_parquet(root / "bare.parquet")

        def duck() -> None:
            _duck(source, root)

        return {"bare": pair(ours, bare, rounds), "duckdb": pair(ours, duck, rounds)}


def _duck(source: Path, root: Path) -> None:
    """Read as text, check, quarantine, write partitioned Parquet and five rollups: what our import does."""
    connection = duckdb.connect()
    ask = connection.execute
    ask(f"create table raw as select row_number() over () + 1 as row, * from read_csv('{source}', all_varchar=true)")
    ask(
        """create table parsed as select *, try_strptime(trim(date), '%Y-%m-%d %H:%M') as moment_at, try_cast(trim(nps) as integer) as score,
        row_number() over (partition by trim(id) order by row) as seen from raw"""
    )
    ask(
        """create table rejected as select row, case when moment_at is null then 'date' when nps <> '' and score is null then 'score'
        when score not between 0 and 10 then 'range' when seen > 1 then 'twice' end as reason, to_json(parsed) as raw
        from parsed where moment_at is null or (nps <> '' and score is null) or score not between 0 and 10 or seen > 1"""
    )
    ask(
        """create table good as select 'bench:' || trim(id) response_id, moment_at, moment_at::date as day,
        date_trunc('week', moment_at)::date as week, strftime(date_trunc('week', moment_at), '%Y-%m') as month, score, trim(team) team,
        trim(segment) segment, trim(channel) channel, trim(site) site, trim(moment) moment, trim(account) account,
        nullif(trim(comment), '') comment from parsed where row not in (select row from rejected)"""
    )
    ask(f"copy rejected to '{root / 'rejected.parquet'}' (format parquet)")
    ask(f"copy good to '{root / 'log'}' (format parquet, partition_by (month), overwrite true)")
    scores = ", ".join(f"count(*) filter (score = {points}) s{points}" for points in range(11))
    for name, by in (
        ("total", ""),
        ("a", ", team, segment"),
        ("b", ", moment, segment"),
        ("c", ", channel, site"),
        ("d", ""),
    ):
        ask(f"copy (select day, week{by}, {scores} from good group by day, week{by}) to '{root / name}.parquet'")
    connection.close()
