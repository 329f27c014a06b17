"""Reference cases of comments: words of a topic, topics that move, groupings that agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from dashboard.groupings import likeness
from dashboard.topics import telling_words, with_shifts
from tests.adapters import adapter


@adapter
def ctfidf(docs: Sequence[str], cls: Sequence[str]) -> Mapping[str, Any]:
    words = telling_words(pl.DataFrame({"topic": cls, "text": docs}, schema={"topic": pl.String, "text": pl.String}))
    vocabulary, classes = sorted(set(words["word"])), sorted(set(cls))
    weights = {(topic, word): weight for topic, word, weight in words.iter_rows()}
    return {
        "vocab": vocabulary,
        "classes": classes,
        "weights": [[weights.get((topic, word), 0.0) for word in vocabulary] for topic in classes],
        "top3": [words.filter(pl.col("topic") == topic)["word"].head(3).to_list() for topic in classes],
    }


@adapter
def cluster_agreement(truth: Sequence[Any], predicted: Sequence[Any]) -> Mapping[str, Any]:
    result = likeness(truth, predicted)
    return {"ari": result.rand, "nmi_arithmetic": result.information, "purity": result.purity}


@adapter
def theme_shift(
    before: Sequence[int], n_before: int, after: Sequence[int], n_after: int, q: float = 0.1
) -> Mapping[str, Any]:
    topics = pl.DataFrame({"before": before, "after": after}, schema={"before": pl.Int64, "after": pl.Int64})
    shifts = with_shifts(topics, n_before, n_after, q)
    return {
        "diff_pp": shifts["difference"].to_list(),
        "p": shifts["p"].to_list(),
        "p_adj": shifts["p_adjusted"].to_list(),
        "flag": shifts["has_shifted"].to_list(),
    }
