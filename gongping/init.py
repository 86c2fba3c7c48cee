"""`gongping init`: looks around on a platform that nobody has described, and proposes its entry of targets.yaml."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import json
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from playwright.sync_api import Browser, Playwright, sync_playwright

from gongping import __version__, bundle, proposal
from gongping.browser import NoBrowser, find
from gongping.consumer.budget import Budget
from gongping.consumer.devices import UnknownDevice
from gongping.consumer.devices import check as check_device
from gongping.consumer.door import Door
from gongping.consumer.experiments import Attempt, Run, Stopped, Store
from gongping.consumer.journal import Journal
from gongping.consumer.pace import Pace
from gongping.evidence import manifest
from gongping.evidence.redact import Redactor
from gongping.located_yaml import shown
from gongping.observations.explore import ExploreSeen, PlaceFound
from gongping.session import Browsers, now, pages_of
from gongping.targets import DEFAULT_FILE, Target, TargetError, load, resolve

MINUTES, NAVIGATIONS = 5.0, 60
_NO_PLATFORM = frozenset(("unreachable", "time-out", "not-found", "server-error"))
"""Walls behind which there may be no platform at all: such an address is not written into a file."""


@dataclass(frozen=True)
class Explored:
    """A first walk: what was found, and what was made of it."""

    seen: ExploreSeen
    entry: str
    bundle: Path
    errors: tuple[str, ...] = ()

    @property
    def home(self) -> PlaceFound | None:
        return self.seen.place("home")


def explore(
    target: Target,
    device: str,
    folder: Path,
    browsers: Callable[[Journal], Browsers],
    tell: Callable[[str], None] = print,
    depth: int = 2,
) -> Explored:
    """Walks over the platform and writes init.json, init.html, entry.yaml and the pictures into `folder`."""
    from gongping.pages.journeys.explore import ExploreJourney
    from gongping.reports import explored

    started, began = now(), time.monotonic()
    redactor = Redactor(sorted(target.secrets()))
    journal = Journal(folder / "journal.jsonl", redactor.text)
    pace = Pace(target.pace_seconds, folder / ".pace")
    run = Run(target, folder, journal, redactor, pace, pages_of(target), door=Door.of(target))
    at_hand = browsers(journal)
    budget = run.budget(device)
    journey = ExploreJourney(lambda place: tell(_line(place)))
    store = Store(run, lambda name, experiment, number: Attempt(run, at_hand.device(name), experiment, number, at_hand))
    with _stopped_by_ctrl_c(budget, tell):
        seen = store.get(journey, device, 1)
    at_hand.close()
    if isinstance(seen, Stopped):  # the browser died before home
        home = PlaceFound("home", False, url=seen.url, wall=seen.wall, detail=seen.detail)
        seen = ExploreSeen("", (home,), "", "", (), "")
    seconds = time.monotonic() - began
    cost = f"{budget.used}/{budget.navigations} navigations, {seconds:.0f}/{budget.minutes * 60:.0f} s"
    made = f"proposed by gongping init {__version__}, {started:%Y-%m-%d}, {device}; {cost}"
    carried = proposal.carried(target)
    text = redactor.text(proposal.entry(target.name, str(target.url), seen, made, indent=depth, carried=carried))
    _write(folder, target, device, seen, text, started.isoformat(), cost, journey.errors)
    for name in (explored.NAME, "init.json"):
        (folder / name).write_bytes(redactor.data((folder / name).read_bytes()))
    manifest.write(folder)
    return Explored(seen, text, folder, tuple(journey.errors))


def _line(place: PlaceFound) -> str:
    if place.reached:
        return f"  {place.place:28} reached  {place.confidence:26}  {place.by[:90]}"
    return f"  {place.place:28} -        {place.wall:26}  {place.detail[:90]}"


def _write(
    folder: Path,
    target: Target,
    device: str,
    seen: ExploreSeen,
    text: str,
    started: str,
    cost: str,
    errors: Sequence[str],
) -> None:
    from gongping.reports import explored

    asked = proposal.questions(target.name, seen)
    explored.render(
        folder, seen, name=target.name, url=str(target.url), unchecked=target.certificate_unchecked, device=device, started=started, cost=cost, entry=text, asked=asked, errors=errors
    )  # fmt: skip
    told = {
        "schema": 1,
        "target": target.name,
        "url": target.url,
        "device": device,
        "started": started,
        "cost": cost,
        "suite": __version__,
        "errors": list(errors),
        **dataclasses.asdict(seen),
        "certificate_unchecked": target.certificate_unchecked,
        "questions": [dataclasses.asdict(question) for question in asked],
    }
    (folder / "init.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8", "replace")
    (folder / "entry.yaml").write_text(f"targets:\n{text}", "utf-8")


@contextlib.contextmanager
def _stopped_by_ctrl_c(budget: Budget, tell: Callable[[str], None]) -> Iterator[None]:
    """The first Ctrl-C ends the walk after the step that it is at; a second one ends it at once."""

    def stop(number: int, frame: FrameType | None) -> None:
        if budget.stopped:
            raise KeyboardInterrupt
        budget.stopped = "stopped by Ctrl-C"
        tell("stopping: what was found so far is kept (Ctrl-C again: nothing is)")

    try:
        before = signal.signal(signal.SIGINT, stop)
    except ValueError:  # not the main thread: there is no Ctrl-C
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _browsers(playwright: Playwright) -> Callable[[Journal], Browsers]:
    found = find()

    def launch() -> Browser:
        # Ctrl-C is ours: it must not take the browser away from what is being looked at
        return playwright.chromium.launch(**found.launch_arguments(), handle_sigint=False)

    return lambda journal: Browsers(playwright, launch, journal, found.how)


def target_of(url: str, name: str, minutes: float, navigations: int, file: Path = DEFAULT_FILE) -> Target:
    """The bare address as a target; or an entry of the file, which says how to come in where not everybody may. Raises TargetError."""
    known = load(file).by_name if "://" not in url and file.exists() else {}
    if "://" not in url and url not in known:
        raise TargetError(
            f"{url!r} is no web address" + (f", and no target of {shown(file)}" if known else ""),
            remedy=f"write it like https://{url.strip('/') or 'shop.example'}/",
        )
    bare = known[url].in_mode("observe") if known else resolve(url)
    if bare.serve:
        raise bare.error(f'target "{bare.name}" is started anew for each run', "serve", remedy="say its address")
    name = name or bare.name
    if not re.fullmatch(r"\w[\w.-]*", name):
        nearest = re.sub(r"[^\w.-]+", "-", name).strip("-.") or "shop"
        raise TargetError(
            f'a target\'s name is letters, digits, ".", "_" and "-", not "{name}"', remedy=f"--name {nearest}"
        )
    limits = bare.budget.model_copy(update={"minutes": minutes, "navigations": navigations})
    return bare.model_copy(update={"name": name, "budget": limits})


def _positive(kind: type) -> Callable[[str], float]:
    def read(said: str) -> float:
        try:
            value = kind(said)
        except ValueError:
            value = 0
        if not 0 < value < 1e6:
            raise argparse.ArgumentTypeError(f"{said!r} is no number above nought")
        return float(value)

    return read


def main(argv: Sequence[str] | None = None) -> int:
    """Explore and propose. 0 home was reached; 2 it can't be done as asked; 6 home was not reached; 7 an error of the suite itself."""
    parser = argparse.ArgumentParser(
        prog="gongping init",
        description="Look around on a platform, as anybody may who passes by, and propose an entry of targets.yaml with the questions "
        "that a person must answer. Nothing is registered, ordered or signed in to.",
    )
    parser.add_argument(
        "url",
        metavar="URL|NAME",
        help="the platform's home page; or an entry that says how to come in (http_credentials, headers)",
    )
    parser.add_argument("--name", default="", metavar="N", help="the entry's name (default: the address's host)")
    parser.add_argument(
        "--write", action="store_true", help="append the entry to the file; one of that name is never overwritten"
    )
    parser.add_argument(
        "--file", default=str(DEFAULT_FILE), metavar="FILE", help="the file of targets (default: targets.yaml)"
    )
    parser.add_argument(
        "--device",
        default="desktop",
        metavar="NAME",
        help="desktop, mobile or a Playwright device name (default: desktop)",
    )
    parser.add_argument("--report-dir", default="reports", metavar="DIR", help="where bundles go (default: reports)")
    parser.add_argument(
        "--minutes", type=_positive(float), default=MINUTES, metavar="N", help=f"at most so long (default: {MINUTES:g})"
    )
    parser.add_argument(
        "--navigations",
        type=_positive(int),
        default=NAVIGATIONS,
        metavar="N",
        help=f"at most so many (default: {NAVIGATIONS})",
    )
    asked = parser.parse_args(argv)
    try:
        return _run(asked)
    except (TargetError, bundle.BundleError, NoBrowser, UnknownDevice) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped; nothing was kept", file=sys.stderr)
        return 130


def _run(asked: argparse.Namespace) -> int:
    def tell(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    file = Path(asked.file)
    target = target_of(asked.url, asked.name, asked.minutes, int(asked.navigations), file)
    Door.of(target)  # a variable that is missing is said before a bundle is made
    depth = proposal.check_free(file, target.name) if asked.write else 2
    with sync_playwright() as playwright:
        check_device(asked.device, playwright)
        browsers = _browsers(playwright)
        folder = bundle.create(Path(asked.report_dir), target.name, now(), "-init").resolve()
        tell(
            f"{target.url} on {asked.device}: at most {asked.minutes:g} minutes and {int(asked.navigations)} navigations, "
            f"{target.pace_seconds:g} s apart; Ctrl-C keeps what was found"
        )
        done = explore(target, asked.device, folder, browsers, tell, depth)
    print(f"targets:\n{done.entry}", end="")
    tell(f"\nlook at {done.bundle / 'init.html'}")
    home = done.home
    if home is None or not home.reached:
        tell(f"home was not reached: {home.wall}: {home.detail}" if home else "home was not reached")
    if asked.write:
        if home is None or home.wall in _NO_PLATFORM:
            tell(f"nothing was written to {shown(file)}: the address gave no page")
        else:
            proposal.append(file, target.name, done.entry)
            tell(
                f'{shown(file)} has a target "{target.name}" now: answer its questions, then pytest --target {target.name}'
            )
    for error in done.errors:
        tell(f"ERROR of the suite: {error}")
    if done.errors:
        return 7
    return 0 if home is not None and home.reached else 6
