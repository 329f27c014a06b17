"""The ledger counts what was already due, people as they say, and never lets open promises flatter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest

from dashboard.calendar import Calendar
from dashboard.commitments import Commitment, Entry, Event, Opinion, Side, Stage, Step, Teller
from dashboard.ledger import (
    HELD,
    ages,
    by_urgency,
    held,
    horizon,
    kept_by_hand,
    kept_of,
    public_entries,
    said,
    waiting_customers,
    waits_by_hand,
)
from dashboard.survival import waiting
from dashboard.thresholds import Display

TODAY, MADE, DUE = date(2026, 11, 22), date(2026, 11, 2), date(2026, 11, 20)
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


def entry(number: int = 1, stage: Stage = Stage.PROMISED, at: datetime = AT, **changes: Any) -> Entry:
    told: dict[str, Any] = {"what": f"cosa {number}", "made": MADE, "due": DUE, "people": 10, "stage": stage}
    one = Commitment(number, "Ventas", **told | changes)
    steps = {Stage.ON_TIME: Step.DELIVER, Stage.LATE: Step.DELIVER, Stage.BROKEN: Step.BREAK}
    steps |= {Stage.RELEASED: Step.RELEASE}
    events = [Event(Step.PROMISE, MADE, Stage.PROMISED, None, "", "x", at)]
    if stage in steps:
        day = DUE if stage is not Stage.LATE else TODAY
        events.append(Event(steps[stage], day, stage, DUE, "", "x", at))
    return Entry(one, tuple(events))


def test_what_was_due_counts_and_what_a_customer_called_off_does_not() -> None:
    stages = (Stage.ON_TIME, Stage.LATE, Stage.BROKEN, Stage.PARTLY, Stage.RELEASED, Stage.PROMISED)
    frame = held([entry(place, stage) for place, stage in enumerate(stages)])
    later = entry(9, due=date(2026, 12, 1))
    conditional = entry(10, Stage.CONDITIONAL, due=None, trigger="si", owed="no")
    frame = pl.concat([frame, held([later, conditional])])
    assert kept_by_hand(frame, TODAY) == (5, 1, 1)
    kept = kept_of(5, 1, 1)
    assert (kept.broken, kept.share, kept.display) == (3, 0.2, Display.HIDDEN)


def test_nothing_due_has_no_share() -> None:
    assert kept_of(0, 0, 0) == replace(kept_of(0, 0, 0), share=None, low=None, high=None)
    assert kept_by_hand(held([]), TODAY) == (0, 0, 0)


def test_the_share_of_what_is_closed_flatters_and_ours_does_not() -> None:
    """Slow promises are the broken ones: on any day more of them are still open."""
    draw = np.random.default_rng(20261122)
    n, truth = 20_000, 0.7
    made = draw.integers(0, 120, n)
    takes = np.where(draw.random(n) < truth, draw.integers(1, 11, n), draw.integers(11, 90, n))
    as_of = 120
    due, done = made + 10, made + takes
    is_closed, is_kept = done <= as_of, takes <= 10
    mature = due <= as_of
    naive = float(is_kept[is_closed].mean())
    ours = kept_of(int(mature.sum()), int((mature & is_kept).sum()), int((mature & is_closed & ~is_kept).sum()))
    assert ours.low is not None
    assert ours.high is not None
    assert naive > ours.high, "the naive share is too good by more than chance"
    assert naive - truth > 0.05
    assert ours.low < truth < ours.high
    rows = pl.DataFrame({"days": np.minimum(takes, as_of - made).astype(float), "closed": is_closed})
    ending = pl.when("closed").then(pl.lit("delivered"))
    found = waiting(rows.with_columns(ending=ending.cast(pl.String)))
    late = float(found.at([30])["share_delivered"][0])
    true_late = float((takes <= 30).mean())
    naive_late = float((takes[is_closed] <= 30).mean())
    assert abs(late - true_late) < 0.02 < naive_late - true_late


def test_waiting_is_reckoned_on_what_was_written_down_when_it_was_made() -> None:
    frame = held([entry(1), entry(2, Stage.LATE), entry(3, Stage.BROKEN), entry(4, at=AT + timedelta(days=8))])
    waits = waits_by_hand(frame, TODAY)
    assert waits.rows() == [("Ventas", 20.0, None), ("Ventas", 20.0, "delivered"), ("Ventas", 18.0, "cancelled")]
    assert frame["is_backfilled"].to_list() == [False, False, False, True]


def test_our_estimates_stand_apart_and_nothing_is_made_up() -> None:
    told = [
        Opinion("Ana", Side.EXPECTED, 8, Teller.CUSTOMER, MADE),
        Opinion("Ana", Side.LIVED, 6, Teller.SURVEY, DUE),
        Opinion("Luis", Side.EXPECTED, 9, Teller.CUSTOMER, MADE),
        Opinion("", Side.EXPECTED, 5, Teller.ESTIMATE, MADE),
    ]
    rows = said([replace(entry(1, account="A"), opinions=tuple(told))])
    assert rows.drop("commitment_id").rows() == [
        ("A", 8.0, 6.0, False),
        ("A", 9.0, None, False),
        ("A", 5.0, None, True),
    ]


@pytest.mark.parametrize(
    ("days", "expected"),
    [([], (0, 0, 0, 0)), ([1, 7, 8, 30, 31, 90, 91, 400], (2, 2, 2, 2)), ([22], (0, 1, 0, 0))],
)
def test_ages_end_where_they_say(days: list[int], expected: tuple[int, ...]) -> None:
    frame = pl.DataFrame({"days": days, "count": [1] * len(days)}, schema={"days": pl.Int64, "count": pl.Int64})
    assert ages(frame) == expected


def test_what_is_open_and_owes_most_comes_first() -> None:
    many = entry(1, people=1000)
    overdue = entry(2, people=1000, due=date(2026, 11, 10))
    bad = replace(
        entry(3, Stage.LATE),
        opinions=(
            Opinion("", Side.EXPECTED, 9, Teller.CUSTOMER, MADE),
            Opinion("", Side.LIVED, 2, Teller.CUSTOMER, DUE),
        ),
    )
    fine = entry(4, Stage.ON_TIME)
    every = [fine, bad, many, overdue]
    ordered = by_urgency(every, held(every), TODAY)
    assert [one.commitment.commitment_id for one in ordered] == [2, 1, 3, 4]


def test_customers_read_what_is_public_and_still_holds() -> None:
    shown, hidden = entry(1, is_public=True), entry(2)
    gone = entry(3, Stage.WITHDRAWN, is_public=True)
    assert public_entries([shown, hidden, gone]) == (shown,)


def test_soon_is_seven_working_days() -> None:
    assert horizon(Calendar(), date(2026, 11, 20)) == date(2026, 12, 1)


def test_customers_who_wait_are_counted_once() -> None:
    everybody, segment, account = {"people": 100}, {"segment": "obra", "people": 30}, {"account": "C1", "people": 3}

    def waits(*said: dict[str, object], orders: int = 0) -> int:
        rows = [
            dict.fromkeys(HELD)
            | {"is_open": True, "due": date(2026, 12, 1), "recipients": 1}
            | {{"people": "recipients"}.get(name, name): value for name, value in one.items()}
            for one in said
        ]
        return waiting_customers(pl.DataFrame(rows, schema=HELD), orders)

    assert waits() == 0 and waits(orders=7) == 7
    assert waits(everybody, everybody, segment, account) == 100, "all of them are among everybody"
    assert waits(segment, segment, {**segment, "segment": "taller"}) == 60
    assert waits(account, {**account, "people": 5}, {**account, "account": "C2"}) == 8
    assert waits({**everybody, "due": None}) == 0, "nobody waits for a continuous standard"
    assert waits({**everybody, "is_open": False}) == 0
