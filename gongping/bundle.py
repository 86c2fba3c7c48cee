"""A run's bundle on disk: where it lies, what is collected while the run goes on, and what is written when it ends.

Verdicts are appended to `verdicts.jsonl` as they come, so that an interrupted run loses nothing; at the end verdicts.json and
every report are made from them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gongping import __version__
from gongping.evidence import manifest
from gongping.norm import Norm
from gongping.targets import PLACES, Target
from gongping.verdicts import Outcome, Says, Stop, SuiteInfo, TestMode, Verdict, Verdicts, WaiverUsed, Where, worst


class BundleError(Exception):
    """The report folder can't be used. str() is one line with the remedy."""


def create(folder: Path, target: str, now: datetime, ending: str = "") -> Path:
    """Makes `FOLDER/TARGET/TIMESTAMP` with `ending`. Raises BundleError where it can't be written."""
    path = folder / target / f"{now.strftime('%Y%m%dT%H%M%S.%fZ')}{ending}"
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe = path / ".probe"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise BundleError(
            f"{folder}: reports can't be written there ({error.strerror}); choose another with --report-dir"
        ) from None
    return path


def point_latest(bundle: Path) -> None:
    """Points `latest` beside the bundle to it."""
    link = bundle.parent / "latest"
    try:
        if link.is_symlink() or link.exists():
            link.unlink()
        os.symlink(bundle.name, link)
    except OSError:  # a file system without links: the newest is found by name
        return


@dataclass
class Collected:
    """What a run has collected so far."""

    bundle: Path
    verdicts: list[Verdict] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def add(self, verdict: Verdict) -> None:
        """Keeps a verdict, on disk too."""
        self.verdicts.append(verdict)
        with (self.bundle / "verdicts.jsonl").open("a", encoding="utf-8") as file:
            file.write(verdict.model_dump_json() + "\n")


def read_journal(bundle: Path) -> list[dict[str, Any]]:
    """The journal's lines; a torn last line is left out."""
    path = bundle / "journal.jsonl"
    lines: list[dict[str, Any]] = []
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                lines.append(json.loads(line))
            except json.JSONDecodeError:
                continue
    return lines


def apply_waivers(target: Target, verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Failures that a waiver of the target covers in every place where they were seen carry it."""
    out = []
    for verdict in verdicts:
        if verdict.outcome is Outcome.FAILED:
            places = verdict.where or [Where(device=verdict.device)]
            found = [target.waiver_for(verdict.duty, place) for place in places]
            if found and all(found):
                first = found[0]
                assert first is not None
                used = WaiverUsed(reason=first.reason, owner=first.owner, until=first.until.isoformat())
                out.append(verdict.model_copy(update={"waiver": used}))
                continue
        out.append(verdict)
    return out


def _is_desktop(device: str) -> bool:
    return device.lower().startswith("desktop")


def _one_device_only(norm: Norm, verdicts: list[Verdict]) -> list[Verdict]:
    """A duty whose conditions name both devices never passes on one: then it is said to be undecided, beside what was seen."""
    added = []
    for duty in norm.duties:
        passed = [v for v in verdicts if v.duty == duty.id and v.outcome is Outcome.PASSED]
        if (
            duty.devices != "both"
            or not passed
            or any(v.outcome in (Outcome.FAILED, Outcome.CANT_TELL) for v in verdicts if v.duty == duty.id)
        ):
            continue
        kinds = {
            _is_desktop(v.device)
            for v in verdicts
            if v.duty == duty.id and v.outcome in (Outcome.PASSED, Outcome.INAPPLICABLE)
        }
        if len(kinds) < 2:
            missing = "移动端" if True in kinds else "桌面端"
            says = Says(
                zh=f"本项要求桌面端和移动端都检查；本次没有{missing}的结果，另一端未发现违反。请用 --devices desktop,mobile 重新检测。",
                en="the duty names both devices; only one was judged: run with --devices desktop,mobile",
            )
            added.append(
                Verdict(
                    duty=duty.id,
                    article=duty.article,
                    outcome=Outcome.CANT_TELL,
                    test_mode=passed[0].test_mode,
                    device="",
                    test="",
                    says=says,
                )
            )
    return added


def conclude(
    collected: Collected,
    *,
    target: Target,
    norm: Norm,
    devices: list[str],
    browser: dict[str, Any],
    started: datetime,
    complete: bool,
) -> Verdicts:
    """Adds up what was collected: every one of the norm's duties gets an outcome, the worst of what was said."""
    journal = read_journal(collected.bundle)
    reached: dict[str, bool] = dict.fromkeys(PLACES, False)
    stops: dict[tuple[str, str, str], Stop] = {}
    navigations = {device: 0 for device in devices}
    certificate_unchecked = ""
    learned: list[str] = []
    for line in journal:
        match line["event"]:
            case "reached":
                reached[line["place"]] = True
            case "stop":
                stop = Stop(**{k: line.get(k) or "" for k in ("device", "place", "wall", "detail", "url")})
                stops[stop.device, stop.place, stop.wall] = stop
            case "certificate-unchecked":
                certificate_unchecked = line["reason"]
            case "learned":
                learned = line["queries"]
            case "experiment-end":
                navigations[line["device"]] = navigations.get(line["device"], 0) + line["navigations"]
    verdicts = apply_waivers(target, collected.verdicts)
    said = {v.duty for v in verdicts}
    for duty in norm.duties:
        if duty.id not in said:
            verdicts.append(
                Verdict(
                    duty=duty.id,
                    article=duty.article,
                    outcome=Outcome.UNTESTED,
                    test_mode=TestMode.MANUAL,
                    device="",
                    test="",
                    says=Says(zh=f"本次未检测。{duty.person_looks_at}", en=f"not tested ({duty.observability})"),
                )
            )
    verdicts += _one_device_only(norm, verdicts)
    order = {duty.id: n for n, duty in enumerate(norm.duties)}
    verdicts.sort(key=lambda v: (order[v.duty], v.device, v.test))
    duties = {d.id: worst(v.outcome for v in verdicts if v.duty == d.id) for d in norm.duties}
    articles = {str(a.number): worst(duties[d.id] for d in norm.duties if d.article == a.number) for a in norm.articles}
    return Verdicts(
        schema=1,
        target=target.name,
        url=str(target.url),
        mode=target.mode,
        started=started.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        seconds=round((datetime.now(UTC) - started).total_seconds(), 1),
        complete=complete,
        suite=SuiteInfo(version=__version__, norm=norm.meta.number),
        browser=browser,
        certificate_unchecked=certificate_unchecked,
        queries=learned or list(target.queries),
        queries_learned=bool(learned),
        devices=devices,
        navigations=navigations,
        reached=reached,
        stops=list(stops.values()),
        errors=collected.errors,
        verdicts=verdicts,
        duties=duties,
        articles=articles,
    )


def write(bundle: Path, verdicts: Verdicts, notes: dict[str, Any]) -> list[str]:
    """Writes verdicts.json, then every report, then the manifest. A report that can't be made is told, not raised."""
    (bundle / "verdicts.json").write_text(verdicts.model_dump_json(by_alias=True, indent=1), encoding="utf-8")
    from gongping.reports.making import makers

    told: list[str] = []
    for name, make in (*makers(verdicts, bundle, notes), (manifest.NAME, lambda: manifest.write(bundle))):
        try:
            make()
        except Exception as error:  # one broken report must not take the others with it
            told.append(f"{name} could not be written: {type(error).__name__}: {error}")
    point_latest(bundle)
    return told
