"""Walks orders from a search to the last step before the commitment, and looks for what nobody asked for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, ClassVar

from gongping.consumer.consumer import Consumer
from gongping.consumer.experiments import Attempt, Experiment
from gongping.consumer.guard import Effect, Refused
from gongping.consumer.walls import NotOffered, Wall, WallName
from gongping.detectors import offers, orders
from gongping.detectors.deposits import deposit_on
from gongping.detectors.papers import kind_of
from gongping.evidence.album import Album
from gongping.lexicon import normalise, parse_price, phrase, words
from gongping.observations.checkout import CheckoutSeen, Extra, Offer, OrderWalked, Step, When
from gongping.observations.results import Card
from gongping.pages.checkout import _MOST_STEPS, Checkout
from gongping.pages.journeys.offers import OfferTrial
from gongping.pages.menus import dishes
from gongping.pages.words_of_home import tongue
from gongping.sight.look import Live
from gongping.sight.model import Sight

ACCOUNT = "shopper"

_SECURED = (("租赁", "押金", "桶装"), ("租借", "押金", "桶裝"), ("rental", "deposit"))
"""What the site's own search is asked for to find a good that takes a deposit (norm.yaml 27.1: rental, bottle): in simplified and in
traditional Chinese, and in English. The third is asked only where home speaks of drinks or groceries."""

_CARD = 200
"""Characters: a card of one good says no more (convention)."""

WAIT_MS = 15_000
"""The page's clock is moved so far at the last step: longer than any dwell that a consumer shows there (convention)."""


class CheckoutJourney(Experiment[CheckoutSeen]):
    """Two goods are ordered, one after the other, by one consumer; in `exercise` the first order is placed, with an extra chosen by
    hand, so that a platform that remembers it shows that in the second."""

    name: ClassVar[str] = "checkout"
    places: ClassVar[frozenset[str]] = frozenset({"product", "cart", "checkout"})
    observation = CheckoutSeen

    def run(self, attempt: Attempt) -> CheckoutSeen:
        consumer = attempt.consumer("shopper", clock=True, account=ACCOUNT)
        walked: list[OrderWalked] = []
        goods = self._goods(attempt, consumer)
        known: set[str] = set()
        for number, card in enumerate(goods, start=1):
            order = _Order(attempt, consumer, card, number, known)
            walked.append(order.walk(last=number == len(goods)))
        walked = self._with_details(attempt, consumer, walked)
        asked: list[str] = []
        secured = self._secured(attempt, consumer, walked, asked)
        return CheckoutSeen(tuple(walked), tuple(secured), tuple(asked))

    def _secured(
        self, attempt: Attempt, consumer: Consumer, walked: list[OrderWalked], asked: list[str]
    ) -> list[OrderWalked]:
        """The order of a good for which a deposit may be taken, as far as its last step, where the goods walked take none: one
        that home shows, else one that the site's own search finds."""
        album = Album(consumer.bundle)
        if not any(o.last_step or o.stopped.startswith(WallName.NOT_OFFERED) for o in walked):
            return []  # what ended every order would end this one, too
        if any(deposit_on(album.sight(s.sight), o.goods) for o in walked for s in o.steps):
            return []
        home: Any = attempt.pages.Home(consumer, attempt)
        try:
            home.open()
            sight: Sight = home.look().sight
            had = {o.href for o in walked}
            card, query = next(iter(secured_goods(sight, had)), None), ""
            drinks = phrase("sells_drinks").search(normalise(sight.text))
            for query in () if card else _SECURED[tongue(sight)][: 3 if drinks else 2]:
                asked.append(query)
                card = self._secured_card(consumer, home, query, had)
                if card:
                    break
                home.open()
            if card:
                order = _Order(attempt, consumer, card, len(walked) + 1, set(), query=query, operate=False)
                return [order.walk(last=True)]
        except (Wall, Refused) as wall:
            consumer.journal.note("secured", why=str(wall).splitlines()[0])
        return []

    def _secured_card(self, consumer: Consumer, home: Any, query: str, had: set[str]) -> Card | None:
        """The first good that the site's own search finds which is let or secured, the platform's own before others'; None where there is
        none. So narrow a search may find one good alone, which is no list."""
        live = home.look()
        field = next(iter(home.search_fields(live)), None)
        if field is not None:
            consumer.fill(live, field, query)
            consumer.press_enter(what=f"search {query!r}", effect=Effect.NONE)
            now: Sight = home.look().sight
            found = secured_goods(now, had)
            if found or not phrase("let_or_secured").search(normalise(now.text)):
                return next(iter(found), None)
            home.open()
        try:  # goods without an address, or a field that shows only when it is asked for
            seen, _ = home.search(query).read(pictures=False)
        except NotOffered:
            return None
        fit = [c for c in seen.cards if (not c.href or c.href not in had) and _secured(c.text)]
        return next(iter(sorted(fit, key=lambda c: not words("self_operated").match(c.text))), None)

    def _with_details(self, attempt: Attempt, consumer: Consumer, walked: list[OrderWalked]) -> list[OrderWalked]:
        """Opens what explains the extras, now that no order can be lost by leaving it."""
        checkout = attempt.pages.Checkout(consumer, attempt)
        return [
            replace(o, offers=tuple(OfferTrial(attempt, consumer, checkout, o.goods).details(list(o.offers)))) if o.offers else o
            for o in walked
        ]  # fmt: skip

    def _goods(self, attempt: Attempt, consumer: Consumer) -> list[Card]:
        """Two goods: one of the platform itself and one of another seller, where the list tells; else the first two."""
        home = attempt.pages.Home(consumer, attempt)
        home.open()
        results = home.search(attempt.target.queries[0])
        seen, _ = results.read(pictures=False)
        cards = [c for c in {c.key: c for c in seen.cards}.values() if not words("out_of_stock").match(c.text)]
        own = [c for c in cards if words("self_operated").match(c.text)]
        rest = [c for c in cards if c not in own]
        return (own[:1] + rest + own[1:])[:2]


class _Order:
    """One order on its way."""

    def __init__(
        self,
        attempt: Attempt,
        consumer: Consumer,
        card: Card,
        number: int,
        known: set[str],
        *,
        query: str = "",
        operate: bool = True,
    ) -> None:
        self.attempt = attempt
        self.consumer = consumer
        self.card = card
        self.query = query or attempt.target.queries[0]
        self.operate = operate
        """Without it what an order shows is read, and nothing on it chosen."""
        self.number = number
        self.steps: list[Step] = []
        self.extras: list[Extra] = []
        self.title = card.title
        self.price = card.price
        self.last = False
        self.commitment = ""
        self.known = known
        self.offers: list[Offer] = []
        self.due: float | None = None
        self.payment: Step | None = None
        self.ordered_at = ""
        """Where the good stood."""

    def walk(self, *, last: bool) -> OrderWalked:
        """As far as it goes; a wall ends it and is noted."""
        stopped = place = ""
        try:
            self._walk(last)
        except (Wall, Refused) as wall:
            if isinstance(wall, Wall):
                self.attempt.stop(wall)
                place = wall.place
            stopped = str(wall)
        return OrderWalked(
            goods=self.title,
            href=self.card.href,
            price=self.price,
            self_operated=True if words("self_operated").match(self.card.text) else None,
            steps=tuple(self.steps),
            extras=tuple(self.extras),
            last_step=self.last,
            commitment=self.commitment,
            number=self.number,
            stopped=stopped,
            stopped_at=place,
            offers=tuple(self.offers),
            due=self.due,
            payment=self.payment,
        )

    def _walk(self, last: bool) -> None:
        pages: Any = self.attempt.pages
        product = pages.Product(self.consumer, self.attempt)
        live = product.open(self.card) if self.card.href.startswith("http") else self._by_clicking(product)
        live = product.look(pictures="viewport", glyphs=True)
        self.title = self.card.title or product.title(live.sight)
        self.price = product.price(live.sight) or self.card.price
        self._note(live, product.place)
        self.ordered_at = live.sight.url
        checkout = pages.Checkout(self.consumer, self.attempt)
        if product.find(live, "add_to_cart", least=0.5) or dishes(live.sight):
            product.add_to_cart(live)
            self._by_the_cart(product)
        else:
            product.buy_now(live)
        live = checkout.arrive(ACCOUNT)
        self._steps(checkout, live, last)

    def _by_the_cart(self, product: Any) -> None:
        """Through the cart; where no way to it is found, by the product's own way to buy."""
        cart: Any = self.attempt.pages.Cart(self.consumer, self.attempt)
        at = self.consumer.page.url
        try:
            cart.open(self.title)
        except NotOffered as missing:
            self.attempt.stop(missing, cart.place)
            self.consumer.visit(at, product.place)
            product.buy_now(product.look())
            return
        live = cart.look(pictures="page", screens=2, glyphs=True)
        self._note(live, cart.place)
        cart.check_out(live)

    def _by_clicking(self, product: Any) -> Live:
        """Where cards have no address: searches again and clicks the card, as a person would."""
        home = self.attempt.pages.Home(self.consumer, self.attempt)
        home.open()
        results = home.search(self.query)
        seen, live = results.read(pictures=False)
        card = next((c for c in seen.cards if c.key == self.card.key), None)
        if card is None:
            raise NotOffered(f"{self.card.title!r} is not in the list any more", "product", self.consumer.page.url)
        opened: Live = product.open(card, live)
        return opened

    def _note(self, live: Live, place: str, when: When = "first-sight") -> None:
        """Keeps this step and its extras as they are at first sight."""
        lines = orders.amount_lines(live.sight)
        total = orders.total_of(lines)
        bill = tuple(orders.bill(live.sight, total, lines)) if total else lines
        self.steps.append(
            Step(
                place,
                live.sight.url,
                live.sight.title,
                live.sight.id,
                bill,
                total.amount if total else None,
                offers.goods_price(live.sight, self.title),
                offers.unread_amounts(live.sight, bill),
            )
        )
        if place != "checkout" and self.operate:
            here: Any = self.attempt.pages.Checkout(self.consumer, self.attempt)
            self.offers += OfferTrial(self.attempt, self.consumer, here, self.title).read(live, self.known, place)
        when = "second-order" if self.number > 1 and when == "first-sight" else when
        self.extras += [
            replace(e, when=when)
            for e in orders.extras_on(
                live.sight,
                place,
                self.title,
                cart_was_empty=self.number == 1 and place == "cart" and not self.consumer.session,
            )
        ]

    def _steps(self, checkout: Checkout, live: Live, last: bool) -> None:
        for number in range(_MOST_STEPS):
            live = checkout.look(pictures="page", screens=3, glyphs=True)
            self._note(live, checkout.place)
            commitment = checkout.commitment(live.sight)
            if commitment:
                self.last, self.commitment = True, commitment.label
                checkout.reached(live, f"the last step before {commitment.label!r}")
                if self.operate:
                    self._try_the_last_step(checkout, live, place_order=not last)
                return
            elsewhere = _route(live.sight.url) != _route(self.ordered_at)
            if number == 0 and elsewhere:
                checkout.reached(live, "the first step of the order")
            checkout.go_on(live)
            if number == 0 and not elsewhere:  # the good's own page led on: it was a step
                checkout.reached(live, "the first step of the order, on the page of the good")

    def _again(self, checkout: Checkout, when: When, known: set[str], *, folded: bool = False) -> None:
        """Looks once more; what is chosen now and was not before goes to the extras."""
        live = checkout.look(pictures="page", screens=3)
        for extra in orders.extras_on(live.sight, checkout.place, self.title):
            if extra.chosen and extra.name not in known:
                self.extras.append(replace(extra, when=when, folded=folded))

    def _try_the_last_step(self, checkout: Checkout, live: Live, *, place_order: bool) -> None:
        """Unfolds the bill, lets time pass, ticks and unticks an extra, makes another choice: nothing may choose itself."""
        trial = OfferTrial(self.attempt, self.consumer, checkout, self.title)
        self.offers += trial.read(live, self.known)
        known = {e.name for e in self.extras if e.chosen and e.step == checkout.place}
        if checkout.unfold(live):
            self._again(checkout, "first-sight", known, folded=True)
            named = {e.name for e in self.extras if e.folded}
            fresh = orders.unfolded(live.sight, checkout.look(pictures="page", screens=3).sight, checkout.place)
            self.extras += [e for e in fresh if not any(n in e.name or e.name in n for n in named)]
            known = {e.name for e in self.extras if e.chosen and e.step == checkout.place}
        self._bill(checkout, known)
        self.consumer.page.clock.fast_forward(WAIT_MS)
        self.consumer.settle(1500)
        self._again(checkout, "after-wait", known)
        known |= {e.name for e in self.extras if e.chosen and e.when == "after-wait"}
        live = checkout.look()
        box = next(
            (
                e
                for e in orders.extras_on(live.sight, checkout.place, self.title)
                if e.control in ("checkbox", "switch") and e.chosen is False and e.seen
            ),
            None,
        )
        if box and box.seen:
            self._toggle(checkout, live, box.seen)
            live = checkout.look()
            same = self._find_again(live, checkout, box.name)
            if same and same.chosen and same.seen:
                self._toggle(checkout, live, same.seen)
                self._again(checkout, "after-untick", known)
                known |= {e.name for e in self.extras if e.chosen and e.when == "after-untick"}
        live = checkout.look()
        other = checkout.other_choice(live.sight)
        if other is not None:
            checkout.click(live, other, "make another choice", Effect.SESSION)
            self._again(checkout, "after-change", known)
        self.offers = trial.details_in_place(trial.operate(self.offers))
        if any(a.lost for f in self.offers for a in f.acts):
            return
        if place_order and self.attempt.run.allowed >= Effect.COMMITMENT:
            self._place(checkout)

    def _bill(self, checkout: Checkout, known: set[str]) -> None:
        """Money in the total that no line explains and that is the price of an extra offered here."""
        step = next((s for s in reversed(self.steps) if s.place == checkout.place), None)
        if step is None:
            return
        rest = orders.unexplained(step.lines, self.price)
        offered = [e for e in self.extras if e.step == checkout.place and e.price and e.chosen is not True]
        twin = next(
            (e for e in offered if rest is not None and e.price is not None and abs(rest - e.price) < 0.01), None
        )
        if twin and not known:
            self.extras.append(
                replace(twin, control="total", chosen=True, why=f"the total is {rest:g} more than its lines")
            )

    def _toggle(self, checkout: Checkout, live: Live, seen: Any) -> None:
        label = next((live.sight.elements[i] for i in seen.labels if live.sight.elements[i].shown), None)
        checkout.click(live, label or seen, "tick or untick an extra", Effect.SESSION)

    def _find_again(self, live: Live, checkout: Checkout, name: str) -> Extra | None:
        return next((e for e in orders.extras_on(live.sight, checkout.place, self.title) if e.name == name), None)

    def _place(self, checkout: Checkout) -> None:
        """Chooses an extra by hand and places the order (exercise only): what is remembered shows in the next order."""
        live = checkout.look()
        box = next(
            (
                e
                for e in orders.extras_on(live.sight, checkout.place, self.title)
                if e.control in ("checkbox", "switch") and e.chosen is False and e.seen
            ),
            None,
        )
        if box and box.seen:
            self._toggle(checkout, live, box.seen)
            live = checkout.look()
        commitment = checkout.commitment(live.sight)
        if commitment:
            total = orders.total_of(orders.amount_lines(live.sight))
            self.due = total.amount if total else None
            checkout.click(live, commitment.seen, f"place the order: {commitment.label}", Effect.COMMITMENT)
            self._read_payment(checkout)

    def _read_payment(self, checkout: Checkout) -> None:
        """What the page that asks for the money asks for."""
        live = checkout.look(pictures="viewport")
        lines = orders.amount_lines(live.sight)
        total = orders.total_of(lines)
        self.payment = Step(
            "payment", live.sight.url, live.sight.title, live.sight.id, lines, total.amount if total else None
        )


def _route(url: str) -> str:
    """An address without its queries, those of a router within the page too."""
    return re.sub(r"\?[^#]*", "", url)


def _secured(text: str) -> bool:
    return bool(phrase("let_or_secured").search(normalise(text))) and not words("out_of_stock").match(text)


def secured_goods(sight: Sight, had: set[str]) -> list[Card]:
    """The goods on a page, each a link with a price beside it, that are let or come with a deposit: the platform's own first. Addresses in
    `had` stood elsewhere before."""
    found: dict[str, Card] = {}
    for s in sight.elements:
        if not s.shown or not s.href.startswith("http") or s.href in had or kind_of(sight.label_of(s)):
            continue  # what names a document is no good
        for around in (s, *list(sight.ancestors(s.index))[:4]):
            text = " ".join(sight.text_of(around.index).split())
            if len(text) > _CARD or around.tag in ("ul", "ol", "main", "footer", "nav", "body"):
                break
            price = next((m for line in sight.text_of(around.index).splitlines() if (m := parse_price(line))), None)
            if price is None:
                continue
            inside = [d.words or d.name for d in sight.within(s.index) if d.shown and d.tag != "a"]
            title = (
                max(inside, key=len, default="") or sight.label_of(s) or text
            )  # a picture's name may say it once more
            known = found.get(s.href)
            if _secured(text) and (known is None or len(known.title) < len(title)):
                found[s.href] = Card(
                    around, len(found) + 1, s.href, title[:120], float(price.amount), text, s.href, link=s
                )
            break  # the next box holds other goods
    return sorted(found.values(), key=lambda c: not words("self_operated").match(c.text))
