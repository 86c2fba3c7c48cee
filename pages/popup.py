"""A popup: what closes it, when that is there, how it looks, and what one real click on it does."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PIL import Image
from playwright.sync_api import ElementHandle
from playwright.sync_api import Error as PlaywrightError

from gongping.consumer.consumer import Consumer
from gongping.consumer.guard import Effect, Refused
from gongping.consumer.walls import Wall
from gongping.detectors.layers import strokes_contrast
from gongping.lexicon import words
from gongping.observations.layers import Appeared, ClickSeen, LayerSeen, MarkSeen, Trial
from gongping.pages import layers
from gongping.pages.layers import Closer, Layer, Overview, closers, describe, gone, overview, press_at
from gongping.sight.look import Live
from gongping.sight.model import Box

WAIT_S = (0.25, 0.25, 0.25, 0.25, 0.3, 0.3)
"""Steps of the page's clock in which a closing control is looked for: the norm's second, and a margin in which what comes is
neither in time nor late (convention)."""

LADDER_S = (1.4, 2, 5, 10)
"""Then the page's clock is moved by so much, step by step, to 3, 5, 10 and 20 s, to tell a gated control from none (norm.yaml, 24.2, steps)."""

WATCH_S = (5, 5, 10, 10, 15, 15)
"""Steps of the page's clock after closing: 60 s (norm.yaml: popup_observe_s)."""

_SOON_MS = 1000
"""A layer must be gone so long after the click (norm.yaml: one_click_close)."""

_MOST_MEASURED = 3
_MOST_CLICKS = 3
_MOVES = 10.0
"""CSS px: a control that moves further than this under the pointer runs away; hover effects stay below (convention)."""

_HITBOX = """(control, glyph) => {
  const inside = (n, of) => { for (; n; n = n.assignedSlot || n.parentElement || (n.getRootNode() && n.getRootNode().host)) if (n === of) return true; return false; };
  const at = (x, y) => { let e = document.elementFromPoint(x, y), r; while (e && (r = e.shadowRoot || (window.__gongping && window.__gongping.roots.get(e)))) { const i = r.elementFromPoint(x, y); if (!i || i === e || !r.contains(i)) break; e = i; } return e; };
  let box = glyph.getBoundingClientRect();
  const range = document.createRange();
  const text = [...glyph.childNodes].find((n) => n.nodeType === 3 && n.data.trim());
  if (text) { range.selectNodeContents(text); const r = range.getBoundingClientRect(); if (r.width > 1 && r.height > 1 && r.width < box.width) box = r; }
  const cx = box.left + box.width / 2, cy = box.top + box.height / 2;
  const mine = (x, y) => { const e = at(x, y); return !!e && (inside(e, control) || inside(e, glyph)); };
  const far = (dx, dy) => { let n = 0; while (n < 40 && mine(cx + dx * (n + 1), cy + dy * (n + 1))) n++; return n; };
  const top = at(cx, cy), centre = mine(cx, cy);
  const vw = innerWidth, vh = innerHeight;
  const shown = Math.max(0, Math.min(vw, box.right) - Math.max(0, box.left)) * Math.max(0, Math.min(vh, box.bottom) - Math.max(0, box.top));
  const link = top && top.closest && top.closest("a[href]");
  return { width: centre ? far(-1, 0) + far(1, 0) + 1 : 0, height: centre ? far(0, -1) + far(0, 1) + 1 : 0, centre,
    glyph: [box.left, box.top, box.width, box.height], share: box.width * box.height ? shown / (box.width * box.height) : 0,
    over: centre || !top ? "" : (link ? "link " + link.href : top.tagName.toLowerCase() + (top.className && top.className.baseVal === undefined ? "." + top.className : "")).slice(0, 120) };
}"""
"""Where a person aims (the glyph's middle), how far around it the pointer still hits the control, and what lies there instead."""

_HIDE = """(e) => { const a = e.animate([{ opacity: 0 }, { opacity: 0 }], { duration: 1e8, fill: "both" });
  return [a, parseFloat(getComputedStyle(e).opacity) < 0.05]; }"""
"""Makes an element transparent for a picture without writing into the document: an animation, cancelled right after."""

_STILL = """(e) => e.getAnimations({ subtree: true }).some((a) => { const t = a.effect && a.effect.getComputedTiming(); return a.playState === "running" && t && t.endTime !== Infinity && t.endTime < 5000; })"""

FINISH = """() => { let n = 0; for (const a of document.getAnimations()) { try { const t = a.effect && a.effect.getComputedTiming();
  if (t && t.endTime !== Infinity && a.playState !== "finished") { a.finish(); n++; } } catch (e) {} } return n; }"""
"""Ends finite animations and transitions: the page's clock does not reach them."""

_FRAME_MS = 40
"""Two frames: waited for outside the page, whose own frames stand still with its clock."""


class Popup:
    """A layer on a living page, tried once."""

    def __init__(self, consumer: Consumer, live: Live, view: Overview, layer: Layer, seen: LayerSeen, since: float, session: int) -> None:
        self.consumer = consumer
        self.live = live
        self.view = view
        self.layer = layer
        self.seen = seen
        self.since = since
        self.age = 0.0
        self.session = session
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
                late = self._measure(late_closer, after, by_clock=True)
                found = [late_closer]
        self._settle_animations()
        marks = [] if late else [self._measure(c, available or 0.0) for c in found[:_MOST_MEASURED]]
        chosen, mark = self._choose(found, [late] if late else marks)
        click = None
        exits: tuple[str, ...] = ()
        if chosen and mark:
            mark = replace(mark, moved_px=self._approach(chosen), at_zoom_200=self._at_zoom(chosen) if zoom else None)
            if late is None:
                marks = [mark, *(m for m in marks if m.seen.index != mark.seen.index)]
            else:
                late = mark
            self.consumer.page.clock.resume()
            click = self._click(chosen, known)
            if late is None and self._only_counted(mark, click):
                gate = mark.label
                late_closer, after = self._wait_longer()
                if late_closer:
                    mark = late = self._measure(late_closer, after, by_clock=True)
                    click = self._click(late_closer, known)
        elif not found:
            self.consumer.page.clock.resume()
            exits = self._other_exits()
        return Trial(
            layer=self.seen, session=self.session, marks=tuple(marks), available_s=available, waited_s=round(waited, 2), gate=gate,
            late=late, clicked=mark if click else None, click=click, other_exits=exits, unreadable="、".join(self.seen.opaque_parts),
        )  # fmt: skip

    def _only_counted(self, mark: MarkSeen, click: ClickSeen) -> bool:
        """Whether a control that counts down (跳过 5) did nothing yet."""
        counts = any(h.key == "gate" for h in words("countdown").find_all(mark.label))
        return counts and not (click.closed or click.opened or click.navigated or click.dialogs or click.appeared)

    def _candidates(self) -> list[Closer]:
        return [c for c in closers(self.live, self.view, self.layer) if not c.gated]

    def _refresh(self, pictures: bool = False) -> bool:
        """Looks again. False where the layer is no longer there."""
        live = self.consumer.look(self.seen.place, pictures="viewport" if pictures else "none", glyphs=False)
        view = overview(self.consumer, live)
        layer = next((x for x in view.layers if x.index >= 0 and live.is_same(live.sight.elements[x.index], self.root)), None) or view.find(self.layer.sig)
        if layer is None:
            return False
        self.live, self.view, self.layer = live, view, layer
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
        hits = [h for h in words("countdown").find_all(self.live.sight.text_of(self.layer.index)) if h.key == "gate"]
        if not hits:
            return ""
        lines = [x for x in self.live.sight.text_of(self.layer.index).splitlines() if any(h.key == "gate" for h in words("countdown").find_all(x))]
        return (lines or [hits[0].word])[0][:40]

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

    def _measure(self, closer: Closer, after: float, *, by_clock: bool = False) -> MarkSeen:
        seen = closer.glyph if closer.glyph.box.area > 0 else closer.control
        mark = MarkSeen(seen=seen, label=closer.label, strength=closer.strength, why=closer.why, after_s=after, by_clock=by_clock, gated=closer.gated, link=closer.link)
        try:
            control, glyph = self.live.element(closer.control), self.live.element(closer.glyph)
            hit: dict[str, Any] = control.evaluate(_HITBOX, glyph)
            contrast, painted = self._contrast(control if closer.control.box.area <= 9216 else glyph)
        except (PlaywrightError, LookupError):
            return mark
        return replace(
            mark, hit_width=float(hit["width"]), hit_height=float(hit["height"]), hit_centre=bool(hit["centre"]), over=hit["over"],
            visible_share=round(float(hit["share"]), 2), contrast=contrast if painted is not None else None,
        )  # fmt: skip

    def _contrast(self, element: ElementHandle) -> tuple[float | None, float | None]:
        """Contrast by pixels of what the element draws, with and without it; the second is None where it could not be hidden."""
        box = element.bounding_box()
        if not box or box["width"] < 2 or box["height"] < 2:
            return None, None
        with_it = self._crop(box)
        animation = element.evaluate_handle(_HIDE)
        try:
            hidden = bool(animation.evaluate("(x) => x[1]"))
            self.consumer.page.wait_for_timeout(_FRAME_MS)
            without = self._crop(box)
        finally:
            animation.evaluate("(x) => x[0].cancel()")
        if not hidden or with_it is None or without is None:
            return None, None
        ratio, share = strokes_contrast(with_it, without)
        return (ratio or 1.0), share

    def _crop(self, box: Any) -> Image.Image | None:
        with Image.open(io.BytesIO(self.consumer.camera.shoot())) as image:
            scale = image.width / self.live.sight.viewport[0]
            area = [int(box["x"] * scale), int(box["y"] * scale), round((box["x"] + box["width"]) * scale), round((box["y"] + box["height"]) * scale)]
            area = [max(0, area[0]), max(0, area[1]), min(image.width, area[2]), min(image.height, area[3])]
            return image.convert("RGB").crop((area[0], area[1], area[2], area[3])) if area[2] - area[0] > 2 and area[3] - area[1] > 2 else None

    def _choose(self, found: Sequence[Closer], marks: Sequence[MarkSeen]) -> tuple[Closer | None, MarkSeen | None]:
        """The control that a consumer would click: the first that can be seen and aimed at; else the first that has a box."""
        pairs = list(zip(found, marks, strict=False))
        reachable = [(c, m) for c, m in pairs if (m.visible_share or 0) > 0.5]
        good = [(c, m) for c, m in reachable if m.hit_centre and (m.contrast or 0) >= 1.2]
        best = next(iter(good or reachable), None)
        return best if best else (None, None)

    def _aim(self, closer: Closer) -> tuple[float, float] | None:
        """Where a person points: the middle of the glyph, in the view's coordinates."""
        glyph = self.live.element(closer.glyph)
        hit: dict[str, Any] = self.live.element(closer.control).evaluate(_HITBOX, glyph)
        box, local = glyph.bounding_box(), hit["glyph"]
        if not box:
            return None
        element: list[float] = glyph.evaluate("(e) => { const r = e.getBoundingClientRect(); return [r.left, r.top]; }")
        return box["x"] + local[0] - element[0] + local[2] / 2, box["y"] + local[1] - element[1] + local[3] / 2

    def _approach(self, closer: Closer) -> float | None:
        """Moves the mouse to the control (or lays a finger on it and takes it back) and tells how far it moved away."""
        page, moved = self.consumer.page, 0.0
        try:
            at = self._aim(closer)
            if at is None:
                return None
            panel = self.layer.panel.moved(-self.live.sight.scroll[0], -self.live.sight.scroll[1])
            start = panel.centre
            if self.consumer.device.touch:
                self._touch(at)
            for part in () if self.consumer.device.touch else (0.0, 0.5, 0.8, 0.93, 1.0):
                page.mouse.move(start[0] + (at[0] - start[0]) * part, start[1] + (at[1] - start[1]) * part, steps=2)
                now = self._aim(closer)
                if now:
                    moved = max(moved, ((now[0] - at[0]) ** 2 + (now[1] - at[1]) ** 2) ** 0.5)
            page.wait_for_timeout(60)
            now = self._aim(closer)
            if now:
                moved = max(moved, ((now[0] - at[0]) ** 2 + (now[1] - at[1]) ** 2) ** 0.5)
        except (PlaywrightError, LookupError):
            return round(moved, 1)
        return round(moved, 1)

    def _touch(self, at: tuple[float, float]) -> None:
        """A finger comes down and is taken back without a tap."""
        cdp = self.consumer.context.new_cdp_session(self.consumer.page)
        cdp.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": at[0], "y": at[1]}]})
        self.consumer.page.wait_for_timeout(_FRAME_MS)
        cdp.send("Input.dispatchTouchEvent", {"type": "touchCancel", "touchPoints": []})
        cdp.detach()

    def _at_zoom(self, closer: Closer) -> bool | None:
        """Whether the control stays inside the view at 200 % zoom, that is on half the viewport; None where it can't be told."""
        page, size = self.consumer.page, self.consumer.page.viewport_size
        if not size or self.consumer.device.touch:
            return None
        try:
            page.set_viewport_size({"width": size["width"] // 2, "height": size["height"] // 2})
            page.wait_for_timeout(_FRAME_MS)
            box = self.live.element(closer.glyph).bounding_box()
            if not box or not box["width"]:
                return None
            return box["x"] >= -1 and box["y"] >= -1 and box["x"] + box["width"] <= size["width"] // 2 + 1 and box["y"] + box["height"] <= size["height"] // 2 + 1
        except (PlaywrightError, LookupError):
            return None
        finally:
            page.set_viewport_size(size)
            page.wait_for_timeout(_FRAME_MS)

    # -- one click ----------------------------------------------------------------------------------------------------------

    def _click(self, closer: Closer, known: frozenset[str]) -> ClickSeen:
        consumer = self.consumer
        try:
            at = self._aim(closer)
            if at is None:
                return ClickSeen(False, None, unreached="关闭控件没有可点击的位置")
            consumer.guard.check_control(closer.control, closer.label, Effect.NONE)
        except (PlaywrightError, LookupError, Refused) as error:
            return ClickSeen(False, None, unreached=str(error).splitlines()[0])
        took: list[float | None] = [None]

        def act() -> None:
            started = time.monotonic()
            press_at(consumer, *at)
            if gone(consumer, [self.root, *self.masks], _SOON_MS):
                took[0] = round(time.monotonic() - started, 2)
            consumer.page.wait_for_timeout(60 if not consumer._opened else 400)

        opened_before = len(consumer._opened)
        with consumer.acting(f"close a layer: {closer.label}", Effect.NONE):
            happened = consumer.watch(act, settle=False)
        opened = tuple(p.url for p in consumer._opened[opened_before:])
        if opened:
            consumer.close_opened()
        if happened.navigated and happened.after.split("#")[0] != happened.before.split("#")[0]:
            return ClickSeen(False, None, opened=opened, navigated=happened.after, dialogs=happened.dialogs, downloads=happened.downloads, sight=self._picture())
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
            moved = self._ran(closer)
            if self._refresh():
                said = self.live.sight.text_of(self.layer.index)
                hit = words("retention").match(said)
                retention = hit.word if hit and not words("retention").match(self.seen.text) else ""
        if not closed or appeared:
            picture = self._picture()
        if retention and not appeared:
            appeared = (Appeared(replace(self.seen, text=said[:300]), 0.0, False, retention=retention),)
        if not closed and not mask_left:
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

    def _ran(self, closer: Closer) -> float:
        """How far the control has moved since it was seen, its size unchanged: away from a finger. A control that says something
        else now has another size."""
        try:
            now = self.live.element(closer.control).bounding_box()
        except (PlaywrightError, LookupError):
            return 0.0
        was = closer.control.box.moved(-self.live.sight.scroll[0], -self.live.sight.scroll[1])
        if not now or abs(now["width"] - was.width) > 3 or abs(now["height"] - was.height) > 3:
            return 0.0
        return float(((now["x"] - was.x) ** 2 + (now["y"] - was.y) ** 2) ** 0.5)

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
                found.append(Appeared(seen, after, by_clock, retention, self._closes(live, view, x, act=not after and x.form == "float")))
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
                self.consumer.page.wait_for_timeout(_FRAME_MS)
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
                at = self._aim(candidates[0]) if candidates else None
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
        ways: list[tuple[str, Callable[[], None]]] = [("按 Esc 键", lambda: self.consumer.page.keyboard.press("Escape"))]
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

