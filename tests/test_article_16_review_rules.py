"""第十六条 建立健全信用评价制度，公示信用评价规则。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.ads import SearchSeen
from gongping.observations.checkout import CheckoutSeen
from gongping.observations.library import LibrarySeen
from gongping.targets import Facts
from gongping.terms import needs_sellers, show_disclosure
from gongping.testing import cant_tell, duty


@duty("16.1")
def test_what_is_sold_is_rated(
    search: SearchSeen, checkout: CheckoutSeen, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 电子商务平台经营者应当建立健全信用评价制度

    Fails if: neither the cards of the lists nor the articles' own pages show a score, a number of reviews or that there is none yet,
    though sellers sell there and something was sold; or every article's page states a share of praise and no review behind it.
    A pass does not show: that scores are computed as the rules say, or that no review is hidden or bought.

    违反：列表中的商品卡片和商品页面都没有评分、评价数量或者“暂无评价”，而平台上有其他商家的销售且已有销量；或者每个商品页面都写有好评率而评价
    为零。
    未发现违反不说明：评分按照规则计算，或者没有隐藏、买卖评价。
    """
    needs_sellers(facts)
    lists, pages = norm.lists_rated(search), norm.pages_rated(checkout)
    evaluated = norm.credit_evaluated(lists, pages, search, facts.platform_model)
    for each in lists:
        evidence.show(each.shown, f"商品列表的评价信息：{each.says or '没有'}", judged=evaluated, place="results", element="评价信息", **evaluated.measured)  # fmt: skip
    for page in pages:
        evidence.show(
            None, f"“{page.title[:20]}”的评价信息：{page.says or '没有'}", judged=evaluated, sight=page.sight, place="product", element="评价信息",
        )  # fmt: skip
    assert not evaluated.broken, evaluated.zh
    if evaluated.unknown:
        cant_tell(evaluated.zh)


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
