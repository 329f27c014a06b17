"""Datos: choose a file, say what each column is, see what it would do, import, take back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dash import ALL, ClientsideFunction, Input, Output, State, ctx, no_update

from callbacks import erasure
from callbacks.asked import files, scope, words
from callbacks.policies import Guarded
from dashboard.permissions import Capability, can, check
from data.database import reading
from data.imports import every_import
from data.ingest.columns import DAY_FIRST, MONTH_FIRST, TIMES, Column
from data.ingest.mapping import UNDECIDED
from data.ingest.promised import DATED
from data.ingest.raw import ImportRefusedError
from data.ingest.suggest import source_of, toml_of
from data.jobs import JobState, start_job
from data.services import Services
from data.services import State as Known
from data.teams import judge_in_background
from data.writes.imports import undo_import
from layouts import sources as layout
from layouts.ledger import Ids as Ledger
from layouts.ledger import Row, ledger
from layouts.shell import Component
from layouts.shell import Ids as Shell
from layouts.sources import UNITS, UNUSED
from layouts.words import Words

PATH = "/sources"
NEEDS = Capability.CONFIGURE
Ids = layout.Ids


def draw_page(services: Services, state: Known, t: Words, search: str) -> Component:
    """Return the page."""
    del state, search
    return layout.page(t, erasure.draw_card(services, t), [files(t, "sources", "")])


def draw_ledger(services: Services, state: Known, t: Words) -> list[Component]:
    """Return the ledger of imports."""
    with reading(services.database) as connection:
        found = every_import(connection)
    rows = [
        Row(
            one.import_id,
            one.source,
            one.file_name,
            one.state.value,
            one.rows_read,
            one.accepted,
            one.rejected,
            one.first_day,
            one.last_day,
            one.message,
            one.created_at,
        )
        for one in found
    ]
    return ledger(t, rows, state.organisation.tz, state.today, may_read=may_read())


def may_read() -> bool:
    """Return whether who asks may have what was rejected, which is kept word by word."""
    return can(scope(), Capability.READ_WHOLE_COMMENTS)


def redrafted(draft: dict[str, Any], roles: Sequence[str | None], told: dict[str, str]) -> str:
    """Return the mapping in TOML for what was chosen on screen.

    Parameters
    ----------
    draft : dict
        The draft with its columns as `suggest` saw them.
    roles : sequence
        The role chosen for each column.
    told : dict
        Answers about the date: `order` (day or month first), `month` (2026-05), `constant` (a day); and `unit`, what a
        delay is counted in.
    """
    columns = [
        Column(one["name"], one["example"], 0, 0, [], 0.0, "" if role in (None, UNUSED) else str(role), _detail(one))
        for one, role in zip(draft["columns"], roles, strict=True)
    ]
    for column in columns:
        if column.role in DATED:
            column.detail |= _dated(column.detail, told)
        if column.role == "delay" and told.get("unit") in UNITS:
            column.detail |= {"unit": told["unit"]}
        if column.role == "rating" and "min" not in column.detail:
            column.detail |= {"min": 0, "max": 10, "no_answer": []}
    return toml_of(columns, source_of(draft["mapping"]), told.get("constant"))


def _detail(column: dict[str, Any]) -> dict[str, Any]:
    return dict(column.get("detail") or {})


def _dated(detail: dict[str, Any], told: dict[str, str]) -> dict[str, Any]:
    """Return what the answers about the date add to what was seen in its column."""
    if detail.get("formats") == [UNDECIDED] and told.get("order"):
        first = DAY_FIRST if told["order"] == "day" else MONTH_FIRST
        return {"formats": [first + clock for clock in TIMES]}
    if detail.get("part") == "day" and re.fullmatch(r"\d{4}-\d{2}", told.get("month", "")):
        year, month = told["month"].split("-")
        return {"year": int(year), "month": int(month)}
    return {}


def register(app: Guarded, services: Services) -> None:
    """Connect the view."""
    app.clientside_callback(
        ClientsideFunction("marcador", "follow"),
        Output(Ids.RESULT, "data"),
        Input(Ids.JOB, "data"),
        prevent_initial_call=True,
    )
    _register_steps(app, services)
    _register_jobs(app, services)
    _register_ledger(app, services)
    erasure.register(app, services)


def _register_steps(app: Guarded, services: Services) -> None:
    @app.guarded(
        Capability.CONFIGURE,
        Output(Ids.DRAFT, "data"),
        Output(Ids.STEPS, "children"),
        Output(Ids.UNDERSTOOD, "children"),
        Output(Ids.SIDE, "children"),
        Output(Ids.ALERT, "children"),
        Input(Ids.RESULT, "data"),
        State(Ids.DRAFT, "data"),
        prevent_initial_call=True,
    )
    def on_result(job: dict[str, Any] | None, draft: dict[str, Any] | None) -> tuple[Any, ...]:
        t = words(services.state())
        kept = (no_update,) * 4
        if not job:
            return (*kept, no_update)
        if job["state"] == JobState.FAILED.value:
            return (*kept, layout.problem(t, job["message"]))
        result, kind = job["result"], job["kind"]
        if kind == "suggest":
            fresh = {**result, "upload": job["payload"]["upload"], "name": job["payload"]["name"]}
            fresh["understood"] = sum(1 for column in result["columns"] if column["role"])
            return fresh, layout.steps(t, 2, fresh), layout.understood(t, fresh, result["mapping"]), [], []
        told = {**(draft or {}), "rejected": result["rejected"]}
        if kind == "preview":
            return told, layout.steps(t, 3, told), no_update, layout.would_do(t, result), []
        return told, layout.steps(t, 4, told), layout.chooser(t), layout.done(t, result, may_read=may_read()), []

    @app.guarded(
        Capability.CONFIGURE,
        Output(Ids.MAPPING, "value"),
        Input({"type": Ids.ROLE.value, "column": ALL}, "value"),
        Input({"type": Ids.DATES.value, "what": ALL}, "value"),
        State({"type": Ids.DATES.value, "what": ALL}, "id"),
        State(Ids.DRAFT, "data"),
        prevent_initial_call=True,
    )
    def on_role(roles: list[str | None], told: list[str | None], ids: list[dict[str, str]], draft: Any) -> object:
        if not draft or len(roles) != len(draft["columns"]):
            return no_update
        answers = {identity["what"]: value for identity, value in zip(ids, told, strict=True) if value}
        return redrafted(draft, roles, answers)


def _register_jobs(app: Guarded, services: Services) -> None:
    @app.guarded(Capability.CONFIGURE, Output(Ids.JOB, "data"), Input(Ids.UPLOAD, "data"), prevent_initial_call=True)
    def on_upload(upload: dict[str, Any] | None) -> object:
        check(scope(), Capability.CONFIGURE)
        if not upload:
            return no_update
        return {
            "job": start_job(services, "suggest", {"upload": str(upload["upload"]), "name": str(upload["name"])[:200]})
        }

    def _start(kind: str, clicks: object, mapping: object, draft: dict[str, Any] | None) -> object:
        check(scope(), Capability.CONFIGURE)
        if not clicks or not draft:
            return no_update
        payload = {"upload": draft["upload"], "name": draft["name"], "mapping": str(mapping)}
        return {"job": start_job(services, kind, payload)}

    @app.guarded(
        Capability.CONFIGURE,
        Output(Ids.JOB, "data", allow_duplicate=True),
        Input(Ids.CHECK, "n_clicks"),
        State(Ids.MAPPING, "value"),
        State(Ids.DRAFT, "data"),
        prevent_initial_call=True,
    )
    def on_check(clicks: object, mapping: object, draft: dict[str, Any] | None) -> object:
        return _start("preview", clicks, mapping, draft)

    @app.guarded(
        Capability.CONFIGURE,
        Output(Ids.JOB, "data", allow_duplicate=True),
        Input(Ids.IMPORT, "n_clicks"),
        State(Ids.MAPPING, "value"),
        State(Ids.DRAFT, "data"),
        prevent_initial_call=True,
        running=[(Output(Ids.IMPORT, "disabled"), True, False)],
    )
    def on_import(clicks: object, mapping: object, draft: dict[str, Any] | None) -> object:
        return _start("import", clicks, mapping, draft)


def _problem(services: Services, refusal: ImportRefusedError) -> Component:
    t = words(services.state())
    return layout.problem(t, t.refusal(refusal.told()))


def _register_ledger(app: Guarded, services: Services) -> None:
    @app.guarded(
        Capability.CONFIGURE, Output(Ids.LIST, "children"), Input(Shell.VERSION, "data"), Input(Ids.RESULT, "data")
    )
    def on_version(version: object, result: object) -> list[Component]:
        """Draw the ledger; what was imported or taken back may change what the indicators show."""
        del version, result
        state = services.state()
        judge_in_background(services, state)
        return draw_ledger(services, state, words(state))

    @app.guarded(
        Capability.CONFIGURE,
        Output(Ids.ALERT, "children", allow_duplicate=True),
        Output(Ids.LIST, "children", allow_duplicate=True),
        Input({"type": Ledger.UNDO.value, "import": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def on_undo(clicks: list[object]) -> tuple[object, object]:
        chosen = ctx.triggered_id
        if not any(clicks) or not isinstance(chosen, dict):
            return no_update, no_update
        alert: Component = []
        try:
            undo_import(services, scope(), int(chosen["import"]))
        except ImportRefusedError as refusal:
            alert = _problem(services, refusal)
        state = services.state()
        return alert, draw_ledger(services, state, words(state))
