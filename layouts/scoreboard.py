"""The desk's scoreboard: the number, the word, the path, what changed, the answers and two customers' words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import urlencode

from dash import dcc, html

from dashboard.changes import GroupChange, Verdict
from dashboard.nps import shown
from dashboard.scoreboard import Comment, Scoreboard, Story
from dashboard.thresholds import Display
from layouts.explain import explanation
from layouts.figures.base import CONFIG, EMPTY
from layouts.figures.scoreboard import visible_trend
from layouts.shell import Component, card, heading, table
from layouts.verdict import hundred_sentence, objective_sentence, saying
from layouts.words import Words


class Ids(StrEnum):
    """Ids of the scoreboard."""

    FILTERS = "scoreboard-filters"
    ACTIONS = "scoreboard-actions"
    SUBTITLE = "scoreboard-subtitle"
    HEADLINE = "scoreboard-headline"
    PATH = "scoreboard-path"
    PATH_WORDS = "scoreboard-path-words"
    EXPLAIN = "scoreboard-explain"
    CHANGES = "scoreboard-changes"
    DISTRIBUTION = "scoreboard-distribution"
    DISTRIBUTION_WORDS = "scoreboard-distribution-words"
    COMMENTS = "scoreboard-comments"


def page(t: Words) -> Component:
    """Return the page with places for what one callback fills."""
    return html.Div(
        [
            heading(t, t("scoreboard.title"), html.Span(id=Ids.SUBTITLE), [html.Div(id=Ids.ACTIONS)]),
            html.Div(id=Ids.FILTERS),
            html.Div(
                [
                    html.Section(id=Ids.HEADLINE, className="mc-card mc-headline"),
                    card(
                        [
                            _graph(Ids.PATH, "mc-graph-tall", Ids.PATH_WORDS, t("scoreboard.path")),
                            html.Div(id=Ids.PATH_WORDS),
                        ],
                        title=t("scoreboard.path"),
                        note=t("scoreboard.path_note"),
                        class_name="mc-path",
                    ),
                    html.Div(id=Ids.EXPLAIN, className="mc-wide"),
                    card(html.Div(id=Ids.CHANGES), title=t("scoreboard.changes")),
                    card(
                        [
                            _graph(Ids.DISTRIBUTION, "mc-graph", Ids.DISTRIBUTION_WORDS, t("scoreboard.distribution")),
                            html.Div(id=Ids.DISTRIBUTION_WORDS),
                        ],
                        title=t("scoreboard.distribution"),
                    ),
                    card(html.Div(id=Ids.COMMENTS), title=t("scoreboard.comments")),
                ],
                className="mc-board",
            ),
        ]
    )


def _graph(identity: str, class_name: str, words: str, title: str) -> Component:
    graph = dcc.Graph(id=identity, config=CONFIG, figure=EMPTY, responsive=True, className="mc-graph-inner")
    return html.Div(
        graph, role="img", className=f"mc-figure {class_name}", **{"aria-describedby": words, "aria-label": title}
    )


def headline(t: Words, board: Scoreboard, *, is_filtered: bool) -> list[Component]:
    """Return the card of the number: objective, score, today's objective, the word, pace."""
    goal = board.goal
    if goal is not None:
        above: Component = objective_sentence(t, goal)
    elif is_filtered:
        above = t("scoreboard.filtered")
    else:
        above = dcc.Link(t("scoreboard.no_goal"), href="/settings")
    parts: list[Component] = [html.P(above, className="mc-muted"), _numbers(t, board)]
    if board.judgement is not None:
        said = saying(t, board.judgement)
        parts.append(
            html.P(
                [html.Span(f"{said.shape} ", **{"aria-hidden": "true"}), html.B(said.word), " ", html.Span(said.by)],
                className=f"mc-word mc-{said.tone}",
            )
        )
    if board.score.display is not Display.HIDDEN:
        parts.append(html.P(_sentence(t, board), className="mc-sentence"))
    if facts := _facts(t, board):
        parts.append(html.Dl(facts, className="mc-facts"))
    parts.append(html.A(t("scoreboard.why"), href=f"#{Ids.EXPLAIN}", className="mc-why", **{"data-mc": "why"}))
    return parts


def _numbers(t: Words, board: Scoreboard) -> Component:
    score = board.score
    if score.display is Display.HIDDEN or score.points is None:
        return html.Div(
            [
                html.P(t("score.answers", n=score.n), className="mc-count"),
                html.P(t("score.too_few"), className="mc-muted"),
            ]
        )
    decimals = board.judgement.decimals if board.judgement else 0
    tag = [html.Span(t("score.indicative"), className="mc-tag")] if score.display is Display.INDICATIVE else []
    margin = t("score.between", low=t.points(score.low), high=t.points(score.high))
    big = html.Div(
        [
            html.P(t.points(score.points, decimals), className=f"mc-number mc-{score.display.value}"),
            html.P([margin, " · ", t("score.answers", n=score.n), *tag], className="mc-muted"),
        ]
    )
    if board.judgement is None:
        return html.Div(big, className="mc-numbers")
    objective = t.points(board.judgement.objective, decimals)
    small = html.Div(
        [
            html.P(objective, className="mc-number mc-objective"),
            html.P(t("score.objective_today"), className="mc-muted"),
        ]
    )
    return html.Div([big, small], className="mc-numbers")


def _sentence(t: Words, board: Scoreboard) -> str:
    said = hundred_sentence(t, board)
    if board.judgement is None:
        return said
    return f"{said} {t('score.today_was', objective=t.points(board.judgement.objective, board.judgement.decimals))}"


def _facts(t: Words, board: Scoreboard) -> list[Component]:
    facts: list[tuple[str, str]] = []
    step = board.forecast
    if step is not None and board.goal is not None:
        if board.may_show_probability:
            target = t.points(board.goal.target_points)
            facts.append((t.probability(step.probability), t("scoreboard.probability", target=target)))
        if step.required_pace is not None:
            needed = t.points(step.required_pace, 1)
            words = t("scoreboard.hold") if step.required_pace <= 0 else t("scoreboard.needed", pace=needed)
            facts.append((t.points(step.pace_mean, 1, signed=True), words))
    if board.progress is not None and board.score.display is not Display.HIDDEN:
        facts.append((t.share(board.progress), t("scoreboard.progress")))
    if board.response_rate is not None:
        facts.append(
            (t.share(board.response_rate), t("scoreboard.response_rate", invited=t("score.invited", n=board.invited)))
        )
    if board.running.n and board.goal is not None:
        facts.append(_running(t, board))
    return [html.Div([html.Dt(words), html.Dd(number)], className="mc-fact") for number, words in facts]


def _running(t: Words, board: Scoreboard) -> tuple[str, str]:
    running = board.running
    if running.display is Display.HIDDEN:
        return t("score.answers", n=running.n), t("scoreboard.running")
    return t.points(running.points), t("scoreboard.running_with", answers=t("score.answers", n=running.n))


def too_fine(t: Words) -> list[Component]:
    """Return what stands for numbers that the role may not have under these filters."""
    return [html.P(html.B(t("filters.too_fine"))), html.P(t("filters.too_fine_next"))]


def path_words(t: Words, board: Scoreboard) -> list[Component]:
    """Return the sentence and the table behind the path."""
    trend = visible_trend(board)
    if trend.is_empty():
        return [html.P(t("common.no_data"), className="mc-muted")]
    first, last = trend.row(0, named=True), trend.row(-1, named=True)
    sentence = t(
        "scoreboard.path_sentence",
        first=t.points(first["points"]),
        first_day=t.day(first["week"], year=True),
        last=t.points(last["points"]),
        last_day=t.day(last["week"], year=True),
    )
    rows = [
        [
            t.day(row["week"], year=True),
            t.points(row["points"]),
            t.points(row["low"]),
            t.points(row["high"]),
            t.count(row["n"]),
        ]
        for row in trend.reverse().iter_rows(named=True)
    ]
    columns = [t("table.week"), "NPS", t("table.low"), t("table.high"), t("table.answers")]
    return [
        html.P(sentence, className="visually-hidden"),
        *_amended(t, board),
        html.Details(
            [html.Summary(t("common.as_table")), table(t("scoreboard.path"), columns, rows)], className="mc-more"
        ),
    ]


def _amended(t: Words, board: Scoreboard) -> list[Component]:
    """Return what closed weeks said when they were shown, where it is no longer the same."""
    if not board.amendments:
        return []
    told = [
        t(
            "scoreboard.amendment",
            week=t.day(one.week, year=True),
            shown=t.points(one.shown_points),
            now=t.points(one.points),
            answers=t("scoreboard.answers_changed", before=t.count(one.shown_n), after=t.count(one.n)),
        )
        for one in board.amendments[-12:]
    ]
    summary = html.Summary(t("scoreboard.amendments", n=len(board.amendments)))
    return [html.Details([summary, html.Ul([html.Li(words) for words in told])], className="mc-more mc-amended")]


def changes(t: Words, story: Story) -> Component:
    """Return the three sentences: what changed, whether it is real, on how many answers."""
    if not story.changes:
        return html.P(t("scoreboard.no_changes"), className="mc-muted")
    items = [_change(t, story, group) for group in story.changes]
    is_quiet = all(group.change.verdict is not Verdict.REAL for group in story.changes)
    note = [html.P(t("scoreboard.quiet"), className="mc-muted")] if is_quiet else []
    return html.Div([*note, html.Ul(items, className="mc-changes")])


def _change(t: Words, story: Story, group: GroupChange) -> Component:
    change = group.change
    points = change.points or 0.0
    name = story.names.get(group.dimension, {}).get(group.value, group.value)
    size = round(abs(shown(points)))
    direction = "up" if points > 0 else "down" if points < 0 else "same"
    words = t(f"change.{direction}", what=name, n=size) if size else t("change.same", what=name, n=0)
    is_real = change.verdict is Verdict.REAL
    shape = ("▲" if points > 0 else "▼") if is_real else "●"
    tone = ("mc-up" if points > 0 else "mc-down") if is_real else "mc-still"
    n = change.after.n
    told = t(
        f"verdict.{change.verdict.value}",
        answers=t("score.answers", n=n),
        needed=t.points(change.needed),
    )
    query = "?" + urlencode({group.dimension: group.value})
    return html.Li(
        [
            html.Span(shape, className=f"mc-mark {tone}", **{"aria-hidden": "true"}),
            html.Div([html.B(words), html.Small([t(f"dimension.{group.dimension}"), " · ", told])]),
            dcc.Link(t("common.see"), href=query, className="mc-see", title=f"{t('common.see')}: {name}"),
        ]
    )


def distribution_words(t: Words, board: Scoreboard, story: Story) -> list[Component]:
    """Return the sentence under the bars and the table behind them."""
    total = sum(story.scores)
    if not total:
        return [html.P(t("common.no_data"), className="mc-muted")]
    groups = (sum(story.scores[:7]), sum(story.scores[7:9]), sum(story.scores[9:]))
    shares = [t.share(part / total) for part in groups]
    sentence = t("scoreboard.shares", detractors=shares[0], passives=shares[1], promoters=shares[2])
    rate = f" {t('scoreboard.rate', share=t.share(board.response_rate))}" if board.response_rate is not None else ""
    low_rate = board.response_rate is not None and board.response_rate < 0.2
    warning = (
        [html.P(t("scoreboard.low_rate", share=t.share(board.response_rate)), className="mc-warning")]
        if low_rate
        else []
    )
    rows = [[str(answer), t.count(count), t.share(count / total, 1)] for answer, count in enumerate(story.scores)]
    columns = [t("table.answer"), t("table.answers"), t("table.share")]
    return [
        html.P(f"{sentence} {t('score.answers', n=total)}.{rate}", className="mc-muted"),
        *warning,
        html.Details(
            [html.Summary(t("common.as_table")), table(t("scoreboard.distribution"), columns, rows)],
            className="mc-more",
        ),
    ]


def comments(t: Words, story: Story) -> Component:
    """Return two customers' words; an empty card says why it is empty."""
    if not story.comments:
        return html.P(t("scoreboard.no_comments"), className="mc-muted")
    return html.Div([comment_figure(t, comment, story.names) for comment in story.comments], className="mc-comments")


def comment_figure(t: Words, comment: Comment, names: Mapping[str, Mapping[str, str]]) -> Component:
    """Return what a customer wrote, with the answer, moment, segment and day."""

    def named(dimension: str, key: str | None) -> str:
        return names.get(dimension, {}).get(key, key) if key else ""

    parts = [
        f"{comment.recommend}/10" if comment.recommend is not None else "",
        named("moment", comment.moment),
        named("segment", comment.segment),
    ]
    score = comment.recommend
    tone = "mc-fair" if score is None or score in (7, 8) else "mc-good" if score >= 9 else "mc-bad"
    return html.Figure(
        [
            html.Blockquote(t("common.quoted", words=comment.words)),
            html.Figcaption(" · ".join([part for part in parts if part] + [t.short_day(comment.day)])),
        ],
        className=f"mc-comment {tone}",
    )


def explain(t: Words, board: Scoreboard) -> Component:
    """Return «¿De dónde sale?»: the arithmetic of every number on the page, closed until asked for."""
    summary = html.Summary(t("scoreboard.why"), id="scoreboard-why")
    return html.Details([summary, html.Div(explanation(t, board), className="mc-explain")], className="mc-card mc-more")
