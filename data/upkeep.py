"""What is due once a day, and whether cubes and log agree."""

from __future__ import annotations

import polars as pl

from dashboard.tables import PROMISED
from data.database import reading
from data.engines import SUMS, Rows, compute_cubes, compute_promise_cubes
from data.publications import current
from data.services import Services
from data.writes.decision import decision
from data.writes.erasure import erase_due
from data.writes.evidence import judge
from data.writes.publications import (
    keep_closed_weeks,
    publish_versions,
    published_versions,
    refresh_cubes,
    refresh_promise_cubes,
    writer_lock,
)


def rebuild_cubes(services: Services, engine: str | None = None) -> int:
    """Compute every cube anew from the published log, publish, and return how many cells there are."""
    with writer_lock(services.home):
        services.log.return_to(published_versions(services))
        refresh_cubes(services, None, "rollup", engine)
        versions = refresh_promise_cubes(services, None, "rollup-promises")
        with decision(services, "operator") as made:
            publication_id = publish_versions(services, made, versions, "rollup")
            made.record("rollup", "publication", publication_id, engine=engine or services.settings.engine)
    cells = [services.log.scan(name, versions.of(name)).select(pl.len()) for name in ("cubes", "promise_cubes")]
    return sum(int(counted.item()) for counted in pl.collect_all(cells))


def check_cubes(services: Services) -> tuple[int, int]:
    """Return how many published cells differ from the log, and how many there are."""
    versions = published_versions(services)
    rows = Rows(services.log, versions)
    differing = cells = 0
    for name, computed, measures in (
        ("cubes", compute_cubes(rows), SUMS),
        ("promise_cubes", compute_promise_cubes(rows), PROMISED),
    ):
        stored = services.log.scan(name, versions.of(name)).with_columns(pl.col(measures).fill_null(0)).collect()
        differing += _differing(stored, computed, measures)
        cells += computed.height
    return differing, cells


def _differing(stored: pl.DataFrame, computed: pl.DataFrame, measures: tuple[str, ...]) -> int:
    keys = [name for name in computed.columns if name not in measures]
    sides = [stored.select(computed.columns).with_columns(rows=1), computed.with_columns(rows=1)]
    sides[1] = sides[1].with_columns(-pl.col("rows", *measures))
    left_over = pl.concat(sides).group_by(keys).agg(pl.col("rows", *measures).sum())
    return left_over.filter(pl.any_horizontal(pl.col("rows", *measures) != 0)).height


def run_upkeep(services: Services) -> dict[str, int]:
    """Close the weeks that have ended, erase what is due, compact the log and drop old files; return what was done."""
    erased = erase_due(services)
    with writer_lock(services.home):
        with decision(services, "upkeep") as made:
            publication = current(made.connection)
            assert publication is not None
            weeks = keep_closed_weeks(services, made, publication.publication_id, publication.versions)
            made.record("upkeep", "publication", publication.publication_id, weeks=weeks)
        services.log.return_to(published_versions(services))
        dropped = sum(services.log.tidy().values())
        with decision(services, "upkeep") as made:
            publication_id = publish_versions(services, made, services.log.versions(), "upkeep")
            made.record("publish", "publication", publication_id)
    with reading(services.database) as connection:
        latest = current(connection)
    return {
        "weeks closed": weeks,
        "comments erased": erased.comments,
        "rejected rows emptied": erased.rejected,
        "files dropped": erased.files + dropped,
        "publication": latest.publication_id if latest else 0,
        "trials": judge(services),
    }
