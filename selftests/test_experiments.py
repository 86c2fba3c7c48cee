"""Experiments and their store, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gongping.consumer.experiments import TRIES_OF_HOME, Attempt, Experiment, Run, Stopped, Store
from gongping.consumer.journal import Journal
from gongping.consumer.pace import Pace
from gongping.consumer.walls import Wall, WallName
from gongping.evidence.redact import Redactor
from gongping.targets import resolve


@dataclass(frozen=True)
class Nothing:
    """What a visit saw."""


class Visit(Experiment[Nothing]):
    """Tries home: `home` is the wall there, None where it is reached."""

    places = frozenset({"home"})
    observation = Nothing

    def __init__(self, name: str, home: WallName | None) -> None:
        self.name = name  # type: ignore[misc]
        self.home = home
        self.ran = False

    def run(self, attempt: Attempt) -> Nothing:
        self.ran = True
        if self.home:
            raise Wall(self.home, "HTTP 403", "home", "http://shop.example/")
        attempt.reached("home", "http://shop.example/", "search box")
        return Nothing()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    run = Run(
        target=resolve("http://shop.example/", None),
        bundle=tmp_path,
        journal=Journal(tmp_path / "journal.jsonl", str),
        redactor=Redactor([]),
        pace=Pace(0, tmp_path),
        pages=None,
    )

    def begin(device: str, name: str, number: int) -> Attempt:
        kind: Any = SimpleNamespace(name=device)
        return Attempt(run, kind, name, number, lambda: pytest.fail("no browser is needed"))

    yield Store(run, begin)


def visits(store: Store, *homes: WallName | None, device: str = "desktop") -> list[bool]:
    """Which of some visits really went to home."""
    ran = []
    for number, home in enumerate(homes):
        visit = Visit(f"visit{number}", home)
        seen = store.get(visit, device, 1)
        assert isinstance(seen, Stopped) is (home is not None or not visit.ran)
        ran.append(visit.ran)
    return ran


def test_a_home_that_stays_shut_is_not_tried_by_everybody(store: Store, tmp_path: Path) -> None:
    blocked = [WallName.BLOCKED] * TRIES_OF_HOME
    assert visits(store, *blocked, WallName.BLOCKED, None) == [*[True] * TRIES_OF_HOME, False, False]
    seen = store.get(Visit("last", None), "desktop", 1)
    assert isinstance(seen, Stopped) and (seen.wall, seen.place, seen.url) == (
        "blocked",
        "home",
        "http://shop.example/",
    )
    assert seen.detail == f"HTTP 403; the same {TRIES_OF_HOME} times, so home is not tried again"
    assert store.path("desktop", "last", 1).exists(), "a bundle is judged again by the same words"
    assert visits(store, None, device="mobile") == [True], "another device may be let in"


@pytest.mark.parametrize(
    "homes",
    [
        [None, *[WallName.BLOCKED] * 6, None],
        [WallName.SERVER_ERROR, *[WallName.BLOCKED] * 3, WallName.SERVER_ERROR, WallName.TIMEOUT, None],
        [*[WallName.BUDGET] * 5, None],
    ],
    ids=["reached-once", "now-this-now-that", "only-the-budget"],
)
def test_a_home_that_may_open_is_tried(homes: list[WallName | None], store: Store) -> None:
    assert all(visits(store, *homes))
