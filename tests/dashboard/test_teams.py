"""Teams in their order, and what is said of all of them."""

from __future__ import annotations

from dashboard.evidence import Proof
from dashboard.indicators import Posture, Week
from tests.watching import everybody, nobody, watched


def test_teams_stand_in_the_companys_order_leads_before_lags() -> None:
    found = everybody()
    assert [team.key for team in found.teams] == ["Almacén", "Ventas", "Administración", "Posventa", "Transporte"]
    assert found.teams[0].name == "El almacén"
    assert [one.indicator.indicator_id for one in found.teams[3].watched] == [4, 5]


def test_the_second_word_counts_lead_indicators_of_the_last_closed_week() -> None:
    found = everybody()
    assert sorted(found.states) == sorted([Week.NEARLY, Week.MET, Week.BELOW, Week.NEARLY])
    assert found.met == 1
    assert found.posture is Posture.DEFENCE
    assert nobody().posture is None


def test_who_has_not_reported_is_known() -> None:
    found = everybody()
    assert [one.indicator.indicator_id for one in found.silent] == [5]
    assert found.only(["Ventas"]).silent == ()
    assert found.only([]).teams == found.teams


def test_the_most_telling_evidence_comes_first() -> None:
    found = everybody()
    assert found.telling is not None
    assert found.telling.evidence is not None
    assert found.telling.evidence.proof is Proof.STRONG
    assert found.only(["Transporte"]).telling is None
    assert nobody().telling is None
    assert found.by_id(2) is not None
    assert found.by_id(99) is None


def test_only_what_survived_is_proven() -> None:
    assert [watched(proof=proof).is_proven for proof in (*Proof, None)] == [True, True, False, False, False]
