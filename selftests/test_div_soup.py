"""Pages made of nothing but boxes: what an item is called, what a document is called, what a list of documents is."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from gongping.pages import cards
from gongping.pages.documents import _titled
from gongping.pages.journeys.library import _among_documents, _called
from gongping.pages.journeys.search import _Query
from gongping.sight.model import Seen, Sight

CARD = "<div class=card onclick=1 style='width:240px;cursor:pointer'><img alt='{alt}' style='width:240px;height:160px'><div>{name}</div><div>¥16.80</div><div>{figures}</div></div>"


@pytest.mark.parametrize(
    ("alt", "name", "figures"),
    [
        ("海南香蕉 5斤", "海南香蕉 5斤", "已售4310件 · 评分4.5 · 某某生鲜自营店"),
        ("", "海南香蕉 5斤", "已售4310件 · 评分4.5 · 某某生鲜自营店"),
        ("海南香蕉 5斤", "海南香蕉 5斤", "产地直发，下单后四十八小时内从仓库发出，坏了就赔"),
        ("Bananas", "Bananas, a hand of five", "1,204 sold · 4.5 out of 5"),
    ],
)
def test_a_line_of_figures_is_no_name(alt: str, name: str, figures: str, sight_of: Callable[[str], Sight]) -> None:
    sight = sight_of("<div>" + CARD.format(alt=alt, name=name, figures=figures) * 4 + "</div>")
    [group, *_] = cards.groups(sight)
    assert {c.title for c in cards.read_cards(sight, group)} == {name}


def test_a_name_may_end_with_a_figure(sight_of: Callable[[str], Sight]) -> None:
    name = "厨房收纳架 加厚款 已售出2万件的爆款"
    sight = sight_of("<div>" + CARD.format(alt="", name=name, figures="包邮") * 4 + "</div>")
    [group, *_] = cards.groups(sight)
    assert {c.title for c in cards.read_cards(sight, group)} == {name}


TEXT = (
    "<div>公布日期：2026年3月5日</div><div>1.1 商家应当是依法登记的企业。</div><div>1.2 平台在五个工作日内答复。</div>"
)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (f"<div>某某商城商家入驻协议</div>{TEXT}", "某某商城商家入驻协议"),
        (f"<div>首页 / 规则</div><div>交易规则</div>{TEXT}", "交易规则"),
        (f"<div onclick=1 style='cursor:pointer'>商家入驻协议</div>{TEXT}", "某某商城"),
        (f"<div>欢迎光临</div>{TEXT}", "某某商城"),
    ],
)
def test_the_first_line_is_the_title_where_it_names_a_document(
    body: str, title: str, sight_of: Callable[[str], Sight]
) -> None:
    assert _titled(sight_of(f"<title>某某商城</title>{body}"), None) == title


def control(sight: Sight, said: str) -> Seen:
    return next(s for s in sight.elements if s.operable and said in sight.text_of(s.index))


def test_a_card_is_called_by_its_first_line(sight_of: Callable[[str], Sight]) -> None:
    brief = "申请时限由四十八小时改为二十四小时，十一月二十八日起施行，以前的订单仍按四十八小时办理，详情点开查看。"
    sight = sight_of(
        f"<div onclick=1 style='cursor:pointer'><div>关于调整《售后规则》的通知</div><div>{brief}{brief}</div></div>"
    )
    assert _called(sight, control(sight, "关于调整")) == "关于调整《售后规则》的通知"


@pytest.mark.parametrize(
    ("names", "among"),
    [
        (("用户协议", "隐私政策", "交易规则", "评价规则", "省钱卡", "争议处理规则"), True),
        (("首页", "分类", "省钱卡", "我的", "用户协议", "隐私政策"), False),
        (("用户协议", "隐私政策", "省钱卡"), False),
    ],
)
def test_what_stands_in_a_row_of_documents_is_one(
    names: tuple[str, ...], among: bool, sight_of: Callable[[str], Sight]
) -> None:
    row = "".join(f"<div onclick=1 style='cursor:pointer;padding:8px'>{n}</div>" for n in names)
    sight = sight_of(f"<div style='display:flex'>{row}</div>")
    member = next(s for s in sight.elements if s.operable and sight.text_of(s.index) == "省钱卡")
    assert _among_documents(sight, member) is among


@pytest.mark.parametrize(
    ("url", "keys", "first"),
    [("/#/s?page=1", ["a", "b", "c"], True), ("/#/s?page=2", ["a", "b", "c"], False), ("/#/s?page=1", [], False)],
)
def test_a_last_page_that_reads_as_no_list_is_not_the_first(url: str, keys: list[str], first: bool) -> None:
    def look() -> Any:
        return SimpleNamespace(sight=None)

    results: Any = SimpleNamespace(
        consumer=SimpleNamespace(page=SimpleNamespace(url=url)),
        look=look,
        cards=lambda _sight: [SimpleNamespace(key=k) for k in keys],
    )
    query = _Query(*([SimpleNamespace()] * 3), query="水果", number=1)  # type: ignore[arg-type]
    query.listings = [SimpleNamespace(listed=SimpleNamespace(keys=["a", "b", "c", "d"]))]  # type: ignore[list-item]
    assert query._on_first(results, "/#/s?page=1") is first
