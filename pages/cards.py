"""Recognises the items of a list by structure: repeated siblings with a link, and a price or a picture. No class names."""

from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from gongping.lexicon import normalise, parse_price, words
from gongping.observations.results import Card
from gongping.sight.model import Box, Seen, Sight

_TRACKING = re.compile(
    r"^(utm_|spm|ref|scm|pvid|log|trace|track|click|ad|campaign|creative|clk|src|from|pos|rank|sid|token|_t|ts|timestamp)",
    re.I,
)
_CARRIES = ("to", "url", "target", "redirect", "dest", "u", "r", "link", "landing")
_LEAST_CARDS = 3
_FIGURE_AT = 2
"""Characters into a line, within which a figure makes it a line of figures: a name may end with one (convention)."""


def item_key(href: str, title: str) -> str:
    """What an item is called wherever it appears: its address without tracking (a click counter is looked through), else its title."""
    if not href.startswith("http"):
        return normalise(title)
    parts = urlsplit(href)
    query = parse_qsl(parts.query)
    for name, value in query:
        if name.lower() in _CARRIES and re.match(r"https?://|/|%2f", value, re.I):
            inner = unquote(value)
            return item_key(inner if inner.startswith("http") else f"{parts.scheme}://{parts.netloc}{inner}", title)
    kept = sorted((k, v) for k, v in query if not _TRACKING.match(k))
    return f"{parts.netloc}{parts.path.rstrip('/')}" + (f"?{urlencode(kept)}" if kept else "")


def _signature(seen: Seen) -> tuple[str, str]:
    return seen.tag, " ".join(sorted(seen.classes.split())[:1])


def groups(sight: Sight) -> list[list[Seen]]:
    """Groups of look-alike siblings that each hold a link and a price or a picture, the most likely result list first."""
    priced: dict[int, int] = defaultdict(int)
    linked: dict[int, int] = defaultdict(int)
    pictured: dict[int, int] = defaultdict(int)
    texts: dict[int, int] = defaultdict(int)

    def climb(counter: dict[int, int], index: int) -> None:
        i = index
        while i >= 0:
            counter[i] += 1
            i = sight.elements[i].parent

    for seen in sight.elements:
        if not seen.shown or seen.tag == "#text":
            continue
        if seen.text and len(seen.text) < 40 and (parse_price(seen.text) or _split_price(sight, seen)):
            climb(priced, seen.index)
        if (seen.href or seen.pointer or seen.listens) and seen.box.area > 100:
            climb(linked, seen.index)
        if seen.box.area > 900 and (seen.tag in ("img", "canvas", "svg", "video") or seen.background_image):
            climb(pictured, seen.index)
        if seen.text:
            texts[seen.index] = len(seen.text)
            climb(texts, seen.parent) if seen.parent >= 0 else None
    families: dict[tuple[int, str], list[Seen]] = defaultdict(list)
    for seen in sight.elements:
        if not seen.shown or seen.box.width < 60 or seen.box.height < 40 or not linked[seen.index]:
            continue
        if not (priced[seen.index] or pictured[seen.index]) or not texts[seen.index]:
            continue
        families[seen.parent, seen.tag].append(seen)
    found: list[list[Seen]] = []
    for (parent, _tag), family in families.items():
        if len(family) < _LEAST_CARDS or parent < 0:
            continue
        with_price = [s for s in family if priced[s.index]]
        pool = with_price if len(with_price) >= _LEAST_CARDS else [s for s in family if pictured[s.index]]
        pool = _alike(pool)
        if len(pool) >= _LEAST_CARDS:
            found.append(pool)
    found = _rows_joined(sight, found)
    found.sort(key=lambda g: -_worth(g, priced, pictured))
    return found


def _split_price(sight: Sight, seen: Seen) -> bool:
    """Whether a price is written over several elements: a currency sign here, the amount beside it."""
    if not re.search(r"[¥￥$£€]|元", seen.text):
        return False
    return bool(parse_price(sight.text_of(seen.parent))) if seen.parent >= 0 else False


def _alike(family: list[Seen]) -> list[Seen]:
    """Members of about one size: a banner among cards is none."""
    if not family:
        return []
    widths = sorted(s.box.width for s in family)
    middle = widths[len(widths) // 2]
    return [s for s in family if 0.5 * middle <= s.box.width <= 1.6 * middle + 8]


def _rows_joined(sight: Sight, found: list[list[Seen]]) -> list[list[Seen]]:
    """Grids made of rows: groups whose parents are siblings are one list."""
    by_grand: dict[tuple[int, tuple[str, str]], list[list[Seen]]] = defaultdict(list)
    for group in found:
        parent = sight.elements[group[0].parent]
        by_grand[parent.parent, _signature(parent)].append(group)
    joined: list[list[Seen]] = []
    for (_, _signature_of_row), rows in by_grand.items():
        if len(rows) > 1 and all(r[0].tag == rows[0][0].tag for r in rows):
            lefts = {round(r[0].box.x) for r in rows}
            heads = [sight.elements[r[0].parent].box.y for r in rows]
            gaps = [b - a for a, b in zip(sorted(heads), sorted(heads)[1:], strict=False)]
            if len(lefts) == 1 and gaps and max(gaps) < 1.5 * max(rows[0][0].box.height, 1):
                joined.append([s for r in rows for s in r])
                continue
        joined.extend(rows)
    return joined


def _worth(group: list[Seen], priced: dict[int, int], pictured: dict[int, int]) -> float:
    """How much a group looks like the main list: its area, prices and pictures; lists in one price per card before tables of prices."""
    area = sum(min(s.box.area, 400_000) for s in group)
    share = sum(1 for s in group if priced[s.index]) / len(group)
    pictures = sum(1 for s in group if pictured[s.index]) / len(group)
    crowd = 1.0 if max(priced[s.index] for s in group) <= 6 else 0.3
    fixed = 0.2 if any(s.layer >= 0 for s in group) else 1.0
    return area * (0.2 + share) * (0.4 + pictures) * crowd * fixed * min(1.0, len(group) / 4)


def read_cards(sight: Sight, group: list[Seen]) -> tuple[Card, ...]:
    """The group's members as cards, in reading order."""
    cards = []
    for rank, seen in enumerate(sorted(group, key=lambda s: (round(s.box.y / 20), s.box.x, s.index)), start=1):
        inside = list(sight.within(seen.index))
        link = next((s for s in _links(sight, seen, inside)), None)
        text = sight.text_of(seen.index)
        title = _title(sight, inside, link)
        price = _price(sight, inside)
        href = link.href if link else ""
        cards.append(
            Card(
                seen=seen,
                rank=rank,
                key=item_key(href, title),
                title=title,
                price=price,
                text=text,
                href=href,
                picture=next(
                    (s for s in inside if s.shown and s.box.area > 900 and (s.tag == "img" or s.background_image)), None
                ),
                link=link or (seen if seen.operable else next((s for s in inside if s.operable and s.shown), None)),
            )
        )
    return tuple(cards)


def _links(sight: Sight, card: Seen, inside: list[Seen]) -> list[Seen]:
    """Links of a card, the item's own first: the one that most of the card leads to."""
    links = [s for s in inside if s.href.startswith("http") and s.shown]
    if not links:
        links = [a for a in sight.ancestors(card.index) if a.href.startswith("http")][:1]
    by_target: dict[str, float] = defaultdict(float)
    for s in links:
        heading = any(a.role == "heading" for a in sight.ancestors(s.index)) or any(
            d.role == "heading" for d in sight.within(s.index)
        )
        picture = any(d.tag == "img" for d in sight.within(s.index))
        by_target[s.href] += len(s.name) + s.box.area / 2000 + (40 if heading else 0) + (30 if picture else 0)
    return sorted(links, key=lambda s: (-by_target[s.href], s.index))


def _title(sight: Sight, inside: list[Seen], link: Seen | None) -> str:
    heading = next((s for s in inside if s.role == "heading" and s.shown), None)
    if heading:
        return sight.text_of(heading.index)[:200]
    twins = [s for s in inside if link and s.href == link.href]
    said = [sight.text_of(s.index) for s in twins]
    best = max((t for t in said if t and len(t) < 160), key=len, default="")
    if best and not (parse_price(best) and len(best) < 12):
        return (
            best.splitlines()[0] if "\n" in best and len(best.splitlines()[0]) > 6 else max(best.splitlines(), key=len)
        )
    texts = [s.words for s in inside if s.shown and s.words and not parse_price(s.words) and len(s.words) < 200]
    alt = next((s.name for s in inside if s.tag == "img" and s.name), "")
    named = next((t for t in texts if len(alt) > 3 and normalise(t) == normalise(alt)), "")
    told = [t for t in texts if not _is_figures(t)]  # a line of figures is often longer than a name
    return named or max([*(told or texts), alt], key=len, default="")


def _is_figures(text: str) -> bool:
    """Whether a line tells how an item is doing, 已售3821件 · 评分4.8, rather than what it is called."""
    return any((hit := words(c).match(text)) and hit.start <= _FIGURE_AT for c in ("sold_count", "rating"))


def _price(sight: Sight, inside: list[Seen]) -> float | None:
    """The price a consumer would pay: the first that isn't struck through, the largest type first."""
    found: list[tuple[float, int, float]] = []
    for s in inside:
        if not s.shown or not s.text or s.tag == "#text":
            continue
        struck = s.struck or any(a.struck or a.tag in ("del", "s") for a in list(sight.ancestors(s.index))[:3])
        if struck:
            continue
        own = parse_price(s.text)
        if own is None and _split_price(sight, s):
            own = parse_price(sight.text_of(s.parent))
        if own is None and s.mixed:
            own = parse_price(sight.text_of(s.index))
        if own is not None and len(s.text) < 40:
            found.append((-s.font_px, s.index, float(own.amount)))
    return min(found)[2] if found else None


def list_box(cards: tuple[Card, ...]) -> Box | None:
    """The rectangle around all cards."""
    if not cards:
        return None
    x, y = min(c.seen.box.x for c in cards), min(c.seen.box.y for c in cards)
    return Box(x, y, max(c.seen.box.right for c in cards) - x, max(c.seen.box.bottom for c in cards) - y)
