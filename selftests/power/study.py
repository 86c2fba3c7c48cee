"""The personas' journey through a simulated shop, without a browser, and what the norm's predicates say of it."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongping.evidence.album import Album
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.observations.ranking import PersonasSeen, Phase, RankedList, Switched
from gongping.pages.journeys.personas import ROUNDS, ROUNDS_OFF, VIEWS
from selftests.power.worlds import Session, World, presets

SHARES = (0.0, 0.05, 0.2, 0.5)
"""Weights of the personal part of the score."""

QUERIES = ("手机", "牛奶", "咖啡")
PEOPLE = ("A", "B", "A2", "B2")


@dataclass(frozen=True)
class Shop:
    """A kind of simulated shop, and how many queries and whether twins the journey has there."""

    preset: str
    share: float
    queries: int = 2
    twins: bool = True
    switch: str = "works"
    """What switching off does: `works`, `inert`, `wears off` (personal again in the last round)."""


def journey(shop: Shop, seed: int) -> PersonasSeen:
    """What the personas' journey would have seen: the same people, lives, rounds and order."""
    world = World(seed=seed, personal_share=shop.share, **presets()[shop.preset])
    names = PEOPLE if shop.twins else PEOPLE[:2]
    queries = QUERIES[: shop.queries]
    people = {name: world.open_session(name) for name in names}
    lists: list[RankedList] = []

    def ask(name: str, session: Session, phase: Phase, query: str, repeat: int, clock: int) -> tuple[str, ...]:
        keys = tuple(session.ask(query, clock))
        lists.append(RankedList(name, phase, query, repeat, "", "", keys))
        return keys

    fresh = {(name, q): ask(name, people[name], "fresh", q, 1, 0) for q in queries for name in names}
    if not shop.twins:
        for name in ("C", "D"):
            session = world.open_session(name)
            for q in queries:
                ask(name, session, "fresh", q, 1, 0)
    each = -(-VIEWS // len(queries))
    for q in queries:
        lives: dict[str, list[str]] = {}
        for who in ("A", "B"):
            priced = sorted(fresh[who, q], key=lambda i: world.catalogue[i].price, reverse=who == "A")
            lives[who] = priced[: max(3, len(priced) // 3)][:each]
        for n in range(max(len(life) for life in lives.values())):
            for name in names:
                if n < len(life := lives[name[0]]):
                    people[name].open(life[n])
    clock = 0
    phases: tuple[tuple[Phase, int], ...] = (("personal", ROUNDS), ("off", ROUNDS_OFF))
    for phase, rounds in phases:
        for repeat in range(1, rounds + 1):
            clock += 1
            kept = shop.switch == "inert" or (shop.switch == "wears off" and repeat == rounds)
            world.personal_share = shop.share if phase == "personal" or kept else 0.0
            turn = (repeat - 1) % len(names)
            for q in queries:
                for name in (*names[turn:], *names[:turn]):
                    ask(name, people[name], phase, q, repeat, clock)
    return PersonasSeen(
        queries=queries, accounts=not shop.twins, actions=dict.fromkeys(names, 30), views=dict.fromkeys(names, VIEWS), lists=tuple(lists),
        switched=tuple(Switched(name, "off", "on", "off") for name in names),
    )  # fmt: skip


@cache
def _norm() -> Predicates:
    return Predicates(load(), Album(Path(tempfile.gettempdir())), "zh-CN")


@cache
def say(task: tuple[Shop, int]) -> tuple[str, str]:
    """Of one shop: whether results are `personal`, `not` or `unknown`; whether the switch `works`, not (`broken`) or `unknown`."""
    seen = journey(*task)
    personal, works = _norm().personalised(seen), _norm().off_works(seen)
    return (
        {"held": "personal", "broken": "not", "unknown": "unknown"}[personal.state],
        {"held": "works", "broken": "broken", "unknown": "unknown"}[works.state],
    )


def shops(**more: int | bool | str) -> Iterable[Shop]:
    """Every preset with every share."""
    return (Shop(preset, share, **more) for preset in presets() for share in SHARES)  # type: ignore[arg-type]


def count(answers: Iterable[str]) -> Counter[str]:
    return Counter(answers)


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    share, square = hits / of, z * z / of
    centre = (share + square / 2) / (1 + square)
    half = z * ((share * (1 - share) + square / 4) / of) ** 0.5 / (1 + square)
    return max(0.0, centre - half), min(1.0, centre + half)


def seeds(number: int, first: int = 1) -> list[int]:
    """Seeds of so many worlds, the same each time."""
    return random.Random(first).sample(range(10**6), number)
