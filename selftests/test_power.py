"""The measure of articles 40.3 and 40.4 has power, and raises no false alarm, in shops simulated blind to it. `make power` has more."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from selftests.power import worlds
from selftests.power.study import Shop, count, say, seeds

FEW = 12
"""Worlds a case: seconds, not minutes. A rate of one in a hundred needs `make power`."""

AS_IT_CAME = "d836056b877e7b3dc6d3812dbd23a1b12e8d228c900a28f8eb3335ec2a592a4f"


def test_the_simulator_is_as_it_came() -> None:
    """Whoever tunes the measure must not tune the worlds."""
    assert hashlib.sha256(Path(worlds.__file__).read_bytes()).hexdigest() == AS_IT_CAME


@pytest.mark.parametrize("preset", worlds.presets())
def test_nobodys_taste_raises_no_alarm(preset: str) -> None:
    said = [say((Shop(preset, 0.0), seed)) for seed in seeds(FEW)]
    assert count(personal for personal, _ in said)["personal"] == 0
    assert count(works for _, works in said)["broken"] == 0


@pytest.mark.parametrize("preset", worlds.presets())
def test_a_half_personal_ranking_is_found(preset: str) -> None:
    said = count(say((Shop(preset, 0.5), seed))[0] for seed in seeds(FEW))
    assert said["not"] == 0
    assert said["personal"] >= (0.6 if preset == "rough" else 0.95) * FEW


@pytest.mark.parametrize("switch", ["inert", "wears off"])
def test_a_switch_that_does_not_work_is_found(switch: str) -> None:
    said = count(say((Shop("replicas", 0.5, switch=switch), seed))[1] for seed in seeds(FEW))
    assert said["broken"] >= 0.9 * FEW


def test_a_switch_that_works_is_not_accused() -> None:
    for preset in ("still", "replicas", "buckets", "drift"):
        assert count(say((Shop(preset, 0.5), seed))[1] for seed in seeds(FEW))["broken"] == 0
