"""A child process with limits: its failure is told, its hunger is bounded."""

from __future__ import annotations

import subprocess
import sys

import pytest

from data.ingest.child import ROOT, ChildFailedError, run_module


def test_a_child_that_fails_without_words_is_told_by_its_code() -> None:
    with pytest.raises(ChildFailedError) as caught:
        run_module("data.ingest.no_such_module", [], 20)
    assert (caught.value.code, caught.value.message) == (1, "")


def test_a_child_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(ChildFailedError, match="longer than 1 seconds"):
        run_module("timeit", ["-n", "1", "-r", "1", "import time; time.sleep(20)"], 1)


def test_a_limited_process_cannot_take_all_memory() -> None:
    code = "from data.ingest.child import limit_self; limit_self(256, 10); bytearray(1 << 30)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "MemoryError" in done.stderr) == (1, True)
