"""Writing down a value: the form of a phone, and a file of many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.teams import Watched
from layouts.fields import field
from layouts.shell import Component, card
from layouts.words import Words


class Ids(StrEnum):
    """Ids of the form and of the file."""

    INDICATOR = "reporting-indicator"
    WEEK = "reporting-week"
    VALUE = "reporting-value"
    PART = "reporting-part"
    TOTAL = "reporting-total"
    REASON = "reporting-reason"
    REASON_FIELD = "reporting-reason-field"
    HINT = "reporting-hint"
    SAVE = "reporting-save"
    UPLOAD = "reporting-upload"
    PROGRESS = "reporting-progress"
    DRAFT = "reporting-draft"
    MAPPING = "reporting-mapping"
    FILE_REASON = "reporting-file-reason"
    IMPORT = "reporting-import"
    IMPORTED = "reporting-imported"


def form(
    t: Words, watched: Sequence[Watched], silent: Sequence[Watched], weeks: Sequence[date], today: date
) -> Component:
    """Return the form: the first indicator that nobody has reported is chosen already.

    Parameters
    ----------
    t : Words
    watched, silent : sequence of Watched
        What may be reported, and what is missing of the last closed week.
    weeks : sequence of date
        Mondays to choose from, the last closed one first.
    today : date
        What should have been reported by then is out of time.
    """
    if not watched:
        return html.Div()
    missing = {one.indicator.indicator_id for one in silent}
    order = [*silent, *[one for one in watched if one.indicator.indicator_id not in missing]]
    options = [{"label": _label(t, one, missing), "value": str(one.indicator.indicator_id)} for one in order]
    ends = [{"label": t("reporting.week_of", day=t.short_day(week)), "value": week.isoformat()} for week in weeks]
    fields = [
        field(t("reporting.indicator"), dbc.Select(id=Ids.INDICATOR, options=options, value=options[0]["value"])),
        field(t("reporting.week"), dbc.Select(id=Ids.WEEK, options=ends, value=ends[0]["value"])),
        field(t("reporting.value"), _number(Ids.VALUE)),
        html.Div(
            [field(t("reporting.part"), _number(Ids.PART)), field(t("reporting.total"), _number(Ids.TOTAL))],
            className="mc-part-of-total",
        ),
    ]
    reason = html.Div(
        field(t("reporting.reason"), dbc.Input(id=Ids.REASON, maxLength=300)), id=Ids.REASON_FIELD, hidden=True
    )
    names = t.listed([_missing(t, one, weeks[0], today) for one in silent]) if silent else ""
    said = t("reporting.silent", names=names) if silent else t("reporting.all_told")
    return html.Details(
        [
            html.Summary([html.B(t("reporting.title")), " ", html.Span(said, className="mc-muted")]),
            html.Div(fields, className="mc-fields mc-report"),
            html.P(id=Ids.HINT, className="mc-muted"),
            reason,
            html.Button(t("reporting.save"), id=Ids.SAVE, className="mc-button mc-primary", type="button"),
        ],
        open=bool(silent),
        className="mc-card mc-reporting",
    )


def _missing(t: Words, one: Watched, week: date, today: date) -> str:
    """Return what is missing, of whom, and by when."""
    indicator = one.indicator
    due = indicator.due(week)
    when = t("reporting.late") if today > due else t("reporting.by", day=t(f"day.{indicator.due_day}"))
    who = [indicator.reporter] if indicator.reporter else []
    return f"{indicator.name} ({', '.join([*who, when])})"


def _label(t: Words, one: Watched, missing: set[int]) -> str:
    name = f"{one.indicator.name} ({one.indicator.unit})"
    return t("reporting.missing", name=name) if one.indicator.indicator_id in missing else name


def _number(identity: str) -> Component:
    return dbc.Input(id=identity, type="number", step="any", inputmode="decimal", autocomplete="off")


def importing(t: Words) -> Component:
    """Return the place where a file of readings is chosen, read and written down."""
    slot = {"data-mc-file": Ids.UPLOAD.value, "data-mc-line": Ids.PROGRESS.value}
    place = html.Span(className="mc-drop-slot", **slot)
    upload = html.Label([html.Span(t("reporting.choose")), place], className="mc-button mc-choose")
    return html.Details(
        [
            html.Summary(t("reporting.import_title")),
            card(
                [
                    html.P(t("reporting.import_text")),
                    upload,
                    html.P(id=Ids.PROGRESS, role="status", className="mc-progress"),
                    dcc.Store(id=Ids.UPLOAD),
                    html.Div(draft(t), id=Ids.DRAFT, hidden=True),
                    html.Div(id=Ids.IMPORTED, role="status"),
                ]
            ),
        ],
        className="mc-more",
    )


def draft(t: Words) -> list[Component]:
    """Return the mapping to be checked and the button that imports."""
    area = dbc.Textarea(id=Ids.MAPPING, rows=9, className="mc-code", spellCheck=False)
    return [
        field(t("reporting.mapping"), area),
        field(t("reporting.file_reason"), dbc.Input(id=Ids.FILE_REASON, maxLength=300)),
        html.Button(t("reporting.import"), id=Ids.IMPORT, className="mc-button mc-primary", type="button"),
    ]


def imported(t: Words, rows: int, changed: int, blank: int, rejected: Sequence[tuple[int, str, str]]) -> Component:
    """Return what came of a file: rows read, written, blank and rejected with their reasons."""
    told = t("reporting.imported", n=rows, changed=t.count(changed), blank=t.count(blank), rejected=len(rejected))
    items = [
        html.Li(t("reporting.rejected_row", row=t.count(row), value=value[:60], reason=t(f"reason.{reason}")))
        for row, value, reason in rejected[:10]
    ]
    return html.Div([html.P(told, className="mc-said"), html.Ul(items)])
