"""`commitments`: what was promised, and how much of it was kept."""

from __future__ import annotations

from typing import Any

import typer

from callbacks.commands.report import AS_JSON, LOCAL, services, show
from dashboard.filters import parse_where
from dashboard.ledger import Ledger
from data.ledger import read_ledger


def add_to(cli: typer.Typer) -> None:
    """Add the command."""
    cli.command()(commitments)


def commitments(
    where: list[str] = typer.Option([], help="Filter, as team=Transporte; may be repeated."),
    since: str = typer.Option("", help="First day on which things fell due, as 2026-01-01."),
    until: str = typer.Option("", help="Last day on which things fell due."),
    as_json: bool = AS_JSON,
) -> None:
    """Print how much of what was already due was kept, with its margin, what is overdue, and lived − expected."""
    opened = services()
    ledger = read_ledger(opened, opened.state(), LOCAL, parse_where(where, since or None, until or None))
    values = values_of(ledger)
    share = "nothing was due yet"
    if ledger.kept.share is not None:
        share = f"{values['kept_share']:.1%} kept on time ({values['low']:.1%} to {values['high']:.1%})"
    lines = [
        f"{share}: {values['kept']} of {values['mature']} already due",
        f"{values['open_overdue']} open and overdue; {values['waiting']} customers wait for something promised",
        f"lived - expected: {_number(values['satisfaction'])} ({values['satisfaction_n']} said both)",
        f"in surveys: {_number(values['surveyed'])} ({values['surveyed_n']})",
    ]
    show(values, as_json, "\n".join(lines))


def _number(value: float | None) -> str:
    return "nobody said" if value is None else f"{value:+.2f}"


def values_of(ledger: Ledger) -> dict[str, Any]:
    """Return the numbers by name; shares 0..1, satisfaction −10..10."""
    kept = ledger.kept
    return {
        "mature": kept.due,
        "kept": kept.kept,
        "late": kept.late,
        "kept_share": kept.share,
        "low": kept.low,
        "high": kept.high,
        "open_overdue": ledger.overdue,
        "oldest_overdue_days": ledger.oldest,
        "waiting": ledger.waiting,
        "satisfaction": ledger.satisfaction.mean,
        "satisfaction_low": ledger.satisfaction.low,
        "satisfaction_high": ledger.satisfaction.high,
        "satisfaction_n": ledger.satisfaction.n,
        "estimated": ledger.estimated.mean,
        "estimated_n": ledger.estimated.n,
        "surveyed": ledger.surveyed.mean,
        "surveyed_n": ledger.surveyed.n,
        "unwritten": len(ledger.unwritten),
        "by_hand": len(ledger.entries),
        "under_control": ledger.under_control,
        "teams": ledger.teams.select("key", "promised", "kept", "score", "low", "high").to_dicts(),
        "median_days": {team: waited.median for team, waited in ledger.waits},
    }
