"""What time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime

from data.clock import PinnedClock, SystemClock, make_clock


def test_without_a_pinned_day_it_is_now() -> None:
    clock = make_clock(None)
    assert isinstance(clock, SystemClock)
    assert abs((clock.now() - datetime.now(UTC)).total_seconds()) < 5


def test_a_pinned_day_is_the_same_instant_every_time() -> None:
    clock = make_clock(date(2026, 11, 22))
    assert clock == PinnedClock(date(2026, 11, 22))
    assert clock.now() == clock.now() == datetime(2026, 11, 22, 12, tzinfo=UTC)
