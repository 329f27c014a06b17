"""The public pages, the score and what customers may expect: no script, no name; also what is printed and pinned up."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dashboard.commitments import Entry
from dashboard.ledger import Ledger
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
    body = f"""<h1>{escape(organisation)}</h1>
{objective}
<p class="label">{escape(t("wall.now"))}</p>
<p class="number">{escape(number)}</p>
{word}
<p>{escape(hundred_sentence(t, board))}</p>
<p class="until">{escape(until_sentence(t, board))}</p>"""
    return _page(t, organisation, body)


def promises_page(t: Words, ledger: Ledger, public: Sequence[Entry], organisation: str) -> str:
    """Return the HTML of what customers may expect: public commitments, and how much of each was kept."""
    items = [f"<li>{_promise(t, ledger, entry)}</li>" for entry in public]
    shown = f'<ul class="promises">{"".join(items)}</ul>' if items else f"<p>{escape(t('public.none'))}</p>"
    body = f"""<h1>{escape(organisation)}</h1>
<p class="goal">{escape(t("public.expect"))}</p>
{shown}
<p class="until">{escape(t("public.until", day=t.day(ledger.today, year=True)))}</p>"""
    return _page(t, organisation, body)


def _promise(t: Words, ledger: Ledger, entry: Entry) -> str:
    one, kept = entry.commitment, ledger.state(entry)
    said = t(f"stage_of.{one.stage.value}")
    if one.due is not None:
        said = f"{t.day(one.due)} · {said}"
    if kept is not None and kept.display is not Display.HIDDEN:
        counted = t("commitments.kept_of", kept=t.count(kept.kept), n=kept.due)
        said = f"{t('commitments.held', share=t.share(kept.share))} · {counted}"
    terms = f"<small>{escape(one.conditions)}</small>" if one.conditions else ""
    return f"<b>{escape(one.what)}</b><span>{escape(said)}</span>{terms}"


def _page(t: Words, organisation: str, body: str) -> str:
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
{body}
</main>
</body>
</html>"""
