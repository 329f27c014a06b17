"""The first page: everything the browser needs before Dash speaks, in the right language."""

from __future__ import annotations

from html import escape
from typing import Any

from layouts.words import Words

FONT = '<link rel="preload" as="font" type="font/woff2" crossorigin href="/assets/vendor/{}.woff2">'
CHARTED = ("/", "/scoreboard")
NUMBERED = (*CHARTED, "/wall")
"""Pages that begin with one great number, which has letters of its own."""

LATER = '<script fetchpriority="low" '
"""No script delays what is painted before any has run."""


def index_page(
    t: Words,
    version: str,
    age: int,
    zone: str,
    build: str,
    seconds: float,
    plotly: str,
    path: str,
    is_pinned: bool,
    parts: dict[str, Any],
    first_paint: str = "",
) -> str:
    """Return the HTML of the first page.

    Parameters
    ----------
    t : Words
    version, build : str
        Of the data and of the program, for the pulse.
    age : int
        Seconds since the data were published.
    zone : str
        The organisation's time zone.
    seconds : float
        Between two pulses.
    plotly : str
        Where the charts' script lies; fetched early by pages that draw charts.
    path : str
        The page asked for.
    is_pinned : bool
        Whether today is pretended: then the clocks on screen stand still too.
    parts : dict
        Dash's own: scripts, config, renderer, app_entry; and ours: the addresses css and own (scripts), and theme, a
        script that runs before anything is painted.
    first_paint : str
        HTML that is shown until the page itself is there.
    """
    told = {
        "version": version,
        "build": build,
        "seconds": str(seconds),
        "age": str(max(0, age)),
        "zone": zone,
        "pinned": "1" if is_pinned else "",
        "just-now": t("live.just_now"),
        "minutes": t("live.minutes"),
        "hours": t("live.hours"),
        "days": t("live.days"),
        "updated": t("live.updated"),
        "no-contact": t("live.no_contact"),
        "lost": t("wall.stale"),
        "lost-long": t("wall.stale_long"),
        "copied": t("shell.copied"),
        "uploading": t("sources.uploading"),
        "waiting": t("stage.waiting"),
        "failed": t("common.failed"),
    }
    data = " ".join(f'data-{name}="{escape(value, quote=True)}"' for name, value in told.items())
    early = [FONT.format("inter")]
    if path in NUMBERED:
        early.append(FONT.format("barlow-condensed-700"))
    if path in CHARTED:
        early.append(f'<link rel="preload" as="script" fetchpriority="low" href="{plotly}">')
    scripts = f'<script src="{parts["own"]}"></script>{parts["scripts"]}'.replace("<script ", LATER)
    return f"""<!DOCTYPE html>
<html lang="{t.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="marcador" {data}>
<title>Marcador</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
{"".join(early)}
<script>{parts["theme"]}</script>
<link rel="stylesheet" href="{parts["css"]}">
</head>
<body>
<div id="first-paint">{first_paint}</div>{parts["app_entry"]}
<noscript>{escape(t("shell.noscript"))}</noscript>
<footer>{parts["config"]}{scripts}{parts["renderer"]}</footer>
</body>
</html>"""
