"""What customers value: how much of what is undertaken and improved says which preference of theirs it serves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.actions import LONGEST_PREFERENCE, Action
from dashboard.improvements import Improvement


@dataclass(frozen=True, slots=True)
class Serving:
    """How many of `n` name the preference of the customer that they serve."""

    named: int
    n: int

    @property
    def share(self) -> float | None:
        """Return the share that names one, None of nothing."""
        return self.named / self.n if self.n else None


def improvements_serving(every: Iterable[Improvement]) -> Serving:
    """Return how many improvements name a preference, those that were given up too."""
    named = [bool(one.preference) for one in every]
    return Serving(sum(named), len(named))


def actions_serving(every: Iterable[Action]) -> Serving:
    """Return how many actions name a preference; carried over or handed over, an action is still one."""
    named = [bool(one.preference) for one in every if one.follows is None]
    return Serving(sum(named), len(named))


def preferences_in(every: Iterable[Improvement]) -> tuple[str, ...]:
    """Return the preferences that improvements name and an action has room for, the most named first."""
    named = Counter(" ".join(one.preference.split()) for one in every)
    kept = [(-count, words) for words, count in named.items() if 0 < len(words) <= LONGEST_PREFERENCE]
    return tuple(words for _, words in sorted(kept))
