"""The weekly meeting among peers: its four blocks, who sits there, what stands in the way, which weeks were held.

Each team has one, and there is a common one with one voice per team (its team is empty).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from random import Random

import polars as pl

from dashboard.periods import WEEK, weeks_between
from dashboard.refusals import Refusal
from dashboard.workdays import is_working_week, next_working_day

COMMON = ""
"""The team of the common meeting."""

QUOTES = 3
QUOTE_WEEKS = 4
QUOTE_SIGNS = (12, 240)
LONGEST_OBSTACLE = 200


class MeetingError(Refusal):
    """A meeting, or a step of one, that cannot be. The message says what to change."""


class Block(IntEnum):
    """The four blocks in their order."""

    CUSTOMER = 1
    SAID = 2
    PATH = 3
    WEEK = 4


MINUTES = {Block.CUSTOMER: 4, Block.SAID: 10, Block.PATH: 6, Block.WEEK: 5}
"""How long each block takes: twenty-five minutes together."""


class MeetingState(StrEnum):
    """Where the meeting of one week stands."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    PAUSED = "paused"
    MISSED = "missed"


TRANSITIONS: Mapping[MeetingState, tuple[MeetingState, ...]] = {
    MeetingState.PLANNED: (MeetingState.OPEN,),
    MeetingState.OPEN: (MeetingState.CLOSED,),
    MeetingState.CLOSED: (MeetingState.OPEN,),
    MeetingState.PAUSED: (MeetingState.OPEN,),
    MeetingState.MISSED: (),
}
"""What may follow each state: who meets in a pause has met; what was missed stays a hole."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody at the table of a team.

    Attributes
    ----------
    peer_id : int
    team, name : str
    is_voice : bool
        Speaks for the team in the common meeting.
    is_ambassador : bool
        Ambassador of the customer's experience in the area.
    shows_name : bool
        Agreed to be named on walls.
    is_active : bool
    """

    peer_id: int
    team: str
    name: str
    is_voice: bool = False
    is_ambassador: bool = False
    shows_name: bool = False
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that was opened.

    Attributes
    ----------
    meeting_id : int
    team : str
    week : date
        Its Monday.
    state : MeetingState
        Open or closed.
    block : Block
    driver : str
        Who has the wheel.
    opened_at, block_at : datetime
        When it began, and when this block did.
    closed_at : datetime or None
    version : int
    """

    meeting_id: int
    team: str
    week: date
    state: MeetingState
    block: Block
    driver: str
    opened_at: datetime
    block_at: datetime
    closed_at: datetime | None = None
    version: int = 1

    @property
    def minutes(self) -> int | None:
        """Return how long it took, None while it is open."""
        return None if self.closed_at is None else round((self.closed_at - self.opened_at).total_seconds() / 60)


class ObstacleState(StrEnum):
    """Where an obstacle stands."""

    OPEN = "open"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way, who removes it and by when.

    Attributes
    ----------
    obstacle_id : int
    team, raised_by : str
        At whose meeting it lies, and whose raised or sent it.
    text : str
    raised_on : date
    remover_id, due : int or None, date or None
        None until the team that it was sent to has named them.
    state : ObstacleState
    cleared_on : date or None
    version : int
    """

    obstacle_id: int
    team: str
    raised_by: str
    text: str
    raised_on: date
    remover_id: int | None = None
    due: date | None = None
    state: ObstacleState = ObstacleState.OPEN
    cleared_on: date | None = None
    version: int = 1

    def __post_init__(self) -> None:
        if not 1 <= len(self.text.strip()) <= LONGEST_OBSTACLE:
            raise MeetingError("an obstacle is one line of at most {} characters", LONGEST_OBSTACLE)
        if self.team == self.raised_by and (self.remover_id is None or self.due is None):
            raise MeetingError("say who removes it and by when, or send it to another team")


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a team does not meet, on purpose; an empty team is the whole company."""

    pause_id: int
    team: str
    since: date
    until: date
    reason: str

    def covers(self, team: str, week: date) -> bool:
        """Return whether it takes the working days of a week away from a team."""
        is_ours = self.team in (COMMON, team)
        return is_ours and self.since <= week + timedelta(days=4) and self.until >= week


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The day of the week (0 is Monday) and the time at which a team meets."""

    weekday: int = 0
    at: time = time(9)

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 4:
            raise MeetingError("a team meets on a day from Monday to Friday")

    def day(self, week: date, holidays: AbstractSet[date]) -> date | None:
        """Return the day in a week, later where nobody works then; None when that is another week."""
        found = next_working_day(week + timedelta(days=self.weekday), holidays)
        return found if found < week + WEEK else None


@dataclass(frozen=True, slots=True)
class MeetingWeek:
    """One week of a team's meetings."""

    week: date
    state: MeetingState
    meeting_id: int | None = None


def weeks_of(
    team: str,
    meetings: Iterable[Meeting],
    pauses: Sequence[Pause],
    holidays: AbstractSet[date],
    first: date,
    running: date,
) -> tuple[MeetingWeek, ...]:
    """Return the weeks from `first` to the running one: held, missed (a hole), paused on purpose, or still to come.

    A week in which nobody works is a pause. A meeting left open in a week that has ended was held.
    """
    known = {one.week: one for one in meetings if one.team == team}
    found = []
    for week in weeks_between(first, running):
        one = known.get(week)
        if one is not None:
            is_over = one.state is MeetingState.CLOSED or week < running
            found.append(MeetingWeek(week, MeetingState.CLOSED if is_over else MeetingState.OPEN, one.meeting_id))
            continue
        is_paused = any(pause.covers(team, week) for pause in pauses) or not is_working_week(week, holidays)
        unheld = MeetingState.PLANNED if week == running else MeetingState.MISSED
        found.append(MeetingWeek(week, MeetingState.PAUSED if is_paused else unheld))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Held:
    """How many meetings were held of those that were due: pauses are not due."""

    held: int
    due: int

    @property
    def share(self) -> float | None:
        """Return the share held, None when none was due."""
        return self.held / self.due if self.due else None


def held(weeks: Sequence[MeetingWeek], last: int) -> Held:
    """Return how many of the last closed weeks were held; the running one is not counted."""
    closed = [one.state for one in weeks[:-1]][-last:]
    done = closed.count(MeetingState.CLOSED)
    return Held(done, done + closed.count(MeetingState.MISSED))


def next_meeting(
    team: str, rhythm: Rhythm, today: date, pauses: Sequence[Pause], holidays: AbstractSet[date], is_met: bool
) -> date | None:
    """Return the day of the next meeting from today on; `is_met` when this week's is over. None within ten weeks."""
    monday = today - timedelta(days=today.weekday())
    for place in range(1 if is_met else 0, 10):
        week = monday + place * WEEK
        day = rhythm.day(week, holidays)
        if day is not None and day >= today and not any(pause.covers(team, week) for pause in pauses):
            return day
    return None


def draw_quotes(rows: pl.DataFrame, seen: AbstractSet[str], seed: int, most: int = QUOTES) -> list[str]:
    """Return the ids of the comments that the meeting opens with: neither the worst nor the best, a stated draw.

    One by chance of each: detractors, passives, promoters; where a group has none, another one gives it.

    Parameters
    ----------
    rows : DataFrame
        `response_id`, `verbatim`, `recommend`.
    seen : set of str
        What the team has already heard: never drawn again.
    seed : int
        Of the draw; said beside it.
    most : int
    """
    fits = pl.col("verbatim").str.len_chars().is_between(*QUOTE_SIGNS)
    fresh = rows.filter(fits & ~pl.col("response_id").is_in(list(seen))).sort("response_id")
    fresh = fresh.unique("verbatim", keep="first", maintain_order=True)
    draw = Random(seed)  # noqa: S311 (a fair draw, not a secret)
    groups = [(0, 6), (7, 8), (9, 10)]
    pools = [fresh.filter(pl.col("recommend").is_between(*pair))["response_id"].to_list() for pair in groups]
    for pool in pools:
        draw.shuffle(pool)
    chosen = [pool.pop() for pool in pools if pool][:most]
    rest = [one for pool in pools for one in pool]
    draw.shuffle(rest)
    return chosen + rest[: most - len(chosen)]
