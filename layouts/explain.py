"""«¿De dónde sale?»: counts, formula in words, margin, line and the rule of the word, with the numbers in them."""

from __future__ import annotations

from datetime import timedelta

from dash import html

from dashboard.calibration import Badge
from dashboard.goal import FEWEST_ANSWERS, FEWEST_WEEKS
from dashboard.scoreboard import Scoreboard
from dashboard.thresholds import Display
from layouts.shell import Component
from layouts.verdict import saying
from layouts.words import Words


def explanation(t: Words, board: Scoreboard) -> list[Component]:
    """Return one block per number that the scoreboard shows."""
    blocks = [_score(t, board), _margin(t, board)]
    if board.goal is not None and board.judgement is not None:
        blocks += [_line(t, board), _word(t, board)]
        if board.progress is not None and board.score.display is not Display.HIDDEN:
            blocks.append(_progress(t, board))
        if board.forecast is not None:
            blocks.append(_probability(t, board))
    if board.response_rate is not None:
        blocks.append(_rate(t, board))
    return blocks


def _block(title: str, *paragraphs: Component) -> Component:
    return html.Article([html.H3(title), *[html.P(text) for text in paragraphs]], className="mc-why-block")


def _score(t: Words, board: Scoreboard) -> Component:
    score, counts = board.score, board.score.counts
    period = t(
        "why.period",
        since=t.day(board.period.since, year=True),
        until=t.day(board.period.until, year=True),
    )
    if score.points is None:
        return _block(t("why.score"), t("score.nobody"), period)
    if score.display is Display.HIDDEN:
        return _block(t("why.score"), t("score.answers", n=score.n), t("score.too_few"), period)
    sums = t(
        "why.counts",
        promoters=t.count(counts.promoters),
        passives=t.count(counts.passives),
        detractors=t.count(counts.detractors),
        answers=t("score.answers", n=counts.n),
    )
    formula = t(
        "why.formula",
        promoters=t.count(counts.promoters),
        detractors=t.count(counts.detractors),
        n=t.count(counts.n),
        points=t.points(score.points, 1),
    )
    if board.accounts is not None:
        accounts = t("score.accounts", n=board.accounts)
        formula = t("why.by_account", accounts=accounts, points=t.points(score.points, 1))
    return _block(t("why.score"), sums, formula, period, t("why.one_vote"))


def _margin(t: Words, board: Scoreboard) -> Component:
    score = board.score
    if score.low is None or score.high is None or score.display is Display.HIDDEN:
        return _block(t("why.margin"), t("why.no_margin"))
    told = t("why.between", low=t.points(score.low, 1), high=t.points(score.high, 1))
    return _block(t("why.margin"), told, t("why.repeated"), t("why.adjusted"))


def _line(t: Words, board: Scoreboard) -> Component:
    goal, judgement = board.goal, board.judgement
    assert goal is not None and judgement is not None
    sunday = min(board.week + timedelta(days=6), goal.deadline)
    gone, whole = max(0, (sunday - goal.starts).days), (goal.deadline - goal.starts).days
    arithmetic = t(
        "why.line_sum",
        start=t.points(goal.start_points),
        target=t.points(goal.target_points),
        gone=t("score.days", n=gone),
        whole=t("score.days", n=whole),
        line=t.points(goal.line(sunday), 1),
        day=t.day(sunday, year=True),
    )
    return _block(t("why.line"), arithmetic)


def _word(t: Words, board: Scoreboard) -> Component:
    judgement = board.judgement
    assert judgement is not None
    said = saying(t, judgement)
    rule = t("why.rule", weeks=FEWEST_WEEKS, answers=FEWEST_ANSWERS)
    if judgement.points is None or board.score.display is Display.HIDDEN:
        return _block(t("why.word"), f"{said.shape} {said.word}.", rule)
    numbers = t(
        "why.compared",
        points=t.points(judgement.points, judgement.decimals),
        objective=t.points(judgement.objective, judgement.decimals),
        word=said.word,
        by=said.by,
    )
    return _block(t("why.word"), numbers, rule, t("why.narrow"))


def _progress(t: Words, board: Scoreboard) -> Component:
    goal = board.goal
    assert goal is not None and board.score.points is not None and board.progress is not None
    return _block(
        t("why.progress"),
        t(
            "why.progress_sum",
            points=t.points(board.score.points, 1),
            start=t.points(goal.start_points),
            target=t.points(goal.target_points),
            share=t.share(board.progress),
        ),
    )


def _probability(t: Words, board: Scoreboard) -> Component:
    step, calibration = board.forecast, board.calibration
    assert step is not None
    told = t(
        "why.forecast",
        low=t.points(max(-100.0, step.low80)),
        high=t.points(min(100.0, step.high80)),
        pace=t.points(step.pace_mean, 1, signed=True),
    )
    badge = calibration.badge if calibration else Badge.UNCHECKED
    tested = t(f"badge.{badge.value}")
    if calibration is not None and calibration.brier is not None:
        tested += " " + t(
            "why.backtest",
            n=calibration.forecasts,
            brier=t.points(calibration.brier.brier, 3),
            today=t.points(calibration.today_brier, 3),
            line=t.points(calibration.line_brier, 3),
        )
    return _block(t("why.probability"), told, t("why.model"), tested)


def _rate(t: Words, board: Scoreboard) -> Component:
    rate = t(
        "why.rate_sum",
        answers=t("score.answers", n=board.answers),
        invited=t("score.invited", n=board.invited),
        share=t.share(board.response_rate),
    )
    return _block(t("why.rate"), rate)
