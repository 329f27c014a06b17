"""`goal`: set, show and close the one goal."""

from __future__ import annotations

import typer

from callbacks.commands.report import AS_JSON, LOCAL, CommandError, services, show
from dashboard.filters import filters, parse_day, parse_where
from dashboard.goal import WINDOW_WEEKS, Goal, Vote
from data.writes.goals import close_goal, set_goal


def add_to(cli: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(help="The one goal: NPS from X to Y by a date.", no_args_is_help=True)
    group.command("set")(set_)
    group.command("show")(show_goal)
    group.command("close")(close)
    cli.add_typer(group, name="goal")


def set_(
    start: float = typer.Option(..., "--from", help="X: the NPS we come from, -100 to 100."),
    target: float = typer.Option(..., "--to", help="Y: the NPS we want."),
    by: str = typer.Option(..., help="The last day, as 2026-12-31."),
    starts: str = typer.Option("", "--since", help="The first day; default today."),
    window_weeks: int = typer.Option(WINDOW_WEEKS, help="Closed weeks that the score pools."),
    vote: str = typer.Option(Vote.ANSWER.value, help="What counts as one: answer or account."),
    where: list[str] = typer.Option([], help="Only these answers: dimension=value, repeatable."),
    why: str = typer.Option("", help="The reason, in your words."),
) -> None:
    """Set the goal. An open goal is closed and kept; a goal is never changed."""
    opened = services()
    deadline, first = parse_day(by), parse_day(starts) or opened.state().today
    if deadline is None:
        raise CommandError("--by needs a day, as 2026-12-31")
    if vote not in set(Vote):
        raise CommandError(f"--vote is answer or account, not '{vote}'")
    scope = parse_where(where) if where else filters({})
    goal = Goal(0, start, target, first, deadline, window_weeks, Vote(vote), scope, why)
    goal_id = set_goal(opened, LOCAL, goal)
    typer.echo(f"goal {goal_id}: NPS from {start:g} to {target:g}, {first} to {deadline}, {window_weeks} weeks pooled")


def show_goal(as_json: bool = AS_JSON) -> None:
    """Show the open goal."""
    goal = services().state().goal
    if goal is None:
        raise CommandError("there is no open goal; 'goal set' opens one")
    values = {
        "id": goal.goal_id,
        "from": goal.start_points,
        "to": goal.target_points,
        "since": goal.starts,
        "by": goal.deadline,
        "window_weeks": goal.window_weeks,
        "vote": goal.vote.value,
        "where": goal.scope.query(),
        "why": goal.why,
    }
    show(values, as_json, f"NPS from {goal.start_points:g} to {goal.target_points:g}, {goal.starts} to {goal.deadline}")


def close() -> None:
    """Close the open goal without opening another; it stays in the history."""
    close_goal(services(), LOCAL)
    typer.echo("closed")
