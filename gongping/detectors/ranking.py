"""Agreement of rankings, and whether a list changed. No thresholds of the norm in here."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

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
class Comparison:
    """Agreement for one query in one phase. `between`: A with B; `floor`: what agreement is worth here when nobody's traits
    differ, the lowest of the medians of a persona's repeats, of fresh sessions, and of A and B before they had a history.
    `delta` = floor - between. `separate`: every A-B pair agrees less than every pair of the floor."""

    query: str
    phase: Phase
    between: float | None
    floor: float | None
    separate: bool
    pairs: int
    depth: int
    lowest: float | None = None
    highest: float | None = None

    @property
    def delta(self) -> float | None:
        return None if self.between is None or self.floor is None else round(self.floor - self.between, 4)


def _pairs(first: Iterable[RankedList], second: Iterable[RankedList] | None, depth: int) -> list[float]:
    """Agreements of all pairs, of one set among itself where `second` is None."""
    ones = list(first)
    couples = itertools.combinations(ones, 2) if second is None else itertools.product(ones, list(second))
    return [found for a, b in couples if (found := agreement(a.keys, b.keys, depth)) is not None]


def compare(lists: Sequence[RankedList], query: str, phase: Phase, depth: int, *, blank_start: bool) -> Comparison:
    """A against B for a query in a phase. `blank_start`: A and B had no history at first, so that a difference then is noise too
    (a ranking experiment that puts sessions into groups)."""
    here = [x for x in lists if x.query == query and not x.wall]

    def of(persona: str, phase: Phase) -> list[RankedList]:
        return [x for x in here if x.persona == persona and x.phase == phase]

    between = _pairs(of("A", phase), of("B", phase), depth)
    blank = [x for who in ("ABCD" if blank_start else "CD") for x in of(who, "fresh")]
    kinds = [[p for who in "AB" for p in _pairs(of(who, phase), None, depth)], _pairs(blank, None, depth)]
    floors = [f for f in kinds if f]
    lowest_floor = min((min(f) for f in floors), default=None)
    return Comparison(
        query=query,
        phase=phase,
        between=median(between) if between else None,
        floor=min(median(f) for f in floors) if floors else None,
        separate=bool(between and floors) and max(between) < (lowest_floor or 0.0),
        pairs=len(between),
        depth=min((len(x.keys) for who in "AB" for x in of(who, phase)), default=0) if between else 0,
        lowest=min(between, default=None),
        highest=max(between, default=None),
    )


def compare_all(
    lists: Sequence[RankedList], queries: Sequence[str], phase: Phase, depth: int, *, blank_start: bool
) -> tuple[Comparison, ...]:
    """One comparison a query, of those that both personas got an answer to."""
    made = [compare(lists, q, phase, depth, blank_start=blank_start) for q in queries]
    return tuple(c for c in made if c.between is not None)
