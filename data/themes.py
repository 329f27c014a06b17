"""Themes as stored, and the question of what customers talk about."""

from __future__ import annotations

import polars as pl
import sqlalchemy as sa

from dashboard.filters import Filters
from dashboard.permissions import Capability, Scope, can
from dashboard.starters import STARTERS
from dashboard.themes import Assigner, Theme, Topic, marked, topics
from dashboard.thresholds import may_show_group
from data import records
from data.database import reading
from data.services import Services, State

MOST = 20_000
"""Comments that are read at most: the newest."""


def read_themes(connection: sa.Connection) -> tuple[Theme, ...]:
    """Return the organisation's themes in its order; until it has any, those to begin with, without a name."""
    table = records.themes
    rows = connection.execute(sa.select(table).order_by(table.c.position, table.c.key)).mappings()
    return tuple(Theme(row["key"], row["name"], tuple(row["words"])) for row in rows) or STARTERS


def read_labels(connection: sa.Connection) -> pl.DataFrame:
    """Return what people said: `response_id`, `theme` (String) and `is_about` (Boolean)."""
    table = records.theme_labels
    rows = connection.execute(sa.select(table.c.response_id, table.c.theme, table.c.is_about)).all()
    schema = {"response_id": pl.String, "theme": pl.String, "is_about": pl.Boolean}
    return pl.DataFrame([tuple(row) for row in rows], schema=schema, orient="row")


def assigned(comments: pl.DataFrame, themes: tuple[Theme, ...], labels: pl.DataFrame) -> pl.DataFrame:
    """Return which comments are about which themes and who says so; a person's word wins over the rules.

    Parameters
    ----------
    comments : DataFrame
        `response_id` and `verbatim`.
    labels : DataFrame
        As `read_labels`.

    Returns
    -------
    DataFrame
        `response_id`, `theme`, `assigner`.
    """
    keys = ["response_id", "theme"]
    rules = (
        marked(comments, themes).join(labels, on=keys, how="anti").with_columns(assigner=pl.lit(Assigner.RULE.value))
    )
    people = labels.filter("is_about").join(comments.select("response_id"), on="response_id", how="semi")
    known = pl.Series("theme", [theme.key for theme in themes], dtype=pl.String)
    people = people.filter(pl.col("theme").is_in(known.implode())).select(keys)
    return pl.concat([rules, people.with_columns(assigner=pl.lit(Assigner.PERSON.value))])


def read_topics(services: Services, state: State, scope: Scope, filters: Filters) -> list[Topic]:
    """Return what the comments that the role may read talk about, the most mentioned first.

    A theme that fewer customers mention than the role may see alone is left out.

    Raises
    ------
    NotAllowedError
        When the role reads no comments.
    """
    question = ("topics", filters.query())
    return services.answers.get(state.version, scope.key, question, lambda: _topics(services, state, scope, filters))


def _topics(services: Services, state: State, scope: Scope, filters: Filters) -> list[Topic]:
    comments = services.scores(state).comments(scope, filters, MOST)
    with reading(services.database) as connection:
        themes, labels = read_themes(connection), read_labels(connection)
    found = topics(comments, assigned(comments, themes, labels), themes)
    is_private = not can(scope, Capability.SEE_SMALL_GROUPS)
    return [topic for topic in found if may_show_group(topic.n, is_private)]
