"""Every endpoint and every callback, for nobody and for every role: who may is written here by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from dash import Dash
from flask.testing import FlaskClient

from callbacks.policies import Guarded, UndeclaredError
from dashboard.permissions import Capability, Role
from tests.attack.bodies import UPDATE, body_of, declared
from tests.attack.conftest import EVERYBODY

ALL, LOWEST = -1, {None: -1} | {role: int(role) for role in Role}

ENDPOINTS: dict[str, list[tuple[str, str, int]]] = {
    "score": [("GET", "/score", ALL)],
    "promises": [("GET", "/promises", ALL)],
    "live": [("GET", "/healthz/live", ALL)],
    "metrics": [("GET", "/metrics", ALL)],
    "ready": [("GET", "/healthz/ready", ALL)],
    "sign_in_form": [("GET", "/sign-in", ALL)],
    "sign_in_answer": [("POST", "/sign-in", ALL)],
    "setup_form": [("GET", "/setup", ALL)],
    "setup_answer": [("POST", "/setup", ALL)],
    "join_form": [("GET", "/join/x", ALL)],
    "join_answer": [("POST", "/join", ALL)],
    "password_form": [("GET", "/password", ALL)],
    "wall_link": [("GET", "/wall/x", ALL)],
    "pairing": [("GET", "/pairing", ALL)],
    "state": [("GET", "/pairing/state", ALL)],
    "enter": [("GET", "/pairing/enter", ALL)],
    "_dash_assets.static": [("GET", "/assets/icon.svg", ALL)],
    "styles": [("GET", "/assets/marcador.css", ALL)],
    "scripts": [("GET", "/assets/marcador.js", ALL)],
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": [
        ("GET", "/_dash-component-suites/dash/deps/react@18.min.js", ALL)
    ],
    "/_favicon.ico": [("GET", "/_favicon.ico", ALL)],
    "/_dash-layout": [("GET", "/_dash-layout", Role.KIOSK)],
    "/_dash-dependencies": [("GET", "/_dash-dependencies", Role.KIOSK)],
    "pulse": [("GET", "/api/v1/pulse", Role.KIOSK)],
    "/": [("GET", "/", Role.VIEWER)],
    "/<path:path>": [
        ("GET", "/wall", Role.KIOSK),
        ("GET", "/teams", Role.VIEWER),
        ("GET", "/journey", Role.VIEWER),
        ("GET", "/voice", Role.MEMBER),
        ("GET", "/hear", Role.MEMBER),
        ("GET", "/accounts", Role.CAPTAIN),
        ("GET", "/improvements", Role.VIEWER),
        ("GET", "/commitments", Role.VIEWER),
        ("GET", "/meeting", Role.MEMBER),
        ("GET", "/plan", Role.VIEWER),
        ("GET", "/sources", Role.MANAGER),
        ("GET", "/settings", Role.MANAGER),
        ("GET", "/people", Role.ADMINISTRATOR),
        ("GET", "/screens", Role.ADMINISTRATOR),
        ("GET", "/audit", Role.ADMINISTRATOR),
    ],
    "job": [("GET", "/api/v1/jobs/1", Role.MANAGER)],
    "upload": [("POST", "/api/v1/uploads", Role.MANAGER)],
    "download": [
        ("GET", "/download/scoreboard.csv", Role.CAPTAIN),
        ("GET", "/download/teams.csv", Role.CAPTAIN),
        ("GET", "/download/journey.csv", Role.CAPTAIN),
        ("GET", "/download/voice.csv", Role.CAPTAIN),
        ("GET", "/download/accounts.csv", Role.CAPTAIN),
        ("GET", "/download/improvements.csv", Role.CAPTAIN),
        ("GET", "/download/commitments.csv", Role.CAPTAIN),
        ("GET", "/download/sources.csv", Role.MANAGER),
        ("GET", "/download/settings.xlsx", Role.MANAGER),
        ("GET", "/download/audit.csv", Role.ADMINISTRATOR),
    ],
    "minutes": [("GET", "/download/minutes/999999.md", Role.MEMBER)],
    "agenda": [("GET", "/download/agenda/999999.ics", Role.MEMBER)],
    "rejected": [("GET", "/download/rejected/1.csv", Role.MANAGER)],
    "confirm_form": [("GET", "/pair", Role.ADMINISTRATOR), ("GET", "/pair/ABCD-EFGH", Role.ADMINISTRATOR)],
    "confirm": [("POST", "/pair", Role.ADMINISTRATOR)],
    "eyes": [("POST", "/eyes", Role.ADMINISTRATOR)],
}
"""Endpoint to method, path and the lowest role that is let in."""

ELSEWHERE = {
    "static": "a folder of Flask's that we do not have",
    "/_reload-hash": "only for development",
    "/_dash-update-component": "one policy per callback, see below",
    "sign_out_answer": "ends the session of whoever calls it: its own test",
    "password_answer": "needs a session: its own test",
}

CALLBACKS = {
    "shell-screen": Role.KIOSK,
    "wall-": Role.KIOSK,
    "scoreboard-": Role.VIEWER,
    "teams-report": Role.MEMBER,
    "teams-said": Role.MEMBER,
    "teams-": Role.VIEWER,
    "journey-": Role.VIEWER,
    "voice-said": Role.MEMBER,
    "voice-": Role.MEMBER,
    "hearing-": Role.MEMBER,
    "accounts-": Role.CAPTAIN,
    "moments-told": Role.MEMBER,
    "moments-": Role.MANAGER,
    "reporting-": Role.MEMBER,
    "improvements-said": Role.MEMBER,
    "improvements-activity-said": Role.MEMBER,
    "improvements-": Role.VIEWER,
    "improving-": Role.MEMBER,
    "commitments-said": Role.MEMBER,
    "commitments-": Role.VIEWER,
    "promising-": Role.MEMBER,
    "grid": Role.VIEWER,
    "indicators-": Role.MANAGER,
    "themes-": Role.MANAGER,
    "firstrun-": Role.MANAGER,
    "meeting-": Role.MEMBER,
    "plan-sheet": Role.VIEWER,
    "plan-": Role.MEMBER,
    "sources-": Role.MANAGER,
    "settings-": Role.MANAGER,
    "people-": Role.ADMINISTRATOR,
    "screens-": Role.ADMINISTRATOR,
    "audit-": Role.ADMINISTRATOR,
    "erasure-": Role.ADMINISTRATOR,
}
"""Beginning of a callback's first output to the lowest role that may send it."""

REFUSED = (401, 403)


def is_refused(answer: object) -> bool:
    """Return whether an answer lets nobody in: refused, or led to a door."""
    status, location = answer.status_code, answer.headers.get("Location", "")  # type: ignore[attr-defined]
    return status in REFUSED or (status == 303 and location.startswith(("/sign-in", "/setup", "/pairing", "/wall")))


def test_every_endpoint_is_in_the_table(app: Dash) -> None:
    known = {rule.endpoint for rule in app.server.url_map.iter_rules()}
    assert known == set(ENDPOINTS) | set(ELSEWHERE)


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize(("method", "path", "least"), [one for rows in ENDPOINTS.values() for one in rows])
def test_an_endpoint_lets_in_whom_the_table_says(
    browser_for: Callable[..., FlaskClient], role: Role | None, method: str, path: str, least: int
) -> None:
    answer = browser_for(role).open(path, method=method)
    if least == ALL:
        assert answer.status_code not in (*REFUSED, 500) or path == "/sign-in"
        return
    assert is_refused(answer) is (LOWEST[role] < least), (answer.status_code, answer.headers.get("Location"))


@pytest.mark.parametrize("path", ["/_reload-hash", "/_mcp", "/static/x", "/_dash-nothing", "/console", "/.git/config"])
@pytest.mark.parametrize("role", EVERYBODY)
def test_what_is_not_ours_answers_nobody(browser_for: Callable[..., FlaskClient], role: Role | None, path: str) -> None:
    answer = browser_for(role).get(path)
    assert answer.status_code in (303, 401, 404)
    assert path.strip("/") not in answer.text or answer.status_code == 303


def lowest(one: dict[str, object]) -> Role:
    """Return the lowest role that may send a callback."""
    first = str(one["output"]).lstrip(".")
    return next(role for beginning, role in CALLBACKS.items() if first.startswith(beginning))


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_callback_lets_in_whom_the_table_says(browser_for: Callable[..., FlaskClient], role: Role | None) -> None:
    for one in declared(browser_for(Role.ADMINISTRATOR)):
        answer = browser_for(role).post(UPDATE, json=body_of(one))
        if LOWEST[role] < lowest(one):
            assert answer.status_code == (401 if role is None else 403), one["output"]
        else:
            assert answer.status_code in (200, 204), (one["output"], answer.status_code, answer.text[:200])


def test_a_callback_without_a_policy_stops_the_program() -> None:
    from dash import Input, Output, html

    app = Guarded("bare")
    app.layout = html.Div([html.P(id="a"), html.P(id="b")])
    app.guarded(Capability.SEE_SCORE, Output("a", "children"), Input("b", "n_clicks"))(lambda n: n)
    app.check_complete()
    app.callback(Output("b", "children"), Input("a", "n_clicks"))(lambda n: n)
    with pytest.raises(UndeclaredError, match=r"b\.children"):
        app.check_complete()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MEMBER, Role.CAPTAIN, Role.MANAGER])
def test_a_right_that_was_taken_away_is_gone_whatever_the_role(
    app: Dash, browser_for: Callable[..., FlaskClient], services: object, role: Role
) -> None:
    from data.database import reading
    from data.people import every_person
    from data.writes.people import change_rights
    from tests.callbacks.doorway import ADMINISTRATOR, PASSWORD, add_person, address_of

    name = add_person(services, role)  # type: ignore[arg-type]
    with reading(services.database) as connection:  # type: ignore[attr-defined]
        person = next(one for one, _ in every_person(connection) if one.name == name)
    change_rights(
        services,  # type: ignore[arg-type]
        ADMINISTRATOR,
        person.person_id,
        person.version,
        role=role,
        teams=person.teams,
        sites=(),
        denied=[Capability.SEE_SCORE],
        is_active=True,
    )
    client = app.server.test_client()
    client.post("/sign-in", data={"name": name, "password": PASSWORD}, environ_base=address_of(name))
    assert client.get("/").status_code == 403
    one = next(one for one in declared(browser_for(Role.ADMINISTRATOR)) if "scoreboard-" in one["output"])
    assert client.post(UPDATE, json=body_of(one)).status_code == 403


def test_who_may_not_read_comments_gets_no_rejected_row(app: Dash, services: object) -> None:
    from data.database import reading
    from data.people import every_person
    from data.writes.people import change_rights
    from tests.callbacks.doorway import ADMINISTRATOR, PASSWORD, add_person, address_of

    name = add_person(services, Role.MANAGER)  # type: ignore[arg-type]
    with reading(services.database) as connection:  # type: ignore[attr-defined]
        person = next(one for one, _ in every_person(connection) if one.name == name)
    rights = {"role": Role.MANAGER, "teams": (), "sites": (), "denied": [Capability.READ_WHOLE_COMMENTS]}
    change_rights(services, ADMINISTRATOR, person.person_id, person.version, is_active=True, **rights)  # type: ignore[arg-type]
    client = app.server.test_client()
    client.post("/sign-in", data={"name": name, "password": PASSWORD}, environ_base=address_of(name))
    assert client.get("/sources").status_code == 200
    assert client.get("/download/rejected/1.csv").status_code == 403
