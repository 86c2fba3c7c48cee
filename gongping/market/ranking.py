"""Search, order and personalise; and the paid slots."""

import math
import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PAGE_SIZE = 12
AD_RANKS = (1, 5, 10)  # zero-based places of the paid slots within a page of organic results
TOP_RANKS = (0, 1, 2)
PINS = (2, 7)  # zero-based places of what the fault sort-pinned moves up
HISTORY = 60  # most recent views that count

SORTS = {
    "default": "综合",
    "sales": "销量",
    "price_asc": "价格从低到高",
    "price_desc": "价格从高到低",
    "credit": "信用",
    "new": "新品",
}
_KEYS: dict[str, Callable[[sqlite3.Row], tuple[int, ...]]] = {
    "sales": lambda g: (-g["sales"], g["id"]),
    "price_asc": lambda g: (g["price"], g["id"]),
    "price_desc": lambda g: (-g["price"], g["id"]),
    "credit": lambda g: (-g["praise"], -g["reviews"], g["id"]),
}


@dataclass(frozen=True)
class Taste:
    """What a view history says: shares of brands and kinds, the mean price band (0..1), and its weight (0..1)."""

    brands: Mapping[str, float]
    kinds: Mapping[str, float]
    band: float
    weight: float


@dataclass(frozen=True)
class Card:
    """One place in the result list."""

    goods: Mapping[str, Any]
    campaign: int = 0
    """Number of the paid campaign, 0 for an organic result."""


def taste(db: sqlite3.Connection, owner: str) -> Taste | None:
    """The taste of a visitor or user, None without history."""
    seen = db.execute(
        "SELECT g.brand, g.kind, g.band FROM views v JOIN goods g ON g.id = v.goods_id WHERE v.owner = ?"
        " ORDER BY v.id DESC LIMIT ?",
        (owner, HISTORY),
    ).fetchall()
    if not seen:
        return None
    n = len(seen)
    return Taste(
        brands={brand: count / n for brand, count in Counter(row["brand"] for row in seen).items()},
        kinds={kind: count / n for kind, count in Counter(row["kind"] for row in seen).items()},
        band=sum(row["band"] for row in seen) / n,
        weight=n / (n + 3),
    )


def score(goods: sqlite3.Row, liking: Taste | None) -> float:
    """The 综合 score: sales and reviews, and the taste where there is one."""
    base: float = 0.12 * math.log10(goods["sales"] + 1) + (goods["praise"] - 930) / 400
    if liking is None:
        return base
    near: float = 1 - 2 * abs(goods["band"] - liking.band)
    fit = 0.9 * liking.brands.get(goods["brand"], 0) + 0.5 * liking.kinds.get(goods["kind"], 0) + near
    return base + liking.weight * fit


def search(db: sqlite3.Connection, query: str, category: str = "") -> list[sqlite3.Row]:
    """Goods whose title, brand or category holds every word of the query, by id."""
    where, values = ["1"], []
    for word in query.split():
        where.append("(instr(lower(g.title), ?) OR instr(lower(g.brand), ?))")
        values += [word.lower(), word.lower()]
    if category:
        where.append("g.category = ?")
        values.append(category)
    return db.execute(
        "SELECT g.*, s.name AS seller FROM goods g JOIN sellers s ON s.id = g.seller_id"
        f" WHERE {' AND '.join(where)} ORDER BY g.id",
        values,
    ).fetchall()


def order(found: Sequence[sqlite3.Row], sort: str, liking: Taste | None, searched: bool = False) -> list[sqlite3.Row]:
    """The found goods in the order that `sort` names; only 综合 knows a taste. `searched`: they answer a query."""
    if sort == "new":
        return sorted(sorted(found, key=lambda g: int(g["id"])), key=lambda g: str(g["listed"]), reverse=True)
    if sort in _KEYS:
        return sorted(found, key=_KEYS[sort])
    meant = Counter(g["kind"] for g in found).most_common(1)[0][0] if searched and found else ""
    # Who types 手机 means phones before phone stands.
    return sorted(found, key=lambda g: (-score(g, liking) - 0.3 * (g["kind"] == meant), g["id"]))


def paid(found: Sequence[sqlite3.Row], page: int, liking: Taste | None = None) -> list[sqlite3.Row]:
    """The goods in the paid slots of a page: the highest bids, in turn over the pages."""
    bidders = [g for g in found if g["bid"]]
    bidders.sort(key=lambda g: (-score(g, liking) if liking else -g["bid"], g["id"]))
    if not bidders:
        return []
    start = (page - 1) * len(AD_RANKS)
    count = min(len(AD_RANKS), len(bidders))
    return [bidders[(start + i) % len(bidders)] for i in range(count)]


def varied(goods: Sequence[sqlite3.Row], count: int, of_a_kind: int = 2) -> list[sqlite3.Row]:
    """The first goods of a list, but no more than a few of one kind."""
    taken: Counter[str] = Counter()
    chosen = []
    for item in goods:
        taken[item["kind"]] += 1
        if taken[item["kind"]] <= of_a_kind:
            chosen.append(item)
    return chosen[:count]


def page_of(
    organic: Sequence[sqlite3.Row], page: int, ads: Sequence[sqlite3.Row], ranks: Sequence[int] = AD_RANKS
) -> list[Card]:
    """One page of results with its paid slots at fixed places."""
    cards = [Card(dict(g)) for g in organic[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]]
    for rank, goods in zip(ranks, ads, strict=False):
        if rank <= len(cards):
            cards.insert(rank, Card(dict(goods), campaign=7000 + goods["id"]))
    return cards


def pin(organic: Sequence[sqlite3.Row]) -> list[sqlite3.Row]:
    """The list with its last two goods moved up to fixed places."""
    moved = list(organic)
    if len(moved) > 2 * PAGE_SIZE // 2:
        for place in PINS:
            moved.insert(place, moved.pop())
    return moved


def shaken(organic: Sequence[sqlite3.Row], session: str) -> list[sqlite3.Row]:
    """The list as a ranking experiment gives it that draws anew for each session, by `session` alone: goods some places up or down."""
    draw = random.Random(session)
    places = [(place + draw.gauss(0, PAGE_SIZE / 2), place) for place in range(len(organic))]
    return [organic[place] for _, place in sorted(places)]


def by_page(organic: Sequence[sqlite3.Row], sort: str) -> list[sqlite3.Row]:
    """The list cut into pages as it stands, each of them ordered by itself."""
    return [
        goods
        for start in range(0, len(organic), PAGE_SIZE)
        for goods in order(organic[start : start + PAGE_SIZE], sort, None)
    ]


def coupon(goods: Mapping[str, Any] | sqlite3.Row) -> int:
    """Fen that a coupon takes off: a tenth to a half of the price, as the seller likes."""
    share = (13 * int(goods["id"])) % 5 + 1
    return int(goods["price"]) * share // 1000 * 100


def pages(organic: Sequence[sqlite3.Row]) -> int:
    """How many pages a list fills, at least one."""
    return max(1, math.ceil(len(organic) / PAGE_SIZE))
