"""Samples of what is rated where it is sold: cards and articles' pages of many makes, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import pytest

from gongping.detectors.reviews import ListRated, PageRated, paid_by_grade, read_list, read_page
from gongping.evidence.album import Album
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.observations.ads import QuerySeen, SearchSeen
from gongping.observations.documents import Document
from gongping.observations.ranking import SortControl, SortsSeen
from gongping.observations.results import Card
from gongping.sight.grids import Grid, Row
from gongping.sight.model import Sight
from selftests.conftest import page

CARDS = {
    "a share of praise": ("已售200 好评率 98.6%", True),
    "a score": ("4.8分 月售 1000+", True),
    "a number of reviews": ("2万+条评价", True),
    "stars": ("<span>★★★★☆</span> 已售200", True),
    "stars as a picture": (
        "<i role=img aria-label='4.5 out of 5 stars' style='display:inline-block;width:80px;height:16px'></i>",
        True,
    ),
    "traditional": ("評分 4.9", True),
    "English": ("4.6 out of 5 (1,234 ratings)", True),
    "a star before its figure": ("120 sold · ★ 4.8 (312)", True),
    "a star before a number of things": ("★ 500 sold", False),
    "a hotel": ("4.7分 很好 3,214条点评", True),
    "a restaurant": ("评分 4.9 月售3000 30分钟送达", True),
    "none yet": ("新品上架 暂无评价", True),
    "none yet in English": ("No reviews yet", True),
    "none yet in traditional": ("尚無評價", True),
    "sales alone": ("已售1.2万+", False),
    "a price alone": ("¥199 包邮", False),
    "a delivery time": ("30分钟送达 起送¥20", False),
    "a discount": ("8.5折 满200减30", False),
    "a hotel's class": ("五星级 豪华型", False),
    "a size": ("4.5 kg", False),
}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_says_how_it_is_rated(name: str, sight_of: Callable[[str], Sight]) -> None:
    html, rated = CARDS[name]
    sight = sight_of(page(f"<main><div id=c><h3>商品</h3><p>{html}</p></div></main>"))
    seen = next(s for s in sight.elements if s.tag == "div")
    read = read_list(sight, [Card(seen, 1, "k", "商品", 1.0, "", "")])
    assert (read.cards, read.rated) == (1, int(rated)), read


PAGES = {
    "reviews below": ("<h2>商品评价 共 128 条</h2><p>★★★★★ 很好</p>", True, None),
    "a tab": ("<a>累计评价 3562</a>", True, 3562),
    "none yet": ("<h2>用户评论</h2><p>还没有评价</p>", True, 0),
    "a share of praise and none": ("<p>好评率 99.2%</p><h2>商品评价 共 0 条评价</h2>", True, 0),
    "English": ("<p>4.6 out of 5</p><a>1,234 customer reviews</a>", True, 1234),
    "be the first": ("<h2>Reviews</h2><p>Be the first to review this product</p>", True, 0),
    "nothing": ("<p>已售 200</p><button>加入购物车</button>", False, None),
    "a heading alone": ("<h2>商品评价</h2>", False, None),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_how_it_is_rated(name: str, sight_of: Callable[[str], Sight]) -> None:
    html, says, count = PAGES[name]
    read = read_page(sight_of(page(f"<main><h1>纯牛奶</h1><p>¥69</p>{html}</main>")), "纯牛奶")
    assert (bool(read.says), read.count) == (says, count), read
    assert read.speaks is (name != "nothing")


@pytest.mark.parametrize(
    ("html", "praise"),
    [
        ("<p>好评率 99.2%</p>", True),
        ("<div><b>小明</b><span>卖家好评率 98%</span></div>", False),
        ("<div><a href=/s>进店逛逛</a><span>好评率 99%</span></div>", False),
        ("<section><div><div>阿伟的店铺</div><div><span>好评率 100%</span></div></div></section>", False),
        ("<div><div>賣家：小美</div><div>好評率 99%</div></div>", False),
    ],
)
def test_praise_of_a_seller_is_not_that_of_an_article(
    html: str, praise: bool, sight_of: Callable[[str], Sight]
) -> None:
    read = read_page(
        sight_of(page(f"<main><h1>闲置相机 {'九成新 ' * 20}</h1>{html}<h2>评价</h2><p>暂无评价</p></main>")), "相机"
    )
    assert (bool(read.praise), read.count) == (praise, 0), read


class _NoSights:
    def sight(self, ident: str) -> Sight:
        return Sight("", "product", "desktop", "", "", "zh", 0, (1440, 900), (0, 0), (1440, 900), 1, (), (), ())


NORM = Predicates(load(), cast(Album, _NoSights()), "zh-CN")
NOTHING = ListRated(20, 0, True, True, False)
BARE = PageRated("纯牛奶", "", "", False, False)
GOOD = PageRated("纯牛奶", "", "128条评价", True, False, "好评率98%", 128)
HOLLOW = PageRated("纯牛奶", "", "好评率98%", True, False, "好评率98%", 0)
NEW = PageRated("新品", "", "暂无评价", True, False, "", 0)


def judged(lists: Sequence[ListRated], pages: Sequence[PageRated], *, credit: bool = False, model: str | None = None) -> str:  # fmt: skip
    controls = (SortControl("credit", None, "信用"),) if credit else ()
    search = SearchSeen((QuerySeen("手机", (), SortsSeen("手机", "", "", len(controls), controls)),))
    return NORM.credit_evaluated(lists, pages, search, model).state


def test_what_follows() -> None:
    rated = ListRated(20, 19, True, True, True)
    assert judged([rated], [GOOD, GOOD]) == judged([NOTHING], [GOOD, NEW]) == judged([rated], []) == "held"
    assert judged([NOTHING], [NEW, NEW]) == "held"
    assert judged([rated], [GOOD, BARE]) == judged([ListRated(20, 4, True, True, True)], []) == "unknown"
    assert judged([NOTHING], [BARE, BARE]) == "broken"
    assert judged([rated], [HOLLOW, HOLLOW]) == "broken"
    assert judged([rated], [HOLLOW, GOOD]) == judged([rated], [HOLLOW]) == "unknown"


@pytest.mark.parametrize(
    "doubt",
    [
        judged([NOTHING], [BARE]),
        judged([ListRated(4, 0, True, True, False)], [BARE, BARE]),
        judged([ListRated(20, 0, False, True, False)], [BARE, BARE]),
        judged([ListRated(20, 0, True, False, False)], [BARE, BARE]),
        judged([ListRated(20, 0, True, True, True)], [BARE, BARE]),
        judged([NOTHING], [BARE, PageRated("纯牛奶", "", "", True, False)]),
        judged([NOTHING], [BARE, BARE], credit=True),
        judged([], []),
    ],
)
def test_nothing_anywhere_is_for_a_person_where_something_else_explains_it(doubt: str) -> None:
    assert doubt == "unknown"


def test_that_others_sell_may_be_declared() -> None:
    alone = ListRated(20, 0, True, False, False)
    assert judged([alone], [BARE, BARE], model="mixed") == "broken"


# -- what is given for a review -----------------------------------------------------------------------------------------

PAID = {
    "stars in English": ("We give credit for reviews.", (("Rating given", "Credit"), ("Five stars", "¥5"), ("Four stars", "¥3"), ("Three stars or fewer", "None")), True),
    "stars": ("评价奖励标准", (("评价等级", "奖励"), ("五星", "5元红包"), ("四星及以下", "无")), True),
    "praise": ("晒单返现", (("好评", "返 3 元"), ("中评", "返 1 元"), ("差评", "不返")), True),
    "the amount comes first": ("评价奖励", (("¥5", "★★★★★"), ("¥1", "★★★")), True),
    "traditional": ("評價回饋獎勵", (("5顆星", "50 元折價券"), ("4顆星", "10 元折價券")), True),
    "the same for all": ("评价奖励标准", (("五星", "2元红包"), ("四星", "2元红包"), ("三星及以下", "2元红包")), False),
    "how scores are counted": ("评价奖励标准", (("好评", "加1分"), ("中评", "0分"), ("差评", "减1分")), False),
    "how many there are": ("评价奖励", (("五星", "120"), ("四星", "14")), False),
    "rooms": ("入住有礼", (("五星", "¥800"), ("四星", "¥500")), False),
    "by length": ("评价奖励标准", (("30字以上", "2元红包"), ("配图", "3元红包")), False),
}  # fmt: skip


@pytest.mark.parametrize("name", PAID)
def test_a_table_that_pays_more_for_better_reviews(name: str) -> None:
    text, rows, paid = PAID[name]
    grid = Grid(tuple(Row(r) for r in rows))
    document = Document("reviews", "评价规则", "u", "\n".join([text, *(" ".join(r) for r in rows)]), "s", grids=(grid,))
    assert bool(paid_by_grade(document)) is paid
