"""What came of the demo company's newest comments: some done, some parked, some not, some still waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from dashboard.voice import Outcome, Verdict
from data.demo.answers import answers
from data.demo.company import SOURCE, Size, child

DECIDED, OLDEST, LOOKED_AT = 24, timedelta(days=45), 40

VERDICTS = (
    Verdict(Outcome.DO, "lo piden varios y cuesta poco", "caja retornable"),
    Verdict(Outcome.DO, "es lo que prometemos", "aviso de retraso"),
    Verdict(Outcome.DO, "se lo debíamos", "una sola factura"),
    Verdict(Outcome.DO, "hablado con el cliente"),
    Verdict(Outcome.PARK, "espera al nuevo programa de rutas"),
    Verdict(Outcome.NO, "el proveedor no lo permite"),
)


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one comment, and how long ago its author was answered; None is not yet."""

    response_id: str
    verdict: Verdict
    told_ago: timedelta | None


def outcomes(seed: int, size: Size, today: date) -> list[Came]:
    """Return what came of some of the newest comments."""
    draw = child(seed, "voice")
    day = pl.col("fecha").str.slice(0, 10).str.to_date()
    said = answers(seed, size, today).filter(
        (pl.col("comentario") != "") & (pl.col("recomendaría") <= 8) & (day >= today - OLDEST)
    )
    newest = said.tail(LOOKED_AT).select("respuesta", day.alias("day"))
    chosen = sorted(draw.permutation(newest.height)[:DECIDED].tolist())
    found = []
    for place, row in enumerate(chosen):
        number, said_on = newest.row(row)
        waited = min(today - said_on, timedelta(days=int(draw.integers(0, 6)), hours=int(draw.integers(2, 20))))
        told = today - said_on - waited if draw.random() < 0.75 else None
        found.append(Came(f"{SOURCE}:{number}", VERDICTS[place % len(VERDICTS)], told))
    return found
