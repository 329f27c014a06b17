"""The public page of the score: no script, no comment, no team; also what is printed and pinned up."""

from __future__ import annotations

from html import escape

from dashboard.scoreboard import Scoreboard
from dashboard.thresholds import Display
from layouts.verdict import hundred_sentence, objective_sentence, saying, until_sentence
from layouts.words import Words


def score_page(t: Words, board: Scoreboard, organisation: str) -> str:
    """Return the HTML of the page."""
    score = board.score
    is_hidden = score.points is None or score.display is Display.HIDDEN
    decimals = board.judgement.decimals if board.judgement else 0
    number = t("common.none") if is_hidden else t.points(score.points, decimals)
    objective, word = "", ""
    if board.goal is not None and board.judgement is not None:
        said = saying(t, board.judgement)
        objective = f'<p class="goal">{escape(objective_sentence(t, board.goal))}</p>'
        today = t.points(board.judgement.objective, decimals)
        word = (
            f'<p class="today">{escape(t("score.objective_today"))}: <b>{escape(today)}</b></p>'
            f'<p class="word {said.tone}"><span aria-hidden="true">{said.shape}</span> {escape(said.word)} '
            f"<small>{escape(said.by)}</small></p>"
        )
    return f"""<!DOCTYPE html>
<html lang="{t.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(organisation)} · Marcador</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/head/score.css">
</head>
<body>
<main>
<h1>{escape(organisation)}</h1>
{objective}
<p class="label">{escape(t("wall.now"))}</p>
<p class="number">{escape(number)}</p>
{word}
<p>{escape(hundred_sentence(t, board))}</p>
<p class="until">{escape(until_sentence(t, board))}</p>
</main>
</body>
</html>"""
