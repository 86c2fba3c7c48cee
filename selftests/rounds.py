"""Which faults can show in one market beside each other: rounds, so that one audit finds a dozen of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gongping.market.faults import FAULTS, Fault
from gongping.market.variant import Variant
from gongping.norm.coverage import judging_tests
from selftests.killing import PLACES, all_duties, duties_by_experiment

MANY = {"library": 8, "home": 3}
"""Faults that an experiment can observe in one market: what is written stands beside other writing, and home has room. Of others one."""

APART = (
    {"terms-tiny", "terms-all-bold", "terms-unmarked", "clause-undisplayed"},
    {"ip-rules-missing", "ip-notices-missing"},
    {"penalties-no-list", "penalties-still-selling"},
    {"terms-missing", "download-missing"},
    {"terms-missing", "terms-three-days"},
    {"terms-missing", "terms-no-party"},
    {"closing-short", "promotion-no-rules", "comments-from-sellers", "comment-rules-centre-only"},
    {"licence-missing", "permit-placeholder", "licence-former-code"},
    {"complaint-form-dead", "hotline-placeholder"},
)
"""Faults that hide one another."""


def together() -> list[tuple[Fault, ...]]:
    """The first desktop fault of each duty, and of each test of one, in as few markets as possible."""
    return _packed(_firsts())


def all_together(device: str) -> list[tuple[Fault, ...]]:
    """Every fault that shows on the device, in as few markets as possible, no two of one duty in one. `mobile`: those that show there alone."""
    own = [f for f in FAULTS.values() if (device in f.devices if device == "desktop" else f.devices == (device,))]
    return _packed(((_observing(f), f) for f in own), alone=True)


def _observing(fault: Fault) -> str:
    """The experiment that notices a fault: one that observes its places for its duty."""
    places = {PLACES.get(p, p) for p in fault.places}
    asked = {name: seen for name, (seen, duties) in duties_by_experiment().items() if fault.duty in duties}
    return next((name for name, seen in asked.items() if seen & places), next(iter(asked)))


def _packed(faults: Iterable[tuple[str, Fault]], alone: bool = False) -> list[tuple[Fault, ...]]:
    """As many in a market as an experiment can observe, as a host has room to name, and as do not hide one another; `alone`: of each duty
    one."""
    rounds: list[list[tuple[str, Fault]]] = []
    for experiment, fault in faults:
        free = next((r for r in rounds if _joins(experiment, fault, r, alone)), None)
        if free is None:
            rounds.append(free := [])
        free.append((experiment, fault))
    return [tuple(f for _, f in r) for r in rounds]


def _joins(experiment: str, fault: Fault, others: list[tuple[str, Fault]], alone: bool) -> bool:
    beside = [f for e, f in others if e == experiment]
    return (
        all(f.days == fault.days and _agree(f.facts, fault.facts) for _, f in others)
        and not (alone and any(f.duty == fault.duty for _, f in others))
        and len([f for f in beside if not f.clause]) < MANY.get(experiment, 1) + bool(fault.clause)
        and not any(fault.name in group and f.name in group for group in APART for _, f in others)
        and _fits([*(f for _, f in others), fault])
    )


def _agree(facts: Mapping[str, str], others: Mapping[str, str]) -> bool:
    return all(others.get(name, said) == said for name, said in facts.items())


def _firsts() -> Iterator[tuple[str, Fault]]:
    """For each duty its first fault with an experiment that notices it; where several tests judge a duty, one for each experiment."""
    tests = judging_tests()
    for duty in all_duties():
        own = [f for f in FAULTS.values() if f.duty == duty and "desktop" in f.devices]
        seen = {name: places for name, (places, duties) in duties_by_experiment().items() if duty in duties}
        if len(tests[duty]) == 1:
            yield from ((next(iter(seen)), f) for f in own[:1])
            continue
        for name, places in seen.items():
            yield from ((name, f) for f in [f for f in own if places & {PLACES.get(p, p) for p in f.places}][:1])


def _fits(faults: list[Fault]) -> bool:
    """Whether one market's host has room for the names of all."""
    try:
        Variant.of("small", [f.name for f in faults])
    except ValueError:
        return False
    return True
