"""Answers kept for the next who asks. Answers, not pictures: one entry serves both languages and all screens.

A key holds the revision of the data, the question and what the asker may see; old entries fall out, nothing is ever
invalidated. Two who ask the same at the same time compute it once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar, cast

from flask import Flask
from flask_caching import Cache

Answer = TypeVar("Answer")

KEPT = 2000


def make_cache(folder: Path, server: Flask) -> Cache:
    """Return the cache on disk, shared by every process of this machine; nobody else may read its folder.

    Where the folder cannot be written, the machine's own temporary folder has to do.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
    except OSError:
        folder = Path(mkdtemp(prefix="marcador-cache-"))
    options = {"CACHE_TYPE": "FileSystemCache", "CACHE_DIR": str(folder), "CACHE_THRESHOLD": KEPT}
    cache = Cache()
    cache.init_app(server, config=options | {"CACHE_DEFAULT_TIMEOUT": 0})
    return cache


def forget_answers(folder: Path) -> int:
    """Delete every kept answer; return how many there were."""
    kept = [path for path in folder.glob("*") if path.is_file()]
    for path in kept:
        path.unlink(missing_ok=True)
    return len(kept)


class Answers:
    """Keeps answers under (version, scope, question)."""

    def __init__(self, cache: Cache | None, build: str) -> None:
        self._cache = cache
        self._build = build
        self._guard = threading.Lock()
        self._busy: dict[str, threading.Event] = {}

    def get(self, version: str, scope: str, question: tuple[Hashable, ...], compute: Callable[[], Answer]) -> Answer:
        """Return the kept answer, or compute and keep it.

        Parameters
        ----------
        version : str
            Changes whenever the data do.
        scope : str
            What the asker may see (`Scope.key`).
        question : tuple
            Small values whose `repr` tells two questions apart; never a frame.
        compute : callable
            Called once per key, whoever else waits.
        """
        if self._cache is None:
            return compute()
        text = repr((self._build, version, scope, question))
        key = sha256(text.encode()).hexdigest()
        while True:
            kept = self._cache.get(key)
            if kept is not None:
                return cast(Answer, kept[0])
            with self._guard:
                waiting = self._busy.get(key)
                if waiting is None:
                    self._busy[key] = threading.Event()
            if waiting is None:
                return cast(Answer, self._computed(key, compute))
            waiting.wait(60)

    def _computed(self, key: str, compute: Callable[[], Any]) -> Any:
        assert self._cache is not None
        try:
            kept = self._cache.get(key)  # whoever computed it may have finished between our look and our turn
            if kept is not None:
                return kept[0]
            answer = compute()
            self._cache.set(key, (answer,))
            return answer
        finally:
            with self._guard:
                self._busy.pop(key).set()
