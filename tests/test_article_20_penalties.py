"""第二十条 公示对平台内经营者的处理措施。"""

from __future__ import annotations

from datetime import date

from gongping.evidence.show import Evidence
from gongping.history import Earlier
from gongping.norm.predicates import Predicates
from gongping.observations.ads import SearchSeen
from gongping.observations.library import LibrarySeen
from gongping.sight.blocks import Block
from gongping.targets import Facts
from gongping.terms import needs_sellers, needs_sellers_by_its_words, show_announced, show_disclosure, show_paper
from gongping.testing import cant_tell, duty, inapplicable


@duty("20.1")
def test_penalties_on_sellers_are_published_with_their_five_fields(
    library: LibrarySeen, today: date, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 应当及时公示，公示载明平台内经营者的网店名称、违法行为、处理措施、公示期限和发布时间等信息

    Fails if: a list lacks one of the five columns or has it empty throughout, blots out the shops' names, or gives the same phrase without conduct for every violation; or a document says that sellers are penalised, and home, the rules centre, help and the site's own search, all read, lead to no list.
    A pass does not show: that every penalty is in the list, that what it says is true, or that it was published in time where no day of the decision is given.

    违反：公示列表缺少五项中的一栏或者整栏为空、隐去网店名称、全部以同一句话代替违法行为；或者文件写明对商家采取处理措施，而首页、规则中心、帮助和站内搜索均已读过，没有公示列表。
    未发现违反不说明：全部处理都已公示、内容属实，或者没有写明决定时间时公示及时。
    """
    needs_sellers(facts)
    needs_sellers_by_its_words(library, norm, evidence)
    found = norm.penalties_published(library, today)
    show_disclosure(evidence, library, found, "违规处理公示")
    assert not found.judgement.broken, found.judgement.zh
    if found.judgement.unknown:
        cant_tell(found.judgement.zh)


@duty("20.2")
def test_penalties_stay_published_until_they_end(
    library: LibrarySeen, earlier: Earlier | None, today: date, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 信息应当持续公示至处理措施期满之日止

    Fails if: a row that an earlier run read (`--history`) is gone from the list before its own time is over, twice, a day apart.
    A pass does not show: that rows that nobody read before stayed, or that the time that a row states is that of the measure.

    违反：以前的检测（--history）读到的一行，在自己的公示期限届满之前从列表中消失，相隔一日两次查看都没有。
    未发现违反不说明：没有读过的各行一直公示，或者所写的公示期限就是处理措施的期限。
    """
    needs_sellers(facts)
    needs_sellers_by_its_words(library, norm, evidence)
    found = norm.penalties_stay(library, earlier, today)
    show_announced(evidence, library, found, "违规处理公示到期满")
    assert not found.judgement.broken, found.judgement.zh
    if found.judgement.unknown:
        cant_tell(found.judgement.zh)
    if found.lacking:
        inapplicable(found.lacking)


@duty("20.3")
def test_a_shop_whose_service_was_ended_sells_no_more(
    library: LibrarySeen, search: SearchSeen, today: date, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 对平台内经营者作出终止服务处理措施的，应当持续公示至经营者实际终止平台内经营活动之日止

    Fails if: the platform's own list says that a shop's service was ended, and the search shows goods of a shop of that very name more
    than stall_days later. A shop that the search does not show cannot be told.
    A pass does not show: that a row stays until the shop is gone, or that nobody reopened under another name: no list was read twice.

    违反：平台自己的公示写明对某店铺终止服务，超过规定天数后搜索结果中仍有同名店铺的商品。搜索结果中没有看到的，无法判定。
    未发现违反不说明：公示持续到实际终止，或者没有换名重开：没有多次查看公示。
    """
    needs_sellers(facts)
    needs_sellers_by_its_words(library, norm, evidence)
    ended = norm.ended_shops(library, search)
    gone = norm.ended_shops_are_gone(library, ended, today)
    for row in ended[:6]:
        block = Block(row.case.said, box=row.case.box)
        show_paper(
            evidence,
            row.paper,
            f"公示终止服务：{row.name[:20]}",
            gone,
            element=row.name,
            quote=row.case.said[:200],
            block=block,
        )
        if row.sells:
            evidence.show(
                row.sells, f"“{row.name[:20]}”的商品", judged=gone, place="results", element=row.name, 商品=row.goods
            )
    assert not gone.broken, gone.zh
    if gone.unknown:
        cant_tell(gone.zh)
    if not ended:
        inapplicable(gone.zh)
