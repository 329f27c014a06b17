"""The organisation's own themes: a short list with the words that mark them, and which comments they mark.

Rules come first and say so: a model on few short comments is no better than chance, a person's word wins over both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from dashboard.changes import Change, Profile, score_change
from dashboard.nps import Counts
from dashboard.refusals import Refusal

FEWEST_WORDS = 2
"""A comment of one word, or of none, is about nothing in particular."""

PASTED = 5
"""The same text from here on was pasted: it counts once."""

PREFIX = "*"
"""At the end of a word: it and all that begin with it."""

_PLAIN = {"á": "a", "à": "a", "é": "e", "è": "e", "í": "i", "ó": "o", "ò": "o", "ú": "u", "ü": "u", "ñ": "n", "ç": "c"}


class ThemeError(Refusal):
    """A theme cannot be stored. The message says why."""


class Assigner(StrEnum):
    """Who said that a comment is about a theme."""

    RULE = "rule"
    MODEL = "model"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Theme:
    """Something that customers talk about.

    Attributes
    ----------
    key, name : str
    words : tuple of str
        What marks it, in any language: words, phrases, and beginnings that end with `*`.
    """

    key: str
    name: str
    words: tuple[str, ...]

    @property
    def patterns(self) -> list[str]:
        """Return what is looked for in a text made plain: words with blanks around, beginnings with one before."""
        found = []
        for word in self.words:
            text = plain_text(word.rstrip(PREFIX))
            if text:
                found.append(f" {text}" if word.endswith(PREFIX) else f" {text} ")
        return found


def plain_text(text: str) -> str:
    """Return a text in small letters without accents, one blank between words, nothing else."""
    plain = "".join(_PLAIN.get(letter, letter) for letter in text.casefold())
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def plain(text: pl.Expr) -> pl.Expr:
    """Return the expression of `plain_text` with a blank at either end; null stays null."""
    lowered = text.str.to_lowercase().str.replace_many(list(_PLAIN), list(_PLAIN.values()))
    return pl.lit(" ") + lowered.str.replace_all(r"[^a-z0-9]+", " ").str.strip_chars(" ") + pl.lit(" ")


def marked(comments: pl.DataFrame, themes: Sequence[Theme]) -> pl.DataFrame:
    """Return which comments are about which themes, by the rules.

    Parameters
    ----------
    comments : DataFrame
        `response_id` and `verbatim` (String); null and empty texts are about nothing.
    themes : sequence
        In the organisation's order.

    Returns
    -------
    DataFrame
        `response_id`, `theme` (key): one row per comment and theme; a comment may have several, or none.
    """
    told = comments.select("response_id", text=plain(pl.col("verbatim"))).filter(
        pl.col("text").str.count_matches(" ") > FEWEST_WORDS
    )
    parts = [
        told.filter(pl.col("text").str.contains_any(theme.patterns)).select("response_id", theme=pl.lit(theme.key))
        for theme in themes
        if theme.patterns
    ]
    empty = pl.DataFrame(schema={"response_id": pl.String, "theme": pl.String})
    return pl.concat([empty, *parts])


def once(comments: pl.DataFrame) -> pl.DataFrame:
    """Return comments with `is_pasted` (Boolean): further copies of a text that was written five times or more."""
    text = plain(pl.col("verbatim"))
    copies = pl.len().over("_text")
    return (
        comments.with_columns(_text=text)
        .with_columns(is_pasted=(copies >= PASTED) & (pl.int_range(pl.len()).over("_text") > 0))
        .with_columns(pl.col("is_pasted").fill_null(False))
        .drop("_text")
    )


@dataclass(frozen=True, slots=True)
class Topic:
    """What is said of one theme.

    Attributes
    ----------
    theme : Theme
    n : int
        Comments that mention it.
    share : float
        Of all comments, 0..1.
    gap : Change
        NPS of those who mention it − NPS of the other commenters; the score is the customer's own, never guessed.
    examples : tuple of str
        Response ids, the newest first.
    by_people : int
        How many of the comments a person confirmed; the rest are the rules'.
    """

    theme: Theme
    n: int
    share: float
    gap: Change
    examples: tuple[str, ...]
    by_people: int


def topics(comments: pl.DataFrame, about: pl.DataFrame, themes: Sequence[Theme], examples: int = 3) -> list[Topic]:
    """Return every theme that is mentioned, the most mentioned first.

    Parameters
    ----------
    comments : DataFrame
        `response_id`, `verbatim`, `recommend` (0..10 or null), newest first.
    about : DataFrame
        `response_id`, `theme`, `assigner` (rule | model | person).
    themes : sequence
    examples : int
        Ids given of each.

    Returns
    -------
    list of Topic
        Pasted copies are left out. No comments give no topics.
    """
    told = once(comments).filter(~pl.col("is_pasted"))
    if told.is_empty():
        return []
    everything = _counts(told)
    found = []
    for theme in themes:
        mine = about.filter(pl.col("theme") == theme.key)
        mentioned = told.filter(pl.col("response_id").is_in(mine["response_id"].implode()))
        if mentioned.is_empty():
            continue
        inside = _counts(mentioned)
        rest = Counts(
            everything.detractors - inside.detractors,
            everything.passives - inside.passives,
            everything.promoters - inside.promoters,
        )
        people = mine.filter(pl.col("assigner") == Assigner.PERSON.value)["response_id"].n_unique()
        found.append(
            Topic(
                theme,
                mentioned.height,
                mentioned.height / told.height,
                score_change(rest, inside, Profile.ONE_OFF),
                tuple(mentioned["response_id"].head(examples)),
                people,
            )
        )
    return sorted(found, key=lambda one: (-one.n, one.theme.name))


def _counts(comments: pl.DataFrame) -> Counts:
    score = comments["recommend"].drop_nulls()
    low, high = int((score <= 6).sum()), int((score >= 9).sum())
    return Counts(low, score.len() - low - high, high)


def written(themes: Sequence[Theme]) -> str:
    """Return themes as people write them: one a line, its name, a colon, its words with commas between."""
    return "\n".join(f"{theme.name}: {', '.join(theme.words)}" for theme in themes)


def parse_themes(text: str) -> tuple[Theme, ...]:
    """Return the themes of lines `name: word, word*, some phrase`; empty lines say nothing.

    Raises
    ------
    ThemeError
        When a line has no colon, with its number.
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        name, colon, words = line.partition(":")
        if not colon:
            raise ThemeError("line {} needs a colon: the theme's name, a colon, its words", number)
        told = tuple(word.strip() for word in words.split(",") if word.strip())
        found.append(Theme(plain_text(name).replace(" ", "-")[:64], name.strip()[:100], told))
    return tuple(found)
