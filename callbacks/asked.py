"""Who asks, in which language: what every callback and route reads from the request."""

from __future__ import annotations

from urllib.parse import parse_qs

from flask import has_request_context, request

from dashboard.filters import Filters, parse_query
from dashboard.permissions import Scope
from data.services import State
from layouts.words import LANGUAGES, Words, words_of

COOKIE = "marcador-language"


def scope() -> Scope:
    """Return who asks. Until people sign in, everybody is the administrator of this machine: the gate sees to that."""
    return Scope.administrator()


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
