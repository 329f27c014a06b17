"""Only this machine, only our own pages, and headers on every answer."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from callbacks.gate import host_name, is_loopback

PATHS = (
    "/",
    "/wall",
    "/score",
    "/api/v1/pulse",
    "/_dash-layout",
    "/_dash-dependencies",
    "/assets/icon.svg",
    "/no-such",
)
HEADERS = (
    *("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"),
    *("Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy"),
)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1"])
def test_this_machine_is_loopback(address: str) -> None:
    assert is_loopback(address)


@pytest.mark.parametrize("address", ["10.0.0.5", "192.168.1.2", "::2", "", None, "localhost", "127.0.0.1, 10.0.0.5"])
def test_everything_else_is_not(address: str | None) -> None:
    assert not is_loopback(address)


def test_host_names_lose_their_port() -> None:
    assert host_name("LocalHost:8050") == "localhost"
    assert host_name("[::1]:8050") == "::1"
    assert host_name("evil.example:80") == "evil.example"


@pytest.mark.parametrize("path", PATHS)
def test_other_machines_are_refused_everywhere(client: FlaskClient, path: str) -> None:
    assert client.get(path, environ_base={"REMOTE_ADDR": "10.0.0.5"}).status_code == 403


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Forwarded-Host"])
def test_what_a_proxy_claims_changes_nothing(client: FlaskClient, name: str) -> None:
    claimed = {name: "127.0.0.1"}
    assert client.get("/", environ_base={"REMOTE_ADDR": "10.0.0.5"}, headers=claimed).status_code == 403
    assert client.get("/score", headers={name: "10.0.0.5"}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8050", "10.0.0.5"])
def test_foreign_host_names_are_refused(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8050", "[::1]:8050", "LOCALHOST:9999"])
def test_our_own_names_are_served(client: FlaskClient, host: str) -> None:
    assert client.get("/score", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("path", ["/_dash-update-component", "/api/v1/uploads", "/score"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Origin": "http://localhost:9999"},
    ],
)
def test_writes_from_other_sites_are_refused(client: FlaskClient, path: str, headers: dict[str, str]) -> None:
    assert client.post(path, data=b"{}", headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}, {}])
def test_writes_from_our_own_pages_pass(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/api/v1/uploads", data=b"a,b\n1,2\n", headers=headers).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    for name in HEADERS:
        assert answer.headers.get(name), name


def test_refusals_carry_the_headers_too(client: FlaskClient) -> None:
    for answer in (
        client.get("/", headers={"Host": "evil.example"}),
        client.get("/", environ_base={"REMOTE_ADDR": "10.0.0.5"}),
        client.post("/_dash-update-component", data=b"not json"),
    ):
        assert answer.status_code >= 400
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_policy_lets_nothing_in_from_elsewhere(client: FlaskClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    scripts = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
    assert "unsafe" not in scripts
    assert "http" not in policy


@pytest.mark.parametrize("path", ["/", "/score", "/api/v1/pulse", "/_dash-layout", "/_dash-dependencies"])
def test_what_depends_on_data_is_never_kept(client: FlaskClient, path: str) -> None:
    assert "no-store" in client.get(path).headers["Cache-Control"]
