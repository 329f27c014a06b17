"""Passwords: argon2id with the least cost that OWASP asks for, two at a time, and as slow for names nobody has."""

from __future__ import annotations

from functools import cache
from threading import Semaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
AT_ONCE = Semaphore(2)
"""Each check needs 19 MiB; a crowd at the door waits its turn instead of taking all memory."""


def hashed(password: str) -> str:
    """Return what is stored of a password."""
    with AT_ONCE:
        return HASHER.hash(password)


def is_right(stored: str, password: str) -> bool:
    """Return whether a password is the one that was stored; nothing stored takes as long and is never right."""
    with AT_ONCE:
        try:
            return HASHER.verify(stored or _nobody(), password) and bool(stored)
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(stored: str) -> bool:
    """Return whether a stored password should be hashed anew at the next sign-in."""
    return HASHER.check_needs_rehash(stored)


@cache
def _nobody() -> str:
    return HASHER.hash("nobody has this password")
