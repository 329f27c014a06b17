"""When a number may be shown: one table for every view."""

from __future__ import annotations

from enum import StrEnum

INDICATIVE_FROM = 10
NORMAL_FROM = 30
PRIVATE_BELOW = 5
INTERNAL_NUMBERS_FROM = 5
INTERNAL_DETAIL_FROM = 10


class Display(StrEnum):
    """How much of a score the screen may say."""

    HIDDEN = "hidden"  # only the count
    INDICATIVE = "indicative"  # grey, «orientativo», no arrows
    NORMAL = "normal"


def display(n: float, indicative_from: int = INDICATIVE_FROM, normal_from: int = NORMAL_FROM) -> Display:
    """Return what may be shown of a score of `n` (effective) answers.

    Parameters
    ----------
    n : float
        Answers, or what they are worth.
    indicative_from, normal_from : int
        A tenant may raise both; the first is never below 10.
    """
    if n < max(indicative_from, INDICATIVE_FROM):
        return Display.HIDDEN
    return Display.NORMAL if n >= max(normal_from, indicative_from) else Display.INDICATIVE


def may_show_group(n: int, is_private: bool) -> bool:
    """Return whether a group's numbers may be shown; private: to kiosks, viewers and members."""
    return n >= PRIVATE_BELOW if is_private else True
