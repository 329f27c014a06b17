"""Files of readings: every row is a value, a week not reported, or a rejection with its reason."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.ingest.formats import read_file
from data.ingest.mapping import MappingError
from data.ingest.readings import ParsedReadings, ReadingsMapping, draft_readings, parse_readings, parse_readings_mapping
from tests.data.writes.test_indicators import LATE, PACKED

ROOT = Path(__file__).resolve().parents[3]
WATCHED = (
    replace(PACKED, indicator_id=1),
    replace(LATE, indicator_id=2),
    replace(PACKED, indicator_id=3, team="Ventas"),
)
MAPPING = """
indicator = "indicador"
team = "equipo"
value = "valor"
decimal = ","
[dates]
column = "semana"
formats = ["%d/%m/%Y"]
"""


def parsed(tmp_path: Path, text: str, mapping: str = MAPPING) -> ParsedReadings:
    path = tmp_path / "readings.csv"
    path.write_text(text, encoding="utf-8")
    meaning = parse_readings_mapping(mapping)
    return parse_readings(read_file(path), meaning, WATCHED, "Europe/Madrid", date(2026, 11, 22))


def test_a_row_is_one_indicator_and_the_week_of_its_day(tmp_path: Path) -> None:
    found = parsed(
        tmp_path,
        "equipo;indicador;semana;valor\n"
        "almacén;PEDIDOS completos;11/11/2026;96,5\n"
        "Ventas;Pedidos completos;09/11/2026;80\n"
        "Transporte;Retrasos;09/11/2026;2,5\n",
    )
    monday = date(2026, 11, 9)
    assert found.readings.rows() == [
        (1, monday, 96.5, None, None),
        (3, monday, 80.0, None, None),
        (2, monday, 2.5, None, None),
    ]
    assert found.rejected.is_empty()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Almacén;Pedidos completos;31/02/2026;90", "date_unreadable"),
        ("Almacén;Pedidos completos;;90", "date_missing"),
        ("Almacén;Pedidos completos;09/11/2027;90", "date_in_future"),
        ("Almacén;Otra cosa;09/11/2026;90", "indicator_unknown"),
        ("Compras;Pedidos completos;09/11/2026;90", "indicator_unknown"),
        ("Almacén;Pedidos completos;09/11/2026;muchos", "value_unreadable"),
        ("Almacén;Pedidos completos;09/11/2026;101", "value_out_of_range"),
        ("Almacén;Pedidos completos;03/11/2026;91", "reading_repeated"),
    ],
)
def test_a_row_that_cannot_be_says_why(tmp_path: Path, row: str, reason: str) -> None:
    found = parsed(tmp_path, f"equipo;indicador;semana;valor\nAlmacén;Pedidos completos;02/11/2026;90\n{row}\n")
    assert found.readings["value"].to_list() == [90]
    assert found.rejected["reason"].to_list() == [reason]
    assert found.rejected["row"].to_list() == [3]


def test_a_blank_value_is_a_week_not_reported(tmp_path: Path) -> None:
    found = parsed(tmp_path, "equipo;indicador;semana;valor\nAlmacén;Pedidos completos;09/11/2026;\n")
    assert (found.rows, found.blank, found.readings.height, found.rejected.height) == (1, 1, 0, 0)


def test_a_part_and_its_total(tmp_path: Path) -> None:
    mapping = MAPPING.replace('value = "valor"', 'part = "bien"\ntotal = "todos"')
    found = parsed(
        tmp_path,
        "equipo;indicador;semana;bien;todos\n"
        "Almacén;Pedidos completos;09/11/2026;48;50\n"
        "Almacén;Pedidos completos;02/11/2026;4;0\n"
        "Almacén;Pedidos completos;26/10/2026;60;50\n"
        "Almacén;Pedidos completos;19/10/2026;60;\n",
        mapping,
    )
    assert found.readings.rows() == [(1, date(2026, 11, 9), None, 48.0, 50.0)]
    assert found.rejected["reason"].to_list() == ["value_out_of_range", "value_out_of_range", "value_unreadable"]


def test_one_name_of_two_teams_needs_the_team(tmp_path: Path) -> None:
    mapping = MAPPING.replace('team = "equipo"\n', "")
    found = parsed(
        tmp_path, "indicador;semana;valor\nPedidos completos;09/11/2026;90\nRetrasos;09/11/2026;3\n", mapping
    )
    assert found.readings["indicator_id"].to_list() == [2]
    assert found.rejected["reason"].to_list() == ["indicator_unknown"]


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (MAPPING.replace('value = "valor"', ""), "give value"),
        (MAPPING.replace('value = "valor"', 'part = "a"'), "give value"),
        (MAPPING.replace("indicator", "indicater"), "indicater"),
        ("= =", "not TOML"),
        (MAPPING.replace('"valor"', '"otra"'), "has no column 'otra'"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_what_is_wrong(tmp_path: Path, mapping: str, said: str) -> None:
    with pytest.raises(MappingError, match=said):
        parsed(tmp_path, "equipo;indicador;semana;valor\n", mapping)


def test_a_drafted_mapping_reads_its_file(tmp_path: Path) -> None:
    text = "Semana,Equipo,Indicador,Valor\n2026-11-09,Almacén,Pedidos completos,90\n"
    path = tmp_path / "readings.csv"
    path.write_text(text, encoding="utf-8")
    drafted = draft_readings(read_file(path))
    assert parsed(tmp_path, text, drafted).readings["value"].to_list() == [90]


def test_the_page_tells_every_key_and_its_example_is_accepted() -> None:
    page = (ROOT / "docs" / "import.md").read_text(encoding="utf-8").split("## Readings of indicators")[1]
    block = page.split("```toml")[1].split("```")[0]
    parse_readings_mapping(block)
    assert all(re.search(rf"\b{key} =", page) for key in ReadingsMapping.model_fields if key not in ("file", "dates"))
