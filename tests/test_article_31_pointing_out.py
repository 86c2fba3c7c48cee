"""第三十一条 以显著方式提示有重大利害关系的内容。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.library import LibrarySeen
from gongping.terms import show_paper
from gongping.testing import cant_tell, duty


@duty("31.1")
def test_agreements_point_out_what_matters(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 应当采用显著方式提示合同相对人注意与其有重大利害关系、对其权利可能造成影响的价款或者费用、履行期限和方式、安全注意事项和风险警示、售后服务、民事责任等内容

    Fails if: an agreement with users has sentences that limit liability, or that set a fee, and none of them stands out from the text
    around by weight, size, colour, underline or background.
    A pass does not show: that every single sentence that matters stands out, that prices and conditions stand beside the last click
    (42.1, 32.3), or that sellers point out theirs (31.3).

    违反：用户协议中限制责任的句子，或者收取费用的句子，没有一句以字重、字号、颜色、下划线或者底色与周围文字区别开。
    未发现违反不说明：每一句有重大利害关系的文字都作了提示，价款和条件在最后一次点击旁边写明（42.1、32.3），或者商家作了提示（31.3）。
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
