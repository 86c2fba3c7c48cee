"""The guard: nothing is done on a platform that the mode does not allow.

Two locks. An act declares its effect and is refused above what the mode allows. And whatever the act's author believes: in a
mode that does not allow commitments, a click on a control whose words commit, and a request that looks like a commitment or that
nobody asked for, are stopped in the browser: in the page, on Playwright's routes, and on the wire (what no route sees).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page, Request, Route
from playwright.sync_api import Error as PlaywrightError

from gongping.consumer.effects import COMMITTING, MUTATION, Effect, effect_of_request
from gongping.consumer.journal import Journal
from gongping.consumer.wire import Wire
from gongping.lexicon import normalise, words
from gongping.sight.look import HOOKS
from gongping.sight.model import Seen

__all__ = ["Effect", "Guard", "Refused", "effect_of_request"]


@dataclass
class Refused(Exception):
    """The guard refused an act."""

    what: str
    effect: Effect
    allowed: Effect

    def __str__(self) -> str:
        return f"{self.what!r} has the effect {self.effect.name.lower()}, and no more than {self.allowed.name.lower()} is allowed here"


_LOCK = r"""() => {
  const words = new Set(__WORDS__), links = new Set(__LINKS__);
  const patterns = __PATTERNS__.map((p) => { try { return new RegExp(p, "iu"); } catch (e) { return null; } }).filter(Boolean);
  const memory = window.__gongping;
  const squeeze = (s) => (s || "").normalize("NFKC").replace(/[\u200b-\u200d\ufeff]/g, "").replace(/\s+/g, " ").trim();
  const plain = (s) => s.replace(/\s/g, "").toLowerCase().replace(/[>›→»!！。.]+$/, "");
  const painted = (el, which) => { const m = getComputedStyle(el, which).content.match(/"((?:[^"\\]|\\.)*)"/); return m ? m[1] : ""; };
  const says = (el) => {
    const said = [el.getAttribute("aria-label"), el.getAttribute("title")];
    if (/^(INPUT|IMG)$/.test(el.tagName)) said.push(el.alt, /^(submit|button|image|reset)$/.test(el.type) ? el.value : "");
    else { const text = el.textContent || ""; said.push(text.length < 200 ? painted(el, "::before") + text + painted(el, "::after") : ""); }
    return said.map(squeeze);
  };
  const commits = (el) => {
    for (const said of says(el)) {
      const bare = plain(said);
      if (!bare || bare.length > 40) continue;
      const short = bare.replace(/[（(¥￥$£€\d].*$/, "");
      if (!words.has(bare) && !words.has(short) && !patterns.some((p) => p.test(said))) continue;
      if (el.tagName === "A" && el.href && links.has(bare)) continue;
      return said;
    }
    return "";
  };
  const told = (said) => { if (memory.stopped.at(-1) !== said) memory.stopped.push(said); };
  const stop = (event, said) => {
    event.preventDefault(); event.stopImmediatePropagation();
    told(said);
  };
  // the path of an event as it really is: that of a closed shadow root ends at its host
  const path = (event) => {
    const found = event.composedPath().filter((n) => n.nodeType === 1);
    for (let root = found[0] && memory.roots.get(found[0]); root; root = found[0] && memory.roots.get(found[0])) {
      const inner = "clientX" in event && event.detail !== 0 ? root.elementFromPoint(event.clientX, event.clientY) : root.activeElement;
      if (!inner || !root.contains(inner)) break;
      const way = [];
      for (let n = inner; n && n !== root; n = n.parentNode) if (n.nodeType === 1) way.push(n);
      found.unshift(...way);
    }
    return found.slice(0, 6);
  };
  const watch = (event) => {
    const found = path(event);
    const link = found.find((el) => el.tagName === "A" && el.href); // what holds nothing but a link says what the link says
    const own = link ? says(link).map(plain).filter((said) => links.has(said)) : [];
    for (const el of found) {
      const said = commits(el);
      if (said && !(link && (el.contains(link) || link.contains(el)) && own.includes(plain(said)))) return stop(event, said);
    }
  };
  for (const type of ["click", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend", "dblclick"]) window.addEventListener(type, watch, { capture: true, passive: false });
  window.addEventListener("keydown", (e) => { if (e.key === "Enter" || e.key === " ") watch(e); }, true);
  const elements = Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, "elements").get; // a field may be named so
  const submits = (form, submitter) => {
    const buttons = submitter ? [submitter] : [...elements.call(form)].filter((b) => /^(submit|image)$/.test(b.type));
    for (const b of buttons) { const said = commits(b); if (said) return said; }
    return "";
  };
  const submitted = (e) => { const said = submits(e.target, e.submitter); if (said) stop(e, said); };
  window.addEventListener("submit", submitted, true);
  const attach = Element.prototype.attachShadow; // a submit inside a shadow root never reaches the window
  Element.prototype.attachShadow = function (init) { const root = attach.call(this, init); root.addEventListener("submit", submitted, true); return root; };
  const submit = HTMLFormElement.prototype.submit;
  HTMLFormElement.prototype.submit = function () { const said = submits(this); if (said) { told(said); return; } return submit.call(this); };
  // what is sent through a socket passes no route
  const calls = __CALLS__.map((p) => new RegExp(p, "i"));
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    const text = typeof data === "string" ? data : data instanceof ArrayBuffer || ArrayBuffer.isView(data) ? new TextDecoder().decode(data) : "";
    const call = calls.map((c) => text.slice(0, 20000).match(c)).find(Boolean);
    if (call) { told(`${this.url} ${call[0]}`); return; }
    return send.call(this, data);
  };
}"""
"""Stops what commits inside the page, in the capturing phase before any listener of the page's own. Needs `sight.look.HOOKS`."""


def _plain(word: str) -> str:
    """A word as the script in the page writes a label: without white space, in lower case."""
    return re.sub(r"\s+", "", normalise(word, fold=False))


def _for_browsers(pattern: str) -> str:
    """A pattern of the lexicon in JavaScript's words, where \\W takes no Chinese character for a letter."""
    return pattern.replace(r"\W", r"[^\p{L}\p{N}_]").replace(r"\w", r"[\p{L}\p{N}_]")


def body_of(request: Request) -> str:
    """What a request sends, as text; "" where it is none or can't be read."""
    try:
        return request.post_data or ""
    except (UnicodeDecodeError, PlaywrightError):
        return ""


class Guard:
    """Holds what a mode allows against what acts and pages do."""

    def __init__(self, allowed: Effect, journal: Journal) -> None:
        self.allowed = allowed
        self.stopped: list[str] = []
        self._journal = journal
        self._acting: Effect | None = None

    @property
    def locks(self) -> bool:
        """Whether clicks and requests that commit are stopped in the browser."""
        return self.allowed < Effect.COMMITMENT

    def begin(self, what: str, effect: Effect) -> Effect | None:
        """First lock. Raises Refused where the act's declared effect is above what is allowed. Returns the act that it interrupts."""
        if effect > self.allowed:
            self._journal.note("refused", what=what, effect=effect.name.lower())
            raise Refused(what, effect, self.allowed)
        before, self._acting = self._acting, effect
        return before

    def end(self, before: Effect | None = None) -> None:
        """The act is over, `before` goes on. With none, what the page sends from now on nobody asked for."""
        self._acting = before

    def check_control(self, seen: Seen, label: str, effect: Effect, *, writes: bool = False) -> None:
        """First lock, by words and by where it leads. Raises Refused for a control that commits, whatever effect was declared, and for
        one that sends what is written to somebody (`writes`), where none was."""
        if not self.locks:
            return
        if writes and effect is Effect.NONE:
            self._journal.note("refused", what=label, why="it sends a form in which one writes", href=seen.form)
            raise Refused(label, Effect.ACCOUNT, self.allowed)
        registers = bool(seen.href) and words("register").match(label)
        hit = words("commitment").match(label)
        sends = effect_of_request("GET", seen.href)
        if seen.form and seen.kind in ("submit", "image"):
            method, _, address = seen.form.partition(" ")
            sends = max(sends, effect_of_request(method.upper(), address))
        if (hit and not registers and hit.how in ("exact", "regex")) or sends is Effect.COMMITMENT:
            self._journal.note("refused", what=label, why="a commitment control", href=seen.href or seen.form)
            raise Refused(label, max(effect, Effect.COMMITMENT), self.allowed)

    def lock(self, context: BrowserContext) -> None:
        """Second lock: fits the stop of clicks and requests to a context that does not allow commitments."""
        if not self.locks:
            return
        entries = words("commitment").entries()
        commits = sorted({_plain(e.word) for e in entries if e.word})
        patterns = [_for_browsers(e.re) for e in entries if e.re]
        links = sorted({_plain(e.word) for e in words("register").entries() if e.word})
        script = _LOCK
        for name, value in (
            ("__WORDS__", commits),
            ("__LINKS__", links),
            ("__PATTERNS__", patterns),
            ("__CALLS__", [COMMITTING, MUTATION]),
        ):
            script = script.replace(name, json.dumps(value, ensure_ascii=False))
        context.add_init_script(
            f"{HOOKS}\n({script})()"
        )  # the order of two scripts is not promised, and hooks run once only
        context.route("**/*", self._route)
        Wire.hold(context, self)

    def note_stopped(self, page: Page) -> None:
        """Takes over what the script in the page stopped since the last time."""
        if not self.locks or page.is_closed():
            return
        for frame in page.frames:
            try:
                stopped = frame.evaluate("() => window.__gongping ? window.__gongping.stopped.splice(0) : []")
            except PlaywrightError:  # the document went away
                continue
            for said in stopped:
                self._note_stop(str(said)[:80], url=frame.url)

    def stopped_on_the_wire(self, what: str, redirected: bool) -> None:
        """Takes over what the browser was about to send (see `Wire`)."""
        self._note_stop(what, redirected=redirected)

    def _note_stop(self, what: str, **facts: object) -> None:
        self.stopped.append(what)
        self._journal.note("stopped", what=what, **facts)

    def _route(self, route: Route, request: Request) -> None:
        effect = effect_of_request(request.method, request.url, body_of(request), request.headers)
        leaves = request.is_navigation_request()
        unasked = leaves and request.method not in ("GET", "HEAD", "OPTIONS") and self._acting is None
        try:
            if effect > self.allowed or unasked:
                self._note_stop(f"{request.method} {request.url}", unasked=unasked)
                if leaves:  # the page stays where it is; aborted, it would become an error page
                    route.fulfill(status=204)
                else:
                    route.abort("blockedbyclient")
            else:
                route.continue_()
        except PlaywrightError:  # the page is gone, and its request with it
            return
