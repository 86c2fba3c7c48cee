"""`gongping norm`: which duties are judged, by which tests, with which faults and lookalikes, and what is still a gap."""

from __future__ import annotations

import argparse
import ast
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files

from gongping.norm.catalogue import Duty, load

NOT_VISIBLE = ("attestation", "none")
"""Observability classes of norm.yaml that no browser can decide."""


@dataclass(frozen=True)
class Row:
    """A duty's coverage. `mode`: automatic, semiAuto, manual (a browser could see it, nothing is built), notVisible."""

    duty: str
    title: str
    observability: str
    force: str
    mode: str
    tests: tuple[str, ...]
    faults: tuple[str, ...]
    lookalikes: tuple[str, ...]
    gap: bool


def judging_tests() -> dict[str, list[tuple[str, str]]]:
    """For each duty the tests that judge it, as (test mode, id): read from the source, nothing is imported."""
    found: dict[str, list[tuple[str, str]]] = {}
    folder = files("gongping.tests")
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if not file.name.startswith("test_") or not file.name.endswith(".py"):
            continue
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.FunctionDef):
                continue
            for mark in node.decorator_list:
                if (
                    isinstance(mark, ast.Call)
                    and getattr(mark.func, "id", "") == "duty"
                    and isinstance(mark.args[0], ast.Constant)
                ):
                    mode = (
                        mark.args[1].attr
                        if len(mark.args) > 1 and isinstance(mark.args[1], ast.Attribute)
                        else "AUTOMATIC"
                    )
                    said = {"AUTOMATIC": "automatic", "SEMI_AUTO": "semiAuto", "MANUAL": "manual"}[mode]
                    found.setdefault(str(mark.args[0].value), []).append((said, f"{file.name}::{node.name}"))
    return found


def _switches() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    from gongping.market.faults import FAULTS, LOOKALIKES

    faults: dict[str, list[str]] = {}
    lookalikes: dict[str, list[str]] = {}
    for fault in FAULTS.values():
        faults.setdefault(fault.duty, []).append(fault.name)
    for lookalike in LOOKALIKES.values():
        lookalikes.setdefault(lookalike.duty, []).append(lookalike.name)
    return faults, lookalikes


def _mode(duty: Duty, tests: Sequence[tuple[str, str]]) -> str:
    if tests:
        return "automatic" if any(m == "automatic" for m, _ in tests) else tests[0][0]
    return "notVisible" if duty.observability in NOT_VISIBLE else "manual"


def rows() -> list[Row]:
    """The coverage of every duty, in the norm's order."""
    tests = judging_tests()
    faults, lookalikes = _switches()
    return [
        Row(
            duty.id, duty.title_zh, duty.observability, duty.force, _mode(duty, tests.get(duty.id, [])), tuple(t for _, t in tests.get(duty.id, [])),
            tuple(faults.get(duty.id, ())), tuple(lookalikes.get(duty.id, ())), duty.observability not in NOT_VISIBLE and duty.id not in tests,
        )
        for duty in load().duties
    ]  # fmt: skip


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _pad(text: str, width: int) -> str:
    return text + " " * max(0, width - _wide(text))


def table(found: Iterable[Row]) -> list[str]:
    """Lines of about a hundred columns: id, title, observability, mode, number of tests, faults, lookalikes, gap."""
    lines = [f"{'duty':<6}{_pad('title', 42)}{'seen by':<20}{'mode':<12}{'tests':>5}{'faults':>7}{'alike':>6}  "]
    for row in found:
        counts = f"{len(row.tests) or '':>5}{len(row.faults) or '':>7}{len(row.lookalikes) or '':>6}"
        lines.append(
            f"{row.duty:<6}{_pad(row.title, 42)}{row.observability:<20}{row.mode:<12}{counts}  {'gap' if row.gap else ''}".rstrip()
        )
    return lines


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the coverage; 0."""
    parser = argparse.ArgumentParser(prog="gongping norm", description=__doc__)
    parser.add_argument(
        "--json", action="store_true", help="as a list of objects, with the names of tests, faults and lookalikes"
    )
    parser.add_argument("--gaps", action="store_true", help="only what a browser could see and nothing judges yet")
    asked = parser.parse_args(argv)
    found = [r for r in rows() if r.gap or not asked.gaps]
    if asked.json:
        print(json.dumps([asdict(r) for r in found], ensure_ascii=False, indent=1))
        return 0
    print("\n".join(table(found)))
    modes = Counter(r.mode for r in found)
    total = f"{len(found)} duties: " + ", ".join(
        f"{modes[m]} {m}" for m in ("automatic", "semiAuto", "manual", "notVisible")
    )
    print(
        f"\n{total}; {sum(len(r.tests) for r in found)} tests, {sum(len(r.faults) for r in found)} faults, {sum(len(r.lookalikes) for r in found)} lookalikes, {sum(r.gap for r in found)} gaps"
    )
    return 0
