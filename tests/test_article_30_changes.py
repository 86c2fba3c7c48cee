"""第三十条 修改协议、规则：征求意见，提前公示，不接受修改的可以退出。"""

from __future__ import annotations

from datetime import date

from gongping.detectors.stated_dates import stated_dates
from gongping.evidence.show import Evidence
from gongping.history import Changed, Earlier, place_of
from gongping.norm.predicates import Predicates
from gongping.norm.predicates_conveying import pending, unread_askings
from gongping.observations.documents import HomeSeen
from gongping.observations.library import LibrarySeen
from gongping.terms import broken, settle, show, show_announced, show_paper
from gongping.testing import cant_tell, duty, inapplicable


@duty("30.1")
def test_changes_are_opened_for_comment_on_home(
    home: HomeSeen,
    library: LibrarySeen,
    changed: tuple[Changed, ...] | None,
    earlier: Earlier | None,
    today: date,
    norm: Predicates,
    evidence: Evidence,
) -> None:
    """
    > 修改相关协议、规则和制度的，应当在网站首页显著位置公开征求意见，采取合理措施确保有关各方能够及时充分表达意见

    Fails if: an agreement or rule says something else than an earlier run read (`--history`), and home, looked at on each day of the
    week before, asked nobody; or a request for opinions stands elsewhere than on home, is not prominent there, is open for a day or less,
    or ends when the change is already in force.
    A pass does not show: that opinions were heard, or that nothing changed on days on which nobody looked.

    违反：协议、规则与以前的检测（--history）读到的不同，而此前一周每天查看的首页都没有征求意见的公告；或者征求意见的公告不在首页、不醒目、只有一日
    以内，或者截止前修改已经生效。
    未发现违反不说明：意见得到听取，或者没有查看的日子没有修改。
    """
    found = norm.opened_for_comment(home, library, changed, earlier, today)
    show_announced(evidence, home, found, "修改规则公开征求意见")
    assert not found.judgement.broken, found.judgement.zh
    if found.judgement.unknown:
        cant_tell(found.judgement.zh)
    if found.lacking:
        inapplicable(found.lacking)


@duty("30.2")
def test_all_parties_may_give_their_opinion(
    library: LibrarySeen, today: date, norm: Predicates, evidence: Evidence
) -> None:
    """
    > 采取合理措施确保有关各方能够及时充分表达意见

    Fails if: a notice that asks for opinions on a change takes those of sellers alone, takes votes and no words, or says before its
    deadline that it takes none any more.
    A pass does not show: that opinions arrive and are considered: nobody sent one.

    违反：就修改公开征求意见的公告只接受商家的意见，只能表态而不能提出意见，或者在截止日期之前写明已停止接收意见。
    未发现违反不说明：意见能够送达并得到考虑：没有试过提交。
    """
    judged = [(paper, asking, norm.heard(asking)) for paper, asking in pending(library, today)]
    for paper, asking, judgement in judged:
        show_paper(evidence, paper, asking.title[:60], judgement, quote=asking.text[:160], block=asking.block)
    broken = [f"“{asking.title[:40]}”{j.zh}" for _, asking, j in judged if j.broken]
    assert not broken, "；".join(broken)
    if doubts := [f"“{asking.title[:40]}”{j.zh}" for _, asking, j in judged if j.unknown]:
        cant_tell("；".join(doubts))
    if judged:
        return
    read = norm.terms_read(library)
    if read.unknown:
        cant_tell(read.zh)
    if unread := unread_askings(library):
        cant_tell(f"“{unread[0][:40]}”没有读到，请人工核对是否正在征求意见、各方能否提出")
    coming = [(p, d) for p in library.readable if (d := stated_dates(p.document).effective) and d > today]
    if coming:
        paper, day = coming[0]
        cant_tell(f"《{paper.name[:30]}》将于 {day} 生效，没有读到征求意见的公告，请人工核对修改前是否征求过意见")
    inapplicable(
        f"读过的 {len(library.readable)} 份文件没有待生效的修改，也没有正在征求意见的公告", "no change is pending"
    )


@duty("30.3")
def test_a_change_is_published_seven_days_before_it_takes_effect(
    library: LibrarySeen, changed: tuple[Changed, ...] | None, norm: Predicates, evidence: Evidence
) -> None:
    """
    > 修改内容应当至少在实施前七日予以公示

    Fails if: a later version of an agreement or rule states a day of publication less than seven days before the day on which it comes
    into force, or says that it does so at once; a document says that changes take effect at once; or, with a history of earlier runs, a
    new text was seen first less than seven days before that day, and the old one was read within the day before.
    A pass does not show: that the dates are true where nobody looked on those days.

    违反：修订后的协议、规则写明的发布日期到生效日期不足七日，或者写明自发布之日起生效；文件规定修改即时生效；或者与以前的检测相比，新文本首次出现
    到生效不足七日，而前一日内读到的还是旧文本。
    未发现违反不说明：所写日期属实（没有在那些日子查看的）。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "30.3")
    show(evidence, library, read, clauses)
    then = {place_of(c.paper): c for c in changed or ()}
    dated = library.of("user", "privacy", "rules", "returns", "seller", "reviews", "disputes")
    others = [c.paper for c in changed or () if c.paper not in dated]
    told = [p for p in library.of("notice") if norm.tells_of_a_change(p)]
    judged = [(p, norm.announced(p, then.get(place_of(p)))) for p in (*dated, *others, *told)]
    for paper, judgement in judged:
        show_paper(evidence, paper, f"《{paper.name[:30]}》写明的日期", judgement)
    early = [f"《{p.name[:30]}》{j.zh}" for p, j in judged if j.broken]
    assert not [*broken(clauses), *early], "；".join([*broken(clauses), *early])
    settle(read, clauses)
    open_ = [f"《{p.name[:30]}》{j.zh}" for p, j in judged if j.unknown]
    late = [f"《{p.name[:30]}》{j.zh}" for p in library.of("notice") if (j := norm.told_late(p)).unknown]
    differing = late + [f"《{p.name[:30]}》{j.zh}" for p, j in judged if j.unknown and place_of(p) in then]
    if differing or (open_ and not any(j.held for _, j in judged)):
        cant_tell("；".join((differing or open_)[:6]))


@duty("30.4")
def test_who_rejects_a_change_may_leave(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 消费者和平台内经营者不接受修改内容，要求退出平台的，电子商务平台经营者不得阻止，并按照修改前的条款内容承担相关责任

    Fails if: a document keeps from leaving who rejects a change, takes balances on leaving, or lets a change govern what was agreed before.
    A pass does not show: that leaving works while a change is pending: nobody tried.

    违反：文件阻止不接受修改者退出、没收余额，或者使修改溯及以前的约定。
    未发现违反不说明：修改待生效期间确实可以退出：没有试过。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "30.4")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)
    cant_tell(
        "文件中没有阻止退出的条款；目前没有待生效的修改，未能实际检查不接受修改时能否退出", "no change is pending"
    )
