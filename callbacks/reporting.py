"""Writing down values: one from a phone, many from a file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dash import Input, Output, State, ctx, no_update

from callbacks.asked import filters_of, scope, words
from callbacks.policies import Guarded
from dashboard.filters import Filters
from dashboard.indicators import IndicatorError
from dashboard.periods import WEEK
from dashboard.permissions import Capability, NotAllowedError, can, can_report
from data.jobs import JobState, finished, start_job
from data.services import Services
from data.services import State as Known
from data.teams import read_teams, values_of
from data.writes.readings import Reading, report
from layouts import reporting as layout
from layouts.fields import is_refused
from layouts.shell import Component
from layouts.shell import Ids as Shell
from layouts.teams import Ids as Teams
from layouts.words import Words

WEEKS_BACK = 12
Ids = layout.Ids


def draw_form(services: Services, state: Known, t: Words, asked: Filters) -> Component:
    """Return the form for what the asker may report, of the teams that are chosen."""
    who = scope()
    found = read_teams(services, state, who).only(asked.values("team"))
    teams = [team for team in found.teams if can_report(who, team.key)]
    watched = [one for team in teams for one in team.watched]
    silent = [one for one in found.silent if can_report(who, one.indicator.team)]
    weeks = [state.week + WEEK, *[state.week - place * WEEK for place in range(1, WEEKS_BACK)]]
    return layout.form(t, watched, silent, [state.week, *weeks], state.today)


def number_of(typed: object) -> float | None:
    """Return what stands in a number field, None when it is empty."""
    return float(typed) if isinstance(typed, int | float) else None


def save(services: Services, t: Words, asked: tuple[Any, ...]) -> str:
    """Write down one value and return what to say."""
    indicator, week, value, part, total, reason = asked
    state = services.state()
    numbers = (number_of(value), number_of(part), number_of(total))
    reading = Reading(int(indicator), date.fromisoformat(str(week)), *numbers)
    try:
        changed = report(services, scope(), [reading], str(reason or ""))
    except IndicatorError as refusal:
        return t.refusal(refusal.told())
    except NotAllowedError:
        return t.refused("reporting.not_allowed")
    one = read_teams(services, state, scope()).by_id(reading.indicator_id)
    name = one.indicator.name if one else ""
    return t("reporting.saved", name=name) if changed else t("reporting.same", name=name)


def hint(services: Services, t: Words, indicator: object, week: object) -> tuple[str, bool]:
    """Return what is already there of a week, and whether no reason is needed."""
    known = values_of(services, int(str(indicator))).get(date.fromisoformat(str(week)))
    one = read_teams(services, services.state(), scope()).by_id(int(str(indicator)))
    if known is None or one is None:
        return "", True
    return t("reporting.known", value=t.amount(known, one.indicator.unit)), False


def register(app: Guarded, services: Services) -> None:
    """Connect form and file."""
    _register_form(app, services)
    _register_file(app, services)


def _register_form(app: Guarded, services: Services) -> None:
    @app.guarded(
        Capability.REPORT,
        Output(Teams.REPORT, "children"),
        Input(Shell.FILTERS, "data"),
        Input(Teams.SAID, "children"),
        State(Shell.URL, "search"),
    )
    def on_said(filters: object, said: object, search: object) -> Any:
        """Draw the form after each value of one's own; a pulse would wipe out what is being typed."""
        if is_refused(said) and ctx.triggered_id == Teams.SAID.value:
            return no_update
        state = services.state()
        return draw_form(services, state, words(state, str(search or "")), filters_of(filters))

    @app.guarded(
        Capability.REPORT,
        Output(Ids.HINT, "children"),
        Output(Ids.REASON_FIELD, "hidden"),
        Input(Ids.INDICATOR, "value"),
        Input(Ids.WEEK, "value"),
    )
    def on_choice(indicator: object, week: object) -> tuple[str, bool]:
        if not indicator or not week:
            return "", True
        return hint(services, words(services.state()), indicator, week)

    @app.guarded(
        Capability.REPORT,
        Output(Teams.SAID, "children"),
        Input(Ids.SAVE, "n_clicks"),
        State(Ids.INDICATOR, "value"),
        State(Ids.WEEK, "value"),
        State(Ids.VALUE, "value"),
        State(Ids.PART, "value"),
        State(Ids.TOTAL, "value"),
        State(Ids.REASON, "value"),
        prevent_initial_call=True,
        running=[(Output(Ids.SAVE, "disabled"), True, False)],
    )
    def on_save(clicks: object, *asked: Any) -> object:
        if not clicks or not asked[0]:
            return no_update
        return save(services, words(services.state()), asked)


def _register_file(app: Guarded, services: Services) -> None:
    @app.guarded(
        Capability.REPORT,
        Output(Ids.MAPPING, "value"),
        Output(Ids.DRAFT, "hidden"),
        Output(Ids.IMPORTED, "children"),
        Input(Ids.UPLOAD, "data"),
        prevent_initial_call=True,
    )
    def on_upload(told: object) -> tuple[Any, ...]:
        if not isinstance(told, dict):
            return no_update, no_update, no_update
        drafted, refused = draft_of(services, words(services.state()), str(told.get("upload", "")))
        return drafted, bool(refused), refused

    @app.guarded(
        Capability.REPORT,
        Output(Ids.IMPORTED, "children", allow_duplicate=True),
        Output(Teams.SAID, "children", allow_duplicate=True),
        Input(Ids.IMPORT, "n_clicks"),
        State(Ids.UPLOAD, "data"),
        State(Ids.MAPPING, "value"),
        State(Ids.FILE_REASON, "value"),
        prevent_initial_call=True,
        running=[(Output(Ids.IMPORT, "disabled"), True, False)],
    )
    def on_import(clicks: object, told: object, mapping: object, reason: object) -> tuple[Any, Any]:
        if not clicks or not isinstance(told, dict):
            return no_update, no_update
        t, upload = words(services.state()), str(told.get("upload", ""))
        return import_file(services, t, upload, str(mapping or ""), str(reason or "")), ""


def draft_of(services: Services, t: Words, upload: str) -> tuple[str, str]:
    """Return the mapping that a child process drafts of an uploaded file, and why it was refused."""
    if not can(scope(), Capability.CONFIGURE):
        return "", t.refused("reporting.not_allowed")
    result, refused = _done(services, t, "draft_readings", {"upload": upload})
    return str(result.get("mapping", "")), refused


def import_file(services: Services, t: Words, upload: str, mapping: str, reason: str) -> Component:
    """Have a child process write down what a file holds, and return what came of it."""
    if not can(scope(), Capability.CONFIGURE):
        return t.refused("reporting.not_allowed")
    payload = {"upload": upload, "mapping": mapping, "reason": reason}
    result, refused = _done(services, t, "import_readings", payload)
    if refused:
        return refused
    rejected = [(int(row), str(value), str(why)) for row, value, why in result["rejected"]]
    return layout.imported(t, result["rows"], result["changed"], result["blank"], rejected)


def _done(services: Services, t: Words, kind: str, payload: dict[str, Any]) -> tuple[dict[str, Any], str]:
    job = finished(services, start_job(services, kind, payload), timedelta(seconds=60))
    result = job.result or {}
    if job.state is JobState.DONE:
        return result, ""
    return {}, t.refusal(result["refused"]) if "refused" in result else t("common.failed")
