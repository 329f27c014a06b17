"""The ledger tells each import and offers to take it back; names stay names."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from layouts.ledger import Row, ledger
from tests.boards import ES, NASTY
from tests.trees import addresses, assert_only_text, of_type, texts

MADRID = ZoneInfo("Europe/Madrid")
TODAY = date(2026, 11, 22)


def row(**more: Any) -> Row:
    """Return an import as the ledger shows it."""
    values = {
        "import_id": 3,
        "source": "encuesta",
        "file_name": "encuesta.csv",
        "state": "published",
        "rows_read": 12,
        "accepted": 10,
        "rejected": 2,
        "first_day": date(2026, 11, 1),
        "last_day": TODAY - timedelta(days=3),
        "message": "",
        "created_at": datetime(2026, 11, 22, 12, tzinfo=UTC),
    }
    return Row(**(values | more))


def test_the_ledger_of_nothing_is_nothing() -> None:
    assert ledger(ES, [], MADRID, TODAY) == []


def test_what_was_rejected_is_offered_to_who_may_read_it() -> None:
    assert "/download/rejected/3.csv" in addresses(ledger(ES, [row()], MADRID, TODAY))
    assert addresses(ledger(ES, [row()], MADRID, TODAY, may_read=False)) == []


def test_the_ledger_tells_each_import_and_offers_to_take_it_back() -> None:
    shown = ledger(ES, [row(), row(import_id=2, state="undone"), row(import_id=1, state="failed")], MADRID, TODAY)
    told = texts(shown)
    assert "22 nov 2026, 13:00" in told
    assert "dentro" in told
    assert "deshecho" in told
    assert "fallido" in told
    assert [one.id["import"] for one in of_type(shown, "Button")] == [3]
    assert getattr(of_type(shown, "Button")[0], "aria-label") == "Deshacer la importación de encuesta.csv"


def test_the_health_of_a_source_is_its_last_answer() -> None:
    assert "al día · última respuesta hace 3 días" in texts(ledger(ES, [row()], MADRID, TODAY))
    silent = ledger(ES, [row(last_day=TODAY - timedelta(days=30))], MADRID, TODAY)
    assert "callada · última respuesta hace 30 días" in texts(silent)
    assert "sin datos" in texts(ledger(ES, [row(state="undone")], MADRID, TODAY))


def test_what_people_wrote_never_becomes_markup() -> None:
    shown = ledger(ES, [row(source=NASTY, file_name=NASTY, message=NASTY)], MADRID, TODAY)
    assert NASTY in texts(shown)
    assert_only_text(shown, NASTY)
