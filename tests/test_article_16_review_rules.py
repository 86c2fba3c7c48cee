"""第十六条 公示信用评价规则。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.library import LibrarySeen
from gongping.terms import show_disclosure
from gongping.testing import cant_tell, duty


@duty("16.2")
def test_the_rules_of_reviews_are_published(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 公示信用评价规则

    Fails if: neither home, the rules centre, help, the documents nor the site's own search lead to rules of reviews, all of them read; or the rules are a single line.
    A pass does not show: that scores are computed as the rules say, or that no review is hidden against them.

    违反：首页、规则中心、帮助、各项文件和站内搜索均已读过而没有评价规则；或者评价规则只有一句口号。
    未发现违反不说明：实际按照规则计分，或者没有违反规则隐藏评价。
    """
    found = norm.review_rules(library)
    show_disclosure(evidence, library, found, "评价规则")
    assert not found.judgement.broken, found.judgement.zh
    if found.judgement.unknown:
        cant_tell(found.judgement.zh)
