"""The short lists say what they were made for, and are left out when they have nothing to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.breaches import Breaches
from dashboard.changes import Verdict
from dashboard.commitments import Event, Origin, Stage, Step
from layouts.commitment_lists import lists
from tests.boards import ES
from tests.dashboard.test_ledger import AT, TODAY, entry
from tests.layouts.test_commitments import ledger, text

FOUND = Breaches(-8.0, 2.0, 30, (-12.0, -4.0), -7.0, 40, 60, 38, Verdict.REAL)


def test_an_empty_ledger_has_no_lists() -> None:
    assert lists(ES, ledger()) == []


def test_what_is_due_soon_is_told_by_day_and_in_bulk() -> None:
    told = text(
        lists(ES, ledger(entries=(entry(due=TODAY), entry(2, due=date(2027, 1, 1))), orders_soon=((TODAY, 3),)))
    )
    assert "hoy cosa 1 Ventas" in " ".join(told.split())
    assert "3 entregas prometidas" in told
    assert "cosa 2" not in told.split("Bajo control")[0]


def test_overdue_is_told_by_age() -> None:
    told = text(lists(ES, ledger(overdue=3, oldest=40, ages=(1, 0, 2, 0))))
    assert "hasta 7 días" in told
    assert "más de 90 días" in told


def test_unwritten_conditional_and_broken_are_told_with_their_words() -> None:
    spoken = entry(1, words="el viernes lo tenéis")
    condition = entry(2, Stage.CONDITIONAL, due=None, trigger="llega tarde", owed="los portes", origin=Origin.WRITTEN)
    broken = entry(3, Stage.BROKEN, origin=Origin.WRITTEN)
    amends = Event(Step.RECOVER, TODAY, Stage.BROKEN, None, "pieza de cortesía", "x", AT)
    made_good = replace(broken, events=(*broken.events, amends))
    told = text(lists(ES, ledger(entries=(spoken, condition, made_good))))
    assert "«el viernes lo tenéis»" in told
    assert "Si llega tarde: los portes" in told
    assert "reparado: pieza de cortesía" in told
    assert "33\u202f% de lo apuntado" in told
    assert "sin reparar" in text(lists(ES, ledger(entries=(broken,))))


def test_announced_stands_beside_delivered() -> None:
    done = entry(1, Stage.ON_TIME, announced="en papel")
    delivered = replace(done, events=(*done.events[:1], replace(done.events[1], words="en PDF")))
    told = text(lists(ES, ledger(entries=(delivered,))))
    assert "en papel" in told
    assert "en PDF" in told


@pytest.mark.parametrize(
    ("found", "is_told"),
    [
        (FOUND, True),
        (replace(FOUND, verdict=Verdict.INSUFFICIENT), False),
        (replace(FOUND, matched_points=None), False),
        (None, False),
    ],
)
def test_what_they_say_afterwards_is_told_when_it_can_be_and_never_as_a_cause(
    found: Breaches | None, is_told: bool
) -> None:
    told = text(lists(ES, ledger(entries=(entry(),), aftermath=found)))
    assert ("el NPS cambió −8 puntos más" in told) is is_told
    assert "causa" not in told
