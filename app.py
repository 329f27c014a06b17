"""Marcador's composition root: puts the layers together and is imported by nobody."""

from __future__ import annotations

from callbacks.commands import main

if __name__ == "__main__":
    main()
