"""Who asks, and what they may see. Every question takes a `Scope`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Role(IntEnum):
    """Each role may do what the lower ones may."""

    KIOSK = 0
    VIEWER = 1
    MEMBER = 2
    CAPTAIN = 3
    MANAGER = 4
    ADMINISTRATOR = 5


class NotAllowedError(PermissionError):
    """The role of the person who asks does not allow it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks.

    Attributes
    ----------
    role : Role
    teams, sites : tuple[str, ...]
        What a limited role is limited to; empty is everything.
    """

    role: Role
    teams: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()

    @classmethod
    def administrator(cls) -> Scope:
        """Return the scope of whoever sits at this very machine."""
        return cls(Role.ADMINISTRATOR)

    @property
    def key(self) -> str:
        """Return the part of a cache key that keeps one person's answers from another's."""
        return repr((self.role.name, self.teams, self.sites))


def can_read_comments(scope: Scope) -> bool:
    """Return whether `scope` may read what customers wrote."""
    return scope.role >= Role.MEMBER


def check_can_read_comments(scope: Scope) -> None:
    """Raise `NotAllowedError` unless `scope` may read comments."""
    if not can_read_comments(scope):
        raise NotAllowedError("comments are personal data; this role does not see them")


def can_configure(scope: Scope) -> bool:
    """Return whether `scope` may import, set the goal and change settings."""
    return scope.role >= Role.MANAGER


def check_can_configure(scope: Scope) -> None:
    """Raise `NotAllowedError` unless `scope` may configure."""
    if not can_configure(scope):
        raise NotAllowedError("importing and settings need the role manager")


def can_report(scope: Scope, team: str) -> bool:
    """Return whether `scope` may enter the readings of a team."""
    return scope.role >= Role.MEMBER and (not scope.teams or team in scope.teams)


def check_can_report(scope: Scope, team: str) -> None:
    """Raise `NotAllowedError` unless `scope` may enter the readings of a team."""
    if not can_report(scope, team):
        raise NotAllowedError("readings are entered by the people of the team")


def can_lead(scope: Scope, team: str) -> bool:
    """Return whether `scope` may decide on the indicators, targets and marks of a team; an empty team is all of it."""
    return scope.role >= Role.CAPTAIN and (not scope.teams or team in scope.teams)


def check_can_lead(scope: Scope, team: str) -> None:
    """Raise `NotAllowedError` unless `scope` may decide on the indicators of a team."""
    if not can_lead(scope, team):
        raise NotAllowedError("indicators, targets and marks are for the team's captain")
