"""Minutes: exactly what was entered for one meeting, and the history of all of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard.actions import Action, ActionState, Kept
from dashboard.agenda import Sitting, in_the_way, said
from dashboard.meetings import Meeting, Obstacle
from dashboard.scoreboard import Comment
from dashboard.workdays import DAY


@dataclass(frozen=True, slots=True)
class Typed:
    """A value that was written down while the meeting went on."""

    indicator: str
    unit: str
    week: date
    value: float


@dataclass(frozen=True, slots=True)
class Minutes:
    """What one meeting leaves behind.

    Attributes
    ----------
    meeting : Meeting
    name : str
        Of the team; empty is the common meeting.
    sitting : Sitting
    here : tuple of str
        Names of who was there.
    seats : int
        How many have a seat.
    quotes : tuple of Comment
        What opened it; of those who may read it.
    typed : tuple of Typed
    said : tuple of Action
        What was answered for, and what nobody has answered for yet.
    agreed : tuple of Action
        What was undertaken, carried over or taken over on its day.
    obstacles : tuple of Obstacle
        Raised or cleared, or still in the way.
    kept : Kept
        Over the eight weeks that ended before it.
    names, indicators : mapping
        Of people and of indicators by number.
    """

    meeting: Meeting
    name: str
    sitting: Sitting
    here: tuple[str, ...]
    seats: int
    quotes: tuple[Comment, ...]
    typed: tuple[Typed, ...]
    said: tuple[Action, ...]
    agreed: tuple[Action, ...]
    obstacles: tuple[Obstacle, ...]
    kept: Kept
    names: Mapping[int, str]
    indicators: Mapping[int, str]

    @property
    def done(self) -> int:
        """Return how many of what was said were done."""
        return sum(one.state is ActionState.DONE for one in self.said)

    def owner(self, action: Action) -> str:
        """Return who answers for an action."""
        return self.names.get(action.owner_id, "")

    def moves(self, action: Action) -> str:
        """Return what an action should move."""
        return self.indicators.get(action.indicator_id or 0, action.moment)

    @property
    def texts(self) -> tuple[str, ...]:
        """Return everything that people wrote, to be searched; not what customers wrote."""
        actions = [*self.said, *self.agreed]
        words = [one.text for one in actions] + [one.told for one in actions] + [self.owner(one) for one in actions]
        served = [one.preference for one in actions]
        return (*self.here, *words, *served, *(one.text for one in self.obstacles))

    def holds(self, words: str) -> bool:
        """Return whether every word that is looked for stands somewhere in it; case and accents do not matter."""
        text = folded(" ".join(self.texts))
        return all(word in text for word in folded(words).split())


def folded(text: str) -> str:
    """Return a text without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def answered_in(actions: Collection[Action], sitting: Sitting, *, is_last: bool) -> tuple[Action, ...]:
    """Return what a meeting answered for; only the last one still waits for what nobody has answered for."""
    return tuple(one for one in said(actions, sitting) if is_last or not one.is_open)


def agreed_in(actions: Collection[Action], sitting: Sitting) -> tuple[Action, ...]:
    """Return what was undertaken since the meeting before, at the first one on its day, whatever has become of it."""
    since = replace(sitting, before=sitting.before or sitting.day - DAY)
    return tuple(one for one in actions if since.holds(one.agreed_on))


def obstacles_of(obstacles: Sequence[Obstacle], sitting: Sitting) -> tuple[Obstacle, ...]:
    """Return what stood in the way at a meeting: raised by its day, and not cleared before it."""
    known = [one for one in obstacles if one.raised_on <= sitting.day]
    later = [one for one in known if one.cleared_on is not None and one.cleared_on > sitting.day]
    return tuple(one for one in known if one in in_the_way(known, sitting) or one in later)
