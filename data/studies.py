"""The question of what improvements changed, asked once per version and kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl

from dashboard.filters import Filters, filters
from dashboard.improvements import Improvement, Measure
from dashboard.periods import WEEK, week_of, weeks_between
from dashboard.permissions import Capability, NotAllowedError, Scope, check, within
from dashboard.studies import LONGEST, Study, study, weekly_scores
from data.database import reading
from data.improvements import read_improvements
from data.indicators import read_readings
from data.scores import Scores
from data.services import Services, State


def read_studies(services: Services, state: State, scope: Scope) -> Mapping[int, Study]:
    """Return what can be said of every improvement that customers live, by its number.

    What the role may not ask, a group too fine for it, is missing.
    """
    check(scope, Capability.SEE_SCORE)
    return services.answers.get(state.version, scope.key, ("studies",), lambda: _studies(services, state, scope))


def _studies(services: Services, state: State, scope: Scope) -> dict[int, Study]:
    with reading(services.database) as connection:
        every, readings = read_improvements(connection), read_readings(connection)
    found = {}
    for one in every:
        if one.piloted is None or one.measure is None:
            continue
        own = readings.get(one.measure.indicator_id or 0, {})
        seen = _study(services, state, scope, one, one.measure, own)
        if seen is not None:
            found[one.improvement_id] = seen
    return found


def _study(
    services: Services,
    state: State,
    scope: Scope,
    improvement: Improvement,
    measure: Measure,
    readings: Mapping[date, float],
) -> Study | None:
    lived = improvement.piloted
    assert lived is not None
    first = week_of(lived) - LONGEST * WEEK
    if measure.indicator_id is not None:
        return study(told_weeks(readings, first, state.week), None, lived, improvement.decided, state.week)
    scores = services.scores(state)
    try:
        treated, others = (
            None if asked is None else weekly_scores(scores.weeks(within(scope, asked)), first, state.week)
            for asked in _groups(scores, measure, first, state.week)
        )
    except NotAllowedError:
        return None
    assert treated is not None
    return study(treated, others, lived, improvement.decided, state.week)


def _groups(scores: Scores, measure: Measure, first: date, last: date) -> tuple[Filters, Filters | None]:
    """Return the filters of those who live it and of those who do not, None without a control."""
    until = last + timedelta(days=6)
    if not measure.dimension:
        return filters({}, first, until), None
    treated = filters({measure.dimension: [measure.value]}, first, until)
    rest = [value for value in scores.values(measure.dimension) if value != measure.value]
    return treated, filters({measure.dimension: rest}, first, until) if measure.has_control and rest else None


def told_weeks(readings: Mapping[date, float], first: date, last: date) -> pl.DataFrame:
    """Return the weeks of an indicator, each as sure as any other."""
    weeks = weeks_between(first, last)
    values = [readings.get(week) for week in weeks]
    return pl.DataFrame({"week": weeks, "value": values}, schema_overrides={"value": pl.Float64}).with_columns(
        variance=pl.when(pl.col("value").is_not_null()).then(1.0)
    )
