"""A small simulated shop whose search ranks goods, possibly by the person who asks.

Every good has a hidden relevance to a query, a popularity, a rating, a price, a brand and a category. A list is the
best goods by

    final = (1 - personal_share) * base + personal_share * personal + noise

where base and personal are each brought to mean 0 and spread 1 over the catalogue before they are mixed, so the share
is a share of comparable things. A person of whom nothing is known gets personal = 0 for every good.

All chance comes from the world's seed and the order in which sessions are opened and requests made. A person's name
never enters any draw: with personal_share 0 the person cannot matter to a list. (The one indirect way, `feedback`,
is off unless asked for, and moves the lists of everybody alike.)
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

BRANDS = ("Aldo", "Birk", "Corvo", "Dune", "Elm", "Fjord", "Gant", "Hale", "Iris", "Juno", "Kite", "Lark")
CATEGORIES = ("audio", "kitchen", "lamps", "bags", "shoes", "toys")
AD_SLOTS = (3, 9, 15, 21, 27, 33, 1, 6, 12, 18, 24, 30)  # 0-based places given to rotating results, in this order
FORMULA = (1.0, 0.55, 0.3, 0.15)  # usual weights of relevance, popularity, rating and margin in the base score
TASTE = (0.5, 0.3, 0.2)  # weights of price level, brand and category in the personal score


def zscores(values: Sequence[float]) -> list[float]:
    """Shift and stretch numbers to mean 0 and spread 1; numbers that are all equal become zeros."""
    mean = math.fsum(values) / len(values)
    spread = math.sqrt(math.fsum((v - mean) ** 2 for v in values) / len(values))
    return [(v - mean) / spread for v in values] if spread > 1e-12 else [0.0] * len(values)


@dataclass(frozen=True)
class Good:
    """One good: what a visitor can see of it, and its hidden rating, margin and starting popularity."""

    id: str
    brand: str
    category: str
    price: float
    level: float  # place of the price inside the good's category: 0 the cheapest, 1 the dearest
    rating: float
    margin: float
    popularity: float


@dataclass
class Session:
    """One visit of one person. The A/B bucket (and a sticky replica) is drawn when it begins and stays."""

    world: World
    person: str
    number: int
    bucket: int
    replica: int
    requests: int = 0
    opened: list[str] = field(default_factory=list)

    def ask(self, query: str, round: int = 0) -> list[str]:
        """Search once; give the good ids, best first."""
        self.requests += 1
        return self.world.rank(self, query, round)

    def open(self, good_id: str) -> None:
        """Open a good's page, which the shop remembers as a sign of taste."""
        self.world.remember(self, good_id)


@dataclass
class World:
    """A catalogue and the way it is ranked. Noise sizes are in units of the base score's spread (which is 1)."""

    seed: int
    goods: int = 120
    personal_share: float = 0.0
    noise: float = 0.0  # fresh per request: size of a new random term for every good at every request
    session_buckets: int = 1  # per session: number of ranking formulas; one is drawn when a session begins
    positions: int = 40  # length of a list
    bucket_spread: float = 0.25  # how far the formulas of the buckets lie from the usual one (if several)
    replicas: int = 1  # copies of the index, each a little out of date in its own fixed way; drawn per request
    replica_spread: float = 0.0  # how far the copies differ
    sticky_replica: bool = False  # the load balancer keeps a session on one copy (then it is noise per session)
    stock_out: float = 0.0  # chance that a good is missing for a whole round, and half of it again per request
    drift: float = 0.0  # slow: how far each good's popularity wanders from one round to the next
    near_ties: float = 0.0  # base scores gather at steps of this size; the order inside a step is redrawn each time
    rotating: int = 0  # places in the list filled with promoted goods, drawn anew per request
    taste_memory: Literal["person", "session"] = "person"  # taste lasts over sessions, or is forgotten with each
    taste_delay: bool = False  # goods opened in a session count only from the person's next session on
    taste_warmup: float = 0.0  # taste counts n / (n + warmup) after n goods opened; 0 is in full from the first
    feedback: float = 0.0  # each opening adds this to the good's popularity, for everybody
    catalogue: dict[str, Good] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Check the settings and lay out the catalogue."""
        if not 0.0 <= self.personal_share <= 1.0:
            raise ValueError("personal_share must be between 0 and 1")
        if min(self.goods, self.positions, self.session_buckets, self.replicas) < 1:
            raise ValueError("goods, positions, session_buckets and replicas must be at least 1")
        if self.taste_memory == "session" and self.taste_delay:
            raise ValueError("taste_delay makes no sense when taste is forgotten with each session")
        self._sessions = 0
        self._history: dict[str, list[tuple[int, str]]] = {}  # person -> (session number, good) in order of opening
        self._boost: dict[str, float] = {}
        self._walk: list[list[float]] = []
        self._relevance: dict[str, list[float]] = {}
        self._copies: dict[tuple[str, int], list[float]] = {}
        self._stock: dict[int, set[str]] = {}
        self._formulas = [self._formula(b) for b in range(self.session_buckets)]
        self.catalogue = {g.id: g for g in self._make_goods()}
        self._list = list(self.catalogue.values())

    # ---------------------------------------------------------------- what a visitor does

    def open_session(self, person: str) -> Session:
        """Begin a visit: draw its bucket (the first bucket is twice as big as each other one) and its replica."""
        self._sessions += 1
        rng = self._rng("session", self._sessions)
        sizes = [2.0] + [1.0] * (self.session_buckets - 1)
        bucket = rng.choices(range(self.session_buckets), sizes)[0]
        return Session(self, person, self._sessions, bucket, rng.randrange(self.replicas))

    def live(
        self, session: Session, dear: bool, views: int = 12, query: str | None = None, round: int = 0
    ) -> list[str]:
        """Let the person open `views` goods of the dear or the cheap third, and give their ids.

        With a query, they are goods of the list that the person is shown (one real request), the upper places more
        often. Without one, they are goods of the whole catalogue, dear or cheap for their category, the popular more
        often. A good is opened twice only when the third has been gone through.
        """
        if query is None:
            shown = sorted(self._list, key=lambda g: -g.popularity)
            priced = sorted(shown, key=lambda g: g.level)
        else:
            shown = [self.catalogue[i] for i in session.ask(query, round)]
            priced = sorted(shown, key=lambda g: g.price)
        third = max(1, len(priced) // 3)
        pool = priced[-third:] if dear else priced[:third]
        place = {g.id: n for n, g in enumerate(shown)}
        rng = self._rng("live", session.number, len(session.opened))
        opened: list[str] = []
        left: list[Good] = []
        for _ in range(views):
            left = left or list(pool)
            good = rng.choices(left, [1 / math.sqrt(1 + place[g.id]) for g in left])[0]
            left.remove(good)
            session.open(good.id)
            opened.append(good.id)
        return opened

    def remember(self, session: Session, good_id: str) -> None:
        """Note that a person opened a good."""
        if good_id not in self.catalogue:
            raise KeyError(good_id)
        session.opened.append(good_id)
        self._history.setdefault(session.person, []).append((session.number, good_id))
        self._boost[good_id] = self._boost.get(good_id, 0.0) + self.feedback

    # ---------------------------------------------------------------- the ranking

    def rank(self, session: Session, query: str, round: int) -> list[str]:
        """Answer one request of a session, with all noise that is switched on."""
        rng = self._rng("request", session.number, session.requests, query, round)
        replica = session.replica if self.sticky_replica else rng.randrange(self.replicas)
        scores = self._final(query, round, session.bucket, self._taste(session))
        copy = self._copy(query, replica)
        missing = self._out_of_stock(round)
        ranked: list[tuple[float, str]] = []
        for good, score, offset in zip(self._list, scores, copy, strict=True):
            fresh = self.noise * rng.gauss(0, 1) + self.near_ties * rng.uniform(-0.1, 0.1)
            gone = rng.random() < self.stock_out / 2
            if not gone and good.id not in missing:
                ranked.append((-(score + offset + fresh), good.id))
        ids = [i for _, i in sorted(ranked)]
        return self._with_rotating(ids, query, rng)[: self.positions]

    def ideal(self, person: str, query: str, round: int = 0, bucket: int = 0) -> list[str]:
        """The list free of chance that a new session of the person in that bucket would get: the truth, for checks."""
        ghost = Session(self, person, self._sessions + 1, bucket, 0)
        scores = self._final(query, round, bucket, self._taste(ghost))
        order = sorted(zip(scores, self.catalogue, strict=True), key=lambda pair: (-pair[0], pair[1]))
        return [i for _, i in order][: self.positions]

    def base_scores(self, query: str, round: int = 0, bucket: int = 0) -> list[float]:
        """Unpersonal score of every good for a query, spread 1, in the order of the catalogue."""
        popularity = [
            g.popularity + w + self._boost.get(g.id, 0.0) for g, w in zip(self._list, self._drifted(round), strict=True)
        ]
        parts = (
            zscores(self._relevance_of(query)),
            zscores(popularity),
            zscores([g.rating for g in self._list]),
            zscores([g.margin for g in self._list]),
        )
        weights = self._formulas[bucket]
        base = zscores(
            [math.fsum(w * v for w, v in zip(weights, row, strict=True)) for row in zip(*parts, strict=True)]
        )
        if self.near_ties > 0:
            steps = [self.near_ties * math.floor(v / self.near_ties + 0.5) for v in base]
            base = zscores([s + 0.05 * (v - s) for s, v in zip(steps, base, strict=True)])
        return base

    def personal_scores(self, history: Sequence[str]) -> list[float]:
        """How well every good fits the taste shown by the goods opened, spread 1; zeros when none was opened.

        Taste is the usual price level (dear or cheap for the category), the brands and the categories opened, the
        latest openings weighing most (half as much 30 openings ago).
        """
        if not history:
            return [0.0] * len(self._list)
        seen = [(0.5 ** (age / 30), self.catalogue[i]) for age, i in enumerate(reversed(history))]
        total = math.fsum(w for w, _ in seen)
        level = math.fsum(w * g.level for w, g in seen) / total
        brand = dict.fromkeys(BRANDS, 0.0)
        category = dict.fromkeys(CATEGORIES, 0.0)
        for w, g in seen:
            brand[g.brand] += w / total
            category[g.category] += w / total
        parts = (
            zscores([-abs(g.level - level) for g in self._list]),
            zscores([math.sqrt(brand[g.brand]) for g in self._list]),
            zscores([math.sqrt(category[g.category]) for g in self._list]),
        )
        return zscores([math.fsum(w * v for w, v in zip(TASTE, row, strict=True)) for row in zip(*parts, strict=True)])

    # ---------------------------------------------------------------- inside

    def _rng(self, *key: object) -> random.Random:
        """A stream of chance of its own for each purpose, so that switching one kind on leaves the others as is."""
        return random.Random(repr((self.seed, *key)))

    def _make_goods(self) -> list[Good]:
        """Lay out goods: prices by category and brand tier, popularity with a long tail, ratings bunched high."""
        rng = self._rng("goods")
        tier = {b: rng.gauss(0, 0.45) for b in BRANDS}
        usual = {c: rng.gauss(3.4, 0.3) for c in CATEGORIES}
        raw: list[tuple[str, str, float]] = []
        for n in range(self.goods):
            brand, category = rng.choice(BRANDS), CATEGORIES[n % len(CATEGORIES)]
            raw.append((brand, category, math.exp(usual[category] + tier[brand] + rng.gauss(0, 0.35))))
        rng.shuffle(raw)
        goods = []
        for n, (brand, category, price) in enumerate(raw):
            peers = sorted(p for _, c, p in raw if c == category)
            level = peers.index(price) / max(1, len(peers) - 1)
            popularity = math.log1p(rng.paretovariate(1.1)) - 0.3 * (level - 0.5)  # the cheap sells a little better
            rating = min(5.0, rng.gauss(4.3, 0.35) + 0.2 * (level - 0.5))
            goods.append(
                Good(f"g{n:03d}", brand, category, math.floor(price) + 0.99, level, rating, rng.gauss(0, 1), popularity)
            )
        return goods

    def _formula(self, bucket: int) -> tuple[float, ...]:
        """Weights of one bucket: the usual ones for bucket 0, shifted for the others."""
        if bucket == 0:
            return FORMULA
        rng = self._rng("formula", bucket)
        return tuple(w + self.bucket_spread * rng.gauss(0, 1) * (0.5 + w / 2) for w in FORMULA)

    def _relevance_of(self, query: str) -> list[float]:
        """Hidden relevance of each good to a query: one main category, one related, and the words of the title."""
        if query not in self._relevance:
            rng = self._rng("query", query)
            main, related = rng.sample(CATEGORIES, 2)
            brand = rng.choice(BRANDS)
            self._relevance[query] = [
                1.6 * (g.category == main)
                + 0.8 * (g.category == related)
                + 0.2 * (g.brand == brand)
                + rng.gauss(0, 0.6)
                for g in self._list
            ]
        return self._relevance[query]

    def _drifted(self, round: int) -> list[float]:
        """What each good's popularity has gained or lost by a round (rounds count from 0, where nothing has moved)."""
        if round < 0:
            raise ValueError("rounds count from 0")
        while len(self._walk) <= round:
            rng = self._rng("drift", len(self._walk))
            last = self._walk[-1] if self._walk else None
            steps = [self.drift * rng.gauss(0, 1) for _ in self._list]
            self._walk.append([0.97 * a + b for a, b in zip(last, steps, strict=True)] if last else [0.0] * len(steps))
        return self._walk[round]

    def _copy(self, query: str, replica: int) -> list[float]:
        """The fixed way in which one copy of the index is off for a query."""
        if (query, replica) not in self._copies:
            rng = self._rng("replica", query, replica)
            self._copies[query, replica] = [
                self.replica_spread * rng.gauss(0, 1) if self.replicas > 1 else 0.0 for _ in self._list
            ]
        return self._copies[query, replica]

    def _out_of_stock(self, round: int) -> set[str]:
        """Goods that nobody can get in a round."""
        if round not in self._stock:
            rng = self._rng("stock", round)
            self._stock[round] = {i for i in self.catalogue if rng.random() < self.stock_out}
        return self._stock[round]

    def _taste(self, session: Session) -> list[float]:
        """Personal score of every good for whoever is behind a session."""
        history = self._history.get(session.person, [])
        if self.taste_memory == "session":
            history = [h for h in history if h[0] == session.number]
        elif self.taste_delay:
            history = [h for h in history if h[0] < session.number]
        trust = len(history) / (len(history) + self.taste_warmup) if history else 0.0
        return [trust * v for v in self.personal_scores([i for _, i in history])]

    def _final(self, query: str, round: int, bucket: int, taste: Sequence[float]) -> list[float]:
        """Mix the unpersonal and the personal score."""
        base = self.base_scores(query, round, bucket)
        share = self.personal_share
        if share == 0.0:
            return base
        return [(1 - share) * b + share * t for b, t in zip(base, taste, strict=True)]

    def _with_rotating(self, ids: list[str], query: str, rng: random.Random) -> list[str]:
        """Put promoted goods, drawn from the query's dozen (those in stock), in the rotating places."""
        if self.rotating <= 0:
            return ids
        stocked = set(ids)
        pool = self._rng("promoted", query).sample(list(self.catalogue), min(12, len(self.catalogue)))
        pool = [i for i in pool if i in stocked]
        slots = sorted(s for s in AD_SLOTS[: self.rotating] if s < min(self.positions, len(ids)))
        drawn = rng.sample(pool, min(len(slots), len(pool)))
        mixed = [i for i in ids if i not in drawn]
        for slot, good_id in zip(slots, drawn, strict=False):
            mixed.insert(slot, good_id)
        return mixed


def presets() -> dict[str, dict[str, Any]]:
    """Settings of some worlds by name, to be given to World beside seed and personal_share."""
    return {
        "still": {},
        "replicas": {"noise": 0.03, "replicas": 3, "replica_spread": 0.05, "stock_out": 0.005},
        "buckets": {"session_buckets": 4, "bucket_spread": 0.25},
        "drift": {"drift": 0.12, "stock_out": 0.01},
        "ties": {"near_ties": 0.25},
        "rotating": {"rotating": 3},
        "rough": {
            "noise": 0.05,
            "replicas": 3,
            "replica_spread": 0.06,
            "stock_out": 0.01,
            "session_buckets": 4,
            "bucket_spread": 0.25,
            "drift": 0.12,
            "near_ties": 0.1,
            "rotating": 3,
        },
    }


def same_of_top(one: Sequence[str], other: Sequence[str], top: int = 20) -> int:
    """How many of the first `top` goods two lists have in common."""
    return len(set(one[:top]) & set(other[:top]))


def main() -> None:
    """Print first lists of two opposite persons for each preset and share, and what they have in common."""
    query = "lamp"
    for name, settings in presets().items():
        for share in (0.0, 0.05, 0.2, 0.5):
            world = World(seed=1, personal_share=share, **settings)
            for person, dear in (("A", True), ("B", False)):
                world.live(world.open_session(person), dear=dear, views=12)
            a, b, again = (world.open_session(p).ask(query, 0) for p in ("A", "B", "A"))
            later = world.open_session("A").ask(query, 5)
            print(
                f"{name}, share {share}: of the top 20, A/B {same_of_top(a, b)} the same,"
                f" A/A {same_of_top(a, again)}, A five rounds later {same_of_top(a, later)}"
            )
            for person, ids in (("A", a), ("B", b)):
                mean = sum(world.catalogue[i].price for i in ids[:20]) / 20
                print(f"  {person} (mean price {mean:6.2f})  {' '.join(ids[:12])}")


if __name__ == "__main__":
    main()
