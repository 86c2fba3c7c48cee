"""A closing control, measured on the living page: how large it is for the pointer, how it stands out, whether it stays where it is."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from PIL import Image
from playwright.sync_api import ElementHandle
from playwright.sync_api import Error as PlaywrightError

from gongping.consumer.consumer import Consumer
from gongping.detectors.layers import strokes_contrast
from gongping.observations.layers import MarkSeen
from gongping.pages.layers import Closer, Layer
from gongping.sight.look import Live

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

FRAME_MS = 40
"""Two frames: waited for outside the page, whose own frames stand still with its clock."""


class Meter:
    """Measures closing controls of a layer that was seen in `live`."""

    def __init__(self, consumer: Consumer, live: Live, layer: Layer) -> None:
        self.consumer = consumer
        self.live = live
        self.layer = layer

    def measure(self, closer: Closer, after: float, *, by_clock: bool = False) -> MarkSeen:
        """Size, contrast and place of a control, as far as they can be told. `after` is when it was there, in seconds."""
        seen = closer.glyph if closer.glyph.box.area > 0 else closer.control
        mark = MarkSeen(
            seen=seen,
            label=closer.label,
            strength=closer.strength,
            why=closer.why,
            after_s=after,
            by_clock=by_clock,
            gated=closer.gated,
            link=closer.link,
        )
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
            self.consumer.page.wait_for_timeout(FRAME_MS)
            without = self._crop(box)
        finally:
            animation.evaluate("(x) => x[0].cancel()")
        if not hidden or with_it is None or without is None:
            return None, None
        ratio, share = strokes_contrast(with_it, without)
        return (ratio or 1.0), share

    def _crop(self, box: Any) -> Image.Image | None:
        """The view's pixels in a box, now."""
        with Image.open(io.BytesIO(self.consumer.camera.shoot())) as image:
            scale = image.width / self.live.sight.viewport[0]
            area = [
                int(box["x"] * scale),
                int(box["y"] * scale),
                round((box["x"] + box["width"]) * scale),
                round((box["y"] + box["height"]) * scale),
            ]
            area = [max(0, area[0]), max(0, area[1]), min(image.width, area[2]), min(image.height, area[3])]
            return (
                image.convert("RGB").crop((area[0], area[1], area[2], area[3]))
                if area[2] - area[0] > 2 and area[3] - area[1] > 2
                else None
            )

    def aim(self, closer: Closer) -> tuple[float, float] | None:
        """Where a person points: the middle of the glyph, in the view's coordinates."""
        glyph = self.live.element(closer.glyph)
        hit: dict[str, Any] = self.live.element(closer.control).evaluate(_HITBOX, glyph)
        box, local = glyph.bounding_box(), hit["glyph"]
        if not box:
            return None
        element: list[float] = glyph.evaluate("(e) => { const r = e.getBoundingClientRect(); return [r.left, r.top]; }")
        return box["x"] + local[0] - element[0] + local[2] / 2, box["y"] + local[1] - element[1] + local[3] / 2

    def approach(self, closer: Closer) -> float | None:
        """Moves the mouse to the control (or lays a finger on it and takes it back) and tells how far it moved away."""
        page, moved = self.consumer.page, 0.0
        try:
            at = self.aim(closer)
            if at is None:
                return None
            panel = self.layer.panel.moved(-self.live.sight.scroll[0], -self.live.sight.scroll[1])
            start = panel.centre
            if self.consumer.device.touch:
                self._touch(at)
            for part in () if self.consumer.device.touch else (0.0, 0.5, 0.8, 0.93, 1.0):
                page.mouse.move(start[0] + (at[0] - start[0]) * part, start[1] + (at[1] - start[1]) * part, steps=2)
                now = self.aim(closer)
                if now:
                    moved = max(moved, ((now[0] - at[0]) ** 2 + (now[1] - at[1]) ** 2) ** 0.5)
            page.wait_for_timeout(60)
            now = self.aim(closer)
            if now:
                moved = max(moved, ((now[0] - at[0]) ** 2 + (now[1] - at[1]) ** 2) ** 0.5)
        except (PlaywrightError, LookupError):
            return round(moved, 1)
        return round(moved, 1)

    def _touch(self, at: tuple[float, float]) -> None:
        """A finger comes down and is taken back without a tap."""
        cdp = self.consumer.context.new_cdp_session(self.consumer.page)
        cdp.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": at[0], "y": at[1]}]})
        self.consumer.page.wait_for_timeout(FRAME_MS)
        cdp.send("Input.dispatchTouchEvent", {"type": "touchCancel", "touchPoints": []})
        cdp.detach()

    def at_zoom(self, closer: Closer) -> bool | None:
        """Whether the control stays inside the view at 200 % zoom, that is on half the viewport; None where it can't be told."""
        page, size = self.consumer.page, self.consumer.page.viewport_size
        if not size or self.consumer.device.touch:
            return None
        try:
            page.set_viewport_size({"width": size["width"] // 2, "height": size["height"] // 2})
            page.wait_for_timeout(FRAME_MS)
            box = self.live.element(closer.glyph).bounding_box()
            if not box or not box["width"]:
                return None
            return (
                box["x"] >= -1
                and box["y"] >= -1
                and box["x"] + box["width"] <= size["width"] // 2 + 1
                and box["y"] + box["height"] <= size["height"] // 2 + 1
            )
        except (PlaywrightError, LookupError):
            return None
        finally:
            page.set_viewport_size(size)
            page.wait_for_timeout(FRAME_MS)

    def ran(self, closer: Closer) -> float:
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
