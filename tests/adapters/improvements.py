"""Reference cases of improvements: what changed, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any

from dashboard.effects import effect_against_control, effect_on_counts, effect_on_trend
from dashboard.returns import return_on
from tests.adapters import adapter

Numbers = Sequence[float | None]


@adapter
def its_count(
    y: Sequence[float], offset: Sequence[float], step: Sequence[float], time: Sequence[float] | None = None
) -> Mapping[str, Any]:
    result = effect_on_counts(y, offset, step, time)
    if result is None:
        return dict.fromkeys(("rr", "ci_poisson", "ci_quasipoisson", "dispersion"))
    return {
        "rr": result.ratio,
        "ci_poisson": result.plain_interval,
        "ci_quasipoisson": result.interval,
        "dispersion": result.dispersion,
    }


@adapter
def its_nps(y: Numbers, v: Numbers, intervention_after: int) -> Mapping[str, Any]:
    result = effect_on_trend(y, v, intervention_after)
    if result is None:
        return dict.fromkeys(("coef", "nw_lag", "se_nw", "effect_at_end", "effect_se", "ci"))
    return {
        "coef": result.coefficients,
        "nw_lag": result.lags,
        "se_nw": result.errors,
        "effect_at_end": result.value,
        "effect_se": result.error,
        "ci": result.interval,
    }


@adapter
def its_control(treated: Numbers, control: Numbers, intervention_after: int) -> Mapping[str, Any]:
    result = effect_against_control(treated, control, intervention_after)
    if result is None:
        return dict.fromkeys(("effect", "se_nw", "ci", "naive_prepost"))
    return {
        "effect": result.value,
        "se_nw": result.error,
        "ci": result.interval,
        "naive_prepost": result.plain,
    }


@adapter
def roi(
    effect: float | None,
    effect_se: float,
    value_per_point: float | None,
    value_se: float,
    clients: float | None,
    cost: float,
) -> Mapping[str, Any]:
    result = return_on(effect, effect_se, value_per_point, value_se, clients, cost)
    names = ("benefit_mean", "benefit_sd", "roi_mean", "p_benefit_gt_cost", "break_even_effect")
    return dict(zip(names, astuple(result), strict=True))
