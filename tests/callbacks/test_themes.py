"""Themes saved through the form."""

from __future__ import annotations

from flask.testing import FlaskClient

from data.database import reading
from data.services import Services
from data.themes import read_themes
from layouts.themes import Ids
from tests.callbacks.asking import ask, spoken_words


def test_themes_are_saved_and_what_is_wrong_is_said(client: FlaskClient, services: Services) -> None:
    def say(text: str) -> str:
        answer = ask(client, f"{Ids.SAID}.children", {f"{Ids.SAVE}.n_clicks": 1, f"{Ids.TEXT}.value": text})
        return spoken_words(answer.json["response"][Ids.SAID.value]["children"])

    assert "línea 2" in say("Plazo: retras*\nsin nada").lower()
    assert say("Plazo: retras*\nFactura: factura") == "Guardado."
    with reading(services.database) as connection:
        assert [theme.name for theme in read_themes(connection)] == ["Plazo", "Factura"]
    drawn = ask(client, f"{Ids.FORM}.children", {f"{Ids.SAID}.children": "Guardado."})
    assert "Plazo: retras*" in drawn.get_data(as_text=True)
