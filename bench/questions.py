"""The scoreboard's questions: from cubes, from Polars on the log, from DuckDB on the log's files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import polars as pl

from dashboard.filters import Filters, filters
from dashboard.tables import SCORES
from data.board import CHANGE_DIMENSIONS
from data.scores import Scores
from data.services import Services

WEEK = date(2026, 11, 9)
SPLIT = WEEK - timedelta(weeks=3)
RECENT = (WEEK - timedelta(weeks=7), WEEK + timedelta(days=6))
WINDOW = (WEEK - timedelta(weeks=12), WEEK + timedelta(days=6))

OPENING = filters({})
FILTERED = filters({"team": ["team 3"], "segment": ["segment 1"]})
OUTSIDE = filters({"account": ["account 77", "account 4711"]})


def from_cubes(scores: Scores, asked: Filters) -> list[int]:
    """Answer the view's questions as the product does; return the counts, to compare."""
    weeks = scores.weeks(asked)
    spread = scores.distribution(asked.within(*WINDOW))
    halves = scores.halves(asked.within(*RECENT), CHANGE_DIMENSIONS, SPLIT)
    return [int(weeks["n"].sum()), sum(spread), *[int(half["n"].sum()) for half in halves]]


def from_polars(services: Services, scores: Scores, asked: Filters) -> list[int]:
    """Answer the same with plain Polars on the log: one lazy frame, all questions collected together."""
    audience = asked.with_values("audience", ("external",))
    log = services.log.scan("responses", scores.versions.responses)
    rows = log.filter(audience.expression() & pl.col("counts") & pl.col("recommend").is_not_null())
    categories = [
        (pl.col("recommend") <= 6).sum().alias("detractors"),
        (pl.col("recommend") >= 9).sum().alias("promoters"),
        pl.len().alias("n"),
    ]
    window = rows.filter(pl.col("day").is_between(*WINDOW))
    recent = rows.filter(pl.col("day").is_between(*RECENT)).with_columns(is_after=pl.col("day") >= SPLIT)
    queries = [rows.group_by("week").agg(categories).sort("week"), window.group_by("recommend").len()]
    queries += [recent.group_by(name, "is_after").agg(categories) for name in CHANGE_DIMENSIONS]
    weeks, spread, *halves = pl.collect_all(queries)
    return [int(weeks["n"].sum()), int(spread["len"].sum()), *[int(half["n"].sum()) for half in halves]]


@dataclass
class Duck:
    """DuckDB over the same Parquet files."""

    connection: duckdb.DuckDBPyConnection

    @classmethod
    def of(cls, services: Services, scores: Scores) -> Duck:
        connection = duckdb.connect()
        files = services.log.files("responses", scores.versions.responses)
        listed = ", ".join(f"'{name}'" for name in files)
        connection.execute(f"create view log as select * from read_parquet([{listed}], hive_partitioning=true)")
        return cls(connection)

    def answer(self, asked: Filters) -> list[int]:
        where = ["audience = 'external'", "counts", "recommend is not null"]
        for name, values in asked.where:
            where.append(f"{name} in ({', '.join(repr(value) for value in values)})")
        base = f"select * from log where {' and '.join(where)}"
        categories = "count(*) filter (recommend <= 6) d, count(*) filter (recommend >= 9) p, count(*) n"
        ask = self.connection.execute
        weeks = ask(f"select week, {categories} from ({base}) group by week order by week").fetchall()
        between = f"day between '{WINDOW[0]}' and '{WINDOW[1]}'"
        spread = ask(f"select recommend, count(*) n from ({base} and {between}) group by recommend").fetchall()
        between = f"day between '{RECENT[0]}' and '{RECENT[1]}'"
        halves = [
            ask(
                f"select {name}, day >= '{SPLIT}' later, {categories} from ({base} and {between}) group by {name}, later"
            ).fetchall()
            for name in CHANGE_DIMENSIONS
        ]
        return [sum(w[3] for w in weeks), sum(s[1] for s in spread), *[sum(h[4] for h in half) for half in halves]]


def outside(scores: Scores, asked: Filters) -> int:
    """Answer a filter that no cube keeps: the weekly score of two accounts."""
    return int(scores.weeks(asked)["n"].sum())


def outside_polars(services: Services, scores: Scores, asked: Filters) -> int:
    log = services.log.scan("responses", scores.versions.responses)
    names = list(asked.values("account"))
    rows = log.filter(pl.col("account").is_in(names) & pl.col("counts") & (pl.col("audience") == "external"))
    weekly = rows.group_by("week").agg(
        (pl.col("recommend") == points).sum().alias(SCORES[points]) for points in range(11)
    )
    return int(weekly.collect().select(pl.sum_horizontal(SCORES).sum()).item())


def outside_duck(duck: Duck, asked: Filters) -> int:
    names = ", ".join(repr(value) for value in asked.values("account"))
    counts = ", ".join(f"count(*) filter (recommend = {points}) s{points}" for points in range(11))
    query = (
        f"select week, {counts} from log where account in ({names}) and counts and audience = 'external' group by week"
    )
    return sum(sum(row[1:]) for row in duck.connection.execute(query).fetchall())
