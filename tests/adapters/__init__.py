"""Adapters from the contract names of reference cases to the domain's own names. Importing one registers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Adapter = Callable[..., Mapping[str, Any] | None]
ADAPTERS: dict[str, Adapter] = {}


def adapter(function: Adapter) -> Adapter:
    """Register `function` under its own name."""
    ADAPTERS[function.__name__] = function
    return function
