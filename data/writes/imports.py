"""Importing a file and undoing an import.

The order is log, cubes, then one transaction that publishes: killed at any moment, either everything of an import is
seen or nothing. One import at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from pathlib import Path

import polars as pl
import sqlalchemy as sa

from dashboard.erasure import without_old_comments
from dashboard.permissions import Capability, Scope, check
from data import records
from data.database import reading
from data.forgotten import read_forgotten
from data.imports import Import, ImportState, import_by_id, same_import, write_quarantine
from data.ingest.formats import read_file
from data.ingest.mapping import Mapping, written
from data.ingest.parse import Parsed, owners
from data.ingest.promises import parse_rows
from data.ingest.raw import REJECTED, ROW, ImportRefusedError, Raw, Reason, wordless
from data.ingest.rules import rejections
from data.log import Versions
from data.organisation import read_organisation
from data.services import Services
from data.writes.decision import decision
from data.writes.promises import add_promises, remove_promises, without_known_promises
from data.writes.publications import (
    publish_versions,
    published_versions,
    refresh_cubes,
    refresh_promise_cubes,
    writer_lock,
)
from data.writes.votes import RATING_KEY, RESPONSE_KEY, with_votes

Progress = Callable[[str, float], None]
"""Called with the name of the stage and the share done, 0..1."""


def silent(_stage: str, _share: float) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or would do.

    Attributes
    ----------
    import_id : int
        0 for a dry run.
    is_new : bool
        False when the same file with the same mapping is already in.
    rows, accepted, rejected : int
        rows = accepted + rejected.
    ratings, invited : int
        Ratings among the accepted rows; customers asked.
    promises : int
        Things promised, new or known better.
    rejections : DataFrame
        Schema `REJECTED`.
    how : str
        How the file was read.
    """

    import_id: int
    is_new: bool
    rows: int
    accepted: int
    rejected: int
    ratings: int
    invited: int
    promises: int
    rejections: pl.DataFrame
    how: str
    responses: pl.DataFrame


def hash_of(path: Path) -> str:
    """Return a fingerprint of a file's bytes."""
    digest = blake2b(digest_size=20)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def preview(services: Services, path: Path, mapping: Mapping, progress: Progress = silent) -> Outcome:
    """Return what importing would do, without doing it."""
    with reading(services.database) as connection:
        organisation = read_organisation(connection)
    progress("reading", 0.1)
    raw = read_file(path, mapping.file)
    progress("checking", 0.5)
    today = services.clock.now().astimezone(organisation.tz).date()
    versions = published_versions(services)
    parsed = _fresh(services, raw, mapping, versions, organisation.zone, today)
    progress("checked", 1.0)
    return _outcome(0, parsed)


def import_file(
    services: Services,
    scope: Scope,
    path: Path,
    mapping: Mapping,
    *,
    file_name: str | None = None,
    progress: Progress = silent,
) -> Outcome:
    """Import a file.

    Parameters
    ----------
    services, scope : Services, Scope
    path : Path
    mapping : Mapping
    file_name : str, optional
        Name to remember, where the file was uploaded under another.
    progress : Progress

    Raises
    ------
    ImportRefusedError
        When the file or the mapping cannot be used; nothing was written.
    NotAllowedError
        When the role may not import.
    """
    check(scope, Capability.CONFIGURE)
    if not path.is_file():
        raise ImportRefusedError("there is no file {}", path)
    fingerprint, text = hash_of(path), written(mapping)
    with writer_lock(services.home):
        with reading(services.database) as connection:
            before = same_import(connection, mapping.source, fingerprint, text)
            organisation = read_organisation(connection)
        if before is not None:
            return _repeated(before)
        progress("reading", 0.05)
        raw = read_file(path, mapping.file)
        progress("checking", 0.25)
        today = services.clock.now().astimezone(organisation.tz).date()
        versions = published_versions(services)
        parsed = _fresh(services, raw, mapping, versions, organisation.zone, today)
        import_id = _begin(services, mapping, file_name or path.name, fingerprint, text)
        try:
            outcome = _store(services, scope.who, import_id, parsed, versions, progress)
        except Exception as error:
            _fail(services, import_id, error)
            raise
    progress("done", 1.0)
    return outcome


def _fresh(services: Services, raw: Raw, mapping: Mapping, versions: Versions, zone: str, today: date) -> Parsed:
    """Return what a file says that is new and may be kept."""
    parsed = _without_known(services, parse_rows(raw, mapping, zone, today), versions, raw, mapping)
    parsed = without_known_promises(services, parsed, versions, raw, mapping)
    return _without_forgotten(services, parsed, mapping, zone, today)


def _repeated(before: Import) -> Outcome:
    empty = pl.DataFrame(schema=REJECTED)
    return Outcome(
        before.import_id,
        False,
        before.rows_read,
        before.accepted,
        before.rejected,
        before.ratings,
        before.invited,
        before.promises,
        empty,
        "",
        pl.DataFrame(),
    )


def _outcome(import_id: int, parsed: Parsed) -> Outcome:
    return Outcome(
        import_id,
        True,
        parsed.rows,
        parsed.accepted_rows,
        parsed.rejected_rows,
        parsed.ratings.height,
        int(parsed.invitations["invited"].sum()),
        parsed.promises.height,
        parsed.rejected,
        parsed.how,
        parsed.responses,
    )


def _without_forgotten(services: Services, parsed: Parsed, mapping: Mapping, zone: str, today: date) -> Parsed:
    """Return the file without the answers of who was forgotten and without comments too old to be kept.

    Of the rows that stay out for that, and of those that any rule rejects, only the numbers are kept.
    """
    lost = read_forgotten(services)
    if not lost:
        return parsed
    rejected = wordless(parsed.rejected, lost.rejected(owners(parsed.rejected, mapping, zone), today))
    theirs = parsed.responses.filter(lost.whose(parsed.responses)).select("response_id")
    promised = parsed.promises.filter(lost.of_people(parsed.promises)).select(ROW)
    answered = parsed.origins.join(theirs, on="response_id", how="semi").select(ROW)
    rows = pl.concat([answered, promised]).select(pl.col(ROW).alias("row"))
    nothing = {"column": "", "value": "", "reason": Reason.FORGOTTEN.value, "raw": ""}
    refused = rows.with_columns(pl.lit(text).alias(name) for name, text in nothing.items())
    responses = parsed.responses.join(theirs, on="response_id", how="anti", maintain_order="left")
    return replace(
        parsed,
        responses=without_old_comments(responses, lost.before) if lost.before else responses,
        ratings=parsed.ratings.join(theirs, on="response_id", how="anti", maintain_order="left"),
        origins=parsed.origins.join(theirs, on="response_id", how="anti", maintain_order="left"),
        rejected=pl.concat([rejected, refused]).sort("row", maintain_order=True),
        promises=parsed.promises.join(promised, on=ROW, how="anti", maintain_order="left"),
    )


def _without_known(services: Services, parsed: Parsed, versions: Versions, raw: Raw, mapping: Mapping) -> Parsed:
    """Return the file without the answers that are already in the log; all their rows are rejected with that reason."""
    if parsed.responses.is_empty():
        return parsed
    stored = services.log.scan("responses", versions.responses).filter(pl.col("source") == mapping.source)
    stored = stored.select("response_id")
    known = parsed.origins.lazy().join(stored, on="response_id", how="semi").collect()
    if known.is_empty():
        return parsed
    again = rejections(known, raw, mapping.id or "", Reason.ALREADY_IMPORTED)
    return replace(
        parsed,
        responses=parsed.responses.join(known, on="response_id", how="anti", maintain_order="left"),
        ratings=parsed.ratings.join(known, on="response_id", how="anti", maintain_order="left"),
        origins=parsed.origins.join(known, on=ROW, how="anti", maintain_order="left"),
        rejected=pl.concat([parsed.rejected, again]).sort("row", maintain_order=True),
    )


def _begin(services: Services, mapping: Mapping, file_name: str, fingerprint: str, text: str) -> int:
    table = records.imports
    row = {
        "source": mapping.source,
        "file_name": file_name,
        "file_hash": fingerprint,
        "mapping": text,
        "state": ImportState.READING.value,
        "message": "",
        **dict.fromkeys(("rows_read", "accepted", "rejected", "ratings", "invited", "promises"), 0),
    }
    with services.database.begin() as connection:
        stale = table.c.state == ImportState.READING.value
        connection.execute(
            sa.update(table).where(stale).values(state=ImportState.FAILED.value, message="interrupted; import it again")
        )
        created = sa.insert(table).values(**row, created_at=services.clock.now()).returning(table.c.id)
        return int(connection.execute(created).scalar_one())


def _fail(services: Services, import_id: int, error: Exception) -> None:
    table = records.imports
    with services.database.begin() as connection:
        failed = {"state": ImportState.FAILED.value, "message": f"{type(error).__name__}: {error}"[:500]}
        connection.execute(sa.update(table).where(table.c.id == import_id).values(**failed))


def _store(
    services: Services, who: str, import_id: int, parsed: Parsed, versions: Versions, progress: Progress
) -> Outcome:
    log, name = services.log, f"import-{import_id}"
    log.return_to(versions)
    stamp = pl.lit(import_id, dtype=pl.Int64).alias("import_id")
    months = {month for rows in (parsed.responses, parsed.invitations) for month in rows["month"].unique()}
    progress("storing", 0.5)
    write_quarantine(services.home, import_id, parsed.rejected)
    _add(services, "responses", parsed.responses.drop(ROW).with_columns(stamp), RESPONSE_KEY, name)
    _add(services, "ratings", parsed.ratings.with_columns(stamp), RATING_KEY, name)
    log.append("invitations", parsed.invitations.with_columns(stamp), name)
    promised = add_promises(services, parsed.promises.drop(ROW).with_columns(stamp), name)
    progress("computing", 0.75)
    refresh_cubes(services, sorted(months), name)
    fresh = refresh_promise_cubes(services, sorted(promised), f"{name}-promises")
    progress("publishing", 0.95)
    days = pl.concat([parsed.responses["day"], parsed.invitations["day"], parsed.promises["day"]])
    outcome = _outcome(import_id, parsed)
    table = records.imports
    with decision(services, who) as made:
        publish_versions(services, made, fresh, name)
        told = {
            "state": ImportState.PUBLISHED.value,
            "rows_read": outcome.rows,
            "accepted": outcome.accepted,
            "rejected": outcome.rejected,
            "ratings": outcome.ratings,
            "invited": outcome.invited,
            "promises": outcome.promises,
            "first_day": days.min(),
            "last_day": days.max(),
            "finished_at": made.at,
        }
        made.connection.execute(sa.update(table).where(table.c.id == import_id).values(**told))
        made.record("import", "import", import_id, rows=outcome.rows, accepted=outcome.accepted)
    return outcome


def _add(services: Services, table: str, rows: pl.DataFrame, key: tuple[str, ...], name: str) -> None:
    """Add rows and see who counts; months in which an earlier row no longer counts are written anew."""
    if rows.is_empty():
        return
    log = services.log
    version = log.version(table)
    known = rows.filter(pl.col("respondent").is_not_null())
    months = known["month"].unique().to_list()
    rivals = log.scan(table, version, months).join(
        known.lazy().select(key).unique(), on=list(key), how="semi", nulls_equal=True
    )
    earlier = rivals.collect() if months else rows.clear()
    voted = with_votes(pl.concat([earlier, rows.select(earlier.columns)]), key)
    fresh = voted.tail(rows.height)
    before, after = earlier, voted.head(earlier.height)
    silenced = after.filter(before["counts"] & ~after["counts"]) if earlier.height else earlier
    if silenced.is_empty():
        log.append(table, fresh, name)
        return
    touched = silenced["month"].unique().to_list()
    is_touched = pl.col("month").is_in(touched)
    stored = log.scan(table, version, touched).collect()
    log.replace_months(table, touched, with_votes(pl.concat([stored, fresh.filter(is_touched)]), key), name)
    log.append(table, fresh.filter(~is_touched), f"{name}-more")


def undo_import(services: Services, scope: Scope, import_id: int) -> Import:
    """Take an import back: its rows leave the log, who counts is decided anew, and that is published.

    Raises
    ------
    ImportRefusedError
        When there is no such import or it is not in force.
    """
    check(scope, Capability.CONFIGURE)
    with writer_lock(services.home):
        with reading(services.database) as connection:
            found = import_by_id(connection, import_id)
        if found is None:
            raise ImportRefusedError("there is no import {}; 'imports' lists them", import_id)
        if found.state is not ImportState.PUBLISHED:
            raise ImportRefusedError("import {} is {}; there is nothing to undo", import_id, found.state.value)
        versions = published_versions(services)
        services.log.return_to(versions)
        name = f"undo-{import_id}"
        touched: set[str] = set()
        for table, key in (("responses", RESPONSE_KEY), ("ratings", RATING_KEY), ("invitations", ())):
            touched |= _remove(services, table, import_id, key, name)
        refresh_cubes(services, sorted(touched), name)
        promised = remove_promises(services, import_id, name)
        fresh = refresh_promise_cubes(services, sorted(promised), f"{name}-promises")
        with decision(services, scope.who) as made:
            publish_versions(services, made, fresh, name)
            table_ = records.imports
            undone = sa.update(table_).where(table_.c.id == import_id).values(state=ImportState.UNDONE.value)
            made.connection.execute(undone)
            made.record("undo", "import", import_id)
    with reading(services.database) as connection:
        undone_import = import_by_id(connection, import_id)
    assert undone_import is not None
    return undone_import


def _remove(services: Services, table: str, import_id: int, key: tuple[str, ...], name: str) -> set[str]:
    log = services.log
    version = log.version(table)
    mine = log.scan(table, version).filter(pl.col("import_id") == import_id)
    months = mine.select(pl.col("month").unique()).collect()["month"].to_list()
    if not months:
        return set()
    rows = log.scan(table, version, months).filter(pl.col("import_id") != import_id).collect()
    log.replace_months(table, sorted(months), with_votes(rows, key) if key else rows, name)
    return set(months)
