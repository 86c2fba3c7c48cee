"""第四十五条 协助消费者维权，协助提供真实、完整的资料。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.library import LibrarySeen
from gongping.targets import Facts
from gongping.terms import needs_sellers, needs_sellers_by_its_words, show_disclosure
from gongping.testing import cant_tell, duty


@duty("45.1")
def test_the_platform_steps_into_disputes_with_sellers(
    library: LibrarySeen, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 消费者在电子商务平台购买商品或者接受服务，与平台内经营者发生争议时，电子商务平台经营者应当积极协助消费者维护合法权益

    Fails if: a document says that the platform stays out of disputes, that asking it to step in costs a fee or needs the seller's
    consent, or that a day at most is left to ask.
    A pass does not show: anything, for there is none: whether the platform helps as it says takes an order that a seller refused.

    违反：文件写明平台不介入争议，申请介入须付费或者须经商家同意，或者只有一天以内的申请时间。
    未发现违反不说明：（不会有此结论）平台是否如所写提供协助，要有一笔被商家拒绝的订单才能判断。
    """
    needs_sellers(facts)
    needs_sellers_by_its_words(library, norm, evidence)
    found = norm.steps_in(library)
    show_disclosure(evidence, library, found, "平台介入争议的规定")
    assert not found.judgement.broken, found.judgement.zh
    if found.judgement.unknown:
        cant_tell(found.judgement.zh)
    cant_tell(
        "文件写明平台介入争议，没有限制；没有一笔被商家拒绝的订单，是否如所写提供协助无法判断，请用测试订单申请平台介入后核对"
    )


@duty("45.2")
def test_who_the_seller_is_and_what_was_traded_is_given_to_the_consumer(
    library: LibrarySeen, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 平台内经营者丢失、伪造、篡改、销毁、隐匿或者拒绝提供其身份信息、原始合同和交易记录等信息的，电子商务平台经营者应当协助提供真实完整的上述信息

    Fails if: a document refuses a consumer who the seller is or the records of the trade, gives a shop's name only, or wants a paper
    of a court or the police for one's own order and names no law.
    A pass does not show: anything, for there is none: whether what is asked for is given, true and complete, takes a request.

    违反：文件写明不向消费者提供经营者身份或者交易资料，只提供店铺名称，或者取得自己订单的资料须凭法院、公安机关的文书而没有援引法律依据。
    未发现违反不说明：（不会有此结论）是否真实、完整地提供，要提出申请才能判断。
    """
    needs_sellers(facts)
    needs_sellers_by_its_words(library, norm, evidence)
    found = norm.identity_given(library)
    show_disclosure(evidence, library, found, "经营者身份和交易资料的提供")
    assert not found.judgement.broken, found.judgement.zh
    if found.judgement.unknown:
        cant_tell(found.judgement.zh)
    cant_tell(
        "文件写明协助提供，没有限制；没有向平台提出申请，是否真实、完整地提供无法判断，请就一笔测试订单提出申请后核对"
    )
