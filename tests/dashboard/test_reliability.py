"""How reliable each team is, with little to go by."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.reliability import SURELY_BELOW, Reliability, reliability

TEAMS = st.lists(st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=12)
Teams = list[tuple[int, int]]


def of(teams: Teams) -> Reliability:
    return reliability(pl.DataFrame(teams, schema={"kept": pl.Int64, "promised": pl.Int64}, orient="row"))


@given(TEAMS)
def test_a_score_lies_between_what_the_team_did_and_what_teams_are_like(teams: Teams) -> None:
    result = of(teams)
    assert 0 < result.mean < 1
    assert 0 < result.resemblance < 1
    for (kept, promised), score, low, high, below in zip(
        teams, *(result.teams[name] for name in ("score", "low", "high", "chance_below")), strict=True
    ):
        ends = sorted([kept / promised if promised else result.mean, result.mean])
        assert ends[0] - 1e-9 <= score <= ends[1] + 1e-9
        assert 0 <= low <= high <= 1
        assert 0 <= below <= 1


@pytest.mark.parametrize(
    "teams",
    [
        [],
        [(3, 5)] * 4,
        [(5, 5)] * 6,
        [(0, 5)] * 6,
        [(0, 0)] * 6,
        [(50, 100)] * 8,
        [(9, 9), (0, 7), (8, 8), (0, 6), (5, 5), (0, 9)],
    ],
)
def test_teams_that_do_not_tell_how_they_differ_get_the_assumed_prior(teams: Teams) -> None:
    result = of(teams)
    kept, promised = sum(k for k, _ in teams), sum(n for _, n in teams)
    assert result.is_assumed
    assert result.alpha + result.beta == pytest.approx(10)
    assert result.mean == pytest.approx((kept + 1) / (promised + 2))


def test_what_teams_are_like_is_found_again() -> None:
    random = np.random.default_rng(4)
    teams = [(int(random.binomial(200, random.beta(8, 2))), 200) for _ in range(400)]
    result = of(teams)
    assert not result.is_assumed
    assert result.alpha == pytest.approx(8, rel=0.15)
    assert result.beta == pytest.approx(2, rel=0.15)


def test_few_promises_are_drawn_further_and_never_surely_worse() -> None:
    result = of([(18, 20), (27, 30), (40, 45), (11, 12), (22, 26), (0, 1), (2, 40)])
    few, many = result.teams["score"].to_list()[-2:]
    below = result.teams["chance_below"].to_list()
    assert few > many
    assert below[-2] < SURELY_BELOW < below[-1]


def test_more_kept_than_promised_is_refused() -> None:
    with pytest.raises(ValueError, match="between none and all"):
        of([(6, 5)])
