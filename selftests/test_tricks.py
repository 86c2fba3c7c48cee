"""The guard against a market that tries to trick the walker: in observe mode its tables are the same before and after."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongping.consumer.consumer import Consumer
from gongping.consumer.guard import Effect
from selftests.conftest import Maker, journal, run_pytest
from selftests.tricks import TRICKS, Tricky

DUTIES = ("6.1", "40.1")
"""What the audit looks at: home with its layers and documents, and the sorted list."""

ENTRY = """targets:
  tricky:
    url: {url}
    mode: observe
    queries: [手机]
    accounts:
      shopper: {{username: shopper, password: gongping-2026}}
"""


@pytest.fixture(scope="module")
def tricky() -> Iterator[Tricky]:
    with Tricky() as market:
        yield market


@pytest.fixture
def watched(consume: Maker) -> Consumer:
    """A consumer of observe mode. Each trick has one of its own: what the trick before still sends would meet the next page on its way."""
    return consume(budget=1000, wall_seconds=20)


@pytest.fixture
def free(consume: Maker) -> Consumer:
    """A consumer whose guard allows all."""
    return consume(Effect.COMMITMENT, budget=1000, wall_seconds=20)


def spring(consumer: Consumer, market: Tricky, name: str, seconds: float) -> bool:
    """Does what springs a trick, as no page object would, past the first lock. Whether a table changed within that time."""
    before, trick = market.snapshot(), TRICKS[name]
    query = "&q=手机" if trick.path == "/search" else ""
    consumer.page.goto(f"{market.url.rstrip('/')}{trick.path}?trick={name}{query}", wait_until="domcontentloaded")
    trick.press(consumer.page)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        consumer.page.wait_for_timeout(40)
        if market.snapshot() != before:
            break
    return market.snapshot() != before


@pytest.mark.parametrize("name", TRICKS)
def test_a_trick_works_on_who_is_not_guarded(name: str, free: Consumer, tricky: Tricky) -> None:
    """The proof that what follows can fail."""
    assert spring(free, tricky, name, 5)


@pytest.mark.parametrize("name", [name for name, trick in TRICKS.items() if not trick.walker])
def test_a_trick_off_the_way_leaves_nothing_in_observe_mode(name: str, watched: Consumer, tricky: Tricky) -> None:
    assert not spring(watched, tricky, name, 0.3)
    watched.guard.note_stopped(watched.page)
    assert any(name in what for what in watched.guard.stopped), "it was not even tried"


def test_an_audit_in_observe_mode_leaves_the_tables_as_they_were(tricky: Tricky, tmp_path: Path) -> None:
    (tmp_path / "targets.yaml").write_text(ENTRY.format(url=tricky.url), encoding="utf-8")
    before = tricky.snapshot()
    ran = run_pytest(
        tmp_path,
        *("--pyargs", "gongping.tests", "--target=tricky", "--devices=desktop", "--no-confirm", "-q"),
        *(f"--duty={duty}" for duty in DUTIES),
        timeout=300,
    )
    assert tricky.snapshot() == before, ran.out
    tried = {
        name
        for line in journal(ran.bundle, "stopped", "refused")
        for name in TRICKS
        if name in f"{line['what']} {line.get('href', '')}"
    }
    assert {name for name, trick in TRICKS.items() if trick.walker} <= tried
