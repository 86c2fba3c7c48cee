"""Reads a result list so that paid places can be told: as it is at first, and as it is when the page's work is over."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Literal

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Request, Response

from gongping.consumer.consumer import Consumer
from gongping.detectors import ads
from gongping.detectors.ad_labels import meaning
from gongping.detectors.ad_signs import says_ad, truthy
from gongping.detectors.ads import Offer
from gongping.observations.ads import DataRecord, Drawn, Listing
from gongping.pages.layers import overview
from gongping.pages.results import Results
from gongping.sight.look import Live
from gongping.sight.model import Box, Seen, Sight

EARLY_MS = 1000
"""A label must be there so long after the page is still (parameter `close_available_s` allows an ad's controls as much)."""

LATE_MS = 3500
"""The page's clock is moved so far before the list is judged: longer than norm.yaml's "drawn after 3 s"."""

MOST_SCREENS = 8
"""Viewports that are scrolled through, so that lazy parts of a list load (convention)."""

_MOST_REQUESTS = 400
_MOST_BODIES = 12
_LARGEST_BODY = 2_000_000

_FINISH = """() => { for (const a of document.getAnimations()) {
  try { const t = a.effect && a.effect.getComputedTiming(); if (t && t.endTime !== Infinity) a.finish(); } catch (e) {} } }"""
"""Ends transitions and finite animations: the clock does not reach them. Endless ones go on."""

_THROUGH = """async ([most]) => {
  const start = scrollY, page = document.scrollingElement || document.documentElement, frame = () => new Promise((d) => requestAnimationFrame(d));
  for (let n = 1; n <= most && n * innerHeight * 0.85 < page.scrollHeight; n++) { window.scrollTo({top: n * innerHeight * 0.85, behavior: "instant"}); await frame(); await frame(); }
  window.scrollTo({top: start, behavior: "instant"}); await frame();
}"""

_PSEUDO = """(el, which) => {
  const style = getComputedStyle(el, "::" + which), host = el.getBoundingClientRect();
  const scale = el.offsetWidth > 0 ? host.width / el.offsetWidth : 1;
  const matrix = style.transform === "none" ? null : new DOMMatrix(style.transform);
  let opacity = parseFloat(style.opacity || "1");
  for (let e = el; e; e = e.parentElement || (e.getRootNode() && e.getRootNode().host)) opacity *= parseFloat(getComputedStyle(e).opacity || "1");
  let box = null;
  if (/^(absolute|fixed)$/.test(style.position)) {
    let anchor = el;
    if (style.position === "fixed") anchor = null;
    else while (anchor && getComputedStyle(anchor).position === "static" && getComputedStyle(anchor).transform === "none") anchor = anchor.parentElement;
    const base = anchor ? anchor.getBoundingClientRect() : { left: 0, top: 0 };
    const left = parseFloat(style.left), top = parseFloat(style.top), w = parseFloat(style.width), h = parseFloat(style.height);
    const pad = (s) => ["Left", "Right"].reduce((n, e) => n + parseFloat(s["padding" + e]) + parseFloat(s["border" + e + "Width"]), 0);
    const padv = (s) => ["Top", "Bottom"].reduce((n, e) => n + parseFloat(s["padding" + e]) + parseFloat(s["border" + e + "Width"]), 0);
    const outer = style.boxSizing === "border-box";
    if ([left, top, w, h].every(Number.isFinite)) {
      const bl = anchor ? anchor.clientLeft : 0, bt = anchor ? anchor.clientTop : 0;
      box = [base.left + bl + left + scrollX, base.top + bt + top + scrollY, w + (outer ? 0 : pad(style)), h + (outer ? 0 : padv(style))];
    }
  }
  return { font: parseFloat(style.fontSize) * scale * (matrix ? matrix.a : 1), opacity, box };
}"""

_SCRIPTS = r"""() => [...document.scripts].filter((s) => !s.src && s.textContent.length < 2000000
  && (/json/.test(s.type) || /"?(isAd|is_ad|adType|ad_type|adId|ad_id|adInfo|campaignId|creativeId|sponsored|isSponsored|promoted|isPromoted|p4p|cpc)"?\s*:/i.test(s.textContent)))
  .slice(0, 12).map((s) => s.textContent)"""


class Watch:
    """Notes what a page asks for and what data it gets, from now on."""

    def __init__(self, consumer: Consumer) -> None:
        self._context = consumer.context  # of the context: a search may open a new page
        self._requests: list[str] = []
        self._answers: list[Response] = []
        self._context.on("request", self._asked)
        self._context.on("response", self._answered)

    def _asked(self, request: Request) -> None:
        if request.resource_type not in ("stylesheet", "font") and not request.url.startswith("data:"):
            self._requests.append(request.url[:400])

    def _answered(self, response: Response) -> None:
        if response.request.resource_type in ("xhr", "fetch"):
            self._answers.append(response)

    def take(self) -> tuple[tuple[str, ...], list[Any]]:
        """The addresses asked for and the JSON received since the last take."""
        asked = tuple(dict.fromkeys(self._requests))[:_MOST_REQUESTS]
        data: list[Any] = []
        for answer in self._answers[-_MOST_BODIES:]:
            try:
                if (
                    "json" in answer.headers.get("content-type", "")
                    and int(answer.headers.get("content-length", "0")) < _LARGEST_BODY
                ):
                    data.append(json.loads(answer.body()))
            except (PlaywrightError, ValueError):
                continue
        self._requests.clear()
        self._answers.clear()
        return asked, data

    def close(self) -> None:
        self._context.remove_listener("request", self._asked)
        self._context.remove_listener("response", self._answered)


def _calmly(consumer: Consumer, act: Callable[[], object]) -> None:
    """Does something to the page and waits until it is still; a page that goes elsewhere meanwhile is looked at where it is then."""
    try:
        act()
    except PlaywrightError as error:
        consumer.journal.note("page-moved", error=str(error).splitlines()[0])
    consumer.settle(1500)


def _over(consumer: Consumer) -> str:
    """What lies over the middle of the page now, in its first words; "" where nothing does."""
    try:
        over = overview(consumer).overlays
    except PlaywrightError:
        return ""
    return (over[0].text or "没有文字的浮层")[:40] if over else ""


class Reader:
    """Reads the lists of one consumer. The consumer must have the page's clock installed."""

    def __init__(self, consumer: Consumer, account: str = "") -> None:
        self._consumer = consumer
        self._account = account
        self._watch = Watch(consumer)

    def close(self) -> None:
        self._watch.close()

    def forget(self) -> None:
        """Leaves out what was asked for and answered so far: it is another list's, to which the consumer has come back."""
        self._watch.take()

    def read(
        self,
        results: Results,
        first: Live | None,
        *,
        sort: str = "default",
        page: int = 1,
        early: bool = False,
        pictures: bool = True,
    ) -> tuple[Listing, Live]:
        """The list as it stands when the page's work is over, with pictures. `first` is the look taken when it had just come."""
        consumer = self._consumer
        if not consumer.device.touch:
            consumer.page.mouse.move(1, 1)  # a pointer over a card shows what others don't see
        soon = ""
        if early:
            _calmly(consumer, lambda: consumer.page.clock.run_for(EARLY_MS))
            soon = results.look().sight.id
        _calmly(consumer, lambda: consumer.page.clock.run_for(LATE_MS))
        _calmly(consumer, lambda: consumer.page.evaluate(_THROUGH, [MOST_SCREENS]))
        _calmly(consumer, lambda: consumer.page.evaluate(_FINISH))
        listed, live = results.read(sort=sort, page=page, pictures=False)
        if _over(consumer) and consumer.clear_way():
            listed, live = results.read(sort=sort, page=page, pictures=False)
        asked, data = self._watch.take()
        count, records = records_in([*data, *self._inline()])
        seen = Listing(
            listed=listed,
            first=first.sight.id if first else "",
            early=soon,
            drawn=self._drawn(live),
            requests=asked,
            records=records,
            record_count=count,
            covered=_over(consumer),
            account=self._account,
        )
        if pictures:
            self._photograph(seen, live)
            seen = replace(seen, covered=seen.covered or _over(consumer))  # a layer may come while one scrolls
        return seen, live

    def _photograph(self, listing: Listing, live: Live) -> None:
        """Pictures of what may be paid for and of its labels, each away from the edges of the view, where bars may lie over it; of
        the top of the list where there is no such thing."""
        consumer, sight = self._consumer, live.sight
        [read] = ads.read_lists([listing], {sight.id: sight})
        height = sight.viewport[1]
        stops: dict[float, list[Seen]] = {}
        for box, parts in _worth_a_picture(read.offers, sight):
            middle = box.centre[1]
            stop = next((y for y in stops if y + 0.2 * height <= middle <= y + 0.8 * height), None)
            if stop is None:
                stop = max(0.0, min(middle - 0.4 * height, sight.size[1] - height))
            stops.setdefault(stop, []).extend(parts)
        tiles = []
        for y, parts in sorted(stops.items()) or [(0.0, [])]:
            consumer.page.evaluate("y => window.scrollTo({top: y, behavior: 'instant'})", y)
            live.hit_test(parts)
            tiles.append(consumer.camera.tile(consumer.device.scale, glyphs=bool(parts)))
        consumer.page.evaluate("y => window.scrollTo({top: y, behavior: 'instant'})", sight.scroll[1])
        live.sight = replace(live.sight, tiles=tuple(tiles))
        consumer.keep(live)

    def picture(self, live: Live, cards: Iterable[Seen]) -> None:
        """Adds pictures of cards that no picture shows yet, each with what stands around it."""
        consumer, sight = self._consumer, live.sight
        height = sight.viewport[1]
        tiles = list(sight.tiles)
        for card in sorted(cards, key=lambda c: c.box.y):
            if any(t.box.contains(card.box) for t in tiles):
                continue
            stop = max(0.0, min(card.box.centre[1] - 0.4 * height, sight.size[1] - height))
            consumer.page.evaluate("y => window.scrollTo({top: y, behavior: 'instant'})", stop)
            tiles.append(consumer.camera.tile(consumer.device.scale, glyphs=False))
        if len(tiles) > len(sight.tiles):
            consumer.page.evaluate("y => window.scrollTo({top: y, behavior: 'instant'})", sight.scroll[1])
            live.sight = replace(live.sight, tiles=tuple(tiles))
            consumer.keep(live)

    def _inline(self) -> list[Any]:
        """Data that lies in the page's own scripts."""
        try:
            texts: list[str] = self._consumer.page.evaluate(_SCRIPTS)
        except PlaywrightError:
            return []
        return [found for text in texts for found in _json_in(text)]

    def _drawn(self, live: Live) -> tuple[Drawn, ...]:
        """Styles of pseudo-elements on the page whose content may be a label."""
        found: list[Drawn] = []
        for seen in live.sight.elements:
            sides: list[Literal["before", "after"]] = [
                w for w in ("before", "after") if meaning(getattr(seen, w), live.sight.language)
            ]
            for which in sides:
                try:
                    raw = live.element(seen).evaluate(_PSEUDO, which)
                except (PlaywrightError, LookupError):
                    continue
                found.append(
                    Drawn(
                        seen.index,
                        which,
                        round(raw["font"], 1),
                        round(raw["opacity"], 2),
                        _shifted(raw["box"], live.sight, seen),
                    )
                )
        return tuple(found)


def _worth_a_picture(offers: Iterable[Offer], sight: Sight) -> Iterator[tuple[Box, list[Seen]]]:
    """What must be seen in pixels, top down: labels and small pictures of items that something speaks for, else the item itself;
    the heading and both edges of a group."""
    boxes: list[tuple[Box, list[Seen]]] = []
    for offer in offers:
        if not offer.signs:
            continue
        found = [(x.box or x.seen.box, [x.seen]) for x in offer.labels if x.meaning == "exact"]
        found += [(s.box, [s]) for s in offer.pictures]
        boxes += found or [(offer.seen.box, [offer.seen])]
        if offer.group and offer.group.other == 0:
            around, heading = offer.group.seen.box, offer.group.heading
            boxes += [(heading.box or heading.seen.box, [heading.seen])]
            boxes += [(Box(around.x, y, around.width, 1), []) for y in (around.y, around.bottom)]
    yield from sorted(boxes, key=lambda b: b[0].y)


def _shifted(raw: list[float] | None, sight: Sight, seen: Seen) -> Box | None:
    """A box of the document; None in a frame, where the offset is not known."""
    return Box(*raw) if raw and seen.frame == 0 else None


def _json_in(text: str) -> list[Any]:
    """JSON values in a script: the whole, or what is assigned (`window.__STATE__ = {...}`)."""
    found: list[Any] = []
    decoder, at = json.JSONDecoder(), 0
    starts = [m.start(1) for m in re.finditer(r"(?:^|[=(])\s*([{\[])", text)][:20]
    for start in starts:
        if start < at:
            continue
        try:
            value, at = decoder.raw_decode(text, start)
        except ValueError:
            continue
        if isinstance(value, (dict, list)) and value:
            found.append(value)
    return found


_TITLES = (
    "title",
    "name",
    "goodsname",
    "goods_name",
    "productname",
    "product_name",
    "itemname",
    "item_name",
    "itemtitle",
    "skuname",
    "wname",
    "raw_title",
    "shopname",
    "hotelname",
    "poiname",
)
_IDENTS = (
    "itemid",
    "item_id",
    "skuid",
    "sku_id",
    "goodsid",
    "goods_id",
    "productid",
    "product_id",
    "spuid",
    "nid",
    "id",
    "sku",
    "wareid",
    "hotelid",
    "poiid",
    "shopid",
)
_ADDRESSES = (
    "url",
    "href",
    "link",
    "detailurl",
    "detail_url",
    "clickurl",
    "click_url",
    "itemurl",
    "item_url",
    "jumpurl",
    "landing",
)


def records_in(data: list[Any]) -> tuple[int, tuple[DataRecord, ...]]:
    """How many items the data holds, and those whose fields say that they are paid for."""
    count, found = 0, []
    for node in _items(data):
        count += 1
        fields = tuple(dict.fromkeys(_paid_fields(node)))
        if fields:
            flat = dict(_scalars(node))
            found.append(
                DataRecord(_pick(flat, _TITLES)[:200], _pick(flat, _ADDRESSES)[:300], _pick(flat, _IDENTS)[:80], fields)
            )
    return count, tuple(found[:200])


def _items(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Members of lists that have a title, directly or one level down; a list of them has at least two."""
    if depth > 12:
        return
    if isinstance(data, dict):
        for value in data.values():
            yield from _items(value, depth + 1)
    elif isinstance(data, list):
        rows = [x for x in data if isinstance(x, dict)]
        titled = [x for x in rows if _pick(dict(_scalars(x)), _TITLES)]
        if len(titled) >= 2:
            yield from titled
        else:
            for value in data:
                yield from _items(value, depth + 1)


def _scalars(node: dict[str, Any], depth: int = 0) -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            yield key.lower(), str(value)
    if depth < 2:
        for value in node.values():
            if isinstance(value, dict):
                yield from _scalars(value, depth + 1)


def _pick(flat: dict[str, str], names: tuple[str, ...]) -> str:
    return next((flat[n] for n in names if flat.get(n)), "")


def _paid_fields(node: dict[str, Any], depth: int = 0) -> Iterator[str]:
    for key, value in node.items():
        if isinstance(value, dict) and value and depth < 2:
            if says_ad(key):
                yield key
            yield from _paid_fields(value, depth + 1)
        elif not isinstance(value, (dict, list)) and says_ad(key) and truthy(value):
            yield key
