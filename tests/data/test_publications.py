"""Publications: which versions are shown, now and then."""

from __future__ import annotations

from data.database import reading
from data.publications import by_id, current
from data.services import Services
from tests.data.stores import answers_of, import_rows


def test_an_old_publication_can_still_be_asked_for(services: Services) -> None:
    first = services.state().publication
    import_rows(services, "a.csv", answers_of(1, 5))
    second = services.state().publication
    with reading(services.database) as connection:
        assert current(connection) == second
        assert by_id(connection, first.publication_id) == first
        assert by_id(connection, 99) is None
    assert second.publication_id > first.publication_id
    assert services.log.scan("responses", first.versions.responses).collect().is_empty()
    assert services.log.scan("responses", second.versions.responses).collect().height == 5
