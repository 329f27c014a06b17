"""What leaves a meeting: minutes as PDF and Markdown, and each owner's calendar."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from flask import Flask, Response, abort

from callbacks.api import file
from callbacks.asked import scope, words
from callbacks.gate import needs
from dashboard.actions import Action
from dashboard.meetings import MeetingError
from dashboard.permissions import Capability, check_can_meet
from data.database import reading
from data.documents import Appointment, ics_bytes, pdf_bytes
from data.indicators import read_indicators
from data.meetings import read_actions, read_peers
from data.minutes import read_minutes
from data.services import Services
from layouts.minutes import markdown, told
from layouts.words import Words

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "assets" / "vendor"
TEMPLATES = ROOT / "layouts" / "typst"


def install_papers(server: Flask, services: Services) -> None:
    """Add the routes."""

    @server.get("/download/minutes/<int(max=2147483647):meeting_id>.<kind>")
    @needs(Capability.MEET)
    def minutes(meeting_id: int, kind: str) -> Response:
        if kind not in ("pdf", "md"):
            abort(404)
        state = services.state()
        t = words(state)
        try:
            found = read_minutes(services, state, scope(), meeting_id)
        except MeetingError:
            abort(404)
        name = f"marcador-{found.meeting.week}-{meeting_id}.{kind}"
        if kind == "md":
            return file(markdown(t, found).encode(), "text/markdown; charset=utf-8", name)
        return file(pdf_bytes(TEMPLATES / "minutes.typ", told(t, found), FONTS), "application/pdf", name)

    @server.get("/download/agenda/<int(max=2147483647):peer_id>.ics")
    @needs(Capability.MEET)
    def agenda(peer_id: int) -> Response:
        found = calendar_of(services, words(services.state()), peer_id)
        if found is None:
            abort(404)
        return file(found, "text/calendar; charset=utf-8", f"marcador-{peer_id}.ics")


def calendar_of(services: Services, t: Words, peer_id: int) -> bytes | None:
    """Return the calendar of what somebody owes, None when nobody has that number.

    Raises
    ------
    NotAllowedError
        When the asker does not sit at their table.
    """
    with reading(services.database) as connection:
        peer = next((one for one in read_peers(connection) if one.peer_id == peer_id), None)
        actions = read_actions(connection)
        indicators = {one.indicator_id: one.name for one in read_indicators(connection, with_retired=True)}
    if peer is None:
        return None
    check_can_meet(scope(), peer.team)
    mine = [one for one in actions if one.is_open and one.owner_id == peer_id]
    appointments = [
        Appointment(
            f"action-{one.action_id}",
            one.due,
            one.text,
            aim_of(t, one, indicators),
            one.agreed_on,
            one.version,
        )
        for one in mine
    ]
    return ics_bytes(t("minutes.calendar", who=peer.name), appointments)


def aim_of(t: Words, action: Action, indicators: Mapping[int, str]) -> str:
    """Return what an action moves and, where it says so, which preference of the customer it serves."""
    told = [t("minutes.moves", name=indicators.get(action.indicator_id or 0, action.moment))]
    told += [t("action.serves", preference=action.preference)] if action.preference else []
    return " · ".join(told)
