"""Malformed files through the real import: a refusal in words or a quarantine that says why, never half an import."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.filters import Filters
from dashboard.permissions import Scope
from data.database import reading
from data.imports import every_import, read_quarantine
from data.ingest.raw import ImportRefusedError
from data.services import Services, open_services
from data.settings import Settings
from data.writes.imports import import_file
from tests.data.ingest.helpers import TODAY, file, mapping
from tests.data.ingest.malformed import QUARANTINED, REFUSED

MINE = Scope.administrator()
FORMATS = ["%Y-%m-%d", "%Y-%m-%d %H:%M:%S"]
MEANING = mapping(dates={"column": "date", "formats": FORMATS})


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("malformed")
    opened = open_services(Settings(home=folder / "home", today=TODAY))
    before = "id,date,score\n" + "".join(f"old {place},2026-05-04,{place % 11}\n" for place in range(44))
    import_file(opened, MINE, file(folder, before), mapping(source="before"))
    yield opened
    opened.database.dispose()


def shown(services: Services) -> tuple[object, ...]:
    """Return everything that a screen could show: what is published, the score, the ledger, the heads of the log."""
    state = services.state()
    with reading(services.database) as connection:
        ledger = [(one.import_id, one.state) for one in every_import(connection)]
    return (
        state.revision,
        state.publication,
        services.scores(state).distribution(Filters()),
        ledger,
        services.log.versions(),
    )


def test_there_are_more_than_forty_of_them() -> None:
    assert len(REFUSED) >= 30
    assert len(QUARANTINED) >= 40


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_words_and_nothing_changes(services: Services, tmp_path: Path, name: str) -> None:
    build, message = REFUSED[name]
    path = file(tmp_path, build())
    before = shown(services)
    started = time.monotonic()
    with pytest.raises(ImportRefusedError, match=message):
        import_file(services, MINE, path, MEANING)
    assert time.monotonic() - started < (2 if name == "a million columns" else 10)
    assert shown(services) == before


@pytest.mark.parametrize("name", QUARANTINED)
def test_it_is_imported_and_what_is_rejected_says_why(services: Services, tmp_path: Path, name: str) -> None:
    build, rows, expected = QUARANTINED[name]
    path = file(tmp_path, build())
    source = f"file {list(QUARANTINED).index(name)}"
    outcome = import_file(services, MINE, path, MEANING.model_copy(update={"source": source}))
    kept = read_quarantine(services.home, outcome.import_id)
    assert kept.select("row", "column", "reason").rows() == expected
    assert all(kept["raw"].str.len_chars() > 0)
    assert outcome.rows == outcome.accepted + outcome.rejected == rows
    assert outcome.rejected == len({row for row, _, _ in expected})
    scores = services.scores(services.state())
    assert sum(scores.distribution(Filters((("source", (source,)),)))) == outcome.accepted
