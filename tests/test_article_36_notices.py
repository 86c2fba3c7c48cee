"""第三十六条 不得以告示、通知、声明等作出不公平规定。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.library import LibrarySeen
from gongping.terms import broken, settle, show
from gongping.testing import duty


@duty("36.1")
def test_no_notice_makes_unfair_rules(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 不得以格式条款、告示、通知、声明、须知、说明、凭证、单据等方式，作出排除或者限制消费者权利、减轻或者免除经营者责任、加重消费者责任等不公平、不合理的规定

    Fails if: a document, notice, help page or rule of a promotion excludes a consumer's rights, frees the business or burdens the consumer, beyond argument.
    A pass does not show: that vouchers, packing notes, single items or messages of customer service say nothing of the kind.

    违反：协议、公告、帮助页面或者活动规则中有文字明确排除消费者权利、免除经营者责任或者加重消费者责任。
    未发现违反不说明：票据、包装说明、单个商品页面或者客服消息没有这样的内容。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "36.1")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)
