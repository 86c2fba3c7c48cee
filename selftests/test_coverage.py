"""`gongping norm` tells what is judged and what is a gap."""

from __future__ import annotations

import json

import pytest

from gongping.norm import load
from gongping.norm.coverage import main, rows


def test_every_duty_has_a_row_and_the_judged_ones_are_proved() -> None:
    found = rows()
    assert len(found) == 170
    judged = [r for r in found if r.tests]
    assert {"6.1", "13.1", "24.2", "24.3", "29.1", "40.1", "40.3", "40.4", "42.2", "52.1", "52.2"} <= {
        r.duty for r in judged
    }
    for row in judged:
        assert row.mode in ("automatic", "semiAuto")
        if load().duty(row.duty).fail:  # what the norm only encourages can't be broken
            assert row.faults, f"{row.duty} has no fault that only it catches"
        assert row.lookalikes, f"{row.duty} has no lookalike that it leaves alone"
        assert not row.gap
    assert next(r for r in found if r.duty == "14.1").mode == "notVisible"


def test_gaps_are_what_a_browser_could_see(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json", "--gaps"]) == 0
    gaps = json.loads(capsys.readouterr().out)
    assert gaps
    assert all(g["gap"] and not g["tests"] and g["observability"] not in ("attestation", "none") for g in gaps)
