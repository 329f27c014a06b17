"""A view is one noun in every layer: entry points, layout, words, a page of the docs, and the proof of each."""

from __future__ import annotations

import ast
from pathlib import Path
from types import ModuleType

import pytest

from callbacks.views import VIEWS

ROOT = Path(__file__).resolve().parents[2]


def noun(view: ModuleType) -> str:
    """Return the name of a view."""
    return view.__name__.rpartition(".")[2]


@pytest.mark.parametrize("view", VIEWS, ids=noun)
@pytest.mark.parametrize(
    "place",
    [
        "layouts/{}.py",
        "callbacks/{}.py",
        "docs/views/{}.md",
        "tests/layouts/test_{}.py",
        "tests/callbacks/test_{}.py",
    ],
)
def test_a_view_is_whole(view: ModuleType, place: str) -> None:
    assert (ROOT / place.format(noun(view))).is_file()


@pytest.mark.parametrize("view", VIEWS, ids=noun)
def test_a_view_has_a_path_a_page_and_its_wiring(view: ModuleType) -> None:
    assert view.PATH.startswith("/")
    assert callable(view.draw_page)
    assert callable(view.register)


@pytest.mark.parametrize("view", VIEWS, ids=noun)
def test_the_page_of_a_view_tells_its_address_and_its_question(view: ModuleType) -> None:
    text = (ROOT / "docs" / "views" / f"{noun(view)}.md").read_text(encoding="utf-8")
    head = text.splitlines()[0]
    assert head.startswith("# ")
    assert f"(`{view.PATH}`)" in head
    assert text.splitlines()[2].startswith("*"), "what it is for, in one line"


def test_no_page_of_the_docs_is_about_a_view_that_is_gone() -> None:
    names = {path.stem for path in (ROOT / "docs" / "views").glob("*.md")}
    assert names == {noun(view) for view in VIEWS}


def test_callbacks_are_registered_explicitly() -> None:
    for path in (ROOT / "callbacks").rglob("*.py"):
        module = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(module):
            if isinstance(node, ast.ImportFrom) and node.module == "dash":
                names = {one.name for one in node.names}
                assert not names & {"callback", "clientside_callback", "register_page"}, path.name
        for node in module.body:
            if isinstance(node, ast.FunctionDef):
                decorators = [ast.unparse(one) for one in node.decorator_list]
                assert not [one for one in decorators if "callback" in one], f"{path.name}: {node.name}"
