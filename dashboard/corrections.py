"""Correcting what was said of a commitment: other words for the same promise, never another date, team or condition."""

from __future__ import annotations

from dataclasses import fields

from dashboard.commitments import Commitment, CommitmentError

KEPT = ("commitment_id", "team", "site", "made", "due", "stage", "version", "reach")
"""What no correction changes: the rest is what was said. To whom it reaches follows from the names that are given."""

SAID = tuple(one.name for one in fields(Commitment) if one.name not in KEPT)


def differences(before: Commitment, after: Commitment) -> dict[str, object]:
    """Return what `before` said where `after` says something else, by field of `SAID`; empty when they say the same."""
    return {name: getattr(before, name) for name in SAID if getattr(before, name) != getattr(after, name)}


def check_correction(known: Commitment, said: Commitment) -> None:
    """Raise unless `said` is another way to say what `known` promised, not another promise.

    Raises
    ------
    CommitmentError
        When its date differs, it became conditional or ceased to be, or nothing is different.
    """
    if said.due != known.due:
        raise CommitmentError("a correction does not change the date: move it with its step, before it is due")
    if bool(said.trigger.strip()) != bool(known.trigger.strip()):
        raise CommitmentError("a correction neither adds nor takes away a condition; promise it anew")
    if known.trigger.strip() and not said.owed.strip():
        raise CommitmentError("a conditional commitment says when it applies and what is then owed")
    if not differences(known, said):
        raise CommitmentError("it says the same as before: there is nothing to correct")
