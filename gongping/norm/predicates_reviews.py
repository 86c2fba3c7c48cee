"""Predicates of the credit evaluation system: whether goods and shops are rated where they are sold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongping.detectors import reviews
from gongping.detectors.reviews import ListRated, PageRated
from gongping.norm.judgement import Judgement
from gongping.norm.predicates_base import BasePredicates
from gongping.norm.predicates_terms import in_force
from gongping.observations.ads import SearchSeen
from gongping.observations.checkout import CheckoutSeen
from gongping.observations.library import LibrarySeen, Paper
from gongping.sight.blocks import Block

_SHARE = 0.9
"""Share of the cards that must say how they are rated, or that nobody has rated them yet (norm.yaml 16.1: every sampled item)."""

_SAMPLE = 10
"""Cards below which nobody can tell that nothing is rated (convention: half of norm.yaml's 20 listings)."""

_PAGES = 2
"""Articles' own pages that must have been read before their absence counts (convention: the two orders of an audit)."""


class ReviewPredicates(BasePredicates):
    """Mixed into Predicates."""

    def lists_rated(self, search: SearchSeen) -> list[ListRated]:
        """The first list of each query."""
        firsts = [q.listings[0].listed for q in search.queries if q.listings]
        return [reviews.read_list(self.sight(x.sight), x.cards) for x in firsts if x.cards]

    def pages_rated(self, checkout: CheckoutSeen) -> list[PageRated]:
        """The page of each good that was ordered."""
        found = {s.sight: o.goods for o in checkout.orders for s in o.steps if s.place == "product" and s.sight}
        return [reviews.read_page(self.sight(sight), goods) for sight, goods in found.items()]

    def praise_paid(self, library: LibrarySeen) -> list[tuple[Paper, Block, Judgement]]:
        """The tables of documents in force that give more for a better review."""
        return [
            (
                paper,
                Block("；".join(" ".join(row) for row in table.rows), "cell", box=table.box),
                _paid(paper, table.rows),
            )
            for paper in in_force(library)
            for table in reviews.paid_by_grade(paper.document)
        ]

    def credit_evaluated(
        self, lists: Sequence[ListRated], pages: Sequence[PageRated], search: SearchSeen, model: str | None
    ) -> Judgement:
        """Whether scores or numbers of reviews stand at what is sold, or that there is none yet. Broken where nothing of the kind stands
        anywhere though others sell and something was sold, or where a share of praise has no review behind it on any page."""
        cards, rated = sum(x.cards for x in lists), sum(x.rated for x in lists)
        told = [p for p in pages if p.says]
        measured: dict[str, Any] = {
            "读过的商品卡片": cards,
            "有评价信息的卡片": rated,
            "读过的商品页面": len(pages),
            "有评价信息的商品页面": len(told),
        }
        hollow = [p for p in pages if p.praise and p.count == 0]
        if len(hollow) >= _PAGES and len(hollow) == len(pages):
            zh = f"{len(hollow)} 个商品页面都写有“{hollow[0].praise}”而评价为零（{'、'.join(p.title[:16] for p in hollow)}）"
            return Judgement("broken", zh, measured)
        if told and len(told) == len(pages) and not hollow:
            return Judgement("held", "", measured)
        if not pages and cards >= _SAMPLE and rated >= _SHARE * cards:
            return Judgement("held", "", measured)
        if hollow:
            zh = f"“{hollow[0].title}”写有“{hollow[0].praise}”而评价为零，请人工核对"
            return Judgement("unknown", zh, measured)
        if told or rated:
            zh = f"{cards} 张商品卡片中 {rated} 张、{len(pages)} 个商品页面中 {len(told)} 个有评价信息，其余请人工核对"
            return Judgement("unknown", zh, measured)
        return self._nowhere(lists, pages, search, model, measured)

    def _nowhere(
        self, lists: Sequence[ListRated], pages: Sequence[PageRated], search: SearchSeen, model: str | None, measured: dict[str, Any]
    ) -> Judgement:  # fmt: skip
        both: list[ListRated | PageRated] = [*lists, *pages]
        read = f"{measured['读过的商品卡片']} 张商品卡片和 {len(pages)} 个商品页面"
        others = model in ("mixed", "third-party-only") or any(x.others_sell for x in both)
        sorted_by = any(c.key == "credit" for q in search.queries if q.sorts for c in q.sorts.controls)
        reasons = [
            why
            for why, so in (
                ("读到的商品太少", measured["读过的商品卡片"] < _SAMPLE or len(pages) < _PAGES),
                ("有的页面提到评价", any(x.speaks for x in both)),
                ("可以按信用或者评分排序", sorted_by),
                ("没有读出销量，可能是尚无销售的新平台", not any(x.sold for x in lists)),
                ("没有认出其他商家的销售，只有自营业务的请在目标中声明 facts: {platform_model: self-only}", not others),
                ("商品页面有内嵌页面无法读取", any(self.sight(p.sight).unread_frames for p in pages)),
            )
            if so
        ]
        if reasons:
            return Judgement("unknown", f"{read}没有评分、评价数量，但是{'，'.join(reasons)}，请人工核对", measured)
        return Judgement("broken", f"{read}没有任何评分、评价数量或者“暂无评价”，平台上有其他商家的销售", measured)


def _paid(paper: Paper, rows: Sequence[tuple[str, str]]) -> Judgement:
    said = "，".join(f"{grade} {what}" for grade, what in rows)
    return Judgement("broken", f"《{paper.name[:30]}》按评价好坏给予不同奖励：{said}", {"文件": paper.name[:40]})
