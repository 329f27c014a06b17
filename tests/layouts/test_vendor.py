"""What browsers load lies here: fonts with every sign we use, Bootstrap, and plotly.js without its share button."""

from __future__ import annotations

import re

import brotli
import pytest
from fontTools.ttLib import TTFont

from layouts.vendor import QUIET, TARGET, package_folder
from layouts.verdict import SHAPES
from layouts.words import FOLDER, MINUS, NARROW

FILES = ("inter.woff2", "barlow-condensed-600.woff2", "barlow-condensed-700.woff2", "bootstrap.min.css")


@pytest.mark.parametrize("name", [*FILES, "plotly.min.js", "plotly.min.js.br", "vendor.stamp"])
def test_everything_is_here(name: str) -> None:
    assert (TARGET / name).is_file()


def test_plotly_sends_nothing_anywhere() -> None:
    script = (TARGET / "plotly.min.js").read_text(encoding="utf-8")
    assert script.endswith(QUIET)
    assert "showSendToCloud:false" in QUIET
    assert brotli.decompress((TARGET / "plotly.min.js.br").read_bytes()).decode() == script


def test_the_bundle_is_the_cartesian_one_or_says_that_it_is_not() -> None:
    kind = (TARGET / "vendor.stamp").read_text(encoding="utf-8")
    size = (TARGET / "plotly.min.js").stat().st_size
    assert kind in ("cartesian", "whole", "")
    assert size < 2_000_000 or kind == "whole"


def test_fonts_are_small() -> None:
    assert sum((TARGET / name).stat().st_size for name in FILES if name.endswith("woff2")) < 200_000


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith("woff2")])
def test_fonts_have_every_letter_of_both_catalogues(name: str) -> None:
    drawn = set(TTFont(TARGET / name).getBestCmap())
    told = "".join((FOLDER / language / "LC_MESSAGES/marcador.po").read_text("utf-8") for language in ("es", "en"))
    needed = {sign for sign in told + MINUS + NARROW if sign.isprintable() or sign == NARROW}
    shapes = set("".join(SHAPES.values()))
    missing = {sign for sign in needed - shapes if ord(sign) not in drawn}
    if name.startswith("barlow"):
        missing -= {"→", "↗", "↑", "◆", NARROW}  # never set in the narrow face
    assert missing == set()


def test_the_style_sheet_points_nowhere() -> None:
    text = (TARGET / "bootstrap.min.css").read_text(encoding="utf-8")
    assert "sourceMappingURL" not in text
    assert not re.search(r"url\([\"']?https?:", text)


def test_packages_are_found_without_importing_them() -> None:
    assert (package_folder("plotly") / "__init__.py").is_file()
