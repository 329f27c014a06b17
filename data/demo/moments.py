"""How the demo company looks after its moments: most have an owner, some nobody has walked for long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.moments import Duty
from data.demo.company import MOMENTS

OWNERS = {
    "Descubrir": "Inés Roca",
    "Pedir oferta": "Inés Roca",
    "Decidir": "Inés Roca",
    "Hacer el pedido": "Pau Serra",
    "Esperar": "Marta Gil",
    "Recibir": "Marta Gil",
    "Comprobar": "Luis Ortega",
    "Usar": "Nora Vidal",
    "Pagar": "Sonia Prats",
    "Resolver una duda": "Nora Vidal",
}
"""Moment to a person who does not exist; two moments are nobody's."""

WALKED = {"Pedir oferta": (41, "Pau Serra"), "Esperar": (12, "Marta Gil"), "Recibir": (12, "Marta Gil")}
"""Moment to how many days ago it was walked, and by whom."""

HELPING = {"Esperar": "Almacén", "Recibir": "Almacén", "Pagar": "Ventas", "Reclamar": "Transporte"}
"""Moment to a team that bears on it indirectly."""

BELIEVED = {
    ("Transporte", "Esperar"): 8.0,
    ("Transporte", "Recibir"): 8.5,
    ("Posventa", "Reclamar"): 7.5,
    ("Posventa", "Usar"): 8.0,
    ("Ventas", "Pedir oferta"): 7.5,
}
"""What a team said of a moment before it saw the data."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Who walked a moment, and when."""

    moment: str
    day: date
    walker: str


def duties() -> dict[str, dict[str, Duty]]:
    """Return the teams behind each moment."""
    found = {moment: {team: Duty.DIRECT} for moment, (team, _, _) in MOMENTS.items()}
    for moment, team in HELPING.items():
        found[moment][team] = Duty.INDIRECT
    return found


def walks(today: date) -> list[Walk]:
    """Return when moments were last walked."""
    return [Walk(moment, today - timedelta(days=ago), walker) for moment, (ago, walker) in WALKED.items()]
