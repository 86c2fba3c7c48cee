"""Where an audit's seconds go: a plugin (`-p selftests.spending`) that times the calls below, each without the timed calls inside it.
What handlers of events do meanwhile is no part of it.

`$SPENDING` names the JSON file that it writes: `{"settling": [seconds, calls], ...}`. Only `make bench` uses it; the timing itself costs
little, but more than nothing.
"""

from __future__ import annotations

import functools
import json
import os
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from greenlet import getcurrent
from playwright.sync_api import Browser, BrowserContext, ElementHandle, Keyboard, Mouse, Page

from gongping import bundle
from gongping.consumer import consumer, experiments
from gongping.consumer.pulse import Pulse
from gongping.pages import layers
from gongping.sight import look

PARTS: dict[str, tuple[tuple[Any, tuple[str, ...]], ...]] = {
    "sessions": ((Browser, ("new_context",)), (BrowserContext, ("new_page", "close")), (consumer.Consumer, ("close",))),
    "navigation": ((Page, ("goto", "go_back", "wait_for_load_state")),),
    "settling": ((Pulse, ("still", "answers")),),
    "waiting for what comes late": ((Page, ("wait_for_timeout", "wait_for_url")),),
    "acting": (
        (ElementHandle, ("click", "tap", "fill", "hover")),
        (Keyboard, ("press", "type")),
        (Mouse, ("move", "click", "wheel")),
    ),
    "collecting": ((consumer, ("look", "save_sight")),),
    "layers": ((layers, ("overview",)),),
    "hit-tests": ((look.Live, ("hit_test",)),),
    "screenshots": ((look.Camera, ("tile",)), (consumer.Consumer, ("keep_page",))),
    "other reads of the page": ((Page, ("evaluate",)), (ElementHandle, ("evaluate", "bounding_box"))),
    "page objects and detectors": ((experiments.Store, ("get",)),),
    "reports": ((bundle, ("write", "conclude")),),
}
"""The parts of an audit and the calls that make them up; what no part names is judging, pytest and start-up."""

_spent: dict[str, list[float]] = defaultdict(lambda: [0.0, 0])
_inside: list[float] = []
_WALK = getcurrent()


def _time(owner: Any, name: str, part: str) -> None:
    plain = getattr(owner, name)

    @functools.wraps(plain)
    def timed(*args: Any, **kwargs: Any) -> Any:
        if getcurrent() is not _WALK:  # a handler of an event, while the walk waits
            return plain(*args, **kwargs)
        started = time.monotonic()
        _inside.append(0.0)
        try:
            return plain(*args, **kwargs)
        finally:
            took = time.monotonic() - started
            _spent[part][0] += took - _inside.pop()
            _spent[part][1] += 1
            if _inside:
                _inside[-1] += took

    setattr(owner, name, timed)


for _part, _calls in PARTS.items():  # at import, before others take the functions by name
    for _owner, _names in _calls:
        for _name in _names:
            _time(_owner, _name, _part)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    Path(os.environ["SPENDING"]).write_text(json.dumps(_spent), encoding="utf-8")
