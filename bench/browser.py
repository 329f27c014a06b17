"""What only a browser can say: bytes, time to the score, a filter change to paint, a wall's heap, a server's memory."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench import heap, memory, pages, painting
from bench.lines import Line, verdict
from bench.pairs import Pair
from bench.views import home_of as home_with_views
from callbacks.application import create_app
from data.services import Services


def in_browser(services: Services, rounds: int, places: dict[str, pages.Place]) -> list[Line]:
    """Return bytes and time to the first number of some views, each in turn with the bare page."""
    lines: list[Line] = []
    for name, (timing, loads) in pages.measure(create_app(services), rounds, places).items():
        place = places[name]
        first = statistics.median(load.first_bytes for load in loads) / 1024
        second = statistics.median(load.second_bytes for load in loads) / 1024
        note = f"ours {statistics.median(timing.ours):.2f} s at 10 Mbit/s and 40 ms"
        budget = f"≤ {place.ratio} " + verdict(timing.ratio, place.ratio) if place.ratio else ""
        what = f"time to the {place.what}, {name} / bare page with plotly"
        lines.append((what, timing.words(), budget, note))
        for which, size, most in (("first", first, place.kilobytes), ("second", second, 50)):
            budget = f"≤ {most} KB " + verdict(size, most)
            lines.append((f"bytes of the {which} load, {name}", f"{size:.0f} KB", budget, ""))
    return lines


def painted(name: str, timing: Pair) -> Line:
    """Return one view's filter change."""
    note = f"ours {1000 * statistics.median(timing.ours):.0f} ms, bare {1000 * statistics.median(timing.theirs):.0f} ms"
    what = f"filter change to painted, {name} / bare page that draws the same charts"
    return (what, timing.words(), "≤ 1.5 " + verdict(timing.ratio, 1.5), note)


def of_heap(found: heap.Heap) -> Line:
    """Return how flat the heap stays."""
    shares = [size / found.sizes[0] for size in found.sizes]
    measured = f"{shares[-1]:.3f} of the beginning ({min(shares):.3f}–{max(shares):.3f})"
    sizes = f"{found.sizes[0] / 1e6:.1f} MB at first, {found.sizes[-1] / 1e6:.1f} MB at last"
    note = f"{found.redrawn} redrawings in {found.pulses} pulses; {sizes}"
    minutes = found.pulses * 15 // 60
    what = f"heap of a wall's tab over {minutes} minutes of refreshes"
    return (what, measured, "± 10 % " + verdict(found.furthest, 0.1), note)


def of_memory(found: dict[str, float], most: float, what: str) -> Line:
    """Return the memory of the server."""
    worst = max(filter(None, found), key=lambda path: found[path])
    what = f"memory of the server after every desk view and the wall, {what}"
    note = f"{found['']:.0f} MB before any view, {found['/']:.0f} after the first, most after {worst}; peak {most:.0f}"
    return (what, f"{found[worst]:.0f} MB", "≤ 300 MB " + verdict(found[worst], 300), note)


def measure(folder: Path, few: int, rounds: int, pulses: int, weighed: Mapping[str, Path]) -> Iterator[list[Line]]:
    """Yield the lines as they are measured.

    Parameters
    ----------
    folder : Path
        For homes.
    few : int
        Answers of the home that is looked at.
    weighed : mapping
        What they hold, to homes whose server is weighed.
    """
    services = home_with_views(folder / "looked-at", few)
    yield in_browser(services, rounds, pages.VIEWS)
    with pages.chromium() as browser:
        for name, timing in painting.measure(browser, services, rounds).items():
            yield [painted(name, timing)]
        yield [of_heap(heap.measure(browser, folder / "wall", pulses))]
        for what, home in weighed.items():
            yield [of_memory(*memory.measure(browser, home), what)]
