"""Uploaded files: ours to name, ours to forget."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

import pytest

from data.ingest.raw import ImportRefusedError
from data.uploads import DAY, TooLargeError, forget_uploads, keep_upload, upload_path


def test_an_upload_is_found_under_the_name_we_gave(tmp_path: Path) -> None:
    name = keep_upload(tmp_path, io.BytesIO(b"id,score\n"), 100)
    assert upload_path(tmp_path, name).read_bytes() == b"id,score\n"


@pytest.mark.parametrize("name", ["", "../records.db", "a" * 32 + "/x", "A" * 32, "g" * 32, "0" * 31, "0" * 32 + "\n"])
def test_a_name_we_did_not_give_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ImportRefusedError):
        upload_path(tmp_path, name)


def test_too_large_is_refused_and_nothing_is_kept(tmp_path: Path) -> None:
    with pytest.raises(TooLargeError, match="larger than 1 MB"):
        keep_upload(tmp_path, io.BytesIO(b"x" * ((1 << 20) + 1)), 1 << 20)
    assert list((tmp_path / "uploads").iterdir()) == []
    keep_upload(tmp_path, io.BytesIO(b"x" * (1 << 20)), 1 << 20)


def test_what_is_a_day_old_is_forgotten(tmp_path: Path) -> None:
    old = keep_upload(tmp_path, io.BytesIO(b"x"), 10)
    os.utime(tmp_path / "uploads" / old, (time.time() - DAY - 5,) * 2)
    new = keep_upload(tmp_path, io.BytesIO(b"y"), 10)
    assert upload_path(tmp_path, new)
    with pytest.raises(ImportRefusedError, match="no longer here"):
        upload_path(tmp_path, old)


def test_all_of_them_can_be_forgotten(tmp_path: Path) -> None:
    assert forget_uploads(tmp_path) == 0
    names = [keep_upload(tmp_path, io.BytesIO(b"x"), 10) for _ in range(2)]
    assert forget_uploads(tmp_path) == 2
    for name in names:
        with pytest.raises(ImportRefusedError, match="no longer here"):
            upload_path(tmp_path, name)
