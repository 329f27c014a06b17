"""Letting people in: the first administrator, invitations, passwords, rights."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import sqlalchemy as sa

from dashboard.people import Person, PersonError, check_password, check_rights, key_of, tidy_name
from dashboard.permissions import DENIABLE, Capability, Role, Scope, check
from data import records
from data.database import reading
from data.passwords import hashed, is_right
from data.people import has_people, other_administrators, person_by_id
from data.secrets import new_code, new_token, tidy_code
from data.services import Services
from data.sessions import SignedIn
from data.writes.decision import Decision, decision
from data.writes.failures import count_try, forgive
from data.writes.sessions import end_sessions, open_session

SETUP_FOR = timedelta(minutes=15)
INVITED_FOR = timedelta(days=7)
RESET_FOR = timedelta(hours=24)


class PassError(PermissionError):
    """A code or link that opens nothing: wrong, used or too old, never said which."""


def open_setup(services: Services) -> str | None:
    """Return a one-time code with which the first administrator is made; None once there are people."""
    code = new_code()
    with decision(services, "marcador", is_seen=False) as made:
        made.record("open", "setup", "first administrator")
        if has_people(made.connection):
            return None
        made.connection.execute(sa.delete(records.passes).where(records.passes.c.kind == "setup"))
        _issue(services, made, "setup", code, None, SETUP_FOR)
    return code


def setup_address(services: Services, address: str) -> str | None:
    """Return where the first administrator is made, for the console of whoever started the server; None with people."""
    code = open_setup(services) if services.settings.sign_in == "required" else None
    return None if code is None else f"{address}/setup?code={code}"


def set_up(services: Services, code: str, name: str, password: str, address: str) -> str:
    """Make the first administrator and return the token of their session. Of many at once, one wins.

    Raises
    ------
    LockedError, PassError, PersonError
    """
    tried = count_try(services, "setup", "", address)
    tidied = tidy_name(name)
    check_password(password, tidied)
    stored = hashed(password)
    with decision(services, tidied) as made:
        _use(services, made, "setup", tidy_code(code))
        if has_people(made.connection):
            raise PassError("there are people already")
        person_id = _insert(made, tidied, stored, Role.ADMINISTRATOR, (), ())
        made.record("set up", "person", person_id)
        opened = open_session(services, made.connection, person_id)
    forgive(services, tried)
    return opened


def invite(
    services: Services, scope: Scope, name: str, role: Role, teams: Iterable[str] = (), sites: Iterable[str] = ()
) -> str:
    """Let somebody in and return the token of their link, good once for a week.

    Raises
    ------
    NotAllowedError, PersonError
    """
    check(scope, Capability.MANAGE_PEOPLE)
    tidied, its_teams, its_sites = tidy_name(name), tuple(sorted(set(teams))), tuple(sorted(set(sites)))
    check_rights(role, its_teams, scope)
    token = new_token()
    with decision(services, scope.who) as made:
        person_id = _insert(made, tidied, "", role, its_teams, its_sites)
        _issue(services, made, "invitation", token, person_id, INVITED_FOR)
        made.record("invite", "person", person_id, role=role.name.lower())
    return token


def renew_link(services: Services, scope: Scope, person_id: int) -> str:
    """Return the token of a link with which a person chooses a password anew; earlier links end.

    Raises
    ------
    NotAllowedError, PersonError
    """
    check(scope, Capability.MANAGE_PEOPLE)
    token = new_token()
    with decision(services, scope.who) as made:
        person = _known(made, person_id)
        if person.role > scope.role:
            raise PersonError("nobody changes somebody with a role above their own")
        made.connection.execute(sa.delete(records.passes).where(records.passes.c.person_id == person_id))
        _issue(services, made, "reset", token, person_id, RESET_FOR)
        made.record("reset", "person", person_id)
    return token


def name_of_link(services: Services, token: str) -> str | None:
    """Return whom a link lets in, None when it opens nothing."""
    passes, people = records.passes, records.people
    query = sa.select(people.c.name, passes).join(people, people.c.id == passes.c.person_id)
    fingerprint = services.secrets.fingerprint("pass", token)
    with reading(services.database) as connection:
        row = connection.execute(query.where(passes.c.token == fingerprint)).mappings().first()
    is_good = row is not None and row["used_at"] is None and row["expires_at"] > services.watch.now()
    return str(row["name"]) if row is not None and is_good else None


def choose_password(services: Services, token: str, password: str, address: str) -> str:
    """Use a link: set the password, end every session of the person, and return the token of a new one.

    Raises
    ------
    LockedError, PassError, PersonError
    """
    tried = count_try(services, "link", "", address)
    name = name_of_link(services, token)
    if name is None:
        raise PassError("this link opens nothing")
    check_password(password, name)
    stored = hashed(password)
    table = records.people
    with decision(services, name, is_seen=False) as made:
        person_id = _use(services, made, ("invitation", "reset"), token)
        made.connection.execute(sa.update(table).where(table.c.id == person_id).values(password=stored))
        end_sessions(made.connection, person_id)
        made.record("choose password", "person", person_id)
        opened = open_session(services, made.connection, person_id)
    forgive(services, tried)
    return opened


def change_password(services: Services, here: SignedIn, old: str, new: str, address: str) -> None:
    """Change one's own password; every other session ends.

    Raises
    ------
    LockedError, PassError, PersonError
    """
    tried = count_try(services, "password", str(here.person.person_id), address)
    table, person = records.people, here.person
    is_mine = table.c.id == person.person_id
    with reading(services.database) as connection:
        stored = str(connection.execute(sa.select(table.c.password).where(is_mine)).scalar_one())
    if not is_right(stored, old):
        raise PassError("the password of now is another")
    check_password(new, person.name)
    fresh = hashed(new)
    with decision(services, person.name, is_seen=False) as made:
        made.connection.execute(sa.update(table).where(is_mine).values(password=fresh))
        end_sessions(made.connection, person.person_id, but=here.session_id)
        made.record("change password", "person", person.person_id)
    forgive(services, tried)


def change_rights(
    services: Services,
    scope: Scope,
    person_id: int,
    version: int,
    *,
    role: Role,
    teams: Iterable[str],
    sites: Iterable[str],
    denied: Iterable[Capability],
    is_active: bool,
) -> None:
    """Change what a person may do; their sessions end.

    Raises
    ------
    NotAllowedError, PersonError
    ChangedMeanwhileError
        When somebody else changed the same person first.
    """
    check(scope, Capability.MANAGE_PEOPLE)
    its_teams = tuple(sorted(set(teams)))
    check_rights(role, its_teams, scope)
    its_denied = sorted(DENIABLE.intersection(denied))
    values = {
        "role": role.value,
        "teams": list(its_teams),
        "sites": sorted(set(sites)),
        "denied": its_denied,
        "active": is_active,
    }
    with decision(services, scope.who) as made:
        person = _known(made, person_id)
        if person.role > scope.role:
            raise PersonError("nobody changes somebody with a role above their own")
        stays = is_active and role is Role.ADMINISTRATOR and Capability.MANAGE_PEOPLE not in its_denied
        if person.role is Role.ADMINISTRATOR and not stays and not other_administrators(made.connection, person_id):
            raise PersonError("this is the last administrator; name another one first")
        made.change(records.people, person_id, version, values)
        end_sessions(made.connection, person_id)
        told = {name: value for name, value in values.items() if name != "role"}
        made.record("change", "person", person_id, role=role.name.lower(), **told)


def _known(made: Decision, person_id: int) -> Person:
    person = person_by_id(made.connection, person_id)
    if person is None:
        raise PersonError("there is no such person")
    return person


def _insert(
    made: Decision, name: str, password: str, role: Role, teams: tuple[str, ...], sites: tuple[str, ...]
) -> int:
    table = records.people
    row = {
        "name": name,
        "key": key_of(name),
        "password": password,
        "role": role.value,
        "teams": list(teams),
        "sites": list(sites),
        "denied": [],
        "active": True,
        "created_at": made.at,
        "version": 1,
    }
    if made.connection.execute(sa.select(table.c.id).where(table.c.key == row["key"])).first():
        raise PersonError("there is somebody of that name already; add a surname")
    return int(made.connection.execute(sa.insert(table).values(row).returning(table.c.id)).scalar_one())


def _issue(services: Services, made: Decision, kind: str, token: str, person_id: int | None, lasts: timedelta) -> None:
    now = services.watch.now()
    row = {
        "kind": kind,
        "token": services.secrets.fingerprint("pass", token),
        "person_id": person_id,
        "created_at": now,
        "expires_at": now + lasts,
    }
    made.connection.execute(sa.insert(records.passes).values(row))


def _use(services: Services, made: Decision, kinds: str | tuple[str, ...], token: str) -> int:
    """Use up a pass and return whose it is; 0 for the setup's."""
    table = records.passes
    named = (kinds,) if isinstance(kinds, str) else kinds
    fingerprint = services.secrets.fingerprint("pass", token)
    is_good = (table.c.token == fingerprint) & table.c.kind.in_(named) & table.c.used_at.is_(None)
    now = services.watch.now()
    used = sa.update(table).where(is_good & (table.c.expires_at > now)).values(used_at=now)
    row = made.connection.execute(used.returning(table.c.person_id)).first()
    if row is None:
        raise PassError("this opens nothing")
    return int(row[0] or 0)
