"""The question of the commitments: by hand and in bulk together, as much as who asks may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from dashboard.commitments import Commitment, Opinion, Side, Step, Teller
from dashboard.filters import EVERYTHING, filters
from dashboard.permissions import Capability, NotAllowedError, Role, Scope
from data.ledger import own_entries, read_ledger, read_public, season
from data.services import Services
from data.writes.commitments import Taken, promise, take_step
from tests.data.stores import ADMINISTRATOR, ToldClock
from tests.data.writes.test_commitments import CATALOGUE, EXPECTED, LIVED, TODAY
from tests.data.writes.test_promises import SECOND, sent


@pytest.fixture
def stored(services: Services, outside: Path) -> Services:
    """A home with five orders and two commitments by hand, one delivered late."""
    sent(services, outside, SECOND)
    late = promise(services, ADMINISTRATOR, CATALOGUE, [EXPECTED])
    take_step(services, ADMINISTRATOR, late, 1, Taken(Step.DELIVER, TODAY, words="en PDF", opinions=[LIVED]))
    promise(services, ADMINISTRATOR, Commitment(0, "Almacén", "Llamar", date(2026, 11, 3), due=date(2026, 11, 12)))
    return services


def test_hand_and_bulk_are_counted_together(stored: Services) -> None:
    ledger = read_ledger(stored, stored.state(), ADMINISTRATOR)
    assert (ledger.kept.due, ledger.kept.kept, ledger.overdue, ledger.oldest) == (6, 1, 2, 10)
    assert (ledger.waiting, ledger.waiting_for) == (1, 3)
    assert (ledger.satisfaction.n, ledger.satisfaction.mean) == (1, -3)
    assert [one.commitment.what for one in ledger.entries] == ["Llamar", "Catálogo en papel"]
    assert dict(ledger.teams.select("key", "promised").iter_rows()) == {"Transporte": 2, "Almacén": 3, "Ventas": 1}
    assert [one.commitment.what for one in ledger.breaches] == ["Catálogo en papel"]
    assert [one.words_of(Step.DELIVER) for one in ledger.announced] == ["en PDF"]
    assert ledger.standards == {}, "no commitment by hand is kept by them"
    assert not ledger.is_empty


def test_filters_and_periods_narrow_it_but_what_is_overdue_stays(stored: Services) -> None:
    state = stored.state()
    by_team = read_ledger(stored, state, ADMINISTRATOR, filters({"team": ["Almacén"]}))
    assert (by_team.kept.due, by_team.overdue, len(by_team.entries)) == (3, 2, 1)
    last_week = read_ledger(stored, state, ADMINISTRATOR, EVERYTHING.within(date(2026, 11, 16), TODAY))
    assert (last_week.kept.due, last_week.overdue) == (2, 2)


def test_an_empty_house_has_an_empty_ledger(services: Services) -> None:
    ledger = read_ledger(services, services.state(), ADMINISTRATOR)
    assert ledger.is_empty
    assert (ledger.kept.share, ledger.oldest, ledger.ages, ledger.aftermath) == (None, None, (0, 0, 0, 0), None)


def test_without_anything_by_hand_the_season_ends_with_the_newest_promise(services: Services, outside: Path) -> None:
    old = "1,eva,2015-01-01,2015-03-04,2015-03-04,a,b\n"
    assert season(services, services.state()).until == TODAY
    sent(services, outside, old)
    assert season(services, services.state()).until == date(2015, 3, 8)


def test_other_teams_see_that_it_was_promised_and_not_to_whom(stored: Services) -> None:
    for scope in (Scope(Role.VIEWER), Scope(Role.MEMBER, ("Almacén",))):
        entry = next(one for one in own_entries(stored, scope) if one.commitment.team == "Ventas")
        assert entry.commitment.what == "Catálogo en papel"
        assert (entry.commitment.account, entry.commitment.recipients, entry.commitment.words) == ("", (), "")
        assert entry.words_of(Step.DELIVER) == ""
        assert "Ana" not in {opinion.recipient for opinion in entry.opinions}
        assert entry.satisfaction == -3
    own = own_entries(stored, Scope(Role.MEMBER, ("Ventas",)))
    assert {one.commitment.account for one in own} == {"Cliente 07", ""}


def test_who_is_kept_to_a_site_sees_nothing_of_another(stored: Services) -> None:
    scope = Scope(Role.MANAGER, sites=("Norte",))
    promise(stored, ADMINISTRATOR, replace(CATALOGUE, site="Norte"))
    ledger = read_ledger(stored, stored.state(), scope)
    assert [one.commitment.site for one in ledger.entries] == ["Norte"]
    assert ledger.kept.due == 1


def test_who_may_not_see_scores_is_refused(stored: Services) -> None:
    blind = Scope(Role.KIOSK, denied=frozenset({Capability.SEE_WALL}))
    with pytest.raises(NotAllowedError):
        read_ledger(stored, stored.state(), blind)
    with pytest.raises(NotAllowedError):
        read_ledger(stored, stored.state(), Scope(Role.KIOSK), filters({"team": ["Almacén"]}))


def test_the_public_read_only_what_was_marked(stored: Services) -> None:
    promise(
        stored, ADMINISTRATOR, replace(CATALOGUE, what="Respuesta en 4 h", due=None, standard="4 h", is_public=True)
    )
    _, shown = read_public(stored, stored.state(), Scope(Role.KIOSK))
    assert [one.commitment.what for one in shown] == ["Respuesta en 4 h"]
    assert shown[0].commitment.account == ""


def test_an_estimate_of_ours_is_apart(stored: Services) -> None:
    ours = [replace(EXPECTED, teller=Teller.ESTIMATE), Opinion("Ana", Side.LIVED, 9, Teller.ESTIMATE, TODAY)]
    number = promise(stored, ADMINISTRATOR, CATALOGUE)
    take_step(stored, ADMINISTRATOR, number, 1, Taken(Step.TELL, TODAY, opinions=ours))
    ledger = read_ledger(stored, stored.state(), ADMINISTRATOR)
    assert (ledger.satisfaction.n, ledger.estimated.n, ledger.estimated.mean) == (1, 1, 1)


def test_a_continuous_standard_is_kept_by_what_is_promised_in_bulk_under_its_name(stored: Services) -> None:
    promise(stored, ADMINISTRATOR, replace(CATALOGUE, what="Rapidez", due=None, standard="order in 24 h"))
    ledger = read_ledger(stored, stored.state(), ADMINISTRATOR)
    one = next(entry for entry in ledger.entries if entry.commitment.what == "Rapidez")
    held = ledger.state(one)
    assert held is not None
    assert (held.due, held.kept) == (4, 1)


def test_what_is_due_today_is_overdue_tomorrow_and_every_screen_is_told(stored: Services) -> None:
    promise(stored, ADMINISTRATOR, Commitment(0, "Almacén", "Hoy", date(2026, 11, 3), due=TODAY))
    before, version = read_ledger(stored, stored.state(), ADMINISTRATOR), stored.version()
    assert isinstance(stored.clock, ToldClock)
    stored.clock.at += timedelta(days=1)
    after = read_ledger(stored, stored.state(), ADMINISTRATOR)
    assert (after.overdue, after.kept.due) == (before.overdue + 1, before.kept.due + 1)
    assert stored.version() != version
    assert stored.version() == stored.state().version
