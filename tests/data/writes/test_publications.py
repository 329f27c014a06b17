"""Killed at any moment: everything of an import is seen, or nothing, and importing again completes it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from dashboard.filters import EVERYTHING
from data.database import reading
from data.imports import every_import
from data.services import Services
from data.upkeep import check_cubes
from data.writes.publications import ensure_published, published_versions
from tests.data.stores import MAPPING, TODAY, import_rows, opened, survey

ROOT = Path(__file__).resolve().parents[3]
ROWS = 12_000


def command(home: Path, url: str, *arguments: str) -> tuple[list[str], dict[str, str]]:
    environment = {
        **os.environ,
        "MARCADOR_HOME": str(home),
        "MARCADOR_DATABASE_URL": url,
        "MARCADOR_TODAY": TODAY.date().isoformat(),
        "POLARS_MAX_THREADS": "1",
    }
    return [sys.executable, str(ROOT / "app.py"), *arguments], environment


def run(home: Path, url: str, *arguments: str) -> dict[str, Any]:
    line, environment = command(home, url, *arguments, "--json")
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return dict(json.loads(done.stdout))


def answers(services: Services) -> int:
    return int(services.scores(services.state()).weeks(EVERYTHING)["n"].sum())


def began(services: Services, before: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until the child has written its import down: from there on the log is being changed."""
    while process.poll() is None:
        if count_imports(services) > before:
            return
        time.sleep(0.005)


def test_an_import_killed_at_any_moment_is_in_whole_or_not_at_all(tmp_path: Path, database_url: str) -> None:
    home = tmp_path / "home"
    services = opened(home, database_url)
    import_rows(services, "first.csv", [{"when": "2026-09-01 10:00", "score": 10, "who": "p1"}] * 2, source="first")
    known = answers(services)
    rows = [
        {
            "when": f"{date(2026, 1, 5) + timedelta(days=index % 300)} 10:{index % 60:02}",
            "score": index % 11,
            "who": f"p{index % 5000}",
        }
        for index in range(ROWS)
    ]
    survey(home / "big.csv", rows)
    (home / "m.toml").write_text(MAPPING.format(source="big"), encoding="utf-8")
    line, environment = command(home, database_url, "import", str(home / "big.csv"), "--mapping", str(home / "m.toml"))
    draw = random.Random(5)
    attempts = 0
    outcomes = set()
    for pause in (None, 0.0, 0.05, draw.uniform(0.08, 0.15), draw.uniform(0.15, 0.25), draw.uniform(0.25, 0.5)):
        process = subprocess.Popen(line, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if pause is None:
            time.sleep(draw.uniform(0.3, 0.9))
        else:
            began(services, attempts + 1, process)
            time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.wait()
        attempts = count_imports(services) - 1
        assert check_cubes(services)[0] == 0
        now = answers(services)
        outcomes.add(now > known)
        if now > known:
            break
        assert now == known
    final = run(home, database_url, "import", str(home / "big.csv"), "--mapping", str(home / "m.toml"))
    assert (final["rows"], final["accepted"]) == (ROWS, ROWS)
    assert final["changed"] is (True not in outcomes)
    log = services.log.scan("responses", published_versions(services).responses).collect()
    assert (log.height, log["response_id"].n_unique()) == (ROWS + 2, ROWS + 2)
    assert run(home, database_url, "check")["differing"] == 0
    assert False in outcomes
    services.database.dispose()


def count_imports(services: Services) -> int:
    with reading(services.database) as connection:
        return len(every_import(connection))


def test_the_empty_log_is_published_once(services: Services) -> None:
    before = services.state().publication
    ensure_published(services)
    assert services.state().publication == before
    assert before.publication_id == 1


@pytest.mark.parametrize("home", ["con espacio", "ñandú"])
def test_a_home_of_any_name_is_served(tmp_path: Path, home: str) -> None:
    services = opened(tmp_path / home)
    import_rows(services, "a.csv", [{"when": "2026-09-01 10:00", "score": 10}])
    assert answers(services) == 1
    services.database.dispose()
