"""The wall's own SVG: shapes only, inside its frame, in every state."""

from __future__ import annotations

import re
from base64 import b64decode
from xml.etree import ElementTree

import pytest

from layouts.figures.wall import COLOURS, HEIGHT, WIDTH, Path, path
from tests.boards import board_of, empty, every_board, goal_of

BOARDS = dict(every_board())
SHAPES = {"svg", "polygon", "polyline", "line", "circle"}


def svg(drawing: Path) -> str:
    """Return the text of the drawing."""
    assert drawing.image.startswith("data:image/svg+xml;base64,")
    return b64decode(drawing.image.partition(",")[2]).decode()


@pytest.mark.parametrize("name", BOARDS)
@pytest.mark.parametrize("theme", list(COLOURS))
def test_every_state_is_drawn_inside_the_frame(name: str, theme: str) -> None:
    drawing = path(BOARDS[name], theme)
    if drawing is None:
        return
    text = svg(drawing)
    root = ElementTree.fromstring(text)  # noqa: S314 (our own drawing)
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= SHAPES
    for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", text):
        assert 0 <= float(x) <= WIDTH, name
        assert 0 <= float(y) <= HEIGHT, name
    for place in (drawing.start, drawing.target, drawing.now):
        assert all(0 <= share <= 1 for share in place), name
    assert "nan" not in text


def test_nothing_is_drawn_without_a_goal_or_without_answers() -> None:
    assert path(board_of(), "dark") is None
    assert path(empty(goal_of()), "dark") is None


def test_up_is_up() -> None:
    drawing = path(board_of(goal=goal_of(32, 45)), "dark")
    assert drawing is not None
    assert drawing.target[1] < drawing.start[1]
    assert drawing.target[0] > drawing.start[0]
