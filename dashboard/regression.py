"""Least squares whose errors may differ, go together within groups, or follow each other in time.

Sources: White 1980 (HC1); Cameron & Miller 2015 (CR1); Newey & West 1987.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Fit:
    """A weighted least-squares fit of n outcomes on k columns.

    Attributes
    ----------
    coefficients : (k,)
    bread : (k, k)
        Inverse of X'WX.
    scores : (n, k)
        What each row pulls: its columns × weight × residual.
    """

    coefficients: np.ndarray
    bread: np.ndarray
    scores: np.ndarray

    @property
    def n(self) -> int:
        """Return how many rows there are."""
        return int(self.scores.shape[0])

    @property
    def freedom(self) -> int:
        """Return the degrees of freedom n − k."""
        return int(self.scores.shape[0] - self.scores.shape[1])

    def covariance(self) -> np.ndarray:
        """Return the covariance (k, k) of the coefficients when rows differ in their errors (HC1)."""
        return self._sandwich(self.scores.T @ self.scores, self.n / self.freedom)

    def clustered_covariance(self, group: np.ndarray, groups: int) -> np.ndarray:
        """Return the covariance when rows of one of two or more groups (0 .. groups − 1) resemble each other (CR1)."""
        sums = np.zeros((groups, self.scores.shape[1]))
        np.add.at(sums, group, self.scores)
        return self._sandwich(sums.T @ sums, groups / (groups - 1) * (self.n - 1) / self.freedom)

    def serial_covariance(self, lags: int) -> np.ndarray:
        """Return the covariance when rows in time order resemble up to `lags` before them (Newey & West, Bartlett)."""
        meat = self.scores.T @ self.scores
        for lag in range(1, min(lags, self.n - 1) + 1):
            shared = self.scores[lag:].T @ self.scores[:-lag]
            meat = meat + (1 - lag / (lags + 1)) * (shared + shared.T)
        return self._sandwich(meat, self.n / self.freedom)

    def _sandwich(self, meat: np.ndarray, correction: float) -> np.ndarray:
        return np.asarray(correction * self.bread @ meat @ self.bread)


def least_squares(design: np.ndarray, outcome: np.ndarray, weight: np.ndarray | None = None) -> Fit | None:
    """Return the fit of `outcome` (n,) on the columns of `design` (n, k), all finite.

    `weight` (n,) is positive, on any scale; None weighs all rows alike. None when no row is left over (n ≤ k) or the
    columns say the same thing twice.
    """
    rows, columns = design.shape
    if rows <= columns or np.linalg.matrix_rank(design) < columns:
        return None
    weighted = design if weight is None else design * weight[:, None]
    bread = np.linalg.inv(weighted.T @ design)
    coefficients = bread @ (weighted.T @ outcome)
    return Fit(coefficients, bread, weighted * (outcome - design @ coefficients)[:, None])
