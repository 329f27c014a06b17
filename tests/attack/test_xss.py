"""Markup in every text that a person can write, looked at in a real browser by everybody who sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from dashboard.actions import Action, ActionState, Answer
from dashboard.commitments import Commitment, Opinion, Side, Step, Teller
from dashboard.goal import Goal
from dashboard.meetings import Obstacle
from dashboard.organisation import Organisation
from dashboard.permissions import Role
from dashboard.screens import Look
from dashboard.voice import Heard, Mood, Outcome, Verdict
from data.services import Services
from data.writes.actions import agree_action, answer_action
from data.writes.commitments import Taken, promise, take_step
from data.writes.goals import set_goal
from data.writes.meetings import attend, open_meeting
from data.writes.members import rename_member
from data.writes.moments import keep_moment
from data.writes.obstacles import raise_obstacle
from data.writes.organisation import save_organisation
from data.writes.peers import add_peer
from data.writes.people import invite
from data.writes.screens import add_screen
from data.writes.voice import decide, hear
from tests.browser.looking import new_context
from tests.browser.serving import Served
from tests.callbacks.doorway import ADMINISTRATOR, PASSWORD, add_person
from tests.homes import add_survey, csv_of, open_home

PAYLOADS = [
    "<img src=x onerror=hacked()>",
    "<script>hacked()</script>",
    "'-hacked()-'",
    "</title><svg onload=hacked()>",
    "[x](javascript:hacked())",
    "{{constructor.constructor('hacked()')()}}",
    "javascript:hacked()",
]


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """A home where every text is an attack."""
    services: Services = open_home(sign_in="required")
    words = " ".join(PAYLOADS)
    scores = [10, 9, 8, 3, 2] * 12
    rows = [f'2026-11-12,{score},"{words}","{PAYLOADS[place % 7]}",C{place}' for place, score in enumerate(scores)]
    add_survey(services, "\n".join(["date,score,words,team,account", *rows]) + "\n")
    add_survey(services, csv_of([10] * 40, team=PAYLOADS[1], words=PAYLOADS[0]), source="<b>fuente</b>")
    organisation = services.state().organisation
    named = Organisation(PAYLOADS[0], organisation.language, organisation.zone, PAYLOADS[2], organisation.version)
    save_organisation(services, ADMINISTRATOR, named)
    rename_member(services, ADMINISTRATOR, "team", PAYLOADS[1], PAYLOADS[3])
    set_goal(services, ADMINISTRATOR, Goal(0, 10, 45, date(2026, 8, 1), date(2026, 12, 31), why=PAYLOADS[4]))
    invite(services, ADMINISTRATOR, PAYLOADS[0], Role.VIEWER)
    add_screen(services, ADMINISTRATOR, Look(PAYLOADS[0], PAYLOADS[3]))
    keep_moment(services, ADMINISTRATOR, PAYLOADS[5], PAYLOADS[0], None)
    heard = Heard(PAYLOADS[0], Mood.DISLIKE, PAYLOADS[1], PAYLOADS[5], PAYLOADS[0], PAYLOADS[3])
    decide(services, ADMINISTRATOR, hear(services, ADMINISTRATOR, heard), Verdict(Outcome.DO, PAYLOADS[1], PAYLOADS[2]))
    meet(services)
    texts = dict.fromkeys(("owner", "account", "words", "conditions", "announced", "exposure"), words[:190])
    nasty = Commitment(0, PAYLOADS[1], PAYLOADS[0], date(2026, 11, 1), due=date(2026, 11, 2), is_public=True, **texts)
    number = promise(services, ADMINISTRATOR, nasty, [Opinion(PAYLOADS[1], Side.LIVED, 5, Teller.CUSTOMER, nasty.made)])
    take_step(services, ADMINISTRATOR, number, 1, Taken(Step.DELIVER, date(2026, 11, 9), words=PAYLOADS[3]))
    with Served(services) as found:
        yield found


def meet(services: Services) -> None:
    """Hold a meeting where everything that can be typed is an attack."""
    team, today = PAYLOADS[1], services.state().today
    peer = add_peer(services, ADMINISTRATOR, team, PAYLOADS[0], is_voice=True, is_ambassador=True, shows_name=True)
    meeting = open_meeting(services, ADMINISTRATOR, team)
    attend(services, ADMINISTRATOR, meeting, peer, is_here=True)
    action = Action(0, team, PAYLOADS[3], peer, today + timedelta(days=5), today, moment=PAYLOADS[5])
    number = agree_action(services, ADMINISTRATOR, action)
    answer_action(services, ADMINISTRATOR, number, 1, Answer(ActionState.DONE, PAYLOADS[0]))
    agree_action(services, ADMINISTRATOR, replace(action, text=PAYLOADS[0]))
    obstacle = Obstacle(0, team, team, PAYLOADS[1], today, peer, today + timedelta(days=5))
    raise_obstacle(services, ADMINISTRATOR, obstacle)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MANAGER, Role.VIEWER])
def test_no_text_of_a_person_ever_runs(browser: Any, served: Served, role: Role) -> None:
    context = new_context(browser)
    ran: list[str] = []
    context.expose_function("hacked", lambda *_: ran.append("ran"))
    page = context.new_page()
    page.on("dialog", lambda dialog: (ran.append("dialog"), dialog.dismiss()))
    page.goto(f"{served.url}/sign-in?next=/{quote(PAYLOADS[0])}")
    page.fill("#name", add_person(served.services, role))
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    paths = ["/", "/wall", "/wall?preset=inner&scene=voice", "/score", "/sources", "/settings", "/people", "/screens"]
    paths += ["/commitments", "/commitments?open=1", "/wall?scene=commitments", "/promises"]
    paths += [
        "/journey",
        f"/meeting?team={quote(PAYLOADS[1])}",
        "/plan",
        "/wall?preset=inner&scene=done",
        "/voice",
        "/hear",
        f"/accounts?account={quote(PAYLOADS[0])}",
        f"/voice?words={quote(PAYLOADS[1])}",
    ]
    paths += [f"/?team={quote(PAYLOADS[0])}", f"/{quote(PAYLOADS[0])}", f"/join/{quote(PAYLOADS[1], safe='')}"]
    for path in paths:
        page.goto(served.url + path)
        page.wait_for_load_state("networkidle")
        for details in page.locator("details > summary").all()[:8]:
            if details.is_visible():
                details.click()
        assert page.locator("img[src=x]").count() == 0, path
        assert ran == [], path
    context.close()
