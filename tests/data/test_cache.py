"""Kept answers: for whom, of what version, computed once."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from flask import Flask
from flask_caching import Cache

from data.cache import Answers, forget_answers, make_cache


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    return Answers(make_cache(tmp_path / "cache", Flask("test")), "build")


def asked(answers: Answers, version: str, scope: str, question: tuple[str, ...], value: object) -> object:
    return answers.get(version, scope, question, lambda: value)


def test_an_answer_is_kept_for_its_version_scope_and_question_only(answers: Answers) -> None:
    key = ("1.20261116", "MEMBER", ("scoreboard", "team=A"))
    assert asked(answers, *key, "first") == "first"
    assert asked(answers, *key, "second") == "first"
    assert asked(answers, "2.20261116", key[1], key[2], "newer") == "newer"
    assert asked(answers, key[0], "ADMINISTRATOR", key[2], "more") == "more"
    assert asked(answers, key[0], key[1], ("scoreboard", "team=B"), "other") == "other"
    assert asked(answers, key[0], key[1], ("scoreboard", "team=A", ""), "longer") == "longer"
    assert asked(answers, *key, "third") == "first"


def test_another_build_keeps_its_own_answers(tmp_path: Path) -> None:
    cache = make_cache(tmp_path / "cache", Flask("test"))
    assert asked(Answers(cache, "one"), "1", "s", ("q",), 1) == 1
    assert asked(Answers(cache, "two"), "1", "s", ("q",), 2) == 2


def test_nothing_is_an_answer_too(answers: Answers) -> None:
    assert asked(answers, "1", "s", ("q",), None) is None
    assert asked(answers, "1", "s", ("q",), "something") is None


def test_another_process_finds_the_answer_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    asked(Answers(make_cache(tmp_path / "c", Flask("a")), ""), "1", "s", ("q",), [1, 2])
    assert asked(Answers(make_cache(tmp_path / "c", Flask("b")), ""), "1", "s", ("q",), None) == [1, 2]
    assert (tmp_path / "c").stat().st_mode & 0o777 == 0o700


def test_without_a_cache_everything_is_computed() -> None:
    assert [asked(Answers(None, ""), "1", "s", ("q",), value) for value in (1, 2)] == [1, 2]


def together(answers: Answers, threads: int, pause: float) -> tuple[list[object], int]:
    computed: list[int] = []
    found: list[object] = []
    start = threading.Barrier(threads)

    def compute() -> str:
        computed.append(1)
        time.sleep(pause)
        return "answer"

    def ask() -> None:
        start.wait()
        found.append(answers.get("1", "s", ("q",), compute))

    crowd = [threading.Thread(target=ask) for _ in range(threads)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    return found, len(computed)


def test_eight_who_ask_at_once_compute_once(answers: Answers) -> None:
    assert together(answers, 8, 0.2) == (["answer"] * 8, 1)


class SlowToMiss:
    """A cache whose first miss is told late: by then somebody else has kept the answer."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self.missed = threading.Event()
        self.is_first = True

    def get(self, key: str) -> object:
        kept = self.cache.get(key)
        if self.is_first and kept is None:
            self.is_first = False
            self.missed.set()
            time.sleep(0.3)
        return kept

    def set(self, key: str, value: object) -> None:
        self.cache.set(key, value)


def test_who_looked_just_before_it_was_kept_does_not_compute_it_again(tmp_path: Path) -> None:
    slow = SlowToMiss(make_cache(tmp_path / "c", Flask("a")))
    answers = Answers(slow, "")  # type: ignore[arg-type]  # a cache that is late, made by hand
    found: list[object] = []
    late = threading.Thread(target=lambda: found.append(asked(answers, "1", "s", ("q",), "again")))
    late.start()
    slow.missed.wait()
    assert asked(answers, "1", "s", ("q",), "once") == "once"
    late.join()
    assert found == ["once"]


def test_a_failure_is_not_kept_and_lets_the_next_one_try(answers: Answers) -> None:
    with pytest.raises(ZeroDivisionError):
        answers.get("1", "s", ("q",), lambda: 1 // 0)
    assert asked(answers, "1", "s", ("q",), 7) == 7


def test_kept_answers_can_be_forgotten_and_are_computed_anew(tmp_path: Path) -> None:
    answers = Answers(make_cache(tmp_path / "c", Flask("a")), "")
    assert asked(answers, "1", "s", ("q",), "once") == "once"
    assert forget_answers(tmp_path / "c") >= 1
    assert list((tmp_path / "c").iterdir()) == []
    assert asked(answers, "1", "s", ("q",), "anew") == "anew"
    assert forget_answers(tmp_path / "nowhere") == 0
