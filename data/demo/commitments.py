"""What the demo company promises: orders in bulk, and about 140 commitments by hand, some of them never written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl

from dashboard.commitments import Commitment, Opinion, Origin, Reach, Side, Stage, Step, Teller
from dashboard.periods import WEEK
from data.demo.company import CHANNELS, SEGMENTS, SITES, SOURCE, Size, child, weeks_of

MAPPING = f"""
version = 1
source = "{SOURCE}"
kind = "commitments"
zone = "Europe/Madrid"
id = "pedido"

[dates]
column = "prometido"
formats = ["%Y-%m-%d"]

[commitment]
standard_column = "norma"
made = {{ column = "hecho", formats = ["%Y-%m-%d"] }}
delivered = {{ column = "entregado", formats = ["%Y-%m-%d"] }}
called_off = {{ column = "estado", yes = ["anulado"] }}
lived = {{ column = "vivido", expected = "esperado", measure_source = "customer" }}

[dimensions]
team = "equipo"
segment = "segmento"
channel = "canal"
site = "centro"
account = "cliente"
"""

STANDARDS = {
    "Transporte": ("Entrega en franja de 2 h", 0.82, 0.4),
    "Almacén": ("Pedido preparado en 24 h", 0.95, 0.25),
    "Posventa": ("Respuesta en 4 h", 0.92, 0.15),
    "Ventas": ("Oferta en 48 h", 0.94, 0.12),
    "Administración": ("Abono en 5 días", 0.93, 0.08),
}
"""Team: what it promises all the time, the true share that it keeps, and its part of all promises."""

GAP, GAP_SPREAD, RATED, CALLED_OFF = -0.6, 1.6, 0.12, 0.02
UNWRITTEN = 0.12
BY_HAND = 140 / 104
"""Commitments by hand a week."""


@dataclass(frozen=True, slots=True)
class Told:
    """A commitment of the demo and what becomes of it: steps with the days since it was made, and their words."""

    commitment: Commitment
    steps: tuple[tuple[Step, int, str], ...] = ()
    expected: float | None = None
    lived: float | None = None
    teller: Teller = Teller.CUSTOMER


def orders(seed: int, size: Size, today: date) -> pl.DataFrame:
    """Return one row per order, promised in the weeks of the demo; what has not come by `today` has no day."""
    weeks = weeks_of(size, today)
    draw = child(seed, "orders")
    volume = draw.poisson(size.answers / 8, len(weeks))
    n = int(volume.sum())
    made = np.repeat(np.array([week.toordinal() for week in weeks]), volume) + draw.integers(0, 5, n)
    share = np.array([part for _, _, part in STANDARDS.values()])
    team = draw.choice(len(STANDARDS), n, p=share / share.sum())
    takes = draw.integers(1, 6, n)
    is_kept = draw.random(n) < np.array([kept for _, kept, _ in STANDARDS.values()])[team]
    early, late = np.minimum(draw.integers(0, 3, n), takes - 1), draw.geometric(0.16, n)
    delivered = made + takes + np.where(is_kept, -early, late)
    expected = np.clip(np.round(draw.normal(7.8, 1.1, n)), 0, 10)
    lived = np.clip(np.round(expected + draw.normal(GAP, GAP_SPREAD, n)), 0, 10)
    is_rated, is_off = draw.random(n) < RATED, draw.random(n) < CALLED_OFF
    names = list(STANDARDS)
    frame = pl.DataFrame(
        {
            "pedido": np.arange(1, n + 1),
            "hecho": made,
            "prometido": made + takes,
            "entregado": delivered,
            "equipo": [names[place] for place in team],
            "norma": [STANDARDS[names[place]][0] for place in team],
            "segmento": _drawn(draw, list(SEGMENTS), n),
            "canal": _drawn(draw, list(CHANNELS), n),
            "centro": _drawn(draw, list(SITES), n),
            "cliente": [f"Cliente {place:02}" for place in draw.integers(1, size.accounts + 1, n)],
            "is_off": is_off,
            "is_rated": is_rated & ~is_off,
            "esperado": expected.astype(int),
            "vivido": lived.astype(int),
        }
    )
    last = today.toordinal()
    has_come = (pl.col("entregado") < last) & ~pl.col("is_off")
    rated = pl.col("is_rated") & has_come
    return frame.filter(pl.col("hecho") < last).select(
        "pedido",
        *(_day(name).alias(name) for name in ("hecho", "prometido")),
        pl.when(has_come).then(_day("entregado")).fill_null("").alias("entregado"),
        *("equipo", "norma", "segmento", "canal", "centro", "cliente"),
        estado=pl.when("is_off").then(pl.lit("anulado")).otherwise(pl.lit("")),
        esperado=pl.when(rated).then("esperado"),
        vivido=pl.when(rated).then("vivido"),
    )


def _day(column: str) -> pl.Expr:
    days = pl.col(column).cast(pl.Int64) - date(1970, 1, 1).toordinal()
    return days.cast(pl.Int32).cast(pl.Date).cast(pl.String)


def _drawn(draw: np.random.Generator, names: list[str], n: int) -> list[str]:
    return [names[place] for place in draw.integers(0, len(names), n)]


KINDS = (
    ("Muestras de la pieza nueva", "Ventas", "Jefe de ventas", "Decidir", "os llegan las muestras esta semana"),
    ("Ficha técnica en castellano", "Posventa", "Técnica de postventa", "Usar", "os mando la ficha traducida"),
    ("Cambio de la pieza defectuosa", "Posventa", "Técnica de postventa", "Reclamar", "la cambiamos sin coste"),
    ("Etiquetas con vuestra referencia", "Almacén", "Jefa de almacén", "Comprobar", "irán con vuestra referencia"),
    ("Entrega antes de abrir la obra", "Transporte", "Jefe de rutas", "Recibir", "a las siete está allí"),
    ("Precio cerrado hasta fin de año", "Ventas", "Comercial norte", "Pedir oferta", "el precio no se mueve"),
    ("Factura corregida", "Administración", "Contable", "Pagar", "la factura buena sale mañana"),
    ("Visita para revisar el montaje", "Posventa", "Técnica de postventa", "Usar", "paso yo a verlo"),
    ("Stock reservado", "Almacén", "Jefa de almacén", "Hacer el pedido", "os guardo diez cajas"),
    ("Llamada con la solución", "Posventa", "Técnica de postventa", "Resolver una duda", "te llamo y lo cerramos"),
)
"""What is promised to accounts, week after week: what, whose, who answers, at which moment, and the words."""

RECOVERIES = ("abono del porte y disculpa por escrito", "visita del responsable y pieza de cortesía", "")


def commitments(seed: int, size: Size, today: date) -> list[Told]:
    """Return the commitments by hand, the six that the company talks of first, then the others by age."""
    draw = child(seed, "commitments")
    weeks = weeks_of(size, today)[:-1]
    count = round(BY_HAND * len(weeks)) - len(_talked_of(today))
    unwritten = set(draw.permutation(count)[: round(UNWRITTEN * (count + 6)) - 1].tolist())
    found = []
    for place in range(count):
        what, team, owner, moment, words = KINDS[int(draw.integers(len(KINDS)))]
        made = weeks[int(place / count * len(weeks))] + timedelta(days=int(draw.integers(0, 5)))
        takes = int(draw.integers(4, 20))
        one = Commitment(
            0,
            team,
            what,
            made,
            "" if draw.random() < 0.06 else owner,
            made + timedelta(days=takes),
            origin=Origin.SPOKEN if place in unwritten else Origin.WRITTEN,
            account=f"Cliente {int(draw.integers(1, size.accounts + 1)):02}",
            moment=moment,
            people=int(draw.integers(1, 6)),
            words=words if place in unwritten else "",
            weight=int(draw.integers(1, 4)),
        )
        found.append(_ended(draw, one, takes, today))
    return [*_talked_of(today), *found]


def _ended(draw: np.random.Generator, one: Commitment, takes: int, today: date) -> Told:
    """Return how a commitment went: as its team usually keeps its word, seen from `today`."""
    is_kept = draw.random() < STANDARDS[one.team][1] - 0.04
    days = takes - int(draw.integers(0, 3)) if is_kept else takes + 1 + int(draw.geometric(0.12))
    expected = float(np.clip(round(draw.normal(7.8, 1.0)), 0, 10))
    lived = float(np.clip(round(expected + draw.normal(GAP + (0.5 if is_kept else -2.0), 1.0)), 0, 10))
    is_rated, fate, amends = draw.random() < 0.55, draw.random(), RECOVERIES[int(draw.integers(3))]
    told = Told(one, (), expected if is_rated else None)
    if one.made + timedelta(days=days) >= today:
        return replace(told, steps=((Step.START, 1, ""),) if fate < 0.6 else ())
    if not is_kept and fate < 0.25:
        steps = [(Step.BREAK, takes, "no llegamos y no avisamos")]
    else:
        steps = [(Step.DELIVER, days, "")]
    if not is_kept and amends and one.made + timedelta(days=days + 6) < today:
        steps.append((Step.RECOVER, days + 6, amends))
    return replace(told, steps=tuple(steps), lived=lived if is_rated and steps[0][0] is Step.DELIVER else None)


def _talked_of(today: date) -> list[Told]:
    """Return the commitments that everybody in the company knows."""

    def day(days: int) -> date:
        return today + timedelta(days=days)

    everyone = {"reach": Reach.EVERYONE, "people": 6310}
    slot = Commitment(
        0, "Transporte", "Entrega en franja de 2 h", day(-120), "Jefe de rutas", standard="Entrega en franja de 2 h",
        origin=Origin.ADVERTISED, reach=Reach.SEGMENT, segment="hostelería", people=1240, is_public=True,
        moment="Recibir", weight=3,
    )  # fmt: skip
    answer = Commitment(
        0, "Posventa", "Respuesta en 4 h", day(-200), "Técnica de postventa", standard="Respuesta en 4 h",
        moment="Resolver una duda", origin=Origin.WRITTEN, is_public=True, **everyone,  # type: ignore[arg-type]  # a reach and a number
    )  # fmt: skip
    warning = Commitment(
        0, "Transporte", "Aviso de retraso con 24 h", day(-20), "Jefe de rutas", day(6), origin=Origin.ADVERTISED,
        conditions="solo para pedidos con teléfono de contacto", moment="Esperar", is_public=True, **everyone,  # type: ignore[arg-type]  # as above
    )  # fmt: skip
    packing = Commitment(
        0, "Almacén", "Embalaje retornable", day(-40), "Jefa de almacén", day(-7), origin=Origin.ADVERTISED,
        reach=Reach.SEGMENT, segment="industrial", people=410,
        moment="Recibir", announced="cajas retornables en todos los pedidos",
    )  # fmt: skip
    catalogue = Commitment(
        0, "Ventas", f"Catálogo {today.year + 1} en papel", day(-60), "Comercial norte", day(-21),
        origin=Origin.SPOKEN, reach=Reach.SEGMENT, segment="instaladores", people=85, moment="Descubrir",
        words="en otoño lo tenéis en la mano", weight=1,
    )  # fmt: skip
    invoice = Commitment(
        0, "Administración", "Factura única mensual", day(-12), "Contable", day(39), origin=Origin.WRITTEN,
        reach=Reach.SEGMENT, segment="construcción", people=220, moment="Pagar",
    )  # fmt: skip
    refund = Commitment(
        0, "Transporte", "Portes gratis si llega tarde", day(-90), "Jefe de rutas", origin=Origin.ADVERTISED,
        stage=Stage.CONDITIONAL, trigger="el pedido llega más de un día tarde", owed="los portes",
        exposure="unos 900 € al mes", **everyone,  # type: ignore[arg-type]  # as above
    )  # fmt: skip
    return [
        Told(slot, (), 8.6, 6.9, Teller.SURVEY),
        Told(warning, ((Step.START, 3, ""),), 8.1),
        Told(packing, ((Step.DELIVER, 31, "retornables en las cajas grandes"),), 7.2, 8.4, Teller.SURVEY),
        Told(answer, (), 8.8, 8.5, Teller.SURVEY),
        Told(catalogue, (), 6.0),
        Told(invoice, (), 7.5, None, Teller.ESTIMATE),
        Told(refund),
    ]


def opinions(told: Told) -> tuple[list[Opinion], list[Opinion]]:
    """Return what is expected when it is promised, and what was lived at its end."""
    one = told.commitment
    end = one.made + timedelta(days=next((days for _, days, _ in told.steps), 0))
    expected = [Opinion("", Side.EXPECTED, told.expected, told.teller, one.made)] if told.expected is not None else []
    lived = [Opinion("", Side.LIVED, told.lived, told.teller, end)] if told.lived is not None else []
    return expected, lived


def truth(size: Size, today: date) -> dict[str, object]:
    """Return what is true of the demo's promises."""
    return {
        "kept": {team: kept for team, (_, kept, _) in STANDARDS.items()},
        "gap": GAP,
        "unwritten": UNWRITTEN,
        "by_hand": round(BY_HAND * (len(weeks_of(size, today)) - 1)),
        "since": (weeks_of(size, today)[0] + WEEK).isoformat(),
    }
