"""Commitments are read back with everything that hangs on them, each with its own."""

from __future__ import annotations

from dataclasses import replace

from data.commitments import read_entries
from data.database import reading
from data.services import Services
from data.writes.commitments import promise
from tests.data.stores import ADMINISTRATOR
from tests.data.writes.test_commitments import CATALOGUE, EXPECTED


def test_each_commitment_has_its_own_recipients_and_opinions(services: Services) -> None:
    first = promise(services, ADMINISTRATOR, CATALOGUE, [EXPECTED])
    second = promise(services, ADMINISTRATOR, replace(CATALOGUE, what="Otra cosa", recipients=("Eva",)))
    with reading(services.database) as connection:
        found = read_entries(connection)
        assert read_entries(connection, 99) == ()
        assert read_entries(connection, second) == found[1:]
    assert [entry.commitment.commitment_id for entry in found] == [first, second]
    assert [entry.commitment.recipients for entry in found] == [("Ana", "Luis"), ("Eva",)]
    assert [len(entry.opinions) for entry in found] == [1, 0]
