"""Fresh sessions that wait for popups at home, among search results, on a product page and in the cart, and try each that comes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import ClassVar, Literal

from playwright.sync_api import Error as PlaywrightError

from gongping.consumer.consumer import Consumer
from gongping.consumer.experiments import Attempt, Experiment
from gongping.consumer.guard import Refused
from gongping.consumer.walls import Wall, WallName
from gongping.observations.layers import BackPressed, BlankClick, LayerSeen, PopupsSeen, Session, Trial, Visit
from gongping.pages import hindrance
from gongping.pages.layers import Layer, Overview, describe, overview, pass_layers
from gongping.pages.popup import FINISH, Popup
from gongping.sight.look import Live

Depth = Literal["deep", "short"]

TRIALS = 3
"""Trials of each distinct popup (norm.yaml: 24.3)."""

TOURS = 3
"""Sessions that go on to results, product and cart; and that climb the whole ladder at home."""

EXTRA = 4
"""Further sessions at most for a popup that came seldom."""

_MOST_LAYERS = 5

_FIRST_SECOND_MS = 1200
"""Real time in which what a page shows at first has come: a second, and a margin for a slow machine (convention)."""

_COMES_MS = 1000
"""Longest wait for a page to come to rest before it is asked for layers (convention)."""

_LEAVE = """() => { const o = { clientX: innerWidth / 2, clientY: -1, bubbles: true, relatedTarget: null };
  for (const t of [document.body, document.documentElement]) t && t.dispatchEvent(new MouseEvent("mouseout", o));
  for (const t of [document.documentElement, document]) t.dispatchEvent(new MouseEvent("mouseleave", { ...o, bubbles: false })); }"""
"""The pointer leaves through the top edge: a driven mouse can't go there, so the page is told."""


@dataclass(frozen=True)
class _Met:
    """A layer on the living page."""

    live: Live
    view: Overview
    layer: Layer
    seen: LayerSeen


@dataclass
class Known:
    """What the sessions so far have learned: how often each popup was tried, and which layers were photographed."""

    tried: dict[str, int] = field(default_factory=dict)
    pictured: set[str] = field(default_factory=set)
    keyboard: set[str] = field(default_factory=set)
    again: dict[tuple[str, str], LayerSeen] = field(default_factory=dict)

    @property
    def wanting(self) -> bool:
        return any(n < TRIALS for n in self.tried.values())


class PopupsJourney(Experiment[PopupsSeen]):
    """`target.popup_sessions` sessions at home, three of which go on to the results, a product and the cart."""

    name: ClassVar[str] = "popups"
    places: ClassVar[frozenset[str]] = frozenset({"layers"})
    observation = PopupsSeen

    def run(self, attempt: Attempt) -> PopupsSeen:
        wanted, known = int(attempt.target.popup_sessions), Known()
        sessions: list[Session] = []
        number = 0
        while number < wanted or (number < wanted + EXTRA and known.wanting):
            number += 1
            consumer = attempt.consumer(f"s{number}", clock=True)
            walk = Walk(attempt, consumer, number, known)
            try:
                walk.go(tour=number <= TOURS)
            except Wall as wall:
                attempt.stop(wall)
                walk.wall = str(wall)
                if number >= min(2, wanted) and not any(s.visits for s in sessions) and not walk.visits:
                    raise
                if wall.name is WallName.BUDGET:
                    sessions.append(walk.session())
                    break
            finally:
                consumer.close()
            sessions.append(walk.session())
        return PopupsSeen(tuple(sessions), wanted)


class Walk:
    """One session."""

    def __init__(self, attempt: Attempt, consumer: Consumer, number: int, known: Known) -> None:
        self.attempt = attempt
        self.consumer = consumer
        self.number = number
        self.known = known
        self.visits: list[Visit] = []
        self.trials: list[Trial] = []
        self.keyboard = ""
        self.wall = ""
        self.blanks: list[BlankClick] = []
        self.back: BackPressed | None = None
        self._place = ""
        self._layers: list[LayerSeen] = []
        self._handled: set[str] = set()
        self._present: set[str] = set()
        """Structures that were on the page before a popup was tried, under it, too."""
        self._closing = False

    def session(self) -> Session:
        return Session(
            self.number,
            tuple(self.visits),
            tuple(self.trials),
            self.keyboard,
            self.wall,
            tuple(self.blanks),
            self.back,
        )

    def go(self, *, tour: bool) -> None:
        """Home, and on a tour the other places; a wall on the tour ends it and is noted. Raises Wall where home is not reached."""
        attempt, consumer = self.attempt, self.consumer
        home = attempt.pages.Home(consumer, attempt)
        live = home.open()
        self.stay("home", live, "deep" if tour else "short")
        if not tour:
            return
        depth: Depth = "deep" if self.number == 1 else "short"
        try:
            self._click_beside("home")
            results = home.search(attempt.target.queries[0])
            self.stay("search", results.look(), depth)
            self._click_beside("search")
            listed, live = results.read(pictures=False)
            card = listed.cards[min(self.number - 1, len(listed.cards) - 1)]
            product = attempt.pages.Product(consumer, attempt)
            came_from = consumer.page.url
            self.stay("product", product.open(card, live), depth)
            self._click_beside("product")
            self._go_back_and_forth(came_from)
            self.stay("cart", attempt.pages.Cart(consumer, attempt).open(), depth)
        except (Wall, Refused) as wall:
            self.wall = str(wall)
            if isinstance(wall, Wall):
                attempt.stop(wall)
                if wall.name is WallName.BUDGET:
                    raise

    def _click_beside(self, place: str) -> None:
        """Clicks on a blank part of the page where the session stands."""
        try:
            found = hindrance.click_blank(self.consumer, place)
        except PlaywrightError as error:
            self.consumer.journal.note("blank-click", place=place, error=str(error).splitlines()[0])
            return
        if found:
            self.blanks.append(found)

    def _go_back_and_forth(self, came_from: str) -> None:
        """Presses back on the product page, and goes on to it again, as a consumer who compares."""
        product = self.consumer.page.url
        if product == came_from or self.consumer.page.evaluate("history.length") < 2:
            return  # it opened in a new tab, or over the list
        try:
            self.back = hindrance.press_back(self.consumer, came_from, "product")
        except PlaywrightError as error:
            self.consumer.journal.note("back", error=str(error).splitlines()[0])
            return
        pass_layers(self.consumer)

    # -- one place ----------------------------------------------------------------------------------------------------------

    def stay(self, place: str, live: Live, depth: Depth) -> None:
        """Waits for layers by the ladder and meets each that comes."""
        anchor = f"{live.sight.title[:40]}，{sum(s.operable and s.shown for s in live.sight.elements)} 个控件"
        url, began = self.consumer.page.url, len(self.trials)
        self._place, self._layers, self._handled, self._present, self._closing = place, [], set(), set(), False
        stopped = ""
        try:
            for step in self._ladder(depth):
                if step in ("停留 5 秒", "停留 60 秒") and len(self.trials) > began:
                    continue  # the page's clock has been moved on while a popup was watched
                self._do(step)
                self._meet(step)
                if self.consumer.page.url.split("#")[0] != url.split("#")[0]:
                    break
        except PlaywrightError as error:
            stopped = str(error).splitlines()[0][:160]
            self.consumer.journal.note("popup-step", place=place, error=stopped)
        heard = () if stopped else hindrance.sounds(self.consumer)
        self.visits.append(Visit(place, url, anchor, depth, tuple(self._layers), stopped, heard))

    def _ladder(self, depth: Depth) -> tuple[str, ...]:
        if depth == "short":
            return ("打开后", "停留 5 秒")
        steps = ("打开页面时", "停留 5 秒", "动画结束时", "向下滚动时")
        return (*steps, *(() if self.consumer.device.touch else ("鼠标移向页面上缘时",)), "停留 60 秒")

    def _do(self, step: str) -> None:
        page = self.consumer.page
        height = (page.viewport_size or {"height": 800})["height"]
        match step:
            case "打开后":
                page.clock.run_for(1500)
            case "停留 5 秒":
                page.clock.fast_forward(5000)
            case "停留 60 秒":
                page.clock.fast_forward(60_000)
            case "动画结束时":
                page.evaluate(FINISH)
            case "向下滚动时":
                for part in (0.8, 1.6, 2.4):
                    page.evaluate("y => window.scrollTo({top: y, behavior: 'instant'})", height * part)
                    page.wait_for_timeout(40)
            case "鼠标移向页面上缘时":
                page.evaluate("window.scrollTo({top: 0, behavior: 'instant'})")
                page.mouse.move(4, height / 2)
                page.mouse.move(4, 0)
                page.evaluate(_LEAVE)

    def _meet(self, step: str) -> None:
        """Meets every layer that is new on this page, the topmost first."""
        cap = _FIRST_SECOND_MS if step == "打开页面时" else 0
        for _ in range(_MOST_LAYERS):
            found = self._wait_for_new(cap)
            if found is None:
                return
            since = time.monotonic()
            if step.startswith("鼠标") and self._is_hover_menu(found):
                self._handled.add(found.sig)
                continue
            self._handled.add(found.sig)
            if self._is_known(found, step):
                continue
            self._freeze()
            try:
                self._handle(found.sig, step, since)
            finally:
                self.consumer.page.clock.resume()
            cap = 0

    def _is_known(self, layer: Layer, step: str) -> bool:
        """Notes a layer that needs no further look: the same words in the same structure, tried often enough."""
        seen = self.known.again.get((layer.sig, layer.text))
        judged = seen is not None and seen.kind in ("ad", "doubtful") and seen.form in ("overlay", "float")
        if seen is None or (
            judged and (self.known.tried.get(seen.key, 0) < TRIALS or seen.key not in self.known.keyboard)
        ):
            return False
        if seen.form == "overlay" and not judged:
            pass_layers(self.consumer)
        self._layers.append(replace(seen, place=self._place, trigger=step))
        return True

    def _freeze(self) -> None:
        """Stops the page's clock: what is seen from here on is seen at the moment at which the layer came."""
        for margin in (0.02, 0.1, 0.4, 1.0, 3.0):  # the clock goes on until the order arrives, longer on a busy machine
            now = self.consumer.page.evaluate("Date.now()")
            try:
                self.consumer.page.clock.pause_at(now / 1000 + margin)
                return
            except PlaywrightError as error:
                if "to the past" not in str(error) or margin == 3.0:
                    raise

    def _wait_for_new(self, cap_ms: float) -> Layer | None:
        """The most important layer that has not been met. None where none comes until the page is at rest, and `cap_ms` are over."""
        consumer, end, rested = self.consumer, time.monotonic() + cap_ms / 1000, False
        while True:
            view = overview(consumer)
            fresh = [x for x in view.layers if x.sig not in self._handled and (x.top > 0.2 or x.form == "overlay")]
            order = {"overlay": 0, "float": 1, "bar": 2, "rail": 3}
            new = min(fresh, key=lambda x: (order[x.form], -round(x.top), -x.z), default=None)
            over = rested and time.monotonic() >= end
            if new is not None and (new.form in ("overlay", "float") or over):
                return new
            if over:
                return None
            if not rested:
                rested = consumer.settle(max(cap_ms, _COMES_MS)) or time.monotonic() >= end
            else:
                consumer.page.wait_for_timeout(80)

    def _is_hover_menu(self, layer: Layer) -> bool:
        """Whether what came under the moving mouse goes when the mouse goes: a menu, no popup."""
        page = self.consumer.page
        page.mouse.move(4, (page.viewport_size or {"height": 800})["height"] / 2)
        page.wait_for_timeout(250)
        return overview(self.consumer).find(layer.sig) is None

    def _handle(self, sig: str, step: str, since: float) -> None:
        met = self._read(sig, step, pictures=False)
        if met is None:
            return
        judged = (
            met.seen.kind in ("ad", "doubtful") and met.seen.form in ("overlay", "float") and not met.seen.after_closing
        )
        tries = judged and self.known.tried.get(met.seen.key, 0) < TRIALS
        if tries or met.seen.key not in self.known.pictured:
            pictured = self._read(sig, step, pictures=True)
            if pictured is None:
                self._layers.append(met.seen)  # it went by itself
                return
            met = pictured
            self.known.pictured.add(met.seen.key)
        self._layers.append(met.seen)
        self.known.again.setdefault((met.layer.sig, met.layer.text), met.seen)
        if tries:
            self._try(met, since)
        elif judged and met.seen.key not in self.known.keyboard:
            self.known.keyboard.add(met.seen.key)
            if self.consumer.device.touch:
                return
            self._touches(met)
            self.consumer.page.clock.resume()
            self.keyboard = f"{met.seen.name}：{self._popup(met, since).by_keyboard()}"
        elif met.seen.form == "overlay" and not judged:
            self.consumer.page.clock.resume()
            pass_layers(self.consumer)

    def _read(self, sig: str, step: str, *, pictures: bool) -> _Met | None:
        live = self.consumer.look(self._place, pictures="viewport" if pictures else "none", glyphs=False)
        view = overview(self.consumer, live)
        layer = view.find(sig)
        if layer is None or layer.index < 0:
            return None
        seen = describe(live, view, layer, place=self._place, trigger=step)
        return _Met(live, view, layer, replace(seen, after_closing=self._closing and sig not in self._present))

    def _touches(self, met: _Met) -> None:
        """From here on, what is new on this page came of closing a popup."""
        self._closing = True
        self._present |= self._handled | {x.sig for x in met.view.layers}

    def _popup(self, met: _Met, since: float) -> Popup:
        return Popup(self.consumer, met.live, met.view, met.layer, met.seen, since, self.number)

    def _try(self, met: _Met, since: float) -> None:
        key = met.seen.key
        self._touches(met)
        trial = self._popup(met, since).try_it(zoom=key not in self.known.tried, known=frozenset(self._present))
        self.known.tried[key] = self.known.tried.get(key, 0) + 1
        self.trials.append(trial)
        if trial.click is None or not trial.click.closed:
            self.consumer.page.clock.resume()
            pass_layers(self.consumer)
