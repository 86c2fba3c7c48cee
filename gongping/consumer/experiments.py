"""Experiments: things that a consumer does from start to end, that give observations and can be repeated.

The store keeps one observation for each (device, experiment, attempt), so that one look serves many judgements, and writes each
to the bundle, so that a run can be judged again without a browser.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from filelock import FileLock
from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError
from pydantic import TypeAdapter

from gongping.consumer.budget import Budget
from gongping.consumer.consumer import Consumer
from gongping.consumer.devices import Device
from gongping.consumer.door import Door
from gongping.consumer.guard import Effect, Guard, Refused
from gongping.consumer.journal import Journal
from gongping.consumer.pace import Pace
from gongping.consumer.robots import Robots
from gongping.consumer.walls import Wall, WallName
from gongping.evidence.redact import Redactor
from gongping.kept_sessions import Session
from gongping.observations.orientation import Oriented
from gongping.targets import Target

Observation = TypeVar("Observation")

TRACED = 3
"""Consumers of a repeated attempt whose every step is traced (convention: a trace has a few megabytes)."""


TRIES_OF_HOME = 4
"""Times that the same wall is met at home before nobody tries it any more (convention: one time in sixteen a coin falls so)."""


class NotInBundle(LookupError):
    """A bundle that is judged again does not hold what a test asks for."""


@dataclass(frozen=True)
class Stopped:
    """An experiment that met a wall before it could observe anything."""

    wall: str
    detail: str
    place: str
    url: str


@dataclass
class Run:
    """What all experiments of a run share."""

    target: Target
    bundle: Path
    journal: Journal
    redactor: Redactor
    pace: Pace
    pages: Any
    budgets: dict[str, Budget] = field(default_factory=dict)
    sessions: tuple[Session, ...] = field(default=(), repr=False)
    """Kept sessions of the target's accounts."""
    door: Door = field(default_factory=Door, repr=False)
    """How the target lets a browser in."""
    home_seen: set[str] = field(default_factory=set, repr=False)
    """Devices on which home was reached."""
    walls_at_home: dict[str, list[Wall]] = field(default_factory=dict, repr=False)
    """By device, those that were met so far, until home is taken for shut."""

    @cached_property
    def robots(self) -> Robots:
        """What the platform's robots.txt forbids, asked once for each origin."""
        honour, agent = self.target.robots == "honour", self.target.user_agent or ""
        return Robots(self.journal, honour=honour, user_agent=agent, door=self.door)

    @property
    def home(self) -> str:
        return str(self.target.url)

    def learn(self, oriented: Oriented) -> None:
        """Fills in what the entry leaves open: the language in which the platform is read, what is searched for there."""
        learned: dict[str, Any] = {"locale": oriented.locale} if oriented.locale else {}
        if oriented.queries:
            learned["queries"] = oriented.queries
            self.journal.note("learned", queries=list(oriented.queries), why=oriented.why)
        written = {key: getattr(self.target, key) for key in self.target.model_fields_set}
        self.target = type(self.target)(**learned | written)

    def budget(self, device: str) -> Budget:
        """The budget of a device, begun at its first use."""
        if device not in self.budgets:
            limits = self.target.budget
            self.budgets[device] = Budget(limits.navigations, limits.minutes, self.bundle / f".budget-{device}")
        return self.budgets[device]

    def met_at_home(self, device: str, wall: Wall) -> None:
        """Counts a wall at home: a site that never lets a consumer in is not asked by every experiment for the rest of its budget."""
        if wall.name != WallName.BUDGET and not self.shut(device):
            self.walls_at_home.setdefault(device, []).append(wall)

    def shut(self, device: str) -> Wall | None:
        """The wall that stands at home, where it was met often enough, always the same, and home was never reached."""
        walls = self.walls_at_home.get(device, [])
        if device in self.home_seen or len(walls) < TRIES_OF_HOME or len({wall.name for wall in walls}) > 1:
            return None
        first = walls[0]
        return Wall(
            first.name, f"{first.detail}; the same {len(walls)} times, so home is not tried again", "home", first.url
        )

    def session(self, account: str, device: str) -> Session | None:
        """The kept session of an account, rather one that was signed in to on the same device."""
        own = [s for s in self.sessions if s.account == account]
        return next((s for s in own if s.device == device), own[0] if own else None)

    @property
    def allowed(self) -> Effect:
        """The strongest effect that the target's mode allows."""
        if self.target.mode == "exercise":
            return Effect.COMMITMENT
        return Effect.ACCOUNT if "account" in self.target.allow else Effect.SESSION


class Attempt:
    """One run of an experiment on one device: gives fresh consumers and notes which places were reached."""

    def __init__(self, run: Run, device: Device, experiment: str, number: int, browser: Callable[[], Browser]) -> None:
        self.run = run
        self.device = device
        self.experiment = experiment
        self.number = number
        self._browser = browser
        self._names = itertools.count(1)
        self._consumers: list[Consumer] = []

    @property
    def target(self) -> Target:
        return self.run.target

    @property
    def pages(self) -> Any:
        """The page classes of the target (gongping.pages.Pages or the platform's own)."""
        return self.run.pages

    def consumer(
        self, name: str = "", *, clock: bool = False, storage: dict[str, Any] | None = None, account: str = ""
    ) -> Consumer:
        """A fresh consumer: own cookies, own storage. It is closed when the attempt ends. With an `account` for which a session is
        kept, it begins in that session, as somebody who signed in before."""
        target, label = self.target, name or f"c{next(self._names)}"
        session = self.run.session(account, self.device.name)
        guard = Guard(self.run.allowed, self.run.journal)
        consumer = Consumer(
            self._browser(),
            device=self.device,
            bundle=self.run.bundle,
            guard=guard,
            journal=self.run.journal,
            pace=self.run.pace,
            budget=self.run.budget(self.device.name),
            locale=target.locale,
            name=re.sub(r"\W+", "-", f"{self.experiment}{self.number}-{label}"),
            wall_seconds=target.budget.wall_seconds,
            user_agent=target.user_agent or "",
            storage=storage,
            session=session,
            clock=clock,
            redact=self.run.redactor.data,
            robots=self.run.robots,
            door=self.run.door,
            trace=self.number > 1 and len(self._consumers) < TRACED,
        )
        self._consumers.append(consumer)
        self.run.journal.note("consumer", name=consumer.name, device=self.device.name, persona=name)
        if self.run.door.trusts:
            self.run.journal.note("certificate-unchecked", consumer=consumer.name, reason=target.certificate_unchecked)
        if session:
            self.run.journal.note("kept-session", consumer=consumer.name, account=account, **session.facts)
        return consumer

    def reached(self, place: str, url: str, anchor: str, sight: str = "") -> None:
        """Notes that a place was reached, and by which anchor it was recognised."""
        if place == "home":
            self.run.home_seen.add(self.device.name)
        self.run.journal.note(
            "reached",
            device=self.device.name,
            place=place,
            url=url,
            anchor=anchor,
            sight=sight,
            experiment=self.experiment,
        )

    def stop(self, wall: Wall, place: str = "") -> Stopped:
        """Notes that a place was not reached."""
        where = wall.place or place
        if where == "home":
            self.run.met_at_home(self.device.name, wall)
        self.run.journal.note(
            "stop",
            device=self.device.name,
            place=where,
            wall=str(wall.name),
            detail=wall.detail,
            url=wall.url,
            experiment=self.experiment,
        )
        return Stopped(str(wall.name), wall.detail, where, wall.url)

    @property
    def browser_died(self) -> bool:
        """Whether the browser of one of its consumers is gone."""
        return any(not consumer.browser_lives for consumer in self._consumers)

    @property
    def lost(self) -> Consumer | None:
        """The first of its consumers whose page is gone."""
        return next((c for c in self._consumers if not c.page_lives), None)

    @property
    def died(self) -> str:
        """What died on the way, in words; empty where nothing did."""
        if self.browser_died:
            return "the browser"
        return "a page" if any(c.crashed for c in self._consumers) else ""

    def close(self) -> None:
        for consumer in self._consumers:
            consumer.close()


class Experiment(Generic[Observation]):
    """A thing that a consumer does. Subclass it, name it, say which places it visits and what it returns."""

    name: ClassVar[str]
    places: ClassVar[frozenset[str]]
    """The places whose contents it observes (not those that it only passes)."""
    observation: type[Observation]
    consumes: ClassVar[str] = ""
    """What it uses up, in words ("an account"); empty where it can be repeated at will."""

    def run(self, attempt: Attempt) -> Observation:
        """Does it. Raises Wall where nothing could be observed at all; a wall on the way belongs into the observation."""
        raise NotImplementedError


class Store:
    """Keeps what experiments saw, in memory and in the bundle (`observations/DEVICE-EXPERIMENT-ATTEMPT.json`)."""

    def __init__(
        self,
        run: Run,
        begin: Callable[[str, str, int], Attempt] | None,
        orientation: Experiment[Oriented] | None = None,
    ) -> None:
        self._run = run
        self._begin = begin
        self._orientation = orientation
        self._oriented = False
        self._seen: dict[tuple[str, str, int], Any] = {}

    def path(self, device: str, experiment: str, attempt: int) -> Path:
        return observation_file(self._run.bundle, device, experiment, attempt)

    def get(self, experiment: Experiment[Observation], device: str, attempt: int) -> Observation | Stopped:
        """What the attempt saw; runs it on first demand. Judging from a bundle, it is read; NotInBundle where it is not there."""
        key = (device, experiment.name, attempt)
        if key not in self._seen:
            self.orient(device)
            self._seen[key] = self._read(experiment, *key) if self._begin is None else self._make(experiment, *key)
        seen: Observation | Stopped = self._seen[key]
        return seen

    def orient(self, device: str) -> None:
        """Learns what the target's entry leaves open, once a run and before anything else is looked at; from a bundle, what it learned.
        A wall on the way teaches nothing: whoever looks next meets it, too, and says so."""
        run, orientation = self._run, self._orientation
        if orientation is None or run.target.queries_given or self._oriented:
            return
        self._oriented = True
        with FileLock(run.bundle / ".orientation.lock"):
            file = next((run.bundle / "observations").glob(f"*-{orientation.name}-1.json"), None)
            if file is None:
                if self._begin is None:
                    return
                self._make(orientation, device, orientation.name, 1)
                file = self.path(device, orientation.name, 1)
        seen = read_observation(file, orientation.observation)
        if isinstance(seen, Oriented):
            run.learn(seen)

    def has(self, experiment: str, device: str, attempt: int) -> bool:
        return (device, experiment, attempt) in self._seen or self.path(device, experiment, attempt).exists()

    def _make(self, experiment: Experiment[Observation], device: str, name: str, number: int) -> Observation | Stopped:
        assert self._begin is not None
        attempt = self._begin(device, name, number)
        before = self._run.budget(device).used
        self._run.journal.note(
            "experiment", device=device, experiment=name, attempt=number, places=sorted(experiment.places)
        )
        seen: Observation | Stopped
        seen, died = self._run_once(experiment, attempt)
        if died and not experiment.consumes:
            self._run.journal.note("died", what=died, device=device, experiment=name, attempt=number)
            attempt = self._begin(device, name, number)
            seen, _ = self._run_once(experiment, attempt)
        self._run.journal.note(
            "experiment-end",
            device=device,
            experiment=name,
            attempt=number,
            navigations=self._run.budget(device).used - before,
        )
        kind = type(seen).__name__
        adapter = TypeAdapter(Stopped if isinstance(seen, Stopped) else experiment.observation)
        path = self.path(device, name, number)
        path.parent.mkdir(parents=True, exist_ok=True)
        body = adapter.dump_json(seen, exclude_defaults=True, indent=1)
        path.write_bytes(self._run.redactor.data(b'{"kind": "%s", "seen": %s}\n' % (kind.encode(), body)))
        return seen

    def _run_once(self, experiment: Experiment[Any], attempt: Attempt) -> tuple[Any, str]:
        """What it saw, and what died on the way."""
        try:
            if shut := self._run.shut(attempt.device.name):
                raise shut
            seen = experiment.run(attempt)
        except Wall as wall:
            seen = attempt.stop(wall)
        except Refused as refused:
            seen = attempt.stop(Wall(WallName.GUARD, str(refused)))
        except PlaywrightError as error:
            if attempt.browser_died:
                seen = attempt.stop(Wall(WallName.CRASHED, str(error).splitlines()[0]))
            elif lost := attempt.lost:
                seen = attempt.stop(lost.fate())
            else:
                raise
        finally:
            died = attempt.died
            attempt.close()
        return seen, died

    def _read(self, experiment: Experiment[Observation], device: str, name: str, number: int) -> Observation | Stopped:
        path = self.path(device, name, number)
        if not path.exists():
            raise NotInBundle(f"the bundle holds no attempt {number} of {name} on {device}")
        return read_observation(path, experiment.observation)


def observation_file(bundle: Path, device: str, experiment: str, attempt: int) -> Path:
    """Where a bundle keeps what an attempt saw."""
    return bundle / "observations" / f"{re.sub(r'[^A-Za-z0-9]+', '-', device)}-{experiment}-{attempt}.json"


def read_observation(file: Path, kind: type[Observation]) -> Observation | Stopped:
    """What an attempt saw, of an experiment that gives `kind`; Stopped where it met a wall."""
    raw = json.loads(file.read_text(encoding="utf-8"))
    adapter = TypeAdapter(Stopped if raw["kind"] == "Stopped" else kind)
    seen: Observation | Stopped = adapter.validate_python(raw["seen"])
    return seen
