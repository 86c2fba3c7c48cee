"""The cart: what the consumer put there, and whatever else lies in it."""

from __future__ import annotations

import re
from typing import ClassVar

from gongping.consumer.guard import Effect, Refused
from gongping.consumer.walls import NotOffered, Wall, WallName, is_login
from gongping.detectors import orders
from gongping.lexicon import normalise, phrase, words
from gongping.pages import finding
from gongping.pages.documents import twin
from gongping.pages.login_forms import icon_bar
from gongping.pages.page import Page
from gongping.sight.look import Live
from gongping.sight.model import Seen, Sight

_MOST_ICONS = 4


def _counts(sight: Sight, icon: Seen) -> bool:
    """Whether an icon bears a number, as a cart with something in it does."""
    return bool(re.fullmatch(r"\d{1,3}\+?", sight.text_of(icon.index).strip()))


class Cart(Page):
    """The cart page (or the cart's layer)."""

    place: ClassVar[str] = "cart"

    def open(self, title: str = "") -> Live:
        """Goes to the cart from where the consumer stands, else from home: by controls that say so, else by a bar of icons. `title` is
        a good that must lie in it. Raises NotOffered, Wall."""
        live = self.look()
        if self.is_cart(live.sight, title):
            return self._recognised(live)
        found = self._from_here(live, title)
        if found is None:
            self.consumer.visit(self.attempt.run.home, "home")
            found = self._from_here(self.look(), title)
        if found is None:
            raise NotOffered("no way to the cart was found", self.place, self.consumer.page.url)
        return self._recognised(found)

    def _from_here(self, live: Live, title: str) -> Live | None:
        first = live.sight
        for candidate in self.find(live, "cart")[:4]:
            seen = twin(live.sight, first, candidate.seen)  # the last click may have led elsewhere
            if seen is None:
                continue
            try:
                self.click(live, seen, "open the cart")
            except NotOffered:
                continue
            live = self.look()
            if self.is_cart(live.sight, title):
                return live
            if is_login(live.sight) and not is_login(first):
                raise Wall(WallName.LOGIN, "the cart asks to sign in", self.place, self.consumer.page.url)
            layer = [
                c
                for c in self.find(live, "cart")
                if c.label != candidate.label and (c.seen.href or c.seen.role == "button")
            ]
            for inner in layer[:1]:
                try:
                    self.click(live, inner.seen, "open the cart from its preview")
                except Wall:
                    continue
                live = self.look()
                if self.is_cart(live.sight, title):
                    return live
        return self._by_icons(live, title)

    def _by_icons(self, live: Live, title: str) -> Live | None:
        """By a bar of icons without words: one that bears a number first, then from the right, where carts most often stand."""
        start = self.consumer.page.url
        first = icon_bar(live.sight)
        order = sorted(range(len(first)), key=lambda n: (not _counts(live.sight, first[n]), n == 0, -n))
        for n in order[:_MOST_ICONS]:
            bar = icon_bar(live.sight)
            if len(bar) != len(first):
                return None
            try:
                self.click(live, bar[n], f"try the icon {n + 1} of a bar")
                live = self.look()
            except (NotOffered, Refused) as missing:
                self.consumer.journal.note("no-way", by="an icon", why=str(missing))
                continue
            if self.is_cart(live.sight, title):
                return live
            if self.consumer.page.url != start:
                self.consumer.visit(start, "home")
                live = self.look()
        return None

    def is_cart(self, sight: Sight, title: str) -> bool:
        """Whether the page is a cart that holds the good: a way to check out, its title or words for a cart in the heading."""
        if words("empty_cart").match(sight.text[:1500]) and not title:
            return True
        go = self._ways_out(sight)
        heads = [sight.text_of(s.index) for s in sight.elements if s.shown and s.role == "heading"] + [sight.title]
        says_cart = any(words("cart").match(h) for h in heads)
        plain = normalise(sight.text)
        rows = any(
            s.shown
            and (
                phrase("removes_row").fullmatch(normalise(sight.label_of(s)))
                or re.search(r"qty|quantity|num", s.field_name, re.I)
            )
            for s in finding.controls(sight)
        )
        still_product = any(
            words("add_to_cart").match(sight.label_of(s))
            for s in finding.controls(sight)
            if s.box.area > 2000 and s.box.y < sight.viewport[1]
        )
        if (still_product and not rows) or not (rows or orders.total_of(orders.amount_lines(sight))):
            return False
        holds = bool(title) and (normalise(title) in plain or normalise(title)[:8] in plain)
        return bool(go) and (says_cart or holds) and (holds or not title or says_cart)

    def _ways_out(self, sight: Sight) -> list[str]:
        return [
            label
            for s in sight.elements
            if s.shown and s.operable
            for label in [sight.label_of(s)]
            if len(label) <= 40 and words("checkout").match(label)
        ]

    def _recognised(self, live: Live) -> Live:
        self.reached(live, "a cart with a way to check out")
        return live

    def check_out(self, live: Live) -> None:
        """Goes on to the order. Raises NotOffered, Wall."""
        tried = []
        for candidate in self.find(live, "checkout", least=0.5)[:3]:
            try:
                happened = self.click(live, candidate.seen, "check out", Effect.SESSION)
            except NotOffered as missing:
                tried.append(missing.detail)
                continue
            if happened.navigated or happened.opened or happened.requests:
                return
            tried.append(f"{candidate.label!r} had no effect")
            live = self.look()
        raise NotOffered(
            f"the cart offers no way on ({'; '.join(tried) or 'no control'})", "checkout", self.consumer.page.url
        )
