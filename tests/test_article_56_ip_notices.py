"""第五十六条 公示通知、声明及处理结果。"""

from __future__ import annotations

from datetime import date

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.library import LibrarySeen
from gongping.targets import Facts
from gongping.terms import needs_sellers, needs_sellers_by_its_words, show_disclosure
from gongping.testing import cant_tell, duty


@duty("56.1")
def test_notices_statements_and_results_are_published(
    library: LibrarySeen, today: date, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 应当及时公示收到的本行为规范第五十四条、第五十五条所指的通知、声明及处理结果

    Fails if: a list lacks the result or has it empty throughout; the page gives numbers instead of cases; or the rules take notices, and home, the pages of intellectual property, the rules centre, help and the site's own search, all read, lead to no list.
    A pass does not show: that every notice is in the list, or that it came there in time.

    违反：公示列表没有处理结果一栏或者整栏为空；只公布统计数字而没有逐件公示；或者规则写明受理通知，而首页、知识产权页面、规则中心、帮助和站内搜索均已读过，没有公示。
    未发现违反不说明：全部通知都已公示，或者公示及时。
    """
    needs_sellers(facts)
    needs_sellers_by_its_words(library, norm, evidence)
    found = norm.notices_published(library, today)
    show_disclosure(evidence, library, found, "知识产权公示")
    assert not found.judgement.broken, found.judgement.zh
    if found.judgement.unknown:
        cant_tell(found.judgement.zh)
