"""Erasing: a person who asks to be forgotten, and comments that are older than they may be kept.

The fingerprints of who is forgotten are written first; everything after follows from them and the age of comments
alone. Killed at any moment, the next run of any erasure, upkeep included, finishes it. The log is published twice: when
nobody is in it any more, and when no earlier version can be read.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import sqlalchemy as sa

from dashboard.erasure import (
    Backup,
    Erasure,
    ErasureError,
    Known,
    Subject,
    aliases,
    anonymised,
    anonymised_promises,
    is_old_comment,
    without_old_comments,
)
from dashboard.permissions import Capability, Scope, check
from data import records
from data.cache import forget_answers
from data.database import reading, shrink
from data.forgotten import Forgotten, read_forgotten
from data.imports import ImportState, every_import, read_quarantine, write_quarantine
from data.ingest.mapping import parse_mapping
from data.ingest.parse import owners
from data.ingest.raw import wordless
from data.jobs import forget_jobs
from data.organisation import read_organisation
from data.services import Services
from data.uploads import forget_uploads
from data.writes.decision import decision
from data.writes.imports import Progress, silent
from data.writes.publications import (
    publish_versions,
    published_versions,
    refresh_cubes,
    refresh_promise_cubes,
    writer_lock,
)
from data.writes.recipients import forget_recipients, recipients_of
from data.writes.voice import forget_outcomes

ANSWERED = ("responses", "ratings")
PERSONAL = (*ANSWERED, "promises")
"""Tables of the log that say whose a row is."""

NAME = "erase"


def forget(services: Services, scope: Scope, subject: Subject, progress: Progress = silent) -> Erasure:
    """Erase everything that a customer left, keep the numbers, and return what was erased and what is left.

    Known by an answer that names its respondent, all answers of that respondent are meant.

    Raises
    ------
    ErasureError
        When the source knows nobody of that id; nothing was changed.
    NotAllowedError
        When the role may not erase.
    """
    check(scope, Capability.ERASE)
    with writer_lock(services.home):
        services.log.return_to(published_versions(services))
        progress("searching", 0.05)
        _begin(services, scope.who, subject)
        return _erase(services, scope.who, progress)


def erase_due(services: Services, progress: Progress = silent) -> Erasure:
    """Erase comments older than the setting keeps them, and finish what was begun; nothing when there is neither."""
    with writer_lock(services.home):
        if not read_forgotten(services):
            return Erasure()
        services.log.return_to(published_versions(services))
        return _erase(services, "upkeep", progress)


def _begin(services: Services, who: str, subject: Subject) -> None:
    """Write down the fingerprints of the person and of every answer of theirs."""
    rows = services.log.scan("responses", services.log.version("responses"))
    rows = rows.filter(pl.col("source") == subject.source).select("respondent", "response_id")
    people = [subject.key]
    if subject.known is Known.RESPONSE:
        people = rows.filter(pl.col("response_id") == subject.key).collect()["respondent"].drop_nulls().to_list()
    answers = rows.filter(pl.col("respondent").is_in(people) | (pl.col("response_id") == subject.key)).collect()
    if subject.known is Known.RESPONDENT:
        answers = answers.filter(pl.col("respondent") == subject.key)
    known = read_forgotten(services)
    its_print = known.print_of(subject.known, subject.key)
    prints = {its_print, *(known.print_of(Known.RESPONDENT, key) for key in people)}
    prints |= {known.print_of(Known.RESPONSE, key) for key in answers["response_id"]}
    promised = services.log.scan("promises", services.log.version("promises")).filter(
        pl.col("respondent").is_in(people)
    )
    is_anybody = its_print in known.prints or not answers.is_empty() or not promised.head(1).collect().is_empty()
    is_anybody = is_anybody or bool(recipients_of(services, known.with_prints(prints)))
    if not is_anybody and not _quarantined(services, known.with_prints(prints)):
        raise ErasureError("that source knows nobody of that id; nothing was erased")
    with decision(services, who, is_seen=False) as made:
        fresh = [{"fingerprint": one, "at": made.at} for one in sorted(prints - known.prints)]
        if fresh:
            made.connection.execute(sa.insert(records.forgotten), fresh)
        made.record("forget", "customer", its_print[:16], source=subject.source, answers=answers.height)


def _erase(services: Services, who: str, progress: Progress) -> Erasure:
    """Erase whoever was forgotten and what is too old, everywhere."""
    lost = read_forgotten(services)
    found = _find(services, lost)
    progress("erasing", 0.2)
    _rewrite(services, found, lost.before)
    promised_months, promises = _rewrite_promises(services, lost)
    commitments = forget_recipients(services, who, lost)
    if found.months or promised_months:
        refresh_cubes(services, found.months, NAME)
        versions = refresh_promise_cubes(services, promised_months, f"{NAME}-promises")
        with decision(services, who) as made:
            publication_id = publish_versions(services, made, versions, NAME)
            forget_outcomes(made, found.responses)
            told = {"answers": found.answers, "ratings": found.ratings, "comments": found.comments}
            made.record("erase", "comments", publication_id, **told)
    progress("cleaning", 0.6)
    rejected = _empty_quarantine(services, lost)
    _forget_origins(services, lost)
    uploads = forget_uploads(services.home)
    with services.database.begin() as connection:
        jobs = forget_jobs(connection)
        _forget_quotes(connection, lost)
        has_failed = records.imports.c.state == ImportState.FAILED.value
        connection.execute(sa.update(records.imports).where(has_failed).values(message=""))
    files = services.log.sweep(PERSONAL)
    with decision(services, who, is_seen=False) as made:
        publication_id = publish_versions(services, made, services.log.versions(), NAME)
        made.record("publish", "publication", publication_id)
    progress("cleaning", 0.8)
    services.log.forget_history(PERSONAL)
    kept = forget_answers(services.home / "cache")
    shrink(services.database)
    counted = (
        found.answers,
        found.ratings,
        found.comments,
        promises,
        commitments,
        rejected,
        uploads,
        jobs,
        kept,
        files,
    )
    return Erasure(*counted, backups_of(services.home))


def _forget_quotes(connection: sa.Connection, lost: Forgotten) -> None:
    """Forget that the words of these answers ever opened a meeting."""
    table = records.quotes
    ids = pl.DataFrame({"response_id": list(connection.execute(sa.select(table.c.response_id)).scalars())})
    ids = ids.cast(pl.String).with_columns(respondent=pl.lit(None, pl.String))
    gone = ids.filter(lost.whose(ids))["response_id"].to_list()
    connection.execute(sa.delete(table).where(table.c.response_id.in_(gone)))


@dataclass(frozen=True, slots=True)
class _Found:
    """Pseudonyms of the ids in the log that were forgotten, the months they lie in, and how many rows there are."""

    respondents: dict[str, str]
    responses: dict[str, str]
    months: list[str]
    answers: int
    ratings: int
    comments: int


def _find(services: Services, lost: Forgotten) -> _Found:
    log = services.log
    answers = log.scan("responses", log.version("responses"))
    ratings = log.scan("ratings", log.version("ratings"))
    ids = answers.select("respondent", "response_id").collect()
    mine = ids.filter(lost.whose(ids))
    is_mine = pl.col("response_id").is_in(mine["response_id"].implode())
    is_old = is_old_comment(lost.before) if lost.before else pl.lit(False)
    words = (is_old | (is_mine & pl.col("verbatim").is_not_null())).sum().alias("words")
    touched = answers.filter(is_mine | is_old).group_by("month").agg(words).collect()
    rated = ratings.filter(is_mine).group_by("month").len().collect()
    return _Found(
        aliases(mine["respondent"].drop_nulls(), _drawn),
        aliases(mine["response_id"], _drawn),
        sorted({*touched["month"], *rated["month"]}),
        mine.height,
        int(rated["len"].sum()),
        int(touched["words"].sum()),
    )


def _drawn() -> str:
    return secrets.token_hex(16)


def _rewrite(services: Services, found: _Found, before: date | None) -> None:
    """Write the months anew in which somebody or something old is found."""
    log = services.log
    for table in ANSWERED:
        version = log.version(table)
        for month in found.months:
            rows = anonymised(log.scan(table, version, [month]).collect(), found.respondents, found.responses)
            if before is not None and table == "responses":
                rows = without_old_comments(rows, before)
            if not rows.is_empty():
                log.replace_months(table, [month], rows, NAME)


def _forget_origins(services: Services, lost: Forgotten) -> None:
    """Take the answers of the forgotten out of the improvements they led to, and what was said of their comments."""
    table, labels = records.improvements, records.theme_labels
    with services.database.begin() as connection:
        for key, origins in list(connection.execute(sa.select(table.c.id, table.c.origins))):
            kept = [one for one in origins if lost.print_of(Known.RESPONSE, one) not in lost.prints]
            if kept != origins:
                connection.execute(sa.update(table).where(table.c.id == key).values(origins=kept))
        for key in list(connection.execute(sa.select(labels.c.response_id).distinct()).scalars()):
            if lost.print_of(Known.RESPONSE, key) in lost.prints:
                connection.execute(sa.delete(labels).where(labels.c.response_id == key))


def _rewrite_promises(services: Services, lost: Forgotten) -> tuple[list[str], int]:
    """Write anew the months with promises to somebody forgotten; return the months and how many promises there were."""
    log = services.log
    version = log.version("promises")
    ids = log.scan("promises", version).filter(pl.col("respondent").is_not_null())
    known = ids.select("respondent", "promise_id", "month").collect()
    mine = known.filter(lost.of_people(known))
    respondents, promises = aliases(mine["respondent"], _drawn), aliases(mine["promise_id"], _drawn)
    months = sorted(set(mine["month"]))
    for month in months:
        rows = log.scan("promises", version, [month]).collect()
        log.replace_months("promises", [month], anonymised_promises(rows, respondents, promises), NAME)
    return months, len(promises)


def _quarantined(services: Services, lost: Forgotten) -> list[tuple[int, pl.Series]]:
    """Return the imports whose quarantine still says what must be erased, and in which rows."""
    with reading(services.database) as connection:
        every, zone = every_import(connection), read_organisation(connection).zone
    found = []
    for one in every:
        rejected = read_quarantine(services.home, one.import_id)
        rows = lost.rejected(owners(rejected, parse_mapping(one.mapping), zone), one.created_at.date())
        if not rows.is_empty():
            found.append((one.import_id, rows))
    return found


def _empty_quarantine(services: Services, lost: Forgotten) -> int:
    """Empty the rejected rows that must be erased; return how many there were."""
    found = _quarantined(services, lost)
    for import_id, rows in found:
        write_quarantine(services.home, import_id, wordless(read_quarantine(services.home, import_id), rows))
    for unfinished in (services.home / "quarantine").glob("*.new"):
        unfinished.unlink()
    return sum(rows.len() for _, rows in found)


def backups_of(home: Path) -> tuple[Backup, ...]:
    """Return the copies of the data in the home folder, oldest first."""
    found = [(path.stat().st_mtime, path.name) for path in (home / "backups").glob("*")]
    return tuple(Backup(name, datetime.fromtimestamp(at, UTC).date()) for at, name in sorted(found))
