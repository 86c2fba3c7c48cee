"""Kills faults: audits a market that has one, by repeating only the experiments that observe the places it touches.

Used by test_matrix.py; `python -m selftests.killing NAME [NAME ...]` shows what an audit says of single faults or lookalikes.
"""

from __future__ import annotations

import ast
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from gongping.consumer.experiments import Experiment
from gongping.entry import MARKET_ACCOUNTS
from gongping.market.faults import FAULTS, LOOKALIKES, Fault, Lookalike
from gongping.market.server import Market
from gongping.norm import load
from gongping.verdicts import WORST_FIRST

ROOT = Path(__file__).parent.parent
PLACES = {"results": "search", "document": "documents"}


LEFT_OPEN = {
    "6.3": "cantTell", "7.1": "cantTell", "8.1": "inapplicable", "18.2": "inapplicable", "20.2": "cantTell", "20.3": "cantTell", "27.1": "inapplicable", "27.2": "inapplicable",
    "30.1": "cantTell", "30.2": "inapplicable", "30.4": "cantTell", "43.2": "cantTell", "45.1": "cantTell", "45.2": "cantTell",
}  # fmt: skip
"""What the clean market does not pass, as the norm has it: nobody looked on other days or declared what the register says, nothing closes, no
promotion is on, no list shows the shop whose service was ended, nobody takes a deposit, no change is pending, nobody waits for a review, no seller refuses an order."""

AFTER_DAYS = {"6.3": "passed", "20.2": "passed", "30.1": "inapplicable"}
"""What somebody can tell of the clean market who looked at it on the days before."""

MATRIX = "matrix"
"""The property under which a test of the matrix records its row."""


@dataclass(frozen=True)
class Audited:
    """What an audit said: the worst outcome of each duty that was run, by device, and how long it took (s)."""

    outcomes: dict[tuple[str, str], str]
    says: dict[tuple[str, str], str]
    seconds: float
    navigations: dict[str, int] = field(default_factory=dict)
    errors: tuple[str, ...] = ()
    exit_status: int = 0
    bundle: Path = Path()
    out: str = ""
    reached: dict[str, bool] = field(default_factory=dict)
    stops: tuple[tuple[str, str], ...] = ()
    """Place and wall."""


def interruptible() -> None:
    """A shell's background job ignores SIGINT, and so would its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@cache
def duties_by_experiment() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """For each experiment fixture: the places that it observes, and the duties whose tests ask for it."""
    from gongping.pages import fixtures

    source = ast.parse(Path(fixtures.__file__ or "").read_text(encoding="utf-8"))
    journeys: dict[str, frozenset[str]] = {}
    for node in source.body:
        if isinstance(node, ast.FunctionDef):
            for call in ast.walk(node):
                made = (
                    getattr(fixtures, call.func.id, None)
                    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
                    else None
                )
                if isinstance(made, type) and issubclass(made, Experiment):
                    journeys[node.name] = made.places
    asked: dict[str, set[str]] = {name: set() for name in journeys}
    for file in sorted((ROOT / "tests").glob("test_article_*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.FunctionDef):
                continue
            for mark in node.decorator_list:
                if (
                    isinstance(mark, ast.Call)
                    and getattr(mark.func, "id", "") == "duty"
                    and isinstance(mark.args[0], ast.Constant)
                ):
                    for argument in node.args.args:
                        if argument.arg in asked:
                            asked[argument.arg].add(str(mark.args[0].value))
    return {name: (places, tuple(sorted(asked[name]))) for name, places in journeys.items()}


def all_duties() -> tuple[str, ...]:
    """Every duty that a test judges, in the norm's order."""
    judged = {d for _, duties in duties_by_experiment().values() for d in duties}
    return tuple(d.id for d in load().duties if d.id in judged)


def declared(switches: Iterable[Fault | Lookalike]) -> dict[str, object]:
    """The settings of a target under which switches show: what must be declared of the platform."""
    facts = {k: v for s in switches for k, v in getattr(s, "facts", {}).items()}
    return {"facts": facts} if facts else {}


def touched(switch: Fault | Lookalike) -> tuple[str, ...]:
    """The duties that could notice a switch: those of the experiments that observe a place it touches."""
    places = {PLACES.get(p, p) for p in switch.places}
    noticed = {
        d for seen, duties in duties_by_experiment().values() if seen & places or switch.duty in duties for d in duties
    }
    return tuple(d for d in all_duties() if d in noticed)


def audit(
    market: Market,
    run: str,
    switches: Iterable[str],
    duties: Iterable[str],
    devices: str,
    folder: Path,
    *more: str,
    settings: Mapping[str, object] = MappingProxyType({}),
    meanwhile: Callable[[subprocess.Popen[str], Path], object] | None = None,
    seconds: float | None = None,
) -> Audited:
    """A run of pytest against one variant of the market. `settings` go into the target's entry. `meanwhile` is called with the running
    process and the folder of its bundles. Raises TimeoutExpired, with the process ended, where it takes longer than `seconds`."""
    names = list(switches)
    target = {
        "url": market.url(run, names),
        "mode": "exercise",
        "otp": "000000",
        "queries": ["手机", "牛奶"],
        "accounts": {name: {"username": name, "password": "gongping-2026"} for name in MARKET_ACCOUNTS},
        **settings,
    }
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "targets.yaml"
    file.write_text(yaml.safe_dump({"targets": {"variant": target}}, allow_unicode=True), encoding="utf-8")
    started = time.monotonic()
    process = subprocess.Popen(
        [
            sys.executable, "-m", "pytest", str(ROOT / "tests"), f"--rootdir={ROOT}", f"-c{ROOT / 'pyproject.toml'}", "-p", "no:cacheprovider", "-q",
            f"--targets={file}", "--target=variant", f"--duty={','.join(duties)}", f"--devices={devices}", f"--report-dir={folder}", *more,
        ],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTEST_ADDOPTS": ""}, preexec_fn=interruptible,  # noqa: PLW1509
    )  # fmt: skip
    try:
        if meanwhile:
            meanwhile(process, folder / "variant")
        out, err = process.communicate(timeout=seconds)
    finally:
        process.kill()
    bundle = folder / "variant" / "latest"
    if not (bundle / "verdicts.json").exists():
        raise AssertionError(f"{names}: the audit left no verdicts\n{out[-3000:]}\n{err[-2000:]}")
    told = json.loads((bundle / "verdicts.json").read_text(encoding="utf-8"))
    judged = worst_last(told["verdicts"])
    outcomes = {(v["duty"], v["device"]): v["outcome"] for v in judged}
    says = {(v["duty"], v["device"]): v["says"]["zh"] for v in judged}
    return Audited(
        outcomes,
        says,
        time.monotonic() - started,
        told["navigations"],
        tuple(told["errors"]),
        process.returncode,
        bundle.resolve(),
        out,
        told["reached"],
        tuple((s["place"], s["wall"]) for s in told["stops"]),
    )


def worst_last(verdicts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The verdicts that tests gave, the worst last: of several tests of a duty its outcome counts."""
    return sorted((v for v in verdicts if v["test"]), key=lambda v: -WORST_FIRST.index(v["outcome"]))


def audit_faults(
    market: Market,
    run: str,
    faults: Sequence[Fault],
    duties: Iterable[str],
    device: str,
    folder: Path,
    settings: Mapping[str, object] = MappingProxyType({}),
) -> Audited:
    """An audit of a market with these faults by one consumer, with the facts and, where they need them, the days before."""
    duties = list(duties)
    days = [days_before(market, duties, device, folder, settings)] if faults[0].days else []
    names = [f.name for f in faults]
    settings = {**settings, **declared(faults)}
    return audit(market, run, names, duties, device, folder, "--no-confirm", *days, settings=settings)


def days_before(
    market: Market,
    duties: Iterable[str],
    devices: str,
    folder: Path,
    settings: Mapping[str, object] = MappingProxyType({}),
) -> str:
    """The option for a history of nine days on which the clean market was looked at: it is audited once, and that is dated back."""
    option = f"--history={folder / 'history'}"
    audit(market, "before", [], duties, devices, folder / "before", option, settings=settings)
    backdate(folder / "history" / "variant.sqlite")
    return option


def backdate(file: Path, days: int = 9) -> None:
    """Makes of one run in a history one a day, the last of them thirty hours ago; what they noticed was seen last three days ago."""
    now = datetime.now(UTC)
    first, text, noticed = ((now - timedelta(hours=h)).isoformat() for h in (24 * days + 6, 30, 72))
    with sqlite3.connect(file) as base:
        base.execute("UPDATE versions SET first_seen = ?, last_seen = ?", (first, text))
        base.execute("UPDATE sightings SET first_seen = ?, last_seen = ?", (first, noticed))
        runs = base.execute("SELECT DISTINCT device, looked FROM runs").fetchall()
        base.execute("DELETE FROM runs")
        base.executemany(
            "INSERT OR REPLACE INTO runs VALUES (?, ?, ?)",
            [((now - timedelta(hours=24 * n + 6)).isoformat(), *run) for n in range(1, days + 1) for run in runs],
        )


def expected(clean: Audited, switch: Fault | Lookalike, devices: Iterable[str]) -> dict[tuple[str, str], str]:
    """What must come out: the clean market's outcomes, but for the fault's own duty on its devices and what it declares."""
    wanted = {key: outcome for key, outcome in clean.outcomes.items() if key[1] in devices}
    for duty, device in list(wanted):
        if getattr(switch, "days", False):
            wanted[duty, device] = AFTER_DAYS.get(duty, wanted[duty, device])
        if device not in getattr(switch, "devices", ("desktop", "mobile")):
            continue
        if isinstance(switch, Fault) and duty == switch.duty:
            wanted[duty, device] = "failed"
        elif duty in switch.also:
            wanted[duty, device] = switch.also[duty]
    return wanted


def differences(clean: Audited, seen: Audited, switch: Fault | Lookalike, devices: Iterable[str]) -> list[str]:
    """Every outcome that is not as expected, in words."""
    wanted = expected(clean, switch, devices)
    return [
        f"{duty} {device}: {outcome}, expected {wanted.get((duty, device))}: {seen.says[duty, device][:200]}"
        for (duty, device), outcome in sorted(seen.outcomes.items())
        if outcome != wanted.get((duty, device))
    ] + [f"error: {e}" for e in seen.errors]


def main() -> int:
    devices = os.environ.get("DEVICES", "desktop")
    bad = 0
    with Market.start() as market, tempfile.TemporaryDirectory() as temporary:
        for name in sys.argv[1:]:
            switch = FAULTS.get(name) or LOOKALIKES[name]
            folder, duties = Path(temporary) / name, touched(switch)
            days = [days_before(market, duties, devices, folder)] if getattr(switch, "days", False) else []
            seen = audit(
                market,
                f"k{time.time_ns() % 10**8}",
                [name],
                duties,
                devices,
                folder,
                *days,
                settings=declared([switch]),
            )
            print(f"{name} ({switch.duty}) {seen.seconds:.0f} s, {seen.navigations}")
            for key, outcome in sorted(seen.outcomes.items()):
                print(f"  {key[0]:>5} {key[1]:8} {outcome:12} {seen.says[key][:160]}")
            bad += bool(seen.errors)
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
