"""The short lists of the commitments: what is due soon, what was never written, what was broken and made good."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from dash import dcc, html

from dashboard.changes import Verdict
from dashboard.commitments import OPEN, Step
from dashboard.ledger import AGES, Ledger
from dashboard.reliability import SURELY_BELOW
from dashboard.thresholds import Display
from layouts.commitments import BAD, kept_words, link, state
from layouts.shell import Component, card
from layouts.words import Words

BRIEF = 6
"""Lines of a short list."""


def lists(t: Words, ledger: Ledger) -> list[Component]:
    """Return the short lists beside the ledger; those that have nothing to say are left out."""
    if ledger.is_empty:
        return []
    found = (_soon, _ages, _teams, _control, _unwritten, _conditional, _announced, _breaches, _aftermath)
    return [shown for draw in found for shown in draw(t, ledger)]


def of_team(t: Words, ledger: Ledger, key: str) -> list[Component]:
    """Return what one team promised: how much was kept, and what is still open; nothing where it promised nothing."""
    if ledger.is_empty:
        return []
    rows = [
        html.Li([link(one.commitment), " ", html.Span(words, className=f"mc-chip {tone}")])
        for one in ledger.entries[:BRIEF]
        for tone, words in [state(t, ledger, one)]
    ]
    share = t.share(ledger.kept.share) if ledger.kept.display is not Display.HIDDEN else t("common.none")
    head = html.P([html.B(share), " ", t("commitments.kept"), " · ", kept_words(t, ledger.kept)])
    more = dcc.Link(t("commitments.all_of_team"), href="/commitments?" + urlencode({"team": key}))
    return [card([head, html.Ul(rows, className="mc-lines"), more], title=t("menu.commitments"))]


def _soon(t: Words, ledger: Ledger) -> list[Component]:
    """Return what falls due within seven working days, by hand by name and in bulk by number."""
    soon: list[tuple[date, list[Any]]] = [
        (one.commitment.due or ledger.today, [link(one.commitment), " ", html.Small(one.commitment.team)])
        for one in ledger.due_soon[: 2 * BRIEF]
    ]
    soon += [(day, [t("commitments.in_bulk", n=count)]) for day, count in ledger.orders_soon]
    soon.sort(key=lambda one: one[0])
    rows = [html.Li([html.B(_day(t, ledger, day)), " ", *told]) for day, told in soon]
    body = [html.Ul(rows, className="mc-lines")] if rows else [html.P(t("commitments.calm"))]
    note = t("commitments.until", day=t.short_day(ledger.horizon))
    return [card(body, title=t("commitments.soon"), note=note)]


def _day(t: Words, ledger: Ledger, day: date) -> str:
    return t("commitments.today") if day == ledger.today else t.day(day, weekday=True)


def _ages(t: Words, ledger: Ledger) -> list[Component]:
    if not ledger.overdue:
        return []
    most = max(ledger.ages)
    words = [t("commitments.age_to", days=AGES[0])]
    words += [t("commitments.age", since=low + 1, until=high) for low, high in pairwise(AGES)]
    words.append(t("commitments.age_over", days=AGES[-1]))
    rows = [
        html.Li(
            [
                html.Span(label),
                html.Progress(value=str(count), max=str(most), **{"aria-label": label}),
                html.B(t.count(count)),
            ]
        )
        for label, count in zip(words, ledger.ages, strict=True)
    ]
    return [card(html.Ul(rows, className="mc-ages"), title=t("commitments.by_age"))]


def _teams(t: Words, ledger: Ledger) -> list[Component]:
    """Return how reliable each team is; only who surely does worse is said to."""
    rows = [
        html.Li(
            [
                html.B(key),
                html.Span(t("commitments.reliable", score=t.share(score), low=t.share(low), high=t.share(high))),
                html.Small(t("commitments.promises", n=promised)),
                *([html.Small(t("commitments.below_rest"), className=BAD)] if below >= SURELY_BELOW else []),
            ]
        )
        for key, promised, score, low, high, below in ledger.teams.select(
            "key", "promised", "score", "low", "high", "chance_below"
        )
        .head(2 * BRIEF)
        .iter_rows()
    ]
    return [card(html.Ul(rows, className="mc-lines"), title=t("commitments.by_team"))] if rows else []


def _control(t: Words, ledger: Ledger) -> list[Component]:
    """Return how many open commitments lack nothing, and what the others lack."""
    if not ledger.open:
        return []
    meter = html.Progress(
        value=str(ledger.under_control),
        max=str(len(ledger.open)),
        className="mc-meter",
        **{"aria-label": t("commitments.control")},
    )
    lacking = [
        html.Li(
            [link(one.commitment), " ", html.Small(t.listed([t(f"missing.{m.value}") for m in one.commitment.missing]))]
        )
        for one in sorted(ledger.open, key=lambda one: -len(one.commitment.missing))[:BRIEF]
        if one.commitment.missing
    ]
    words = t("commitments.controlled", controlled=ledger.under_control, n=len(ledger.open))
    return [card([html.P([meter, " ", words]), html.Ul(lacking, className="mc-lines")], title=t("commitments.control"))]


def _unwritten(t: Words, ledger: Ledger) -> list[Component]:
    if not ledger.unwritten:
        return []
    share = t("commitments.unwritten_of", share=t.share(len(ledger.unwritten) / len(ledger.entries)))
    newest = sorted(
        ledger.unwritten, key=lambda one: (one.commitment.stage not in OPEN, -one.commitment.made.toordinal())
    )
    rows = [html.Li([link(one.commitment), " ", _quoted(t, one.commitment.words)]) for one in newest[:BRIEF]]
    return [card(html.Ul(rows, className="mc-lines"), title=t("commitments.unwritten"), note=share)]


def _quoted(t: Words, words: str) -> Component:
    return html.Small(t("common.quoted", words=words)) if words else ""


def _conditional(t: Words, ledger: Ledger) -> list[Component]:
    rows = [
        html.Li(
            [
                link(one.commitment),
                html.Span(t("commitments.if_then", trigger=one.commitment.trigger, owed=one.commitment.owed)),
                *([html.Small(one.commitment.exposure)] if one.commitment.exposure else []),
            ]
        )
        for one in ledger.conditional[:BRIEF]
    ]
    return [card(html.Ul(rows, className="mc-lines"), title=t("commitments.conditional"))] if rows else []


def _announced(t: Words, ledger: Ledger) -> list[Component]:
    """Return the terms as they were announced beside those that were delivered."""
    rows = [
        html.Tr(
            [
                html.Th(link(one.commitment), scope="row"),
                html.Td(one.commitment.announced),
                html.Td(one.words_of(Step.DELIVER)),
            ]
        )
        for one in ledger.announced[:BRIEF]
    ]
    if not rows:
        return []
    heads = ("commitments.col_what", "commitments.announced", "commitments.delivered")
    head = html.Thead(html.Tr([html.Th(t(key), scope="col") for key in heads]))
    body = html.Div(html.Table([head, html.Tbody(rows)], className="mc-table"), className="mc-ledger-scroll")
    return [card(body, title=t("commitments.side_by_side"))]


def _breaches(t: Words, ledger: Ledger) -> list[Component]:
    """Return what was not kept and how it was made good."""
    rows = []
    for one in ledger.breaches[:BRIEF]:
        amends = one.words_of(Step.RECOVER)
        made_good = t("commitments.recovered", words=amends) if amends else t("commitments.not_recovered")
        said = html.Span(t(f"stage_of.{one.commitment.stage.value}"), className=f"mc-chip {BAD}")
        rows.append(html.Li([link(one.commitment), " ", said, html.Small(made_good)]))
    return [card(html.Ul(rows, className="mc-lines"), title=t("commitments.breaches"))] if rows else []


def _aftermath(t: Words, ledger: Ledger) -> list[Component]:
    """Return how the score changed after promises were broken against where they were kept, when that can be told."""
    found = ledger.aftermath
    if found is None or found.matched_points is None or found.verdict is Verdict.INSUFFICIENT:
        return []
    low, high = (t.points(end) for end in found.interval)
    said = t("commitments.after", points=t.points(found.points, signed=True), low=low, high=high)
    matched = t("commitments.after_matched", points=t.points(found.matched_points, signed=True), n=found.matched)
    words = [html.P([html.B(t(f"verdict.{found.verdict.value}")), ". ", said]), html.P(matched)]
    return [
        card([*words, html.P(t("commitments.after_note"), className="mc-muted")], title=t("commitments.after_title"))
    ]
