"""Redrawing only what has changed: a page that asks every second keeps the parts that it has."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any

from dash import no_update
from plotly.utils import PlotlyJSONEncoder


def digest(part: object) -> int:
    """Return a number that changes when a part does."""
    return zlib.crc32(json.dumps(part, cls=PlotlyJSONEncoder).encode())


def only_changed(parts: Sequence[Any], digests: Sequence[int], known: object) -> list[Any]:
    """Return the parts, those that the browser has already as no update.

    Parameters
    ----------
    parts : sequence
    digests : sequence of int
        Of each part.
    known : object
        The digests that the browser sends back; anything else than as many numbers means that it has nothing.
    """
    has = known if isinstance(known, list) and len(known) == len(parts) else [None] * len(parts)
    return [no_update if new == old else part for part, new, old in zip(parts, digests, has, strict=True)]
