"""Tells the paid places of a result list from others, and groups them under their headings. Measures; judges nothing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from gongping.detectors.ad_labels import Label, labels_on, meaning, measure, small_pictures, texts_on, worded
from gongping.detectors.ad_signs import Sign, Source, identities, part_signs, record_sign, reports_of, settled
from gongping.lexicon import normalise, parse_price
from gongping.observations.ads import Drawn, Listing
from gongping.observations.results import Card
from gongping.sight.model import Box, Seen, Sight

_COMMON = 0.7
"""Share of the items of a list from which on a mark is the list's and tells nothing about one item (convention)."""

_LEAST_FOR_COMMON = 5


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
    text: str = ""
    """All that the item says."""
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


# -- offers -----------------------------------------------------------------------------------------------------------------


def scope_of(sight: Sight, seen: Seen, items: frozenset[int]) -> Seen:
    """The list item around a card: the largest part of the page that holds this item only, no wider than it is by much."""
    best = seen
    for ancestor in sight.ancestors(seen.index):
        if ancestor.tag in ("body", "main", "html", "section", "aside") or ancestor.box.area > 2.2 * max(
            seen.box.area, 1
        ):
            break
        if any(s.index in items and s.index != seen.index for s in sight.within(ancestor.index)):
            break
        best = ancestor
    return best


def _region_off(sight: Sight, seen: Seen) -> bool:
    """Whether it lies in the frame of the site rather than in the results, or in a layer over them."""
    for a in (seen, *sight.ancestors(seen.index)):
        if (
            a.role in ("contentinfo", "banner", "navigation", "dialog")
            or a.tag in ("header", "footer", "nav")
            or a.modal
            or a.fixed == "fixed"
        ):
            return True
        if re.search(
            r"(^|[-_ ])(foot|footer|header|topbar|navbar|breadcrumb)([-_ ]|$)", f"{a.ident} {a.classes}", re.I
        ):
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
        marked = any(not s.weak for s in part_signs(seen)) or meaning(seen.words, sight.language) in (
            "exact",
            "admits",
        )
        if not marked or _region_off(sight, seen):
            continue
        for a in (seen, *sight.ancestors(seen.index)):
            if a.index in holders or a.index in roots:
                break
            if _is_item(sight, a.index):
                found[a.index] = None
                break
    # of nested ones the outermost that holds no second one is the item; what holds several is their group
    up = {i: [a.index for a in sight.ancestors(i) if a.index in found] for i in found}
    leaves = [i for i in found if not any(i in chain for chain in up.values())]
    held = Counter(a for leaf in leaves for a in up[leaf])
    offers = []
    for index in dict.fromkeys(([i for i in up[leaf] if held[i] == 1] or [leaf])[-1] for leaf in leaves):
        seen = sight.elements[index]
        parts = [s for s in sight.within(index) if s.shown]
        link = max((s for s in parts if s.href.startswith("http")), key=lambda s: s.box.area, default=None)
        around = next((a for a in sight.ancestors(index) if a.href.startswith("http")), None)
        target = link or around
        href = target.href if target else ""
        title = _longest(s.words or (s.name if s.tag == "img" else "") for s in parts)
        offers.append(Offer(seen, 0, _plain_key(href) or normalise(title), title[:120], text=sight.text_of(index)))
    return offers


def _longest(texts: Iterable[str]) -> str:
    """The longest text that is no price; a Chinese character says as much as two letters."""
    kept = [t for t in texts if t and not (parse_price(t) and len(t) < 16)]
    return max(kept, key=lambda t: len(t) + sum(ord(c) > 0x2E7F for c in t), default="")


def _plain_key(href: str) -> str:
    parts = urlsplit(href)
    return f"{parts.netloc}{parts.path}" if href else ""


def offers_of(listing: Listing, sight: Sight) -> tuple[Offer, ...]:
    """The items of one list with the signs that this list alone shows, and their labels."""
    cards = listing.listed.cards
    bare = [Offer(c.seen, c.rank, c.key, c.title or c.text[:60], price=c.price, text=c.text) for c in cards]
    bare += beside(sight, cards)
    items = frozenset(o.seen.index for o in bare)
    records = (
        listing.records if listing.record_count == 0 or len(listing.records) <= _COMMON * listing.record_count else ()
    )
    reports = reports_of(listing.requests)
    drawn: dict[tuple[int, str], Drawn] = {(d.index, d.which): d for d in listing.drawn}
    found = []
    for offer in bare:
        scope = scope_of(sight, offer.seen, items)
        signs = [s for part in sight.within(scope.index) for s in part_signs(part)]
        signs += [s for a in list(sight.ancestors(scope.index))[:1] if a.href for s in part_signs(a)]
        record = record_sign(offer.title, offer.key, records)
        if record:
            signs.append(record)
        if reports:
            known_by = identities(offer.key, sight, scope)
            hit = next((where for where, values in reports if values & known_by), "")
            if hit:
                signs.append(Sign("request", f"展示上报 {hit}", "request"))
        labels, hidden = labels_on(sight, scope, offer.seen, drawn)
        signs += [_label_sign(x) for x in labels if x.meaning in ("exact", "admits")][:1]
        found.append(
            replace(
                offer,
                signs=settled(signs),
                labels=labels,
                hidden=hidden,
                pictures=small_pictures(sight, scope),
                worded=worded(sight, scope),
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
            if (
                offer.rank
                and (offer.rank, offer.key) in fixed
                and not read.listing.account
                and read.listing.listed.page == 1
            ):
                more.append(
                    Sign("rank", f"在 {fixed[offer.rank, offer.key]} 种排序下都在第 {offer.rank} 位", "rank", weak=True)
                )
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
    """Ranks of items that come again further down, with the rank of the second; not where the second is the paid one."""
    places: dict[str, list[Offer]] = defaultdict(list)
    for o in read.offers:
        if o.rank and o.key:
            places[o.key].append(o)
    repeated = {
        same[0].rank: same[1].rank
        for same in places.values()
        if len(same) > 1 and not any(not s.weak for o in same[1:] for s in o.signs)
    }
    return repeated if len(repeated) <= 0.4 * max(1, len(places)) else {}


def _grouped(read: ListRead, sight: Sight) -> ListRead:
    """Notes for each paid item the smallest part of the page around it that has a heading 广告 of its own."""
    items = frozenset(o.seen.index for o in read.offers)
    owned = {s.index for o in read.offers for s in sight.within(scope_of(sight, o.seen, items).index)}
    headings = [
        s
        for s in sight.elements
        if s.shown
        and s.index not in owned
        and s.tag != "#text"
        and s.text_box
        and not s.mixed
        and meaning(s.words, read.language) == "exact"
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
            nearest = [
                (next(i for i in up if i in mine), h)
                for h in headings
                for up in [around[h.index]]
                if any(i in mine for i in up)
            ]
            holder, heading = min(nearest, key=lambda n: sight.elements[n[0]].box.area, default=(-1, None))
            if heading is not None and sight.elements[holder].tag not in ("body", "html"):
                members = [o for o in read.offers if holder in by_offer[o.seen.index]]
                paid = [o for o in members if o.signs]
                label = measure(sight, heading, "text", text=heading.words, says="exact", item=sight.elements[holder])
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
        leads = s.shown and s.href.startswith("http") and s.index not in inside and s.box.area > 2000
        if leads and any(d.tag == "img" and d.box.area > 900 for d in sight.within(s.index)):
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
        s.shown and (meaning(t, language) == "exact")
        for s in sight.within(twin.index)
        if s.tag != "#text"
        for _, t in texts_on(sight, s)
    ) or any(
        s.shown and s.tag in ("img", "svg") and meaning(s.name, language) == "exact" for s in sight.within(twin.index)
    )


def _same_item(offer: Offer, sight: Sight) -> Seen | None:
    """The element of another sight that is the same item: same tag, same place or so, same title."""
    title = normalise(offer.title)[:40]
    near = [
        s
        for s in sight.elements
        if s.tag == offer.seen.tag
        and s.classes == offer.seen.classes
        and abs(s.box.width - offer.seen.box.width) < 12
        and abs(s.box.y - offer.seen.box.y) < 400
    ]
    for s in sorted(near, key=lambda s: abs(s.box.y - offer.seen.box.y) + abs(s.box.x - offer.seen.box.x)):
        if title and title in normalise(sight.text_of(s.index)):
            return s
    return None
