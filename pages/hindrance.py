"""What advertisements do to a consumer who means something else: who clicks beside things, presses back, or wants quiet."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urldefrag

from playwright.sync_api import Error as PlaywrightError

from gongping.consumer.consumer import Consumer
from gongping.consumer.guard import Effect
from gongping.observations.layers import BackPressed, BlankClick, LayerSeen
from gongping.pages.layers import Overview, describe, overview, press_at

_BLANK = """(reach) => {
  const deep = (x, y) => { let e = document.elementFromPoint(x, y), r; while (e && (r = e.shadowRoot) && r.elementFromPoint(x, y) && r.elementFromPoint(x, y) !== e) e = r.elementFromPoint(x, y); return e; };
  const up = (e) => e.parentElement || (e.getRootNode() instanceof ShadowRoot ? e.getRootNode().host : null);
  const whole = innerWidth * innerHeight, listening = window.__gongping ? window.__gongping.listening : new WeakSet();
  const taken = (x, y) => {
    const first = deep(x, y);
    if (!first) return true;
    for (let e = first; e; e = up(e)) {
      const s = getComputedStyle(e), b = e.getBoundingClientRect(), large = b.width * b.height > 0.6 * whole;
      if (e.matches("a,button,input,select,textarea,label,summary,option,img,svg,canvas,video,audio,iframe,object,embed,[contenteditable],[role=button],[role=link],[role=dialog],dialog")) return true;
      if (s.cursor === "pointer" || s.position === "fixed" || s.backgroundImage.includes("url(")) return true;
      if (!large && (e.onclick || listening.has(e) || e.hasAttribute("onclick"))) return true;
    }
    return [...first.childNodes].some((n) => {
      if (n.nodeType !== 3 || !n.data.trim()) return false;
      const range = document.createRange(); range.selectNodeContents(n);
      return [...range.getClientRects()].some((b) => x > b.left - 8 && x < b.right + 8 && y > b.top - 8 && y < b.bottom + 8);
    });
  };
  const within = (n, most) => Math.min(Math.max(n, 1), most - 2);
  const ring = [1, 0.5].flatMap((share) => [[1, 0], [-1, 0], [0, 1], [0, -1], [0.7, 0.7], [0.7, -0.7], [-0.7, 0.7], [-0.7, -0.7]].map(([a, b]) => [a * share * reach, b * share * reach]));
  const free = (x, y) => [[0, 0], ...ring].every(([a, b]) => !taken(within(x + a, innerWidth), within(y + b, innerHeight)));
  for (const fx of [0.02, 0.98, 0.5, 0.25, 0.75, 0.06, 0.94])
    for (const fy of [0.5, 0.35, 0.65, 0.2, 0.8]) {
      const x = Math.round(innerWidth * fx), y = Math.round(innerHeight * fy);
      if (x > 7 && x < innerWidth - 7 && free(x, y)) return [x, y];
    }
  for (let y = 90; y < innerHeight - 90; y += 12) for (let x = 8; x < innerWidth - 8; x += 12) if (free(x, y)) return [x, y];
  return null;
}"""
"""A point of the view where a person would expect that nothing happens: margins first, then gaps; nothing that reacts lies within
`reach` CSS px. None where there is none."""

_REACH_PX = {"mouse": 6, "touch": 24}
"""What is hit beside the point that was meant: a browser takes a tap for one on a link nearby (convention: half of a finger's 48 px)."""

_SOUNDS = """() => [...document.querySelectorAll("video,audio")]
  .filter((m) => !m.paused && !m.ended && !m.muted && m.volume > 0 && m.currentTime > 0 && (m.tagName === "AUDIO" || m.webkitAudioDecodedByteCount > 0))
  .map((m) => `${m.tagName.toLowerCase()} ${m.currentSrc.slice(0, 120)}`)"""

_MOST_PRESSES = 3
"""Presses of the back button after which a consumer gives up (convention)."""

_COMES_MS = 400
"""Real time in which what a click or a press calls up has come (convention)."""


def sounds(consumer: Consumer) -> tuple[str, ...]:
    """Media that play aloud on the page now."""
    heard: list[str] = []
    for frame in consumer.page.frames:
        try:
            heard += frame.evaluate(_SOUNDS)
        except PlaywrightError:  # a frame that went away
            continue
    return tuple(heard)


def click_blank(consumer: Consumer, place: str) -> BlankClick | None:
    """Clicks where nothing is and tells what came of it; leaves the page where it was. None where no blank part is in view."""
    point = consumer.page.evaluate(_BLANK, _REACH_PX["touch" if consumer.device.touch else "mouse"])
    if point is None:
        return None
    before, url = overview(consumer), consumer.page.url
    with consumer.acting("click on a blank part of the page", Effect.NONE):
        happened = consumer.watch(lambda: press_at(consumer, point[0], point[1]))
    went = consumer.page.url if _other(url, consumer.page.url) else ""
    seen = BlankClick(
        place,
        url,
        x=float(point[0]),
        y=float(point[1]),
        opened=happened.opened,
        went=went,
        other_site=_off_site(consumer, url, (*happened.opened, went)),
        downloads=happened.downloads,
    )
    layers, sight = ((), "") if went else _new_layers(consumer, before, place, "点击空白处后")
    consumer.close_opened()
    if went:
        consumer.back()
    return replace(seen, layers=layers, sight=sight)


def press_back(consumer: Consumer, expected: str, place: str) -> BackPressed:
    """Presses back until the page stands at `expected` again, and tells what the first press did."""
    left, before = consumer.page.url, overview(consumer)
    consumer.back()
    arrived = consumer.page.url
    if not _other(arrived, expected):
        return BackPressed(left, expected, arrived, 1)
    stays = not _other(arrived, left)
    layers, sight = _new_layers(consumer, before if stays else Overview((), (), False, False), place, "按返回键后")
    presses = None
    for n in range(2, _MOST_PRESSES + 1):
        consumer.back()
        if not _other(consumer.page.url, expected):
            presses = n
            break
    return BackPressed(left, expected, arrived, presses, _off_site(consumer, left, (arrived,)), layers, sight)


def _new_layers(consumer: Consumer, before: Overview, place: str, trigger: str) -> tuple[tuple[LayerSeen, ...], str]:
    """Layers over the middle of the page that were not there before."""
    known = {x.sig for x in before.layers}
    waited = 0
    while not any(x.sig not in known for x in overview(consumer).overlays):
        if waited >= _COMES_MS:
            return (), ""
        consumer.page.wait_for_timeout(80)
        waited += 80
    live = consumer.look(place, pictures="viewport", glyphs=False)
    view = overview(consumer, live)
    new = [x for x in view.overlays if x.sig not in known and x.index >= 0]
    return tuple(describe(live, view, x, place=place, trigger=trigger) for x in new), live.sight.id


def _other(one: str, two: str) -> bool:
    """Whether two addresses are different pages; a fragment alone makes none unless it is a route."""
    (a, x), (b, y) = urldefrag(one), urldefrag(two)
    routes = x.startswith(("/", "!")) or y.startswith(("/", "!"))
    return a.rstrip("/") != b.rstrip("/") or (routes and x != y)


def _off_site(consumer: Consumer, home: str, urls: tuple[str, ...]) -> bool:
    """Whether one of the addresses lies on another site than `home`."""
    return any(u.startswith("http") and not consumer.same_site(u, home) for u in urls)
