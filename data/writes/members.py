"""Naming, ordering and merging teams, segments, moments. The log keeps what files said; the history is the audit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from dashboard.filters import DIMENSIONS
from dashboard.members import MemberError, check_can_merge
from dashboard.permissions import Capability, Scope, check
from data import records
from data.organisation import read_members
from data.services import Services
from data.writes.decision import Decision, decision


def rename_member(services: Services, scope: Scope, dimension: str, key: str, name: str) -> None:
    """Give a member the name that screens show.

    Raises
    ------
    MemberError
        For an empty name or one that another member of the dimension has.
    """
    check(scope, Capability.CONFIGURE)
    name = name.strip()
    if not name:
        raise MemberError("a name cannot be empty")
    with decision(services, scope.who) as made:
        names = read_members(made.connection).names(dimension)
        if any(other == name and member != key for member, other in names.items()):
            raise MemberError(f"another {dimension} is already called '{name}'; merge the two instead")
        before = names.get(key, key)
        _put(made, dimension, key, name=name)
        made.record("rename", dimension, key, before=before, after=name)


def merge_member(services: Services, scope: Scope, dimension: str, key: str, into: str | None) -> None:
    """Count `key` as part of `into` from now on, in all its history; None takes the merge back."""
    check(scope, Capability.CONFIGURE)
    with decision(services, scope.who) as made:
        if into is not None:
            check_can_merge(read_members(made.connection), dimension, key, into)
        _put(made, dimension, key, merged_into=into)
        made.record("merge", dimension, key, into=into)


def order_members(services: Services, scope: Scope, dimension: str, keys: Sequence[str]) -> None:
    """Put the members of a dimension in order: the journey, for moments."""
    check(scope, Capability.CONFIGURE)
    with decision(services, scope.who) as made:
        for position, key in enumerate(keys):
            _put(made, dimension, key, position=position)
        made.record("order", dimension, "all", keys=list(keys))


def add_member(services: Services, scope: Scope, dimension: str, key: str) -> None:
    """Add a member before any file has named it."""
    check(scope, Capability.CONFIGURE)
    key = key.strip()
    if not key:
        raise MemberError("a name cannot be empty")
    with decision(services, scope.who) as made:
        if key in {member.key for member in read_members(made.connection).every if member.dimension == dimension}:
            raise MemberError(f"there is already a {dimension} '{key}'")
        _put(made, dimension, key)
        made.record("add", dimension, key)


def forget_members(services: Services, scope: Scope, dimension: str, keys: Iterable[str]) -> None:
    """Remove those of `keys` that no published answer mentions: names of what has been taken back."""
    check(scope, Capability.CONFIGURE)
    table = records.members
    unused = sorted(set(keys) - set(services.scores(services.state()).values(dimension)))
    with decision(services, scope.who) as made:
        same = (table.c.dimension == dimension) & table.c.key.in_(unused)
        made.connection.execute(sa.delete(table).where(same))
        made.record("forget", dimension, "all", keys=unused)


def _put(made: Decision, dimension: str, key: str, **values: object) -> None:
    if dimension not in DIMENSIONS:
        raise MemberError(f"there is no dimension '{dimension}'")
    table = records.members
    same = (table.c.dimension == dimension) & (table.c.key == key)
    if made.connection.execute(sa.select(table.c.id).where(same)).first() is not None:
        if values:
            made.connection.execute(sa.update(table).where(same).values(**values))
        return
    last = made.connection.execute(
        sa.select(sa.func.max(table.c.position)).where(table.c.dimension == dimension)
    ).scalar()
    fresh = {"name": key, "merged_into": None, "position": (last if last is not None else -1) + 1} | values
    made.connection.execute(sa.insert(table).values(dimension=dimension, key=key, **fresh))
