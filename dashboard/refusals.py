"""Refusals: errors for people. A sentence with gaps and what fills them, so that every language can say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Told = Mapping[str, Any]
"""A refusal as plain JSON: `template` and `values`; a value may be a refusal told the same way."""


class Refusal(ValueError):  # noqa: N818 (what people are told, not a fault)
    """What cannot be done and what to do instead.

    Parameters
    ----------
    template : str
        The sentence in English with `{}` for each value; catalogues translate it as it stands.
    values : object
        What fills the gaps: texts, numbers, or other refusals.
    """

    def __init__(self, template: str, *values: object) -> None:
        super().__init__(template, *values)
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.template.format(*self.values) if self.values else self.template

    def told(self) -> Told:
        """Return the refusal as plain JSON."""
        return {"template": self.template, "values": [_plain(value) for value in self.values]}


def _plain(value: object) -> Any:
    if isinstance(value, Refusal):
        return value.told()
    return value if isinstance(value, int | float | str) else str(value)


def said(told: Told, translate: Callable[[str], str]) -> str:
    """Return a told refusal in words, each template through `translate`."""
    values = [said(value, translate) if isinstance(value, dict) else value for value in told.get("values", ())]
    template = translate(str(told["template"]))
    return template.format(*values) if values else template
