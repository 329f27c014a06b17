"""Compromisos: what was promised, to whom, and what they lived."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from dash import dcc, html

from dashboard.commitments import Commitment, Entry, Reach, Side, Stage
from dashboard.ledger import Kept, Ledger
from dashboard.satisfaction import Satisfaction
from dashboard.thresholds import Display
from layouts.figures.base import CONFIG, EMPTY
from layouts.figures.commitments import dumbbell
from layouts.shell import Component, empty, heading
from layouts.words import Words

ROWS = 12
"""Commitments that the first table shows; the grid below has all of them."""

GOOD, BAD, WARM = "mc-good", "mc-bad", "mc-warm"


class Ids(StrEnum):
    """Ids of the commitments."""

    FILTERS = "commitments-filters"
    ACTIONS = "commitments-actions"
    SAID = "commitments-said"
    FORM = "commitments-form"
    STORY = "commitments-story"
    NUMBERS = "commitments-numbers"
    LEDGER = "commitments-ledger"
    LISTS = "commitments-lists"
    ACCOUNTS = "commitments-accounts"
    WAITS = "commitments-waits"
    WAITS_CARD = "commitments-waits-card"
    WAITS_WORDS = "commitments-waits-words"


def page(t: Words, grid: Component) -> Component:
    """Return the page with places for what its callbacks fill."""
    graph = dcc.Graph(id=Ids.WAITS, config=CONFIG, figure=EMPTY, responsive=True, className="mc-graph-inner")
    label = {"aria-label": t("commitments.waits"), "aria-describedby": Ids.WAITS_WORDS}
    return html.Div(
        [
            heading(t, t("commitments.title"), t("commitments.subtitle"), [html.Div(id=Ids.ACTIONS)]),
            html.Div(id=Ids.FILTERS),
            html.Div(id=Ids.FORM, className="no-print"),
            html.P(id=Ids.SAID, role="status", className="mc-said"),
            html.Div(id=Ids.STORY),
            html.Div(id=Ids.NUMBERS, className="mc-four"),
            html.Div(id=Ids.LEDGER, className="mc-below"),
            html.Section(
                [
                    html.Div(
                        [html.H2(t("commitments.waits")), html.Small(t("commitments.waits_note"), className="mc-note")],
                        className="mc-card-head",
                    ),
                    html.Div(graph, role="img", className="mc-figure mc-graph", **label),
                    html.Div(id=Ids.WAITS_WORDS),
                ],
                className="mc-card mc-below",
                id=Ids.WAITS_CARD,
                hidden=True,
            ),
            html.Div(id=Ids.LISTS, className="mc-pair mc-below"),
            html.Div(id=Ids.ACCOUNTS, className="mc-below"),
            grid,
        ]
    )


def numbers(t: Words, ledger: Ledger) -> list[Component]:
    """Return the four numbers with what stands behind each."""
    kept, felt = ledger.kept, ledger.satisfaction
    is_shown, is_felt = kept.display is not Display.HIDDEN, felt.display is not Display.HIDDEN
    oldest = t("commitments.oldest", n=ledger.oldest) if ledger.oldest is not None else t("commitments.none_overdue")
    return [
        _number(
            t.share(kept.share) if is_shown else t("common.none"), t("commitments.kept"), kept_words(t, kept), False
        ),
        _number(t.count(ledger.overdue), t("commitments.overdue"), oldest, ledger.overdue > 0),
        _number(
            t.points(felt.mean, 1, signed=True) if is_felt else t("common.none"),
            t("commitments.satisfaction"),
            felt_words(t, felt),
            is_felt and felt.mean is not None and felt.mean < 0,
            _apart(t, ledger),
        ),
        _number(
            t.count(ledger.waiting), t("commitments.waiting"), t("commitments.waiting_for", n=ledger.waiting_for), False
        ),
    ]


def _number(number: str, label: str, words: str, is_bad: bool, more: Sequence[Component] = ()) -> Component:
    tone = " mc-bad" if is_bad else ""
    return html.Section(
        [
            html.P(number, className=f"mc-figure-number{tone}"),
            html.H2(label),
            html.P(words, className="mc-muted"),
            *more,
        ],
        className="mc-card mc-number-card",
    )


def kept_words(t: Words, kept: Kept) -> str:
    """Return what stands behind the share kept."""
    if not kept.due:
        return t("commitments.nothing_due")
    counted = t("commitments.kept_of", kept=t.count(kept.kept), n=kept.due)
    if kept.display is Display.HIDDEN:
        return counted
    return f"{t('commitments.between', low=t.share(kept.low), high=t.share(kept.high))} · {counted}"


def felt_words(t: Words, felt: Satisfaction) -> str:
    """Return what stands behind lived − expected."""
    if felt.display is Display.HIDDEN:
        return t("commitments.felt_few", n=felt.n)
    if felt.low is None:
        return t("commitments.felt_by", n=felt.n)
    margin = t("commitments.felt_between", low=t.points(felt.low, 1), high=t.points(felt.high, 1))
    return f"{margin} · {t('commitments.felt_by', n=felt.n)}"


def _apart(t: Words, ledger: Ledger) -> list[Component]:
    """Return what we estimate and what surveys ask, hollow and apart from what customers say of commitments."""
    lines = []
    for key, one in (("commitments.estimated", ledger.estimated), ("commitments.surveyed", ledger.surveyed)):
        if one.display is not Display.HIDDEN:
            lines.append(
                html.P(f"○ {t(key, points=t.points(one.mean, 1, signed=True), n=one.n)}", className="mc-hollow")
            )
    return lines


def table(t: Words, ledger: Ledger, actions: Sequence[Component]) -> Component:
    """Return the commitments that ask for most, and how to write down another; before any, what to do."""
    if ledger.is_empty:
        return empty(t, t("commitments.empty"), t("commitments.empty_next"), actions)
    columns = ("what", "owner", "whom", "when", "sides", "gap", "state")
    head = html.Thead(html.Tr([html.Th(t(f"commitments.col_{name}"), scope="col") for name in columns]))
    rows = [_row(t, ledger, entry) for entry in ledger.entries[:ROWS]]
    left = len(ledger.entries) - ROWS
    more = [html.P(html.A(t("commitments.more", n=left), href="#grid"), className="mc-muted")] if left > 0 else []
    shown = html.Div(html.Table([head, html.Tbody(rows)], className="mc-table mc-ledger"), className="mc-ledger-scroll")
    body = [shown, *more] if rows else [html.P(t("commitments.only_bulk"), className="mc-muted")]
    return html.Section(
        [html.Div([html.H2(t("commitments.formula")), *actions], className="mc-card-head"), *body], className="mc-card"
    )


def _row(t: Words, ledger: Ledger, entry: Entry) -> Component:
    one = entry.commitment
    gap = entry.satisfaction
    tone, words = state(t, ledger, entry)
    cells = [
        html.Td(one.owner or html.Em(t("commitments.nobody"), className="mc-bad")),
        html.Td(whom(t, one)),
        html.Td(when(t, one)),
        html.Td(drawing(t, entry)),
        html.Td(html.B(t.points(gap, 1, signed=True) if gap is not None else t("common.none"))),
        html.Td(html.Span(words, className=f"mc-chip {tone}")),
    ]
    return html.Tr([html.Th(link(one), scope="row"), *cells])


def link(one: Commitment) -> Component:
    """Return the way to the whole story of a commitment."""
    return dcc.Link(one.what, href=f"/commitments?open={one.commitment_id}", className="mc-story-link")


def whom(t: Words, one: Commitment) -> str:
    """Return to whom it was promised, as much as may be read, and how many they are."""
    named = {Reach.ACCOUNT: one.account, Reach.SEGMENT: one.segment, Reach.INTERLOCUTORS: one.account}
    name = named.get(one.reach, "") or t(f"reach.{one.reach.value}")
    return f"{name} · {t.count(one.people)}" if one.people else name


def when(t: Words, one: Commitment) -> str:
    """Return by when it was promised."""
    if one.is_continuous:
        return t("commitments.continuous")
    return t.short_day(one.due) if one.due else t("commitments.no_date")


def drawing(t: Words, entry: Entry) -> Component:
    """Return expected → lived; where customers said nothing, our estimate, hollow."""
    sides = entry.said(Side.EXPECTED), entry.said(Side.LIVED)
    is_estimate = sides == (None, None)
    if is_estimate:
        sides = entry.said(Side.EXPECTED, by_customers=False), entry.said(Side.LIVED, by_customers=False)
    expected, lived = (t.points(side, 1) for side in sides)
    alt = t("commitments.drawing_estimate" if is_estimate else "commitments.drawing", expected=expected, lived=lived)
    return html.Img(src=dumbbell(*sides, is_estimate=is_estimate), alt=alt, className="mc-dumbbell")


def state(t: Words, ledger: Ledger, entry: Entry) -> tuple[str, str]:
    """Return how a commitment stands: the tone of its chip and the words."""
    one, stage = entry.commitment, entry.commitment.stage
    held = ledger.state(entry)
    if held is not None and held.share is not None and held.display is not Display.HIDDEN:
        return (GOOD if held.share >= 0.9 else BAD), t("commitments.held", share=t.share(held.share))
    if one.is_open and one.due is not None and one.is_overdue(ledger.today):
        return BAD, t("commitments.days_over", n=(ledger.today - one.due).days)
    if stage is Stage.ON_TIME and (entry.satisfaction or 0) > 0:
        return GOOD, t("commitments.exceeds")
    tones = {Stage.ON_TIME: GOOD, Stage.UNDER_WAY: WARM, Stage.WAITING: WARM, Stage.PARTLY: BAD}
    tones |= {Stage.LATE: BAD, Stage.BROKEN: BAD}
    return tones.get(stage, ""), t(f"stage_of.{stage.value}")


def waits_words(t: Words, ledger: Ledger) -> list[Component]:
    """Return how long half of what each team promises takes, for those who do not see the figure."""
    lines = []
    for team, waited in ledger.waits:
        median = waited.median
        half = t("commitments.half_never") if median is None else t("commitments.half", days=t.points(median))
        lines.append(
            html.Li([html.Div([html.B(team), f": {half}"]), html.Small(t("commitments.promises", n=waited.n))])
        )
    left = [html.P(t("commitments.backfilled", n=ledger.backfilled), className="mc-muted")] if ledger.backfilled else []
    return [html.Ul(lines, className="mc-lines mc-columns"), *left]
