"""One server per folder."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data.lock import ServedAlreadyError, server_lock, serving
from tests.data.damage import may_mount, read_only

HOLD = """
import pathlib, sys
from data.lock import server_lock
held = server_lock(pathlib.Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_the_second_server_is_refused_and_told_who_has_the_folder(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    assert serving(tmp_path) == holder.pid
    with pytest.raises(ServedAlreadyError, match=f"process {holder.pid}"):
        server_lock(tmp_path)
    holder.kill()
    holder.wait()
    lock = server_lock(tmp_path)
    assert serving(tmp_path) == os.getpid()
    lock.release()


def test_a_process_that_is_gone_serves_nothing(tmp_path: Path) -> None:
    assert serving(tmp_path) is None
    gone = subprocess.Popen(["true"])
    gone.wait()
    time.sleep(0.01)
    (tmp_path / "server.pid").write_text(str(gone.pid))
    assert serving(tmp_path) is None


@pytest.mark.skipif(not may_mount(), reason="needs root to mount")
def test_a_read_only_folder_needs_no_lock(tmp_path: Path) -> None:
    with read_only(tmp_path):
        assert not server_lock(tmp_path).is_locked
