"""Scripts and styles: compressed once, kept by browsers, and our own small plotly.js."""

from __future__ import annotations

import re

import brotli
import pytest
from flask.testing import FlaskClient

from callbacks.assets import SCRIPTS, STYLES
from callbacks.bundles import PLOTLY, YEAR
from layouts.vendor import QUIET, TARGET

BROTLI = {"Accept-Encoding": "gzip, deflate, br"}


def addresses(client: FlaskClient) -> list[str]:
    """Return every script and style of the first page."""
    page = client.get("/").get_data(as_text=True)
    return [found for found in re.findall(r'(?:src|href)="(/[^"]+)"', page) if re.search(r"\.(js|css)(\?|$)", found)]


def test_everything_the_first_page_names_is_there(client: FlaskClient) -> None:
    found = addresses(client)
    assert len(found) > 10
    assert {STYLES, SCRIPTS, PLOTLY} <= {one.split("?")[0] for one in found}
    for address in found:
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_text_travels_in_brotli_where_the_browser_takes_it(client: FlaskClient) -> None:
    plain = client.get("/assets/00-base.css")
    small = client.get("/assets/00-base.css", headers=BROTLI)
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "br"
    assert brotli.decompress(small.data) == plain.data
    assert len(small.data) < len(plain.data) / 2
    assert small.headers["Vary"] == "Accept-Encoding"


def test_fonts_are_not_compressed_again(client: FlaskClient) -> None:
    answer = client.get("/assets/vendor/inter.woff2", headers=BROTLI)
    assert "Content-Encoding" not in answer.headers
    assert answer.data[:4] == b"wOF2"


@pytest.mark.parametrize("address", ["/assets/00-base.css", "/assets/vendor/bootstrap.min.css", PLOTLY])
def test_what_a_browser_has_is_not_sent_again(client: FlaskClient, address: str) -> None:
    first = client.get(address, headers=BROTLI)
    again = client.get(address, headers={**BROTLI, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["Content-Security-Policy"]
    other = client.get(address, headers={**BROTLI, "If-None-Match": '"other"'})
    assert other.status_code == 200


def test_addresses_that_change_with_the_content_are_kept_for_ever(client: FlaskClient) -> None:
    fixed = [one for one in addresses(client) if ".v" in one or "m=" in one]
    assert fixed
    for address in fixed[:4]:
        assert f"max-age={YEAR}, immutable" in client.get(address).headers["Cache-Control"], address


def test_plotly_is_the_small_bundle_without_a_share_button(client: FlaskClient) -> None:
    plain = client.get(PLOTLY)
    assert plain.data == (TARGET / "plotly.min.js").read_bytes()
    assert plain.data.decode().endswith(QUIET)
    small = client.get(PLOTLY, headers=BROTLI)
    assert brotli.decompress(small.data) == plain.data
    assert small.mimetype == "text/javascript"


def test_the_graph_asks_for_plotly_where_we_answer_it(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    graph = [one for one in addresses(client) if "async-graph" in one or "dash_core_components" in one]
    assert graph
    assert f'href="{PLOTLY}"' in page


@pytest.mark.parametrize("path", ["/assets/../app.py", "/assets/%2e%2e/app.py", "/assets/vendor/../../pyproject.toml"])
def test_nothing_outside_the_folder_is_served(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 403, 404) or b"create_app" not in answer.data
    assert b"[project]" not in answer.data


def test_mistakes_are_not_kept(client: FlaskClient) -> None:
    assert client.get("/assets/nothing.css").status_code == 404
    assert "X-Marcador-Kept" not in client.get("/assets/nothing.css").headers
