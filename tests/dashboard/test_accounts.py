"""One account, one vote."""

from __future__ import annotations

from datetime import date
from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.accounts import AccountVotes, account_scores, account_sums, account_votes, capped_weights
from dashboard.nps import Counts, net_promoter_score, out_of_hundred, shown
from dashboard.periods import WEEK

ACCOUNTS = pl.DataFrame(
    {
        "account": ["A", "A", "A", "B", "C", "D", "E"],
        "role": ["decisor", "usuario", None, "usuario", "usuario", "nuevo", "usuario"],
        "recommend": [10, 3, 8, 9, 2, 7, 10],
    },
    schema={"account": pl.String, "role": pl.String, "recommend": pl.Int16},
)


def test_one_account_is_one_vote_however_many_answer() -> None:
    result = account_scores(ACCOUNTS, {"decisor": 3.0, "usuario": 1.0}, {})
    assert result is not None
    assert result.accounts["account"].to_list() == ["A", "B", "C", "D", "E"]
    assert result.accounts["points"].to_list() == pytest.approx([40.0, 100.0, -100.0, 0.0, 100.0])
    assert result.one_vote.points == pytest.approx(28.0)
    assert result.by_answer == net_promoter_score(Counts(2, 2, 3))
    low, high = result.one_vote.low, result.one_vote.high
    assert low is not None and high is not None and low <= 28.0 <= high


def test_a_role_that_counts_nothing_is_left_out_and_nobody_left_is_no_score() -> None:
    result = account_scores(ACCOUNTS, {"usuario": 0.0}, {})
    assert result is not None
    assert result.accounts["account"].to_list() == ["A", "D"]
    assert result.one_vote.low is None
    assert account_scores(ACCOUNTS.clear(), {"usuario": 1.0}, {}) is None
    assert account_scores(ACCOUNTS.filter(pl.col("role") == "usuario"), {"usuario": 0.0}, {}) is None


def test_without_any_role_weight_every_role_counts_one() -> None:
    result = account_scores(ACCOUNTS, {}, {})
    assert result is not None
    assert result.one_vote.n == 7


def test_one_account_alone_has_a_score_and_no_interval() -> None:
    result = account_scores(ACCOUNTS.head(3), {}, {})
    assert result is not None
    assert (result.one_vote.low, result.one_vote.high) == (None, None)


@given(st.lists(st.none() | st.floats(0, 1e9), max_size=30), st.floats(0.05, 1))
def test_no_account_weighs_more_than_its_cap(revenue: list[float | None], cap: float) -> None:
    weights = capped_weights(revenue, cap)
    assert weights.size == len(revenue)
    if weights.size and cap * weights.size > 1 and weights.sum() > 0 and set(weights) != {1.0}:
        assert weights.max() / weights.sum() <= cap + 1e-9


LAST = date(2026, 11, 9)
ROLES = {"decisor": 3.0, "usuario": 1.0}
ROWS = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.sampled_from("ABCDEFGH"),
        st.sampled_from(["decisor", "usuario", None]),
        st.integers(0, 10),
    ),
    max_size=60,
)
Row = tuple[int, str, str | None, int]


def frame_of(rows: list[Row]) -> pl.DataFrame:
    """Return answers; the first number says how many weeks before the last closed one."""
    schema = {"week": pl.Date, "account": pl.String, "role": pl.String, "recommend": pl.Int16}
    return pl.DataFrame([(LAST - back * WEEK, *rest) for back, *rest in rows], schema=schema, orient="row")


def votes_of(rows: list[Row], window_weeks: int = 4) -> AccountVotes:
    return account_votes(account_sums(frame_of(rows).lazy(), ROLES, "week").collect(), LAST, window_weeks)


@given(ROWS, st.integers(1, 8))
def test_the_path_ends_where_the_score_is_and_both_are_those_of_the_answers_in_the_window(
    rows: list[Row], window_weeks: int
) -> None:
    votes = votes_of(rows, window_weeks)
    inside = frame_of(rows).filter(pl.col("week") > LAST - window_weeks * WEEK)
    expected = account_scores(inside, ROLES, {})
    assert votes.score.points == pytest.approx(expected.one_vote.points if expected else None)
    assert votes.accounts == inside["account"].n_unique()
    if rows:
        assert votes.trend["points"].to_list()[-1] == votes.score.points
        assert votes.trend["week"].to_list()[-1] == LAST
        assert len(votes.weeks) == votes.trend.height == votes.history.weeks


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_answers_says_nothing(rows: list[Row], random: Random) -> None:
    mixed = votes_of(random.sample(rows, len(rows)))
    assert mixed.score.points == pytest.approx(votes_of(rows).score.points)


def test_an_account_that_answers_every_week_still_has_one_vote() -> None:
    loud: list[Row] = [(back, "A", None, 0) for back in range(4) for _ in range(5)]
    quiet: list[Row] = [(0, name, None, 10) for name in "BCD"]
    votes = votes_of(loud + quiet)
    assert votes.score.points == pytest.approx(50)
    assert votes.score.n == 23
    assert votes.accounts == 4


def test_what_has_not_closed_runs_apart() -> None:
    votes = votes_of([(0, "A", None, 10), (-1, "B", None, 0)])
    assert votes.score.points == 100
    assert votes.running.points == -100


def test_nobody_gives_no_score_no_path_and_no_history() -> None:
    votes = votes_of([])
    assert (votes.score.points, votes.accounts, votes.trend.height, votes.history.weeks) == (None, 0, 0, 0)
    assert votes_of([(0, "A", "mudo", 10)]).score.points == 100
    assert account_sums(frame_of([(0, "A", "decisor", 9)]).lazy(), {"decisor": 0.0}).collect().is_empty()


@given(ROWS)
def test_of_each_hundred_the_difference_is_the_score_by_account(rows: list[Row]) -> None:
    score = votes_of(rows).score
    pair = out_of_hundred(score)
    if score.points is None:
        assert pair is None
    else:
        assert pair is not None
        assert pair[0] - pair[1] == shown(score.points)
        assert min(pair) >= 0 and sum(pair) <= 100


def test_a_week_is_worth_no_more_than_its_answers() -> None:
    votes = votes_of([(back, name, None, 10 if name < "C" else 3) for back in range(6) for name in "ABCDEF"])
    assert (votes.history.n <= 6 + 1e-9).all()
    assert (votes.history.promoters + votes.history.detractors <= votes.history.n + 1e-9).all()
