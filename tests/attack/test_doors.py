"""Other sites, other hosts, other paths: what a page elsewhere or a scanner would try."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from callbacks.application import create_app
from dashboard.permissions import Role
from tests.attack.bodies import UPDATE, body_of, declared
from tests.callbacks.doorway import PASSWORD, add_person, address_of
from tests.homes import copy, demo

FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://evil.example/localhost"},
    {"Origin": "http://localhost:9999"},
    {"Origin": "http://notlocalhost"},
    {"Origin": "file://"},
    {"Origin": ""},
    {"Origin": "http://localhost@evil.example"},
]
WRITES = [
    "/_dash-update-component",
    "/api/v1/uploads",
    "/sign-in",
    "/sign-out",
    "/setup",
    "/join",
    "/password",
    "/pair",
    "/eyes",
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("path", WRITES)
def test_no_other_site_writes(browser_for: Callable[..., FlaskClient], path: str, headers: dict[str, str]) -> None:
    answer = browser_for(Role.ADMINISTRATOR).post(path, data=b"{}", headers=headers)
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_no_other_site_is_told_that_it_may_read(
    browser_for: Callable[..., FlaskClient], headers: dict[str, str]
) -> None:
    answer = browser_for(Role.ADMINISTRATOR).get("/api/v1/pulse", headers=headers)
    assert not [name for name, _ in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "///evil.example",
        "/%5cevil.example/..",
        "\\\\evil.example",
        "/\tevil",
        "data:text/html,x",
        "evil.example",
        " //evil.example",
    ],
)
def test_signing_in_leads_to_our_own_pages_only(app: object, services: object, wanted: str) -> None:
    name = add_person(services, Role.VIEWER)  # type: ignore[arg-type]
    client = app.server.test_client()  # type: ignore[attr-defined]
    told = {"name": name, "password": PASSWORD, "next": wanted}
    answer = client.post("/sign-in", data=told, environ_base=address_of(name))
    assert answer.status_code == 303
    place = answer.headers["Location"]
    assert place.startswith("/")
    assert not place.startswith(("//", "/\\"))
    assert "evil.example" not in place or place.startswith("/%5c")


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "[::1", "a" * 300]
)
@pytest.mark.parametrize("path", ["/", "/score", "/sign-in", "/setup", "/healthz/live"])
def test_a_foreign_host_name_is_refused_before_anything_else(
    browser_for: Callable[..., FlaskClient], host: str, path: str
) -> None:
    answer = browser_for(None).get(path, headers={"Host": host})
    assert answer.status_code == 400
    assert "Location" not in answer.headers


DOTS = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..\\", "..%5c", "....//", "..;/", "%252e%252e%252f", ".%00./"]
TARGETS = ["etc/passwd", "records.db", "secret.key", "var/secret.key", "app.py", "data/settings.py"]


@pytest.mark.parametrize("dots", DOTS)
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("base", ["/assets/", "/_dash-component-suites/dash/", "/download/", "/wall/", "/join/", "/"])
def test_no_path_leads_out_of_its_folder(
    browser_for: Callable[..., FlaskClient], base: str, dots: str, target: str
) -> None:
    for role in (None, Role.ADMINISTRATOR):
        answer = browser_for(role).get(base + dots * 4 + target)
        assert answer.status_code < 500
        for secret in ("root:", "SQLite format", "def ", "import "):
            assert secret not in answer.text or answer.mimetype == "text/html"


@pytest.mark.parametrize("suite", ["flask", "dash", "os", "nothing", "numpy"])
@pytest.mark.parametrize("name", ["__init__.py", "x.js", "version.py", "deps/react@18.min.js.map"])
def test_component_files_that_are_none_are_not_found(
    browser_for: Callable[..., FlaskClient], suite: str, name: str
) -> None:
    assert browser_for(None).get(f"/_dash-component-suites/{suite}/{name}").status_code in (200, 404)


@pytest.mark.parametrize("role", [None, Role.KIOSK, Role.VIEWER])
def test_headers_that_claim_a_name_or_a_role_change_nothing(
    browser_for: Callable[..., FlaskClient], role: Role | None
) -> None:
    one = next(one for one in declared(browser_for(Role.ADMINISTRATOR)) if one["output"] == "people-list.children")
    for name in (
        "X-Remote-User",
        "Remote-User",
        "X-Forwarded-User",
        "X-User",
        "X-Role",
        "Authorization",
        "X-Original-URL",
    ):
        for value in ("admin", "administrator", "Bearer x", "/people", "Basic YWRtaW46YWRtaW4="):
            headers = {name: value}
            assert browser_for(role).post(UPDATE, json=body_of(one), headers=headers).status_code in (401, 403)
            assert browser_for(role).get("/people", headers=headers).status_code in (303, 403)


def test_nothing_tells_which_program_answers(browser_for: Callable[..., FlaskClient]) -> None:
    for path in ("/", "/nothing", "/score", "/_dash-layout"):
        told = str(browser_for(None).get(path).headers)
        for name in ("Werkzeug", "Python", "waitress", "X-Powered-By"):
            assert name not in told


def test_errors_show_no_traceback(browser_for: Callable[..., FlaskClient]) -> None:
    for path in (
        "/download/scoreboard.pdf",
        "/api/v1/jobs/99999999999999999999",
        "/download/rejected/-1.csv",
        "/join/%ff",
    ):
        answer = browser_for(Role.ADMINISTRATOR).get(path)
        assert answer.status_code in (200, 400, 404)
        assert "Traceback" not in answer.text


def test_by_https_cookies_are_kept_to_it() -> None:
    services = copy(demo(), sign_in="required", https=True, hosts="marcador.example.com")
    client = create_app(services).server.test_client()
    name = add_person(services, Role.VIEWER)
    told = {"name": name, "password": PASSWORD}
    where = {"base_url": "https://marcador.example.com", "environ_base": address_of(name)}
    answer = client.post("/sign-in", data=told, headers={"Origin": "https://marcador.example.com"}, **where)
    assert answer.status_code == 303
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-marcador=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie, part
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    assert client.get("/", base_url="https://marcador.example.com").status_code == 200
