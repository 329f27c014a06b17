"""Alembic's environment: the same revisions run on SQLite and PostgreSQL."""

from __future__ import annotations

from alembic import context

from data.database import make_engine
from data.records import metadata

engine = make_engine(str(context.config.get_main_option("sqlalchemy.url")))
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
engine.dispose()
