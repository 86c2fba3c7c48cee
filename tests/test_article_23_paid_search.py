"""第二十三条 付费搜索广告与自然搜索结果明显区分。"""

from __future__ import annotations

from collections.abc import Iterable

from gongping.detectors.ads import ListRead
from gongping.entry import Facts
from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.norm.predicates_ads import Judged, by_reason, scope_of
from gongping.observations.ads import SearchSeen
from gongping.testing import cant_tell, duty, inapplicable


def _told(judged: Iterable[Judged]) -> str:
    """One sentence a reason: an example, how often, and whose offers."""
    said = []
    for reason, all_of_it in by_reason(judged).items():
        read, offer, _ = all_of_it[0]
        listed = read.listing.listed
        scopes = "、".join(sorted({scope_of(o) for _, o, _ in all_of_it}))
        said.append(
            f"搜索“{listed.query}”第 {listed.page} 页第 {offer.rank} 位“{offer.title[:24]}”：{reason}（共 {len(all_of_it)} 处，{scopes}）"
        )
    return "；".join(said)


@duty("23.2")
def test_paid_search_results_stand_apart_from_natural_ones(
    search: SearchSeen, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 应当对付费搜索广告与自然搜索结果进行明显区分

    Fails if: an item that two independent signs show to be paid for bears no valid label 广告 in full view and looks, label and
    pictures left out, as the items do that nobody paid for (grounds and edges within 3 RGB levels, of one width, in no block of its
    own); or if paid items of the platform's own bear no label in a list where those of other sellers do.
    The text speaks of self-operated business; 《互联网广告管理办法》第九条 binds every operator, so all offers are judged and each is tagged
    自营 or 第三方.
    A pass does not show: that an item without any sign is unpaid, or that a preference for the platform's own goods, which nobody
    paid for, is disclosed.

    违反：有两项以上独立迹象表明为付费的商品，没有完整可见的有效“广告”标识，并且除标识和图片外与自然结果外观一致（底色、边框相差不超过 3
    级 RGB，宽度相同，不在独立区块内）；或者同一列表中他人的付费商品有标识而平台自营的付费商品没有。
    未发现违反不说明：没有任何迹象的商品未付费，或者平台对自营商品的（非付费）优待已经披露。
    """
    reads = norm.lists(search)
    known = [(r, o, norm.set_apart(o, r)) for r in reads for o in r.known]
    own = [(r, o, norm.own_marked(o, r)) for r in reads for o in r.known]
    inspected = sum(len(r.offers) for r in reads)
    if not known:
        _none_known(search, reads, norm, facts, inspected, evidence)
    reader = norm.naive_reader(reads)
    shown: set[str] = set()
    for read, offer, judgement in [*known, *(x for x in own if x[2].broken)]:
        if judgement.held and read.listing.listed.sight in shown:
            continue
        shown.add(read.listing.listed.sight)
        evidence.show(
            offer.seen, f"第 {offer.rank} 位“{offer.title[:24]}”：{judgement.zh or '有“广告”标识，与自然结果区分'}", judged=judgement,
            element=offer.title[:60], url=read.listing.listed.url, **reader.measured,
        )  # fmt: skip
    told = {(r.listing.listed.sight, o.seen.index) for r, o, j in own if j.broken}
    broken = [x for x in own if x[2].broken]
    broken += [(r, o, j) for r, o, j in known if j.broken and (r.listing.listed.sight, o.seen.index) not in told]
    assert not broken, _told(broken)
    unsure = [x for x in known if x[2].unknown]
    if unsure:
        cant_tell(
            f"付费商品与自然结果是否明显区分无法判断：{_told(unsure)}",
            f"{len(unsure)} paid items: whether they stand apart could not be judged",
        )
    if not reader.held:
        cant_tell(reader.zh, "a naive reader tells too few of the items rightly")


def _none_known(
    search: SearchSeen, reads: list[ListRead], norm: Predicates, facts: Facts, inspected: int, evidence: Evidence
) -> None:
    """Ends the test: nothing is known to be paid for."""
    for read in reads[:6]:
        evidence.show(
            None, f"搜索“{read.listing.listed.query}”：{len(read.offers)} 个商品，没有可以确认的付费位",
            sight=read.listing.listed.sight, 检查的商品数=inspected,
        )  # fmt: skip
    suspects = [(r, o) for r in reads for o in r.suspects]
    if suspects:
        signs = "；".join(dict.fromkeys(s.what for _, o in suspects for s in o.signs))[:200]
        cant_tell(
            f"有 {len(suspects)} 个商品只有一种广告信号（{signs}），请人工核实是否付费，再看是否与自然结果明显区分",
            f"{len(suspects)} items with one sign of being paid for",
        )
    judged = norm.no_paid_places(search, inspected, facts.paid_ranking)
    (inapplicable if judged.held else cant_tell)(
        judged.zh, f"{inspected} results inspected, no sign of paid places, declared: {facts.paid_ranking}"
    )
