"""The demo company: the same for a seed and a day, its truth can be found, and it goes without a trace."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import polars as pl
import pytest
import sqlalchemy as sa

from dashboard.changes import Verdict
from dashboard.filters import EVERYTHING
from dashboard.nps import Counts, net_promoter_score
from dashboard.organisation import UNNAMED
from data import records
from data.board import read_story
from data.database import reading
from data.demo.answers import answers, invitations
from data.demo.company import SIZES, truth
from data.exports import csv_bytes
from data.services import Services
from data.upkeep import check_cubes
from data.writes.demo import DemoError, make_demo, remove_demo
from data.writes.publications import published_versions
from tests.data.stores import ADMINISTRATOR, TODAY, answers_of, import_rows, opened

DAY = TODAY.date()


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    services = opened(tmp_path_factory.mktemp("demo") / "home")
    make_demo(services, ADMINISTRATOR)
    yield services
    services.database.dispose()


def test_the_same_seed_and_day_give_the_same_bytes() -> None:
    for make in (answers, invitations):
        once, again = (csv_bytes(make(2026, SIZES["small"], DAY)) for _ in range(2))
        assert once == again
        assert csv_bytes(make(2027, SIZES["small"], DAY)) != once
    assert truth(2026, "small", DAY) == truth(2026, "small", DAY)


@pytest.mark.parametrize("day", [DAY, date(2026, 11, 23), date(2027, 1, 1), date(2024, 2, 29)])
def test_no_answer_is_of_today_or_later(day: date) -> None:
    frame = answers(2026, SIZES["small"], day)
    assert frame["fecha"].max() < day.isoformat()  # type: ignore[operator]  # there are answers
    assert frame["recomendaría"].is_between(0, 10).all()


def test_most_weeks_hold_their_true_level_within_their_margin(company: Services) -> None:
    told = json.loads((company.home / "demo.json").read_text(encoding="utf-8"))
    levels = dict(zip(told["weeks"], told["levels"], strict=True))
    weeks = company.scores(company.state()).weeks(EVERYTHING).filter(pl.col("week") < date(2026, 11, 16))
    held = 0
    for row in weeks.iter_rows(named=True):
        nps = net_promoter_score(Counts(row["detractors"], row["passives"], row["promoters"]))
        assert nps.low is not None
        assert nps.high is not None
        held += nps.low <= levels[row["week"].isoformat()] <= nps.high
    assert weeks.height >= 103
    assert held >= 0.85 * weeks.height


def test_the_planted_drop_is_the_first_change_told_and_it_is_real(company: Services) -> None:
    drop = truth(2026, "normal", DAY)["drop"]
    assert isinstance(drop, dict)
    first, *others = read_story(company, company.state(), ADMINISTRATOR).changes
    assert (first.dimension, first.value) == ("moment", drop["moment"])
    assert first.change.verdict is Verdict.REAL
    assert first.change.points is not None
    assert first.change.points < -20
    assert all(other.change.verdict is not Verdict.REAL for other in others)


def test_the_demo_is_whole(company: Services) -> None:
    state = company.state()
    assert state.goal is not None
    assert state.members.order("moment")["Descubrir"] == 0
    assert check_cubes(company)[0] == 0
    assert company.scores(state).invited(EVERYTHING) > company.scores(state).weeks(EVERYTHING)["n"].sum()


def test_removing_the_demo_leaves_nothing_of_it(services: Services) -> None:
    make_demo(services, ADMINISTRATOR, "small")
    with pytest.raises(DemoError, match="already here"):
        make_demo(services, ADMINISTRATOR, "small")
    assert remove_demo(services, ADMINISTRATOR) == 3
    state = services.state()
    for table in ("responses", "ratings", "invitations", "cubes", "promises", "promise_cubes"):
        rows = services.log.scan(table, published_versions(services).of(table))
        assert rows.collect().is_empty(), table
    assert state.goal is None
    assert state.organisation.name == UNNAMED.name
    assert state.members.every == ()
    assert not (services.home / "demo.json").exists()
    for table in (
        records.indicators,
        records.targets,
        records.readings,
        records.marks,
        records.trials,
        records.commitments,
    ):
        with reading(services.database) as connection:
            assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 0, table.name
    assert remove_demo(services, ADMINISTRATOR) == 0
    make_demo(services, ADMINISTRATOR, "small")
    assert services.scores(services.state()).has_answers


def test_removing_the_demo_spares_what_is_ones_own(services: Services) -> None:
    make_demo(services, ADMINISTRATOR, "small")
    import_rows(services, "a.csv", answers_of(2, 10, team="Almacén"))
    remove_demo(services, ADMINISTRATOR)
    assert services.scores(services.state()).weeks(EVERYTHING)["n"].sum() == 20
    assert [member.key for member in services.state().members.every] == ["Almacén"]
    with pytest.raises(DemoError, match="data of your own"):
        make_demo(services, ADMINISTRATOR, "small")
