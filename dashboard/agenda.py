"""What one meeting shows: what was said, what is ahead, what stands in the way, and the four facts of the method."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dashboard.actions import Action, Kept, same_in
from dashboard.commitments import Commitment, Stage
from dashboard.evidence import Proof
from dashboard.indicators import Week
from dashboard.meetings import (
    LONGEST_OBSTACLE,
    Held,
    Meeting,
    MeetingState,
    MeetingWeek,
    Obstacle,
    ObstacleState,
    Peer,
    Rhythm,
)
from dashboard.scoreboard import Comment
from dashboard.teams import Watched


@dataclass(frozen=True, slots=True)
class Sitting:
    """The days between which a meeting answers for what was said.

    Attributes
    ----------
    day : date
        Of the meeting; today when none is open.
    before : date or None
        Of the meeting before; None of the first one.
    """

    day: date
    before: date | None = None

    def holds(self, day: date | None) -> bool:
        """Return whether something done on a day belongs to this meeting: after the one before, up to its own day."""
        return day is not None and (self.before is None or day > self.before) and day <= self.day


def said(actions: Collection[Action], sitting: Sitting) -> tuple[Action, ...]:
    """Return what is answered for: owed by the day of the meeting, or answered since the one before."""
    old = [one for one in actions if one.agreed_on < sitting.day]
    mine = [one for one in old if (one.is_open and one.due <= sitting.day) or sitting.holds(one.answered_on)]
    return tuple(sorted(mine, key=lambda one: (one.due, one.action_id)))


def ahead(actions: Collection[Action], sitting: Sitting) -> tuple[Action, ...]:
    """Return what is still to come: open, and not answered for in this meeting."""
    mine = [one for one in actions if one.is_open and (one.agreed_on >= sitting.day or one.due > sitting.day)]
    return tuple(sorted(mine, key=lambda one: (one.due, one.action_id)))


def in_the_way(obstacles: Collection[Obstacle], sitting: Sitting) -> tuple[Obstacle, ...]:
    """Return the obstacles that are not cleared, and those cleared since the meeting before."""
    return tuple(one for one in obstacles if one.state is ObstacleState.OPEN or sitting.holds(one.cleared_on))


def recovery(commitment: Commitment) -> str:
    """Return the line under which a commitment is made good; the same commitment always has the same."""
    return f"{commitment.what} #{commitment.commitment_id}"[-LONGEST_OBSTACLE:]


def to_recover(
    commitments: Collection[Commitment], obstacles: Collection[Obstacle], today: date, soon: date
) -> tuple[Commitment, ...]:
    """Return the commitments that a meeting looks at: broken, overdue or due soon; not those already taken on.

    The oldest date comes first.
    """
    taken = {one.text for one in obstacles}
    due = [one for one in commitments if one.is_open and one.due is not None and one.due <= soon]
    failed = [one for one in commitments if one.stage is Stage.BROKEN]
    mine = [one for one in (*failed, *due) if recovery(one) not in taken]
    return tuple(sorted(mine, key=lambda one: (one.due or today, one.commitment_id)))


@dataclass(frozen=True, slots=True)
class Agenda:
    """One team's meeting as it stands.

    Attributes
    ----------
    team, name : str
    today : date
    sitting : Sitting
    meeting : Meeting or None
        Of this week, once it was opened.
    weeks : tuple of MeetingWeek
        From the first meeting to the running week.
    rhythm : Rhythm
    upcoming : date or None
        Day of the next meeting.
    peers : tuple of Peer
        Who has a seat here, those who have left too.
    here : frozenset of int
        Who is there now.
    quotes : tuple of Comment
        What the customers say; of those who may read it.
    drawn, seed : int
        How many comments were drawn, and the seed of the draw.
    silent : tuple of Watched
        Indicators of the team whose last value nobody has reported.
    watched : tuple of Watched
    said, ahead : tuple of Action
    obstacles : tuple of Obstacle
    kept : Kept
    held : Held
    names : mapping
        Names of all people by number, of every team.
    promises : tuple of Commitment
        To customers: broken, overdue or due within days, and nobody has taken on to make them good.
    answered_last : Action or None
        The last that was answered in the meeting that goes on: that answer can be taken back.
    """

    team: str
    name: str
    today: date
    sitting: Sitting
    meeting: Meeting | None
    weeks: tuple[MeetingWeek, ...]
    rhythm: Rhythm
    upcoming: date | None
    peers: tuple[Peer, ...]
    here: frozenset[int]
    quotes: tuple[Comment, ...]
    drawn: int
    seed: int
    silent: tuple[Watched, ...]
    watched: tuple[Watched, ...]
    said: tuple[Action, ...]
    ahead: tuple[Action, ...]
    obstacles: tuple[Obstacle, ...]
    kept: Kept
    held: Held
    names: Mapping[int, str] = field(default_factory=dict)
    promises: tuple[Commitment, ...] = ()
    answered_last: Action | None = None

    @property
    def is_open(self) -> bool:
        """Return whether the meeting goes on right now."""
        return self.meeting is not None and self.meeting.state is MeetingState.OPEN

    @property
    def seated(self) -> tuple[Peer, ...]:
        """Return who has a seat now."""
        return tuple(peer for peer in self.peers if peer.is_active)

    @property
    def to_answer(self) -> tuple[Action, ...]:
        """Return what nobody has answered for yet."""
        return tuple(one for one in self.said if one.is_open)

    def watched_by(self, indicator_id: int | None) -> Watched | None:
        """Return an indicator of the meeting, None when it is not watched here."""
        return next((one for one in self.watched if one.indicator.indicator_id == indicator_id), None)

    def chosen(self, action_id: object) -> Action | None:
        """Return the action whose turn it is: the one asked for while it is open, else the first unanswered."""
        asked = [one for one in self.said if one.is_open and one.action_id == action_id]
        return next(iter([*asked, *self.to_answer]), None)


@dataclass(frozen=True, slots=True)
class Warnings:
    """What may be said of an action before it is agreed; nothing forbids it.

    Attributes
    ----------
    shows_nothing : bool
        Nothing is seen to follow the indicator that it moves.
    same : Action or None
        What a colleague has undertaken already.
    """

    shows_nothing: bool = False
    same: Action | None = None


def warnings(agenda: Agenda, action: Action) -> Warnings:
    """Return what speaks against an action: an indicator that shows nothing, or a colleague who has the same."""
    one = agenda.watched_by(action.indicator_id)
    shows_nothing = one is not None and one.evidence is not None and one.evidence.proof is Proof.NONE
    return Warnings(shows_nothing, same_in(agenda.ahead, action))


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one team has done for the goal lately: never a ranking, never of a person.

    Attributes
    ----------
    team, name : str
    met, reported : int
        Weeks of its lead indicators that were met, of those that had a value.
    kept : Kept
    held : Held
    """

    team: str
    name: str
    met: int
    reported: int
    kept: Kept
    held: Held


def weeks_met(watched: Sequence[Watched], weeks: int) -> tuple[int, int]:
    """Return how many of the last weeks of these indicators were met, of how many with a value and a target."""
    states = [state for one in watched for state in one.course.states[-weeks:]]
    told = [state for state in states if state in (Week.MET, Week.NEARLY, Week.BELOW)]
    return told.count(Week.MET), len(told)
