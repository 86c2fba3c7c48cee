"""What a line on a page of a shop is worth: broken, to be read by a person, or nothing; in whose words, and about which goods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest

from gongping.evidence.album import Album
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.observations.checkout import CheckoutSeen, OrderWalked, Step
from gongping.sight.model import Sight

Read = Callable[[str], Sight]


class _Album:
    def __init__(self, sight: Sight) -> None:
        self._sight = sight

    def sight(self, ident: str) -> Sight:
        return self._sight


def states(sight: Sight, duty: str, *, place: str, own: bool, goods: str) -> list[str]:
    step = Step(place, "https://shop.test/", "", sight.id)
    order = OrderWalked(goods, "", 99.0, own or None, (step,), (), place == "checkout")
    norm = Predicates(load(), cast(Album, _Album(sight)), "zh-CN")
    return [c.judgement.state for c in norm.noticed(CheckoutSeen((order, order)), duty)]


def page(line: str) -> str:
    return f"<meta charset=utf-8><div><h1>长袖衬衫</h1><p>¥99.00</p>{line}<button>提交订单</button></div>"


BROKEN = {
    "signed for": "<p>签收后发现破损、少件的，概不负责。</p>",
    "clearance": "<p>清仓特价商品，离柜概不退换，出现质量问题也不负责。</p>",
    "gifts": "<p>赠品不享受售后</p>",
    "the last word": "<p>本活动最终解释权归商城所有</p>",
    "a coupon's last word": "<div class=coupon><span>本券限用一次，遗失不补，最终解释权归本平台所有。</span></div>",
    "off the counter": "<div>温馨提示：特价商品离柜概不负责</div>",
    "special offers": "<dl><dt>售后</dt><dd>特卖商品不退不换，介意勿拍</dd></dl>",
    "traditional characters": "<p>本活動最終解釋權歸主辦單位所有</p>",
    "English": "<p>Final sale: no returns or exchanges</p>",
    "an English organiser": "<p>The organizer reserves the right of final interpretation.</p>",
    "one-sided": "<p>缺货时本平台有权单方取消订单且不承担任何责任</p>",
}

OPEN = {
    "virtual goods": "<p>虚拟商品一经售出，概不退款、退货。</p>",
    "food that was made": "<p>餐品一经制作不可退款</p>",
    "food that was delivered": "<p>外卖售出概不退换</p>",
    "what points bought": "<p>积分兑换商品不支持退换</p>",
    "points that were spent": "<p>积分一经兑换不可退还</p>",
    "flights": "<p>机票一经售出不得退改签</p>",
    "in a description": "<h2>商品详情</h2><p>签收后发现破损、少件的，概不负责。</p>",
}

ORDINARY = {
    "a promise": "<p>签收前请当面验货，签收后如有质量问题请联系客服处理</p>",
    "custom-made": "<p>定制商品按您的要求制作，不适用七日无理由退货，有质量问题照样退换</p>",
    "fresh": "<p>生鲜商品不支持无理由退货，坏果包赔</p>",
    "pictures": "<p>图片仅供参考，以实物为准</p>",
    "shades of colour": "<p>由于拍摄光线，图片与实物可能存在色差，以实物为准</p>",
    "postage": "<p>运费不退</p>",
    "unpaid orders": "<p>超过30分钟未支付，订单将自动取消</p>",
    "coupons": "<p>优惠券不可兑换现金，不找零</p>",
    "a limit": "<p>每人限购2件，平台有权取消异常订单</p>",
    "cutlery": "<p>餐具按份提供，不收取费用</p>",
    "an old coupon": "<p>优惠券过期作废，遗失不补</p>",
    "an old coupon in traditional characters": "<p>優惠券逾期作廢，恕不補發</p>",
    "deals elsewhere": "<p>私下交易造成的损失，平台概不负责</p>",
    "a new wrapping": "<p>商品包装如有更换，恕不另行通知，以实物为准</p>",
    "how it looks": "<p>圖片僅供參考，商品顏色以實品為準，恕不另行通知</p>",
    "an auction": "<p>下標後請於三日內付款，逾期視為放棄</p>",
    "an order that is not paid": "<p>逾期未付款的，视为放弃</p>",
    "a rate": "<p>This rate is non-refundable.</p>",
    "free cancellation": "<p>Free cancellation before 18:00. After that the booking is non-refundable.</p>",
    "coupons in English": "<p>Coupons cannot be exchanged for cash and are not refundable.</p>",
    "refusing broken parcels": "<p>请当面验收，如有破损请拒收</p>",
    "points": "<p>积分不可兑换现金，优惠不可与其他活动同享</p>",
    "no cash on delivery": "<p>不支持货到付款，发货后不支持修改地址</p>",
    "a review": "<div class=review><p>签收后发现破损，概不负责，差</p></div>",
    "the law": "<p>商家以告示作出“签收后概不负责”等规定的，对消费者没有效力。</p>",
    "a gift's carton": "<p>赠品为非卖品，不单独销售</p>",
    "delivery": "<p>拒收需承担往返运费，恶意退货的，我们有权拒绝</p>",
    "a shop that is responsible": "<p>运输破损由我们负责，不需要您承担任何费用</p>",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_rule_that_takes_rights_is_broken_once(name: str, sight_of: Read) -> None:
    assert states(sight_of(page(BROKEN[name])), "36.1", place="checkout", own=True, goods="长袖衬衫") == ["broken"]


@pytest.mark.parametrize("name", OPEN)
def test_what_people_argue_about_is_left_to_them(name: str, sight_of: Read) -> None:
    """The model's number says whether they are shown to a person or let pass; nobody is accused."""
    assert states(sight_of(page(OPEN[name])), "36.1", place="product", own=True, goods="长袖衬衫") in (["unknown"], [])


@pytest.mark.parametrize("place", ["product", "cart", "checkout"])
@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_words_raise_no_doubt(name: str, place: str, sight_of: Read) -> None:
    sight = sight_of(page(ORDINARY[name]))
    assert states(sight, "36.1", place=place, own=True, goods="长袖衬衫") == []
    assert states(sight, "36.2", place=place, own=True, goods="长袖衬衫") == []


@pytest.mark.parametrize(
    ("place", "line", "state"),
    [
        ("product", "签收后发现破损、少件的，概不负责。", "unknown"),
        ("cart", "签收后发现破损、少件的，概不负责。", "broken"),
        ("checkout", "签收后发现破损、少件的，概不负责。", "broken"),
        ("checkout", "本店商品签收后发现破损、少件的，概不负责。", "unknown"),
    ],
)
def test_another_sellers_words_are_not_the_platforms(place: str, line: str, state: str, sight_of: Read) -> None:
    assert states(sight_of(page(f"<p>{line}</p>")), "36.1", place=place, own=False, goods="长袖衬衫") == [state]


def test_goods_that_may_not_come_back_are_told_by_their_title_too(sight_of: Read) -> None:
    sight = sight_of(page("<p>特卖商品不退不换，介意勿拍</p>").replace("长袖衬衫", "生日蛋糕 8 寸"))
    assert states(sight, "36.1", place="product", own=True, goods="生日蛋糕 8 寸") == ["unknown"]


@pytest.mark.parametrize(
    "line",
    [
        "购买本商品须同时购买碎屏险，未购买的无法提交订单。",
        "本商品须同时加购延保服务，否则无法下单。",
        "关闭本页即视为同意开通省钱月卡。",
    ],
)
def test_a_bundle_that_must_be_bought_is_forced_trade(line: str, sight_of: Read) -> None:
    sight = sight_of(page(f"<p>{line}</p>"))
    assert states(sight, "36.2", place="product", own=True, goods="长袖衬衫") == ["broken"]
    assert states(sight, "36.1", place="product", own=True, goods="长袖衬衫") == []


def test_home_is_the_platforms_own(sight_of: Read) -> None:
    sight: Any = sight_of(page("<p>签收后发现破损、少件的，概不负责。</p>"))
    norm = Predicates(load(), cast(Album, _Album(sight)), "zh-CN")
    library: Any = type("Library", (), {"home_sight": "s"})()
    (clause,) = norm.noticed_at_home(library, "36.1")
    assert clause.judgement.broken and clause.place == "home" and clause.block and clause.block.box
