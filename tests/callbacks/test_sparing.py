"""Only what has changed is sent again."""

from __future__ import annotations

import pytest
from dash import html, no_update

from callbacks.sparing import digest, only_changed

PARTS = ["uno", html.P("dos"), [html.B("tres")]]
DIGESTS = [digest(part) for part in PARTS]


@pytest.mark.parametrize("known", [None, [], DIGESTS[:2], "x", {}, [1, 2, 3]])
def test_a_browser_that_has_nothing_gets_everything(known: object) -> None:
    assert only_changed(PARTS, DIGESTS, known) == PARTS


def test_what_the_browser_has_stays() -> None:
    assert only_changed(PARTS, DIGESTS, DIGESTS) == [no_update] * 3
    assert only_changed(PARTS, DIGESTS, [DIGESTS[0], 0, DIGESTS[2]]) == [no_update, PARTS[1], no_update]


def test_a_digest_sees_what_lies_inside() -> None:
    assert digest(html.Div([html.P("dos")])) != digest(html.Div([html.P("Dos")]))
    assert digest(html.P("dos", className="a")) != digest(html.P("dos"))
    assert digest([html.P("dos")]) == digest([html.P("dos")])
