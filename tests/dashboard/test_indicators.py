"""Weeks met, not met and not reported; targets with history; the second word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.indicators import (
    Cadence,
    Course,
    Direction,
    Indicator,
    IndicatorError,
    Kind,
    Posture,
    Target,
    Week,
    attainment,
    course,
    nature,
    posture,
    reading_value,
    week_state,
)
from dashboard.periods import WEEK

MONDAY = date(2026, 11, 9)
PACKED = Indicator(1, "Almacén", "Pedidos completos", "%", belief="quien recibe todo, recomienda")
values = st.lists(st.one_of(st.none(), st.floats(0, 1e6)), max_size=40)


@pytest.mark.parametrize(
    ("value", "target", "direction", "state"),
    [
        (96, 95, Direction.MORE, Week.MET),
        (95, 95, Direction.MORE, Week.MET),
        (94, 95, Direction.MORE, Week.NEARLY),
        (88, 94, Direction.MORE, Week.BELOW),
        (0, 94, Direction.MORE, Week.BELOW),
        (None, 94, Direction.MORE, Week.MISSING),
        (5, None, Direction.MORE, Week.AIMLESS),
        (5, 0, Direction.MORE, Week.AIMLESS),
        (3, 4, Direction.LESS, Week.MET),
        (0, 0, Direction.LESS, Week.MET),
        (4.1, 4, Direction.LESS, Week.NEARLY),
        (1, 0, Direction.LESS, Week.BELOW),
    ],
)
def test_a_week_says_what_its_value_says(
    value: float | None, target: float | None, direction: Direction, state: Week
) -> None:
    assert week_state(value, target, direction) is state


def test_less_is_better_is_not_the_other_formula_upside_down() -> None:
    found = attainment([8, 4, 0, None], [4, 4, 4, 4], Direction.LESS)
    assert (found.weeks, found.reported, found.met) == (4, 3, 2)
    assert found.mean == pytest.approx((0.5 + 1 + 1) / 3)
    assert found.streak == 0


@given(values)
def test_what_was_not_reported_is_never_met_and_never_zero(series: list[float | None]) -> None:
    found = attainment(series, [10.0] * len(series))
    assert found.reported == sum(value is not None for value in series)
    assert found.met <= found.reported <= found.weeks == len(series)
    assert found.streak <= found.met
    assert (found.mean is None) == (found.reported == 0)
    assert found.mean is None or 0 <= found.mean <= 1


def test_no_weeks_have_no_rates() -> None:
    empty = attainment([], [])
    assert (empty.rate, empty.rate_of_reported, empty.reporting_rate, empty.streak) == (None, None, None, 0)


def test_old_weeks_keep_the_target_they_had() -> None:
    targets = (Target(MONDAY - 9 * WEEK, 90), Target(MONDAY, 95, "la ficha nueva"))
    changed = replace(PACKED, targets=targets)
    found = course(changed, {MONDAY - WEEK: 92, MONDAY: 92}, MONDAY, 13)
    assert found.targets[-2:] == (90, 95)
    assert found.states[-2:] == (Week.MET, Week.NEARLY)
    assert changed.target(MONDAY - 10 * WEEK) is None


def test_weeks_before_the_first_target_or_reading_are_not_owed() -> None:
    young = replace(PACKED, targets=(Target(MONDAY - 2 * WEEK, 90),))
    found = course(young, {MONDAY: 91}, MONDAY, 13)
    assert found.values == (None, None, 91)
    assert found.recent(13).rate == pytest.approx(1 / 3)
    assert course(PACKED, {}, MONDAY, 13).last is Week.MISSING


@pytest.mark.parametrize(
    ("cadence", "due"),
    [(Cadence.WEEKLY, 13), (Cadence.FORTNIGHTLY, 6), (Cadence.MONTHLY, 3)],
)
def test_a_cadence_says_which_weeks_owe_a_value(cadence: Cadence, due: int) -> None:
    weeks = [MONDAY - place * WEEK for place in range(13)]
    assert sum(cadence.is_due(week) for week in weeks) in (due, due + 1)


def test_two_missed_weeks_in_a_row_warn() -> None:
    def warns(*series: float | None) -> bool:
        weeks = tuple(MONDAY - place * WEEK for place in range(len(series)))[::-1]
        return Course(replace(PACKED, targets=(Target(weeks[0], 95),)), weeks, series).is_warning

    assert warns(96, 94, 80)
    assert not warns(96, 97, 80)
    assert not warns(96, None, 80)
    assert not warns(80)


@pytest.mark.parametrize(
    ("states", "word"),
    [
        ([Week.MET, Week.BELOW], Posture.ATTACK),
        ([Week.MET, Week.BELOW, Week.NEARLY], Posture.DEFENCE),
        ([Week.MET, Week.MET, Week.MISSING, Week.MISSING], Posture.ATTACK),
        ([Week.MET, Week.MISSING, Week.MISSING], None),
        ([], None),
    ],
)
def test_the_second_word_needs_half_of_the_indicators_reported(states: list[Week], word: Posture | None) -> None:
    assert posture(states) is word


@pytest.mark.parametrize(
    ("can_move", "comes_before", "kind"),
    [(True, True, Kind.LEAD), (True, False, None), (False, True, Kind.LAG), (False, False, Kind.LAG)],
)
def test_two_questions_tell_a_lead_from_a_lag(can_move: bool, comes_before: bool, kind: Kind | None) -> None:
    assert nature(can_move, comes_before) is kind


def test_a_reading_is_a_value_or_a_part_of_a_total() -> None:
    assert reading_value("%", None, 48, 50) == 96
    assert reading_value("h", None, 9, 4) == 2.25
    assert reading_value("h", 3.5, None, None) == 3.5
    assert reading_value("%", 0, None, None) == 0


@pytest.mark.parametrize(
    ("unit", "numbers"),
    [("%", (101, None, None)), ("%", (None, 3, 0)), ("h", (None, None, None)), ("%", (None, 3, None)), ("%", (-1,))],
)
def test_a_reading_that_cannot_be_is_refused(unit: str, numbers: tuple[float | None, ...]) -> None:
    with pytest.raises(IndicatorError):
        reading_value(unit, *(*numbers, None, None)[:3])


@pytest.mark.parametrize("change", [{"team": " "}, {"name": ""}, {"belief": ""}, {"due_day": 7}])
def test_an_indicator_says_who_what_and_why(change: dict[str, object]) -> None:
    with pytest.raises(IndicatorError):
        replace(PACKED, **change)  # type: ignore[arg-type]  # a table of wrong values


def test_a_value_is_due_in_the_week_after_its_own() -> None:
    assert replace(PACKED, due_day=2).due(MONDAY) == date(2026, 11, 18)
