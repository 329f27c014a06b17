"""Two who ask the same, in both orders, cold and warm: never a word that is not for them."""

from __future__ import annotations

from itertools import permutations

import pytest

from callbacks.application import create_app
from dashboard.permissions import Role
from data.services import Services
from tests.attack.bodies import UPDATE, body_of, declared
from tests.callbacks.doorway import browser_of
from tests.homes import add_survey, csv_of, open_home

CANARIES = {"Ventas": "canario de ventas en su rama", "Almacén": "canario del almacén en su rama"}


def home() -> Services:
    """Return a home where each team has its own canary."""
    services = open_home(sign_in="required")
    for team, words in CANARIES.items():
        add_survey(services, csv_of([10, 9, 3, 2] * 10, words=words, team=team), source=f"encuesta {team}")
    return services


PEOPLE = [
    ("viewer", Role.VIEWER, (), set()),
    ("sales", Role.MEMBER, ("Ventas",), {"Ventas"}),
    ("store", Role.CAPTAIN, ("Almacén",), {"Almacén"}),
    ("manager", Role.MANAGER, (), {"Ventas", "Almacén"}),
]


@pytest.mark.parametrize("order", list(permutations(range(len(PEOPLE)), 2)))
def test_what_one_was_told_is_never_told_to_another(order: tuple[int, int]) -> None:
    services = home()
    app = create_app(services)
    browsers = {place: browser_of(app, services, PEOPLE[place][1], teams=PEOPLE[place][2]) for place in order}
    one = next(one for one in declared(browsers[order[0]]) if "scoreboard-headline" in one["output"])
    for place in (*order, *order):
        answer = browsers[place].post(UPDATE, json=body_of(one))
        assert answer.status_code == 200
        told = answer.json
        text = str(told)
        for team, words in CANARIES.items():
            if team not in PEOPLE[place][3]:
                assert words not in text, PEOPLE[place][0]
        if PEOPLE[place][3]:
            assert any(words in text for words in CANARIES.values())
        assert "no-store" in answer.headers["Cache-Control"]
        assert "Cookie" in answer.headers["Vary"]


def test_a_site_sees_its_own_answers_only() -> None:
    from data.ingest.mapping import parse_mapping
    from data.writes.imports import import_file
    from tests.homes import ADMINISTRATOR, folder

    services = open_home(sign_in="required")
    path = folder() / "sites.csv"
    rows = [f"2026-11-12,{10 if site == 'Norte' else 0},{site}" for site in ("Norte", "Sur") for _ in range(40)]
    path.write_text("\n".join(["date,score,site", *rows]), encoding="utf-8")
    mapping = parse_mapping(
        'version = 1\nsource = "s"\n[dates]\ncolumn = "date"\nformats = ["%Y-%m-%d"]\n[recommend]\ncolumn = "score"\n'
        '[dimensions]\nsite = "site"\n'
    )
    import_file(services, ADMINISTRATOR, path, mapping)
    app = create_app(services)
    north = browser_of(app, services, Role.VIEWER, sites=("Norte",))
    everybody = browser_of(app, services, Role.VIEWER)
    one = next(one for one in declared(everybody) if "scoreboard-headline" in one["output"])

    def headline(client: object, query: str = "") -> str:
        body = body_of(one)
        body["inputs"][0]["value"] = {"query": query}
        answer = client.post(UPDATE, json=body)  # type: ignore[attr-defined]
        assert answer.status_code == 200
        return str(answer.json["response"]["scoreboard-headline"])

    for _ in range(2):
        assert "100" in headline(north)
        assert "40 respuestas" in headline(north)
        assert "80 respuestas" in headline(everybody)
        assert "40 respuestas" in headline(north, "site=Norte")
        told = headline(north, "site=Sur")
        assert "40 respuestas" not in told, told
