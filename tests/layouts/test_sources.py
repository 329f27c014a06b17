"""Data: four steps, the ledger, and file names that stay names."""

from __future__ import annotations

from typing import Any

from layouts.sources import ROLES, UNUSED, Ids, chooser, done, page, problem, steps, understood, would_do
from tests.boards import EN, ES, NASTY
from tests.trees import addresses, assert_only_text, components, ids, of_type, texts


def draft(*columns: dict[str, Any]) -> dict[str, Any]:
    """Return a draft as the browser keeps it."""
    return {"columns": list(columns), "rows": 2831, "how": "comma, utf-8", "name": "encuesta.csv", "mapping": "…"}


def column(name: str = "NPS", role: str = "recommend", **detail: Any) -> dict[str, Any]:
    """Return what was seen in a column."""
    return {"name": name, "example": "9", "role": role, "detail": detail}


def outcome(**more: Any) -> dict[str, Any]:
    """Return what an import would do."""
    values = {
        "import_id": 3,
        "is_new": True,
        "rows": 12,
        "accepted": 10,
        "rejected": 2,
        "ratings": 0,
        "invited": 0,
        "score": {"points": 40.0, "low": 10.0, "high": 60.0, "n": 10},
        "rejections": [
            {"row": 3, "column": "NPS", "value": "11", "reason": "score_out_of_range"},
            {"row": 5, "column": None, "value": "", "reason": "row_is_empty"},
        ],
        "reasons": [{"reason": "score_out_of_range", "row": 1}, {"reason": "row_is_empty", "row": 1}],
    }
    return values | more


def test_the_page_has_every_place_once() -> None:
    found = ids(page(ES))
    assert len(found) == len(set(found))
    assert {Ids.STEPS, Ids.ALERT, Ids.UNDERSTOOD, Ids.SIDE, Ids.PROGRESS, Ids.LIST, Ids.DRAFT} <= set(found)


def test_the_step_one_is_on_is_marked() -> None:
    for current in (1, 2, 3, 4):
        marked = [one for one in steps(ES, current, {}) if getattr(one, "aria-current", None) == "step"]
        assert [texts(one)[0] for one in marked] == [str(current)]


def test_steps_tell_what_is_known() -> None:
    told = texts(steps(ES, 3, {"name": "encuesta.csv", "understood": 1, "rejected": 2}))
    assert "encuesta.csv" in told
    assert "1 columna entendida" in told
    assert "2 filas" in told


def test_what_each_column_is_can_be_changed_and_is_labelled() -> None:
    shown = understood(ES, draft(column(), column("fecha", "date", formats=["%Y-%m-%d"]), column("x", "")), "toml")
    selects = of_type(shown, "Select")
    assert [select.value for select in selects] == ["recommend", "date", UNUSED]
    assert [option["value"] for option in selects[0].options] == list(ROLES)
    assert "Qué es la columna NPS" in texts(shown)
    assert "comas, utf-8 · 2.831 filas" in texts(shown)


def test_what_the_date_leaves_open_is_asked_and_never_guessed() -> None:
    undecided = texts(understood(ES, draft(column("f", "date", formats=["?"])), ""))
    assert "¿qué va primero?" in undecided
    assert "¿De qué mes y año?" in texts(understood(ES, draft(column("d", "date", part="day")), ""))
    assert "¿De qué día es la encuesta?" in texts(understood(ES, draft(column()), ""))
    settled = understood(ES, draft(column("f", "date", formats=["%Y-%m-%d"])), "")
    assert not [one for one in ids(settled) if isinstance(one, dict) and one["type"] == Ids.DATES]


def test_how_cells_are_read_is_said() -> None:
    shown = texts(understood(EN, draft(column("r", "rating", min=1, max=5, no_answer=[0, 6])), ""))
    assert "1–5" in shown
    assert "0, 6" in shown


def test_importing_says_first_what_it_would_do() -> None:
    shown = would_do(ES, outcome())
    told = texts(shown)
    assert "+40" in told
    assert "entre 10 y 60" in told
    assert "12 filas leídas = 10 dentro + 2 fuera" in told
    assert "Quedan fuera 2 filas" in told
    assert "fuera de 0–10" in told
    assert "fila «»" in told
    assert Ids.IMPORT in ids(shown)


def test_nothing_to_import_disables_the_button() -> None:
    empty = outcome(accepted=0, rejected=12, score={"points": None})
    button = next(one for one in components(would_do(ES, empty)) if getattr(one, "id", None) == Ids.IMPORT)
    assert button.disabled is True


def test_everything_inside_is_said_too() -> None:
    assert "Todas las filas entran." in texts(would_do(ES, outcome(rejected=0, rejections=[], reasons=[])))


def test_done_says_what_happened_and_where_to_look() -> None:
    shown = done(ES, outcome())
    assert "10 respuestas importadas." in texts(shown)
    assert [link.href for link in of_type(shown, "Link")] == ["/"]
    assert [link.href for link in of_type(shown, "A")] == ["/download/rejected/3.csv"]
    assert addresses(done(ES, outcome(), may_read=False)) == ["/"]
    assert "no ha cambiado nada" in texts(done(ES, outcome(is_new=False)))


def test_what_people_wrote_never_becomes_markup() -> None:
    bad = outcome(rejections=[{"row": 1, "column": NASTY, "value": NASTY, "reason": "date_unreadable"}])
    shown = [
        understood(ES, draft(column(NASTY, example=NASTY), {**column(NASTY, ""), "example": NASTY}), NASTY),
        steps(ES, 2, {"name": NASTY}),
        would_do(ES, bad),
        done(ES, bad),
        problem(ES, NASTY),
    ]
    assert NASTY in texts(shown)
    assert_only_text(shown, NASTY)


def test_a_file_can_be_chosen() -> None:
    slot = [one for one in components(chooser(ES)) if getattr(one, "data-mc-file", None)]
    assert len(slot) == 1
