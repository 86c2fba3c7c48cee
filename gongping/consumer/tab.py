"""Session storage: what a platform keeps in one tab, and what no browser hands on to the next."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Page, Route

Stored = Mapping[str, Mapping[str, str]]
"""Items by name, by origin."""

_READ = "() => [location.origin, {...sessionStorage}]"
_FILL = "items => { sessionStorage.clear(); for (const [name, value] of Object.entries(items)) sessionStorage.setItem(name, value); }"
_BLANK = "/.gongping/session-storage"
"""Where each origin's tab is filled; the platform never hears of it, the record of the traffic does."""


def read(page: Page) -> dict[str, dict[str, str]]:
    """What a tab keeps of the origin at which it stands. Raises PlaywrightError where that is none, or the tab is gone."""
    origin, items = page.evaluate(_READ)
    return {origin: items} if origin.startswith("http") else {}


def fill(page: Page, stored: Stored) -> None:
    """Makes of a tab one in which all this was kept before. Done once, on empty pages that no server is asked for, so that whatever the
    platform changes later stays changed. Raises PlaywrightError."""
    page.route("**/*", _empty)
    for origin, items in stored.items():
        page.goto(origin + _BLANK)
        page.evaluate(_FILL, dict(items))
    page.unroute("**/*", _empty)
    page.goto("about:blank")
    protocol = page.context.new_cdp_session(page)
    protocol.send("Page.resetNavigationHistory")  # there is no way back to where nothing was
    protocol.detach()


def _empty(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html", body="<!doctype html>")
