"""Drafts: each column gets the role it seems to have; what cannot be known is asked."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.ingest.columns import date_formats
from data.ingest.mapping import MappingError, parse_mapping
from data.ingest.suggest import draft, source_name, suggest
from tests.data.ingest.helpers import parsed, raw

SPANISH = raw(
    **{
        "Marca temporal": [f"{place % 28 + 1:02d}/05/2026 10:{place % 60:02d}:00" for place in range(60)],
        "¿Nos recomendarías? (NPS)": [str(place % 11) for place in range(60)],
        "Motivo de tu nota": [f"porque el pedido número {place} llegó tarde" for place in range(60)],
        "Equipo": [["Almacén", "Caja"][place % 2] for place in range(60)],
        "Cuenta": [f"Cliente {place % 9}" for place in range(60)],
        "Valora la entrega": [str(place % 6) for place in range(60)],
        "Folio": [str(1000 + place) for place in range(60)],
    }
)


def test_a_spanish_form_is_understood() -> None:
    roles = {column.name: column.role for column in suggest(SPANISH)}
    assert list(roles.values()) == ["date", "recommend", "verbatim", "team", "account", "rating", "id"]


def test_a_draft_imports_as_it_is() -> None:
    text = draft(SPANISH, "formulario")
    assert 'formats = ["%d/%m/%Y %H:%M:%S"]' in text
    assert "no_answer = [0]" in text
    found = parsed(SPANISH, parse_mapping(text))
    assert (found.accepted_rows, found.rejected_rows) == (60, 0)


@pytest.mark.parametrize(
    ("values", "formats"),
    [
        (["2026-05-31", "2026-06-01"], ["%Y-%m-%d"]),
        (["31/05/2026", "01/06/2026"], ["%d/%m/%Y"]),
        (["05/31/2026", "06/01/2026"], ["%m/%d/%Y"]),
        (["03/04/2026", "05/06/2026"], ["?"]),
        (["03/04/2026 10:00", "05/06/2026 11:00"], ["?"]),
        (["3 de mayo de 2026", "4 de junio de 2026"], ["%d %B %Y"]),
        (["31/05/2026"] * 9 + ["2026"], ["%d/%m/%Y", "%Y"]),
        (["soon", "later"], []),
        ([], []),
    ],
)
def test_the_format_of_dates_is_found_or_asked(values: list[str], formats: list[str]) -> None:
    assert date_formats(pl.Series(values, dtype=pl.String)) == formats


def test_a_day_that_could_be_a_month_is_asked_in_words() -> None:
    content = raw(fecha=["03/04/2026", "05/06/2026"] * 10, nps=[str(place % 11) for place in range(20)])
    text = draft(content, "x")
    assert "day first ['%d/%m/%Y'] or month first ['%m/%d/%Y']? Both fit" in text
    with pytest.raises(MappingError, match=r"replace '\?' with \['%d/%m/%Y'\] or \['%m/%d/%Y'\]"):
        parse_mapping(text)


def test_codes_outside_the_scale_are_taken_for_no_answer() -> None:
    content = raw(day=["2026-05-04"] * 24, nps=[str(place % 12) for place in range(24)])
    assert "no_answer = [11] # outside 0-10" in draft(content, "x")


@pytest.mark.parametrize(
    ("file", "name"), [("Encuesta Mayo (2).csv", "encuesta_mayo_2"), ("ñ.xlsx", "ñ"), ("---.csv", "survey")]
)
def test_a_source_is_called_like_its_file(file: str, name: str) -> None:
    assert source_name(Path(file)) == name


def test_columns_of_any_name_are_described() -> None:
    content = raw(**{"*": ["9"] * 12, "^d.*$": ["2026-05-04"] * 12, "date": ["x"] * 12})
    assert {column.name: column.role for column in suggest(content)}["^d.*$"] == "date"


@given(
    st.dictionaries(
        st.one_of(st.text(min_size=1, max_size=8), st.sampled_from(["*", "^.*$", "nps", "date"])).filter(
            lambda name: name != "__row__"
        ),
        st.lists(st.one_of(st.text(max_size=10), st.sampled_from(["9", "10", "2026-05-04"])), min_size=5, max_size=5),
        min_size=1,
        max_size=4,
    )
)
def test_any_draft_is_a_mapping_or_asks(columns: dict[str, list[str]]) -> None:
    content = raw(**columns)
    try:
        meaning = parse_mapping(draft(content, "x"))
    except MappingError as error:
        assert str(error)
        assert "not TOML" not in str(error)
    else:
        found = parsed(content, meaning)
        assert found.rows == found.accepted_rows + found.rejected_rows
