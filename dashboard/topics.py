"""What customers talk about: the words that mark a topic, and topics that grow or shrink.

Sources: Grootendorst 2022, arXiv:2203.05794 (class-based TF-IDF); Agresti & Caffo 2000, Am. Stat. 54:280.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.special import ndtr

from dashboard.changes import adjusted_for_search

ADDED_YES, ADDED_ALL = 1.0, 2.0
"""Pseudo-comments of Agresti and Caffo: on the topic, and in all."""


def telling_words(comments: pl.DataFrame) -> pl.DataFrame:
    """Return the words of each topic, the most telling first.

    Parameters
    ----------
    comments : DataFrame
        `topic` (String) and `text` (String): normalised words with spaces between. Empty or null texts say nothing.

    Returns
    -------
    DataFrame
        `topic`, `word` (String) and `weight` (Float64 > 0): the word's share of the topic × ln(1 + words of a mean
        topic ÷ the word's count anywhere). By topic, then weight, equal ones by word. A topic without words has no
        rows.
    """
    topics = comments["topic"].n_unique()
    words = (
        comments.select("topic", word=pl.col("text").str.split(" "))
        .explode("word")
        .filter(pl.col("word").str.len_bytes() > 0)
        .group_by("topic", "word")
        .agg(count=pl.len())
    )
    share = pl.col("count") / pl.col("count").sum().over("topic")
    everywhere = pl.col("count").sum().over("word")
    return words.select(
        "topic", "word", weight=share * (1 + pl.col("count").sum() / max(topics, 1) / everywhere).log()
    ).sort("topic", "weight", "word", descending=[False, True, False])


def with_shifts(topics: pl.DataFrame, before: int, after: int, level: float = 0.1) -> pl.DataFrame:
    """Return topics with the change of their share of comments.

    Parameters
    ----------
    topics : DataFrame
        `before` and `after` (integers): comments of each period on the topic.
    before, after : int
        Comments of each period in all.
    level : float
        Share of wrong calls to live with.

    Returns
    -------
    DataFrame
        With `difference` (Float64, points of per cent, −100..100), `p`, `p_adjusted` (for having looked at every
        topic) and `has_shifted` (Boolean) added. A period without comments: null, and nothing has shifted.
    """
    if not before or not after:
        empty = {name: pl.lit(None, pl.Float64) for name in ("difference", "p", "p_adjusted")}
        return topics.with_columns(**empty, has_shifted=pl.lit(False))
    counts = topics.select("before", "after").cast(pl.Float64).to_numpy()
    whole = np.array([before, after], dtype=float)
    share = (counts + ADDED_YES) / (whole + ADDED_ALL)
    error = np.sqrt((share * (1 - share) / (whole + ADDED_ALL)).sum(axis=1))
    p = 2 * ndtr(-np.abs(share[:, 1] - share[:, 0]) / error)
    difference = 100 * (counts / whole) @ np.array([-1.0, 1.0])
    adjusted = pl.Series(adjusted_for_search(p.tolist()), dtype=pl.Float64)
    return topics.with_columns(
        difference=pl.Series(difference), p=pl.Series(p), p_adjusted=adjusted, has_shifted=adjusted <= level
    )
