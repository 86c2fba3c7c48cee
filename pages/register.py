"""Registration: the form that asks for a new account. It is looked at, never sent."""

from __future__ import annotations

import re
from typing import ClassVar

from gongping.consumer.guard import Refused
from gongping.consumer.walls import NotOffered
from gongping.lexicon import phrase, words
from gongping.pages import finding
from gongping.pages.login import Login
from gongping.pages.page import Page
from gongping.sight.look import Live
from gongping.sight.model import Sight


class Register(Page):
    """Where a consumer becomes a member."""

    place: ClassVar[str] = "register"

    def open(self) -> Live:
        """From where the consumer stands, else from the login: to the form. Raises NotOffered, Wall."""
        if not self.consumer.page.url.startswith("http"):
            self.consumer.visit(self.attempt.run.home, "home")
        live = self.look()
        found = self._from_here(live)
        if found is None:
            login: Login = self.attempt.pages.Login(self.consumer, self.attempt)
            found = self._from_here(login.open())
        if found is None:
            raise NotOffered("no form for a new account was found", self.place, self.consumer.page.url)
        self.reached(found, f"a form with {len(_asked(found.sight))} fields, {found.sight.title[:40]!r}")
        return found

    def _from_here(self, live: Live) -> Live | None:
        if is_registration(live.sight):
            return live
        start = self.consumer.page.url
        offers = [c for c in self.find(live, "register", least=0.6) if c.seen.kind not in ("submit", "image")]
        for candidate in offers[:2]:
            try:
                self.go(live, candidate.seen, f"look at {candidate.label!r}", self.place)
                now = self.look()
            except (NotOffered, Refused):
                continue
            if is_registration(now.sight):
                return now
            if self.consumer.page.url != start:
                self.consumer.visit(start, self.place)
            live = self.look()
        return None


def _asked(sight: Sight) -> list[str]:
    """What the page's fields ask for, searches aside."""
    return [
        f"{f.name} {f.placeholder} {f.field_name}"
        for f in finding.fields(sight)
        if f.role != "searchbox" and not words("search").match(f.placeholder or f.name)
    ]


def is_registration(sight: Sight) -> bool:
    """Whether a page asks for a new account: words for it in its address, title, heading or button, and fields for who one is."""
    fields = _asked(sight)
    who = [f for f in fields if phrase("asks_who").search(f)]
    secret = any(s.shown and s.kind == "password" for s in sight.elements) or any(
        words("challenge_code").match(f) for f in fields
    )
    heads = [sight.title, *(sight.text_of(s.index)[:60] for s in sight.elements if s.shown and s.role == "heading")]
    buttons = [sight.label_of(s) for s in finding.controls(sight) if 0 < len(sight.label_of(s)) <= 20 and not s.href]
    signs_in = any((hit := words("login").match(x)) and hit.how == "exact" for x in buttons)
    said = any(words("register").match(x) and not words("login").match(x) for x in heads) or (
        not signs_in
        and any(
            (hit := words("register").match(x)) and hit.score >= 0.6 and not words("login").match(x) for x in buttons
        )
    )
    called = re.search(finding.MAKERS_WORDS["register"], sight.url, re.I)
    return bool(who or len(fields) >= 2) and (secret or len(fields) >= 2) and bool(said or called)
