"""Documents: a PDF from a template and its data, with the house's own fonts, and calendar files."""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import icalendar

WEIGHTS = (400, 700)
"""Weights cut out of a variable font: the typesetter knows only whole ones."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A day in somebody's calendar.

    Attributes
    ----------
    key : str
        The same for the same thing: a calendar that reads it again replaces it.
    day : date
    title, text : str
    changed_on : date
    version : int
    """

    key: str
    day: date
    title: str
    text: str
    changed_on: date
    version: int


@cache
def fonts_of(folder: Path) -> Path:
    """Return a folder with the fonts of a folder of web fonts, as the typesetter reads them; made once per process."""
    from fontTools.ttLib import TTFont  # here: few servers ever print, and each library takes its memory
    from fontTools.varLib import instancer

    made = Path(tempfile.mkdtemp(prefix="marcador-fonts-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    for path in sorted(folder.glob("*.woff2")):
        for weight in WEIGHTS if "fvar" in TTFont(path) else (None,):
            font = TTFont(path)
            if weight is not None:
                places = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes} | {"wght": weight}
                font = instancer.instantiateVariableFont(font, places)
                font["OS/2"].usWeightClass = weight
            font.flavor = None
            font.save(made / f"{path.stem}-{weight or 'only'}.ttf")
    return made


def pdf_bytes(template: Path, told: Mapping[str, Any], fonts: Path) -> bytes:
    """Return the PDF of a template; what it tells goes in as data and is never read as markup.

    Parameters
    ----------
    template : Path
        A Typst file that reads `sys.inputs.told`.
    told : mapping
        Plain JSON.
    fonts : Path
        Folder of the web fonts.
    """
    import typst

    inputs, folder = {"told": json.dumps(told)}, str(fonts_of(fonts))
    made = typst.compile(str(template), font_paths=[folder], ignore_system_fonts=True, sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made


def ics_bytes(name: str, appointments: Sequence[Appointment]) -> bytes:
    """Return a calendar with one whole day per appointment."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Marcador//ES")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for one in appointments:
        event = icalendar.Event()
        event.add("uid", f"{one.key}@marcador")
        event.add("summary", one.title)
        event.add("description", one.text)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("dtstamp", datetime.combine(one.changed_on, time(), UTC))
        event.add("sequence", one.version)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
