"""The question of the commitments, asked once per version and day and kept: what page, wall and command line share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import polars as pl

from dashboard.aftermath import compared
from dashboard.breaches import Breaches, breaches
from dashboard.commitments import Entry
from dashboard.filters import EVERYTHING, Filters
from dashboard.ledger import (
    SEASON,
    Ledger,
    ages,
    by_urgency,
    held,
    horizon,
    kept_by_hand,
    kept_of,
    public_entries,
    said,
    waiting_customers,
    waits_by_hand,
)
from dashboard.periods import WEEK
from dashboard.permissions import Capability, Scope, can_promise, check, may_see_site, within
from dashboard.punctuality import punctuality
from dashboard.reliability import reliability
from dashboard.satisfaction import satisfaction
from dashboard.survival import Waiting, waiting
from data.calendar import calendar_of
from data.commitments import read_entries
from data.database import reading
from data.promises import Promises
from data.services import Services, State

MOST_TEAMS = 6
"""Teams whose waiting is drawn: those with most promises."""

DAY = timedelta(days=1)


def read_ledger(services: Services, state: State, scope: Scope, filters: Filters = EVERYTHING) -> Ledger:
    """Return the ledger under `filters`; the period is that in which things fell due, and closed by yesterday.

    Raises
    ------
    NotAllowedError
        When the role may not ask this.
    """
    check(scope, Capability.SEE_SCORE if filters.where else Capability.SEE_WALL)
    asked = within(scope, filters)
    question = ("ledger", asked.query(), state.today.isoformat())
    return services.answers.get(state.version, scope.key, question, lambda: _ledger(services, state, scope, asked))


def season(services: Services, state: State) -> Filters:
    """Return the last weeks in which anything fell due, up to the running one: the period where nobody asks another."""
    last = services.promises(state).last_due
    until = min(state.today, last) if last is not None and not _dated(services) else state.today
    monday = until - timedelta(days=until.weekday())
    return EVERYTHING.within(monday - (SEASON - 1) * WEEK, monday + WEEK - DAY)


def _dated(services: Services) -> bool:
    with reading(services.database) as connection:
        return any(entry.commitment.due is not None for entry in read_entries(connection))


def own_entries(services: Services, scope: Scope, filters: Filters = EVERYTHING) -> tuple[Entry, ...]:
    """Return the commitments by hand under the dimensions of `filters`, as much of each as `scope` may read."""
    with reading(services.database) as connection:
        every = read_entries(connection)
    return tuple(
        entry if can_promise(scope, entry.commitment.team, entry.commitment.site) else discreet(entry)
        for entry in every
        if may_see_site(scope, entry.commitment.site)
        and all(getattr(entry.commitment, name, "") in values for name, values in filters.where)
    )


def discreet(entry: Entry) -> Entry:
    """Return a commitment without to whom it was made and without anybody's words, now or before."""
    one = entry.commitment
    hidden = "…" if one.trigger else ""
    names = {name: f"{place}" for place, name in enumerate(dict.fromkeys(said.recipient for said in entry.opinions))}
    return replace(
        entry,
        commitment=replace(
            one,
            **dict.fromkeys(("account", "words", "announced", "exposure"), ""),  # type: ignore[arg-type]  # texts all
            conditions=one.conditions if one.is_public else "",
            trigger=hidden,
            owed=hidden,
            recipients=(),
        ),
        events=tuple(replace(event, words="") for event in entry.events),
        opinions=tuple(replace(opinion, recipient=names[opinion.recipient]) for opinion in entry.opinions),
        corrections=(),
    )


def _ledger(services: Services, state: State, scope: Scope, asked: Filters) -> Ledger:
    promises, as_of = services.promises(state), state.today - DAY
    always = asked.within(None, None)
    entries = own_entries(services, scope, always)
    commitments = held(entries)
    in_period = _in_period(commitments, asked)
    bulk = promises.due(asked, as_of).row(0, named=True)
    due, kept, late = kept_by_hand(in_period, as_of)
    overdue = _overdue(commitments, promises, always, state.today)
    is_open = commitments.filter("is_open")
    told = said(entries).join(in_period.select("commitment_id"), on="commitment_id", how="semi")
    every = pl.concat([told.drop("commitment_id"), promises.said(asked)])
    waits, backfilled = _waits(commitments, promises, asked, state)
    last = horizon(calendar_of(state.organisation, state.today), state.today)
    still_open = promises.open(always)
    named = {name for one in entries if one.commitment.is_continuous for name in _names(one)}
    standards = {
        row["standard"]: kept_of(row["due"], row["kept"], row["late"])
        for row in promises.standards(asked, as_of, named).iter_rows(named=True)
    }
    return Ledger(
        state.today,
        kept_of(due + bulk["due"], kept + bulk["kept"], late + bulk["late"]),
        int(overdue["count"].sum()),
        overdue.select(pl.col("days").max()).item(),
        ages(overdue),
        waiting_customers(
            commitments, promises.once(("waiting", always.query()), lambda: promises.waiting(still_open))
        ),
        is_open.height + int(still_open["open"].sum()),
        satisfaction(every.filter(~pl.col("ours"))),
        satisfaction(every.filter("ours")),
        promises.once(("surveyed", asked.query()), lambda: satisfaction(promises.surveyed(asked))),
        by_urgency(entries, commitments, state.today),
        tuple(still_open.filter(pl.col("day").is_between(state.today, last)).iter_rows()),
        reliable(commitments, promises, asked, as_of, "team"),
        waits,
        backfilled,
        standards,
        None if asked.where else aftermath(services, state, as_of),
        last,
    )


def _names(entry: Entry) -> tuple[str, str]:
    """Return the names under which what is promised in bulk may belong to a continuous standard."""
    return entry.commitment.standard, entry.commitment.what


def _in_period(commitments: pl.DataFrame, asked: Filters) -> pl.DataFrame:
    """Return what fell due in the period; what has no date belongs to every period."""
    day = pl.col("due")
    since = day >= asked.since if asked.since else pl.lit(True)
    until = day <= asked.until if asked.until else pl.lit(True)
    return commitments.filter(day.is_null() | (since & until))


def _overdue(commitments: pl.DataFrame, promises: Promises, asked: Filters, today: date) -> pl.DataFrame:
    """Return `days` and `count` of everything that is open and past its day."""
    by_hand = commitments.filter(pl.col("is_open") & (pl.col("due") < today)).select(day="due", count=pl.lit(1))
    in_bulk = promises.open(asked).filter(pl.col("day") < today).select("day", count="open")
    every = pl.concat([by_hand.cast({"count": pl.Int64}), in_bulk])
    return every.select("count", days=(pl.lit(today) - pl.col("day")).dt.total_days())


def reliable(
    commitments: pl.DataFrame, promises: Promises, asked: Filters, as_of: date, dimension: str
) -> pl.DataFrame:
    """Return how reliable each value of a dimension is (`key`, `promised`, `kept`, `Reliability.teams`).

    The least surely reliable first.
    """
    return reliability(promised_by(commitments, promises, asked, as_of, dimension)).teams.sort("low", "key")


def promised_by(
    commitments: pl.DataFrame, promises: Promises, asked: Filters, as_of: date, dimension: str
) -> pl.DataFrame:
    """Return `key`, `promised` (due by `as_of`) and `kept` of each value of a dimension, by hand and in bulk together.

    Parameters
    ----------
    commitments : DataFrame
        Schema `HELD`.
    promises : Promises
    asked : Filters
        The period is that in which things fell due.
    as_of : date
    dimension : str
        A column of both. What has none of it, and values of which nothing was due, are left out.
    """
    merges = promises.members.merges(dimension)
    named = _in_period(commitments, asked).with_columns(pl.col(dimension).replace(merges))
    by_hand = punctuality(named, as_of, by=(dimension,)).select(key=dimension, promised="due", kept="kept")
    in_bulk = promises.due(asked, as_of, (dimension,)).select(key=dimension, promised="due", kept="kept")
    every = pl.concat([by_hand, in_bulk]).drop_nulls("key").group_by("key").agg(pl.col("promised", "kept").sum())
    return every.filter(pl.col("promised") > 0).sort("key")


def _waits(
    commitments: pl.DataFrame, promises: Promises, asked: Filters, state: State
) -> tuple[tuple[tuple[str, Waiting], ...], int]:
    since = asked.since or date.min
    made = commitments.filter(pl.col("due").is_null() | (pl.col("due") >= since))
    by_hand = waits_by_hand(made, state.today).with_columns(times=pl.lit(1, dtype=pl.Int64))
    question = ("waits", asked.query(), state.today)
    every = pl.concat([by_hand, promises.once(question, lambda: promises.waits(asked, state.today))])
    named = every.drop_nulls("team").group_by("team").agg(pl.col("times").sum())
    most = named.sort("times", "team", descending=[True, False])
    teams = most["team"].head(MOST_TEAMS).to_list()
    found = tuple((team, waiting(every.filter(pl.col("team") == team).drop("team"))) for team in sorted(teams))
    return found, int(made["is_backfilled"].sum())


def aftermath(services: Services, state: State, as_of: date) -> Breaches | None:
    """Return how much more the score of companies that we failed changed than that of the others."""
    promises = services.promises(state)
    return promises.once(("aftermath", as_of), lambda: breaches(compared(promises.around, as_of)))


def read_public(services: Services, state: State, scope: Scope) -> tuple[Ledger, tuple[Entry, ...]]:
    """Return the ledger of the season and what of it customers may read."""
    ledger = read_ledger(services, state, scope, season(services, state))
    return ledger, public_entries(ledger.entries)
