"""A file as it was read: every cell text, every row numbered, nothing interpreted yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl

from dashboard.refusals import Refusal

ROW = "__row__"
"""Name of the column that holds the row number as a spreadsheet shows it: the header is row 1."""

CELL_BREAK = "¦"
"""Between the cells of a row that does not fit the header, as it is kept."""

MOST_COLUMNS = 512
MOST_ROWS = 10_000_000
LONGEST_CELL = 32_768
LONGEST_NAME = 200


class Reason(StrEnum):
    """Why a row was rejected. The words of each are in docs/import.md and in the catalogues."""

    FIELDS_TOO_FEW = "fields_too_few"
    FIELDS_TOO_MANY = "fields_too_many"
    ROW_IS_EMPTY = "row_is_empty"
    DATE_MISSING = "date_missing"
    DATE_UNREADABLE = "date_unreadable"
    DATE_TOO_OLD = "date_too_old"
    DATE_IN_FUTURE = "date_in_future"
    ID_MISSING = "id_missing"
    ID_REPEATED = "id_repeated"
    SCORE_UNREADABLE = "score_unreadable"
    SCORE_OUT_OF_RANGE = "score_out_of_range"
    RATING_UNREADABLE = "rating_unreadable"
    RATING_OUT_OF_RANGE = "rating_out_of_range"
    RATING_REPEATED = "rating_repeated"
    MOMENT_MISSING = "moment_missing"
    WEIGHT_UNREADABLE = "weight_unreadable"
    WEIGHT_OUT_OF_RANGE = "weight_out_of_range"
    COUNT_UNREADABLE = "count_unreadable"
    NAME_TOO_LONG = "name_too_long"
    TEXT_TOO_LONG = "text_too_long"
    AUDIENCE_UNKNOWN = "audience_unknown"
    ANSWER_DIFFERS = "answer_differs"
    NOTHING_ANSWERED = "nothing_answered"
    ALREADY_IMPORTED = "already_imported"
    FORGOTTEN = "forgotten"
    INDICATOR_UNKNOWN = "indicator_unknown"
    VALUE_UNREADABLE = "value_unreadable"
    VALUE_OUT_OF_RANGE = "value_out_of_range"
    READING_REPEATED = "reading_repeated"
    DELAY_UNREADABLE = "delay_unreadable"


REJECTED = {
    "row": pl.Int64(),
    "column": pl.String(),
    "value": pl.String(),
    "reason": pl.String(),
    "raw": pl.String(),
}
"""One reason of one rejected row; `raw` is the whole row as it was read, so that nothing is lost."""


def wordless(rejected: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """Return rejections (schema `REJECTED`) without what stood in the given rows: only why they stayed out."""
    stays = ~pl.col("row").is_in(rows.implode())
    return rejected.with_columns(pl.when(stays).then(pl.col("value", "raw")).otherwise(pl.lit("")))


class ImportRefusedError(Refusal):
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


def tidy_header(names: list[str], row: int = 1) -> tuple[str, ...]:
    """Return the names without spaces around them; `row` is where they stand.

    Raises
    ------
    ImportRefusedError
        Without columns, with too many, with two of the same name.
    """
    tidied = [name.replace("\ufeff", "").strip() for name in names]
    while tidied and not tidied[-1]:
        tidied.pop()
    if not tidied:
        raise ImportRefusedError(
            "row {} is empty: it must name the columns; say where they stand in the mapping: [file] header_row = …", row
        )
    if len(tidied) > MOST_COLUMNS:
        raise ImportRefusedError("the file has {} columns; at most {} can be read", len(tidied), MOST_COLUMNS)
    named = [name or f"column {index + 1}" for index, name in enumerate(tidied)]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise ImportRefusedError(
            "row {}: the column {} appears twice; rename one", row, ", ".join(repr(name) for name in twice)
        )
    if ROW in named:
        raise ImportRefusedError("row {}: a column cannot be called {}", row, ROW)
    return tuple(named)
