"""What customers say: searching it, deciding on it, and how the conversation goes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from dashboard.voice import LONGEST, STREAM, Conversation, Heard, Mood, Outcome, Verdict, VoiceError, conversation, says

AT = datetime(2026, 11, 10, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("camión", True),
        ("CAMION", True),
        ("camion tarde", True),
        ("tarde camión", True),
        ("camión pronto", False),
        ("llegó", True),
        ("", True),
        (".*", False),
        ("ñandú", True),
        ("nandu", True),
    ],
)
def test_accents_and_capitals_do_not_matter(words: str, is_found: bool) -> None:
    frame = pl.DataFrame({"verbatim": ["El camión LLEGO tarde, Ñandú"]})
    assert frame.filter(says(words)).height == int(is_found)


@pytest.mark.parametrize(
    ("heard", "why"),
    [
        (Heard(" ", Mood.LIKE, "Ventas"), "write what you heard"),
        (Heard("x" * (LONGEST + 1), Mood.LIKE, "Ventas"), "longer than 1000"),
        (Heard("x", Mood.LIKE, ""), "choose the team"),
    ],
)
def test_what_was_heard_has_words_and_a_team(heard: Heard, why: str) -> None:
    with pytest.raises(VoiceError, match=why):
        heard.checked()


@pytest.mark.parametrize(
    ("verdict", "why"),
    [
        (Verdict(Outcome.NO, "  "), "say why"),
        (Verdict(Outcome.PARK, "luego", "caja nueva"), "only what is done"),
        (Verdict(Outcome.DO, "ya", "x" * 81), "fits in 80"),
    ],
)
def test_a_decision_has_its_reason(verdict: Verdict, why: str) -> None:
    with pytest.raises(VoiceError, match=why):
        verdict.checked()


def stream(*rows: tuple[str, int, int | None]) -> pl.DataFrame:
    """Return comments: what came of each, days ago, and hours until its author was answered."""
    full = []
    for place, (outcome, ago, hours) in enumerate(rows):
        at = AT - timedelta(days=ago)
        told = None if hours is None else at + timedelta(hours=hours)
        blank = dict.fromkeys(STREAM) | {"response_id": f"s:{place}", "verbatim": "x", "day": at.date()}
        full.append(blank | {"answered_at": at, "outcome": outcome, "told_at": told})
    return pl.DataFrame(full, schema=STREAM)


def test_the_conversation_counts_answers_hours_and_who_waits_longest() -> None:
    found = conversation(stream(("do", 1, 10), ("no", 5, None), ("open", 3, 30), ("open", 9, None), ("open", 2, None)))
    assert found == Conversation(5, 0.4, 0.4, 20.0, date(2026, 11, 1))


def test_without_comments_nothing_is_said() -> None:
    assert conversation(stream()) == Conversation(0, None, None, None, None)
    assert conversation(stream(("do", 1, None))).waiting is None
