"""Looking: fills a Sight from a live page, and keeps hold of the nodes for as long as the page lives."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, ElementHandle, Frame, JSHandle, Page
from playwright.sync_api import Error as PlaywrightError

from gongping.sight.model import Box, Seen, Sight, Tile, Unshown

_HERE = files("gongping.sight")
COLLECT = (_HERE / "collect.js").read_text(encoding="utf-8")
HIT = (_HERE / "hit.js").read_text(encoding="utf-8")
HOOKS = (_HERE / "hooks.js").read_text(encoding="utf-8")

_GLYPHLESS = """(on) => {
  const css = "*,*::before,*::after,*::placeholder{color:transparent!important;-webkit-text-fill-color:transparent!important;text-shadow:none!important;transition:none!important;caret-color:transparent!important;text-decoration-color:transparent!important}";
  const roots = [document];
  const visit = (r) => { for (const e of r.querySelectorAll("*")) { const s = e.shadowRoot || (window.__gongping && window.__gongping.roots.get(e)); if (s) { roots.push(s); visit(s); } } };
  visit(document);
  for (const r of roots) {
    if (on) { const s = new CSSStyleSheet(); s.replaceSync(css); s.__gongping = true; r.adoptedStyleSheets = [...r.adoptedStyleSheets, s]; }
    else r.adoptedStyleSheets = [...r.adoptedStyleSheets].filter((s) => !s.__gongping);
  }
}"""


class Live:
    """A sight with its nodes still alive: what page objects act on."""

    def __init__(self, sight: Sight, handles: Sequence[tuple[JSHandle, Frame, int, int]]) -> None:
        self.sight = sight
        self._handles = handles

    def _home(self, index: int) -> tuple[JSHandle, Frame, int]:
        for handle, frame, start, count in self._handles:
            if start <= index < start + count:
                return handle, frame, index - start
        raise LookupError(f"element {index} is not in sight {self.sight.id}")

    def element(self, seen: Seen) -> ElementHandle:
        """The live element. Raises LookupError where the page has dropped it."""
        handle, _, index = self._home(seen.index)
        element = handle.evaluate_handle("(h, i) => h.nodes[i]", index).as_element()
        if element is None:
            raise LookupError(f"{seen.tag} {seen.name!r} is gone")
        return element

    def is_same(self, seen: Seen, element: ElementHandle) -> bool:
        """Whether what was seen is this live element."""
        handle, _, index = self._home(seen.index)
        return bool(handle.evaluate("(h, [i, e]) => h.nodes[i] === e", [index, element]))

    def hit_test(self, seen: Iterable[Seen]) -> Live:
        """Hit-tests the given elements at the present scroll position and notes the shares in the sight."""
        hits = dict(self.sight.hits)
        by_home: dict[int, list[int]] = {}
        for s in seen:
            for n, (_, _, start, count) in enumerate(self._handles):
                if start <= s.index < start + count:
                    by_home.setdefault(n, []).append(s.index)
        for n, indexes in by_home.items():
            handle, frame, start, _ = self._handles[n]
            for index, share in zip(indexes, frame.evaluate(HIT, [handle, [i - start for i in indexes]]), strict=True):
                if share is not None:
                    hits[index] = share
        self.sight = replace(self.sight, hits=hits)
        return self


def _colour(raw: str | None) -> str:
    return raw or ""


def _seen(
    raw: dict[str, Any], sight: str, frame: int, start: int, index: int, parent: int, dx: float, dy: float
) -> Seen:
    x, y, w, h = raw["b"]
    tb = raw.get("tb")
    return Seen(
        sight=sight,
        index=start + index,
        parent=parent,
        frame=frame,
        tag=raw["t"],
        box=Box(x + dx, y + dy, w, h),
        role=raw.get("r", ""),
        name=raw.get("n", ""),
        text=raw.get("x", ""),
        text_box=Box(tb[0] + dx, tb[1] + dy, tb[2], tb[3]) if tb else None,
        shown=bool(raw["s"]),
        before=raw.get("be", ""),
        after=raw.get("af", ""),
        opacity=raw.get("o", 1.0),
        colour=_colour(raw.get("c")),
        background=raw.get("bg", ""),
        background_image=raw.get("bi", ""),
        font_px=raw.get("f", 0.0),
        weight=raw.get("w", 400),
        struck=bool(raw.get("del")),
        cut=bool(raw.get("cut")),
        fixed=raw.get("fx", ""),
        layer=start + raw["ly"] if "ly" in raw else -1,
        z=raw.get("z"),
        pointer=bool(raw.get("cp")),
        listens=bool(raw.get("li")),
        href=raw.get("h", ""),
        opens=raw.get("ta", ""),
        src=raw.get("src", ""),
        kind=raw.get("ty", ""),
        value=raw.get("v", ""),
        field_name=raw.get("nm", ""),
        placeholder=raw.get("ph", ""),
        form=raw.get("fa", ""),
        checked=bool(raw["ch"]) if "ch" in raw else None,
        disabled=bool(raw.get("di")),
        required=bool(raw.get("rq")),
        hidden_from_at=bool(raw.get("ah")),
        expanded=bool(raw["ex"]) if "ex" in raw else None,
        modal=bool(raw.get("mo")),
        ident=raw.get("id", ""),
        classes=raw.get("cl", ""),
        machine=raw.get("m", {}),
        inline=bool(raw.get("in")),
        mixed=bool(raw.get("mx")),
        scrolled=bool(raw.get("sr")),
        underlined=bool(raw.get("ul")),
        labels=tuple(start + i for i in raw.get("lb", ())),
        unshown=tuple(Unshown(text, ident) for text, ident in raw.get("hd", ())),
    )


def look(
    page: Page, *, sight_id: str, place: str, device: str, seconds: float, scale: float, status: int | None
) -> Live:
    """Walks every frame of the page once. Takes no picture; see `picture`."""
    elements: list[Seen] = []
    handles: list[tuple[JSHandle, Frame, int, int]] = []
    frames: list[str] = []
    unread: list[str] = []
    top: dict[str, Any] = {}
    walked: dict[Frame, tuple[JSHandle, int]] = {}
    for frame in page.frames:
        dx = dy = 0.0
        parent = -1
        shown, opacity = True, 1.0
        if frame != page.main_frame:
            try:
                element = frame.frame_element()
                box = element.bounding_box()
                border = element.evaluate(
                    "e => { const s = getComputedStyle(e); return [e.clientLeft + parseFloat(s.paddingLeft), e.clientTop + parseFloat(s.paddingTop)]; }"
                )
            except PlaywrightError:
                continue
            if not box or box["width"] < 4 or box["height"] < 4:
                continue
            dx, dy = box["x"] + border[0] + top["scroll"][0], box["y"] + border[1] + top["scroll"][1]
            if frame.parent_frame in walked:
                outer, offset = walked[frame.parent_frame]
                index = outer.evaluate("(h, e) => h.nodes.indexOf(e)", element)
                if index < 0:
                    continue
                parent = offset + index
                shown, opacity = elements[parent].shown, elements[parent].opacity
        try:
            handle = frame.evaluate_handle(COLLECT)
            raw = json.loads(handle.evaluate("h => h.json"))
        except PlaywrightError:
            if frame == page.main_frame:
                raise
            unread.append(frame.url)
            continue
        if frame == page.main_frame:
            top = raw
        else:  # a frame's own scrolling moves what is seen of it
            dx, dy = dx - raw["scroll"][0], dy - raw["scroll"][1]
        start, number = len(elements), len(frames)
        walked[frame] = handle, start
        frames.append(frame.url)
        for i, item in enumerate(raw["elements"]):
            seen = _seen(item, sight_id, number, start, i, start + item["p"] if item["p"] >= 0 else parent, dx, dy)
            if not shown or opacity < 1:  # a frame is no more visible than the element that holds it
                seen = replace(
                    seen,
                    shown=seen.shown and shown and seen.opacity * opacity >= 0.1,
                    opacity=round(seen.opacity * opacity, 2),
                )
            elements.append(seen)
        handles.append((handle, frame, start, len(raw["elements"])))
    sight = Sight(
        id=sight_id,
        place=place,
        device=device,
        url=page.url,
        title=top.get("title", ""),
        language=top.get("lang", ""),
        seconds=round(seconds, 2),
        viewport=(int(top["viewport"][0]), int(top["viewport"][1])),
        scroll=(top["scroll"][0], top["scroll"][1]),
        size=(top["size"][0], top["size"][1]),
        scale=scale,
        frames=tuple(frames),
        unread_frames=tuple(unread),
        elements=tuple(elements),
        status=status,
    )
    return Live(sight, handles)


class Camera:
    """Lossless tiles of the viewport, straight from the browser's own protocol (a fifth of the time of a full page shot)."""

    def __init__(self, page: Page, protocol: CDPSession, folder: Path, bundle: Path) -> None:
        self._page = page
        self._cdp = protocol
        self._folder = folder
        self._bundle = bundle

    def shoot(self, scale: float = 1) -> bytes:
        """The viewport as PNG, at `scale` device pixels per CSS px."""
        options: dict[str, Any] = {"format": "png", "optimizeForSpeed": True}
        if scale != 1:  # the protocol answers at 1x unless it is asked for a clip, in document coordinates
            x, y, w, h, zoom = self._page.evaluate("[scrollX, scrollY, innerWidth, innerHeight, visualViewport.scale]")
            if abs(zoom - 1) > 0.01:
                return self._page.screenshot(scale="device")
            options["clip"] = {"x": x, "y": y, "width": w, "height": h, "scale": scale}
        return base64.b64decode(self._cdp.send("Page.captureScreenshot", options)["data"])

    def _keep(self, png: bytes) -> str:
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{hashlib.sha256(png).hexdigest()[:20]}.png"
        if not path.exists():
            path.write_bytes(png)
        return path.relative_to(self._bundle).as_posix()

    def tile(self, scale: float, glyphs: bool = True) -> Tile:
        """A tile of the viewport where it is scrolled to now, with its glyphless twin where `glyphs` are to be measured."""
        x, y, w, h = self._page.evaluate("[scrollX, scrollY, innerWidth, innerHeight]")
        png = self.shoot(scale)
        blank = b""
        if glyphs:
            live = [f for f in self._page.frames if not f.is_detached()]
            for frame in live:
                _quietly(frame, True)
            blank = self.shoot(scale)
            for frame in live:
                _quietly(frame, False)
        return Tile(self._keep(png), Box(x, y, w, h), scale, self._keep(blank) if blank else "")


def _quietly(frame: Frame, on: bool) -> None:
    try:
        frame.evaluate(_GLYPHLESS, on)
    except PlaywrightError:  # a frame that went away, or that a sandbox keeps scripts out of
        return


def colour_of(raw: str) -> tuple[float, float, float, float] | None:
    """A computed CSS colour as r, g, b (0..255) and alpha (0..1); None where it is in a form that is not rgb()."""
    numbers = re.findall(r"[\d.]+", raw)
    if not raw.startswith("rgb") or len(numbers) < 3:
        return None
    r, g, b = (float(n) for n in numbers[:3])
    return r, g, b, float(numbers[3]) if len(numbers) > 3 else 1.0
