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
    """
    judged = [(extra, norm.default_on(extra)) for extra in checkout.extras]
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
