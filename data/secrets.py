"""The installation's secret: signs what browsers keep and keys the hashes of every token. Made at the first start."""

from __future__ import annotations

import hmac
import os
import secrets
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from dashboard.refusals import Refusal

BYTES = 32
CODE_SIGNS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Signs of codes that people read aloud: none that look like another."""


class SecretError(Refusal):
    """The secret cannot be used. The message says what to do."""


class Secrets:
    """The secret of one home folder, in the file `secret.key` that only its owner reads."""

    def __init__(self, home: Path) -> None:
        self.path = home / "secret.key"

    @cached_property
    def key(self) -> bytes:
        """Return the secret, made at the first call.

        Raises
        ------
        SecretError
            When the file is too short or all alike, as a placeholder would be.
        """
        if not self.path.exists():
            try:
                _make(self.path)
            except OSError:
                return secrets.token_bytes(BYTES)  # a disk that cannot be written: good until the process ends
        key = self.path.read_bytes()
        if len(key) < BYTES or len(set(key)) < BYTES // 2:
            raise SecretError("the file {} holds no secret; take it away and a new one is made", self.path)
        if self.path.stat().st_mode & 0o077:
            self.path.chmod(0o600)
        return key

    def fingerprint(self, purpose: str, token: str) -> str:
        """Return the keyed hash that is stored in place of a token: the database alone opens nothing."""
        return hmac.new(self.key, f"{purpose}\x1f{token}".encode(), sha256).hexdigest()


def _make(path: Path) -> None:
    """Write a fresh secret; of two who do so at once, one wins and both use it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f"secret.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def new_token() -> str:
    """Return a token of 256 bits for links and cookies."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Return eight signs for people to compare or type, in two groups: 39 bits, for minutes and few tries."""
    signs = "".join(secrets.choice(CODE_SIGNS) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}"


def tidy_code(code: str) -> str:
    """Return a code as it was made, however it was typed; other signs are dropped."""
    signs = "".join(sign for sign in code.upper() if sign in CODE_SIGNS)[:8]
    return f"{signs[:4]}-{signs[4:]}"
