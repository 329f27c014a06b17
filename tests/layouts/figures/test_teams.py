"""The charts of the teams: valid, honest about holes, and the placebo in sight."""

from __future__ import annotations

from base64 import b64decode
from xml.etree import ElementTree as ET

import pytest

from dashboard.evidence import Proof
from dashboard.indicators import Direction
from dashboard.lags import LagProfile
from layouts.figures.base import BLUE
from layouts.figures.teams import mark_places, profile, weeks
from tests.boards import EN, ES
from tests.layouts.figures.test_scoreboard import assert_drawable
from tests.watching import MARK, PACKED, tried, watched

SVG = "{http://www.w3.org/2000/svg}"


def shapes(values: tuple[float | None, ...], **more: object) -> list[ET.Element]:
    source = weeks(watched(values).course, **more)  # type: ignore[arg-type]  # marks
    return list(ET.fromstring(b64decode(source.partition(",")[2])))  # noqa: S314 (our own drawing)


def lines(found: list[ET.Element], *, dashed: bool) -> list[ET.Element]:
    polylines = [one for one in found if one.tag == f"{SVG}polyline"]
    return [one for one in polylines if ("stroke-dasharray" in one.attrib) is dashed]


def test_a_week_not_reported_is_a_hole_in_the_line() -> None:
    assert len(lines(shapes((96, 91, 97)), dashed=False)) == 1
    assert len(lines(shapes((96, None, 97)), dashed=False)) == 2


def test_the_target_is_drawn_as_it_was_each_week() -> None:
    (target,) = lines(shapes((96, 91, 97, 96)), dashed=True)
    heights = [point.partition(",")[2] for point in target.attrib["points"].split()]
    assert len(set(heights)) == 2, "two weeks under the old target, two under the new"


def test_marks_are_drawn_in_their_week() -> None:
    found = [one for one in shapes((1, 2, 3, 4, 5), marks=(MARK,)) if one.tag == f"{SVG}line"]
    assert len(found) == 1
    assert mark_places(watched((1, 2, 3, 4, 5)).course.weeks, (MARK,)) == [9]


def test_nothing_known_draws_nothing() -> None:
    from dataclasses import replace

    assert weeks(watched((None,), indicator=replace(PACKED, targets=())).course) == ""


def profile_of(proof: Proof) -> LagProfile:
    found = tried(proof).profile
    assert found is not None
    return found


@pytest.mark.parametrize("proof", [Proof.STRONG, Proof.NONE])
@pytest.mark.parametrize("direction", list(Direction))
def test_the_profile_is_drawable(proof: Proof, direction: Direction) -> None:
    for t in (ES, EN):
        assert_drawable(profile(t, profile_of(proof), direction))


def test_only_lags_beyond_chance_are_filled_and_never_the_same_week() -> None:
    found = profile_of(Proof.STRONG)
    placebo, points = profile(ES, found, Direction.MORE)["data"]
    assert placebo["y"][0] == round(found.placebo, 3)
    assert points["x"] == list(range(9))
    filled = [lag for lag, colour in enumerate(points["marker"]["color"]) if colour == BLUE]
    assert 3 in filled
    assert 0 not in filled
    assert points["y"][0] == round(found.same_week, 3)


def test_what_shows_nothing_fills_nothing() -> None:
    _, points = profile(ES, profile_of(Proof.NONE), Direction.MORE)["data"]
    assert BLUE not in points["marker"]["color"]
