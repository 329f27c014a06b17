"""Decisions carried out: one module per noun, all through one context for transaction, audit row and revision."""
