"""Who can count on us in words: counts beside shares, what is thin hatched and said, the arithmetic with numbers."""

from __future__ import annotations

from base64 import b64decode
from datetime import date

import polars as pl
import pytest

from dashboard.filters import EVERYTHING, Filters
from dashboard.reliance import Reliance, reliance
from layouts.reliance import FIRST, accounts, of_account
from layouts.words import Words
from tests.boards import EN, ES, NASTY
from tests.dashboard.test_reliance import counts
from tests.trees import components, of_type, tables, texts

PERIOD = EVERYTHING.within(date(2026, 8, 24), date(2026, 11, 22))
SOME = reliance(counts(("Cliente 07", 20, 12), ("Cliente 09", 4, 4), ("Cliente 11", 50, 10)))


@pytest.mark.parametrize("t", [ES, EN])
def test_each_account_is_told_with_counts_share_and_what_it_may_expect(t: Words) -> None:
    told = texts(accounts(t, SOME, PERIOD))
    assert t("reliance.kept_of", kept="12", n=20) in told
    assert t("commitments.reliable", score=t.share(0.6), low=t.share(0.387), high=t.share(0.781)) in told
    one = SOME.of("Cliente 07")
    assert one is not None
    assert t("commitments.reliable", score=t.share(one.score), low=t.share(one.low), high=t.share(one.high)) in told


def test_with_fewer_than_ten_no_percentage_is_given_and_it_is_said() -> None:
    told = texts(of_account(ES, SOME, "Cliente 09", PERIOD))
    assert "4 de 4" in told
    assert "menos de 10: sin porcentaje" in told
    assert "100\u202f%" not in told


@pytest.mark.parametrize(("key", "is_thin"), [("Cliente 07", True), ("Cliente 09", True), ("Cliente 11", False)])
def test_little_to_go_by_is_hatched_hollow_and_said(key: str, is_thin: bool) -> None:
    drawn = of_account(ES, SOME, key, PERIOD)
    (picture,) = [one for one in components(drawn) if type(one).__name__ == "Img"]
    shape = b64decode(picture.src.partition(",")[2]).decode()
    assert ('fill="url(#h)"' in shape) is is_thin
    assert ("orientativo" in texts(drawn)) is is_thin


def test_the_arithmetic_has_its_numbers_and_says_what_is_assumed() -> None:
    told = texts(of_account(ES, SOME, "Cliente 07", PERIOD))
    one = SOME.of("Cliente 07")
    assert one is not None
    alpha, worth = ES.points(SOME.model.alpha, 1), ES.points(SOME.model.worth, 1)
    assert f"Cliente 07: (12 + {alpha}) / (20 + {worth}) = {ES.share(one.score)}." in told
    assert ("se supone" in told) is SOME.model.is_assumed


def test_who_surely_has_less_is_said_to_and_nobody_else() -> None:
    assert "por debajo del resto" in texts(of_account(ES, SOME, "Cliente 11", PERIOD))
    assert "por debajo del resto" not in texts(of_account(ES, SOME, "Cliente 09", PERIOD)).split("¿De dónde")[0]


def test_the_first_stand_alone_and_the_rest_are_a_click_away() -> None:
    many = reliance(counts(*((f"Cliente {place}", 40, place) for place in range(FIRST + 3))))
    drawn = accounts(ES, many, PERIOD)
    assert "y 3 clientes más" in texts(drawn)
    (first,) = [one for one in of_type(drawn, "Table") if "mc-reliance" in one.className]
    assert len(of_type(first, "Tr")) == FIRST + 1
    ((_, columns, rest),) = tables(drawn)
    assert (len(columns), len(rest)) == (3, 3)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (PERIOD, "del 24 ago 2026 al 22 nov 2026"),
        (EVERYTHING.within(None, date(2026, 11, 22)), "hasta el 22 nov 2026"),
        (EVERYTHING.within(date(2026, 8, 24), None), "desde el 24 ago 2026"),
    ],
)
def test_the_period_is_that_of_what_was_due(period: Filters, words: str) -> None:
    assert words in texts(accounts(ES, SOME, period))
    assert "solo lo que prometieron tus equipos" in texts(accounts(ES, SOME, period, is_own=True))


@pytest.mark.parametrize("found", [None, reliance(pl.DataFrame(schema=counts().schema))])
def test_nothing_is_drawn_for_nobody(found: Reliance | None) -> None:
    assert accounts(ES, found, PERIOD) == []
    assert of_account(ES, found, "Cliente 07", PERIOD) == []
    assert of_account(ES, SOME, "otro", PERIOD) == []


def test_a_name_is_an_address_whatever_it_holds() -> None:
    drawn = accounts(ES, reliance(counts((NASTY, 3, 1))), PERIOD)
    (link,) = [one for one in components(drawn) if type(one).__name__ == "Link"]
    assert link.children == NASTY
    assert "<" not in link.href
