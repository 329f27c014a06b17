"""The way of an improvement: its kinds, and the steps it has to pass."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Route(StrEnum):
    """Whose idea it was: the three ways in which improvements come."""

    CUSTOMERS = "customers"
    AMBASSADORS = "ambassadors"
    SALES = "sales"


class Verb(StrEnum):
    """What it does to what customers live."""

    ENHANCE = "enhance"
    EXTEND = "extend"
    REDUCE = "reduce"
    REMOVE = "remove"


class Depth(StrEnum):
    """Whether it mends a symptom or changes how the work is done."""

    PATCH = "patch"
    REDESIGN = "redesign"


class Change(StrEnum):
    """What has to change in the house."""

    PROCESS = "process"
    PERSON = "person"
    BRAND = "brand"
    TRAINING = "training"
    TECHNOLOGY = "technology"


class Horizon(StrEnum):
    """How soon customers may notice."""

    QUICK_WIN = "quick_win"
    MEDIUM_TERM = "medium_term"


class Step(StrEnum):
    """Where a card can stand."""

    ANALYSIS = "analysis"
    ALIGNMENT = "alignment"
    JOURNEY = "journey"
    CUSTOMERS = "customers"
    DECISION = "decision"
    PILOT = "pilot"
    EVALUATION = "evaluation"
    ROLLOUT = "rollout"
    DECIDED = "decided"
    LAUNCHED = "launched"
    CHECKED = "checked"


STEPS: Mapping[Horizon, tuple[Step, ...]] = {
    Horizon.MEDIUM_TERM: (
        Step.ANALYSIS,
        Step.ALIGNMENT,
        Step.JOURNEY,
        Step.CUSTOMERS,
        Step.DECISION,
        Step.PILOT,
        Step.EVALUATION,
        Step.ROLLOUT,
    ),
    Horizon.QUICK_WIN: (Step.DECIDED, Step.LAUNCHED, Step.CHECKED),
}
"""The way of each horizon, in order."""

DECIDING = frozenset({Step.DECISION, Step.DECIDED})
"""Steps that nobody passes without one owner and one date."""

LAUNCHING = frozenset({Step.ROLLOUT, Step.LAUNCHED})
"""Steps after which all customers live it."""
