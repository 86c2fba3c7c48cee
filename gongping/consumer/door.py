"""What lets a browser in where a platform is not open to everybody, as staging systems are: HTTP credentials, fixed headers, a
certificate that nobody vouches for.

Credentials and headers go to the platform's own hosts only. Playwright's own settings know one origin for the credentials and none for
the headers, and what its routes add goes along with a redirect, wherever that leads; so the browser's DevTools are asked at every hop.
"""

from __future__ import annotations

import base64
import ipaddress
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, ClassVar
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Error as PlaywrightError
from tldextract import TLDExtract

from gongping.targets import Credentials, Target

UNTRUSTED = "nobody vouches for the certificate; a staging system's entry of targets.yaml may say `certificate: ignore` with a `certificate_reason`"
"""The remedy for a certificate that the browser refuses."""

_ANSWERED = ("basic", "digest", "ntlm", "negotiate")
"""Challenges that a user name and a password answer (RFC 7617, RFC 7616, RFC 4559)."""


@cache
def _suffixes() -> TLDExtract:
    return TLDExtract(suffix_list_urls=(), include_psl_private_domains=True)


@dataclass(frozen=True)
class Door:
    """How a target lets a browser in; nothing of it where everybody may."""

    home: str = ""
    login: Credentials | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    trusts: bool = False
    """Whether the certificate is left unchecked."""

    @classmethod
    def of(cls, target: Target) -> Door:
        """The door of a target. Raises TargetError where a variable isn't set."""
        return cls(str(target.url), target.http_login(), target.sent_headers(), bool(target.certificate_unchecked))

    @cached_property
    def domain(self) -> str:
        """What the platform's own hosts are called: its registered domain with all below, or the host itself where it has none."""
        host = urlsplit(self.home).hostname or ""
        try:
            ipaddress.ip_address(host)
        except ValueError:
            return _suffixes()(host).top_domain_under_public_suffix or host
        return host

    def is_own(self, url: str) -> bool:
        """Whether an address lies on one of the platform's own hosts, any port of them."""
        host = urlsplit(url).hostname or ""
        return bool(self.domain) and (host == self.domain or host.endswith(f".{self.domain}"))

    @property
    def settings(self) -> dict[str, Any]:
        """What a new context is made with."""
        return {"ignore_https_errors": True} if self.trusts else {}

    def open(self, context: BrowserContext) -> None:
        """Answers and sends for a context as long as it is open."""
        if self.login or self.headers:
            _Keeper.hold(context, self)

    # -- what asks beside the browser (robots.txt) ----------------------------------------------------------------------------

    def sent_to(self, url: str) -> dict[str, str]:
        """The headers of a request that nobody challenges first."""
        if not self.is_own(url):
            return {}
        if not self.login:
            return dict(self.headers)
        pair = f"{self.login.username}:{self.login.password}".encode()
        return {**self.headers, "Authorization": f"Basic {base64.b64encode(pair).decode()}"}

    @property
    def tls(self) -> ssl.SSLContext | None:
        """How a certificate is checked; None as usual."""
        return ssl._create_unverified_context() if self.trusts else None

    # -- where it stays shut --------------------------------------------------------------------------------------------------

    def refusal(self, challenge: str, url: str) -> str:
        """What is said of HTTP 401 with such a `WWW-Authenticate`, with the remedy; "" where it asks for something else."""
        if challenge.partition(" ")[0].lower() not in _ANSWERED:
            return ""
        asks = f"HTTP 401, {' '.join(challenge.split())[:80]}"
        if not self.login:
            return (
                f"{asks}: the server asks for HTTP credentials before it shows a page; "
                "http_credentials: {username: env:NAME, password: env:NAME} in the target's entry of targets.yaml"
            )
        if not self.is_own(url):
            return f"{asks}: the target's http_credentials are for {self.domain} only"
        scheme = challenge.partition(" ")[0]
        if scheme.lower() != "basic":
            return f"{asks}: the target's http_credentials are sent by the scheme Basic (RFC 7617); let the staging server take it beside {scheme}"
        return f"{asks}: the server refuses the target's http_credentials; check their variables"


class _Keeper:
    """One a browser, while a context is open for which it answers."""

    _of: ClassVar[WeakKeyDictionary[Browser, _Keeper]] = WeakKeyDictionary()

    def __init__(self, browser: Browser, door: Door) -> None:
        self._door = door
        self._contexts: set[BrowserContext] = set()
        self._answered: set[str] = set()
        self._session = browser.new_browser_cdp_session()
        self._session.on("Fetch.requestPaused", self._paused)
        self._session.on("Fetch.authRequired", self._asked)
        host = f"[{door.domain}]" if ":" in door.domain else door.domain
        hosts = [host, f"*.{host}"]
        patterns = [{"urlPattern": f"*://{host}{port}/*"} for host in hosts for port in ("", ":*")]
        self._session.send("Fetch.enable", {"patterns": patterns, "handleAuthRequests": door.login is not None})

    @classmethod
    def hold(cls, context: BrowserContext, door: Door) -> None:
        browser = context.browser
        if browser is None:  # a persistent context; an audit has none
            return
        keeper = cls._of.get(browser) or cls._of.setdefault(browser, cls(browser, door))
        keeper._contexts.add(context)

        def leave(_: BrowserContext) -> None:
            keeper._contexts.discard(context)
            if not keeper._contexts:
                cls._of.pop(browser, None)
                with suppress(PlaywrightError):  # the browser is gone, and its session with it
                    keeper._session.detach()

        context.on("close", leave)

    def _paused(self, event: dict[str, Any]) -> None:
        request, answer = event["request"], {"requestId": event["requestId"]}
        own = self._door.sent_to(request["url"])  # a pattern's star may have met a whole other address
        if own:  # where a context's requests are routed, Chromium asks its router alone for credentials: they go along unasked
            given = {name.lower() for name in request["headers"]}  # what the page says itself stays
            more = {name: value for name, value in own.items() if name.lower() not in given}
            answer["headers"] = [{"name": n, "value": v} for n, v in {**request["headers"], **more}.items()]
        with suppress(PlaywrightError):  # the page is gone, and its request with it
            self._session.send("Fetch.continueRequest", answer)

    def _asked(self, event: dict[str, Any]) -> None:
        ident, challenge, login = event["requestId"], event["authChallenge"], self._door.login
        reply = {"response": "Default"}
        if login and challenge.get("source") != "Proxy" and self._door.is_own(challenge["origin"]):
            if ident in self._answered:  # they were wrong
                reply = {"response": "CancelAuth"}
            else:
                reply = {"response": "ProvideCredentials", "username": login.username, "password": login.password}
            self._answered.add(ident)
        with suppress(PlaywrightError):
            self._session.send("Fetch.continueWithAuth", {"requestId": ident, "authChallengeResponse": reply})
