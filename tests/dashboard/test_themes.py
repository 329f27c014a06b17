"""Themes are found by the words that mark them, in whatever accents and case, and told with their gap."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.changes import Verdict
from dashboard.themes import (
    Assigner,
    Theme,
    ThemeError,
    marked,
    once,
    parse_themes,
    plain,
    plain_text,
    topics,
    written,
)

LATE = Theme("late", "Plazo", ("retras*", "llega", "on time", "¿Qué tal?"))
BILL = Theme("bill", "Factura", ("FACTURA",))


def told(*texts: str | None, scores: list[int | None] | None = None) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "response_id": [str(place) for place in range(len(texts))],
            "verbatim": list(texts),
            "recommend": scores or [9] * len(texts),
        },
        schema_overrides={"verbatim": pl.String, "recommend": pl.Int16},
    )


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Mucho retraso otra vez", ["late"]),
        ("RETRASÁNDOSE siempre", ["late"]),
        ("El camión no llega nunca", ["late"]),
        ("ya llegará algún día", []),
        ("Everything on time!", ["late"]),
        ("on the time", []),
        ("hola ¿que TAL? bien", ["late"]),
        ("La factura llega tarde", ["late", "bill"]),
        ("facturas mal", []),
        ("retraso", []),
        ("👍👍", []),
        ("", []),
        (None, []),
    ],
)
def test_a_comment_is_about_the_themes_whose_words_it_has(text: str | None, themes: list[str]) -> None:
    assert marked(told(text), [LATE, BILL])["theme"].to_list() == themes


def test_a_theme_without_words_marks_nothing() -> None:
    assert marked(told("todo muy bien"), [Theme("a", "A", ()), Theme("b", "B", ("¡!", "*"))]).is_empty()
    assert marked(told(), [LATE]).is_empty() and marked(told("algo de texto"), []).is_empty()


@given(st.text())
def test_both_ways_of_making_a_text_plain_agree(text: str) -> None:
    if any(ord(letter) > 0x24F for letter in text.casefold()) or "ß" in text or "ı" in text or "i̇" in text.lower():
        return
    found = pl.DataFrame({"text": [text]}).select(plain(pl.col("text"))).item()
    assert found.strip() == plain_text(text.lower())


def test_what_was_pasted_counts_once() -> None:
    frame = once(told(*["Todo bien, gracias"] * 5, "todo BIEN gracias", *["Otro texto"] * 4, None))
    assert frame["is_pasted"].to_list() == [False, *[True] * 5, *[False] * 5]


def test_topics_carry_their_gap_and_who_said_so() -> None:
    texts = ["hay retraso en todo"] * 4 + [f"todo bien número {place}" for place in range(40)]
    texts = [f"{text} {place}" for place, text in enumerate(texts)]
    comments = told(*texts, scores=[0] * 4 + [10] * 40)
    about = marked(comments, [LATE, BILL]).with_columns(assigner=pl.lit(Assigner.RULE.value))
    person = pl.DataFrame({"response_id": ["9", "0"], "theme": ["late", "late"], "assigner": ["person", "person"]})
    found = topics(comments, pl.concat([about, person]), [BILL, LATE])
    assert [one.theme.key for one in found] == ["late"]
    assert found[0].n == 5 and found[0].share == pytest.approx(5 / 44) and found[0].by_people == 2
    assert found[0].gap.points == pytest.approx(-60 - 100) and found[0].gap.verdict is Verdict.INSUFFICIENT
    assert found[0].examples == ("0", "1", "2")
    assert topics(told(), about, [LATE]) == []


def test_comments_without_a_score_are_counted_and_have_no_gap() -> None:
    comments = told("hay retraso en todo", scores=[None])
    found = topics(comments, marked(comments, [LATE]).with_columns(assigner=pl.lit("rule")), [LATE])
    assert found[0].n == 1 and found[0].gap.points is None


def test_themes_are_written_and_read_one_a_line() -> None:
    text = "Plazo y entrega: retras*, no llega\n\n  Factura :factura,  albarán, \n"
    found = parse_themes(text)
    assert found == (
        Theme("plazo-y-entrega", "Plazo y entrega", ("retras*", "no llega")),
        Theme("factura", "Factura", ("factura", "albarán")),
    )
    assert parse_themes(written(found)) == found and parse_themes("") == ()
    with pytest.raises(ThemeError, match="line 2 needs a colon"):
        parse_themes("a: b\nsin nada")
