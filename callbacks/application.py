"""The application: Dash on Flask, every view and route registered, set up before the first request."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from dash import ClientsideFunction, Input, Output
from flask import Flask, Response, request
from flask_compress import Compress

from callbacks import firstrun, router
from callbacks.api import install_api
from callbacks.asked import COOKIE, words
from callbacks.assets import Assets, install_assets
from callbacks.bundles import PLOTLY, install_bundles
from callbacks.doors import install_doors
from callbacks.first_paint import first_paint
from callbacks.gate import install_gate, install_headers
from callbacks.health import Health, install_health, tell_in_toast
from callbacks.logs import install_logs
from callbacks.malformed import install_malformed
from callbacks.metrics import install_metrics
from callbacks.papers import install_papers
from callbacks.policies import Guarded
from callbacks.principals import install_principals
from callbacks.public import install_public
from callbacks.views import VIEWS
from callbacks.walls import install_walls
from data.cache import Answers, make_cache
from data.services import Services
from layouts.firstrun import Ids as FirstRun
from layouts.page import index_page
from layouts.shell import root
from layouts.words import LANGUAGES

ROOT = Path(__file__).resolve().parents[1]
ASSETS = ROOT / "assets"
VENDOR = ASSETS / "vendor"


class Page(Guarded):
    """Dash with our own first page: language, theme before the first paint, what the browser must know."""

    services: Services
    build: str
    own: Assets

    def interpolate_index(self, **parts: Any) -> str:
        """Return the first page in the language of the request."""
        state = self.services.state()
        t = words(state)
        published = round((self.services.clock.now() - state.publication.at).total_seconds())
        seconds = self.services.settings.pulse_seconds
        zone = state.organisation.zone
        shown = first_paint(self.services, state, t, request.path, request.query_string.decode(errors="replace"))
        is_pinned = self.services.settings.today is not None
        parts |= {"css": self.own.styles, "own": self.own.scripts, "theme": self.own.theme}
        return index_page(
            t, state.version, published, zone, self.build, seconds, PLOTLY, request.path, is_pinned, parts, shown
        )


def build_of(root_folder: Path) -> str:
    """Return a fingerprint of the program: open pages load themselves anew when it changes."""
    digest = sha256()
    for folder in ("dashboard", "data", "layouts", "callbacks", "assets"):
        for path in sorted((root_folder / folder).rglob("*")):
            if path.suffix in (".py", ".po", ".js", ".css"):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def create_app(services: Services, *, is_testing: bool = False) -> Page:
    """Return the application, set up before its first request."""
    server = Flask("marcador")
    server.config.update(
        MAX_CONTENT_LENGTH=(services.settings.upload_megabytes + 1) << 20,
        COMPRESS_MIMETYPES=["application/json", "text/html"],
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_STREAMS=False,
    )
    build = build_of(ROOT)
    health = Health(services)
    services.answers = Answers(make_cache(services.home / "cache", server), build)
    app = Page(
        "marcador",
        server=server,
        title="Marcador",
        update_title=None,
        assets_folder=str(ASSETS),
        assets_ignore=".",
        use_async=False,
        enable_mcp=False,
        suppress_callback_exceptions=not is_testing,
        on_error=partial(tell_in_toast, services, health),
    )
    app.services, app.build, app.own = services, build, install_assets(server, ASSETS)
    install_logs(server)  # before the gate: what it refuses is logged and counted too
    install_metrics(app, services, health, build)
    app.layout = lambda: root(services.state().version)
    router.register(app, services, VIEWS)
    for view in VIEWS:
        view.register(app, services)
    firstrun.register(app, services)
    app.clientside_callback(
        ClientsideFunction("marcador", "begin"),
        Output(FirstRun.PROGRESS, "title"),
        Input(FirstRun.JOB, "data"),
        prevent_initial_call=True,
    )
    install_principals(server, services)
    install_gate(app, services, {view.PATH: view.NEEDS for view in VIEWS})
    Compress(server)
    install_headers(
        app, app.own.hash, is_https=services.settings.https
    )  # before what follows: the last to be added is the first to see an answer
    install_bundles(app, VENDOR)
    install_api(server, services, build, health)
    install_papers(server, services)
    install_health(server, services, health)
    install_malformed(server)
    install_public(server, services)
    install_doors(server, services)
    install_walls(server, services)
    _remember_language(server)
    app.check_complete()
    with server.test_client() as client:
        assert client.get("/").status_code in (200, 303, 503), "set up before anybody asks"
    return app


def _remember_language(server: Flask) -> None:
    @server.after_request
    def remember(response: Response) -> Response:
        language = request.args.get("lang")
        if request.method == "GET" and response.mimetype == "text/html" and language in LANGUAGES:
            response.set_cookie(COOKIE, str(language), max_age=31_536_000, samesite="Lax", httponly=True)
        return response
