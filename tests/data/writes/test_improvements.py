"""Improvements are stored, moved and forgotten inside one decision."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from dashboard.erasure import Subject
from dashboard.improvements import Improvement, ImprovementError, Measure, Move, Passage, Worth
from dashboard.permissions import NotAllowedError, Role, Scope
from dashboard.steps import Horizon, Step
from dashboard.themes import Theme
from data.database import reading
from data.improvements import read_improvements
from data.services import Services
from data.themes import read_labels
from data.writes.decision import ChangedMeanwhileError
from data.writes.erasure import forget
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
from data.writes.themes import label_comment, save_themes
from tests.dashboard.test_improvements import DAY, PROOF, card
from tests.data.stores import ADMINISTRATOR, import_rows
from tests.data.writes.tables import at_once

MEMBER = Scope(Role.MEMBER, ("Transporte",), who="Luis")
CAPTAIN = Scope(Role.CAPTAIN, ("Transporte",), who="Ana")
OTHERS = Scope(Role.CAPTAIN, ("Ventas",), who="Eva")


def known(services: Services) -> Improvement:
    with reading(services.database) as connection:
        return read_improvements(connection)[-1]


def full(**said: object) -> Improvement:
    measure = Measure("site", "Getafe", True, since=DAY)
    worth = Worth(40, 1200, 90, 2.5, 0.5, "bajas de 2025")
    return card(measure=measure, worth=worth, origins=("s:1", "s:2"), is_internal=True, **said)


def test_a_card_comes_back_as_it_was_written(services: Services) -> None:
    stored = propose(services, MEMBER, full())
    assert known(services) == replace(full(), improvement_id=stored)


def test_a_whole_way_is_stored_with_its_evidence(services: Services) -> None:
    stored = propose(services, MEMBER, card(Horizon.QUICK_WIN))
    with pytest.raises(NotAllowedError, match="captain"):
        advance(services, MEMBER, stored, Step.DECIDED, PROOF)
    advance(services, CAPTAIN, stored, Step.DECIDED, PROOF)
    advance(services, MEMBER, stored, Step.LAUNCHED, PROOF)
    with pytest.raises(ImprovementError, match="look again"):
        advance(services, MEMBER, stored, Step.LAUNCHED, PROOF)
    go_back(services, MEMBER, stored, Step.LAUNCHED, "faltaba el turno de noche")
    advance(services, MEMBER, stored, Step.LAUNCHED, "ahora con los dos turnos")
    advance(services, MEMBER, stored, Step.CHECKED, PROOF)
    look(services, MEMBER, stored, "sigue igual de bien")
    tell(services, MEMBER, stored)
    found = known(services)
    today = services.state().today
    assert [(one.move, one.step, one.who) for one in found.passages] == [
        (Move.FORWARD, Step.DECIDED, "Ana"),
        (Move.FORWARD, Step.LAUNCHED, "Luis"),
        (Move.BACK, Step.LAUNCHED, "Luis"),
        (Move.FORWARD, Step.LAUNCHED, "Luis"),
        (Move.FORWARD, Step.CHECKED, "Luis"),
        (Move.LOOKED, None, "Luis"),
        (Move.TOLD, None, "Luis"),
    ]
    assert found.step is None and found.launched == today and found.version == 8


def test_giving_up_is_for_the_captain(services: Services) -> None:
    stored = propose(services, MEMBER, card())
    with pytest.raises(NotAllowedError):
        drop(services, MEMBER, stored, PROOF)
    drop(services, CAPTAIN, stored, PROOF)
    assert known(services).is_dropped


@pytest.mark.parametrize("who", [OTHERS, Scope(Role.VIEWER, ("Transporte",)), Scope(Role.KIOSK)])
def test_other_teams_and_lower_roles_write_nothing(services: Services, who: Scope) -> None:
    with pytest.raises(NotAllowedError):
        propose(services, who, card())
    stored = propose(services, MEMBER, card())
    before = known(services)
    for act in (
        lambda: advance(services, who, stored, Step.ANALYSIS, PROOF),
        lambda: drop(services, who, stored, PROOF),
        lambda: change_improvement(services, who, before),
        lambda: look(services, who, stored, PROOF),
        lambda: tell(services, who, stored),
    ):
        with pytest.raises(NotAllowedError):
            act()
    assert known(services) == before


def test_the_second_of_two_who_change_a_card_is_told(services: Services) -> None:
    propose(services, MEMBER, card())
    seen = known(services)
    change_improvement(services, MEMBER, replace(seen, cause="otra causa"))
    with pytest.raises(ChangedMeanwhileError):
        change_improvement(services, CAPTAIN, replace(seen, cause="una tercera"))
    assert known(services).cause == "otra causa"


def test_of_two_who_move_a_card_at_the_same_moment_one_does_and_the_other_is_told(services: Services) -> None:
    for _ in range(10):
        stored = propose(services, CAPTAIN, card())
        told = at_once(*[lambda of=stored: advance(services, CAPTAIN, of, Step.ANALYSIS, PROOF)] * 4)
        assert sum(one is None for one in told) == 1, told
        assert sum(isinstance(one, ChangedMeanwhileError | ImprovementError) for one in told) == 3, told
        assert (len(known(services).passages), known(services).version) == (1, 2)


def test_nobody_moves_a_card_while_it_is_being_read_to_be_moved(services: Services) -> None:
    stored, mine, told = propose(services, CAPTAIN, card()), threading.current_thread(), list[object]()
    moved = (services, CAPTAIN, stored, Step.ANALYSIS, PROOF)
    other = threading.Thread(target=lambda: told.extend(at_once(lambda: advance(*moved))))

    def meanwhile(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if "FROM passages" in statement and threading.current_thread() is mine and other.ident is None:
            other.start()
            other.join(1)

    sa.event.listen(services.database, "after_cursor_execute", meanwhile)
    advance(*moved)
    other.join()
    assert isinstance(told[0], ChangedMeanwhileError | ImprovementError)
    assert (len(known(services).passages), known(services).version) == (1, 2)


def test_whoever_moves_an_old_version_is_told(services: Services) -> None:
    stored = propose(services, CAPTAIN, card(Horizon.QUICK_WIN, origins=("s:1",)))
    advance(services, CAPTAIN, stored, Step.DECIDED, PROOF, 1)
    advance(services, CAPTAIN, stored, Step.LAUNCHED, PROOF, 2)
    before = known(services)
    for act in (
        lambda: advance(services, CAPTAIN, stored, Step.CHECKED, PROOF, 2),
        lambda: go_back(services, CAPTAIN, stored, Step.LAUNCHED, PROOF, 2),
        lambda: drop(services, CAPTAIN, stored, PROOF, 2),
        lambda: look(services, CAPTAIN, stored, PROOF, 2),
        lambda: tell(services, CAPTAIN, stored, 2),
    ):
        with pytest.raises(ChangedMeanwhileError):
            act()
    assert known(services) == before and before.version == 3


def test_what_a_passed_step_asked_for_cannot_be_taken_away(services: Services) -> None:
    stored = propose(services, MEMBER, card())
    advance(services, MEMBER, stored, Step.ANALYSIS, PROOF)
    with pytest.raises(ImprovementError, match="cause"):
        change_improvement(services, MEMBER, replace(known(services), cause=" "))
    with pytest.raises(ImprovementError, match="several"):
        change_improvement(services, MEMBER, replace(known(services), owner="Ana y Luis"))


def test_owner_and_date_of_what_was_decided_are_the_captains(services: Services) -> None:
    stored = propose(services, MEMBER, card(Horizon.QUICK_WIN))
    advance(services, CAPTAIN, stored, Step.DECIDED, PROOF)
    later = replace(known(services), due=DAY + timedelta(days=9))
    with pytest.raises(NotAllowedError):
        change_improvement(services, MEMBER, later)
    change_improvement(services, CAPTAIN, later)
    assert known(services).due == DAY + timedelta(days=9)


def test_team_horizon_birth_and_story_stay_and_a_new_measure_is_dated(services: Services) -> None:
    propose(services, ADMINISTRATOR, full())
    seen = known(services)
    forged = (Passage(Move.FORWARD, Step.ANALYSIS, PROOF, DAY, "nobody"),)
    other = Measure("site", "Paterna", True, since=date(2020, 1, 1))
    sent = replace(seen, team="Ventas", horizon=Horizon.QUICK_WIN, born=DAY, passages=forged, measure=other)
    change_improvement(services, ADMINISTRATOR, sent)
    found = known(services)
    assert (found.team, found.horizon, found.born, found.passages) == (seen.team, seen.horizon, seen.born, ())
    assert found.measure == replace(other, since=services.state().today)


def test_a_story_from_before_is_checked_move_by_move(services: Services) -> None:
    stored = propose(services, CAPTAIN, card(Horizon.QUICK_WIN))
    good = Passage(Move.FORWARD, Step.DECIDED, PROOF, DAY, "Ana")
    bad = Passage(Move.FORWARD, Step.CHECKED, PROOF, DAY, "Ana")
    with pytest.raises(ImprovementError):
        import_passages(services, CAPTAIN, replace(card(), improvement_id=stored, passages=(good, bad)))
    assert known(services).passages == (), "all or nothing"
    import_passages(services, CAPTAIN, replace(card(), improvement_id=stored, passages=(good,)))
    assert known(services).passages == (good,)


def test_a_source_is_forgotten_whole(services: Services) -> None:
    stored = propose(services, CAPTAIN, card(), "demo")
    advance(services, CAPTAIN, stored, Step.ANALYSIS, PROOF)
    kept = propose(services, CAPTAIN, card())
    assert forget_improvements(services, CAPTAIN, "demo") == 1
    with reading(services.database) as connection:
        assert [one.improvement_id for one in read_improvements(connection)] == [kept]


def test_there_is_no_card_of_another_number(services: Services) -> None:
    with pytest.raises(ImprovementError, match="no such"):
        advance(services, CAPTAIN, 99, Step.ANALYSIS, PROOF)
    with pytest.raises(ImprovementError, match="name"):
        propose(services, CAPTAIN, card(name="  "))


def test_the_answers_of_the_forgotten_leave_improvements_and_themes(services: Services) -> None:
    rows = [
        {"id": str(place), "when": "2026-11-10 10:00", "score": 9, "words": "hay retraso siempre", "who": f"p{place}"}
        for place in range(3)
    ]
    import_rows(services, "a.csv", rows)
    save_themes(services, ADMINISTRATOR, [Theme("late", "Plazo", ("retras*",))])
    propose(services, ADMINISTRATOR, card(origins=("tool:0", "tool:1")))
    for answer in ("tool:0", "tool:1"):
        label_comment(services, ADMINISTRATOR, answer, "late", is_about=True)
    forget(services, ADMINISTRATOR, Subject("tool", "p0"))
    assert known(services).origins == ("tool:1",)
    with reading(services.database) as connection:
        assert read_labels(connection)["response_id"].to_list() == ["tool:1"]
