"""Samples for the notices of pages: lines that somebody lays down, and lines that buyers, titles, other goods or the law say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongping.detectors.notices import notices
from gongping.sight.model import Sight

TITLE = "【清仓不退不换】山城长袖衬衫 男"
BUY = f"<meta charset=utf-8><div class=main><h1>{TITLE}</h1><p>¥99.00</p>{{}}<button>加入购物车</button></div>"

LAID_DOWN = {
    "a line under the price": ("<p>特价商品，概不退换</p>", "概不退换"),
    "a row of a list of facts": ("<dl><dt>服务</dt><dd>签收后破损概不负责</dd></dl>", "概不负责"),
    "div soup": (
        "<div><div><div><span>温馨提示</span></div><div><span>本品售出不退不换</span></div></div></div>",
        "不退不换",
    ),
    "a tip with its head on the line": ("<div>温馨提示：离柜概不负责</div>", "离柜概不负责"),
    "a list": ("<h3>购买须知</h3><ul><li>支持七天退货</li><li>赠品不享受售后</li></ul>", "赠品不享受售后"),
    "the label of a box": (
        "<label style='cursor:pointer'><input type=checkbox>我已知晓特价商品概不退换</label>",
        "概不退换",
    ),
    "a coupon": ("<div class=coupon><b>满100减10</b><p>不找零不兑现，最终解释权归平台所有</p></div>", "解释权"),
    "a bold line within a paragraph": ("<p>发货后 <b>恕不退换</b>，介意勿拍</p>", "恕不退换"),
    "after reviews are over": (
        "<h2>商品评价</h2><div class=x><p>张** ★★★★★</p><p>不错</p></div><h2>退换须知</h2><p>特价概不退换</p>",
        "概不退换",
    ),
    "after a link to the reviews": ("<div><a href=#r>评价 200</a></div><p>特价概不退换</p>", "概不退换"),
    "under tabs": (
        "<div><a role=tab href=#a>商品评价</a><a role=tab href=#b>售后</a></div><div><p>一经拆封概不退换</p></div>",
        "概不退换",
    ),
    "traditional characters": ("<h4>注意事項</h4><p>特價商品恕不退換</p>", "恕不退換"),
    "an English line": ("<p>Final sale: no returns or exchanges.</p>", "Final sale"),
    "an English list": ("<h3>Returns</h3><ul><li>All sales are final.</li></ul>", "All sales are final"),
    "a hotel": ("<h3>退改规则</h3><div>该房型一经预订不可取消</div>", "不可取消"),
    "a menu": ("<div>商家公告</div><div>餐品一经制作概不退款</div>", "概不退款"),
    "with a pseudo-element": ("<style>.n::before{content:'※ '}</style><p class=n>特价概不退换</p>", "概不退换"),
    "in a table": ("<table><tr><th>售后</th><td>本品不退不换</td></tr></table>", "不退不换"),
    "a line that is described": ("<h2>商品详情</h2><p>瑕疵尾单不退不换</p>", "不退不换"),
    "in a dialog": ("<dialog open><h2>下单须知</h2><p>提交后不得取消</p></dialog>", "不得取消"),
    "a long clause": (
        "<p>" + "本平台提醒您：" + "请仔细核对收货信息，" * 12 + "因快递造成的损失我们概不负责。</p>",
        "概不负责",
    ),
    "beside a link": ("<p>特价概不退换，<a href=/r>查看规则</a></p>", "概不退换"),
    "the review rules are no reviews": ("<h2>评价规则</h2><p>给差评的取消售后资格，不再提供服务</p>", "取消售后"),
    "an order's small print": ("<button>提交订单</button><small>提交即视为放弃退款权利</small>", "放弃退款"),
    "we": ("<p>我们概不负责运输破损</p>", "概不负责"),
    "in a fixed bar": ("<div style='position:fixed;bottom:0'>下单后概不退款</div>", "概不退款"),
    "a form's hint": ("<form><p class=hint>押金逾期不退</p><button>下一步</button></form>", "逾期不退"),
    "an aside": ("<aside>本券遗失不补、不得兑换现金</aside>", "遗失不补"),
    "must": ("<p>You must buy the protection plan to check out.</p>", "must buy"),
    "no stars of one's own": ("<p>* 概不退换</p>", "概不退换"),
}

LEFT_ALONE = {
    "the title of the good": "",
    "the title again in a row": "<div>清仓不退不换】山城长袖衬衫</div>",
    "a review under its head": "<h2>商品评价</h2><p>客服态度好，但是特价概不退换有点坑</p>",
    "a review in a box so called": "<div class='review-item'><p>特价概不退换，坑</p></div>",
    "a review with stars": "<div><div>李*** ★☆☆☆☆</div><div>不退不换，差</div></div>",
    "a question": "<p>特价的是不是不退不换？可以退吗？</p>",
    "questions and answers": "<div><div>问大家</div><div>这个概不退换是真的</div></div>",
    "a buyer's own words": "<p>我买的第二天就坏了，不退不换</p>",
    "what customer service said": "<p>客服说特价概不退换</p>",
    "another good's card": "<div><a href=/2><div>清仓不退不换 女鞋</div><div>¥59</div></a></div>",
    "a link": "<a href=/final>Final sale: no returns</a>",
    "a button": "<button>不退换，继续购买</button>",
    "a heading": "<h2>概不退换？这样做不合法</h2>",
    "goods one may like": "<section><h2>猜你喜欢</h2><div>不退不换清仓鞋 ¥59</div></section>",
    "English reviews": "<h2>Customer reviews</h2><div>Nice but no returns.</div>",
    "an English review with its sign": "<div><span>Verified purchase</span><p>Final sale, no refund, beware</p></div>",
    "an English first person": "<p>I was told all sales are final</p>",
    "an English question": "<p>Is it final sale, no returns?</p>",
    "steel": "<p>304不锈钢内胆</p>",
    "a promise": "<p>七天无理由退货，运费险包赔</p>",
    "shipping": "<p>满59元免运费，预计1–3日送达</p>",
    "a price": "<p>¥99.00</p>",
    "hidden": "<p style='display:none'>概不退换</p>",
    "a chat": "<div class='chat-box'><p>亲，特价概不退换哦</p></div>",
    "traditional reviews": "<h3>商品評價（12）</h3><p>特價恕不退換，雷</p>",
    "an anonymous buyer": "<div><p>匿名用户</p><p>坏了概不负责，气</p></div>",
    "a comment's class": "<ul class=comment-list><li>不退不换</li></ul>",
    "other goods in English": "<h3>You may also like</h3><p>Final sale shirt, no returns $9</p>",
    "too short": "<p>不退</p>",
    "a seller's answer": "<div><p>提问者：能退吗</p><p>特价不退不换</p></div>",
}


@pytest.mark.parametrize("name", LAID_DOWN)
def test_what_is_laid_down_is_read(name: str, sight_of: Callable[[str], Sight]) -> None:
    body, wanted = LAID_DOWN[name]
    assert any(wanted in one.block.text for one in notices(sight_of(BUY.format(body)), TITLE))


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_what_others_say_is_not(name: str, sight_of: Callable[[str], Sight]) -> None:
    assert not notices(sight_of(BUY.format(LEFT_ALONE[name])), TITLE)


def test_a_description_is_told_apart(sight_of: Callable[[str], Sight]) -> None:
    described = "<h2>商品详情</h2><p>瑕疵尾单不退不换</p><h2>售后须知</h2><p>签收后概不负责</p>"
    read = notices(sight_of(BUY.format(described)), TITLE)
    assert [(one.heading, one.described) for one in read] == [("商品详情", True), ("售后须知", False)]


def test_a_notice_knows_where_it_stands(sight_of: Callable[[str], Sight]) -> None:
    (one,) = notices(sight_of(BUY.format("<p>特价商品，概不退换</p>")), TITLE)
    assert one.block.box and one.block.box.area > 0
