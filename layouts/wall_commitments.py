"""The wall's scene of the commitments: how much was kept, what is overdue, how it was lived, and what is due next.

No customer is named: what hangs on a wall says what was promised and which team answers for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dash import html

from dashboard.ledger import SEASON, Ledger
from dashboard.organisation import Organisation
from dashboard.thresholds import Display
from layouts.shell import Component
from layouts.words import Words

ROWS = 3
"""Commitments that fit a screen in letters that are read from eight metres."""

LONGEST = 34
"""Characters of what was promised that still fit."""


def scene(
    t: Words, ledger: Ledger, teams: Mapping[str, str], organisation: Organisation, now: datetime
) -> list[Component]:
    """Return the scene; `teams` are the names of the teams."""
    kept, felt = ledger.kept, ledger.satisfaction
    is_kept, is_felt = kept.display is not Display.HIDDEN, felt.display is not Display.HIDDEN
    lived = t.points(felt.mean, 1) if is_felt else t("common.none")
    is_short = is_felt and felt.mean is not None and felt.mean < 0
    numbers = [
        _number(t.share(kept.share) if is_kept else t("common.none"), t("wall.kept", n=SEASON), ""),
        _number(t.count(ledger.overdue), t("wall.overdue"), "mc-wall-bad" if ledger.overdue else ""),
        _number(lived, t("wall.lived"), "mc-wall-bad" if is_short else ""),
    ]
    head = html.Header(
        [
            html.P(t("wall.promised"), className="mc-wall-goal mc-far"),
            html.P(t.time(now, organisation.tz), className="mc-wall-left mc-clock"),
        ],
        className="mc-wall-head",
    )
    meeting = t("wall.meeting", when=organisation.meeting) if organisation.meeting else organisation.name
    counted = t("commitments.kept_of", kept=t.count(kept.kept), n=kept.due)
    return [
        head,
        html.Div(numbers, className="mc-wall-three"),
        html.Div(
            [html.P(t("wall.next"), className="mc-wall-small"), *_next(t, ledger, teams)], className="mc-wall-next"
        ),
        html.Footer([html.P(counted), html.P(meeting)], className="mc-wall-foot"),
    ]


def _number(number: str, label: str, tone: str) -> Component:
    return html.Div(
        [html.P(number, className="mc-wall-number mc-far"), html.P(label, className="mc-wall-caption mc-far")],
        className=tone,
    )


def _next(t: Words, ledger: Ledger, teams: Mapping[str, str]) -> list[Component]:
    """Return what falls due next: by hand by name, then in bulk by number."""
    by_hand = [
        (one.due, short(one.what), teams.get(one.team, one.team))
        for one in (entry.commitment for entry in ledger.due_soon)
        if one.due is not None
    ]
    in_bulk = [(day, t("commitments.in_bulk", n=count), "") for day, count in ledger.orders_soon]
    told = sorted([*by_hand, *in_bulk][:ROWS])
    if not told:
        return [html.P(t("commitments.calm"), className="mc-wall-due mc-far")]
    return [
        html.P(
            [
                html.B(t("commitments.today") if day == ledger.today else t.weekday(day)),
                html.Span(what),
                html.Span(team, className="mc-wall-whose"),
            ],
            className="mc-wall-due mc-far",
        )
        for day, what, team in told
    ]


def short(what: str) -> str:
    """Return what was promised in as many letters as fit."""
    return what if len(what) <= LONGEST else what[: LONGEST - 1].rstrip() + "…"
