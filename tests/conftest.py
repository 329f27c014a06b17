"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "house", deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the project; it is never committed.

    Without it the tests are skipped, except under CI, where its absence is a failure.
    """
    shared = os.environ.get("MARCADOR_SHARED", "")
    folder = Path(shared) / "data"
    if shared and folder.is_dir():
        return folder
    reason = f"MARCADOR_SHARED={shared!r} has no folder 'data': real data is not here"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
