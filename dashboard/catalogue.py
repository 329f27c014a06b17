"""Indicators to begin with: what others in the same trade can move in a week, and why it may foretell the score."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dashboard.indicators import SHARE, Direction


class Trade(StrEnum):
    """What a team does."""

    WAREHOUSE = "warehouse"
    TRANSPORT = "transport"
    AFTER_SALES = "after_sales"
    SALES = "sales"
    ADMINISTRATION = "administration"


@dataclass(frozen=True, slots=True)
class Starter:
    """An indicator to begin with; the catalogues hold its name, what it avoids and why it may foretell."""

    key: str
    trade: Trade
    unit: str
    target: float
    direction: Direction = Direction.MORE


STARTERS = (
    Starter("complete_orders", Trade.WAREHOUSE, SHARE, 95),
    Starter("packed_as_agreed", Trade.WAREHOUSE, SHARE, 95),
    Starter("late_warned", Trade.TRANSPORT, SHARE, 90),
    Starter("within_slot", Trade.TRANSPORT, SHARE, 94),
    Starter("called_back", Trade.AFTER_SALES, SHARE, 85),
    Starter("owned_cases", Trade.AFTER_SALES, SHARE, 90),
    Starter("next_step", Trade.SALES, SHARE, 70),
    Starter("offers_in_a_day", Trade.SALES, SHARE, 80),
    Starter("clean_invoices", Trade.ADMINISTRATION, SHARE, 98),
    Starter("days_to_refund", Trade.ADMINISTRATION, "d", 5, Direction.LESS),
)
