"""The ledger of expectations: what was promised against what was lived, by hand and in bulk together.

What counts as kept is reckoned on what was already due: the share of what is closed flatters. The headline of
satisfaction is made of what customers say; our estimates stand apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from dashboard.breaches import Breaches
from dashboard.calendar import Calendar
from dashboard.commitments import Entry, Origin, Side, Stage, Step, Teller, under_control
from dashboard.debt import expectation_debt
from dashboard.punctuality import punctuality, wilson
from dashboard.satisfaction import Satisfaction
from dashboard.survival import Ending, Waiting
from dashboard.thresholds import Display, display

SEASON = 13
"""Weeks of the look back."""

SOON = 7
"""Working days of the look ahead."""

AGES = (7, 30, 90)
"""Days overdue at which one age ends and the next begins."""

BACKFILLED = timedelta(days=7)
"""Who writes a promise down later than this remembers some and forgets others: it tells nothing of waiting."""

HELD = pl.Schema(
    {
        "commitment_id": pl.Int64,
        "team": pl.String,
        "account": pl.String,
        "segment": pl.String,
        "site": pl.String,
        "moment": pl.String,
        "made": pl.Date,
        "due": pl.Date,
        "delivered": pl.Date,
        "cancelled": pl.Date,
        "cancelled_by": pl.String,
        "is_open": pl.Boolean,
        "recipients": pl.Int64,
        "weight_of": pl.Int64,
        "expected": pl.Float64,
        "lived": pl.Float64,
        "is_backfilled": pl.Boolean,
    }
)
"""Commitments by hand as a frame: one row each, texts null where empty."""

SAID = pl.Schema(
    {"cluster": pl.String, "commitment_id": pl.Int64, "expected": pl.Float64, "lived": pl.Float64, "ours": pl.Boolean}
)
"""What recipients of commitments expected and lived: one row per recipient; `ours` are estimates of our own."""

_ENDED_BY = {Stage.BROKEN: "us", Stage.WITHDRAWN: "us", Stage.RELEASED: "client"}
_ENDINGS = (Step.BREAK, Step.WITHDRAW, Step.RELEASE)


def held(entries: Sequence[Entry]) -> pl.DataFrame:
    """Return commitments as a frame (schema `HELD`)."""
    rows = []
    for entry in entries:
        one = entry.commitment
        ended = next((e.day for e in reversed(entry.events) if e.step in _ENDINGS), None)
        is_backfilled = bool(entry.events) and entry.events[0].at.date() - one.made > BACKFILLED
        places = (one.team, one.account, one.segment, one.site, one.moment)
        rows.append(
            (
                one.commitment_id,
                *(place or None for place in places),
                one.made,
                one.due,
                entry.delivered,
                ended if one.stage in _ENDED_BY else None,
                _ENDED_BY.get(one.stage),
                one.is_open,
                max(one.people, len(one.recipients), 1),
                one.weight,
                entry.said(Side.EXPECTED),
                entry.said(Side.LIVED),
                is_backfilled,
            )
        )
    return pl.DataFrame(rows, schema=HELD, orient="row")


def said(entries: Sequence[Entry]) -> pl.DataFrame:
    """Return what each recipient expected and lived (schema `SAID`), the newest of each."""
    rows = []
    for entry in entries:
        values: dict[tuple[str, bool], dict[Side, float]] = {}
        for opinion in entry.opinions:
            key = (opinion.recipient, opinion.teller is Teller.ESTIMATE)
            values.setdefault(key, {})[opinion.side] = opinion.value
        one = entry.commitment
        for (recipient, is_ours), sides in values.items():
            cluster = one.account or recipient or f"#{one.commitment_id}"
            rows.append((cluster, one.commitment_id, sides.get(Side.EXPECTED), sides.get(Side.LIVED), is_ours))
    return pl.DataFrame(rows, schema=SAID, orient="row")


@dataclass(frozen=True, slots=True)
class Kept:
    """Of what was already due, what was kept on time: counts, the share 0..1 and its interval at 95 %."""

    due: int
    kept: int
    late: int
    broken: int
    share: float | None
    low: float | None
    high: float | None

    @property
    def display(self) -> Display:
        """Return whether the share may be shown."""
        return display(self.due)


def kept_of(due: int, kept: int, late: int) -> Kept:
    """Return the share kept of counts; null when nothing was due."""
    low, high = wilson(pl.col("kept"), pl.col("due"))
    counted = pl.DataFrame({"due": [due], "kept": [kept]}, schema={"due": pl.Int64, "kept": pl.Int64})
    row = counted.select(low=low, high=high).row(0)
    return Kept(due, kept, late, due - kept - late, kept / due if due else None, *row)


def kept_by_hand(commitments: pl.DataFrame, as_of: date) -> tuple[int, int, int]:
    """Return how many commitments (`HELD`) were due by `as_of`, kept, and late."""
    row = punctuality(commitments, as_of).row(0, named=True)
    return row["due"], row["kept"], row["late"]


def waits_by_hand(commitments: pl.DataFrame, today: date) -> pl.DataFrame:
    """Return `team`, `days` and `ending` of commitments (`HELD`) that were written down when they were made."""
    end = pl.coalesce("delivered", "cancelled", pl.lit(today))
    ending = (
        pl.when(pl.col("delivered").is_not_null())
        .then(pl.lit(Ending.DELIVERED.value))
        .when(pl.col("cancelled").is_not_null())
        .then(pl.lit(Ending.CANCELLED.value))
    )
    known = commitments.filter(~pl.col("is_backfilled") & pl.col("due").is_not_null())
    days = (end - pl.col("made")).dt.total_days().cast(pl.Float64)
    return known.select("team", days=days, ending=ending.cast(pl.String))


def waiting_customers(commitments: pl.DataFrame, orders: int) -> int:
    """Return how many different customers, at least, wait for something that is promised by a day.

    Commitments of one account, of one segment and of everybody reach the same customers again and again: of each
    account and segment the largest counts, and of the three sums and the open orders only the largest.

    Parameters
    ----------
    commitments : DataFrame
        Schema `HELD`; a continuous standard has no day and nobody waits for it.
    orders : int
        Different customers of promises in bulk that are open.
    """
    dated = commitments.filter("is_open", pl.col("due").is_not_null())
    has_account, has_segment = pl.col("account").is_not_null(), pl.col("segment").is_not_null()
    parts = (
        dated.filter(has_account).group_by("account"),
        dated.filter(~has_account & has_segment).group_by("segment"),
        dated.filter(~has_account & ~has_segment).group_by(pl.lit(0)),
    )
    sums = [part.agg(pl.col("recipients").max()).select(pl.col("recipients").sum()).item() for part in parts]
    return max(*map(int, sums), orders)


def ages(overdue_days: pl.DataFrame) -> tuple[int, ...]:
    """Return how many are overdue per age of `AGES`, the last open at its end; columns `days`, `count`."""
    age = pl.col("days").cut(list(AGES), labels=[str(place) for place in range(len(AGES) + 1)]).cast(pl.String)
    found = dict(overdue_days.group_by(age.alias("age")).agg(pl.col("count").sum()).iter_rows())
    return tuple(int(found.get(str(place), 0)) for place in range(len(AGES) + 1))


def by_urgency(entries: Sequence[Entry], commitments: pl.DataFrame, today: date) -> tuple[Entry, ...]:
    """Return the commitments in the order in which they ask for something.

    What is open comes first, by the debt of expectations; then what was lived worst, by its weight; then the newest.
    """
    owed = expectation_debt(commitments.with_columns(pl.col("due").fill_null(today)), today).commitments
    debt = dict(owed.select("commitment_id", pl.col("debt").fill_null(0.0)).iter_rows())

    def rank(entry: Entry) -> tuple[float, ...]:
        one, gap = entry.commitment, entry.satisfaction
        weighed = gap * one.weight if gap is not None else 0.0
        owes = debt[one.commitment_id] * one.weight
        return (not one.is_open, -owes, not one.is_continuous, weighed, -one.made.toordinal())

    return tuple(sorted(entries, key=rank))


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was promised and how it stands.

    Attributes
    ----------
    today : date
    kept : Kept
        Of what fell due in the period.
    overdue : int
        Open and past its day, whenever that was; `oldest` is the days of the oldest, `ages` how many per `AGES`.
    waiting, waiting_for : int
        Different customers, at least, who wait for something promised by a day, and the open commitments in all.
    satisfaction, estimated, surveyed : Satisfaction
        As the recipients of commitments say; as we estimate; as surveys ask of moments without any commitment.
    entries : tuple of Entry
        Commitments by hand by urgency.
    orders_soon : tuple of (date, int)
        Promises in bulk that fall due within `SOON` working days.
    teams : DataFrame
        `key`, `promised`, `kept` and the columns of `Reliability`, the least surely reliable first.
    waits : tuple of (str, Waiting)
        How long what each team promises takes; `backfilled` commitments were left out.
    standards : dict
        What kind of thing is promised in bulk → how much of it was kept.
    aftermath : Breaches or None
        Later score of those we failed against those we did not.
    horizon : date
        The last of the next `SOON` working days.
    """

    today: date
    kept: Kept
    overdue: int
    oldest: int | None
    ages: tuple[int, ...]
    waiting: int
    waiting_for: int
    satisfaction: Satisfaction
    estimated: Satisfaction
    surveyed: Satisfaction
    entries: tuple[Entry, ...]
    orders_soon: tuple[tuple[date, int], ...]
    teams: pl.DataFrame
    waits: tuple[tuple[str, Waiting], ...]
    backfilled: int
    standards: dict[str, Kept]
    aftermath: Breaches | None
    horizon: date

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was ever promised."""
        return not (self.entries or self.kept.due or self.overdue or self.waiting_for)

    @property
    def open(self) -> tuple[Entry, ...]:
        """Return the commitments that somebody waits for."""
        return tuple(entry for entry in self.entries if entry.commitment.is_open)

    @property
    def due_soon(self) -> tuple[Entry, ...]:
        """Return the open commitments that fall due within the horizon, the first first."""
        dated = [(one.commitment.due, one) for one in self.open if one.commitment.due is not None]
        return tuple(one for due, one in sorted(dated, key=lambda pair: pair[0]) if self.today <= due <= self.horizon)

    @property
    def unwritten(self) -> tuple[Entry, ...]:
        """Return what was said or understood, and never written."""
        return tuple(one for one in self.entries if one.commitment.origin in (Origin.SPOKEN, Origin.IMPLIED))

    @property
    def conditional(self) -> tuple[Entry, ...]:
        """Return what is or was promised under a condition."""
        return tuple(one for one in self.entries if one.commitment.trigger)

    @property
    def breaches(self) -> tuple[Entry, ...]:
        """Return what was broken, late or delivered in part, the newest first."""
        failed = [one for one in self.entries if one.commitment.stage in (Stage.BROKEN, Stage.LATE, Stage.PARTLY)]
        return tuple(sorted(failed, key=lambda one: one.ended or one.commitment.made, reverse=True))

    @property
    def announced(self) -> tuple[Entry, ...]:
        """Return what was delivered after its terms had been announced."""
        return tuple(one for one in self.entries if one.commitment.announced and one.words_of(Step.DELIVER))

    @property
    def under_control(self) -> int:
        """Return how many open commitments lack nothing."""
        return under_control([entry.commitment for entry in self.open])

    def by_id(self, commitment_id: int) -> Entry | None:
        """Return one commitment, None when there is none of that number here."""
        return next((one for one in self.entries if one.commitment.commitment_id == commitment_id), None)

    def state(self, entry: Entry) -> Kept | None:
        """Return how a continuous standard is kept by what is promised in bulk under its name; None of others."""
        one = entry.commitment
        return self.standards.get(one.standard, self.standards.get(one.what)) if one.is_continuous else None


def public_entries(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return what customers may read: marked public and neither withdrawn nor made to one of them."""
    gone = (Stage.WITHDRAWN, Stage.RELEASED)
    return tuple(one for one in entries if one.commitment.is_public and one.commitment.stage not in gone)


def horizon(calendar: Calendar, today: date) -> date:
    """Return the last of the next `SOON` working days."""
    return calendar.after(today, SOON)
