"""The stream in words: every outcome has its shape, and what people wrote stays what it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from dashboard.voice import STREAM, Conversation, Outcome, Thanks
from layouts.voice import SHAPES, SHOWN, Ids, chip, facts, page, panel, stream, thanked, tone
from layouts.words import Words
from tests.boards import EN, ES, NASTY
from tests.trees import addresses, components, ids, texts

AT = datetime(2026, 11, 10, 9, tzinfo=UTC)


def comment(**more: Any) -> dict[str, Any]:
    blank = dict.fromkeys(STREAM) | {
        "response_id": "s:1",
        "verbatim": "Llegó tarde",
        "day": AT.date(),
        "answered_at": AT,
    }
    return blank | {"outcome": "open", "kind": "explicit", "inbox": "Ventas"} | more


@pytest.mark.parametrize("t", [ES, EN])
@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_its_shape_and_words(t: Words, outcome: Outcome) -> None:
    words = texts(chip(t, comment(outcome=outcome.value)))
    assert SHAPES[outcome] in words
    assert t(f"outcome.{outcome.value}") in words
    assert len(set(SHAPES.values())) == len(SHAPES)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"recommend": 9}, "mc-good"),
        ({"recommend": 3}, "mc-bad"),
        ({"recommend": 7}, "mc-fair"),
        ({"mood": "like"}, "mc-good"),
        ({"mood": "dislike"}, "mc-bad"),
        ({}, "mc-fair"),
    ],
)
def test_good_and_bad_news_come_from_the_customer(row: dict[str, Any], told: str) -> None:
    assert tone(comment(**row)) == told


def test_what_people_wrote_stays_what_it_is() -> None:
    row = comment(verbatim=NASTY, account=NASTY, reason=NASTY, outcome="no", who=NASTY, decided_at=AT)
    frame = pl.DataFrame([row], schema=STREAM)
    assert NASTY in texts(stream(ES, frame, {}, None))
    assert NASTY in texts(panel(ES, row, NASTY, {}, [("Ventas", NASTY)], (True, True)))
    born = [address for address in addresses(panel(ES, row, NASTY, {}, [], (True, True))) if "card=new" in address]
    assert len(born) == 1 and "origin=" in born[0]
    assert NASTY in texts(thanked(ES, [Thanks(NASTY, AT)]))


def test_many_comments_say_how_many_more_there_are() -> None:
    frame = pl.DataFrame([comment(response_id=f"s:{place}") for place in range(SHOWN + 5)], schema=STREAM)
    assert "Y 5 más" in texts(stream(ES, frame, {}, None))
    assert "Ningún comentario" in texts(stream(ES, frame.clear(), {}, None))


@pytest.mark.parametrize(("rights", "hidden"), [((True, True), 0), ((False, True), 1), ((False, False), 2)])
def test_what_the_asker_may_not_do_is_not_offered(rights: tuple[bool, bool], hidden: int) -> None:
    drawn = panel(ES, comment(), "x", {}, [("Ventas", "Ventas")], rights)
    assert sum(bool(getattr(one, "hidden", False)) for one in components(drawn)) == hidden


def test_the_conversation_is_told_in_days_and_hours() -> None:
    words = texts(facts(ES, Conversation(5, 0.4, 0.2, 20.0, date(2026, 11, 1)), date(2026, 11, 22)))
    assert "20 horas" in words
    assert "21 días" in words
    assert texts(facts(ES, Conversation(0, None, None, None, None), date(2026, 11, 22)))


def test_the_page_has_every_place_that_callbacks_fill() -> None:
    found = set(ids(page(ES, [("Ventas", "Ventas")], "", may_hear=True)))
    inside = {Ids.OPEN, Ids.DECIDE, Ids.REASON, Ids.THANKED, Ids.SAVE, Ids.TEAM, Ids.SEND, Ids.TELL}
    assert set(Ids) - inside <= found
