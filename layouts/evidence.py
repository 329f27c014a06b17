"""What may be said of an indicator, in words: one plain sentence first, the arithmetic below a click."""

from __future__ import annotations

from dash import html

from dashboard.evidence import FEWEST_WEEKS, Evidence, Lack, Pooled, Proof
from dashboard.indicators import Direction, Indicator, Kind
from dashboard.lags import SHUFFLES, LagProfile
from dashboard.teams import Watched
from layouts.shell import Component
from layouts.words import Words


def verdict(t: Words, one: Watched) -> str:
    """Return the verdict in its few words; a lag indicator is history."""
    if one.evidence is None:
        return t("evidence.history") if one.indicator.kind is Kind.LAG else t("evidence.insufficient")
    if one.evidence.proof is Proof.STRONG:
        return t("evidence.strong", result=_result(t, one))
    return t(f"evidence.{one.evidence.proof.value}")


def sentence(t: Words, one: Watched) -> str:
    """Return the one plain sentence under the verdict."""
    indicator, evidence = one.indicator, one.evidence
    if evidence is None:
        return t("evidence.only_weekly") if indicator.kind is Kind.LEAD else t("evidence.tells")
    if evidence.proof is Proof.INSUFFICIENT:
        return bet(t, indicator)
    if evidence.proof is Proof.NONE:
        key = "evidence.below_share" if indicator.is_share else "evidence.below"
        return t(key, effect=t.points(evidence.trial.detectable, 1))
    return effect(t, one)


def effect(t: Words, one: Watched) -> str:
    """Return how much the result follows the indicator, and when."""
    assert one.evidence is not None and one.evidence.trial.profile is not None
    trial, profile = one.evidence.trial, one.evidence.trial.profile
    ends = sorted(abs(end * trial.per) for end in profile.slope_interval)
    way = "more" if one.indicator.direction is Direction.MORE else "less"
    way += "_share" if one.indicator.is_share else ""
    return t(
        f"evidence.effect_{way}",
        result=_result(t, one),
        effect=t.points(abs(trial.effect or 0.0), 1),
        low=t.points(ends[0], 1),
        high=t.points(ends[1], 1),
        when=t("evidence.weeks_after", n=profile.best_lag),
    )


def bet(t: Words, indicator: Indicator) -> str:
    """Return the team's reason: until it is proven it is a bet."""
    return t("evidence.bet", belief=indicator.belief)


def waiting(t: Words, evidence: Evidence) -> str:
    """Return what is still missing before anything can be known."""
    lack = evidence.trial.lack
    if lack in (Lack.FLAT, Lack.ANSWERS):
        return t(f"evidence.lack_{lack.value}")
    if evidence.weeks_needed:
        return t("evidence.weeks_needed", n=evidence.weeks_needed, least=FEWEST_WEEKS)
    return t("evidence.two_marks")


def _result(t: Words, one: Watched) -> str:
    return t("common.quoted", words=one.result) if one.result else t("evidence.nps")


def profile_sentence(t: Words, profile: LagProfile, direction: Direction) -> str:
    """Return what chance gives beside what was found."""
    found = t.points(direction.value * profile.correlations[profile.best_lag - 1], 2)
    placebo = t.points(profile.placebo, 2)
    times = round(profile.chance * (SHUFFLES + 1)) - 1
    if not times:
        return t("evidence.placebo_never", placebo=placebo, found=found)
    return t("evidence.placebo", placebo=placebo, found=found, n=times)


def trial_words(t: Words, one: Watched) -> list[Component]:
    """Return the forecast test: how wrong we are without the indicator and with it."""
    assert one.evidence is not None
    test = one.evidence.trial.test
    if test is None:
        return [html.P(t("evidence.no_test"), className="mc-muted")]
    most = max(test.error_without, test.error_with)
    bars = [
        (t("evidence.without"), test.error_without, "mc-bar-without"),
        (t("evidence.with"), test.error_with, "mc-bar-with"),
    ]
    rows = [
        html.Div(
            [
                html.Dt(label),
                html.Dd(html.Span(className=f"mc-bar {name}", style={"width": f"{100 * error / most:.1f}%"})),
                html.Dd(t.points(error, 1), className="mc-bar-number"),
            ],
            className="mc-bar-row",
        )
        for label, error, name in bars
    ]
    said = t(
        "evidence.test_sentence",
        without=t.points(test.error_without, 1),
        beside=t.points(test.error_with, 1),
        n=test.forecasts,
    )
    return [html.Dl(rows, className="mc-bars"), html.P([said, " ", t("evidence.not_cause")])]


def arithmetic(t: Words, one: Watched) -> list[Component]:
    """Return «¿De dónde sale?» of an indicator: everything that its verdict rests on."""
    evidence = one.evidence
    assert evidence is not None
    trial, profile, test = evidence.trial, evidence.trial.profile, evidence.trial.test
    facts = [t("evidence.why_weeks", n=trial.weeks)]
    if profile is not None:
        facts += [
            t("evidence.why_memory", n=len(profile.memory)),
            profile_sentence(t, profile, one.indicator.direction),
            t("evidence.why_same_week", found=t.points(profile.same_week, 2)),
            t("evidence.why_detectable", effect=t.points(trial.detectable, 1)),
        ]
    if test is not None:
        facts.append(
            t("evidence.why_test", n=test.forecasts, skill=t.share(test.skill), chance=t.points(test.chance, 3))
        )
    if trial.plain is not None:
        plain = trial.plain
        facts.append(
            t("evidence.why_plain", n=plain.weeks, found=t.points(plain.correlation, 2), worth=t.points(plain.worth))
        )
    if trial.granger is not None:
        facts.append(t("evidence.why_granger", chance=t.points(trial.granger, 3)))
    facts.append(t("evidence.why_rule"))
    judged = [
        t("evidence.judged", day=t.short_day(mark, year=True), verdict=_plain(t, proof, one))
        for mark, proof in evidence.judged[-6:]
    ]
    history = [html.P(t("evidence.marks")), html.Ul([html.Li(words) for words in reversed(judged)])] if judged else []
    return [html.Ul([html.Li(fact) for fact in facts]), *history]


def _plain(t: Words, proof: Proof, one: Watched) -> str:
    return t("evidence.strong", result=_result(t, one)) if proof is Proof.STRONG else t(f"evidence.{proof.value}")


def pooled_sentence(t: Words, pooled: Pooled) -> str:
    """Return what several teams show together."""
    teams = t("evidence.teams", n=len(pooled.teams))
    if pooled.proof in (Proof.NONE, Proof.INSUFFICIENT):
        return t(f"evidence.pooled_{pooled.proof.value}", indicator=pooled.name, teams=teams)
    when = t("evidence.weeks_after", n=pooled.lag)
    effect_ = t.points(abs(pooled.effect), 1)
    return t(f"evidence.pooled_{pooled.proof.value}", indicator=pooled.name, teams=teams, effect=effect_, when=when)
