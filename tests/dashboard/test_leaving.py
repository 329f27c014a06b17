"""What costs much and weighs little comes first, and what is promised says so."""

from __future__ import annotations

from dashboard.leaving import Activity, candidates

PAPER, CALL, NOTE = (
    Activity(1, "Ventas", "Catálogo", "Descubrir", 310),
    Activity(2, "Ventas", "Llamada", "Volver", 420),
    Activity(3, "Almacén", "Albarán", "Comprobar", 150),
)


def test_light_ones_come_first_then_those_without_a_signal_then_what_weighs() -> None:
    weights = {"Descubrir": 0.6, "Comprobar": 0.1, "Usar": 0.3}
    found = candidates([PAPER, CALL, NOTE], weights, {"Comprobar": 4})
    assert [(one.activity.name, one.weight, one.is_light, one.promised) for one in found] == [
        ("Albarán", 0.1, True, 4),
        ("Llamada", None, False, 0),
        ("Catálogo", 0.6, False, 0),
    ]


def test_without_weights_nothing_is_light_and_the_dearest_comes_first() -> None:
    found = candidates([PAPER, CALL], {}, {})
    assert [one.activity.name for one in found] == ["Llamada", "Catálogo"]
    assert not any(one.is_light for one in found) and candidates([], {}, {}) == []
