"""Behind a proxy that speaks TLS: browsers come by https, and what they claim of proxies is believed by nobody."""

from __future__ import annotations

import http.client
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

import pytest

from dashboard.permissions import Role
from tests.callbacks.doorway import PASSWORD, add_person
from tests.homes import copy, demo
from tests.processes import Server

NAME = "marcador.example.com"
CLAIMS = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded")
Reply = tuple[int, dict[str, str], bytes]


@dataclass(frozen=True)
class Place:
    """A server behind its proxy: the proxy's port and certificate, and who may come in."""

    server: Server
    port: int
    pem: Path
    name: str


def certificate(folder: Path) -> Path:
    """Return a file with a key and a certificate for `NAME`, made now."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    command += ["-addext", f"subjectAltName=DNS:{NAME}", "-keyout", str(folder / "key"), "-out", str(folder / "crt")]
    subprocess.run(command, check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_text((folder / "key").read_text() + (folder / "crt").read_text())
    return both


class Proxy(BaseHTTPRequestHandler):
    """Passes every request on, as the page of operations tells proxies to."""

    behind = 0

    def do_GET(self) -> None:
        """Pass one on."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        sent = {name: value for name, value in self.headers.items() if name not in CLAIMS}
        sent |= {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": sent["Host"]}
        line = http.client.HTTPConnection("127.0.0.1", self.behind, timeout=20)
        line.request(self.command, self.path, body, sent)
        answer = line.getresponse()
        said = answer.read()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("transfer-encoding", "connection", "content-length"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    do_POST = do_GET  # noqa: N815 (what the base class asks for)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A server that trusts the proxy before it."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    pem = certificate(tmp_path_factory.mktemp("tls"))
    services = copy(demo(), sign_in="required")
    name = add_person(services, Role.VIEWER)
    told = {"sign_in": "required", "hosts": NAME, "trusted_proxy": "127.0.0.1", "https": True}
    with Server(services.home, **told) as server:
        handler = type("Handler", (Proxy,), {"behind": server.port})
        proxy = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        proxy.socket = context.wrap_socket(proxy.socket, server_side=True)
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield Place(server, int(proxy.server_address[1]), pem, name)
        proxy.shutdown()


def ask(place: Place, method: str, path: str, body: str = "", **headers: str) -> Reply:
    """Ask through the proxy, its certificate checked."""
    context = ssl.create_default_context(cafile=str(place.pem.with_name("crt")))
    line = http.client.HTTPConnection("127.0.0.1", place.port, timeout=20)
    line.connect()
    line.sock = context.wrap_socket(line.sock, server_hostname=NAME)
    sent = {"Host": NAME, **{name.replace("_", "-"): value for name, value in headers.items()}}
    line.request(method, path, body, sent)
    answer = line.getresponse()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def test_who_signs_in_by_https_gets_a_cookie_that_stays_there(served: Place) -> None:
    form = urlencode({"name": served.name, "password": PASSWORD})
    kind = {"Content_Type": "application/x-www-form-urlencoded", "Origin": f"https://{NAME}"}
    status, headers, _ = ask(served, "POST", "/sign-in", form, **kind)
    assert status == 303
    cookie = headers["set-cookie"]
    assert "Secure" in cookie and "HttpOnly" in cookie and cookie.startswith("__Host-")
    status, headers, body = ask(served, "GET", "/", Cookie=cookie.partition(";")[0])
    assert status == 200 and b"marcador" in body.lower()
    assert headers["strict-transport-security"]
    assert "http://" not in headers["content-security-policy"]


def test_a_form_from_the_plain_address_is_foreign(served: Place) -> None:
    form = urlencode({"name": served.name, "password": PASSWORD})
    kind = {"Content_Type": "application/x-www-form-urlencoded", "Origin": f"http://{NAME}"}
    assert ask(served, "POST", "/sign-in", form, **kind)[0] == 403


@pytest.mark.parametrize("claim", [{"X_Forwarded_Host": "evil.example"}, {"X_Forwarded_Proto": "http"}])
def test_what_a_browser_claims_of_proxies_changes_nothing(served: Place, claim: dict[str, str]) -> None:
    status, headers, _ = ask(served, "GET", "/sign-in", **claim)
    assert status == 200 and headers["strict-transport-security"]


def test_another_name_is_refused_through_the_proxy_too(served: Place) -> None:
    assert ask(served, "GET", "/sign-in", Host="evil.example")[0] == 400
