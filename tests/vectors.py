"""Run reference cases against the domain: `python -m tests.vectors DIR`.

One line per failure, then `N passed, N failed`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from math import isclose, isfinite
from pathlib import Path
from typing import Any

from tests.adapters import ADAPTERS, comments, commitments, culture, evidence, improvements, journey, score, suppression

REGISTERED = (score, suppression, evidence, journey, commitments, comments, improvements, culture)
"""Modules whose import registers their adapters."""

IGNORED = {"note", "notes", "names", "codes"}

LOOSER = {
    "pi80_abs": ("final_pi80",),
    "p_perm_abs": ("p_perm",),
    "p_abs": ("p_benefit_gt_cost",),
    "alpha_beta_rel": ("alpha", "beta"),
}
"""Tolerances of their own, for what is drawn at random, integrated or searched for: tolerance to results."""


def difference(expected: Any, found: Any, tolerance: float, where: str = "", relative: float = 1e-9) -> str | None:
    """Return what differs first, None when nothing does. A number out of its tolerances differs; so does NaN."""
    if isinstance(expected, Mapping):
        for key, value in expected.items():
            if key in IGNORED:
                continue
            if not isinstance(found, Mapping) or key not in found:
                return f"{where}{key} is missing"
            if trouble := difference(value, found[key], tolerance, f"{where}{key}.", relative):
                return trouble
        return None
    if isinstance(expected, list):
        if not isinstance(found, list | tuple) or len(found) != len(expected):
            return f"{where[:-1]}: expected {expected}, found {found}"
        for index, (left, right) in enumerate(zip(expected, found, strict=True)):
            if trouble := difference(left, right, tolerance, f"{where}{index}.", relative):
                return trouble
        return None
    is_number = isinstance(expected, int | float) and not isinstance(expected, bool)
    if is_number and isinstance(found, int | float) and isfinite(found):
        same = isclose(expected, found, rel_tol=relative, abs_tol=max(tolerance, 1e-12))
    else:
        same = expected == found
    return None if same else f"{where[:-1]}: expected {expected}, found {found}"


def check(case: Mapping[str, Any]) -> str | None:
    """Return why a case fails, None when it passes."""
    function = ADAPTERS.get(case["function"])
    if function is None:
        return f"there is no {case['function']}"
    try:
        found = function(**case["inputs"])
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    tolerance = case.get("tolerance", {})
    expected = dict(case["expected"]) if isinstance(case["expected"], Mapping) else case["expected"]
    absolute, relative = float(tolerance.get("abs", 0.0)), float(tolerance.get("rel", 1e-9))
    for name, results in LOOSER.items():
        if isinstance(expected, dict) and name in tolerance:
            own = {result: expected.pop(result) for result in results if result in expected}
            loose = float(tolerance[name])
            wide = (absolute, loose) if name.endswith("_rel") else (loose, relative)
            if trouble := difference(own, found, wide[0], relative=wide[1]):
                return trouble
    return difference(expected, found, absolute, relative=relative)


def cases(folder: Path) -> list[Mapping[str, Any]]:
    """Return the cases of every JSON file in `folder`, or of one file."""
    files = [folder] if folder.is_file() else sorted(folder.glob("*.json"))
    return [case for file in files for case in json.loads(file.read_text(encoding="utf-8"))["cases"]]


def main(arguments: list[str]) -> int:
    """Run the cases of a folder and return the exit code."""
    if len(arguments) != 1:
        print("usage: python -m tests.vectors DIR")
        return 2
    failed = passed = 0
    for case in cases(Path(arguments[0])):
        trouble = check(case)
        if trouble is None:
            passed += 1
        else:
            failed += 1
            print(f"{case['id']}: {trouble}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
