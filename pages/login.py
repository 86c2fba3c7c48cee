"""Signing in: the way to a login form, the form, and what shows that it worked.

While a secret stands in a field no picture is taken; a refused password is taken out of its field before anything else looks.
"""

from __future__ import annotations

import re
import time
from typing import ClassVar

from playwright.sync_api import Error as PlaywrightError

from gongping.consumer.consumer import Consumer
from gongping.consumer.guard import Effect, Refused
from gongping.consumer.walls import NotOffered, Wall, WallName
from gongping.kept_sessions import Session
from gongping.lexicon import normalise, phrase, words
from gongping.pages import consent, finding
from gongping.pages.finding import Candidate
from gongping.pages.gates import gate_of
from gongping.pages.login_forms import (
    LoginForm,
    forms,
    icon_bar,
    label_around,
    login_controls,
    logout_control,
    looks_like_login,
    sign_of_session,
)
from gongping.pages.page import Page
from gongping.sight.look import Live
from gongping.sight.model import Seen, Sight
from gongping.targets import Credentials, TargetError

_ANSWER_CAP_S = 8.0
"""Longest wait for what a login answers (convention: a slow single-page application)."""


_FORGET = """() => {
  const empty = (root) => { for (const e of root.querySelectorAll("*")) {
    if (e.tagName === "INPUT" && e.type === "password") e.value = "";
    const shadow = e.shadowRoot || (window.__gongping && window.__gongping.roots.get(e));
    if (shadow) empty(shadow);
  } };
  empty(document);
}"""


class Login(Page):
    """The way in, from wherever the consumer stands."""

    place: ClassVar[str] = "login"
    form_at: str = ""
    """The address at which the form was found; "" before."""

    def sign_in(self, account_name: str) -> None:
        """Signs in with an account of the target: in the session that a person kept for it (gongping login); else at the form that is
        here, by the page's links, or from home. The consumer ends where the platform leads. Raises Wall (login) where that fails, with
        the page's own words."""
        kept = self.attempt.run.session(account_name, self.attempt.device.name)
        if kept:
            self._go_on_in(kept)
            return
        try:
            who = self.attempt.target.account(account_name)
        except TargetError as missing:
            raise Wall(
                WallName.LOGIN, f"no account {account_name!r}: {missing}", self.place, self.consumer.page.url
            ) from None
        if not self.consumer.page.url.startswith("http"):
            self.consumer.visit(self.attempt.run.home, "home")
        live = self.look()
        if logout_control(live.sight) and not forms(live.sight):
            self.consumer.journal.note("signed-in", account=account_name, sign="already")
            return
        live, form = self._form(live)
        self.form_at = self.consumer.page.url
        self.reached(live, f"a login form, button {live.sight.label_of(form.button) if form.button else '-'!r}")
        sign = self._answer(live, form, who)
        self.consumer.journal.note("signed-in", account=account_name, sign=sign, url=self.consumer.page.url)

    def _go_on_in(self, kept: Session) -> None:
        """Lives in a kept session, no form is filled. Raises Wall (login) where the platform no longer takes it."""
        consumer = self.consumer
        fresh = consumer.session != kept
        if fresh:
            consumer.take(kept)
        if fresh or not consumer.page.url.startswith("http"):
            consumer.visit(self.attempt.run.home, "home")
        sign = self.shows_signed_in()
        live = self.look()
        if not sign and (kept.sign or looks_like_login(live.sight)):
            offers = [live.sight.label_of(s) for s in login_controls(live.sight)]
            raise self.asks_to_sign_in(
                f"the platform no longer takes the session: it offers {offers[0]!r}"
                if offers
                else "the platform no longer takes the session: it asks to sign in"
            )
        consumer.journal.note("signed-in", account=kept.account, sign=sign, by="kept session", url=consumer.page.url)

    def shows_signed_in(self) -> str:
        """What on this page shows that somebody is signed in, without knowing who; "" where nothing does. Raises Wall."""
        return sign_of_session(self.look_until(lambda now: bool(sign_of_session(now.sight))).sight)

    def open(self) -> Live:
        """Goes to the login form without filling it. Raises NotOffered, Wall."""
        if not self.consumer.page.url.startswith("http"):
            self.consumer.visit(self.attempt.run.home, "home")
        live, _ = self._form(self.look())
        return live

    # -- the way to the form ----------------------------------------------------------------------------------------------

    def _form(self, live: Live) -> tuple[Live, LoginForm]:
        """The login form, on this page or by the ways that lead to one. Raises NotOffered, Wall."""
        found = self._here(live)
        if found:
            return found
        for from_home in (False, True):
            if from_home:
                self.consumer.visit(self.attempt.run.home, "home")
                live = self.look()
            found = self._here(live) or self._by_links(live) or self._past_a_chooser(live) or self._by_icons(live)
            if found:
                return found
        raise NotOffered("no way to sign in was found", self.place, self.consumer.page.url)

    def _by_links(self, live: Live, folded: bool = True) -> tuple[Live, LoginForm] | None:
        """By links that offer it, by the account's links, and where `folded` by what menus hide."""
        start = self.consumer.page.url
        tried: set[str] = set()
        for concepts, most in ((("login",), 3), (("account", "orders"), 3), (("menu",), 3 if folded else 0)):
            for _ in range(most):
                best = next(
                    (
                        c
                        for c in self.find(live, concepts, roles=("link", "button", "tab", "menuitem", "img"))
                        if _key(c) not in tried
                    ),
                    None,
                )
                if best is None:
                    break
                tried.add(_key(best))
                try:
                    self.go(live, best.seen, f"go to the login by {best.label!r}", "login")
                    live = self.look()
                    found = self._here(live)
                    if not found and concepts == ("menu",) and self.consumer.page.url == start:
                        found = self._by_links(live, folded=False)
                except (NotOffered, Refused) as missing:
                    self.consumer.journal.note("no-way", by=best.label, why=str(missing))
                    live = self.look()
                    continue
                if found:
                    return found
                if self.consumer.page.url.split("#")[0] != start.split("#")[0]:
                    self.consumer.visit(start, "home")
                    live = self.look()
        return None

    def _past_a_chooser(self, live: Live) -> tuple[Live, LoginForm] | None:
        """Where home asks for a city or a country first, takes the first that it offers."""
        gate = gate_of(live.sight, self.locale)
        if gate is None:
            return None
        self.go(live, gate.seen, f"choose {gate.label!r}", "home")
        now = self.look()
        return self._here(now) or self._by_links(now)

    def _by_icons(self, live: Live) -> tuple[Live, LoginForm] | None:
        """By a bar of icons without words: the last of such a bar is most often one's own place."""
        start = self.consumer.page.url
        for index in (-1, -2):
            bar = icon_bar(live.sight)
            if len(bar) < abs(index):
                return None
            try:
                self.click(live, bar[index], f"try the icon {index} of a bar")
                live = self.look()
                found = self._here(live) or self._by_links(live, folded=False)
            except (NotOffered, Refused) as missing:
                self.consumer.journal.note("no-way", by="an icon", why=str(missing))
                found = None
            if found:
                return found
            self.consumer.visit(start, "home")
            live = self.look()
        return None

    def _here(self, live: Live) -> tuple[Live, LoginForm] | None:
        """A form on this page that takes a password, switching from code or QR to password where a tab offers that."""
        chosen = self._chosen(live)
        if chosen and chosen.password:
            return live, chosen
        if chosen is None and not words("login").contains(f"{live.sight.title} {live.sight.text[:4000]}"):
            return None
        for tab in finding.find(live.sight, "login_by_password", least=0.55)[:2]:
            if tab.seen.checked and chosen:
                continue
            if tab.seen.href and not re.search(r"log-?in|sign-?in|passport|javascript|#", tab.seen.href, re.I):
                continue
            if not chosen and not looks_like_login(live.sight):
                continue
            try:
                self.click(live, tab.seen, f"sign in by password: {tab.label!r}")
            except NotOffered:
                continue
            now = self.look()
            form = self._chosen(now)
            if form and form.password:
                return now, form
            live, chosen = now, form
        return (live, chosen) if chosen else None

    def _chosen(self, live: Live) -> LoginForm | None:
        """The best login form; what makers wrote for password managers decides between a login and a registration."""
        found = forms(live.sight)

        def worth(form: LoginForm) -> float:
            if form.password is None:
                return form.score
            try:
                said = live.element(form.password).get_attribute("autocomplete") or ""
            except (LookupError, PlaywrightError):
                said = ""
            return form.score + (0.5 if "current" in said else -0.7 if "new" in said else 0.0)

        ranked = sorted(((worth(f), n, f) for n, f in enumerate(found)), key=lambda w: (-w[0], w[1]))
        return ranked[0][2] if ranked and ranked[0][0] > -0.3 else None

    # -- the form ---------------------------------------------------------------------------------------------------------

    def _answer(self, live: Live, form: LoginForm, who: Credentials) -> str:
        """Fills, sends and waits; the sign that it worked. Raises Wall."""
        if form.password is None:
            if form.name is None:
                raise NotOffered("the login asks for no name", self.place, self.consumer.page.url)
            self.consumer.fill(live, form.name, who.username)
            self._send(live, form)
            live = self._until_password()
            second = self._chosen(live)
            if second is None or second.password is None:
                raise self._refused(live, live, "no field for a password came")
            form = second
        for again in (False, True):
            if form.code:
                self._fill_code(live, form.code)
            if form.name and normalise(form.name.value) != normalise(who.username):
                self.consumer.fill(live, form.name, who.username)
            assert form.password is not None
            self.consumer.fill(live, form.password, who.password, secret=True)
            try:
                self._agree(live, form)
                self._send(live, form)
                sign, now = self._wait(live, who.username)
            except (Wall, Refused):
                forget_secrets(self.consumer)
                raise
            if sign:
                return sign
            said = self._message(live.sight, now.sight)
            if not again and phrase("demands_agreement").search(said or now.sight.text[-2000:]) and self._consent(now):
                asked = now
                sign, now = self._wait(asked, who.username, brief=True)
                if sign:
                    return sign
                said = self._message(asked.sight, now.sight) or said
                repeat = self._chosen(now)
                if repeat and repeat.password and phrase("demands_agreement").search(said):
                    live, form = now, repeat
                    continue
            raise self._refused(live, now, said or self._complaint())
        raise AssertionError("unreachable")

    def _fill_code(self, live: Live, code: Seen) -> None:
        otp = self.attempt.target.code()
        if not otp:
            raise Wall(
                WallName.CAPTCHA,
                f"the login asks for a code ({code.name or code.placeholder!r}), and the target names none (otp)",
                self.place,
                self.consumer.page.url,
            )
        self.consumer.fill(live, code, otp, secret=True)

    def _send(self, live: Live, form: LoginForm) -> None:
        if form.button:
            try:
                self.click(live, form.button, "send the login", Effect.SESSION)
            except NotOffered as missing:  # a slow answer looks like a click that failed: what follows tells
                self.consumer.journal.note("slow-click", why=missing.detail)
            return
        field = form.password or form.name
        assert field is not None
        live.element(field).focus()
        self.consumer.press_enter(what="send the login", effect=Effect.SESSION)

    def _agree(self, live: Live, form: LoginForm) -> None:
        """Ticks what a login demands to be agreed to; leaves "remember me" and newsletters alone."""
        sight = live.sight
        scope = sight.elements[form.container].parent if form.container > 0 else form.container
        for box in sight.within(max(scope, 0)):
            if box.role not in ("checkbox", "switch") or box.checked:
                continue
            near = label_around(sight, box)
            if not phrase("agrees_to_terms").search(near) or phrase("remembers_login").search(near):
                continue
            target = (
                box
                if box.shown and box.box.area > 16
                else next((sight.elements[i] for i in box.labels if sight.elements[i].shown), None)
            )
            try:
                live.element(box).evaluate("e => { if (!e.checked) e.click() }") if target is None else consent.tick(
                    self.consumer, live, target
                )
            except (LookupError, PlaywrightError) as error:
                self.consumer.journal.note("not-ticked", label=near[:60], error=str(error).splitlines()[0])

    def _consent(self, live: Live) -> bool:
        """Agrees where the page asked for it after sending: by the button of a dialog, or by a tick box made of plain elements."""
        sight = live.sight
        for candidate in finding.find(sight, "consent_accept", least=0.6):
            if candidate.seen.layer >= 0 or finding.region(sight, candidate.seen) == "dialog":
                self.click(live, candidate.seen, f"agree: {candidate.label!r}", Effect.SESSION)
                return True
        return consent.tick_drawn(self.consumer, live)

    # -- what happened ----------------------------------------------------------------------------------------------------

    def _until_password(self) -> Live:
        end = time.monotonic() + _ANSWER_CAP_S
        while True:
            live = self.look()
            form = self._chosen(live)
            if (form and form.password) or time.monotonic() > end:
                return live
            self.consumer.page.wait_for_timeout(200)

    def _wait(self, before: Live, username: str, brief: bool = False) -> tuple[str, Live]:
        """Looks until the login is seen to have worked, or to have been refused, or the cap comes."""
        end = time.monotonic() + (2.0 if brief else _ANSWER_CAP_S)
        known = _lines(before.sight)
        while True:
            live = self.look()
            sign = self._sign(before.sight, live.sight, username)
            if sign:
                return sign, live
            fresh = [
                line
                for line in _lines(live.sight) - known
                if phrase("login_refusal").search(line) or phrase("demands_agreement").search(line)
            ]
            if fresh or time.monotonic() > end:
                return "", live
            self.consumer.page.wait_for_timeout(200)

    def _sign(self, before: Sight, now: Sight, username: str) -> str:
        """What shows that the consumer is signed in; "" where nothing does."""
        still = [f for f in forms(now) if f.password]
        out = logout_control(now)
        if out and not still:
            return f"a control to sign out: {now.label_of(out)!r}"
        if still:
            return ""
        if (
            len(username) >= 4
            and username in now.text
            and username not in before.text
            and not any(f.name and f.name.value == username for f in forms(now))
        ):
            return "the user's name stands on the page"
        left = _route(before.url) != _route(now.url)
        if left and not login_controls(now) and not looks_like_login(now) and len(now.text) > 10:
            return "the login form and every offer to sign in are gone"
        if not login_controls(now) and not looks_like_login(now) and len(now.text) > 80:
            return "the login form and every offer to sign in are gone"
        return ""

    def _message(self, before: Sight, now: Sight) -> str:
        """What the page said to it: an alert, else new lines that refuse."""
        alerts = [
            now.text_of(s.index)
            for s in now.elements
            if s.shown and s.role in ("alert", "status") and now.text_of(s.index)
        ]
        fresh = [line for line in now.text.splitlines() if line not in _lines(before) and len(line) < 160]
        refusing = [line for line in fresh if phrase("login_refusal").search(line)]
        for said in (*[a for a in alerts if phrase("login_refusal").search(a)], *refusing, *alerts, *fresh[:1]):
            return re.sub(r"\s+", " ", said).strip()[:160]
        return ""

    def _complaint(self) -> str:
        """What the browser itself says of a field that it won't send."""
        try:
            said = self.consumer.page.evaluate(
                "() => { const e = document.querySelector('input:invalid'); return e ? e.validationMessage : '' }"
            )
        except PlaywrightError:
            return ""
        return str(said)

    def _refused(self, before: Live, now: Live, said: str) -> Wall:
        forget_secrets(self.consumer)
        for line in now.sight.text.splitlines():
            if line not in _lines(before.sight) and len(line) < 100 and words("wall_captcha").match(line):
                return Wall(
                    WallName.CAPTCHA,
                    f"after the login the page says {line.strip()!r}",
                    self.place,
                    self.consumer.page.url,
                )
        if any(
            words("challenge_code").match(f"{s.name} {s.placeholder}") for s in finding.fields(now.sight)
        ) and not forms(now.sight):
            return Wall(
                WallName.LOGIN,
                "after the password the login asks for a code that the suite does not have",
                self.place,
                self.consumer.page.url,
            )
        quoted = f"the page says {said!r}" if said else "the form stays and the page says nothing"
        return Wall(WallName.LOGIN, f"login refused: {quoted}", self.place, self.consumer.page.url)


def forget_secrets(consumer: Consumer) -> None:
    """Empties every password field of the page, so that later pictures hold no secret."""
    for frame in consumer.page.frames:
        try:
            frame.evaluate(_FORGET)
        except PlaywrightError:
            continue


def _key(candidate: Candidate) -> str:
    """Tells controls apart across looks at a page: several may share a label."""
    seen = candidate.seen
    return f"{candidate.label}|{seen.href or f'{seen.box.x:.0f},{seen.box.y:.0f}'}"


def _route(url: str) -> str:
    """An address with the part of its fragment that a script routes by."""
    bare, _, fragment = url.partition("#")
    return f"{bare}#{fragment}" if "/" in fragment else bare


def _lines(sight: Sight) -> set[str]:
    return set(sight.text.splitlines())


__all__ = ["Login", "forget_secrets", "logout_control"]
