"""What may be said of an improvement after its launch."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from dashboard.changes import Verdict
from dashboard.periods import WEEK, weeks_between
from dashboard.studies import LONGEST, Method, study, weekly_scores
from dashboard.tables import WEEKS

LAUNCHED = date(2026, 6, 1)  # a Monday
LAST = LAUNCHED + 20 * WEEK


def weeks(values: list[float | None]) -> pl.DataFrame:
    return pl.DataFrame(
        {"week": weeks_between(LAUNCHED - LONGEST * WEEK, LAST), "value": values, "variance": [4.0] * len(values)},
        schema_overrides={"value": pl.Float64},
    )


def values(step: float, seed: int = 1, level: float = 40) -> list[float | None]:
    noise = np.random.default_rng(seed).normal(size=LONGEST + 21) * 2
    return [level + float(noise[place]) + step * (place >= LONGEST) for place in range(noise.size)]


def test_scores_of_weeks_carry_their_variance_and_empty_ones_are_null() -> None:
    counted = pl.DataFrame(
        {"week": [LAUNCHED], "detractors": [1], "passives": [2], "promoters": [5], "n": [8]},
        schema_overrides=WEEKS.columns,
    )
    found = weekly_scores(counted, LAUNCHED, LAUNCHED + WEEK)
    assert found["value"].to_list() == [50, None] and found["variance"][1] is None
    assert found["variance"][0] == pytest.approx(10_000 * (7.5 / 11 - (4 / 11) ** 2) / 11)


@pytest.mark.parametrize(("step", "verdict"), [(8.0, Verdict.REAL), (0.0, Verdict.CHANCE)])
def test_beside_those_without_it_a_step_is_found_and_no_step_is_not(step: float, verdict: Verdict) -> None:
    found = study(weeks(values(step)), weeks(values(0, seed=2, level=30)), LAUNCHED, None, LAST)
    assert found.method is Method.CONTROL and found.effect is not None and found.is_told
    assert found.effect.verdict is verdict
    assert found.effect.interval[0] <= step <= found.effect.interval[1]
    assert len(found.weeks) == len(found.treated) == len(found.control) == LONGEST + 21
    assert (found.more_weeks == 0) is (verdict is Verdict.REAL)


def test_without_a_control_the_bad_spell_before_the_decision_does_not_count() -> None:
    decided = LAUNCHED - 2 * WEEK
    spell = [None if -10 <= place - LONGEST < -2 else value for place, value in enumerate(values(6.0))]
    bad = [value if value is not None else 10.0 for value in spell]
    found = study(weeks(bad), None, LAUNCHED, decided, LAST)
    assert found.method is Method.TREND and found.control == ()
    assert [value is None for value in found.treated] == [value is None for value in spell]
    assert found.effect == study(weeks(spell), None, LAUNCHED, decided, LAST).effect


def test_a_launch_amid_the_week_counts_from_the_next_monday() -> None:
    found = study(weeks(values(6.0)), None, LAUNCHED - timedelta(days=3), None, LAST)
    assert found.launched == LAUNCHED and len(found.weeks) == LONGEST + 21


def test_few_weeks_after_say_how_many_are_missing() -> None:
    found = study(weeks(values(6.0)), weeks(values(0, seed=3)), LAUNCHED, None, LAUNCHED + 4 * WEEK)
    assert not found.is_told and found.more_weeks == 3
    before = study(weeks(values(6.0)), None, LAUNCHED, None, LAUNCHED - WEEK)
    assert before.effect is None and before.more_weeks == 8


def test_what_two_more_years_would_not_show_is_not_waited_for() -> None:
    flat: list[float | None] = [40.0 + (place % 2) for place in range(LONGEST + 21)]
    found = study(weeks(flat), weeks([40.0] * len(flat)), LAUNCHED, None, LAST)
    assert found.effect is not None and found.effect.verdict is Verdict.CHANCE and found.more_weeks is None
