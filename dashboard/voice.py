"""The voice of the customer: what was said, in whose inbox it lies, what came of it and whether the customer knows."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import polars as pl

from dashboard.refusals import Refusal

LONGEST = 1000
"""Characters of something heard."""

LONGEST_THANKS = 80


class VoiceError(Refusal):
    """What was heard, or what comes of it, cannot be written down. The message says why."""


class Mood(StrEnum):
    """What the customer felt of what an employee heard."""

    LIKE = "like"
    DISLIKE = "dislike"


class Outcome(StrEnum):
    """What came of a comment."""

    OPEN = "open"
    DO = "do"
    PARK = "park"
    NO = "no"


STREAM = {
    "response_id": pl.String(),
    "verbatim": pl.String(),
    "recommend": pl.Int16(),
    "moment": pl.String(),
    "segment": pl.String(),
    "channel": pl.String(),
    "account": pl.String(),
    "area": pl.String(),
    "role": pl.String(),
    "source": pl.String(),
    "kind": pl.String(),
    "consent": pl.Boolean(),
    "day": pl.Date(),
    "answered_at": pl.Datetime("us", "UTC"),
    "inbox": pl.String(),  # the team it is for, null where no rule says
    "mood": pl.String(),
    "outcome": pl.String(),
    "reason": pl.String(),
    "thanks": pl.String(),
    "told_at": pl.Datetime("us", "UTC"),
    "who": pl.String(),
    "decided_at": pl.Datetime("us", "UTC"),
}
"""One row per comment, newest first."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What an employee heard a customer say: words, mood, team; moment, account and role where they are known."""

    words: str
    mood: Mood
    team: str
    moment: str = ""
    account: str = ""
    role: str = ""

    def checked(self) -> Heard:
        """Return it tidied.

        Raises
        ------
        VoiceError
            When there are no words, too many, or no team.
        """
        words = self.words.strip()
        if not words:
            raise VoiceError("write what you heard, in the customer's words")
        if len(words) > LONGEST:
            raise VoiceError("that is longer than {} letters; keep to the customer's sentence", LONGEST)
        if not self.team:
            raise VoiceError("choose the team that should hear it")
        parts = (self.moment, self.account, self.role)
        return Heard(words, self.mood, self.team, *[part.strip()[:200] for part in parts])


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is decided of a comment: outcome, why, and in words for everybody what changed thanks to it."""

    outcome: Outcome
    reason: str
    thanks: str = ""

    def checked(self) -> Verdict:
        """Return it tidied.

        Raises
        ------
        VoiceError
            When it says no reason, or thanks for what is not done.
        """
        reason, thanks = self.reason.strip(), self.thanks.strip()
        if self.outcome is not Outcome.OPEN and not reason:
            raise VoiceError("say why: whoever wrote it may ask")
        if thanks and self.outcome is not Outcome.DO:
            raise VoiceError("only what is done can be thanked for")
        if len(thanks) > LONGEST_THANKS:
            raise VoiceError("what changed fits in {} letters: a wall shows it", LONGEST_THANKS)
        return Verdict(self.outcome, reason, thanks)


@dataclass(frozen=True, slots=True)
class Conversation:
    """How the conversation with customers goes.

    Attributes
    ----------
    comments : int
    decided, told : float or None
        Share with an outcome, and whose author was answered, 0..1; None without comments.
    hours : float or None
        Median from comment to answer.
    waiting : date or None
        Day of the oldest comment that has neither outcome nor answer.
    """

    comments: int
    decided: float | None
    told: float | None
    hours: float | None
    waiting: date | None


def conversation(stream: pl.DataFrame) -> Conversation:
    """Return how the conversation goes, of a stream (schema `STREAM`)."""
    if stream.is_empty():
        return Conversation(0, None, None, None, None)
    is_open = (pl.col("outcome") == Outcome.OPEN.value) & pl.col("told_at").is_null()
    hours = (pl.col("told_at") - pl.col("answered_at")).dt.total_minutes() / 60
    row = stream.select(
        (pl.col("outcome") != Outcome.OPEN.value).mean().alias("decided"),
        pl.col("told_at").is_not_null().mean().alias("told"),
        hours.median().alias("hours"),
        pl.col("day").filter(is_open).min().alias("waiting"),
    ).row(0, named=True)
    return Conversation(stream.height, **row)


def plain(text: str) -> str:
    """Return text without accents and capitals, as it is searched."""
    bare = (letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return "".join(bare).lower()


def says(words: str, column: str = "verbatim") -> pl.Expr:
    """Return whether a column holds every word looked for, accents and capitals ignored."""
    told = pl.col(column).str.normalize("NFD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    found = pl.lit(True)
    for word in plain(words).split():
        found &= told.str.contains(word, literal=True)
    return found


@dataclass(frozen=True, slots=True)
class Thanks:
    """Something that changed thanks to a customer."""

    words: str
    at: datetime
