"""What the callbacks put on the table of a meeting: blocks and timer, customers, actions one by one, obstacles."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html

from dashboard.actions import Action, ActionState
from dashboard.agenda import Agenda
from dashboard.meetings import MINUTES, Block, MeetingState, Peer
from dashboard.scoreboard import Comment, Scoreboard
from dashboard.teams import Watched
from dashboard.thresholds import Display
from layouts.meeting import Ids
from layouts.shell import Component
from layouts.teams import SHAPES as WEEK_SHAPES
from layouts.teams import against
from layouts.verdict import saying
from layouts.words import Words

SHAPES = {
    ActionState.AGREED: "○",
    ActionState.DONE: "✓",
    ActionState.PARTLY: "◐",
    ActionState.NOT_DONE: "✕",
    ActionState.DROPPED: "–",
    ActionState.HANDED_OVER: "→",
}
"""Each state has a shape, so that colour is never alone."""

KEYED = (ActionState.DONE, ActionState.PARTLY, ActionState.NOT_DONE, ActionState.DROPPED)
"""What has a big key, and its number on the keyboard by its place."""

Options = list[dict[str, str]]


def do(act: str, of: object, words: str, class_name: str = "mc-button mc-small", **marks: str) -> Component:
    """Return a button that does one thing to one row."""
    identity = {"type": Ids.DO.value, "act": act, "of": str(of)}
    return html.Button(words, id=identity, className=class_name, type="button", **marks)


def subtitle(t: Words, agenda: Agenda) -> str:
    """Return the line under the title: team, day, week, and how long it takes."""
    week = agenda.sitting.day.isocalendar().week
    day = t.day(agenda.sitting.day, weekday=True)
    name = agenda.name or t("meeting.common")
    return t("meeting.subtitle", team=name, day=day, week=week, minutes=sum(MINUTES.values()))


def commands(t: Words, agenda: Agenda) -> list[Component]:
    """Return what can be done with the meeting as a whole, and who is there."""
    people = t("meeting.attend", here=len(agenda.here), n=len(agenda.seated)) if agenda.meeting else ""
    chip = [html.Span(people, className="mc-chip")] if people else []
    if agenda.is_open:
        assert agenda.meeting is not None
        close = do("close", agenda.meeting.meeting_id, t("meeting.close"), "mc-button")
        return [*chip, close]
    words = t("meeting.again") if agenda.meeting else t("meeting.open")
    return [*chip, *minutes_links(t, agenda), do("open", "now", words, "mc-button mc-primary")]


def minutes_links(t: Words, agenda: Agenda) -> list[Component]:
    """Return the minutes of this week's meeting, once it is closed."""
    if agenda.meeting is None or agenda.is_open:
        return []
    address = f"/download/minutes/{agenda.meeting.meeting_id}"
    return [html.A(t("meeting.minutes_pdf"), href=f"{address}.pdf", className="mc-button")]


def room_class(agenda: Agenda) -> str:
    """Return which panels the room shows: the block of now, or all while nobody meets."""
    block = int(agenda.meeting.block) if agenda.meeting is not None and agenda.is_open else 0
    return f"mc-room mc-room-{block}"


def steps(t: Words, agenda: Agenda, elapsed: float) -> list[Component]:
    """Return the four blocks, each with its minutes, and what is left of this one; before, when the next meeting is."""
    meeting = agenda.meeting
    if meeting is None or not agenda.is_open:
        return [_upcoming(t, agenda)]
    buttons = [_step(t, block, meeting.block, str(meeting.meeting_id)) for block in Block]
    limit = MINUTES[meeting.block] * 60
    told = {"data-elapsed": f"{elapsed:.0f}", "data-limit": str(limit), "data-since": meeting.block_at.isoformat()}
    label = {"data-left": t("meeting.left"), "data-over": t("meeting.over")}
    timer = html.Div(
        [
            html.Span(t("meeting.left"), className="mc-timer-label", **label),
            html.Span(f"{MINUTES[meeting.block]}:00", className="mc-timer-clock"),
        ],
        className="mc-timer",
        role="timer",
        **told,
    )
    driver = html.Small(t("meeting.driver", who=meeting.driver), className="mc-note")
    keys = {"data-mc-keys": "", "aria-pressed": "true"}
    by_key = html.Button(t("meeting.keys"), type="button", className="mc-button mc-toggle mc-small mc-on", **keys)
    row = html.Div([*buttons, timer], className="mc-steps-row", **{"data-mc-pulse": "1"})
    return [row, html.Div([driver, by_key], className="mc-driver")]


def _step(t: Words, block: Block, now: Block, of: str) -> Component:
    state = t("meeting.now") if block is now else t("meeting.seen") if block < now else ""
    minutes = t("meeting.minutes", n=MINUTES[block])
    identity = {"type": Ids.DO.value, "act": f"block-{int(block)}", "of": of}
    marks = {"aria-current": "step"} if block is now else {}
    return html.Button(
        [
            html.B(f"{int(block)}. {t(f'meeting.block_{int(block)}')}"),
            html.Small(" · ".join(part for part in (minutes, state) if part)),
        ],
        id=identity,
        className="mc-step-button",
        type="button",
        **marks,
    )


def _upcoming(t: Words, agenda: Agenda) -> Component:
    if agenda.upcoming is None:
        return html.P(t("meeting.none_upcoming"), className="mc-muted")
    at = agenda.rhythm.at
    day = t.day(agenda.upcoming, weekday=True)
    is_paused = bool(agenda.weeks) and agenda.weeks[-1].state is MeetingState.PAUSED
    paused = [" ", html.B(t("meeting.paused_week"))] if is_paused else []
    return html.P([t("meeting.upcoming", day=day, time=f"{at:%H:%M}"), *paused], className="mc-stance")


def quotes(t: Words, agenda: Agenda) -> list[Component]:
    """Return what the customers say, and by which rule it was drawn."""
    head = html.H2(t("meeting.boss"))
    if not agenda.is_open and not agenda.quotes:
        return [head, html.P(t("meeting.quotes_later"), className="mc-muted")]
    if not agenda.quotes:
        return [head, html.P(t("meeting.quotes_hidden" if agenda.drawn else "meeting.quotes_none"))]
    rule = t("meeting.quotes_rule", seed=agenda.seed)
    return [head, *[quote(t, one) for one in agenda.quotes], html.P(rule, className="mc-note")]


def quote(t: Words, one: Comment) -> Component:
    """Return one comment: its words, its score in colour and in figures, and where it was."""
    score = one.recommend
    tone = "mc-still" if score is None or score in (7, 8) else "mc-good" if score >= 9 else "mc-bad"
    parts = [t("meeting.of_ten", score=score) if score is not None else "", one.moment or ""]
    where = " · ".join(part for part in parts if part)
    return html.Blockquote(
        [html.P(t("common.quoted", words=one.words)), html.Small(where)], className=f"mc-quote {tone}"
    )


def here(t: Words, agenda: Agenda) -> list[Component]:
    """Return who is there: a key each, for whoever has a seat."""
    head = html.H2(t("meeting.here"))
    if not agenda.seated:
        return [head, html.P(t("meeting.nobody_common" if not agenda.team else "meeting.nobody"), className="mc-muted")]
    if not agenda.is_open:
        return [head, html.P(t.listed([peer.name for peer in agenda.seated]), className="mc-muted")]
    return [head, html.Div([_present(t, agenda, peer) for peer in agenda.seated], className="mc-toggles")]


def _present(t: Words, agenda: Agenda, peer: Peer) -> Component:
    is_here = peer.peer_id in agenda.here
    words = f"{'✓ ' if is_here else ''}{peer.name}"
    name = "mc-button mc-toggle" + (" mc-on" if is_here else "")
    return do("away" if is_here else "here", peer.peer_id, words, name, **{"aria-pressed": str(is_here).lower()})


def silent_options(watched: Sequence[Watched]) -> Options:
    """Return what nobody has reported, to be chosen from."""
    return [
        {"label": f"{one.indicator.name} ({one.indicator.unit})", "value": str(one.indicator.indicator_id)}
        for one in watched
    ]


def said_table(t: Words, agenda: Agenda, chosen: Action | None) -> list[Component]:
    """Return what was said, row by row, with its result, and the share kept over eight weeks."""
    done = sum(one.state is ActionState.DONE for one in agenda.said)
    share = t("meeting.kept_weeks", share=t.share(agenda.kept.share)) if agenda.kept.due else ""
    note = " · ".join(part for part in (t("meeting.done_of", done=done, n=len(agenda.said)), share) if part)
    head = html.Div([html.H2(t("meeting.block_2")), html.Small(note, className="mc-note")], className="mc-card-head")
    if not agenda.said:
        return [head, html.P(t("meeting.nothing_said"), className="mc-muted")]
    names = ("owner", "action", "date", "result", "tells")
    header = html.Thead(html.Tr([html.Th(t(f"meeting.column_{name}"), scope="col") for name in names]))
    body = html.Tbody([_said_row(t, agenda, one, chosen) for one in agenda.said])
    return [head, html.Div(html.Table([header, body], className="mc-table mc-actions-table"), className="mc-scroll")]


def _said_row(t: Words, agenda: Agenda, action: Action, chosen: Action | None) -> Component:
    is_turn = chosen is not None and action.action_id == chosen.action_id
    text: Component = action.text
    if action.is_open:
        identity = {"type": Ids.CHOOSE.value, "action": action.action_id}
        text = html.Button(action.text, id=identity, className="mc-link mc-left", type="button")
    return html.Tr(
        [
            html.Th(owner(agenda, action), scope="row"),
            html.Td([text, *badges(t, action), *serves(t, action)]),
            html.Td(t.week_day(action.due), className="mc-nowrap"),
            html.Td(state_chip(t, action.state)),
            html.Td(action.told, className="mc-muted"),
        ],
        className="mc-turn-row" if is_turn else "",
    )


def owner(agenda: Agenda, action: Action) -> str:
    """Return the name of who answers for an action."""
    return agenda.names.get(action.owner_id, "")


def state_chip(t: Words, state: ActionState) -> Component:
    """Return a state as shape and word."""
    shape = html.Span(SHAPES[state], **{"aria-hidden": "true"})
    return html.Span([shape, " ", t(f"action.{state.value}")], className=f"mc-chip mc-action-{state.value}")


def badges(t: Words, action: Action) -> list[Component]:
    """Return how often an action was carried over and its date moved; nothing when never."""
    told = [t("action.carried", n=action.carried)] if action.carried else []
    told += [t("action.moved", n=action.moves)] if action.moves else []
    return [html.Small(words, className="mc-badge") for words in told]


def serves(t: Words, action: Action) -> list[Component]:
    """Return which preference of the customer an action serves; nothing when it names none."""
    if not action.preference:
        return []
    return [html.Small(t("action.serves", preference=action.preference), className="mc-serves")]


def turn(t: Words, agenda: Agenda, action: Action | None) -> list[Component]:
    """Return the action whose turn it is, with its effect on its indicator beside it."""
    if action is None:
        return [html.P(t("meeting.all_answered"), className="mc-stance")] if agenda.said else []
    last = [html.P(t("meeting.third_time"), className="mc-warning")] if ActionState.PARTLY not in action.choices else []
    effect = moved(t, agenda, action)
    head = html.H3([html.B(owner(agenda, action)), ": ", action.text])
    told = [head, *serves(t, action), *last]
    return [html.Div([html.Div(told, className="mc-grow"), *effect], className="mc-turn")]


def moved(t: Words, agenda: Agenda, action: Action) -> list[Component]:
    """Return what the indicator of an action says of the last closed week."""
    one = agenda.watched_by(action.indicator_id)
    if one is None:
        return [html.P(t("meeting.moves_moment", moment=action.moment), className="mc-muted")] if action.moment else []
    course = one.course
    value = course.values[-1] if course.weeks else None
    target = course.targets[-1] if course.weeks else None
    unit = one.indicator.unit if one.indicator.is_share or target is None else ""
    told = t("teams.not_reported") if value is None else against(t, value, target, unit)
    aim = t("teams.of_target", target=t.amount(target, one.indicator.unit)) if target is not None else ""
    shape = html.Span(WEEK_SHAPES[course.last], **{"aria-hidden": "true"})
    return [
        html.Div(
            [html.Small(one.indicator.name), html.P([shape, " ", html.B(told), " ", aim])],
            className=f"mc-effect mc-week-{course.last.value}",
        )
    ]


def keys(t: Words, action: Action | None) -> list[Component]:
    """Return the big keys for the action whose turn it is; none without one."""
    if action is None:
        return []
    buttons = [
        html.Button(
            [
                html.Span(SHAPES[state], **{"aria-hidden": "true"}),
                f" {t(f'action.{state.value}')} ",
                html.Kbd(str(place)),
            ],
            id={"type": Ids.ANSWER.value, "state": state.value},
            className=f"mc-key mc-action-{state.value}",
            type="button",
            **{"data-mc-key": str(place)},
        )
        for place, state in enumerate(KEYED, start=1)
        if state in action.choices
    ]
    return [html.Div(buttons, className="mc-keys")]


def undo(t: Words, agenda: Agenda) -> list[Component]:
    """Return how the last answer of this meeting is taken back, whoever gave it; nothing before one was given."""
    action = agenda.answered_last
    if action is None or not agenda.is_open:
        return []
    words = t("meeting.undo", result=t(f"action.{action.state.value}"), text=action.text)
    marks = {"data-mc-key": "u", "aria-keyshortcuts": "U Control+Z"}
    button = do("undo", f"{action.action_id}.{action.version}", words, "mc-button mc-small mc-undo", **marks)
    button.children = [html.Span("↶", **{"aria-hidden": "true"}), html.Span(words), html.Kbd("U")]
    return [button]


def ahead(t: Words, agenda: Agenda) -> list[Component]:
    """Return what is undertaken for the days to come."""
    fresh = sum(one.agreed_on == agenda.sitting.day for one in agenda.ahead)
    note = html.Small(t("meeting.agreed_today", n=fresh), className="mc-note")
    head = html.Div([html.H2(t("meeting.block_4")), note], className="mc-card-head")
    if not agenda.ahead:
        return [head, html.P(t("meeting.nothing_ahead"), className="mc-muted")]
    rows = [
        html.Li(
            [
                html.Div(
                    [html.B(owner(agenda, one)), html.Span(one.text), *badges(t, one), *serves(t, one)],
                    className="mc-grow",
                ),
                html.Small(_moves_name(agenda, one), className="mc-note"),
                html.A(
                    t.week_day(one.due),
                    href=f"/download/agenda/{one.owner_id}.ics",
                    className="mc-nowrap",
                    title=t("meeting.calendar", who=owner(agenda, one)),
                ),
            ]
        )
        for one in agenda.ahead
    ]
    return [head, html.Ul(rows, className="mc-ahead")]


def _moves_name(agenda: Agenda, action: Action) -> str:
    one = agenda.watched_by(action.indicator_id)
    return one.indicator.name if one else action.moment


def aside(t: Words, agenda: Agenda, board: Scoreboard) -> list[Component]:
    """Return the scoreboard and the customers' words, which stay in sight all through the meeting."""
    heard = [html.Section(quotes(t, agenda), className="mc-card mc-aside-quotes")] if agenda.quotes else []
    end = html.P(t("meeting.at_the_end"), className="mc-note")
    return [html.Section(_score(t, board), className="mc-card"), *heard, end]


def _score(t: Words, board: Scoreboard) -> list[Component]:
    head = html.H2(dcc.Link(t("menu.scoreboard"), href="/"))
    if board.goal is None or board.judgement is None or board.judgement.points is None:
        return [head, html.P(dcc.Link(t("scoreboard.no_goal"), href="/settings"))]
    told, judgement = saying(t, board.judgement), board.judgement
    if board.score.display is Display.HIDDEN:
        return [head, html.P(t("common.no_data"))]
    objective = t("meeting.objective", points=t.points(judgement.objective, judgement.decimals))
    number = html.B(t.points(judgement.points, judgement.decimals), className="mc-score-small")
    word = html.Span(f"{told.shape} {told.word} {told.by}", className=f"mc-chip mc-word-chip mc-{told.tone}")
    return [head, html.P([number, " ", html.Span(objective, className="mc-muted")]), html.P(word)]


def people(t: Words, agenda: Agenda) -> Component:
    """Return everybody with a seat and what may be said of them."""
    if not agenda.seated:
        return html.P(t("meeting.nobody" if agenda.team else "meeting.nobody_common"), className="mc-muted")
    rows = []
    for peer in agenda.seated:
        marks = [("is_voice", peer.is_voice), ("is_ambassador", peer.is_ambassador), ("shows_name", peer.shows_name)]
        keys_ = [
            do(
                f"{'un' if is_on else ''}mark-{mark}",
                peer.peer_id,
                f"{'✓ ' if is_on else ''}{t(f'peer.{mark}')}",
                "mc-button mc-small mc-toggle" + (" mc-on" if is_on else ""),
                **{"aria-pressed": str(is_on).lower()},
            )
            for mark, is_on in marks
        ]
        leave = do("unmark-is_active", peer.peer_id, t("peer.leave"))
        rows.append(html.Li([html.B(peer.name), html.Div([*keys_, leave], className="mc-actions")]))
    return html.Ul(rows, className="mc-marks")


def owners(agenda: Agenda) -> Options:
    """Return who may take something on."""
    return [{"label": peer.name, "value": str(peer.peer_id)} for peer in agenda.seated]


def moveable(t: Words, agenda: Agenda, moments: Sequence[tuple[str, str]]) -> Options:
    """Return what an action may move: the indicators of the table, then the moments of the journey."""
    indicators = [
        {"label": one.indicator.name, "value": f"indicator:{one.indicator.indicator_id}"} for one in agenda.watched
    ]
    return [
        *indicators,
        *[{"label": t("meeting.moment", name=name), "value": f"moment:{key}"} for key, name in moments],
    ]
