"""Samples of how extras are offered and how orders add up, in the styles of several kinds of shop."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from gongping.detectors import offers, orders
from gongping.observations.checkout import AmountLine, Offer, Step
from gongping.sight.model import Box, Seen, Sight

STYLE = "<meta charset=utf-8><style>.row{display:flex;gap:12px;padding:8px} .cb{display:inline-block;width:18px;height:18px;border:1px solid #999;cursor:pointer} button{padding:10px 24px}</style>"
BILL = "<div class=bill><div class=row><span>商品金额</span><span>¥100.00</span></div><div class=row><span>运费</span><span>¥6.00</span></div>{}<div class=row><b>合计</b><b>¥{}</b></div></div><button>提交订单</button>"

# name -> (html, what the parts must say, a link to details, whether it is described on the spot)
OFFERS: dict[str, tuple[str, dict[str, str], bool, bool]] = {
    "a box with everything": (
        "<section><h2>可选服务</h2><div class=row><label><input type=checkbox> 退货运费险</label><span>¥1.20</span><p>退货时赔付首重运费，由渝诚财产保险承保。<a href='/x'>了解详情</a></p></div></section>"
        + BILL.format("", "106.00"),
        {"name": "退货运费险", "price": "¥1.20", "provider": "渝诚", "optional": "可选"},
        True,
        True,
    ),
    "travel insurance by radios": (
        "<div class=box><div class=row><b>航空意外险</b><span>¥30.00/份</span><a href='/clause'>保险条款</a></div><div class=row><label><input type=radio name=ins checked> 不需要</label><label><input type=radio name=ins> 需要航空意外险</label></div><p>由众安在线财产保险股份有限公司承保，最高赔付 100 万元</p></div>"
        + BILL.format("", "106.00"),
        {"name": "航空意外险", "price": "30.00", "provider": "众安", "optional": "不需要"},
        True,
        True,
    ),
    "English shipping protection": (
        "<div class=row><label><input type=checkbox> Shipping protection</label><span>$2.98</span><small>Optional. Covers loss and theft, provided by Acme Insurance Ltd. <a href='/p'>Learn more</a></small></div><div class=row><span>Subtotal</span><span>$40.00</span></div><div class=row><b>Order total</b><b>$40.00</b></div><button>Place order</button>",
        {"name": "Shipping protection", "price": "$2.98", "provider": "Acme", "optional": "Optional"},
        True,
        True,
    ),
    "div soup": (
        "<div class=row><div class='cb checkbox' onclick='1'></div><div><div>碎屏险</div><div>¥39.00</div></div></div>" + BILL.format("", "106.00"),
        {"name": "碎屏险", "price": "¥39.00"},
        False,
        False,
    ),
    "a donation without a word": (
        "<div class=row><label><input type=checkbox> 公益捐赠</label><span>¥1.00</span></div>" + BILL.format("", "106.00"),
        {"name": "公益捐赠", "price": "¥1.00"},
        False,
        False,
    ),
    "details behind a question mark": (
        "<div class=row><label><input type=checkbox> 延保服务一年</label><span>¥49.00</span><button type=button>?</button></div>" + BILL.format("", "106.00"),
        {"name": "延保服务一年", "price": "¥49.00"},
        True,
        False,
    ),
}  # fmt: skip


def offers_on(sight: Sight) -> list[Offer]:
    return [
        offers.offer_of(sight, e, None, ())
        for e in orders.extras_on(sight, "checkout", "山雾 浓缩咖啡粉")
        if e.seen and e.control != "line"
    ]


@pytest.mark.parametrize("name", OFFERS)
def test_what_a_row_says(name: str, sight_of: Callable[[str], Sight]) -> None:
    html, says, opens, told = OFFERS[name]
    found = offers_on(sight_of(STYLE + html))
    assert len(found) == 1, [f.extra for f in found]
    offer = found[0]
    assert {p.kind for p in offer.parts} == set(says)
    for kind, text in says.items():
        part = offer.part(kind)
        assert part and text in part.text, (kind, part)
    assert bool(offer.opens) is opens
    assert (offer.told >= 12) is told, offer.told


def test_rows_of_neighbours_stay_apart(sight_of: Callable[[str], Sight]) -> None:
    row = "<div class=row><label><input type=checkbox> {}</label><span>¥{}</span></div>"
    page = (
        STYLE
        + "<section>"
        + row.format("退货运费险", "1.20")
        + row.format("延保服务", "49.00")
        + "</section>"
        + BILL.format("", "106.00")
    )
    assert [(f.extra.name, f.part("price").text) for f in offers_on(sight_of(page))] == [
        ("退货运费险", "¥1.20"),
        ("延保服务", "¥49.00"),
    ]  # type: ignore[union-attr]


def line(label: str, amount: float, index: int = 0) -> AmountLine:
    return AmountLine(label, amount, Seen("s", index, -1, "div", Box(0, 0, 1, 1)))


def step(*lines: tuple[str, float], unread: int = 0) -> Step:
    return Step(
        "checkout",
        "",
        "",
        "",
        tuple(line(label, amount, i) for i, (label, amount) in enumerate(lines)),
        None,
        None,
        unread,
    )


EXPLAINED = {
    "goods and freight": step(("商品金额", 100.0), ("运费", 6.0), ("合计", 106.0)),
    "a discount": step(("商品金额", 100.0), ("运费", 6.0), ("优惠券", -5.0), ("应付总额", 101.0)),
    "a packing fee of a food order": step(
        ("菜品小计", 42.5), ("打包费", 2.0), ("配送费", 5.0), ("满减", -8.0), ("实付", 41.5)
    ),
    "tax within": step(("商品金额", 113.0), ("其中：已含税费", 13.0), ("合计", 113.0)),
    "tax on top": step(("Subtotal", 40.0), ("Shipping", 5.0), ("Estimated tax", 3.6), ("Order total", 48.6)),
    "savings told twice": step(("商品金额", 100.0), ("优惠券", -5.0), ("共优惠", -5.0), ("合计", 95.0)),
    "pence that floats can't add": step(("Subtotal", 0.1), ("Shipping", 0.2), ("Total", 0.3)),
    "an undisclosed discount": step(("商品金额", 100.0), ("运费", 6.0), ("合计", 99.0)),
    "travel": step(("票价", 560.0), ("机建燃油", 90.0), ("航意险", 30.0), ("总价", 680.0)),
}
UNEXPLAINED = {
    "two yuan more": (step(("商品金额", 100.0), ("运费", 6.0), ("合计", 108.0)), "2.00"),
    "a cent more": (step(("商品金额", 100.0), ("运费", 6.0), ("合计", 106.01)), "0.01"),
    "English": (step(("Subtotal", 40.0), ("Shipping", 5.0), ("Order total", 47.98)), "2.98"),
}
OPEN = {
    "no total": step(("商品金额", 100.0)),
    "an amount that was not read": step(("商品金额", 100.0), ("运费", 6.0), ("合计", 108.0), unread=1),
    "no line for the goods": step(("运费", 6.0), ("合计", 108.0)),
}


@pytest.mark.parametrize("name", EXPLAINED)
def test_a_total_that_its_lines_explain(name: str) -> None:
    assert offers.reconcile(EXPLAINED[name], None).rest == 0


@pytest.mark.parametrize("name", UNEXPLAINED)
def test_a_total_that_holds_more(name: str) -> None:
    bill, rest = UNEXPLAINED[name]
    assert offers.reconcile(bill, None).rest == Decimal(rest)


@pytest.mark.parametrize("name", OPEN)
def test_a_total_that_cannot_be_told(name: str) -> None:
    sums = offers.reconcile(OPEN[name], 100.0)
    assert sums.rest is None
    assert sums.why


def test_more_may_be_tax_where_the_page_speaks_of_tax() -> None:
    bill, _ = UNEXPLAINED["English"]
    assert offers.reconcile(bill, None, tax=True).rest is None


def test_an_amount_beside_the_bill_that_no_line_holds(sight_of: Callable[[str], Sight]) -> None:
    page = STYLE + BILL.format("<div class=row><span></span><span>¥2.00</span></div>", "108.00")
    sight = sight_of(page)
    assert offers.unread_amounts(sight, orders.amount_lines(sight)) == 1
    whole = sight_of(STYLE + BILL.format("", "106.00"))
    assert offers.unread_amounts(whole, orders.amount_lines(whole)) == 0


def test_the_price_at_the_ordered_good(sight_of: Callable[[str], Sight]) -> None:
    row = "<div class=row><a href='/1'>山雾 浓缩咖啡粉 意式 250g</a><span>¥57.00</span><span>×2</span><b>¥114.00</b></div>"
    assert offers.goods_price(sight_of(STYLE + row), "自营山雾 浓缩咖啡粉 意式 250g") == 57.0
    assert offers.goods_price(sight_of(STYLE + row), "别的商品名称一二三四") is None


def test_what_an_order_holds_so_far(sight_of: Callable[[str], Sight]) -> None:
    page = "<label><input type=radio name=d checked> 加急配送</label><label><input type=radio name=d> 标准配送</label><input name=note value=少糖 aria-label=备注><label><input type=radio name=ins checked> 不需要</label>"
    assert offers.order_state(sight_of(STYLE + page)) == {"选择 d": "加急配送", "填写 note": "少糖"}
