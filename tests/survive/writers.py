"""Several who write at once: nobody waits for ever, nobody overwrites, nothing counts twice."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing
from dataclasses import replace

from dashboard.filters import EVERYTHING
from data.writes.decision import ChangedMeanwhileError
from data.writes.organisation import save_organisation
from tests.homes import ADMINISTRATOR, MAPPING, copy, csv_of, demo, new_folder, open_home
from tests.survive import children
from tests.survive.children import child
from tests.survive.rows import Outcome


def same_file() -> Outcome:
    """Import the same file in three processes at once: one wins, the others say it is in already."""
    rounds, lost = 2, 0
    for _ in range(rounds):
        home = new_folder()
        services = open_home(home)
        survey = home / "survey.csv"
        survey.write_text(csv_of([place % 11 for place in range(3000)]), encoding="utf-8")
        with ExitStack() as stack:
            racing = [stack.enter_context(child(children.imports, home, survey, MAPPING)) for _ in range(3)]
            for one in racing:
                one.process.join(120)
            said = [one.rest()[-1] for one in racing]
        rows = sum(services.scores(services.state()).distribution(EVERYTHING))
        lost += sorted(said) != [False, False, True] or rows != 3000
        services.database.dispose()
    return Outcome(rounds, rounds - lost, lost)


def crowd() -> Outcome:
    """Commit ten times in each of five processes at once: fifty rows, no lock error, the slowest under a second."""
    home = new_folder()
    open_home(home).database.dispose()
    spent: list[float] = []
    with ExitStack() as stack:
        managers = [stack.enter_context(child(children.ten_commits, home, str(number))) for number in range(5)]
        for one in managers:
            one.process.join(120)
            spent += one.rest()
    with closing(sqlite3.connect(home / "records.db")) as connection:
        (there,) = connection.execute("select count(*) from members").fetchone()
    slowest = max(spent)
    lost = 50 - there
    return Outcome(50, there if slowest < 1 else there - 1, lost, f"slowest {slowest:.2f} s")


def two_editors() -> Outcome:
    """Save what somebody else saved meanwhile: the second is told, the first is kept; again and again."""
    services, lost, tried = copy(demo()), 0, 20
    for number in range(tried):
        seen = services.state().organisation
        save_organisation(services, ADMINISTRATOR, replace(seen, name=f"first {number}"))
        try:
            save_organisation(services, ADMINISTRATOR, replace(seen, name=f"second {number}"))
            lost += 1
        except ChangedMeanwhileError:
            lost += services.state().organisation.name != f"first {number}"
    services.database.dispose()
    return Outcome(tried, tried - lost, lost)
