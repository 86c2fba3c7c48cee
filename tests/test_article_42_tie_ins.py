"""第四十二条 搭售：显著提示、不得默认同意、保障知情权和选择权。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.checkout import CheckoutSeen, Extra
from gongping.testing import cant_tell, duty, inapplicable

STEPS = {"product": "商品页", "cart": "购物车", "checkout": "订单页"}
WHEN = {
    "first-sight": "初次打开时",
    "after-wait": "停留一段时间后自动",
    "after-untick": "消费者取消后又",
    "after-change": "消费者更改其他选项后",
    "second-order": "第二笔订单中",
}


def _price(extra: Extra) -> str:
    return "价格未标明" if extra.price is None else f"{extra.price:.2f} 元"


@duty("42.2")
def test_no_tie_in_is_chosen_for_the_consumer(checkout: CheckoutSeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 不得将搭售商品或者服务作为默认同意的选项

    Fails if: an extra that nobody chose is ticked, switched on, selected, in the cart or in the total at first sight of any step,
    chooses itself later or after it was unticked, is remembered from an earlier order, or goes along with the main button.
    A pass does not show: that no other product carries a tie-in, or that the payment page of the bank is clean.

    违反：消费者未选择的附加商品或者服务，在任一步首次显示时已被勾选、打开、选中、放入购物车或者计入总价；稍后自行选中，取消后又被选中，沿用上
    一单的选择，或者随主按钮一并购买。
    未发现违反不说明：其他商品没有搭售，或者银行支付页没有附加项。
    """
    judged = [(extra, norm.default_on(extra, checkout.told_of(extra))) for extra in checkout.extras]
    for extra, judgement in judged:
        evidence.show(
            extra, f"{extra.name}（{_price(extra)}）{'已选中' if extra.chosen else '未选中' if extra.chosen is False else '状态不明'}",
            judged=judgement, place=extra.step, element=extra.name, url=extra.url, 名称=extra.name, 何时=WHEN[extra.when], 形式=extra.control, 依据=extra.why or None,
        )  # fmt: skip
    broken = {(e.name, e.step, e.when): e for e, j in judged if j.broken}
    assert not broken, "；".join(
        f"“{e.name}”（{_price(e)}）在{STEPS.get(e.step, e.step)}{WHEN[e.when]}即被选中" for e in broken.values()
    )
    if not checkout.complete:
        why = "；".join(f"{o.goods[:20]}：{o.stopped}" for o in checkout.orders) or "没有可下单的商品"
        cant_tell(
            f"没有走到提交订单前的最后一步，后面的步骤是否有默认搭售无法判断（{why}）",
            f"no order reached its last step: {why}",
        )
    unknown = [(e, j) for e, j in judged if j.unknown]
    if unknown:
        cant_tell("；".join(f"“{e.name}”（{_price(e)}，{STEPS.get(e.step, e.step)}）：{j.zh}" for e, j in unknown))
    if not judged:
        walked = "、".join(o.goods[:20] for o in checkout.orders if o.last_step)
        inapplicable(
            f"走完 {sum(o.last_step for o in checkout.orders)} 笔订单（{walked}）的全部步骤，没有发现随单提供的其他商品或者服务"
        )


@duty("42.1")
def test_extras_are_brought_to_attention(checkout: CheckoutSeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 以搭售方式向消费者销售商品或者提供服务的，应当以显著方式提请消费者注意

    Fails if: an extra's name or price is hidden, folded away, too small or too pale; choosing it raises the total by more than the price
    beside it; the total of a step holds money that none of its lines explains; or the payment page asks for more than the order did.
    A pass does not show: that every good of the platform was looked at, or what the bank's page says.

    违反：附加项的名称或者价格被隐藏、折叠、过小、过淡；选择后总价的增加超过其旁所示价格；某一步的总价含有各行都不能说明的金额；或者支付页的金
    额高于订单。
    未发现违反不说明：已查看平台的每一种商品，或者银行页面写了什么。
    """
    broken: list[str] = []
    unknown: list[str] = []
    for order in checkout.orders:
        steps = [s for s in order.steps if s.place == "checkout"]
        for step in [s for s in steps if s.total is not None or s is steps[-1]]:
            judged = norm.reconciled(step, order)
            evidence.show(
                None,
                f"{order.goods[:20]}：合计 {step.total} 元的明细",
                judged=judged,
                sight=step.sight,
                place=step.place,
                element="合计",
            )
            (broken if judged.broken else unknown if judged.unknown else []).append(f"{order.goods[:20]}：{judged.zh}")
        paid = norm.no_surprise_at_payment(order)
        if order.payment:
            evidence.show(
                None,
                f"{order.goods[:20]}：付款页",
                judged=paid,
                sight=order.payment.sight,
                place="payment",
                element="应付金额",
            )
        (broken if paid.broken else unknown if paid.unknown else []).append(f"{order.goods[:20]}：{paid.zh}")
    for offer in checkout.offers:
        extra = offer.extra
        for judged in (norm.presented(offer), norm.total_follows(offer, checkout.offers)):
            evidence.show(
                offer,
                f"{extra.name}（{_price(extra)}）",
                judged=judged,
                place=extra.step,
                element=extra.name,
                url=extra.url,
            )
            (broken if judged.broken else unknown if judged.unknown else []).append(
                f"“{extra.name}”（{_price(extra)}）：{judged.zh}"
            )
    for extra in [e for e in checkout.extras if e.folded and e.chosen and not e.free]:
        evidence.show(
            extra,
            f"{extra.name}（{_price(extra)}）：展开明细后才能看到",
            judged="broken",
            place=extra.step,
            element=extra.name,
            url=extra.url,
        )
        broken.append(f"“{extra.name}”（{_price(extra)}）计入合计，但展开明细后才能看到")
    assert not broken, "；".join(dict.fromkeys(broken))
    _walked(checkout)
    if unknown:
        cant_tell("；".join(dict.fromkeys(unknown)))
    _offered(checkout)


@duty("42.3")
def test_the_consumer_knows_and_may_leave_an_extra(
    checkout: CheckoutSeen, norm: Predicates, evidence: Evidence
) -> None:
    """
    > 应当采取必要措施保障消费者对该商品或者服务的知情权和选择权

    Fails if: nothing tells what an extra is, on the spot or one click further; an extra that was chosen can't be left with one click and
    at most one confirmation, or only by a control below 24 px; leaving it resets the order; or the good costs more without extras than
    the product page and the cart said.
    A pass does not show: that the extra can be cancelled after the order, or what becomes of it when the good is returned.

    违反：当场或者再点一次都得不到附加项是什么的说明；选中后不能以一次点击（至多一次确认）取消，或者取消控件小于 24 像素；取消会重置订单；
    或者不买附加项时商品价格高于商品页、购物车所示。
    未发现违反不说明：下单后仍可取消附加项，或者退货时附加项如何处理。
    """
    broken: list[str] = []
    unknown: list[str] = []
    for offer in checkout.offers:
        extra = offer.extra
        for what, judged in (("详情", norm.details_reachable(offer)), ("取消", norm.removable(offer))):
            shown = (
                next((a.control for a in reversed(offer.acts) if a.control), None) if what == "取消" else offer.opens
            )
            evidence.show(
                offer.seen if shown is None or judged.held else shown, f"{extra.name}：{what}", judged=judged, place=extra.step, element=extra.name, url=extra.url,
            )  # fmt: skip
            (broken if judged.broken else unknown if judged.unknown else []).append(
                f"“{extra.name}”（{_price(extra)}）：{judged.zh}"
            )
    if checkout.offers or checkout.extras:
        for order in [o for o in checkout.orders if o.last_step]:
            judged = norm.alone_at_its_price(order)
            evidence.show(
                None,
                f"{order.goods[:20]}：不选搭售时的单价",
                judged=judged,
                sight=order.steps[-1].sight,
                place="checkout",
                element=order.goods[:40],
            )
            (broken if judged.broken else unknown if judged.unknown else []).append(f"{order.goods[:20]}：{judged.zh}")
    assert not broken, "；".join(dict.fromkeys(broken))
    _walked(checkout)
    if unknown:
        cant_tell("；".join(dict.fromkeys(unknown)))
    _offered(checkout)


def _walked(checkout: CheckoutSeen) -> None:
    if not checkout.complete:
        why = "；".join(f"{o.goods[:20]}：{o.stopped}" for o in checkout.orders) or "没有可下单的商品"
        cant_tell(
            f"没有走到提交订单前的最后一步，后面的步骤无法判断（{why}）", f"no order reached its last step: {why}"
        )


def _offered(checkout: CheckoutSeen) -> None:
    if not checkout.offers and not checkout.extras:
        walked = "、".join(o.goods[:20] for o in checkout.orders if o.last_step)
        inapplicable(
            f"走完 {sum(o.last_step for o in checkout.orders)} 笔订单（{walked}）的全部步骤，没有发现随单提供的其他商品或者服务"
        )
