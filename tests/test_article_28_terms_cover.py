"""第二十八条 格式条款明确各方面的权利和义务。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.library import LibrarySeen
from gongping.terms import show_disclosure
from gongping.testing import cant_tell, duty


@duty("28.1")
def test_the_terms_cover_what_they_must(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 明确进入和退出平台、商品和服务质量保障、消费者权益保护、个人信息保护等方面的权利和义务

    Fails if: user agreement, privacy policy and trading rules were read, and none of the documents for consumers has a word of one of the four topics, or none names any business as the other party.
    A pass does not show: that what is agreed is fair (articles 33 to 38), or complete.

    违反：用户协议、隐私政策和交易规则均已读到，而面向消费者的文件没有任何关于其中一个方面的文字，或者没有写明与消费者订立合同的主体。
    未发现违反不说明：约定公平（见第三十三条至第三十八条）或者完整。
    """
    found = norm.terms_cover(library)
    show_disclosure(evidence, library, found, "协议和规则")
    assert not found.judgement.broken, found.judgement.zh
    if found.judgement.unknown:
        cant_tell(found.judgement.zh)
