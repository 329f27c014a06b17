"""How often is an empty indicator called, and a true one found? Many demo companies regenerated, on all cores.

Each company is made from its own seed, and its indicators are judged at their last marks as the product judges them:
nothing is stored, the rest is the product's own code.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from math import sqrt
from multiprocessing import get_context
from os import cpu_count

from dashboard.evidence import Proof, Trial, marks, proofs, steady, trial
from dashboard.lags import lag_profile, weeks_ahead
from data.demo.answers import answers
from data.demo.company import DRIVERS, SIZES, drivers, weeks_of
from data.demo.indicators import PLANS, driver_of, readings, weekly_score

TODAY = date(2026, 11, 22)
COMPANIES = 200
JUDGED = 8
"""Marks judged: the last two in a row that agree decide what is shown, and they are among the last eight."""

POWER_TABLE = {26: (0.17, 0.48), 52: (0.31, 0.88), 104: (0.64, 1.0)}
"""methods §3.4: power of the lag search with 200 answers a week, by weeks, for an effect of 2 and of 4 points."""


@dataclass(frozen=True, slots=True)
class Company:
    """What was said of one company: by kind of indicator, and whether the plain causes alone were found."""

    shown: Counter[tuple[str, str]]
    right_lag: int
    found: int
    causes: Counter[int]


def kind_of(place: int) -> str:
    """Return what is true of an indicator."""
    plan = PLANS[place]
    return "driver" if driver_of(plan) else "young" if plan.weeks else "empty"


def company(seed: int) -> Company:
    """Return what the product would say of the company of a seed."""
    size = SIZES["normal"]
    weeks = weeks_of(size, TODAY)[:-1]
    score = weekly_score(answers(seed, size, TODAY), weeks)
    points, n = score["points"].to_list(), score["n"].to_list()
    rows = readings(seed, size, TODAY)
    own = {name: dict(part.select("week", "value").iter_rows()) for (name,), part in rows.group_by("indicator")}
    judged: list[list[Proof]] = [[] for _ in PLANS]
    last: list[Trial] = []
    for mark in marks(weeks[0], weeks[-1])[-JUDGED:]:
        known = sum(week <= mark for week in weeks)
        last = [
            trial(
                [own[plan.indicator.name].get(week) for week in weeks[:known]],
                points[:known],
                n[:known],
                direction=plan.indicator.direction.value,
                is_share=plan.indicator.is_share,
                target=plan.target,
                seed=seed + place,
            )
            for place, plan in enumerate(PLANS)
        ]
        for place, proof in enumerate(proofs(last)):
            judged[place].append(proof)
    shown: Counter[tuple[str, str]] = Counter()
    right = found = 0
    for place, plan in enumerate(PLANS):
        proof = steady(judged[place])
        shown[kind_of(place), proof.value] += 1
        driver, profile = driver_of(plan), last[place].profile
        if driver and proof in (Proof.STRONG, Proof.MODERATE) and profile is not None:
            found += 1
            right += abs(profile.best_lag - DRIVERS[driver][0]) <= 1
    return Company(shown, right, found, _causes(seed, points))


def _causes(seed: int, points: list[float]) -> Counter[int]:
    """Return how many causes are found alone, by weeks of history: step 4 of the method, nothing else mixed in."""
    causes = drivers(seed, len(points) + 1)
    series = [causes[name][20 : 20 + len(points)] for name in DRIVERS]
    return Counter(
        {
            weeks: sum(
                lag_profile(one[-weeks:], points[-weeks:], weeks_ahead(weeks), seed=seed).chance <= 0.05
                for one in series
            )
            for weeks in POWER_TABLE
        }
    )


def margin(count: int, of: int) -> str:
    """Return a share with its 95 % Wilson interval, in per cent."""
    z, share = 1.96, count / of
    centre = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return f"{100 * share:.2f} % ({100 * (centre - half):.2f}–{100 * (centre + half):.2f}; {count} of {of})"


def measure(companies: int = COMPANIES) -> list[tuple[str, str, str, str]]:
    """Return the lines of the report."""
    began = time.monotonic()
    with ProcessPoolExecutor(cpu_count() or 1, mp_context=get_context("spawn")) as pool:
        every = list(pool.map(company, range(1, companies + 1), chunksize=4))
    took = time.monotonic() - began
    shown: Counter[tuple[str, str]] = sum((one.shown for one in every), Counter())
    empty = sum(count for (kind, _), count in shown.items() if kind == "empty")
    strong, moderate = shown["empty", "strong"], shown["empty", "moderate"]
    true = sum(count for (kind, _), count in shown.items() if kind == "driver")
    found, right = sum(one.found for one in every), sum(one.right_lag for one in every)
    causes: Counter[int] = sum((one.causes for one in every), Counter())
    young = sum(count for (kind, proof), count in shown.items() if kind == "young" and proof != "insufficient")
    of = f"{companies} companies, {took:.0f} s"
    kept = {True: "kept", False: "**missed**"}
    return [
        ("empty indicators called «anticipa»", margin(strong, empty), f"≤ 1 % {kept[strong <= 0.01 * empty]}", of),
        ("empty indicators called «parece»", margin(moderate, empty), f"≤ 5 % {kept[moderate <= 0.05 * empty]}", of),
        (
            "true drivers called at all",
            margin(found, true),
            "",
            "verdict shown, after the rule of two marks; by construction, their readings hold part of the score to come",
        ),
        ("… at their lag ± 1 week", margin(right, max(found, 1)), "", "of those called"),
        ("true drivers called «anticipa»", margin(shown["driver", "strong"], true), "", ""),
        ("young indicators called anything", margin(young, 2 * companies), f"0 {kept[young == 0]}", ""),
        *[
            (
                f"plain causes of 2.0–2.6 points per sd found by the lag search in {weeks} weeks",
                margin(causes[weeks], 3 * companies),
                "",
                f"methods §3.4: {two:.0%} for 2 points, {four:.0%} for 4",
            )
            for weeks, (two, four) in POWER_TABLE.items()
        ],
    ]


if __name__ == "__main__":
    for line in measure(int(sys.argv[1]) if len(sys.argv) > 1 else COMPANIES):
        print(" | ".join(line))
