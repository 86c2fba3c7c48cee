"""One consumer: an isolated browser context that acts under a guard, keeps pace, meets walls and writes a journal."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeVar, cast
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    Dialog,
    Download,
    ElementHandle,
    Frame,
    Page,
    Request,
    Response,
    Route,
    StorageState,
)
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from gongping.consumer import tab
from gongping.consumer.budget import Budget
from gongping.consumer.devices import Device
from gongping.consumer.door import UNTRUSTED, Door
from gongping.consumer.guard import Effect, Guard
from gongping.consumer.journal import Journal
from gongping.consumer.local import resolvable
from gongping.consumer.pace import Pace
from gongping.consumer.pulse import Pulse
from gongping.consumer.robots import Robots
from gongping.consumer.walls import NotOffered, Wall, WallName, wall_of_sight, wall_of_status
from gongping.evidence import records
from gongping.evidence.album import save_sight
from gongping.kept_sessions import Session
from gongping.sight.look import HOOKS, Camera, Live, look
from gongping.sight.model import Box, Seen, Tile

T = TypeVar("T")

Pictures = Literal["none", "viewport", "page"]
"""Of what a look takes pictures."""

SETTLE_CAP_MS = 6000
"""Longest wait for a page to settle; what is there then is looked at (convention)."""

_OPENS_S = 1.5
"""Longest wait for a window or a file that a page asked the browser for (convention)."""

_OWN_REQUESTS = frozenset(("document", "script", "stylesheet", "xhr", "fetch"))
_LONG_POLL_S = 2.5
"""A request that takes longer than this is a poll or a stream, and is not waited for (convention)."""

_MAX_DIALOGS = 8
"""Dialogs after one act from which on the page keeps a person from going on (convention)."""

_MAX_DOCUMENTS = 12
"""Documents after one act from which on a page sends a person in circles (browsers give up after 20 redirects; convention)."""

_HALTS = 5
"""Attempts to bring a page that goes in circles to a stand (convention)."""

_ERROR_PAGE = "chrome-error:"
"""What the browser shows where no page came."""

_BEAT_MS = 1000
"""For so long a page may fail to answer before it is looked into why (convention)."""

_WATCH_MS = 2000
"""So often a page is asked whether it is there, whatever else is going on (convention)."""

_ANSWERS_MS = 5000
"""The shortest time after which a page that does not say that it is there counts as hung; else that of a wall (convention)."""


@dataclass(frozen=True)
class Happened:
    """What followed an act."""

    before: str
    after: str
    navigated: bool
    opened: tuple[str, ...] = ()
    dialogs: tuple[str, ...] = ()
    downloads: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    stopped: tuple[str, ...] = ()
    status: int | None = None
    loaded: bool = False
    """Whether a new document came; an application's own router changes the address alone."""


@dataclass(frozen=True)
class File:
    """A file that the platform offers, as it came."""

    name: str
    url: str
    mime: str
    content: bytes


class Consumer:
    """A browser context with one main page. Close it, or use it as a context manager."""

    _status: int | None = None
    _challenge = ""
    """How the last document asked for HTTP credentials; "" where it did not."""
    _failed = ("", "")
    """Why the newest document of the main page did not come, and its address."""
    _agrees = _heeding = _filling = False

    def __init__(
        self,
        browser: Browser,
        *,
        device: Device,
        bundle: Path,
        guard: Guard,
        journal: Journal,
        pace: Pace,
        budget: Budget,
        locale: str,
        name: str,
        wall_seconds: float = 30,
        user_agent: str = "",
        storage: dict[str, Any] | None = None,
        session: Session | None = None,
        clock: bool = False,
        redact: Callable[[bytes], bytes] = bytes,
        trace: bool = False,
        robots: Robots | None = None,
        door: Door | None = None,
    ) -> None:
        self._door = door or Door()
        settings: dict[str, Any] = {**device.context, **self._door.settings}
        if user_agent:
            settings["user_agent"] = user_agent
        if locale.startswith("zh"):
            settings["timezone_id"] = "Asia/Shanghai"
        self.session = session
        """The kept session that it lives in, signed in by a person beforehand; None where it began as a stranger."""
        if session or storage:
            settings["storage_state"] = session.state if session else storage
        self.device = device
        self.name = name
        self.guard = guard
        self.journal = journal
        self.bundle = bundle
        self.budget = budget
        self.locale = locale
        self._pace = pace
        self._wall_ms = wall_seconds * 1000
        self._redact = redact
        self._robots = robots
        self._forbidden: list[str] = []
        self._har = bundle / "traffic" / f"{device.name}-{name}.har"
        self._trace = bundle / "traces" / f"{device.name}-{name}.zip" if trace else None
        self.context = browser.new_context(
            locale=locale,
            service_workers="block",
            record_har_path=self._har,
            record_har_content="omit",
            record_har_mode="minimal",
            **settings,
        )
        if self._trace:
            self.context.tracing.start(snapshots=True, screenshots=False, sources=False)
        self.context.set_default_timeout(5000)
        self.context.set_default_navigation_timeout(self._wall_ms)
        self.context.add_init_script(HOOKS)
        guard.lock(self.context)
        self._door.open(self.context)
        if clock:
            self.context.clock.install()
        self._ids = itertools.count(1)
        self._pending: dict[Request, float] = {}
        self._requests: list[str] = []
        self._dialogs: list[str] = []
        self._downloads: list[Download] = []
        self._opened: list[Page] = []
        self._dead = self._hung = self._watching = False
        self.crashed = False
        """Whether one of its pages died by itself."""
        self._place = self._stands = self._awaited = ""
        self._begin_act()
        self.page = self.context.new_page()
        self.pulse = Pulse(self.page)
        self._fill_tab()
        self._watch(self.page)
        self.context.on("page", self._another)

    def _begin_act(self) -> None:
        """What a loop is told from is counted anew for every act."""
        self._dialogs_now = self._documents_now = 0
        self._arrived = False

    # -- watching -----------------------------------------------------------------------------------------------------------

    def _watch(self, page: Page) -> None:
        page.on("request", self._on_request)
        page.on("requestfinished", self._over)
        page.on("requestfailed", self._on_failure)
        page.on("response", self._on_response)
        page.on("dialog", self._on_dialog)
        page.on("download", lambda d: self._downloads.append(d))  # noqa: PLW0108 - Playwright marks a handler, which no builtin bears
        page.on("crash", self._on_crash)
        page.on("framenavigated", self._on_arrival)
        page.on("domcontentloaded", lambda _: self._keep_watch())

    def _over(self, request: Request) -> None:
        self._pending.pop(request, None)
        if request.url == self._awaited:  # a download, or nothing at all
            self._awaited = ""

    def _on_failure(self, request: Request) -> None:
        self._over(request)
        if self._is_main(request):
            self._failed = (request.failure or "", request.url)

    def _another(self, page: Page) -> None:
        self._opened.append(page)
        self._watch(page)

    def _is_main(self, request: Request) -> bool:
        """Whether it asks for a document of the main page."""
        try:
            return request.is_navigation_request() and request.frame == self.page.main_frame
        except PlaywrightError:  # a frame that is not there yet
            return False

    def _fill_tab(self) -> None:
        """Session storage lives in a tab: a fresh one is given that of the kept session."""
        if not (self.session and self.session.session_storage):
            return
        self._filling = True
        try:
            tab.fill(self.page, self.session.session_storage)
        except PlaywrightError as error:
            self.journal.note("session-storage-not-restored", error=str(error).splitlines()[0])
        finally:
            self._filling = False

    def _on_request(self, request: Request) -> None:
        if self._filling:
            return
        if request.resource_type in _OWN_REQUESTS:
            self._pending[request] = time.monotonic()
            self._requests.append(f"{request.method} {request.url}")
        if self._is_main(request) and request.redirected_from is None:
            self._documents_now += 1
            self._awaited = request.url
            self._failed, self._status = ("", ""), None
            if not self._spent:
                self.budget.count()
            self._spent = False
            self.journal.note("navigation", device=self.device.name, method=request.method, url=request.url)

    _spent = False

    def _on_arrival(self, frame: Frame) -> None:
        if frame == self.page.main_frame:
            self._arrived, self._awaited = True, ""

    def _on_crash(self, page: Page) -> None:
        self.journal.note("crash", url=page.url)
        if page == self.page:
            self._dead = True
            self.crashed = self.crashed or not self._hung

    def _keep_watch(self) -> None:
        """Ends a page that stopped answering: most of what is asked of a page has no limit of its own, and would wait for it without end.
        As the handler of an event it runs beside everything else, as long as there are pages."""
        if self._watching:
            return
        self._watching = True
        while True:
            page = self.page
            try:
                page.wait_for_timeout(_WATCH_MS)
            except PlaywrightError:
                if page == self.page:
                    break  # gone; the next document begins anew
                continue
            try:
                self.pulse.answers(self._patience_ms + _WATCH_MS)
            except PlaywrightTimeout:
                self._hung = self._dead = True
                _quietly(lambda: self.pulse.protocol.send("Page.crash"))
            except PlaywrightError:
                continue  # its document went away, and another comes
        self._watching = False

    def _on_response(self, response: Response) -> None:
        if self._is_main(response.request):
            self._status = response.status
            self._challenge = response.headers.get("www-authenticate", "")

    def _on_dialog(self, dialog: Dialog) -> None:
        self._dialogs_now += 1
        if self._dialogs_now <= _MAX_DIALOGS:
            self._dialogs.append(f"{dialog.type}: {dialog.message}")
            self.journal.note("dialog", kind=dialog.type, message=dialog.message)
        try:
            if (
                self._dialogs_now > 2 * _MAX_DIALOGS and not self._dead
            ):  # one after the other without end: nothing else gets a turn
                self._dead = True
                dialog.page.close() if dialog.page else None
                return
            if dialog.type == "beforeunload" or self._agrees:
                dialog.accept()
            else:
                dialog.dismiss()
        except PlaywrightError:
            return

    # -- going --------------------------------------------------------------------------------------------------------------

    @contextmanager
    def bound_for(self, place: str) -> Iterator[None]:
        """A wall that is met now is one of this place."""
        if place == "popup":  # which lies over the place where one stands
            place = self._stands
        before, self._place = self._place, place
        try:
            yield
        finally:
            self._place, self._stands = before, place

    def visit(self, url: str, place: str) -> None:
        """Goes to `url` and waits until the page is settled. Raises Wall."""
        with self.bound_for(place):
            self._visit(url, place)

    def _visit(self, url: str, place: str) -> None:
        self._heed_robots(place, url)
        self._pace.wait(url)
        self.budget.spend(url, place)
        self._spent = True
        self._status = None
        self._begin_act()
        downloads, stopped = len(self._downloads), len(self.guard.stopped)
        self.journal.note("visit", consumer=self.name, device=self.device.name, url=url, place=place)
        try:
            self._revive()
            self.page.goto(url, wait_until="domcontentloaded", timeout=self._wall_ms)
        except PlaywrightTimeout:
            self._check_loops(place)
            if not self._arrived:  # what is still there is another page
                raise self._wall(WallName.TIMEOUT, f"no answer within {self._wall_ms / 1000:g} s", place, url) from None
            self.journal.note("slow", url=url)
        except PlaywrightError as error:
            self._check_loops(place)
            if "interrupted by another navigation" not in str(
                error
            ):  # a script of the page sent the person on: settle waits for where to
                raise self._net_wall(str(error), place, url, downloads, stopped) from None
        self.settle(fresh=True)
        self.check_status(place)

    def _heed_robots(self, place: str, url: str) -> None:
        """Raises Wall where the origin's robots.txt forbids `url`. Where it forbids anything, whatever leads to such a page is stopped
        from now on, links and scripts too."""
        robots = self._robots
        if robots is None or not robots.speaks(url):
            return
        if not self._heeding:
            self._heeding = True
            self.context.route("**/*", lambda route, request: self._stop_forbidden(robots, route, request))
        if robots.forbids(url):
            raise self._robots_wall(place, url)

    def _stop_forbidden(self, robots: Robots, route: Route, request: Request) -> None:
        try:
            if self._is_main(request) and robots.forbids(request.url):
                self._forbidden.append(request.url)
                route.fulfill(status=204)
            else:
                route.fallback()
        except PlaywrightError:  # the page is gone, and its request with it
            return

    def _robots_wall(self, place: str, url: str) -> Wall:
        return self._wall(
            WallName.ROBOTS, "robots.txt asks automatic visitors to stay away; who may go on sets `robots: ignore` and `robots_reason`", place, url
        )  # fmt: skip

    def _revive(self) -> None:
        """A page that crashed, hangs or was closed is left; the person opens another with the same session."""
        if not self._dead and not self.page.is_closed():
            return
        old, self._dead, self._hung = self.page, False, False
        self._pending.clear()
        self.page = self.context.new_page()
        self.pulse = Pulse(self.page)
        if self.page in self._opened:  # nobody's act opened it
            self._opened.remove(self.page)
        self.journal.note("new-page", consumer=self.name, after=old.url)
        _quietly(old.close)
        self._fill_tab()

    def _halt(self) -> None:
        """Brings a page that goes in circles to a stand on an empty page, where it can be used again: a browser may never say that a
        page is closed which goes on all the while."""
        _quietly(lambda: self.context.set_offline(True))  # the next document fails, and an error page goes nowhere
        for _ in range(_HALTS):
            _quietly(lambda: self.page.goto("about:blank", timeout=1500, wait_until="commit"))
            _quietly(lambda: self.page.wait_for_timeout(200))  # what was under way before may still win
            if self.page.is_closed() or self.page.url == "about:blank":
                break
        _quietly(lambda: self.context.set_offline(False))
        self._pending.clear()

    def _check_loops(self, place: str = "", documents: int = _MAX_DOCUMENTS) -> None:
        """Raises the Wall of a page that asks or sends on without end."""
        if self._dialogs_now > _MAX_DIALOGS:
            raise self._wall(
                WallName.DIALOGS, f"more than {_MAX_DIALOGS} dialogs: {self._dialogs[-1][:80]!r}", place, self.page.url
            )
        if self._documents_now > documents:
            wall = self._wall(
                WallName.REDIRECTS, f"the page went on by itself {self._documents_now} times", place, self.page.url
            )
            self._halt()
            raise wall

    def _check_answers(self) -> None:
        """Raises a Wall where the page's script keeps it from answering: a read would wait for it without end."""
        end = time.monotonic() + self._patience_ms / 1000
        while True:
            try:
                return self.pulse.answers(_BEAT_MS)
            except PlaywrightTimeout:
                if self._dead:  # the protocol doesn't say so
                    raise self.fate() from None
                if time.monotonic() > end:
                    raise self._hangs() from None
            except PlaywrightError as error:
                self._check_lives(error)
                return None  # its document went away, and another comes

    @property
    def _patience_ms(self) -> float:
        return max(_ANSWERS_MS, self._wall_ms)

    def _hangs(self) -> Wall:
        """The wall of a page that does not answer. Raises another where it goes in circles."""
        self._check_loops(documents=3)
        self._hung = self._dead = True
        return self.fate()

    def fate(self) -> Wall:
        """The wall of a page that is gone."""
        if not self._hung:
            return self._wall(WallName.CRASHED, "the page died", self._place or self._stands, self.page.url)
        if self._awaited:  # a browser's page says nothing while the next one is on its way
            return self._wall(
                WallName.TIMEOUT,
                f"no answer within {self._patience_ms / 1000:g} s",
                self._place or self._stands,
                self._awaited,
            )
        return self._wall(
            WallName.TIMEOUT,
            "the page does not answer: one of its scripts does not end",
            self._place or self._stands,
            self.page.url,
        )

    @property
    def page_lives(self) -> bool:
        """Whether the page that it stands on is still there."""
        return not self._dead

    def _check_lives(self, error: PlaywrightError) -> None:
        """Raises the Wall of a page that died of what `error` tells; any other error passes."""
        if self._is_over(error):
            raise self.fate() from None

    def _is_over(self, error: PlaywrightError) -> bool:
        """Whether the page, its process or the browser is gone."""
        said = str(error).lower()
        return self._dead or self.page.is_closed() or "crash" in said or "has been closed" in said

    def _check_came(self, place: str) -> None:
        """Raises the Wall of a page that an act led to and that the browser could not get."""
        if self.page.url.startswith(_ERROR_PAGE):
            why, url = self._failed
            if told := wall_of_status(self._status):
                raise self._wall(*told, place, url or self.page.url)
            raise self._net_wall(why or "no page came", place, url, len(self._downloads), len(self.guard.stopped))

    def check_status(self, place: str) -> None:
        """Raises the Wall that the last document's HTTP status stands for."""
        found = wall_of_status(self._status)
        if found:
            refused = self._door.refusal(self._challenge, self.page.url) if self._status == 401 else ""
            raise self._wall(found[0], refused or found[1], place, self.page.url)

    @property
    def status(self) -> int | None:
        """HTTP status of the main document, where one was loaded."""
        return self._status

    def _wall(self, name: WallName, detail: str, place: str, url: str) -> Wall:
        if name is WallName.LOGIN and self.session:
            detail = f"{detail}; {self.session.remedy}"
        wall = Wall(name, detail, place or self._place, url)
        self.journal.note("wall", wall=str(name), detail=detail, place=wall.place, url=url)
        return wall

    def _net_wall(self, message: str, place: str, url: str, downloads: int, stopped: int) -> Wall:
        code = re.search(r"net::(ERR_\w+)", message)
        what = code.group(1) if code else message.splitlines()[0]
        if "TOO_MANY_REDIRECTS" in what:
            return self._wall(WallName.REDIRECTS, what, place, url)
        if "Download is starting" in message or len(self._downloads) > downloads:
            name = f": {self._downloads[-1].suggested_filename}" if len(self._downloads) > downloads else ""
            return self._wall(WallName.DOWNLOAD, f"a download came instead of a page{name}", place, url)
        if len(self.guard.stopped) > stopped or "BLOCKED_BY_CLIENT" in what:
            return self._wall(WallName.GUARD, "the guard stopped it", place, url)
        if "crash" in message.lower() or (code is None and "closed" in message.lower()):
            self._dead = True
            return self._wall(WallName.CRASHED, what, place, url)
        if "ERR_ABORTED" in what and self._status in (204, 205):
            return self._wall(WallName.BLANK, f"HTTP {self._status}", place, url)
        if what.startswith("ERR_CERT_"):
            what = f"{what}: {UNTRUSTED}"
        return self._wall(WallName.UNREACHABLE, what, place, url)

    def settle(self, cap_ms: float = SETTLE_CAP_MS, *, fresh: bool = False) -> bool:
        """Waits until the document's own requests and its tree are quiet, at most `cap_ms`. False where the cap came first.
        `fresh`: nothing has just been done to the page, its rest from before counts. Raises Wall where the page died, does not
        answer, or goes in circles."""
        end = time.monotonic() + cap_ms / 1000
        while (left := end - time.monotonic()) > 0:
            self._check_loops()
            try:
                self.pulse.still(left * 1000, fresh=fresh, within_ms=_BEAT_MS)
            except PlaywrightTimeout:
                self._check_answers()
            except PlaywrightError as error:
                if self._is_over(error):
                    self._check_loops()
                    raise self.fate() from None
                # a navigation took the document away: wait for the next one
                try:
                    self.page.wait_for_load_state("domcontentloaded", timeout=max(1, left * 1000))
                except PlaywrightError:
                    continue
                fresh = True
                continue
            now = time.monotonic()
            if not any(now - since < _LONG_POLL_S for since in self._pending.values()):
                self._check_loops()
                return True
            self.page.wait_for_timeout(25)  # one turn of the event loop: lets the finished requests report
        self._check_loops()
        return False

    def look(
        self,
        place: str,
        *,
        pictures: Pictures = "viewport",
        screens: float = 6,
        glyphs: bool = True,
    ) -> Live:
        """What is visible now. With pictures of the page, it scrolls down `screens` viewports first (lazy parts), tile by tile,
        hit-tests texts and controls on the way, and scrolls back. Raises Wall for a challenge, an error page, a blank page."""
        with self.bound_for(place):
            return self._look(place, pictures, screens, glyphs)

    def _look(self, place: str, pictures: Pictures, screens: float, glyphs: bool) -> Live:
        self._check_answers()
        self._check_came(place)
        if pictures == "page":
            self._scroll_through(screens)
        live = self._retrying(
            lambda: look(
                self.page,
                sight_id=f"{place}-{self.device.name}-{self.name}-{next(self._ids)}",
                place=place,
                device=self.device.name,
                seconds=self.seconds,
                scale=self.device.scale,
                status=self._status,
            )
        )
        if pictures != "none":
            tiles: list[Tile] = []
            sight = live.sight
            height = sight.viewport[1]
            stops = [sight.scroll[1]]
            if pictures == "page":
                last = max(0.0, min(sight.size[1], height * (screens + 1)) - height)
                stops = [float(y) for y in _steps(last, height)]
            for y in stops:
                if pictures == "page":
                    self.page.evaluate("y => window.scrollTo({top: y, behavior: 'instant'})", y)
                view = Box(sight.scroll[0], y, sight.viewport[0], height)
                live.hit_test(
                    s
                    for s in live.sight.elements
                    if _worth_hitting(s)
                    and view.intersection(s.box).area > 0.6 * s.box.area
                    and s.index not in live.sight.hits
                )
                tiles.append(self.camera.tile(self.device.scale, glyphs))
            if pictures == "page":
                self.page.evaluate("y => window.scrollTo({top: y, behavior: 'instant'})", sight.scroll[1])
            live.sight = replace(live.sight, tiles=tuple(tiles))
        self._keep_sight(live)
        found = wall_of_sight(live.sight)
        if found:
            raise self._wall(found[0], found[1], place, self.page.url)
        return live

    @property
    def camera(self) -> Camera:
        return Camera(self.page, self.pulse.protocol, self.bundle / "tiles", self.bundle)

    @property
    def seconds(self) -> float:
        """Seconds since the browser's epoch of this process (monotonic)."""
        return time.monotonic()

    def keep(self, live: Live) -> None:
        """Writes the sight of `live` anew, after further hit-tests."""
        self._keep_sight(live)

    def _keep_sight(self, live: Live) -> None:
        save_sight(self.bundle, live.sight, self._redact)

    def _retrying(self, act: Callable[[], T]) -> T:
        """Runs a read again where a navigation pulled the document away."""
        for last in (False, False, True):
            try:
                return act()
            except PlaywrightError as error:
                if self._is_over(error):
                    raise self.fate() from None
                if last:
                    raise self._wall(WallName.CRASHED, str(error).splitlines()[0], "", self.page.url) from None
                self.settle()
        raise AssertionError("unreachable")

    def _scroll_through(self, screens: float) -> None:
        """Scrolls to the bottom or `screens` viewports, in steps, so that lazy parts load; then back to where it was."""
        start = self.page.evaluate(
            "[scrollY, innerHeight, (document.scrollingElement || document.documentElement).scrollHeight]"
        )
        y, height, total = start
        if total <= height * 1.05:
            return
        for step in _steps(min(total, height * (screens + 1)) - height, height):
            self.page.evaluate("y => window.scrollTo({top: y, behavior: 'instant'})", step)
            self.page.evaluate("() => new Promise((d) => requestAnimationFrame(() => requestAnimationFrame(d)))")
        self.settle(1500)
        self.page.evaluate("y => window.scrollTo({top: y, behavior: 'instant'})", y)

    # -- acting -------------------------------------------------------------------------------------------------------------

    @contextmanager
    def acting(self, what: str, effect: Effect) -> Iterator[None]:
        """Declares an act and its effect. Raises Refused where the mode does not allow it."""
        before = self.guard.begin(what, effect)
        self.journal.note("act", consumer=self.name, what=what, effect=effect.name.lower(), url=self.page.url)
        try:
            yield
        finally:
            self.guard.end(before)

    @contextmanager
    def agreeing(self, what: str) -> Iterator[None]:
        """Says yes to the browser's own dialogs meanwhile; otherwise each is dismissed. Raises Refused where the mode allows no commitment."""
        with self.acting(what, Effect.COMMITMENT):
            self._agrees = True
            try:
                yield
            finally:
                self._agrees = False

    def watch(self, act: Callable[[], object], *, settle: bool = True) -> Happened:
        """Runs `act` and tells what followed: navigation, new pages, dialogs, downloads, requests. New pages stay open."""
        self._requests.clear()
        self._begin_act()
        dialogs, downloads, opened, stopped = (
            len(self._dialogs),
            len(self._downloads),
            len(self._opened),
            len(self.guard.stopped),
        )
        before = self.page.url
        navigated = [False]

        def note(frame: Frame) -> None:
            if frame == self.page.main_frame:
                navigated[0] = True

        self.page.on("framenavigated", note)
        try:
            act()
            if settle:
                self.settle()
            self._await_opened(len(self._opened[opened:]) + len(self._downloads[downloads:]))
            self.guard.note_stopped(self.page)
            if self._forbidden:
                url, self._forbidden = self._forbidden[-1], []
                raise self._robots_wall("", url)
        finally:
            self.page.remove_listener("framenavigated", note)
        return Happened(
            before=before,
            after=self.page.url,
            navigated=navigated[0],
            opened=tuple(p.url for p in self._opened[opened:] if not p.is_closed()),
            dialogs=tuple(self._dialogs[dialogs:]),
            downloads=tuple(d.suggested_filename for d in self._downloads[downloads:]),
            requests=tuple(self._requests),
            stopped=tuple(self.guard.stopped[stopped:]),
            status=self._status if navigated[0] else None,
            loaded=self._documents_now > 0,
        )

    def _await_opened(self, came: int) -> None:
        """Gives the windows and files that an act asked for the time to come; `came`: so many did already."""
        try:
            asked = self.pulse.opens(_BEAT_MS)
        except PlaywrightError:  # a document that went away took its memory along
            return
        known, end = len(self._opened) + len(self._downloads), time.monotonic() + _OPENS_S
        while len(self._opened) + len(self._downloads) - known < asked - came and time.monotonic() < end:
            self.page.wait_for_timeout(25)

    def click(self, live: Live, seen: Seen, *, what: str, effect: Effect = Effect.NONE) -> Happened:
        """Clicks (taps on touch devices) what was seen, as a person would: into view, on its visible middle. A layer in the way
        is passed first. Raises Refused, NotOffered (gone or covered), Wall."""
        writes = live.sight.sends_writing(seen)
        for said in dict.fromkeys(
            (live.sight.label_of(seen), live.sight.text_of(seen.index))
        ):  # an aria-label may say something else
            self.guard.check_control(seen, said, effect, writes=writes)
        if seen.href.startswith("http"):
            self._pace.wait(seen.href)
        with self.acting(what, effect):
            happened = self.watch(lambda: self._press(live, seen))
        if happened.stopped:
            self.journal.note("stopped-after", what=what, stopped=happened.stopped)
        return happened

    def _press(self, live: Live, seen: Seen) -> None:
        element = self._element(live, seen)
        for attempt in (1, 2):
            try:
                self._tap(element)
                return
            except PlaywrightError as error:
                message = str(error)
                if _is_detached(message):
                    if attempt == 2:
                        raise self._gone(live, seen) from None
                    element = self._anew(live, seen)
                    continue
                covered = "intercepts pointer events" in message
                if attempt == 1 and covered and self.clear_way():
                    continue
                why = "is covered" if covered else "can't be clicked"
                raise NotOffered(f"{live.sight.label_of(seen)!r} {why}", live.sight.place, self.page.url) from None

    def _gone(self, live: Live, seen: Seen) -> NotOffered:
        return NotOffered(f"{live.sight.label_of(seen)!r} is gone", live.sight.place, self.page.url)

    def _element(self, live: Live, seen: Seen) -> ElementHandle:
        """What was seen, or what stands in its place where the page was drawn anew. Raises NotOffered."""
        try:
            return live.element(seen)
        except (LookupError, PlaywrightError):
            return self._anew(live, seen)

    def _anew(self, live: Live, seen: Seen) -> ElementHandle:
        """The control again where an application drew its page anew, and left what was seen behind: the only one on the same page
        that says and is the same. Raises NotOffered."""
        if self.page.url != live.sight.url:
            raise self._gone(live, seen)
        now = self.look(live.sight.place, pictures="none", glyphs=False)
        same = [s for s in now.sight.elements if _identity(now, s) == _identity(live, seen)]
        if len(same) != 1 or not same[0].shown:
            raise self._gone(live, seen)
        self.journal.note("found-again", what=now.sight.label_of(same[0])[:40], url=self.page.url)
        try:
            return now.element(same[0])
        except (LookupError, PlaywrightError):
            raise self._gone(live, seen) from None

    def _tap(self, element: ElementHandle) -> None:
        if self.device.touch:
            element.tap(timeout=2500, no_wait_after=True)
        else:
            element.click(timeout=2500, no_wait_after=True)

    def clear_way(self) -> bool:
        """Closes layers that cover the page, as a person would. True where one was closed. Set by pages.layers."""
        return self.passer(self) if self.passer else False

    def clear_all_layers(self, most: int = 4) -> int:
        """Passes layers until none is in the way, at most `most`. How many were passed."""
        for n in range(most):
            if not self.clear_way():
                return n
        return most

    passer: Callable[[Consumer], bool] | None = None

    def fill(self, live: Live, seen: Seen, text: str, *, secret: bool = False) -> None:
        """Types `text` into a field, after clearing it. Raises NotOffered where it is gone or takes nothing, Wall."""
        self.journal.note(
            "fill", field=live.sight.label_of(seen) or seen.field_name, text="[redacted]" if secret else text
        )
        element = self._element(live, seen)
        for attempt in (1, 2):
            try:
                element.fill(text, timeout=2500)
                return
            except PlaywrightError as error:
                if not _is_detached(str(error)):
                    break
                if attempt == 2:
                    raise self._gone(live, seen) from None
                element = self._anew(live, seen)
        try:
            self._tap(element)
            self.page.keyboard.type(text)
        except PlaywrightError:
            raise NotOffered(
                f"{live.sight.label_of(seen)!r} can't be typed into", live.sight.place, self.page.url
            ) from None

    def press_enter(self, *, what: str, effect: Effect = Effect.NONE) -> Happened:
        """Presses Enter where the focus is."""
        with self.acting(what, effect):
            return self.watch(lambda: self.page.keyboard.press("Enter"))

    def back(self) -> None:
        """The browser's back button."""
        with self.acting("back", Effect.NONE):
            try:
                self.page.go_back(wait_until="domcontentloaded")
            except PlaywrightError:
                self.journal.note("no-way-back", url=self.page.url)
        self.settle()

    def adopt(self) -> bool:
        """Moves to the page that the last act opened, if any; the former page is closed. True where there was one."""
        fresh = [p for p in self._opened if not p.is_closed() and p != self.page]
        if not fresh:
            return False
        old, self.page = self.page, fresh[-1]
        old.close()
        try:
            self.page.wait_for_load_state("domcontentloaded", timeout=self._wall_ms)
        except PlaywrightError:
            self.journal.note("slow", url=self.page.url)
        self._take_pulse()
        self._status = None
        self.settle()
        return True

    def _take_pulse(self) -> None:
        """Lays a line to a page that the platform opened. Raises Wall where it does not answer: laying one would wait without end."""
        try:
            self.page.locator(":root").wait_for(state="attached", timeout=self._patience_ms)
        except PlaywrightTimeout:
            raise self._hangs() from None
        except PlaywrightError as error:
            self._check_lives(error)
        self.pulse = Pulse(self.page)

    def close_opened(self) -> None:
        """Closes every page but the main one."""
        for page in self._opened:
            if not page.is_closed() and page != self.page:
                page.close()
        self._opened.clear()

    @property
    def browser_lives(self) -> bool:
        """Whether the browser is still there."""
        browser = self.context.browser
        return browser is not None and browser.is_connected()

    def same_site(self, url: str, home: str = "") -> bool:
        """Whether `url` lies on the host of `home`, or of the present page (a subdomain counts)."""
        here, there = urlsplit(home or self.page.url).hostname or "", urlsplit(url).hostname or ""
        return there == here or there.endswith("." + here) or here.endswith("." + there)

    def take(self, session: Session) -> None:
        """Goes on in a kept session instead of its own."""
        self.context.set_storage_state(cast(StorageState, session.state))
        self.session = session
        self._fill_tab()

    def storage(self) -> dict[str, Any]:
        """Cookies and local storage, for handing a session to another consumer; never evidence."""
        state: dict[str, Any] = json.loads(json.dumps(self.context.storage_state()))
        return state

    def close(self) -> None:
        """Ends the session; its traffic, and its trace where one was asked for, go to the bundle without secrets."""
        if self._dead:
            _quietly(self.page.close)
        if trace := self._trace:
            _quietly(lambda: self.context.tracing.stop(path=trace))
            records.clean_trace(trace, self._redact)
        _quietly(self.context.close)
        records.clean_har(self._har, self._redact)

    @property
    def downloads(self) -> int:
        """So many downloads began, as far as is known by now."""
        return len(self._downloads)

    def file(self, url: str = "") -> File:
        """The file at an address, or the newest download, asked for by its address under the cap of a wall. Raises Wall."""
        download = None if url else self._downloads[-1]
        url = download.url if download else url
        name = download.suggested_filename if download else urlsplit(url).path.rsplit("/", 1)[-1]
        if download and not url.startswith("http"):  # a script made it: it is here already
            return File(name, url, "", download.path().read_bytes())
        self._heed_robots("documents", url)
        self._pace.wait(url)
        self.journal.note("file", consumer=self.name, device=self.device.name, url=url)
        try:
            sent = self._door.sent_to(url)  # to its own hosts alone, so no redirect is followed with it
            address, host = resolvable(url)
            answer = self.context.request.get(
                address, timeout=self._wall_ms, headers={**sent, **host}, max_redirects=0 if sent else 20
            )
            if not answer.ok:
                wall = wall_of_status(answer.status) or (WallName.DOWNLOAD, f"HTTP {answer.status}")
                raise self._wall(*wall, "documents", url)
            return File(name, url, answer.headers.get("content-type", ""), answer.body())
        except PlaywrightError as error:
            raise self._wall(
                WallName.DOWNLOAD, f"{name} did not come: {str(error).splitlines()[0]}", "documents", url
            ) from None

    def keep_file(self, file: File, text: str) -> str:
        """Keeps a file in the bundle; its path there, "" where what it says holds a secret."""
        if self._redact(text.encode()) != text.encode():
            return ""
        ending = "".join(re.findall(r"\.\w{1,5}$", file.name))
        kept = self.bundle / "files" / f"{hashlib.sha256(file.content).hexdigest()[:16]}{ending}"
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(file.content)
        return str(kept.relative_to(self.bundle))

    def keep_page(self, place: str, *, whole: bool = False) -> None:
        """Keeps the page as one file, once for each place and device; `whole` takes a picture of all of it, too."""
        kept = self.bundle / "places" / f"{self.device.name}-{place}.mhtml"
        if not kept.exists():
            try:
                records.save_page(self.page, kept, self._redact)
            except (ValueError, LookupError, AssertionError) as error:  # a page that the browser wrote in an odd way
                self.journal.note("not-kept", place=place, error=repr(error)[:200])
        picture = self.bundle / "places" / f"{self.device.name}-{place}-again.jpg"
        if whole and not picture.exists():
            picture.parent.mkdir(parents=True, exist_ok=True)
            _quietly(lambda: self.page.screenshot(path=picture, full_page=True, type="jpeg", quality=70, timeout=8000))

    def __enter__(self) -> Consumer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _quietly(act: Callable[[], object]) -> None:
    """Does what can only fail because the page or the browser is gone already."""
    try:
        act()
    except PlaywrightError:
        return


def _is_detached(message: str) -> bool:
    return "not attached" in message or "detached" in message


def _identity(live: Live, seen: Seen) -> tuple[str, ...]:
    """What tells a control from every other of its page, however often the page is drawn."""
    return seen.tag, seen.role, seen.kind, live.sight.label_of(seen), seen.href, seen.ident, seen.field_name


def _steps(last: float, height: float) -> list[float]:
    """Scroll positions from 0 to `last`, nearly a viewport apart so that nothing lies on a seam."""
    steps, y = [0.0], 0.0
    while y < last - 1:
        y = min(last, y + height * 0.85)
        steps.append(y)
    return steps


def _worth_hitting(seen: Seen) -> bool:
    return (
        seen.shown
        and bool(seen.text_box or seen.operable or seen.before or seen.after or seen.tag == "img")
        and seen.box.area > 4
    )
