"""Whether a list stands in the order of what its cards display. Measures; judges nothing, and knows no limit."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from gongping.detectors import ads, card_figures
from gongping.detectors.ads import ListRead, Offer
from gongping.detectors.card_figures import Figure, Price, PriceKind
from gongping.observations.ads import Listing, OrderSeen, QuerySeen
from gongping.observations.ranking import SortKey
from gongping.observations.results import Card
from gongping.sight.model import Seen, Sight

Basis = Literal["shown", "high", "plain", "coupon", "member", "per", "old", "sold", "rate", "score", "count", "credit"]
"""By which displayed figure a list is compared. Of prices: the one that a card puts forward (of a range the lower end); the upper
end of a range; the price without a coupon; with it; for members; of a part; the former one."""

_LEAST_SERIES = 5
"""Items of a page from which on its own order says something (convention)."""

_PINNED_MOST = 0.25
"""Share of a list that can be pinned; where more is out of order, the list is in another order (convention)."""

_DROPPED_MOST = 0.5
"""Share of a list that can be paid for; where more bears a sign, the sign is not one (convention)."""


@dataclass(frozen=True)
class Item:
    """An item of an ordered list that nobody is known to have paid for. `page` and `rank` count from 1, `rank` on its page with the
    paid places counted. `hint` is what a label on it says (置顶, 推荐)."""

    page: int
    rank: int
    key: str
    title: str
    seen: Seen
    sight: str
    prices: tuple[Price, ...] = ()
    sold: tuple[Figure, ...] = ()
    ratings: tuple[Figure, ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class OrderRead:
    """A list in one order, over its pages, without its paid places (`paid` of them)."""

    seen: OrderSeen
    query: str
    items: tuple[Item, ...]
    paid: int
    pages: int
    same_as_default: bool = False
    """Whether it stands as the default list does: the order was switched off."""


@dataclass(frozen=True)
class Inversion:
    """Two neighbours that stand the wrong way round, with what is read on them."""

    first: Item
    second: Item
    first_text: str
    second_text: str


@dataclass(frozen=True)
class Measured:
    """How far a list stands in the order of one figure. `shown` of `items` display it, `values` different ones; `pairs` neighbours
    were compared. `outliers` are the fewest items without which the list is in order. `apart`: for each two pages that follow each
    other, the share of pairs across them that are the wrong way round, where both pages have enough items."""

    basis: Basis
    descending: bool
    items: int
    shown: int
    values: int
    pairs: int
    inversions: tuple[Inversion, ...]
    outliers: tuple[Item, ...]
    apart: tuple[float, ...] = ()
    within: int = 0
    """Inversions between neighbours of one page."""
    discord: float = 0.0
    """Share of all pairs, near or far, that are the wrong way round: 0 in order, about 0.5 in no order."""
    head: int = 0
    """Items before anything stands the wrong way round."""
    tail_discord: float = 0.0
    """As `discord`, of the items after the head."""

    @property
    def share(self) -> float:
        return len(self.inversions) / self.pairs if self.pairs else 0.0


# -- the list without its paid places ------------------------------------------------------------------------------------------


def _paid(offer: Offer) -> bool:
    """Whether something but its place speaks for its being paid for: what is out of place must not be dropped for being so."""
    return any(s.source not in ("rank", "twin") for s in offer.signs)


def read_orders(query: QuerySeen, sights: Mapping[str, Sight]) -> list[OrderRead]:
    """The ordered lists of a query."""
    default = [x.listed.keys for x in query.listings if x.listed.sort == "default" and x.listed.page == 1]
    listings = {x.listed.sight: x for x in (*query.listings, *(x for order in query.orders for x in order.lists))}
    reads = {r.listing.listed.sight: r for r in ads.read_lists(list(listings.values()), dict(sights))}
    return [
        _order_read(order, query.query, [reads[x.listed.sight] for x in order.lists], sights, default)
        for order in query.orders
    ]


def _order_read(
    order: OrderSeen, query: str, reads: list[ListRead], sights: Mapping[str, Sight], default: list[list[str]]
) -> OrderRead:
    items: list[Item] = []
    paid = 0
    before: list[str] = []
    for page, read in enumerate(reads, start=1):
        cards = read.listing.listed.cards
        fresh = cards[_grown(before, [c.key for c in cards]) :]
        before = [c.key for c in cards]
        offers = {o.seen.index: o for o in read.offers if o.rank}
        bought = {i for i, o in offers.items() if _paid(o)}
        if len(bought) > _DROPPED_MOST * len(cards):
            bought = {i for i in bought if offers[i].known}
        paid += sum(c.seen.index in bought for c in fresh)
        for number, card in enumerate(fresh, start=1):
            if card.seen.index not in bought:
                sight = sights[read.listing.listed.sight]
                items.append(_item(card, sight, page, number, offers.get(card.seen.index)))
    firsts = [c.key for c in reads[0].listing.listed.cards] if reads else []
    return OrderRead(order, query, tuple(items), paid, len(reads), bool(firsts) and firsts in default)


def _grown(before: Sequence[str], now: Sequence[str]) -> int:
    """How many items of a list stood there before: a list that grows shows its beginning again."""
    same = sum(a == b for a, b in zip(before, now, strict=False))
    return len(before) if before and len(now) > len(before) and same >= 0.8 * len(before) else 0


def _item(card: Card, sight: Sight, page: int, rank: int, offer: Offer | None) -> Item:
    hint = next((x.text for x in offer.labels if x.meaning == "hints"), "") if offer else ""
    return Item(
        page, rank, card.key, card.title or card.text[:40], card.seen, sight.id, card_figures.prices(sight, card.seen),
        card_figures.sold(sight, card.seen), card_figures.ratings(sight, card.seen), hint,
    )  # fmt: skip


# -- series ----------------------------------------------------------------------------------------------------------------


def emphasised(items: Sequence[Item]) -> PriceKind:
    """Of which kind the price is that most cards put forward."""
    kinds = Counter(p.kind for i in items if (p := card_figures.main_price(i.prices)))
    return kinds.most_common(1)[0][0] if kinds else "plain"


def _exact(amount: float, text: str) -> Figure:
    return Figure(amount, amount, text, "")


def price_series(items: Sequence[Item], basis: Basis) -> list[Figure | None]:
    """The price of each item by one basis; where a card lacks that kind, the price that it puts forward."""
    made: list[Figure | None] = []
    for item in items:
        main = card_figures.main_price(item.prices)
        chosen = main
        if basis in ("plain", "coupon", "member", "per", "old"):
            of_kind = [p for p in item.prices if p.kind == basis]
            chosen = min(of_kind, key=lambda p: (-round(p.font_px), p.order), default=main)
        if basis == "plain" and chosen is main and main is not None and main.kind == "coupon":
            chosen = next((p for p in item.prices if p.kind == "old"), main)  # the price before is struck through
        if chosen is None:
            made.append(None)
        else:
            high = basis == "high" and chosen.high is not None
            made.append(_exact(chosen.high or 0.0 if high else chosen.amount, chosen.text))
    return made


def price_bases(items: Sequence[Item]) -> list[Basis]:
    """The bases that a list's prices could be in order by, that which the cards put forward first."""
    kinds = {p.kind for i in items for p in i.prices}
    ranged = any(p.high is not None for i in items for p in i.prices)
    bases: list[Basis] = ["shown"]
    bases += ["high"] if ranged else []
    bases += ["plain"] if kinds & {"coupon", "member"} else []
    return [*bases, *(k for k in ("coupon", "member", "per", "old") if k in kinds)]


def sold_series(items: Sequence[Item]) -> list[list[Figure | None]]:
    """The counts of each item, one series for each name that counts go by (月销, 已售)."""
    labels = Counter(f.label for i in items for f in {f.label: f for f in i.sold}.values())
    usual = [label for label, n in labels.most_common(3) if n >= 0.5 * len(items)]
    series = [[next((f for f in i.sold if f.label == label), None) for i in items] for label in usual]
    return series or [[next(iter(i.sold), None) for i in items]]


def rating_series(items: Sequence[Item], kind: str) -> list[Figure | None]:
    return [next((f for f in i.ratings if f.label == kind), None) for i in items]


# -- measuring ---------------------------------------------------------------------------------------------------------------


def wrong_way(first: Figure, second: Figure, *, descending: bool) -> bool:
    """Whether `second` certainly must not stand after `first`. Two steps (1万+, 5000+) are compared by their lower ends."""
    if first.floor and second.floor:
        return first.low < second.low if descending else first.low > second.low
    return first.high < second.low if descending else first.low > second.high


def measure(items: Sequence[Item], series: Sequence[Figure | None], basis: Basis, *, descending: bool) -> Measured:
    """Compares the displayed figures of neighbours. Items that do not display it are passed over."""
    rows = [(i, f) for i, f in zip(items, series, strict=True) if f is not None]
    inversions: list[Inversion] = []
    for (a, x), (b, y) in itertools.pairwise(rows):
        if wrong_way(x, y, descending=descending):
            inversions.append(Inversion(a, b, x.text, y.text))
    head = next(
        (n for n, ((_, x), (_, y)) in enumerate(itertools.pairwise(rows), start=1) if wrong_way(x, y, descending=descending)),
        len(rows),
    )  # fmt: skip
    by_page: dict[int, list[Figure]] = {}
    for item, figure in rows:
        by_page.setdefault(item.page, []).append(figure)
    apart = tuple(
        sum(wrong_way(x, y, descending=descending) for x in one for y in two) / (len(one) * len(two))
        for one, two in itertools.pairwise(by_page[p] for p in sorted(by_page))
        if min(len(one), len(two)) >= _LEAST_SERIES
    )
    return Measured(
        basis, descending, len(items), len(rows), len({(f.low, f.high, f.floor) for _, f in rows}), max(0, len(rows) - 1), tuple(inversions),
        tuple(rows[i][0] for i in _outliers([f for _, f in rows], descending)), apart,
        sum(v.first.page == v.second.page for v in inversions), _discord([f for _, f in rows], descending), head,
        _discord([f for _, f in rows[head:]], descending),
    )  # fmt: skip


def _discord(figures: Sequence[Figure], descending: bool) -> float:
    far = [wrong_way(x, y, descending=descending) for x, y in itertools.combinations(figures, 2)]
    return round(sum(far) / len(far), 3) if far else 0.0


def _outliers(figures: Sequence[Figure], descending: bool) -> list[int]:
    """The fewest positions without which nothing stands the wrong way round (the rest is a longest run in order)."""
    n = len(figures)
    length, previous = [1] * n, [-1] * n
    for i in range(n):
        for j in range(i):
            if not wrong_way(figures[j], figures[i], descending=descending) and length[j] + 1 > length[i]:
                length[i], previous[i] = length[j] + 1, j
    at = max(range(n), key=lambda i: length[i], default=-1)
    kept: set[int] = set()
    while at >= 0:
        kept.add(at)
        at = previous[at]
    return [i for i in range(n) if i not in kept]


def either_way(items: Sequence[Item], series: Sequence[Figure | None], basis: Basis) -> Measured:
    """The measure in the direction that fits better, for a control that names none."""
    ways = [measure(items, series, basis, descending=d) for d in (False, True)]
    return min(ways, key=lambda m: (len(m.inversions), m.discord))


def pinned(measures: Sequence[tuple[OrderRead, Measured]], stray: float) -> tuple[Item, ...]:
    """Items that stand out of order at places that hold such items in list after list: the same rank in at least three lists or
    pages, two ranks in two of them, or one item at one rank in two orders. Only lists count that are in order without them, but for a
    share `stray` of their items: in a list that is in no order, anything stands anywhere."""
    rows = [(read, m) for read, m in measures if m.pairs and len(m.outliers) <= _PINNED_MOST * m.shown]
    while rows:
        found = _at_fixed_ranks(rows)
        ranks = {item.rank for item in found}
        kept = [(read, m) for read, m in rows if sum(i.rank not in ranks for i in m.outliers) <= stray * m.shown]
        if len(kept) == len(rows):
            return found
        rows = kept
    return ()


def _at_fixed_ranks(measures: Sequence[tuple[OrderRead, Measured]]) -> tuple[Item, ...]:
    pages: dict[tuple[str, str, int], dict[int, Item]] = {}
    for read, measured in measures:
        for item in measured.outliers:
            name = (read.query, f"{read.seen.control.key}{measured.descending}{read.seen.again}", item.page)
            pages.setdefault(name, {})[item.rank] = item
    counts = Counter(rank for found in pages.values() for rank in found)
    often = {rank for rank, n in counts.items() if n >= 3}
    twice = {rank for rank, n in counts.items() if n >= 2}
    for a, b in itertools.combinations([set(found) & twice for found in pages.values()], 2):
        often |= a & b if len(a & b) >= 2 else set()
    same = Counter(
        (rank, item.key) for (_, _, page), found in pages.items() if page == 1 for rank, item in found.items()
    )
    often |= {rank for (rank, _), n in same.items() if n >= 2}
    return tuple(item for found in pages.values() for rank, item in sorted(found.items()) if rank in often)


def worth_a_picture(listing: Listing, sight: Sight, key: SortKey) -> list[Seen]:
    """Cards of one page whose neighbours may stand the wrong way round: what a picture should show, if any."""
    order = OrderSeen.of_page(listing, key)
    read = read_orders(QuerySeen("", (), orders=(order,)), {sight.id: sight})[0]
    found: list[Seen] = []
    series: list[tuple[Basis, Sequence[Figure | None]]]
    if key == "price":
        series = [("shown", price_series(read.items, "shown"))]
    elif key == "sales":
        series = [("sold", s) for s in sold_series(read.items)]
    else:
        series = [(k, rating_series(read.items, k)) for k in ("rate", "score") if any(rating_series(read.items, k))]
    for basis, values in series:
        measured = (
            either_way(read.items, values, basis)
            if key == "price"
            else measure(read.items, values, basis, descending=True)
        )
        found += [s for v in measured.inversions[:2] for s in (v.first.seen, v.second.seen)]
    return found
