"""Meetings: which weeks were held, when the next one is, and which comments are drawn."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.meetings import (
    MINUTES,
    TRANSITIONS,
    Block,
    Held,
    Meeting,
    MeetingError,
    MeetingState,
    MeetingWeek,
    Obstacle,
    Pause,
    Rhythm,
    draw_quotes,
    held,
    next_meeting,
    weeks_of,
)
from dashboard.periods import WEEK

MONDAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
EASTER = Pause(1, "", MONDAY - 3 * WEEK, MONDAY - 3 * WEEK + timedelta(days=6), "puente")


def meeting(week: date, state: MeetingState = MeetingState.CLOSED, team: str = "Ventas") -> Meeting:
    return Meeting(1, team, week, state, Block.WEEK, "Ana", AT, AT)


def test_it_takes_twenty_five_minutes() -> None:
    assert sum(MINUTES.values()) == 25
    assert set(MINUTES) == set(Block)
    assert set(TRANSITIONS) == set(MeetingState)
    assert TRANSITIONS[MeetingState.MISSED] == ()


def test_a_missed_week_is_a_hole_and_a_planned_pause_is_not() -> None:
    meetings = [meeting(MONDAY - 4 * WEEK), meeting(MONDAY - WEEK, MeetingState.OPEN), meeting(MONDAY, team="Otro")]
    found = weeks_of("Ventas", meetings, [EASTER], frozenset(), MONDAY - 4 * WEEK, MONDAY)
    states = [one.state.value for one in found]
    assert states == ["closed", "paused", "missed", "closed", "planned"]
    assert held(found, 8) == Held(2, 3)
    assert held(found, 2) == Held(1, 2)
    assert Held(0, 0).share is None


def test_a_week_in_which_nobody_works_is_a_pause() -> None:
    free = frozenset(MONDAY - WEEK + timedelta(days=place) for place in range(5))
    (week, _) = weeks_of("Ventas", [], [], free, MONDAY - WEEK, MONDAY)
    assert week == MeetingWeek(MONDAY - WEEK, MeetingState.PAUSED)


def test_a_pause_of_one_team_is_nobody_elses() -> None:
    own = Pause(1, "Ventas", MONDAY, MONDAY, "feria")
    assert own.covers("Ventas", MONDAY)
    assert not own.covers("Posventa", MONDAY)
    assert not own.covers("Ventas", MONDAY + WEEK)
    assert EASTER.covers("Posventa", EASTER.since)


@pytest.mark.parametrize(
    ("today", "is_met", "expected"),
    [
        (MONDAY, False, MONDAY),
        (MONDAY, True, MONDAY + WEEK),
        (MONDAY + timedelta(days=1), False, MONDAY + WEEK),
        (MONDAY - 2 * WEEK, False, MONDAY - 2 * WEEK + timedelta(days=1)),
    ],
)
def test_the_next_meeting_avoids_holidays_and_pauses(today: date, is_met: bool, expected: date) -> None:
    holiday = frozenset({MONDAY - 2 * WEEK})
    assert next_meeting("Ventas", Rhythm(), today, [EASTER], holiday, is_met) == expected


def test_there_is_no_next_meeting_in_an_endless_pause() -> None:
    ever = Pause(1, "Ventas", MONDAY, MONDAY + 60 * WEEK, "cierre")
    assert next_meeting("Ventas", Rhythm(4, time(8)), MONDAY, [ever], frozenset(), False) is None


def test_a_team_meets_on_a_working_day() -> None:
    with pytest.raises(MeetingError, match="Monday to Friday"):
        Rhythm(5)


def test_an_obstacle_has_who_removes_it_and_when_or_goes_to_another_team() -> None:
    with pytest.raises(MeetingError, match="who removes it"):
        Obstacle(0, "Ventas", "Ventas", "la tarifa no está", MONDAY)
    with pytest.raises(MeetingError, match="one line"):
        Obstacle(0, "Ventas", "Ventas", " ", MONDAY, 1, MONDAY)
    assert Obstacle(0, "Posventa", "Ventas", "la tarifa no está", MONDAY).remover_id is None


def comments(scores: list[int]) -> pl.DataFrame:
    rows = [(f"s:{place:03}", f"palabras de un cliente {place}", score) for place, score in enumerate(scores)]
    kinds = {"response_id": pl.String, "verbatim": pl.String, "recommend": pl.Int16}
    return pl.DataFrame(rows, schema=kinds, orient="row")


def test_one_of_each_group_is_drawn_and_the_seed_decides_which() -> None:
    rows = comments([2, 5, 6, 7, 8, 8, 9, 10, 10])
    by_id = dict(zip(rows["response_id"], rows["recommend"], strict=True))
    drawn = draw_quotes(rows, frozenset(), 1)
    assert [by_id[one] <= 6 for one in drawn] == [True, False, False]
    assert [by_id[one] >= 9 for one in drawn] == [False, False, True]
    assert drawn == draw_quotes(rows.reverse(), frozenset(), 1)
    assert len({tuple(draw_quotes(rows, frozenset(), seed)) for seed in range(20)}) > 5


@given(st.lists(st.integers(0, 10), max_size=12), st.integers(0, 99))
def test_nothing_is_heard_twice_until_there_is_nothing_left(scores: list[int], seed: int) -> None:
    rows, seen = comments(scores), set[str]()
    for _ in range(5):
        drawn = draw_quotes(rows, seen, seed)
        assert len(drawn) == min(3, len(scores) - len(seen))
        assert not seen & set(drawn)
        seen |= set(drawn)


def test_too_short_too_long_and_repeated_words_are_not_drawn() -> None:
    rows = pl.DataFrame(
        {
            "response_id": ["a", "b", "c", "d"],
            "verbatim": ["corto", "x" * 241, "palabras de siempre", "palabras de siempre"],
            "recommend": [1, 1, 9, 9],
        }
    )
    assert len(draw_quotes(rows, frozenset(), 3)) == 1
