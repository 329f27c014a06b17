"""Saying who we are: name, language, time zone."""

from __future__ import annotations

import sqlalchemy as sa

from dashboard.organisation import Organisation
from dashboard.permissions import Capability, Scope, check
from data import records
from data.services import Services
from data.writes.decision import ChangedMeanwhileError, decision


def save_organisation(services: Services, scope: Scope, organisation: Organisation) -> None:
    """Store the organisation.

    Raises
    ------
    ChangedMeanwhileError
        When somebody saved another version since `organisation.version` was read.
    """
    check(scope, Capability.CONFIGURE)
    table = records.organisation
    row = {
        "name": organisation.name,
        "language": organisation.language,
        "zone": organisation.zone,
        "meeting": organisation.meeting,
        "country": organisation.country,
        "region": organisation.region,
        "version": organisation.version + 1,
    }
    with decision(services, scope.who) as made:
        same = (table.c.id == 1) & (table.c.version == organisation.version)
        if not made.connection.execute(sa.update(table).where(same).values(**row)).rowcount:
            if made.connection.execute(sa.select(table.c.id)).first() is not None:
                raise ChangedMeanwhileError("somebody changed the organisation meanwhile; look again and repeat")
            made.connection.execute(sa.insert(table).values(id=1, **row))
        made.record("save", "organisation", 1, name=organisation.name, zone=organisation.zone)
