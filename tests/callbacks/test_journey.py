"""The journey answered by the application: one request draws it all, a link opens a cell."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from callbacks.application import create_app
from callbacks.journey import asked_of, chosen_in, opened_of, query_of
from dashboard.filters import EVERYTHING, filters
from dashboard.journey import Order
from dashboard.journey_cells import Measure
from dashboard.journey_comparison import Sides, Versus
from data.journey import Asked, read_journey
from data.services import Services
from data.writes.members import rename_member
from layouts.journey import Ids
from tests.callbacks.asking import ask, dependencies, outputs_of
from tests.data.stores import ADMINISTRATOR
from tests.homes import copy, demo

MONDAY = date(2026, 1, 5)


def drawn(
    client: FlaskClient, query: str = "", cell: object = None, sides: object = None, **chosen: str
) -> dict[str, Any]:
    values = {"shell-filters.data": {"query": query}, "shell-url.search": "?lang=es", f"{Ids.CELL}.data": cell}
    values |= {f"{Ids.SIDES}.data": sides}
    values |= {f"journey-{key}.value": value for key, value in chosen.items()}
    answer = ask(client, f"{Ids.GRID}.children", values)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json["response"]
    return found


def test_a_change_of_filters_redraws_every_figure_from_one_request(client: FlaskClient) -> None:
    reading = [one for one in dependencies(client) if any(told["id"] == "shell-filters" for told in one["inputs"])]
    ours = [one for one in reading if "journey-" in one["output"] and not one["clientside_function"]]
    assert len(ours) == 1
    told = {name.rpartition(".")[0] for name in outputs_of(ours[0])}
    assert {Ids.GRID.value, Ids.DRAWER.value, Ids.PRIORITIES.value, Ids.TIMELINE.value, Ids.FILTERS.value} <= told
    every, some = drawn(client), drawn(client, "segment=industrial")
    for part in (Ids.GRID.value, Ids.FILTERS.value):
        assert every[part] != some[part]


def test_the_grid_tells_every_cell_in_words(client: FlaskClient) -> None:
    (place,) = drawn(client)[Ids.GRID.value]["children"]
    told = place["props"]["data-mc-tree"]
    for part in ('"role":"grid"', '"aria-label":"industrial, Esperar: ', '"tabindex":"0"', "pocas respuestas"):
        assert part in told, part
    assert told.count('"tabindex":"0"') == 1, "one cell is in the order of tabs"


def test_a_link_to_a_cell_opens_that_cell(client: FlaskClient, services: Services) -> None:
    which = {"moment": "Recibir", "row": "industrial"}
    assert "industrial · Recibir" in json.dumps(drawn(client, cell=which)[Ids.DRAWER.value], ensure_ascii=False)
    page = client.get("/journey?lang=es&cell=Recibir&of=industrial")
    assert page.status_code == 200
    found = read_journey(services, services.state(), ADMINISTRATOR, Asked())
    assert opened_of(found, which) == ("Recibir", "industrial")
    assert opened_of(found, {"moment": "no", "row": "such"}) == found.worst
    assert opened_of(found, "nonsense") == found.worst


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ((None, None, None, None), Asked()),
        (("gap", "team", "worst", "year"), Asked(EVERYTHING, "team", Measure.GAP, Order.WORST, Versus.YEAR)),
        (("<script>", ["x"], 3, {}), Asked()),
    ],
)
def test_what_the_controls_cannot_say_is_what_is_usual(told: tuple[Any, ...], asked: Asked) -> None:
    assert asked_of(EVERYTHING, *told) == asked


AB = {"a": "hostelería", "b": "industrial"}


@pytest.mark.parametrize(
    ("versus", "sides", "asked"),
    [
        ("segment", AB, Asked(versus=Versus.VALUE, sides=Sides("segment", "hostelería", "industrial"))),
        ("segment", None, Asked(versus=Versus.VALUE, sides=Sides("segment"))),
        ("year", AB, Asked(versus=Versus.YEAR)),
        ("period", {"from": "2026-01-05", "to": "x"}, Asked(versus=Versus.PERIOD, sides=Sides(since=MONDAY))),
        ("period", {"from": "0002-01-05", "to": "9999-12-31"}, Asked(versus=Versus.PERIOD)),
        ("period", ["nonsense"], Asked(versus=Versus.PERIOD)),
        ("value", AB, Asked()),
        ("attribute", AB, Asked()),
        ({}, {"a": {}}, Asked()),
    ],
)
def test_two_sides_are_as_much_of_what_is_told_as_can_be_meant(versus: Any, sides: object, asked: Asked) -> None:
    assert asked_of(EVERYTHING, None, None, None, versus, sides) == asked


def test_a_comparison_is_written_back_into_the_address_of_its_file() -> None:
    asked = Asked(versus=Versus.VALUE, sides=Sides("segment", "a b", "c"))
    assert query_of(asked) == "pivot=segment&versus=segment&a=a+b&b=c"
    asked = Asked(versus=Versus.PERIOD, sides=Sides(since=MONDAY))
    assert query_of(asked) == "pivot=segment&versus=period&from=2026-01-05"


def test_one_request_draws_a_comparison_with_its_choices_and_its_table(client: FlaskClient) -> None:
    found = drawn(client, versus="segment", sides=AB)
    told = {part: json.dumps(found[part.value], ensure_ascii=False) for part in (Ids.HEAD, Ids.GRID, Ids.BEHIND)}
    for part in told.values():
        assert "hostelería frente a industrial" in part
    assert '"value": "hostelería"' in json.dumps(found[Ids.CHOICES.value], ensure_ascii=False)
    opened = json.dumps(found[Ids.DRAWER.value], ensure_ascii=False)
    for part in ("hostelería frente a industrial", "¿De dónde sale?"):
        assert part in opened
    plain = drawn(client)
    assert plain[Ids.CHOICES.value]["children"] == plain[Ids.BEHIND.value]["children"] == []


def test_the_file_of_a_comparison_holds_both_sides(client: FlaskClient, services: Services) -> None:
    text = client.get("/download/journey.csv?lang=es&versus=segment&a=hostelería&b=industrial").get_data(as_text=True)
    assert "hostelería frente a industrial" in text
    assert "Respuestas: B industrial" in text
    asked = Asked(versus=Versus.VALUE, sides=Sides("segment", "hostelería", "industrial"))
    found = read_journey(services, services.state(), ADMINISTRATOR, asked).comparison
    assert found is not None
    enough = found.cells.drop_nulls("change").height
    assert enough
    assert sum(line.count(",") == 9 for line in text.splitlines()) == enough + 1
    assert client.get("/download/journey.xlsx?versus=year&lang=en").status_code == 200


def test_a_side_may_be_called_as_a_column_is() -> None:
    own = copy(demo())
    for key, name in (("hostelería", "Momento"), ("industrial", "Desde")):
        rename_member(own, ADMINISTRATOR, "segment", key, name)
    with create_app(own, is_testing=True).server.test_client() as client:
        file = client.get("/download/journey.csv?lang=es&versus=segment&a=hostelería&b=industrial")
    assert file.status_code == 200
    assert file.get_data(as_text=True).lstrip("\ufeff").startswith("Momento,Fila,A Momento,")


def test_the_address_chooses_and_is_written_back() -> None:
    assert chosen_in("?measure=gap&cell=A&of=B&x=1") == {"measure": "gap", "cell": "A", "of": "B"}
    assert query_of(Asked(filters({"team": ["a&b"]}), measure=Measure.GAP)) == "team=a%26b&pivot=segment&measure=gap"


def test_the_file_holds_the_cells_that_may_be_shown(client: FlaskClient, services: Services) -> None:
    text = client.get("/download/journey.csv?lang=es&pivot=team").get_data(as_text=True)
    assert "Transporte" in text
    found = read_journey(services, services.state(), ADMINISTRATOR, Asked(pivot="team"))
    enough = found.cells.filter(found.cells["n"] >= 10).height
    assert sum(line.count(",") == 5 for line in text.splitlines()) == enough + 1
    assert client.get("/download/journey.xlsx").status_code == 200
