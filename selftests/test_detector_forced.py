"""Samples for boxes that a form demands: what nobody needs, demanded or free, and what belongs to an order or an account."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongping.detectors.forced import choices
from gongping.sight.model import Sight

DEMANDED = {
    "advertising by its attribute": ("<label><input type=checkbox required>接收优惠短信</label>", "advertising"),
    "advertising by its words": ("<label><input type=checkbox>同意接收营销信息（必选）</label>", "advertising"),
    "sharing": ("<label><input type=checkbox required>同意将订单信息提供给合作伙伴</label>", "sharing"),
    "sharing by its words": ("<label><input type=checkbox>允许第三方使用我的信息【必选】</label>", "sharing"),
    "an insurance": ("<label><input type=checkbox required checked>退货运费险 ¥1.20</label>", "extra"),
    "an insurance by its words": ("<label><input type=checkbox checked>航意险 ¥30（必选）</label>", "extra"),
    "an insurance for a hotel": ("<label><input type=checkbox required>酒店取消险 ¥10</label>", "extra"),
    "a membership": ("<label><input type=checkbox required>开通会员月卡 ¥15</label>", "extra"),
    "a donation": ("<label><input type=checkbox required>公益捐赠 1 元</label>", "extra"),
    "beside its words": ("<div><input type=checkbox required><span>接收优惠短信</span></div>", "advertising"),
    "an aria box": ("<div role=checkbox aria-required=true aria-checked=false tabindex=0 aria-label='接收优惠短信（必选）'>□</div>", "advertising"),
    "a switch": ("<div><span id=m>订阅促销短信（必选）</span><div role=switch aria-checked=true aria-labelledby=m tabindex=0 style='width:40px;height:20px'></div></div>", "advertising"),
    "traditional characters": ("<label><input type=checkbox required>訂閱電子報</label>", "advertising"),
    "traditional characters by their words": ("<label><input type=checkbox>願意收到優惠訊息（必選）</label>", "advertising"),
    "English advertising": ("<label><input type=checkbox required> Send me special offers</label>", "advertising"),
    "English words": ("<label><input type=checkbox> Subscribe to our newsletter (required)</label>", "advertising"),
    "English sharing": ("<label><input type=checkbox required> Share my details with partners</label>", "sharing"),
    "English protection": ("<label><input type=checkbox required> Shipping protection $2.98</label>", "extra"),
    "English insurance": ("<label><input type=checkbox required> Travel insurance $19</label>", "extra"),
}  # fmt: skip

FREE = {
    "advertising": "<label><input type=checkbox>接收优惠短信（选填）</label>",
    "advertising that is on": "<label><input type=checkbox checked>接收优惠短信</label>",
    "not demanded, in words": "<label><input type=checkbox>接收优惠短信（非必选）</label>",
    "not demanded, in more words": "<label><input type=checkbox>退货运费险 ¥1.20（不是必选项）</label>",
    "not demanded, in English": "<label><input type=checkbox> Travel insurance $19 (non-mandatory)</label>",
    "sharing": "<label><input type=checkbox>同意将订单信息提供给合作伙伴（可选）</label>",
    "an insurance": "<label><input type=checkbox>退货运费险 ¥1.20</label>",
    "a card": "<label><input type=checkbox>会员月卡 ¥15</label>",
    "English": "<label><input type=checkbox> Send me special offers</label>",
    "English protection": "<label><input type=checkbox checked> Shipping protection $2.98</label>",
    "traditional characters": "<label><input type=checkbox>訂閱電子報</label>",
}

NONE = {
    "the agreement": "<label><input type=checkbox required>我已阅读并同意《用户协议》</label>",
    "the privacy policy": "<label><input type=checkbox required>同意隐私政策（必选）</label>",
    "an agreement that names sharing": "<label><input type=checkbox required>同意《隐私政策》，将信息提供给合作伙伴</label>",
    "English terms": "<label><input type=checkbox required> I agree to the Terms and Privacy Policy</label>",
    "traditional terms": "<label><input type=checkbox required>我同意服務條款（必選）</label>",
    "a real name": "<label><input type=checkbox required>同意提供实名信息用于购票，并提供给第三方核验</label>",
    "an age": "<label><input type=checkbox required>我已年满十八周岁</label>",
    "an English age": "<label><input type=checkbox required> I am over 18 and want special offers</label>",
    "the seller who sends it": "<label><input type=checkbox required>同意将收货信息提供给第三方商家用于发货</label>",
    "a courier": "<label><input type=checkbox required>授权将手机号提供给第三方物流公司（必选）</label>",
    "a hotel's guest": "<label><input type=checkbox required>同意将入住人信息提供给合作方酒店</label>",
    "an English courier": "<label><input type=checkbox required> Share my details with partners to deliver my order</label>",
    "to become a member": "<label><input type=checkbox required>我同意加入会员</label>",
    "to become a member, in traditional characters": "<label><input type=checkbox required>我要加入會員</label>",
    "customs": "<label><input type=checkbox required>同意将身份证提供给第三方用于清关</label>",
    "a prescription": "<label><input type=checkbox required>已上传处方</label>",
    "a way of delivery": "<label><input type=radio name=d required>加急配送 ¥12</label>",
    "a size": "<label><input type=radio name=s required>L 码（必选）</label>",
    "a side dish": "<label><input type=checkbox required>米饭（必选）</label>",
    "cutlery": "<label><input type=checkbox required>需要餐具（必选）</label>",
    "an invoice": "<label><input type=checkbox>需要发票</label>",
    "an address to keep": "<label><input type=checkbox required>保存到地址簿</label>",
    "to remember": "<label><input type=checkbox> Remember me</label>",
    "an insurance among radios": "<label><input type=radio name=i required>航意险 ¥30</label><label><input type=radio name=i>不需要</label>",
    "fitting": "<label><input type=checkbox required>上门安装</label>",
    "gift wrap": "<label><input type=checkbox required>礼品包装 ¥5</label>",
    "hidden": "<div style='display:none'><label><input type=checkbox required>接收优惠短信</label></div>",
    "a text": "<p>接收优惠短信（必选）</p>",
    "a long text": "<label><input type=checkbox required>" + "接收优惠短信，" * 40 + "</label>",
}


def page(body: str) -> str:
    return f"<meta charset=utf-8><form>{body}<button>提交订单</button></form>"


@pytest.mark.parametrize("name", DEMANDED)
def test_what_nobody_needs_is_demanded(name: str, sight_of: Callable[[str], Sight]) -> None:
    body, about = DEMANDED[name]
    (one,) = choices(sight_of(page(body)))
    assert one.demanded and one.about == about


@pytest.mark.parametrize("name", FREE)
def test_what_is_left_free_is_not(name: str, sight_of: Callable[[str], Sight]) -> None:
    (one,) = choices(sight_of(page(FREE[name])))
    assert not one.demanded


@pytest.mark.parametrize("name", NONE)
def test_what_an_order_may_need_is_no_such_choice(name: str, sight_of: Callable[[str], Sight]) -> None:
    assert not choices(sight_of(page(NONE[name])))
