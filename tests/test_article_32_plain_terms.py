"""第三十二条 条款清晰易懂，不得以全文标记代替重点提示。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.library import Kind, LibrarySeen
from gongping.terms import show_paper
from gongping.testing import cant_tell, duty

AGREEMENTS: tuple[Kind, ...] = ("user", "rules", "membership", "renewal", "deposit")


@duty("32.1")
def test_terms_are_plain_and_legible(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 应当使用清晰准确、通俗易懂的表述方式

    Fails if: an agreement or rule is not in simplified Chinese, is set smaller or paler than the norm's figures, holds garbled
    characters, or has gaps of a template where a name should stand.
    A pass does not show: that a layman understands every sentence.

    违反：协议、规则没有简体中文文本，正文字号或者对比度低于规定数值，含有乱码，或者应当写明名称之处留有模板的空白。
    未发现违反不说明：普通人能读懂每一句话。
    """
    papers = library.of(*AGREEMENTS)
    if not papers:
        cant_tell("没有读到任何协议、规则", "no agreement was read")
    broken: list[str] = []
    unknown: list[str] = []
    for paper in papers:
        judged = norm.clear(paper)
        show_paper(evidence, paper, f"《{paper.name[:30]}》的表述", judged)
        if not judged.held:
            (broken if judged.broken else unknown).append(f"《{paper.name[:30]}》{judged.zh}")
    assert not broken, "；".join(broken)
    if unknown:
        cant_tell("；".join(unknown))


@duty("32.4")
def test_emphasis_marks_a_part_not_the_whole(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 不得以全文内容或大部分内容运用特别标识的方式履行提示义务

    Fails if: more of an agreement's characters stand out (bold, larger, coloured, underlined, on a background) than the norm's share,
    or its usual type is bold.
    A pass does not show: that what stands out is what matters (31.1).

    违反：协议中以加粗、放大、颜色、下划线、底色等特别标识的文字超过规定比例，或者正文本身就是粗体。
    未发现违反不说明：作了标识的正是有重大利害关系的内容（31.1）。
    """
    papers = library.of(*AGREEMENTS)
    if not papers:
        cant_tell("没有读到任何协议、规则", "no agreement was read")
    judged = [(paper, norm.not_all_marked(paper)) for paper in papers]
    for paper, judgement in judged:
        show_paper(evidence, paper, f"《{paper.name[:30]}》的重点标识", judgement)
    broken = [f"《{paper.name[:30]}》{j.zh}" for paper, j in judged if j.broken]
    assert not broken, "；".join(broken)
    doubtful = [
        f"《{paper.name[:30]}》{j.zh}"
        for paper, j in judged
        if j.unknown and "重点标识占比" in j.measured and "少于" not in j.zh
    ]
    if doubtful or not any(j.held for _, j in judged):
        cant_tell("；".join(doubtful or [f"《{paper.name[:30]}》{j.zh}" for paper, j in judged]))
