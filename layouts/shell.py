"""The frame around every desk view: menu, filters, freshness, language, theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import dash_bootstrap_components as dbc
import orjson
from dash import dcc, html

from dashboard.filters import DIMENSIONS, Filters
from dashboard.permissions import Capability, Role
from layouts.drawn import TREE, Tree, drawn
from layouts.words import LANGUAGES, Words

Component = Any
"""A Dash component or text; Dash's own classes carry no types."""


class Ids(StrEnum):
    """Ids of the frame."""

    URL = "shell-url"
    SCREEN = "shell-screen"
    FILTERS = "shell-filters"
    POPPED = "shell-popped"
    ROUTE = "shell-route"
    VERSION = "data-version"
    FRESHNESS = "freshness"
    MAIN = "main"
    TOAST = "shell-toast"
    OFFLINE = "shell-offline"


class Filter(StrEnum):
    """Pattern ids of the filter controls."""

    CHOICE = "filter-choice"
    EDGE = "filter-edge"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu: its path, the key of its words, and what it needs."""

    path: str
    key: str
    needs: Capability


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks at a page.

    Attributes
    ----------
    name : str
        Empty where nobody signs in.
    allowed : frozenset of Capability
    eyes : Role or None
        Through whose eyes they look; None through their own.
    may_look_through : bool
    """

    name: str
    allowed: frozenset[Capability]
    eyes: Role | None = None
    may_look_through: bool = False


MENU = (
    Entry("/", "menu.scoreboard", Capability.SEE_SCORE),
    Entry("/teams", "menu.teams", Capability.SEE_SCORE),
    Entry("/journey", "menu.journey", Capability.SEE_SCORE),
    Entry("/commitments", "menu.commitments", Capability.SEE_SCORE),
    Entry("/meeting", "menu.meeting", Capability.MEET),
)
MORE = (
    Entry("/improvements", "menu.improvements", Capability.SEE_SCORE),
    Entry("/voice", "menu.voice", Capability.READ_COMMENTS),
    Entry("/hear", "menu.hearing", Capability.REPORT),
    Entry("/accounts", "menu.accounts", Capability.SEE_SMALL_GROUPS),
    Entry("/plan", "menu.plan", Capability.SEE_SCORE),
    Entry("/sources", "menu.sources", Capability.CONFIGURE),
    Entry("/settings", "menu.settings", Capability.CONFIGURE),
    Entry("/screens", "menu.screens", Capability.MANAGE_SCREENS),
    Entry("/people", "menu.people", Capability.MANAGE_PEOPLE),
    Entry("/audit", "menu.audit", Capability.READ_AUDIT),
)


def root(version: str) -> Component:
    """Return what every page starts from; the router fills the screen."""
    return html.Div(
        [
            dcc.Location(id=Ids.URL, refresh=False),
            dcc.Store(id=Ids.FILTERS, data={"query": ""}),
            dcc.Store(id=Ids.POPPED),
            dcc.Store(id=Ids.VERSION, data=version),
            dcc.Store(id=Ids.ROUTE),
            html.Div(id=Ids.TOAST, className="mc-toast", role="status", **{"aria-live": "polite"}),
            html.Div(id=Ids.OFFLINE, className="mc-offline no-print", role="status"),
            html.Div(id=Ids.SCREEN),
        ]
    )


def shell(t: Words, current: str, content: Component, visitor: Visitor) -> Component:
    """Return a page with menu and content.

    Parameters
    ----------
    t : Words
    current : str
        Path of the page, marked in the menu.
    content : component
    visitor : Visitor
    """
    skip = html.A(t("shell.skip"), href=f"#{Ids.MAIN}", className="mc-skip")
    main = html.Main(content, id=Ids.MAIN, className="mc-main", tabIndex="-1")
    return html.Div([skip, _menu(t, current, visitor), *_eyes(t, visitor), main], className="mc-shell")


def _eyes(t: Words, visitor: Visitor) -> list[Component]:
    """Return the banner of those who look through other eyes, with the way back."""
    if visitor.eyes is None:
        return []
    back = html.Form(html.Button(t("eyes.back"), type="submit"), action="/eyes", method="post")
    words = html.Span(t("eyes.as", role=t(f"roles.{visitor.eyes.name.lower()}")))
    return [html.Div([words, back], className="mc-eyes no-print", role="status")]


def _menu(t: Words, current: str, visitor: Visitor) -> Component:
    def link(entry: Entry) -> Component:
        marks = {"aria-current": "page"} if entry.path == current else {}
        return html.Li(dcc.Link(t(entry.key), href=entry.path, className="mc-nav-link"), **marks)

    def links(entries: Sequence[Entry]) -> list[Component]:
        return [link(entry) for entry in entries if entry.needs in visitor.allowed]

    ways = [
        dcc.Link([html.Span("marca"), html.Span("dor", className="mc-accent")], href="/", className="mc-brand"),
        html.Ul(links(MENU), className="mc-nav"),
        html.Details(
            [html.Summary(t("menu.more"), className="mc-nav-link"), html.Ul(links(MORE), className="mc-nav")],
            className="mc-nav-more",
            open=any(entry.path == current for entry in MORE),
        ),
        html.A(t("menu.wall"), href="/wall", className="mc-nav-link mc-nav-wall"),
    ]
    marks = {"aria-label": t("shell.menu")}
    return html.Nav([*drawn(ways), _tools(t, visitor)], className="mc-menu no-print", **marks)


def _tools(t: Words, visitor: Visitor) -> Component:
    """Return freshness, language and theme; the browser adds the filters of its address to the other language."""
    others = [language for language in LANGUAGES if language != t.language]
    languages = [
        html.A(t(f"language.{language}"), href=f"?lang={language}", lang=language, className="mc-tool")
        for language in others
    ]
    theme = html.Button(t("shell.theme"), type="button", className="mc-tool", **{"data-mc": "theme"})
    fresh = html.Div(id=Ids.FRESHNESS, className="mc-fresh", role="status")
    return html.Div([fresh, *languages, theme, *_person(t, visitor)], className="mc-tools")


def _person(t: Words, visitor: Visitor) -> list[Component]:
    """Return who is signed in, and the ways to another password and out."""
    if not visitor.name:
        return []
    out = html.Button(t("door.sign_out"), type="submit", className="mc-tool")
    return [
        html.A(visitor.name, href="/password", className="mc-tool mc-person", title=t("door.password_title")),
        html.Form(out, action="/sign-out", method="post"),
    ]


def heading(t: Words, title: str, subtitle: Component, actions: Sequence[Component] = ()) -> Component:
    """Return the head of a page: title, one line, actions at the right."""
    copy = html.Button(t("shell.copy_link"), type="button", className="mc-button", **{"data-mc": "copy"})
    return html.Header(
        [
            html.Div([html.H1(title), html.P(subtitle, className="mc-subtitle")]),
            html.Div([*actions, copy], className="mc-actions no-print"),
        ],
        className="mc-heading",
    )


def downloads(t: Words, view: str, query: str, *, picture: str | None = None, may_export: bool = True) -> Component:
    """Return the «Descargar» menu of a view; `picture` names the graph that may be taken as PNG.

    Files are offered to who may take them away; the picture and the printed page hold what is seen anyway.
    """
    suffix = f"?{query}" if query else ""
    kinds = {"csv": t("download.csv"), "xlsx": t("download.xlsx")} if may_export else {}
    links = [
        html.A(words, href=f"/download/{view}.{kind}{suffix}", className="mc-menu-item")
        for kind, words in kinds.items()
    ]
    if picture:
        marks = {"data-mc": "png", "data-target": picture}
        links.append(html.Button(t("download.png"), type="button", className="mc-menu-item", **marks))
    marks = {"data-mc": "print"}
    links.append(html.Button(t("download.print"), type="button", className="mc-menu-item", **marks))
    return html.Details(
        [
            html.Summary(t("download.title"), className="mc-button"),
            html.Div(links, className="mc-popup mc-popup-right"),
        ],
        className="mc-dropdown",
    )


def filter_bar(
    t: Words,
    chosen: Filters,
    options: Mapping[str, Sequence[tuple[str, str]]],
    periods: Sequence[tuple[str, str]],
    default_period: str,
) -> Component:
    """Return the filters: a pill per dimension that has values, and the period.

    Parameters
    ----------
    t : Words
    chosen : Filters
        What is chosen now.
    options : mapping
        Dimension to (key, name) in order; dimensions without values are left out.
    periods : sequence
        (query, words) of ready-made periods.
    default_period : str
        Words of the period when none is chosen.
    """
    pills = [_period_pill(t, chosen, periods, default_period)]
    pills += [_pill(t, name, options[name], chosen.values(name)) for name in DIMENSIONS if options.get(name)]
    return html.Div(pills, className="mc-filters no-print", role="group", **{"aria-label": t("filters.title")})


def _pill(t: Words, dimension: str, options: Sequence[tuple[str, str]], values: Sequence[str]) -> Component:
    names = dict(options)
    said = t("filters.all") if not values else t.listed([names.get(value, value) for value in values[:2]])
    if len(values) > 2:
        said = t("filters.several", n=len(values))
    known = [{"label": name, "value": key} for key, name in options]
    known += [{"label": value, "value": value} for value in values if value not in names]
    choice = dbc.Checklist(
        id={"type": Filter.CHOICE.value, "dimension": dimension},
        options=known,
        value=list(values),
        className="mc-checks",
    )
    legend = html.Fieldset([html.Legend(t(f"dimension.{dimension}"), className="visually-hidden"), choice])
    summary = html.Summary([t(f"dimension.{dimension}"), " ", html.B(said)], className="mc-pill")
    return html.Details([summary, html.Div(legend, className="mc-popup")], className="mc-dropdown" + _chosen(values))


def _chosen(values: Sequence[object]) -> str:
    return " mc-chosen" if values else ""


def _period_pill(t: Words, chosen: Filters, periods: Sequence[tuple[str, str]], default_period: str) -> Component:
    said = default_period
    if chosen.since or chosen.until:
        said = t(
            "filters.between",
            since=t.short_day(chosen.since) if chosen.since else t("filters.beginning"),
            until=t.short_day(chosen.until) if chosen.until else t("filters.today"),
        )
    edges = [
        html.Label([t(f"filters.{edge}"), _edge(edge, day)], className="mc-field")
        for edge, day in (("since", chosen.since), ("until", chosen.until))
    ]
    ready = [
        html.Button(words, type="button", className="mc-menu-item", **{"data-mc": "period", "data-query": query})
        for query, words in periods
    ]
    summary = html.Summary([t("filters.period"), " ", html.B(said)], className="mc-pill")
    days = [day for day in (chosen.since, chosen.until) if day]
    return html.Details(
        [summary, html.Div([*ready, *edges], className="mc-popup")], className="mc-dropdown" + _chosen(days)
    )


def _edge(edge: str, day: date | None) -> Component:
    identity = {"type": Filter.EDGE.value, "edge": edge}
    return dbc.Input(id=identity, type="date", value=day.isoformat() if day else "", debounce=True, size="sm")


def card(children: Any, *, title: str = "", note: str = "", class_name: str = "") -> Component:
    """Return a card with an optional title and a note at its right."""
    head: list[Component] = []
    if title:
        small = [html.Small(note, className="mc-note")] if note else []
        head = [html.Div([html.H2(title), *small], className="mc-card-head")]
    body = children if isinstance(children, list) else [children]
    return html.Section([*head, *body], className=f"mc-card {class_name}".strip())


def empty(t: Words, title: str, text: str, actions: Sequence[Component]) -> Component:
    """Return an empty state: why it is empty, and what to do next."""
    return html.Section(
        [html.H2(title), html.P(text), html.Div(list(actions), className="mc-actions")], className="mc-empty"
    )


def table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Component:
    """Return a table for those who do not see the figure: one component, whose cells the browser draws."""
    head: Tree = ["tr", {}, *(["th", {"scope": "col"}, name] for name in columns)]
    body: list[Tree] = [
        ["tr", {}, ["th", {"scope": "row"}, first], *(["td", {}, text] for text in rest)] for first, *rest in rows
    ]
    whole: Tree = ["table", {"class": "mc-table"}, ["caption", {}, caption], ["thead", {}, head], ["tbody", {}, *body]]
    marks = {"aria-label": caption, TREE: orjson.dumps(["div", {}, whole]).decode()}
    return html.Div(className="mc-table-scroll", tabIndex="0", role="region", **marks)
