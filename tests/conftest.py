"""What all tests share."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.homes import SHARED

settings.register_profile(
    "house", deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


def pytest_configure() -> None:
    """Name a folder for homes that every process of a run copies."""
    if SHARED not in os.environ:
        os.environ[SHARED] = tempfile.mkdtemp(prefix="marcador-homes-")
        atexit.register(shutil.rmtree, os.environ[SHARED], ignore_errors=True)


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
