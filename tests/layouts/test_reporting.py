"""The form of a value: what is missing first, and few things to touch."""

from __future__ import annotations

from datetime import timedelta

from dashboard.periods import WEEK
from layouts.reporting import Ids, form, imported, importing
from tests.boards import EN, ES, NASTY, WEEK_OF
from tests.trees import assert_only_text, components, ids, of_type, texts
from tests.watching import everybody, nobody

TODAY = WEEK_OF + timedelta(days=13)
WEEKS = [WEEK_OF - place * WEEK for place in range(4)]
EVERY = [one for team in everybody().teams for one in team.watched]


def test_what_nobody_reported_is_chosen_and_the_form_is_open() -> None:
    shown = form(ES, EVERY, everybody().silent, WEEKS, TODAY)
    chosen = {one.id: one.value for one in of_type(shown, "Select")}
    assert chosen == {Ids.INDICATOR: "5", Ids.WEEK: WEEK_OF.isoformat()}
    assert shown.open is True
    assert "faltan de la última semana: Devoluciones (fuera de plazo)" in texts(shown)
    in_time = form(ES, EVERY, everybody().silent, WEEKS, WEEK_OF + timedelta(days=8))
    assert "Devoluciones (hasta el martes)" in texts(in_time)


def test_when_all_is_told_the_form_is_closed() -> None:
    shown = form(ES, EVERY, [], WEEKS, TODAY)
    assert shown.open is False
    assert "completa" in texts(shown)


def test_nobody_watches_nothing_to_report() -> None:
    assert nobody().teams == ()
    assert ids(form(ES, [], [], WEEKS, TODAY)) == []


def test_every_field_has_a_label_and_numbers_open_the_number_pad() -> None:
    shown = form(EN, EVERY, [], WEEKS, TODAY)
    labelled = {id(one) for label in of_type(shown, "Label") for one in components(label.children)}
    fields = [one for one in components(shown) if one._type in ("Input", "Select")]
    assert all(id(one) in labelled for one in fields)
    numbers = [one for one in of_type(shown, "Input") if one.id != Ids.REASON]
    assert {one.inputmode for one in numbers} == {"decimal"}


def test_names_are_text_and_nothing_else() -> None:
    assert_only_text(form(ES, EVERY, EVERY, WEEKS, TODAY), NASTY)


def test_a_file_tells_what_came_of_it() -> None:
    told = texts(imported(ES, 3, 1, 1, [(4, NASTY, "indicator_unknown")]))
    assert "3 filas leídas: 1 datos nuevos o cambiados, 1 en blanco, 1 rechazadas" in told
    assert "ningún equipo sigue un indicador con ese nombre" in told
    found = ids(importing(ES))
    assert len(found) == len(set(found))
