"""第十三条 以竞价排名、程序化购买广告等方式显示的商品或者服务，显著标明“广告”。"""

from __future__ import annotations

from collections.abc import Iterable

from gongping.detectors.ads import ListRead, Offer
from gongping.entry import Facts
from gongping.evidence.show import Evidence
from gongping.norm.judgement import Judgement
from gongping.norm.predicates import Predicates
from gongping.norm.predicates_ads import Judged, by_reason
from gongping.observations.ads import Listing, SearchSeen
from gongping.testing import cant_tell, duty, inapplicable

SORTS = {"default": "综合", "price": "价格", "sales": "销量", "credit": "信用", "new": "新品", "other": "其他"}


def _where(listing: Listing) -> str:
    listed = listing.listed
    sort = SORTS.get(listed.sort.split("-")[0], listed.sort)
    return f"搜索“{listed.query}”{'（已登录）' if listing.account else ''}{sort}排序第 {listed.page} 页"


def _which(offer: Offer) -> str:
    return f"第 {offer.rank} 位“{offer.title[:24]}”" if offer.rank else f"列表旁“{offer.title[:24]}”"


def _told(judged: Iterable[Judged]) -> str:
    """One sentence a reason: where it was seen first, and how often."""
    said = []
    for reason, all_of_it in by_reason(judged).items():
        read, offer, _ = all_of_it[0]
        more = (
            f"（共 {len(all_of_it)} 处，见于 {'、'.join(dict.fromkeys(_where(r.listing) for r, _, _ in all_of_it))}）"
            if len(all_of_it) > 1
            else ""
        )
        said.append(f"{_where(read.listing)}{_which(offer)}：{reason}{more}")
    return "；".join(said)


@duty("13.1")
def test_paid_search_results_are_marked_as_ads(
    search: SearchSeen, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 电子商务平台经营者对于以竞价排名、程序化购买广告等方式显示的商品或者服务，应当采取消费者能够辨识的方式显著标明“广告”。

    Fails if: an item that two independent signs show to be paid for bears, in any order, on any page that was read, no legible label
    广告 of its own or of an enclosing group; if the label says something else, is cut off, covered, too small or too pale, comes late
    or goes again; or if most items that nobody paid for are labelled, too.
    A pass does not show: that an item without any sign is unpaid, or that other searches are labelled.

    违反：有两项以上独立迹象表明为付费的商品，在任一排序、任一已查看的页面上，自身或所属分组没有清晰可辨的“广告”标识；标识用语不是“广告”，
    被截断、被遮挡、过小、过淡，出现过晚或者随后消失；或者多数并非付费的商品也被标为广告。
    未发现违反不说明：没有任何迹象的商品未付费，或者其他搜索也有标识。
    """
    reads = norm.lists(search)
    known = [(r, o, norm.ad_marked(o, r)) for r in reads for o in r.known]
    suspects = [(r, o, norm.ad_marked(o, r)) for r in reads for o in r.suspects]
    meaning = [(r, norm.label_has_meaning(r)) for r in reads]
    inspected = sum(len(r.offers) for r in reads)
    _show(evidence, known, suspects, meaning, inspected)

    broken = [(r, o, j) for r, o, j in known if j.broken]
    senseless = [f"{_where(r.listing)}：{j.zh}" for r, j in meaning if j.broken]
    assert not broken and not senseless, "；".join(filter(None, [_told(broken), *senseless]))

    unsure = [(r, o, j) for r, o, j in known if j.unknown]
    if unsure:
        cant_tell(
            f"有 {len(unsure)} 个广告位的标识无法判断：{_told(unsure)}", f"{len(unsure)} ad labels could not be judged"
        )
    open_cases = [(r, o, j) for r, o, j in suspects if not j.held]
    if open_cases:
        signs = "；".join(dict.fromkeys(s.what for _, o, _ in open_cases for s in o.signs))
        cant_tell(
            f"有 {len(open_cases)} 个商品只有一种广告信号（{signs[:200]}），又没有合格的“广告”标识，请人工核实是否付费：{_told(open_cases)}",
            f"{len(open_cases)} items with one sign of being paid for and no valid label: {signs[:200]}",
        )
    doubtful = [f"{_where(r.listing)}：{j.zh}" for r, j in meaning if j.unknown]
    if doubtful:
        cant_tell("；".join(doubtful))
    if known or suspects:
        _tell_what_was_missed(search)
        return
    _nothing_paid(search, norm, facts, inspected)


def _show(
    evidence: Evidence,
    known: list[Judged],
    suspects: list[Judged],
    meaning: list[tuple[ListRead, Judgement]],
    inspected: int,
) -> None:
    """All that is not in order, and one example a list of what is."""
    shown: set[str] = set()
    for read, offer, judgement in [*known, *suspects]:
        once = f"{read.listing.listed.sight}-held"
        if judgement.held and once in shown:
            continue
        shown.add(once if judgement.held else "")
        state = judgement if offer.known or judgement.held else Judgement("unknown", judgement.zh, judgement.measured)
        evidence.show(
            offer.seen, f"{_which(offer)}：{judgement.zh or '标有“广告”'}", judged=state, element=offer.title[:60], url=read.listing.listed.url,
            列表=_where(read.listing), 检查的商品数=inspected,
        )  # fmt: skip
    for read, judgement in meaning:
        if not judgement.held:
            evidence.show(
                None, judgement.zh, judged=judgement, sight=read.listing.listed.sight, quote=_where(read.listing)
            )
    if not known and not suspects:
        for read, _ in meaning[:6]:
            evidence.show(
                None,
                f"{_where(read.listing)}：{len(read.offers)} 个商品，没有广告信号",
                sight=read.listing.listed.sight,
                检查的商品数=inspected,
            )


def _tell_what_was_missed(search: SearchSeen) -> None:
    """A list that was not seen may be the one without labels: only where nothing but the default order was seen that matters."""
    if search.missed and len(search.listings) < 2:
        cant_tell(f"只看到 {len(search.listings)} 个列表：{'；'.join(search.everything_missed)}")


def _nothing_paid(search: SearchSeen, norm: Predicates, facts: Facts, inspected: int) -> None:
    judged = norm.no_paid_places(search, inspected, facts.paid_ranking)
    (inapplicable if judged.held else cant_tell)(
        judged.zh, f"{inspected} results inspected, no sign of paid places, declared: {facts.paid_ranking}"
    )
