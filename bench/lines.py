"""Lines of the report: what was measured, what it was, its budget, a note."""

from __future__ import annotations

Line = tuple[str, str, str, str]


def verdict(value: float, budget: float) -> str:
    """Return whether a measured value keeps its budget."""
    return "kept" if value <= budget else "**missed**"
