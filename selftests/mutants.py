"""`make mutants`: takes each assertion out of each test of the norm in turn, and shows that the kill matrix would notice.

A fault of the duty is audited once, beside faults of other duties; then the mutated test judges the same bundle again (`--from`), without
a browser: the mutant is killed where the fault no longer comes out as failed. What survives every fault of its duty, each by itself at
last, is listed; the exit status is 1 then.

`python -m selftests.mutants [DUTY ...]`
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from gongping.market.faults import FAULTS, Fault
from gongping.market.server import Market
from selftests.killing import ROOT, Audited, all_duties, audit_faults, worst_last
from selftests.rounds import together

AT_ONCE = 2
"""Audits and judgements at a time: as many as a small machine has processors."""


@dataclass(frozen=True)
class Mutant:
    """A test without one of its assertions."""

    duty: str
    file: Path
    line: int
    removed: str
    source: str


class _Without(ast.NodeTransformer):
    def __init__(self, line: int) -> None:
        self.line = line

    def _gone(self, node: ast.stmt) -> ast.stmt:
        return ast.copy_location(ast.Pass(), node) if node.lineno == self.line else node

    visit_Assert = _gone
    visit_Raise = _gone


def mutants(duties: tuple[str, ...]) -> Iterator[Mutant]:
    """Every assertion (and every raised AssertionError) of the tests of these duties, removed."""
    for file in sorted((ROOT / "tests").glob("test_article_*.py")):
        text = file.read_text(encoding="utf-8")
        for function in ast.parse(text).body:
            duty = next((d for d in _duties(function) if d in duties), None)
            if duty is None:
                continue
            for node in ast.walk(function):
                raises = isinstance(node, ast.Raise) and "AssertionError" in ast.unparse(node)
                if isinstance(node, ast.Assert) or raises:
                    mutated = ast.fix_missing_locations(_Without(node.lineno).visit(ast.parse(text)))
                    yield Mutant(duty, file, node.lineno, ast.unparse(node)[:100], ast.unparse(mutated))


def _duties(node: ast.stmt) -> list[str]:
    if not isinstance(node, ast.FunctionDef):
        return []
    return [
        str(mark.args[0].value)
        for mark in node.decorator_list
        if isinstance(mark, ast.Call)
        and getattr(mark.func, "id", "") == "duty"
        and isinstance(mark.args[0], ast.Constant)
    ]


def judged_again(mutant: Mutant, seen: Audited, device: str, folder: Path) -> str:
    """The outcome of the mutant's duty when the mutated test judges the bundle."""
    tests, reports = folder / "tests", folder / "reports"
    tests.mkdir(parents=True, exist_ok=True)
    file = tests / mutant.file.name
    file.write_text(mutant.source, encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable, "-m", "pytest", str(file), f"--rootdir={ROOT}", f"-c{ROOT / 'pyproject.toml'}", "-p", "no:cacheprovider", "-q",
            f"--from={seen.bundle}", f"--duty={mutant.duty}", f"--devices={device}", "--no-confirm", f"--report-dir={reports}",
        ],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    written = sorted(reports.glob("*/*/verdicts.json"))
    if not written:
        raise AssertionError(f"{mutant.file.name}:{mutant.line}: nothing was judged\n{done.stdout[-2000:]}")
    told = json.loads(written[-1].read_text(encoding="utf-8"))
    return str(next(v["outcome"] for v in reversed(worst_last(told["verdicts"])) if v["duty"] == mutant.duty))


Round = tuple[tuple[Fault, ...], Audited]


def audit_round(market: Market, faults: tuple[Fault, ...], folder: Path) -> Round:
    """An audit of a market with these faults, on the first one's device, of their duties alone."""
    run = f"m{time.time_ns() % 10**8}"
    return faults, audit_faults(market, run, faults, [f.duty for f in faults], faults[0].devices[0], folder)


class Rounds:
    """What audits of faulty markets saw: first of many faults at once, then, for what survives those, of single ones."""

    def __init__(self, market: Market, folder: Path, duties: tuple[str, ...]) -> None:
        self.market, self.folder = market, folder
        many = [tuple(f for f in faults if f.duty in duties) for faults in together()]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            self.seen = list(pool.map(self._audit, enumerate(faults for faults in many if faults)))
        self.single: dict[str, Round] = {}
        self.lock = Lock()

    def _audit(self, numbered: tuple[int, tuple[Fault, ...]]) -> Round:
        return audit_round(self.market, numbered[1], self.folder / f"round-{numbered[0]}")

    def of(self, duty: str) -> Iterator[Round]:
        """The audits that found the duty broken, the cheap ones first."""
        for faults, seen in self.seen:
            if duty in {f.duty for f in faults} and seen.outcomes.get((duty, faults[0].devices[0])) == "failed":
                yield faults, seen
        for fault in FAULTS.values():
            if fault.duty == duty:
                with self.lock:
                    if fault.name not in self.single:
                        self.single[fault.name] = audit_round(self.market, (fault,), self.folder / fault.name)
                    faults, seen = self.single[fault.name]
                if seen.outcomes.get((duty, fault.devices[0])) == "failed":
                    yield faults, seen


def killer(number: int, mutant: Mutant, rounds: Rounds) -> str:
    """The fault that notices the mutant, or nothing."""
    for n, (faults, seen) in enumerate(rounds.of(mutant.duty)):
        folder = rounds.folder / f"mutant-{number}-{n}"
        if judged_again(mutant, seen, faults[0].devices[0], folder) != "failed":
            return next(f.name for f in faults if f.duty == mutant.duty)
    return ""


def main() -> int:
    duties = tuple(sys.argv[1:]) or all_duties()
    survivors = []
    with (
        Market.start() as market,
        tempfile.TemporaryDirectory() as temporary,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        rounds = Rounds(market, Path(temporary), duties)
        them = list(mutants(duties))
        for mutant, by in zip(them, pool.map(lambda n: killer(n, them[n], rounds), range(len(them))), strict=True):
            if not by:
                survivors.append(mutant)
            what = f"killed by {by}" if by else "SURVIVED"
            print(f"{what:36} {mutant.duty:>5} {mutant.file.name}:{mutant.line}  {mutant.removed}", flush=True)
    print(f"{len(survivors)} survived of {len(them)}" if survivors else f"none survived of {len(them)}")
    return 1 if survivors else 0


if __name__ == "__main__":
    raise SystemExit(main())
