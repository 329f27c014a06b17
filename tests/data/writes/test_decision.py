"""The one way to write: change, audit row and revision together, or nothing."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from dashboard.screens import Look
from data import records
from data.database import reading
from data.services import Services
from data.writes.decision import ChangedMeanwhileError, NotAuditedError, decision
from data.writes.imports import undo_import
from data.writes.members import add_member, rename_member
from data.writes.screens import add_screen
from tests.data.stores import ADMINISTRATOR, answers_of, import_rows, opened
from tests.data.writes.tables import at_once


def audit(services: Services) -> list[dict[str, object]]:
    with reading(services.database) as connection:
        rows = connection.execute(sa.select(records.audit).order_by(records.audit.c.id)).mappings()
        return [dict(row) for row in rows]


def test_a_decision_that_records_nothing_is_rolled_back(services: Services) -> None:
    before = services.revision()
    with pytest.raises(NotAuditedError), decision(services, "tests") as made:
        made.connection.execute(sa.insert(records.members).values(dimension="team", key="x", name="x", position=0))
    assert services.state().members.every == ()
    assert services.revision() == before


def test_a_decision_that_fails_leaves_neither_change_nor_audit_nor_revision(services: Services) -> None:
    before, notes = services.revision(), len(audit(services))
    with pytest.raises(ZeroDivisionError), decision(services, "tests") as made:
        made.record("add", "team", "x")
        raise ZeroDivisionError
    assert services.revision() == before
    assert len(audit(services)) == notes


def test_a_row_changes_only_from_the_version_that_was_read(services: Services) -> None:
    number, _ = add_screen(services, ADMINISTRATOR, Look("Oficina"))
    with decision(services, "tests") as made:
        made.change(records.screens, number, 1, {"paused": True})
        made.record("pause", "screen", number)
    for stale in ((number, 1), (number, 3), (number + 1, 2)):
        with pytest.raises(ChangedMeanwhileError), decision(services, "tests") as made:
            made.record("resume", "screen", number)
            made.change(records.screens, *stale, {"paused": False})
    with reading(services.database) as connection:
        kept = connection.execute(sa.select(records.screens.c.paused, records.screens.c.version)).one()
    assert tuple(kept) == (True, 2)


@pytest.fixture(params=["read committed", "repeatable read", "serializable"])
def strict(request: pytest.FixtureRequest, tmp_path: Path, database_url: str) -> Iterator[Services]:
    """Yield services over PostgreSQL as an operator may have set it: two who write at once really do."""
    if not database_url:
        pytest.skip("SQLite lets one write after the other")
    level = request.param.replace(" ", "\\ ")
    made = opened(tmp_path / "home", f"{database_url}?options={quote(f'-c default_transaction_isolation={level}')}")
    with reading(made.database) as connection, made.database.connect() as other:
        del connection
        assert other.exec_driver_sql("show transaction_isolation").scalar() == request.param
    yield made
    made.database.dispose()


def test_whoever_loses_a_race_is_told_and_what_was_acknowledged_stays(strict: Services) -> None:
    number, _ = add_screen(strict, ADMINISTRATOR, Look("Oficina"))
    before = strict.revision()
    with pytest.raises(ChangedMeanwhileError), decision(strict, "second") as made:
        made.connection.execute(sa.select(records.screens)).all()
        with decision(strict, "first") as other:
            other.change(records.screens, number, 1, {"paused": True})
            other.record("pause", "screen", number)
        made.record("resume", "screen", number)
        made.change(records.screens, number, 1, {"paused": False})
    with reading(strict.database) as connection:
        kept = connection.execute(sa.select(records.screens.c.paused, records.screens.c.version)).one()
    assert tuple(kept) == (True, 2)
    assert strict.revision() == before + 1
    assert [row["who"] for row in audit(strict)][-1] == "first"


def test_two_who_wait_for_each_other_do_not_wait_for_ever(strict: Services) -> None:
    numbers = [add_screen(strict, ADMINISTRATOR, Look(name))[0] for name in ("Oficina", "Muelle")]
    met = threading.Barrier(2)

    def pausing(order: list[int]) -> None:
        with decision(strict, "tests") as made:
            made.change(records.screens, order[0], 1, {"paused": True})
            met.wait()
            made.change(records.screens, order[1], 1, {"paused": True})
            made.record("pause", "screen", order[0])

    told = at_once(lambda: pausing(numbers), lambda: pausing(numbers[::-1]))
    assert sorted(type(one).__name__ for one in told) == ["ChangedMeanwhileError", "NoneType"]
    with reading(strict.database) as connection:
        assert connection.execute(sa.select(records.screens.c.version)).scalars().all() == [2, 2]


def test_a_fault_that_is_no_race_stays_a_fault(services: Services) -> None:
    with pytest.raises(sa.exc.DBAPIError), decision(services, "tests") as made:
        made.connection.exec_driver_sql("select nothing from nowhere")


def test_the_revision_grows_by_one_with_every_decision(services: Services) -> None:
    seen = [services.revision()]
    for key in "abc":
        add_member(services, ADMINISTRATOR, "team", key)
        seen.append(services.revision())
    assert seen == list(range(seen[0], seen[0] + 4))
    assert services.state().version.startswith(f"{seen[-1]}.")


def test_each_decision_says_who_did_what_and_when(services: Services) -> None:
    add_member(services, ADMINISTRATOR, "team", "a")
    rename_member(services, ADMINISTRATOR, "team", "a", "Almacén")
    last = audit(services)[-1]
    assert (last["verb"], last["noun"], last["noun_id"]) == ("rename", "team", "a")
    assert last["detail"] == {"before": "a", "after": "Almacén"}
    assert last["at"] == services.clock.now()


def test_the_audit_holds_no_word_of_a_customer(services: Services) -> None:
    secret = "El repartidor llamado Fulano fue grosero"
    outcome = import_rows(services, "a.csv", answers_of(2, 5, words=secret, who="fulano@example.com"))
    import_rows(services, "b.csv", answers_of(2, 5, words=secret))
    undo_import(services, ADMINISTRATOR, outcome.import_id)
    told = json.dumps([row["detail"] for row in audit(services)], default=str)
    assert "Fulano" not in told
    assert "example.com" not in told
    with reading(services.database) as connection:
        for table in records.metadata.tables.values():
            rows = connection.execute(sa.select(table)).all()
            assert "Fulano" not in str(rows), table.name


def test_eight_who_decide_at_once_all_count(services: Services) -> None:
    before = services.revision()
    crowd = [
        threading.Thread(target=add_member, args=(services, ADMINISTRATOR, "team", f"t{index}")) for index in range(8)
    ]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    assert services.revision() == before + 8
    assert len(services.state().members.every) == 8
