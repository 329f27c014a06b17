"""Papers: the PDF holds what it was told, as text; a calendar library reads our calendars back."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import icalendar
import pytest

from data.documents import Appointment, fonts_of, ics_bytes, pdf_bytes
from layouts.minutes import told
from tests.boards import ES, NASTY
from tests.tables import minutes

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE, FONTS = ROOT / "layouts" / "typst" / "minutes.typ", ROOT / "assets" / "vendor"


def test_the_pdf_holds_every_word_and_uses_the_fonts_of_the_house(tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext here")
    found = told(ES, minutes())
    path = tmp_path / "minutes.pdf"
    path.write_bytes(pdf_bytes(TEMPLATE, found, FONTS))
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    for words in (found["title"], "Almacén", found["day"], "Ana Gil", "Lo que acordamos", "Pedidos completos"):
        assert words in text
    assert "#" in text or "#" not in NASTY
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
    assert "Inter" in fonts
    assert "Barlow" in fonts


def test_the_fonts_are_made_once() -> None:
    assert fonts_of(FONTS) == fonts_of(FONTS)
    assert {path.suffix for path in fonts_of(FONTS).iterdir()} == {".ttf"}


def test_a_calendar_library_reads_each_day_back() -> None:
    days = [date(2026, 11, 27), date(2026, 12, 31)]
    asked = [
        Appointment(f"action-{place}", day, f"Llamar; a, {NASTY}", "Mueve: días\nhasta", date(2026, 11, 23), place)
        for place, day in enumerate(days)
    ]
    read = icalendar.Calendar.from_ical(ics_bytes("Acciones de Ana", asked))
    events = read.walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == days
    assert [str(event["summary"]) for event in events] == [one.title for one in asked]
    assert [str(event["uid"]) for event in events] == ["action-0@marcador", "action-1@marcador"]
    assert [event["sequence"] for event in events] == [0, 1]
    assert events[0].decoded("dtend") == date(2026, 11, 28)
    assert str(read["x-wr-calname"]) == "Acciones de Ana"
    assert icalendar.Calendar.from_ical(ics_bytes("Nada", [])).walk("VEVENT") == []
