"""Releases that are not this one: an older shape, and our migrations with one more, made for tests of upgrades."""

from __future__ import annotations

import shutil
from pathlib import Path

from alembic import command
from alembic.config import Config

from data.database import MIGRATIONS, known_revisions

NEWER = '''"""a shape for tests"""

import sqlalchemy as sa
from alembic import op

revision = "9001"
down_revision = "{before}"


def upgrade():
    op.create_table("halves", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(200)))
    op.execute("insert into halves (name) select name from members")
    for number in range({columns}):
        op.add_column("halves", sa.Column(f"more_{{number}}", sa.Integer))
        op.execute(f"update halves set more_{{number}} = id")
    op.create_table("others", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("insert into others select id from halves")
'''


def scripts_with_a_newer(folder: Path, columns: int = 5) -> Path:
    """Return a folder of migrations: ours, and a step of many statements after them."""
    scripts = folder / "migrations"
    shutil.copytree(MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    step = NEWER.format(before=known_revisions()[0], columns=columns)
    (scripts / "versions" / "9001_for_tests.py").write_text(step, encoding="utf-8")
    return scripts


def shaped(url: str, revision: str) -> None:
    """Bring an empty database to the shape that an older release left behind."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url)
    command.upgrade(config, revision)
