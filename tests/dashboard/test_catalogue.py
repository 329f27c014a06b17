"""Every trade has indicators to begin with, and both languages can say them."""

from __future__ import annotations

from dashboard.catalogue import STARTERS, Trade
from dashboard.indicators import Indicator
from tests.boards import EN, ES


def test_every_trade_has_at_least_two() -> None:
    assert all(sum(one.trade is trade for one in STARTERS) >= 2 for trade in Trade)
    assert len({one.key for one in STARTERS}) == len(STARTERS)


def test_an_example_makes_an_indicator_in_both_languages() -> None:
    for one in STARTERS:
        for t in (ES, EN):
            said = [t(f"starter.{one.key}_{part}") for part in ("name", "avoids", "belief")]
            made = Indicator(0, "x", said[0], one.unit, direction=one.direction, avoids=said[1], belief=said[2])
            assert made.name
            assert one.target > 0
