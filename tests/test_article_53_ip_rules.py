"""第五十三条 建立知识产权保护规则。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.library import LibrarySeen
from gongping.targets import Facts
from gongping.terms import needs_sellers, needs_sellers_by_its_words, show_disclosure
from gongping.testing import cant_tell, duty


@duty("53.1")
def test_rules_of_intellectual_property_are_published(
    library: LibrarySeen, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 应当建立知识产权保护规则，与知识产权权利人加强合作，依法保护知识产权

    Fails if: neither home, the rules centre, help, the documents nor the site's own search lead to rules or a way in for right holders, all of them read; or the rules are in a foreign language alone on a platform whose agreement is Chinese.
    A pass does not show: that notices are handled as the rules say: none was sent.

    违反：首页、规则中心、帮助、各项文件和站内搜索均已读过而没有知识产权保护规则和投诉入口；或者用户协议是中文而规则只有外文。
    未发现违反不说明：实际按照规则处理通知：没有发出通知。
    """
    found = norm.ip_rules(library)
    show_disclosure(evidence, library, found, "知识产权保护规则")
    if found.judgement.broken:  # who sells alone is no platform (article 2)
        needs_sellers(facts)
        needs_sellers_by_its_words(library, norm, evidence)
    assert not found.judgement.broken, found.judgement.zh
    if found.judgement.unknown:
        cant_tell(found.judgement.zh)
