"""The guard: nothing is done on a platform that the mode does not allow.

Two locks. An act declares its effect and is refused above what the mode allows. And whatever the act's author believes: in a
mode that does not allow commitments, a click on a control whose words commit, and a request that looks like a commitment or that
nobody asked for, are stopped in the browser.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import IntEnum
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import BrowserContext, Request, Route
from playwright.sync_api import Error as PlaywrightError

from gongping.consumer.journal import Journal
from gongping.lexicon import normalise, words
from gongping.sight.model import Seen


class Effect(IntEnum):
    """What an act leaves behind on the platform."""

    NONE = 0
    SESSION = 1
    ACCOUNT = 2
    COMMITMENT = 3


@dataclass
class Refused(Exception):
    """The guard refused an act."""

    what: str
    effect: Effect
    allowed: Effect

    def __str__(self) -> str:
        return f"{self.what!r} has the effect {self.effect.name.lower()}, and no more than {self.allowed.name.lower()} is allowed here"


_COMMITTING_URL = re.compile(
    r"(place|submit|create|confirm|commit|finish|complete)[-_/]?(the[-_/]?)?(order|purchase|payment|booking|pay|trade|deregist\w*|cancellation)"
    r"|(order|purchase|payment|booking|pay|trade|checkout)s?[-_/.]?(place|submit|create|confirm|commit|pay|finish|complete)\b"
    r"|(delete|close|remove|destroy|cancel|deactivate|terminate)[-_/]?(my[-_/]?)?(account|user|profile|member)[-_/]?(confirm|submit|do|execute|now|final)"
    r"|(account|user|profile|member)s?[-_/]?(delete|close|remove|destroy|deregister|cancel|terminate|logoff)[-_/]?(confirm|submit|do|execute|now|final)"
    r"|deregist(er|ration)[-_/]?(confirm|submit|do|execute|now|final)|unregister[-_/]?(confirm|submit|do)"
    r"|one[-_]?click[-_]?(buy|order|pay)|do(Pay|Order|Delete|Cancel|Register)\b",
    re.IGNORECASE,
)
"""URL paths that commit whatever the method. (Convention: REST and RPC names of orders, payments, registrations, deletions.)"""

_COMMITTING_POST = re.compile(
    r"(^|[-_/.])(orders?|purchase|payments?|pay|bookings?|register|registration|signup|sign[-_]up|deregist\w*|unregister|logoff|reviews?|comments?|complaints?|"
    r"subscri\w+|donat\w+|(delete|close|remove)[-_]?(account|user|profile)|(account|user|profile|member)s?[-_/](delete|close|remove))([-_/.]?(submit|create|new|confirm|add|do))?/?$",
    re.IGNORECASE,
)
"""Paths that commit when they are posted to."""

_READING = re.compile(
    r"(list|query|search|detail|info|get|count|preview|price|calc|estimate|check|status|render|recommend|suggest|log|track|beacon|collect|metrics?|stat)\w*/?$",
    re.IGNORECASE,
)
_SURE = {"confirm", "confirmed", "sure", "execute", "do", "commit", "yes", "final"}
_IRREVERSIBLE = re.compile(
    r"delete|remove|close|cancel|deregist|unregister|logoff|terminate|order|pay|注销|删除", re.IGNORECASE
)


def effect_of_request(method: str, url: str, body: str = "") -> Effect:
    """The effect that a request seems to have, by its method, path, query and body. Errs on the side of caution."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query)
    if _COMMITTING_URL.search(parts.path):
        return Effect.COMMITMENT
    if any(
        k.lower() in _SURE and v.lower() not in ("0", "false", "no", "") for k, v in query
    ) and _IRREVERSIBLE.search(url):
        return Effect.COMMITMENT
    if any(k.lower() in ("action", "act", "do", "method", "cmd", "op") and _IRREVERSIBLE.search(v) for k, v in query):
        return Effect.COMMITMENT
    if method in ("GET", "HEAD", "OPTIONS"):
        return Effect.NONE
    if method == "DELETE" and not re.search(r"cart|basket|bag|favou?rite|wish", parts.path, re.IGNORECASE):
        return Effect.COMMITMENT
    if _COMMITTING_POST.search(parts.path) and not _READING.search(parts.path):
        return Effect.COMMITMENT
    if re.search(
        r"\b(mutation\b.{0,80}\b(place|submit|create|delete|close|pay|register)\w*(order|account|payment|customer|user)?)",
        body,
        re.I | re.S,
    ):
        return Effect.COMMITMENT
    return Effect.SESSION


_LOCK = """() => {
  const words = __WORDS__, links = __LINKS__;
  const plain = (s) => (s || "").normalize("NFKC").replace(/[\\s\\u200b-\\u200d\\ufeff]+/g, "").toLowerCase().replace(/[>›→»!！。.]+$/, "");
  const label = (el) => plain(el.getAttribute && (el.getAttribute("aria-label") || (el.tagName === "INPUT" ? el.value : el.textContent)));
  const commits = (el) => {
    const said = label(el);
    if (!said || said.length > 24) return "";
    const bare = said.replace(/[（(¥￥$£€].*$/, "");
    if (!words.includes(said) && !words.includes(bare)) return "";
    if (el.tagName === "A" && el.href && links.includes(said)) return "";
    return said;
  };
  const stop = (event, said) => {
    event.preventDefault(); event.stopImmediatePropagation();
    (window.__gongping_stopped ||= []).push(said);
    console.debug("gongping-guard " + JSON.stringify({ stopped: said, event: event.type }));
  };
  const watch = (event) => {
    const path = event.composedPath().filter((n) => n.nodeType === 1).slice(0, 6);
    for (const el of path) { const said = commits(el); if (said) { stop(event, said); return; } }
  };
  for (const type of ["click", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend", "dblclick"]) window.addEventListener(type, watch, true);
  window.addEventListener("keydown", (e) => { if (e.key === "Enter" || e.key === " ") watch(e); }, true);
  const submits = (form, submitter) => {
    const buttons = submitter ? [submitter] : [...form.elements].filter((b) => /^(submit|image)$/.test(b.type));
    for (const b of buttons) { const said = commits(b); if (said) return said; }
    return "";
  };
  window.addEventListener("submit", (e) => { const said = submits(e.target, e.submitter); if (said) stop(e, said); }, true);
  const submit = HTMLFormElement.prototype.submit;
  HTMLFormElement.prototype.submit = function () { const said = submits(this); if (said) { console.debug("gongping-guard " + JSON.stringify({ stopped: said, event: "form.submit()" })); return; } return submit.call(this); };
}"""


def _plain(word: str) -> str:
    """A word as the script in the page writes a label: without white space, in lower case."""
    return re.sub(r"\s+", "", normalise(word, fold=False))


class Guard:
    """Holds what a mode allows against what acts and pages do."""

    def __init__(self, allowed: Effect, journal: Journal) -> None:
        self.allowed = allowed
        self.stopped: list[str] = []
        self._journal = journal
        self._acting: Effect = Effect.NONE

    def begin(self, what: str, effect: Effect) -> None:
        """First lock. Raises Refused where the act's declared effect is above what is allowed."""
        if effect > self.allowed:
            self._journal.note("refused", what=what, effect=effect.name.lower())
            raise Refused(what, effect, self.allowed)
        self._acting = effect

    def end(self) -> None:
        """The act is over: what the page sends from now on, nobody asked for."""
        self._acting = Effect.NONE

    def check_control(self, seen: Seen, label: str, effect: Effect) -> None:
        """First lock, by words. Raises Refused for a click on a control that commits, whatever effect was declared."""
        if self.allowed >= Effect.COMMITMENT:
            return
        hit = words("commitment").match(label)
        registers = bool(seen.href) and words("register").match(label)
        if (
            hit and not registers and hit.how == "exact"
        ) or effect_of_request("GET", seen.href) is Effect.COMMITMENT:
            self._journal.note("refused", what=label, why="a commitment control", href=seen.href)
            raise Refused(label, max(effect, Effect.COMMITMENT), self.allowed)

    def lock(self, context: BrowserContext) -> None:
        """Second lock: fits the stop of clicks and requests to a context that does not allow commitments."""
        if self.allowed >= Effect.COMMITMENT:
            return
        commits = sorted({_plain(e.word) for e in words("commitment").entries() if e.word})
        links = sorted({_plain(e.word) for e in words("register").entries() if e.word})
        script = _LOCK.replace("__WORDS__", json.dumps(commits, ensure_ascii=False)).replace(
            "__LINKS__", json.dumps(links, ensure_ascii=False)
        )
        context.add_init_script(f"({script})()")
        context.route("**/*", self._route)

    def _route(self, route: Route, request: Request) -> None:
        try:
            body = request.post_data or ""
        except (UnicodeDecodeError, PlaywrightError):
            body = ""
        effect = effect_of_request(request.method, request.url, body)
        unasked = request.method not in ("GET", "HEAD", "OPTIONS") and request.is_navigation_request() and self._acting < Effect.SESSION
        if effect > self.allowed or unasked:
            self.stopped.append(f"{request.method} {request.url}")
            self._journal.note("stopped", method=request.method, url=request.url, unasked=unasked)
            route.abort("blockedbyclient")
            return
        route.continue_()
