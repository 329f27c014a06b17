"""Who asks, in which language: what every callback and route reads from the request."""

from __future__ import annotations

from urllib.parse import parse_qs

from flask import g, has_request_context, request

from dashboard.filters import Filters, parse_query
from dashboard.permissions import Capability, Scope, can
from dashboard.screens import Screen
from data.services import State
from data.sessions import SignedIn
from layouts.shell import Component, Visitor, downloads
from layouts.words import LANGUAGES, Words, words_of

COOKIE = "marcador-language"


class NobodyAsksError(RuntimeError):
    """A question outside a request, or before the gate has said who asks."""


def scope() -> Scope:
    """Return who asks, as the gate found it.

    Raises
    ------
    NobodyAsksError
        When the gate was not passed: nothing is ever answered to nobody.
    """
    found = g.get("scope") if has_request_context() else None
    if not isinstance(found, Scope):
        raise NobodyAsksError("nobody has passed the gate")
    return found


def here() -> SignedIn | None:
    """Return the session of the person who asks; None for screens, and where nobody signs in."""
    found = g.get("signed_in")
    return found if isinstance(found, SignedIn) else None


def screen() -> Screen | None:
    """Return the wall screen that asks, None when it is not one."""
    found = g.get("screen")
    return found if isinstance(found, Screen) else None


def visitor() -> Visitor:
    """Return what the frame says of who asks, and which entries of the menu are theirs."""
    found = here()
    eyes = scope().role if found is not None and found.eyes is not None else None
    allowed = frozenset(capability for capability in Capability if can(scope(), capability))
    manages = found is not None and can(found.person.scope, Capability.MANAGE_PEOPLE)
    return Visitor(found.person.name if found else "", allowed, eyes, may_look_through=manages)


def files(t: Words, view: str, query: str, *, picture: str | None = None) -> Component:
    """Return the «Descargar» menu of a view for who asks: files only where they may take them away."""
    return downloads(t, view, query, picture=picture, may_export=can(scope(), Capability.EXPORT))


def chosen_language() -> str | None:
    """Return the language that the address or the cookie asks for, None when neither does."""
    if not has_request_context():
        return None
    for language in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if language in LANGUAGES:
            return language
    return None


def words(state: State, search: str = "") -> Words:
    """Return the words to answer in: the page's own address first, then the cookie, then the organisation's."""
    own = parse_qs(search.lstrip("?")).get("lang", [None])[0]
    return words_of(own if own in LANGUAGES else chosen_language(), state.organisation.language)


def filters_of(data: object) -> Filters:
    """Return the filters of the store that all views read; anything unreadable is no filter."""
    query = data.get("query", "") if isinstance(data, dict) else ""
    return parse_query(query if isinstance(query, str) else "")
