"""The demo company's improvements: twenty on their way, two of which truly changed something that was counted."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from dashboard.improvements import Improvement, Measure, Move, Passage, Worth
from dashboard.indicators import Direction, Indicator, Kind
from dashboard.leaving import Activity
from dashboard.periods import WEEK
from dashboard.steps import STEPS, Change, Depth, Horizon, Route, Step, Verb
from data.demo.company import SOURCE, Size, child, weeks_of


@dataclass(frozen=True, slots=True)
class Counted:
    """A count that an improvement moved: its name, team, level before, spread, and by how much since the launch."""

    name: str
    team: str
    unit: str
    level: float
    spread: float
    step: float


COUNTED = {
    "Llamada en una hora a quien reclama": Counted(
        "Reclamaciones repetidas por cien", "Posventa", "por cien", 9.0, 0.8, -3.2
    ),
    "Segunda lectura antes de cerrar el palé": Counted(
        "Pedidos con falta por mil", "Almacén", "por mil", 14.0, 0.9, -5.0
    ),
}
"""What was hidden to be found: improvement to the count that its launch moved."""


@dataclass(frozen=True, slots=True)
class Card:
    """One improvement in short, as the file tells it."""

    name: str
    team: str
    route: str
    verb: str
    horizon: str
    weeks_ago: int
    passed: int
    moment: str
    hours: float
    cause: str = ""
    preference: str = ""
    pillar: str = ""
    owner: str = ""
    change: str = "process"
    depth: str = "redesign"
    site: str = ""
    is_dropped: bool = False
    is_back: bool = False


CARDS = tuple(Card(**card) for card in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["cards"])

PROOF = {
    Step.ANALYSIS: "Se leyeron los comentarios del trimestre y se siguieron cinco pedidos de principio a fin.",
    Step.ALIGNMENT: "Revisado con dirección: sirve al pilar y no choca con ninguna otra mejora en marcha.",
    Step.JOURNEY: "Se dibujó el momento con los dos equipos que lo tocan y se vio qué cambia antes y después.",
    Step.CUSTOMERS: "Preguntados nueve clientes: siete lo prefieren así, dos lo notan poco.",
    Step.DECISION: "Decidido en la reunión común con una persona, una fecha y un presupuesto.",
    Step.PILOT: "Piloto en marcha en un centro, con los mismos pedidos de siempre.",
    Step.EVALUATION: "El piloto se comparó con los centros que no lo tenían antes de seguir.",
    Step.ROLLOUT: "Implantado en todos los centros; formados los dos turnos.",
    Step.DECIDED: "Decidido en la reunión del equipo: se hace ya y se perfecciona después.",
    Step.LAUNCHED: "En marcha desde hoy para todos los clientes.",
    Step.CHECKED: "Mirado a las cuatro semanas: funciona y nadie ha pedido quitarlo.",
}
BACK = "Los clientes preguntados pedían otra cosa: se vuelve a dibujar el momento."
DROPPED = "Se deja: cuesta más de lo que los clientes notarían."

DUE_IN = (12, -5, 26, 40)
"""Days from today to the date of a card on its way; one in four is late."""

SOMEBODY = "Pablo Sanz"
"""Who answers for what was decided and names nobody."""

ACTIVITIES = (
    ("Ventas", "Catálogo en papel", "Descubrir", 310.0),
    ("Ventas", "Llamada de cortesía semanal", "Volver a comprar", 420.0),
    ("Administración", "Doble albarán", "Comprobar", 150.0),
)
"""Team, what is done, the moment it serves, hours a year."""


def cards(size: Size, today: date) -> list[Improvement]:
    """Return the improvements that fit the company's age, their whole story told in passages."""
    return [_improvement(card, today) for card in CARDS if card.weeks_ago < size.weeks]


def _improvement(card: Card, today: date) -> Improvement:
    born, horizon = today - card.weeks_ago * WEEK, Horizon(card.horizon)
    way = STEPS[horizon]
    stride = max(3, (card.weeks_ago * 7 * 2 // 5) // len(way))
    days = [born + timedelta(days=stride * (place + 1)) for place in range(len(way))]
    owner = card.owner or (SOMEBODY if card.passed > len(way) // 2 else "")
    is_done = card.passed == len(way)
    due = days[-1] if is_done else today + timedelta(days=DUE_IN[card.weeks_ago % len(DUE_IN)])
    return Improvement(
        0,
        card.team,
        card.name,
        Route(card.route),
        Verb(card.verb),
        Depth(card.depth),
        horizon,
        born,
        Change(card.change),
        card.cause,
        card.preference,
        card.pillar,
        with_customers=card.route == Route.CUSTOMERS,
        moments=(card.moment,),
        owner=owner,
        due=due if owner else None,
        measure=Measure("site", card.site, has_control=True, since=born) if card.site else None,
        worth=Worth(hours=card.hours),
        passages=tuple(_passages(card, way, days, owner or SOURCE)),
    )


def _passages(card: Card, way: Sequence[Step], days: Sequence[date], who: str) -> list[Passage]:
    told = [Passage(Move.FORWARD, way[place], PROOF[way[place]], days[place], who) for place in range(card.passed)]
    if card.is_back:
        told.append(Passage(Move.BACK, Step.JOURNEY, BACK, days[card.passed - 1] + timedelta(days=4), who))
    if card.is_dropped:
        told.append(Passage(Move.DROPPED, None, DROPPED, days[0] + timedelta(days=40), who))
    return told


def activities() -> list[Activity]:
    """Return what the demo company does again and again."""
    return [Activity(0, *row) for row in ACTIVITIES]


def counted(card: Improvement) -> Indicator | None:
    """Return the indicator that counts what an improvement moved, None when nothing is counted."""
    count = COUNTED.get(card.name)
    if count is None:
        return None
    return Indicator(0, count.team, count.name, count.unit, Kind.LAG, Direction.LESS)


def counts(seed: int, size: Size, today: date, card: Improvement) -> list[tuple[date, float]]:
    """Return the weekly values of what an improvement moved: level, chance with a little memory, and the step."""
    count = COUNTED[card.name]
    weeks = weeks_of(size, today)[:-1]
    noise = child(seed, f"count {card.name}").normal(size=len(weeks))
    for place in range(1, noise.size):
        noise[place] = 0.25 * noise[place - 1] + np.sqrt(1 - 0.25**2) * noise[place]
    lived = card.piloted
    values = [
        count.level + count.spread * wobble + (count.step if lived is not None and week >= lived else 0.0)
        for week, wobble in zip(weeks, noise, strict=True)
    ]
    return [(week, round(max(value, 0.0), 1)) for week, value in zip(weeks, values, strict=True)]


def measured(card: Improvement, indicator_id: int) -> Improvement:
    """Return the card measured by an indicator instead of by the NPS."""
    return replace(card, measure=Measure(indicator_id=indicator_id, since=card.born))


def truth() -> dict[str, object]:
    """Return what each launched improvement truly changed: points of its count, or of the NPS, where nothing moved."""
    effects = {name: count.step for name, count in COUNTED.items()}
    return {"effects": effects, "nothing": [card.name for card in CARDS if card.site]}
