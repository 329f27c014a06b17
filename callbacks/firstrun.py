"""The first run: see the demo, or start with your own data."""

from __future__ import annotations

from dash import Input, Output, no_update

from callbacks.policies import Guarded
from dashboard.permissions import Capability
from data.jobs import start_job
from data.services import Services
from layouts.firstrun import Ids, welcome
from layouts.shell import Component, empty
from layouts.words import Words


def first_run(t: Words) -> Component:
    """Return the page before there is any answer."""
    return welcome(t)


def nothing_yet(t: Words) -> Component:
    """Return the page before there is any answer, for those who cannot import."""
    return empty(t, t("firstrun.nothing"), t("firstrun.nothing_next"), [])


def register(app: Guarded, services: Services) -> None:
    """Connect the button that makes the demo."""

    @app.guarded(
        Capability.CONFIGURE,
        Output(Ids.JOB, "data"),
        Input(Ids.DEMO, "n_clicks"),
        Input(Ids.SMALL, "n_clicks"),
        prevent_initial_call=True,
        running=[(Output(Ids.DEMO, "disabled"), True, False), (Output(Ids.SMALL, "disabled"), True, False)],
    )
    def on_demo(normal: object, small: object) -> object:
        if not normal and not small:
            return no_update
        return {"job": start_job(services, "demo", {"size": "small" if small else "normal"})}
