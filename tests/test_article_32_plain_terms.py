"""第三十二条 条款清晰易懂，不得隐藏、不便链接，不得以提示阅读、全文标记代替重点提示。"""

from __future__ import annotations

from collections.abc import Sequence

from gongping.detectors.agreements import named_agreements
from gongping.detectors.material_terms import MaterialTerm, material_terms
from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.checkout import CheckoutSeen, Step
from gongping.observations.library import Kind, LibrarySeen
from gongping.sight.model import Seen
from gongping.terms import show_paper
from gongping.testing import cant_tell, duty, inapplicable

PLACES = {"checkout": "提交订单前的最后一步", "register": "注册页"}
AGREEMENTS: tuple[Kind, ...] = ("user", "rules", "membership", "renewal", "deposit")


def last_steps(checkout: CheckoutSeen) -> list[Step]:
    """The last step of each order that reached it."""
    return [o.steps[-1] for o in checkout.orders if o.last_step and o.steps]


def judge_conveyed(
    pages: Sequence[tuple[str, Sequence[MaterialTerm]]], place: str, norm: Predicates, evidence: Evidence
) -> None:
    """Judges how terms of weight are conveyed on pages, given with their sights."""
    judged = [(sight, term, norm.conveyed(term)) for sight, terms in pages for term in terms]
    for sight, term, judgement in judged:
        evidence.show(
            Seen(sight, -1, -1, "p", term.box, text=term.line) if term.box else None, term.word, judged=judgement,
            sight=sight, place=place, element=term.word, quote=term.line,
        )  # fmt: skip
    broken = list(dict.fromkeys(j.zh for _, _, j in judged if j.broken))
    assert not broken, "；".join(broken)
    if doubts := list(dict.fromkeys(j.zh for _, _, j in judged if j.unknown)):
        cant_tell("；".join(doubts))
    if not judged:
        inapplicable(f"{PLACES[place]}没有费用、续费、退改限制、定金或者押金")


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


@duty("32.2")
def test_terms_are_neither_hidden_nor_hard_to_reach(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 不得以技术手段对合同格式条款设置不方便链接或者隐藏格式条款内容

    Fails if: a document holds a binding sentence that can't be read (not displayed and without a control near it that may show it,
    transparent, in the colour of its ground, clipped, beside the page, tiny, in a slit that scrolls) and that doesn't stand elsewhere in
    it; or an agreement that the registration form asks to agree to can't be clicked, its link is dead, or a click there only ticks the box.
    A pass does not show: that every control that unfolds a part works, or that going back keeps what a form was given.

    违反：文件中有不能读到、又没有在文件别处写明的权利义务语句（没有显示且附近没有能打开它的控件，透明，与背景同色，被裁去，排在页面之外，字号极
    小，放在过矮的滚动框中）；或者注册页要求同意的协议不能点击、链接失效，点击只会勾选。
    未发现违反不说明：每一个展开控件都有效，或者返回后已填写的内容仍在。
    """
    read = norm.terms_read(library)
    hidden = norm.withheld(library)
    for one in hidden:
        show_paper(
            evidence, one.paper, f"《{one.paper.name[:30]}》中读不到的语句", one.judgement,
            element=one.term.sentence, quote=one.term.sentence,
        )  # fmt: skip
    names = [(n, norm.opens(n, library)) for n in library.named]
    for named, judgement in names:
        evidence.show(
            named.seen, f"注册页上的《{named.name[:30]}》", judged=judgement, place="register", element=named.name
        )
    slits = norm.slits(library)
    for slit, judgement in slits:
        evidence.show(
            Seen(library.registration, -1, -1, "p", slit.box) if slit.box else None, "注册页上过矮的条款框",
            judged=judgement, place="register", element=slit.text[:40], quote=slit.text[:80],
        )  # fmt: skip
    broken = [w.said for w in hidden if w.judgement.broken] + [j.zh for _, j in (*names, *slits) if j.broken]
    assert not broken, "；".join(broken)
    doubts = [w.said for w in hidden if w.judgement.unknown] + [j.zh for _, j in names if j.unknown]
    if doubts:
        cant_tell("；".join(doubts[:6]))
    if read.unknown:
        cant_tell(read.zh)
    if library.form_wall:
        cant_tell(f"没有到达注册页（{library.form_wall}），未能查看其中的协议链接")


@duty("32.2")
def test_agreements_of_the_last_step_can_be_clicked(
    checkout: CheckoutSeen, norm: Predicates, evidence: Evidence
) -> None:
    """
    > 不得以技术手段对合同格式条款设置不方便链接或者隐藏格式条款内容

    Fails if: an agreement that the last step of an order asks to agree to can't be clicked.
    A pass does not show: that its link opens the text: no link is followed there, so that no order is lost.

    违反：提交订单前的最后一步要求同意的协议不能点击。
    未发现违反不说明：其链接能打开全文：为不丢失订单，没有在那里点击链接。
    """
    steps = last_steps(checkout)
    names = [(n, norm.clickable(n)) for step in steps for n in named_agreements(norm.sight(step.sight))]
    for named, judgement in names:
        evidence.show(
            named.seen, f"订单页上的《{named.name[:30]}》", judged=judgement, place="checkout", element=named.name
        )
    broken = list(dict.fromkeys(j.zh for _, j in names if j.broken))
    assert not broken, "；".join(broken)
    if doubts := list(dict.fromkeys(j.zh for _, j in names if j.unknown)):
        cant_tell("；".join(doubts))
    if not names:
        inapplicable(f"走到最后一步的 {len(steps)} 笔订单都没有要求同意协议")


@duty("32.3")
def test_the_last_step_states_terms_of_weight_itself(
    checkout: CheckoutSeen, norm: Predicates, evidence: Evidence
) -> None:
    """
    > 不得仅以提示进一步阅读的方式履行提示义务

    Fails if: the last step before the commitment names a fee, a renewal, a limit of returning or cancelling, or a deposit, says only
    where to read about it, and states it nowhere.
    A pass does not show: that the agreements hold no further terms of weight for this order.

    违反：提交订单前的最后一步提到某项费用、续费、退改限制、定金或者押金，却只提示到别处阅读，页面上没有写明其内容。
    未发现违反不说明：协议中没有与这一订单有关的其他重要条款。
    """
    steps = last_steps(checkout)
    if not steps:
        why = "；".join(f"{o.goods[:20]}：{o.stopped}" for o in checkout.orders) or "没有可下单的商品"
        cant_tell(f"没有走到提交订单前的最后一步（{why}）", f"no order reached its last step: {why}")
    judge_conveyed([(step.sight, material_terms(norm.sight(step.sight))) for step in steps], "checkout", norm, evidence)


@duty("32.3")
def test_registration_states_terms_of_weight_itself(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 不得仅以提示进一步阅读的方式履行提示义务

    Fails if: the registration form names a fee, a renewal, a limit of returning, or a deposit, says only where to read about it, and
    states it nowhere.
    A pass does not show: that what one agrees to there holds no further terms of weight.

    违反：注册页提到某项费用、续费、退改限制、定金或者押金，却只提示到别处阅读，页面上没有写明其内容。
    未发现违反不说明：注册时同意的协议没有其他重要条款。
    """
    if library.form_wall:
        cant_tell(f"没有到达注册页（{library.form_wall}）")
    if not library.registration:
        inapplicable("没有找到注册页")
    judge_conveyed(
        [(library.registration, material_terms(norm.sight(library.registration)))], "register", norm, evidence
    )


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
