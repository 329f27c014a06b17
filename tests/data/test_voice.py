"""Whose inbox a comment lies in, and who may read it: by rule, by hand, masked, by site."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from dashboard.erasure import Known, Subject
from dashboard.moments import Duty
from dashboard.permissions import Capability, NotAllowedError, Role, Scope
from dashboard.voice import Heard, Mood, Outcome, Verdict, VoiceError
from data.database import reading
from data.organisation import read_organisation
from data.services import Services
from data.voice import NO_TEAM, Search, one_comment, read_comment, read_stream, read_thanks
from data.writes.erasure import forget
from data.writes.members import merge_member
from data.writes.moments import set_duties
from data.writes.publications import writer_lock
from data.writes.voice import decide, hear, send, tell
from tests.data.stores import ADMINISTRATOR, responses, store

VENTAS, ALMACEN = Scope(Role.CAPTAIN, ("Ventas",), who="Vera"), Scope(Role.MEMBER, ("Almacén",), who="Álex")
ROWS = [
    {"team": "Ventas", "verbatim": "Llámame al 600 123 456", "site": "Getafe", "recommend": 3},
    {"team": None, "moment": "Recibir", "verbatim": "El palé llegó abierto", "recommend": 2},
    {"team": None, "moment": "Pagar", "verbatim": "Bien", "recommend": 9},
    {"team": "Almacén", "verbatim": None},
    {"team": "Almacén", "verbatim": "de dentro", "audience": "internal"},
]


@pytest.fixture
def spoken(services: Services) -> Services:
    """A home with three comments: one of a team, one of a moment that a team answers for, one of nobody."""
    store(services, responses(ROWS))
    set_duties(services, ADMINISTRATOR, "Recibir", {"Almacén": Duty.DIRECT})
    return services


def read(services: Services, scope: Scope = ADMINISTRATOR, **asked: str) -> dict[str, str | None]:
    found = read_stream(services, services.state(), scope, Search(**asked))  # type: ignore[arg-type]  # texts only
    return dict(found.select("verbatim", "inbox").iter_rows())


def test_a_comment_lies_in_the_inbox_that_the_rule_says(spoken: Services) -> None:
    assert read(spoken) == {"Llámame al 600 123 456": "Ventas", "El palé llegó abierto": "Almacén", "Bien": None}
    assert list(read(spoken, inbox="Almacén")) == ["El palé llegó abierto"]
    assert list(read(spoken, inbox=NO_TEAM)) == ["Bien"]
    assert list(read(spoken, words="PALE")) == ["El palé llegó abierto"]


def test_a_team_reads_its_own_inbox_masked(spoken: Services) -> None:
    assert read(spoken, VENTAS) == {"Llámame al •••": "Ventas"}
    assert read(spoken, ALMACEN) == {"El palé llegó abierto": "Almacén"}
    assert read(spoken, VENTAS, inbox="Almacén") == {}
    assert read(spoken, VENTAS, words="600123") == {}, "what is masked cannot be searched for"


@pytest.mark.parametrize(
    "scope", [Scope(Role.KIOSK), Scope(Role.VIEWER), Scope(Role.MANAGER, denied=frozenset({Capability.READ_COMMENTS}))]
)
def test_who_reads_no_comments_gets_none_by_any_question(spoken: Services, scope: Scope) -> None:
    with pytest.raises(NotAllowedError):
        read(spoken, scope)
    with pytest.raises(NotAllowedError):
        one_comment(spoken, spoken.state(), scope, "s:0")


def test_a_site_reads_its_own(spoken: Services) -> None:
    here = Scope(Role.MANAGER, sites=("Getafe",), who="Gema")
    assert list(read(spoken, here)) == ["Llámame al 600 123 456"]
    assert one_comment(spoken, spoken.state(), here, "s:1") is None


def test_a_merged_team_reads_and_answers_what_lies_in_its_inbox(spoken: Services) -> None:
    for old, new in (("Ventas", "Comercial"), ("Almacén", "Logística")):
        merge_member(spoken, ADMINISTRATOR, "team", old, new)
    sales, logistics = Scope(Role.CAPTAIN, ("Comercial",), who="Vera"), Scope(Role.MEMBER, ("Logística",), who="Álex")
    assert read(spoken, sales) == {"Llámame al •••": "Comercial"}
    assert read(spoken, logistics) == {"El palé llegó abierto": "Logística"}
    decide(spoken, sales, "s:0", Verdict(Outcome.DO, "lo prometimos"))
    send(spoken, sales, "s:0", "Almacén")
    assert len(read(spoken, logistics)) == 2, "what was sent to the old name lies there too"
    tell(spoken, logistics, "s:0")


def test_one_comment_is_read_as_in_the_stream(spoken: Services) -> None:
    state = spoken.state()
    words = {"team": "Llámame al •••", "whole": "Llámame al 600 123 456"}
    for scope, shown in ((VENTAS, words["team"]), (ADMINISTRATOR, words["whole"])):
        found = read_comment(spoken, state, scope, "s:0")
        assert found is not None
        assert (found[0]["verbatim"], found[1]) == (shown, words["team"])
    assert read_comment(spoken, state, ALMACEN, "s:0") is None
    assert read_comment(spoken, state, ADMINISTRATOR, "s:3") is None, "an answer without words is no comment"


def test_a_comment_asked_for_by_its_id_leaves_a_note_too(spoken: Services) -> None:
    for scope in (ADMINISTRATOR, VENTAS, ADMINISTRATOR):
        read_comment(spoken, spoken.state(), scope, "s:0")
    with reading(spoken.database) as connection:
        read_by = connection.exec_driver_sql("select who, detail from audit where verb = 'read'").fetchall()
    assert [who for who, _ in read_by] == [ADMINISTRATOR.who]
    assert "s:0" not in str(read_by)


def test_what_is_sent_on_changes_inbox(spoken: Services) -> None:
    send(spoken, VENTAS, "s:0", "Almacén")
    assert read(spoken, VENTAS) == {}
    assert "Llámame al •••" in read(spoken, ALMACEN)
    with pytest.raises(NotAllowedError):
        send(spoken, VENTAS, "s:0", "Ventas")


def test_a_captain_decides_and_a_member_does_not(spoken: Services) -> None:
    decide(spoken, VENTAS, "s:0", Verdict(Outcome.DO, "lo prometimos", "aviso de retraso"))
    row = one_comment(spoken, spoken.state(), ADMINISTRATOR, "s:0")
    assert row is not None
    assert (row["outcome"], row["reason"], row["who"]) == ("do", "lo prometimos", "Vera")
    assert [one.words for one in read_thanks(spoken, spoken.state(), Scope(Role.KIOSK))] == ["aviso de retraso"]
    with pytest.raises(NotAllowedError):
        decide(spoken, ALMACEN, "s:1", Verdict(Outcome.DO, "sí"))
    tell(spoken, ALMACEN, "s:1")
    told = one_comment(spoken, spoken.state(), ADMINISTRATOR, "s:1")
    assert told is not None
    assert told["told_at"] is not None


def test_what_is_heard_is_published_at_once_in_the_teams_inbox(spoken: Services) -> None:
    before = spoken.state()
    hear(
        spoken,
        ALMACEN,
        Heard("  Si llega tarde, que alguien llame ", Mood.DISLIKE, "Almacén", "Esperar", "Hotel", "jefe"),
    )
    assert spoken.state().revision > before.revision
    found = read_stream(spoken, spoken.state(), ALMACEN, Search()).row(0, named=True)
    names = ("verbatim", "kind", "mood", "moment", "account", "role", "inbox", "recommend")
    told = {name: found[name] for name in names}
    assert told == {
        "verbatim": "Si llega tarde, que alguien llame",
        "kind": "implicit",
        "mood": "dislike",
        "moment": "Esperar",
        "account": "Hotel",
        "role": "jefe",
        "inbox": "Almacén",
        "recommend": None,
    }
    with pytest.raises(NotAllowedError):
        hear(spoken, ALMACEN, Heard("x", Mood.LIKE, "Ventas"))


def test_a_forgotten_person_leaves_no_reason_behind(spoken: Services) -> None:
    decide(spoken, ADMINISTRATOR, "s:1", Verdict(Outcome.DO, "Ana lo pidió", "caja de Ana"))
    forget(spoken, ADMINISTRATOR, Subject("s", "1", Known.RESPONSE))
    with reading(spoken.database) as connection:
        assert read_organisation(connection) is not None
        text = str(connection.exec_driver_sql("select * from outcomes").fetchall())
    assert "Ana" not in text
    assert "'s:1'" not in text
    assert "do" in text, "the numbers stay"


def test_nothing_of_a_comment_is_in_the_audit(spoken: Services, tmp_path: Path) -> None:
    del tmp_path
    decide(spoken, ADMINISTRATOR, "s:1", Verdict(Outcome.NO, "CANARY"))
    read(spoken, words="CANARY")
    with reading(spoken.database) as connection:
        text = str(connection.exec_driver_sql("select * from audit").fetchall())
    assert "CANARY" not in text
    assert "s:1" not in text


def test_who_hears_something_does_not_wait_for_a_long_import(spoken: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.writes.voice.PATIENCE", timedelta(seconds=0.1))
    with writer_lock(spoken.home), pytest.raises(VoiceError, match="being imported"):
        hear(spoken, ALMACEN, Heard("x", Mood.LIKE, "Almacén"))
    assert hear(spoken, ALMACEN, Heard("x", Mood.LIKE, "Almacén"))
