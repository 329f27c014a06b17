"""One account, one vote: company clients with several interlocutors, each worth what its role is worth.

The interval counts accounts, not answers. Sources: methods of clustered samples, Lumley, R survey; Wolter 2007.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

import numpy as np
import polars as pl
from scipy.special import stdtrit

from dashboard.forecast import History
from dashboard.nps import NOBODY, Counts, Nps, adjusted_wald, net_promoter_score
from dashboard.periods import weeks_between
from dashboard.samples import FEWEST_CLUSTERS
from dashboard.tables import TREND

ROLE_WEIGHTS = {"decisor": 3.0, "influenciador": 2.0, "compras": 2.0, "usuario": 1.0}
"""What one interlocutor counts within its account; a convention, not an estimate. Others count 1."""

SUMS = ("weight", "weight_detractors", "weight_promoters", "detractors", "passives", "promoters")


def account_sums(answers: pl.LazyFrame, role_weights: Mapping[str, float], *by: str) -> pl.LazyFrame:
    """Return the sums of each account, all that its vote needs.

    Parameters
    ----------
    answers : LazyFrame
        `account` (String; null is no account and left out), `role` (String, null = unknown, weight 1), `recommend`
        (integer 0..10) and the columns `by`.
    role_weights : mapping
        What one interlocutor of a role counts; 0 leaves the role out.
    by : str
        Columns to keep apart, such as `week`.

    Returns
    -------
    LazyFrame
        `by`, `account`, Float64 `weight`, `weight_detractors`, `weight_promoters` and Int64 `detractors`, `passives`,
        `promoters` (answers).
    """
    weight = pl.col("role").replace_strict(dict(role_weights), default=1.0, return_dtype=pl.Float64).fill_null(1.0)
    rows = answers.filter(pl.col("account").is_not_null()).with_columns(weight=weight).filter(pl.col("weight") > 0)
    plus, minus = pl.col("recommend") >= 9, pl.col("recommend") <= 6
    return rows.group_by(*by, "account").agg(
        pl.col("weight").sum(),
        weight_detractors=pl.col("weight").filter(minus).sum(),
        weight_promoters=pl.col("weight").filter(plus).sum(),
        detractors=minus.sum().cast(pl.Int64),
        passives=(~minus & ~plus).sum().cast(pl.Int64),
        promoters=plus.sum().cast(pl.Int64),
    )


@dataclass(frozen=True, slots=True)
class Electorate:
    """The accounts of a period: shares (0..1) of each, sorted by account, and their answers."""

    accounts: pl.DataFrame
    counts: Counts

    @classmethod
    def of(cls, sums: pl.DataFrame) -> Electorate:
        """Return the accounts of `account_sums`, several rows of one account added."""
        accounts = sums.group_by("account").agg(pl.col(SUMS).sum()).sort("account")
        counts = Counts(*(int(value) for value in accounts.select(pl.col(SUMS[3:]).sum()).row(0)))
        shares = accounts.select(
            "account",
            detractors=pl.col("weight_detractors") / pl.col("weight"),
            promoters=pl.col("weight_promoters") / pl.col("weight"),
        )
        return cls(shares.with_columns(theta=pl.col("promoters") - pl.col("detractors")), counts)

    def vote(self, weights: np.ndarray | None = None, confidence: float = 0.95) -> tuple[Nps, float]:
        """Return the score and its standard error in points; without interval below five accounts.

        Parameters
        ----------
        weights : array, optional
            One per account; default one account, one vote.
        confidence : float
        """
        groups = self.accounts.height
        if not groups:
            return net_promoter_score(NOBODY), 0.0
        votes = np.ones(groups) if weights is None else weights
        theta, total = self.accounts["theta"].to_numpy(), float(votes.sum())
        promoters = float((votes * self.accounts["promoters"].to_numpy()).sum() / total)
        detractors = float((votes * self.accounts["detractors"].to_numpy()).sum() / total)
        mean, shares = promoters - detractors, (detractors, promoters)
        n = self.counts.n
        if groups < 2:
            return Nps(100 * mean, None, None, n, self.counts, 1.0, shares), 0.0
        error2 = float((votes**2 * (theta - mean) ** 2).sum() / total**2 * groups / (groups - 1))
        variance = promoters + detractors - mean**2
        worth = min(variance / error2, float(n)) if error2 > 1e-18 else float(groups)
        quantile = float(stdtrit(groups - 1, 1 - (1 - confidence) / 2))
        low, high = adjusted_wald(promoters, detractors, worth, quantile)
        bounds = (low, high) if groups >= FEWEST_CLUSTERS else (None, None)
        return Nps(100 * mean, bounds[0], bounds[1], n, self.counts, worth, shares), 100 * sqrt(error2)


@dataclass(frozen=True, slots=True)
class AccountVotes:
    """A goal's answers counted by account.

    Attributes
    ----------
    score : Nps
        The window that ends with the last closed week.
    accounts : int
        Accounts that answered in it.
    running : Nps
        The weeks after the last closed one.
    weeks : list of Nps
        Each closed week by itself, from the first with answers on.
    trend : DataFrame
        Schema `TREND`: the window that ends with each closed week.
    """

    score: Nps
    accounts: int
    running: Nps
    weeks: Sequence[Nps]
    trend: pl.DataFrame

    @property
    def history(self) -> History:
        """Return the weeks as the forecast takes them: shares of what the accounts are worth."""
        worth = [week.n_effective or 0.0 for week in self.weeks]
        shares = [week.shares or (0.0, 0.0) for week in self.weeks]
        return History(
            np.array(worth),
            np.array([n * detractors for n, (detractors, _) in zip(worth, shares, strict=True)]),
            np.array([n * promoters for n, (_, promoters) in zip(worth, shares, strict=True)]),
        )


def account_votes(sums: pl.DataFrame, last_week: date, window_weeks: int) -> AccountVotes:
    """Return one account, one vote, week by week.

    An account that answers in several weeks of a window has one vote in it.

    Parameters
    ----------
    sums : DataFrame
        `account_sums` by `week` (Date, Monday); no rows give no score.
    last_week : date
        Monday of the last closed week.
    window_weeks : int
        Weeks pooled into the score.
    """
    first = sums["week"].min() if sums.height else None
    assert first is None or isinstance(first, date)
    ends = weeks_between(first, last_week) if first else []
    parts = sums.sort("week").partition_by("week", as_dict=True)
    alone = [parts.get((week,), sums.clear()) for week in ends]
    weeks = [Electorate.of(part).vote()[0] for part in alone]
    windows = [Electorate.of(pl.concat(alone[max(0, end - window_weeks + 1) : end + 1])) for end in range(len(ends))]
    scores = [window.vote()[0] for window in windows]
    trend = pl.DataFrame(
        {
            "week": ends,
            "points": [score.points for score in scores],
            "low": [score.low for score in scores],
            "high": [score.high for score in scores],
            "n": [score.n for score in scores],
            "worth": [score.n_effective for score in scores],
        },
        schema=TREND.columns,
    )
    running = Electorate.of(sums.filter(pl.col("week") > last_week)).vote()[0]
    score = scores[-1] if scores else net_promoter_score(NOBODY)
    return AccountVotes(score, windows[-1].accounts.height if windows else 0, running, weeks, trend)


@dataclass(frozen=True, slots=True)
class AccountScores:
    """One account, one vote.

    Attributes
    ----------
    accounts : DataFrame
        `account`, `points` (−100..100), `weight_capped`, sorted by account.
    one_vote, by_revenue : Nps
        The headline and the revenue-weighted score; without interval below five accounts.
    one_vote_error, by_revenue_error : float
        Standard errors in points.
    by_answer : Nps
        Every answer one vote, for comparison with other tools.
    top_share : float
        Largest share of the capped weights, 0..1.
    """

    accounts: pl.DataFrame
    one_vote: Nps
    one_vote_error: float
    by_revenue: Nps
    by_revenue_error: float
    by_answer: Nps
    top_share: float


def capped_weights(revenue: Sequence[float | None], cap: float) -> np.ndarray:
    """Return revenue weights with no account above the share `cap` of their sum.

    A missing revenue counts as the median. When `cap` is too low to be met all weights are one.
    """
    known = np.array([value for value in revenue if value is not None], dtype=float)
    middle = float(np.median(known)) if known.size else 1.0
    amounts = np.array([middle if value is None else float(value) for value in revenue])
    if amounts.size == 0 or cap * amounts.size <= 1 or amounts.sum() <= 0:
        return np.ones(amounts.size)
    ordered = np.sort(amounts)[::-1]
    for capped in range(ordered.size):
        if capped * cap >= 1:
            break
        total = ordered[capped:].sum() / (1 - capped * cap)
        if ordered[capped] <= cap * total:
            return np.asarray(np.minimum(amounts, cap * total))
    return np.ones(amounts.size)


def account_scores(
    answers: pl.DataFrame,
    role_weights: Mapping[str, float],
    revenue: Mapping[str, float | None],
    cap: float = 0.25,
    confidence: float = 0.95,
) -> AccountScores | None:
    """Return the scores of company clients, each with several interlocutors.

    Parameters
    ----------
    answers : DataFrame
        `account` (String), `role` (String, null = unknown, weight 1) and `recommend` (integer 0..10).
    role_weights : mapping
        What one interlocutor of a role counts; 0 leaves the role out.
    revenue : mapping
        Yearly revenue by account, in one currency; None or absent counts as the median.
    cap : float
        Largest share of one account.

    Returns
    -------
    AccountScores or None
        None when no answer counts.
    """
    voters = Electorate.of(account_sums(answers.lazy(), role_weights).collect())
    accounts, counts = voters.accounts, voters.counts
    if accounts.is_empty():
        return None
    weights = capped_weights([revenue.get(name) for name in accounts["account"]], cap)
    one_vote, one_vote_error = voters.vote(confidence=confidence)
    by_revenue, by_revenue_error = voters.vote(weights, confidence)
    return AccountScores(
        accounts.select("account", points=100 * pl.col("theta"), weight_capped=pl.Series(weights)),
        one_vote,
        one_vote_error,
        by_revenue,
        by_revenue_error,
        net_promoter_score(counts, confidence),
        float(weights.max() / weights.sum()),
    )
