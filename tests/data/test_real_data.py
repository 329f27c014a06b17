"""The journey of real surveys: what the cells say is what a script by hand finds in the files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dashboard.filters import EVERYTHING, filters
from dashboard.importance import Weighing
from dashboard.journey import Journey
from dashboard.journey_cells import Measure
from data.ingest.mapping import parse_mapping
from data.journey import Asked, read_journey
from data.services import Services
from data.writes.imports import import_file
from tests.data.ingest.test_real_data import FILES, MAPPINGS
from tests.data.stores import ADMINISTRATOR, opened

pytestmark = pytest.mark.real_data

ASKED_2017 = {
    "shops": "Q7STORE",
    "wifi": "Q7WIFI",
    "artwork and exhibitions": "Q7ART",
    "signs inside": "Q7SIGN",
    "feeling safe": "Q10SAFE",
}
PURPOSE = {"1": "business", "2": "pleasure", "3": "visiting friends or family"}


def read_csv(shared_data: Path, name: str) -> pl.DataFrame:
    """Return a file as texts."""
    return pl.read_csv(shared_data / FILES[name], infer_schema=False)


@pytest.fixture(scope="module")
def airport(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A home with both years."""
    made = opened(tmp_path_factory.mktemp("airport") / "home")
    for name in ("sfo_2016", "sfo_2017"):
        meaning = parse_mapping((MAPPINGS / f"{name}.toml").read_text(encoding="utf-8"))
        import_file(made, ADMINISTRATOR, shared_data / FILES[name], meaning)
    yield made
    made.database.dispose()


def year(services: Services, number: int, **asked: Any) -> Journey:
    """Return the journey of one May."""
    days = EVERYTHING.within(date(number, 5, 1), date(number, 5, 31))
    return read_journey(services, services.state(), ADMINISTRATOR, Asked(days, **asked))


def by_hand(frame: pl.DataFrame, column: str, group: str) -> dict[str, tuple[int, float]]:
    """Return group to answers and mean on 0–10 of a column of 1–5; 0 and 6 are no answers."""
    score = pl.col(column).cast(pl.Float64, strict=False)
    kept = frame.filter(score.is_between(1, 5) & pl.col(group).is_not_null())
    found = kept.group_by(group).agg(n=pl.len(), mean=(2.5 * (score - 1)).mean())
    return {name: (n, mean) for name, n, mean in found.iter_rows()}


def test_2017_says_what_the_file_says_moment_by_purpose(shared_data: Path, airport: Services) -> None:
    frame = read_csv(shared_data, "sfo_2017").with_columns(purpose=pl.col("Q2PURP1").replace(PURPOSE))
    found = year(airport, 2017, measure=Measure.MEAN)
    named = {key for key, _ in found.rows}
    checked = 0
    for moment, column in ASKED_2017.items():
        hand = by_hand(frame, column, "purpose")
        for purpose in PURPOSE.values():
            cell = found.cell(moment, purpose)
            assert purpose in named
            assert cell is not None
            assert (cell["n"], cell["value"]) == (hand[purpose][0], pytest.approx(hand[purpose][1]))
            checked += 1
    assert checked == 15


def test_2016_has_no_score_and_shows_what_was_lived(shared_data: Path, airport: Services) -> None:
    found = year(airport, 2016, measure=Measure.NPS, pivot="site")
    assert found.measure is Measure.MEAN, "nobody was asked who recommends"
    hand = by_hand(read_csv(shared_data, "sfo_2016"), "Q7STORE", "BAREA")
    for site, (n, mean) in hand.items():
        cell = found.cell("shops", site)
        assert cell is not None, site
        assert (cell["n"], cell["value"]) == (n, pytest.approx(mean))
    assert found.importance.state is not Weighing.WEIGHED, "nothing to weigh against"


def test_what_weighs_in_2017_comes_in_order_with_margins(airport: Services) -> None:
    found = year(airport, 2017, measure=Measure.MEAN)
    assert found.importance.state is Weighing.WEIGHED
    weighed = found.importance.moments.sort("share", descending=True)
    assert weighed["share"].sum() == pytest.approx(1)
    assert (weighed["low"] <= weighed["share"]).all()
    assert (weighed["share"] <= weighed["high"]).all()
    assert (weighed["high"] > weighed["low"]).all()
    assert found.checked is not None
    assert found.checked < 0.1, "averaged over all orders, the shares are much the same"


def test_ecsi_lives_a_little_more_than_it_expected(shared_data: Path, tmp_path: Path) -> None:
    services = opened(tmp_path / "home")
    meaning = parse_mapping((MAPPINGS / "ecsi_mobile.toml").read_text(encoding="utf-8"))
    import_file(services, ADMINISTRATOR, shared_data / FILES["ecsi_mobile"], meaning)
    frame = pl.read_csv(shared_data / FILES["ecsi_mobile"])
    state = services.state()
    where = filters({"moment": ["service"]})
    ratings = services.scores(state).ratings
    raw = ratings.raw(where, (), ()).row(0, named=True)
    assert round(raw["lived"] / raw["rated"] - raw["expected"] / raw["hoped"], 3) == 0.201
    by = (pl.col("attribute"),)
    apart = {row["attribute"]: row for row in ratings.raw(where, by, ("attribute",)).iter_rows(named=True)}
    one = apart["overall quality"]
    hand = frame.select((pl.col("PERQ1") - pl.col("CUEX1")).mean()).item()
    assert one["gap"] / one["compared"] == pytest.approx(hand)
    found = read_journey(services, state, ADMINISTRATOR, Asked(pivot="attribute", measure=Measure.GAP))
    cell = found.cell("service", "overall quality")
    assert cell is not None
    assert cell["value"] == pytest.approx(hand * 10 / 9)
    whole = next(moment for moment in found.moments if moment.key == "service")
    assert whole.gap is not None
    assert round(whole.gap * 9 / 10, 3) == 0.201
    services.database.dispose()
