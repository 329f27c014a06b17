"""The board in every state: nothing yet, every lane, what asks for somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dashboard.funnels import Funnel, Pooled, stays
from dashboard.improvements import dropped, told
from dashboard.leaving import Activity, Candidate
from dashboard.preferences import Serving
from dashboard.steps import STEPS, Horizon, Route
from layouts.improvements import Board, Chosen, Ids, board, leaving_form, page, pills, tile
from layouts.words import Words
from tests.boards import EN, ES, NASTY
from tests.dashboard.test_improvements import DAY, PROOF, card, moved
from tests.trees import assert_only_text, ids, texts

TODAY = DAY + timedelta(days=40)


def everything() -> Board:
    done = replace(moved(card(name=NASTY, cause=NASTY, owner=NASTY, origins=("s:1",)), 8), improvement_id=1)
    slow = replace(card(Horizon.QUICK_WIN, owner="", due=None, preference=""), improvement_id=2)
    gone = replace(dropped(moved(card(), 2), PROOF, DAY, "Ana"), improvement_id=3)
    every = [done, slow, gone]
    found = Funnel(Route.CUSTOMERS, 3, 1, 1, 1, Pooled(2.1, (0.4, 3.8), 1), 0.02)
    empty = Funnel(Route.SALES, 0, 0, 0, 0, None, None)
    light = Candidate(Activity(1, "Ventas", NASTY, "Descubrir", 310), 0.02, True, 3)
    silent = Candidate(Activity(2, "Ventas", "Llamada", "Volver", 420), None, False, 0)
    steps = stays(STEPS[Horizon.MEDIUM_TERM], every)
    return Board(every, every, [found, empty], steps, [light, silent], [(NASTY, 3)], TODAY, Serving(3, 8))


def test_every_place_of_the_page_is_there_once() -> None:
    found = ids(page(ES, "x"))
    assert len(found) == len(set(found))
    assert {Ids.TITLE, Ids.PILLS, Ids.CONTENT, Ids.EFFECT, Ids.FORM, Ids.SAID, Ids.LEAVING} <= set(found)


@pytest.mark.parametrize("t", [ES, EN])
def test_the_board_is_told_without_holes_and_texts_stay_texts(t: Words) -> None:
    found = board(t, everything(), Chosen())
    told_ = texts(found).replace(NASTY, "")
    assert "{" not in told_ and "None" not in told_
    assert_only_text(found, NASTY)


def test_it_says_what_asks_for_somebody() -> None:
    said = texts(board(ES, everything(), Chosen()))
    for part in (
        "Logros rápidos de más de 30 días",
        "Hechas y sin contar al cliente",
        "lleva 3 parches",
        "1 se dejó por el camino",
        "+2,1 puntos de NPS (entre 0,4 y 3,8)",
        "+2,0 puntos por cada 100 horas",
        "aún no se sabe",
        "su momento pesa un 2",
        "hay 3 compromisos abiertos",
        "sin señal del cliente",
        "El 67\u202f% de 3 mejoras dice a qué preferencia",
        "El 38\u202f% de 8 acciones dice a qué preferencia",
    ):
        assert part in said, part


def test_without_any_action_there_is_no_share_of_them() -> None:
    said = texts(board(ES, replace(everything(), actions=Serving(0, 0)), Chosen()))
    assert "Todavía no se ha acordado ninguna acción" in said
    assert "0 acciones" not in said


def test_before_there_is_any_card_it_says_what_to_do() -> None:
    bare = replace(everything(), cards=[], every=[])
    assert "Proponer una mejora" in texts(board(ES, bare, Chosen()))


def test_a_card_says_owner_date_and_state_in_words() -> None:
    said = [texts(tile(ES, one, TODAY)) for one in (card(), card(owner=""), moved(card(), 8), card(due=TODAY))]
    assert "fuera de plazo" in said[0] and "sin responsable ni fecha" in said[1]
    assert "hecha ✓" in said[2] and "fuera de plazo" not in said[3]


def test_what_was_told_asks_for_nobody() -> None:
    done = told(everything().every[0], DAY, "Ana")
    assert "sin contar al cliente" not in texts(board(ES, replace(everything(), every=[done]), Chosen()))


def test_choices_are_links_that_keep_the_others() -> None:
    chosen = Chosen("sales", "quick_win", "")
    assert chosen.link(verb="reduce") == "/improvements?route=sales&horizon=quick_win&verb=reduce"
    assert chosen.link(route="", horizon="") == "/improvements"
    assert "red comercial" in texts(pills(ES, chosen))


def test_who_may_not_write_sees_no_form() -> None:
    assert ids(leaving_form(ES, [], [], {})) == []
    assert Ids.ACTIVITY_ADD in ids(leaving_form(ES, [("v", NASTY)], [("d", "Descubrir")], {1: NASTY}))
