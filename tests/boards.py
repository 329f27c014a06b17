"""Scoreboards for tests, made by the domain from a few numbers: every state that a screen may have to draw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl

from dashboard.accounts import account_sums, account_votes
from dashboard.changes import GroupChange, score_change
from dashboard.goal import Goal, Vote, Word
from dashboard.nps import Counts, net_promoter_score
from dashboard.organisation import Organisation
from dashboard.people import Person
from dashboard.periods import WEEK
from dashboard.permissions import Capability, Role
from dashboard.scoreboard import Comment, Scoreboard, Shown, Story, scoreboard
from dashboard.screens import Look, Screen
from layouts.shell import Visitor
from layouts.words import words_of

EVERYBODY = Visitor("", frozenset(Capability))
"""Whoever sits at the machine of a scoreboard where nobody signs in."""

ANA = Person(7, "Ana Gil", Role.CAPTAIN, ("Ventas",), (), frozenset({Capability.EXPORT}), True, 3)
SCREEN = Screen(5, Look("Recepción", "planta baja"), False, None, datetime(2026, 11, 20, tzinfo=UTC), 2)

WEEK_OF = date(2026, 11, 9)
"""The last closed week on the tests' day."""

ES, EN = words_of("es"), words_of("en")
COMPANY = Organisation("Suministros La Ficticia", meeting="lunes 9:00")
NASTY = "<script>alert(1)</script> javascript:alert(2) \"quoted\" 'single' &amp; =1+1"
"""What a person might write; on screen it is these letters and nothing else."""


def weeks_of(counts: tuple[int, int, int], weeks: int = 20, last: date = WEEK_OF) -> pl.DataFrame:
    """Return the same detractors, passives and promoters every week, the newest last."""
    low, middle, high = counts
    rows = [(last - (weeks - 1 - place) * WEEK, low, middle, high, low + middle + high) for place in range(weeks)]
    names = ("detractors", "passives", "promoters", "n")
    schema = {"week": pl.Date(), **{name: pl.Int64() for name in names}}
    return pl.DataFrame(rows, schema=schema, orient="row")


def goal_of(start: float = 32, target: float = 45, **more: Any) -> Goal:
    """Return a goal that began twenty weeks ago and ends in six."""
    days = {"starts": WEEK_OF - 20 * WEEK, "deadline": WEEK_OF + 7 * WEEK}
    return Goal(1, start, target, **days | more)


def board_of(counts: tuple[int, int, int] = (9, 10, 21), goal: Goal | None = None, **more: Any) -> Scoreboard:
    """Return the scoreboard of weeks that are all alike."""
    options = {"weeks": 20, "window_weeks": 13} | more
    weeks = weeks_of(counts, options.pop("weeks"))
    return scoreboard(weeks, WEEK_OF, goal, **options)


def few(answers: int, goal: Goal | None = None) -> Scoreboard:
    """Return the scoreboard of one week with so many answers, two of three of them promoters."""
    promoters = answers * 2 // 3
    return board_of((answers - promoters, 0, promoters), goal, weeks=1) if answers else empty(goal)


def empty(goal: Goal | None = None) -> Scoreboard:
    """Return the scoreboard before anybody answered."""
    return scoreboard(weeks_of((0, 0, 0), 0), WEEK_OF, goal, window_weeks=13)


def by_account(goal: Goal | None = None) -> Scoreboard:
    """Return a scoreboard where one account is one vote."""
    rows = pl.DataFrame(
        {
            "account": [f"C{place % 40}" for place in range(400)],
            "role": [None] * 400,
            "recommend": [10 if place % 3 else 5 for place in range(400)],
        },
        schema_overrides={"role": pl.String},
    )
    chosen = goal or goal_of(vote=Vote.ACCOUNT)
    spread = rows.with_columns(week=pl.lit(WEEK_OF) - pl.duration(weeks=pl.int_range(pl.len()) % 20)).lazy()
    votes = account_votes(account_sums(spread, {}, "week").collect(), WEEK_OF, 13)
    return board_of((9, 10, 21), chosen, votes=votes)


def amended() -> Scoreboard:
    """Return a scoreboard with two closed weeks that said something else when they were shown."""
    told = [
        Shown(WEEK_OF - place * WEEK, 25.0, 20.0, 30.0, 400, 40.0, Word.LOSING)  # as it was then
        for place in (1, 2)
    ]
    return board_of(goal=goal_of(), shown_weeks=told)


def every_board() -> Iterator[tuple[str, Scoreboard]]:
    """Yield a name and a scoreboard for every state that a screen may have to draw."""
    for answers in (0, 1, 9, 10, 29, 30):
        yield f"{answers} answers, no goal", few(answers)
        yield f"{answers} answers, a goal", few(answers, goal_of())
    yield "no goal", board_of()
    yield "goal just set", board_of(goal=goal_of(starts=WEEK_OF + 10 * timedelta(days=1)))
    yield "goal just set, no answer", empty(goal_of(starts=WEEK_OF + 10 * timedelta(days=1)))
    yield "winning", board_of((4, 10, 26), goal_of())
    yield "losing", board_of((20, 10, 10), goal_of())
    yield "narrow", board_of((9, 10, 25), goal_of())
    yield "won", board_of((4, 10, 26), goal_of(deadline=WEEK_OF + timedelta(days=6)))
    yield "lost", board_of((9, 10, 21), goal_of(deadline=WEEK_OF - timedelta(days=9)))
    yield "lost by decimals", board_of((1101, 998, 1991), goal_of(21.9, 22, deadline=WEEK_OF))
    yield "negative", board_of((40, 0, 0), goal_of(-100, -98))
    yield "all promoters", board_of((0, 0, 40), goal_of(98, 100))
    yield "downhill", board_of((20, 10, 10), goal_of(45, 32))
    yield "one account, one vote", by_account()
    yield "amended", amended()
    yield "response rate", replace(board_of(goal=goal_of()), invited=1500)
    yield "few respond", replace(board_of(goal=goal_of()), invited=1_000_000)
    yield "running week", board_of(goal=goal_of(), running=Counts(1, 2, 12))
    yield "running week, few", board_of(goal=goal_of(), running=Counts(1, 2, 3))


def comment(words: str = "Llegó cuando dijisteis.", **more: Any) -> Comment:
    """Return what a customer wrote."""
    said = {"recommend": 9, "moment": "Recibir", "segment": "industrial", "day": date(2026, 11, 10)} | more
    return Comment("r1", words, **said)


def change(name: str, before: Counts, after: Counts) -> GroupChange:
    """Return the change of a team."""
    return GroupChange("team", name, score_change(before, after))


def story_of(name: str = "Almacén", words: str = "Llegó cuando dijisteis.") -> Story:
    """Return a story with a fall, a rise, a group with no change and one with too few answers."""
    low, high = Counts(200, 50, 50), Counts(50, 50, 200)
    changes = [
        change(name, high, low),
        change(name, low, high),
        change(name, low, low),
        change(name, Counts(1, 1, 1), Counts(2, 1, 1)),
    ]
    said = [comment(words), comment(words, recommend=2, moment=name, segment=None)]
    return Story((3, 0, 1, 2, 4, 5, 9, 20, 30, 41, 60), changes, said, {"team": {name: name}})


NO_STORY = Story((0,) * 11, (), (), {})


def counts_for(points: float, n: int = 100) -> Counts:
    """Return answers whose score is `points`."""
    assert net_promoter_score(Counts(0, 0, 1)).points == 100
    promoters = round(n * max(0.0, points) / 100)
    detractors = round(n * max(0.0, -points) / 100)
    return Counts(detractors, n - promoters - detractors, promoters)
