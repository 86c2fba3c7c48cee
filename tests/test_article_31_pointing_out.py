"""第三十一条 以显著方式提示有重大利害关系的内容。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.checkout import CheckoutSeen
from gongping.observations.library import LibrarySeen
from gongping.terms import show_paper
from gongping.testing import cant_tell, duty


@duty("31.1")
def test_agreements_point_out_what_matters(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 应当采用显著方式提示合同相对人注意与其有重大利害关系、对其权利可能造成影响的价款或者费用、履行期限和方式、安全注意事项和风险警示、售后服务、民事责任等内容

    Fails if: an agreement with users has sentences that limit liability, or that set a fee, and none of them stands out from the text
    around by weight, size, colour, underline or background.
    A pass does not show: that every single sentence that matters stands out, or that sellers point out theirs (31.3).

    违反：用户协议中限制责任的句子，或者收取费用的句子，没有一句以字重、字号、颜色、下划线或者底色与周围文字区别开。
    未发现违反不说明：每一句有重大利害关系的文字都作了提示，或者商家作了提示（31.3）。
    """
    papers = library.of("user", "membership", "renewal", "deposit")
    if not library.of("user"):
        walls = "、".join(p.document.wall for p in library.walled("user"))
        cant_tell(f"没有读到用户协议{f'（{walls}）' if walls else ''}", "no user agreement was read")
    broken: list[str] = []
    unknown: list[str] = []
    for paper in papers:
        judged, plain = norm.points_out(paper)
        show_paper(
            evidence,
            paper,
            f"《{paper.name[:30]}》的重点提示",
            judged,
            quote=plain[0].text if plain else "",
            block=plain[0].block if plain else None,
        )
        if not judged.held:
            (broken if judged.broken else unknown).append(f"《{paper.name[:30]}》{judged.zh}")
    assert not broken, "；".join(broken)
    if unknown:
        cant_tell("；".join(unknown))


@duty("31.1")
def test_the_total_stands_before_the_commitment(checkout: CheckoutSeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 应当采用显著方式提示合同相对人注意与其有重大利害关系、对其权利可能造成影响的价款或者费用

    Fails if: the last step before the commitment shows no total, at none of the orders, though all its amounts could be read.
    A pass does not show: that every condition of the order stands there (32.3).

    违反：提交订单之前的最后一步没有应付总额，而该页的金额都能读出。
    未发现违反不说明：订单的每一项条件都在该页写明（32.3）。
    """
    last = [order.steps[-1] for order in checkout.orders if order.last_step and order.steps]
    if not last:
        cant_tell("没有走到提交订单之前的最后一步，应付总额是否在该页写明无法判断", "the last step was not reached")
    without = []
    for step in last:
        total = next((line for line in step.lines if step.total is not None and line.amount == step.total), None)
        evidence.show(
            total.seen if total else None,
            "提交订单之前的应付总额",
            judged="held" if step.total is not None else "unknown" if step.unread else "broken",
            sight=step.sight,
            place=step.place,
            element="应付总额",
            url=step.url,
            应付总额=step.total,
            未能识别的金额数=step.unread,
        )
        if step.total is None:
            without.append(step)
    unread = [step for step in without if step.unread or not step.lines]
    assert len(without) < len(last) or unread, f"最后一步“{last[0].title[:30]}”没有应付总额（{last[0].url}）"
    if without and len(without) == len(last):
        cant_tell(f"最后一步有 {unread[0].unread} 个金额未能识别，不能认定没有应付总额", "amounts could not be read")
