"""Judging the evidence: what has not been tried with the present data is tried, at every four-week mark."""

from __future__ import annotations

import sqlalchemy as sa

from data import records
from data.database import reading
from data.evidence import due, questions, stored, told
from data.services import Services
from data.writes.decision import decision
from data.writes.imports import Progress, silent


def judge(services: Services, progress: Progress = silent) -> int:
    """Try every indicator at every mark whose data have changed, and return how many trials were made.

    A trial only sees what was known at its mark and its seed is its own: trying again gives the same answer.
    """
    state = services.state()
    with reading(services.database) as connection:
        needed = due(questions(services, state, connection), state)
        known = stored(connection)
    fresh = {key: question for key, question in needed.items() if known.get(key) != question.digest}
    gone = set(known) - set(needed)
    if not fresh and not gone:
        return 0
    tried = {}
    for place, (key, question) in enumerate(fresh.items()):
        progress("judging", place / len(fresh))
        tried[key] = told(question.tried())
    table = records.trials
    with decision(services, "marcador") as made:
        for indicator_id, mark in sorted(gone | set(fresh)):
            same = (table.c.indicator_id == indicator_id) & (table.c.mark == mark)
            made.connection.execute(sa.delete(table).where(same))
        rows = [
            {"indicator_id": key[0], "mark": key[1], "digest": fresh[key].digest, "trial": one, "at": made.at}
            for key, one in tried.items()
        ]
        if rows:
            made.connection.execute(sa.insert(table), rows)
        made.record("judge", "evidence", "all", trials=len(rows))
    return len(rows)
