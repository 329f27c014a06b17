"""Reference cases of lead indicators and of the evidence that they foretell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from dashboard import foretelling
from dashboard.changes import adjusted_for_search
from dashboard.indicators import Direction, attainment
from dashboard.lags import LONGEST_MEMORY, granger, lag_profile, plain_correlation
from dashboard.panel import panel
from tests.adapters import adapter


@adapter
def lead_ccf(
    x: list[float], y: list[float], max_lag: int, ar_max: int, direction: int, effect_per: float
) -> Mapping[str, Any]:
    assert ar_max == LONGEST_MEMORY
    found = lag_profile(x, y, max_lag, direction)
    return {
        "ar_order": len(found.memory),
        "ar_coef": found.memory,
        "ccf": found.correlations,
        "best_lag": found.best_lag,
        "n_pairs": found.pairs,
        "effect": effect_per * found.slope,
        "effect_ci": [effect_per * end for end in found.slope_interval],
        "mde80": effect_per * found.detectable,
        "p_perm": found.chance,
    }


@adapter
def granger_f(x: list[float], y: list[float], order: int) -> Mapping[str, Any]:
    found = granger(x, y, order)
    return {"F": found.statistic, "df_num": found.numerator, "df_den": found.denominator, "p": found.p_value}


@adapter
def bh_adjust(p: list[float], q: float) -> Mapping[str, Any]:
    adjusted = adjusted_for_search(p)
    return {"p_adj": adjusted, "n_rejected": sum(value <= q for value in adjusted)}


@adapter
def lead_oos(x: list[float], y: list[float], lag: int, first_origin: int) -> Mapping[str, Any]:
    found = foretelling.forecast_test(x, y, lag, first_origin)
    assert found is not None
    return {
        "n_forecasts": found.forecasts,
        "mae_base": found.error_without,
        "mae_aug": found.error_with,
        "mase_base": found.scaled_without,
        "mase_aug": found.scaled_with,
        "skill": found.skill,
        "cw_t": found.statistic,
        "cw_p": found.chance,
    }


@adapter
def pinball(y: list[float], quantiles: list[float], forecast: list[list[float]]) -> Mapping[str, Any]:
    found = foretelling.pinball(y, quantiles, forecast)
    return {"by_quantile": found.by_quantile, "mean": found.mean, "coverage80": found.coverage}


@adapter
def effective_n_corr(x: list[float], y: list[float], max_j: int) -> Mapping[str, Any]:
    found = plain_correlation(x, y, max_j)
    return {
        "r": found.correlation,
        "n": found.weeks,
        "n_eff": found.worth,
        "p_naive": found.naive_p_value,
        "p_eff": found.p_value,
    }


@adapter
def lead_adherence(actual: Sequence[float | None], target: Sequence[float | None]) -> Mapping[str, Any]:
    found = attainment(actual, target, Direction.MORE)
    return {
        "weeks": found.weeks,
        "weeks_reported": found.reported,
        "reporting_rate": found.reporting_rate,
        "hit_rate": found.rate_of_reported,
        "hit_rate_strict": found.rate,
        "mean_attainment": found.mean,
        "streak": found.streak,
    }


@adapter
def lead_panel(x: list[list[float]], y: list[list[float]], lag: int) -> Mapping[str, Any]:
    found = panel(x, y, lag)
    assert found is not None
    numbers = asdict(found)
    return {
        "slope": numbers["slope"],
        "se_cluster": numbers["error"],
        "df": found.sites - 1,
        "p_one_sided": found.p_value,
        "n_obs": found.pairs,
    }
