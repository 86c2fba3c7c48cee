"""Samples of lists that end the service of shops: which rows do, and whether a shop of that very name still sells."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest

from gongping.evidence.album import Album
from gongping.norm import load
from gongping.norm.judgement import Judgement
from gongping.norm.predicates import Predicates
from gongping.observations.ads import Listing, QuerySeen, SearchSeen
from gongping.observations.results import Card, ListSeen
from gongping.sight.model import Box, Seen, Sight
from selftests.test_detector_disclosure import HEADS, library, paper

TODAY = date(2026, 11, 26)
BOX = Box(0, 0, 200, 20)


class _Album:
    def __init__(self, sight: Sight) -> None:
        self._sight = sight

    def sight(self, ident: str) -> Sight:
        return self._sight


def judged(*rows: tuple[str, str, str], sellers: tuple[str, ...] = (), listed: bool = True) -> Judgement:
    """What comes out for rows (name, measure, date) and a result list of these sellers."""
    elements, cards = [], []
    for n, seller in enumerate(sellers):
        card = Seen("s", 2 * n, -1, "div", BOX)
        elements += [card, Seen("s", 2 * n + 1, 2 * n, "a", BOX, text=seller)]
        cards.append(Card(card, n + 1, f"k{n}", f"商品{n}", 1.0, seller, ""))
    sight = Sight("s", "search", "desktop", "", "", "zh", 0, (1440, 900), (0, 0), (1440, 900), 1, (), (), tuple(elements))  # fmt: skip
    search = SearchSeen((QuerySeen("手机", (Listing(ListSeen("手机", "default", 1, "", "s", tuple(cards))),)),))
    grid = (HEADS, *((name, "销售侵权商品", measure, "长期", day) for name, measure, day in rows)) if listed else ()
    seen = library(paper("penalties", "违规公示", "", *grid))
    norm = Predicates(load(), cast(Album, _Album(sight)), "zh-CN")
    return norm.ended_shops_are_gone(seen, norm.ended_shops(seen, search), TODAY)


ENDS = [
    "终止服务",
    "清退",
    "关闭店铺",
    "永久封店",
    "终止合作",
    "下架商品并终止服务",
    "强制关闭店铺",
    "永久停權",
    "Account terminated",
]
GOES_ON = [
    "暂停服务30日",
    "下架商品",
    "警告",
    "屏蔽店铺7天",
    "临时关店7天",
    "限制发布",
    "扣12分",
    "Suspended for 30 days",
    "搜索降权",
    "关闭店铺7天",
    "封停店铺30日",
    "关闭店铺（15个工作日）",
    "关闭店铺直播权限",
    "关闭店铺活动报名权限",
    "清退违规商品",
    "扣24分，累计48分将清退",
    "限期整改，逾期终止服务",
    "申诉成功，撤销清退",
    "终止服务（已恢复）",
    "Shop closed for 14 days",
]


@pytest.mark.parametrize("measure", ENDS)
def test_a_shop_that_was_ended_and_sells(measure: str) -> None:
    found = judged(("潮流鞋柜专营店", measure, "2026-09-11"), sellers=("星曜数码", "潮流鞋柜专营店"))
    assert found.broken and "潮流鞋柜专营店" in found.zh and "76 天后" in found.zh


@pytest.mark.parametrize("measure", GOES_ON)
def test_a_shop_that_goes_on_may_sell(measure: str) -> None:
    found = judged(("潮流鞋柜专营店", measure, "2026-09-11"), sellers=("潮流鞋柜专营店",))
    assert found.held and "没有终止服务" in found.zh


def test_what_is_recent_or_has_no_day_is_for_a_person() -> None:
    for day in ("2026-11-20", "", "近期"):
        assert judged(("潮流鞋柜专营店", "终止服务", day), sellers=("潮流鞋柜专营店",)).unknown, day


@pytest.mark.parametrize(
    "seller",
    ["潮流鞋柜", "潮流鞋柜专营店（二店）", "潮流女鞋专营店", "新潮流鞋柜专营店", "进店", "潮流鞋柜专营店 官方"],
)
def test_another_name_is_another_shop(seller: str) -> None:
    assert judged(("潮流鞋柜专营店", "终止服务", "2026-09-11"), sellers=(seller,)).unknown


def test_a_name_that_is_blotted_out_or_short_is_not_looked_for() -> None:
    for name in ("某店铺", "张**的店", "鞋柜"):
        assert judged((name, "终止服务", "2026-09-11"), sellers=(name,)).unknown, name


def test_the_same_name_in_other_characters() -> None:
    assert judged(("潮流鞋柜專營店", "终止服务", "2026-09-11"), sellers=("潮流鞋柜 专营店",)).broken


def test_without_rows_or_a_list() -> None:
    assert judged(("巴渝山货小铺", "警告", "2026-09-11")).held
    assert judged(listed=False).unknown
    assert judged(("潮流鞋柜专营店", "终止服务", "2026-09-11")).unknown
