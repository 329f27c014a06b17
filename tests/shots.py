"""Pictures of every view: `python -m tests.shots FOLDER`, by `make shots`. With `--docs` also those of docs/pictures.

Every view × screen × theme × language × size of the demo, with today pinned; one contact sheet shows them all.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from tests.browser.looking import (
    COMMITMENTS,
    DESKS,
    FIRST_RUN,
    IMPROVEMENTS,
    JOURNEY,
    MEETING,
    PROMISES,
    SCORE,
    SCOREBOARD,
    SOURCES,
    SPOKEN,
    TEAMS,
    WALL,
    WALL_COMMITMENTS,
    WALL_TEAMS,
    WALLS,
    View,
    chromium,
    new_context,
    open_view,
)
from tests.browser.serving import Served
from tests.homes import demo, open_home

ROOT = Path(__file__).resolve().parents[1]
SIZES = {"wall": (1920, 1080), "desk": (1440, 900), "phone": (390, 844)}
SHOWN = {"wall": WALLS, "desk": (*DESKS, PROMISES, SCORE), "phone": (*DESKS, WALL, PROMISES, SCORE)}
DOCS = {
    "wall": (WALL, "wall", "dark"),
    "scoreboard": (SCOREBOARD, "desk", "light"),
    "teams": (TEAMS, "desk", "light"),
    "journey": (JOURNEY, "desk", "light"),
    "commitments": (COMMITMENTS, "desk", "light"),
    "wall-commitments": (WALL_COMMITMENTS, "wall", "dark"),
    "voice": (SPOKEN, "desk", "light"),
    "meeting": (MEETING, "desk", "light"),
    "improvements": (IMPROVEMENTS, "desk", "light"),
    "wall-teams": (WALL_TEAMS, "wall", "dark"),
    "sources": (SOURCES, "desk", "light"),
    "phone": (SCOREBOARD, "phone", "light"),
}
THUMB = 300
MOST_BYTES = 300_000


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture to take."""

    view: View
    screen: str
    theme: str
    language: str
    size: str

    @property
    def name(self) -> str:
        """Return the name of its file."""
        return f"{self.view.name}-{self.screen}-{self.theme}-{self.language}-{self.size}.png"


def every_shot() -> Iterator[Shot]:
    """Yield every picture, those of one browser profile together."""
    for theme in ("light", "dark"):
        for language in ("es", "en"):
            for screen, views in SHOWN.items():
                for size in ("normal", "small"):
                    yield from (Shot(view, screen, theme, language, size) for view in views)
            for screen in ("desk", "phone"):
                yield Shot(FIRST_RUN, screen, theme, language, "empty")


def take(browser: Any, base: str, shot: Shot) -> bytes:
    """Return the picture; the wall as the screen is, everything else in full length."""
    width, height = SIZES[shot.screen]
    context = new_context(browser, width, height, theme=shot.theme)
    page = context.new_page()
    open_view(page, base, shot.view, shot.language, shot.theme)
    if shot.screen != "wall":
        whole = page.evaluate("() => document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": max(height, whole)})
    page.wait_for_timeout(150)
    picture: bytes = page.screenshot(animations="disabled")
    context.close()
    return picture


def contact_sheet(pictures: dict[str, bytes], columns: int = 6) -> Image.Image:
    """Return one picture of thumbnails with their names."""
    high, gap, line = int(THUMB * 0.75), 12, 16
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * (THUMB + gap) + gap, rows * (high + line + gap) + gap), "#8a93a0")
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(11)
    for place, (name, data) in enumerate(pictures.items()):
        thumb = Image.open(io.BytesIO(data)).convert("RGB")
        thumb = thumb.crop((0, 0, thumb.width, min(thumb.height, thumb.width * 2)))
        thumb.thumbnail((THUMB, high))
        x = gap + place % columns * (THUMB + gap)
        y = gap + place // columns * (high + line + gap)
        sheet.paste(thumb, (x, y))
        draw.text((x, y + high + 1), name.removesuffix(".png"), fill="#ffffff", font=font)
    return sheet


def small_enough(data: bytes, most: int = MOST_BYTES) -> bytes:
    """Return the picture with as few colours as it takes to be committed."""
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    for colours, share in ((256, 1.0), (128, 1.0), (96, 0.75), (64, 0.6)):
        width, height = round(picture.width * share), round(picture.height * share)
        scaled = picture.resize((width, height), Image.Resampling.LANCZOS) if share < 1 else picture
        target = io.BytesIO()
        scaled.quantize(colours, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)
        if target.tell() <= most:
            break
    return target.getvalue()


def take_all(folder: Path, *, with_docs: bool) -> int:
    """Take every picture into a folder and return how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures: dict[str, bytes] = {}
    with ExitStack() as stack:
        homes = {"normal": demo("normal"), "small": demo("small"), "empty": open_home()}
        bases = {size: stack.enter_context(Served(services)).url for size, services in homes.items()}
        browser = stack.enter_context(chromium())
        for shot in every_shot():
            pictures[shot.name] = take(browser, bases[shot.size], shot)
            (folder / shot.name).write_bytes(pictures[shot.name])
        if with_docs:
            (ROOT / "docs" / "pictures").mkdir(parents=True, exist_ok=True)
            for name, (view, screen, theme) in DOCS.items():
                data = take(browser, bases["normal"], Shot(view, screen, theme, "es", "normal"))
                (ROOT / "docs" / "pictures" / f"{name}.png").write_bytes(small_enough(data))
    contact_sheet(pictures).save(folder / "contact.png", optimize=True)
    return len(pictures)


def main() -> None:
    """Take the pictures that the command line asks for."""
    asked = argparse.ArgumentParser(description="Take pictures of every view.")
    asked.add_argument("folder", type=Path)
    asked.add_argument("--docs", action="store_true", help="also write docs/pictures, small enough to commit")
    chosen = asked.parse_args()
    began = time.monotonic()
    taken = take_all(chosen.folder, with_docs=chosen.docs)
    sys.stdout.write(f"{taken} pictures in {chosen.folder} ({time.monotonic() - began:.0f} s)\n")


if __name__ == "__main__":
    main()
