"""A product page: what is sold, its variants, and the way into the cart or the order."""

from __future__ import annotations

import re
from typing import ClassVar

from gongping.consumer.consumer import Happened
from gongping.consumer.guard import Effect
from gongping.consumer.walls import NotOffered, Wall
from gongping.lexicon import normalise, parse_price, phrase, words
from gongping.observations.results import Card
from gongping.pages import finding
from gongping.pages.menus import dishes
from gongping.pages.page import Page
from gongping.sight.look import Live
from gongping.sight.model import Seen, Sight

_MOST_CHOICES = 4
_MOST_DISHES = 8
"""Clicks on a menu until its order may go on (convention)."""


class Product(Page):
    """One good or service."""

    place: ClassVar[str] = "product"

    def open(self, card: Card, live: Live | None = None) -> Live:
        """Goes to the product that a card stands for: by its link, else by clicking the card where it was seen. Raises Wall."""
        if card.href.startswith("http"):
            self.consumer.visit(card.href, self.place)
        elif live is not None:
            self.click(live, card.link or card.seen, f"open {card.title[:30]!r}")
        else:
            raise NotOffered(f"{card.title!r} leads nowhere", self.place, self.consumer.page.url)
        return self.recognise()

    def recognise(self) -> Live:
        """The page as a product page: a way to buy it, and a price. Raises NotOffered."""
        live = self.look_until(
            lambda now: bool(self.find(now, ["add_to_cart", "buy_now"], least=0.5, note=False) or dishes(now.sight))
        )
        ways = self.find(live, ["add_to_cart", "buy_now"], least=0.5)
        menu = [] if ways else dishes(live.sight)
        if menu:
            self.reached(live, f"a menu with {len(menu)} dishes")
            return live
        if not ways:
            gone = words("out_of_stock").match(live.sight.text[:4000])
            raise NotOffered(
                "the page offers no way to buy" + (" (out of stock)" if gone else ""),
                self.place,
                self.consumer.page.url,
            )
        self.reached(live, f"{ways[0].label!r}, price {self.price(live.sight)}")
        return live

    def price(self, sight: Sight) -> float | None:
        """The price that stands out: of the prices that aren't struck through, in the upper part, the one in the largest type."""
        best: tuple[float, float] | None = None
        for s in sight.elements:
            if (
                not s.shown
                or not s.text
                or s.struck
                or s.tag == "#text"
                or s.box.y > sight.viewport[1] * 1.5
                or len(s.text) > 30
            ):
                continue
            if any(a.struck or a.tag in ("del", "s") for a in list(sight.ancestors(s.index))[:2]):
                continue
            money = parse_price(s.text)
            if money is None and re.fullmatch(r"[\d,]+(\.\d{1,2})?", s.text.strip()) and s.parent >= 0:
                around = sight.text_of(s.parent)
                money = parse_price(around) if len(around) < 40 else None
            if money and (best is None or s.font_px > best[0] + 0.5):
                best = (s.font_px, float(money.amount))
        return best[1] if best else None

    def title(self, sight: Sight) -> str:
        """The heading that names the product."""
        heads = [
            s for s in sight.elements if s.shown and s.role == "heading" and s.text and len(sight.text_of(s.index)) > 3
        ]
        first = [s for s in heads if s.tag == "h1"] or heads
        named = [s for s in first if normalise(sight.text_of(s.index))[:12] in normalise(sight.title)]
        if named or first:
            return sight.text_of((named or first)[0].index)[:160]
        return re.split(r"\s[-|–_]\s", sight.title)[0]

    def choose(self, live: Live) -> int:
        """Makes every choice that the page asks for and that is still open: selects, radios, chips. Returns how many were made."""
        made = 0
        for control in self._open_choices(live):
            if made >= _MOST_CHOICES:
                break
            try:
                if control.tag == "select":
                    with self.consumer.acting("choose a variant", Effect.NONE):
                        options = [
                            s
                            for s in live.sight.within(control.index)
                            if s.tag == "option" and s.value and not s.disabled
                        ]
                        if options:
                            live.element(control).select_option(value=options[0].value)
                            self.consumer.settle()
                            made += 1
                else:
                    self.click(live, control, f"choose {live.sight.label_of(control)[:20]!r}")
                    made += 1
            except Wall:
                continue
        return made

    def _open_choices(self, live: Live) -> list[Seen]:
        sight = live.sight
        ways = self.find(live, ["add_to_cart", "buy_now"], least=0.5, note=False)
        anchor = ways[0].seen.box if ways else None
        chosen: list[Seen] = []
        for s in sight.elements:
            if (
                s.shown
                and s.tag == "select"
                and (not s.value or words("choose_option").match(s.value))
                and not words("sort_control").match(sight.label_of(s))
            ):
                chosen.append(s)
        groups: dict[str, list[Seen]] = {}
        for s in sight.elements:
            if s.role == "radio" and s.field_name and not s.disabled:
                groups.setdefault(s.field_name, []).append(s)
        for members in groups.values():
            if not any(m.checked for m in members):
                first = members[0]
                label = next((sight.elements[i] for i in first.labels if sight.elements[i].shown), first)
                chosen.append(label)
        by_parent: dict[int, list[Seen]] = {}
        for s in sight.elements:
            said = sight.label_of(s)
            if (
                s.shown
                and s.operable
                and not s.href
                and s.tag not in ("input", "select", "label")
                and 0 < len(said) <= 24
                and not s.disabled
                and s.role not in ("radio", "checkbox")
            ):
                by_parent.setdefault(s.parent, []).append(s)
        for parent, members in by_parent.items():
            if len(members) < 2 or anchor is None:
                continue
            head = sight.text_of(sight.elements[parent].parent)[:60] if sight.elements[parent].parent >= 0 else ""
            asks = words("choose_option").match(head.splitlines()[0] if head else "") or words("choose_option").match(
                head
            )
            near = abs(members[0].box.y - anchor.y) < 700 and members[0].box.y < anchor.bottom + 60
            marked = any(
                re.search(r"(^|[-_\s])(on|active|selected|checked|cur|current)([-_\s]|$)", m.classes, re.I) or m.checked
                for m in members
            )
            if asks and near and not marked and not any(words("quantity").match(sight.label_of(m)) for m in members):
                chosen.append(members[0])
        return chosen

    def add_to_cart(self, live: Live) -> Happened:
        """Puts one into the cart, choosing a variant where the page asks for one. Raises NotOffered where nothing came of it."""
        for attempt in (1, 2):
            found = self.find(live, "add_to_cart", least=0.5)
            if not found and dishes(live.sight):
                return self._take_from_the_menu(live)
            if not found:
                raise NotOffered("there is no way into a cart", self.place, self.consumer.page.url)
            before = live.sight.text
            happened = self.click(live, self._main(found, live), "add to cart", Effect.SESSION)
            if happened.navigated or happened.requests:
                return happened
            after = self.look()
            if after.sight.text != before and not _asks_for_choice(after.sight, before):
                return happened
            live = after
            if attempt == 1 and not self.choose(live):
                break
            live = self.look()
        raise NotOffered("the cart control had no effect", self.place, self.consumer.page.url)

    def _take_from_the_menu(self, live: Live) -> Happened:
        """Takes the first dish, and more of it until the order may go on: many kitchens have a least amount."""
        happened: Happened | None = None
        for _ in range(_MOST_DISHES):
            menu = dishes(live.sight)
            if not menu:
                break
            happened = self.click(live, menu[0], "take a dish", Effect.SESSION)
            live = self.look()
            if happened.navigated or self.find(live, "checkout", least=0.6, note=False):
                break
        if happened is None:
            raise NotOffered("the menu takes nothing", self.place, self.consumer.page.url)
        return happened

    def buy_now(self, live: Live) -> Happened:
        """Goes straight to the order. Raises NotOffered."""
        found = self.find(live, "buy_now", least=0.5)
        if not found:
            raise NotOffered("there is no direct way to an order", self.place, self.consumer.page.url)
        happened = self.click(live, self._main(found, live), "buy now", Effect.SESSION)
        if not (happened.navigated or happened.requests or happened.opened) and self.choose(self.look()):
            live = self.look()
            found = self.find(live, "buy_now", least=0.5)
            if found:
                happened = self.click(live, self._main(found, live), "buy now", Effect.SESSION)
        return happened

    def _main(self, found: list[finding.Candidate], live: Live) -> Seen:
        """Of like-named controls the page's own: not one in a list of related goods."""
        best = [c for c in found if c.score >= found[0].score - 0.1]
        return max(
            best, key=lambda c: (c.seen.box.area > 0 and c.seen.box.y < live.sight.viewport[1] * 1.6, c.seen.box.area)
        ).seen


def _asks_for_choice(sight: Sight, before: str) -> bool:
    fresh = [line for line in sight.text.splitlines() if line not in before]
    return any(words("choose_option").match(line) and phrase("asks_to_choose").search(line) for line in fresh)
