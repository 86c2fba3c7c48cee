"""第二十七条 押金：显著明示五项内容，退还不得设置不合理条件。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.lexicon import phrase
from gongping.norm.predicates import Predicates
from gongping.observations.checkout import CheckoutSeen
from gongping.observations.library import LibrarySeen
from gongping.terms import broken, settle, show
from gongping.testing import cant_tell, duty, inapplicable


@duty("27.1")
def test_a_deposit_is_explained_before_it_is_paid(
    checkout: CheckoutSeen, library: LibrarySeen, norm: Predicates, evidence: Evidence
) -> None:
    """
    > 应当以显著方式明示押金数额、担保范围和退还押金的条件、方式和程序

    Fails if: an order that takes a deposit shows its last step without the amount, what it secures, or conditions, way and procedure of
    its return, no earlier page says so and no link explains it; if these are illegible there; or if the total holds a deposit that no
    line names.
    A pass does not show: that other goods of the platform take no deposit, or that deposits do come back.

    违反：收取押金的订单，付款前一步没有写明数额、担保范围、退还条件、方式、程序中的任何一项，前面的页面和押金规则链接也都没有；或者这些文字看不
    清；或者合计中有押金而没有单列。
    未发现违反不说明：平台的其他商品不收押金，或者押金确实退还。
    """
    told = norm.deposits(checkout)
    for one in told:
        evidence.show(
            one.deposit.seen, f"{one.order.goods[:20]}：押金", judged=one.judgement, place=one.step.place, element="押金", quote=one.deposit.called,
        )  # fmt: skip
    broken = [f"{one.order.goods[:20]}：{one.judgement.zh}" for one in told if one.judgement.broken]
    assert not broken, "；".join(broken)
    unknown = [f"{one.order.goods[:20]}：{one.judgement.zh}" for one in told if one.judgement.unknown]
    if unknown:
        cant_tell("；".join(unknown))
    unreached = [o for o in checkout.secured if not o.last_step and not any(one.order is o for one in told)]
    if unreached:
        cant_tell(f"{unreached[0].goods[:20]}：没有走到付款前一步，是否收取押金无法判断（{unreached[0].stopped}）")
    orders = [o for o in (*checkout.orders, *checkout.secured) if o.last_step]
    walked = "、".join(o.goods[:20] for o in orders)
    if not orders:
        cant_tell(
            f"没有走到付款前一步，是否收取押金无法判断（{'；'.join(o.stopped for o in checkout.orders) or '没有可下单的商品'}）"
        )
    if not told and (rules := norm.deposit_rules(library)):
        evidence.show(
            None, f"《{rules[0].name[:30]}》", judged="unknown", sight=rules[0].document.sight, place="documents", element="押金规则",
            url=rules[0].document.url, quote=rules[0].document.text[:200],
        )  # fmt: skip
        cant_tell(
            f"《{rules[0].name[:30]}》写明收取押金，看过订单的商品（{walked}）都没有收取，请人工找到收取押金的商品，核对付款前一步"
        )
    if not told:
        inapplicable(f"看过订单的商品页、购物车和付款前一步（{walked}），都没有收取押金")


@duty("27.2")
def test_no_unreasonable_condition_on_returning_deposits(
    library: LibrarySeen, norm: Predicates, evidence: Evidence
) -> None:
    """
    > 不得对押金退还设置不合理条件

    Fails if: a document lets deposits come back as coupons alone, against a purchase, a review or a fee, or not at all after some time.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：文件规定押金只退券、须消费、须好评、须付费才退，或者逾期不退。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "27.2")
    show(evidence, library, read, clauses)
    if read.held and not clauses and not norm.mentioned(library, phrase("speaks_of_deposit")):
        inapplicable(f"读到的 {len(library.readable)} 份文件和首页都没有提到押金")
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)
