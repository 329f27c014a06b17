"""The heap of a wall's tab over an hour of refreshes: the clock is sped up, pulses and redrawings are real."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser

from bench.answers import home_of, rows
from bench.pages import served
from callbacks.application import create_app
from data.services import Services
from data.writes.decision import decision
from data.writes.publications import publish_versions, refresh_cubes, writer_lock

PULSES = 240
CHANGES_EVERY = 2
SAMPLES_EVERY = 24
ANSWERS = 100_000
NEW_ANSWERS = 300
FURTHEST_WAIT = 16_600
"""Milliseconds within which a wall that asks every 15 s has asked once more."""

MORNING = datetime(2026, 11, 22, 10, tzinfo=UTC)
"""Far from the night's own reload, which would begin a new heap."""


@dataclass(frozen=True)
class Heap:
    """Bytes of the heap after forced collection, the first before any refresh; and how often the wall was drawn anew."""

    sizes: list[int]
    pulses: int
    redrawn: int

    @property
    def furthest(self) -> float:
        """Return how far any sample lies from the first, as a share."""
        return max(abs(size / self.sizes[0] - 1) for size in self.sizes)


def grow(services: Services, seed: int) -> None:
    """Publish some more answers."""
    with writer_lock(services.home):
        services.log.append("responses", rows(NEW_ANSWERS, seed), f"bench-more-{seed}")
        versions = refresh_cubes(services, None, "bench")
        with decision(services, "bench") as made:
            publish_versions(services, made, versions, "bench")
            made.record("bench", "publication", seed)


def measure(browser: Browser, folder: Path, pulses: int = PULSES) -> Heap:
    """Return the heap of a wall whose data change every second pulse."""
    services, _ = home_of(folder, ANSWERS)
    with served(create_app(services).server) as address:
        context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="es-ES")
        page = context.new_page()
        page.clock.install(time=MORNING)
        page.goto(f"{address}/wall")
        page.wait_for_selector(".mc-wall-number")
        page.wait_for_load_state("networkidle")
        session = context.new_cdp_session(page)
        session.send("HeapProfiler.enable")

        def size() -> int:
            for _ in range(2):
                session.send("HeapProfiler.collectGarbage")
            return int(session.send("Runtime.getHeapUsage")["usedSize"])

        loads: list[str] = []
        page.on("load", lambda _: loads.append(page.url))
        redrawn, sizes = 0, []
        for pulse in range(pulses + SAMPLES_EVERY):  # the first ones warm the tab up: code is compiled, caches filled
            if pulse >= SAMPLES_EVERY and (pulse - SAMPLES_EVERY) % SAMPLES_EVERY == 0:
                sizes.append(size())
            changes = pulse % CHANGES_EVERY == 0
            if changes:
                grow(services, 1000 + pulse)
            wanted = "/_dash-update-component" if changes else "/api/v1/pulse"
            with page.expect_response(lambda one, wanted=wanted: wanted in one.url, timeout=60_000):
                page.clock.fast_forward(FURTHEST_WAIT)
            page.clock.run_for(100)
            redrawn += changes and pulse >= SAMPLES_EVERY
        sizes.append(size())
        assert not loads, "the wall was loaded anew: its heap is another"
        context.close()
    services.database.dispose()
    return Heap(sizes, pulses, redrawn)
