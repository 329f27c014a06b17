"""Who can count on us: every account with what was kept, what may be expected, and where the numbers come from."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from dash import dcc, html

from dashboard.filters import Filters
from dashboard.reliance import Account, Reliance
from dashboard.thresholds import INDICATIVE_FROM, Display
from layouts.figures.commitments import reach
from layouts.shell import Component, card, table
from layouts.words import Words

FIRST, MOST = 8, 200
"""Accounts that are seen at once, and that are listed at all."""

COLUMNS = ("account", "kept", "score")


def accounts(t: Words, found: Reliance | None, period: Filters, *, is_own: bool = False) -> list[Component]:
    """Return the accounts, those first that can least surely count on us; nothing without any.

    Parameters
    ----------
    t : Words
    found : Reliance or None
        None for roles that see no accounts.
    period : Filters
        In which things fell due.
    is_own : bool
        Whether only the teams of who asks are counted.
    """
    if found is None or not found.n:
        return []
    listed = found.first(MOST)
    first, rest = listed[:FIRST], listed[FIRST:]
    others = t("reliance.more", n=found.n - FIRST)
    plain = table(others, _columns(t), [_plain_row(t, one) for one in rest])
    more = html.Details([html.Summary(others), plain], className="mc-more")
    order = [t("reliance.why_order")]
    body = [_table(t, first), *([more] if rest else []), why(t, found, first[0], order)]
    return [card(body, title=t("reliance.title"), note=_when(t, period, is_own=is_own))]


def of_account(t: Words, found: Reliance | None, key: str, period: Filters, *, is_own: bool = False) -> list[Component]:
    """Return how far one account can count on us; nothing where nothing was due to it. Parameters as `accounts`."""
    one = found.of(key) if found else None
    if found is None or one is None:
        return []
    told = [html.P([html.B(t("reliance.kept_of", kept=t.count(one.kept), n=one.promised)), " · ", _plain(t, one)])]
    body = [*told, html.Div(_reckoned(t, one), className=f"mc-reliance {_tone(one)}".strip()), why(t, found, one)]
    return [card(body, title=t("reliance.of_account"), note=_when(t, period, is_own=is_own))]


def _when(t: Words, period: Filters, *, is_own: bool) -> str:
    ends = {
        name: t.short_day(day, year=True) for name, day in (("since", period.since), ("until", period.until)) if day
    }
    when = t("reliance.until", **ends) if period.until else ""
    when = t("reliance.since", **ends) if period.since and not period.until else when
    when = t("reliance.period", **ends) if period.since and period.until else when
    return " · ".join(words for words in (when, t("reliance.own") if is_own else "") if words)


def _columns(t: Words) -> list[str]:
    return [t(f"reliance.col_{name}") for name in COLUMNS]


def _plain_row(t: Words, one: Account) -> list[str]:
    """Return an account in words alone: of many rows each component costs at every change of the page."""
    marks = [] if one.display is Display.NORMAL else [t("reliance.thin")]
    marks += [t("commitments.below_rest")] if one.is_surely_below else []
    kept = t("reliance.kept_of", kept=t.count(one.kept), n=one.promised)
    return [one.key, f"{kept} · {_plain(t, one)}", " · ".join([_expected(t, one), *marks])]


def _table(t: Words, shown: Sequence[Account]) -> Component:
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in _columns(t)]))
    body = html.Tbody([_row(t, one) for one in shown])
    return html.Div(
        html.Table([head, body], className="mc-table mc-reliance"),
        className="mc-ledger-scroll",
        tabIndex="0",
        role="region",
        **{"aria-label": t("reliance.title")},
    )


def _row(t: Words, one: Account) -> Component:
    page = dcc.Link(one.key, href="/accounts?" + urlencode({"account": one.key}), className="mc-story-link")
    kept = html.Td([html.B(t("reliance.kept_of", kept=t.count(one.kept), n=one.promised)), html.Small(_plain(t, one))])
    return html.Tr([html.Th(page, scope="row"), kept, html.Td(_reckoned(t, one))], className=_tone(one))


def _tone(one: Account) -> str:
    return "" if one.display is Display.NORMAL else "mc-thin"


def _plain(t: Words, one: Account) -> str:
    """Return the plain share with its interval; under ten only why there is none."""
    if one.display is Display.HIDDEN:
        return t("reliance.too_few", n=INDICATIVE_FROM)
    return t("commitments.reliable", score=t.share(one.share), low=t.share(one.share_low), high=t.share(one.share_high))


def _reckoned(t: Words, one: Account) -> list[Component]:
    """Return what may be expected, drawn and in words; what stands on little is hatched and says so."""
    is_thin = one.display is not Display.NORMAL
    marks = [html.Small(t("reliance.thin"))] if is_thin else []
    marks += [html.Span(t("commitments.below_rest"), className="mc-chip mc-bad")] if one.is_surely_below else []
    drawn = html.Img(src=reach(one.low, one.score, one.high, is_thin=is_thin), alt="", className="mc-dumbbell")
    return [drawn, html.Span(_expected(t, one)), *marks]


def _expected(t: Words, one: Account) -> str:
    return t("commitments.reliable", score=t.share(one.score), low=t.share(one.low), high=t.share(one.high))


def why(t: Words, found: Reliance, one: Account, more: Sequence[str] = ()) -> Component:
    """Return the arithmetic behind one account, with its numbers in it."""
    like = "reliance.why_assumed" if found.model.is_assumed else "reliance.why_like"
    lines = [
        t("reliance.why_counts", n=INDICATIVE_FROM),
        t(like, mean=t.share(found.model.mean), worth=t.points(found.model.worth, 1)),
        t(
            "reliance.why_sum",
            account=one.key,
            kept=t.count(one.kept),
            promised=t.count(one.promised),
            alpha=t.points(found.model.alpha, 1),
            worth=t.points(found.model.worth, 1),
            score=t.share(one.score),
        ),
        *more,
    ]
    body = html.Div([html.P(line) for line in lines], className="mc-why-block")
    return html.Details([html.Summary(t("scoreboard.why")), body], className="mc-more")
