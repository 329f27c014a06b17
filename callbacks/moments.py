"""Looking after moments: Ajustes saves owner, review and teams; Viaje notes walks and what a team believes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import Input, Output, State, ctx, no_update

from callbacks.asked import scope, words
from callbacks.hearing import own_teams
from callbacks.policies import Guarded
from dashboard.filters import FilterError, parse_day
from dashboard.moments import Duty, MomentError
from dashboard.permissions import Capability, NotAllowedError
from data.database import reading
from data.moments import read_care
from data.services import Services
from data.services import State as Known
from data.writes.moments import estimate, keep_moment, note_walk, set_duties
from layouts import moments as layout
from layouts.fields import is_refused
from layouts.shell import Component
from layouts.words import Words

Ids = layout.Ids


def every_moment(services: Services, state: Known) -> list[tuple[str, str]]:
    """Return key and name of every moment, in journey order."""
    names, merges = state.members.names("moment"), state.members.merges("moment")
    keys = [key for key in dict.fromkeys([*services.scores(state).values("moment"), *names]) if key not in merges]
    return [(key, names.get(key, key)) for key in keys]


def draw_form(services: Services, state: Known, t: Words, which: object) -> Component:
    """Return the form of one moment; the first where none is chosen."""
    moments = every_moment(services, state)
    names, merges = state.members.names("team"), state.members.merges("team")
    keys = dict.fromkeys([*services.scores(state).values("team"), *names])
    teams = [(key, names.get(key, key)) for key in keys if key not in merges]
    chosen = str(which) if which in dict(moments) else moments[0][0] if moments else ""
    with reading(services.database) as connection:
        return layout.form(t, moments, teams, chosen, read_care(connection))


def draw_telling(services: Services, state: Known, t: Words) -> Component:
    """Return what the people of a team say of a moment."""
    return layout.telling(t, every_moment(services, state), own_teams(services, state), state.today)


def save(services: Services, t: Words, which: str, told: tuple[Any, ...]) -> str:
    """Store how a moment is looked after and return what to say."""
    owner, review, direct, indirect = told
    teams = dict.fromkeys(indirect or (), Duty.INDIRECT) | dict.fromkeys(direct or (), Duty.DIRECT)

    def write() -> None:
        keep_moment(services, scope(), which, str(owner or ""), parse_day(review or None))
        set_duties(services, scope(), which, teams)

    return done(t, write, t("common.saved"))


def done(t: Words, write: Callable[[], None], said: str) -> str:
    """Write and return what to say of it."""
    try:
        write()
    except MomentError as refusal:
        return t.refusal(refusal.told())
    except FilterError:
        return t.refused("indicator.mark_without_day")
    except NotAllowedError:
        return t.refused("reporting.not_allowed")
    return said


def tell(services: Services, t: Words, asked: object, told: tuple[Any, ...]) -> str:
    """Store a walk or an estimate and return what to say."""
    moment, day, walker, team, value = told
    if asked == Ids.ESTIMATE.value:
        number = float(value) if isinstance(value, int | float) else None
        return done(
            t, lambda: estimate(services, scope(), str(team or ""), str(moment or ""), number), t("moments.believed")
        )
    on = services.state().today if not day else parse_day(str(day))
    assert on is not None
    return done(t, lambda: note_walk(services, scope(), str(moment or ""), on, str(walker or "")), t("moments.walked"))


def register(app: Guarded, services: Services) -> None:
    """Connect both places."""

    @app.guarded(Capability.CONFIGURE, Output(Ids.FORM, "children"), Input(Ids.SAID, "children"))
    def on_said(said: object) -> Any:
        """Draw the form anew after each change of one's own; a pulse would wipe out what is being typed."""
        if is_refused(said):
            return no_update
        state = services.state()
        return draw_form(services, state, words(state), None)

    @app.guarded(
        Capability.CONFIGURE,
        Output(Ids.FORM, "children", allow_duplicate=True),
        Input(Ids.WHICH, "value"),
        prevent_initial_call=True,
    )
    def on_which(which: object) -> Component:
        state = services.state()
        return draw_form(services, state, words(state), which)

    @app.guarded(
        Capability.CONFIGURE,
        Output(Ids.SAID, "children"),
        Input(Ids.SAVE, "n_clicks"),
        State(Ids.WHICH, "value"),
        State(Ids.OWNER, "value"),
        State(Ids.REVIEW, "value"),
        State(Ids.DIRECT, "value"),
        State(Ids.INDIRECT, "value"),
        prevent_initial_call=True,
    )
    def on_save(clicks: object, which: object, *told: Any) -> object:
        return save(services, words(services.state()), str(which or ""), told) if clicks else no_update

    @app.guarded(
        Capability.REPORT,
        Output(Ids.TOLD, "children"),
        Input(Ids.WALK, "n_clicks"),
        Input(Ids.ESTIMATE, "n_clicks"),
        State(Ids.MOMENT, "value"),
        State(Ids.WALKED_ON, "value"),
        State(Ids.WALKER, "value"),
        State(Ids.TEAM, "value"),
        State(Ids.VALUE, "value"),
        prevent_initial_call=True,
    )
    def on_tell(walked: object, estimated: object, *told: Any) -> object:
        if not (walked or estimated):
            return no_update
        return tell(services, words(services.state()), ctx.triggered_id, told)
