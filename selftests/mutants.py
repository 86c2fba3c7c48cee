"""`make mutants`: takes each assertion out of each test of the norm in turn, and shows that the kill matrix would notice.

A fault of the duty is audited once, then the mutated test judges the same bundle again (`--from`), without a browser: the mutant is
killed where the fault no longer comes out as failed. What survives every fault of its duty is listed; the exit status is 1 then.

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
from dataclasses import dataclass
from pathlib import Path

from gongping.market.faults import FAULTS, Fault
from gongping.market.server import Market
from selftests.killing import ROOT, Audited, all_duties, audit, worst_last


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


def main() -> int:
    duties = tuple(sys.argv[1:]) or all_duties()
    faults: dict[str, list[Fault]] = {}
    for fault in FAULTS.values():
        faults.setdefault(fault.duty, []).append(fault)
    audited: dict[str, Audited] = {}
    survivors = []
    with Market.start() as market, tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for n, mutant in enumerate(mutants(duties)):
            started, killer = time.monotonic(), ""
            for m, fault in enumerate(faults.get(mutant.duty, [])):
                if fault.name not in audited:
                    audited[fault.name] = audit(
                        market, f"m{time.time_ns() % 10**8}", [fault.name], [mutant.duty], fault.devices[0],
                        folder / fault.name, "--no-confirm",
                    )  # fmt: skip
                seen = audited[fault.name]
                if seen.outcomes.get((mutant.duty, fault.devices[0])) != "failed":
                    continue
                if judged_again(mutant, seen, fault.devices[0], folder / f"mutant-{n}-{m}") != "failed":
                    killer = fault.name
                    break
            if not killer:
                survivors.append(mutant)
            print(
                f"{'killed by ' + killer if killer else 'SURVIVED':32} {mutant.duty:>5} {mutant.file.name}:{mutant.line} "
                f"{time.monotonic() - started:.0f} s  {mutant.removed}",
                flush=True,
            )
    print(f"{len(survivors)} survived" if survivors else "none survived")
    return 1 if survivors else 0


if __name__ == "__main__":
    raise SystemExit(main())
