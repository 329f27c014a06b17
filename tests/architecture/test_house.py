"""The house: what is where, how large it may be, and that it is told of."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from callbacks.commands.operations import settings_page
from data.settings import Settings, describe

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("dashboard", "data", "layouts", "callbacks")
TOP = {
    *PRODUCT,
    *("tests", "docs", "bench", "assets", ".ci"),
    *("app.py", "requirements.txt", "requirements-dev.txt", "requirements-engines.txt", "pyproject.toml", "Makefile"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "SECURITY.md", ".gitignore"),
}
MOST_LINES_OF_A_FILE, MOST_LINES_OF_A_FUNCTION = 400, 60
UNMIRRORED = {"architecture", "attack", "browser"}
"""Folders of tests about the whole: they mirror no folder of the product."""

ABOUT_SEVERAL = {"test_real_data.py", "test_docs.py", "test_import_twice.py", "test_refusals.py"}
"""About files from outside, a page of the docs, a command, and a catalogue: they have no one source."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def tracked() -> list[str]:
    """Return every file that belongs to the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [name for name in names if (ROOT / name).is_file()]


def sources() -> list[Path]:
    """Return every Python file of the product."""
    return [
        ROOT / name for name in tracked() if name.endswith(".py") and name.partition("/")[0] in (*PRODUCT, "app.py")
    ]


def test_the_top_of_the_repository_holds_what_it_may_and_nothing_else() -> None:
    assert {name.partition("/")[0] for name in tracked()} - TOP == set()


def mirrored(name: str) -> bool:
    """Return whether a test module has a source of its name, in the product or beside it (the tests' own tools)."""
    folder, _, module = name.removeprefix("tests/").rpartition("/")
    source = module.removeprefix("test_").removesuffix(".py")
    places = [ROOT / folder / source, ROOT / "tests" / folder / source]
    return any(place.with_suffix(".py").is_file() or (place / "__init__.py").is_file() for place in places)


def test_every_test_module_mirrors_a_source_module() -> None:
    modules = [name for name in tracked() if re.fullmatch(r"tests/(.+/)?test_\w+\.py", name)]
    ours = [name for name in modules if name.split("/")[1] not in UNMIRRORED and Path(name).name not in ABOUT_SEVERAL]
    assert [name for name in ours if not mirrored(name)] == []
    assert len(ours) > 30


def test_the_product_uses_whole_columns() -> None:
    forbidden = re.compile(r"\bmap_elements\b|\bimport pandas\b|\bfrom pandas\b|\.to_pandas\(")
    assert [str(path) for path in sources() if forbidden.search(path.read_text(encoding="utf-8"))] == []


def test_no_file_is_too_long_to_read() -> None:
    python = [ROOT / name for name in tracked() if name.endswith(".py")]
    long = {str(path): lines for path in python if (lines := len(path.read_text("utf-8").splitlines())) > 400}
    assert long == {}


def functions(path: Path) -> Iterator[Function]:
    """Yield every function of a file, methods and inner ones included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def length(function: Function) -> int:
    """Return the lines of a function, its docstring not counted."""
    assert function.end_lineno is not None
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        assert first.end_lineno is not None
        lines -= first.end_lineno - first.lineno + 1
    return lines


def test_no_function_is_too_long_to_hold_in_mind() -> None:
    migrations = ROOT / "data" / "migrations" / "versions"  # written by alembic: a list of tables
    long = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name} {length(function)}"
        for path in sources()
        if migrations not in path.parents
        for function in functions(path)
        if length(function) > MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_every_public_function_and_class_says_what_it_is() -> None:
    silent = []
    for path in sources():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not isinstance(node, ast.Module | ast.ClassDef):
                continue
            for child in node.body:
                is_public = isinstance(child, Function | ast.ClassDef) and not child.name.startswith("_")
                if is_public and ast.get_docstring(child) is None:  # type: ignore[arg-type]  # checked the line above
                    silent.append(f"{path.relative_to(ROOT)}:{child.lineno}")
    assert silent == []


def test_every_exception_to_a_rule_gives_its_reason_on_the_line() -> None:
    bare = re.compile(
        r"#\s*noqa(?!:\s*[A-Z0-9, ]+ \()|#\s*type:\s*ignore\[[^\]]+\](?!\s+#\s\S)|#\s*type:\s*ignore(?!\[)"
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if bare.search(line)
    ]
    assert found == []


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX)\b")
    names = [name for name in tracked() if name.endswith((".py", ".sh", ".md", "Makefile", ".toml"))]
    here = str(Path(__file__).relative_to(ROOT))
    assert [name for name in names if name != here and later.search((ROOT / name).read_text(encoding="utf-8"))] == []


def test_the_page_of_settings_is_what_the_settings_say() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert page == settings_page(describe()), "run: python app.py settings --markdown > docs/settings.md"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str) -> None:
    assert f"`MARCADOR_{name.upper()}`" in (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
