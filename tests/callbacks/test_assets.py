"""Our own styles and scripts: one file of each, and the one script that stands in the page."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from callbacks.application import ASSETS
from callbacks.assets import SCRIPTS, STYLES, MissingAssetsError, install_assets


def folder_with(path: Path, style: str) -> Path:
    """Return a folder of assets with one style of our own."""
    for name, text in (
        ("vendor/bootstrap.min.css", '@charset "UTF-8";.boot{}'),
        ("head/theme.js", "// theme"),
        ("10-one.css", style),
        ("20-two.css", ".two{}"),
        ("10-one.js", "(function () { window.one = 1; })()"),
        ("20-two.js", "(function () { window.two = 2; })()"),
    ):
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, encoding="utf-8")
    return path


def test_styles_come_after_bootstrap_in_the_order_of_their_names(client: FlaskClient) -> None:
    told = client.get(STYLES).get_data(as_text=True)
    assert told.startswith('@charset "UTF-8"'), "which counts only at the very beginning"
    places = [
        told.index(path.read_text(encoding="utf-8"))
        for path in (ASSETS / "vendor" / "bootstrap.min.css", *sorted(ASSETS.glob("*.css")))
    ]
    assert places == sorted(places)


def test_a_script_without_a_last_semicolon_does_not_call_the_next(tmp_path: Path) -> None:
    server = Flask("x")
    install_assets(server, folder_with(tmp_path, ".one{}"))
    told = server.test_client().get(SCRIPTS).get_data(as_text=True)
    assert re.sub(r"\s", "", told) == "(function(){window.one=1;})();(function(){window.two=2;})()"


def test_an_address_changes_with_what_it_holds_and_with_nothing_else(tmp_path: Path) -> None:
    first, same, other = (
        install_assets(Flask("x"), folder_with(tmp_path / name, style))
        for name, style in (("a", ".one{}"), ("b", ".one{}"), ("c", ".one{color:red}"))
    )
    assert first == same
    assert first.styles != other.styles
    assert first.scripts == other.scripts


def test_what_was_not_fetched_is_named_with_the_way_to_fetch_it(tmp_path: Path) -> None:
    with pytest.raises(MissingAssetsError, match=r"bootstrap\.min\.css is missing; `make run` fetches it"):
        install_assets(Flask("x"), tmp_path)


def test_the_page_loads_one_style_and_one_script_of_ours(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    assert re.findall(r'<link rel="stylesheet" href="([^"?]+)', page) == [STYLES]
    assert re.findall(r'src="(/assets/[^"?]+)', page) == [SCRIPTS]
    assert 'fetchpriority="low" src="/assets' in page


def test_the_policy_lets_the_script_in_the_page_run_as_it_stands(client: FlaskClient) -> None:
    answer = client.get("/")
    (theme,) = re.findall(r"<head>.*?<script>(.*?)</script>", answer.get_data(as_text=True), re.DOTALL)
    digest = b64encode(sha256(theme.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer.headers["Content-Security-Policy"]
