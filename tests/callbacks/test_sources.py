"""Data: a file read, answered for, previewed, imported and taken back; and drafts that nobody can bend."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from callbacks.application import create_app
from callbacks.sources import draw_ledger, redrafted
from data.ingest.mapping import MappingError, parse_mapping
from data.jobs import create_job, job_by_id
from data.services import Services
from data.uploads import keep_upload
from data.work import run_job
from layouts import sources as layout
from layouts.ledger import Ids as Ledger
from layouts.sources import UNUSED, Ids
from tests.boards import ES, NASTY
from tests.callbacks.asking import UPDATE, ask, dependencies, outputs_of, split
from tests.homes import add_survey, csv_of, open_home
from tests.trees import assert_only_text, ids, texts

TEXT = "fecha,nota,comentario\n" + "".join(f"2026-11-{1 + n % 20:02d},{n % 11},opinión número {n}\n" for n in range(60))


@pytest.fixture
def no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs run in this very process, which must not be limited for ever."""
    monkeypatch.setattr("data.work.limit_self", lambda *_: None)


def done(services: Services, kind: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Do a job here and return it as the browser gets it."""
    number = create_job(services, kind, payload)
    run_job(services, number)
    found = job_by_id(services, number)
    assert found is not None
    return {"kind": kind, "state": found.state.value, "result": found.result, "message": "", "payload": payload}


def told(client: FlaskClient, job: dict[str, Any], draft: object = None) -> dict[str, Any]:
    """Return what the page becomes after a job."""
    values = {f"{Ids.RESULT}.data": job, f"{Ids.DRAFT}.data": draft}
    answer = ask(client, f"{Ids.STEPS}.children", values)
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.data)["response"]
    return found


def test_from_a_file_to_answers_and_back(no_limits: None) -> None:
    services = open_home()
    name = keep_upload(services.home, io.BytesIO(TEXT.encode()), 1 << 20)
    with create_app(services, is_testing=True).server.test_client() as client:
        payload = {"upload": name, "name": "encuesta.csv"}
        read = told(client, done(services, "suggest", payload))
        draft = read[Ids.DRAFT]["data"]
        assert draft["upload"] == name
        assert [one["role"] for one in draft["columns"]][:2] != ["", ""]
        payload |= {"mapping": draft["mapping"]}
        seen = told(client, done(services, "preview", payload), draft)
        assert "Importar 60 respuestas" in json.dumps(seen, ensure_ascii=False)
        imported = told(client, done(services, "import", payload), draft)
        assert "60 respuestas importadas." in json.dumps(imported, ensure_ascii=False)
        again = told(client, done(services, "import", payload), draft)
        assert "no ha cambiado nada" in json.dumps(again, ensure_ascii=False)
    shown = draw_ledger(services, services.state(), ES)
    assert [one["import"] for one in ids(shown) if isinstance(one, dict)] == [1]


def test_a_job_that_failed_says_why_and_keeps_what_was_there(client: FlaskClient) -> None:
    job = {"kind": "suggest", "state": "failed", "message": NASTY, "result": None, "payload": {}}
    shown = told_alert(client, job)
    assert "No se ha podido" in shown
    assert NASTY in json.loads(json.dumps(shown))


def told_alert(client: FlaskClient, job: dict[str, Any]) -> str:
    """Return the texts of the alert after a job."""
    answer = ask(client, f"{Ids.STEPS}.children", {f"{Ids.RESULT}.data": job})
    found = json.loads(answer.data)["response"]
    assert set(found) == {Ids.ALERT}
    return " ".join(flat(found))


def flat(node: Any) -> list[str]:
    """Return every text of an answer."""
    if isinstance(node, str):
        return [node]
    values = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [text for value in values for text in flat(value)]


def draft(*columns: tuple[str, str, dict[str, Any]]) -> dict[str, Any]:
    """Return a draft as the browser keeps it."""
    told_ = [{"name": name, "example": "1", "role": role, "detail": detail} for name, role, detail in columns]
    return {"columns": told_, "mapping": 'version = 1\nsource = "encuesta"\n'}


def test_what_is_chosen_on_screen_becomes_the_mapping() -> None:
    columns = draft(("f", "date", {"formats": ["?"]}), ("n", "recommend", {}), ("x", "", {}))
    text = redrafted(columns, ["date", "recommend", UNUSED], {"order": "day"})
    assert parse_mapping(text).source == "encuesta"
    assert "%d/%m/%Y" in text
    assert "%m/%d/%Y" in redrafted(columns, ["date", "recommend", None], {"order": "month"})


def test_a_month_completes_a_day() -> None:
    columns = draft(("d", "date", {"part": "day"}), ("n", "recommend", {}))
    text = redrafted(columns, ["date", "recommend"], {"month": "2017-05"})
    assert "2017" in text
    assert 'year = "?"' in redrafted(columns, ["date", "recommend"], {"month": "mayo"}), "asked, never guessed"


def test_a_file_without_dates_takes_one_day() -> None:
    text = redrafted(draft(("n", "recommend", {})), ["recommend"], {"constant": "2026-11-01"})
    assert "2026-11-01" in text
    parse_mapping(text)


def test_names_of_columns_cannot_break_out_of_the_mapping() -> None:
    for name in (NASTY, 'a"\n[dates]\nconstant = "2020-01-01"', "'''", "\\"):
        columns = draft((name, "recommend", {}))
        found = parse_mapping(redrafted(columns, ["recommend"], {"constant": "2026-11-01"}))
        assert found.recommend is not None
        assert found.recommend.column == name


@pytest.mark.parametrize("upload", ["../records.db", "", None, 7, {"x": 1}])
def test_an_upload_of_another_name_starts_a_job_that_says_so(upload: object, no_limits: None) -> None:
    services = open_home()
    job = done(services, "suggest", {"upload": str(upload), "name": "x.csv"})
    assert job["state"] == "failed"


def test_undoing_what_is_not_there_says_so() -> None:
    services = open_home()
    number = add_survey(services, csv_of([9] * 12))
    with create_app(services, is_testing=True).server.test_client() as client:
        for wanted, word in ((number, "deshecho"), (number, "No se ha podido"), (99, "No se ha podido")):
            button = {"type": Ledger.UNDO.value, "import": wanted}
            changed = [f"{json.dumps(button, sort_keys=True, separators=(',', ':'))}.n_clicks"]
            assert word in " ".join(flat(undo(client, button, changed))), wanted


def undo(client: FlaskClient, button: dict[str, Any], changed: list[str]) -> Any:
    """Press the button of an import."""
    one = next(
        found
        for found in dependencies(client)
        if any(split(name)[0] == Ids.ALERT and "@" in name for name in outputs_of(found))
    )
    names = [{"id": split(name)[0], "property": name.rpartition(".")[2]} for name in outputs_of(one)]
    body = {
        "output": one["output"],
        "outputs": names,
        "inputs": [[{"id": button, "property": "n_clicks", "value": 1}]],
        "state": [],
        "changedPropIds": changed,
    }
    return client.post(UPDATE, json=body).json


def test_the_ledger_keeps_names_as_text() -> None:
    services = open_home()
    add_survey(services, csv_of([9] * 12), source=NASTY)
    shown = draw_ledger(services, services.state(), ES)
    assert NASTY in texts(shown)
    assert_only_text(shown, NASTY)


def test_what_is_asked_of_promises_is_answered_on_screen() -> None:
    columns = draft(
        ("p", "due", {"formats": ["?"]}), ("e", "delivered", {"formats": ["?"]}), ("r", "delay", {"unit": "?"})
    )
    shown = texts(layout.understood(ES, {**columns, "how": "comma, utf-8", "rows": 3}, ""))
    assert "¿qué va primero?" in shown
    assert "¿en qué se cuenta?" in shown
    roles = ["due", "delivered", "delay"]
    with pytest.raises(MappingError, match=r"\?"):
        parse_mapping(redrafted(columns, roles, {}))
    meaning = parse_mapping(redrafted(columns, roles, {"order": "day", "unit": "hours"}))
    assert meaning.commitment is not None and meaning.commitment.delivered is not None
    assert (meaning.kind, meaning.commitment.delay_unit) == ("commitments", "hours")
    assert meaning.dates.formats == meaning.commitment.delivered.formats
    assert meaning.dates.formats[0] == "%d/%m/%Y"
    with pytest.raises(MappingError):
        parse_mapping(redrafted(columns, roles, {"order": "day", "unit": NASTY}))


def test_a_file_of_promises_goes_in_by_its_draft_and_leads_to_the_commitments(no_limits: None) -> None:
    orders = "pedido,prometido,entregado,equipo\n" + "".join(
        f"{n},2026-10-{1 + n % 20:02d},2026-10-{1 + n % 25:02d},Ventas\n" for n in range(60)
    )
    services = open_home()
    name = keep_upload(services.home, io.BytesIO(orders.encode()), 1 << 20)
    with create_app(services, is_testing=True).server.test_client() as client:
        payload = {"upload": name, "name": "pedidos.csv"}
        drafted = told(client, done(services, "suggest", payload))[Ids.DRAFT]["data"]
        payload |= {"mapping": drafted["mapping"]}
        seen = json.dumps(told(client, done(services, "preview", payload), drafted), ensure_ascii=False)
        assert "Importar 60 promesas" in seen
        imported = json.dumps(told(client, done(services, "import", payload), drafted), ensure_ascii=False)
        assert "60 promesas importadas." in imported
        assert "/commitments" in imported
