"""The questions of the page of one account. An account is a small group: only roles that see those ask."""

from __future__ import annotations

import polars as pl

from dashboard.account_page import Account, account_of
from dashboard.filters import EVERYTHING, Filters
from dashboard.permissions import Capability, Scope, can, check, within
from dashboard.voice import STREAM
from data.rows import of_customers
from data.services import Services, State
from data.voice import Search, read_stream

MOST_ACCOUNTS = 400
ANSWERED = ("response_id", "respondent", "area", "role", "recommend", "day", "answered_at")


def read_accounts(services: Services, state: State, scope: Scope) -> list[str]:
    """Return the accounts that answered, by name.

    Raises
    ------
    NotAllowedError
        When the role may not see small groups.
    """
    check(scope, Capability.SEE_SMALL_GROUPS)
    found = _rows(services, state, scope, EVERYTHING).select(pl.col("account").drop_nulls().unique().sort())
    return found.collect().to_series().head(MOST_ACCOUNTS).to_list()


def read_account(services: Services, state: State, scope: Scope, name: str) -> Account | None:
    """Return one account, None when nobody of it ever answered; whole comments leave a note.

    Raises
    ------
    NotAllowedError
        When the role may not see small groups.
    """
    check(scope, Capability.SEE_SMALL_GROUPS)
    rows = _rows(services, state, scope, EVERYTHING.with_values("account", [name]))
    answers = rows.filter(pl.col("counts") & pl.col("recommend").is_not_null()).select(ANSWERED).collect()
    comments = pl.DataFrame(schema=STREAM)
    if can(scope, Capability.READ_COMMENTS):
        always = EVERYTHING.within(services.scores(state).first_day or state.today, state.today)
        comments = read_stream(services, state, scope, Search(always, account=name))
    return account_of(name, answers, comments)


def _rows(services: Services, state: State, scope: Scope, asked: Filters) -> pl.LazyFrame:
    limited = of_customers(within(scope, asked))
    rows = services.log.scan("responses", state.publication.versions.responses)
    return services.scores(state).members.merged(rows, limited.dimensions).filter(limited.expression())
