"""What may be said of an indicator, word for word."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dashboard.evidence import Lack, Pooled, Proof, Trial, evidence
from dashboard.indicators import Cadence, Direction, Kind
from layouts.evidence import arithmetic, bet, pooled_sentence, sentence, trial_words, verdict, waiting
from tests.boards import EN, ES
from tests.trees import texts as text_of
from tests.watching import PACKED, evidence_of, watched


@pytest.mark.parametrize(
    ("proof", "es", "en"),
    [
        (Proof.STRONG, "anticipa el NPS", "anticipates the NPS"),
        (Proof.MODERATE, "parece anticiparlo", "seems to anticipate it"),
        (Proof.NONE, "no se aprecia", "nothing is seen"),
        (Proof.INSUFFICIENT, "aún no se sabe", "not known yet"),
    ],
)
def test_four_verdicts_in_the_words_of_the_house(proof: Proof, es: str, en: str) -> None:
    assert verdict(ES, watched(proof=proof)) == es
    assert verdict(EN, watched(proof=proof)) == en


def test_a_proven_indicator_says_how_much_and_when_with_its_margin() -> None:
    told = sentence(ES, watched())
    found = re.fullmatch(
        r"cuando sube 10 puntos, el NPS suele subir ([\d,]+) \(entre ([\d,]+) y ([\d,]+)\) 3 semanas después", told
    )
    assert found is not None, told
    effect, low, high = (float(number.replace(",", ".")) for number in found.groups())
    assert low < effect < high


@pytest.mark.parametrize(
    ("change", "begins"),
    [
        ({"direction": Direction.LESS}, "cuando baja 10 puntos"),
        ({"unit": "h"}, "cuando sube un 10 % de lo que se busca"),
        ({"unit": "h", "direction": Direction.LESS}, "cuando baja un 10 % de lo que se busca"),
    ],
)
def test_less_and_other_units_are_said_as_they_are(change: dict[str, object], begins: str) -> None:
    indicator = replace(PACKED, **change)  # type: ignore[arg-type]  # a table of changes
    assert sentence(ES, watched(indicator=indicator)).startswith(begins)


def test_another_result_is_named() -> None:
    one = watched(result="Llegadas puntuales")
    assert verdict(ES, one) == "anticipa «Llegadas puntuales»"
    assert "«Llegadas puntuales» suele subir" in sentence(ES, one)


def test_what_shows_nothing_says_how_small_it_would_have_to_be_and_asks_for_another_look() -> None:
    told = sentence(ES, watched(proof=Proof.NONE))
    assert re.search(r"menos de [\d,]+ puntos por cada 10: conviene revisarlo en la reunión", told)


def test_until_it_is_known_it_is_the_teams_bet() -> None:
    one = watched(proof=Proof.INSUFFICIENT)
    assert sentence(ES, one) == "apuesta del equipo: quien recibe todo, recomienda"
    assert bet(EN, PACKED).startswith("the team's bet")
    assert one.evidence is not None
    assert waiting(ES, one.evidence) == "faltan 11 semanas de datos para llegar a 26"


@pytest.mark.parametrize(
    ("lack", "weeks", "said"),
    [
        (Lack.WEEKS, 25, "falta 1 semana"),
        (Lack.GAPS, 20, "faltan 6 semanas"),
        (Lack.FLAT, 40, "apenas se ha movido"),
        (Lack.ANSWERS, 40, "al menos 10"),
        (None, 30, "dos revisiones seguidas"),
    ],
)
def test_what_is_missing_is_said(lack: Lack | None, weeks: int, said: str) -> None:
    assert said in waiting(ES, evidence([], Trial(weeks, lack, 10)))


def test_a_lag_tells_and_is_not_tested() -> None:
    history = watched(proof=None, indicator=replace(PACKED, kind=Kind.LAG))
    assert verdict(ES, history) == "histórico"
    assert "no se pone a prueba" in sentence(ES, history)
    monthly = watched(proof=None, indicator=replace(PACKED, cadence=Cadence.MONTHLY))
    assert verdict(ES, monthly) == "aún no se sabe"
    assert "cada semana" in sentence(ES, monthly)


@pytest.mark.parametrize("t", [ES, EN])
@pytest.mark.parametrize("proof", list(Proof))
def test_the_arithmetic_has_no_hole(t: object, proof: Proof) -> None:
    words = text_of(arithmetic(t, watched(proof=proof)))  # type: ignore[arg-type]  # words
    assert "{" not in words
    assert not re.search(r"\bnan\b", words.lower())


def test_the_forecast_test_says_both_errors_and_that_it_is_no_cause() -> None:
    words = text_of(trial_words(ES, watched()))
    assert "Sin él nos equivocamos" in words
    assert "Anticipar no es causar." in words
    assert "semanas bastantes" in text_of(trial_words(ES, watched(proof=Proof.INSUFFICIENT)))


def test_the_placebo_is_said_in_words() -> None:
    words = text_of(arithmetic(ES, watched()))
    assert "Barajando las semanas mil veces" in words
    assert "y a lo de aquí ninguna" in words
    assert re.search(r"y a lo de aquí \d+ veces", text_of(arithmetic(ES, watched(proof=Proof.NONE))))


@pytest.mark.parametrize("proof", list(Proof))
def test_teams_together_say_what_they_show(proof: Proof) -> None:
    words = pooled_sentence(ES, Pooled("Salidas", ("a",) * 9, proof, 53, 1, 4.9, 10, 0.008))
    assert words.startswith("Salidas, en 9 equipos a la vez")
    assert ("4,9" in words) is (proof in (Proof.STRONG, Proof.MODERATE))


def test_the_latest_reviews_are_listed_newest_first() -> None:
    words = text_of(arithmetic(ES, watched()))
    assert words.index("9 nov 2026") < words.index("12 oct 2026")
    assert evidence_of(Proof.STRONG).judged[-1][1] is Proof.STRONG
