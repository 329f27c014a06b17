"""Improvements pass their steps with evidence, and in no other way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.improvements import (
    SHORTEST_EVIDENCE,
    Improvement,
    ImprovementError,
    Measure,
    Move,
    advanced,
    asked_of,
    consistent,
    dropped,
    looked_at,
    one_owner,
    patches_on,
    returned,
    same_cause,
    same_measure,
    told,
)
from dashboard.steps import DECIDING, STEPS, Depth, Horizon, Route, Step, Verb

DAY = date(2026, 9, 1)
PROOF = "se vio en doce pedidos"


def card(horizon: Horizon = Horizon.MEDIUM_TERM, **said: object) -> Improvement:
    whole = {
        "cause": "nadie avisa",
        "pillar": "cumplir",
        "preference": "saberlo",
        "moments": ("Esperar",),
        "owner": "Ana",
        "due": DAY,
        **said,
    }
    new = Improvement(
        1, "Transporte", "Avisar", Route.CUSTOMERS, Verb.ENHANCE, Depth.REDESIGN, horizon, DAY - timedelta(days=60)
    )
    return replace(new, **whole)  # type: ignore[arg-type]


def moved(one: Improvement, steps: int) -> Improvement:
    for step in one.way[:steps]:
        one = advanced(one, step, PROOF, DAY, "Ana")
    return one


@pytest.mark.parametrize(("horizon", "steps"), [(Horizon.MEDIUM_TERM, 8), (Horizon.QUICK_WIN, 3)])
def test_a_card_passes_every_step_in_order_and_is_done(horizon: Horizon, steps: int) -> None:
    new = card(horizon)
    assert new.step is STEPS[horizon][0] and new.is_open
    done = moved(new, steps)
    assert done.step is None and not done.is_open and done.launched == DAY and done.decided == DAY
    with pytest.raises(ImprovementError, match="on its way"):
        advanced(done, STEPS[horizon][-1], PROOF, DAY, "Ana")


@pytest.mark.parametrize(
    ("step", "lacking", "said"),
    [
        (Step.ANALYSIS, {"cause": ""}, "cause"),
        (Step.ALIGNMENT, {"pillar": ""}, "pillar"),
        (Step.JOURNEY, {"moments": ()}, "moments"),
        (Step.CUSTOMERS, {"preference": ""}, "preference"),
        (Step.DECISION, {"owner": ""}, "answers for it"),
        (Step.DECISION, {"due": None}, "until when"),
    ],
)
def test_each_step_asks_for_its_own(step: Step, lacking: dict[str, object], said: str) -> None:
    at = moved(card(), STEPS[Horizon.MEDIUM_TERM].index(step))
    with pytest.raises(ImprovementError, match=said):
        advanced(replace(at, **lacking), step, PROOF, DAY, "Ana")  # type: ignore[arg-type]
    assert advanced(at, step, PROOF, DAY, "Ana").step is not step
    with pytest.raises(ImprovementError, match=said):
        consistent(replace(advanced(at, step, PROOF, DAY, "Ana"), **lacking))  # type: ignore[arg-type]


def test_a_step_is_not_jumped_over_and_evidence_says_something() -> None:
    with pytest.raises(ImprovementError, match="does not stand"):
        advanced(card(), Step.PILOT, PROOF, DAY, "Ana")
    with pytest.raises(ImprovementError, match=str(SHORTEST_EVIDENCE)):
        advanced(card(), Step.ANALYSIS, "  visto   ", DAY, "Ana")


def test_going_back_needs_a_reason_and_takes_later_evidence_out_of_force() -> None:
    at = moved(card(), 5)
    with pytest.raises(ImprovementError, match="understood"):
        returned(at, Step.JOURNEY, "no", DAY, "Ana")
    with pytest.raises(ImprovementError, match="has passed"):
        returned(at, Step.PILOT, PROOF, DAY, "Ana")
    back = returned(at, Step.JOURNEY, "los clientes pedían otra cosa", DAY, "Ana")
    assert back.step is Step.JOURNEY and set(back.evidence) == {Step.ANALYSIS, Step.ALIGNMENT}
    assert back.decided is None and len(back.passages) == 6, "nothing that was written is lost"


def test_what_is_given_up_stays_where_it_was() -> None:
    gone = dropped(moved(card(), 2), "cuesta más de lo que vale", DAY, "Ana")
    assert gone.is_dropped and not gone.is_open and gone.step is Step.JOURNEY
    for act in (lambda: returned(gone, Step.ANALYSIS, PROOF, DAY, "Ana"), lambda: moved(gone, 1)):
        with pytest.raises(ImprovementError):
            act()


@pytest.mark.parametrize(
    ("days", "passed", "looked", "expected"),
    [(31, 2, False, True), (30, 2, False, False), (31, 2, True, False), (31, 3, False, False), (31, 1, False, False)],
)
def test_launched_and_never_looked_at_again_shows(days: int, passed: int, looked: bool, expected: bool) -> None:
    one = card(Horizon.QUICK_WIN)
    for place, step in enumerate(one.way[:passed]):
        one = advanced(one, step, PROOF, DAY + timedelta(days=5 * (place > 1)), "Ana")
    if looked:
        one = looked_at(one, "menos llamadas que antes", DAY + timedelta(days=9), "Ana")
    assert one.is_forgotten(DAY + timedelta(days=days)) is expected


@pytest.mark.parametrize(("passed", "days", "slow"), [(0, 31, True), (1, 31, True), (2, 31, False), (0, 30, False)])
def test_a_quick_win_older_than_thirty_days_shows(passed: int, days: int, slow: bool) -> None:
    one = moved(card(Horizon.QUICK_WIN, born=DAY), passed)
    assert one.is_slow_win(DAY + timedelta(days=days)) is slow


def test_those_whose_words_led_to_it_are_to_be_told_once_it_is_launched() -> None:
    one = card(Horizon.QUICK_WIN, origins=("s:1",))
    with pytest.raises(ImprovementError, match="launched"):
        told(one, DAY, "Ana")
    launched = moved(one, 2)
    assert launched.is_untold and not told(launched, DAY, "Ana").is_untold
    assert not moved(card(Horizon.QUICK_WIN), 2).is_untold, "nobody's words led to it"


def test_a_date_that_passed_is_late_until_the_end() -> None:
    assert card().is_late(DAY + timedelta(days=1)) and not card().is_late(DAY)
    assert not moved(card(), 8).is_late(DAY + timedelta(days=1))


@pytest.mark.parametrize("several", ["Ana y Luis", "Ana, Luis", "Ana/Luis", "Ana & Luis", "Ana and Luis", "Ana; Luis"])
def test_one_answers_for_it(several: str) -> None:
    with pytest.raises(ImprovementError, match="several"):
        one_owner(several)


@pytest.mark.parametrize(
    ("name", "clean"), [(" Ana  Ruiz ", "Ana Ruiz"), ("Yolanda", "Yolanda"), ("Ada Byron", "Ada Byron")]
)
def test_a_name_is_kept_as_it_is(name: str, clean: str) -> None:
    assert one_owner(name) == clean
    with pytest.raises(ImprovementError, match="name the one"):
        one_owner("  ")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("El albarán  miente", "el albaran miente", True), ("a", "b", False), ("", "", False), ("Ñandú", "nandu", True)],
)
def test_a_cause_is_the_same_in_other_letters(one: str, other: str, same: bool) -> None:
    assert same_cause(one, other) is same


def test_patches_on_one_cause_are_counted_without_those_given_up() -> None:
    patch = card(depth=Depth.PATCH)
    every = [patch, replace(patch, cause="NADIE avisa"), card(), dropped(patch, "no hace falta ya", DAY, "Ana")]
    assert patches_on("nadie avisa", every) == 2 and patches_on("", every) == 0


def test_a_measure_is_the_same_whenever_it_was_written_down() -> None:
    first = Measure("site", "Getafe", True, since=DAY)
    assert same_measure(Measure("site", "Getafe", True), first)
    assert not same_measure(Measure("site", "Paterna", True), first) and not same_measure(first, None)


ACTS = st.sampled_from(["forward", "wrong", "short", "back", "drop", "look", "blank", "owner", "undated"])


@given(st.sampled_from(list(Horizon)), st.lists(st.tuples(ACTS, st.integers(0, 7)), max_size=40))
def test_no_sequence_of_acts_brings_a_card_past_a_step_without_evidence(
    horizon: Horizon, acts: list[tuple[str, int]]
) -> None:
    one = card(horizon)
    for act, place in acts:
        step = one.way[place % len(one.way)]
        try:
            match act:
                case "forward":
                    one = advanced(one, one.step or step, PROOF, DAY, "Ana")
                case "wrong":
                    one = advanced(one, step, PROOF, DAY, "Ana")
                case "short":
                    one = advanced(one, one.step or step, "ok", DAY, "Ana")
                case "back":
                    one = returned(one, step, PROOF, DAY, "Ana")
                case "drop":
                    one = dropped(one, PROOF, DAY, "Ana") if place == 0 else one
                case "look":
                    one = looked_at(one, PROOF, DAY, "Ana")
                case "blank":
                    one = consistent(replace(one, cause="", preference=""))
                case "owner":
                    one = consistent(replace(one, owner=one_owner("Ana y Luis" if place else "")))
                case _:
                    one = consistent(replace(one, due=None))
        except ImprovementError:
            continue
    passed = one.way[: one.way.index(one.step)] if one.step else one.way
    assert set(one.evidence) == set(passed)
    for step in passed:
        assert len(one.evidence[step].words) >= SHORTEST_EVIDENCE and one.evidence[step].move is Move.FORWARD
        assert asked_of(one, step) is None
    if DECIDING & set(passed):
        assert one.owner and one.due
