"""A popup: what closes it, when that is there, how it looks, and what one real click on it does."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Request

from gongping.consumer.consumer import Consumer
from gongping.consumer.guard import Effect, Refused
from gongping.consumer.walls import Wall
from gongping.lexicon import words
from gongping.observations.layers import Appeared, ClickSeen, LayerSeen, MarkSeen, Trial
from gongping.pages import layers
from gongping.pages.layers import Closer, Layer, Overview, closers, describe, gone, overview, press_at
from gongping.pages.marks import FRAME_MS, Meter
from gongping.sight.look import Live
from gongping.sight.model import Box

WAIT_S = (0.25, 0.25, 0.25, 0.25, 0.3, 0.3)
"""Steps of the page's clock in which a closing control is looked for: the norm's second, and a margin in which what comes is
neither in time nor late (convention)."""

_USABLE_S = 1.0
"""A control must work so long after its layer came (norm.yaml: close_available_s)."""

LADDER_S = (1.4, 2, 5, 10)
"""Then the page's clock is moved by so much, step by step, to 3, 5, 10 and 20 s, to tell a gated control from none (norm.yaml, 24.2, steps)."""

WATCH_S = (5, 5, 10, 10, 15, 15)
"""Steps of the page's clock after closing: 60 s (norm.yaml: popup_observe_s)."""

_SOON_MS = 1000
"""A layer must be gone so long after the click (norm.yaml: one_click_close)."""

_LEAVE_MS = 4000
"""So long a page that a click led to may take to answer (convention)."""

_MOST_MEASURED = 3
_MOST_CLICKS = 3
_STILL = """(e) => e.getAnimations({ subtree: true }).some((a) => { const t = a.effect && a.effect.getComputedTiming(); return a.playState === "running" && t && t.endTime !== Infinity && t.endTime < 5000; })"""

FINISH = """() => { let n = 0; for (const a of document.getAnimations()) { try { const t = a.effect && a.effect.getComputedTiming();
  if (t && t.endTime !== Infinity && a.playState !== "finished") { a.finish(); n++; } } catch (e) {} } return n; }"""
"""Ends finite animations and transitions: the page's clock does not reach them."""


def _counts(label: str) -> bool:
    """Whether a label has a countdown in it."""
    return any(h.key == "gate" for h in words("countdown").find_all(label))


class Popup:
    """A layer on a living page, tried once."""

    def __init__(
        self, consumer: Consumer, live: Live, view: Overview, layer: Layer, seen: LayerSeen, since: float, session: int
    ) -> None:
        self.consumer = consumer
        self.live = live
        self.view = view
        self.layer = layer
        self.seen = seen
        self.since = since
        self.age = 0.0
        self.session = session
        self.meter = Meter(consumer, live, layer)
        self.root = live.element(live.sight.elements[layer.index])
        self.masks = [live.element(live.sight.elements[i]) for i in view.masks if i >= 0]

    # -- the closing control ------------------------------------------------------------------------------------------------

    def try_it(self, *, zoom: bool = False, known: frozenset[str] = frozenset()) -> Trial:
        """Looks for a closing control for as long as a consumer must not wait longer, measures it, clicks it once and watches.
        `known` are structures of layers that were there before."""
        found = self._wait()
        available = self.age if found else None
        waited = self.age
        gate, late = "", None
        if not found:
            gate = self._gate_words()
            late_closer, after = self._wait_longer()
            if late_closer:
                late = self.meter.measure(late_closer, after, by_clock=True)
                found = [late_closer]
        self._settle_animations()
        marks = [] if late else [self.meter.measure(c, available or 0.0) for c in found[:_MOST_MEASURED]]
        chosen, mark = self._choose(found, [late] if late else marks)
        click = None
        exits: tuple[str, ...] = ()
        if chosen and mark:
            mark = replace(
                mark, moved_px=self.meter.approach(chosen), at_zoom_200=self.meter.at_zoom(chosen) if zoom else None
            )
            if late is None:
                marks = [mark, *(m for m in marks if m.seen.index != mark.seen.index)]
            else:
                late = mark
            self._until_usable()
            self.consumer.page.clock.resume()
            click = self._click(chosen, known)
            if late is None and self._only_counted(mark, click):
                gate = mark.label
                late_closer, after = self._wait_longer()
                if late_closer:
                    mark = late = self.meter.measure(late_closer, after, by_clock=True)
                    click = self._click(late_closer, known)
        elif not found:
            self.consumer.page.clock.resume()
            exits = self._other_exits()
        return Trial(
            layer=self.seen, session=self.session, marks=tuple(marks), available_s=available, waited_s=round(waited, 2), gate=gate,
            late=late, clicked=mark if click else None, click=click, other_exits=exits, unreadable="、".join(self.seen.opaque_parts),
        )  # fmt: skip

    def _until_usable(self) -> None:
        """Lets the page have the second that the norm gives it: a control that is drawn before its script has come takes no click yet,
        and no consumer is as fast as we are."""
        left = _USABLE_S - self.age
        if left > 0:
            self.consumer.page.clock.run_for(int(left * 1000))
            self.age = _USABLE_S
            self.consumer.settle(_SOON_MS)

    def _only_counted(self, mark: MarkSeen, click: ClickSeen) -> bool:
        """Whether a control that counts down (跳过 5) did nothing yet."""
        return _counts(mark.label) and not (
            click.closed or click.opened or click.navigated or click.dialogs or click.appeared
        )

    def _candidates(self) -> list[Closer]:
        return [c for c in closers(self.live, self.view, self.layer) if not c.gated]

    def _refresh(self, pictures: bool = False) -> bool:
        """Looks again. False where the layer is no longer there."""
        live = self.consumer.look(self.seen.place, pictures="viewport" if pictures else "none", glyphs=False)
        view = overview(self.consumer, live)
        layer = next(
            (x for x in view.layers if x.index >= 0 and live.is_same(live.sight.elements[x.index], self.root)), None
        ) or view.find(self.layer.sig)
        if layer is None:
            return False
        self.live, self.view, self.layer = live, view, layer
        self.meter = Meter(self.consumer, live, layer)
        return True

    def _wait(self) -> list[Closer]:
        """Closing controls as soon as there is one. The page's clock stands still while we look, so that a slow machine does not
        make a page look late; `age` is what the page has had since the layer was there."""
        for step in WAIT_S:
            found = self._candidates()
            if any(c.strength in ("mark", "shape") for c in found):
                return found
            self.consumer.page.clock.run_for(int(step * 1000))
            self.age = round(self.age + step, 2)
            behind = self.age - (time.monotonic() - self.since)  # what comes by the network or by CSS has its time, too
            self.consumer.page.wait_for_timeout(max(30.0, min(behind, 0.3) * 1000))
            if not self._refresh():
                return []
        return self._candidates()

    def _gate_words(self) -> str:
        """The line that holds the consumer back, if any."""
        lines = self.live.sight.text_of(self.layer.index).splitlines()
        return next((x for x in lines if _counts(x)), "")[:40]

    def _wait_longer(self) -> tuple[Closer | None, float]:
        """Moves the page's clock on; gives a control that came late, and after how many seconds at most."""
        passed = self.age
        for step in LADDER_S:
            self.consumer.page.clock.run_for(int(step * 1000))
            self.consumer.page.evaluate(FINISH)
            self.consumer.page.wait_for_timeout(60)
            passed += step
            if not self._refresh():
                return None, passed
            found = self._candidates()
            if found and self._refresh(pictures=True):
                return next(iter(self._candidates()), found[0]), round(passed, 1)
        return None, round(passed, 1)

    def _settle_animations(self) -> None:
        """A layer that fades in is measured when it has faded in; at most a second."""
        for _ in range(12):
            try:
                if not self.root.evaluate(_STILL):
                    return
            except PlaywrightError:
                return
            self.consumer.page.wait_for_timeout(80)

    def _choose(self, found: Sequence[Closer], marks: Sequence[MarkSeen]) -> tuple[Closer | None, MarkSeen | None]:
        """The control that a consumer would click: the first that can be seen and aimed at; else the first that has a box."""
        pairs = list(zip(found, marks, strict=False))
        reachable = [(c, m) for c, m in pairs if (m.visible_share or 0) > 0.5]
        good = [(c, m) for c, m in reachable if m.hit_centre and (m.contrast or 0) >= 1.2]
        best = next(iter(good or reachable), None)
        return best if best else (None, None)

    # -- one click ----------------------------------------------------------------------------------------------------------

    def _click(self, closer: Closer, known: frozenset[str]) -> ClickSeen:
        consumer = self.consumer
        try:
            at = self.meter.aim(closer)
            if at is None:
                return ClickSeen(False, None, unreached="关闭控件没有可点击的位置")
            consumer.guard.check_control(closer.control, closer.label, Effect.NONE)
        except (PlaywrightError, LookupError, Refused) as error:
            return ClickSeen(False, None, unreached=str(error).splitlines()[0])
        took: list[float | None] = [None]

        page, before, leaving = consumer.page, consumer.page.url, [False]

        def note(request: Request) -> None:
            leaving[0] = leaving[0] or (request.is_navigation_request() and request.frame == page.main_frame)

        def act() -> None:
            started = time.monotonic()
            press_at(consumer, *at)
            if gone(consumer, [self.root, *self.masks], _SOON_MS):
                took[0] = round(time.monotonic() - started, 2)
            page.wait_for_timeout(60 if not consumer._opened else 400)
            if leaving[0]:  # the page is on its way out: only its successor tells where to
                page.wait_for_url(lambda url: url != before, wait_until="commit", timeout=_LEAVE_MS)

        page.on("request", note)
        opened_before = len(consumer._opened)
        with consumer.acting(f"close a layer: {closer.label}", Effect.NONE):
            try:
                happened = consumer.watch(act, settle=False)
            except PlaywrightError as error:
                return ClickSeen(False, None, unreached=str(error).splitlines()[0])
            finally:
                page.remove_listener("request", note)
        opened = tuple(p.url for p in consumer._opened[opened_before:])
        if opened:
            consumer.close_opened()
        if happened.navigated and happened.after.split("#")[0] != happened.before.split("#")[0]:
            return ClickSeen(
                False,
                None,
                opened=opened,
                navigated=happened.after,
                dialogs=happened.dialogs,
                downloads=happened.downloads,
                sight=self._picture(),
            )
        return self._after(closer, happened.dialogs, happened.downloads, opened, took[0], known, at)

    def _after(
        self, closer: Closer, dialogs: tuple[str, ...], downloads: tuple[str, ...], opened: tuple[str, ...], took: float | None,
        known: frozenset[str], at: tuple[float, float],
    ) -> ClickSeen:  # fmt: skip
        """What is there after the click, and what comes within the time of observation."""
        consumer = self.consumer
        view = overview(consumer, elements=[self.root, *self.masks])
        layer_gone = not view.standing[0]
        other = any(x.top > 0.2 and x.sig != self.layer.sig for x in view.overlays)  # then the mask may be that layer's
        mask_left = layer_gone and not other and (any(view.standing[1:]) or bool(view.masks))
        closed = layer_gone and not mask_left
        appeared = self._appeared(known, 0.0, by_clock=False)
        moved, clicks = 0.0, 1 if closed else None
        picture = ""
        retention = ""
        if not layer_gone:
            moved = self.meter.ran(closer)
            if self._refresh():
                said = self.live.sight.text_of(self.layer.index)
                hit = words("retention").match(said)
                retention = hit.word if hit and not words("retention").match(self.seen.text) else ""
        if not closed or appeared:
            picture = self._picture()
        if retention and not appeared:
            appeared = (Appeared(replace(self.seen, text=said[:300]), 0.0, False, retention=retention),)
        if not closed and not mask_left and not _counts(closer.label):
            clicks = self._more_clicks()
        stuck = view.locked and closed and not appeared and self._cannot_scroll()
        seen_s = 0.0
        if closed and not appeared:
            later, seen_s = self._watch_on(known)
            appeared = later
            if later:
                picture = self._picture()
        return ClickSeen(
            closed=closed, closed_s=took if closed else None, mask_left=mask_left, scroll_locked=stuck, opened=opened, dialogs=dialogs,
            downloads=downloads, moved_px=round(moved, 1), clicks_to_close=clicks, appeared=appeared, observed_s=seen_s, sight=picture,
        )  # fmt: skip

    def _picture(self) -> str:
        try:
            return self.consumer.look(self.seen.place, pictures="viewport", glyphs=False).sight.id
        except (Wall, PlaywrightError):
            return ""

    def _cannot_scroll(self) -> bool:
        """Whether a turn of the wheel moves nothing, for a page that is longer than the view."""
        page = self.consumer.page
        where = "() => [scrollY, (document.scrollingElement || document.documentElement).scrollTop]"
        before = page.evaluate(where)
        page.mouse.move(self.live.sight.viewport[0] / 2, self.live.sight.viewport[1] / 2)
        page.mouse.wheel(0, 300)
        page.wait_for_timeout(200)
        moved = page.evaluate(where) != before
        if moved:
            page.mouse.wheel(0, -300)
        return not moved

    def _appeared(self, known: frozenset[str], after: float, *, by_clock: bool) -> tuple[Appeared, ...]:
        """Layers that are there now and were not before, advertisements and what holds the consumer back among them."""
        try:
            view = overview(self.consumer)
            old = known - {self.layer.sig} if after else known | {self.layer.sig}
            fresh = [x for x in view.layers if x.form in ("overlay", "float") and x.top > 0.2 and x.sig not in old]
            if not fresh:
                return ()
            live = self.consumer.look(self.seen.place, pictures="viewport", glyphs=False)
            view = overview(self.consumer, live)
        except (Wall, PlaywrightError):
            return ()
        found: list[Appeared] = []
        for x in view.layers:
            if x.index < 0 or x.sig not in {f.sig for f in fresh}:
                continue
            seen = describe(live, view, x, place=self.seen.place, trigger="关闭后")
            hit = words("retention").match(seen.text)
            retention = hit.word if hit and x.form == "overlay" else ""
            if seen.kind == "other" and x.form == "float" and not after and live.sight.elements[x.index].operable:
                seen = replace(seen, kind="doubtful", why="关闭时出现的浮动图标")
            if seen.kind in ("ad", "doubtful") or retention:
                found.append(
                    Appeared(
                        seen,
                        after,
                        by_clock,
                        retention,
                        self._closes(live, view, x, act=not after and x.form == "float"),
                    )
                )
        return tuple(found)

    def _closes(self, live: Live, view: Overview, layer: Layer, *, act: bool) -> bool:
        """Whether a layer has a closing control of its own; where `act`, whether that closes it."""
        own = [c for c in closers(live, view, layer) if not c.gated and (not c.link or c.control.role == "button")]
        if not own or not act:
            return bool(own)
        try:
            box = live.element(own[0].glyph).bounding_box()
            if not box:
                return False
            with self.consumer.acting("close what the popup shrank to", Effect.NONE):
                press_at(self.consumer, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            return gone(self.consumer, [live.element(live.sight.elements[layer.index])], _SOON_MS)
        except (PlaywrightError, LookupError):
            return False

    def _watch_on(self, known: frozenset[str]) -> tuple[tuple[Appeared, ...], float]:
        """Moves the page's clock through the time of observation and tells what came, and how long was watched."""
        passed = 0.0
        for step in WATCH_S:
            try:
                self.consumer.page.clock.run_for(step * 1000)
                self.consumer.page.wait_for_timeout(FRAME_MS)
            except PlaywrightError:
                return (), passed
            passed += step
            came = self._appeared(known, passed, by_clock=True)
            if came:
                return came, passed
        return (), passed

    def _more_clicks(self) -> int | None:
        """How many clicks it takes to be rid of the layer, tried a few times; None where they don't do it."""
        for number in range(2, _MOST_CLICKS + 1):
            try:
                if not self._refresh():
                    return number - 1
                candidates = [c for c in self._candidates() if not c.link]
                at = self.meter.aim(candidates[0]) if candidates else None
                if at is None:
                    return None
                with self.consumer.acting("close a layer, again", Effect.NONE):
                    press_at(self.consumer, *at)
                if gone(self.consumer, [self.root, *self.masks], _SOON_MS):
                    return number
            except (Wall, PlaywrightError, LookupError):
                return None
        return None

    # -- without a mark -----------------------------------------------------------------------------------------------------

    def _other_exits(self) -> tuple[str, ...]:
        """What else gets a consumer out where no closing control was found: Escape, a click beside the picture. For the report."""
        ways: list[tuple[str, Callable[[], None]]] = [
            ("按 Esc 键", lambda: self.consumer.page.keyboard.press("Escape"))
        ]
        panel: Box = self.layer.panel.moved(-self.live.sight.scroll[0], -self.live.sight.scroll[1])
        spot = layers._beside(panel, *self.live.sight.viewport)
        if spot and self.seen.mask:
            ways.append(("点击遮罩", lambda: press_at(self.consumer, *spot)))
        for name, act in ways:
            try:
                with self.consumer.acting(f"look for another way out: {name}", Effect.NONE):
                    act()
                if gone(self.consumer, [self.root, *self.masks], 600):
                    return (name,)
            except PlaywrightError:
                return ()
        return ()

    def by_keyboard(self) -> str:
        """Focuses the control and presses Enter: an extra, for the report only."""
        found = [c for c in self._candidates() if not c.link]
        if not found:
            return "没有可聚焦的关闭控件"
        try:
            element = self.live.element(found[0].control)
            element.focus()
            if not element.evaluate("(e) => e.getRootNode().activeElement === e"):
                return "关闭控件不能获得键盘焦点"
            with self.consumer.acting("close a layer by keyboard", Effect.NONE):
                self.consumer.page.keyboard.press("Enter")
            return "键盘可关闭" if gone(self.consumer, [self.root, *self.masks], _SOON_MS) else "按 Enter 键没有关闭"
        except (PlaywrightError, LookupError) as error:
            return f"键盘操作失败：{str(error).splitlines()[0][:60]}"
