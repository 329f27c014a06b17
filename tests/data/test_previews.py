"""What a browser is told of an import."""

from __future__ import annotations

import json

from data.ingest.mapping import parse_mapping
from data.previews import preview_values
from data.services import Services
from data.writes.imports import preview
from tests.data.stores import MAPPING, answers_of, import_rows, survey


def test_a_preview_tells_counts_reasons_and_the_score_of_the_file_alone(services: Services) -> None:
    rows = [*answers_of(2, 5), {"id": "z", "when": "?", "score": 1}]
    path = survey(services.home / "a.csv", rows)
    told = preview_values(preview(services, path, parse_mapping(MAPPING.format(source="tool"))))
    assert (told["rows"], told["accepted"], told["rejected"]) == (11, 10, 1)
    assert told["reasons"] == [{"reason": "date_unreadable", "row": 1}]
    assert (told["score"]["points"], told["score"]["n"]) == (40, 10)
    json.dumps(told)


def test_a_repeated_file_has_no_score_of_its_own(services: Services) -> None:
    import_rows(services, "a.csv", answers_of(1, 5))
    told = preview_values(import_rows(services, "a.csv", answers_of(1, 5)))
    assert told["is_new"] is False
    assert "score" not in told
