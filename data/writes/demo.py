"""Making and removing the demo company, through the same doors as everything else."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from dashboard.goal import Goal
from dashboard.organisation import UNNAMED, Organisation
from dashboard.permissions import Scope
from dashboard.refusals import Refusal
from data.clock import make_clock
from data.database import reading
from data.demo import commitments as promising
from data.demo import improvements as improving
from data.demo import indicators as watching
from data.demo import meetings as meeting
from data.demo import moments as caring
from data.demo import ratings as rating
from data.demo import voice as speaking
from data.demo.answers import INVITATIONS_MAPPING, MAPPING, answers, invitations
from data.demo.company import MEETING, MOMENTS, NAME, SIZES, SOURCE, TEAMS, Size, goal_days, truth
from data.imports import ImportState, every_import
from data.ingest.mapping import parse_mapping
from data.organisation import active_goal, read_organisation
from data.services import Services
from data.writes.activities import add_activity
from data.writes.commitments import Taken, forget_commitments, promise, take_step
from data.writes.demo_meetings import forget_meetings, tell_meetings
from data.writes.evidence import judge
from data.writes.goals import close_goal, set_goal
from data.writes.imports import Progress, import_file, silent, undo_import
from data.writes.improvements import forget_improvements, import_passages, propose
from data.writes.indicators import add_indicator, forget_indicators
from data.writes.marks import add_mark
from data.writes.members import forget_members, order_members
from data.writes.moments import estimate, forget_moments, keep_moment, note_walk, set_duties
from data.writes.organisation import save_organisation
from data.writes.readings import Reading, report
from data.writes.voice import decide, remove_outcomes, tell

WHY = "Que nos recomienden: ocho de cada diez clientes nuevos llegan por otro cliente."


class DemoError(Refusal):
    """The demo cannot be made here. The message says why."""


def make_demo(services: Services, scope: Scope, size_name: str = "normal", progress: Progress = silent) -> None:
    """Generate the demo company and import it.

    Raises
    ------
    DemoError
        When there is data of one's own, or another demo.
    """
    with reading(services.database) as connection:
        organisation = read_organisation(connection)
        present = [found for found in every_import(connection) if found.state is ImportState.PUBLISHED]
    if any(found.source != SOURCE for found in present):
        raise DemoError("there is data of your own here; make the demo in another MARCADOR_HOME")
    if present:
        raise DemoError("the demo company is already here; 'demo --remove' takes it away")
    size, seed = SIZES[size_name], services.settings.demo_seed
    save_organisation(
        services, scope, Organisation(NAME, organisation.language, "Europe/Madrid", MEETING, organisation.version)
    )
    today = services.state().today
    with tempfile.TemporaryDirectory() as folder:
        files = (
            (
                "demo.csv",
                answers(seed, size, today).hstack(rating.ratings(seed, size, today)),
                MAPPING + rating.mapping(),
            ),
            ("demo-consultados.csv", invitations(seed, size, today), INVITATIONS_MAPPING),
            ("demo-pedidos.csv", promising.orders(seed, size, today), promising.MAPPING),
        )
        for place, (name, frame, mapping) in enumerate(files):
            path = Path(folder) / name
            frame.write_csv(path)

            def told(stage: str, share: float, place: int = place) -> None:
                progress(stage, (place + share) / len(files))

            import_file(services, scope, path, parse_mapping(mapping), progress=told)
    order_members(services, scope, "moment", list(MOMENTS))
    order_members(services, scope, "team", list(TEAMS))
    starts, deadline = goal_days(size, today)
    set_goal(services, scope, Goal(0, 32, 45, starts, deadline, why=WHY))
    _watch(services, scope, size)
    _care(services, scope)
    for came in speaking.outcomes(seed, size, today):
        decide(services, scope, came.response_id, came.verdict, SOURCE)
        if came.told_ago is not None:
            tell(services, scope, came.response_id, came.told_ago, SOURCE)
    _improve(services, scope, size)
    _promise(services, scope, size)
    told_meetings = tell_meetings(services, scope)
    told_truth = truth(seed, size_name, today) | {
        "indicators": watching.truth(size, today),
        "improvements": improving.truth(),
        "commitments": promising.truth(size, today),
        "meetings": meeting.truth(told_meetings),
    }
    (services.home / "demo.json").write_text(json.dumps(told_truth), encoding="utf-8")


def _watch(services: Services, scope: Scope, size: Size) -> None:
    """Add the demo's indicators with their readings, marks and one amendment, and judge them."""
    today = services.state().today
    ids = {
        indicator.name: add_indicator(services, scope, indicator, SOURCE)
        for _, indicator in watching.watched(size, today)
    }
    rows = watching.readings(services.settings.demo_seed, size, today)
    values = [Reading(ids[name], *row) for name, *row in rows.iter_rows()]
    place = max(place for place, value in enumerate(values) if value.indicator_id == ids[watching.AMENDED])
    right = values[place]
    assert right.numerator is not None
    values[place] = replace(right, numerator=right.numerator - 1)
    report(services, scope, values)
    report(services, scope, [right], watching.AMENDED_WHY)
    for day, name, team in watching.marks(size, today):
        add_mark(services, scope, day, name, team, SOURCE)
    judge(services)


def _care(services: Services, scope: Scope) -> None:
    """Say who looks after the demo's moments."""
    today = services.state().today
    for moment, owner in caring.OWNERS.items():
        keep_moment(services, scope, moment, owner, today + timedelta(days=60), SOURCE)
    for moment, teams in caring.duties().items():
        set_duties(services, scope, moment, teams, SOURCE)
    for walk in caring.walks(today):
        note_walk(services, scope, walk.moment, walk.day, walk.walker, SOURCE)
    for (team, moment), value in caring.BELIEVED.items():
        estimate(services, scope, team, moment, value, SOURCE)


def _improve(services: Services, scope: Scope, size: Size) -> None:
    """Add the demo's improvements with their story, the counts that two of them moved, and what could be left."""
    today, seed = services.state().today, services.settings.demo_seed
    for card in improving.cards(size, today):
        told = card
        indicator = improving.counted(card)
        if indicator is not None:
            indicator_id = add_indicator(services, scope, indicator, SOURCE)
            values = improving.counts(seed, size, today, card)
            report(services, scope, [Reading(indicator_id, week, value) for week, value in values])
            told = improving.measured(card, indicator_id)
        stored = propose(services, scope, told, SOURCE)
        import_passages(services, scope, replace(told, improvement_id=stored))
    for activity in improving.activities():
        add_activity(services, scope, activity, SOURCE)


def _promise(services: Services, scope: Scope, size: Size) -> None:
    """Write down the demo's commitments, each step on its own day, as people do."""
    for told in promising.commitments(services.settings.demo_seed, size, services.state().today):
        one = told.commitment
        expected, lived = promising.opinions(told)
        then = replace(services, clock=make_clock(one.made))
        number = promise(then, scope, one, expected if told.steps else [*expected, *lived], SOURCE)
        for version, (step, days, words) in enumerate(told.steps, start=1):
            day = one.made + timedelta(days=days)
            then = replace(services, clock=make_clock(day))
            take_step(then, scope, number, version, Taken(step, day, None, words, lived if version == 1 else ()))


def remove_demo(services: Services, scope: Scope) -> int:
    """Remove every row of the demo company, its goal and its names; return how many imports were taken back."""
    with reading(services.database) as connection:
        found = [one for one in every_import(connection) if one.source == SOURCE and one.state is ImportState.PUBLISHED]
        goal, organisation = active_goal(connection), read_organisation(connection)
    for one in found:
        undo_import(services, scope, one.import_id)
    if goal is not None and goal.why == WHY:
        close_goal(services, scope)
    if organisation.name == NAME:
        save_organisation(services, scope, replace(organisation, name=UNNAMED.name, meeting=""))
    forget_improvements(services, scope, SOURCE)
    forget_meetings(services, scope, SOURCE)
    forget_indicators(services, scope, SOURCE)
    forget_moments(services, scope, SOURCE)
    remove_outcomes(services, scope, SOURCE)
    forget_commitments(services, scope, SOURCE)
    forget_members(services, scope, "moment", MOMENTS)
    forget_members(services, scope, "team", TEAMS)
    (services.home / "demo.json").unlink(missing_ok=True)
    return len(found)
