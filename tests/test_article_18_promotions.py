"""第十八条 集中促销活动中的自治管理义务。"""

from __future__ import annotations

from datetime import date

from gongping.evidence.show import Evidence
from gongping.history import Earlier
from gongping.norm.predicates import Predicates
from gongping.observations.documents import HomeSeen
from gongping.observations.library import LibrarySeen
from gongping.targets import Facts
from gongping.terms import show_announced
from gongping.testing import cant_tell, duty, inapplicable


@duty("18.2")
def test_a_promotion_is_announced_on_home_before_it_begins(
    home: HomeSeen,
    library: LibrarySeen,
    earlier: Earlier | None,
    today: date,
    norm: Predicates,
    evidence: Evidence,
    facts: Facts,
) -> None:
    """
    > 在网站首页显著位置以显著方式，事先公示促销活动的期限、方式和规则等信息

    Fails if: home advertises a promotion of the platform as running, and neither home nor the page behind says how long, how and by which
    rules; its rules want a login; it says no end but while stocks last; its announcement is not prominent; or, with a history of earlier
    runs, home did not announce it on the day before it began, or its end moved on three times.
    A pass does not show: that the rules that are shown are kept, or that they stay as they are until the end.

    违反：首页宣传平台的促销活动正在进行，而首页和活动页都没有期限、方式和规则；规则须登录才能查看；没有结束时间，只说售完为止；公示不醒目；或者有
    以前的检测的，开始前一日首页没有公示，或者结束日期顺延三次。
    未发现违反不说明：实际按照公示的规则促销，或者规则到结束都没有改变。
    """
    if facts.promotions is False:
        inapplicable("目标声明平台不组织集中促销")
    found = norm.promotion_announced(home, library, earlier, today)
    show_announced(evidence, home, found, "促销活动的期限、方式和规则")
    assert not found.judgement.broken, found.judgement.zh
    if found.judgement.unknown:
        cant_tell(found.judgement.zh)
    if found.lacking:
        inapplicable(found.lacking)
