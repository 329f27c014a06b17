"""What is due once a day, and whether cubes and log agree."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from dashboard.filters import EVERYTHING
from dashboard.goal import Goal
from data.database import reading
from data.organisation import shown_weeks
from data.services import Services
from data.upkeep import check_cubes, rebuild_cubes, run_upkeep
from data.writes.decision import decision
from data.writes.goals import set_goal
from data.writes.publications import publish_versions, published_versions
from tests.data.damage import DAMAGES
from tests.data.stores import ADMINISTRATOR, TODAY, ToldClock, answers_of, import_rows, opened, points


def tampered(services: Services, change: pl.Expr | None) -> None:
    """Publish cubes that were changed by hand; None publishes every cell twice."""
    versions = published_versions(services)
    cells = services.log.scan("cubes", versions.cubes).collect()
    if change is None:
        services.log.append("cubes", cells, "tampered")
    else:
        months = cells["month"].unique().to_list()
        services.log.replace_months("cubes", months, cells.filter(change), "tampered")
    with decision(services, "tests") as made:
        made.record("tamper", "test", publish_versions(services, made, services.log.versions(), "tampered"))


@pytest.mark.parametrize(
    "change",
    [
        pl.col("cube") != "source",
        pl.col("day") != date(2026, 9, 1),
        None,
    ],
    ids=["a cube is missing", "a day is missing", "every cell is there twice"],
)
def test_a_tampered_cube_is_noticed_and_a_rollup_mends_it(services: Services, change: pl.Expr | None) -> None:
    import_rows(services, "a.csv", answers_of(3, 20))
    score = points(services)
    assert check_cubes(services)[0] == 0
    tampered(services, change)
    assert check_cubes(services)[0] > 0
    rebuild_cubes(services)
    assert check_cubes(services)[0] == 0
    assert points(services) == score


def test_one_changed_cell_is_one_difference(services: Services) -> None:
    import_rows(services, "a.csv", answers_of(3, 20))
    cells = services.log.scan("cubes", published_versions(services).cubes).collect()
    wrong = cells.with_columns(
        score_9=pl.when(pl.int_range(pl.len()) == 3).then(pl.col("score_9") + 1).otherwise(pl.col("score_9"))
    )
    services.log.replace_months("cubes", cells["month"].unique().to_list(), wrong, "tampered")
    with decision(services, "tests") as made:
        made.record("tamper", "test", publish_versions(services, made, services.log.versions(), "tampered"))
    assert check_cubes(services) == (1, cells.height)


def test_upkeep_closes_weeks_and_leaves_the_score_as_it_was(services: Services) -> None:
    import_rows(services, "a.csv", answers_of(12, 10))
    goal_id = set_goal(services, ADMINISTRATOR, Goal(0, 10, 45, date(2026, 9, 1), date(2026, 12, 31), 4))
    score = points(services)
    with reading(services.database) as connection:
        before = shown_weeks(connection, goal_id)
    assert isinstance(services.clock, ToldClock)
    services.clock.at = TODAY + timedelta(days=1)  # Monday: another week has ended
    done = run_upkeep(services)
    assert done["weeks closed"] == 1
    with reading(services.database) as connection:
        after = shown_weeks(connection, goal_id)
    assert after[:-1] == before
    assert after[-1].week == date(2026, 11, 16)
    assert points(services) == score
    assert check_cubes(services)[0] == 0
    assert run_upkeep(services)["weeks closed"] == 0
    assert points(services) == score


def test_the_empty_log_agrees_and_can_be_kept(services: Services) -> None:
    assert check_cubes(services) == (0, 0)
    assert rebuild_cubes(services) == 0
    assert run_upkeep(services)["weeks closed"] == 0


@pytest.mark.parametrize("harm", ["cut", "empty", "gone"])
def test_damaged_cubes_are_computed_again_from_the_log(tmp_path: Path, harm: str) -> None:
    services = opened(tmp_path / "home")
    import_rows(services, "a.csv", answers_of(3, 20))
    before = services.scores(services.state()).weeks(EVERYTHING)
    path = Path(services.log.files("cubes", published_versions(services).cubes)[0])
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(DAMAGES[harm](path.read_bytes()))
    assert services.log.damaged("cubes", published_versions(services).cubes)
    assert rebuild_cubes(services) > 0
    assert check_cubes(services)[0] == 0
    assert services.scores(services.state()).weeks(EVERYTHING).equals(before)
