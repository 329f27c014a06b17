"""Our own styles and scripts, each joined into one file: a browser far away asks once instead of thirty times.

What decides the theme stands in the page itself, since nothing may be painted before it has run.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response

STYLES, SCRIPTS = "/assets/marcador.css", "/assets/marcador.js"


class MissingAssetsError(FileNotFoundError):
    """What is fetched at set-up is not there."""


@dataclass(frozen=True, slots=True)
class Assets:
    """What every page loads.

    Attributes
    ----------
    styles, scripts : str
        Their addresses, which change with what they hold.
    theme : str
        A script to stand in the page.
    """

    styles: str
    scripts: str
    theme: str

    @property
    def hash(self) -> str:
        """Return what a content security policy calls the script that stands in the page."""
        return f"'sha256-{b64encode(sha256(self.theme.encode()).digest()).decode()}'"


def install_assets(server: Flask, folder: Path) -> Assets:
    """Serve the styles and scripts of a folder joined in the order of their names, Bootstrap before all styles.

    Raises
    ------
    MissingAssetsError
        When what is fetched at set-up is not there.
    """
    bootstrap = folder / "vendor" / "bootstrap.min.css"
    if not bootstrap.exists():
        raise MissingAssetsError(f"{bootstrap} is missing; `make run` fetches it, or `python -m layouts.vendor`")
    styles = _joined([bootstrap, *sorted(folder.glob("*.css"))], "\n")
    scripts = _joined(sorted(folder.glob("*.js")), "\n;")
    server.add_url_rule(STYLES, "styles", lambda: Response(styles, mimetype="text/css"))
    server.add_url_rule(SCRIPTS, "scripts", lambda: Response(scripts, mimetype="text/javascript"))
    theme = (folder / "head" / "theme.js").read_text(encoding="utf-8")
    return Assets(f"{STYLES}?m={_digest(styles)}", f"{SCRIPTS}?m={_digest(scripts)}", theme)


def _joined(paths: list[Path], between: str) -> bytes:
    return between.join(path.read_text(encoding="utf-8") for path in paths).encode()


def _digest(body: bytes) -> str:
    return sha256(body).hexdigest()[:16]
