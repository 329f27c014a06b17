"""Correcting what was said of a commitment; what cannot be saved is said beside what was typed, which stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import Input, Output, State, no_update

from callbacks.asked import scope, words
from callbacks.policies import Guarded
from callbacks.promising import FIELDS, Form
from dashboard.commitments import Commitment, CommitmentError, Entry
from dashboard.corrections import check_correction, differences
from dashboard.filters import FilterError
from dashboard.permissions import Capability, NotAllowedError
from data.ledger import own_entries
from data.services import Services
from data.writes.commitments import change_commitment
from data.writes.decision import ChangedMeanwhileError
from layouts import correcting as layout
from layouts.commitments import Ids as Page
from layouts.promising import Ids as Fields
from layouts.shell import Component
from layouts.words import Words

Ids = layout.Ids
SAID = tuple(one for one in FIELDS if one is not Fields.EXPECTED)
"""The fields of the form: all but what is told, not said."""


def known_entry(services: Services, number: object) -> Entry:
    """Return the commitment of a number, as much of it as who asks may read.

    Raises
    ------
    CommitmentError
        When there is none any more.
    """
    found = [one for one in own_entries(services, scope()) if one.commitment.commitment_id == number]
    if not found:
        raise CommitmentError("there is no such commitment any more")
    return found[0]


def correct(services: Services, t: Words, known: dict[str, Any], form: Form) -> tuple[bool, Component]:
    """Store what the form says; return whether it was stored, and what to say."""
    version = known.get("version")
    try:
        now = known_entry(services, known.get("commitment")).commitment
        said = _said(form, now, version)
        if version == now.version:
            check_correction(now, replace(said, team=now.team, site=now.site))
        change_commitment(services, scope(), said)
    except CommitmentError as refusal:
        return False, t.refusal(refusal.told())
    except (FilterError, ValueError):
        return False, t.refused("correcting.unreadable")
    except NotAllowedError:
        return False, t.refused("promising.not_allowed")
    except ChangedMeanwhileError:
        return False, layout.meanwhile(t, now, differences(now, said))
    return True, t("correcting.saved", what=said.what)


def _said(form: Form, now: Commitment, version: Any) -> Commitment:
    """Return what the form says of a commitment; whom it reaches changes only with the names that are given."""
    typed = form.commitment(now.made)
    reached = ("account", "segment", "recipients")
    is_same = all(getattr(typed, name) == getattr(now, name) for name in reached)
    return replace(
        typed,
        commitment_id=now.commitment_id,
        version=version,
        people=int(form.people or 0),
        reach=now.reach if is_same else typed.reach,
    )


def register(app: Guarded, services: Services) -> None:
    """Connect the form."""

    @app.guarded(
        Capability.PROMISE,
        Output(Page.SAID, "children", allow_duplicate=True),
        Output(Ids.SAID, "children"),
        Input(Ids.SAVE, "n_clicks"),
        State(Fields.KNOWN, "data"),
        *(State(layout.name(identity), "value") for identity in SAID),
        prevent_initial_call=True,
        running=[(Output(Ids.SAVE, "disabled"), True, False)],
    )
    def on_save(clicks: object, known: object, *values: Any) -> tuple[object, object]:
        if not clicks or not isinstance(known, dict):
            return no_update, no_update
        typed = dict(zip((one.name.lower() for one in SAID), values, strict=True))
        is_saved, told = correct(services, words(services.state()), known, Form(**typed, expected=None))
        return (told, no_update) if is_saved else (no_update, told)
