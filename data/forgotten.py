"""What must not be kept: who was forgotten, and comments of before a day.

The forgotten are known by keyed fingerprints: an id is recognised when it comes back, and read by nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import polars as pl
import sqlalchemy as sa

from dashboard.erasure import Known
from dashboard.periods import months_before
from data import records
from data.database import reading
from data.secrets import Secrets
from data.services import Services


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What must not be kept; false when everything may.

    Attributes
    ----------
    prints : frozenset of str
        Fingerprints of every id that must not come back.
    before : date or None
        The first day whose comments are kept; None keeps them all.
    secrets : Secrets
    """

    prints: frozenset[str]
    before: date | None
    secrets: Secrets

    def __bool__(self) -> bool:
        return bool(self.prints) or self.before is not None

    def print_of(self, known: Known, key: str) -> str:
        """Return the fingerprint of an id of the log; a person and an answer of the same id are two."""
        return self.secrets.fingerprint("forgotten", f"{known.value}\x1f{key}")

    def whose(self, rows: pl.DataFrame) -> pl.Expr:
        """Return which of `rows` (columns `respondent` and `response_id`) are of somebody forgotten."""
        people = self._among(Known.RESPONDENT, rows["respondent"])
        answers = self._among(Known.RESPONSE, rows["response_id"])
        is_theirs = pl.col("respondent").is_in(people) | pl.col("response_id").is_in(answers)
        return is_theirs.fill_null(False)

    def of_people(self, rows: pl.DataFrame) -> pl.Expr:
        """Return which of `rows` (column `respondent`) are of somebody forgotten."""
        return pl.col("respondent").is_in(self._among(Known.RESPONDENT, rows["respondent"])).fill_null(False)

    def rejected(self, told: pl.DataFrame, read_on: date) -> pl.Series:
        """Return the numbers of the rejected rows that must be emptied.

        Parameters
        ----------
        told : DataFrame
            Schema `OWNERS`.
        read_on : date
            When they were read: the day of those that say none.
        """
        is_old = pl.col("day").fill_null(read_on) < self.before if self.before else pl.lit(False)
        return told.filter(self.whose(told) | is_old)["row"].unique()

    def with_prints(self, prints: Iterable[str]) -> Forgotten:
        """Return it with more fingerprints."""
        return replace(self, prints=self.prints | set(prints))

    def _among(self, known: Known, ids: pl.Series) -> list[str]:
        if not self.prints:
            return []
        return [key for key in ids.drop_nulls().unique() if self.print_of(known, key) in self.prints]


def read_forgotten(services: Services) -> Forgotten:
    """Return what must not be kept, by the table and the setting."""
    with reading(services.database) as connection:
        prints = frozenset(connection.execute(sa.select(records.forgotten.c.fingerprint)).scalars())
    months = services.settings.retention_months
    before = months_before(services.state().today, months) if months else None
    return Forgotten(prints, before, services.secrets)
