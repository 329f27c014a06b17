"""Forgetting a person and keeping the numbers: what an answer loses, and what stands in place of its ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from dashboard.refusals import Refusal


class ErasureError(Refusal):
    """Nobody can be forgotten so. The message says why."""


class Known(StrEnum):
    """By what a person is known."""

    RESPONDENT = "respondent"
    RESPONSE = "response"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom to forget.

    Attributes
    ----------
    source : str
    name : str
        The id as the source's files write it.
    known : Known
        Whether that is the id of the person, or of an answer of theirs.
    """

    source: str
    name: str
    known: Known = Known.RESPONDENT

    @property
    def key(self) -> str:
        """Return the id as the log writes it."""
        return f"{self.source}:{self.name}"


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the data, which still says what it said on its day."""

    name: str
    day: date


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased and where, and what is left.

    Attributes
    ----------
    answers, ratings : int
        Rows of the log that now belong to nobody; they count as before.
    comments : int
        Words of customers that left the log.
    promises, commitments : int
        Promises that now were made to nobody: of the log, and by hand.
    rejected : int
        Rows in quarantine that were emptied.
    uploads, jobs, kept : int
        Uploaded files, pieces of long work and kept answers that are gone.
    files : int
        Old files of the log that are gone.
    backups : tuple of Backup
        To be deleted by hand, or to grow old.
    """

    answers: int = 0
    ratings: int = 0
    comments: int = 0
    promises: int = 0
    commitments: int = 0
    rejected: int = 0
    uploads: int = 0
    jobs: int = 0
    kept: int = 0
    files: int = 0
    backups: tuple[Backup, ...] = ()


def subject_of(source: str, name: str, known: Known = Known.RESPONDENT) -> Subject:
    """Return whom to forget.

    Raises
    ------
    ErasureError
        When source or id is empty.
    """
    if not source.strip() or not name.strip():
        raise ErasureError("say the source and the id that its files give to the person")
    return Subject(source.strip(), name.strip(), known)


def aliases(ids: Iterable[str], draw: Callable[[], str]) -> dict[str, str]:
    """Return a pseudonym for each id of the log, of the same source and in the same order.

    Of two answers of one instant the order of their ids decides which counts; it must decide the same ever after.

    Parameters
    ----------
    ids : iterable of str
        As the log writes them: `source:id`.
    draw : callable
        Returns a fresh random text of fixed length at every call.
    """
    known = sorted(set(ids))
    fresh = sorted(draw() for _ in known)
    return {old: f"{old.partition(':')[0]}:{new}" for old, new in zip(known, fresh, strict=True)}


def anonymised(rows: pl.DataFrame, respondents: Mapping[str, str], responses: Mapping[str, str]) -> pl.DataFrame:
    """Return rows of `responses` or `ratings` with other ids, and without the words of those whose id changes.

    Parameters
    ----------
    rows : DataFrame
    respondents, responses : mapping
        Ids to their pseudonyms; other rows stay as they are.
    """
    if "verbatim" in rows.columns:
        stays = ~pl.col("response_id").is_in(list(responses))
        rows = rows.with_columns(verbatim=pl.when(stays).then("verbatim"), consent=pl.col("consent") & stays)
    return rows.with_columns(pl.col("respondent").replace(respondents), pl.col("response_id").replace(responses))


def anonymised_promises(
    rows: pl.DataFrame, respondents: Mapping[str, str], promises: Mapping[str, str]
) -> pl.DataFrame:
    """Return rows of `promises` with other ids; what is still open of those whose id changes is waited for no more."""
    is_theirs = pl.col("promise_id").is_in(list(promises))
    released = pl.when(is_theirs & pl.col("outcome").is_null()).then(pl.lit("released")).otherwise("outcome")
    return rows.with_columns(
        pl.col("respondent").replace(respondents), pl.col("promise_id").replace(promises), outcome=released
    )


def is_old_comment(before: date) -> pl.Expr:
    """Return whether a row of `responses` has words from before a day."""
    return pl.col("verbatim").is_not_null() & (pl.col("day") < before)


def without_old_comments(rows: pl.DataFrame, before: date) -> pl.DataFrame:
    """Return rows of `responses` without the words from before a day."""
    return rows.with_columns(verbatim=pl.when(~is_old_comment(before)).then("verbatim"))
