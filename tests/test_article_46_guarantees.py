"""第四十六条 质量担保机制和消费者权益保证金。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.library import LibrarySeen
from gongping.targets import Facts
from gongping.terms import needs_sellers, show_disclosure
from gongping.testing import cant_tell, duty, inapplicable


@duty("46.1")
def test_a_quality_guarantee_is_published_with_its_conditions(
    library: LibrarySeen, norm: Predicates, evidence: Evidence
) -> None:
    """
    > 鼓励电子商务平台经营者建立有利于电子商务发展和消费者权益保护的商品、服务质量担保机制

    Fails if: never: the norm encourages it. What was not adopted is inapplicable.
    A pass does not show: that the guarantee is kept.

    违反：不会判定违反：本款为鼓励性规定，未采用的为不适用。
    未发现违反不说明：担保得到履行。
    """
    found = norm.guarantee_published(library)
    show_disclosure(evidence, library, found, "质量担保机制")
    if found.lacking:
        inapplicable(found.lacking)
    assert not found.judgement.broken, found.judgement.zh
    if found.judgement.unknown:
        cant_tell(found.judgement.zh)


@duty("46.2")
def test_the_deposit_of_sellers_is_clearly_agreed(
    library: LibrarySeen, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 双方应当就消费者权益保证金的提取数额、管理、使用和退还办法等作出明确约定

    Fails if: a document speaks of the deposit of sellers, the agreement with sellers is public and was read, and nowhere a word of its amount in figures, management, use or refund.
    A pass does not show: what contracts that are not public say, or that the deposit is handled as agreed.

    违反：文件提到商家的保证金，商家协议已公开并已读到，而没有任何文字写明其数额（数字）、管理、使用或者退还。
    未发现违反不说明：未公开的合同如何约定，或者实际按照约定处理。
    """
    needs_sellers(facts)
    found = norm.deposit_agreed(library)
    show_disclosure(evidence, library, found, "保证金")
    if found.lacking:
        inapplicable(found.lacking)
    assert not found.judgement.broken, found.judgement.zh
    if found.judgement.unknown:
        cant_tell(found.judgement.zh)
