"""Mejoras, the entry points of what is written: propose, change and move cards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qs

from dash import ClientsideFunction, Input, Output, State, ctx, no_update

from callbacks.asked import scope, words
from callbacks.policies import Guarded
from dashboard.filters import FilterError, parse_day
from dashboard.improvements import TOO_MANY_PATCHES, Improvement, ImprovementError, Measure, Worth, patches_on
from dashboard.permissions import Capability, NotAllowedError, can, can_lead, can_propose
from dashboard.preferences import preferences_in
from dashboard.steps import Change, Depth, Horizon, Route, Step, Verb
from data.database import reading
from data.improvements import read_improvements
from data.indicators import read_indicators
from data.services import Services
from data.services import State as Known
from data.writes.decision import ChangedMeanwhileError
from data.writes.improvements import advance, change_improvement, drop, go_back, look, propose, tell
from layouts import improving as layout
from layouts.fields import Choices
from layouts.improvement import similar
from layouts.improvements import Ids as View
from layouts.improving import NOBODY, SCORE
from layouts.shell import Component
from layouts.shell import Ids as Shell
from layouts.words import Refused, Words

Ids = layout.Ids
MEASURED = ("site", "segment", "team", "channel", "moment")
"""Dimensions by which a group can live an improvement before the others."""

FIELDS = (
    Ids.CARD,
    Ids.VERSION,
    Ids.NAME,
    Ids.TEAM,
    Ids.ROUTE,
    Ids.VERB,
    Ids.DEPTH,
    Ids.HORIZON,
    Ids.CHANGE,
    Ids.CAUSE,
    Ids.PREFERENCE,
    Ids.PILLAR,
    Ids.MOMENTS,
    Ids.WHOM,
    Ids.WITH_CUSTOMERS,
    Ids.OWNER,
    Ids.DUE,
    Ids.ORIGINS,
    Ids.HOURS,
    Ids.COST,
    Ids.CLIENTS,
    Ids.POINT,
    Ids.POINT_ERROR,
    Ids.SOURCE,
    Ids.MEASURE,
)
"""The fields of the form, in the order of `Form`."""


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the form, as browsers send it."""

    card: Any
    version: Any
    name: Any
    team: Any
    route: Any
    verb: Any
    depth: Any
    horizon: Any
    change: Any
    cause: Any
    preference: Any
    pillar: Any
    moments: Any
    whom: Any
    with_customers: Any
    owner: Any
    due: Any
    origins: Any
    hours: Any
    cost: Any
    clients: Any
    point: Any
    point_error: Any
    source: Any
    measure: Any

    def improvement(self, today: date) -> Improvement:
        """Return the card that the form describes.

        Raises
        ------
        FilterError
            When the date is none.
        """
        return Improvement(
            _whole(self.card),
            _text(self.team),
            _text(self.name),
            Route(self.route),
            Verb(self.verb),
            Depth(self.depth),
            Horizon(self.horizon),
            today,
            Change(self.change),
            _text(self.cause),
            _text(self.preference),
            _text(self.pillar),
            self.whom == "internal",
            bool(self.with_customers),
            tuple(_text(moment) for moment in self.moments or ()),
            tuple(_text(self.origins).replace(",", " ").split()),
            _text(self.owner),
            parse_day(_text(self.due)),
            measure_of(_text(self.measure), today),
            Worth(
                _number(self.hours),
                _number(self.cost),
                _number(self.clients),
                _number(self.point),
                _number(self.point_error),
                _text(self.source),
            ),
            version=_whole(self.version) or 1,
        )


def _text(value: Any) -> str:
    return str(value or "").strip()


def _whole(value: Any) -> int:
    text = _text(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 else None


def measure_of(choice: str, today: date) -> Measure | None:
    """Return the measure of a choice of the form: `score`, `indicator:3`, `site=Getafe`; None for none."""
    if choice == NOBODY:
        return None
    if choice == SCORE:
        return Measure(since=today)
    kind, _, rest = choice.partition(":")
    if kind == "indicator":
        return Measure(indicator_id=_whole(rest), since=today)
    dimension, _, value = choice.partition("=")
    return Measure(dimension, value, has_control=True, since=today) if dimension in MEASURED and value else None


def choice_of(measure: Measure | None) -> str:
    """Return the choice of the form that a measure is."""
    if measure is None:
        return NOBODY
    if measure.indicator_id is not None:
        return f"indicator:{measure.indicator_id}"
    return f"{measure.dimension}={measure.value}" if measure.dimension else SCORE


def own_teams(services: Services, state: Known) -> Choices:
    """Return the teams that the asker writes for."""
    names, merges = state.members.names("team"), state.members.merges("team")
    keys = [key for key in dict.fromkeys([*services.scores(state).values("team"), *names]) if key not in merges]
    return [(key, names.get(key, key)) for key in keys if can_propose(scope(), key)]


def moments_of(services: Services, state: Known) -> Choices:
    """Return the moments, by key and name."""
    names = state.members.names("moment")
    return [(key, names.get(key, key)) for key in services.scores(state).values("moment")]


def options_of(services: Services, state: Known, t: Words, every: tuple[Improvement, ...]) -> layout.Options:
    """Return what the form offers."""
    scores = services.scores(state)
    measures = [(SCORE, t("improvements.measure_all"))]
    for dimension in MEASURED:
        names = state.members.names(dimension)
        for key in scores.values(dimension):
            words = t("improvements.measure_group", dimension=t(f"dimension.{dimension}"), name=names.get(key, key))
            measures.append((f"{dimension}={key}", words))
    with reading(services.database) as connection:
        measures += [(f"indicator:{one.indicator_id}", one.name) for one in read_indicators(connection)]
    owners = sorted({one.owner for one in every if one.owner})
    pillars = sorted({one.pillar for one in every if one.pillar})
    known = (pillars, owners, preferences_in(every))
    return layout.Options(own_teams(services, state), moments_of(services, state), measures, *known)


def draw_forms(services: Services, state: Known, t: Words, search: object) -> list[Component]:
    """Return the forms of the card that the address names; nothing on the board, and for those who may not write."""
    said = parse_qs(str(search or "").lstrip("?"))
    card = said.get("card", [""])[0]
    with reading(services.database) as connection:
        every = read_improvements(connection)
    if card == "new" and can(scope(), Capability.REPORT):
        moments = said.get("moment", [])
        open_ones = [one for one in every if one.is_open and set(one.moments) & set(moments)]
        options = options_of(services, state, t, every)
        return [similar(t, open_ones), layout.form(t, options, None, NOBODY, moments, " ".join(said.get("origin", [])))]
    one = next((one for one in every if str(one.improvement_id) == card), None)
    if one is None or not can_propose(scope(), one.team):
        return []
    options = options_of(services, state, t, every)
    return [
        layout.moves(t, one, can_lead(scope(), one.team)),
        layout.form(t, options, one, choice_of(one.measure), (), " ".join(one.origins)),
    ]


def said_of(t: Words, doing: Callable[[], Component]) -> Component:
    """Return what to say of a write; a refusal keeps what was typed."""
    try:
        return doing()
    except ImprovementError as refusal:
        return t.refusal(refusal.told())
    except (FilterError, ValueError):
        return t.refused("improvements.unreadable")
    except ChangedMeanwhileError:
        return t.refused("improvements.changed_meanwhile")
    except NotAllowedError:
        return t.refused("common.not_allowed")


def save(services: Services, state: Known, t: Words, form: Form) -> Component:
    """Store the form's card and return what to say; a new one is a click away."""
    card = form.improvement(state.today)
    if not card.improvement_id:
        return layout.proposed(t, propose(services, scope(), card))
    change_improvement(services, scope(), card)
    return t("improvements.saved")


def move(services: Services, t: Words, act: str, card: int, asked: tuple[Any, ...]) -> str:
    """Move the card that was seen and return what to say."""
    words_said, back_to, version = _text(asked[0]), _text(asked[1]), _whole(asked[2]) or None
    with reading(services.database) as connection:
        one = next((one for one in read_improvements(connection) if one.improvement_id == card), None)
    if one is None:
        raise ImprovementError("there is no such improvement")
    if act == Ids.ADVANCE and one.step is not None:
        advance(services, scope(), card, one.step, words_said, version)
    elif act == Ids.BACK:
        go_back(services, scope(), card, Step(back_to), words_said, version)
    elif act == Ids.DROP:
        drop(services, scope(), card, words_said, version)
    elif act == Ids.LOOK:
        look(services, scope(), card, words_said, version)
    else:
        tell(services, scope(), card, version)
    return t("improvements.moved")


def register(app: Guarded, services: Services) -> None:
    """Connect the forms."""

    @app.guarded(
        Capability.SEE_SCORE,
        Output(View.FORM, "children"),
        Input(Shell.URL, "search"),
        Input(View.WRITTEN, "data"),
    )
    def on_written(search: object, written: object) -> list[Component]:
        """Draw the forms anew for another card and once something was written; all else wipes out what is typed."""
        del written
        state = services.state()
        return draw_forms(services, state, words(state, str(search or "")), search)

    @app.guarded(
        Capability.REPORT,
        Output(View.SAID, "children"),
        Output(View.WRITTEN, "data"),
        Input(Ids.SAVE, "n_clicks"),
        *(State(identity, "value") for identity in FIELDS),
        prevent_initial_call=True,
    )
    def on_save(saved: object, *values: Any) -> tuple[Any, Any]:
        if not saved:
            return no_update, no_update
        state = services.state()
        t = words(state)
        return _told(said_of(t, lambda: save(services, state, t, Form(*values))))

    @app.guarded(
        Capability.REPORT,
        Output(View.SAID, "children", allow_duplicate=True),
        Output(View.WRITTEN, "data", allow_duplicate=True),
        Input(Ids.ADVANCE, "n_clicks"),
        Input(Ids.BACK, "n_clicks"),
        Input(Ids.DROP, "n_clicks"),
        Input(Ids.LOOK, "n_clicks"),
        Input(Ids.TELL, "n_clicks"),
        State(Ids.CARD, "value"),
        State(Ids.WORDS, "value"),
        State(Ids.BACK_TO, "value"),
        State(Ids.VERSION, "value"),
        prevent_initial_call=True,
    )
    def on_move(*values: Any) -> tuple[Any, Any]:
        clicks, (card, *asked) = values[:5], values[5:]
        if not any(clicks):
            return no_update, no_update
        t, act = words(services.state()), str(ctx.triggered_id)
        return _told(said_of(t, lambda: move(services, t, act, _whole(card), tuple(asked))))

    def _told(said: Component) -> tuple[Any, Any]:
        """Return what to say and, once it is written, that the forms are to be drawn anew."""
        return said, no_update if isinstance(said, Refused) else services.revision()

    _register_remarks(app, services)


def _register_remarks(app: Guarded, services: Services) -> None:
    app.clientside_callback(  # what was said of the card before is not said of another one
        ClientsideFunction("marcador", "silence"),
        Output(View.SAID, "children", allow_duplicate=True),
        Input(Shell.URL, "search"),
        prevent_initial_call=True,
    )

    @app.guarded(
        Capability.REPORT,
        Output(Ids.WARNING, "children"),
        Output(Ids.WARNING, "hidden"),
        Input(Ids.CAUSE, "value"),
        Input(Ids.DEPTH, "value"),
        State(Ids.CARD, "value"),
    )
    def on_cause(cause: object, depth: object, card: object) -> tuple[str, bool]:
        with reading(services.database) as connection:
            others = [one for one in read_improvements(connection) if one.improvement_id != _whole(card)]
        count = patches_on(_text(cause), others) + 1
        is_warned = depth == Depth.PATCH.value and count >= TOO_MANY_PATCHES
        told = words(services.state())("improvements.third_patch", n=count) if is_warned else ""
        return told, not is_warned
