"""Agreement of rankings, and whether a list changed. No thresholds of the norm in here."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import mean

from rbo import RankingSimilarity

from gongping.observations.ranking import Phase, RankedList

P = 0.9
"""Persistence of rank-biased overlap: nine tenths of the weight lie on the first 20 or so ranks (norm.yaml, rank_agreement)."""

_LEAST = 3
"""A list shorter than this has no order to speak of (convention)."""


def agreement(a: Sequence[str], b: Sequence[str], depth: int) -> float | None:
    """Rank-biased overlap (0 disjoint .. 1 equal), extrapolated, over the first `depth` results; None where a list is too short.

    Both lists are cut to the length of the shorter one: a page with a paid slot more must not look like another ranking.
    """
    one, two = (list(dict.fromkeys(keys)) for keys in (a, b))
    k = min(len(one), len(two), depth)
    if k < _LEAST:
        return None
    return round(float(RankingSimilarity(one[:k], two[:k]).rbo_ext(p=P)), 4)


_agreement = lru_cache(maxsize=4096)(agreement)
"""The same, remembered: several judgements compare the same lists."""


def order_changed(before: Sequence[str], after: Sequence[str]) -> bool | None:
    """Whether a list of keys stands in another order: its common items are in another order, or over a third of them are others
    (paid slots that rotate are fewer). None where a list is too short to tell."""
    if min(len(before), len(after)) < _LEAST:
        return None
    common = set(before) & set(after)
    if len(common) < 2 / 3 * min(len(before), len(after)):
        return True
    return [k for k in dict.fromkeys(before) if k in common] != [k for k in dict.fromkeys(after) if k in common]


def monotone(values: Sequence[float | None], *, descending: bool) -> bool | None:
    """Whether displayed keys stand in order; None where fewer than two thirds are displayed, or they are all one."""
    known = [v for v in values if v is not None]
    if len(known) < max(_LEAST, 2 / 3 * len(values)) or len(set(known)) < 2:
        return None
    pairs = list(itertools.pairwise(known))
    return all(a >= b if descending else a <= b for a, b in pairs)


@dataclass(frozen=True)
class Round:
    """Mean agreements of lists to one query in one round. `between`: of the people with opposite histories; `floor`: what agreement
    is worth here where nobody's traits differ, of each person with its control twin."""

    between: float
    floor: float

    @property
    def gap(self) -> float:
        return self.floor - self.between


@dataclass(frozen=True)
class Comparison:
    """A and its twin against B and its twin for one query in one phase, over all rounds (means).

    `floor` comes from the twins of the same round where there are twins; else it is the lower one of a person's own repeats and of two
    fresh sessions. `repeats`: a person's own lists over the rounds. `before`: the same round before anybody had a history in
    this run. What a session brings along, a ranking experiment that puts it into a group, shows then already.
    """

    query: str
    phase: Phase
    rounds: tuple[Round, ...]
    before: Round | None
    repeats: float | None
    twins: bool
    pairs: int
    controls: int
    depth: int
    lowest: float | None = None
    highest: float | None = None

    @property
    def between(self) -> float | None:
        return round(mean(r.between for r in self.rounds), 4) if self.rounds else None

    @property
    def floor(self) -> float | None:
        return round(mean(r.floor for r in self.rounds), 4) if self.rounds else None

    @property
    def between_sessions(self) -> float | None:
        """How much less twins agree than a person's own repeats: what a session brings along (a group of an experiment). None where
        there are no twins."""
        if not self.twins or self.repeats is None or self.floor is None:
            return None
        return round(self.repeats - self.floor, 4)

    @property
    def gap(self) -> float | None:
        """How much less A and B agree than the floor."""
        return round(mean(r.gap for r in self.rounds), 4) if self.rounds else None

    @property
    def early(self) -> float:
        """The part of the gap that was there before the history. With twins it may be negative: a twin that fell into another group."""
        if self.before is None:
            return 0.0
        return round(self.before.gap if self.twins else max(0.0, self.before.gap), 4)

    @property
    def delta(self) -> float | None:
        """The part of the gap that came with the history."""
        return None if self.gap is None else round(self.gap - self.early, 4)


@dataclass(frozen=True)
class Pooled:
    """The mean difference over all queries, with a confidence interval: `low` to `high`; None where no round was repeated."""

    delta: float
    low: float | None
    high: float | None
    queries: int
    rounds: int


def _pairs(first: Iterable[RankedList], second: Iterable[RankedList] | None, depth: int) -> list[float]:
    """Agreements of all pairs, of one set among itself where `second` is None."""
    ones = list(first)
    couples = itertools.combinations(ones, 2) if second is None else itertools.product(ones, list(second))
    return [found for a, b in couples if (found := _agreement(a.keys, b.keys, depth)) is not None]


def compare(lists: Sequence[RankedList], query: str, phase: Phase, depth: int) -> Comparison:
    """What the people got for a query in a phase, against the floor."""
    here = [x for x in lists if x.query == query and not x.wall]
    now = [x for x in here if x.phase == phase]
    people = sorted({x.persona for x in now})
    repeats = [p for who in people for p in _pairs((x for x in now if x.persona == who), None, depth)]
    strangers = _pairs((x for x in here if x.persona in ("C", "D") and x.phase == "fresh"), None, depth)
    alone = min((mean(kind) for kind in (repeats, strangers) if kind), default=None)
    twins = any(_of(now, r, who, depth) for r in {x.repeat for x in now} for who in "AB")

    def side(among: Sequence[RankedList], who: str) -> list[RankedList]:
        return [x for x in among if x.persona[0] == who and (twins or x.persona == who)]

    def one_round(among: Sequence[RankedList]) -> tuple[Round | None, list[float], list[float]]:
        between = _pairs(side(among, "A"), side(among, "B"), depth)
        control = [p for who in "AB" for p in _pairs(side(among, who), None, depth)] if twins else []
        floor = mean(control) if control else None if twins else alone
        made = Round(mean(between), floor) if between and floor is not None else None
        return made, between, control

    made = [one_round([x for x in now if x.repeat == r]) for r in sorted({x.repeat for x in now})]
    between = [p for _, found, _ in made for p in found]
    return Comparison(
        query=query,
        phase=phase,
        rounds=tuple(r for r, _, _ in made if r),
        before=one_round([x for x in here if x.phase == "fresh"])[0],
        repeats=round(mean(repeats), 4) if repeats else None,
        twins=twins,
        pairs=len(between),
        controls=sum(len(c) for _, _, c in made) if twins else len(repeats) + len(strangers),
        depth=min((len(x.keys) for x in now), default=0) if between else 0,
        lowest=min(between, default=None),
        highest=max(between, default=None),
    )


def _of(lists: Sequence[RankedList], repeat: int, who: str, depth: int) -> list[float]:
    """Agreements of a person with its twin in a round."""
    return _pairs((x for x in lists if x.repeat == repeat and x.persona[0] == who), None, depth)


def compare_all(
    lists: Sequence[RankedList], queries: Sequence[str], phase: Phase, depth: int
) -> tuple[Comparison, ...]:
    """One comparison a query, of those that both personas got an answer to."""
    made = [compare(lists, q, phase, depth) for q in queries]
    return tuple(c for c in made if c.pairs)


def pool(
    comparisons: Sequence[Comparison], confidence: float, noise: Sequence[Comparison] = (), *, early: bool = True
) -> Pooled | None:
    """The mean difference over the queries and its two-sided interval by Student's t. None where nothing can be compared.

    Its variance is that of the gaps over the rounds of a query, pooled over the queries of `comparisons` and of `noise` (another phase of
    the same shop). Taking away the gap before the history adds the noise of one round more (`early`: whether it is taken away).
    """
    from scipy.special import stdtrit  # half a second, which only this needs

    usable = [c for c in comparisons if c.rounds]
    if not usable:
        return None
    deltas = [(c.delta if early else c.gap) or 0.0 for c in usable]
    spread = [c for c in (*usable, *noise) if c.rounds]
    free = sum(len(c.rounds) - 1 for c in spread)
    centre = round(mean(deltas), 4)
    rounds = sum(len(c.rounds) for c in usable)
    if not free:
        return Pooled(centre, None, None, len(usable), rounds)
    squares = sum((r.gap - mean(x.gap for x in c.rounds)) ** 2 for c in spread for r in c.rounds)
    weights = sum(1 / len(c.rounds) + (1.0 if early and c.before else 0.0) for c in usable)
    half = float(stdtrit(free, (1 + confidence) / 2)) * math.sqrt(squares / free * weights) / len(usable)
    return Pooled(centre, round(centre - half, 4), round(centre + half, 4), len(usable), rounds)
