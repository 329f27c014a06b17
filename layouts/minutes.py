"""Minutes on paper: one telling of them, written as Markdown and handed to the template of the PDF."""

from __future__ import annotations

import re
from typing import Any

from dashboard.actions import Action, ActionState
from dashboard.meetings import ObstacleState
from dashboard.minutes import Minutes
from layouts.agenda import SHAPES
from layouts.words import Words

TONES = {
    ActionState.DONE: "good",
    ActionState.PARTLY: "fair",
    ActionState.NOT_DONE: "bad",
}
SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&])")


def told(t: Words, minutes: Minutes) -> dict[str, Any]:
    """Return the minutes in words, as plain JSON: a head, what customers said, and tables with their titles."""
    meeting = minutes.meeting
    facts = [
        t("meeting.attend", here=len(minutes.here), n=minutes.seats),
        t("minutes.lasted", n=meeting.minutes) if meeting.minutes is not None else "",
        t("meeting.done_of", done=minutes.done, n=len(minutes.said)),
        t("meeting.kept_weeks", share=t.share(minutes.kept.share)) if minutes.kept.due else "",
    ]
    return {
        "language": t.language,
        "title": t("minutes.title"),
        "team": minutes.name or t("meeting.common"),
        "day": t.day(minutes.sitting.day, weekday=True, year=True),
        "facts": [fact for fact in facts if fact],
        "here": t("minutes.here", names=t.listed(list(minutes.here))) if minutes.here else t("minutes.nobody"),
        "boss": t("meeting.boss"),
        "quotes": [
            {
                "words": t("common.quoted", words=one.words),
                "where": " · ".join(part for part in (_score(t, one.recommend), one.moment or "") if part),
                "tone": "fair" if one.recommend in (None, 7, 8) else "good" if (one.recommend or 0) >= 9 else "bad",
            }
            for one in minutes.quotes
        ],
        "tables": [table for table in (_said(t, minutes), _agreed(t, minutes), _path(t, minutes)) if table["rows"]],
        "typed": [
            t("minutes.typed", indicator=one.indicator, value=t.amount(one.value, one.unit), week=t.short_day(one.week))
            for one in minutes.typed
        ],
        "typed_title": t("minutes.typed_title"),
        "foot": t("minutes.foot"),
    }


def _score(t: Words, recommend: int | None) -> str:
    return t("meeting.of_ten", score=recommend) if recommend is not None else ""


def _said(t: Words, minutes: Minutes) -> dict[str, Any]:
    names = ("owner", "action", "date", "result", "tells")
    return {
        "title": t("meeting.block_2"),
        "columns": [t(f"meeting.column_{name}") for name in names],
        "rows": [
            [
                minutes.owner(one),
                _with_counts(t, one),
                t.week_day(one.due),
                f"{SHAPES[one.state]} {t(f'action.{one.state.value}')}",
                one.told,
            ]
            for one in minutes.said
        ],
        "tones": [TONES.get(one.state, "plain") for one in minutes.said],
    }


def _with_counts(t: Words, action: Action) -> str:
    counts = [t("action.carried", n=action.carried)] if action.carried else []
    counts += [t("action.moved", n=action.moves)] if action.moves else []
    served = [t("action.serves", preference=action.preference)] if action.preference else []
    text = " · ".join([action.text, *served])
    return f"{text} ({', '.join(counts)})" if counts else text


def _agreed(t: Words, minutes: Minutes) -> dict[str, Any]:
    names = ("owner", "action", "date", "moves", "witness")
    return {
        "title": t("minutes.agreed"),
        "columns": [t(f"meeting.column_{name}") for name in names],
        "rows": [
            [
                minutes.owner(one),
                _with_counts(t, one),
                t.week_day(one.due),
                minutes.moves(one),
                minutes.names.get(one.witness_id or 0, ""),
            ]
            for one in minutes.agreed
        ],
        "tones": ["plain"] * len(minutes.agreed),
    }


def _path(t: Words, minutes: Minutes) -> dict[str, Any]:
    names = ("obstacle", "remover", "date", "result")
    states = {ObstacleState.OPEN: t("minutes.open"), ObstacleState.CLEARED: f"✓ {t('minutes.cleared')}"}
    return {
        "title": t("meeting.block_3"),
        "columns": [t(f"meeting.column_{name}") for name in names],
        "rows": [
            [
                one.text,
                minutes.names.get(one.remover_id or 0, t("meeting.unclaimed")),
                t.week_day(one.due) if one.due else "",
                states[one.state],
            ]
            for one in minutes.obstacles
        ],
        "tones": ["good" if one.state is ObstacleState.CLEARED else "plain" for one in minutes.obstacles],
    }


def markdown(t: Words, minutes: Minutes) -> str:
    """Return the minutes as Markdown; what people wrote stays text."""
    found = told(t, minutes)
    lines = [f"# {plain(found['title'])}: {plain(found['team'])}", "", f"**{plain(found['day'])}**", ""]
    lines += [plain(" · ".join(found["facts"])), "", plain(found["here"]), ""]
    if found["quotes"]:
        lines += [f"## {plain(found['boss'])}", ""]
        for quote in found["quotes"]:
            lines += [f"> {plain(quote['words'])} {plain(quote['where'])}", ""]
    for table in found["tables"]:
        lines += [
            f"## {plain(table['title'])}",
            "",
            _line(table["columns"]),
            _line(["---"] * len(table["columns"]), ""),
        ]
        lines += [*[_line(row) for row in table["rows"]], ""]
    if found["typed"]:
        lines += [f"## {plain(found['typed_title'])}", "", *[f"- {plain(one)}" for one in found["typed"]], ""]
    return "\n".join([*lines, plain(found["foot"]), ""])


def _line(cells: list[str], signs: str | None = None) -> str:
    return "| " + " | ".join(plain(cell) if signs is None else cell for cell in cells) + " |"


def plain(text: str) -> str:
    """Return a text that Markdown shows as it stands, on one line."""
    return SIGNS.sub(r"\\\1", " ".join(text.split()))
