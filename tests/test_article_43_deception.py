"""第四十三条 不得编造、删除、隐匿、诱导、强制评价。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.library import LibrarySeen
from gongping.terms import broken, settle, show, show_paper
from gongping.testing import cant_tell, duty


@duty("43.2")
def test_no_reward_or_pressure_for_good_reviews(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 不得……编造、删除、隐匿、诱导、强制消费者评价，或者混淆不同商品或者服务的消费者评价

    Fails if: a document or a notice pays for good reviews, in words or by a table that gives more for a better one, forces them, or lets the platform delete, hide or write reviews as it likes.
    A pass does not show: that no review is deleted or hidden: nobody wrote one and came back.

    违反：文件或者公告以利益诱导好评（包括以表格按评价好坏给予不同奖励）、强制好评，或者允许任意删除、隐匿、代写评价。
    未发现违反不说明：没有评价被删除或者隐匿：没有发表评价再回来查看。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "43.2")
    show(evidence, library, read, clauses)
    paid = norm.praise_paid(library)
    for paper, block, judgement in paid:
        show_paper(evidence, paper, "按评价好坏给予奖励的表格", judgement, quote=block.text[:160], block=block)
    found = [*broken(clauses), *(j.zh for _, _, j in paid)]
    assert not found, "；".join(found)
    settle(read, clauses)
    cant_tell(
        "规则和公告中没有诱导、强制评价的内容；没有发表评价并在七日内查看，删除、隐匿无法判定", "no review was written"
    )
