"""`make fronts`: audits the fronts with nothing configured but accounts, and holds what came out against their truth files.

`python -m selftests.fronts.run [NAME ...]`; DEVICES=desktop,mobile, OUT=FOLDER keeps the bundles there, MODE=observe gives the audit
nothing but the address, as an auditor does who has never seen the platform, ALL=1 audits every duty and lists those accused that the truth
says nothing of. The table tells, front by front:
places reached / existing, duties right / wrong / undecided, seconds, navigations. A place counts as reached where the suite says so, at an
address that the truth file knows, and where the front's own log has it. The exit status is 1 where a duty came out wrong.

Wrong is a `failed` or `passed` that the truth denies; undecided a `cantTell` where a person could decide. Where the truth says that no
person could, or that several outcomes stand, any of them is right.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

from selftests.fronts import FRONTS, Front, Served, serve
from selftests.killing import worst_last

ROOT = Path(__file__).parents[2]
DEVICES = os.environ.get("DEVICES", "desktop,mobile")
OBSERVE = os.environ.get("MODE") == "observe"
ALL = bool(os.environ.get("ALL"))
CODE = "123456"
"""The fixed code of every front."""


@dataclass
class Result:
    """One front: places and duties, each with what was expected and what came out."""

    name: str
    seconds: float
    pages: int
    places: dict[str, tuple[bool, bool]] = field(default_factory=dict)
    duties: dict[tuple[str, str], tuple[str, str, str]] = field(default_factory=dict)
    """By duty and device: expected, found, right | wrong | undecided."""
    says: dict[tuple[str, str], str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def count(self, kind: str) -> int:
        return sum(1 for _, _, k in self.duties.values() if k == kind)


def entry(front: Front, url: str) -> dict[str, Any]:
    """The target's entry: an address, what is searched for, and accounts; no selector, no page class, no fact. In observe mode the
    address alone."""
    if OBSERVE:
        return {"url": url}
    fresh = next((a for a in front.accounts if a.get("role") == "fresh"), front.accounts[0])
    aged = next((a for a in front.accounts if a is not fresh), fresh)
    return {
        "url": url,
        "mode": "exercise",
        "locale": front.locale,
        "queries": front.queries[:2],
        "otp": CODE,
        "accounts": {
            "shopper": {"username": aged["user"], "password": aged["password"]},
            "spare": {"username": fresh["user"], "password": fresh["password"]},
        },
    }


def device_truth(truth: dict[str, Any], device: str) -> dict[str, Any]:
    """What the truth says of a duty on a device: `both` stands for the two."""
    said: dict[str, Any] = truth[device] if device in truth else truth["both"]
    return said


def kind_of(truth: dict[str, Any], found: str) -> str:
    if found == truth["outcome"] or found in truth.get("accept", ()):
        return "right"
    if truth.get("undecidable") or found == "untested":
        return "right" if found != "failed" else "wrong"
    if truth["outcome"] == "failed" and truth.get("soft") and found == "cantTell":
        return "right"
    return "undecided" if found == "cantTell" else "wrong"


def shape(address: str) -> str:
    """An address without what tells one item, query or page from another: its route, with numbers, names of goods and tokens as N."""
    parts = urlsplit(address)
    route = parts.path + ("#" + parts.fragment.split("?")[0] if re.match(r"!?/", parts.fragment) else "")
    keys = sorted(pair.partition("=")[0] for pair in parts.query.split("&") if re.match(r"[mst]=", pair))
    plain = re.sub(r"(?<=/)([0-9a-f]{8,}|[a-z0-9]+(-[a-z0-9]+){2,}-\d+)(?=/|$)|\d+", "N", route)
    return unquote(plain).rstrip("/") + "?".join(["", *keys])


def seen_there(place: str, said: list[dict[str, Any]], places: dict[str, Any], served: Served) -> bool:
    """Whether a place was recognised at an address that the truth names for it, and the server was asked for that address where it
    is one of the server's own (a router within the page changes the address alone)."""
    known = places["documents"].values() if place == "documents" else [places[place]]
    wanted = {shape(each["url"]) for each in known if each.get("url")}
    asked = {shape(path) for _, path, _ in served.log}
    routed = {at for at in wanted if "#" in at or not any(at == a for a in asked)}
    if place == "cart" and any(re.search(r"cart|basket|bag", path) for path in asked):
        return True  # a drawer, over any page
    return any(shape(each["url"]) in wanted & (asked | routed) for each in said)


def run(name: str, folder: Path, duties: Sequence[str] = ()) -> Result:
    """Audits one front on a fresh server for each device: accounts are used up. `duties`: these alone."""
    front = FRONTS[name]
    truth = yaml.safe_load(front.truth.read_text(encoding="utf-8"))
    if duties:
        truth["duties"] = {duty: truth["duties"][duty] for duty in duties}
    result = Result(name, 0, 0)
    for device in DEVICES.split(","):
        served = serve(name)
        try:
            _audit(front, truth, served, device, folder / name / device, result)
        finally:
            served.stop()
    return result


def _audit(front: Front, truth: dict[str, Any], served: Served, device: str, folder: Path, result: Result) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    targets = folder / "targets.yaml"
    targets.write_text(yaml.safe_dump({"targets": {"front": entry(front, served.url)}}, allow_unicode=True), "utf-8")
    started = time.monotonic()
    done = subprocess.run(
        [
            sys.executable, "-m", "pytest", str(ROOT / "tests"), f"--rootdir={ROOT}", f"-c{ROOT / 'pyproject.toml'}", "-p", "no:cacheprovider", "-q",
            f"--targets={targets}", "--target=front", f"--devices={device}", f"--report-dir={folder}",
            *([] if ALL else [f"--duty={','.join(truth['duties'])}"]),
            *os.environ.get("ARGS", "").split(),
        ],
        cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "PYTEST_ADDOPTS": ""},
    )  # fmt: skip
    result.seconds += time.monotonic() - started
    bundle = folder / "front" / "latest"
    if not (bundle / "verdicts.json").exists():
        raise AssertionError(f"{front.name}: the audit left no verdicts\n{done.stdout[-3000:]}\n{done.stderr[-2000:]}")
    told = json.loads((bundle / "verdicts.json").read_text("utf-8"))
    journal = [json.loads(line) for line in (bundle / "journal.jsonl").read_text("utf-8").splitlines()]
    result.pages += sum(told["navigations"].values())
    result.notes += [f"{device}: error: {e}" for e in told["errors"]]
    for verdict in worst_last(told["verdicts"]):
        if verdict["duty"] in truth["duties"]:
            expected = device_truth(truth["duties"][verdict["duty"]], device)
            kind = kind_of(expected, verdict["outcome"])
            result.duties[verdict["duty"], device] = (expected["outcome"], verdict["outcome"], kind)
            result.says[verdict["duty"], device] = verdict["says"]["zh"]
        elif verdict["outcome"] == "failed":
            result.notes.append(f"{device}: {verdict['duty']} failed: {verdict['says']['zh'][:220]}")
    for place, claimed in told["reached"].items():
        there = truth["places"].get(place, {})
        exists = any(d["exists"] for d in there.values()) if place == "documents" else bool(there.get("exists"))
        said = [e for e in journal if e["event"] == "reached" and e["place"] == place]
        elsewhere = claimed and exists and not seen_there(place, said, truth["places"], served)
        if elsewhere:
            result.notes.append(f"{device}: {place} was taken to be at {sorted({e['url'] for e in said})[:3]}")
        result.places[f"{place} {device}"] = (exists, claimed and not elsewhere)


def show(result: Result) -> str:
    existing = [p for p, (exists, _) in result.places.items() if exists]
    reached = [p for p in existing if result.places[p][1]]
    invented = [p for p, (exists, said) in result.places.items() if said and not exists]
    lines = [
        f"{result.name:10} {len(reached):3}/{len(existing):<3} {result.count('right'):5} {result.count('wrong'):5} {result.count('undecided'):9}"
        f" {result.seconds:8.0f} {result.pages:6}"
    ]
    if missing := [p for p in existing if p not in reached]:
        lines.append(f"    not reached: {', '.join(missing)}")
    if invented:
        lines.append(f"    reached, though there is none: {', '.join(invented)}")
    for (duty, device), (expected, found, kind) in sorted(result.duties.items()):
        if kind != "right":
            lines.append(f"    {kind:9} {duty} {device}: {found}, truth {expected}: {result.says[duty, device][:220]}")
    return "\n".join([*lines, *(f"    {note}" for note in result.notes)])


def main() -> int:
    names = sys.argv[1:] or list(FRONTS)
    results = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(os.environ.get("OUT", temporary))
        print(
            f"{'front':10} {'places':>7} {'right':>5} {'wrong':>5} {'undecided':>9} {'seconds':>8} {'pages':>6}",
            flush=True,
        )
        for name in names:
            results.append(run(name, folder))
            print(show(results[-1]), flush=True)
    existing = [said for r in results for exists, said in r.places.values() if exists]
    duties = [kind for r in results for _, _, kind in r.duties.values()]
    share = {kind: duties.count(kind) / max(1, len(duties)) for kind in ("right", "wrong", "undecided")}
    print(
        f"places reached {sum(existing)}/{len(existing)} = {sum(existing) / max(1, len(existing)):.0%}; duties right {share['right']:.0%}, "
        f"wrong {share['wrong']:.0%}, undecided {share['undecided']:.0%}"
    )
    return 1 if share["wrong"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
