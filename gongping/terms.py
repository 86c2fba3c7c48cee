"""What the tests of standard terms share: showing the sentences that were found, and saying what stays open."""

from __future__ import annotations

from collections.abc import Sequence

from gongping.evidence.show import Evidence
from gongping.norm.judgement import Judgement
from gongping.norm.predicates import Predicates
from gongping.norm.predicates_days import Announcement
from gongping.norm.predicates_published import Disclosure
from gongping.norm.predicates_terms import Clause
from gongping.observations.documents import HomeSeen
from gongping.observations.library import LibrarySeen, Paper
from gongping.sight.blocks import Block
from gongping.sight.model import Seen
from gongping.targets import Facts
from gongping.testing import cant_tell, inapplicable

_MOST = 12
"""Sentences that one test shows (convention: what a person reads)."""


def show(evidence: Evidence, library: LibrarySeen, read: Judgement, clauses: Sequence[Clause]) -> None:
    """Shows what was read, and every clause where it stands."""
    evidence.show(
        None, "读过的协议、规则和公告", judged=read, sight=library.home_sight, place="documents", element="协议和规则"
    )
    for clause in clauses[:_MOST]:
        _show_clause(evidence, clause, f"《{clause.paper.name[:30]}》第 {clause.finding.paragraph} 段")


def show_notices(evidence: Evidence, read: Judgement, clauses: Sequence[Clause]) -> None:
    """Shows which pages of orders were read, and every clause framed where it stands."""
    evidence.show(None, "读过的商品页、购物车和订单页", judged=read, place="checkout", element="说明和告示")
    for clause in clauses[:_MOST]:
        _show_clause(evidence, clause, f"{clause.paper.name[:30]}上的文字")


def _show_clause(evidence: Evidence, clause: Clause, caption: str) -> None:
    sentence = clause.finding.sentence
    show_paper(
        evidence, clause.paper, caption, clause.judgement,
        element=sentence, quote=sentence, block=clause.block, place=clause.place,
    )  # fmt: skip


def show_paper(
    evidence: Evidence,
    paper: Paper,
    caption: str,
    judged: Judgement,
    *,
    element: str = "",
    quote: str = "",
    block: Block | None = None,
    place: str = "documents",
) -> None:
    """Shows a document, or a paragraph of it, under a caption; `element` is what a waiver names, by default the document."""
    evidence.show(
        marked(paper.document.sight, block),
        caption,
        judged=judged,
        sight=paper.document.sight,
        place=place,
        element=(element or paper.name)[:80],
        url=paper.document.url,
        quote=quote,
        files=[paper.document.file] if paper.document.file else (),
    )


def marked(sight: str, block: Block | None) -> Seen | None:
    """A paragraph as something that a picture can be marked with; None where no picture shows it."""
    if not sight or block is None or block.box is None or block.scrolled:
        return None
    return Seen(sight, -1, -1, "p", block.box, text=block.text)


def broken(clauses: Sequence[Clause]) -> list[str]:
    """The clauses beyond argument, in words for a report."""
    return [c.said for c in clauses if c.judgement.broken]


def settle(read: Judgement, clauses: Sequence[Clause]) -> None:
    """Ends the test as cantTell where a person must read a sentence, or where not enough was read."""
    doubts = [c.said for c in clauses if c.judgement.unknown]
    if doubts:
        cant_tell("请人工判定：" + "；".join(doubts[:_MOST]))
    if read.unknown:
        cant_tell(read.zh)


def show_disclosure(evidence: Evidence, library: LibrarySeen, disclosure: Disclosure, what: str) -> None:
    """Shows where a platform was read for what it must publish, and every passage that says it or lacks it."""
    evidence.show(
        None, f"查找公示：{what}", judged=disclosure.judgement, sight=library.home_sight, place="home", element=what
    )
    for passage in disclosure.passages[:_MOST]:
        if passage.paper is None:
            evidence.show(None, passage.about, judged=passage.judgement, place="documents", element=what)
            continue
        show_paper(evidence, passage.paper, passage.about, passage.judgement, quote=passage.quote, block=passage.block)


def show_announced(evidence: Evidence, at: HomeSeen | LibrarySeen, announcement: Announcement, what: str) -> None:
    """Shows where an announcement was looked for, and all that was seen of it, on home and behind."""
    judged = announcement.judgement
    sight = at.sight if isinstance(at, HomeSeen) else at.home_sight
    evidence.show(None, f"查找：{what}", judged=judged, sight=sight, place="home", element=what)
    for each in announcement.seen[:_MOST]:
        if each.mark:
            evidence.show(each.mark, each.about, judged=each.judgement, place="home", element=each.mark.label)
        elif each.paper:
            show_paper(evidence, each.paper, each.about, each.judgement)
        else:
            evidence.show(None, each.about, judged=each.judgement, place="home", element=what)


def needs_sellers(facts: Facts) -> None:
    """Ends the test as inapplicable where the target declares that nobody else sells on the platform."""
    if facts.platform_model == "self-only":
        inapplicable("目标声明平台只有自营业务，没有平台内经营者")


def needs_sellers_by_its_words(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """Ends the test as inapplicable where a document says that nobody else sells on the platform."""
    own = norm.only_own_sales(library)
    if own and own.paper:
        show_paper(evidence, own.paper, own.about, own.judgement, quote=own.quote, block=own.block)
        inapplicable(f"《{own.paper.name[:20]}》写明没有其他商家：“{own.quote[:80]}”")
