"""Tells paid places in a result list by what machines left, and reads the labels on them. Measures; judges nothing.

A sign has a source (where it was found). Signs of one source are never independent of each other. Some are weak: they also occur
on what nobody paid for (a campaign may be a sale, a fixed rank an editor's choice).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from gongping.lexicon import normalise, parse_price, words
from gongping.observations.ads import DataRecord, Drawn, Listing
from gongping.observations.results import Card
from gongping.sight.model import Box, Seen, Sight

Source = Literal["address", "attribute", "class", "campaign", "data", "request", "twin", "rank", "label"]
Meaning = Literal["", "exact", "admits", "hints"]
"""What a label says: 广告 itself, that it is paid for in other words, a word that hints at it, or nothing of the kind."""

_WEAK_KEYS = ("campaign", "bidding")
_LABEL_LONGEST = 16
"""Characters: a label is a word or two (convention)."""

_COMMON = 0.7
"""Share of the items of a list from which on a mark is the list's and tells nothing about one item (convention)."""

_LEAST_FOR_COMMON = 5
_FALSY = frozenset(("", "0", "-1", "false", "no", "n", "none", "null", "nil", "undefined", "off", "organic", "natural", "nan", "[]", "{}"))
_NOT_IDENT = re.compile(r"^(page|pos|position|rank|index|idx|i|n|t|ts|time|slot|width|height|w|h|v|r|rnd|random|q|query|keyword|sort)$", re.I)
_HIGHLIGHT_TAGS = frozenset(("em", "mark", "b", "strong", "font"))
_HIGHLIGHT_CLASS = re.compile(r"(^|[-_ ])(hl|h|highlight(ed)?|keyword|kw|match(ed)?|red|emphasis)([-_ ]|$)", re.I)


@dataclass(frozen=True)
class Sign:
    """One sign that an item is paid for. `what` says it in the page's own terms; `mark` tells signs of one kind apart."""

    source: Source
    what: str
    mark: str
    weak: bool = False
    faint: bool = False
    """Weak, and on its own not worth a person's time."""


@dataclass(frozen=True)
class Label:
    """Something on an item that may be its label. `box` is what it fills on the page (CSS px), None where that is not known.

    `gap` is its distance from the item, `whole` whether all of its glyphs lie in view (None: could not be measured).
    """

    seen: Seen
    kind: Literal["text", "before", "after", "picture"]
    text: str
    meaning: Meaning
    box: Box | None
    gap: float
    whole: bool | None = True
    font_px: float = 0.0
    opacity: float = 1.0


@dataclass(frozen=True)
class Group:
    """The smallest part of the page that holds the item and a heading 广告 of its own. `paid` and `other` count its items."""

    seen: Seen
    heading: Label
    paid: int
    other: int


@dataclass(frozen=True)
class Offer:
    """An item of a result page: a card of the list (`rank` from 1), or one beside it (`rank` 0)."""

    seen: Seen
    rank: int
    key: str
    title: str
    signs: tuple[Sign, ...] = ()
    labels: tuple[Label, ...] = ()
    pictures: tuple[Seen, ...] = ()
    hidden: tuple[str, ...] = ()
    group: Group | None = None
    price: float | None = None
    worded: str = ""
    """A line of its running text in which 广告 stands apart, but in no element of its own; "" where there is none."""

    @property
    def sources(self) -> frozenset[Source]:
        return frozenset(s.source for s in self.signs)

    @property
    def known(self) -> bool:
        """Two signs of independent sources, at least one of which occurs on nothing but what is paid for."""
        return len(self.sources) >= 2 and any(not s.weak for s in self.signs)

    @property
    def suspect(self) -> bool:
        """Whether something speaks for it, but not enough."""
        return not self.known and (any(not s.faint for s in self.signs) or len(self.sources) >= 2)

    @property
    def by_machine(self) -> bool:
        """Whether anything but its own label speaks for it."""
        return any(s.source != "label" for s in self.signs)


@dataclass(frozen=True)
class ListRead:
    """A result list with its offers."""

    listing: Listing
    offers: tuple[Offer, ...]
    language: str

    @property
    def known(self) -> tuple[Offer, ...]:
        return tuple(o for o in self.offers if o.known)

    @property
    def suspects(self) -> tuple[Offer, ...]:
        return tuple(o for o in self.offers if o.suspect)


# -- words ------------------------------------------------------------------------------------------------------------------


def is_traditional(language: str) -> bool:
    """Whether a surface is zh-TW, zh-HK or zh-MO."""
    return bool(re.match(r"zh[-_](tw|hk|mo|hant)", language, re.I))


def meaning(text: str, language: str) -> Meaning:
    """What a label's text says; "" where it is no label."""
    if not text or len(text) > _LABEL_LONGEST:
        return ""
    if words("ad_label_exact").match(text, "zh-TW" if is_traditional(language) else "zh-CN"):
        return "exact"
    admitted = words("ad_label_any").match(text)
    if (admitted and admitted.how != "contains") or normalise(text) == "广告":
        return "admits"
    return "hints" if words("ad_label_euphemism").match(text) else ""


def truthy(value: object) -> bool:
    """Whether a value switches something on: not false, 0, none, organic. An attribute without a value does."""
    if isinstance(value, bool):
        return value
    return value is not None and str(value).strip().lower() not in _FALSY


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).replace("__", "-").lower()


def ad_word(name: str) -> str:
    """The kind of ad sign that a name of a machine is ("flag", "campaign", ...); "" where it is none."""
    hit = words("ad_signal").match(f"{_kebab(name)}=1")
    return (hit.key or "sponsored") if hit else ""


def says_ad(name: str) -> bool:
    """Whether a name of a field, an attribute or a class says advertisement."""
    return bool(ad_word(name))


# -- signs ------------------------------------------------------------------------------------------------------------------


def address_signs(href: str) -> list[Sign]:
    """Signs in where a click leads: an ad host, a click counter, the keys and values of its query."""
    if not href.startswith("http"):
        return []
    parts = urlsplit(href)
    found: list[Sign] = []
    if words("ad_host").match(parts.hostname or ""):
        found.append(Sign("address", f"链接经过广告主机 {parts.hostname}", f"host:{parts.hostname}"))
    for segment in parts.path.split("/"):
        if segment and words("ad_address").match(_kebab(unquote(segment)).rsplit(".", 1)[0]):
            found.append(Sign("address", f"链接经过 {parts.path[:60]}", f"path:{segment}"))
            break
    for key, value in parse_qsl(parts.query, keep_blank_values=False):
        kind = ad_word(key)
        if kind and truthy(value):
            weak = kind in _WEAK_KEYS
            found.append(Sign("campaign" if weak else "address", f"链接参数 {key}={value[:24]}", f"key:{key}", weak))
        elif len(value) < 20 and words("ad_address").match(value):
            found.append(Sign("address", f"链接参数 {key}={value}", f"value:{key}={value}"))
    return found


def _attribute_signs(seen: Seen) -> Iterator[Sign]:
    for name, value in seen.machine.items():
        kind = ad_word(re.sub(r"^data-", "", name))
        if kind and (truthy(value) or value == ""):
            weak = kind in _WEAK_KEYS
            yield Sign("campaign" if weak else "attribute", f'属性 {name}="{value[:24]}"', f"attribute:{name}", weak)
            continue
        for key, inner in re.findall(r"[\"']?([A-Za-z_][\w-]{1,24})[\"']?\s*[:=]\s*[\"']?([^\"',;&{}]*)", value):
            kind = ad_word(key)
            if kind and truthy(inner):
                weak = kind in _WEAK_KEYS
                yield Sign("campaign" if weak else "attribute", f"属性 {name} 中的 {key}={inner[:24]}", f"attribute:{name}.{key}", weak)


def _class_signs(seen: Seen) -> Iterator[Sign]:
    for token in (*seen.classes.split(), seen.ident):
        kind = ad_word(token) if token else ""
        if kind and kind not in _WEAK_KEYS:
            stem = re.sub(r"[-_]?\d+$", "", token)
            yield Sign("class", f"类名 {token}", f"class:{stem}")


def _part_signs(part: Seen) -> Iterator[Sign]:
    yield from _attribute_signs(part)
    yield from _class_signs(part)
    yield from address_signs(part.href)
    if part.src.startswith("http") and words("ad_host").match(urlsplit(part.src).hostname or ""):
        yield Sign("request", f"内容来自广告主机 {urlsplit(part.src).hostname}", f"src:{urlsplit(part.src).hostname}")


def _settled(signs: Iterable[Sign]) -> tuple[Sign, ...]:
    """One sign of each kind. A campaign number in the address of a click counter is the same sign as the counter."""
    kept = list({s.mark: s for s in signs}.values())
    if any(s.source == "address" for s in kept):
        kept = [s for s in kept if not (s.source == "campaign" and s.mark.startswith("key:"))]
    return tuple(kept)


def _identities(offer: Offer, sight: Sight, scope: Seen) -> set[str]:
    """Values by which a report of an impression may name the item."""
    found = {offer.key.rsplit("/", 1)[-1]}
    for part in sight.within(scope.index):
        found |= {v for k, v in part.machine.items() if 2 <= len(v) <= 40 and re.search(r"id$|[-_]id|^data-(ad|sku|item|goods|nid)", k, re.I)}
        found |= {v for k, v in parse_qsl(urlsplit(part.href).query) if re.search(r"id$", k, re.I) and len(v) >= 2}
    return {v for v in found if len(v) >= 2}


def _reports(requests: Sequence[str]) -> list[tuple[str, set[str]]]:
    """Requests that report that an advertisement was shown, with the values that they carry."""
    found = []
    for url in requests:
        parts = urlsplit(url)
        strong = any(not s.weak for s in address_signs(url))
        if strong and (words("ad_beacon").match(_kebab(parts.path)) or words("ad_host").match(parts.hostname or "")):
            values = {v for k, joined in parse_qsl(parts.query) if not _NOT_IDENT.match(k) for v in re.split(r"[,|;]", joined)}
            found.append((f"{parts.hostname}{parts.path}"[:60], values | set(parts.path.split("/"))))
    return found


def _record_sign(offer: Offer, records: Sequence[DataRecord]) -> Sign | None:
    """What the page's own data says about the item."""
    title = normalise(offer.title)
    for record in records:
        said = normalise(record.title)
        same_title = len(said) >= 4 and (said == title or said in title or (len(title) >= 8 and title in said))
        same_address = bool(record.address) and offer.key and urlsplit(record.address).path.rstrip("/") == "/" + offer.key.partition("/")[2].split("?")[0]
        if same_title or same_address:
            strong = [f for f in record.fields if ad_word(f) not in _WEAK_KEYS]
            return Sign("data", f"页面数据字段 {'、'.join(record.fields[:3])}", "data", weak=not strong)
    return None


# -- offers -----------------------------------------------------------------------------------------------------------------


def scope_of(sight: Sight, seen: Seen, items: frozenset[int]) -> Seen:
    """The list item around a card: the largest part of the page that holds this item only, no wider than it is by much."""
    best = seen
    for ancestor in sight.ancestors(seen.index):
        if ancestor.tag in ("body", "main", "html", "section", "aside") or ancestor.box.area > 2.2 * max(seen.box.area, 1):
            break
        if any(s.index in items and s.index != seen.index for s in sight.within(ancestor.index)):
            break
        best = ancestor
    return best


def _region_off(sight: Sight, seen: Seen) -> bool:
    """Whether it lies in the frame of the site rather than in the results, or in a layer over them."""
    for a in (seen, *sight.ancestors(seen.index)):
        if a.role in ("contentinfo", "banner", "navigation", "dialog") or a.tag in ("header", "footer", "nav") or a.modal or a.fixed == "fixed":
            return True
        if re.search(r"(^|[-_ ])(foot|footer|header|topbar|navbar|breadcrumb)([-_ ]|$)", f"{a.ident} {a.classes}", re.I):
            return True
    return False


def _is_item(sight: Sight, index: int) -> bool:
    """Whether a part of the page has what an item of a list has: somewhere to go, words, and a picture or a price."""
    link = picture = price = False
    said = 0
    for s in sight.within(index):
        if not s.shown:
            continue
        link = link or s.operable
        picture = picture or (s.box.area > 900 and (s.tag in ("img", "canvas", "video") or bool(s.background_image)))
        price = price or bool(s.text and len(s.text) < 40 and parse_price(s.text))
        said += len(s.words) if not meaning(s.words, sight.language) else 0
    return link and (picture or price) and said >= 4


def beside(sight: Sight, cards: Sequence[Card]) -> list[Offer]:
    """Marked items outside the list: an ad injected between the cards, a block above or beside them."""
    inside = {s.index for c in cards for s in sight.within(c.seen.index)}
    roots = {c.seen.index for c in cards}
    holders = {a.index for c in cards for a in sight.ancestors(c.seen.index)}
    found: dict[int, None] = {}
    for seen in sight.elements:
        if not seen.shown or seen.index in inside or seen.index in holders or seen.tag == "#text":
            continue
        marked = any(not s.weak for s in _part_signs(seen)) or meaning(seen.words, sight.language) in ("exact", "admits")
        if not marked or _region_off(sight, seen):
            continue
        for a in (seen, *sight.ancestors(seen.index)):
            if a.index in holders or a.index in roots:
                break
            if _is_item(sight, a.index):
                found[a.index] = None
                break
    # of nested ones the innermost is the item; what holds several is their group
    leaves = [i for i in found if not any(o != i and any(a.index == i for a in sight.ancestors(o)) for o in found)]
    offers = []
    for index in leaves:
        seen = sight.elements[index]
        parts = [s for s in sight.within(index) if s.shown]
        link = max((s for s in parts if s.href.startswith("http")), key=lambda s: s.box.area, default=None)
        up = next((a for a in sight.ancestors(index) if a.href.startswith("http")), None)
        href = (link or up).href if (link or up) else ""  # type: ignore[union-attr]
        title = max((s.words or (s.name if s.tag == "img" else "") for s in parts), key=len, default="")
        offers.append(Offer(seen, 0, _plain_key(href) or normalise(title), title[:120]))
    return offers


def _plain_key(href: str) -> str:
    parts = urlsplit(href)
    return f"{parts.netloc}{parts.path}" if href else ""


def offers_of(listing: Listing, sight: Sight) -> tuple[Offer, ...]:
    """The items of one list with the signs that this list alone shows, and their labels."""
    cards = listing.listed.cards
    bare = [Offer(c.seen, c.rank, c.key, c.title or c.text[:60], price=c.price) for c in cards]
    bare += beside(sight, cards)
    items = frozenset(o.seen.index for o in bare)
    records = listing.records if listing.record_count == 0 or len(listing.records) <= _COMMON * listing.record_count else ()
    reports = _reports(listing.requests)
    drawn = {(d.index, d.which): d for d in listing.drawn}
    found = []
    for offer in bare:
        scope = scope_of(sight, offer.seen, items)
        signs = [s for part in sight.within(scope.index) for s in _part_signs(part)]
        signs += [s for a in list(sight.ancestors(scope.index))[:1] if a.href for s in _part_signs(a)]
        record = _record_sign(offer, records)
        if record:
            signs.append(record)
        if reports:
            known_by = _identities(offer, sight, scope)
            hit = next((where for where, values in reports if values & known_by), "")
            if hit:
                signs.append(Sign("request", f"展示上报 {hit}", "request"))
        labels, hidden = labels_on(sight, scope, offer.seen, drawn)
        signs += [_label_sign(x) for x in labels if x.meaning in ("exact", "admits")][:1]
        found.append(
            replace(
                offer,
                signs=_settled(signs),
                labels=labels,
                hidden=hidden,
                pictures=_small_pictures(sight, scope),
                worded=_worded(sight, scope),
            )
        )
    return _without_common(found)


def _label_sign(label: Label) -> Sign:
    return Sign("label", f"卡片上的标识“{label.text}”", "label")


def _without_common(offers: list[Offer]) -> tuple[Offer, ...]:
    """Drops marks that most items of the list bear."""
    if len(offers) < _LEAST_FOR_COMMON:
        return tuple(offers)
    counts = Counter(s.mark for o in offers for s in o.signs)
    common = {m for m, n in counts.items() if n > _COMMON * len(offers)}
    return tuple(replace(o, signs=tuple(s for s in o.signs if s.mark not in common)) for o in offers)


# -- labels -----------------------------------------------------------------------------------------------------------------


_APART = re.compile(r"(^|[\s·|/【\[(（])广告($|[\s·|/】\])）:：])")


def _worded(sight: Sight, scope: Seen) -> str:
    """A line in which the word stands apart within a longer text: 【广告】某某手机, 某某旗舰店 | 广告."""
    lines = (s.text for s in sight.within(scope.index) if s.shown and s.text)
    return next((t[:60] for t in lines if _APART.search(t) and normalise(t) != "广告"), "")


def _is_highlight(sight: Sight, seen: Seen) -> bool:
    """Whether an element only emphasises a word of a running text: the query in a title, not a label."""
    parent = sight.elements[seen.parent] if seen.parent >= 0 else None
    if parent is None or not (parent.mixed and seen.inline):
        return False
    return seen.tag in _HIGHLIGHT_TAGS or bool(_HIGHLIGHT_CLASS.search(seen.classes))


def labels_on(sight: Sight, scope: Seen, item: Seen, drawn: dict[tuple[int, str], Drawn]) -> tuple[tuple[Label, ...], tuple[str, ...]]:
    """Labels within a list item, the exact ones first; and the texts of labels that are in the document but not visible."""
    found: list[Label] = []
    hidden: list[str] = []
    spelt: set[int] = set()
    for seen in sight.within(scope.index):
        if seen.tag == "#text" or seen.index in spelt:
            continue
        for kind, text in _texts(sight, seen):
            what = meaning(text, sight.language)
            if not what or (kind == "text" and _is_highlight(sight, seen)):
                continue
            if not seen.shown:
                hidden.append(text)
                continue
            label = _label(sight, seen, kind, text, what, item, drawn.get((seen.index, kind)))
            if label is None:
                hidden.append(text)
                continue
            found.append(label)
            if kind == "text" and not seen.text:  # spelt over several elements: its letters are no labels of their own
                spelt |= {s.index for s in sight.within(seen.index)}
    order: list[Meaning] = ["exact", "admits", "hints"]
    found.sort(key=lambda x: (order.index(x.meaning), -x.font_px))
    return tuple(found), tuple(dict.fromkeys(hidden))


def _texts(sight: Sight, seen: Seen) -> Iterator[tuple[Literal["text", "before", "after"], str]]:
    """What may be a label on an element: its own text, its pseudo-elements, the letters of its few children together."""
    if seen.before:
        yield "before", seen.before
    if seen.after:
        yield "after", seen.after
    if seen.text and not seen.mixed and not (seen.before or seen.after):
        yield "text", seen.text
    elif seen.text and (seen.before or seen.after) and meaning(seen.words, sight.language) and not meaning(seen.text, sight.language):
        yield "text", seen.words  # an ornament around it: 【广告】 drawn by ::before and ::after
    elif seen.text and not seen.mixed:
        yield "text", seen.text
    children = sight.children.get(seen.index, [])
    if children and (seen.mixed or not seen.text) and seen.box.area < 12_000:
        parts = list(sight.within(seen.index))
        if len(parts) <= 7 and not any(p.tag == "img" or meaning(p.words, sight.language) in ("exact", "admits") for p in parts[1:] if p.tag != "#text"):
            yield "text", sight.text_of(seen.index)


def _label(
    sight: Sight, seen: Seen, kind: Literal["text", "before", "after"], text: str, what: Meaning, item: Seen, style: Drawn | None
) -> Label | None:
    """Measures a label; None where no part of it is in view."""
    if kind == "text":
        box = seen.text_box
        if box is None:
            boxes = [s.text_box for s in sight.within(seen.index) if s.text_box]
            if not boxes:
                return None
            x, y = min(b.x for b in boxes), min(b.y for b in boxes)
            box = Box(x, y, max(b.right for b in boxes) - x, max(b.bottom for b in boxes) - y)
        font = seen.font_px or max((s.font_px for s in sight.within(seen.index)), default=0.0)
        return Label(seen, kind, text, what, box, box.gap(item.box), _in_full(sight, seen, text, box, font), font, seen.opacity)
    font = style.font_px if style else seen.font_px
    opacity = style.opacity if style else seen.opacity
    if opacity < 0.1 or font < 1:
        return None
    box = style.box if style and style.box else _beside_text(seen, kind, text, font)
    clipped = box.intersection(Box(0, 0, sight.size[0], sight.size[1]))
    if clipped.area < 1:
        return None
    return Label(seen, kind, text, what, clipped, clipped.gap(item.box), clipped.area >= 0.8 * box.area, font, opacity)


def _beside_text(seen: Seen, kind: str, text: str, font: float) -> Box:
    """Where a pseudo-element in the flow lies: before or after the element's own text, or all of the element where it has none."""
    own = seen.text_box
    if own is None:
        return seen.box
    width = font * max(1, len(text)) + 12
    height = min(own.height, font * 1.8)
    if kind == "before":
        start = own.x - width if own.x - seen.box.x >= font else seen.box.x
        return Box(max(seen.box.x, start), own.y, width, height)
    return Box(min(own.right, seen.box.right - 1), own.bottom - height, width, height)


def _in_full(sight: Sight, seen: Seen, text: str, box: Box, font: float) -> bool | None:
    """Whether no glyph is cut off: by a box that is too small, or by the ellipsis of a text that is too long."""
    if not font:
        return None
    glyphs = sum(1.0 if ord(c) > 0x2E7F else 0.45 for c in normalise(text, fold=False))
    if box.width < 0.8 * glyphs * font or box.height < 0.7 * font:
        return False
    for a in (seen, *list(sight.ancestors(seen.index))[:4]):
        if a.cut and box.right > a.box.right - 1.1 * font and box.x > a.box.x + 1:
            return False
    return True


def _small_pictures(sight: Sight, scope: Seen) -> tuple[Seen, ...]:
    """Pictures on an item that are as small as a label: they may hold the word."""
    return tuple(
        s
        for s in sight.within(scope.index)
        if s.shown
        and (s.tag in ("img", "svg", "canvas") or s.background_image or re.search(r"[\ue000-\uf8ff]", s.words))
        and 14 <= s.box.width <= 130
        and 8 <= s.box.height <= 60
        and s.box.width >= 1.1 * s.box.height
    )


# -- over several lists -----------------------------------------------------------------------------------------------------


def read_lists(listings: Sequence[Listing], sights: dict[str, Sight]) -> list[ListRead]:
    """All lists of one query, with the signs that only show between lists."""
    reads = [ListRead(x, offers_of(x, sights[x.listed.sight]), sights[x.listed.sight].language) for x in listings]
    fixed = _fixed(reads)
    made = []
    for read in reads:
        twins = _twins(read)
        offers = []
        for offer in read.offers:
            more = list(offer.signs)
            if offer.rank and (offer.rank, offer.key) in fixed and not read.listing.account and read.listing.listed.page == 1:
                more.append(Sign("rank", f"在 {fixed[offer.rank, offer.key]} 种排序下都在第 {offer.rank} 位", "rank", weak=True))
            elif offer.rank and offer.rank in _out_of_order(read):
                more.append(Sign("rank", f"按价格排序时不按价格排在第 {offer.rank} 位", "rank", weak=True, faint=True))
            if offer.rank and offer.rank in twins:
                more.append(Sign("twin", f"同一商品又出现在第 {twins[offer.rank]} 位", "twin", weak=True, faint=True))
            offers.append(replace(offer, signs=tuple(more)))
        made.append(_grouped(replace(read, offers=tuple(offers)), sights[read.listing.listed.sight]))
    return made


def _fixed(reads: list[ListRead]) -> dict[tuple[int, str], int]:
    """Places that hold the same item under at least three orders, though most others move."""
    first = [r for r in reads if r.listing.listed.page == 1 and not r.listing.account]
    by_sort = {r.listing.listed.sort: {(o.rank, o.key) for o in r.offers if o.rank} for r in first}
    if len(by_sort) < 3:
        return {}
    counts = Counter(place for places in by_sort.values() for place in places)
    still = {p: n for p, n in counts.items() if n >= 3 and n == len(by_sort)}
    least = min(len(places) for places in by_sort.values())
    return still if len(still) <= 0.4 * least else {}


def _out_of_order(read: ListRead) -> set[int]:
    """Ranks whose price does not fit a list that is otherwise in order of price."""
    sort = read.listing.listed.sort
    if not sort.startswith("price"):
        return set()
    rows = [(o.rank, o.price) for o in read.offers if o.rank and o.price is not None]
    if len(rows) < 6:
        return set()
    prices = [float(p or 0) for _, p in rows]
    best: set[int] = set(range(len(rows)))
    for sign in (1, -1):
        kept = _longest_run([sign * p for p in prices])
        best = min(best, set(range(len(rows))) - kept, key=len)
    return {rows[i][0] for i in best} if len(best) <= 0.34 * len(rows) else set()


def _longest_run(values: list[float]) -> set[int]:
    """Positions of a longest non-descending subsequence."""
    length, previous = [1] * len(values), [-1] * len(values)
    for i, v in enumerate(values):
        for j in range(i):
            if values[j] <= v and length[j] + 1 > length[i]:
                length[i], previous[i] = length[j] + 1, j
    at = max(range(len(values)), key=lambda i: length[i], default=-1)
    kept: set[int] = set()
    while at >= 0:
        kept.add(at)
        at = previous[at]
    return kept


def _twins(read: ListRead) -> dict[int, int]:
    """Ranks of items that come again further down, with the rank of the second."""
    places: dict[str, list[int]] = defaultdict(list)
    for o in read.offers:
        if o.rank and o.key:
            places[o.key].append(o.rank)
    repeated = {ranks[0]: ranks[1] for ranks in places.values() if len(ranks) > 1}
    return repeated if len(repeated) <= 0.4 * max(1, len(places)) else {}


def _grouped(read: ListRead, sight: Sight) -> ListRead:
    """Notes for each paid item the smallest part of the page around it that has a heading 广告 of its own."""
    items = frozenset(o.seen.index for o in read.offers)
    owned = {s.index for o in read.offers for s in sight.within(scope_of(sight, o.seen, items).index)}
    headings = [
        s
        for s in sight.elements
        if s.shown and s.index not in owned and s.tag != "#text" and s.text_box and not s.mixed and meaning(s.words, read.language) == "exact"
    ]
    if not headings:
        return read
    around = {h.index: [a.index for a in sight.ancestors(h.index)] for h in headings}
    by_offer = {o.seen.index: {a.index for a in sight.ancestors(o.seen.index)} for o in read.offers}
    offers = []
    for offer in read.offers:
        group = None
        if offer.signs:
            mine = by_offer[offer.seen.index]
            nearest = [(next(i for i in up if i in mine), h) for h in headings for up in [around[h.index]] if any(i in mine for i in up)]
            holder, heading = min(nearest, key=lambda n: sight.elements[n[0]].box.area, default=(-1, None))
            if heading is not None and sight.elements[holder].tag not in ("body", "html"):
                members = [o for o in read.offers if holder in by_offer[o.seen.index]]
                paid = [o for o in members if o.signs]
                label = _label(sight, heading, "text", heading.words, "exact", sight.elements[holder], None)
                if label:
                    stray = _stray_items(sight, holder, members, items)
                    group = Group(sight.elements[holder], label, len(paid), len(members) - len(paid) + stray)
        offers.append(replace(offer, group=group))
    return replace(read, offers=tuple(offers))


def _stray_items(sight: Sight, holder: int, members: Sequence[Offer], items: frozenset[int]) -> int:
    """Items in a group that were not read as items of the page: links with a picture of their own."""
    inside = {s.index for o in members for s in sight.within(scope_of(sight, o.seen, items).index)}
    found = set()
    for s in sight.within(holder):
        if s.shown and s.href.startswith("http") and s.index not in inside and s.box.area > 2000:
            if any(d.tag == "img" and d.box.area > 900 for d in sight.within(s.index)):
                found.add(s.href)
    return len(found)


# -- at another moment ------------------------------------------------------------------------------------------------------


def had_label(offer: Offer, sight: Sight, *, in_view: bool) -> bool | None:
    """Whether the item bore an exact label in another sight of the same page; None where it is not there (or, with `in_view`,
    was not in the viewport)."""
    width, height = sight.viewport
    view = Box(sight.scroll[0], sight.scroll[1], width, height)
    twin = _same_item(offer, sight)
    if twin is None or (in_view and view.intersection(twin.box).area < 0.9 * twin.box.area):
        return None
    language = sight.language
    return any(
        s.shown and (meaning(t, language) == "exact") for s in sight.within(twin.index) if s.tag != "#text" for _, t in _texts(sight, s)
    ) or any(s.shown and s.tag in ("img", "svg") and meaning(s.name, language) == "exact" for s in sight.within(twin.index))


def _same_item(offer: Offer, sight: Sight) -> Seen | None:
    """The element of another sight that is the same item: same tag, same place or so, same title."""
    title = normalise(offer.title)[:40]
    near = [
        s
        for s in sight.elements
        if s.tag == offer.seen.tag and s.classes == offer.seen.classes and abs(s.box.width - offer.seen.box.width) < 12 and abs(s.box.y - offer.seen.box.y) < 400
    ]
    for s in sorted(near, key=lambda s: abs(s.box.y - offer.seen.box.y) + abs(s.box.x - offer.seen.box.x)):
        if title and title in normalise(sight.text_of(s.index)):
            return s
    return None
