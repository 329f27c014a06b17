"""How improvements fare: what each route yields, how long steps take, where ideas die."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import median

from dashboard.effects import Effect
from dashboard.improvements import Improvement, Move
from dashboard.nps import Interval, critical
from dashboard.steps import Route, Step


@dataclass(frozen=True, slots=True)
class Pooled:
    """The mean effect of several improvements, the surer ones counting more: points, interval at 95 %, how many."""

    value: float
    interval: Interval
    n: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """What one route yields.

    Attributes
    ----------
    proposed, piloted, launched, dropped : int
        Cards that came at least that far; those given up count where they were.
    effect : Pooled or None
        None until one of its launched improvements has an effect with a margin.
    per_hour : float or None
        Points per hour of work, over the improvements that say both.
    """

    route: Route
    proposed: int
    piloted: int
    launched: int
    dropped: int
    effect: Pooled | None
    per_hour: float | None


def pooled(effects: Sequence[Effect]) -> Pooled | None:
    """Return the mean of effects weighted by 1 ÷ variance; those without an error say nothing. None without any."""
    known = [(effect.value, 1 / effect.error**2) for effect in effects if effect.error > 0]
    if not known:
        return None
    whole = sum(weight for _, weight in known)
    value = sum(value * weight for value, weight in known) / whole
    reach = critical(0.95) / sqrt(whole)
    return Pooled(value, (value - reach, value + reach), len(known))


def funnel(route: Route, every: Sequence[Improvement], effects: Mapping[int, Effect]) -> Funnel:
    """Return what a route yields; `effects` by improvement, only those in points of NPS."""
    mine = [one for one in every if one.route is route]
    found = [effects[one.improvement_id] for one in mine if one.improvement_id in effects]
    worked = [
        (effects[one.improvement_id].value, one.worth.hours)
        for one in mine
        if one.improvement_id in effects and one.worth.hours
    ]
    hours = sum(spent for _, spent in worked if spent)
    return Funnel(
        route,
        len(mine),
        sum(one.piloted is not None for one in mine),
        sum(one.launched is not None for one in mine),
        sum(one.is_dropped for one in mine),
        pooled(found),
        sum(value for value, _ in worked) / hours if hours else None,
    )


@dataclass(frozen=True, slots=True)
class Stay:
    """One step: cards in it now, median days it took those that passed, and how many died in it."""

    step: Step
    here: int
    days: float | None
    died: int


def stays(way: Sequence[Step], every: Sequence[Improvement]) -> list[Stay]:
    """Return every step of a way, in order."""
    spent: dict[Step, list[int]] = defaultdict(list)
    for one in every:
        before = one.born
        for passage in one.passages:
            if passage.move in (Move.FORWARD, Move.BACK) and passage.step is not None:
                if passage.move is Move.FORWARD:
                    spent[passage.step].append((passage.day - before).days)
                before = passage.day
    return [
        Stay(
            step,
            sum(one.is_open and one.step is step for one in every),
            median(spent[step]) if spent[step] else None,
            sum(one.is_dropped and one.step is step for one in every),
        )
        for step in way
    ]


def days_here(improvement: Improvement, today: date) -> int:
    """Return for how many days a card has stood where it stands."""
    moves = [one.day for one in improvement.passages if one.move in (Move.FORWARD, Move.BACK)]
    return (today - max([improvement.born, *moves])).days
