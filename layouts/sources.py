"""Datos: a file in four steps, what was imported, and how fresh each source is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.thresholds import Display, display
from layouts.shell import Component, card, heading
from layouts.words import Words


class Ids(StrEnum):
    """Ids of the page."""

    FILE = "sources-file"
    UPLOAD = "sources-upload"
    JOB = "sources-job"
    RESULT = "sources-result"
    DRAFT = "sources-draft"
    STEPS = "sources-steps"
    ALERT = "sources-alert"
    PROGRESS = "sources-progress"
    UNDERSTOOD = "sources-understood"
    SIDE = "sources-side"
    MAPPING = "sources-mapping"
    CHECK = "sources-check"
    IMPORT = "sources-import"
    ROLE = "sources-role"
    DATES = "sources-dates"
    LIST = "sources-list"


UNUSED = "unused"
ROLES = (
    UNUSED,
    "id",
    "date",
    "due",
    "made",
    "delivered",
    "delay",
    "kept",
    "recommend",
    "rating",
    "verbatim",
    "respondent",
    "weight",
    "moment",
    "touchpoint",
    "team",
    "segment",
    "channel",
    "site",
    "account",
    "area",
    "role",
)
"""What a column may be."""

DATED = ("date", "due", "made", "delivered")
"""Roles of a column that holds days."""

UNITS = ("minutes", "hours", "days")
"""What a delay is counted in."""


def page(t: Words, further: Sequence[Component] = (), actions: Sequence[Component] = ()) -> Component:
    """Return the page: the steps, what was understood, what it would do, the ledger, and `further` cards.

    `actions` stand in its head.
    """
    return html.Div(
        [
            heading(t, t("sources.title"), t("sources.subtitle"), actions),
            html.Ol(steps(t, 1, {}), id=Ids.STEPS, className="mc-steps"),
            html.Div(id=Ids.ALERT, role="alert"),
            html.Div(
                [
                    html.Section(chooser(t), id=Ids.UNDERSTOOD, className="mc-card"),
                    html.Div(id=Ids.SIDE, className="mc-side"),
                ],
                className="mc-split",
            ),
            html.P(id=Ids.PROGRESS, className="mc-progress", role="status"),
            html.Div(id=Ids.LIST),
            *further,
            dcc.Store(id=Ids.UPLOAD),
            dcc.Store(id=Ids.JOB),
            dcc.Store(id=Ids.RESULT),
            dcc.Store(id=Ids.DRAFT),
        ]
    )


def steps(t: Words, current: int, draft: Mapping[str, Any]) -> list[Component]:
    """Return the four steps with what is known of each."""
    notes = (
        str(draft.get("name", t("sources.step1_note"))),
        t("sources.step2_note", n=int(draft["understood"])) if "understood" in draft else "",
        t("sources.step3_note", n=int(draft["rejected"])) if "rejected" in draft else "",
        t("sources.step4_note"),
    )
    return [
        html.Li(
            [html.B(t(f"sources.step{place}")), html.Small(note)],
            className="mc-step" + (" mc-here" if place == current else ""),
            **({"aria-current": "step"} if place == current else {}),
        )
        for place, note in enumerate(notes, start=1)
    ]


def chooser(t: Words) -> list[Component]:
    """Return the place where a file is dropped or chosen."""
    return [
        html.H2(t("sources.choose")),
        html.P(t("sources.formats"), className="mc-muted"),
        html.Label(
            [
                html.Span(t("sources.drop"), className="mc-drop-words"),
                html.Span(t("sources.browse"), className="mc-button mc-primary"),
                html.Span(
                    id=Ids.FILE,
                    className="mc-drop-slot",
                    **{"data-mc-file": Ids.UPLOAD.value, "data-mc-line": Ids.PROGRESS.value},
                ),
            ],
            className="mc-drop",
        ),
    ]


def understood(t: Words, draft: Mapping[str, Any], mapping: str) -> list[Component]:
    """Return what each column was taken for, to be changed, and the mapping itself for who prefers text."""
    columns = draft["columns"]
    head = html.Thead(
        html.Tr([html.Th(t(f"sources.column_{name}"), scope="col") for name in ("name", "example", "role", "read")])
    )
    body = html.Tbody([_column(t, place, column) for place, column in enumerate(columns)])
    note = t("sources.read_as", how=_how(t, draft["how"]), rows=t("score.rows", n=int(draft["rows"])))
    return [
        html.Div([html.H2(t("sources.understood")), html.Small(note, className="mc-note")], className="mc-card-head"),
        *_which_day(t, columns),
        *_which_unit(t, columns),
        html.Div(
            html.Table(
                [html.Caption(t("sources.understood"), className="visually-hidden"), head, body], className="mc-table"
            ),
            className="mc-table-scroll mc-columns",
            tabIndex="0",
            role="region",
            **{"aria-label": t("sources.understood")},
        ),
        html.Details(
            [
                html.Summary(t("sources.as_text")),
                dbc.Label(t("sources.mapping"), html_for=Ids.MAPPING),
                dbc.Textarea(id=Ids.MAPPING, value=mapping, rows=18, className="mc-code", spellcheck="false"),
            ],
            className="mc-more",
        ),
        html.Div(
            dbc.Button(t("sources.check"), id=Ids.CHECK, className="mc-button mc-primary"), className="mc-actions"
        ),
    ]


def _how(t: Words, how: str) -> str:
    """Return how the file was read: its format or separator, and its encoding where it has one."""
    form, _, encoding = how.partition(", ")
    return ", ".join(part for part in (t(f"format.{form.lower()}"), encoding) if part)


def _column(t: Words, place: int, column: Mapping[str, Any]) -> Component:
    options = [{"label": t(f"role.{role}"), "value": role} for role in ROLES]
    label = t("sources.role_of", column=column["name"])
    choice = dbc.Select(
        id={"type": Ids.ROLE.value, "column": place},
        options=options,
        value=column["role"] or UNUSED,
        size="sm",
        className="mc-role",
    )
    return html.Tr(
        [
            html.Th(html.Code(column["name"]), scope="row"),
            html.Td(column["example"][:40]),
            html.Td(html.Label([html.Span(label, className="visually-hidden"), choice])),
            html.Td(_reading(t, column), className="mc-muted"),
        ],
        className="mc-used" if column["role"] else "",
    )


def _reading(t: Words, column: Mapping[str, Any]) -> str:
    """Return how the cells of a column will be read."""
    detail = column.get("detail") or {}
    codes = ", ".join(str(code) for code in detail.get("no_answer", []))
    told = []
    if column["role"] == "rating" and "min" in detail:
        told.append(t("sources.scale", low=detail["min"], high=detail["max"]))
    if column["role"] == "recommend":
        told.append(t("sources.scale", low=0, high=10))
    if codes and column["role"] in ("rating", "recommend"):
        told.append(t("sources.no_answer", codes=codes))
    if column["role"] in DATED and detail.get("formats"):
        told.append(", ".join(detail["formats"]) if detail["formats"] != ["?"] else t("sources.which_day_short"))
    if column["role"] == "date" and detail.get("part") == "day":
        told.append(t("sources.day_of_month"))
    if column["role"] == "delay" and "unit" in detail:
        told.append(t("sources.which_unit_short" if detail["unit"] == "?" else f"sources.unit_{detail['unit']}"))
    if column["role"] == "kept" and detail.get("yes"):
        told.append(t("sources.means_yes", values=t.listed([t("common.quoted", words=one) for one in detail["yes"]])))
    return " · ".join(told)


def _which_day(t: Words, columns: Sequence[Mapping[str, Any]]) -> list[Component]:
    """Return what is asked about the date, never guessed: day or month first, which month, which day."""
    days = [column for column in columns if column["role"] in DATED]
    dated = next((one for one in days if (one.get("detail") or {}).get("formats") == ["?"]), next(iter(days), None))
    detail = (dated or {}).get("detail") or {}
    if dated is None:
        return [_question(t("sources.no_date"), dbc.Input(id=_asked("constant"), type="date", className="mc-short"))]
    if detail.get("part") == "day":
        words = t("sources.only_day", column=dated["name"], example=dated["example"])
        return [
            _question(words, dbc.Input(id=_asked("month"), type="month", placeholder="2026-05", className="mc-short"))
        ]
    if detail.get("formats") != ["?"]:
        return []
    options = [{"label": t("sources.day_first"), "value": "day"}, {"label": t("sources.month_first"), "value": "month"}]
    words = t("sources.which_day", column=dated["name"], example=dated["example"])
    return [_question(words, dbc.RadioItems(id=_asked("order"), options=options, inline=True))]


def _which_unit(t: Words, columns: Sequence[Mapping[str, Any]]) -> list[Component]:
    """Return what is asked about a delay that does not say what it is counted in."""
    delay = next((one for one in columns if one["role"] == "delay"), None)
    if delay is None or (delay.get("detail") or {}).get("unit") != "?":
        return []
    options = [{"label": t(f"sources.unit_{unit}"), "value": unit} for unit in UNITS]
    words = t("sources.which_unit", column=delay["name"], example=delay["example"])
    return [_question(words, dbc.RadioItems(id=_asked("unit"), options=options, inline=True))]


def _asked(what: str) -> dict[str, str]:
    return {"type": Ids.DATES.value, "what": what}


def _question(words: str, control: Component) -> Component:
    return html.Label([html.Span(words, className="mc-question-words"), control], className="mc-question")


def would_do(t: Words, result: Mapping[str, Any]) -> list[Component]:
    """Return what importing would do: the score of the file, what stays out and why, and the button."""
    accepted = int(result["accepted"])
    return [
        card(_file_numbers(t, result), title=t("sources.if_imported")),
        card(_left_out(t, result), title=t("sources.left_out", n=int(result["rejected"]))),
        dbc.Button(
            t("sources.import_promises" if result.get("promises") else "sources.import_button", n=accepted),
            id=Ids.IMPORT,
            className="mc-button mc-primary mc-block",
            disabled=accepted == 0,
        ),
    ]


def done(t: Words, result: Mapping[str, Any], *, may_read: bool = True) -> list[Component]:
    """Return what an import did, and where to look next; the file of what was rejected is for who `may_read` it."""
    is_promised = bool(result.get("promises"))
    said = "sources.imported_promises" if is_promised else "sources.imported"
    words = t(said, n=int(result["accepted"])) if result["is_new"] else t("sources.nothing_new")
    look = ("sources.see_commitments", "/commitments") if is_promised else ("sources.see_score", "/")
    return [
        card(
            [
                html.P(words, className="mc-lead"),
                *_file_numbers(t, result),
                html.Div(dcc.Link(t(look[0]), href=look[1], className="mc-button mc-primary"), className="mc-actions"),
            ],
            title=t("sources.done"),
        ),
        card(_left_out(t, result, may_read), title=t("sources.left_out", n=int(result["rejected"]))),
    ]


def _file_numbers(t: Words, result: Mapping[str, Any]) -> list[Component]:
    score = result.get("score") or {}
    parts: list[Component] = []
    n = int(score.get("n") or 0)
    if n and display(n) is Display.HIDDEN:
        parts.append(html.P(f"{t('score.answers', n=n)}. {t('score.too_few')}", className="mc-muted"))
    elif score.get("points") is not None:
        between = t("score.between", low=t.points(score["low"]), high=t.points(score["high"]))
        words = f"NPS, {between} · {t('score.answers', n=n)}"
        parts.append(
            html.Div(
                [
                    html.P(t.points(score["points"], signed=True), className="mc-number"),
                    html.P(words, className="mc-muted"),
                ]
            )
        )
    if result.get("ratings"):
        parts.append(html.P(t("sources.ratings", n=int(result["ratings"])), className="mc-muted"))
    if result.get("invited"):
        parts.append(html.P(t("score.invited", n=int(result["invited"])), className="mc-muted"))
    rows = t(
        "sources.sum",
        rows=t.count(result["rows"]),
        accepted=t.count(result["accepted"]),
        rejected=t.count(result["rejected"]),
    )
    return [*parts, html.P(rows, className="mc-muted")]


def _left_out(t: Words, result: Mapping[str, Any], may_read: bool = False) -> list[Component]:
    rows = result["rejections"][:12]
    if not rows:
        return [html.P(t("sources.nothing_left_out"), className="mc-muted")]
    reasons = [html.Li(f"{t.count(one['row'])} · {t('reason.' + one['reason'])}") for one in result["reasons"]]
    items = [
        html.Li(
            [
                html.Small(t("sources.row", row=t.count(one["row"]))),
                html.Div(
                    [
                        html.B(f"{one['column'] or t('sources.whole_row')} «{one['value'][:60]}»"),
                        html.Small(t(f"reason.{one['reason']}")),
                    ]
                ),
            ]
        )
        for one in rows
    ]
    link = []
    if may_read and result.get("import_id"):
        href = f"/download/rejected/{result['import_id']}.csv"
        link = [html.A(t("sources.download_rejected"), href=href, className="mc-link")]
    return [html.Ul(reasons, className="mc-reasons"), html.Ul(items, className="mc-rejected"), *link]


def problem(t: Words, message: str) -> Component:
    """Return why something could not be done."""
    return html.Div([html.B(t("sources.problem")), html.P(message)], className="mc-alert")
