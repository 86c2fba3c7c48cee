"""Terms before a commitment: stated on the page, or only pointed to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongping.detectors.material_terms import material_terms
from gongping.sight.model import Sight
from selftests.conftest import page

RENEWAL, FEE, RETURN, DEPOSIT, PROVISIONS = "renewal", "fee", "no-return", "deposit", "provisions"

POINTED = {
    "a trial": ("<p>新人首月 1 元体验省钱卡，续费规则详见<a href=/m>《会员服务协议》</a></p><button>同意并开通</button>", RENEWAL),
    "the end of a trial": ("<div>免费体验 7 天，体验期满后按照《自动续费服务协议》执行</div>", RENEWAL),
    "a fold": ("<div>首月 1 元开通会员</div><div>续费说明 <span style='cursor:pointer'>展开</span></div>", RENEWAL),
    "a fold that holds the condition": ("<p>首月 1 元，续费说明 <button type=button>展开</button></p><p hidden>到期后每月 15 元自动续费</p>", RENEWAL),
    "a fee": ("<p class=hint>平台服务费的收取标准请查看《收费规则》</p><b>合计 ¥99.00</b>", FEE),
    "a fee beside another that is stated": ("<dl><dt>运费</dt><dd>¥8.00</dd></dl><p>平台服务费按规则收取，详见《交易规则》</p>", FEE),
    "fees of changes": ("<div>退票费、改签费以航空公司规则为准</div>", FEE),
    "limits of cancelling": ("<p>退改限制详见《预订须知》</p><button>提交订单</button>", RETURN),
    "goods at a special price": ("<p>特价商品的退换规则请仔细阅读《特价须知》</p>", RETURN),
    "goods made to order": ("<p>定制商品能否退货，具体以《定制须知》为准</p>", RETURN),
    "a deposit": ("<p>支付定金前请阅读<a href=/d>《预售规则》</a></p><p>定金 ¥50.00</p>", DEPOSIT),
    "a deposit for a rental": ("<div><span>押金</span><span>¥200.00</span></div><div>押金规则详见《租赁协议》</div>", DEPOSIT),
    "traditional, renewal": ("<p>試用期滿之續費規定，請詳閱會員條款</p>", RENEWAL),
    "traditional, cancelling": ("<p>退訂限制請參閱訂房須知</p>", RETURN),
    "traditional, a deposit": ("<p>訂金規定請詳閱條款</p>", DEPOSIT),
    "English, renewal": ("<p>Start your free trial. For renewal see the Membership Terms.</p>", RENEWAL),
    "English, cancelling": ("<p>Cancellation restrictions apply. Please read our conditions.</p>", RETURN),
    "English, a deposit": ("<p>A deposit is taken at booking. Terms apply.</p>", DEPOSIT),
    "provisions": ("<p>请您仔细阅读《用户协议》，特别是免除或者限制责任的条款</p>", PROVISIONS),
    "English, provisions": ("<p>Please read the agreement carefully; it contains provisions on charges and on liability.</p>", PROVISIONS),
    "English, a fee": ("<p>A booking fee applies, see terms.</p>", FEE),
    "div soup": ("<div><div><div><span>首月1元</span></div><div><span>续费规则请查看《会员协议》</span></div></div></div>", RENEWAL),
}  # fmt: skip

STATED = {
    "renewal with its price": ("<p>首月 1 元，到期后每月 15 元自动续费，可随时取消，续费规则详见《会员服务协议》</p>", RENEWAL),
    "renewal in the next line": ("<p>首月 1 元开通会员，续费规则详见《会员协议》</p><p>到期后每月 15 元，随时可取消</p>", RENEWAL),
    "no renewal": ("<p>会员月卡 15 元，到期不自动续费</p>", RENEWAL),
    "a fee in the bill": ("<dl><dt>平台服务费</dt><dd>¥2.00</dd></dl><p>服务费收取标准详见《收费规则》</p>", FEE),
    "freight": ("<dl><dt>商品金额</dt><dd>¥99.00</dd><dt>运费</dt><dd>¥8.00</dd></dl>", FEE),
    "free freight": ("<div><span>运费</span><span>免运费</span></div>", FEE),
    "packing and delivery": ("<div>打包费 ¥2</div><div>配送费 ¥4.5</div>", FEE),
    "cancelling": ("<p>入住前一日 18:00 前可免费取消，退改限制详见《预订须知》</p>", RETURN),
    "no cancelling": ("<p>该房型不可取消、不可变更</p>", RETURN),
    "no return": ("<p>该商品为定制商品，不支持七天无理由退货，详见《退货规则》</p>", RETURN),
    "seven days": ("<span>支持7天无理由退货</span>", RETURN),
    "a deposit that is lost": ("<p>定金支付后不退，请阅读《预售规则》</p>", DEPOSIT),
    "a deposit that comes back": ("<p>押金在归还后 3 日内原路退回</p>", DEPOSIT),
    "the first night": ("<p>取消费：首晚房费，详见取消政策</p>", FEE),
    "the first night in other words": ("<div>取消扣款：首晚房费。详情</div>", RETURN),
    "a deposit that comes back after use": ("<p>押金 ¥99（归还后退），详见租借须知</p>", DEPOSIT),
    "renewal that can be switched off": ("<p>自动续费（可在设置中关闭）查看说明</p>", RENEWAL),
    "no deposit": ("<p>芝麻信用免押金 了解更多</p>", DEPOSIT),
    "instalments without a fee": ("<div>花呗分期 3期免手续费 查看详情</div>", FEE),
    "a limit of liability": ("<p>请阅读责任限制条款：赔偿以订单金额为限，最高 5000 元</p>", PROVISIONS),
    "no fee at all": ("<p>平台不收取任何服务费，详见《收费规则》</p>", FEE),
    "a fee within the price": ("<p>总价已含服务费及税费，查看详情</p>", FEE),
    "a fee that another bears": ("<p>退货手续费由商家承担，详见规则</p>", FEE),
    "traditional, instalments without a fee": ("<p>信用卡分期免手續費，了解更多</p>", FEE),
    "English, no deposit": ("<p>No deposit required. Terms apply.</p>", DEPOSIT),
    "traditional, freight": ("<div><span>運費</span><span>NT$60</span></div>", FEE),
    "traditional, cancelling": ("<p>入住前三日可免費取消，退訂限制詳見須知</p>", RETURN),
    "English, shipping": ("<table><tr><td>Shipping</td><td>$4.99</td></tr></table>", FEE),
    "English, free shipping": ("<p>Free shipping on this order</p>", FEE),
    "English, renewal": ("<p>Free trial, then renews at $9.99 per month. Cancel any time. See terms.</p>", RENEWAL),
    "English, final sale": ("<p>Final sale: this item cannot be returned. See our policy.</p>", RETURN),
    "English, a deposit": ("<p>Your deposit is refundable until 1 May. Terms apply.</p>", DEPOSIT),
}  # fmt: skip

NOTHING = {
    "a form for an account": "<label><input type=checkbox>我已阅读并同意<a href=/u>《用户协议》</a>和<a href=/p>《隐私政策》</a></label>",
    "please read": "<p>请您仔细阅读《用户协议》的全部内容后再注册</p>",
    "a title that names renewal": "<p>我已阅读并同意《自动续费服务协议》</p>",
    "a title that names returns": "<p>提交订单即表示同意《退换货规则》，请仔细阅读</p>",
    "details of a coupon": "<p>优惠券使用范围详见活动规则</p>",
    "a coupon that expires": "<p>红包到期后自动失效，详见红包规则</p>",
    "points that expire": "<p>积分到期后清零，查看规则</p>",
    "an insurance": "<p>取消险：行程取消损失最高赔付80% 了解更多</p>",
    "a delivery time": "<p>送达时间以快递公司为准</p>",
    "goods": "<div><img alt=''><span>无线耳机</span><b>¥99.00</b></div><div>合计 ¥99.00</div>",
    "a link to returns": "<a href=/r>退换货政策</a>",
    "traditional": "<p>我已閱讀並同意會員條款</p>",
    "English": "<p>By placing your order you agree to our Terms and Conditions</p>",
    "English, learn more": "<p>Gift wrapping available. Learn more</p>",
    "English, membership": "<p>Earn points as a member. See the membership terms.</p>",
}  # fmt: skip


@pytest.mark.parametrize("name", POINTED)
def test_a_term_that_is_only_pointed_to(name: str, sight_of: Callable[[str], Sight]) -> None:
    body, matter = POINTED[name]
    found = material_terms(sight_of(page(f"<main>{body}</main>")))
    assert [t.matter for t in found if not t.stated] == [matter], found


@pytest.mark.parametrize("name", STATED)
def test_a_term_that_is_stated(name: str, sight_of: Callable[[str], Sight]) -> None:
    body, matter = STATED[name]
    found = material_terms(sight_of(page(f"<main>{body}</main>")))
    assert matter in [t.matter for t in found if t.stated] and all(t.stated for t in found), found


@pytest.mark.parametrize("name", NOTHING)
def test_no_term_of_weight(name: str, sight_of: Callable[[str], Sight]) -> None:
    assert not material_terms(sight_of(page(f"<main>{NOTHING[name]}</main>")))
