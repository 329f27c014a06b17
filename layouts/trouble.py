"""The page that says why no page can be shown; it asks again by itself."""

from __future__ import annotations

from html import escape

from layouts.words import Words

SECONDS = 30


def trouble_page(t: Words, problem: str) -> str:
    """Return the HTML of the page: what is wrong, and that nothing has to be done here when it is mended."""
    return f"""<!DOCTYPE html>
<html lang="{t.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="{SECONDS}">
<title>Marcador</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/head/score.css">
</head>
<body>
<main>
<h1>{escape(t("trouble.title"))}</h1>
<p role="alert">{escape(problem)}</p>
<p>{escape(t("trouble.again"))}</p>
</main>
</body>
</html>"""
