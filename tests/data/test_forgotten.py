"""What must not be kept: comments of before a day, and ids that come back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from dashboard.erasure import Erasure, Known
from data.forgotten import Forgotten, read_forgotten
from data.secrets import Secrets
from data.services import Services
from data.upkeep import run_upkeep
from data.writes.erasure import erase_due
from data.writes.imports import undo_import
from tests.data.stores import ADMINISTRATOR, TODAY, ToldClock, answers_of, opened, points
from tests.data.writes.test_erasure import added, assert_same_numbers, numbers
from tests.traces import traces


def test_where_everything_may_be_kept_there_is_nothing_to_look_for(services: Services) -> None:
    assert not read_forgotten(services)


def test_a_person_and_an_answer_of_the_same_id_are_two(tmp_path: Path) -> None:
    nobody = Forgotten(frozenset(), None, Secrets(tmp_path))
    lost = nobody.with_prints([nobody.print_of(Known.RESPONDENT, "tool:5")])
    rows = pl.DataFrame(
        {"respondent": ["tool:5", None, "tool:6", None], "response_id": ["tool:1", "tool:5", "x", None]}
    )
    assert rows.select(lost.whose(rows)).to_series().to_list() == [True, False, False, False]
    assert rows.select(nobody.whose(rows)).to_series().to_list() == [False] * 4


def test_of_who_was_forgotten_the_fingerprint_alone_is_kept(tmp_path: Path) -> None:
    here, elsewhere = (Forgotten(frozenset(), None, Secrets(tmp_path / name)) for name in ("a", "b"))
    told = here.print_of(Known.RESPONDENT, "tool:ana")
    assert "ana" not in told
    assert told != elsewhere.print_of(Known.RESPONDENT, "tool:ana"), "the key is the installation's own"


@pytest.mark.parametrize(
    ("day", "is_old"),
    [(date(2026, 9, 21), True), (date(2026, 9, 22), False), (None, True)],
    ids=["before", "the first day that is kept", "as old as its import"],
)
def test_a_rejected_row_is_as_old_as_it_says(tmp_path: Path, day: date | None, is_old: bool) -> None:
    lost = Forgotten(frozenset(), date(2026, 9, 22), Secrets(tmp_path))
    schema = {"row": pl.Int64, "respondent": pl.String, "response_id": pl.String, "day": pl.Date}
    told = pl.DataFrame([(7, None, None, day)], schema=schema, orient="row")
    assert lost.rejected(told, date(2026, 9, 1)).to_list() == ([7] if is_old else [])


@pytest.fixture
def kept_two_months(tmp_path: Path) -> Iterator[Services]:
    """A home whose comments are kept for two months."""
    made = opened(tmp_path / "home", retention_months=2)
    yield made
    made.database.dispose()


AGED = [
    *answers_of(4, 20, first=date(2026, 8, 3)),
    {"id": "old", "when": "2026-09-21 10:00", "score": 9, "words": "CANARY of September", "who": "ana"},
    {"id": "new", "when": "2026-09-22 10:00", "score": 3, "words": "the first that is kept", "who": "eva"},
    {"id": "bad", "when": "2026-09-21 10:00", "score": 99, "words": "CANARY in quarantine"},
    {"id": "undated", "when": "soon", "score": 9, "words": "of an unknown day"},
]


def test_old_comments_are_erased_and_scores_stay(tmp_path: Path, outside: Path) -> None:
    services = opened(tmp_path / "home")
    added(services, outside / "a.csv", AGED)
    before = numbers(services)
    assert erase_due(services) == Erasure()
    services.settings = services.settings.model_copy(update={"retention_months": 2})
    done = run_upkeep(services)
    assert (done["comments erased"], done["rejected rows emptied"]) == (1, 1)
    assert traces(services.home, "CANARY") == []
    assert_same_numbers(services, before)
    assert traces(services.home, "the first that is kept") != []
    assert traces(services.home, "of an unknown day") != []
    assert run_upkeep(services)["comments erased"] == 0


def test_what_comes_again_comes_without_its_old_comments(kept_two_months: Services, outside: Path) -> None:
    services = kept_two_months
    first = added(services, outside / "a.csv", AGED)
    score = points(services)
    assert traces(services.home, "CANARY") == []
    undo_import(services, ADMINISTRATOR, first.import_id)
    added(services, outside / "a.csv", AGED)
    added(services, outside / "b.csv", [*AGED, {"id": "more", "when": "2026-11-10 10:00", "score": 9}])
    assert points(services).n == score.n + 1
    assert traces(services.home, "CANARY") == []


def test_rejected_rows_of_no_day_are_as_old_as_their_import(kept_two_months: Services, outside: Path) -> None:
    services = kept_two_months
    added(services, outside / "a.csv", AGED)
    assert isinstance(services.clock, ToldClock)
    services.clock.at = TODAY + timedelta(days=70)
    assert erase_due(services).rejected == 1
    assert traces(services.home, "of an unknown day") == []
