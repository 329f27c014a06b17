"""The demo's indicators: made from answers that stay bit for bit the same, their truth stored beside them."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import polars as pl
import pytest

from dashboard.indicators import Kind
from data.demo.answers import answers
from data.demo.company import DRIVERS, SIZES, TEAMS, weeks_of
from data.demo.indicators import AMENDED, PLANS, marks, readings, truth, watched

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(("size", "begins"), [("normal", "b9afe58278124ea1"), ("small", "69e2964f9b8ef2e7")])
def test_the_answers_are_what_they_were_before_there_were_indicators(size: str, begins: str) -> None:
    written = answers(2026, SIZES[size], DAY).write_csv()
    assert sha256(written.encode()).hexdigest().startswith(begins)


def test_the_same_seed_and_day_give_the_same_readings() -> None:
    assert readings(7, SIZES["small"], DAY).equals(readings(7, SIZES["small"], DAY))
    assert not readings(8, SIZES["small"], DAY).equals(readings(7, SIZES["small"], DAY))


def test_three_drive_the_score_six_drive_nothing_and_two_are_young() -> None:
    told = truth(SIZES["normal"], DAY)
    assert told["lags"] == {name.capitalize(): lag for name, (lag, _) in DRIVERS.items()}
    assert [len(told[part]) for part in ("empty", "young")] == [6, 2]  # type: ignore[arg-type]  # lists of names
    assert {plan.indicator.team for plan in PLANS} == set(TEAMS)
    assert all(plan.indicator.kind is Kind.LEAD for plan in PLANS)


@pytest.mark.parametrize("size", list(SIZES))
def test_readings_are_of_closed_weeks_and_shares_are_parts_of_totals(size: str) -> None:
    frame = readings(2026, SIZES[size], DAY)
    weeks = weeks_of(SIZES[size], DAY)
    assert frame["week"].max() == weeks[-2]
    assert not frame.select(pl.struct("indicator", "week").is_duplicated().any()).item()
    shares = frame.drop_nulls("denominator")
    assert shares.select((100 * pl.col("numerator") / pl.col("denominator") == pl.col("value")).all()).item()
    assert shares["value"].is_between(0, 100).all()
    assert frame["value"].min() >= 0  # type: ignore[operator]  # there are readings


def test_a_target_was_raised_with_its_reason() -> None:
    (raised,) = [one for _, one in watched(SIZES["normal"], DAY) if one.name == AMENDED]
    first, second = raised.targets
    assert first.value < second.value
    assert second.reason


def test_marks_lie_within_the_weeks_of_the_company() -> None:
    assert [len(marks(SIZES[size], DAY)) for size in ("normal", "small")] == [2, 1]
