"""`forget`: a customer who asks for it leaves, and the numbers stay."""

from __future__ import annotations

import typer

from callbacks.commands.report import AS_JSON, LOCAL, progress_line, services, show
from dashboard.erasure import Erasure, Known, subject_of
from data.previews import erasure_values
from data.writes.erasure import forget as forget_customer


def add_to(cli: typer.Typer) -> None:
    """Add the command."""
    cli.command()(forget)


def forget(
    respondent: str = typer.Argument(help="The id of the person, as the files of the source write it."),
    source: str = typer.Option(..., help="Name of the source, see 'imports'."),
    is_answer: bool = typer.Option(False, "--answer", help="The id is that of an answer of the person."),
    as_json: bool = AS_JSON,
) -> None:
    """Erase everything that a customer left; scores and counts stay. Interrupted, run it again."""
    subject = subject_of(source, respondent, Known.RESPONSE if is_answer else Known.RESPONDENT)
    erased = forget_customer(services(), LOCAL, subject, progress_line)
    show(erasure_values(erased), as_json, words_of(erased))


def words_of(erased: Erasure) -> str:
    """Return what was erased and what is left, in lines."""
    lines = [
        f"forgotten: {erased.answers} answers and {erased.ratings} ratings now belong to nobody, and count as before",
        f"  comments erased: {erased.comments}",
        f"  promises that now were made to nobody: {erased.promises}, and {erased.commitments} commitments",
        f"  rejected rows emptied: {erased.rejected}",
        f"  uploads deleted: {erased.uploads}",
        f"  jobs deleted: {erased.jobs}",
        f"  kept answers deleted: {erased.kept}",
        f"  old files of the log deleted: {erased.files}",
    ]
    copies = [f"  {copy.day}  {copy.name}" for copy in erased.backups]
    left = ["left, to be deleted or to grow old:", *copies] if copies else ["no copies are kept in the home folder"]
    return "\n".join([*lines, *left])
