"""Predicates of orders: what a platform chose for the consumer, how it shows extras, whether they can be left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gongping.detectors.offers import beside, reconcile
from gongping.lexicon import phrase, words
from gongping.norm.judgement import Judgement, both
from gongping.norm.predicates_base import BasePredicates
from gongping.observations.checkout import Extra, Offer, Operated, OrderWalked, Part, Step
from gongping.sight.model import Seen

_NEAR = 48
"""CSS px between what describes a thing and the thing (norm.yaml, predicate conspicuous)."""

_BODY = 0.75
"""Least share of the body font of the same card (norm.yaml, predicate conspicuous)."""

_TOLD = 12
"""Characters: so much beside name and price already says what an extra is (convention)."""

_DETAILS = 30
"""Characters: what is shorter is no description (convention)."""

_CENT = 0.005

_MOST_ORDERED = 30
"""Persons, nights or pieces of one order (convention)."""


class OrderPredicates(BasePredicates):
    """Mixed into Predicates."""

    def default_on(self, extra: Extra, said: str = "") -> Judgement:
        """default_on: chosen, pre-added, in the total, or carried by the main button, without the consumer's doing.

        A free one is unknown (norm.yaml 42.2: report as weak) unless `said`, its row and details, tells that it is charged later by
        itself; so is one whose state could not be read.
        """
        measured: dict[str, Any] = {"价格_元": extra.price, "已选中": extra.chosen}
        if extra.chosen is None:
            return Judgement("unknown", "看不出是否已选中，请人工查看截图", measured)
        if not extra.chosen:
            return Judgement("held", "未选中", measured)
        if extra.free:
            later = next((x.strip() for x in said.splitlines() if words("renews_itself").match(x)), "")
            if later:
                return Judgement(
                    "broken", f"免费项目被默认选中，之后自动收费：“{later[:60]}”", measured | {"说明": later[:120]}
                )
            return Judgement("unknown", "免费项目被默认选中，是否另有收费或者授权后果需要人工核对", measured)
        return Judgement("broken", "未经消费者选择即被选中", measured)

    # --- 42.1 brought to attention -----------------------------------------------------------------------------------

    def conspicuous(self, part: Part, offer: Offer, what: str) -> Judgement:
        """conspicuous: legible, font >= 0.75 of the body font of the same card, at most 48 px from the thing it describes, and seen
        without doing anything for it."""
        seen = part.seen
        found = self.legible(self._glyphs_of(seen), what=what)
        if found.broken:
            return found
        body = self._body_font(offer)
        gap = min(
            seen.box.gap(offer.seen.box), seen.box.gap(offer.row.box) if offer.row.box.contains(offer.seen.box) else 9e9
        )
        measured = {
            **found.measured,
            f"{what}与控件距离_px": round(gap),
            f"{what}字号_px": seen.font_px,
            "同区域正文字号_px": body,
        }
        if body and seen.font_px and seen.font_px < _BODY * body - 0.05:
            return Judgement("broken", f"{what}字号 {seen.font_px:g}px，小于同区域正文 {body:g}px 的四分之三", measured)
        if gap > _NEAR:
            return Judgement("unknown", f"{what}离选择控件 {gap:.0f}px，请人工判断是否相邻", measured)
        return replace(found, measured=measured)

    def _glyphs_of(self, seen: Seen) -> Seen:
        """The element that carries the glyphs: itself, or the largest text in it."""
        if seen.words and seen.text_box:
            return seen
        inside = [s for s in self.sight(seen.sight).within(seen.index) if s.shown and s.words and s.text_box]
        return max(inside, key=lambda s: len(s.words), default=seen)

    def _body_font(self, offer: Offer) -> float:
        """The type size of most characters in the section around an extra, at most as large as its own name's surroundings make it."""
        sight = self.sight(offer.row.sight)
        around = next((a for a in sight.ancestors(offer.row.index) if len(sight.text_of(a.index)) >= 80), offer.row)
        sizes: dict[float, int] = {}
        for s in sight.within(around.index):
            if s.shown and s.words and s.tag != "#text":
                sizes[s.font_px] = sizes.get(s.font_px, 0) + len(s.words)
        return max(sizes, key=lambda f: sizes[f], default=0.0)

    def presented(self, offer: Offer) -> Judgement:
        """Whether an extra's row shows name, price, provider and that it is optional, the first two conspicuously. What is not said at
        all is unknown: the norm's fail conditions name what is there and can't be seen, and an amount that nothing names."""
        extra = offer.extra
        measured: dict[str, Any] = {p.kind: p.text[:60] for p in offer.parts}
        if extra.folded and extra.chosen and not extra.free:
            return Judgement("broken", "计入合计，但展开明细后才能看到", measured)
        if extra.folded:
            return Judgement("unknown", "折叠在明细中，请展开后核对是否标明", measured)
        judged = [
            self.conspicuous(p, offer, w) for k, w in (("name", "名称"), ("price", "价格")) if (p := offer.part(k))
        ]
        if judged and any(j.broken for j in judged):
            return both(*judged)
        rise = self._rise(offer)
        if offer.part("price") is None and rise and rise > _CENT:
            return Judgement("broken", f"没有标明价格，勾选后合计增加 {rise:.2f} 元", measured)
        missing = []
        if offer.part("price") is None:
            missing.append("价格")
        if offer.part("provider") is None and not (
            offer.details and words("extra_provider").contains(offer.details.all_text)
        ):
            missing.append("提供者")
        if offer.part("optional") is None and not (extra.control in ("checkbox", "switch") and extra.chosen is False):
            missing.append("可以不选")
        if missing:
            judged.append(Judgement("unknown", f"没有写明{'、'.join(missing)}，请人工核对", measured))
        whole = both(*judged)
        return Judgement(whole.state, whole.zh, {**measured, **whole.measured})

    def _rise(self, offer: Offer) -> float | None:
        """By how much the total rose when the extra was chosen; None where it was not tried or not read."""
        for act in offer.acts:
            if act.before is not None and act.total is not None and act.chosen is (act.act == "tick"):
                return round(abs(act.total - act.before), 2)
        off = (
            offer.total
            if offer.extra.chosen is False
            else next((a.total for a in offer.acts if a.act == "untick" and a.chosen is False), None)
        )
        on = next(
            (a.total for a in offer.acts if a.act == "tick" and a.chosen), offer.total if offer.extra.chosen else None
        )
        return None if off is None or on is None else round(on - off, 2)

    def total_follows(self, offer: Offer, others: Sequence[Offer] = ()) -> Judgement:
        """Whether the total shows at once what choosing the extra costs: not less, and not more than the price at the extra. More that
        is just the price of one of `others` may be that one, chosen by itself: 42.2 judges that."""
        rise = self._rise(offer)
        price = offer.extra.price
        measured = {"标明价格_元": price, "合计变化_元": rise}
        if rise is None or price is None:
            return Judgement(
                "unknown" if offer.acts and not offer.extra.free else "held",
                "没有读到勾选前后的合计" if offer.acts else "",
                measured,
            )
        if abs(rise - price) <= _CENT:
            return Judgement("held", "", measured)
        if self._for_several(rise, offer) or any(_in_place_of(offer, o, rise) for o in others):
            return Judgement("held", "", measured)
        if rise > price + _CENT:
            over = round(rise - price, 2)
            ticked = next((a for a in offer.acts if a.act == "tick" and a.chosen), None)
            own = [x for x in (ticked.lines if ticked else ()) if abs(abs(x.amount) - over) <= _CENT]
            another = any(
                o.extra.name != offer.extra.name and o.extra.price and abs(o.extra.price - over) <= _CENT
                for o in others
            )
            if own or another or ticked is None:
                return Judgement(
                    "unknown", f"勾选后合计增加 {rise:.2f} 元，多于标明的 {price:.2f} 元，请人工核对", measured
                )
            return Judgement(
                "broken", f"标明 {price:.2f} 元，勾选后合计却增加 {rise:.2f} 元，多出的 {over:.2f} 元没有单列", measured
            )
        return Judgement(
            "unknown",
            f"勾选后合计只变化 {rise:.2f} 元（标明 {price:.2f} 元），请人工核对是否在付款页另行收取",
            measured,
        )

    def _for_several(self, rise: float, offer: Offer) -> bool:
        """Whether the total rose by the price of several: it is stated for one person or night, and so many are ordered."""
        said = "\n".join(
            [p.text for p in offer.parts if p.kind == "price"] + [self.sight(offer.row.sight).label_of(offer.seen)]
        )
        return bool(phrase("price_for_each").search(said) and _times(rise, offer.extra.price))

    def reconciled(self, step: Step, order: OrderWalked) -> Judgement:
        """Whether the total of a step is the sum of its lines: goods + shipping - discounts + extras."""
        sight = self.sight(step.sight)
        sums = reconcile(
            step, order.price, tax=words("legal_charge").contains(sight.text[:8000]), beside=beside(sight, step.lines)
        )
        measured = {
            "合计_元": float(sums.total) if sums.total is not None else None, "商品_元": float(sums.goods) if sums.goods is not None else None,
            "各项": "、".join(f"{a.label[:16]} {a.amount:g}" for a in step.lines)[:300], "无明细金额_元": float(sums.rest) if sums.rest is not None else None,
        }  # fmt: skip
        if sums.rest is None:
            return Judgement("unknown", sums.why, measured)
        if sums.rest > 0:
            return Judgement("broken", f"合计 {sums.total} 元比所列各项之和多出 {sums.rest} 元，没有单独列明", measured)
        return Judgement("held", "", measured)

    def no_surprise_at_payment(self, order: OrderWalked) -> Judgement:
        """Whether the payment page asks for what the last step of the order said."""
        if order.payment is None:
            return Judgement("held", "", {})
        asked, due = order.payment.total, order.due
        measured = {"订单页合计_元": due, "付款页金额_元": asked}
        if asked is None or due is None:
            return Judgement("unknown", "没有读到付款页的金额", measured)
        if asked > due + _CENT:
            return Judgement(
                "broken", f"付款页要求支付 {asked:.2f} 元，比订单页的合计 {due:.2f} 元多 {asked - due:.2f} 元", measured
            )
        return Judgement("held", "", measured)

    # --- 42.3 knowledge and choice -----------------------------------------------------------------------------------

    def details_reachable(self, offer: Offer) -> Judgement:
        """Whether one click at most tells what the extra is."""
        measured: dict[str, Any] = {
            "现场说明字数": offer.told,
            "详情标识": self.sight(offer.opens.sight).label_of(offer.opens)[:20] if offer.opens else None,
        }
        if offer.extra.folded:
            return Judgement("unknown", "折叠在明细中，请展开后核对说明", measured)
        if offer.extra.control == "line" and offer.extra.chosen is None:
            return Judgement("unknown", "看不出是否计入合计，请人工核对明细", measured)
        document = offer.details
        if document is not None:
            measured |= {"详情页": document.title[:40], "HTTP": document.status}
            if document.wall == "not-found":
                return Judgement(
                    "broken" if offer.told < _TOLD else "unknown", f"详情链接失效（{document.detail}）", measured
                )
            if document.wall == "login":
                return Judgement("unknown", "查看详情要求登录，请人工核对", measured)
            if document.wall:
                return Judgement("unknown", f"详情没有打开：{document.wall}（{document.detail}）", measured)
            if document.how == "file" or len(document.all_text) >= _DETAILS:
                return Judgement("held", "", measured)
            return Judgement("unknown", "详情页面几乎没有内容，请人工核对", measured)
        if offer.told >= _TOLD:
            return Judgement("held", "", measured)
        if offer.opens:
            return Judgement("unknown", "详情没有打开查看，请人工点击核对", measured)
        if offer.unnamed:
            return Judgement("unknown", "旁边有没有名称的控件，可能是详情，请人工点击核对", measured)
        return Judgement("broken", "没有任何说明，也没有查看详情的入口", measured)

    def removable(self, offer: Offer) -> Judgement:
        """Whether what was chosen goes with one click (and at most one confirmation), by a control that can be hit, and nothing else of
        the order goes with it."""
        tick = next((a for a in offer.acts if a.act == "tick"), None)
        untick = next((a for a in reversed(offer.acts) if a.act == "untick"), None)
        measured: dict[str, Any] = {"点击区域_px": f"{offer.area[0]:g}×{offer.area[1]:g}"}
        if not offer.acts and offer.extra.step != "checkout" and offer.extra.chosen is False:
            return Judgement("held", "没有选择即走到提交订单前", measured)
        if untick is None:
            if offer.extra.control in ("line", "item", "button", "total"):
                return Judgement("unknown", "没有找到取消的控件，请人工核对", measured)
            why = tick.hindered if tick and tick.hindered else "没有能够选中后再取消"
            return Judgement("unknown", f"{why}，请人工操作核对", measured)
        measured |= {
            "取消后状态": untick.chosen,
            "需要回答的弹层": len(untick.layers),
            "丢失的内容": "、".join(untick.lost) or None,
        }
        if untick.lost:
            return Judgement("broken", f"取消后订单被重置：{'、'.join(untick.lost)}", measured)
        if len(untick.layers) > 1:
            return Judgement("broken", f"取消时接连弹出 {len(untick.layers)} 个对话框", measured)
        if untick.chosen is None:
            return Judgement("unknown", untick.hindered or "取消后的状态无法读出，请人工核对", measured)
        if untick.chosen:
            if untick.hindered:
                return Judgement("unknown", untick.hindered, measured)
            return self._not_removed(untick, offer, measured)
        return self._control_can_be_hit(untick, offer, measured)

    def _not_removed(self, untick: Operated, offer: Offer, measured: dict[str, Any]) -> Judgement:
        if untick.layers:
            return Judgement("unknown", "取消时弹出对话框，未能完成取消，请人工核对", measured)
        rise = self._rise(offer)
        charged = (
            untick.total is not None
            and offer.total is not None
            and offer.extra.chosen is False
            and untick.total > offer.total + _CENT
        )
        if charged or (rise is None and offer.extra.free):
            return Judgement("broken", "点击后无法取消，费用仍在合计中", measured)
        return Judgement("unknown", "点击后仍显示选中，但合计没有反映，请人工核对", measured)

    def _control_can_be_hit(self, untick: Operated, offer: Offer, measured: dict[str, Any]) -> Judgement:
        least = float(self.parameter("target_px_min"))
        control = untick.control
        if control is None or control.tag == "input":
            return Judgement("held", "", measured)  # the browser's own control with its label (WCAG 2.5.8)
        wide, high = control.box.width, control.box.height
        measured |= {"取消控件_px": f"{wide:g}×{high:g}"}
        if wide < least and high < least:
            return Judgement("broken", f"取消控件只有 {wide:g}×{high:g}px，小于 {least:g}px", measured)
        return Judgement("held", "", measured)

    def alone_at_its_price(self, order: OrderWalked) -> Judgement:
        """Whether the ordered good costs no more at the last step, without extras, than where it was put into the order."""
        last = next((s for s in reversed(order.steps) if s.place == "checkout"), None)
        cart = next((s for s in order.steps if s.place == "cart"), None)
        measured = {
            "商品页价格_元": order.price,
            "购物车价格_元": cart.goods if cart else None,
            "订单页价格_元": last.goods if last else None,
        }
        if last is not None and last.goods is None and order.price and self._billed_at(last, order.price):
            last = replace(last, goods=order.price)  # the bill names what is sold, and the title stands elsewhere
        if last is None or last.goods is None or order.price is None:
            return Judgement("unknown", "没有读到商品在订单页的单价，请人工核对", measured)
        if last.goods <= order.price + _CENT or any(e.chosen and e.control == "checkbox" for e in order.extras):
            return Judgement("held", "", measured)
        if any(a.amount < 0 or words("legal_charge").match(a.label) for a in last.lines):
            return Judgement(
                "unknown",
                f"订单页单价 {last.goods:.2f} 元高于商品页的 {order.price:.2f} 元，另有优惠或者税费，请人工核对",
                measured,
            )
        if cart is None or cart.goods is None or cart.goods > order.price + _CENT:
            return Judgement(
                "unknown",
                f"订单页单价 {last.goods:.2f} 元高于商品页的 {order.price:.2f} 元，可能是规格不同，请人工核对",
                measured,
            )
        return Judgement(
            "broken",
            f"不选搭售时商品单价为 {last.goods:.2f} 元，高于商品页和购物车标明的 {cart.goods:.2f} 元",
            measured,
        )

    def _billed_at(self, step: Step, price: float) -> bool:
        """Whether a line of a bill is just the price of the good, or of as many of it as the step says are ordered."""
        said = self.sight(step.sight).text
        counts = {int(g) for m in phrase("count_of_units").finditer(said) for g in m.groups() if g}
        return any((n := _times(line.amount, price)) == 1 or n in counts for line in step.lines)


def _times(amount: float, price: float | None) -> int:
    """How many times a price goes into an amount without rest, at most thirty times; 0 where it doesn't."""
    n = round(amount / price) if price else 0
    return n if 1 <= n <= _MOST_ORDERED and price and abs(amount - n * price) <= _CENT else 0


def _in_place_of(offer: Offer, other: Offer, rise: float) -> bool:
    """Whether an extra took the place of another choice of its group, and the total changed by the difference of their prices."""
    one, two = offer.extra, other.extra
    group = (one.control, one.step, one.seen.field_name if one.seen else "")
    return bool(
        one.control == "radio"
        and group == (two.control, two.step, two.seen.field_name if two.seen else "")
        and one.name != two.name
        and two.chosen
        and one.price is not None
        and two.price
        and abs(rise - abs(one.price - two.price)) <= _CENT
    )
