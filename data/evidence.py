"""The weekly series that evidence is made of, what was tried at each mark, and what follows from it."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256
from statistics import median
from typing import Any

import numpy as np
import sqlalchemy as sa

from dashboard.evidence import (
    FEWEST_ANSWERS,
    Evidence,
    Lack,
    Pooled,
    Proof,
    Trial,
    evidence,
    marks,
    pooled_proof,
    proofs,
    ready,
    steady,
    trial,
)
from dashboard.filters import EVERYTHING, Filters
from dashboard.foretelling import ForecastTest
from dashboard.indicators import Cadence, Indicator, Kind
from dashboard.lags import LagProfile, PlainCorrelation, weeks_ahead
from dashboard.nps import with_scores
from dashboard.panel import FEWEST_SITES, pooled_evidence
from dashboard.periods import weeks_between
from data import records
from data.database import reading
from data.indicators import Readings, read_indicators, read_readings
from data.services import Services, State

POOLED_MARKS = 3


@dataclass(frozen=True, slots=True)
class Result:
    """A weekly result: its value and, when it is made of answers, how many."""

    values: Mapping[date, float]
    answers: Mapping[date, int] | None


@dataclass(frozen=True, slots=True)
class Question:
    """One indicator with all that its evidence depends on, weeks oldest first."""

    indicator: Indicator
    weeks: tuple[date, ...]
    lead: tuple[float | None, ...]
    result: tuple[float | None, ...]
    answers: tuple[int, ...] | None

    def until(self, week: date) -> Question:
        """Return the question as it stood when `week` had ended."""
        known = sum(one <= week for one in self.weeks)
        answers = None if self.answers is None else self.answers[:known]
        return replace(
            self, weeks=self.weeks[:known], lead=self.lead[:known], result=self.result[:known], answers=answers
        )

    @property
    def target(self) -> float | None:
        """Return the target in force at the end."""
        return self.indicator.target(self.weeks[-1]) if self.weeks else None

    @property
    def digest(self) -> str:
        """Return a fingerprint of everything that its trial depends on."""
        indicator = self.indicator
        said = (indicator.direction, indicator.is_share, None if indicator.is_share else self.target)
        return sha256(repr((said, self.lead, self.result, self.answers)).encode()).hexdigest()

    @property
    def ready(self) -> Trial:
        """Return what the data allow, nothing tried yet."""
        is_share = self.indicator.is_share
        return ready(self.lead, self.result, self.answers, is_share=is_share, target=self.target)

    def tried(self) -> Trial:
        """Return the trial; the seed is the question's own, so the same data give the same answer everywhere."""
        return trial(
            self.lead,
            self.result,
            self.answers,
            direction=self.indicator.direction.value,
            is_share=self.indicator.is_share,
            target=self.target,
            seed=zlib.crc32(f"{self.indicator.team}|{self.indicator.name}|{self.weeks[-1:]}".encode()),
        )


def questions(services: Services, state: State, connection: sa.Connection) -> list[Question]:
    """Return the question of every lead indicator, with its closed weeks."""
    indicators, readings = read_indicators(connection), read_readings(connection)
    nps = weekly_nps(services, state, state.goal.scope if state.goal else EVERYTHING)
    leads = [one for one in indicators if one.kind is Kind.LEAD and one.cadence is Cadence.WEEKLY]
    return [_question(one, readings, _result(one, readings, nps), state.week) for one in leads]


def _result(indicator: Indicator, readings: Readings, nps: Result) -> Result:
    return nps if indicator.result_id is None else Result(readings.get(indicator.result_id, {}), None)


def _question(indicator: Indicator, readings: Readings, result: Result, last: date) -> Question:
    own = readings.get(indicator.indicator_id, {})
    weeks = tuple(weeks_between(min(own), last)) if own else ()
    answers = None if result.answers is None else tuple(result.answers.get(week, 0) for week in weeks)
    return Question(
        indicator, weeks, tuple(map(own.get, weeks)), tuple(result.values.get(week) for week in weeks), answers
    )


def weekly_nps(services: Services, state: State, filters: Filters) -> Result:
    """Return the score of each closed week on its own and its answers."""
    weeks = with_scores(services.scores(state).weeks(filters))
    rows = [row for row in weeks.select("week", "points", "n").iter_rows() if row[0] <= state.week]
    return Result({week: points for week, points, _ in rows}, {week: n for week, _, n in rows})


def stored(connection: sa.Connection) -> dict[tuple[int, date], str]:
    """Return the fingerprint of what was tried, by (indicator, mark)."""
    table = records.trials
    rows = connection.execute(sa.select(table.c.indicator_id, table.c.mark, table.c.digest))
    return {(indicator_id, mark): digest for indicator_id, mark, digest in rows}


def due(asked: Sequence[Question], state: State) -> dict[tuple[int, date], Question]:
    """Return what has to have been tried, by (indicator, mark)."""
    return {
        (question.indicator.indicator_id, mark): question.until(mark)
        for question in asked
        if question.weeks
        for mark in marks(question.weeks[0], state.week)
    }


def is_stale(services: Services, state: State) -> bool:
    """Return whether data have changed since the evidence was judged."""
    with reading(services.database) as connection:
        needed = due(questions(services, state, connection), state)
        return {key: question.digest for key, question in needed.items()} != stored(connection)


def read_evidence(services: Services, state: State) -> dict[int, Evidence]:
    """Return what may be said of every lead indicator."""
    with reading(services.database) as connection:
        asked = questions(services, state, connection)
        table = records.trials
        rows = connection.execute(sa.select(table.c.indicator_id, table.c.mark, table.c.trial)).all()
    watched = {question.indicator.indicator_id for question in asked}
    by_mark: dict[date, list[tuple[int, Trial]]] = defaultdict(list)
    for indicator_id, mark, told in rows:
        if indicator_id in watched:
            by_mark[mark].append((indicator_id, trial_of(told)))
    history: dict[int, list[tuple[date, Trial, Proof]]] = defaultdict(list)
    for mark, tried in sorted(by_mark.items()):
        judged = proofs([one for _, one in tried])
        for (indicator_id, one), proof in zip(tried, judged, strict=True):
            history[indicator_id].append((mark, one, proof))
    return {
        question.indicator.indicator_id: evidence(history[question.indicator.indicator_id], question.ready)
        for question in asked
    }


def told(one: Trial) -> dict[str, Any]:
    """Return a trial as plain JSON."""
    return asdict(one)


def trial_of(values: Mapping[str, Any]) -> Trial:
    """Return the trial that `told` wrote."""
    profile, test = values["profile"], values["test"]
    if profile is not None:
        lists = ("memory", "correlations", "slope_interval")
        profile = LagProfile(**profile | {name: tuple(profile[name]) for name in lists})
    lack = Lack(values["lack"]) if values["lack"] else None
    plain = values["plain"]
    return Trial(
        values["weeks"],
        lack,
        values["per"],
        profile,
        ForecastTest(**test) if test else None,
        PlainCorrelation(**plain) if plain else None,
        values["granger"],
    )


def read_pooled(services: Services, state: State) -> list[Pooled]:
    """Return what teams that watch the same show together, by name; groups of too few teams or weeks are left out."""
    with reading(services.database) as connection:
        asked = questions(services, state, connection)
    groups: dict[tuple[object, ...], list[Question]] = defaultdict(list)
    for question in asked:
        one = question.indicator
        if question.weeks:
            groups[one.name.casefold(), one.unit, one.direction].append(question)
    found = (_pooled(services, state, group) for group in groups.values() if len(group) >= FEWEST_SITES)
    return [one for one in found if one is not None]


def _pooled(services: Services, state: State, group: Sequence[Question]) -> Pooled | None:
    """Return the panel of one group, judged at its last marks: like all verdicts it changes when two agree."""
    sites = [_of_team(services, state, question) for question in group]
    first = min(question.weeks[0] for question in sites)
    judged: list[Proof] = []
    last: Pooled | None = None
    for mark in marks(first, state.week)[-POOLED_MARKS:]:
        last = _panel([question.until(mark) for question in sites], weeks_between(first, mark))
        judged.append(last.proof if last else Proof.INSUFFICIENT)
    return replace(last, proof=steady(judged)) if last else None


def _of_team(services: Services, state: State, question: Question) -> Question:
    """Return the question about the team's own result: its lag indicator, or what its own customers answer."""
    indicator = question.indicator
    if indicator.result_id is not None:
        return question
    scope = state.goal.scope if state.goal else EVERYTHING
    own = weekly_nps(services, state, scope.with_values("team", (indicator.team,)))
    answers = own.answers or {}
    is_enough = bool(answers) and median(answers.get(week, 0) for week in question.weeks) >= FEWEST_ANSWERS
    return replace(question, result=tuple(own.values.get(week) if is_enough else None for week in question.weeks))


def _panel(sites: Sequence[Question], weeks: Sequence[date]) -> Pooled | None:
    """Return the panel of the sites that have every week."""
    whole = [
        site
        for site in sites
        if site.weeks[:1] == tuple(weeks[:1]) and None not in site.lead and None not in site.result
    ]
    most = weeks_ahead(len(weeks))
    if len(whole) < FEWEST_SITES or most < 1:
        return None
    indicator = whole[0].indicator
    lead = np.array([site.lead for site in whole], dtype=float)
    result = np.array([site.result for site in whole], dtype=float)
    found = pooled_evidence(lead, result, most, indicator.direction.value, seed=len(weeks))
    if found is None:
        return None
    target = whole[0].target
    per = 10.0 if indicator.is_share or not target else abs(target) / 10
    teams = tuple(site.indicator.team for site in whole)
    one = found.panel
    proof = pooled_proof(found.chance)
    return Pooled(indicator.name, teams, proof, len(weeks), one.lag, one.slope * per, per, found.chance)
