"""The word in words: what wall, desk, phone and print say of a judgement. One source, so they never differ."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.goal import Goal, Judgement, Word
from dashboard.nps import out_of_hundred
from dashboard.scoreboard import Scoreboard
from dashboard.thresholds import Display
from layouts.words import Words

SHAPES = {
    Word.WINNING: "▲",
    Word.LOSING: "▼",
    Word.LEVEL: "●",
    Word.STARTED: "○",
    Word.WON: "▲",
    Word.LOST: "▼",
}
"""Each word has a shape, so that colour is never alone."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A judgement in words: shape, word, by how much, and the CSS tone."""

    shape: str
    word: str
    by: str
    tone: str


def saying(t: Words, judgement: Judgement) -> Saying:
    """Return the word, its shape and how sure it is."""
    word = judgement.word
    return Saying(SHAPES[word], t(f"word.{word.value}"), _by(t, judgement), word.value)


def _by(t: Words, judgement: Judgement) -> str:
    word, difference = judgement.word, judgement.difference
    if word is Word.STARTED:
        return t("word.by_started")
    if word is Word.LEVEL:
        return t("word.by_level")
    assert difference is not None
    by = (
        t("word.by_points", n=round(abs(difference)))
        if judgement.decimals == 0
        else t("word.by_decimals", points=t.points(abs(difference), judgement.decimals))
    )
    if word in (Word.WON, Word.LOST):
        return t("word.at_the_end", by=by) if round(difference, judgement.decimals) else t("word.exactly")
    return t("word.narrow", by=by) if judgement.is_narrow else t("word.sure", by=by)


def objective_sentence(t: Words, goal: Goal) -> str:
    """Return the goal in one line."""
    return t(
        "goal.sentence",
        start=t.points(goal.start_points),
        target=t.points(goal.target_points),
        deadline=t.day(goal.deadline),
    )


def hundred_sentence(t: Words, board: Scoreboard) -> str:
    """Return how many of each 100 customers recommend us and how many do not: a warehouse understands it.

    A share of a few people is as little to be shown as their score.
    """
    pair = out_of_hundred(board.score)
    if pair is None:
        return t("score.nobody")
    if board.score.display is Display.HIDDEN:
        return t("score.too_few")
    return t("score.of_hundred", promoters=pair[0], detractors=pair[1])


def until_sentence(t: Words, board: Scoreboard) -> str:
    """Return until when the score counts and on how many answers it stands."""
    weeks = (board.period.until - board.period.since).days // 7 + 1
    answers = t("score.answers", n=board.score.n)
    return t(
        "score.until", day=t.day(board.period.until, weekday=True), answers=answers, weeks=t("score.weeks", n=weeks)
    )
