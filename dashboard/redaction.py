"""Masking personal details in what customers write: addresses, numbers, documents. Names are not recognised."""

from __future__ import annotations

import polars as pl

from dashboard.permissions import Capability, Scope, can

MASK = "•••"

PATTERNS = (
    r"(?i)[\p{L}\d._%+-]+\s?@\s?[\p{L}\d-]+(?:\.[\p{L}\d-]+)+",  # e-mail
    r"(?i)\bhttps?://\S+|\bwww\.\S+",
    r"(?i)\b[a-z]{2}\d{2}(?:[ -]?[a-z\d]{4}){3,7}(?:[ -]?[a-z\d]{1,3})?\b",  # IBAN
    r"(?i)\b(?:[xyz][ -]?\d{7}|\d{2}\.?\d{3}\.?\d{3})[ -]?[a-hj-np-tv-z]\b",  # Spanish DNI and NIE
    r"(?:\+|\b00)?\d(?:[ .()/-]{0,2}\d){7,18}\b",  # telephone, card, account, order: eight digits and more
    r"(?:^|[^\w])@\w{3,}",  # a name in a social network
)
"""What is masked, in this order (regular expressions of Rust's regex crate)."""


def redacted(words: pl.Expr) -> pl.Expr:
    """Return a text column with personal details masked; null stays null."""
    for pattern in PATTERNS:
        words = words.str.replace_all(pattern, MASK)
    return words


def as_readable(scope: Scope, words: pl.Expr) -> pl.Expr:
    """Return a text column as a role reads it: whole, or with personal details masked."""
    return words if can(scope, Capability.READ_WHOLE_COMMENTS) else redacted(words)
