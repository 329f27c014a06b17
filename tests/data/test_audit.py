"""The audit can be searched, and says nothing that a customer wrote, whatever the product writes."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from dashboard.actions import ActionState, Answer
from dashboard.commitments import Step as Stride
from dashboard.erasure import Subject
from dashboard.filters import EVERYTHING
from dashboard.goal import Goal
from dashboard.leaving import Activity
from dashboard.meetings import Block, Obstacle, Rhythm
from dashboard.moments import Duty
from dashboard.organisation import Organisation
from dashboard.periods import WEEK
from dashboard.permissions import Role
from dashboard.screens import Look
from dashboard.steps import Horizon, Step
from dashboard.themes import Theme
from dashboard.voice import Heard, Mood, Outcome, Verdict
from data import records
from data.audit import Choices, Search, audit_choices, count_audit, read_audit
from data.board import read_story
from data.database import reading
from data.improvements import read_improvements
from data.indicators import read_indicators
from data.services import Services
from data.sessions import SignedIn, signed_in
from data.upkeep import rebuild_cubes, run_upkeep
from data.writes.actions import agree_action, answer_action, move_action
from data.writes.activities import add_activity, remove_activity
from data.writes.commitments import Taken, change_commitment, forget_commitments, promise, take_step, undo_step
from data.writes.decision import decision
from data.writes.erasure import forget
from data.writes.evidence import judge
from data.writes.goals import close_goal, set_goal
from data.writes.imports import undo_import
from data.writes.improvements import (
    advance,
    change_improvement,
    drop,
    forget_improvements,
    go_back,
    import_passages,
    look,
    propose,
    tell,
)
from data.writes.indicators import add_indicator, change_indicator, retire_indicator, set_target
from data.writes.marks import add_mark, remove_mark
from data.writes.meetings import attend, close_meeting, go_to, open_meeting, pause, see_plan, set_rhythm
from data.writes.members import add_member, forget_members, merge_member, order_members, rename_member
from data.writes.moments import estimate, forget_moments, keep_moment, note_walk, set_duties
from data.writes.obstacles import clear_obstacle, raise_obstacle, send_obstacle, take_obstacle
from data.writes.organisation import save_organisation
from data.writes.peers import mark_peer
from data.writes.people import change_password, change_rights, choose_password, invite, open_setup, renew_link, set_up
from data.writes.readings import Reading, report
from data.writes.screens import add_screen, change_look, confirm_pairing, pause_screen, revoke_screen, start_pairing
from data.writes.sessions import look_through, sign_in, sign_out
from data.writes.themes import label_comment, save_themes
from data.writes.voice import decide, hear, remove_outcomes, send
from data.writes.voice import tell as tell_customer
from tests.dashboard.test_improvements import card
from tests.data.stores import ADMINISTRATOR, ToldClock, answers_of, import_rows
from tests.data.writes.tables import FRIDAY, SUNDAY, TEAM, set_table
from tests.data.writes.test_commitments import CATALOGUE
from tests.data.writes.test_indicators import MONDAY, PACKED

ROOT = Path(__file__).resolve().parents[2]
MADRID = ZoneInfo("Europe/Madrid")
WORDS = "CANARY sang before sunrise"
PASSWORD, OTHER = "correct horse battery staple", "another horse battery staple"
HERE = "127.0.0.1"


def note(services: Services, who: str, verb: str, noun: str, noun_id: object, **detail: object) -> None:
    with decision(services, who) as made:
        made.record(verb, noun, noun_id, **detail)


@pytest.fixture
def noted(services: Services) -> Services:
    """A home in whose audit four things were done on three days."""
    told = services.clock
    assert isinstance(told, ToldClock)
    with services.database.begin() as connection:
        connection.execute(sa.delete(records.audit))
    for hour, who, verb, noun in (
        (datetime(2026, 11, 20, 22, 59, tzinfo=UTC), "Ana", "rename", "team"),
        (datetime(2026, 11, 20, 23, 1, tzinfo=UTC), "Ana", "rename", "moment"),
        (datetime(2026, 11, 21, 12, tzinfo=UTC), "Luis", "import", "import"),
        (datetime(2026, 11, 22, 12, tzinfo=UTC), "Ana", "import", "import"),
    ):
        told.at = hour
        note(services, who, verb, noun, f"{hour:%d}", rows=3)
    return services


@pytest.mark.parametrize(
    ("search", "found"),
    [
        (Search(), ["22", "21", "20", "20"]),
        (Search(who="Ana"), ["22", "20", "20"]),
        (Search(who="ana"), []),
        (Search(verb="import"), ["22", "21"]),
        (Search(noun="team"), ["20"]),
        (Search(who="Ana", verb="import"), ["22"]),
        (Search(since=date(2026, 11, 22)), ["22"]),
        (Search(until=date(2026, 11, 20)), ["20"]),
        (Search(since=date(2026, 11, 21), until=date(2026, 11, 21)), ["21", "20"]),
        (Search(who="' or 1=1 --"), []),
    ],
)
def test_what_is_looked_for_is_found_newest_first(noted: Services, search: Search, found: list[str]) -> None:
    with reading(noted.database) as connection:
        assert [entry.noun_id for entry in read_audit(connection, search, MADRID)] == found
        assert count_audit(connection, search, MADRID) == len(found)


def test_it_comes_in_turns(noted: Services) -> None:
    with reading(noted.database) as connection:
        pages = [read_audit(connection, Search(), MADRID, most=3, skipped=skipped) for skipped in (0, 3, 6)]
    assert [[entry.noun_id for entry in page] for page in pages] == [["22", "21", "20"], ["20"], []]
    assert pages[0][0].detail == {"rows": 3}


def test_what_occurs_can_be_chosen(noted: Services) -> None:
    with reading(noted.database) as connection:
        assert audit_choices(connection) == Choices(("Ana", "Luis"), ("import", "rename"), ("import", "moment", "team"))


def here(services: Services, token: str | None) -> SignedIn:
    """Return the session that a token opens."""
    found = signed_in(services, token or "")
    assert found is not None
    return found


def write_surveys(services: Services) -> None:
    """Import, look at, undo and forget answers with words."""
    rows = [{**row, "who": f"ana-{row['id']}", "words": WORDS, "team": "Ventas"} for row in answers_of(6, 20)]
    bad = {"id": "CANARY", "when": "2026-11-10 10:00", "score": 99, "words": WORDS}
    first = import_rows(services, "a.csv", [*rows, bad])
    second = import_rows(services, "b.csv", [{"id": "b", "when": "2026-11-10 10:00", "score": 9, "words": WORDS}])
    read_story(services, services.state(), ADMINISTRATOR, EVERYTHING)
    forget(services, ADMINISTRATOR, Subject("tool", f"ana-{rows[0]['id']}"))
    services.settings = services.settings.model_copy(update={"retention_months": 1})
    run_upkeep(services)
    rebuild_cubes(services)
    undo_import(services, ADMINISTRATOR, second.import_id)
    assert first.rejected == 1


def write_names(services: Services) -> None:
    """Change names, goal and organisation."""
    add_member(services, ADMINISTRATOR, "team", "Compras")
    rename_member(services, ADMINISTRATOR, "team", "Ventas", "Comercial")
    merge_member(services, ADMINISTRATOR, "team", "Compras", "Ventas")
    order_members(services, ADMINISTRATOR, "team", ["Compras", "Ventas"])
    forget_members(services, ADMINISTRATOR, "team", ["Compras"])
    set_goal(services, ADMINISTRATOR, Goal(0, 10, 45, date(2026, 9, 1), date(2026, 12, 31), 4))
    close_goal(services, ADMINISTRATOR)
    save_organisation(services, ADMINISTRATOR, Organisation("Ficticia"))


def write_improvements(services: Services) -> None:
    """Propose, change, move, look at, tell and give up improvements, and list what could be left."""
    stored = propose(services, ADMINISTRATOR, card(Horizon.QUICK_WIN, origins=("s:1",)))
    with reading(services.database) as connection:
        seen = read_improvements(connection)[-1]
    change_improvement(services, ADMINISTRATOR, replace(seen, cause=WORDS))
    for step in seen.way:
        advance(services, ADMINISTRATOR, stored, step, WORDS)
    go_back(services, ADMINISTRATOR, stored, Step.CHECKED, WORDS)
    look(services, ADMINISTRATOR, stored, WORDS)
    tell(services, ADMINISTRATOR, stored)
    drop(services, ADMINISTRATOR, stored, WORDS)
    again = propose(services, ADMINISTRATOR, card(), "demo")
    import_passages(services, ADMINISTRATOR, replace(card(), improvement_id=again))
    forget_improvements(services, ADMINISTRATOR, "demo")
    save_themes(services, ADMINISTRATOR, [Theme("late", "Plazo", ("retras*",))])
    import_rows(services, "c.csv", [{"id": "c", "when": "2026-11-20 10:00", "score": 9, "words": WORDS}])
    label_comment(services, ADMINISTRATOR, "tool:c", "late", is_about=True)
    activity = add_activity(services, ADMINISTRATOR, Activity(0, "Ventas", WORDS, "Descubrir", 10))
    remove_activity(services, ADMINISTRATOR, activity)


def write_people(services: Services) -> None:
    """Let people in and change what they may do."""
    code = open_setup(services)
    assert code is not None
    marta = here(services, set_up(services, code, "Marta", PASSWORD, HERE))
    link = invite(services, marta.scope, "Luis", Role.MANAGER)
    luis = here(services, choose_password(services, link, PASSWORD, HERE))
    renew_link(services, marta.scope, luis.person.person_id)
    rights = {"role": Role.MANAGER, "teams": (), "sites": (), "denied": (), "is_active": True}
    change_rights(services, marta.scope, luis.person.person_id, luis.person.version, **rights)  # type: ignore[arg-type]
    change_password(services, marta, PASSWORD, OTHER, HERE)
    assert sign_in(services, "Marta", PASSWORD, HERE) is None
    again = here(services, sign_in(services, "Marta", OTHER, HERE))
    look_through(services, again, Role.VIEWER)
    sign_out(services, again)


def write_screens(services: Services) -> None:
    """Let screens in, change them, put them out."""
    screen_id, _ = add_screen(services, ADMINISTRATOR, Look("Recepción", ""))
    change_look(services, ADMINISTRATOR, screen_id, 1, replace(Look("Taller", "")))
    pause_screen(services, ADMINISTRATOR, screen_id, 2, is_paused=True)
    pause_screen(services, ADMINISTRATOR, screen_id, 3, is_paused=False)
    revoke_screen(services, ADMINISTRATOR, screen_id)
    code, _ = start_pairing(services, HERE)
    confirm_pairing(services, ADMINISTRATOR, code, Look("Sala", ""))


def write_teams(services: Services) -> None:
    """Watch an indicator, change its target, report, mark, judge, and let it go."""
    number = add_indicator(services, ADMINISTRATOR, PACKED)
    report(services, ADMINISTRATOR, [Reading(number, MONDAY, 80)])
    with reading(services.database) as connection:
        (known,) = read_indicators(connection)
    change_indicator(services, ADMINISTRATOR, replace(known, name="Otro nombre"))
    set_target(services, ADMINISTRATOR, number, 95, "la ficha nueva")
    remove_mark(services, ADMINISTRATOR, add_mark(services, ADMINISTRATOR, MONDAY, "Nueva ficha"))
    report(services, ADMINISTRATOR, [Reading(number, MONDAY - place * WEEK, 80 + place) for place in range(1, 12)])
    judge(services)
    retire_indicator(services, ADMINISTRATOR, number)


def write_moments(services: Services) -> None:
    """Look after a moment."""
    keep_moment(services, ADMINISTRATOR, "Esperar", "Marta", MONDAY)
    note_walk(services, ADMINISTRATOR, "Esperar", MONDAY, "Luis")
    set_duties(services, ADMINISTRATOR, "Esperar", {"Transporte": Duty.DIRECT})
    estimate(services, ADMINISTRATOR, "Transporte", "Esperar", 8)
    forget_moments(services, ADMINISTRATOR, "demo")


def write_voice(services: Services) -> None:
    """Hear something, pass it on, decide on it and answer."""
    heard = hear(services, ADMINISTRATOR, Heard(WORDS, Mood.DISLIKE, "Ventas", "Esperar", "Cliente 1"))
    send(services, ADMINISTRATOR, heard, "Almacén")
    decide(services, ADMINISTRATOR, heard, Verdict(Outcome.DO, f"porque dijo: {WORDS}", "aviso"))
    tell_customer(services, ADMINISTRATOR, heard)
    remove_outcomes(services, ADMINISTRATOR, "demo")


def write_commitments(services: Services) -> None:
    """Promise, change, deliver, take back and let go."""
    said = replace(CATALOGUE, words=WORDS, recipients=("ana-1",))
    number = promise(services, ADMINISTRATOR, said, source="demo")
    change_commitment(services, ADMINISTRATOR, replace(said, commitment_id=number, version=1, conditions=WORDS))
    take_step(services, ADMINISTRATOR, number, 2, Taken(Stride.DELIVER, CATALOGUE.due, words=WORDS))  # type: ignore[arg-type]  # it has a date
    undo_step(services, ADMINISTRATOR, number, 3)
    forget_commitments(services, ADMINISTRATOR, "demo")


def write_meetings(services: Services) -> None:
    """Hold a meeting from its rhythm to its minutes, and see the plan."""
    table = set_table(services)
    mark_peer(services, ADMINISTRATOR, table.ana, "shows_name", value=True)
    set_rhythm(services, ADMINISTRATOR, TEAM, Rhythm(2))
    pause(services, ADMINISTRATOR, TEAM, SUNDAY + WEEK, SUNDAY + WEEK, "inventario")
    meeting = open_meeting(services, ADMINISTRATOR, TEAM)
    attend(services, ADMINISTRATOR, meeting, table.ana, is_here=True)
    go_to(services, ADMINISTRATOR, meeting, Block.SAID)
    action = agree_action(services, ADMINISTRATOR, replace(table.action(), text=WORDS))
    move_action(services, ADMINISTRATOR, action, 1, FRIDAY - timedelta(days=1))
    answer_action(services, ADMINISTRATOR, action, 2, Answer(ActionState.NOT_DONE, WORDS))
    lying = Obstacle(0, TEAM, TEAM, WORDS, SUNDAY, table.ana, FRIDAY)
    obstacle = raise_obstacle(services, ADMINISTRATOR, lying)
    send_obstacle(services, ADMINISTRATOR, obstacle, 1, "Ventas")
    take_obstacle(services, ADMINISTRATOR, obstacle, 2, table.other, FRIDAY)
    clear_obstacle(services, ADMINISTRATOR, obstacle, 3)
    close_meeting(services, ADMINISTRATOR, meeting)
    goal = set_goal(services, ADMINISTRATOR, Goal(0, 10, 45, date(2026, 9, 1), date(2026, 12, 31), 4))
    see_plan(services, ADMINISTRATOR, goal, table.ana)


WRITES: tuple[Callable[[Services], None], ...] = (
    write_surveys,
    write_names,
    write_people,
    write_screens,
    write_teams,
    write_moments,
    write_voice,
    write_improvements,
    write_commitments,
    write_meetings,
)


def recorded_verbs() -> set[str]:
    """Return the verb of every audit row that the source writes, where it stands in the call."""
    found = set()
    for path in (ROOT / "data").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "record":
                found |= {arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    return found


def test_no_row_of_the_audit_says_what_a_customer_wrote_whatever_is_written(services: Services) -> None:
    for write in WRITES:
        write(services)
    with reading(services.database) as connection:
        every = [dict(row) for row in connection.execute(sa.select(records.audit)).mappings()]
    assert "CANARY" not in json.dumps(every, default=str)
    assert "ana-" not in json.dumps(every, default=str)
    assert recorded_verbs() <= {row["verb"] for row in every}, "a write that this test does not try"


def test_a_row_that_did_say_it_would_be_noticed(services: Services) -> None:
    note(services, "tests", "add", "team", "x", words=WORDS)
    with reading(services.database) as connection:
        every = [dict(row) for row in connection.execute(sa.select(records.audit)).mappings()]
    assert "CANARY" in json.dumps(every, default=str)


def test_the_audit_is_in_the_order_of_doing_whatever_the_clock_says(noted: Services) -> None:
    assert isinstance(noted.clock, ToldClock)
    noted.clock.at -= timedelta(days=100)
    note(noted, "Ana", "undo", "import", "last")
    with reading(noted.database) as connection:
        assert read_audit(connection, Search(), MADRID, most=1)[0].noun_id == "last"
