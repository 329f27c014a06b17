"""The words and shapes of the commitments: nothing is said that was not counted, colour is never alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from dashboard.commitments import Opinion, Side, Stage, Teller
from dashboard.ledger import Ledger, kept_of
from dashboard.reliability import reliability
from dashboard.satisfaction import Satisfaction
from layouts.commitments import drawing, felt_words, kept_words, numbers, state, table, whom
from tests.boards import EN, ES
from tests.dashboard.test_ledger import TODAY, entry

NONE_SAID = Satisfaction(0, None, None, None, None)
NO_TEAMS = reliability(pl.DataFrame(schema={"key": pl.String, "kept": pl.Int64, "promised": pl.Int64})).teams


def ledger(**changes: Any) -> Ledger:
    """Return an empty ledger with changes."""
    told = dict.fromkeys(("satisfaction", "estimated", "surveyed"), NONE_SAID)
    told |= {"today": TODAY, "kept": kept_of(0, 0, 0), "overdue": 0, "oldest": None, "ages": (0, 0, 0, 0)}
    told |= {"waiting": 0, "waiting_for": 0, "entries": (), "orders_soon": (), "teams": NO_TEAMS, "waits": ()}
    told |= {"backfilled": 0, "standards": {}, "aftermath": None, "horizon": TODAY + timedelta(days=9)}
    return Ledger(**told | changes)  # type: ignore[arg-type]  # fields of a ledger


def text(component: Any) -> str:
    """Return the words of a component."""
    if isinstance(component, list | tuple):
        return " ".join(text(one) for one in component)
    if hasattr(component, "children"):
        return text(component.children)
    return "" if component is None else str(component)


@pytest.mark.parametrize(
    ("kept", "spanish", "english"),
    [
        (
            (343, 312, 20),
            "entre 87\u202f% y 94\u202f% · 312 de 343 con plazo",
            "between 87% and 94% · 312 of 343 already",
        ),
        ((5, 4, 1), "4 de 5 con plazo ya cumplido", "4 of 5 already due"),
        ((0, 0, 0), "ningún plazo ha vencido todavía", "nothing was due yet"),
    ],
)
def test_a_share_stands_beside_its_counts(kept: tuple[int, int, int], spanish: str, english: str) -> None:
    assert kept_words(ES, kept_of(*kept)).startswith(spanish)
    assert kept_words(EN, kept_of(*kept)).startswith(english)


def test_under_ten_no_share_is_shown() -> None:
    assert "80" not in text(numbers(ES, ledger(kept=kept_of(5, 4, 1))))
    assert "91\u202f%" in text(numbers(ES, ledger(kept=kept_of(343, 312, 20))))


@pytest.mark.parametrize(
    ("felt", "expected"),
    [
        (Satisfaction(9, -1.0, None, None, 0.5), "9 clientes han dicho las dos cosas; hacen falta 10"),
        (Satisfaction(40, -0.6, -0.9, -0.3, 0.5), "entre −0,9 y −0,3 sobre 10 · solo lo que dicen 40 clientes"),
        (Satisfaction(12, -0.6, None, None, 0.5), "solo lo que dicen 12 clientes"),
    ],
)
def test_satisfaction_is_only_what_customers_say(felt: Satisfaction, expected: str) -> None:
    assert felt_words(ES, felt) == expected


def test_our_estimates_stand_apart_and_hollow() -> None:
    told = text(numbers(ES, ledger(estimated=Satisfaction(12, 1.5, None, None, 0.1))))
    assert "○ estimación nuestra, aparte: +1,5 (12)" in told
    assert "aparte" not in text(numbers(ES, ledger()))


def test_before_any_commitment_the_page_says_what_to_do() -> None:
    assert "Todavía no hay compromisos" in text(table(ES, ledger(), []))


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (entry(due=date(2026, 11, 1), made=date(2026, 10, 1)), "21 días fuera de plazo"),
        (entry(due=date(2026, 12, 1)), "prometido"),
        (entry(1, Stage.LATE), "entregado tarde"),
        (entry(1, Stage.ON_TIME), "entregado a tiempo"),
        (entry(due=None, standard="4 h"), "92\u202f% cumplido"),
        (entry(due=None, standard="otra"), "prometido"),
    ],
)
def test_a_commitment_says_how_it_stands(one: Any, words: str) -> None:
    assert state(ES, ledger(standards={"4 h": kept_of(100, 92, 8)}), one)[1] == words


def test_what_exceeds_is_said_to() -> None:
    opinions = (
        Opinion("", Side.EXPECTED, 7, Teller.CUSTOMER, TODAY),
        Opinion("", Side.LIVED, 8, Teller.CUSTOMER, TODAY),
    )
    assert state(ES, ledger(), replace(entry(1, Stage.ON_TIME), opinions=opinions))[1] == "entregado, supera"
    assert "esperado 7,0, vivido 8,0" in drawing(ES, replace(entry(), opinions=opinions)).alt
    ours = tuple(replace(one, teller=Teller.ESTIMATE) for one in opinions)
    assert "estimación nuestra" in drawing(ES, replace(entry(), opinions=ours)).alt


def test_to_whom_is_told_as_far_as_it_may_be_read() -> None:
    assert whom(ES, entry(account="Cliente 07").commitment) == "Cliente 07 · 10"
    assert whom(ES, entry(people=0).commitment) == "un cliente empresa"
