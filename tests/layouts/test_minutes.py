"""Minutes in words: both papers tell the same, and nothing that people wrote is markup."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from markdown_it import MarkdownIt

from layouts.minutes import markdown, plain, told
from layouts.words import Words
from tests.boards import EN, ES, NASTY
from tests.tables import minutes


def rendered(text: str) -> str:
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(text)


@pytest.mark.parametrize("t", [ES, EN])
def test_markdown_renders_to_the_same_tables_and_to_no_markup_of_anybody(t: Words) -> None:
    html = rendered(markdown(t, minutes()))
    found = told(t, minutes())
    assert html.count("<table>") == len(found["tables"]) == 3
    assert html.count("<tr>") == sum(len(one["rows"]) + 1 for one in found["tables"])
    assert html.count("<blockquote>") == 2
    for tag in ("<img", "<script", "<b>", "<svg", "<a "):
        assert tag not in html


@pytest.mark.parametrize(
    "words", [NASTY, "a | b", "**x** _y_ `z`", "[x](javascript:1)", "1. uno", "# no", "una\n- dos"]
)
def test_what_people_wrote_stays_text(words: str) -> None:
    html = rendered(plain(words))
    shown = html.replace("<p>", "").replace("</p>", "").strip()
    assert "<" not in shown
    assert "\n" not in plain(words)


def test_all_that_was_entered_is_told() -> None:
    found = told(ES, minutes())
    assert found["facts"] == ["Asisten 1 de 2", "24 minutos", "1 de 6 hechas", "8 semanas: 71\u202f%"]
    assert found["here"] == "Asisten: Ana Gil."
    (said, agreed, path) = found["tables"]
    assert f"sirve a «{NASTY}»" in said["rows"][0][1]
    assert agreed["rows"][0][1].endswith(f"sirve a «{NASTY}»")
    assert len(said["rows"]) == len(minutes().said)
    assert said["rows"][0][1].endswith("(arrastrada 2 veces, movida 1 vez)")
    assert agreed["rows"][0][3] == "Esperar"
    assert [row[3] for row in path["rows"]] == ["en el camino", "en el camino", "✓ despejado"]
    assert found["typed"] == ["Pedidos completos: 91\u202f% (semana del 9 nov)"]


def test_an_empty_meeting_has_no_empty_tables() -> None:
    changes: dict[str, Any] = dict.fromkeys(("said", "agreed", "obstacles", "quotes", "typed", "here"), ())
    bare = replace(minutes(), name="", **changes)
    found = told(EN, bare)
    assert (found["tables"], found["quotes"], found["typed"]) == ([], [], [])
    assert found["team"] == "Common meeting"
    assert "##" not in markdown(EN, bare)
