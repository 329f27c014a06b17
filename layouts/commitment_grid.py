"""The grid of all promises: sorted, filtered and grouped on the server, scrolled without end. Its script loads last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import dash_ag_grid as grids
from dash import dcc, html

from layouts.fields import field, select
from layouts.shell import Component
from layouts.words import Words

grids._js_dist[0]["dynamic"] = True  # its script is served, and asked for when the grid is drawn: no page waits for it

NONE = "none"
BLOCK = 100
STATES = ("kept", "late", "broken", "released", "open", "overdue", "conditional", "withdrawn", "partly")
COLUMNS = {"what": 3, "team": 2, "account": 2, "due": 1, "delivered": 1, "days": 1, "state": 2}
"""Columns of a row and how much of the width each takes."""

COUNTED = ("count", "kept", "late", "overdue")


class Ids(StrEnum):
    """Ids of the grid."""

    READY = "grid-ready"
    GROUP = "grid-group"
    PLACE = "grid-place"
    GRID = "grid"
    OPENED = "grid-opened"


def section(t: Words, groups: Sequence[str]) -> Component:
    """Return the card with the place of the grid and what it can be grouped by."""
    choices = [(NONE, t("grid.no_group")), *((name, t(f"grid.{name}")) for name in groups)]
    grouped = field(t("grid.group"), select(Ids.GROUP, choices, NONE))
    return html.Section(
        [
            html.Div([html.H2(t("grid.title")), grouped], className="mc-card-head"),
            dcc.Store(id=Ids.READY),
            dcc.Store(id=Ids.OPENED),
            html.Div(html.P(t("grid.loading"), className="mc-muted"), id=Ids.PLACE),
        ],
        className="mc-card mc-below mc-grid-card no-print",
    )


def grid(t: Words, group: str) -> Component:
    """Return the grid itself, for rows or for groups."""
    return grids.AgGrid(
        id=Ids.GRID,
        columnDefs=_of_rows(t) if group == NONE else _of_groups(t, group),
        defaultColDef={"sortable": True, "resizable": True, "minWidth": 90, "suppressHeaderMenuButton": True},
        rowModelType="infinite",
        enableEnterpriseModules=False,
        dashGridOptions={
            "rowSelection": {"mode": "singleRow", "enableClickSelection": True, "checkboxes": False},
            "cacheBlockSize": BLOCK,
            "maxBlocksInCache": 20,
            "rowHeight": 38,
            "headerHeight": 40,
            "animateRows": False,
            "localeText": {name: t(f"grid.{name}") for name in ("noRowsToShow", "loadingOoo", "filterOoo")},
        },
        className="mc-aggrid",
    )


def _of_rows(t: Words) -> list[dict[str, Any]]:
    columns = []
    for name, flex in COLUMNS.items():
        column: dict[str, Any] = {"field": name, "headerName": t(f"grid.{name}"), "flex": flex}
        options = ["equals", "lessThan", "greaterThan"] if name == "days" else ["contains", "equals"]
        kind = "agNumberColumnFilter" if name == "days" else "agTextColumnFilter"
        if name != "state":
            told = {"filterOptions": options, "maxNumConditions": 1, "debounceMs": 300}
            column |= {"filter": kind, "filterParams": told, "floatingFilter": True}
        columns.append(column)
    return columns


def _of_groups(t: Words, group: str) -> list[dict[str, Any]]:
    first = {"field": "key", "headerName": t(f"grid.{group}"), "flex": 3}
    return [first, *[{"field": name, "headerName": t(f"grid.count_{name}"), "flex": 1} for name in COUNTED]]


def shown(t: Words, rows: Sequence[Mapping[str, Any]], group: str) -> list[dict[str, Any]]:
    """Return rows as the grid shows them: days and states in words."""
    if group != NONE:
        return [
            {**row, "key": t(f"grid.state_{row['key']}") if group == "state" else row["key"] or t("common.none")}
            for row in rows
        ]
    return [
        {
            **row,
            "due": t.short_day(row["due"], year=True) if row["due"] else "",
            "delivered": t.short_day(row["delivered"], year=True) if row["delivered"] else "",
            "state": t(f"grid.state_{row['state']}"),
        }
        for row in rows
    ]
