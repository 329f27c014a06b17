"""The demo company's lead indicators: three that truly foretell the score, six that show nothing, two too young."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl

from dashboard.indicators import SHARE, Direction, Indicator, Target
from dashboard.nps import with_scores
from dashboard.periods import WEEK, every_week
from data.demo.answers import answers
from data.demo.company import DRIVERS, Size, child, drivers, levels, weeks_of

READINGS = {
    "indicator": pl.String(),
    "week": pl.Date(),
    "value": pl.Float64(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
}

FROM_CAUSE, FROM_SCORE, FROM_LUCK = 0.6, 0.6, 0.4
"""What a driver's reading is made of: the cause behind the score, what its customers then said, and chance."""

AMENDED = "Pedidos completos"
"""The indicator with a corrected week and with a target that was raised."""

AMENDED_WHY = "un pedido se contó en la semana siguiente"


@dataclass(frozen=True, slots=True)
class Plan:
    """How the readings of one indicator are made: around `level` with `spread`, of `cases` a week for a share."""

    indicator: Indicator
    level: float
    spread: float
    target: float
    cases: int = 0
    weeks: int | None = None
    missing: tuple[int, ...] = ()


def _plan(
    team: str,
    name: str,
    avoids: str,
    belief: str,
    numbers: tuple[float, float, float],
    moments: tuple[str, ...],
    *,
    unit: str = SHARE,
    direction: Direction = Direction.MORE,
    cases: int = 0,
    weeks: int | None = None,
    missing: tuple[int, ...] = (),
) -> Plan:
    said = Indicator(0, team, name, unit, direction=direction, avoids=avoids, belief=belief, moments=moments, due_day=1)
    return Plan(said, *numbers, cases=cases, weeks=weeks, missing=missing)


PLANS = (
    _plan(
        "Almacén",
        AMENDED,
        "que el cliente pare su trabajo porque falta una pieza",
        "a quien le llega todo a la primera no le cuesta recomendarnos",
        (84, 6.0, 84),
        ("Comprobar", "Recibir"),
        cases=310,
    ),
    _plan(
        "Transporte",
        "Avisos de retraso a tiempo",
        "que el cliente espere un camión que no va a llegar",
        "el retraso se perdona; enterarse tarde, no",
        (78, 7.5, 80),
        ("Esperar",),
        cases=140,
    ),
    _plan(
        "Posventa",
        "Llamadas devueltas en 4 h",
        "que una duda se convierta en una reclamación",
        "quien recibe respuesta el mismo día cuenta con nosotros",
        (74, 7.0, 72),
        ("Resolver una duda", "Reclamar"),
        cases=120,
    ),
    _plan(
        "Ventas",
        "Visitas con próximo paso acordado",
        "que las ofertas se enfríen",
        "quien acuerda el paso siguiente, recomienda",
        (71, 5.0, 70),
        ("Decidir",),
        cases=90,
    ),
    _plan(
        "Administración",
        "Facturas sin incidencia",
        "que una factura mal hecha estropee un buen pedido",
        "una factura clara es la última impresión que damos",
        (94, 2.7, 95),
        ("Pagar",),
        cases=800,
    ),
    _plan(
        "Almacén",
        "Pedidos embalados según ficha",
        "que el material llegue golpeado",
        "el embalaje es lo primero que el cliente ve de nosotros",
        (93, 2.6, 93),
        ("Recibir",),
        cases=310,
        missing=(31, 12),
    ),
    _plan(
        "Transporte",
        "Entregas en la franja prometida",
        "que el cliente tenga a gente esperando",
        "quien organiza su día con nuestra hora, nos recomienda",
        (91, 2.8, 94),
        ("Recibir", "Esperar"),
        cases=290,
    ),
    _plan(
        "Posventa",
        "Casos con responsable asignado",
        "que un caso pase de mano en mano",
        "saber a quién llamar da confianza",
        (88, 3.6, 85),
        ("Reclamar",),
        cases=60,
    ),
    _plan(
        "Administración",
        "Días hasta el abono",
        "que el cliente tenga que reclamar su dinero",
        "devolver pronto es pedir perdón de verdad",
        (6.2, 1.1, 6),
        ("Pagar",),
        unit="días",
        direction=Direction.LESS,
        missing=(0,),
    ),
    _plan(
        "Ventas",
        "Ofertas enviadas en 24 h",
        "que el cliente pida precio a otro mientras espera",
        "la primera oferta que llega fija el listón",
        (78, 4.5, 75),
        ("Pedir oferta",),
        cases=70,
        weeks=15,
    ),
    _plan(
        "Ventas",
        "Clientes dormidos llamados",
        "que un cliente se vaya sin decirlo",
        "una llamada a tiempo recupera a quien se iba",
        (24, 4.0, 20),
        ("Volver a comprar",),
        unit="llamadas",
        weeks=9,
    ),
)

MARKS = ((39, "Nueva ruta de reparto", "Transporte"), (22, "Turno de tarde", ""))
"""Weeks ago, what changed, whose."""

RAISED_WEEKS_AGO, RAISED_BY, RAISED_WHY = 17, 2.0, "la lectora de códigos ya evita los errores de recuento"


def driver_of(plan: Plan) -> str | None:
    """Return the true driver that an indicator measures, None when it drives nothing."""
    name = plan.indicator.name.lower()
    return name if name in DRIVERS else None


def watched(size: Size, today: date) -> list[tuple[Plan, Indicator]]:
    """Return every plan and its indicator with the history of its target."""
    weeks = weeks_of(size, today)[:-1]
    found = []
    for plan in PLANS:
        first = weeks[-plan.weeks] if plan.weeks else weeks[0]
        targets = [Target(first, plan.target)]
        if plan.indicator.name == AMENDED:
            raised = Target(weeks[-min(RAISED_WEEKS_AGO, len(weeks) - 1)], plan.target, RAISED_WHY)
            targets = [Target(first, plan.target - RAISED_BY), raised]
        found.append((plan, replace(plan.indicator, targets=tuple(targets))))
    return found


def weekly_score(frame: pl.DataFrame, weeks: list[date]) -> pl.DataFrame:
    """Return `week`, `points` and `n` of the demo's answers, week by week."""
    day, score = pl.col("fecha").str.slice(0, 10).str.to_date(), pl.col("recomendaría")
    counted = (
        frame.group_by(week=(day - pl.duration(days=day.dt.weekday() - 1)).cast(pl.Date))
        .agg(
            detractors=(score <= 6).sum().cast(pl.Int64),
            passives=score.is_between(7, 8).sum().cast(pl.Int64),
            promoters=(score >= 9).sum().cast(pl.Int64),
            n=pl.len().cast(pl.Int64),
        )
        .sort("week")
    )
    return with_scores(every_week(counted, weeks[0], weeks[-1])).select("week", "points", "n")


def readings(seed: int, size: Size, today: date) -> pl.DataFrame:
    """Return the readings of every indicator (schema `READINGS`), closed weeks only.

    A driver's reading holds what really moved the score that many weeks later, and part of what the customers of that
    week then said: known here, and only here, because the answers are made first.
    """
    weeks = weeks_of(size, today)[:-1]
    score = weekly_score(answers(seed, size, today), weeks)["points"].fill_null(0).to_numpy()
    luck = score - levels(seed, size)[: len(weeks)]
    luck = (luck - luck.mean()) / luck.std()
    causes = drivers(seed, size.weeks + 1)
    rows: list[tuple[str, date, float, float | None, float | None]] = []
    for plan in PLANS:
        draw = child(seed, f"indicator {plan.indicator.name}")
        signal = _remembering(draw, len(weeks))
        if (driver := driver_of(plan)) is not None:
            lag = DRIVERS[driver][0]
            told = np.concatenate([luck[lag:], draw.normal(size=lag)])
            cause = causes[driver][20 : 20 + len(weeks)]
            signal = FROM_CAUSE * cause + FROM_SCORE * told + FROM_LUCK * draw.normal(size=len(weeks))
        values = plan.level + plan.spread * signal
        cases = draw.poisson(plan.cases, len(weeks)) if plan.cases else None
        first = len(weeks) - (plan.weeks or len(weeks))
        for place in range(first, len(weeks)):
            if len(weeks) - 1 - place not in plan.missing:
                rows.append((plan.indicator.name, weeks[place], *_value(plan, values[place], cases, place)))
    return pl.DataFrame(rows, schema=READINGS, orient="row")


def _remembering(draw: np.random.Generator, weeks: int) -> np.ndarray:
    """Return noise with a memory of a third, as the drivers have."""
    noise = draw.normal(size=weeks + 20)
    series = np.zeros(noise.size)
    for week in range(1, noise.size):
        series[week] = 0.35 * series[week - 1] + noise[week] * np.sqrt(1 - 0.35**2)
    return series[20:]


def _value(plan: Plan, value: float, cases: np.ndarray | None, place: int) -> tuple[float, float | None, float | None]:
    if cases is None:
        return max(0.0, round(float(value), 0 if plan.level > 10 else 1)), None, None
    total = float(max(1, cases[place]))
    part = float(np.clip(np.round(total * value / 100), 0, total))
    return 100 * part / total, part, total


def truth(size: Size, today: date) -> dict[str, object]:
    """Return what is true of the indicators: which drive the score and when, which drive nothing, which are young."""
    named = {plan.indicator.name: plan for plan in PLANS}
    lags = {name: DRIVERS[driver][0] for name, plan in named.items() if (driver := driver_of(plan))}
    young = [name for name, plan in named.items() if plan.weeks]
    return {
        "lags": lags,
        "empty": [name for name in named if name not in lags and name not in young],
        "young": young,
        "marks": [(day.isoformat(), name) for day, name, _ in marks(size, today)],
    }


def marks(size: Size, today: date) -> list[tuple[date, str, str]]:
    """Return the demo's marks: day, what changed, whose; only those within its weeks."""
    weeks = weeks_of(size, today)
    dated = [(weeks[-1] - ago * WEEK + timedelta(days=1), name, team) for ago, name, team in MARKS]
    return [mark for mark in dated if mark[0] >= weeks[0]]
