"""`permissions`, `people`, `invite`, `reset`: who may come in, from the operator's own shell."""

from __future__ import annotations

import typer

from callbacks.commands.report import AS_JSON, LOCAL, CommandError, say, services, show
from dashboard.people import key_of
from dashboard.permissions import Role, matrix
from data.database import reading
from data.people import every_person
from data.writes.people import invite as invite_person
from data.writes.people import renew_link


def add_to(cli: typer.Typer) -> None:
    """Add the commands."""
    for command in (permissions, people, invite, reset):
        cli.command()(command)


def permissions() -> None:
    """Print which role has which right, as docs/security.md shows it."""
    say(permissions_table())


def permissions_table() -> str:
    """Return the matrix of rights as a Markdown table."""
    roles = [role.name.lower() for role in Role]
    lines = [f"| right | {' | '.join(roles)} |", "|---|" + "---|" * len(roles)]
    for capability, held in matrix():
        marks = " | ".join("yes" if one else "–" for one in held)
        lines.append(f"| {capability.value.replace('_', ' ')} | {marks} |")
    return "\n".join(lines)


def people(as_json: bool = AS_JSON) -> None:
    """List everybody who may come in."""
    with reading(services().database) as connection:
        found = every_person(connection)
    rows = [
        {
            "id": person.person_id,
            "name": person.name,
            "role": person.role.name.lower(),
            "teams": list(person.teams),
            "sites": list(person.sites),
            "active": person.is_active,
            "has_password": has_password,
        }
        for person, has_password in found
    ]
    lines = (f"{one.person_id}  {one.name}  {one.role.name.lower()}  {', '.join(one.teams)}" for one, _ in found)
    words = "\n".join(lines)
    show({"people": rows}, as_json, words or "nobody yet: start the server and open the address it prints")


def invite(
    name: str = typer.Argument(help="As it will be shown."),
    role: str = typer.Option("viewer", help="viewer, member, captain, manager or administrator."),
    team: list[str] = typer.Option([], help="Team, repeatable; members and captains need one."),
    site: list[str] = typer.Option([], help="Only this site, repeatable."),
) -> None:
    """Let somebody in and print the end of their link, good once for a week."""
    if role.upper() not in Role.__members__:
        raise CommandError(f"there is no role '{role}'; there are {', '.join(one.name.lower() for one in Role)}")
    say(f"/join/{invite_person(services(), LOCAL, name, Role[role.upper()], team, site)}")


def reset(name: str = typer.Argument(help="Whose password is forgotten.")) -> None:
    """Print the end of a link with which somebody chooses a password anew, good once for a day."""
    opened = services()
    with reading(opened.database) as connection:
        found = [person for person, _ in every_person(connection) if key_of(person.name) == key_of(name)]
    if not found:
        raise CommandError(f"there is nobody called '{name}'; 'people' lists them")
    say(f"/join/{renew_link(opened, LOCAL, found[0].person_id)}")
