"""What the demo's improvements changed is found, and what they did not is not."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest

from dashboard.changes import Verdict
from dashboard.improvements import TOO_MANY_PATCHES, patches_on
from dashboard.periods import WEEK, week_of
from dashboard.steps import Horizon, Route
from dashboard.studies import study
from data.database import reading
from data.demo.company import SIZES
from data.demo.improvements import CARDS, COUNTED, cards, counts
from data.improvements import read_activities, read_improvements
from data.services import Services
from data.studies import read_studies, told_weeks
from data.writes.demo import make_demo, remove_demo
from tests.data.stores import ADMINISTRATOR

TODAY = date(2026, 11, 22)


def test_twenty_cards_stand_on_every_kind_of_place() -> None:
    every = cards(SIZES["normal"], TODAY)
    assert len(every) == len(CARDS) == 20
    assert set(Counter(one.route for one in every)) == set(Route)
    assert len({one.step for one in every if one.horizon is Horizon.MEDIUM_TERM}) >= 7
    assert any(one.is_dropped for one in every) and any(one.is_slow_win(TODAY) for one in every)
    assert any(one.is_forgotten(TODAY) for one in every) and any(one.is_late(TODAY) for one in every)
    assert max(patches_on(one.cause, every) for one in every) == TOO_MANY_PATCHES


def test_what_was_hidden_is_found_and_what_was_not_is_not(services: Services) -> None:
    make_demo(services, ADMINISTRATOR)
    with reading(services.database) as connection:
        every = {one.improvement_id: one for one in read_improvements(connection)}
        assert len(read_activities(connection)) == 3
    truth = json.loads((services.home / "demo.json").read_text(encoding="utf-8"))["improvements"]
    found = {every[key].name: seen for key, seen in read_studies(services, services.state(), ADMINISTRATOR).items()}
    for name, step in truth["effects"].items():
        effect = found[name].effect
        assert effect is not None and effect.verdict is Verdict.REAL
        assert effect.interval[0] <= step <= effect.interval[1]
    for name in truth["nothing"]:
        effect = found[name].effect
        assert effect is not None and effect.verdict is Verdict.CHANCE
        assert effect.interval[0] <= 0 <= effect.interval[1]
    remove_demo(services, ADMINISTRATOR)
    with reading(services.database) as connection:
        assert read_improvements(connection) == () and read_activities(connection) == ()


@pytest.mark.parametrize("name", list(COUNTED))
def test_over_many_companies_the_margin_holds_the_truth_as_often_as_it_says(name: str) -> None:
    size = SIZES["normal"]
    card = next(one for one in cards(size, TODAY) if one.name == name)
    lived, last = card.piloted, week_of(TODAY) - WEEK
    assert lived is not None
    hits = 0
    for seed in range(120):
        weeks = told_weeks(dict(counts(seed, size, TODAY, card)), week_of(lived) - 26 * WEEK, last)
        effect = study(weeks, None, lived, card.decided, last).effect
        assert effect is not None
        hits += effect.interval[0] <= COUNTED[name].step <= effect.interval[1]
    assert hits >= 0.86 * 120
