"""第八条 自行终止从事电子商务活动的，提前三十日在首页公示。"""

from __future__ import annotations

from datetime import date

from gongping.evidence.show import Evidence
from gongping.history import Earlier
from gongping.norm.predicates import Predicates
from gongping.observations.documents import HomeSeen
from gongping.observations.library import LibrarySeen
from gongping.terms import show_announced
from gongping.testing import cant_tell, duty, inapplicable


@duty("8.1")
def test_the_end_is_announced_on_home_for_thirty_days(
    home: HomeSeen, library: LibrarySeen, earlier: Earlier | None, today: date, norm: Predicates, evidence: Evidence
) -> None:
    """
    > 自行终止从事电子商务活动的，应当提前三十日在网站首页显著位置持续公示有关信息

    Fails if: a notice that the platform as a whole ends states an end, or an end of ordering, less than thirty days after its
    publication or, with a history of earlier runs, after home first showed it; it stands elsewhere than on home, or is not prominent
    there; or home showed it on an earlier day and took it down before the end.
    A pass does not show: that nothing was announced in an application, or that the notice stands there on days on which nobody looks.

    违反：平台整体终止业务的公告写明的终止（或者停止下单）日期，距发布日期（有以前的检测的，距首次出现在首页之日）不足三十日；公告不在首页或者不
    醒目；或者首页曾经公示，在终止之前撤下。
    未发现违反不说明：没有在应用内公告，或者没有查看的日子也一直公示。
    """
    found = norm.closing_announced(home, library, earlier, today)
    show_announced(evidence, home, found, "终止业务的公告")
    assert not found.judgement.broken, found.judgement.zh
    if found.judgement.unknown:
        cant_tell(found.judgement.zh)
    if found.lacking:
        inapplicable(found.lacking)
