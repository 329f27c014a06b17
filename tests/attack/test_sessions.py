"""Names, passwords, cookies: guessing, stealing, fixing, outliving."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter

import pytest
from dash import Dash
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from callbacks.application import create_app
from dashboard.permissions import Role
from data.database import reading
from data.people import every_person
from data.services import Services
from data.writes.failures import OF_ADDRESS, OF_NAME
from data.writes.people import change_rights, open_setup
from tests.callbacks.doorway import ADMINISTRATOR, PASSWORD, add_person, address_of, browser_of
from tests.homes import copy, demo, open_home

KNOWN_KEYS = ("", "secret", "changeme", "dev", "CHANGE_ME", "thisismyscretkey", "password", "\x02\x01thisismyscretkey")


class Watch:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 9, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the time."""
        return self.time

    def pass_by(self, **span: float) -> None:
        """Let time pass."""
        self.time += timedelta(**span)


@pytest.fixture
def own() -> tuple[Dash, Services, Watch]:
    """An application of one's own, whose clock can be moved."""
    services = copy(demo(), sign_in="required")
    watch = Watch()
    services.watch = watch
    return create_app(services), services, watch


def sign_in(client: FlaskClient, name: str, password: str, address: str = "10.1.1.1", **headers: str) -> int:
    found = client.post(
        "/sign-in", data={"name": name, "password": password}, environ_base={"REMOTE_ADDR": address}, headers=headers
    )
    return found.status_code


def cookies(client: FlaskClient) -> str:
    """Return the session cookie as a thief would copy it."""
    found = client.get_cookie("marcador", path="/")
    assert found is not None
    return found.value


def with_cookie(app: Dash, value: str) -> FlaskClient:
    client = app.server.test_client()
    client.set_cookie("marcador", value, path="/")
    return client


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP", "CF-Connecting-IP"])
def test_guessing_is_locked_whatever_address_is_claimed(own: tuple[Dash, Services, Watch], header: str) -> None:
    app, services, watch = own
    name = add_person(services, Role.VIEWER)
    client = app.server.test_client()
    for turn in range(OF_NAME):
        assert sign_in(client, name, "no es esta clave", **{header: f"1.2.3.{turn}"}) == 401
    assert sign_in(client, name, PASSWORD, **{header: "9.9.9.9"}) == 429
    assert sign_in(client, name.upper() + " ", PASSWORD) == 429, "the same name written another way"
    assert sign_in(client, name, PASSWORD, address="10.9.9.9") == 303, "nobody locks others out from elsewhere"
    watch.pass_by(minutes=16)
    assert sign_in(client, name, PASSWORD) == 303


def test_an_address_that_tries_many_names_is_locked_too(own: tuple[Dash, Services, Watch]) -> None:
    app, services, _ = own
    name = add_person(services, Role.VIEWER)
    client = app.server.test_client()
    statuses = [sign_in(client, f"nombre {turn}", "no es esta clave") for turn in range(OF_ADDRESS)]
    assert set(statuses) == {401}
    assert sign_in(client, name, PASSWORD) == 429
    answer = client.post(
        "/sign-in", data={"name": name, "password": PASSWORD}, environ_base={"REMOTE_ADDR": "10.1.1.1"}
    )
    assert 0 < int(answer.headers["Retry-After"]) <= 900


def test_a_hundred_tries_at_once_are_a_hundred_tries(own: tuple[Dash, Services, Watch]) -> None:
    app, services, _ = own
    name = add_person(services, Role.VIEWER)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: sign_in(app.server.test_client(), name, "no es esta clave"), range(24)))
    assert found.count(401) <= OF_NAME
    assert found.count(429) >= 24 - OF_NAME


def test_a_name_nobody_has_is_answered_like_a_wrong_password_and_as_slowly(own: tuple[Dash, Services, Watch]) -> None:
    app, services, _ = own
    name = add_person(services, Role.VIEWER)
    client = app.server.test_client()

    def answer(who: str, turn: int) -> tuple[float, str]:
        begun = perf_counter()
        found = client.post(
            "/sign-in",
            data={"name": who, "password": "no es esta clave"},
            environ_base={"REMOTE_ADDR": f"10.2.0.{turn}"},
        )
        assert found.status_code == 401
        return perf_counter() - begun, found.text.replace(who, "")

    pairs = [(answer(name, turn), answer("Nadie Nadie", 100 + turn)) for turn in range(12)]
    assert {known[1] for known, _ in pairs} == {unknown[1] for _, unknown in pairs}
    ratio = median(known[0] for known, _ in pairs) / median(unknown[0] for _, unknown in pairs)
    assert 0.4 < ratio < 2.5, ratio


def test_signing_in_changes_the_cookie_that_was_there_before(own: tuple[Dash, Services, Watch]) -> None:
    app, services, _ = own
    mine = cookies(browser_of(app, services, Role.VIEWER))
    client = with_cookie(app, mine)
    name = add_person(services, Role.MANAGER)
    client.post("/sign-in", data={"name": name, "password": PASSWORD}, environ_base=address_of(name))
    assert cookies(client) != mine
    assert with_cookie(app, mine).get("/sources").status_code == 403, "the fixed cookie has not become the manager's"


def test_a_copied_cookie_dies_with_its_session(own: tuple[Dash, Services, Watch]) -> None:
    app, services, _ = own
    client = browser_of(app, services, Role.VIEWER)
    stolen = cookies(client)
    assert with_cookie(app, stolen).get("/").status_code == 200
    assert client.post("/sign-out").status_code == 303
    assert with_cookie(app, stolen).get("/").status_code == 303


@pytest.mark.parametrize(("span", "is_in"), [({"minutes": 50}, True), ({"minutes": 70}, False), ({"hours": 13}, False)])
def test_an_unused_session_ends(own: tuple[Dash, Services, Watch], span: dict[str, float], is_in: bool) -> None:
    app, services, watch = own
    client = browser_of(app, services, Role.VIEWER)
    watch.pass_by(**span)
    assert (client.get("/").status_code == 200) is is_in


def test_even_a_session_in_use_ends(own: tuple[Dash, Services, Watch]) -> None:
    app, services, watch = own
    client = browser_of(app, services, Role.VIEWER)
    for _ in range(14):
        assert client.get("/").status_code == 200
        watch.pass_by(minutes=50)
    assert watch.now() - datetime(2026, 11, 22, 9, tzinfo=UTC) < timedelta(hours=12)
    watch.pass_by(minutes=45)
    assert client.get("/").status_code == 303


def test_a_screen_outlives_days_and_clock_jumps(own: tuple[Dash, Services, Watch]) -> None:
    app, services, watch = own
    client = browser_of(app, services, Role.KIOSK)
    for span in ({"days": 300}, {"hours": -1}, {"days": -365}):
        watch.pass_by(**span)
        assert client.get("/wall").status_code == 200


def test_a_change_of_rights_ends_the_sessions_at_once(own: tuple[Dash, Services, Watch]) -> None:
    app, services, _ = own
    client = browser_of(app, services, Role.MANAGER)
    assert client.get("/sources").status_code == 200
    with reading(services.database) as connection:
        person = next(one for one, _ in every_person(connection) if one.role is Role.MANAGER)
    rights = {"role": Role.VIEWER, "teams": (), "sites": (), "denied": (), "is_active": True}
    change_rights(services, ADMINISTRATOR, person.person_id, person.version, **rights)  # type: ignore[arg-type]
    assert client.get("/sources").status_code == 303
    assert client.post("/_dash-update-component", json={}).status_code == 401


def test_another_password_ends_every_other_session(own: tuple[Dash, Services, Watch]) -> None:
    app, services, _ = own
    name = add_person(services, Role.VIEWER)
    here, there = app.server.test_client(), app.server.test_client()
    for client in (here, there):
        client.post("/sign-in", data={"name": name, "password": PASSWORD}, environ_base=address_of(name))
    wrong = here.post("/password", data={"password": "no es esta clave", "new_password": "otras cuatro palabras mas"})
    assert wrong.status_code == 401
    changed = here.post("/password", data={"password": PASSWORD, "new_password": "otras cuatro palabras mas"})
    assert changed.status_code == 200
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 303


@pytest.mark.parametrize("key", KNOWN_KEYS)
def test_a_cookie_signed_with_a_known_key_is_nobody(own: tuple[Dash, Services, Watch], key: str) -> None:
    app, _, _ = own
    signer = SecureCookieSessionInterface()
    forged = URLSafeTimedSerializer(
        key, salt=signer.salt, serializer=signer.serializer, signer_kwargs={"key_derivation": "hmac"}
    ).dumps({"_user_id": "1", "_fresh": True})
    assert with_cookie(app, forged).get("/").status_code == 303


def test_even_our_own_signature_opens_nothing_without_a_session(own: tuple[Dash, Services, Watch]) -> None:
    app, _, _ = own
    signer = SecureCookieSessionInterface().get_signing_serializer(app.server)
    assert signer is not None
    for user in ("1", 1, "administrator", "", None, ["1"], "x" * 5000):
        forged = signer.dumps({"_user_id": user, "_fresh": True})
        assert with_cookie(app, str(forged)).get("/").status_code == 303


def test_of_thirty_first_administrators_one_wins() -> None:
    services = open_home(sign_in="required")
    app = create_app(services)
    code = open_setup(services)

    def try_it(turn: int) -> int:
        told = {"code": code, "name": f"Ana {turn}", "new_password": PASSWORD}
        client = app.server.test_client()
        return client.post("/setup", data=told, environ_base={"REMOTE_ADDR": f"10.0.0.{turn}"}).status_code

    with ThreadPoolExecutor(10) as pool:
        found = list(pool.map(try_it, range(30)))
    assert found.count(303) == 1
    with reading(services.database) as connection:
        assert len(every_person(connection)) == 1
    assert app.server.test_client().get("/setup").status_code == 404
    assert app.server.test_client().post("/setup", data={"code": code}).status_code == 404


def test_the_code_of_the_first_administrator_is_on_the_console_alone(capsys: pytest.CaptureFixture[str]) -> None:
    services = open_home(sign_in="required")
    client = create_app(services).server.test_client()
    code = open_setup(services)
    assert code is not None
    for path in ("/", "/setup", "/sign-in", "/score", "/healthz/ready", "/_dash-layout"):
        assert code not in client.get(path).text
    printed = capsys.readouterr().out
    assert "/setup?code=" in printed
    assert client.post("/setup", data={"code": "AAAA-AAAA", "name": "Ana", "new_password": PASSWORD}).status_code == 401


def test_a_link_works_once(own: tuple[Dash, Services, Watch], browser_for: Callable[..., FlaskClient]) -> None:
    from data.writes.people import invite

    app, services, watch = own
    token = invite(services, ADMINISTRATOR, "Eva Una Vez", Role.VIEWER)
    client = app.server.test_client()
    assert client.get(f"/join/{token}").status_code == 200
    assert client.post("/join", data={"token": token, "new_password": PASSWORD}).status_code == 303
    assert app.server.test_client().get(f"/join/{token}").status_code == 404
    assert app.server.test_client().post("/join", data={"token": token, "new_password": PASSWORD}).status_code == 404
    late = invite(services, ADMINISTRATOR, "Eva Tarde", Role.VIEWER)
    watch.pass_by(days=8)
    assert client.post("/join", data={"token": late, "new_password": PASSWORD}).status_code == 404


def test_a_whole_office_may_come_in_at_once(own: tuple[Dash, Services, Watch]) -> None:
    from data.writes.people import invite

    app, services, _ = own
    for number in range(OF_NAME + 3):
        token = invite(services, ADMINISTRATOR, f"Persona {number}", Role.VIEWER)
        answer = app.server.test_client().post("/join", data={"token": token, "new_password": PASSWORD})
        assert answer.status_code == 303, number
    name = add_person(services, Role.VIEWER)
    assert {sign_in(app.server.test_client(), name, PASSWORD) for _ in range(OF_ADDRESS + 3)} == {303}


def test_getting_in_forgives_the_name_and_not_the_address(own: tuple[Dash, Services, Watch]) -> None:
    app, services, _ = own
    name = add_person(services, Role.VIEWER)
    client = app.server.test_client()
    for turn in range(OF_ADDRESS - 1):
        sign_in(client, f"nombre {turn}", "no es esta clave")
    assert sign_in(client, name, PASSWORD) == 303
    assert sign_in(client, "otro", "no es esta clave") == 401
    assert sign_in(client, name, PASSWORD) == 429
