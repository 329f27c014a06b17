"""How moments are looked after, as stored."""

from __future__ import annotations

from collections import defaultdict

import sqlalchemy as sa

from dashboard.moments import Care, Duty, Kept
from data import records


def read_care(connection: sa.Connection) -> Care:
    """Return owners, walks, reviews, duties and estimates of all moments."""
    table, duties, estimates = records.moments, records.duties, records.estimates
    kept = {
        row["moment"]: Kept(row["moment"], row["owner"], row["walked_on"], row["walked_by"], row["review_on"])
        for row in connection.execute(sa.select(table)).mappings()
    }
    teams: dict[str, dict[str, Duty]] = defaultdict(dict)
    for row in connection.execute(sa.select(duties).order_by(duties.c.moment, duties.c.team)).mappings():
        teams[row["moment"]][row["team"]] = Duty(row["duty"])
    told = connection.execute(sa.select(estimates.c.team, estimates.c.moment, estimates.c.value))
    return Care(kept, dict(teams), {(team, moment): value for team, moment, value in told})
