"""Forgetting the interlocutors of commitments made by hand, and what was said to and by them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import sqlalchemy as sa

from dashboard.erasure import Known
from data import records
from data.database import reading
from data.forgotten import Forgotten
from data.services import Services
from data.writes.decision import decision


def recipients_of(services: Services, lost: Forgotten) -> Sequence[sa.RowMapping]:
    """Return the recipients and the opinions (`commitment_id`, `name`) of who must be forgotten.

    A name written by hand belongs to no source: it is looked for in each.
    """
    named, told = records.recipients, records.opinions
    with reading(services.database) as connection:
        sources = connection.execute(sa.select(records.imports.c.source).distinct()).scalars().all()
        rows = connection.execute(
            sa.union(sa.select(named.c.commitment_id, named.c.name), sa.select(told.c.commitment_id, told.c.recipient))
        ).mappings()
        return [row for row in rows if _is_lost(lost, row["name"], sources)]


def _is_lost(lost: Forgotten, name: str, sources: Sequence[str]) -> bool:
    return any(lost.print_of(Known.RESPONDENT, f"{source}:{name}") in lost.prints for source in sources)


def forget_recipients(services: Services, who: str, lost: Forgotten) -> int:
    """Take the names of who must be forgotten out of commitments, with every word said there; return how many."""
    found = recipients_of(services, lost)
    if not found:
        return 0
    made_to, named, told = records.commitments, records.recipients, records.opinions
    numbers = sorted({int(row["commitment_id"]) for row in found})
    wordless = dict.fromkeys(("words", "conditions", "announced", "trigger_when", "owed", "exposure"), "")
    with decision(services, who) as made:
        for row in found:
            alias = secrets.token_hex(8)
            for table, column in ((named, named.c.name), (told, told.c.recipient)):
                same = (table.c.commitment_id == row["commitment_id"]) & (column == row["name"])
                made.connection.execute(sa.update(table).where(same).values({column.name: alias}))
        changed = made_to.c.id.in_(numbers)
        made.connection.execute(sa.update(made_to).where(changed).values(**wordless, version=made_to.c.version + 1))
        steps = records.commitment_steps
        made.connection.execute(sa.update(steps).where(steps.c.commitment_id.in_(numbers)).values(words=""))
        made.record("erase", "commitment", "all", commitments=len(numbers))
    return len(numbers)
