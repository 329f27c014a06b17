"""Who the demo company is: teams, moments, segments, and what is true of it."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from dashboard.periods import WEEK, week_of

NAME = "Suministros La Ficticia"
SOURCE = "demo"
MEETING = "lunes 9:00"

TEAMS = ("Almacén", "Transporte", "Posventa", "Ventas", "Administración")

MOMENTS: dict[str, tuple[str, float, float]] = {
    "Descubrir": ("Ventas", 6, 0.4),
    "Pedir oferta": ("Ventas", 4, 0.8),
    "Decidir": ("Ventas", 2, 0.5),
    "Hacer el pedido": ("Ventas", 5, 1.2),
    "Esperar": ("Transporte", -10, 2.4),
    "Recibir": ("Transporte", 5, 1.8),
    "Comprobar": ("Almacén", 3, 1.0),
    "Usar": ("Posventa", 8, 1.4),
    "Pagar": ("Administración", -4, 0.9),
    "Resolver una duda": ("Posventa", 1, 0.9),
    "Reclamar": ("Posventa", -18, 0.7),
    "Volver a comprar": ("Ventas", 9, 0.8),
}
"""Moment: the team behind it, its offset in points, how often it is asked about."""

SEGMENTS = {"industrial": (4, 0.4), "construcción": (-2, 0.25), "hostelería": (-6, 0.2), "instaladores": (2, 0.15)}
CHANNELS = {"comercial": (4, 0.3), "teléfono": (0, 0.3), "web": (1, 0.25), "mostrador": (-3, 0.15)}
SITES = {"Zaragoza": (2, 0.45), "Getafe": (-1, 0.35), "Paterna": (-2, 0.2)}
AREAS = ("compras", "operaciones", "dirección", "mantenimiento")
ROLES = ("decisor", "influenciador", "compras", "usuario")

DROP_MOMENT, DROP_POINTS, DROP_WEEKS = "Esperar", 50, 4
"""One moment got much worse in the last closed weeks: a real change to be found."""

DRIVERS = {"pedidos completos": (2, 2.6), "avisos de retraso a tiempo": (3, 2.2), "llamadas devueltas en 4 h": (5, 2.0)}
"""The three things that truly drive the score: weeks of lag, points per standard deviation."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a demo company is."""

    weeks: int
    answers: int
    accounts: int
    goal_weeks_ago: int
    goal_weeks_left: int


SIZES = {"normal": Size(104, 200, 64, 46, 6), "small": Size(26, 40, 12, 20, 6)}


def child(seed: int, part: str) -> np.random.Generator:
    """Return the random numbers of one part: what is added later never changes what was."""
    return np.random.Generator(np.random.PCG64([seed, zlib.crc32(part.encode())]))


def weeks_of(size: Size, today: date) -> list[date]:
    """Return the Mondays of the closed weeks and of the running one."""
    return [week_of(today) - index * WEEK for index in range(size.weeks, -1, -1)]


def drivers(seed: int, weeks: int) -> dict[str, np.ndarray]:
    """Return each driver's weekly values in standard deviations, with a memory of a third."""
    series = {}
    for name in DRIVERS:
        noise = child(seed, f"driver {name}").normal(size=weeks + 20)
        values = np.zeros(noise.size)
        for week in range(1, noise.size):
            values[week] = 0.35 * values[week - 1] + noise[week] * np.sqrt(1 - 0.35**2)
        series[name] = values
    return series


def levels(seed: int, size: Size) -> np.ndarray:
    """Return the true score of every week, in points: a slow climb moved by the drivers at their lags."""
    weeks = size.weeks + 1
    ahead = np.arange(weeks) - (size.weeks - size.goal_weeks_ago)
    climb = 31.5 + np.where(ahead > 0, 10.5 * np.minimum(ahead / (size.goal_weeks_ago + 4), 1), 0.02 * ahead)
    series = drivers(seed, weeks)
    for name, (lag, effect) in DRIVERS.items():
        climb = climb + effect * series[name][20 - lag : 20 - lag + weeks]
    return climb


def truth(seed: int, size_name: str, today: date) -> dict[str, object]:
    """Return what is true of the generated company, to be stored with it."""
    size = SIZES[size_name]
    weeks = weeks_of(size, today)
    return {
        "seed": seed,
        "size": size_name,
        "today": today.isoformat(),
        "weeks": [week.isoformat() for week in weeks],
        "levels": [round(float(level), 3) for level in levels(seed, size)],
        "drivers": {name: {"lag": lag, "points_per_sd": effect} for name, (lag, effect) in DRIVERS.items()},
        "drop": {"moment": DROP_MOMENT, "points": DROP_POINTS, "since": (weeks[-1] - DROP_WEEKS * WEEK).isoformat()},
        "goal": {"starts": goal_days(size, today)[0].isoformat(), "deadline": goal_days(size, today)[1].isoformat()},
    }


def goal_days(size: Size, today: date) -> tuple[date, date]:
    """Return the first and last day of the goal."""
    monday = week_of(today)
    return monday - size.goal_weeks_ago * WEEK, monday + (size.goal_weeks_left - 1) * WEEK + timedelta(days=6)
