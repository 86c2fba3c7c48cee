"""Which of xdist's workers runs what: tests that share an experiment stay together, so that none is made twice.

The groups are known where tests are collected, in the workers, and needed where they are handed out, in the controller: they travel in
a file of the bundle. (xdist's own `loadgroup` writes them into the node ids, which newer versions of pytest compute.)
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

_FILE = ".groups.json"

_LONG = ("personas", "popups", "search", "checkout")
"""Experiments that take long, the longest first (measured on the market): begun early, so that none is waited for alone at the end."""


class ExperimentScheduling(LoadScopeScheduling):  # type: ignore[misc]  # xdist tells no types
    """Hands out whole groups, long ones first, the others in the order of collection."""

    def __init__(self, config: pytest.Config, log: Callable[..., Any], bundle: Path) -> None:
        config.option.loadscopereorder = False  # how many tests a group has says nothing about how long it takes
        super().__init__(config, log)
        self._file = bundle / _FILE
        self._groups: dict[str, str] = {}

    def _split_scope(self, nodeid: str) -> str:
        if not self._groups:
            self._groups = json.loads(self._file.read_text(encoding="utf-8"))
        return self._groups.get(nodeid, nodeid)

    def _assign_work_unit(self, node: Any) -> None:
        longest = min(self.workqueue, key=_rank)
        self.workqueue.move_to_end(longest, last=False)
        super()._assign_work_unit(node)


def _rank(group: str) -> int:
    name = group.rpartition("-")[2]
    return _LONG.index(name) if name in _LONG else len(_LONG)


def tell(items: Iterable[pytest.Item], bundle: Path) -> None:
    """Writes down which tests belong together; every worker writes the same."""
    draft = bundle / f"{_FILE}.{os.getpid()}"
    draft.write_text(json.dumps(groups(items)), encoding="utf-8")
    draft.replace(bundle / _FILE)


def groups(items: Iterable[pytest.Item]) -> dict[str, str]:
    """The group of each judging test, by node id. A fixture that asks for `observations` is an experiment; tests on one device that are
    linked by one, or by a chain of them, belong together."""
    asked: list[tuple[str, str, set[str]]] = []
    for item in items:
        if not item.get_closest_marker("duty") or not isinstance(item, pytest.Function):
            continue
        device = item.callspec.params.get("audited_device", "") if hasattr(item, "callspec") else ""
        known = item._fixtureinfo.name2fixturedefs
        asked.append(
            (item.nodeid, str(device), {n for n, defs in known.items() if defs and "observations" in defs[-1].argnames})
        )
    leader: dict[str, str] = {}

    def lead(name: str) -> str:
        while leader.setdefault(name, name) != name:
            name = leader[name]
        return name

    for _, _, names in asked:
        first, *others = sorted(names) or [""]
        for other in others:
            leader[lead(other)] = lead(first)
    return {nodeid: f"{device}-{lead(min(names))}" if names else nodeid for nodeid, device, names in asked}
