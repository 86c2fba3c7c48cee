"""robots.txt: what a platform asks automatic visitors to leave alone (RFC 9309). Honoured unless a target says `robots: ignore`."""

from __future__ import annotations

import urllib.error
import urllib.request
from urllib.parse import urlsplit

from protego import Protego

from gongping.consumer.door import Door
from gongping.consumer.journal import Journal
from gongping.consumer.local import resolvable

AGENT = "Gongping"
"""The product token that a robots.txt may name."""

_TIMEOUT_S = 8
_MOST_BYTES = 512_000
"""RFC 9309, 2.5: at least 500 KiB are parsed."""


class Robots:
    """Asks each origin once. Without an answer (RFC 9309, 2.3.1.3: a status 4xx) everything is allowed; an origin that does not answer
    at all, or with 5xx, is taken as silent too, and the journal says so."""

    def __init__(
        self, journal: Journal, *, honour: bool = True, user_agent: str = "", door: Door | None = None
    ) -> None:
        self.honour = honour
        self._journal = journal
        self._user_agent = user_agent or AGENT
        self._door = door or Door()
        self._rules: dict[str, Protego | None] = {}

    def forbids(self, url: str) -> bool:
        """Whether the origin of `url` asks not to visit it. Only http and https are asked."""
        rules = self._rules_for(url)
        return rules is not None and urlsplit(url).path != "/robots.txt" and not rules.can_fetch(url, AGENT)

    def speaks(self, url: str) -> bool:
        """Whether the origin of `url` forbids anything at all."""
        return self._rules_for(url) is not None

    def _rules_for(self, url: str) -> Protego | None:
        parts = urlsplit(url)
        if not self.honour or parts.scheme not in ("http", "https"):
            return None
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = self._ask(origin)
        return self._rules[origin]

    def _ask(self, origin: str) -> Protego | None:
        address, host = resolvable(f"{origin}/robots.txt")
        headers = {"User-Agent": self._user_agent, **host}
        try:
            request = urllib.request.Request(address, headers=headers)
            for name, value in self._door.sent_to(origin).items():
                request.add_unredirected_header(name, value)  # a redirect may lead to another's host
            with urllib.request.urlopen(request, timeout=_TIMEOUT_S, context=self._door.tls) as answer:
                if (
                    "html" in answer.headers.get_content_type()
                ):  # a single-page application answers everything with its page
                    return None
                text = answer.read(_MOST_BYTES).decode("utf-8", "replace")
        except (OSError, ValueError) as error:
            status = error.code if isinstance(error, urllib.error.HTTPError) else None
            if status is None or status >= 500:
                self._journal.note("robots", origin=origin, error=str(error))
            return None
        self._journal.note("robots", origin=origin, honoured=True, characters=len(text))
        return Protego.parse(text) if "disallow" in text.lower() else None
