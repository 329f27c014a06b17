"""The questions about promises: from cubes and from rows the same, merges applied, periods by the day they were due."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from statistics import mean

import polars as pl
import pytest

from dashboard.aftermath import compared
from dashboard.filters import EVERYTHING, Filters, filters
from data.ingest.mapping import parse_mapping
from data.promises import MOST_TOLD
from data.services import Services
from data.writes.decision import decision
from data.writes.imports import import_file
from data.writes.members import merge_member
from data.writes.publications import publish_versions, refresh_cubes
from tests.data.stores import ADMINISTRATOR
from tests.data.test_ratings import SCALES, ratings
from tests.data.writes.test_promises import HEADER, ORDERS, SECOND, sent

AS_OF = date(2026, 11, 21)


@pytest.fixture
def stored(services: Services, outside: Path) -> Services:
    """A home with five orders."""
    sent(services, outside, SECOND)
    return services


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (EVERYTHING, (4, 1, 2)),
        (filters({"team": ["Almacén"]}), (2, 0, 1)),
        (filters({"account": ["A"]}), (2, 1, 1)),
        (EVERYTHING.within(date(2026, 11, 9), date(2026, 11, 15)), (1, 0, 1)),
        (filters({"team": ["nobody"]}), (0, 0, 0)),
    ],
)
def test_cubes_and_rows_count_the_same(stored: Services, asked: Filters, expected: tuple[int, ...]) -> None:
    promises = stored.promises(stored.state())
    assert promises.due(asked, AS_OF).select("due", "kept", "late").row(0) == expected
    by = promises.due(asked, AS_OF, ("account",))
    assert tuple(by.select(pl.col("due", "kept", "late").sum()).row(0)) == expected


def test_what_is_open_is_told_by_its_day(stored: Services) -> None:
    found = stored.promises(stored.state()).open(EVERYTHING)
    assert found.rows() == [(date(2026, 11, 18), 1), (date(2026, 12, 11), 1)]


def test_waiting_counts_what_is_still_open(stored: Services) -> None:
    waits = stored.promises(stored.state()).waits(EVERYTHING, date(2026, 11, 22)).sort("days", "team")
    assert waits.rows() == [
        ("Transporte", 3.0, "delivered", 1),
        ("Almacén", 6.0, None, 1),
        ("Transporte", 7.0, "delivered", 1),
        ("Almacén", 8.0, "delivered", 1),
        ("Almacén", 13.0, None, 1),
    ]


def test_a_merged_team_is_counted_with_the_other(stored: Services) -> None:
    merge_member(stored, ADMINISTRATOR, "team", "Almacén", "Transporte")
    promises = stored.promises(stored.state())
    assert promises.due(EVERYTHING, AS_OF, ("team",)).select("team", "due").rows() == [("Transporte", 4)]
    assert promises.values("team") == ["Transporte"]


def test_each_standard_has_its_share(stored: Services) -> None:
    rows = stored.promises(stored.state()).standards(EVERYTHING, AS_OF, ["order in 24 h", "x"]).rows()
    assert rows == [("order in 24 h", 4, 1, 2)]


def test_what_hangs_on_the_publication_alone_is_told_once_and_anew_after_the_next(
    stored: Services, outside: Path
) -> None:
    asked: list[int] = []
    promises = stored.promises(stored.state())
    for _ in range(3):
        assert promises.once(("x",), lambda: asked.append(1) or len(asked)) == 1
    assert promises.once(("y",), lambda: 7) == 7
    again = stored.promises(stored.state())
    assert again.once(("x",), lambda: 9) == 1, "nothing was published meanwhile"
    sent(stored, outside, "6,eva,2026-11-02,2026-11-06,2026-11-06,Ventas,B\n", "more.csv")
    assert stored.promises(stored.state()).once(("x",), lambda: 9) == 9
    for number in range(2 * MOST_TOLD):
        promises.once((number,), lambda: 0)
    assert len(promises._told) == MOST_TOLD


ANSWERS = """
source = "survey"
id = "id"
respondent = "who"
recommend = "score"
[dates]
column = "day"
formats = ["%Y-%m-%d"]
[dimensions]
account = "account"
"""


def test_answers_around_promises_are_those_of_the_log_with_merges_applied(stored: Services, outside: Path) -> None:
    lines = ["id,who,day,score,account"]
    days = {"A": ("2026-10-20", "2026-11-15"), "B": ("2026-10-20", "2026-11-03"), "C": ("2026-11-01", "2026-11-20")}
    for place, (account, (before, after)) in enumerate(days.items()):
        lines += [f"{place}b,{account}-1,{before},10,{account}", f"{place}a,{account}-1,{after},3,{account}"]
    file = outside / "answers.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    import_file(stored, ADMINISTRATOR, file, parse_mapping(ANSWERS))
    around = stored.promises(stored.state()).around
    assert compared(around, AS_OF).rows() == [("A", True, 1, -1), ("B", True, 1, -1), ("C", True, 1, -1)]
    assert compared(around, date(2026, 11, 12)).rows() == [("A", False, 1, -1), ("B", True, 1, -1)]
    assert compared(around, date(2026, 10, 1)).is_empty()
    merge_member(stored, ADMINISTRATOR, "account", "B", "A")
    assert compared(stored.promises(stored.state()).around, AS_OF).rows() == [("A", True, 1, -1), ("C", True, 1, -1)]


def test_many_ask_at_once_while_what_was_told_makes_room(stored: Services) -> None:
    promises = stored.promises(stored.state())
    with ThreadPoolExecutor(8) as pool:
        told = pool.map(lambda number: promises.once((number % 90,), lambda: number % 90), range(4000))
    assert list(told) == [number % 90 for number in range(4000)]


def test_what_was_said_of_promises_is_put_on_ten_whatever_the_scale(services: Services, outside: Path) -> None:
    lived = 'lived = { column = "got", expected = "hoped", min = -5, max = 5 }\n'
    mapping = parse_mapping(ORDERS.replace("[dimensions]", lived + "[dimensions]"))
    path = outside / "rated.csv"
    path.write_text(f"{HEADER.strip()},hoped,got\n1,ana,2026-10-26,2026-10-30,2026-10-29,T,A,5,-5\n", encoding="utf-8")
    import_file(services, ADMINISTRATOR, path, mapping)
    assert services.promises(services.state()).said(EVERYTHING).rows() == [("A", 10.0, 0.0, False)]


def test_what_surveys_ask_on_both_sides_is_one_row_per_answer_and_moment(services: Services) -> None:
    rows = ratings(4000)
    services.log.append("ratings", rows, "test")
    with decision(services, "tests") as made:
        publish_versions(services, made, refresh_cubes(services, None, "test"), "test")
        made.record("publish", "publication", 1)
    asked = filters({"audience": ["external"]}, date(2026, 9, 14), date(2026, 10, 25))
    sides: dict[tuple[str, str | None], dict[str, list[float]]] = {}
    for one in rows.filter(pl.col("counts") & (pl.col("measure_source") != "estimate")).iter_rows(named=True):
        if one["audience"] == "external" and asked.since <= one["day"] <= asked.until:
            low, high = SCALES[one["scale"]]
            of = sides.setdefault((one["response_id"], one["moment"]), {"expected": [], "lived": []})
            for side in ("expected", "lived"):
                if one[side] is not None:
                    of[side].append(10 * (one[side] - low) / (high - low))
    told = sorted((mean(of["expected"]), mean(of["lived"])) for of in sides.values() if of["expected"] and of["lived"])
    found = services.promises(services.state()).surveyed(asked).select("expected", "lived").sort("expected", "lived")
    assert len(told) > 100
    assert found.height == len(told)
    assert [value for row in found.rows() for value in row] == pytest.approx([value for row in told for value in row])
