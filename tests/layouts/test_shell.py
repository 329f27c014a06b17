"""The frame: menu, filters, language, and ids that are there once."""

from __future__ import annotations

from datetime import date

from dash import html

from dashboard.filters import EVERYTHING, NO_VALUE, filters
from layouts.shell import MENU, MORE, Filter, Ids, card, downloads, empty, filter_bar, heading, root, shell, table
from tests.boards import EN, ES, EVERYBODY, NASTY
from tests.trees import addresses, assert_only_text, classes, components, ids, of_type, tables, texts

OPTIONS = {"team": [("a", "Almacén"), ("b", "Ventas"), ("c", "Posventa")], "segment": [("x", "industrial")]}
PERIODS = [("", "últimas 13 semanas"), ("since=2026-01-01&until=2026-11-15", "todo")]


def test_every_page_starts_from_the_same_stores() -> None:
    assert set(ids(root("1.20261109"))) == {
        *(Ids.URL, Ids.FILTERS, Ids.POPPED, Ids.VERSION, Ids.ROUTE, Ids.TOAST, Ids.OFFLINE, Ids.SCREEN),
    }


def test_the_page_one_is_on_is_marked_in_the_menu() -> None:
    for entry in (*MENU, *MORE):
        items = [
            one for one in of_type(shell(ES, entry.path, "", EVERYBODY), "Li") if getattr(one, "aria-current", None)
        ]
        assert [texts(one) for one in items] == [ES(entry.key)]


def test_the_content_can_be_skipped_to() -> None:
    frame = shell(ES, "/", html.P("hola"), EVERYBODY)
    first = of_type(frame, "A")[0]
    assert first.href == "#main"
    assert of_type(frame, "Main")[0].id == "main"
    assert getattr(of_type(frame, "Nav")[0], "aria-label") == "Menú principal"


def test_the_other_language_is_one_click_away() -> None:
    links = [one for one in of_type(shell(ES, "/", "", EVERYBODY), "A") if getattr(one, "lang", None)]
    assert [(link.lang, link.href) for link in links] == [("en", "?lang=en")]


def test_a_pill_says_what_is_chosen() -> None:
    def said(*values: str) -> str:
        return texts(filter_bar(ES, filters({"team": values}), OPTIONS, PERIODS, "últimas 13 semanas"))

    assert "Equipo   todos" in said().replace("Equipo todos", "Equipo   todos")
    assert "Almacén y Ventas" in said("a", "b")
    assert "3 elegidos" in said("a", "b", "c")
    assert "desconocido" in said("desconocido")


def test_every_filter_is_a_control_with_a_name() -> None:
    bar = filter_bar(ES, EVERYTHING, OPTIONS, PERIODS, "últimas 13 semanas")
    found = [one for one in ids(bar) if isinstance(one, dict)]
    assert {one["type"] for one in found} == {Filter.CHOICE, Filter.EDGE}
    assert [texts(one) for one in of_type(bar, "Legend")] == ["Equipo", "Segmento"]
    assert getattr(bar, "aria-label") == "Filtros"


def test_a_chosen_value_that_is_gone_can_still_be_taken_away() -> None:
    bar = filter_bar(ES, filters({"team": ["gone", NO_VALUE]}), OPTIONS, PERIODS, "")
    team = next(one for one in of_type(bar, "Checklist") if one.id["dimension"] == "team")
    values = [option["value"] for option in team.options]
    assert set(team.value) <= set(values), "what is chosen but not drawn can never be unchosen"


def test_a_period_is_told_in_days() -> None:
    chosen = filters({}, date(2026, 1, 1), date(2026, 3, 31))
    assert "1 ene – 31 mar" in texts(filter_bar(ES, chosen, OPTIONS, PERIODS, ""))
    assert "1 Jan – today" in texts(filter_bar(EN, filters({}, date(2026, 1, 1)), OPTIONS, PERIODS, ""))
    assert "mc-chosen" in classes(filter_bar(ES, chosen, {}, PERIODS, ""))


def test_downloads_carry_the_filters() -> None:
    links = addresses(downloads(ES, "scoreboard", "team=a&since=2026-01-01", picture="scoreboard-path"))
    assert links == [
        "/download/scoreboard.csv?team=a&since=2026-01-01",
        "/download/scoreboard.xlsx?team=a&since=2026-01-01",
    ]
    assert addresses(downloads(ES, "sources", "")) == ["/download/sources.csv", "/download/sources.xlsx"]


def test_tables_have_heads_and_a_name() -> None:
    shown = table("Respuestas", ["Nota", "Parte"], [["10", "30 %"]])
    assert tables(shown) == [["Respuestas", ["Nota", "Parte"], [["10", "30 %"]]]]
    assert (shown.tabIndex, shown.role, getattr(shown, "aria-label")) == ("0", "region", "Respuestas")


def test_an_empty_state_says_why_and_what_next() -> None:
    told = texts(empty(ES, "Nada", "Importa", [html.A("ir", href="/sources")]))
    assert told == "Nada Importa ir"


def test_a_heading_has_one_title() -> None:
    assert len(of_type(heading(ES, "Datos", "…"), "H1")) == 1
    assert "mc-note" in classes(card("x", title="t", note="n"))


def test_what_people_wrote_never_becomes_markup() -> None:
    options = {"team": [(NASTY, NASTY)]}
    bar = filter_bar(ES, filters({"team": [NASTY]}), options, PERIODS, "")
    assert NASTY in texts(bar)
    assert_only_text([bar, table(NASTY, [NASTY], [[NASTY]])], NASTY)
    assert all(not isinstance(option["label"], dict) for one in of_type(bar, "Checklist") for option in one.options)
    assert not [one for one in components(bar) if one._type == "Checklist" and getattr(one, "label_style", None)]
