"""Operates the extras of an order's last step: chooses each and leaves it again, watching the total; opens their details."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from playwright.sync_api import Error as PlaywrightError

from gongping.consumer.consumer import Consumer
from gongping.consumer.experiments import Attempt
from gongping.consumer.guard import Effect, Refused
from gongping.consumer.walls import Wall
from gongping.detectors import offers, orders
from gongping.lexicon import normalise, parse_price, words
from gongping.observations.checkout import AmountLine, Extra, Offer, Operated
from gongping.observations.documents import Document
from gongping.pages import finding
from gongping.pages.checkout import Checkout
from gongping.sight.look import Live
from gongping.sight.model import Seen, Sight

_MOST = 4
"""Extras of one step that are operated (a budget, not a bound of the norm)."""


class OfferTrial:
    """The extras of one step, by the consumer who stands there."""

    def __init__(self, attempt: Attempt, consumer: Consumer, checkout: Checkout, title: str) -> None:
        self.attempt = attempt
        self.consumer = consumer
        self.checkout = checkout
        self.title = title
        self.url = ""

    def read(self, live: Live, known: set[str], place: str = "checkout") -> list[Offer]:
        """The offers of a step as they stand, without those that an earlier order showed there; `known` grows."""
        bill, total = self._bill(live.sight)
        found = [
            e for e in orders.extras_on(live.sight, place, self.title) if e.seen and f"{place}:{e.name}" not in known
        ]
        known |= {f"{place}:{e.name}" for e in found}
        said = normalise(live.sight.text)
        found = [replace(e, folded=normalise(e.name) not in said) for e in found]
        read = [offers.offer_of(live.sight, e, total, bill) for e in found]
        return [self._uncovered(live, f, place) if self._covered(live.sight, f) else f for f in read]

    def _covered(self, sight: Sight, offer: Offer) -> bool:
        return any(
            (sight.hit(p.seen) or 0) < 0.2
            for p in offer.parts
            if p.kind in ("name", "price") and sight.hit(p.seen) is not None
        )

    def _uncovered(self, live: Live, offer: Offer, place: str) -> Offer:
        """The offer as a person reads it who scrolls it to the middle: a bar at the edge of the view may lie over it elsewhere."""
        try:
            live.element(offer.row).evaluate("e => e.scrollIntoView({block: 'center', behavior: 'instant'})")
            self.consumer.settle(1000)
            now = self.consumer.look(place, pictures="viewport", glyphs=True)
        except (LookupError, PlaywrightError):
            return offer
        again = next(
            (e for e in orders.extras_on(now.sight, place, self.title) if e.seen and e.name == offer.extra.name), None
        )
        self.consumer.page.evaluate("window.scrollTo({top: 0, behavior: 'instant'})")
        if again is None:
            return offer
        return offers.offer_of(now.sight, replace(again, folded=offer.extra.folded), offer.total, offer.lines)

    def operate(self, found: list[Offer]) -> list[Offer]:
        """Chooses and leaves each; what was chosen before is left first, and chosen again, so that the order is as it was."""
        out: list[Offer] = []
        self.url = self.consumer.page.url
        for offer in found:
            if (
                offer.extra.control not in ("checkbox", "switch", "radio")
                or len([o for o in out if o.acts]) >= _MOST
                or self._gone()
            ):
                out.append(offer)
                continue
            acts: list[Operated] = []
            for act in ("untick", "tick") if offer.extra.chosen else ("tick", "untick"):
                done = self._act(offer, act)
                acts.append(done)
                if done.lost or done.hindered or done.chosen is not (act == "tick"):
                    break
            out.append(replace(offer, acts=tuple(acts)))
        return out

    def _gone(self) -> bool:
        return self.consumer.page.url.split("#")[0] != self.url.split("#")[0]

    def _find(self, sight: Sight, name: str) -> Extra | None:
        found = orders.extras_on(sight, self.checkout.place, self.title)
        same = [e for e in found if e.name == name]
        return next(iter(same), None) or next((e for e in found if e.name in name or name in e.name), None)

    def _act(self, offer: Offer, act: Any) -> Operated:
        live = self.checkout.look()
        extra = self._find(live.sight, offer.extra.name)
        target = self._target(live.sight, extra, offer, act) if extra else None
        if extra is None or target is None:
            return Operated(act, None, None, hindered="控件不见了")
        before = offers.order_state(live.sight)
        try:
            happened = self.checkout.click(live, target, f"{act} {offer.extra.name[:20]!r}", Effect.SESSION)
        except (Wall, Refused) as wall:
            return Operated(act, None, None, control=target, hindered=f"点击受阻：{str(wall)[:60]}")
        if happened.dialogs:
            return Operated(
                act, None, None, control=target, hindered=f"弹出系统对话框“{happened.dialogs[0][:40]}”，未能继续"
            )
        answered: list[str] = []
        now = self.checkout.look()
        for _ in range(3):
            layer = self._layer(live.sight, now.sight)
            if layer is None:
                break
            answered.append(now.sight.text_of(layer.index)[:120])
            if not self._answer(now, layer, act):
                break
            now = self.checkout.look()
        lost = self._lost(before, now.sight) if act == "untick" else []
        if lost:
            return Operated(
                act, None, None, control=target, layers=tuple(answered), lost=tuple(lost), sight=now.sight.id
            )
        again = self._find(now.sight, offer.extra.name)
        bill, total = self._bill(now.sight)
        _, then = self._bill(live.sight)
        chosen = again.chosen if again else None
        if chosen is None:
            chosen = self._by_the_total(offer.extra.price, then, total)
        said = self._fresh_text(live.sight, now.sight) if act == "untick" and chosen and not answered else ""
        hindered = f"点击后页面出现“{said[:30]}”，未能完成取消" if said else ""
        return Operated(act, chosen, total, bill, target, tuple(answered), (), hindered, now.sight.id, then)

    def _bill(self, sight: Sight) -> tuple[tuple[AmountLine, ...], float | None]:
        lines = orders.amount_lines(sight)
        total = orders.total_of(lines)
        return (tuple(orders.bill(sight, total, lines)), total.amount) if total else (lines, None)

    def _by_the_total(self, price: float | None, before: float | None, after: float | None) -> bool | None:
        """Whether an extra whose control doesn't tell is chosen now: the total has risen or fallen by its price."""
        if not price or before is None or after is None or abs(abs(after - before) - price) > 0.005:
            return None
        return after > before

    def _target(self, sight: Sight, extra: Extra, offer: Offer, act: str) -> Seen | None:
        """What a person would click: the label of a box, or of the other choice of a group."""
        control = extra.seen
        assert control is not None
        boxes = [c for c, _ in orders.controls(sight) if c.index in {d.index for d in sight.within(control.index)}]
        control = boxes[0] if boxes else control
        if act == "untick":
            fresh = self._remover(sight, extra)
            if fresh is not None:
                return fresh
            if control.role == "radio":
                members = [
                    s
                    for s in sight.elements
                    if s.role == "radio"
                    and s.field_name == control.field_name
                    and s.index != control.index
                    and not s.disabled
                ]
                control = next(
                    (m for m in members if words("extra_refuse").match(sight.label_of(m))),
                    members[0] if members else control,
                )
        if control.shown and control.box.area > 16 and act == "untick":
            return control
        return next(
            (sight.elements[i] for i in control.labels if sight.elements[i].shown), control if control.shown else None
        )

    def _remover(self, sight: Sight, extra: Extra) -> Seen | None:
        """A control of its own for removing, in the extra's row: 移除, ×."""
        row = offers.row_of(sight, extra)
        inside = [
            s
            for s in sight.within(row.index)
            if s.shown and s.operable and s.tag not in ("input", "label") and not s.href.startswith("http")
        ]
        return next((s for s in inside if words("extra_remove").match(sight.label_of(s))), None)

    def _layer(self, before: Sight, now: Sight) -> Seen | None:
        """A dialog that was not there before, however small."""
        old = {(s.tag, s.classes, s.ident, before.text_of(s.index)) for s in self._floating(before)}
        fresh = [s for s in self._floating(now) if (s.tag, s.classes, s.ident, now.text_of(s.index)) not in old]
        asking = [s for s in fresh if s.modal or s.tag == "dialog" or s.role in ("dialog", "alertdialog")]
        return next(iter(asking or fresh), None)

    def _floating(self, sight: Sight) -> list[Seen]:
        return [
            s
            for s in sight.elements
            if s.shown
            and (s.modal or s.tag == "dialog" or s.role in ("dialog", "alertdialog") or s.fixed == "fixed")
            and sight.text_of(s.index)
        ]

    @staticmethod
    def _fresh_text(before: Sight, now: Sight) -> str:
        """Words that a click brought up: lines that were not there, amounts apart."""
        old = set(before.text.splitlines())
        return "\n".join(t for t in now.text.splitlines() if t not in old and len(t) >= 4 and parse_price(t) is None)

    def _answer(self, live: Live, layer: Seen, act: str) -> bool:
        """Goes on with what was begun: removing stays removing."""
        inside = [s for s in live.sight.within(layer.index) if s.shown and s.operable]
        wanted = (
            ("extra_remove", "extra_refuse", "close_grudging", "confirm_answer")
            if act == "untick"
            else ("confirm_answer", "close")
        )
        found = finding.find(live.sight, wanted, among=inside, least=0.4)
        if not found:
            return False
        try:
            self.checkout.click(live, found[0].seen, f"answer {found[0].label[:16]!r}", Effect.SESSION)
        except (Wall, Refused):
            return False
        return True

    def _lost(self, before: dict[str, str], now: Sight) -> list[str]:
        if self._gone():
            if self.checkout.commitment(now) is None:
                return [f"离开了订单页（到“{now.title[:20]}”）"]
            self.url = self.consumer.page.url  # the page sends each choice to its server
        after = offers.order_state(now)
        return [
            f"{key}由“{value}”变为“{after[key]}”"
            for key, value in before.items()
            if key in after and after[key] != value
        ][:4]

    def details(self, found: list[Offer]) -> list[Offer]:
        """Opens the details of each by its address, after the order was left: what stands in a layer is opened on the spot instead."""
        documents: Any = self.attempt.pages.Documents(self.consumer, self.attempt)
        seen: dict[str, Document] = {}
        out = []
        for offer in found:
            href = offer.opens.href if offer.opens else ""
            if not href.startswith("http") or (len(seen) >= _MOST and href not in seen):
                out.append(offer)
                continue
            if href not in seen:
                try:
                    self.consumer.visit(href, "checkout")
                    seen[href] = documents.read(documents.look(), "extra_details", how="page", pictures=False)
                except Wall as wall:
                    seen[href] = Document(
                        "extra_details",
                        "",
                        href,
                        "",
                        "",
                        status=self.consumer.status,
                        wall=str(wall.name),
                        detail=wall.detail,
                    )
            out.append(replace(offer, details=seen[href]))
        return out

    def details_in_place(self, found: list[Offer]) -> list[Offer]:
        """Opens details that have no address: a layer, a tooltip."""
        out = []
        for offer in found:
            opener = offer.opens
            if opener is None or opener.href.startswith("http") or self._gone():
                out.append(offer)
                continue
            live = self.checkout.look()
            label = self._label(offer)
            same = next(
                (
                    s
                    for s in live.sight.elements
                    if s.shown
                    and s.operable
                    and s.tag == opener.tag
                    and live.sight.label_of(s) == label
                    and abs(s.box.y - opener.box.y) < 60
                ),
                None,
            )
            if same is None:
                out.append(offer)
                continue
            try:
                self.checkout.click(live, same, f"open {label[:16]!r}")
                now = self.checkout.look(pictures="viewport")
            except (Wall, Refused):
                out.append(offer)
                continue
            layer = self._layer(live.sight, now.sight)
            text = now.sight.text_of(layer.index) if layer else self._fresh_text(live.sight, now.sight)
            read = Document("extra_details", text[:40], now.sight.url, text, now.sight.id, how="layer")
            out.append(replace(offer, details=read) if text else offer)
            if self._gone():
                self.consumer.back()
            elif layer is not None:
                self._close(now, layer)
        return out

    def _close(self, live: Live, layer: Seen) -> None:
        inside = [s for s in live.sight.within(layer.index) if s.shown and s.operable]
        found = finding.find(live.sight, ("close", "confirm_answer"), among=inside, least=0.4)
        try:
            if found:
                self.checkout.click(live, found[0].seen, "close the details")
        except (Wall, Refused):
            return

    def _label(self, offer: Offer) -> str:
        from gongping.evidence.album import Album

        assert offer.opens is not None
        return Album(self.consumer.bundle).sight(offer.opens.sight).label_of(offer.opens)
