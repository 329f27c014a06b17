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


def recipients_of(services: Services, lost: Forgotten) -> Sequence[tuple[int, str]]:
    """Return who must be forgotten among recipients, now or before a correction, and opinions: commitment and name.

    A name written by hand belongs to no source: it is looked for in each.
    """
    named, told, corrected = records.recipients, records.opinions, records.corrections
    with reading(services.database) as connection:
        sources = connection.execute(sa.select(records.imports.c.source).distinct()).scalars().all()
        rows = connection.execute(
            sa.union(sa.select(named.c.commitment_id, named.c.name), sa.select(told.c.commitment_id, told.c.recipient))
        ).all()
        before = connection.execute(sa.select(corrected.c.commitment_id, corrected.c.before)).all()
        found = {(row.commitment_id, row.name) for row in rows}
        found |= {(number, name) for number, said in before for name in said.get("recipients", ())}
        return sorted((number, name) for number, name in found if _is_lost(lost, name, sources))


def _is_lost(lost: Forgotten, name: str, sources: Sequence[str]) -> bool:
    return any(lost.print_of(Known.RESPONDENT, f"{source}:{name}") in lost.prints for source in sources)


def forget_recipients(services: Services, who: str, lost: Forgotten) -> int:
    """Take the names of who must be forgotten out of commitments, with every word said there; return how many."""
    found = recipients_of(services, lost)
    if not found:
        return 0
    made_to, named, told = records.commitments, records.recipients, records.opinions
    numbers = sorted({number for number, _ in found})
    wordless = dict.fromkeys(("words", "conditions", "announced", "trigger_when", "owed", "exposure"), "")
    with decision(services, who) as made:
        for number, name in found:
            alias = secrets.token_hex(8)
            for table, column in ((named, named.c.name), (told, told.c.recipient)):
                same = (table.c.commitment_id == number) & (column == name)
                made.connection.execute(sa.update(table).where(same).values({column.name: alias}))
        changed = made_to.c.id.in_(numbers)
        made.connection.execute(sa.update(made_to).where(changed).values(**wordless, version=made_to.c.version + 1))
        steps = records.commitment_steps
        made.connection.execute(sa.update(steps).where(steps.c.commitment_id.in_(numbers)).values(words=""))
        corrected = records.corrections
        made.connection.execute(sa.update(corrected).where(corrected.c.commitment_id.in_(numbers)).values(before={}))
        made.record("erase", "commitment", "all", commitments=len(numbers))
    return len(numbers)
