"""Reference cases of the score and the goal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.accounts import account_scores
from dashboard.calibration import brier_score, outlooks
from dashboard.changes import Profile, paired_change, rolling_change, score_change, wald_change
from dashboard.forecast import History, forecast
from dashboard.goal import elapsed, pace_line
from dashboard.nps import (
    Counts,
    Nps,
    goodman,
    net_promoter_score,
    required_answers,
    required_per_period,
    score_interval,
    unit_variance,
    wald,
)
from dashboard.samples import (
    clustered_score,
    finite_population_error,
    finite_population_score,
    weight_sums,
    weighted_score,
)
from tests.adapters import adapter


def interval(nps: Nps) -> list[float] | None:
    """Return [low, high] or None."""
    return None if nps.low is None or nps.high is None else [nps.low, nps.high]


def counts(case: Mapping[str, int]) -> Counts:
    """Return the counts of a case."""
    return Counts(case["det"], case["pas"], case["pro"])


@adapter
def nps_from_counts(det: int, pas: int, pro: int, conf: float = 0.95) -> Mapping[str, Any]:
    answers = Counts(det, pas, pro)
    nps = net_promoter_score(answers, conf)
    n = answers.n
    return {
        "n": n,
        "nps": nps.points,
        "p_det": det / n if n else None,
        "p_pas": pas / n if n else None,
        "p_pro": pro / n if n else None,
        "var_unit": unit_variance(answers) if n else None,
        "se": 100 * (unit_variance(answers) / n) ** 0.5 if n else None,
        "ci_wald": wald(answers, conf),
        "ci_aw": interval(nps),
        "ci_score": score_interval(answers, conf),
        "ci_goodman": goodman(answers, conf),
        "display": nps.display.value,
    }


@adapter
def nps_weighted(score: list[int], weight: list[float], conf: float = 0.95) -> Mapping[str, Any]:
    known = [(s, w) for s, w in zip(score, weight, strict=True) if s is not None]
    sums, answers = weight_sums([s for s, _ in known], [w for _, w in known])
    result = weighted_score(sums, answers, conf)
    if result is None:
        return dict.fromkeys(("nps", "se_lin", "n_kish", "n_lin", "n_eff", "ci_aw")) | {"n": sums.n}
    return {
        "n": result.nps.n,
        "nps": result.nps.points,
        "se_lin": result.standard_error,
        "n_kish": result.n_kish,
        "n_lin": result.n_linearised,
        "n_eff": result.nps.n_effective,
        "ci_aw": interval(result.nps),
    }


@adapter
def nps_cluster(
    account: list[str], score: list[int], weight: list[float] | None = None, conf: float = 0.95
) -> Mapping[str, Any]:
    result = clustered_score(account, score, weight, conf)
    if result is None:
        names = ("nps", "se_cluster", "n_eff", "t_df", "ci_aw_t")
        return dict.fromkeys(names) | {"n": len(score), "accounts": len(set(account))}
    return {
        "n": result.nps.n,
        "accounts": result.clusters,
        "nps": result.nps.points,
        "se_cluster": result.standard_error,
        "n_eff": result.nps.n_effective,
        "t_df": result.degrees_of_freedom,
        "ci_aw_t": interval(result.nps),
    }


@adapter
def nps_fpc(det: int, pas: int, pro: int, N: int, conf: float = 0.95) -> Mapping[str, Any]:  # noqa: N803 (contract name)
    answers = Counts(det, pas, pro)
    nps = finite_population_score(answers, N, conf)
    return {
        "nps": nps.points,
        "se_wald_fpc": finite_population_error(answers, N) if answers.n > 1 else None,
        "f": (N - answers.n) / (N - 1) if N > 1 else 0.0,
        "n_eff": nps.n_effective,
        "ci_aw": interval(nps),
    }


@adapter
def nps_diff(before: Mapping[str, int], after: Mapping[str, int], conf: float = 0.95) -> Mapping[str, Any]:
    del conf  # the profile one_off holds the two levels
    change = score_change(counts(before), counts(after), Profile.ONE_OFF, fewest=0)
    error, p_value = wald_change(counts(before), counts(after))
    return {
        "diff": change.points,
        "se_wald": error,
        "p_wald": p_value,
        "diff_aw": change.adjusted,
        "se_aw": change.error,
        "p_aw": change.p_value,
        "ci_aw": change.outer,
        "ci80_aw": change.inner,
        "verdict": change.verdict.value,
    }


@adapter
def nps_change_verdict(before: Mapping[str, int], after: Mapping[str, int], profile: str) -> Mapping[str, Any]:
    change = score_change(counts(before), counts(after), Profile[profile.upper()])
    return {
        "ci_real": change.outer,
        "ci_possible": change.inner,
        "needed": change.needed,
        "verdict": change.verdict.value,
    }


@adapter
def nps_paired(transition: list[list[int]], conf: float = 0.95) -> Mapping[str, Any] | None:
    result = paired_change(transition, conf)
    if result is None:
        return None
    return {
        "n": result.n,
        "diff": result.points,
        "se": result.error,
        "ci_t": [result.low, result.high],
        "p": result.p_value,
    }


@adapter
def nps_rolling_diff(
    only_old: Mapping[str, int], overlap: Mapping[str, int], only_new: Mapping[str, int]
) -> Mapping[str, Any] | None:
    result = rolling_change(counts(only_old), counts(overlap), counts(only_new))
    if result is None:
        return None
    return {
        "nps_old": result.old_points,
        "nps_new": result.new_points,
        "diff": result.points,
        "se": result.error,
        "p": result.p_value,
    }


@adapter
def nps_required_n(
    p_pro: float, p_det: float, moe: float, delta: float, power: float, conf: float = 0.95
) -> Mapping[str, Any]:
    return {
        "sigma": 100 * (p_pro + p_det - (p_pro - p_det) ** 2) ** 0.5,
        "n_moe": required_answers(p_pro, p_det, moe, conf),
        "n_per_group": required_per_period(p_pro, p_det, delta, power, conf),
    }


@adapter
def nps_accounts(
    account: list[str],
    score: list[int],
    role: list[str | None],
    role_weight: Mapping[str, float],
    revenue: Mapping[str, float | None],
    revenue_cap_share: float = 0.25,
    conf: float = 0.95,
) -> Mapping[str, Any] | None:
    answers = pl.DataFrame(
        {"account": account, "role": role, "recommend": score},
        schema={"account": pl.String, "role": pl.String, "recommend": pl.Int16},
    )
    result = account_scores(answers, role_weight, revenue, revenue_cap_share, conf)
    if result is None:
        return None

    def score_of(nps: Nps, error: float) -> Mapping[str, Any]:
        return {"nps": nps.points, "se": error, "n_eff": nps.n_effective, "ci_aw_t": interval(nps)}

    return {
        "responses": result.by_answer.n,
        "accounts": result.accounts.height,
        "account_order": result.accounts["account"].to_list(),
        "account_score": result.accounts["points"].to_list(),
        "response_level_nps": result.by_answer.points,
        "one_vote": score_of(result.one_vote, result.one_vote_error),
        "revenue_capped_weight": result.accounts["weight_capped"].to_list(),
        "revenue_weighted": score_of(result.by_revenue, result.by_revenue_error),
        "top_share_after_cap": result.top_share,
    }


@adapter
def wig_line(
    x_from: float, y_to: float, start: float, deadline: float, today: float, level: float
) -> Mapping[str, Any]:
    line = pace_line(x_from, y_to, start, deadline, today)
    return {
        "line_today": line,
        "gap_to_line": level - line,
        "gap_to_target": y_to - level,
        "elapsed": elapsed(start, deadline, today),
    }


@adapter
def wig_probability(
    n: list[int],
    det: list[int],
    pro: list[int],
    h: int,
    W: int,  # noqa: N803 (contract name)
    target: float,
    grid: Mapping[str, Any] | None = None,
) -> Mapping[str, Any] | None:
    grids = {"level_noise": grid["sigma_level"], "pace_prior": grid["tau_drift"]} if grid else {}
    result = forecast(History.of(n, det, pro), h, W, target, **grids)
    if result is None:
        return None
    return {
        "p_win": result.probability,
        "level_mean": result.level_mean,
        "level_sd": result.level_sd,
        "drift_mean": result.pace_mean,
        "drift_sd": result.pace_sd,
        "final_mean": result.final_mean,
        "final_sd": result.final_sd,
        "final_pi80": [result.low80, result.high80],
        "required_pace": result.required_pace,
        "n_future": result.n_future,
        "weight_future": result.weight_future,
        "loglik": result.filtered.log_likelihood.tolist(),
        "post_weight": result.filtered.weight.tolist(),
    }


@adapter
def wig_state_sequence(
    p: list[float | None],
    enter: float = 0.7,
    exit: float = 0.55,  # noqa: A002 (contract name)
    dwell: int = 2,
) -> Mapping[str, Any]:
    return {"states": [None if state is None else state.value for state in outlooks(p, enter, exit, dwell)]}


@adapter
def brier_decomposition(p: list[float], outcome: list[int], bins: int = 10) -> Mapping[str, Any] | None:
    result = brier_score(p, outcome, bins)
    if result is None:
        return None
    return {
        "brier": result.brier,
        "reliability": result.reliability,
        "resolution": result.resolution,
        "uncertainty": result.uncertainty,
        "within_bin": result.within_bin,
        "skill_vs_base": result.skill,
        "bin_n": result.bin_n,
        "bin_mean_p": result.mean_probability,
        "bin_freq": result.frequency,
    }
