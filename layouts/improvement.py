"""Mejoras, one card: its story step by step, what it changed, whose words led to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dash import dcc, html

from dashboard.changes import Verdict
from dashboard.funnels import days_here
from dashboard.improvements import Improvement, Move
from dashboard.returns import Return
from dashboard.scoreboard import Comment
from dashboard.studies import Method, Study
from layouts.improvements import PATH
from layouts.shell import Component, card
from layouts.words import Words


def story(t: Words, one: Improvement, names: Mapping[str, str], comments: Sequence[Comment], today: date) -> Component:
    """Return what is known of a card, its way, and the words that led to it.

    Parameters
    ----------
    names : mapping
        Names of moments and teams by key.
    comments : sequence
        Those among its origins that the reader may read, masked as their rights say.
    today : date
    """
    back = dcc.Link(f"← {t('improvements.board')}", href=PATH, className="mc-see")
    return html.Div([back, _facts(t, one, names), _way(t, one, today), *_origins(t, one, comments)])


def _facts(t: Words, one: Improvement, names: Mapping[str, str]) -> Component:
    due = t.day(one.due, year=True) if one.due else t("improvements.undecided")
    facts = (
        ("owner", f"{one.owner} · {due}" if one.owner else t("improvements.undecided")),
        ("team", names.get(one.team, one.team)),
        ("route", t(f"route.{one.route.value}")),
        ("verb", t(f"verb.{one.verb.value}")),
        ("depth", t(f"depth.{one.depth.value}")),
        ("change", t(f"change.{one.change.value}")),
        ("cause", one.cause),
        ("preference", one.preference),
        ("pillar", one.pillar),
        ("moments", t.listed([names.get(moment, moment) for moment in one.moments]) if one.moments else ""),
        ("whom", t("improvements.internal" if one.is_internal else "improvements.external")),
        ("with_customers", t("improvements.yes" if one.with_customers else "improvements.no")),
    )
    terms = [
        html.Div([html.Dt(t(f"improvements.{name}")), html.Dd(value or t("improvements.unsaid"))])
        for name, value in facts
    ]
    return card(html.Dl(terms, className="mc-terms"), title=t("improvements.what"))


def _way(t: Words, one: Improvement, today: date) -> Component:
    passed = one.evidence
    items = []
    for place, step in enumerate(one.way):
        proof = passed.get(step)
        is_here = step is one.step and one.is_open
        mark = "✓" if proof else "●" if is_here else "○"
        told: list[Component] = [html.B(f"{mark} {place + 1} {t(f'step.{step.value}')}")]
        if proof:
            told += [html.Span(proof.words), html.Small(f"{t.short_day(proof.day, year=True)} · {proof.who}")]
        elif is_here:
            told += [
                html.Span(t(f"step.{step.value}_asks")),
                html.Small(t("improvements.here_since", n=days_here(one, today))),
            ]
        current = {"aria-current": "step"} if is_here else {}
        items.append(html.Li(told, className="mc-passed" if proof else "", **current))
    other = [passage for passage in one.passages if passage.move is not Move.FORWARD]
    notes = [
        html.Li(
            [
                html.B(t(f"move.{passage.move.value}")),
                html.Span(passage.words),
                html.Small(f"{t.short_day(passage.day, year=True)} · {passage.who}"),
            ]
        )
        for passage in other
    ]
    return card(
        [html.Ol(items, className="mc-story"), html.Ul(notes, className="mc-story mc-story-notes")],
        title=t(f"horizon.{one.horizon.value}"),
        note=t("improvements.evidence_note"),
    )


def _origins(t: Words, one: Improvement, comments: Sequence[Comment]) -> list[Component]:
    """Return the customers' words that led to it and, once it is launched, the letter that tells them."""
    if not one.origins:
        return []
    words: list[Component] = [html.P(t("improvements.origins_count", n=len(one.origins)))]
    for comment in comments:
        words.append(html.Figure(html.Blockquote(comment.words), className="mc-comment mc-good"))
        if one.launched is not None:
            letter = t("improvements.letter", words=comment.words, name=one.name, day=t.day(one.launched))
            words.append(
                html.Details(
                    [html.Summary(t("improvements.letter_title")), html.P(letter, className="mc-letter")],
                    className="mc-more",
                )
            )
    return [card(words, title=t("improvements.origins"))]


def effect_words(t: Words, one: Improvement, found: Study | None, unit: str) -> list[Component]:
    """Return what may be said of its effect, how it was compared, and what was written down before."""
    if one.measure is None:
        return [html.P(t("effect.no_measure"), className="mc-muted")]
    if found is None or found.effect is None:
        return [html.P(t("effect.not_yet"), className="mc-muted")]
    effect = found.effect
    low, high = (amount(t, edge, unit) for edge in effect.interval)
    values = {"d": amount(t, effect.value, unit), "low": low, "high": high}
    if effect.verdict is Verdict.INSUFFICIENT:
        sentence = t("effect.insufficient", n=found.more_weeks or 0)
    elif effect.verdict is Verdict.CHANCE:
        sentence = t("effect.chance", **values) + " " + _waiting(t, found)
    else:
        sentence = t(f"effect.{found.method.value}", **values)
        if effect.verdict is Verdict.POSSIBLE:
            sentence += " " + t("effect.possible")
    said: list[Component] = [html.P(html.B(sentence)), html.P(t(f"effect.how_{found.method.value}"))]
    if found.method is Method.CONTROL and not effect.is_parallel:
        said.append(html.P(f"⚠ {t('effect.not_parallel')}", className="mc-warning"))
    since, lived = one.measure.since, one.piloted
    if since is not None and lived is not None:
        said.append(
            html.P(t("effect.planned" if since < lived else "effect.planned_late", day=t.day(since, year=True)))
        )
    said.append(html.P(t("effect.plain", d=amount(t, effect.plain, unit)), className="mc-muted"))
    return said


def amount(t: Words, value: float, unit: str) -> str:
    """Return a difference with its sign and unit, such as +2,4 puntos."""
    return f"{t.points(value, 1, signed=True)} {unit or t('effect.points')}"


def _waiting(t: Words, found: Study) -> str:
    return t("effect.waiting", n=found.more_weeks) if found.more_weeks else t("effect.never")


def money_words(t: Words, one: Improvement, back: Return | None) -> list[Component]:
    """Return what it costs and gives back, with every assumption; without the worth of a point, no money at all."""
    worth = one.worth
    said: list[Component] = []
    if worth.hours:
        said.append(html.P(t("money.hours", n=round(worth.hours))))
    if back is None or worth.cost is None:
        return [*said, html.P(t("money.unknown"), className="mc-muted")]
    if back.break_even is not None:
        said.append(html.P(t("money.break_even", points=t.points(back.break_even, 2))))
    if back.probability is not None:
        said.append(html.P(html.B(t("money.chance", p=t.probability(back.probability)))))
    assumed = t(
        "money.assumed",
        clients=t.points(worth.clients or 0),
        point=t.points(worth.point or 0, 2),
        error=t.points(worth.point_error or 0, 2),
        cost=t.points(worth.cost),
        source=worth.source or t("improvements.unsaid"),
    )
    return [*said, html.P(assumed, className="mc-muted")]


def similar(t: Words, others: Sequence[Improvement]) -> Component:
    """Return the open cards on the same moments, before another is proposed."""
    if not others:
        return html.Div()
    links = [
        html.Li(dcc.Link(one.name, href=f"{PATH}?card={one.improvement_id}", className="mc-see")) for one in others
    ]
    return card(html.Ul(links, className="mc-plain"), title=t("improvements.similar"))
