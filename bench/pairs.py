"""Timing in pairs: A, B, A, B … in one run, so that a busy machine slows both. The ratio is what counts."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """Seconds of both sides and their ratios, round by round."""

    ours: list[float]
    theirs: list[float]

    @property
    def ratios(self) -> list[float]:
        return [ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True)]

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)

    def words(self) -> str:
        low, high = min(self.ratios), max(self.ratios)
        return f"{self.ratio:.3g} ({low:.3g}–{high:.3g})"


def seconds(work: Callable[[], object], repeat: int = 1) -> float:
    """Return the seconds that one call of `work` takes, the mean over `repeat` calls."""
    begun = time.perf_counter()
    for _ in range(repeat):
        work()
    return (time.perf_counter() - begun) / repeat


def pair(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int = 10, repeat: tuple[int, int] = (1, 1)
) -> Pair:
    """Return the timings of both sides over `rounds`, after one round that does not count."""
    ours(), theirs()
    timings = [(seconds(ours, repeat[0]), seconds(theirs, repeat[1])) for _ in range(rounds)]
    return Pair([a for a, _ in timings], [b for _, b in timings])


def milliseconds(values: list[float]) -> str:
    """Return the median in milliseconds."""
    return f"{1000 * statistics.median(values):.3g}"
