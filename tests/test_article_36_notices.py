"""第三十六条 不得以告示、通知、声明等作出不公平规定。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.checkout import CheckoutSeen
from gongping.observations.library import LibrarySeen
from gongping.targets import Facts
from gongping.terms import broken, settle, show, show_notices
from gongping.testing import duty


@duty("36.1")
def test_no_notice_makes_unfair_rules(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 不得以格式条款、告示、通知、声明、须知、说明、凭证、单据等方式，作出排除或者限制消费者权利、减轻或者免除经营者责任、加重消费者责任等不公平、不合理的规定

    Fails if: a document, notice, help page, rule of a promotion or line on home excludes a consumer's rights, frees the business or burdens the consumer, beyond argument.
    A pass does not show: that vouchers, packing notes, single items or messages of customer service say nothing of the kind.

    违反：协议、公告、帮助页面、活动规则或者首页中有文字明确排除消费者权利、免除经营者责任或者加重消费者责任。
    未发现违反不说明：票据、包装说明、单个商品页面或者客服消息没有这样的内容。
    """
    read = norm.terms_read(library)
    clauses = norm.clauses(library, "36.1") + norm.noticed_at_home(library, "36.1")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)


@duty("36.1")
def test_no_line_on_the_way_to_an_order_makes_unfair_rules(
    checkout: CheckoutSeen, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 不得以格式条款、告示、通知、声明、须知、说明、凭证、单据等方式，作出排除或者限制消费者权利、减轻或者免除经营者责任、加重消费者责任等不公平、不合理的规定

    Fails if: a line beside a good of the platform's own, in the cart, in the order or on a coupon there excludes a consumer's rights,
    frees the business or burdens the consumer, beyond argument.
    A pass does not show: that pages of other goods, pictures, packing notes or messages of customer service say nothing of the kind.

    违反：平台自营商品的页面、购物车、订单页或者其中优惠券的文字，明确排除消费者权利、免除经营者责任或者加重消费者责任。
    未发现违反不说明：其他商品的页面、图片、包装说明或者客服消息没有这样的内容。
    """
    read = norm.pages_read(checkout)
    clauses = norm.noticed(checkout, "36.1", self_only=facts.platform_model == "self-only")
    show_notices(evidence, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)
