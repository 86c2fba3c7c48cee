"""Asks a page whether it is alive and at rest, with a time limit: a plain read waits without end for a script that does not end."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from playwright.sync_api import CDPSession, Page
from playwright.sync_api import Error as PlaywrightError

_QUIET = (files("gongping.consumer") / "quiet.js").read_text(encoding="utf-8")

QUIET_MS = 60
"""The document's tree has been still for so long before it counts as settled (convention: a few frames; what the page has planned
for the next moments, its requests and its leaving are waited for by themselves)."""


class Pulse:
    """One page's line to the browser's protocol, laid while the page answers. Its calls raise PlaywrightTimeout where the page does not answer in time, and
    PlaywrightError where its document, the page or the browser went away."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.protocol: CDPSession = page.context.new_cdp_session(page)

    def answers(self, within_ms: float) -> None:
        """Returns once the page's main thread has answered."""
        self._ask("0", within_ms)

    def still(self, cap_ms: float, *, fresh: bool, within_ms: float) -> bool:
        """Waits until the document is still. False where `cap_ms` came first. `fresh`: nobody has just done anything to the page, so
        that rest from before the call counts; `within_ms` is how long it may fail to answer beyond the cap."""
        return not self._ask(f"({_QUIET})({json.dumps([QUIET_MS, cap_ms, fresh])})", cap_ms + within_ms)

    def opens(self, within_ms: float) -> int:
        """So many windows and files the document asked the browser for since the last question."""
        return int(
            self._ask("(m => { const n = m.opens || 0; m.opens = 0; return n; })(window.__gongping || {})", within_ms)
        )

    def _ask(self, expression: str, timeout_ms: float) -> Any:
        answer = self.protocol.send(
            "Runtime.evaluate",
            {"expression": expression, "awaitPromise": True, "returnByValue": True},
            timeout=timeout_ms,
        )
        if "exceptionDetails" in answer:
            raise PlaywrightError(str(answer["exceptionDetails"].get("text", "the page's script failed")))
        return answer["result"].get("value")
