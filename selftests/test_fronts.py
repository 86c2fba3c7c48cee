"""A part of `make fronts`: a shop of plain elements and one of scripts, audited with nothing configured but accounts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from selftests.fronts import run

PART = {"divsoup": ("29.1", "42.2"), "waimai": ("6.1",)}


@pytest.mark.parametrize("name", PART)
def test_a_front_is_audited_right(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "DEVICES", "desktop")
    monkeypatch.setitem(os.environ, "ARGS", "--no-confirm")
    result = run.run(name, tmp_path, PART[name])
    assert {key: kind for key, (_, _, kind) in result.duties.items()} == {
        (d, "desktop"): "right" for d in PART[name]
    }, result.says
    assert not result.notes


def test_what_nobody_could_decide_is_never_wrong_but_failed() -> None:
    truth = {"outcome": "passed"}
    assert run.kind_of(truth, "passed") == "right"
    assert run.kind_of(truth, "cantTell") == "undecided"
    assert run.kind_of(truth, "failed") == run.kind_of(truth, "inapplicable") == "wrong"
    assert run.kind_of({**truth, "undecidable": True}, "cantTell") == "right"
    assert run.kind_of({**truth, "undecidable": True}, "failed") == "wrong"
    assert run.kind_of({"outcome": "failed", "soft": True}, "cantTell") == "right"
    assert run.kind_of({**truth, "accept": ["inapplicable"]}, "inapplicable") == "right"


def test_addresses_are_compared_by_their_route() -> None:
    assert run.shape("http://h/item/12.html?spm=1") == run.shape("/item/3.html")
    assert run.shape("http://h/#/goods/5?ad=1") == run.shape("/#/goods/77")
    assert run.shape("http://h/products/the-slip-wool-dress-3") == run.shape(
        "/products/the-midi-cotton-dress-in-sky-10"
    )
    assert run.shape("http://h/checkouts/cn/07fe48c192c603c7") == run.shape("/checkouts/cn/9074391bcc6a708b")
    assert run.shape("http://h/cart") != run.shape("/checkout")
