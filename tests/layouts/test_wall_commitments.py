"""The wall's scene of the commitments: three numbers, what is due next, and no customer's name."""

from __future__ import annotations

from datetime import UTC, date, datetime

from dashboard.ledger import kept_of
from dashboard.organisation import Organisation
from dashboard.satisfaction import Satisfaction
from dashboard.screens import Look
from layouts.wall import Promised, scenes
from layouts.wall_commitments import LONGEST, scene, short
from tests.boards import EN, ES, board_of, goal_of
from tests.dashboard.test_ledger import TODAY, entry
from tests.layouts.test_commitments import ledger
from tests.trees import texts

NOW, COMPANY = datetime(2026, 11, 22, 9, 42, tzinfo=UTC), Organisation("La Ficticia", meeting="lunes 9:00")
FELT = Satisfaction(40, -0.6, -0.9, -0.3, 0.5)


def test_three_numbers_and_what_is_due_next() -> None:
    due = (entry(1, due=TODAY, account="Cliente 07"), entry(2, due=date(2026, 11, 25), people=5))
    one = ledger(kept=kept_of(343, 312, 20), overdue=14, satisfaction=FELT, entries=due, orders_soon=((TODAY, 3),))
    told = texts(scene(ES, one, {"Ventas": "Comercial"}, COMPANY, NOW))
    for part in ("91\u202f%", "14", "−0,6", "hoy", "miércoles", "Comercial", "3 entregas prometidas", "312 de 343"):
        assert part in told, part
    assert "Cliente 07" not in told


def test_few_are_not_told_as_a_share() -> None:
    one = ledger(kept=kept_of(5, 4, 1), satisfaction=Satisfaction(3, -4.0, None, None, 1.0))
    told = texts(scene(EN, one, {}, COMPANY, NOW))
    assert "80" not in told
    assert "4.0" not in told
    assert "Nothing falls due" in told


def test_visitors_and_houses_without_commitments_have_no_such_scene() -> None:
    board, look = board_of(goal=goal_of()), Look("Sala")
    full = Promised(ledger(entries=(entry(),)), {})
    for promised, count in ((None, 1), (Promised(ledger(), {}), 1), (full, 2)):
        drawn = scenes(ES, board, None, COMPANY, NOW, look, promised=promised)
        assert len(drawn) == 1 + count


def test_what_is_too_long_ends_in_a_mark() -> None:
    assert short("x" * LONGEST) == "x" * LONGEST
    assert len(short("x" * 200)) == LONGEST
