"""Teams for tests, made by the domain: every state that a screen may have to draw."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from dashboard.evidence import Evidence, Pooled, Proof, Trial, evidence, trial
from dashboard.indicators import Direction, Indicator, Kind, Target, course
from dashboard.periods import WEEK
from dashboard.teams import Mark, Teams, Watched, teams
from tests.boards import NASTY, WEEK_OF
from tests.dashboard.test_lags import planted

MARK = Mark(1, WEEK_OF - 3 * WEEK, "Turno de tarde", "")
PACKED = Indicator(
    1,
    "Almacén",
    "Pedidos completos",
    "%",
    targets=(Target(WEEK_OF - 30 * WEEK, 90), Target(WEEK_OF - 2 * WEEK, 95, "la ficha nueva")),
    avoids="que falten piezas",
    belief="quien recibe todo, recomienda",
    moments=("Comprobar", "Recibir"),
    due_day=1,
)


@cache
def tried(proof: Proof, lag: int = 3) -> Trial:
    """Return a trial that fits a verdict: a planted driver, the same without one, or too few weeks."""
    lead, result = planted(1, lag=lag, effect=0 if proof is Proof.NONE else 4)
    weeks = 15 if proof is Proof.INSUFFICIENT else 104
    return trial(lead[:weeks], result[:weeks], [200] * weeks)


def evidence_of(proof: Proof) -> Evidence:
    """Return the evidence that says `proof`."""
    one = tried(proof)
    marks = [WEEK_OF - 8 * WEEK, WEEK_OF - 4 * WEEK, WEEK_OF]
    return evidence([(mark, one, proof) for mark in marks], one)


def watched(
    values: tuple[float | None, ...] = (96, 91, 97, 96, None, 94),
    proof: Proof | None = Proof.STRONG,
    indicator: Indicator = PACKED,
    result: str | None = None,
) -> Watched:
    """Return an indicator with its last values, the newest last."""
    weeks = [WEEK_OF - place * WEEK for place in range(len(values))][::-1]
    readings = {week: value for week, value in zip(weeks, values, strict=True) if value is not None}
    own = course(indicator, readings, WEEK_OF, 13)
    return Watched(own, evidence_of(proof) if proof else None, result, frozenset({weeks[0]}), 93.0)


def everybody() -> Teams:
    """Return five teams: every verdict, every state of a week, less is better, a lag, and a nasty name."""
    less = replace(PACKED, indicator_id=2, team="Administración", name="Días hasta el abono", unit="d")
    less = replace(less, direction=Direction.LESS, targets=(Target(WEEK_OF - 30 * WEEK, 5),))
    every = [
        watched(),
        watched((6, 5, 4, 7, 5, 4), Proof.MODERATE, less),
        watched((90, 80), Proof.NONE, replace(PACKED, indicator_id=3, team="Ventas", name="Visitas")),
        watched((94.9, 94.6), Proof.INSUFFICIENT, replace(PACKED, indicator_id=4, team="Posventa", name=NASTY)),
        watched((None,), None, replace(PACKED, indicator_id=5, team="Posventa", name="Devoluciones", kind=Kind.LAG)),
        watched((3,), None, replace(PACKED, indicator_id=6, team="Transporte", name="Sin valor", targets=())),
    ]
    pooled = Pooled("Salidas", ("a", "b", "c", "d", "e", "f"), Proof.STRONG, 53, 1, 4.9, 10.0, 0.008)
    return teams(WEEK_OF, every, {"Almacén": "El almacén"}, {"Almacén": 0, "Ventas": 1}, (MARK,), (pooled,))


def nobody(week: date = WEEK_OF) -> Teams:
    """Return what there is before any team watches anything."""
    return teams(week, [], {}, {})
