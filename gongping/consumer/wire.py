"""The guard's last lock: what a browser sends although no page asks for it any more, or under another address than was asked for.

Playwright's routes see neither where a server's redirect leads, nor what a document sends while it is left (`keepalive`, beacons,
`fetchLater`). The browser itself does, its DevTools say so before anything is sent, and one session hears of every page, those that
a page opens included. Only addresses with a word that may commit are held up, so that the rest costs nothing.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any, ClassVar, Protocol
from urllib.parse import quote
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from gongping.consumer.effects import Effect, effect_of_request

_WORDS = (
    *("_method", "account", "address", "booking", "buy", "cancel", "cashier", "checkout", "comment", "complaint", "confirm", "del="),
    *("delete", "deregist", "destroy", "do=", "donat", "erase", "logoff", "member", "mutation", "operation", "order", "pay"),
    *("profile", "purchase", "register", "remove", "review", "sign-up", "sign_up", "signup", "subscri", "trade", "unregist", "user"),
    *(quote("注销"), quote("删除")),
)  # fmt: skip
"""In every address that `effect_of_request` could object to."""


class Held(Protocol):
    """Whom the wire serves: what is allowed, and who is told what was stopped."""

    allowed: Effect

    def stopped_on_the_wire(self, what: str, redirected: bool) -> None: ...


class Wire:
    """One a browser, while a context is open that must not commit."""

    _of: ClassVar[WeakKeyDictionary[Browser, Wire]] = WeakKeyDictionary()

    def __init__(self, browser: Browser) -> None:
        self._held: dict[BrowserContext, Held] = {}
        self._ids: dict[BrowserContext, str] = {}
        self._session = browser.new_browser_cdp_session()
        self._session.on("Fetch.requestPaused", self._paused)
        self._session.send("Fetch.enable", {"patterns": [{"urlPattern": pattern} for pattern in _patterns()]})

    @classmethod
    def hold(cls, context: BrowserContext, held: Held) -> None:
        """Watches for `held` as long as `context` is open."""
        browser = context.browser
        if browser is None:  # a persistent context; an audit has none
            return
        wire = cls._of.get(browser) or cls._of.setdefault(browser, cls(browser))
        wire._held[context] = held

        def learn(page: Page) -> None:
            """What the browser calls the context: a page of it says so."""
            if context not in wire._ids:
                with suppress(PlaywrightError):  # the page is gone already; the next will say
                    session = context.new_cdp_session(page)
                    wire._ids[context] = session.send("Target.getTargetInfo")["targetInfo"]["browserContextId"]
                    session.detach()

        def leave(_: BrowserContext) -> None:
            wire._held.pop(context, None)
            wire._ids.pop(context, None)
            if not wire._held:
                cls._of.pop(browser, None)
                with suppress(PlaywrightError):  # the browser is gone, and its session with it
                    wire._session.detach()

        context.on("page", learn)
        context.on("close", leave)

    def _paused(self, event: dict[str, Any]) -> None:
        request, answer = event["request"], {"requestId": event["requestId"]}
        effect = effect_of_request(request["method"], request["url"], request.get("postData", ""), request["headers"])
        least = min(self._held.values(), key=lambda held: held.allowed, default=None)
        with suppress(PlaywrightError):  # the page is gone, and its request with it
            if least is None or effect <= least.allowed or self._is_of_another(event.get("frameId", "")):
                self._session.send("Fetch.continueRequest", answer)
                return
            least.stopped_on_the_wire(f"{request['method']} {request['url']}", "redirectedRequestId" in event)
            if event["resourceType"] == "Document":  # the page stays where it is; failed, it would become an error page
                self._session.send("Fetch.fulfillRequest", answer | {"responseCode": 204})
            else:
                self._session.send("Fetch.failRequest", answer | {"errorReason": "BlockedByClient"})

    def _is_of_another(self, frame: str) -> bool:
        """Whether that frame is a page of a context that may commit. Frames within a page and documents that are being left can't be
        told, and count as held."""
        if len(self._ids) < len(self._held):
            return False
        targets = self._session.send("Target.getTargets")["targetInfos"]
        return any(t["targetId"] == frame and t.get("browserContextId") not in self._ids.values() for t in targets)


def _patterns() -> list[str]:
    """The words as they may be written in an address, whose case counts: order, Order, ORDER."""
    return sorted({f"*{form}*" for word in _WORDS for form in (word, word.upper(), word[:1].upper() + word[1:])})
