"""Samples for deposits: what is one and what is said of it, and what is earnest money, a guarantee of sellers, or none at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest

from gongping.detectors.deposits import deposit_on
from gongping.evidence.album import Album
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.observations.checkout import CheckoutSeen, OrderWalked, Step
from gongping.observations.documents import Document
from gongping.observations.library import Kind, LibrarySeen, Paper
from gongping.pages.journeys.checkout import secured_goods
from gongping.sight.model import Sight

Read = Callable[[str], Sight]
ALL = "<p>押金用于担保设备完好归还，丢失按价扣除。</p><p>归还并验收无损后退还押金。</p><p>押金原路退回。</p><p>在订单详情点击申请退押金，3个工作日内到账。</p>"
BILL = "<div><div><span>租金</span><span>¥30.00</span></div>{}<div><b>合计</b><b>¥230.00</b></div></div><button>提交订单</button>"
LINE = "<div><span>押金</span><span>¥200.00</span></div>"


def page(body: str) -> str:
    return f"<meta charset=utf-8><h1>相机租用</h1>{body}"


TAKEN = {
    "a line of the bill": (BILL.format(LINE), 200.0),
    "a list of definitions": ("<dl><dt>设备押金</dt><dd>¥500.00</dd></dl>", 500.0),
    "a sentence": ("<p>租用需支付押金200元</p>", 200.0),
    "one line": ("<div>押金：￥99</div>", 99.0),
    "a table": ("<table><tr><td>押金</td><td>￥1,200.00</td></tr></table>", 1200.0),
    "beside the price": ("<p>租金 ¥30/天，押金 ¥200</p>", 200.0),
    "an empty bottle": ("<ul><li>桶装水押金 50元/桶</li></ul>", 50.0),
    "a hotel": ("<p>入住押金：每间 300 元，离店验房后退还</p>", 300.0),
    "without an amount": ("<p>取车时须缴纳押金</p>", None),
    "English": ("<p>Security deposit: $100.00</p>", 100.0),
    "English without an amount": ("<p>A security deposit is required at pick-up.</p>", None),
    "a damage deposit": ("<div><span>Refundable deposit</span><span>€50.00</span></div>", 50.0),
    "traditional characters": ("<p>相機押金 NT$3,000</p>", 3000.0),
    "drawn of plain boxes": ("<div><div><div>押金</div><div>¥200.00</div></div></div>", 200.0),
    "a label that a pseudo-element ends": ("<style>.l::after{content:'：'}</style><div><span class=l>押金</span><span>¥20.00</span></div>", 20.0),
    "in the description of an order": ("<h2>租用说明</h2><p>收取押金 200.00 元</p>", 200.0),
}  # fmt: skip

RENAMED = {
    "a hold": "<p>下单时预授权冻结 ¥1000.00，归还后解冻</p>",
    "a guarantee": "<p>履约保证金 ¥500.00</p>",
    "credit instead": "<p>信用免押额度 ¥800.00</p>",
    "a down payment that comes back with the thing": "<p>订金 ¥200.00，归还设备后退还</p>",
    "an English hold": "<p>An authorization hold of $50.00 is placed on your card.</p>",
}

NONE = {
    "no word": "<p>¥99.00</p>",
    "earnest money": "<p>支付定金 ¥50.00，尾款 ¥449.00</p>",
    "a down payment": "<p>订金 ¥50.00，可退</p>",
    "earnest money that is no deposit": "<p>支付定金 50.00 元可减 100.00 元；定金不是押金，付尾款时抵作价款。</p>",
    "waived": "<p>免押金租用 ¥30.00/天</p>",
    "nought": "<div><span>押金</span><span>¥0.00</span></div>",
    "nought in a word": "<p>零押金，租金 ¥30.00</p>",
    "none needed": "<p>无需支付押金，¥30.00 起</p>",
    "English, none": "<p>No security deposit. $30.00 a day</p>",
    "English, waived": "<p>Security deposit waived, $30.00</p>",
    "a seller's guarantee": "<p>商家保证金 ¥5000.00 已缴纳</p>",
    "a guarantee for consumers": "<p>消费者保证金 ¥5000.00 先行赔付</p>",
    "a link alone": "<p><a href=/d>押金规则</a></p>",
    "a review": "<h2>商品评价</h2><p>押金 200 元退得很快</p>",
    "a question": "<p>请问押金 200 元怎么退？</p>",
    "a bank's deposit": "<p>Deposit your cheque: $10.00</p>",
    "a good's name": "<div><a href=/2>免押金充电宝 ¥59.00</a></div>",
    "a mention without an amount": "<p>押金相关问题请联系客服</p>",
    "a deposit to come back": "<p>您有押金 ¥99.00 待退</p>",
    "a deposit that is there": "<p>桶押金（已付） ¥30.00</p>",
    "a deposit that came back": "<p>押金 ¥200.00 已退</p>",
    "presale in English": "<p>Pay a deposit of $20 today, the rest later</p>",
    "a chat": "<div class=chat-box><p>押金 200 元</p></div>",
    "hidden": "<p style='display:none'>押金 200 元</p>",
    "traditional characters, waived": "<p>免押金租借 NT$50</p>",
    "a tail payment": "<div><span>尾款</span><span>¥449.00</span></div>",
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_deposit_is_read_with_its_amount(name: str, sight_of: Read) -> None:
    body, amount = TAKEN[name]
    read = deposit_on(sight_of(page(body)))
    assert read and read.sure and read.amount == amount


@pytest.mark.parametrize("name", RENAMED)
def test_what_goes_by_another_name_is_not_sure(name: str, sight_of: Read) -> None:
    read = deposit_on(sight_of(page(RENAMED[name])))
    assert read and not read.sure


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_deposit_is_none(name: str, sight_of: Read) -> None:
    assert deposit_on(sight_of(page(NONE[name]))) is None


@pytest.mark.parametrize(
    ("body", "lacks"),
    [
        (LINE + ALL, []),
        (LINE, ["scope", "conditions", "method", "procedure"]),
        (LINE + "<p>押金用于担保设备完好归还。</p>", ["conditions", "method", "procedure"]),
        (LINE + "<p>归还验收后 3 个工作日内原路退回押金。</p>", ["scope"]),
        ("<p>取车时须缴纳押金</p>" + ALL, ["amount"]),
        ("<p>Security deposit: $100.00. It covers loss or damage and is refunded to your original payment method within 5 business days once the item is returned.</p>", []),
        ("<p>Security deposit: $100.00</p><p>Fully refundable.</p>", ["scope", "conditions", "method", "procedure"]),
        ("<p>押金 NT$3,000，用於擔保相機完好歸還；歸還驗收後 7 日內原路退還。</p>", []),
    ],
)  # fmt: skip
def test_what_a_page_says_of_a_deposit(body: str, lacks: list[str], sight_of: Read) -> None:
    read = deposit_on(sight_of(page(body)))
    assert read and read.lacks() == lacks


class _Album:
    def __init__(self, *sights: Sight) -> None:
        self._sights = {str(n): s for n, s in enumerate(sights)}

    def sight(self, ident: str) -> Sight:
        return self._sights.get(ident, self._sights["0"])

    def crop(self, *_: object) -> None:
        return None


@pytest.mark.parametrize(
    ("product", "last", "total", "state"),
    [
        ("", BILL.format(LINE), 230.0, "broken"),
        ("", BILL.format(LINE) + "<a href=/d>押金规则</a>", 230.0, "unknown"),
        ("", ALL + BILL.format(LINE), 230.0, "unknown"),  # no picture: contrast can't be measured
        (ALL + "<p>押金 ¥200.00</p>", BILL.format(LINE), 230.0, "unknown"),
        ("<p>押金 ¥200.00</p>", BILL.format(""), 230.0, "broken"),
        ("<p>押金 ¥200.00</p>", BILL.format(""), 30.0, "unknown"),
        ("<p>押金 ¥200.00</p>", None, None, "unknown"),
        ("<p>押金 ¥200.00</p>" + ALL, None, None, "held"),
        ("", "<p>履约保证金 ¥500.00</p>" + BILL.format(""), 530.0, "unknown"),
        ("", "<p>到店需支付押金200元，以酒店前台为准</p>" + BILL.format(""), 30.0, "unknown"),
        ("", "<p>入住押金：每间 300 元</p>" + BILL.format(""), 30.0, "unknown"),
        ("", "<p>A damage deposit of €200.00 is required on arrival.</p>" + BILL.format(""), 30.0, "unknown"),
    ],
)
def test_a_deposit_is_judged_at_the_last_step(
    product: str, last: str | None, total: float | None, state: str, sight_of: Read
) -> None:
    album = _Album(sight_of(page(product)), sight_of(page(last or "")))
    steps = [Step("product", "", "", "0"), Step("checkout", "", "", "1", total=total)]
    order = OrderWalked("相机租用", "", 30.0, True, tuple(steps if last else steps[:1]), (), last is not None)
    norm = Predicates(load(), cast(Album, album), "zh-CN")
    (told,) = norm.deposits(CheckoutSeen((order,)))
    assert told.judgement.state == state, told.judgement


def test_an_order_that_was_only_looked_at_is_judged_too(sight_of: Read) -> None:
    album = _Album(sight_of(page("<p>¥30.00</p>")), sight_of(page(BILL.format(LINE))))
    plain = OrderWalked("门票", "", 30.0, True, (Step("product", "", "", "0"),), (), True)
    let = OrderWalked("相机租用", "", 30.0, True, (Step("checkout", "", "", "1", total=230.0),), (), True)
    (told,) = Predicates(load(), cast(Album, album), "zh-CN").deposits(CheckoutSeen((plain,), (let,)))
    assert told.order is let and told.judgement.broken


@pytest.mark.parametrize(
    ("kind", "title", "text", "found"),
    [
        ("deposit", "装备租赁与押金规则", "租金按日计算，押金按件收取。", True),
        ("deposit", "免押金服务说明", "信用良好的用户免押金租用。", False),
        ("rules", "保证金管理规则", "商家缴纳保证金。", False),
        ("user", "用户协议", "租赁商品的押金按《押金规则》退还。", False),  # what all say, whatever they sell
        ("deposit", "Rental deposit policy", "A security deposit is held until the tent comes back.", True),
    ],
)
def test_documents_that_say_that_a_deposit_is_taken(kind: Kind, title: str, text: str, found: bool) -> None:
    paper = Paper(kind, title, "首页", 1, Document(kind, title, "https://s.test/d", text, ""))
    norm = Predicates(load(), cast(Album, None), "zh-CN")
    assert bool(norm.deposit_rules(LibrarySeen((paper,), ("首页",), 9, ""))) == found


GOOD = "<li><a href='/item/{n}'><img alt='{title}' width=90 height=90><b>{title}</b></a><div>¥68/天</div><div>{shop}</div></li>"


def test_the_name_of_an_account_page_is_no_word_of_a_buyer(sight_of: Read) -> None:
    told = "<p>退还方式：原支付渠道退回。程序：在“我的—押金”申请，签收空桶后3个工作日内到账。</p>"
    found = deposit_on(sight_of(page("<p>空桶押金 ¥30.00/桶</p>" + told)))
    assert found and {"method", "procedure"} <= {f.kind for f in found.facts}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (
            [("双肩背包", "甲店"), ("帐篷（租赁，按日）", "山野旅行店"), ("相机租赁", "自营")],
            "相机租赁",
        ),  # the platform's own first
        ([("双肩背包", "甲店"), ("帐篷（租赁，按日）", "山野旅行店")], "帐篷（租赁，按日）"),
        ([("惠选 桶装饮用天然水 18.9L", "自营")], "惠选 桶装饮用天然水 18.9L"),  # one alone is no list
        ([("出租车模型", "自营"), ("出租屋收纳架", "甲店")], ""),
        ([("帐篷租赁 已售罄", "自营")], ""),
        ([("Tent rental, per day", "Campers")], "Tent rental, per day"),
        ([], ""),
    ],
)
def test_a_good_for_which_a_deposit_may_be_taken(said: list[tuple[str, str]], found: str, sight_of: Read) -> None:
    foot = "<footer><a href='/d/rental'>装备租赁与押金规则</a></footer>"  # a document is no good
    cards = "".join(GOOD.format(n=n, title=t, shop=s) for n, (t, s) in enumerate(said))
    sight = sight_of(f"<meta charset=utf-8><base href='https://s.test/'><ul>{cards}</ul>{foot}")
    goods = secured_goods(sight, set())
    assert (goods[0].title if goods else "") == found
    assert not secured_goods(sight, {c.href for c in goods})  # those that stood elsewhere before


def test_an_order_without_one_has_nothing_to_judge(sight_of: Read) -> None:
    album = _Album(sight_of(page("<p>¥30.00</p>")))
    order = OrderWalked("相机租用", "", 30.0, True, (Step("product", "", "", "0"),), (), False)
    assert Predicates(load(), cast(Album, album), "zh-CN").deposits(CheckoutSeen((order,))) == []
