"""The demo company's weekly meetings: who sits there, what they undertook, which weeks were missed or paused."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from dashboard.actions import CARRYING, Action, ActionState, Answer, agree, answer
from dashboard.meetings import COMMON, Obstacle, ObstacleState, Pause, Peer, Rhythm
from dashboard.periods import WEEK, week_of
from dashboard.workdays import next_working_day
from data.demo.company import child

WEEKS = 26
ZONE = ZoneInfo("Europe/Madrid")
FRIDAY = timedelta(days=4)
PAUSED_WEEKS = (14, 15, 16)
"""Weeks ago without meetings, on purpose."""

PAUSE_WHY = "vacaciones de la empresa"

KEPT = {"Almacén": 0.82, "Transporte": 0.68, "Posventa": 0.76, "Ventas": 0.6, "Administración": 0.72, COMMON: 0.8}
"""The true chance that an action of a team is done in time."""

MISSED = {"Almacén": 0.05, "Transporte": 0.1, "Posventa": 0.08, "Ventas": 0.22, "Administración": 0.12, COMMON: 0.1}
"""The true chance that a meeting is missed."""

RHYTHMS = {
    "Almacén": Rhythm(0, time(8)),
    "Transporte": Rhythm(0, time(8, 30)),
    "Posventa": Rhythm(0, time(9)),
    "Ventas": Rhythm(0, time(9, 30)),
    "Administración": Rhythm(0, time(10)),
    COMMON: Rhythm(0, time(12)),
}

PEOPLE = {
    "Almacén": ("Rosa Marín", "Iván Soler", "Nuria Pons", "Paco Ríos"),
    "Transporte": ("Lola Cid", "Andrés Vela", "Mario Gil", "Eva Rojo"),
    "Posventa": ("Carmen Ibáñez", "Hugo Lara", "Irene Sanz"),
    "Ventas": ("Sergio Mas", "Pilar Otero", "Dani Cruz", "Alba Neira"),
    "Administración": ("Teresa Vidal", "Jordi Font", "Marta León"),
}
"""Invented people: the first is the team's voice, the second the ambassador of the area (but in one area)."""

WITHOUT_AMBASSADOR = "Administración"
SHY = frozenset({"Paco Ríos", "Eva Rojo", "Hugo Lara", "Dani Cruz"})
"""Who does not want to be named on walls."""

UNDERTAKEN = {
    "Almacén": (
        ("Pedidos completos", "Contar dos veces los pedidos de más de 20 líneas"),
        ("Pedidos completos", "Poner etiqueta roja a las cinco referencias que más faltan"),
        ("Pedidos embalados según ficha", "Revisar con el turno de tarde la ficha de embalaje de tubos"),
        ("Pedidos embalados según ficha", "Fotografiar diez palés antes de que salgan"),
    ),
    "Transporte": (
        ("Avisos de retraso a tiempo", "Llamar antes de salir a los 12 clientes con más retrasos"),
        ("Avisos de retraso a tiempo", "SMS automático cuando la ruta se retrasa 30 min"),
        ("Entregas en la franja prometida", "Revisar la franja con 5 clientes de hostelería"),
        ("Entregas en la franja prometida", "Salir 20 minutos antes en la ruta de Paterna"),
    ),
    "Posventa": (
        ("Llamadas devueltas en 4 h", "Llamar a los 9 descontentos de la semana"),
        ("Llamadas devueltas en 4 h", "Reservar de 12 a 13 h para devolver llamadas"),
        ("Casos con responsable asignado", "Repartir los casos sin dueño antes de las 10"),
    ),
    "Ventas": (
        ("Visitas con próximo paso acordado", "Cerrar cada visita escribiendo el paso siguiente"),
        ("Ofertas enviadas en 24 h", "Preparar tres plantillas de oferta para instaladores"),
        ("Clientes dormidos llamados", "Llamar a seis clientes que no piden desde junio"),
        ("Visitas con próximo paso acordado", "Acompañar a Alba en dos visitas"),
    ),
    "Administración": (
        ("Facturas sin incidencia", "Comprobar albarán y factura de los diez mayores clientes"),
        ("Días hasta el abono", "Tramitar los abonos pendientes de más de cinco días"),
        ("Facturas sin incidencia", "Explicar a Ventas qué datos faltan en los pedidos"),
    ),
    COMMON: (
        ("Entregas en la franja prometida", "Acordar con Ventas qué hora se promete en cada ruta"),
        ("Pedidos completos", "Enseñar a los demás equipos el tablero de faltas"),
    ),
}
"""Team to the indicator and the action that should move it."""

SERVES = {
    "Contar dos veces los pedidos de más de 20 líneas": "que esté todo",
    "Poner etiqueta roja a las cinco referencias que más faltan": "que esté todo",
    "Llamar antes de salir a los 12 clientes con más retrasos": "saber cuándo llega",
    "SMS automático cuando la ruta se retrasa 30 min": "saber cuándo llega",
    "Llamar a los 9 descontentos de la semana": "que me escuchen pronto",
    "Repartir los casos sin dueño antes de las 10": "contarlo una sola vez",
    "Preparar tres plantillas de oferta para instaladores": "acertar a la primera",
    "Comprobar albarán y factura de los diez mayores clientes": "una factura que cuadre",
    "Acordar con Ventas qué hora se promete en cada ruta": "saber cuándo llega",
}
"""The preference that an action serves, in the words of the demo's improvements; the others name none."""

TOLD = {
    ActionState.DONE: (
        "hecho, y se nota",
        "11 de 12; falta uno que estaba cerrado",
        "7 contactados, 3 recuperados",
        "",
    ),
    ActionState.PARTLY: ("3 de 5", "empezado; falta la mitad", "solo en el turno de mañana"),
    ActionState.NOT_DONE: ("proveedor sin responder: pide ayuda", "se cruzó el inventario", "no hubo manos"),
    ActionState.DROPPED: ("ya no hace falta",),
    ActionState.HANDED_OVER: ("le toca mejor a otra persona",),
}

OBSTACLES = (
    (1, "Transporte", "el programa de rutas no deja avisar por SMS", False),
    (2, "Ventas", "la tarifa nueva no está en la web", True),
    (4, "Posventa", "sin acceso a los albaranes firmados", True),
    (7, "Almacén", "la lectora de códigos se queda sin batería", True),
)
"""Weeks ago, whose, what, and whether it is out of the way."""


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """A meeting that was held, with who was there."""

    team: str
    week: date
    opened_at: datetime
    closed_at: datetime
    here: tuple[int, ...]


@dataclass
class Story:
    """Everything that happened; numbers are places in these lists, counted from 1."""

    peers: list[Peer] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    meetings: list[HeldMeeting] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    indicators: dict[int, str] = field(default_factory=dict)
    obstacles: list[Obstacle] = field(default_factory=list)
    missed: dict[str, list[date]] = field(default_factory=dict)

    def table(self, team: str) -> list[Peer]:
        """Return who sits at a team's table; at the common one the voices."""
        return [peer for peer in self.peers if (peer.is_voice if team == COMMON else peer.team == team)]


def story(seed: int, today: date, holidays: AbstractSet[date]) -> Story:
    """Return half a year of meetings up to the last closed week; what was agreed last still waits for its answer."""
    told = Story()
    for team, names in PEOPLE.items():
        for place, name in enumerate(names):
            is_ambassador = place == 1 and team != WITHOUT_AMBASSADOR
            told.peers.append(Peer(len(told.peers) + 1, team, name, place == 0, is_ambassador, name not in SHY))
    running = week_of(today)
    first, last = running - max(PAUSED_WEEKS) * WEEK, running - min(PAUSED_WEEKS) * WEEK + FRIDAY
    told.pauses.append(Pause(1, COMMON, first, last, PAUSE_WHY))
    for team in UNDERTAKEN:
        _meet(told, team, child(seed, f"meetings {team}"), running, holidays)
    for ago, team, text, is_cleared in OBSTACLES:
        day, remover = running - ago * WEEK, told.table(team)[0].peer_id
        end = (ObstacleState.CLEARED, day + WEEK) if is_cleared else (ObstacleState.OPEN, None)
        due = next_working_day(day + WEEK + FRIDAY, holidays)
        told.obstacles.append(Obstacle(len(told.obstacles) + 1, team, team, text, day, remover, due, *end))
    return told


def _meet(told: Story, team: str, draw: np.random.Generator, running: date, holidays: AbstractSet[date]) -> None:
    """Tell the meetings of one team, week by week."""
    owed: list[int] = []
    for ago in range(WEEKS, 0, -1):
        week, chance = running - ago * WEEK, draw.random(3)
        day = RHYTHMS[team].day(week, holidays)
        if ago in PAUSED_WEEKS or day is None:
            continue
        if ago != WEEKS and chance[0] < MISSED[team]:
            told.missed.setdefault(team, []).append(week)
            continue
        people = told.table(team)
        here = tuple(peer.peer_id for peer in people if draw.random() < 0.9) or (people[0].peer_id,)
        opened = datetime.combine(day, RHYTHMS[team].at, ZONE)
        lasted = timedelta(minutes=int(22 + 6 * chance[1]))
        told.meetings.append(HeldMeeting(team, week, opened, opened + lasted, here))
        owed = _answer(told, owed, team, draw, day, holidays)
        owed += _undertake(told, team, owed, draw, day, holidays)


def _answer(
    told: Story, owed: list[int], team: str, draw: np.random.Generator, day: date, holidays: AbstractSet[date]
) -> list[int]:
    """Answer for what is due by a day and return what is owed then."""
    rest = [number for number in owed if told.actions[number - 1].due > day]
    for number in owed:
        action = told.actions[number - 1]
        if action.due > day:
            continue
        state, luck = ActionState.DONE, draw.random(3)
        if luck[0] >= KEPT[team]:
            others = [one for one in action.choices if one is not ActionState.DONE]
            weights = np.array([8.0 if one in CARRYING else 1.0 for one in others])
            state = others[int(np.searchsorted(np.cumsum(weights / weights.sum()), luck[1]))]
        words = TOLD[state][int(luck[2] * len(TOLD[state]))]
        people = [peer.peer_id for peer in told.table(team) if peer.peer_id != action.owner_id]
        due = next_working_day(week_of(day) + FRIDAY, holidays)
        said = Answer(state, words, due, people[int(luck[1] * len(people))])
        ended, fresh = answer(action, said, day, holidays)
        told.actions[number - 1] = ended
        if fresh is not None:
            rest.append(_add(told, fresh, told.indicators[number]))
    return rest


def _undertake(
    told: Story, team: str, owed: list[int], draw: np.random.Generator, day: date, holidays: AbstractSet[date]
) -> list[int]:
    """Agree a few actions that nobody owes already and return their numbers."""
    known = {told.actions[number - 1].text for number in owed}
    choices, people = [one for one in UNDERTAKEN[team] if one[1] not in known], told.table(team)
    picked = draw.permutation(len(choices))[: int(draw.integers(2, 4))]
    fresh = []
    for place in picked:
        indicator, text = choices[place]
        owner = people[int(draw.integers(len(people)))].peer_id
        due = next_working_day(week_of(day) + FRIDAY, holidays)
        said = Action(0, team, text, owner, due, day, moment="-", preference=SERVES.get(text, ""))
        fresh.append(_add(told, agree(said, holidays), indicator))
    return fresh


def _add(told: Story, action: Action, indicator: str) -> int:
    number = len(told.actions) + 1
    told.actions.append(replace(action, action_id=number, moment=""))
    told.indicators[number] = indicator
    return number


def has_seen_the_plan(peer: Peer) -> bool:
    """Return whether somebody of the demo has seen the plan: two of three have."""
    return peer.peer_id % 3 != 0


def truth(told: Story) -> dict[str, object]:
    """Return what is true of the meetings."""
    return {
        "kept": KEPT,
        "missed": {team: [week.isoformat() for week in weeks] for team, weeks in told.missed.items()},
        "held": len(told.meetings),
        "actions": len(told.actions),
        "carried": sum(one.state in CARRYING for one in told.actions),
        "without_ambassador": WITHOUT_AMBASSADOR,
    }
