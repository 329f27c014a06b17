"""The demo company's answers: a table as a survey tool would export it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import numpy as np
import polars as pl
from scipy.special import ndtr

from dashboard.periods import WEEK
from data.demo.company import (
    AREAS,
    CHANNELS,
    DROP_MOMENT,
    DROP_POINTS,
    DROP_WEEKS,
    MOMENTS,
    ROLES,
    SEGMENTS,
    SITES,
    SOURCE,
    Size,
    child,
    levels,
    weeks_of,
)
from data.demo.words import COMPLAINT, PASSING, PRAISE

MAPPING = f"""
version = 1
source = "{SOURCE}"
zone = "Europe/Madrid"
id = "respuesta"
respondent = "interlocutor"
verbatim = "comentario"

[dates]
column = "fecha"
formats = ["%Y-%m-%d %H:%M"]

[recommend]
column = "recomendaría"

[consent]
column = "publicable"
yes = ["sí"]

[dimensions]
moment = "momento"
team = "equipo"
segment = "segmento"
channel = "canal"
site = "centro"
account = "cliente"
area = "área"
role = "cargo"
"""

INVITATIONS_MAPPING = f"""
version = 1
source = "{SOURCE}"
kind = "invitations"
invited = "consultados"

[dates]
column = "semana"
formats = ["%Y-%m-%d"]

[dimensions]
channel = "canal"
"""

PROMOTER_CUT, DETRACTOR_CUT = 0.2, -0.75
"""On a normal scale: above the first a 9 or 10, below the second a 0 to 6."""


def centre_of(points: np.ndarray) -> np.ndarray:
    """Return the centre of the normal scale that gives an NPS of `points`."""
    grid = np.linspace(-3, 3, 601)
    nps = 100 * (ndtr(grid - PROMOTER_CUT) - ndtr(DETRACTOR_CUT - grid))
    return np.asarray(np.interp(points, nps, grid))


def answers(seed: int, size: Size, today: date) -> pl.DataFrame:
    """Return one row per answer, the newest on the day before `today`."""
    weeks = weeks_of(size, today)
    draw = child(seed, "answers")
    volume = draw.poisson(size.answers * _season(weeks), len(weeks))
    week = np.repeat(np.arange(len(weeks)), volume)
    n = week.size
    columns: dict[str, np.ndarray] = {
        "momento": _drawn(draw, {name: weight for name, (_, _, weight) in MOMENTS.items()}, n),
        "segmento": _drawn(draw, {name: weight for name, (_, weight) in SEGMENTS.items()}, n),
        "canal": _drawn(draw, {name: weight for name, (_, weight) in CHANNELS.items()}, n),
        "centro": _drawn(draw, {name: weight for name, (_, weight) in SITES.items()}, n),
        "área": _drawn(draw, dict.fromkeys(AREAS, 1.0), n),
        "cargo": _drawn(draw, dict(zip(ROLES, (1, 1.5, 2, 3), strict=True)), n),
    }
    minutes = draw.integers(0, 5 * 600, n) // 600 * 1440 + 480 + draw.integers(0, 600, n)
    start = np.array([datetime.combine(day, datetime.min.time()) for day in weeks], dtype="datetime64[m]")
    answered = start[week] + minutes.astype("timedelta64[m]")
    score = _scores(draw, levels(seed, size)[week], columns, week, len(weeks))
    frame = pl.DataFrame({name: pl.Series(values, dtype=pl.String) for name, values in columns.items()})
    frame = frame.with_columns(
        pl.Series("answered", answered.astype("datetime64[us]")),
        pl.Series("recomendaría", score),
        pl.col("momento").replace_strict({name: team for name, (team, _, _) in MOMENTS.items()}).alias("equipo"),
    )
    frame = frame.with_columns(*_accounts(draw, size, n), *_words(draw, frame))
    frame = frame.filter(pl.col("answered") < datetime.combine(today, datetime.min.time())).sort("answered")
    return (
        frame.with_row_index("respuesta", offset=1)
        .with_columns(fecha=pl.col("answered").dt.strftime("%Y-%m-%d %H:%M"))
        .drop("answered")
    )


def _season(weeks: list[date]) -> np.ndarray:
    """Return the volume of each week: August and Christmas are quiet."""
    quiet = [day.month == 8 or (day.month == 12 and day.day > 20) for day in weeks]
    return np.where(quiet, 0.55, 1.0)


def _drawn(draw: np.random.Generator, weights: Mapping[str, float], n: int) -> np.ndarray:
    share = np.array(list(weights.values()), dtype=float)
    return np.array(list(weights))[draw.choice(share.size, n, p=share / share.sum())]


def _scores(
    draw: np.random.Generator, level: np.ndarray, columns: Mapping[str, np.ndarray], week: np.ndarray, weeks: int
) -> np.ndarray:
    points = level.copy()
    for column, offsets in (
        ("momento", {name: offset for name, (_, offset, _) in MOMENTS.items()}),
        ("segmento", {name: offset for name, (offset, _) in SEGMENTS.items()}),
        ("canal", {name: offset for name, (offset, _) in CHANNELS.items()}),
        ("centro", {name: offset for name, (offset, _) in SITES.items()}),
    ):
        values, place = np.unique(columns[column], return_inverse=True)
        shift = np.array([offsets[value] for value in values], dtype=float)[place]
        points = points + shift - shift.mean()
    dropped = (columns["momento"] == DROP_MOMENT) & (week >= weeks - 1 - DROP_WEEKS)
    points = np.clip(np.where(dropped, points - DROP_POINTS, points), -95, 95)
    mood = centre_of(points) + draw.normal(size=points.size)
    high = np.where(mood > PROMOTER_CUT + 0.55, 10, 9)
    middle = np.where(mood > (PROMOTER_CUT + DETRACTOR_CUT) / 2, 8, 7)
    low = np.clip(6 - np.floor((DETRACTOR_CUT - mood) / 0.32), 0, 6)
    return np.where(mood > PROMOTER_CUT, high, np.where(mood < DETRACTOR_CUT, low, middle)).astype(np.int64)


def _accounts(draw: np.random.Generator, size: Size, n: int) -> list[pl.Series]:
    """Return account and interlocutor: half of the answers come from key accounts with a few people each."""
    people = size.accounts * 210 // 64
    person = draw.integers(0, people, n)
    is_key = draw.random(n) < 0.5
    small = draw.integers(0, 6000, n)
    account = np.where(is_key, np.char.add("Cliente ", np.char.zfill((person % size.accounts + 1).astype(str), 2)), "")
    who = np.where(is_key, np.char.add("P", person.astype(str)), np.char.add("M", small.astype(str)))
    return [pl.Series("cliente", account), pl.Series("interlocutor", who)]


def _words(draw: np.random.Generator, frame: pl.DataFrame) -> list[pl.Series]:
    """Return comments, one answer in eight, and whether their author agrees to their publication."""
    speaks, agrees, pick = draw.random(frame.height) < 0.13, draw.random(frame.height) < 0.4, draw.random(frame.height)
    said, may = [], []
    rows = zip(frame["momento"], frame["recomendaría"], speaks, agrees, pick, strict=True)
    for moment, score, is_said, is_public, share in rows:
        options = PRAISE[moment] if score >= 9 else COMPLAINT[moment] if score <= 6 else PASSING
        said.append(options[int(share * len(options))] if is_said else "")
        may.append("sí" if is_said and is_public else "no")
    return [pl.Series("comentario", said), pl.Series("publicable", may)]


def invitations(seed: int, size: Size, today: date) -> pl.DataFrame:
    """Return how many customers were asked each closed week and by which channel: about 38 % answer."""
    draw = child(seed, "invitations")
    rows = [
        {"semana": (week + timedelta(days=1)).isoformat(), "canal": channel, "consultados": int(count)}
        for week in weeks_of(size, today)
        for channel, (_, share) in CHANNELS.items()
        if (count := draw.poisson(size.answers * share / 0.38)) and week + WEEK <= today
    ]
    return pl.DataFrame(rows)
