"""Who can count on us, drawn under the filters of the commitments, after the numbers that everybody waits for."""

from __future__ import annotations

from datetime import date

from dash import Input, Output, State

from callbacks.asked import filters_of, scope, words
from callbacks.policies import Guarded
from dashboard.filters import Filters
from dashboard.permissions import Capability, Role, can
from dashboard.reliance import Reliance
from data.ledger import season
from data.reliance import read_reliance
from data.services import Services
from data.services import State as Known
from layouts import reliance as layout
from layouts.commitments import Ids
from layouts.drawn import drawn
from layouts.shell import Component
from layouts.shell import Ids as Shell
from layouts.words import Words


def read(services: Services, state: Known, asked: Filters) -> Reliance | None:
    """Return how reliable we are to each account, None to roles that see none."""
    if not can(scope(), Capability.SEE_SMALL_GROUPS):
        return None
    return read_reliance(services, state, scope(), asked)


def draw(services: Services, state: Known, t: Words, asked: Filters) -> list[Component]:
    """Return the accounts under the filters; nothing to roles that see none."""
    period = asked if asked.since or asked.until else asked.within(*_season(services, state))
    return drawn(layout.accounts(t, read(services, state, period), period, is_own=is_own()))


def draw_account(services: Services, state: Known, t: Words, name: str) -> list[Component]:
    """Return how far one account can count on us, in the weeks that the commitments show."""
    period = season(services, state)
    return layout.of_account(t, read(services, state, period), name, period, is_own=is_own())


def _season(services: Services, state: Known) -> tuple[date | None, date | None]:
    period = season(services, state)
    return period.since, period.until


def is_own() -> bool:
    """Return whether who asks is told of their own teams alone."""
    return scope().role < Role.MANAGER


def register(app: Guarded, services: Services) -> None:
    """Connect the list."""

    @app.guarded(
        Capability.SEE_SCORE,
        Output(Ids.ACCOUNTS, "children"),
        Input(Shell.FILTERS, "data"),
        Input(Shell.VERSION, "data"),
        Input(Ids.SAID, "children"),
        State(Shell.URL, "search"),
    )
    def on_change(filters: object, version: object, said: object, search: object) -> list[Component]:
        del version, said
        state = services.state()
        return draw(services, state, words(state, str(search or "")), filters_of(filters))
