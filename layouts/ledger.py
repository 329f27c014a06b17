"""What was imported, newest first, and how fresh each source is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from dash import html

from layouts.shell import Component, card
from layouts.words import Words


class Ids(StrEnum):
    """Ids of the ledger."""

    UNDO = "sources-undo"


@dataclass(frozen=True, slots=True)
class Row:
    """One import as the ledger shows it."""

    import_id: int
    source: str
    file_name: str
    state: str
    rows_read: int
    accepted: int
    rejected: int
    first_day: date | None
    last_day: date | None
    message: str
    created_at: datetime


def ledger(t: Words, rows: Sequence[Row], zone: ZoneInfo, today: date, *, may_read: bool = True) -> list[Component]:
    """Return every import, newest first, and how fresh each source is; what was rejected is for who `may_read` it."""
    if not rows:
        return []
    columns = ("when", "source", "file", "accepted", "rejected", "period", "state")
    head = html.Thead(
        html.Tr(
            [
                *[html.Th(t(f"table.{name}"), scope="col") for name in columns],
                html.Th(html.Span(t("table.actions"), className="visually-hidden"), scope="col"),
            ]
        )
    )
    body = html.Tbody([_ledger_row(t, row, zone, may_read) for row in rows])
    ledger_table = html.Div(
        html.Table([html.Caption(t("sources.ledger"), className="visually-hidden"), head, body], className="mc-table"),
        className="mc-table-scroll",
        tabIndex="0",
        role="region",
        **{"aria-label": t("sources.ledger")},
    )
    return [card(_health(t, rows, today), title=t("sources.health")), card(ledger_table, title=t("sources.ledger"))]


def _ledger_row(t: Words, row: Row, zone: ZoneInfo, may_read: bool) -> Component:
    period = (
        f"{t.short_day(row.first_day, year=True)} – {t.short_day(row.last_day, year=True)}"
        if row.first_day and row.last_day
        else ""
    )
    actions: list[Component] = []
    if row.state == "published":
        name = t("sources.undo_label", file=row.file_name)
        actions.append(
            html.Button(
                t("sources.undo"),
                id={"type": Ids.UNDO.value, "import": row.import_id},
                className="mc-button mc-small",
                type="button",
                **{"aria-label": name},
            )
        )
    rejected: Component = t.count(row.rejected)
    if may_read and row.rejected and row.state == "published":
        rejected = html.A(
            t.count(row.rejected), href=f"/download/rejected/{row.import_id}.csv", title=t("sources.download_rejected")
        )
    return html.Tr(
        [
            html.Th(t.moment(row.created_at, zone), scope="row"),
            html.Td(row.source),
            html.Td(row.file_name),
            html.Td(t.count(row.accepted)),
            html.Td(rejected),
            html.Td(period),
            html.Td(t(f"import.{row.state}"), title=row.message),
            html.Td(actions),
        ]
    )


def _health(t: Words, rows: Sequence[Row], today: date) -> Component:
    newest: dict[str, date] = {}
    for row in rows:
        if row.state == "published" and row.last_day:
            newest[row.source] = max(newest.get(row.source, row.last_day), row.last_day)
    if not newest:
        return html.P(t("common.no_data"), className="mc-muted")
    items = []
    for source, day in sorted(newest.items()):
        days = max(0, (today - day).days)
        is_silent = days > 14
        shape, words = ("▼", t("sources.silent")) if is_silent else ("●", t("sources.fresh"))
        items.append(
            html.Li(
                [
                    html.Span(
                        shape,
                        className="mc-mark " + ("mc-down" if is_silent else "mc-still"),
                        **{"aria-hidden": "true"},
                    ),
                    html.Div([html.B(source), html.Small(f"{words} · {t('sources.last_answer', n=days)}")]),
                ]
            )
        )
    return html.Ul(items, className="mc-changes")
