"""Settings: what is asked is done or refused in a sentence, and what was stays in the history."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from callbacks import settings
from callbacks.application import create_app
from callbacks.settings import change_member, goal_of
from dashboard.goal import GoalError, Vote
from data.database import reading
from data.organisation import read_goals
from data.services import Services
from layouts.settings import Ids
from tests.boards import ES, NASTY
from tests.callbacks.asking import ask, spoken_words
from tests.homes import copy, demo
from tests.trees import ids, texts

GOAL = (32, 45, "2026-11-22", "2027-06-30", 13, "answer", "Por el cliente")


@pytest.fixture
def own() -> Services:
    """A demo of one's own, free to be changed."""
    return copy(demo())


SAYING = (Ids.SAVED, Ids.GOAL_SAID, Ids.MEMBER_SAID, Ids.DEMO_SAID)


def said(services: Services, output: str, values: dict[str, Any]) -> Any:
    """Return what a callback says."""
    with create_app(services, is_testing=True).server.test_client() as client:
        answer = ask(client, output, values)
        assert answer.status_code == 200
        name, prop = output.rsplit(".", 1)
        told = json.loads(answer.data)["response"][name][prop]
        return spoken_words(told) if name in SAYING else told


def test_a_goal_of_the_form() -> None:
    goal = goal_of(GOAL)
    assert (goal.start_points, goal.target_points, goal.deadline) == (32, 45, date(2027, 6, 30))
    assert goal.vote is Vote.ANSWER


@pytest.mark.parametrize(
    "values",
    [
        (None, *GOAL[1:]),
        (32, None, *GOAL[2:]),
        (32, 32, *GOAL[2:]),
        (32, 145, *GOAL[2:]),
        (32, 45, "2026-11-22", None, *GOAL[4:]),
        (32, 45, "2026-11-22", "2026-11-22", *GOAL[4:]),
        (*GOAL[:4], 0, *GOAL[5:]),
        (*GOAL[:4], None, *GOAL[5:]),
    ],
)
def test_a_goal_that_cannot_be_played_is_refused(values: tuple[Any, ...]) -> None:
    with pytest.raises(GoalError):
        goal_of(values)


FIELDS = (Ids.START, Ids.TARGET, Ids.STARTS, Ids.DEADLINE, Ids.WINDOW, Ids.VOTE, Ids.WHY)


def form(*values: Any) -> dict[str, Any]:
    """Return the form as the browser sends it, with its click."""
    return {f"{Ids.SET}.n_clicks": 1} | {f"{name}.value": value for name, value in zip(FIELDS, values, strict=True)}


def test_setting_a_goal_closes_the_one_before(own: Services) -> None:
    assert "Objetivo fijado" in said(own, f"{Ids.GOAL_SAID}.children", form(40, 50, *GOAL[2:]))
    with reading(own.database) as connection:
        goals = read_goals(connection)
    assert [(goal.target_points, is_open) for goal, is_open in goals] == [(50, True), (45, False)]
    assert "en juego" in texts(settings.draw_goals(own, ES))


@pytest.mark.parametrize("values", [("x", *GOAL[1:]), (*GOAL[:2], "soon", *GOAL[3:]), (*GOAL[:5], "nobody", "")])
def test_nonsense_is_refused_in_a_sentence(own: Services, values: tuple[Any, ...]) -> None:
    assert "Revisa el objetivo" in said(own, f"{Ids.GOAL_SAID}.children", form(*values))


def test_the_organisation_is_saved_or_refused(own: Services) -> None:
    fields = {
        f"{Ids.SAVE}.n_clicks": 1,
        f"{Ids.NAME}.value": NASTY,
        f"{Ids.LANGUAGE}.value": "en",
        f"{Ids.ZONE}.value": "Atlantic/Canary",
        f"{Ids.MEETING}.value": "",
    }
    assert said(own, f"{Ids.SAVED}.children", fields)
    assert own.state().organisation.name == NASTY
    assert own.state().organisation.language == "en"
    for name, wrong in ((Ids.NAME, " "), (Ids.LANGUAGE, "fr"), (Ids.ZONE, "Mars/Base")):
        assert "needs a name" in said(own, f"{Ids.SAVED}.children", fields | {f"{name}.value": wrong}).replace(
            "A name, a language and a time zone that exist are needed", "needs a name"
        )


def test_members_are_renamed_merged_separated_ordered_and_added(own: Services) -> None:
    def asked(kind: Ids, key: str, **more: str) -> dict[str, str]:
        return {"type": kind.value, "dimension": "team", "key": key, **more}

    assert change_member(own, own.state(), asked(Ids.RENAME, "Ventas"), "Comercial", None) == "renamed"
    assert own.state().members.name("team", "Ventas") == "Comercial"
    assert change_member(own, own.state(), asked(Ids.RENAME, "Ventas"), "Comercial", None) is None
    assert change_member(own, own.state(), asked(Ids.MERGE, "Posventa", into="select"), "Ventas", None) == "was_merged"
    assert "Posventa cuenta como Comercial" in texts(settings.draw_members(own, own.state(), ES))
    assert change_member(own, own.state(), asked(Ids.MERGE, "Posventa", into=""), 1, None) == "unmerged"
    assert change_member(own, own.state(), asked(Ids.UP, "Transporte"), 1, None) == "ordered"
    assert change_member(own, own.state(), asked(Ids.UP, "Transporte"), 1, None) is None
    add = {"type": Ids.ADD_BUTTON.value, "dimension": "team"}
    assert change_member(own, own.state(), add, 1, "Calidad") == "added"
    assert change_member(own, own.state(), add, 1, "") is None
    assert "Calidad" in own.state().members.names("team")


def test_the_score_counts_merged_teams_as_one(own: Services) -> None:
    before = own.scores(own.state()).values("team")
    into = {"type": Ids.MERGE.value, "dimension": "team", "key": "Posventa", "into": "select"}
    change_member(own, own.state(), into, "Ventas", None)
    assert set(before) - set(own.scores(own.state()).values("team")) == {"Posventa"}


def test_unknown_members_and_kinds_are_refused_and_not_shown(own: Services) -> None:
    with pytest.raises(ValueError, match="not in list"):
        change_member(own, own.state(), {"type": Ids.UP.value, "dimension": "team", "key": "nobody"}, 1, None)
    with pytest.raises(KeyError):
        change_member(own, own.state(), {"type": "evil", "dimension": "team", "key": "x"}, 1, None)


def test_the_demo_can_be_removed_here(own: Services) -> None:
    assert Ids.DEMO_REMOVE in ids(settings.draw_page(own, own.state(), ES, ""))
    assert "ya no está" in said(own, f"{Ids.DEMO_SAID}.children", {f"{Ids.DEMO_REMOVE}.n_clicks": 1})
    assert Ids.DEMO_REMOVE not in ids(settings.draw_page(own, own.state(), ES, ""))
    assert not own.scores(own.state()).has_answers or own.state().goal is None
