"""Members of a dimension: teams, segments, moments … as people call them, renamed and merged with history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl


class MemberError(ValueError):
    """A rename or merge that cannot be. The message says why."""


@dataclass(frozen=True, slots=True)
class Member:
    """One value of a dimension: `key` as files write it, `name` as screens show it."""

    dimension: str
    key: str
    name: str
    merged_into: str | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class Members:
    """All known members."""

    every: tuple[Member, ...] = ()

    def names(self, dimension: str) -> Mapping[str, str]:
        """Return key to name of one dimension, merged members left out."""
        return {m.key: m.name for m in self.every if m.dimension == dimension and m.merged_into is None}

    def name(self, dimension: str, key: str) -> str:
        """Return how a key is called on screen: itself when nobody named it."""
        return self.names(dimension).get(key, key)

    def order(self, dimension: str) -> Mapping[str, int]:
        """Return key to position in the journey or list."""
        return {m.key: m.position for m in self.every if m.dimension == dimension}

    def merges(self, dimension: str) -> Mapping[str, str]:
        """Return key to the key it was merged into, chains followed to their end."""
        direct = {m.key: m.merged_into for m in self.every if m.dimension == dimension and m.merged_into}
        return {key: _end(key, direct) for key in direct}

    def merged(self, frame: pl.LazyFrame, dimensions: Iterable[str]) -> pl.LazyFrame:
        """Return the frame with merged keys replaced by what they were merged into."""
        changes = {name: self.merges(name) for name in dimensions}
        columns = [pl.col(name).replace(dict(merges)) for name, merges in changes.items() if merges]
        return frame.with_columns(columns) if columns else frame


def _end(key: str, direct: Mapping[str, str]) -> str:
    seen = {key}
    while (into := direct.get(key)) is not None and into not in seen:
        key = into
        seen.add(key)
    return key


def check_can_merge(members: Members, dimension: str, key: str, into: str) -> None:
    """Raise `MemberError` when `key` cannot be merged into `into`."""
    if key == into:
        raise MemberError("a member cannot be merged into itself")
    if members.merges(dimension).get(into, into) == key:
        raise MemberError(f"'{into}' is already part of '{key}'")
