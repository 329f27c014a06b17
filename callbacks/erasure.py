"""Forgetting a person, from its card under Datos."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Input, Output, State, no_update

from callbacks.asked import scope, words
from callbacks.policies import Guarded
from dashboard.erasure import ErasureError, Known, subject_of
from dashboard.permissions import Capability, can, check
from data.database import reading
from data.imports import every_import
from data.jobs import JobState, start_job
from data.services import Services
from layouts import erasure as layout
from layouts.shell import Component
from layouts.words import Words

Ids = layout.Ids


def draw_card(services: Services, t: Words) -> list[Component]:
    """Return the card for those who may forget somebody, nothing for others."""
    if not can(scope(), Capability.ERASE):
        return []
    with reading(services.database) as connection:
        sources = sorted({one.source for one in every_import(connection)})
    return [layout.erasure(t, sources)]


def register(app: Guarded, services: Services) -> None:
    """Connect the card."""
    app.clientside_callback(
        ClientsideFunction("marcador", "erase"),
        Output(Ids.RESULT, "data"),
        Input(Ids.JOB, "data"),
        prevent_initial_call=True,
    )

    @app.guarded(
        Capability.ERASE,
        Output(Ids.JOB, "data"),
        Output(Ids.SAID, "children"),
        Input(Ids.FORGET, "n_clicks"),
        State(Ids.SOURCE, "value"),
        State(Ids.KNOWN, "value"),
        State(Ids.NAME, "value"),
        State(Ids.SURE, "value"),
        prevent_initial_call=True,
    )
    def on_forget(clicks: object, source: object, known: object, name: object, sure: object) -> tuple[object, object]:
        check(scope(), Capability.ERASE)
        t = words(services.state())
        if not clicks:
            return no_update, no_update
        if sure is not True or known not in set(Known):
            return no_update, t("erasure.not_sure")
        try:
            subject = subject_of(str(source or ""), str(name or ""), Known(str(known)))
        except ErasureError as refusal:
            return no_update, t.refusal(refusal.told())
        payload = {"source": subject.source, "name": subject.name, "known": subject.known.value, "who": scope().who}
        return {"job": start_job(services, "erase", payload)}, ""

    @app.guarded(
        Capability.ERASE,
        Output(Ids.SAID, "children", allow_duplicate=True),
        Output(Ids.NAME, "value"),
        Output(Ids.SURE, "value"),
        Input(Ids.RESULT, "data"),
        prevent_initial_call=True,
    )
    def on_result(job: dict[str, Any] | None) -> tuple[object, object, object]:
        if not job:
            return no_update, no_update, no_update
        if job["state"] == JobState.FAILED.value:
            return str(job["message"]), no_update, no_update
        return layout.erased(words(services.state()), job["result"]), "", False
