"""The same file twice changes nothing, a longer export adds what is new, and an import can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.filters import Filters
from dashboard.permissions import Scope
from data.imports import read_quarantine
from data.ingest.raw import ImportRefusedError
from data.services import Services, open_services
from data.settings import Settings
from data.writes.imports import import_file, preview, undo_import
from tests.data.ingest.helpers import TODAY, file, mapping

MINE = Scope.administrator()
ROWS = ["a,2026-05-04,9,x,4", "b,2026-05-05,3,x,2", "c,2026-05-05,10,y,5"]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    opened = open_services(Settings(home=tmp_path / "home", today=TODAY))
    yield opened
    opened.database.dispose()


def survey(folder: Path, *rows: str) -> Path:
    return file(folder, "\n".join(["id,date,score,moment,lived", *rows]))


def counts(services: Services) -> tuple[int, ...]:
    return services.scores(services.state()).distribution(Filters())


def test_the_same_file_twice_changes_nothing(services: Services, tmp_path: Path) -> None:
    path = survey(tmp_path, *ROWS)
    first = import_file(services, MINE, path, mapping())
    revision, before = services.revision(), counts(services)
    second = import_file(services, MINE, path, mapping())
    assert (first.is_new, second.is_new, second.import_id) == (True, False, first.import_id)
    assert (services.revision(), counts(services)) == (revision, before)


@pytest.mark.parametrize("has_id", [True, False])
def test_a_longer_export_adds_only_what_is_new(services: Services, tmp_path: Path, has_id: bool) -> None:
    meaning = mapping(id="id" if has_id else None)
    import_file(services, MINE, survey(tmp_path, *ROWS[:2]), meaning)
    again = import_file(services, MINE, survey(tmp_path, ROWS[2], *ROWS[:2]), meaning)
    assert (again.rows, again.accepted, again.rejected) == (3, 1, 2)
    kept = read_quarantine(services.home, again.import_id)
    assert kept.select("row", "reason").rows() == [(3, "already_imported"), (4, "already_imported")]
    assert '"id":"a"' in kept["raw"][0]
    assert sum(counts(services)) == 3


def test_every_row_of_a_known_long_answer_is_rejected(services: Services, tmp_path: Path) -> None:
    rating = {"moment_column": "moment", "lived": "lived", "min": 1, "max": 5}
    meaning = mapping(layout="long", ratings=[rating])
    rows = ["a,2026-05-04,9,x,4", "a,2026-05-04,9,y,2"]
    import_file(services, MINE, survey(tmp_path, *rows), meaning)
    again = import_file(services, MINE, survey(tmp_path, *rows, "b,2026-05-04,9,x,1"), meaning)
    assert (again.accepted, again.rejected, again.ratings) == (1, 2, 1)


def test_undone_and_imported_again_is_the_same(services: Services, tmp_path: Path) -> None:
    path = survey(tmp_path, *ROWS)
    first = import_file(services, MINE, path, mapping())
    before = counts(services)
    undo_import(services, MINE, first.import_id)
    assert sum(counts(services)) == 0
    assert import_file(services, MINE, path, mapping()).is_new
    assert counts(services) == before
    with pytest.raises(ImportRefusedError, match="is undone; there is nothing to undo"):
        undo_import(services, MINE, first.import_id)


def test_a_preview_says_the_same_and_does_nothing(services: Services, tmp_path: Path) -> None:
    path = survey(tmp_path, *ROWS, "d,2026-05-05,11,y,5")
    revision = services.revision()
    seen = preview(services, path, mapping())
    assert (seen.rows, seen.accepted, seen.rejected, services.revision()) == (4, 3, 1, revision)
    done = import_file(services, MINE, path, mapping())
    assert done.rejections.equals(seen.rejections)
    assert done.responses.drop("import_id").equals(seen.responses.drop("import_id"))


def test_two_sources_may_use_the_same_ids(services: Services, tmp_path: Path) -> None:
    path = survey(tmp_path, *ROWS)
    import_file(services, MINE, path, mapping())
    assert import_file(services, MINE, path, mapping(source="other")).accepted == 3
    assert sum(counts(services)) == 6


def test_of_one_person_the_latest_answer_of_the_week_counts(services: Services, tmp_path: Path) -> None:
    meaning = mapping(respondent="moment")
    import_file(services, MINE, survey(tmp_path, *ROWS), meaning)
    assert counts(services)[3] == counts(services)[10] == sum(counts(services)) / 2 == 1
