"""Samples for the order detector: pages on which it must find a default extra, and pages on which it must not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongping.detectors import orders
from gongping.sight.model import Sight

STYLE = "<meta charset=utf-8><style>.row{display:flex;gap:12px;padding:8px} .total{padding:8px} button,a.btn{padding:10px 24px;background:#c00;color:#fff;border:0} .sw{width:44px;height:22px;border-radius:11px;background:#ccc;cursor:pointer}.sw.on{background:#0a0}</style>"
BILL = "<div class=bill><div class=row><span>商品金额</span><span>¥100.00</span></div><div class=row><span>运费</span><span>¥6.00</span></div>{}<div class=row><b>合计</b><b>¥{}</b></div></div><button>提交订单</button>"

CHOSEN = {
    "a ticked box with its own price": (
        "<label><input type=checkbox checked> 退货运费险</label> <span>¥1.20</span>" + BILL.format("", "107.20"),
        "checkbox",
        1.2,
    ),
    "a styled box whose real input is hidden": (
        "<div class=row><label><input type=checkbox checked style='display:none'><i style='display:inline-block;width:16px;height:16px;background:#06c'></i> 航意险 ¥30/份</label></div>"
        + BILL.format("", "136.00"),
        "checkbox",
        30.0,
    ),
    "a div that is a switch": (
        "<div class=row><span>碎屏险</span><span>¥39.00</span><div class='sw on' onclick='1'></div></div>"
        + BILL.format("", "145.00"),
        "switch",
        39.0,
    ),
    "an aria switch": (
        "<div class=row><span id=n>延长保修一年 ¥59.00</span><div role=switch aria-checked=true aria-labelledby=n tabindex=0 class=sw></div></div>"
        + BILL.format("", "165.00"),
        "switch",
        59.0,
    ),
    "a radio group with the paid one selected": (
        "<div class=row><label><input type=radio name=s> 不需要延保</label></div><div class=row><label><input type=radio name=s checked> 两年延保 ¥99.00</label></div>"
        + BILL.format("", "205.00"),
        "radio",
        99.0,
    ),
    "a choice that nothing names, in a group that may be refused": (
        "<table><tr><td>加購服務</td><td><label><input type=radio name=jg checked> 驗機保固 90 天 NT$99</label><br><label><input type=radio name=jg> 加固包裝 NT$39</label><br><label><input type=radio name=jg> 不加購</label></td></tr></table>"
        + BILL.format("", "205.00"),
        "radio",
        99.0,
    ),
    "a line of the bill": (
        BILL.format("<div class=row><span>退票险</span><span>¥20.00</span></div>", "126.00"),
        "line",
        20.0,
    ),
    "a charge in spite of a box that is off": (
        "<div class=row><label><input type=checkbox> 退票险 ¥20.00</label></div>"
        + BILL.format("<div class=row><span>退票险</span><span>¥20.00</span></div>", "126.00"),
        "line",
        20.0,
    ),
    "a line of a bill with a long name of the good and two deliveries": (
        "<div class=row><span>Packing cubes, set of six, undyed canvas × 1 · Suyuan Kiln</span><span>¥159.00</span></div><div class=row><label><input type=radio name=d checked> Standard delivery ¥12.00</label></div><div class=row><label><input type=radio name=d> Express delivery ¥20.00</label></div><div class=row><span>Gift wrapping</span><span>¥8.00</span></div><div class=row><span>Total</span><span>¥179.00</span></div>",
        "line",
        8.0,
    ),
    "a drawn box beside a word that explains": (
        "<div class=row><div role=checkbox aria-checked=true tabindex=0 style='width:24px;height:24px'>✓</div><div>加购保温袋一只 <b>¥1.50</b>，可以不选 <span onclick=1 style='cursor:pointer'>说明</span></div></div>"
        + BILL.format("", "107.50"),
        "checkbox",
        1.5,
    ),
    "English shipping protection, ticked": (
        "<div class=row><label><input type=checkbox checked> Shipping protection</label><span>$2.98</span></div><div class=row><span>Subtotal</span><span>$40.00</span></div><div class=row><span>Shipping</span><span>$5.00</span></div><div class=row><b>Order total</b><b>$47.98</b></div><button>Place order</button>",
        "checkbox",
        2.98,
    ),
    "a main button that opens a membership": (
        BILL.format("", "106.00").replace(
            "<button>提交订单</button>",
            "<button style='font-size:18px'>开通会员并下单</button> <a href=# style='font-size:10px;color:#aaa'>不需要，直接下单</a>",
        ),
        "button",
        None,
    ),
    "a main button that takes a card along in small print": (
        BILL.format("", "110.90").replace(
            "<button>提交订单</button>",
            "<div><button style='font-size:18px;width:300px'>一键领券下单 ¥110.90</button><div style='font-size:12px'>含省钱月卡 ¥9.90，本单立减 ¥5.00</div><div onclick=1 style='font-size:10px;color:#999;cursor:pointer'>不需要，直接提交订单 ¥106.00</div></div>",
        ),
        "button",
        9.9,
    ),
    "a box folded away in the bill": (
        BILL.format("", "107.20")
        + "<details><summary>明细</summary><label><input type=checkbox checked> 退货运费险 ¥1.20</label></details>",
        "checkbox",
        1.2,
    ),
    "a donation, ticked, in a food order": (
        "<div class=row><input type=checkbox checked id=d><label for=d>公益捐赠 1 元</label></div>"
        + BILL.format("", "107.00"),
        "checkbox",
        1.0,
    ),
}

NOT_CHOSEN = {
    "unticked boxes between the goods and the total": "<div><div class=row><span>咖啡机</span><span>¥100.00 × 1</span></div><h3>可选服务</h3><div class=row><label><input type=checkbox> 两年延长保修 ¥39</label></div><div class=row><label><input type=checkbox> 礼盒包装 ¥15</label></div><p>运费 ¥0</p></div><div class=total>应付 <b>¥100.00</b> <button>提交订单</button></div>",
    "all boxes off": "<div class=row><label><input type=checkbox> 退货运费险</label> <span>¥1.20</span></div><div class=row><label><input type=checkbox> 延保服务</label> <span>¥59.00</span></div>"
    + BILL.format("", "106.00"),
    "a paid delivery preselected": "<div class=row><label><input type=radio name=d checked> 标准配送 ¥12.00</label></div><div class=row><label><input type=radio name=d> 次日达 ¥20.00</label></div>"
    + BILL.format("", "118.00"),
    "a delivery in a group that may be refused": "<table><tr><td>配送方式</td><td><label><input type=radio name=d checked> 宅配 ¥6.00</label><label><input type=radio name=d> 不需要配送，自取</label></td></tr></table>"
    + BILL.format("", "106.00"),
    "a button that says what it saves": BILL.format("", "101.00").replace(
        "<button>提交订单</button>",
        "<div><button>提交订单 ¥101.00</button><div>含优惠券 -¥5.00</div><a href=#>返回购物车</a></div>",
    ),
    "an invoice preselected": "<div class=row><label><input type=radio name=i checked> 电子发票</label><label><input type=radio name=i> 不开发票</label></div>"
    + BILL.format("", "106.00"),
    "an address saved by default": "<div class=row><label><input type=checkbox checked> 保存地址，设为默认地址</label></div>"
    + BILL.format("", "106.00"),
    "a coupon applied": "<div class=row><label><input type=checkbox checked> 使用优惠券 -¥5.00</label></div>"
    + BILL.format("<div class=row><span>优惠券</span><span>-¥5.00</span></div>", "101.00"),
    "agreement to terms": "<div class=row><label><input type=checkbox checked> 我已阅读并同意《会员服务协议》</label></div>"
    + BILL.format("", "106.00"),
    "no insurance selected": "<div class=row><label><input type=radio name=s checked> 不需要保险</label></div><div class=row><label><input type=radio name=s> 航空意外险 ¥30.00</label></div>"
    + BILL.format("", "106.00"),
    "insurance given by the seller": "<div class=row><span>商家赠送运费险</span></div>" + BILL.format("", "106.00"),
    "a zero line for extras": BILL.format("<div class=row><span>增值服务</span><span>¥0.00</span></div>", "106.00"),
    "lines of extras that the total does not hold, beside boxes that are off": "<div class=row><span>Packing cubes, set of six, undyed canvas × 1 · Suyuan Kiln</span><span>¥159.00</span></div><div class=row><span>Standard delivery</span><span>¥12.00</span></div><label><input type=checkbox> Gift wrapping, ¥8.00 (optional)</label><div class=row><span>Gift wrapping</span><span>¥8.00</span></div><div class=row><span>Total</span><span>¥171.00</span></div>",
    "food box fee": BILL.format("<div class=row><span>餐盒费</span><span>¥2.00</span></div>", "108.00"),
    "an equal button without the extra": BILL.format("", "106.00").replace(
        "<button>提交订单</button>", "<button>开通会员并下单</button> <button>直接提交订单</button>"
    ),
    "the ordered good is itself insurance-like": "<div class=row><label><input type=checkbox checked> 家用防火保险柜 小型</label><span>¥100.00</span></div>"
    + BILL.format("", "106.00"),
    "English taxes and newsletter": "<div class=row><label><input type=checkbox checked> Save this information for next time</label></div><div class=row><span>Subtotal</span><span>£40.00</span></div><div class=row><span>Estimated tax</span><span>£8.00</span></div><div class=row><b>Total</b><b>£48.00</b></div>",
}


@pytest.mark.parametrize("name", CHOSEN)
def test_a_default_extra_is_found(name: str, sight_of: Callable[[str], Sight]) -> None:
    html, control, price = CHOSEN[name]
    found = [e for e in orders.extras_on(sight_of(STYLE + html), "checkout", "家用防火保险柜 小型") if e.chosen]
    assert [(e.control, e.price) for e in found] == [(control, price)], found


@pytest.mark.parametrize("name", NOT_CHOSEN)
def test_what_belongs_to_an_order_is_no_default_extra(name: str, sight_of: Callable[[str], Sight]) -> None:
    found = orders.extras_on(sight_of(STYLE + NOT_CHOSEN[name]), "checkout", "家用防火保险柜 小型")
    assert [e for e in found if e.chosen is not False] == []


def test_a_bill_adds_up(sight_of: Callable[[str], Sight]) -> None:
    clean = orders.amount_lines(sight_of(STYLE + BILL.format("", "106.00")))
    assert orders.unexplained(clean, 100.0) == 0
    folded = orders.amount_lines(sight_of(STYLE + BILL.format("", "107.20")))
    assert orders.unexplained(folded, 100.0) == pytest.approx(1.2)
    assert orders.unexplained((), 100.0) is None


def test_an_item_that_nobody_put_into_the_cart(sight_of: Callable[[str], Sight]) -> None:
    row = "<div class=row><div style='width:200px'>{}</div><span>¥{}</span><input name=quantity value=1 aria-label=数量 style='width:40px'><button>删除</button></div>"
    page = (
        STYLE
        + row.format("山雾 浓缩咖啡粉 意式 250g", "49.00")
        + row.format("一年延保服务卡", "19.00")
        + "<div class=row><b>合计</b><b>¥68.00</b></div>"
    )
    found = [
        e
        for e in orders.extras_on(sight_of(page), "cart", "山雾 浓缩咖啡粉 意式 250g", cart_was_empty=True)
        if e.control == "item"
    ]
    assert [(e.chosen, e.price) for e in found] == [(True, 19.0)]
    kept = orders.extras_on(sight_of(page), "cart", "山雾 浓缩咖啡粉 意式 250g")
    assert [e for e in kept if e.control == "item"] == [], "an account may keep goods from an earlier day"
    alone = STYLE + row.format("山雾 浓缩咖啡粉 意式 250g", "49.00") + "<div class=row><b>合计</b><b>¥49.00</b></div>"
    assert [
        e
        for e in orders.extras_on(sight_of(alone), "cart", "山雾 浓缩咖啡粉 意式 250g", cart_was_empty=True)
        if e.control == "item"
    ] == []
