"""The demo company's improvements: twenty on their way, two of which truly changed something that was counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from dashboard.improvements import (
    STEPS,
    Change,
    Depth,
    Horizon,
    Improvement,
    Measure,
    Move,
    Passage,
    Route,
    Step,
    Verb,
    Worth,
)
from dashboard.indicators import Direction, Indicator, Kind
from dashboard.leaving import Activity
from dashboard.periods import WEEK
from data.demo.company import Size, child, weeks_of

QUICK, MEDIUM = Horizon.QUICK_WIN, Horizon.MEDIUM_TERM
CUSTOMERS, AMBASSADORS, SALES = Route.CUSTOMERS, Route.AMBASSADORS, Route.SALES

CAUSE_NOTE = "el albarán no dice lo que hay en el palé"
"""Patched three times: it wants a redesign."""


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
        "Reclamaciones repetidas por cien", "Posventa", "rep.", 9.0, 0.8, -3.2
    ),
    "Segunda lectura antes de cerrar el palé": Counted(
        "Pedidos con falta por mil", "Almacén", "faltas", 14.0, 0.9, -5.0
    ),
}
"""What was hidden to be found: improvement to the count that its launch moved."""


@dataclass(frozen=True, slots=True)
class Card:
    """One improvement in short: weeks ago it was proposed, steps passed, and what became of it."""

    name: str
    team: str
    route: Route
    verb: Verb
    horizon: Horizon
    weeks_ago: int
    passed: int
    moment: str
    cause: str
    preference: str
    pillar: str
    owner: str
    change: Change = Change.PROCESS
    depth: Depth = Depth.REDESIGN
    hours: float = 40
    measure: Measure | None = None
    ending: Move | None = None
    is_back: bool = False


def _site(name: str) -> Measure:
    return Measure("site", name, has_control=True)


SERVICE, CLEAR, NEAR = "Cumplir lo que decimos", "Ponerlo fácil", "Estar cerca"

CARDS = (
    Card("Segunda lectura antes de cerrar el palé", "Almacén", CUSTOMERS, Verb.REMOVE, MEDIUM, 44, 8, "Comprobar",
         "faltan piezas que el albarán da por puestas", "que esté todo", SERVICE, "Marta Lasheras", hours=120),
    Card("Llamada en una hora a quien reclama", "Posventa", AMBASSADORS, Verb.ENHANCE, MEDIUM, 40, 8, "Reclamar",
         "quien reclama no sabe si alguien lo ha leído", "que me escuchen pronto", NEAR, "Elena Gascón",
         Change.PERSON, hours=90),
    Card("Aviso el día antes de entregar", "Transporte", CUSTOMERS, Verb.EXTEND, MEDIUM, 38, 8, "Esperar",
         "el cliente se entera del retraso cuando ya tiene a su gente parada", "saber cuándo llega", SERVICE,
         "Raúl Ibor", Change.TECHNOLOGY, hours=160, measure=_site("Zaragoza")),
    Card("Factura única al mes", "Administración", SALES, Verb.REDUCE, MEDIUM, 30, 7, "Pagar",
         "cuatro facturas para un pedido", "una factura que cuadre", CLEAR, "Julia Arnal", hours=200,
         measure=_site("Getafe")),
    Card("Caja retornable", "Almacén", CUSTOMERS, Verb.EXTEND, MEDIUM, 26, 6, "Recibir",
         "el embalaje acaba en el suelo del cliente", "no tener que tirar nada", NEAR, "Marta Lasheras", hours=140),
    Card("Franja de una hora en centro ciudad", "Transporte", CUSTOMERS, Verb.ENHANCE, MEDIUM, 21, 5, "Recibir",
         "en el centro nadie puede esperar toda la mañana", "saber cuándo llega", SERVICE, "Raúl Ibor"),
    Card("Portal de incidencias", "Posventa", SALES, Verb.EXTEND, MEDIUM, 24, 4, "Reclamar",
         "cada incidencia se cuenta tres veces", "contarlo una sola vez", CLEAR, "", Change.TECHNOLOGY),
    Card("Muestras antes de decidir", "Ventas", SALES, Verb.ENHANCE, MEDIUM, 19, 4, "Decidir",
         "se compra sin haber tocado la pieza", "probar antes", NEAR, "", is_back=True),
    Card("Ficha de embalaje con foto", "Almacén", AMBASSADORS, Verb.REDUCE, MEDIUM, 12, 2, "Recibir",
         "cada turno embala a su manera", "que llegue entero", SERVICE, "", Change.TRAINING),
    Card("Ayuda para elegir en la web", "Ventas", CUSTOMERS, Verb.ENHANCE, MEDIUM, 9, 1, "Descubrir",
         "hay doce piezas parecidas y ninguna guía", "acertar a la primera", CLEAR, "", Change.TECHNOLOGY),
    Card("Instrucciones en castellano", "Posventa", CUSTOMERS, Verb.ENHANCE, MEDIUM, 5, 0, "Usar",
         "", "montarlo sin llamar", CLEAR, ""),
    Card("Rutas que eviten la hora punta", "Transporte", AMBASSADORS, Verb.REDUCE, MEDIUM, 33, 3, "Esperar",
         "se sale cuando todos salen", "saber cuándo llega", SERVICE, "", ending=Move.DROPPED),
    Card("Pegatina grande con el número de bultos", "Almacén", AMBASSADORS, Verb.REDUCE, QUICK, 28, 3, "Comprobar",
         CAUSE_NOTE, "que esté todo", SERVICE, "Iván Cebrián", depth=Depth.PATCH, hours=6),
    Card("Foto del palé al cargar", "Almacén", CUSTOMERS, Verb.REDUCE, QUICK, 20, 2, "Comprobar",
         CAUSE_NOTE, "que esté todo", SERVICE, "Iván Cebrián", Change.TECHNOLOGY, Depth.PATCH, hours=10),
    Card("Sello de revisado en el albarán", "Almacén", AMBASSADORS, Verb.REDUCE, QUICK, 3, 1, "Comprobar",
         CAUSE_NOTE, "que esté todo", SERVICE, "Marta Lasheras", depth=Depth.PATCH, hours=4),
    Card("SMS al salir del almacén", "Transporte", CUSTOMERS, Verb.EXTEND, QUICK, 17, 3, "Esperar",
         "nadie sabe si ha salido", "saber cuándo llega", SERVICE, "Raúl Ibor", Change.TECHNOLOGY, hours=16,
         measure=_site("Paterna")),
    Card("Nombre y teléfono de quien atiende", "Posventa", CUSTOMERS, Verb.ENHANCE, QUICK, 14, 2, "Resolver una duda",
         "se pasa por cuatro personas", "hablar con quien sabe", NEAR, "Elena Gascón", Change.PERSON, hours=5),
    Card("Aviso de abono hecho", "Administración", SALES, Verb.EXTEND, QUICK, 8, 0, "Pagar",
         "el abono llega sin decirlo", "saber que está hecho", CLEAR, "", hours=8),
    Card("Repetir el último pedido desde el móvil", "Ventas", SALES, Verb.EXTEND, QUICK, 2, 1, "Hacer el pedido",
         "hay que buscar otra vez lo de siempre", "pedir en un minuto", CLEAR, "Pablo Sanz", Change.TECHNOLOGY,
         hours=24),
    Card("Cartel de bienvenida en el mostrador", "Ventas", AMBASSADORS, Verb.ENHANCE, QUICK, 15, 0, "Volver a comprar",
         "se entra y nadie saluda", "", NEAR, "", Change.BRAND, ending=Move.DROPPED, hours=3),
)  # fmt: skip

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
    born = today - card.weeks_ago * WEEK
    way = STEPS[card.horizon]
    stride = max(3, (card.weeks_ago * 7 * 2 // 5) // len(way))
    days = [born + timedelta(days=stride * (place + 1)) for place in range(len(way))]
    owner = card.owner or ("Pablo Sanz" if card.passed > len(way) // 2 else "")
    is_done = card.passed == len(way)
    due = days[-1] if is_done else today + timedelta(days=DUE_IN[card.weeks_ago % len(DUE_IN)])
    passages = [Passage(Move.FORWARD, way[place], PROOF[way[place]], days[place], owner or "demo")
                for place in range(card.passed)]  # fmt: skip
    if card.is_back:
        passages.append(Passage(Move.BACK, Step.JOURNEY, BACK, days[card.passed - 1] + timedelta(days=4), "demo"))
    if card.ending is Move.DROPPED:
        passages.append(Passage(Move.DROPPED, None, DROPPED, born + timedelta(days=40), "demo"))
    return Improvement(
        0,
        card.team,
        card.name,
        card.route,
        card.verb,
        card.depth,
        card.horizon,
        born,
        card.change,
        card.cause,
        card.preference,
        card.pillar,
        with_customers=card.route is CUSTOMERS,
        moments=(card.moment,),
        owner=owner,
        due=due if owner else None,
        measure=card.measure and replace(card.measure, since=born),
        worth=Worth(hours=card.hours),
        passages=tuple(passages),
    )


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
    return {"effects": effects, "nothing": [card.name for card in CARDS if card.measure]}
