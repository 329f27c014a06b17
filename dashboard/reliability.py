"""How reliable each team is, with little to go by: each is drawn towards what teams are like.

Teams kept k of n promises; their true shares follow a beta distribution found from all teams together (Casella 1985;
Gelman et al., Bayesian Data Analysis 3e, ch. 5).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import betainc, betaincinv, betaln, expit, logit

FEWEST_TEAMS = 5
ASSUMED_STRENGTH = 10.0
"""How many promises the assumed prior is worth when the teams cannot tell."""

WEAKEST, STRONGEST = 1e-3, 1e6
SURELY_BELOW = 0.95
"""Only from this probability on is a team said to do worse than the rest."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """What teams are like, and each of them.

    Attributes
    ----------
    teams : DataFrame
        The teams with `score`, `low`, `high` (Float64, 0..1: posterior mean and 90 % interval) and `chance_below` (that
        the true share is below the mean of all) added. Order them by `low`, never by `score`.
    alpha, beta : float
        The beta distribution of true shares.
    is_assumed : bool
        There were too few teams, or they did not tell how they differ.
    """

    teams: pl.DataFrame
    alpha: float
    beta: float
    is_assumed: bool

    @property
    def mean(self) -> float:
        """Return the mean share of all teams, 0..1."""
        return self.alpha / (self.alpha + self.beta)

    @property
    def worth(self) -> float:
        """Return how many promises of its own what teams are like is worth to each."""
        return self.alpha + self.beta

    @property
    def resemblance(self) -> float:
        """Return how alike the promises of one team are (intraclass correlation), 0..1."""
        return 1 / (self.alpha + self.beta + 1)


def reliability(teams: pl.DataFrame, confidence: float = 0.9) -> Reliability:
    """Return the reliability of teams.

    Parameters
    ----------
    teams : DataFrame
        `kept` and `promised` (integers, 0 ≤ kept ≤ promised). A team that promised nothing has the score of all teams.

    Raises
    ------
    ValueError
        When a team kept more than it promised.
    """
    kept, promised = (teams[name].cast(pl.Float64).to_numpy() for name in ("kept", "promised"))
    if (kept > promised).any() or (kept < 0).any():
        raise ValueError("a team keeps between none and all of its promises")
    found = _most_likely(kept[promised > 0], promised[promised > 0])
    mean = (kept.sum() + 1) / (promised.sum() + 2)
    alpha, beta = found or (float(mean * ASSUMED_STRENGTH), float((1 - mean) * ASSUMED_STRENGTH))
    plus, minus = kept + alpha, promised - kept + beta
    tail = (1 - confidence) / 2
    return Reliability(
        teams.with_columns(
            score=pl.Series(plus / (plus + minus)),
            low=pl.Series(betaincinv(plus, minus, tail)),
            high=pl.Series(betaincinv(plus, minus, 1 - tail)),
            chance_below=pl.Series(betainc(plus, minus, alpha / (alpha + beta))),
        ),
        alpha,
        beta,
        found is None,
    )


def _most_likely(kept: np.ndarray, promised: np.ndarray) -> tuple[float, float] | None:
    """Return the beta distribution that explains the teams best; None when they do not tell.

    They do not when all kept everything or nothing, or differ by no more than chance alone would make them: then the
    more the teams are taken to be alike the better, without end.
    """
    from scipy.optimize import minimize

    if kept.size < FEWEST_TEAMS or not 0 < kept.sum() < promised.sum():
        return None
    share = float(kept.sum() / promised.sum())
    alike = -float((kept * np.log(share) + (promised - kept) * np.log(1 - share)).sum())
    (kept, promised), times = np.unique([kept, promised], axis=1, return_counts=True)  # most accounts are like others

    def surprise(place: np.ndarray) -> float:
        mean, strength = expit(place[0]), np.exp(np.clip(place[1], np.log(WEAKEST), np.log(STRONGEST)))
        alpha, beta = mean * strength, (1 - mean) * strength
        return float(-(times * (betaln(kept + alpha, promised - kept + beta) - betaln(alpha, beta))).sum())

    best = minimize(
        surprise,
        np.array([logit(share), np.log(ASSUMED_STRENGTH)]),
        method="Nelder-Mead",
        options={"xatol": 1e-8, "fatol": 1e-10, "maxiter": 2000},
    )
    mean, strength = float(expit(best.x[0])), float(np.exp(best.x[1]))
    if not best.success or alike - best.fun < 1e-6 or not WEAKEST < strength < STRONGEST:
        return None
    return mean * strength, (1 - mean) * strength
