"""Who asks, and what they may do. Every question and every write takes a `Scope`; this is the only table of rights."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from dashboard.filters import DIMENSIONS, Filters


class Role(IntEnum):
    """Each role may do what the lower ones may."""

    KIOSK = 0
    VIEWER = 1
    MEMBER = 2
    CAPTAIN = 3
    MANAGER = 4
    ADMINISTRATOR = 5


class Capability(StrEnum):
    """What can be allowed or denied."""

    SEE_WALL = "see_wall"  # a wall screen: the company's score
    SEE_SCORE = "see_score"  # the desk: scores by team, moment, segment …
    REPORT = "report"  # enter the readings of one's own teams
    PROMISE = "promise"  # write down what one's own teams promise to customers, and what becomes of it
    MEET = "meet"  # take part in the weekly meeting of one's own teams, and in the common one
    READ_COMMENTS = "read_comments"  # what customers of one's own teams wrote, personal details masked
    LEAD = "lead"  # decide on indicators, targets and marks of one's own teams
    SEE_SMALL_GROUPS = "see_small_groups"  # groups below five, any period, any crossing
    EXPORT = "export"  # files of what is seen
    READ_WHOLE_COMMENTS = "read_whole_comments"  # what any customer wrote, word by word; each reading is in the audit
    CONFIGURE = "configure"  # import, undo, goal, members, organisation
    MANAGE_SCREENS = "manage_screens"
    MANAGE_PEOPLE = "manage_people"
    READ_AUDIT = "read_audit"
    ERASE = "erase"  # forget a person


LEAST = {
    Capability.SEE_WALL: Role.KIOSK,
    Capability.SEE_SCORE: Role.VIEWER,
    Capability.REPORT: Role.MEMBER,
    Capability.PROMISE: Role.MEMBER,
    Capability.MEET: Role.MEMBER,
    Capability.READ_COMMENTS: Role.MEMBER,
    Capability.LEAD: Role.CAPTAIN,
    Capability.SEE_SMALL_GROUPS: Role.CAPTAIN,
    Capability.EXPORT: Role.CAPTAIN,
    Capability.READ_WHOLE_COMMENTS: Role.MANAGER,
    Capability.CONFIGURE: Role.MANAGER,
    Capability.MANAGE_SCREENS: Role.ADMINISTRATOR,
    Capability.MANAGE_PEOPLE: Role.ADMINISTRATOR,
    Capability.READ_AUDIT: Role.ADMINISTRATOR,
    Capability.ERASE: Role.ADMINISTRATOR,
}
"""The lowest role that has each capability."""

DENIABLE = frozenset(LEAST) - {Capability.SEE_WALL}
"""What can be taken from one person; everything stands on seeing the wall: who may not even that does not come in."""

DECLARED_PAIRS = (
    frozenset({"team", "segment"}),
    frozenset({"moment", "segment"}),
    frozenset({"channel", "site"}),
    frozenset({"source"}),
)
"""Dimensions that roles without `SEE_SMALL_GROUPS` may cross; `audience` goes with each."""

NOBODY_THERE = "\x00"
"""A value that no answer has: what is left of a filter when somebody asks only for what they may not see."""


class NotAllowedError(PermissionError):
    """The role of the person who asks does not allow it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks.

    Attributes
    ----------
    role : Role
    teams : tuple[str, ...]
        Whose comments a member or a captain reads; none is none. Higher roles read those of all teams.
    sites : tuple[str, ...]
        The only sites that are seen; empty is all of them.
    denied : frozenset of Capability
        Taken away from the role: an explicit no wins over everything.
    who : str
        Name for the audit.
    """

    role: Role
    teams: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    denied: frozenset[Capability] = frozenset()
    who: str = "operator"

    @classmethod
    def administrator(cls) -> Scope:
        """Return the scope of whoever has this machine's command line."""
        return cls(Role.ADMINISTRATOR)

    @property
    def key(self) -> str:
        """Return the part of a cache key that keeps one person's answers from another's."""
        return repr((self.role.name, self.teams, self.sites, sorted(self.denied)))


def can(scope: Scope, capability: Capability) -> bool:
    """Return whether `scope` has a capability."""
    return capability not in scope.denied and scope.role >= LEAST[capability]


def check(scope: Scope, capability: Capability) -> None:
    """Raise `NotAllowedError` unless `scope` has a capability."""
    if not can(scope, capability):
        raise NotAllowedError(
            f"this needs the right {capability.value}, which the role {scope.role.name.lower()} lacks"
        )


def viewing_as(scope: Scope, role: Role, teams: Iterable[str] = (), sites: Iterable[str] = ()) -> Scope:
    """Return the scope of somebody who looks through the eyes of a role: never more than they are themselves."""
    chosen = tuple(sorted(sites))
    if scope.sites:
        chosen = tuple(site for site in chosen if site in scope.sites) or scope.sites
    return replace(scope, role=min(role, scope.role), teams=tuple(sorted(teams)), sites=chosen)


def may_cross(scope: Scope, dimensions: AbstractSet[str]) -> bool:
    """Return whether `scope` may tell answers apart by these dimensions at once."""
    is_declared = any(dimensions - {"audience"} <= pair for pair in DECLARED_PAIRS)
    return is_declared or can(scope, Capability.SEE_SMALL_GROUPS)


def within(scope: Scope, asked: Filters) -> Filters:
    """Return the filters of an aggregate with what the scope may see added.

    Roles without `SEE_SMALL_GROUPS` ask for whole weeks and declared pairs of dimensions only, so that no group of
    fewer people can be had by subtracting two answers.

    Raises
    ------
    NotAllowedError
        When dimensions are crossed that the role may not cross.
    """
    limited = within_sites(scope, asked)
    if can(scope, Capability.SEE_SMALL_GROUPS):
        return limited
    if not may_cross(scope, limited.dimensions):
        raise NotAllowedError("this crossing of filters could single out a few people; take one of them away")
    return limited.in_whole_weeks()


def within_comments(scope: Scope, asked: Filters) -> Filters:
    """Return the filters of a reading of comments with what the scope may read added.

    Raises
    ------
    NotAllowedError
        When the role reads no comments.
    """
    check(scope, Capability.READ_COMMENTS)
    limited = within_sites(scope, asked)
    if can(scope, Capability.READ_WHOLE_COMMENTS):
        return limited
    return limited.with_values("team", _common(asked.values("team"), scope.teams))


def within_own_teams(scope: Scope, asked: Filters) -> Filters:
    """Return the filters of who was promised what: of their own teams below managers, of every team from them on.

    Raises
    ------
    NotAllowedError
        When the role may not see small groups: an account is one.
    """
    check(scope, Capability.SEE_SMALL_GROUPS)
    limited = within_sites(scope, asked)
    if scope.role >= Role.MANAGER:
        return limited
    return limited.with_values("team", _common(asked.values("team"), scope.teams))


def within_sites(scope: Scope, asked: Filters) -> Filters:
    """Return the filters with the sites that the scope sees, all as asked when it sees every one."""
    return asked.with_values("site", _common(asked.values("site"), scope.sites)) if scope.sites else asked


def _common(asked: Iterable[str], allowed: Iterable[str]) -> tuple[str, ...]:
    """Return the asked values that are allowed, all allowed ones when none is asked, else a value nobody has."""
    chosen, known = tuple(asked), tuple(allowed)
    common = tuple(value for value in chosen if value in known) if chosen else known
    return common or (NOBODY_THERE,)


def matrix() -> list[tuple[Capability, tuple[bool, ...]]]:
    """Return every capability and which role has it, lowest role first: what the documentation prints."""
    return [(capability, tuple(can(Scope(role), capability) for role in Role)) for capability in Capability]


assert {name for pair in DECLARED_PAIRS for name in pair} <= set(DIMENSIONS)


def can_report(scope: Scope, team: str) -> bool:
    """Return whether `scope` may enter the readings of a team."""
    return can(scope, Capability.REPORT) and _is_own(scope, team)


def check_can_report(scope: Scope, team: str) -> None:
    """Raise `NotAllowedError` unless `scope` may enter the readings of a team."""
    if not can_report(scope, team):
        raise NotAllowedError("readings are entered by the people of the team")


def can_promise(scope: Scope, team: str, site: str = "") -> bool:
    """Return whether `scope` may write down what a team promises, and read to whom and with what words."""
    return can(scope, Capability.PROMISE) and _is_own(scope, team) and may_see_site(scope, site)


def check_can_promise(scope: Scope, team: str, site: str = "") -> None:
    """Raise `NotAllowedError` unless `scope` may write down what a team promises."""
    if not can_promise(scope, team, site):
        raise NotAllowedError("commitments are written down by the people of the team, of their own sites")


def may_see_site(scope: Scope, site: str) -> bool:
    """Return whether `scope` sees what belongs to a site; who is kept to some sites sees nothing of none."""
    return not scope.sites or site in scope.sites


def can_lead(scope: Scope, team: str) -> bool:
    """Return whether `scope` may decide on the indicators, targets and marks of a team; an empty team is all of it."""
    return can(scope, Capability.LEAD) and _is_own(scope, team)


def check_can_lead(scope: Scope, team: str) -> None:
    """Raise `NotAllowedError` unless `scope` may decide on the indicators of a team."""
    if not can_lead(scope, team):
        raise NotAllowedError("indicators, targets and marks are for the team's captain")


def can_meet(scope: Scope, team: str) -> bool:
    """Return whether `scope` sits at the weekly meeting of a team; the common one (empty) is for all."""
    return can(scope, Capability.MEET) and (team == "" or _is_own(scope, team))


def check_can_meet(scope: Scope, team: str) -> None:
    """Raise `NotAllowedError` unless `scope` sits at the weekly meeting of a team."""
    if not can_meet(scope, team):
        raise NotAllowedError("the meeting of a team is for its people")


def _is_own(scope: Scope, team: str) -> bool:
    return scope.role >= Role.MANAGER or team in scope.teams


def can_propose(scope: Scope, team: str) -> bool:
    """Return whether `scope` may propose improvements for a team and bring them on."""
    return can(scope, Capability.REPORT) and _is_own(scope, team)


def check_can_propose(scope: Scope, team: str) -> None:
    """Raise `NotAllowedError` unless `scope` may propose improvements for a team."""
    if not can_propose(scope, team):
        raise NotAllowedError("improvements are proposed and moved by the people of the team")


def check_can_decide(scope: Scope, team: str) -> None:
    """Raise `NotAllowedError` unless `scope` may decide on a team's improvements, or give them up."""
    if not can_lead(scope, team):
        raise NotAllowedError("deciding is for the team's captain")
