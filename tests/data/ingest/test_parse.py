"""Cells to rows of the log: wide and long, ids, invitations, weights; rows read = accepted + rejected."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.ingest.mapping import MappingError
from data.ingest.parse import owners
from data.ingest.raw import REJECTED, Raw, Reason, wordless
from tests.data.ingest.helpers import mapping, parsed, raw, reasons

DAY = "2026-05-04"
WIDE: dict[str, Any] = {"moment": "delivery", "lived": "lived", "expected": "expected", "min": 1, "max": 5}
LONG: dict[str, Any] = {"moment_column": "moment", "lived": "lived", "min": 1, "max": 5, "no_answer": [0]}


def answers(**columns: list[str]) -> Raw:
    height = len(next(iter(columns.values())))
    given_columns = {"id": [f"a{place}" for place in range(height)], "date": [DAY] * height, "score": ["9"] * height}
    return raw(**{**given_columns, **columns})


def test_an_answer_becomes_a_row_of_the_log() -> None:
    content = answers(score=["9"], who=["ana@x.es"], text=[" Bien "], kg=["1.5"], ok=["Sí"], dep=["1"])
    meaning = mapping(
        respondent="who",
        verbatim="text",
        weight="kg",
        consent={"column": "ok", "yes": ["Sí"]},
        dimensions={"team": {"column": "dep", "names": {"1": "Almacén"}}, "channel": {"constant": "web"}},
    )
    row = parsed(content, meaning).responses.row(0, named=True)
    assert row["response_id"] == "survey:a0"
    assert (row["respondent"], row["recommend"], row["verbatim"]) == ("survey:ana@x.es", 9, "Bien")
    assert (row["weight"], row["consent"], row["counts"]) == (1500, True, True)
    assert (row["team"], row["channel"], row["source"], row["audience"]) == ("Almacén", "web", "survey", "external")
    assert (row["day"], row["week"], row["month"]) == (date(2026, 5, 4), date(2026, 5, 4), "2026-05")


def test_a_week_belongs_to_the_month_of_its_monday() -> None:
    rows = parsed(answers(date=["2026-05-31", "2026-06-01"]), mapping()).responses
    assert rows.select("week", "month").rows() == [(date(2026, 5, 25), "2026-05"), (date(2026, 6, 1), "2026-06")]


@pytest.mark.parametrize(
    ("cells", "changes", "reason"),
    [
        ({"kg": ["-1"]}, {"weight": "kg"}, "weight_out_of_range"),
        ({"kg": ["1001"]}, {"weight": "kg"}, "weight_out_of_range"),
        ({"kg": ["1e300"]}, {"weight": "kg"}, "weight_out_of_range"),
        ({"kg": ["heavy"]}, {"weight": "kg"}, "weight_unreadable"),
        ({"kg": ["0.5"]}, {"weight": "kg", "decimal": ","}, "weight_unreadable"),
        ({"kg": ["NaN"]}, {"weight": "kg"}, "weight_unreadable"),
        ({"t": ["x" * 32_769]}, {"verbatim": "t"}, "text_too_long"),
        ({"t": ["x" * 201]}, {"dimensions": {"team": "t"}}, "name_too_long"),
        ({"t": ["x" * 201]}, {"respondent": "t"}, "name_too_long"),
        ({"t": ["staff"]}, {"dimensions": {"audience": "t"}}, "audience_unknown"),
        ({"lived": ["6"], "expected": [""]}, {"ratings": [WIDE]}, "rating_out_of_range"),
        ({"lived": ["good"], "expected": [""]}, {"ratings": [WIDE]}, "rating_unreadable"),
        ({"lived": ["4.5"], "expected": [""]}, {"ratings": [WIDE]}, "rating_unreadable"),
        ({"lived": ["4"], "moment": [" "]}, {"ratings": [LONG]}, "moment_missing"),
        ({"lived": ["4"], "moment": ["m" * 201]}, {"ratings": [LONG]}, "name_too_long"),
    ],
)
def test_a_row_is_rejected_with_its_reason(cells: dict[str, list[str]], changes: dict[str, Any], reason: str) -> None:
    found = parsed(answers(**cells), mapping(**changes))
    assert [broken for _, _, broken in reasons(found)] == [reason]
    assert (found.rows, found.accepted_rows, found.responses.height) == (1, 0, 0)
    assert found.rejected["column"][0] in cells


def test_what_is_rejected_keeps_the_whole_row() -> None:
    found = parsed(answers(score=["11"], other=["not mapped"]), mapping())
    assert found.rejected.rows() == [
        (2, "score", "11", "score_out_of_range", '{"id":"a0","date":"2026-05-04","score":"11","other":"not mapped"}')
    ]


def test_codes_are_no_answer_in_every_column() -> None:
    content = answers(score=["99", "99.0", "8"], lived=["0", "5", "0"], expected=["", "99", "99"])
    found = parsed(content, mapping(no_answer=[99], ratings=[{**WIDE, "no_answer": [0]}]))
    assert reasons(found) == [(2, "", "nothing_answered")]
    assert found.responses["recommend"].to_list() == [None, 8]
    assert found.ratings.select("lived", "expected", "scale").rows() == [(5, None, "1-5")]


def test_wide_ratings_are_a_row_per_moment() -> None:
    content = answers(lived=["4"], expected=["5"], other=["2"])
    found = parsed(content, mapping(ratings=[WIDE, {"moment": "invoice", "lived": "other", "min": 0, "max": 10}]))
    expected = [("delivery", 4, 5, "1-5"), ("invoice", 2, None, "0-10")]
    assert found.ratings.select("moment", "lived", "expected", "scale").rows() == expected


def long(*rows: tuple[str, str, str, str]) -> Raw:
    ids, scores, moments, lived = (list(column) for column in zip(*rows, strict=True))
    return raw(id=ids, date=[DAY] * len(rows), score=scores, moment=moments, lived=lived)


LONG_MAPPING = mapping(layout="long", ratings=[LONG])


def test_long_rows_of_one_id_are_one_answer_in_any_order() -> None:
    rows = [("a", "", "delivery", "4"), ("a", "9", "invoice", "5"), ("b", "", "delivery", "2")]
    for order in (rows, rows[::-1]):
        found = parsed(long(*order), LONG_MAPPING)
        said = sorted(found.responses.select("response_id", "recommend").rows())
        assert said == [("survey:a", 9), ("survey:b", None)]
        assert found.ratings.height == 3
        assert (found.accepted_rows, found.rejected_rows, found.origins.height) == (3, 0, 3)


def test_a_long_row_that_contradicts_the_answer_is_rejected() -> None:
    rows = [("a", "9", "delivery", "4"), ("a", "3", "invoice", "5"), ("a", "9", "delivery", "1"), ("b", "", "x", "0")]
    found = parsed(long(*rows), LONG_MAPPING)
    assert reasons(found) == [(3, "score", "answer_differs"), (4, "", "rating_repeated"), (5, "", "nothing_answered")]
    assert found.ratings.select("moment", "lived").rows() == [("delivery", 4)]
    assert found.rows == found.accepted_rows + found.rejected_rows == 4


def test_ids_of_rows_do_not_depend_on_their_order_nor_on_their_neighbours() -> None:
    columns = {"date": [DAY] * 4, "score": ["9", "9", "3", "9"], "team": ["x", "x", "x", "y"]}
    meaning = mapping(id=None, dimensions={"team": "team"})
    first = parsed(raw(**columns), meaning).responses["response_id"].to_list()
    turned = {name: cells[::-1] for name, cells in columns.items()}
    second = parsed(raw(**turned), meaning).responses["response_id"].to_list()
    longer = {name: [*cells, cells[0]] for name, cells in columns.items()}
    third = parsed(raw(**longer), meaning).responses["response_id"].to_list()
    assert len(set(first)) == 4
    assert set(first) == set(second)
    assert third[:4] == first
    assert third[4] not in first


def test_invitations_count_who_was_asked() -> None:
    content = raw(date=[DAY, DAY, DAY, "x"], n=["120", "-1", "", "5"], team=["a", "a", "b", "b"])
    meaning = mapping(kind="invitations", id=None, recommend=None, invited="n", dimensions={"team": "team"})
    found = parsed(content, meaning)
    assert found.invitations.select("team", "invited").rows() == [("a", 120)]
    assert [reason for _, _, reason in reasons(found)] == ["count_unreadable", "count_unreadable", "date_unreadable"]
    assert parsed(content, mapping(kind="invitations", id=None, recommend=None)).invitations["invited"].sum() == 3


def test_a_count_of_invitations_beyond_reason_is_rejected() -> None:
    content = raw(date=[DAY], n=["9" * 18])
    found = parsed(content, mapping(kind="invitations", id=None, recommend=None, invited="n"))
    assert [reason for _, _, reason in reasons(found)] == ["count_unreadable"]


def test_a_file_without_rows_is_read() -> None:
    content = raw(id=[], date=[], score=[], lived=[], expected=[])
    assert parsed(content, mapping(ratings=[WIDE])).rows == 0


def test_a_missing_column_is_named() -> None:
    with pytest.raises(MappingError, match="no column 'date', 'score'; it has id"):
        parsed(raw(id=["a"]), mapping())


cell = st.one_of(
    st.sampled_from(["", "0", "5", "9", "10", "11", "9.5", "NaN", "inf", DAY, "2026-02-30", "a", "b", "1e400", " "]),
    st.text(max_size=6),
)
MEANINGS = [
    mapping(),
    mapping(id=None),
    mapping(ratings=[WIDE], weight="kg", verbatim="text", respondent="who", no_answer=[11, "a"]),
    mapping(decimal=",", weight="kg", dimensions={"team": "text", "audience": "who"}),
    mapping(layout="long", ratings=[{**LONG, "attribute_column": "text"}]),
    mapping(id=None, ratings=[LONG, WIDE]),
    mapping(kind="invitations", id=None, recommend=None, invited="kg"),
    mapping(dates={"column": "date", "unix": True}),
    mapping(dates={"year": "kg", "month": "score", "day": "lived", "time": "text"}),
    mapping(dates={"column": "date", "formats": ["%d %B %Y", "%Y-%m-%d %H:%M", "%Y"]}),
    mapping(dates={"constant": DAY}, id=None),
]
NAMES = ["id", "date", "score", "lived", "expected", "moment", "kg", "text", "who"]


@given(st.lists(st.lists(cell, min_size=9, max_size=9), max_size=6), st.sampled_from(MEANINGS), st.randoms())
def test_whatever_the_cells_say_no_row_is_lost(rows: list[list[str]], meaning: Any, chance: random.Random) -> None:
    content = raw(**{name: [row[place] for row in rows] for place, name in enumerate(NAMES)})
    found = parsed(content, meaning)
    assert found.rows == found.accepted_rows + found.rejected_rows == len(rows)
    assert found.responses["recommend"].drop_nulls().is_between(0, 10).all()
    assert found.responses["response_id"].is_unique().all()
    assert set(found.ratings["response_id"]) <= set(found.responses["response_id"])
    if meaning.kind == "responses":
        assert found.origins.height == found.accepted_rows
        assert set(found.origins["response_id"]) == set(found.responses["response_id"])
    if meaning.id is None and meaning.kind == "responses":
        chance.shuffle(rows)
        other = raw(**{name: [row[place] for row in rows] for place, name in enumerate(NAMES)})
        assert set(parsed(other, meaning).responses["response_id"]) == set(found.responses["response_id"])


OURS = ["day", "score", "weight", "verbatim", "respondent", "team", "moment", "lived", "response_id", "source"]


def test_a_file_may_call_its_columns_as_we_call_ours() -> None:
    values = [DAY, "9", "2", "Bien", "ana", "Almacén", "entrega", "4", "a", "b"]
    content = raw(**{name: [value] for name, value in zip(OURS, values, strict=True)})
    meaning = mapping(
        id="response_id",
        dates={"column": "day", "formats": ["%Y-%m-%d"]},
        weight="weight",
        verbatim="verbatim",
        respondent="respondent",
        dimensions={"team": "team", "segment": "source"},
        ratings=[LONG],
    )
    found = parsed(content, meaning)
    assert reasons(found) == []
    row = found.responses.row(0, named=True)
    assert (row["weight"], row["team"], row["segment"], row["moment"]) == (2000, "Almacén", "b", None)
    assert found.ratings.select("moment", "lived").rows() == [("entrega", 4)]


@pytest.mark.parametrize("name", ["*", "^i.*$", "^", "", "cell:id", "a\nb", "{}", "row 1"])
def test_a_column_may_have_any_name(name: str) -> None:
    content = raw(**{"id": ["a", "b"], "date": [DAY, DAY], name: ["9", "11"]})
    found = parsed(content, mapping(recommend=name))
    assert found.responses["recommend"].to_list() == [9]
    assert found.rejected.select("row", "column", "value").rows() == [(3, name, "11")]


def test_numbers_of_rows_are_those_of_the_spreadsheet() -> None:
    found = parsed(answers(score=["9", "x", "9"]), mapping())
    assert found.responses.select(pl.first()).to_series().to_list() == [2, 4]
    assert reasons(found) == [(3, "score", "score_unreadable")]


def told(raw_row: str, reason: Reason, row: int = 7) -> pl.DataFrame:
    """Return one rejected row."""
    return pl.DataFrame([(row, "", "", reason.value, raw_row)], schema=REJECTED, orient="row")


WHOLE = '{"id":" a1 ","date":"2026-05-04","score":"99","who":" ana ","text":"CANARY"}'


@pytest.mark.parametrize(
    ("rejected", "lines"),
    [
        (told(WHOLE, Reason.SCORE_OUT_OF_RANGE), [(7, "survey:ana", "survey:a1", date(2026, 5, 4))]),
        (told(WHOLE.replace("2026-05-04", "soon"), Reason.DATE_UNREADABLE), [(7, "survey:ana", "survey:a1", None)]),
        (told(WHOLE.replace('" ana "', '""'), Reason.SCORE_OUT_OF_RANGE), [(7, None, "survey:a1", date(2026, 5, 4))]),
        (
            told("a1¦ ana ", Reason.FIELDS_TOO_FEW),
            [(7, "survey:a1", "survey:a1", None), (7, "survey:ana", "survey:ana", None)],
        ),
        (
            told('{"id"¦x', Reason.FIELDS_TOO_FEW),
            [(7, 'survey:{"id"', 'survey:{"id"', None), (7, "survey:x", "survey:x", None)],
        ),
        (told("", Reason.FORGOTTEN), []),
    ],
    ids=["whole", "of no day", "of nobody", "misshapen", "misshapen, begun like a whole one", "emptied"],
)
def test_whose_a_rejected_row_is(rejected: pl.DataFrame, lines: list[tuple[Any, ...]]) -> None:
    meaning = mapping(id="id", respondent="who", verbatim="text")
    assert owners(rejected, meaning, "Europe/Madrid").rows() == lines


def test_what_is_emptied_says_only_why_it_stayed_out() -> None:
    rejected = pl.concat([told(WHOLE, Reason.SCORE_OUT_OF_RANGE), told("stays", Reason.FIELDS_TOO_FEW, 8)])
    emptied = wordless(rejected, pl.Series([7]))
    assert emptied["raw"].to_list() == ["", "stays"]
    assert emptied.drop("raw").equals(rejected.drop("raw"))
