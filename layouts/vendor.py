"""Fetch what the browser needs and nobody should download at run time: `python -m layouts.vendor`.

Fonts and Bootstrap come from the Python packages that carry them; the cartesian bundle of plotly.js, a third of the
whole one, from npm. Where npm is missing the whole bundle of the plotly package is served instead: heavier, the same.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import brotli
import plotly.offline
from fontTools.subset import main as subset_font
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "assets" / "vendor"

LATIN = (
    "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+2010-2015,U+2018-201E,U+2022,U+2026,U+202F,U+2030,U+2032-2033,"
    "U+2039-203A,U+20AC,U+2190-2193,U+2197,U+2212,U+2260,U+2264-2265,U+25B2,U+25BC,U+25C6,U+25CB,U+25CF"
)

QUIET = ";Plotly.setPlotConfig({showSendToCloud:false,plotlyServerURL:'',displaylogo:false});"
"""The bundle ships with a button that sends charts to another host; here it has none."""


def package_folder(name: str) -> Path:
    """Return where an installed package lies, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{name} is not installed")
    return Path(spec.origin).parent


def fonts() -> None:
    """Write Inter (400–700, variable) and Barlow Condensed (600, 700), Latin only, as woff2."""
    inter = package_folder("fontpkg_inter") / "files" / "Inter[opsz,wght].ttf"
    barlow = package_folder("fontpkg_barlow_condensed") / "files"
    with tempfile.TemporaryDirectory() as folder:
        narrowed = Path(folder) / "inter.ttf"
        font = instantiateVariableFont(TTFont(inter), {"opsz": 14, "wght": (400, 700)})
        font.save(narrowed)
        sources = {
            "inter": narrowed,
            "barlow-condensed-600": barlow / "BarlowCondensed-SemiBold.ttf",
            "barlow-condensed-700": barlow / "BarlowCondensed-Bold.ttf",
        }
        for name, source in sources.items():
            subset_font(
                [
                    str(source),
                    f"--unicodes={LATIN}",
                    "--flavor=woff2",
                    "--layout-features=kern,liga,tnum,calt,ccmp,mark,mkmk",
                    f"--output-file={TARGET / name}.woff2",
                ]
            )


def bootstrap() -> None:
    """Copy Bootstrap's style sheet, without the reference to a map that nobody has."""
    source = package_folder("flask_bootstrap") / "static" / "bootstrap5" / "css" / "bootstrap.min.css"
    text = source.read_text(encoding="utf-8").split("/*# sourceMappingURL")[0]
    (TARGET / "bootstrap.min.css").write_text(text, encoding="utf-8")


def plotly_bundle() -> str:
    """Write the plotly.js bundle, plain and compressed, and return its kind."""
    version = plotly.offline.get_plotlyjs_version()
    script, kind = _from_npm(version), "cartesian"
    if script is None:
        script, kind = plotly.offline.get_plotlyjs(), "whole"
    data = (script + QUIET).encode()
    (TARGET / "plotly.min.js").write_bytes(data)
    (TARGET / "plotly.min.js.br").write_bytes(brotli.compress(data, quality=11))
    return kind


def _from_npm(version: str) -> str | None:
    npm = shutil.which("npm")
    if npm is None:
        return None
    package = f"plotly.js-cartesian-dist-min@{version}"
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([npm, "pack", "--silent", package], cwd=folder, capture_output=True, check=False)
        archives = list(Path(folder).glob("*.tgz"))
        if done.returncode or not archives:
            return None
        with tarfile.open(archives[0]) as archive:
            member = archive.extractfile("package/plotly-cartesian.min.js")
            return member.read().decode() if member else None


def main() -> None:
    """Write everything, and a stamp last."""
    TARGET.mkdir(parents=True, exist_ok=True)
    fonts()
    bootstrap()
    kind = plotly_bundle()
    (TARGET / "vendor.stamp").write_text(kind, encoding="utf-8")
    sys.stdout.write(f"browser assets ready (plotly.js: {kind})\n")


if __name__ == "__main__":
    main()
