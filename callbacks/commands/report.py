"""What commands share: opening the services, printing, the errors that are a sentence and not a traceback."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
import typer
from deltalake.exceptions import DeltaError
from pydantic import ValidationError

from dashboard.erasure import ErasureError
from dashboard.filters import FilterError
from dashboard.goal import GoalError
from dashboard.indicators import IndicatorError
from dashboard.members import MemberError
from dashboard.organisation import OrganisationError
from dashboard.permissions import NotAllowedError, Scope
from dashboard.refusals import Refusal
from data.engines import EngineError
from data.ingest.raw import ImportRefusedError
from data.log import LogFolderError
from data.services import Services, open_services
from data.settings import Settings, SettingsError
from data.writes.demo import DemoError


class CommandError(RuntimeError):
    """A command cannot do what it was asked. The message is the sentence that is printed."""


EXPECTED = (
    CommandError,
    DemoError,
    EngineError,
    ErasureError,
    FilterError,
    GoalError,
    ImportRefusedError,
    IndicatorError,
    LogFolderError,
    MemberError,
    NotAllowedError,
    OrganisationError,
    Refusal,
    SettingsError,
    OSError,
    DeltaError,
    sa.exc.SQLAlchemyError,
)

AS_JSON = typer.Option(False, "--json", help="Print one JSON object instead of words.")

LOCAL = Scope.administrator()


def read_settings(**values: Any) -> Settings:
    """Return the settings.

    Raises
    ------
    CommandError
        Naming the variable that is wrong.
    """
    try:
        return Settings(**{name: value for name, value in values.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = f"MARCADOR_{'_'.join(str(part) for part in first['loc']).upper()}"
        raise CommandError(f"{name}: {first['msg']}") from None


def services() -> Services:
    """Return the services of the settings in force."""
    return open_services(read_settings())


def say(text: str) -> None:
    """Print a line for people."""
    typer.echo(text)


def show(values: Mapping[str, Any], as_json: bool, words: str) -> None:
    """Print `values` as JSON, or `words`."""
    typer.echo(json.dumps(values, default=_plain, ensure_ascii=False) if as_json else words)


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def progress_line(stage: str, share: float) -> None:
    """Show progress on a terminal, nothing in a pipe."""
    if sys.stderr.isatty():
        typer.echo(f"\r{share:4.0%} {stage:<12}", nl=share >= 1, err=True)
