"""The people who sign in: what a name and a password must be, and what each person may do."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from dashboard.permissions import Capability, Role, Scope
from dashboard.refusals import Refusal

LONGEST_NAME = 80
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200
WITH_TEAMS = (Role.MEMBER, Role.CAPTAIN)
"""Roles that read the comments of their own teams."""


class PersonError(Refusal):
    """A person that cannot be kept so. The message says what to change."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in.

    Attributes
    ----------
    person_id : int
    name : str
        As shown; unique by `key_of`.
    role : Role
    teams, sites : tuple of str
        As in `Scope`.
    denied : frozenset of Capability
    is_active : bool
    version : int
        Grows with every change, so that two who edit at once do not undo each other.
    """

    person_id: int
    name: str
    role: Role
    teams: tuple[str, ...]
    sites: tuple[str, ...]
    denied: frozenset[Capability]
    is_active: bool
    version: int

    @property
    def scope(self) -> Scope:
        """Return what the person may do."""
        return Scope(self.role, self.teams, self.sites, self.denied, self.name)


def tidy_name(name: str) -> str:
    """Return a name in its one form: composed, no blanks around or doubled, no invisible characters.

    Raises
    ------
    PersonError
        When nothing or too much is left.
    """
    composed = unicodedata.normalize("NFKC", name)
    visible = "".join(sign for sign in composed if unicodedata.category(sign)[0] != "C" or sign == " ")
    tidied = " ".join(visible.split())
    if not 1 <= len(tidied) <= LONGEST_NAME:
        raise PersonError("a name has between 1 and {} characters", LONGEST_NAME)
    return tidied


def key_of(name: str) -> str:
    """Return what makes two names the same person: no difference of case, width or composition."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join("".join(sign for sign in folded if unicodedata.category(sign)[0] != "C" or sign == " ").split())


def check_password(password: str, name: str) -> None:
    """Raise `PersonError` for a password that is too short, too long, all alike or the name itself.

    Length is what counts (NIST SP 800-63B); no signs are demanded, and pasting is welcome.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise PersonError(
            "a password has between {} and {} characters; four words are a good one",
            SHORTEST_PASSWORD,
            LONGEST_PASSWORD,
        )
    if len(set(password)) < 5 or (key_of(name) in key_of(password) and len(password) < len(name) + 8):
        raise PersonError(
            "this password is too easy to guess; four words that nobody would put together are a good one"
        )


def check_rights(role: Role, teams: tuple[str, ...], by: Scope) -> None:
    """Raise `PersonError` for rights that do not fit together, or that are above those of the one who gives them."""
    if role is Role.KIOSK:
        raise PersonError("a screen is not a person: pair it under Screens")
    if role > by.role:
        raise PersonError("nobody gives a role above their own")
    if role in WITH_TEAMS and not teams:
        raise PersonError("a member or captain belongs to at least one team")
