"""The pages before the scoreboard: signing in, the first administrator, links, passwords, pairing. Plain HTML forms."""

from __future__ import annotations

from html import escape

from layouts.words import LANGUAGES, Words


def door(t: Words, title: str, body: str, *, problem: str = "", script: str = "", class_name: str = "") -> str:
    """Return the HTML of a page around `body`, which is HTML already; `problem` is text."""
    alert = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    others = " ".join(
        f'<a href="?lang={language}" lang="{language}">{escape(t(f"language.{language}"))}</a>'
        for language in LANGUAGES
        if language != t.language
    )
    source = f'<script src="{script}" defer></script>' if script else ""
    return f"""<!DOCTYPE html>
<html lang="{t.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(title)} · Marcador</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/head/door.css">
{source}
</head>
<body class="{class_name}">
<main>
<p class="brand">marca<b>dor</b></p>
<h1>{escape(title)}</h1>
{alert}
{body}
<p class="languages">{others}</p>
</main>
</body>
</html>"""


def field(t: Words, name: str, kind: str, autocomplete: str, value: str = "", *, hint: str = "") -> str:
    """Return a labelled input; the words are those of `door.<name>`."""
    about = f' aria-describedby="{name}-hint"' if hint else ""
    told = f'<small id="{name}-hint">{escape(hint)}</small>' if hint else ""
    return (
        f'<label for="{name}">{escape(t(f"door.{name}"))}</label>'
        f'<input id="{name}" name="{name}" type="{kind}" autocomplete="{autocomplete}" '
        f'value="{escape(value, quote=True)}" required{about}>{told}'
    )


def form(action: str, fields: str, button: str, hidden: dict[str, str] | None = None) -> str:
    """Return a form that posts `fields`."""
    kept = "".join(
        f'<input type="hidden" name="{escape(name, quote=True)}" value="{escape(value, quote=True)}">'
        for name, value in (hidden or {}).items()
    )
    return f'<form method="post" action="{action}">{kept}{fields}<button type="submit">{escape(button)}</button></form>'


def sign_in_page(t: Words, name: str, onwards: str, problem: str = "") -> str:
    """Return the door itself."""
    fields = field(t, "name", "text", "username", name) + field(t, "password", "password", "current-password")
    body = form("/sign-in", fields, t("door.sign_in"), {"next": onwards})
    return door(t, t("door.sign_in_title"), body + f"<p>{escape(t('door.forgotten'))}</p>", problem=problem)


def setup_page(t: Words, code: str, name: str, problem: str = "") -> str:
    """Return the page of the first administrator."""
    fields = (
        field(t, "code", "text", "off", code, hint=t("door.code_hint"))
        + field(t, "name", "text", "username", name)
        + field(t, "new_password", "password", "new-password", hint=t("door.password_hint"))
    )
    body = f"<p>{escape(t('door.setup_words'))}</p>" + form("/setup", fields, t("door.set_up"))
    return door(t, t("door.setup_title"), body, problem=problem)


def join_page(t: Words, name: str, token: str, problem: str = "") -> str:
    """Return the page of a link: choose a password."""
    hidden = {"token": token}
    user = f'<input type="text" autocomplete="username" value="{escape(name, quote=True)}" hidden>'
    fields = user + field(t, "new_password", "password", "new-password", hint=t("door.password_hint"))
    body = f"<p>{escape(t('door.join_words'))}</p>" + form("/join", fields, t("door.join"), hidden)
    return door(t, t("door.join_title", name=name), body, problem=problem)


def password_page(t: Words, problem: str = "", done: str = "") -> str:
    """Return the page where one changes one's own password."""
    told = f'<p class="done" role="status">{escape(done)}</p>' if done else ""
    fields = field(t, "password", "password", "current-password")
    fields += field(t, "new_password", "password", "new-password", hint=t("door.password_hint"))
    back = f'<p><a href="/">{escape(t("door.back"))}</a></p>'
    body = told + form("/password", fields, t("door.change")) + back
    return door(t, t("door.password_title"), body, problem=problem)


def closed_page(t: Words, words: str) -> str:
    """Return the page of a link or screen that opens nothing."""
    return door(t, t("door.closed_title"), f"<p>{escape(words)}</p>")


def pairing_page(t: Words, code: str, picture: str, address: str) -> str:
    """Return what a screen shows until somebody lets it in: a code, and the same as a QR to be photographed."""
    body = (
        f"<p>{escape(t('door.pairing_words'))}</p>"
        f'<div class="pair"><img src="{picture}" alt="{escape(t("door.qr", address=address), quote=True)}">'
        f'<p class="code">{escape(code)}</p></div>'
        f"<p>{escape(t('door.pairing_how', address=address))}</p>"
        f'<p class="small">{escape(t("door.pairing_long"))}</p>'
    )
    return door(t, t("door.pairing_title"), body, script="/assets/head/pair.js", class_name="wide")


def confirm_page(t: Words, code: str, problem: str = "") -> str:
    """Return the page on which an administrator lets a screen in."""
    presets = "".join(
        f'<option value="{preset}">{escape(t(f"preset.{preset}"))}</option>' for preset in ("inner", "visitors")
    )
    fields = (
        field(t, "code", "text", "off", code, hint=t("door.same_code"))
        + field(t, "screen_name", "text", "off")
        + f'<label for="place">{escape(t("door.place"))}</label><input id="place" name="place" autocomplete="off">'
        + f'<label for="preset">{escape(t("door.preset"))}</label><select id="preset" name="preset">{presets}</select>'
    )
    return door(t, t("door.confirm_title"), form("/pair", fields, t("door.confirm")), problem=problem)
