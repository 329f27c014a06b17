"""Deciding what a team watches: indicators and their targets. A target is never changed, another one follows it."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from dashboard.indicators import Indicator, IndicatorError, Kind, Target
from dashboard.periods import WEEK, week_of
from dashboard.permissions import Scope, check_can_lead
from data import records
from data.indicators import read_indicators
from data.services import Services
from data.writes.decision import Decision, decision


def add_indicator(services: Services, scope: Scope, indicator: Indicator, source: str = "") -> int:
    """Store a new indicator with its targets and return its id.

    Raises
    ------
    NotAllowedError
        When the role may not decide for the team.
    IndicatorError
        When the team already has one of that name, or the result is not a lag indicator.
    """
    check_can_lead(scope, indicator.team)
    table = records.indicators
    with decision(services, scope.who) as made:
        _check(made, indicator)
        row = _row(indicator) | {"source": source, "is_retired": False, "created_at": made.at}
        created = made.connection.execute(sa.insert(table).values(row).returning(table.c.id)).scalar_one()
        for target in indicator.targets:
            _aim(made, int(created), target)
        made.record("add", "indicator", created, team=indicator.team, name=indicator.name)
    return int(created)


def change_indicator(services: Services, scope: Scope, indicator: Indicator) -> None:
    """Store what is said of an indicator; its team, unit, direction and targets stay as they are."""
    with decision(services, scope.who) as made:
        known = indicator_by_id(made, indicator.indicator_id)
        check_can_lead(scope, known.team)
        changed = replace(indicator, team=known.team, unit=known.unit, direction=known.direction, targets=known.targets)
        _check(made, changed)
        table = records.indicators
        same = table.c.id == known.indicator_id
        made.connection.execute(sa.update(table).where(same).values(**_row(changed)))
        made.record("change", "indicator", known.indicator_id, name=changed.name)


def set_target(services: Services, scope: Scope, indicator_id: int, value: float, reason: str = "") -> None:
    """Aim at `value` from the running week on; weeks that have ended keep the target they had.

    The first target also holds for the last closed week, so that there is something to compare at once.

    Raises
    ------
    IndicatorError
        When there was a target and no reason is given, or when nothing changes.
    """
    since = week_of(services.state().today)
    with decision(services, scope.who) as made:
        indicator = indicator_by_id(made, indicator_id)
        check_can_lead(scope, indicator.team)
        before = indicator.targets[-1].value if indicator.targets else None
        if before is not None and not reason.strip():
            raise IndicatorError("say why the target changes: old weeks keep the old one")
        if before == value:
            raise IndicatorError("this is already the target")
        first = since - WEEK if before is None else since
        _aim(made, indicator_id, Target(first, value, reason.strip()))
        made.record("aim", "indicator", indicator_id, before=before, after=value)


def retire_indicator(services: Services, scope: Scope, indicator_id: int) -> None:
    """Stop watching an indicator; its history stays."""
    table = records.indicators
    with decision(services, scope.who) as made:
        indicator = indicator_by_id(made, indicator_id)
        check_can_lead(scope, indicator.team)
        made.connection.execute(sa.update(table).where(table.c.id == indicator_id).values(is_retired=True))
        made.record("retire", "indicator", indicator_id, name=indicator.name)


def forget_indicators(services: Services, scope: Scope, source: str) -> int:
    """Remove every indicator and mark of a source, with all that hangs on them; return how many indicators."""
    table = records.indicators
    with decision(services, scope.who) as made:
        gone = list(made.connection.execute(sa.select(table.c.id, table.c.team).where(table.c.source == source)))
        for _, team in gone:
            check_can_lead(scope, team)
        ids = [indicator_id for indicator_id, _ in gone]
        for part in (records.trials, records.readings, records.targets):
            made.connection.execute(sa.delete(part).where(part.c.indicator_id.in_(ids)))
        moved = records.actions.c.indicator_id.in_(ids)
        made.connection.execute(sa.update(records.actions).where(moved).values(indicator_id=None))
        made.connection.execute(sa.delete(records.marks).where(records.marks.c.source == source))
        made.connection.execute(sa.update(table).where(table.c.result_id.in_(ids)).values(result_id=None))
        made.connection.execute(sa.delete(table).where(table.c.id.in_(ids)))
        made.record("forget", "indicator", "all", source=source, indicators=len(ids))
    return len(ids)


def indicator_by_id(made: Decision, indicator_id: int) -> Indicator:
    """Return an indicator inside an open decision.

    Raises
    ------
    IndicatorError
        When there is none of that number, or it is no longer watched.
    """
    for indicator in read_indicators(made.connection):
        if indicator.indicator_id == indicator_id:
            return indicator
    raise IndicatorError("this indicator is no longer watched")


def _check(made: Decision, indicator: Indicator) -> None:
    others = [one for one in read_indicators(made.connection) if one.indicator_id != indicator.indicator_id]
    name = indicator.name.casefold()
    if any(one.team == indicator.team and one.name.casefold() == name for one in others):
        raise IndicatorError("the team already watches '{}'", indicator.name)
    results = {one.indicator_id for one in others if one.kind is Kind.LAG}
    if indicator.result_id is not None and indicator.result_id not in results:
        raise IndicatorError("an indicator is tested against the NPS or against a lag indicator")


def _row(indicator: Indicator) -> dict[str, object]:
    return {
        "team": indicator.team.strip(),
        "name": indicator.name.strip(),
        "unit": indicator.unit.strip(),
        "kind": indicator.kind.value,
        "direction": indicator.direction.value,
        "cadence": indicator.cadence.value,
        "avoids": indicator.avoids.strip(),
        "belief": indicator.belief.strip(),
        "moments": list(indicator.moments),
        "reporter": indicator.reporter.strip(),
        "due_day": indicator.due_day,
        "result_id": indicator.result_id,
    }


def _aim(made: Decision, indicator_id: int, target: Target) -> None:
    row = {"since": target.since, "value": target.value, "reason": target.reason, "who": made.who, "at": made.at}
    made.connection.execute(sa.insert(records.targets).values(indicator_id=indicator_id, **row))
