"""`make stable`: audits each target several times and compares what came out, duty by duty and device by device.

`python -m selftests.stable [TARGET ...]` (default: market, market-faulty, oscar); RUNS=5 says how often. The exit status is 1 where two
runs differ, and the table names the duties.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from selftests.killing import ROOT, worst_last

RUNS = int(os.environ.get("RUNS", "5"))


def outcomes(target: str, folder: Path) -> dict[tuple[str, str], str]:
    """What one audit of a target says, by duty and device."""
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--target={target}", f"--report-dir={folder}"],
        cwd=ROOT, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    told = json.loads((folder / target / "latest" / "verdicts.json").read_text(encoding="utf-8"))
    return {(v["duty"], v["device"]): v["outcome"] for v in worst_last(told["verdicts"])}


def main() -> int:
    targets = sys.argv[1:] or ["market", "market-faulty", "oscar"]
    unstable = 0
    with tempfile.TemporaryDirectory() as temporary:
        for target in targets:
            seen: dict[tuple[str, str], list[str]] = defaultdict(list)
            for n in range(RUNS):
                for key, outcome in outcomes(target, Path(temporary) / f"{target}-{n}").items():
                    seen[key].append(outcome)
                print(f"{target}: run {n + 1} of {RUNS}", flush=True)
            odd = {key: found for key, found in seen.items() if len(set(found)) > 1 or len(found) < RUNS}
            unstable += len(odd)
            print(f"{target}: {len(seen) - len(odd)} of {len(seen)} outcomes equal in {RUNS} runs")
            for (duty, device), found in sorted(odd.items()):
                print(f"  {duty} {device}: {dict(Counter(found))}")
    return 1 if unstable else 0


if __name__ == "__main__":
    raise SystemExit(main())
