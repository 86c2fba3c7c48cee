"""One audit run under pytest: what the plugin's hooks and fixtures share. No hooks in here."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Playwright

from gongping import baseline as baselines
from gongping import bundle as bundles
from gongping import kept_sessions, noted
from gongping.consumer.devices import Device
from gongping.consumer.devices import device as make_device
from gongping.consumer.door import Door
from gongping.consumer.experiments import Attempt, Run, Store
from gongping.consumer.journal import Journal
from gongping.consumer.pace import Pace
from gongping.evidence.album import Album
from gongping.evidence.redact import Redactor
from gongping.history import History, HistoryError
from gongping.norm import Norm, load
from gongping.norm.predicates import Predicates
from gongping.targets import Served, Target, TargetError, is_loopback, start
from gongping.verdicts import Outcome, Verdict, Verdicts


@dataclass
class Audit:
    """The state of a run in one process."""

    target: Target
    devices: list[str]
    bundle: Path
    started: datetime
    norm: Norm
    confirm: bool = True
    strict: bool = False
    from_bundle: bool = False
    baseline: Verdicts | None = None
    served: Served | None = None
    history: History | None = None
    collected: bundles.Collected = field(init=False)
    browser_facts: dict[str, Any] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    written: Verdicts | None = None
    told: list[str] = field(default_factory=list)
    others_failed: int = 0
    """Failed tests of the same run that judge no duty: they break it as they would without an audit."""

    def __post_init__(self) -> None:
        self.collected = bundles.Collected(self.bundle)
        kept = () if self.from_bundle else kept_sessions.of(self.target)
        self.redactor = Redactor(
            sorted(self.target.secrets()), {token for session in kept for token in session.secrets}
        )
        self.album = Album(self.bundle)
        self.run = Run(
            target=self.target,
            bundle=self.bundle,
            journal=Journal(self.bundle / "journal.jsonl", self.redactor.text),
            redactor=self.redactor,
            pace=Pace(0 if is_loopback(str(self.target.url)) else self.target.pace_seconds, self.bundle / ".pace"),
            pages=None,
            sessions=kept,
            door=Door() if self.from_bundle else Door.of(self.target),
        )

    @property
    def predicates(self) -> Predicates:
        """The norm's predicates with its parameters, reading pixels from the bundle."""
        return Predicates(self.norm, self.album, lambda: self.run.target.locale)

    def conclude(self, complete: bool) -> Verdicts:
        """Writes verdicts.json and all reports."""
        journal = bundles.read_journal(self.bundle)
        for line in journal:
            if line["event"] == "browser":
                self.browser_facts = {k: v for k, v in line.items() if k not in ("t", "event")}
        self.written = bundles.conclude(
            self.collected,
            target=self.target,
            norm=self.norm,
            devices=self.devices,
            browser=self.browser_facts,
            started=self.started,
            complete=complete,
        )
        if self.history:
            self._remember(self.history)
        self.told += bundles.write(self.bundle, self.written, self.notes)
        return self.written

    def _remember(self, history: History) -> None:
        """Adds what was seen to the history; one that can't be written is told, and costs nothing else."""
        try:
            for device in self.devices:
                noted.remember(history, self.bundle, device, self.predicates, self.started)
        except HistoryError as error:
            self.told.append(str(error))

    def exit_status(self) -> int:
        """DESIGN: 7 a suite error, 6 a place that must be reached was not, 1 an uncovered violation (strict: or a cantTell), 0."""
        assert self.written is not None
        if self.written.errors or self.told:
            return 7
        if self.missed:
            return 6
        if self.new_failures:
            return 1
        if self.strict and any(v.outcome is Outcome.CANT_TELL for v in self.written.verdicts):
            return 1
        return 0

    @property
    def missed(self) -> list[str]:
        """Places that the target must reach and that were not, among those that the run set out for."""
        assert self.written is not None
        if self.from_bundle:
            return []
        sought = {"home"} | {
            p
            for line in bundles.read_journal(self.bundle)
            if line["event"] == "experiment"
            for p in line.get("places", ())
        }
        must = ["home", *self.target.must_reach]
        return [p for p in dict.fromkeys(must) if p in sought and not self.written.reached.get(p)]

    @property
    def new_failures(self) -> list[Verdict]:
        """Failures that neither a waiver covers nor the baseline has."""
        assert self.written is not None
        return baselines.new(self.written, self.baseline)


class Browsers:
    """Launches the browser when it is first needed, and again where it died."""

    def __init__(self, playwright: Playwright, launch: Callable[[], Browser], journal: Journal, how: str = "") -> None:
        self.playwright = playwright
        self._launch = launch
        self._journal = journal
        self._browser: Browser | None = None
        self._how = how
        self._devices: dict[str, Device] = {}

    def __call__(self) -> Browser:
        if self._browser is None or not self._browser.is_connected():
            self._browser = self._launch()
            self._journal.note(
                "browser", name=self._browser.browser_type.name, version=self._browser.version, found=self._how
            )
        return self._browser

    def device(self, name: str) -> Device:
        if name not in self._devices:
            self._devices[name] = make_device(name, self.playwright, self().version)
        return self._devices[name]

    def close(self) -> None:
        if self._browser is not None and self._browser.is_connected():
            self._browser.close()


def store(audit: Audit, browsers: Browsers | None) -> Store:
    """The store of a process; without browsers it only reads the bundle."""
    from gongping.pages.journeys.orientation import Orientation

    if browsers is None:
        return Store(audit.run, None, Orientation())

    def begin(device: str, experiment: str, number: int) -> Attempt:
        return Attempt(audit.run, browsers.device(device), experiment, number, browsers)

    return Store(audit.run, begin, Orientation())


def pages_of(target: Target) -> Any:
    """The page classes; the target's own where it has some. Raises TargetError."""
    if not target.pages:
        from gongping.pages import Pages

        return Pages
    try:
        return target.load_object("pages")
    except TargetError:
        raise
    except Exception as error:  # whatever a team's module does when it is imported
        at = traceback.extract_tb(error.__traceback__)[-1]
        raise target.error(
            f"{target.pages} can't be imported: {type(error).__name__}: {error} ({at.filename}:{at.lineno})", "pages"
        ) from error


def serve(target: Target) -> tuple[Target, Served | None]:
    """Starts what the target serves, if anything."""
    if not target.serve:
        return target, None
    served = start(target)
    return target.served_at(served.url), served


def article_numbers(said: list[str]) -> set[int]:
    """`["13", "40-42"]` as numbers. Raises ValueError."""
    numbers: set[int] = set()
    for part in (p for s in said for p in s.split(",")):
        found = re.fullmatch(r"\s*(\d+)(?:\s*-\s*(\d+))?\s*", part)
        if not found:
            raise ValueError(f'--article "{part}": write a number like 13 or a range like 40-42')
        first, last = int(found[1]), int(found[2] or found[1])
        if not 1 <= first <= last <= 69:
            raise ValueError(f'--article "{part}": the norm has the articles 1 to 69')
        numbers |= set(range(first, last + 1))
    return numbers


def now() -> datetime:
    return datetime.now(UTC)


def catalogue() -> Norm:
    return load()
