"""A file as it was read: every cell text, every row numbered, nothing interpreted yet."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

ROW = "__row__"
"""Name of the column that holds the row number as a spreadsheet shows it: the header is row 1."""

MOST_COLUMNS = 512
MOST_ROWS = 10_000_000
LONGEST_CELL = 32_768

REJECTED = {
    "row": pl.Int64(),
    "column": pl.String(),
    "value": pl.String(),
    "reason": pl.String(),
    "raw": pl.String(),
}
"""One reason of one rejected row; `raw` is the whole row as it was read, so that nothing is lost."""


class ImportRefusedError(ValueError):
    """A file or mapping that cannot be imported at all. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A table of text.

    Attributes
    ----------
    cells : DataFrame
        `ROW` (Int64) and the file's columns, all String; an empty cell is an empty text.
    rejected : DataFrame
        Rows whose shape does not fit the header (schema `REJECTED`).
    columns : tuple[str, ...]
        The file's own columns, spaces around them removed.
    how : str
        How it was read, in words: format, encoding, separator.
    """

    cells: pl.DataFrame
    columns: tuple[str, ...]
    how: str
    rejected: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=REJECTED))

    @property
    def rows(self) -> int:
        """Return how many rows were read, those of the wrong shape included."""
        return self.cells.height + self.rejected["row"].n_unique()


def tidy_header(names: list[str]) -> tuple[str, ...]:
    """Return the names without spaces around them.

    Raises
    ------
    ImportRefusedError
        Without columns, with too many, with two of the same name.
    """
    tidied = [name.replace("\ufeff", "").strip() for name in names]
    while tidied and not tidied[-1]:
        tidied.pop()
    if not tidied:
        raise ImportRefusedError("the file has no header: the first row must name the columns")
    if len(tidied) > MOST_COLUMNS:
        raise ImportRefusedError(f"the file has {len(tidied)} columns; at most {MOST_COLUMNS} can be read")
    named = [name or f"column {index + 1}" for index, name in enumerate(tidied)]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise ImportRefusedError(
            f"row 1: the column {', '.join(repr(name) for name in twice)} appears twice; rename one"
        )
    if ROW in named:
        raise ImportRefusedError(f"row 1: a column cannot be called {ROW}")
    return tuple(named)
