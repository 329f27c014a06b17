"""A row of the table: what was done, how often, how often it was survived, and what was lost."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.processes import ROOT


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a row.

    Attributes
    ----------
    tried, survived : int
        How often it was done, and how often everything held afterwards.
    lost : int
        Things that were acknowledged and are gone, or that are only half there. Must be 0.
    note : str
        What was measured, or what failed first.
    skipped : str
        Why it was not tried at all; such a row is never survived.
    """

    tried: int
    survived: int
    lost: int
    note: str = ""
    skipped: str = ""

    @property
    def holds(self) -> bool:
        """Return whether the row is good: nothing lost, everything survived."""
        return not self.skipped and self.lost == 0 and self.survived == self.tried > 0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    name: str
    what: str
    run: Callable[[], Outcome]


NEEDS_ROOT = Outcome(0, 0, 0, skipped="needs root to mount")


def proven(*words: str) -> Callable[[], Outcome]:
    """Return a row that ordinary tests prove: each test is one try, each failure one loss."""

    def run() -> Outcome:
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.xml"
            command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *words]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            if not report.exists():
                return Outcome(1, 0, 1, done.stdout[-200:])
            cases = list(ElementTree.parse(report).iter("testcase"))  # noqa: S314 (a file that pytest has just written)
        skipped = [case for case in cases if case.find("skipped") is not None]
        failed = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
        tried = len(cases) - len(skipped)
        if not tried and skipped:
            return Outcome(0, 0, 0, skipped=str(skipped[0].find("skipped").get("message")))  # type: ignore[union-attr]
        note = f"first: {failed[0].get('name')}" if failed else f"{len(skipped)} skipped" if skipped else ""
        return Outcome(tried, tried - len(failed), len(failed), note)

    return run
