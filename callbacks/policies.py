"""One declared policy per callback. Every callback can be posted by anybody who reaches the port, in any shape: what a
body may look like is what the callback declared, and who may send it is what its policy says. Nothing else passes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from dash import Dash

from dashboard.permissions import Capability
from layouts.fields import spoken

KEYS = {"output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds"}
Declared = Mapping[str, Any]


class UndeclaredError(RuntimeError):
    """A callback has no policy: the program does not start."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may send a callback, and the shape of what they may send.

    Attributes
    ----------
    needs : Capability
    declared : mapping
        Dash's own entry: `inputs`, `state`, `output`.
    """

    needs: Capability
    declared: Declared


class Guarded(Dash):
    """Dash with a policy for every callback.

    Attributes
    ----------
    policies : dict
        By the output as bodies name it.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.policies: dict[str, Policy] = {}

    def guarded(self, needs: Capability, *arguments: Any, **options: Any) -> Callable[..., Any]:
        """Declare a callback and who may send it; used in place of `callback`."""

        def declare(function: Callable[..., Any]) -> Callable[..., Any]:
            before = set(self.callback_map)
            self.callback(*arguments, **options)(speaking(function))
            (output,) = set(self.callback_map) - before
            self.policies[output] = Policy(needs, self.callback_map[output])
            return function

        return declare

    def check_complete(self) -> None:
        """Raise `UndeclaredError` naming every server callback that has no policy."""
        missing = [name for name, one in self.callback_map.items() if "callback" in one and name not in self.policies]
        if missing:
            raise UndeclaredError(f"callbacks without a policy: {', '.join(sorted(missing))}")


def speaking(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a callback that marks its refusals as such."""

    @wraps(function)
    def told(*values: Any) -> Any:
        return spoken(function(*values))

    return told


def has_shape(body: object, declared: Declared) -> bool:
    """Return whether a body names exactly what its callback declared: ids, properties, counts, what has changed."""
    if not isinstance(body, dict) or not set(body) <= KEYS or not isinstance(body.get("output"), str):
        return False
    inputs, state = body.get("inputs"), body.get("state", [])
    if state is None:
        state = []
    if not _match_all(inputs, declared["inputs"]) or not _match_all(state, declared["state"]):
        return False
    output = declared["output"]
    outputs = [_told(one) for one in output] if isinstance(output, list | tuple) else _told(output)
    given = body.get("outputs")
    if isinstance(outputs, list):
        if not _match_all(given, outputs):
            return False
    elif not _matches(given, outputs):
        return False
    known = {f"{_spelled(one['id'])}.{one['property']}" for one in _flat(inputs)}
    changed = body.get("changedPropIds", [])
    return isinstance(changed, list) and all(isinstance(name, str) and name in known for name in changed)


def _told(output: Any) -> Declared:
    return {"id": output.component_id_str(), "property": output.component_property}


def _match_all(given: object, declared: Any) -> bool:
    return (
        isinstance(given, list)
        and len(given) == len(declared)
        and all(_matches(one, told) for one, told in zip(given, declared, strict=True))
    )


def _matches(given: object, declared: Declared) -> bool:
    """Return whether one item, or the list that a pattern asks for, is what was declared."""
    identity = str(declared["id"])
    if not identity.startswith("{"):
        return isinstance(given, dict) and given.get("id") == identity and _has_property(given, declared)
    pattern = json.loads(identity)
    is_many = any(value in (["ALL"], ["ALLSMALLER"]) for value in pattern.values())
    if is_many:
        return isinstance(given, list) and all(_fits(one, pattern, declared) for one in given)
    return _fits(given, pattern, declared)


def _fits(given: object, pattern: dict[str, Any], declared: Declared) -> bool:
    if not isinstance(given, dict) or not _has_property(given, declared):
        return False
    identity = given.get("id")
    return (
        isinstance(identity, dict)
        and set(identity) == set(pattern)
        and all(isinstance(value, str | int) for value in identity.values())
        and all(isinstance(told, list) or identity[name] == told for name, told in pattern.items())
    )


def _has_property(given: Mapping[str, Any], declared: Declared) -> bool:
    plain = str(given.get("property")).partition("@")[0]
    return set(given) <= {"id", "property", "value"} and plain == str(declared["property"]).partition("@")[0]


def _flat(inputs: Any) -> Iterator[Mapping[str, Any]]:
    for one in inputs:
        yield from one if isinstance(one, list) else [one]


def _spelled(identity: Any) -> str:
    """Return an id as the browser spells it in what has changed: sorted, without blanks, letters as they are."""
    if not isinstance(identity, dict):
        return str(identity)
    return json.dumps(identity, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
