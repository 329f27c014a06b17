"""Every sentence that refuses something can be said in Spanish, with the same gaps."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from dashboard.refusals import Refusal, said
from data.ingest.formats import MAGIC
from data.ingest.mapping import PATTERNS
from layouts.words import FOLDER, Words

ROOT = Path(__file__).resolve().parents[2]
REFUSALS = {
    *("ImportRefusedError", "MappingError", "TooLargeError", "DemoError", "ErasureError", "Refusal", "_failed"),
    *(
        "StorageError",
        "BackupError",
        "ServedAlreadyError",
        "PersonError",
        "ScreenError",
        "SecretError",
        "IndicatorError",
        "MomentError",
        "VoiceError",
        "ImprovementError",
        "ActivityError",
        "ThemeError",
        "CommitmentError",
        "ActionError",
        "MeetingError",
    ),
}
GLUE = {"{}"}


def templates() -> set[str]:
    """Return the sentence of every refusal in the source."""
    found = set(PATTERNS.values()) | {kind for kind in MAGIC.values() if " " in kind}
    folders = ("data", "dashboard", "callbacks")
    for path in (path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSALS:
                found |= {
                    arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                }
    return found - GLUE


def catalogue() -> dict[str, str]:
    with (FOLDER / "es" / "LC_MESSAGES" / "refusals.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def test_every_refusal_of_the_source_is_in_the_spanish_catalogue_and_nothing_else_is() -> None:
    assert templates() == set(catalogue())


@pytest.mark.parametrize("template", sorted(catalogue()))
def test_a_translation_has_the_gaps_of_its_template(template: str) -> None:
    gaps = re.compile(r"\{[^}]*\}")
    assert gaps.findall(catalogue()[template]) == gaps.findall(template)


def test_a_refusal_inside_a_refusal_is_translated_too() -> None:
    refusal = Refusal("mapping, '{}': {}", "dates", Refusal("min must be below max"))
    assert str(refusal) == "mapping, 'dates': min must be below max"
    assert Words("es").refusal(refusal.told()) == "Mapeo, 'dates': min debe ser menor que max"
    assert Words("en").refusal(refusal.told()) == "Mapping, 'dates': min must be below max"


def test_values_with_braces_stay_as_they_are() -> None:
    assert said(Refusal("there is no file {}", "{x}.csv").told(), str) == "there is no file {x}.csv"
