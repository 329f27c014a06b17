"""Importing and undoing: everything of a file is seen or nothing, once."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from dashboard.filters import EVERYTHING
from dashboard.permissions import NotAllowedError, Role, Scope
from data.database import reading
from data.imports import ImportState, every_import, import_by_id, read_quarantine
from data.ingest.mapping import parse_mapping
from data.ingest.raw import ImportRefusedError
from data.services import Services
from data.upkeep import check_cubes
from data.writes.imports import import_file, preview, undo_import
from data.writes.publications import published_versions
from tests.data.stores import ADMINISTRATOR, MAPPING, answers_of, import_rows, points, survey

ROWS = answers_of(3, 20)


def states(services: Services) -> list[ImportState]:
    with reading(services.database) as connection:
        return [found.state for found in every_import(connection)]


def test_the_same_file_twice_changes_nothing(services: Services) -> None:
    first = import_rows(services, "a.csv", ROWS)
    before, score = services.state(), points(services)
    again = import_rows(services, "a.csv", ROWS)
    assert (first.is_new, again.is_new) == (True, False)
    assert (again.import_id, again.rows, again.accepted) == (first.import_id, first.rows, first.accepted)
    assert services.state() == before
    assert points(services) == score
    assert len(states(services)) == 1


def test_answers_already_in_the_log_are_rejected_with_that_reason(services: Services) -> None:
    import_rows(services, "a.csv", ROWS[:40])
    more = import_rows(services, "b.csv", ROWS)
    assert (more.rows, more.accepted, more.rejected) == (60, 20, 40)
    assert set(more.rejections["reason"]) == {"already_imported"}
    assert points(services).n == 60
    with reading(services.database) as connection:
        found = import_by_id(connection, more.import_id)
    assert found is not None
    assert (found.rows_read, found.accepted, found.rejected) == (60, 20, 40)
    assert read_quarantine(services.home, more.import_id).height == 40


def test_undo_restores_exactly_the_score_before(services: Services) -> None:
    import_rows(services, "a.csv", [*ROWS, {"id": "x", "who": "ana", "when": "2026-09-01 10:00", "score": 3}])
    weeks = services.scores(services.state()).weeks
    before, score = weeks(EVERYTHING), points(services)
    late = [{"id": f"n{index}", "who": "ana", "when": "2026-09-02 10:00", "score": 10} for index in range(3)]
    second = import_rows(services, "b.csv", [*late, *answers_of(6, 5, team="Ventas")[20:]])
    assert points(services) != score
    found = undo_import(services, ADMINISTRATOR, second.import_id)
    assert found.state is ImportState.UNDONE
    assert points(services) == score
    assert services.scores(services.state()).weeks(EVERYTHING).equals(before)
    assert check_cubes(services)[0] == 0


def test_what_was_undone_can_be_imported_again(services: Services) -> None:
    first = import_rows(services, "a.csv", ROWS)
    score = points(services)
    undo_import(services, ADMINISTRATOR, first.import_id)
    assert points(services).points is None
    again = import_rows(services, "a.csv", ROWS)
    assert again.is_new
    assert again.import_id != first.import_id
    assert points(services) == score


@pytest.mark.parametrize("import_id", [1, 99])
def test_only_an_import_in_force_can_be_undone(services: Services, import_id: int) -> None:
    first = import_rows(services, "a.csv", ROWS)
    undo_import(services, ADMINISTRATOR, first.import_id)
    with pytest.raises(ImportRefusedError, match=r"nothing to undo|there is no import"):
        undo_import(services, ADMINISTRATOR, import_id)


def test_a_file_without_one_good_row_is_an_import_of_nothing(services: Services) -> None:
    outcome = import_rows(services, "a.csv", [{"when": "never", "score": 9}, {"when": "2026-11-10 10:00", "score": 11}])
    assert (outcome.rows, outcome.accepted, outcome.rejected) == (2, 0, 2)
    assert points(services).points is None
    undo_import(services, ADMINISTRATOR, outcome.import_id)
    assert states(services) == [ImportState.UNDONE]


def test_a_dry_run_says_the_same_and_does_nothing(services: Services) -> None:
    import_rows(services, "a.csv", ROWS[:10])
    before = (services.state(), states(services), published_versions(services))
    path = survey(services.home / "b.csv", [*ROWS, {"id": "z", "when": "?", "score": 1}])
    mapping = parse_mapping(MAPPING.format(source="tool"))
    told = preview(services, path, mapping)
    assert (told.import_id, told.rows, told.accepted, told.rejected) == (0, 61, 50, 11)
    assert (services.state(), states(services), published_versions(services)) == before
    done = import_file(services, ADMINISTRATOR, path, mapping)
    assert (done.rows, done.accepted, done.rejected) == (told.rows, told.accepted, told.rejected)
    assert done.rejections.equals(told.rejections)


def test_who_may_not_does_not(services: Services) -> None:
    path = survey(services.home / "a.csv", ROWS)
    for role in (Role.KIOSK, Role.VIEWER, Role.MEMBER, Role.CAPTAIN):
        with pytest.raises(NotAllowedError):
            import_file(services, Scope(role), path, parse_mapping(MAPPING.format(source="tool")))
        with pytest.raises(NotAllowedError):
            undo_import(services, Scope(role), 1)
    assert states(services) == []


def test_a_file_that_is_not_there_is_refused(services: Services) -> None:
    with pytest.raises(ImportRefusedError, match="there is no file"):
        import_file(services, ADMINISTRATOR, services.home / "no.csv", parse_mapping(MAPPING.format(source="t")))


def test_a_reader_with_an_old_publication_reads_its_own_numbers(services: Services) -> None:
    import_rows(services, "a.csv", ROWS)
    old = services.state()
    reader = services.scores(old)
    later = [row | {"id": f"later {row['id']}"} for row in answers_of(3, 7, first=date(2026, 9, 28))]
    import_rows(services, "b.csv", later)
    assert reader.weeks(EVERYTHING)["n"].sum() == 60
    fresh = services.scores(old)
    assert fresh.weeks(EVERYTHING)["n"].sum() == 60
    assert points(services).n == 81


def test_an_import_that_fails_midway_is_written_down_and_leaves_no_trace(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_rows(services, "a.csv", ROWS)
    before, score = services.state().publication, points(services)
    import data.writes.imports as module

    def broken(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(module, "refresh_cubes", broken)
        with pytest.raises(OSError, match="disk is full"):
            import_rows(services, "b.csv", answers_of(5, 10)[30:])
    assert services.state().publication == before
    assert states(services)[0] is ImportState.FAILED
    assert check_cubes(services)[0] == 0
    assert points(services) == score
    done = import_rows(services, "b.csv", answers_of(5, 10)[30:])
    assert done.is_new
    assert points(services).n == 60 + 20
    assert check_cubes(services)[0] == 0


RATED = """
version = 1
source = "tool"
id = "id"
respondent = "who"

[dates]
column = "when"
formats = ["%Y-%m-%d"]

[[ratings]]
moment = "Pagar"
attribute = "price"
lived = "price"
min = 1
max = 5

[[ratings]]
moment = "Pagar"
attribute = "ease"
lived = "ease"
min = 1
max = 5
"""


def test_no_rating_is_lost_when_a_later_answer_silences_an_earlier_one(services: Services) -> None:
    for index in (1, 2):
        path = services.home / f"{index}.csv"
        path.write_text(f"id,who,when,price,ease\n{index},ana,2026-11-1{index},4,5\n", encoding="utf-8")
        import_file(services, ADMINISTRATOR, path, parse_mapping(RATED))
    ratings = services.log.scan("ratings", published_versions(services).ratings).collect()
    assert sorted(ratings["lived"].to_list()) == [4, 4, 5, 5]
    assert ratings.filter("counts")["response_id"].unique().to_list() == ["tool:2"]
    assert ratings.filter(~pl.col("counts"))["response_id"].unique().to_list() == ["tool:1"]
