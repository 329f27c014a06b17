"""The wall: read from eight metres in five seconds. HTML and our own SVG, no plotly.js, no scroll."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dash import html

from dashboard.deeds import Deeds
from dashboard.goal import Word
from dashboard.indicators import Posture
from dashboard.ledger import Ledger
from dashboard.organisation import Organisation
from dashboard.scoreboard import Comment, Scoreboard
from dashboard.screens import Look, Scene, Theme
from dashboard.teams import Teams
from dashboard.thresholds import Display
from dashboard.voice import Thanks
from layouts.figures.wall import Path, path
from layouts.shell import Component
from layouts.teams import second_word
from layouts.verdict import hundred_sentence, objective_sentence, saying, until_sentence
from layouts.wall_commitments import scene as commitments_due
from layouts.wall_deeds import scene as done_lately
from layouts.wall_teams import chunks
from layouts.wall_teams import scene as in_hands
from layouts.words import Words

SHORT_QUOTE = 70
"""Characters of a comment that still fit in the large letters."""

WIDE_NUMBER = 3
"""Signs of a number that still fit in the large figures; −100 and 21,9 have more."""


MOST_TURNS = 3
"""Screens that the teams may take; more than fifteen teams are read on the desk."""


MOST_THANKS = 3
"""Things that changed thanks to customers that fit under a comment."""


class Ids(StrEnum):
    """Ids of the wall."""

    STAGE = "wall-stage"
    CLOCK = "wall-clock"


def page(t: Words, theme: Theme) -> Component:
    """Return the wall's frame; one callback fills the stage."""
    return html.Main(
        [
            html.H1(t("wall.title"), className="visually-hidden"),
            html.Div(id=Ids.STAGE, className="mc-stage"),
            html.Div(
                [html.Span(t("wall.stale"), className="mc-stale-words"), html.Span(className="mc-stale-since")],
                className="mc-stale",
                role="status",
            ),
        ],
        className=f"mc-wall mc-wall-{theme}",
        lang=t.language,
        **{"data-bs-theme": theme},
    )


@dataclass(frozen=True, slots=True)
class Phone:
    """How a passer-by takes the score along: a picture to photograph and what it leads to."""

    picture: str
    address: str


@dataclass(frozen=True, slots=True)
class Promised:
    """What was promised to customers, and how the teams are called."""

    ledger: Ledger
    teams: Mapping[str, str]


def scenes(
    t: Words,
    board: Scoreboard,
    comment: Comment | None,
    organisation: Organisation,
    now: datetime,
    look: Look,
    phone: Phone | None = None,
    teams: Teams | None = None,
    thanks: Sequence[Thanks] = (),
    deeds: Deeds | None = None,
    promised: Promised | None = None,
) -> list[Component]:
    """Return every scene of the look that has something to show; the browser shows one at a time.

    Without `teams`, `deeds` and `promised` (visitors) nothing is said of them; many teams take several turns.
    """
    posture = teams.posture if teams else None
    score_scene = _scene(Scene.SCORE, score(t, board, organisation, look.theme, phone, posture))
    drawn: dict[Scene, list[Component]] = {Scene.SCORE: [score_scene]}
    if teams is not None:
        turns = enumerate(chunks(teams)[:MOST_TURNS], start=1)
        drawn[Scene.TEAMS] = [
            _scene(Scene.TEAMS, in_hands(t, teams, rows, organisation, now), turn) for turn, rows in turns
        ]
    if deeds is not None and deeds.rows:
        drawn[Scene.DONE] = [_scene(Scene.DONE, done_lately(t, deeds, organisation, now))]
    if promised is not None and not promised.ledger.is_empty:
        due = commitments_due(t, promised.ledger, promised.teams, organisation, now)
        drawn[Scene.COMMITMENTS] = [_scene(Scene.COMMITMENTS, due)]
    if comment is not None:
        drawn[Scene.VOICE] = [_scene(Scene.VOICE, voice(t, comment, organisation, now, thanks))]
    chosen = [scene for scene in look.scenes if drawn.get(scene)] or [Scene.SCORE]
    return [_orders(look), *[part for scene in chosen for part in drawn[scene]]]


def paused(t: Words, look: Look) -> list[Component]:
    """Return what a screen shows that rests."""
    words = _read(html.P, t("wall.paused", name=look.name), "mc-wall-goal")
    return [_orders(look), html.Section([words], className="mc-scene mc-scene-paused", **{"data-scene": "paused"})]


def _orders(look: Look) -> Component:
    """Return what the browser must know of the look; it is read at every turn, so that a change needs no reload."""
    night = look.night_from is not None and look.night_until is not None
    told = {
        "data-seconds": str(look.rotate_seconds),
        "data-theme": look.theme.value,
        "data-drifts": "1" if look.drifts else "",
        "data-night": f"{look.night_from:%H:%M}-{look.night_until:%H:%M}" if night else "",
    }
    return html.Div(className="mc-wall-orders", hidden=True, **told)


def _scene(scene: Scene, content: Sequence[Component], turn: int = 1) -> Component:
    """Return a scene; one that does not fit at once comes in several turns, each under a name of its own."""
    name = scene.value if turn == 1 else f"{scene.value}-{turn}"
    return html.Section(list(content), className=f"mc-scene mc-scene-{name}", **{"data-scene": name})


def score(
    t: Words,
    board: Scoreboard,
    organisation: Organisation,
    theme: Theme,
    phone: Phone | None = None,
    posture: Posture | None = None,
) -> list[Component]:
    """Return the scene of the score: objective, two numbers, the word and the second one, one sentence, the path."""
    goal, judgement = board.goal, board.judgement
    if goal is None or judgement is None:
        return _without_goal(t, board, organisation)
    sunday = board.period.until
    left = t("wall.weeks_left", n=goal.weeks_left(sunday)) if goal.weeks_left(sunday) else t("wall.over")
    head = html.Header(
        [_read(html.P, objective_sentence(t, goal), "mc-wall-goal"), html.P(left, className="mc-wall-left")],
        className="mc-wall-head",
    )
    is_hidden = board.score.display is Display.HIDDEN or judgement.points is None
    number = t("common.none") if is_hidden else t.points(judgement.points, judgement.decimals)
    objective = t.points(judgement.objective, judgement.decimals)
    numbers = [
        _number(
            t("wall.now"),
            number,
            "mc-wall-now" + (" mc-wall-grey" if board.score.display is not Display.NORMAL else ""),
        ),
        _number(t("wall.objective"), objective, "mc-wall-objective"),
    ]
    drawing = path(board, theme)
    picture = [_path(t, board, drawing)] if drawing else []
    return [
        head,
        html.Div([*numbers, *picture], className=_numbers_class(number, objective)),
        _word(t, board),
        _sentence(t, board, posture),
        _foot(until_sentence(t, board), _meeting(t, organisation), *_taken_along(t, phone)),
    ]


def _taken_along(t: Words, phone: Phone | None) -> list[Component]:
    if phone is None:
        return []
    return [html.Img(src=phone.picture, alt=t("wall.on_phone", address=phone.address), className="mc-wall-qr")]


def _read(tag: Component, text: str, class_name: str) -> Component:
    """Return text that must be read from eight metres; a test measures its capitals."""
    return tag(text, className=f"{class_name} mc-far")


def _number(label: str, number: str, class_name: str) -> Component:
    return html.Div(
        [html.P(label, className="mc-wall-label mc-far"), html.P(number, className="mc-wall-number mc-far")],
        className=class_name,
    )


def _numbers_class(*numbers: str) -> str:
    is_wide = max(len(number) for number in numbers) > WIDE_NUMBER
    return "mc-wall-numbers" + (" mc-wall-wide" if is_wide else "")


def _word(t: Words, board: Scoreboard) -> Component:
    assert board.judgement is not None
    said = saying(t, board.judgement)
    return html.Div(
        [
            html.Span(said.shape, className="mc-wall-shape", **{"aria-hidden": "true"}),
            html.Strong(said.word, className="mc-far"),
            html.Span(said.by, className="mc-wall-by mc-far"),
        ],
        className=f"mc-wall-word mc-{said.tone}",
    )


def _sentence(t: Words, board: Scoreboard, posture: Posture | None) -> Component:
    """Return the one sentence, and at its right the second word where there is one."""
    sentence = hundred_sentence(t, board)
    if posture is None:
        return _read(html.P, sentence, "mc-wall-sentence")
    second = html.B(second_word(t, posture), className=f"mc-posture-{posture.value}")
    return html.P([html.Span(sentence), second], className="mc-wall-sentence mc-wall-with-second mc-far")


def _path(t: Words, board: Scoreboard, drawing: Path) -> Component:
    goal = board.goal
    assert goal is not None
    alt = t(
        "wall.path_alt",
        start=t.points(goal.start_points),
        now=t.points(board.score.points),
        target=t.points(goal.target_points),
    )

    def at(point: tuple[float, float], text: str, class_name: str) -> Component:
        style = {"left": f"{100 * point[0]:.1f}%", "top": f"{100 * point[1]:.1f}%"}
        return html.Span(text, className=f"mc-path-label {class_name}", style=style)

    return html.Div(
        [
            html.Div(
                [
                    html.Img(src=drawing.image, alt=alt),
                    at(drawing.now, "", "mc-path-dot mc-path-now"),
                    at(drawing.target, "", "mc-path-dot"),
                    at(drawing.start, t.points(goal.start_points), "mc-path-start"),
                    at(drawing.target, t.points(goal.target_points), "mc-path-target"),
                ],
                className="mc-path-frame",
            ),
            html.P(
                [html.Span(t.month_of(drawing.first)), html.Span(t.month_of(drawing.last))], className="mc-path-months"
            ),
        ],
        className="mc-wall-path",
    )


def _foot(left: str, right: str, *more: Component) -> Component:
    return html.Footer([html.P(left), html.P(right), *more], className="mc-wall-foot")


def _meeting(t: Words, organisation: Organisation) -> str:
    return t("wall.meeting", when=organisation.meeting) if organisation.meeting else organisation.name


def _without_goal(t: Words, board: Scoreboard, organisation: Organisation) -> list[Component]:
    """Return the scene before there is a goal: the score alone, or what to do first."""
    score_ = board.score
    if score_.points is None or score_.display is Display.HIDDEN:
        return [
            html.Header(_read(html.P, organisation.name, "mc-wall-goal"), className="mc-wall-head"),
            html.Div(
                [html.Strong(t("wall.empty"), className="mc-far")], className=f"mc-wall-word mc-{Word.STARTED.value}"
            ),
            _read(html.P, t("wall.empty_next"), "mc-wall-sentence"),
            _foot("", ""),
        ]
    return [
        html.Header(_read(html.P, t("wall.no_goal"), "mc-wall-goal"), className="mc-wall-head"),
        html.Div([_number("NPS", t.points(score_.points), "mc-wall-now")], className="mc-wall-numbers"),
        _read(html.P, t("score.between", low=t.points(score_.low), high=t.points(score_.high)), "mc-wall-sentence"),
        _read(html.P, hundred_sentence(t, board), "mc-wall-sentence"),
        _foot(until_sentence(t, board), _meeting(t, organisation)),
    ]


def _changed(t: Words, thanks: Sequence[Thanks]) -> list[Component]:
    if not thanks:
        return []
    words = ", ".join(dict.fromkeys(one.words for one in thanks[:MOST_THANKS]))
    return [html.P([html.B(t("wall.thanks")), f" {words}."], className="mc-wall-sentence mc-wall-thanks mc-far")]


def quote_class(words: str) -> str:
    """Return how large a comment is set: the longest that may be drawn must still fit the screen."""
    return "mc-wall-quote mc-far" + (" mc-wall-quote-long" if len(words) > SHORT_QUOTE else "")


def voice(
    t: Words, comment: Comment, organisation: Organisation, now: datetime, thanks: Sequence[Thanks] = ()
) -> list[Component]:
    """Return the scene of the customer's words: only what its author allowed, without a name; what changed below."""
    who = t("wall.customer_of", segment=comment.segment) if comment.segment else t("wall.customer")
    where = t("wall.at_moment", who=who, moment=comment.moment) if comment.moment else who
    gives = t("wall.gives", score=comment.recommend) if comment.recommend is not None else ""
    return [
        html.Header(
            [
                _read(html.P, t("wall.boss"), "mc-wall-goal"),
                html.P(t.time(now, organisation.tz), id=Ids.CLOCK, className="mc-wall-left mc-clock"),
            ],
            className="mc-wall-head",
        ),
        html.Blockquote(t("common.quoted", words=comment.words), className=quote_class(comment.words)),
        html.P([where, ". ", html.B(gives)], className="mc-wall-sentence mc-wall-who mc-far"),
        *_changed(t, thanks),
        _foot(t("wall.with_consent"), _meeting(t, organisation)),
    ]
