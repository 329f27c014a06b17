"""Writing down commitments: promise, take the next step, take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qs

from dash import Input, Output, State, ctx, no_update

from callbacks.asked import here, scope, words
from callbacks.policies import Guarded
from dashboard.commitments import (
    Commitment,
    CommitmentError,
    Opinion,
    Origin,
    Reach,
    Side,
    Stage,
    Step,
    Teller,
    vague_words,
)
from dashboard.filters import FilterError, parse_day
from dashboard.permissions import Capability, NotAllowedError, can, can_promise
from data.ledger import own_entries
from data.ledger_rows import row_by_key
from data.services import Services
from data.services import State as Known
from data.writes.commitments import Taken, promise, take_step, undo_step
from data.writes.decision import ChangedMeanwhileError
from layouts import commitment_grid as grid
from layouts import correcting
from layouts import promising as layout
from layouts.commitments import Ids as Page
from layouts.fields import is_refused
from layouts.promising import NONE
from layouts.shell import Component
from layouts.shell import Ids as Shell
from layouts.words import Words

Ids = layout.Ids
MOST_ACCOUNTS = 300

FIELDS = (
    *(Ids.WHAT, Ids.WHOM, Ids.DUE, Ids.TEAM, Ids.OWNER, Ids.ORIGIN, Ids.PEOPLE, Ids.RECIPIENTS, Ids.SEGMENT),
    *(Ids.SITE, Ids.MOMENT, Ids.STANDARD, Ids.WORDS, Ids.CONDITIONS, Ids.ANNOUNCED, Ids.TRIGGER, Ids.OWED),
    *(Ids.EXPOSURE, Ids.WEIGHT, Ids.EXPECTED, Ids.PUBLIC),
)
"""The fields of the form, in the order of `Form`."""


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the form, as browsers send it."""

    what: Any
    whom: Any
    due: Any
    team: Any
    owner: Any
    origin: Any
    people: Any
    recipients: Any
    segment: Any
    site: Any
    moment: Any
    standard: Any
    words: Any
    conditions: Any
    announced: Any
    trigger: Any
    owed: Any
    exposure: Any
    weight: Any
    expected: Any
    public: Any

    def commitment(self, today: date) -> Commitment:
        """Return the commitment that the form describes, promised today."""
        names = tuple(name.strip() for name in str(self.recipients or "").split(",") if name.strip())
        account, segment = str(self.whom or "").strip(), chosen(self.segment)
        reach = Reach.EVERYONE
        for found, is_so in ((Reach.SEGMENT, segment), (Reach.ACCOUNT, account), (Reach.INTERLOCUTORS, names)):
            reach = found if is_so else reach
        texts = ("what", "team", "owner", "standard", "words", "conditions", "announced", "trigger", "owed", "exposure")
        return Commitment(
            0,
            made=today,
            **{name: str(getattr(self, name) or "").strip() for name in texts},  # type: ignore[arg-type]  # texts all
            due=parse_day(self.due),
            origin=Origin(self.origin),
            reach=reach,
            account=account,
            segment=segment,
            site=chosen(self.site),
            moment=chosen(self.moment),
            recipients=names,
            people=int(self.people or len(names) or (reach is Reach.ACCOUNT)),
            weight=int(self.weight),
            is_public=bool(self.public),
            stage=Stage.CONDITIONAL if str(self.trigger or "").strip() else Stage.PROMISED,
        )


def chosen(value: object) -> str:
    """Return what was chosen, empty for nothing."""
    return "" if value in (None, NONE) else str(value)


def number_of(typed: object) -> float | None:
    """Return what stands in a number field, None when it is empty."""
    return float(typed) if isinstance(typed, int | float) else None


def options_of(services: Services, state: Known) -> layout.Options:
    """Return what the form offers to who asks."""
    who, members, scores = scope(), state.members, services.scores(state)

    def named(dimension: str) -> list[tuple[str, str]]:
        names, merges = members.names(dimension), members.merges(dimension)
        known = dict.fromkeys([*scores.values(dimension), *services.promises(state).values(dimension), *names])
        return [(key, names.get(key, key)) for key in known if key not in merges]

    sites = [(key, name) for key, name in named("site") if not who.sites or key in who.sites]
    teams = [one for one in named("team") if can_promise(who, one[0], sites[0][0] if who.sites and sites else "")]
    accounts = scores.values("account")[:MOST_ACCOUNTS] if teams else []
    person = here()
    return layout.Options(
        teams,
        accounts,
        named("segment"),
        sites if who.sites else [(NONE, words(state)("promising.none")), *sites],
        named("moment"),
        person.person.name if person is not None else "",
    )


def draw_form(services: Services, state: Known, t: Words) -> Component:
    """Return the form of a new commitment."""
    if not can(scope(), Capability.PROMISE):
        return ""
    return layout.form(t, options_of(services, state))


def draw_story(services: Services, state: Known, t: Words, search: str) -> Component:
    """Return the story of the commitment that the address names, nothing when it names none that may be seen."""
    asked = parse_qs(search.lstrip("?")).get("open", [""])[0]
    found = [one for one in own_entries(services, scope()) if str(one.commitment.commitment_id) == asked]
    if not found:
        return draw_order(services, state, t, asked)
    one = found[0].commitment
    may_change = can_promise(scope(), one.team, one.site)
    correction = correcting.form(t, options_of(services, state), one) if may_change else ""
    team = state.members.name("team", one.team)
    return layout.story(t, found[0], team, may_change=may_change, today=state.today, correction=correction)


def draw_order(services: Services, state: Known, t: Words, key: str) -> Component:
    """Return what is known of a promise made in bulk, nothing when there is none of that id that may be seen."""
    row = row_by_key(services, state, scope(), key) if key else None
    return layout.order(t, grid.shown(t, [row], grid.NONE)[0]) if row else ""


def save(services: Services, state: Known, t: Words, form: Form) -> str:
    """Store what the form says and return what to say."""

    def write() -> str:
        said = form.commitment(state.today)
        expected = number_of(form.expected)
        told = [Opinion("", Side.EXPECTED, expected, Teller.CUSTOMER, state.today)] if expected is not None else []
        promise(services, scope(), said, told)
        return t("promising.saved", what=said.what)

    return _told(t, write)


def take(services: Services, t: Words, known: dict[str, int], asked: tuple[Any, ...]) -> str:
    """Take a step and return what to say."""
    step, day, due, said, recipient, hoped, lived, teller = asked

    def write() -> str:
        on = parse_day(day)
        if on is None:
            return t.refused("promising.without_day")
        sides = layout.sides_told(number_of(hoped), number_of(lived), Teller(teller), str(recipient or "").strip(), on)
        taken = Taken(Step(step), on, parse_day(due), str(said or ""), sides)
        stage = take_step(services, scope(), known["commitment"], known["version"], taken)
        return t("promising.taken", state=t(f"stage_of.{stage.value}"))

    return _told(t, write)


def undo(services: Services, t: Words, known: dict[str, int]) -> str:
    """Take the last step back and return what to say."""

    def write() -> str:
        undo_step(services, scope(), known["commitment"], known["version"])
        return t("promising.undone")

    return _told(t, write)


def _told(t: Words, write: Any) -> str:
    try:
        return str(write())
    except CommitmentError as refusal:
        return t.refusal(refusal.told())
    except FilterError:
        return t.refused("promising.without_day")
    except NotAllowedError:
        return t.refused("promising.not_allowed")
    except ChangedMeanwhileError:
        return t.refused("common.changed_meanwhile")


def register(app: Guarded, services: Services) -> None:
    """Connect forms and story."""
    _register_form(app, services)
    _register_story(app, services)


def _register_form(app: Guarded, services: Services) -> None:
    @app.guarded(Capability.SEE_SCORE, Output(Page.FORM, "children"), Input(Page.SAID, "children"))
    def on_said(said: object) -> Any:
        """Draw the form anew after each promise of one's own; a pulse would wipe out what is being typed."""
        if is_refused(said):
            return no_update
        state = services.state()
        return draw_form(services, state, words(state))

    @app.guarded(
        Capability.PROMISE,
        Output(Ids.VAGUE, "children"),
        Output(Ids.VAGUE, "hidden"),
        Input(Ids.WHAT, "value"),
        Input(Ids.WORDS, "value"),
        Input(Ids.DUE, "value"),
        prevent_initial_call=True,
    )
    def on_typed(what: object, said: object, due: object) -> tuple[str, bool]:
        found = vague_words(str(what or ""), str(said or ""))
        if not found or due:
            return "", True
        return words(services.state())("promising.vague", words=found), False

    @app.guarded(
        Capability.PROMISE,
        Output(Page.SAID, "children"),
        Input(Ids.SAVE, "n_clicks"),
        *(State(identity, "value") for identity in FIELDS),
        prevent_initial_call=True,
        running=[(Output(Ids.SAVE, "disabled"), True, False)],
    )
    def on_save(clicks: object, *values: Any) -> object:
        if not clicks:
            return no_update
        state = services.state()
        return save(services, state, words(state), Form(*values))


def _register_story(app: Guarded, services: Services) -> None:
    @app.guarded(
        Capability.SEE_SCORE,
        Output(Page.STORY, "children"),
        Input(Shell.POPPED, "data"),
        Input(Page.SAID, "children"),
        State(Shell.URL, "search"),
    )
    def on_address(popped: object, said: object, search: object) -> Any:
        if is_refused(said) and ctx.triggered_id == Page.SAID.value:
            return no_update
        asked = popped.get("search") if isinstance(popped, dict) else search
        state = services.state()
        return draw_story(services, state, words(state, str(asked or "")), str(asked or ""))

    @app.guarded(
        Capability.PROMISE,
        Output(Page.SAID, "children", allow_duplicate=True),
        Input(Ids.TAKE, "n_clicks"),
        Input(Ids.UNDO, "n_clicks"),
        State(Ids.KNOWN, "data"),
        State(Ids.STEP, "value"),
        State(Ids.DAY, "value"),
        State(Ids.NEW_DUE, "value"),
        State(Ids.STEP_WORDS, "value"),
        State(Ids.RECIPIENT, "value"),
        State(Ids.HOPED, "value"),
        State(Ids.LIVED, "value"),
        State(Ids.TELLER, "value"),
        prevent_initial_call=True,
    )
    def on_step(taken: object, undone: object, known: Any, *asked: Any) -> object:
        if not (taken or undone) or not isinstance(known, dict):
            return no_update
        t = words(services.state())
        if ctx.triggered_id == Ids.UNDO.value:
            return undo(services, t, known)
        return take(services, t, known, asked)
