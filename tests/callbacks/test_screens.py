"""Pantallas: adding, changing, pausing and revoking, as a browser asks for it."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from callbacks import screens
from dashboard.screens import Preset, Scene, Screen, ScreenError, Theme
from data.database import reading
from data.screens import every_screen
from data.services import Services
from data.writes.decision import ChangedMeanwhileError
from layouts.screens import Ids
from tests.boards import ES
from tests.homes import copy, demo
from tests.trees import texts

GOOD: list[Any] = ["Recepción", "planta baja", "visitors", ["score"], 45, "light", "22:00", "07:00", ["drift"]]


@pytest.fixture
def own() -> Services:
    """A copy of the small demo, free to be changed."""
    return copy(demo())


def asked(kind: Ids, number: int, version: int = 0) -> dict[str, Any]:
    return {"type": kind.value, "screen": number, "version": version}


def values(number: int, fields: list[Any]) -> tuple[Any, ...]:
    """Return the form of one screen as the callback gets it."""
    return (*[[one] for one in fields], [{"type": Ids.NAME.value, "screen": number}])


def only(services: Services) -> Screen:
    with reading(services.database) as connection:
        (found,) = every_screen(connection)
    return found


def add(services: Services) -> Screen:
    told = texts(screens.change(services, ES, asked(Ids.SAVE, 0), values(0, GOOD)))
    assert "http://localhost/wall/" in told
    return only(services)


def test_a_screen_is_added_by_a_link_that_is_told_once(own: Services) -> None:
    look = add(own).look
    assert (look.name, look.place, look.preset, look.scenes) == (
        "Recepción",
        "planta baja",
        Preset.VISITORS,
        (Scene.SCORE,),
    )
    assert (look.rotate_seconds, look.theme, look.night_from, look.night_until) == (45, Theme.LIGHT, time(22), time(7))
    assert "/wall/" not in texts(screens.draw_list(own, ES))


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        (0, ""),
        (0, "x" * 81),
        (2, "everybody"),
        (3, []),
        (3, ["nothing"]),
        (4, 1),
        (4, None),
        (4, "x"),
        (6, ""),
        (7, "25:99"),
    ],
)
def test_a_look_that_cannot_be_is_refused_in_words(own: Services, place: int, wrong: object) -> None:
    fields = [*GOOD]
    fields[place] = wrong
    with pytest.raises(ScreenError):
        screens.change(own, ES, asked(Ids.SAVE, 0), values(0, fields))


def test_a_screen_is_changed_and_the_second_of_two_is_told(own: Services) -> None:
    one = add(own)
    changed = values(one.screen_id, ["Sala", *GOOD[1:]])
    assert screens.change(own, ES, asked(Ids.SAVE, one.screen_id, one.version), changed) == ES("screens.changed")
    assert only(own).look.name == "Sala"
    with pytest.raises(ChangedMeanwhileError):
        screens.change(own, ES, asked(Ids.SAVE, one.screen_id, one.version), changed)


def test_a_screen_rests_and_goes_on(own: Services) -> None:
    one = add(own)
    for is_paused in (True, False):
        screens.change(own, ES, asked(Ids.PAUSE, one.screen_id, only(own).version), values(one.screen_id, GOOD))
        assert only(own).is_paused is is_paused


def test_a_revoked_screen_is_gone(own: Services) -> None:
    one = add(own)
    screens.change(own, ES, asked(Ids.REVOKE, one.screen_id), values(one.screen_id, GOOD))
    assert "ninguna pantalla" in texts(screens.draw_list(own, ES))
    for kind in (Ids.REVOKE, Ids.PAUSE):
        with pytest.raises(ScreenError):
            screens.change(own, ES, asked(kind, one.screen_id, 1), values(one.screen_id, GOOD))
