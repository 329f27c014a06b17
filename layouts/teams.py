"""The teams: what each can move this week, and whether it truly foretells the score."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from urllib.parse import urlencode

from dash import dcc, html

from dashboard.evidence import FEWEST_WEEKS, Proof
from dashboard.indicators import RECENT, SEASON, Course, Indicator, Kind, Posture, Week
from dashboard.nps import shown
from dashboard.scoreboard import Scoreboard
from dashboard.teams import Mark, Team, Teams, Watched
from dashboard.thresholds import Display
from layouts import evidence as told
from layouts.figures.base import CONFIG, EMPTY
from layouts.figures.teams import weeks as weeks_drawn
from layouts.shell import Component, card, empty, heading
from layouts.verdict import objective_sentence, saying
from layouts.words import Words, decimals_of

SHAPES = {Week.MET: "▲", Week.NEARLY: "◆", Week.BELOW: "▼", Week.MISSING: "○", Week.AIMLESS: "●"}
"""Each state has a shape, so that colour is never alone."""


class Ids(StrEnum):
    """Ids of the teams."""

    FILTERS = "teams-filters"
    ACTIONS = "teams-actions"
    SUBTITLE = "teams-subtitle"
    REPORT = "teams-report"
    SAID = "teams-said"
    LIST = "teams-list"
    CHOSEN = "teams-chosen"
    OPEN = "teams-open"
    PROFILE_TITLE = "teams-profile-title"
    PROFILE = "teams-profile"
    PROFILE_CARD = "teams-profile-card"
    PROFILE_FIGURE = "teams-profile-figure"
    PROFILE_WORDS = "teams-profile-words"
    TEST = "teams-test"
    IMPORT = "teams-import"


def page(t: Words, importing: Component) -> Component:
    """Return the page with places for what its callbacks fill."""
    graph = dcc.Graph(id=Ids.PROFILE, config=CONFIG, figure=EMPTY, responsive=True, className="mc-graph-inner")
    note = html.Small(t("teams.profile_note"), className="mc-note")
    marks = {"aria-describedby": Ids.PROFILE_WORDS, "aria-label": t("teams.profile_note")}
    return html.Div(
        [
            heading(t, t("teams.title"), html.Span(id=Ids.SUBTITLE), [html.Div(id=Ids.ACTIONS)]),
            html.Div(id=Ids.FILTERS),
            html.Div(id=Ids.REPORT, className="no-print"),
            html.P(id=Ids.SAID, role="status", className="mc-said"),
            html.Div(id=Ids.LIST, className="mc-teams"),
            dcc.Store(id=Ids.CHOSEN),
            html.Div(
                [
                    html.Section(
                        [
                            html.Div([html.H2(id=Ids.PROFILE_TITLE), note], className="mc-card-head"),
                            html.Div(graph, id=Ids.PROFILE_FIGURE, role="img", className="mc-figure mc-graph", **marks),
                            html.Div(id=Ids.PROFILE_WORDS),
                        ],
                        className="mc-card",
                    ),
                    card(html.Div(id=Ids.TEST), title=t("teams.test"), note=t("teams.test_note")),
                ],
                className="mc-pair mc-evidence",
                id=Ids.PROFILE_CARD,
            ),
            html.Div(importing, id=Ids.IMPORT, className="no-print"),
        ]
    )


def subtitle(t: Words, is_judging: bool) -> str:
    """Return the line under the title: what the page is for, or that new data are being tested."""
    return t("teams.judging") if is_judging else t("teams.subtitle")


def stance(t: Words, found: Teams) -> list[Component]:
    """Return what the last closed week says of all lead indicators; nothing when none owed a value."""
    if not found.states:
        return []
    met = t("teams.met_of", met=found.met, n=len(found.states))
    word = [html.B(second_word(t, found.posture)), ": "] if found.posture else []
    return [html.P([*word, met], className="mc-stance")]


def overview(t: Words, found: Teams) -> list[Component]:
    """Return every team with its indicators; before there is any, what to do."""
    if not found.teams:
        action = dcc.Link(t("teams.first"), href="/settings", className="mc-button mc-primary")
        return [empty(t, t("teams.empty"), t("teams.empty_next"), [action])]
    pooled = [told.pooled_sentence(t, one) for one in found.pooled]
    together = [card(html.Ul([html.Li(words) for words in pooled]), title=t("teams.together"))] if pooled else []
    return [*stance(t, found), *[_team(t, team, found) for team in found.teams], *together]


def _team(t: Words, team: Team, found: Teams) -> Component:
    link = dcc.Link(team.name, href="/teams?" + urlencode({"team": team.key}))
    rows = [_row(t, one, _marks(found, team.key)) for one in team.watched]
    return html.Section([html.H2(link), *rows], className="mc-card mc-team")


def _marks(found: Teams, team: str) -> list[Mark]:
    return [mark for mark in found.marks if mark.team in ("", team)]


def _row(t: Words, one: Watched, marks: Sequence[Mark]) -> Component:
    return html.Article(
        [
            html.H3(one.indicator.name),
            number(t, one.course),
            _drawing(t, one, marks),
            chip(t, one.course),
            _said(t, one),
        ],
        className=f"mc-indicator mc-week-{one.course.last.value}",
    )


def number(t: Words, course: Course) -> Component:
    """Return the last closed week against its target."""
    indicator, value = course.indicator, course.values[-1] if course.weeks else None
    target = course.targets[-1] if course.weeks else None
    unit = indicator.unit if indicator.is_share or target is None else ""
    told_value = t("teams.not_reported") if value is None else against(t, value, target, unit)
    aim = [html.Span(t("teams.of_target", target=t.amount(target, indicator.unit)))] if target is not None else []
    name = "mc-amount" + (" mc-amount-none" if value is None else "")
    shape = html.Span(SHAPES[course.last], className="mc-shape", **{"aria-hidden": "true"})
    return html.P([shape, html.B(told_value, className=name), " ", *aim], className="mc-now")


def against(t: Words, value: float, target: float | None, unit: str) -> str:
    """Return a value as it stands beside its target: with decimals where rounding would make the two the same."""
    more, usual = 0, decimals_of(value, unit)
    while target is not None and value != target and more < 3:
        if shown(value, usual + more) != shown(target, usual + more):
            break
        more += 1
    return t.amount(value, unit, more)


def _drawing(t: Words, one: Watched, marks: Sequence[Mark]) -> Component:
    values = [t.amount(value, one.indicator.unit) for value in one.course.values[-RECENT:]]
    alt = t(
        "teams.drawing", weeks=t("score.weeks", n=len(one.course.weeks)), values=t.listed(values) if values else "–"
    )
    return html.Img(src=weeks_drawn(one.course, marks), alt=alt, className="mc-weeks")


def chip(t: Words, course: Course) -> Component:
    """Return how many of the last six weeks were met, and a warning when two in a row were not."""
    recent = course.recent(RECENT)
    words = t("teams.meets", met=recent.met, n=recent.weeks) if recent.weeks else t("teams.no_weeks")
    warning = [html.Small(t("teams.warning", avoids=course.indicator.avoids))] if _warns(course) else []
    return html.Div([html.Span(words, className="mc-chip"), *warning], className="mc-chips")


def _warns(course: Course) -> bool:
    return course.is_warning and bool(course.indicator.avoids)


def _said(t: Words, one: Watched) -> Component:
    lines: list[Component] = [html.B(told.verdict(t, one)), html.P(told.sentence(t, one))]
    if one.evidence is not None and one.evidence.proof is Proof.INSUFFICIENT:
        lines.append(html.P(told.waiting(t, one.evidence), className="mc-waiting"))
    if one.evidence is not None:
        lines.append(
            html.Button(
                t("teams.open"),
                id={"type": Ids.OPEN.value, "indicator": one.indicator.indicator_id},
                className="mc-link",
                type="button",
                **{"aria-label": t("teams.open_of", indicator=one.indicator.name)},
            )
        )
    return html.Div(lines, className="mc-evidence-words")


def team_page(t: Words, team: Team, found: Teams, board: Scoreboard) -> list[Component]:
    """Return the page of one team: the goal on top, then its own indicators."""
    marks = _marks(found, team.key)
    return [_goal(t, team, board), *[_whole(t, one, marks) for one in team.watched], *_marked(t, marks)]


def _goal(t: Words, team: Team, board: Scoreboard) -> Component:
    parts: list[Component] = [html.H2(team.name)]
    if board.goal is not None and board.judgement is not None:
        said = saying(t, board.judgement)
        is_shown = board.score.display is not Display.HIDDEN and board.score.points is not None
        points = [html.B(f"NPS {t.points(board.score.points)}"), " · "] if is_shown else []
        parts.append(html.P(objective_sentence(t, board.goal)))
        parts.append(html.P([*points, f"{said.shape} {said.word} {said.by}"], className="mc-sentence"))
    else:
        parts.append(html.P(dcc.Link(t("scoreboard.no_goal"), href="/settings")))
    parts.append(dcc.Link(t("teams.all"), href="/teams"))
    return html.Section(parts, className="mc-card mc-team-goal")


def _whole(t: Words, one: Watched, marks: Sequence[Mark]) -> Component:
    indicator, season = one.indicator, one.course.recent(SEASON)
    lines = [t("teams.season", met=season.met, n=season.weeks)]
    if season.streak:
        lines.append(t("teams.streak", n=season.streak))
    if season.reported < season.weeks:
        lines.append(t("teams.unreported", n=season.weeks - season.reported))
    if one.running is not None:
        lines.append(t("teams.running", value=t.amount(one.running, indicator.unit)))
    return html.Section(
        [
            _row(t, one, marks),
            grid(t, one),
            html.P(" · ".join(lines), className="mc-muted"),
            html.Dl([_term(label, words) for label, words in _facts(t, indicator)], className="mc-terms"),
            _targets(t, indicator),
        ],
        className="mc-card mc-team",
    )


def grid(t: Words, one: Watched) -> Component:
    """Return the last thirteen weeks as marks with words: met, nearly, below, not reported, corrected."""
    course = one.course
    rows = list(zip(course.weeks, course.values, course.targets, course.states, strict=True))[-SEASON:]
    cells = []
    for week, value, target, state in rows:
        parts = [t.short_day(week), t.amount(value, one.indicator.unit) if value is not None else ""]
        parts += [t(f"week.{state.value}")]
        if target is not None:
            parts.append(t("teams.of_target", target=t.amount(target, one.indicator.unit)))
        if week in one.amended:
            parts.append(t("teams.amended"))
        words = " · ".join(part for part in parts if part)
        shape = html.Span(SHAPES[state], **{"aria-hidden": "true"})
        flag = [html.Sup("*", **{"aria-hidden": "true"})] if week in one.amended else []
        hidden = html.Span(words, className="visually-hidden")
        cells.append(html.Li([shape, *flag, hidden], title=words, className=f"mc-cell mc-week-{state.value}"))
    return html.Ol(cells, className="mc-grid", **{"aria-label": t("teams.grid")})


def _facts(t: Words, indicator: Indicator) -> list[tuple[str, str]]:
    who = indicator.reporter or t("teams.anybody")
    facts = [
        (t("indicator.avoids"), indicator.avoids),
        (t("indicator.belief"), indicator.belief if indicator.kind is Kind.LEAD else ""),
        (t("indicator.moments"), t.listed(list(indicator.moments)) if indicator.moments else ""),
        (t("indicator.reporter"), t("teams.reports", who=who, day=t(f"day.{indicator.due_day}"))),
    ]
    return [(label, words) for label, words in facts if words]


def _term(label: str, words: str) -> Component:
    return html.Div([html.Dt(label), html.Dd(words)])


def _targets(t: Words, indicator: Indicator) -> Component:
    items = [
        html.Li(
            t(
                "teams.target_since",
                value=t.amount(target.value, indicator.unit),
                day=t.short_day(target.since, year=True),
                reason=f" · {target.reason}" if target.reason else "",
            )
        )
        for target in reversed(indicator.targets)
    ]
    if not items:
        return html.P(t("teams.no_target"), className="mc-muted")
    return html.Details([html.Summary(t("teams.targets")), html.Ul(items)], className="mc-more")


def _marked(t: Words, marks: Sequence[Mark]) -> list[Component]:
    if not marks:
        return []
    items = [html.Li([html.B(t.short_day(mark.day, year=True)), f" · {mark.name}"]) for mark in reversed(marks)]
    return [card(html.Ul(items), title=t("teams.marks"), note=t("teams.marks_note"))]


def profile_title(t: Words, one: Watched | None) -> str:
    """Return what the evidence below is about."""
    return t("teams.profile", indicator=one.indicator.name) if one else t("teams.profile_none")


def profile_words(t: Words, one: Watched | None) -> list[Component]:
    """Return the sentence under the lag profile; what is not known yet says how far the data have come."""
    if one is None or one.evidence is None:
        return [html.P(t("common.no_data"), className="mc-muted")]
    profile = one.evidence.trial.profile
    why = html.Details(
        [html.Summary(t("scoreboard.why")), html.Div(told.arithmetic(t, one), className="mc-why-block")],
        className="mc-more",
    )
    if profile is None:
        known = min(one.evidence.trial.weeks, FEWEST_WEEKS)
        progress = html.Progress(
            value=str(known), max=str(FEWEST_WEEKS), **{"aria-label": t("evidence.progress_label")}
        )
        so_far = t("evidence.so_far", n=one.evidence.trial.weeks, least=FEWEST_WEEKS)
        words = [html.P(told.bet(t, one.indicator)), html.P([progress, " ", so_far])]
        return [*words, html.P(told.waiting(t, one.evidence), className="mc-waiting"), why]
    return [html.P(told.profile_sentence(t, profile, one.indicator.direction)), why]


def forecast_words(t: Words, one: Watched | None) -> list[Component]:
    """Return the forecast test of the chosen indicator."""
    if one is None or one.evidence is None or one.evidence.trial.profile is None:
        return [html.P(t("evidence.no_test"), className="mc-muted")]
    return told.trial_words(t, one)


def second_word(t: Words, posture: Posture | None) -> str:
    """Return the second word, nothing when fewer than half reported."""
    return t(f"posture.{posture.value}") if posture else ""
