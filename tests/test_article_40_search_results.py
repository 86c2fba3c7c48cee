"""第四十条 搜索结果：多种排序方式；个性化结果的同时提供不针对个人特征的选项。"""

from __future__ import annotations

from typing import Any

from gongping.detectors import ordering
from gongping.detectors.ordering import OrderRead
from gongping.evidence.show import Evidence
from gongping.norm.judgement import Judgement
from gongping.norm.predicates import Predicates
from gongping.norm.predicates_ordering import label_of, told_again, where
from gongping.norm.predicates_ranking import NAMED, punished
from gongping.observations.ads import SearchSeen
from gongping.observations.ranking import PersonasSeen
from gongping.targets import Facts
from gongping.testing import cant_tell, duty, inapplicable


@duty("40.1")
def test_results_are_shown_by_price_sales_and_credit(search: SearchSeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 电子商务平台经营者应当根据商品或者服务的价格、销量、信用等以多种方式向消费者显示商品或者服务的搜索结果。

    Fails if: a consumer who is not logged in finds no control for price or for sales, fewer than two of price, sales and credit,
    or a control that changes neither the order nor the request. Credit alone missing cannot be told; a rating counts as credit.
    A pass does not show: that the list really is in the order that the control names (40.2).

    违反：未登录的消费者找不到按价格或者按销量排序的控件，价格、销量、信用三者不足两项，或者控件既不改变次序也不改变请求。仅缺信用的，无法判定
    ；评分视为信用。
    未发现违反不说明：列表确实按控件所示排列（见 40.2）。
    """
    judged = [(q.sorts, norm.offers_sorts(q.sorts)) for q in search.queries if q.sorts]
    for sorts, judgement in judged:
        for control in sorts.controls:
            each = norm.orders_by(control)
            evidence.show(
                control, f"排序方式“{control.label}”", judged="seen" if each.unknown else each, **each.measured
            )
        evidence.show(None, f"“{sorts.query}”的排序方式", judged=judgement, sight=sorts.sight, element="排序方式")
    broken = [j for _, j in judged if j.broken]
    assert not broken, "；".join(dict.fromkeys(j.zh for j in broken))
    if not any(j.held for _, j in judged):
        why = "；".join(dict.fromkeys([*(j.zh for _, j in judged), *search.everything_missed])) or "没有取得搜索结果"
        cant_tell(f"无法判断搜索结果的排序方式：{why}", f"the ways to sort could not be judged: {why}")


def _show_order(read: OrderRead, norm: Predicates, evidence: Evidence) -> None:
    """The neighbours that stand the wrong way round; of a list in order, its first item."""
    judged, measured = norm.truly_ordered(read), norm.stands(read)
    inversions = measured.inversions[:2] if measured else ()
    if judged.held or not inversions:
        first = read.items[0] if read.items else None
        evidence.show(
            first.seen if first else None, f"{where(read)}{'：' + judged.zh if judged.zh else ''}", judged=judged, element=label_of(read)
        )  # fmt: skip
    for found in () if judged.held else inversions:
        for item, text in ((found.first, found.first_text), (found.second, found.second_text)):
            evidence.show(
                item.seen, f"{where(read)}，第 {item.page} 页第 {item.rank} 位：{text}", judged=judged, element=label_of(read),
            )  # fmt: skip


@duty("40.2")
def test_an_order_really_orders_the_results(search: SearchSeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 电子商务平台经营者应当根据商品或者服务的价格、销量、信用等以多种方式向消费者显示商品或者服务的搜索结果。

    Fails if: in a list that a control orders by price, either way, by sales or by a rating, more than a tenth of the neighbours stand
    the wrong way round by what their cards display, paid places left out; if each page is in order by itself only; if the order
    is that of a price before a coupon or a reduction while the cards put forward the price after it; or if items that nobody
    marked are pinned out of order at the same ranks in list after list. An order by sales or by a rating that roughly fits what is
    displayed cannot be told: another period, or a weighted mean, orders so.
    A pass does not show: that figures on the cards are true, that an order holds beyond the pages that were read, or for other
    searches, or that a credit that no card displays orders the list.

    违反：按价格（升或降）、销量、评分排序的列表，除付费位置外，按卡片所示数值有超过十分之一的相邻商品次序颠倒；只在每页之内有序；卡片突出显示
    券后价、排序却按券前价；或者未标识的商品在多个列表的同一位次被固定。按销量或者评分与卡片所示大致相符的，无法判定。
    未发现违反不说明：卡片所示数值真实、未查看的页面或者其他搜索同样有序，或者卡片上没有显示的信用决定了次序。
    """
    reads = [
        r
        for q in search.queries
        for r in ordering.read_orders(q, {x.listed.sight: norm.sight(x.listed.sight) for x in (*q.listings, *(x for o in q.orders for x in o.lists))})
        if not r.seen.again or told_again(r) or norm.truly_ordered(r).held
    ]  # fmt: skip
    for read in reads:
        _show_order(read, norm, evidence)
    pins = norm.nothing_pinned(reads)
    for item in () if pins.held else norm.pinned_items(reads)[:4]:
        evidence.show(item.seen, f"第 {item.page} 页第 {item.rank} 位不合排序：{pins.zh}", judged=pins)
    judged = {
        key: norm.orders_truly(of_key) for key in NAMED if (of_key := [r for r in reads if r.seen.control.key == key])
    }
    broken = [j.zh for j in (*judged.values(), pins) if j.broken]
    assert not broken, "；".join(broken)
    if not judged:
        why = "；".join(search.everything_missed) or "没有可以操作的价格、销量或信用排序（见 40.1）"
        cant_tell(f"没有取得排序后的列表：{why}", f"no ordered list was seen: {why}")
    unknown = [f"按{NAMED[key]}：{j.zh}" for key, j in judged.items() if j.unknown] + (
        [pins.zh] if pins.unknown else []
    )
    if unknown:
        cant_tell(f"有的排序无法核对：{'；'.join(unknown)}", f"some orders could not be checked: {'; '.join(unknown)}")


def _together(judgement: Judgement) -> dict[str, Any]:
    """What a judgement of all queries together has measured."""
    return {k: v for k, v in judgement.measured.items() if k in ("平均差值", "差值区间", "置信水平", "比较轮数")}


def _show_comparison(personas: PersonasSeen, norm: Predicates, evidence: Evidence) -> Judgement:
    """Shows who got what; answers whether results are personal."""
    personal = norm.personalised(personas)
    for comparison in norm.comparisons(personas, "personal"):
        each = norm.differs(comparison)
        for persona, taste in (("A", "高价商品"), ("B", "低价商品")):
            seen = next(
                (
                    x
                    for x in personas.lists
                    if x.persona == persona and x.phase == "personal" and x.query == comparison.query and not x.wall
                ),
                None,
            )
            if seen:
                evidence.show(
                    None,
                    f"浏览过{taste}的消费者 {persona} 搜索“{comparison.query}”的结果",
                    sight=seen.sight,
                    url=seen.url,
                    前十名=list(seen.keys[:10]),
                    **_together(personal),
                    **each.measured,
                )
    if personas.policy:
        for sentence in (*personas.policy.admits, *personas.policy.denies):
            evidence.show(
                None,
                "隐私政策的说明",
                quote=sentence,
                url=personas.policy.url,
                place="documents",
                sight=personas.policy.sight,
            )
    return personal


def _not_personal(personas: PersonasSeen, personal: Judgement, facts: Facts) -> str:
    """The positive evidence that results are not personal, or "": declared or stated, and none measured."""
    if not personal.broken or (personas.policy and personas.policy.admits):
        return ""
    measured = f"两个相反浏览历史的消费者搜索结果一致（{personal.zh}）"
    if facts.personalised_search is False:
        return f"平台声明搜索结果不做个性化，实测{measured}"
    if personas.policy and personas.policy.denies:
        return f"隐私政策称“{personas.policy.denies[0]}”，实测{measured}"
    return ""


def _why_untold(personas: PersonasSeen, personal: Judgement) -> str:
    policy = "隐私政策没有说明搜索结果是否个性化" if personas.policy else "没有读到隐私政策"
    return f"没有测出搜索结果因人而异（{personal.zh}），{policy}；可在 targets.yaml 的 facts 中声明 personalised_search"


@duty("40.3")
def test_an_option_without_personal_traits_is_offered(
    personas: PersonasSeen, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 电子商务平台经营者根据消费者的兴趣爱好、消费习惯等特征向其提供商品或者服务的搜索结果的，应当同时向该消费者提供不针对其个人特征的选项

    Fails if: results are personal, or the privacy policy admits it, and no option is offered within the click limit; it covers
    feeds or advertisements only; it needs customer service; using it takes the results away.
    A pass does not show: that recommendations outside the search can be switched off, or that interests are forgotten.

    违反：搜索结果因人而异（或者隐私政策承认如此），而在规定的点击次数内没有不针对个人特征的选项；选项只覆盖推荐或者广告；须联系客服；或者使用
    后结果不再展示。
    未发现违反不说明：搜索之外的推荐可以关闭，或者平台不再保留兴趣画像。
    """
    personal = _show_comparison(personas, norm, evidence)
    reason = _not_personal(personas, personal, facts)
    if reason:
        inapplicable(reason)
    admitted = personas.policy.admits if personas.policy else ()
    if not personal.held and not admitted:
        cant_tell(_why_untold(personas, personal))
    trigger = personal.zh if personal.held else f"隐私政策承认“{admitted[0]}”"
    judged = [(option, norm.covers_search(option)) for option in personas.options]
    used = norm.covers_search(personas.used) if personas.used else None
    for option, judgement in judged:
        if option != personas.used:
            evidence.show(
                option.seen,
                f"“{option.label}”",
                judged="seen" if used and used.held else judgement,
                url=option.url,
                place=option.place,
                element=option.label,
            )
    if personas.used and used:
        taken = used if not punished(personas) else Judgement("broken", "", used.measured)
        evidence.show(
            personas.used.seen,
            f"不针对个人特征的选项“{personas.used.label}”",
            judged=taken,
            url=personas.used.url,
            place=personas.used.place,
            element=personas.used.label,
        )
    if not used or not used.held:
        found = [j.zh for _, j in judged if j.broken] + ([used.zh] if used and used.broken else [])
        by_contact = [f"隐私政策要求“{s}”" for s in (personas.policy.by_contact if personas.policy else ())]
        read = [f"{p.title or p.url}（{p.clicks} 次点击）" for p in personas.places if not p.wall]
        buried = used is not None and used.broken
        account = any(p.account and not p.wall for p in personas.places)
        gaps = [*personas.unread, *(() if account else ("账户及其设置（没有到达）",))]
        evidence.show(None, "寻找选项时读过的页面", judged="broken" if buried or not gaps else "unknown", sight=personas.places[0].sight if personas.places else "",
                      element="不针对个人特征的选项", 读过的页面=read, 未读=gaps, 读到的控件={p.title or p.url: list(p.labels) for p in personas.places[:8]})  # fmt: skip
        said = "；".join(dict.fromkeys([*found, *by_contact])) or "没有找到任何选项"
        if gaps and not buried:
            cant_tell(
                f"搜索结果因人而异（{trigger}），没有找到不针对个人特征的选项（{said}），但有页面没有读到：{'、'.join(gaps[:5])}"
            )
        raise AssertionError(
            f"搜索结果因人而异（{trigger}），没有同时提供不针对个人特征的选项：{said}；已读 {len(read)} 个页面"
        )
    assert not punished(personas), (
        f"使用“{personas.used.label if personas.used else ''}”后，同样的关键词不再给出搜索结果"
    )
    works = norm.off_works(personas)
    if not works.held:
        cant_tell(f"提供了选项“{personas.used.label if personas.used else ''}”，但不能确认它有效，见 40.4：{works.zh}")


@duty("40.4")
def test_the_option_makes_results_equal(
    personas: PersonasSeen, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 应当同时向该消费者提供不针对其个人特征的选项

    Fails if: after both used the option, results of two people still differ by more than the parameter in four fifths of the
    queries, or the option stands at on again without their doing, on a later page or after a new login.
    A pass does not show: that it lasts for days, or on other devices.

    违反：两人都使用该选项后，五分之四的搜索中结果差异仍超过参数；或者选项在后续页面、重新登录后自行恢复为开启。
    未发现违反不说明：该选项多日有效，或者在其他设备上同样有效。
    """
    personal = _show_comparison(personas, norm, evidence)
    reason = _not_personal(personas, personal, facts)
    if reason:
        inapplicable(reason)
    admitted = personas.policy.admits if personas.policy else ()
    if not personal.held and not admitted:
        cant_tell(_why_untold(personas, personal))
    if not personas.used:
        cant_tell(
            "没有找到可以操作的不针对个人特征的选项，无从验证它是否有效（见 40.3）",
            "no option was found that could be tried (see 40.3)",
        )
    works = norm.off_works(personas)
    together = _together(works)
    for comparison in norm.comparisons(personas, "off"):
        each = norm.differs(comparison)
        for persona in ("A", "B"):
            seen = next(
                (
                    x
                    for x in personas.lists
                    if x.persona == persona and x.phase == "off" and x.query == comparison.query and not x.wall
                ),
                None,
            )
            if seen:
                evidence.show(
                    None,
                    f"关闭后消费者 {persona} 搜索“{comparison.query}”的结果",
                    sight=seen.sight,
                    url=seen.url,
                    前十名=list(seen.keys[:10]),
                    **together,
                    **each.measured,
                )
    evidence.show(
        personas.used.seen,
        f"选项“{personas.used.label}”",
        judged=works,
        url=personas.used.url,
        place=personas.used.place,
        element=personas.used.label,
    )
    assert not works.broken, works.zh
    if works.unknown:
        cant_tell(works.zh)
    if not personal.held:
        cant_tell(f"隐私政策承认搜索结果个性化，但没有测出差异（{personal.zh}），无法验证关闭是否有效")
