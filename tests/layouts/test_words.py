"""Both catalogues say the same things, every key is used, and numbers, days and plurals follow the language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from callbacks.scoreboard import FILTERED
from callbacks.undertaking import TOLD_OF
from dashboard.actions import ActionState
from dashboard.calibration import Badge
from dashboard.catalogue import STARTERS, Trade
from dashboard.changes import Verdict
from dashboard.commitments import WEIGHTS, Missing, Origin, Reach, Side, Stage, Teller
from dashboard.commitments import Step as Stride
from dashboard.corrections import SAID
from dashboard.erasure import Known
from dashboard.evidence import Proof
from dashboard.filters import DIMENSIONS
from dashboard.goal import Vote, Word
from dashboard.improvements import Move
from dashboard.indicators import Cadence, Direction, Kind, Posture, Week
from dashboard.journey import Lack, Order
from dashboard.journey_cells import Measure
from dashboard.journey_comparison import Versus
from dashboard.meetings import MeetingState
from dashboard.permissions import Capability, Role
from dashboard.screens import Preset, Scene, Theme
from dashboard.starters import STARTERS as THEMES
from dashboard.steps import Change, Depth, Horizon, Route, Step, Verb
from dashboard.studies import Method
from dashboard.voice import Mood, Outcome
from data.imports import ImportState
from data.ingest.raw import Reason
from data.ledger_rows import GROUPS
from layouts.audit import NOUNS, VERBS, slug
from layouts.commitment_grid import COLUMNS, COUNTED, STATES
from layouts.erasure import ERASED
from layouts.reliance import COLUMNS as RELIED
from layouts.settings import EDITED
from layouts.sources import ROLES, UNITS
from layouts.words import FOLDER, LANGUAGES, MINUS, NARROW, Words, words_of
from tests.boards import EN, ES

ROOT = Path(__file__).resolve().parents[2]
STAGES = (
    *("waiting", "reading", "checking", "checked", "storing", "computing", "publishing", "judging", "done"),
    *("searching", "erasing", "cleaning"),
)
TOLD_OF_MEMBERS = ("renamed", "was_merged", "unmerged", "ordered", "added")

FAMILIES: dict[str, tuple[str, ...]] = {
    "accounts.column_{}": ("person", "last", "day", "mean", "worst", "answers"),
    "action.{}": tuple(ActionState),
    "audit.{}": ("who", "verb", "noun", "which", "when", "detail"),
    "audit.noun_{}": tuple(map(slug, NOUNS)),
    "audit.verb_{}": tuple(map(slug, VERBS)),
    "badge.{}": tuple(Badge),
    "capability.{}": tuple(Capability),
    "cadence.{}": tuple(Cadence),
    "change.{}": ("up", "down", "same", *Change),
    "depth.{}": tuple(Depth),
    "commitments.col_{}": ("what", "owner", "whom", "when", "sides", "gap", "state"),
    "grid.{}": ("key", *COLUMNS, *GROUPS, "noRowsToShow", "loadingOoo", "filterOoo"),
    "grid.count_{}": COUNTED,
    "grid.state_{}": STATES,
    "missing.{}": tuple(Missing),
    "origin.{}": tuple(Origin),
    "promising.weight{}": tuple(map(str, WEIGHTS)),
    "reach.{}": tuple(Reach),
    "side.{}": tuple(Side),
    "stage_of.{}": tuple(Stage),
    "teller.{}": tuple(Teller),
    "day.{}": tuple("0123456"),
    "dimension.{}": DIMENSIONS,
    "door.{}": ("name", "password", "new_password", "code", "screen_name"),
    "erasure.erased_{}": ERASED,
    "erasure.{}": tuple(Known),
    "direction.{}": tuple(one.name.lower() for one in Direction),
    "effect.{}": tuple(Method),
    "effect.how_{}": tuple(Method),
    "evidence.effect_{}": ("more", "more_share", "less", "less_share"),
    "evidence.lack_{}": ("flat", "answers"),
    "evidence.pooled_{}": tuple(Proof),
    "evidence.{}": tuple(Proof),
    "filters.{}": ("since", "until"),
    "format.{}": ("comma", "semicolon", "tab", "bar", "other", "excel", "parquet"),
    "horizon.{}": tuple(Horizon),
    "improvements.lane_{}": tuple(Horizon),
    "improvements.{}": (
        *("slow", "forgotten", "untold", "late_ones", "external", "internal", "yes", "no"),
        *("owner", "team", "route", "verb", "depth", "change", "cause", "preference", "pillar", "moments", "whom"),
        *("with_customers", "horizon"),
    ),
    "import.{}": tuple(ImportState),
    "journey.by_{}": ("measure", "pivot", "order", "versus"),
    "journey.change_{}": ("real", "possible", "noise"),
    "journey.column_{}": (
        *("moment", "weighs", "stated", "lived", "gap", "parts", "worst", "best", "width"),
        *("difference", "interval", "verdict"),
    ),
    "journey.differs_{}": tuple(Verdict),
    "journey.order_{}": tuple(Order),
    "journey.side_{}": ("a", "b", "from", "to"),
    "journey.versus_{}": tuple(Versus),
    "kind.{}": tuple(Kind),
    "lack.{}": tuple(Lack),
    "mood.{}": tuple(Mood),
    "outcome.{}": tuple(Outcome),
    "measure.{}": tuple(Measure),
    "language.{}": LANGUAGES,
    "move.{}": tuple(move for move in Move if move is not Move.FORWARD),
    "meeting.block_{}": tuple("1234"),
    "meeting.column_{}": (
        *("owner", "action", "date", "result", "tells"),
        *("moves", "witness", "obstacle", "remover"),
    ),
    "meeting.did_{}": TOLD_OF,
    "meeting_state.{}": tuple(MeetingState),
    "method.{}": ("goal", "leads", "kept", "held"),
    "method.no_{}": ("met", "kept", "held"),
    "method.part_{}": ("met", "kept", "held"),
    "peer.{}": ("is_voice", "is_ambassador", "shows_name"),
    "people.{}": ("off", "in", "invited"),
    "preset.{}": tuple(Preset),
    "posture.{}": tuple(Posture),
    "reason.{}": tuple(Reason),
    "role.{}": ROLES,
    "roles.{}": tuple(role.name.lower() for role in Role),
    "route.{}": tuple(Route),
    "reliance.col_{}": RELIED,
    "said.{}": SAID,
    "scene.{}": tuple(Scene),
    "screens.{}": tuple(Theme),
    "settings.add_{}": EDITED,
    "settings.{}": TOLD_OF_MEMBERS,
    "settings.{}s": EDITED,
    "sources.column_{}": ("name", "example", "role", "read"),
    "sources.step{}": ("1", "2", "3", "4"),
    "sources.unit_{}": UNITS,
    "step.{}": (*Step, *Stride),
    "step.{}_asks": tuple(Step),
    "stage.{}": STAGES,
    "starter.{}_name": tuple(one.key for one in STARTERS),
    "starter.{}_avoids": tuple(one.key for one in STARTERS),
    "starter.{}_belief": tuple(one.key for one in STARTERS),
    "table.{}": (
        *("when", "source", "file", "accepted", "rejected", "period", "state"),
        *("id", "rows", "week", "low", "high", "answers", "answer", "share"),
        *("dimension", "key", "name", "merged"),
        *("team", "indicator", "unit", "value", "target"),
        *("moment", "row", "day", "words", "inbox", "outcome", "reason"),
        *("improvement", "route", "step", "owner", "due", "born", "launched"),
        *("action", "moves", "preference", "agreed", "carried", "moved", "told"),
    ),
    "theme.{}": tuple(theme.key for theme in THEMES),
    "trade.{}": tuple(Trade),
    "verb.{}": tuple(Verb),
    "verdict.{}": tuple(Verdict),
    "vote.{}": tuple(Vote),
    "week.{}": tuple(Week),
    "word.{}": tuple(Word),
}
"""Keys that the code puts together: their pattern and the values that may be put in."""


def messages(language: str) -> dict[str, Message]:
    """Return the messages of a catalogue by key."""
    with (FOLDER / language / "LC_MESSAGES" / "marcador.po").open("rb") as file:
        found = read_po(file, locale=language)
    return {key(message): message for message in found if message.id}


def key(message: Message) -> str:
    """Return the key of a message: of one with plural forms, the first."""
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    """Return every text of a message."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def placeholders(text: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def sources() -> Iterator[ast.Module]:
    """Yield every module that may speak."""
    for folder in ("layouts", "callbacks"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield ast.parse(path.read_text(encoding="utf-8"))


def called_keys() -> tuple[set[str], set[str]]:
    """Return the keys given to `t(…)` and the patterns of those that are put together."""
    plain, patterns = set(), set()
    for module in sources():
        for node in ast.walk(module):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            if not (isinstance(node.func, ast.Name) and node.func.id == "t"):
                continue
            first = node.args[0]
            if isinstance(first, ast.Constant):
                plain.add(str(first.value))
            elif isinstance(first, ast.JoinedStr):
                patterns.add("".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in first.values))
    return plain, patterns


def literals() -> set[str]:
    """Return every text in the code that could be a key."""
    nodes = (node for module in sources() for node in ast.walk(module))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_both_catalogues_have_the_same_keys() -> None:
    assert set(messages("es")) == set(messages("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_and_plurals_have_both_forms(language: str) -> None:
    for name, message in messages(language).items():
        assert all(text.strip() for text in forms(message)), name
        assert len(forms(message)) == (1 if isinstance(message.id, str) else 2), name
        assert not message.fuzzy, name


def test_placeholders_and_plural_forms_agree() -> None:
    english = messages("en")
    for name, message in messages("es").items():
        other = english[name]
        assert isinstance(message.id, str) == isinstance(other.id, str), name
        every = [placeholders(text) for text in (*forms(message), *forms(other))]
        assert all(found == every[0] for found in every[1:]) or "n" in set.union(*every), name
        assert set.union(*map(placeholders, forms(message))) == set.union(*map(placeholders, forms(other))), name


def test_every_pattern_of_keys_is_declared() -> None:
    _, patterns = called_keys()
    assert patterns <= set(FAMILIES)


def test_no_key_is_missing() -> None:
    plain, patterns = called_keys()
    built = {name.format(value) for name in patterns & set(FAMILIES) for value in FAMILIES[name]}
    assert plain | built <= set(messages("es"))


def test_no_key_is_unused() -> None:
    _, patterns = called_keys()
    built = {name.format(value) for name in patterns & set(FAMILIES) for value in FAMILIES[name]}
    used = literals() | built
    assert set(messages("es")) - used == set()


def test_filtered_dimensions_have_names() -> None:
    assert all(ES(f"dimension.{name}") and EN(f"dimension.{name}") for name in FILTERED)


def test_spanish_speaks_the_words_of_the_house() -> None:
    every = " ".join(text for message in messages("es").values() for text in forms(message)).lower()
    for forbidden in ("ruido", "invitados", " meta ", "casualidad.)", "usted"):
        assert forbidden not in every, forbidden
    assert not re.search(r"\bn\s*=\s*\d", every)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nps_never_carries_per_cent(language: str) -> None:
    for name, message in messages(language).items():
        for text in forms(message):
            assert not re.search(r"NPS[^.·:]*\{\w+\}\s*%", text), name
            assert not re.search(r"\{(points|low|high|objective|target|start|now)\}\s*%", text), name


def test_a_missing_key_is_an_error_and_not_a_blank() -> None:
    with pytest.raises(KeyError):
        ES("no.such.key")


def test_words_of_an_unknown_language_fall_back() -> None:
    assert words_of("fr", "en") == Words("en")
    assert words_of(None, "de") == Words("es")
    assert words_of("../../etc") == Words("es")


def test_counts_follow_the_language() -> None:
    assert ES.count(1234567) == "1.234.567"
    assert EN.count(1234567) == "1,234,567"
    assert ES.count(1234) == "1.234"


def test_points_follow_the_language() -> None:
    assert ES.points(41.25, 1) == "41,3"
    assert EN.points(41.25, 1) == "41.3"
    assert ES.points(-7.0) == f"{MINUS}7"
    assert ES.points(1234.5, 1) == "1.234,5"
    assert EN.points(1234.5, 1) == "1,234.5"
    assert ES.points(None) == "sin datos"
    assert EN.points(None) == "no data"


@pytest.mark.parametrize("points", [-0.0, -0.2, -0.49, 0.0, 0.3])
def test_minus_zero_is_never_shown(points: float) -> None:
    for t in (ES, EN):
        assert t.points(points) == "0"
        assert t.points(points, signed=True) == "0"
    assert ES.points(-0.04, 1) == "0,0"


def test_signs_are_shown_where_asked() -> None:
    assert ES.points(3, signed=True) == "+3"
    assert ES.points(-3, signed=True) == f"{MINUS}3"


def test_shares_carry_per_cent_as_each_language_writes_it() -> None:
    assert ES.share(0.384) == f"38{NARROW}%"
    assert EN.share(0.384) == "38%"
    assert ES.share(0.0384, 1) == f"3,8{NARROW}%"
    assert ES.share(None) == "sin datos"
    assert "%%" not in ES.share(1.0) + EN.share(1.0)


def test_probability_is_never_surer_than_one_in_twenty() -> None:
    assert EN.probability(0.003) == "<5%"
    assert EN.probability(0.999) == ">95%"
    assert EN.probability(0.62) == "60%"
    assert ES.probability(0.33) == f"35{NARROW}%"


def test_days_follow_the_language() -> None:
    day = date(2026, 12, 31)
    assert ES.day(day) == "31 de diciembre"
    assert ES.day(day, weekday=True, year=True) == "jueves 31 de diciembre de 2026"
    assert EN.day(day, year=True) == "31 December 2026"
    assert ES.short_day(day) == "31 dic"
    assert EN.short_day(day, year=True) == "31 Dec 2026"
    assert ES.month_of(day) == "dic 2026"
    assert ES.month(day) == "diciembre"


def test_times_are_told_in_the_zone_of_the_company() -> None:
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert ES.time(noon, ZoneInfo("Europe/Madrid")) == "14:00"
    assert EN.time(noon, ZoneInfo("Atlantic/Canary")) == "13:00"
    assert ES.moment(noon, ZoneInfo("Europe/Madrid")) == "1 jul 2026, 14:00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_agree_with_their_number(language: str) -> None:
    t = Words(language)
    for name, message in messages(language).items():
        if isinstance(message.id, str):
            continue
        needed = set.union(*map(placeholders, forms(message))) - {"n"}
        values = dict.fromkeys(needed, "x")
        assert t(name, n=1, **values) == forms(message)[0].format(n="1", **values)
        assert t(name, n=0, **values) == forms(message)[1].format(n="0", **values)
        assert t(name, n=5284, **values) == forms(message)[1].format(n=t.count(5284), **values)


def test_lists_are_joined_in_words() -> None:
    assert ES.listed(["Almacén", "Ventas"]) == "Almacén y Ventas"
    assert EN.listed(["Almacén", "Ventas"]) == "Almacén and Ventas"


def test_what_a_person_wrote_is_put_in_as_it_is() -> None:
    assert ES("common.quoted", words="{n} {0} {words!r}") == "«{n} {0} {words!r}»"
