"""The kill matrix: every fault turns its own duty to failed and no other; the clean market and the lookalikes fail nothing.

`make test` sees that a fault of each duty is found, on the desktop, with a small sample and several faults in one market where other
experiments observe them; `make kills` does the same with whole samples and looks at every outcome; `make found` sees every fault found in such company; `make matrix`
tries all faults and lookalikes, each by itself, and prints a table. `FULL=1` audits every duty each time, `DEVICES=mobile` one device only, `CONFIRM=0` leaves
out the second consumer (half the time); `ARGS="-n 2"` uses two processors.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from gongping.market.faults import FAULTS, LOOKALIKES, Fault, Lookalike
from gongping.market.server import Market
from selftests.killing import (
    AFTER_DAYS,
    LEFT_OPEN,
    MATRIX,
    Audited,
    all_duties,
    audit,
    audit_faults,
    days_before,
    declared,
    differences,
    duties_by_experiment,
    touched,
)
from selftests.rounds import all_together, together

FULL = bool(os.environ.get("FULL"))
DEVICES = tuple(os.environ.get("DEVICES", "desktop,mobile").split(","))
CONFIRM = () if os.environ.get("CONFIRM", "1") != "0" else ("--no-confirm",)
Record = Callable[[str, object], None]


@pytest.fixture(scope="session")
def market() -> Iterator[Market]:
    with Market.start() as served:
        yield served


@pytest.fixture(scope="session")
def clean(market: Market, tmp_path_factory: pytest.TempPathFactory) -> Audited:
    """The clean market, audited once a run on both devices (xdist's workers share it)."""
    shared = (
        tmp_path_factory.getbasetemp().parent
        if os.environ.get("PYTEST_XDIST_WORKER")
        else tmp_path_factory.getbasetemp()
    )
    file = shared / "clean.json"
    with FileLock(f"{file}.lock"):
        if not file.exists():
            seen = audit(market, "clean", [], all_duties(), ",".join(DEVICES), shared / "clean")
            file.write_text(
                json.dumps({"outcomes": [[*k, v] for k, v in seen.outcomes.items()], "says": [[*k, v] for k, v in seen.says.items()], "seconds": seen.seconds,
                            "navigations": seen.navigations, "errors": seen.errors, "exit": seen.exit_status, "bundle": str(seen.bundle)})
            )  # fmt: skip
    told = json.loads(file.read_text())
    return Audited(
        {(d, v): o for d, v, o in told["outcomes"]}, {(d, v): s for d, v, s in told["says"]}, told["seconds"], told["navigations"], tuple(told["errors"]),
        told["exit"], Path(told["bundle"]),
    )  # fmt: skip


def judged(switches: dict[str, Fault] | dict[str, Lookalike]) -> list[str]:
    return [name for name, s in switches.items() if s.duty in all_duties()]


def hold(market: Market, clean: Audited, switch: Fault | Lookalike, folder: Path, record: Record) -> None:
    own = getattr(switch, "devices", DEVICES)
    devices = DEVICES if len(own) > 1 else own
    if not set(own) & set(DEVICES):
        pytest.skip(f"{switch.name} shows on {'、'.join(own)} alone")
    duties = all_duties() if FULL else touched(switch)
    days = [days_before(market, duties, ",".join(devices), folder)] if getattr(switch, "days", False) else []
    settings = declared([switch])
    seen = audit(market, "k", [switch.name], duties, ",".join(devices), folder, *CONFIRM, *days, settings=settings)
    wrong = differences(clean, seen, switch, devices)
    changed = {key: outcome for key, outcome in seen.outcomes.items() if outcome != clean.outcomes.get(key)}
    killed = "killed" if all(changed.get((switch.duty, d)) == "failed" for d in devices if d in own) else "ALIVE"
    row = {
        "switch": switch.name,
        "duty": switch.duty,
        "outcome": killed if isinstance(switch, Fault) else "lawful",
        "others": sorted({f"{duty} {outcome}" for (duty, _), outcome in changed.items() if duty != switch.duty}),
        "undeclared": len(wrong),
        "seconds": round(seen.seconds),
    }
    record(MATRIX, json.dumps(row, ensure_ascii=False))
    if isinstance(switch, Fault):
        assert seen.exit_status == 1, f"exit status {seen.exit_status}: {wrong}"
    assert not wrong


@pytest.mark.matrix
def test_the_clean_market_fails_nothing_and_leaves_nothing_open(clean: Audited) -> None:
    assert not clean.errors
    wanted = {k: LEFT_OPEN.get(k[0], "passed") for k in clean.outcomes}
    assert {k: f"{v}: {clean.says[k]}" for k, v in clean.outcomes.items() if v != wanted[k]} == {}
    assert {d for d, _ in clean.outcomes} == set(all_duties())
    assert clean.exit_status == 0


@pytest.mark.matrix
def test_no_device_needs_more_than_its_navigations(clean: Audited) -> None:
    assert all(n <= 300 for n in clean.navigations.values()), clean.navigations


def _name(faults: tuple[Fault, ...]) -> str:
    return "+".join(f.duty for f in faults)


def _round(value: object) -> str:
    return "+".join(f.name for f in value) if isinstance(value, tuple) else str(value)


SMALL = {"queries": ["手机"], "popup_sessions": 2}


@pytest.mark.parametrize("faults", together(), ids=_name)
def test_a_fault_of_each_duty_is_found(faults: tuple[Fault, ...], market: Market, tmp_path: Path) -> None:
    """What the assertions of the norm's tests are for: without one, its duty does not come out as failed here."""
    duties = [f.duty for f in faults]
    seen = audit_faults(market, "small", faults, duties, "desktop", tmp_path, SMALL)
    assert {duty: outcome for (duty, _), outcome in seen.outcomes.items()} == dict.fromkeys(duties, "failed"), seen.says
    assert not seen.errors and seen.exit_status == 1


@pytest.mark.found
@pytest.mark.parametrize(("device", "faults"), [(d, f) for d in DEVICES for f in all_together(d)], ids=_round)
def test_every_fault_is_found(device: str, faults: tuple[Fault, ...], market: Market, tmp_path: Path) -> None:
    """As above, with every fault and whole samples; what others hide is looked for by itself."""
    alive = alive_among(faults, market, device, tmp_path / "together")
    for fault in [f for f in faults if len(faults) > 1 and f.name in alive]:
        del alive[fault.name]
        alive |= alive_among((fault,), market, device, tmp_path / fault.name)
    assert not alive


def alive_among(faults: tuple[Fault, ...], market: Market, device: str, folder: Path) -> dict[str, str]:
    """Those of a market's faults that an audit of their duties does not find, with what it says of them."""
    seen = audit_faults(market, "all", faults, [f.duty for f in faults], device, folder)
    assert not seen.errors
    return {
        f.name: f"{f.duty} {seen.outcomes.get((f.duty, device))}: {seen.says.get((f.duty, device))}"
        for f in faults
        if seen.outcomes.get((f.duty, device)) != "failed"
    }


@pytest.mark.kills
@pytest.mark.parametrize("faults", together(), ids=_name)
def test_a_fault_changes_its_own_duty_and_no_other(faults: tuple[Fault, ...], market: Market, tmp_path: Path) -> None:
    observed = [duties for _, duties in duties_by_experiment().values() if any(f.duty in duties for f in faults)]
    duties = [d for d in all_duties() if any(d in group for group in observed)]
    seen = audit_faults(market, "one", faults, duties, "desktop", tmp_path)
    wanted = {duty: LEFT_OPEN.get(duty, "passed") for duty in duties} | (
        {duty: AFTER_DAYS[duty] for duty in duties if duty in AFTER_DAYS} if faults[0].days else {}
    )
    for fault in faults:
        wanted |= dict(fault.also)
    wanted |= {f.duty: "failed" for f in faults}
    found = {duty: outcome for (duty, _), outcome in seen.outcomes.items()}
    assert found == {d: wanted[d] for d in duties}, seen.says
    assert not seen.errors and seen.exit_status == 1


@pytest.mark.matrix
@pytest.mark.parametrize("name", judged(FAULTS))
def test_every_fault_kills(name: str, market: Market, clean: Audited, tmp_path: Path, record_property: Record) -> None:
    hold(market, clean, FAULTS[name], tmp_path, record_property)


@pytest.mark.matrix
@pytest.mark.parametrize("name", judged(LOOKALIKES))
def test_no_lookalike_fails(name: str, market: Market, clean: Audited, tmp_path: Path, record_property: Record) -> None:
    hold(market, clean, LOOKALIKES[name], tmp_path, record_property)
