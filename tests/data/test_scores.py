"""What a screen shows from cubes is what the rows say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.filters import DIMENSIONS, EVERYTHING, NO_VALUE, Filters, filters
from dashboard.members import Member, Members
from dashboard.nps import net_promoter_score, with_counts
from dashboard.permissions import NotAllowedError, Role, Scope
from dashboard.scoreboard import counts_of
from dashboard.tables import SCORES
from data.rollup import MEASURES
from data.scores import Scores
from data.services import Services
from data.upkeep import check_cubes
from tests.data.stores import AWKWARD_VALUES, awkward_responses, invitations, opened, responses, store

ASKED = invitations(
    [
        {"day": date(2024, 2, 29), "invited": 10, "channel": "Almacén"},
        {"day": date(2025, 1, 1), "invited": 5, "channel": None},
        {"day": date(2026, 11, 10), "invited": 7, "segment": "x"},
    ]
)
MERGES = Members(
    (
        Member("team", "Almacén", "Almacén"),
        Member("team", "almacén", "almacén", "Almacén", 1),
        Member("team", "Almacén ", "Almacén", "almacén", 2),
        Member("channel", "東京", "Tokio", "Almacén"),
    )
)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    services = opened(tmp_path_factory.mktemp("awkward") / "home con espacio")
    store(services, awkward_responses(1500), ASKED)
    yield services
    services.database.dispose()


def scores_of(services: Services, members: Members = Members()) -> Scores:  # noqa: B008 (frozen and empty)
    return Scores(services.log, services.state().publication.versions, members)


VALUES = st.sampled_from([value for value in (*AWKWARD_VALUES, "Ventas", "Esperar", "s", "compras", NO_VALUE) if value])
DAYS = st.none() | st.sampled_from([date(1970, 1, 1), date(2024, 2, 29), date(2025, 1, 1), date(2026, 11, 10)])
DAYS |= st.dates(date(2025, 10, 1), date(2026, 12, 1))


@st.composite
def questions(draw: st.DrawFn) -> tuple[Filters, tuple[str, ...]]:
    names = st.sampled_from(DIMENSIONS)
    where = draw(st.dictionaries(names, st.lists(VALUES, min_size=1, max_size=3), max_size=2))
    if "audience" in where:
        where["audience"] = draw(st.sampled_from([["internal"], ["external", "internal"]]))
    since, until = draw(DAYS), draw(DAYS)
    if since and until and until < since:
        since, until = until, since
    return filters(where, since, until), tuple(draw(st.lists(names, max_size=1)))


@pytest.mark.parametrize("members", [Members(), MERGES], ids=["plain", "merged"])
def test_cells_from_cubes_equal_cells_from_rows(stored: Services, members: Members) -> None:
    scores = scores_of(stored, members)

    @settings(settings.get_profile("store"))
    @given(questions())
    def agree(question: tuple[Filters, tuple[str, ...]]) -> None:
        asked, by = question
        external = asked if asked.values("audience") else asked.with_values("audience", ("external",))
        needed = tuple(sorted(external.dimensions | set(by)))
        ends = [day.weekday() for day in (asked.since, asked.until) if day]
        is_of_weeks = ends == [0 if asked.since else 6] or ends in ([], [0, 6])
        keys = ["week", *by] if is_of_weeks else ["day", "week", *by]
        shown = scores.cells(asked, by).group_by(keys).agg(pl.col(MEASURES).sum()).sort(keys).collect()
        told = scores.from_rows(external, needed).group_by(keys).agg(pl.col(MEASURES).sum()).sort(keys).collect()
        assert shown.equals(told)

    agree()


@pytest.mark.parametrize("members", [Members(), MERGES], ids=["plain", "merged"])
def test_counts_are_the_sums_of_the_rollup_wherever_they_come_from(stored: Services, members: Members) -> None:
    scores = scores_of(stored, members)

    @settings(settings.get_profile("store"))
    @given(questions())
    def agree(question: tuple[Filters, tuple[str, ...]]) -> None:
        asked, by = question
        external = asked if asked.values("audience") else asked.with_values("audience", ("external",))
        rows = scores.from_rows(external, tuple(sorted(external.dimensions | set(by))))
        keys = ["week", *by]
        told = with_counts(rows.group_by(keys).agg(pl.col(SCORES).sum()).collect()).filter(pl.col("n") > 0).sort(keys)
        measures = told.columns[len(keys) :]
        counted = scores.counts(asked, tuple(pl.col(key) for key in keys), by, tuple(measures)).collect()
        assert counted.filter(pl.col("n") > 0).sort(keys).equals(told)
        assert sum(scores.distribution(asked)) == told["n"].sum()

    agree()


def test_the_score_is_that_of_the_rows_themselves(stored: Services) -> None:
    scores = scores_of(stored)
    rows = awkward_responses(1500)
    counted = rows.filter(pl.col("counts") & pl.col("recommend").is_not_null() & (pl.col("audience") == "external"))
    for asked in (
        EVERYTHING,
        filters({"team": ["Almacén "]}),
        filters({"team": [NO_VALUE]}),
        filters({"segment": ["東京"]}, date(2024, 2, 29), date(2024, 2, 29)),
        filters({"account": ["C3"], "team": ["Ventas"]}),
        filters({}, date(2024, 12, 31), date(2025, 1, 1)),
    ):
        mine = counted.filter(asked.expression())
        nps = net_promoter_score(counts_of(scores.weeks(asked)))
        assert nps.n == mine.height
        assert nps.counts.promoters == mine.filter(pl.col("recommend") >= 9).height
        assert nps.counts.detractors == mine.filter(pl.col("recommend") <= 6).height
        assert scores.distribution(asked) == tuple(mine.filter(pl.col("recommend") == p).height for p in range(11))
        assert scores.weights(asked)["weight"] == mine["weight"].sum()
        accounts = scores.account_weeks(asked)
        assert accounts.select(pl.sum_horizontal("detractors", "passives", "promoters").sum()).item() == (
            mine.filter(pl.col("account").is_not_null()).height
        )


def test_an_empty_value_and_no_value_are_told_apart(stored: Services) -> None:
    teams = scores_of(stored).halves(EVERYTHING, ["team"], date(2000, 1, 3))[0]["team"].unique().to_list()
    assert {None, "", "Almacén", "Almacén ", " Almacén", "\n"} <= set(teams)


def test_a_group_that_did_not_answer_has_no_score_and_its_comments(stored: Services) -> None:
    scores = scores_of(stored)
    asked = filters({"team": ["nobody answered"]})
    assert scores.weeks(asked).is_empty()
    assert net_promoter_score(counts_of(scores.weeks(asked))).points is None
    assert scores.comments(Scope.administrator(), asked).height == 3


def test_only_customers_count_unless_somebody_asks_for_the_others(stored: Services) -> None:
    scores = scores_of(stored)
    assert scores.weeks(filters({"team": ["inside"]})).is_empty()
    assert scores.weeks(filters({"team": ["inside"], "audience": ["internal"]}))["n"].sum() == 1


@pytest.mark.parametrize(
    ("asked", "invited"),
    [
        (EVERYTHING, 22),
        (filters({"channel": ["Almacén"]}), 10),
        (filters({"channel": [NO_VALUE]}), 12),
        (filters({}, date(2025, 1, 1), date(2025, 1, 1)), 5),
        (filters({"account": ["C1"]}), 0),
    ],
)
def test_invitations_are_counted_where_they_were_said(stored: Services, asked: Filters, invited: int) -> None:
    assert scores_of(stored).invited(asked) == invited


def test_merged_members_count_together_in_all_their_history(stored: Services) -> None:
    plain, merged = scores_of(stored), scores_of(stored, MERGES)
    parts = [plain.weeks(filters({"team": [key]}))["n"].sum() for key in ("Almacén", "almacén", "Almacén ")]
    assert merged.weeks(filters({"team": ["Almacén"]}))["n"].sum() == sum(parts)
    assert merged.weeks(EVERYTHING)["n"].sum() == plain.weeks(EVERYTHING)["n"].sum()
    assert "almacén" not in merged.values("team")
    assert "almacén" in plain.values("team")


def test_values_come_in_the_order_of_their_members_then_by_name(stored: Services) -> None:
    members = Members((Member("moment", "Pagar", "Pagar", None, 0), Member("moment", "Esperar", "Esperar", None, 1)))
    assert scores_of(stored, members).values("moment") == ["Pagar", "Esperar"]
    assert scores_of(stored).values("moment") == ["Esperar", "Pagar"]
    assert scores_of(stored).values("account") == [f"C{index}" for index in range(9)]


@pytest.mark.parametrize("role", [Role.KIOSK, Role.VIEWER])
def test_comments_are_for_those_who_may_read_them(stored: Services, role: Role) -> None:
    with pytest.raises(NotAllowedError):
        scores_of(stored).comments(Scope(role), EVERYTHING)


def test_the_newest_comments_come_first_and_no_more_than_asked(stored: Services) -> None:
    found = scores_of(stored).comments(Scope(Role.MANAGER), EVERYTHING, most=5)
    assert found.height == 5
    assert found["day"].is_sorted(descending=True)


def test_the_awkward_cubes_agree_with_the_log(stored: Services) -> None:
    differing, cells = check_cubes(stored)
    assert differing == 0
    assert cells > 1000


def test_an_empty_log_answers_every_question(services: Services) -> None:
    scores = services.scores(services.state())
    assert scores.weeks(EVERYTHING).is_empty()
    assert scores.weeks(filters({"account": ["x"]})).is_empty()
    assert scores.distribution(EVERYTHING) == (0,) * 11
    assert scores.invited(EVERYTHING) == 0
    assert scores.weights(EVERYTHING)["answers"] == 0
    assert scores.values("team") == scores.values("account") == []
    assert scores.first_day is None
    assert not scores.has_answers
    assert scores.comments(Scope.administrator(), EVERYTHING).is_empty()
    assert scores.halves(EVERYTHING, ["team"], date(2026, 1, 5))[0].is_empty()


def test_both_sides_of_a_split_are_told(services: Services) -> None:
    monday = date(2026, 11, 2)
    store(services, responses([{"at": f"{monday + timedelta(days=d)}T10:00", "team": "A"} for d in (-1, 0, 1)]))
    halves = services.scores(services.state()).halves(EVERYTHING, ["team"], monday)[0]
    assert halves.select("is_after", "n").rows() == [(False, 1), (True, 2)]
