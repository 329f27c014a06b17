"""What an improvement gives back: the chance that it pays, and the points from which it does.

Effect and value of a point are both uncertain and independent; the variance of their product is exact (Goodman 1960,
JASA 55:708).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import copysign, exp, pi, sqrt

from scipy.special import ndtr

REACH = 9.0
"""Standard deviations over which the value of a point is integrated."""


@dataclass(frozen=True, slots=True)
class Return:
    """What an improvement gives back, in the organisation's currency.

    Attributes
    ----------
    benefit, benefit_sd : float or None
        Mean and standard deviation; None when the effect, its value or the number of clients is unknown.
    share : float or None
        (Benefit − cost) ÷ cost; None without cost.
    probability : float or None
        That the benefit exceeds the cost, 0..1.
    break_even : float or None
        The effect in points that pays the cost.
    """

    benefit: float | None
    benefit_sd: float | None
    share: float | None
    probability: float | None
    break_even: float | None


def return_on(
    effect: float | None,
    effect_error: float,
    value: float | None,
    value_error: float,
    clients: float | None,
    cost: float,
) -> Return:
    """Return what an improvement gives back.

    Parameters
    ----------
    effect, effect_error : float
        Points and their standard error ≥ 0.
    value, value_error : float
        What a point is worth per client, and its standard error ≥ 0.
    clients : float
        How many clients it reaches.
    cost : float
        What it costs, ≥ 0.
    """
    if not clients or value is None:
        return Return(None, None, None, None, None)
    break_even = cost / (clients * value) if value else None
    if effect is None:
        return Return(None, None, None, None, break_even)
    benefit = clients * effect * value
    variance = effect**2 * value_error**2 + value**2 * effect_error**2 + effect_error**2 * value_error**2
    return Return(
        benefit,
        clients * sqrt(variance),
        (benefit - cost) / cost if cost else None,
        _chance_beyond(cost / clients, effect, effect_error, value, value_error),
        break_even,
    )


def _chance_beyond(limit: float, effect: float, effect_error: float, value: float, value_error: float) -> float:
    """Return the probability that the product of two independent normal numbers exceeds `limit`."""
    if value_error == 0:
        return _chance_at(value, limit, effect, effect_error)
    from scipy.integrate import quad

    def density(z: float) -> float:
        return exp(-z * z / 2) / sqrt(2 * pi) * _chance_at(value + value_error * z, limit, effect, effect_error)

    steep = [-value / value_error] + ([(limit / effect - value) / value_error] if effect else [])
    inside = sorted({z for z in steep if abs(z) < REACH})
    chance = sum(quad(density, low, high, limit=200)[0] for low, high in pairwise([-REACH, *inside, REACH]))
    return min(1.0, max(0.0, float(chance)))


def _chance_at(value: float, limit: float, effect: float, effect_error: float) -> float:
    """Return the probability that `value` × a normal number exceeds `limit`."""
    if value == 0 or effect_error == 0:
        return float(effect * value > limit)
    return float(ndtr((effect - limit / value) * copysign(1, value) / effect_error))
