"""Who can count on us: asked once per version and day, of accounts, which only roles that see small groups see."""

from __future__ import annotations

from dashboard.filters import EVERYTHING, Filters
from dashboard.ledger import held
from dashboard.permissions import Scope, within_own_teams
from dashboard.reliance import Reliance, reliance
from data.ledger import DAY, own_entries, promised_by
from data.services import Services, State


def read_reliance(services: Services, state: State, scope: Scope, filters: Filters = EVERYTHING) -> Reliance:
    """Return how reliable we are to each account, by hand and in bulk together, of what was due by yesterday.

    The period is that in which things fell due. Captains are told what their own teams promised.

    Raises
    ------
    NotAllowedError
        When the role may not see small groups.
    """
    asked = within_own_teams(scope, filters)
    question = ("reliance", asked.query(), state.today.isoformat())
    return services.answers.get(state.version, scope.key, question, lambda: _reliance(services, state, scope, asked))


def _reliance(services: Services, state: State, scope: Scope, asked: Filters) -> Reliance:
    commitments = held(own_entries(services, scope, asked.within(None, None)))
    return reliance(promised_by(commitments, services.promises(state), asked, state.today - DAY, "account"))
