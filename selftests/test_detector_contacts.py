"""Samples of contact blocks: numbers that must be read, whose they are, placeholders, and what is no number at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongping.detectors.contacts import channels_in_text, channels_on, placeholder, regions, sufficient
from gongping.sight.model import Sight

PHONES = [
    ("zh-CN", "客服热线：400-820-8820", "400-820-8820", "own"),
    ("zh-CN", "客服热线\n4008-123-123", "4008-123-123", "own"),
    ("zh-CN", "全国统一服务热线95128，7×24小时", "95128", "own"),
    ("zh-CN", "客服电话：10105678（9:00-21:00）", "10105678", "own"),
    ("zh-CN", "联系电话：(023) 6318 2650", "(023) 6318 2650", "own"),
    ("zh-CN", "电话：0086-10-62701234", "0086-10-62701234", "own"),
    ("zh-CN", "违法和不良信息举报电话 023-63182650", "023-63182650", "own"),
    ("zh-CN", "您也可以拨打 12315 投诉", "12315", "regulator"),
    ("zh-CN", "商家电话：139 8312 6013", "139 8312 6013", "seller"),
    ("zh-CN", "招商热线：023-67112233", "023-67112233", "other"),
    ("zh-HK", "客戶服務熱線：2345 6789", "2345 6789", "own"),
    ("zh-HK", "致電 +852 3001 2345", "+852 3001 2345", "own"),
    ("zh-TW", "客服專線：0800-011-765", "0800-011-765", "own"),
    ("en", "Call us: +1 (888) 280-4331 Mon-Fri 9am - 5pm", "+1 (888) 280-4331", "own"),
    ("en", "Customer care line 0800 496 1081", "0800 496 1081", "own"),
]

NO_PHONES = [
    "渝ICP备18006173号-1\n渝公网安备 50010302004817号\n© 2018–2026",
    "统一社会信用代码 91500103MA60T7K29K",
    "订单号 202611250001234567",
    "Redmi 12 8+256 手机 5000mAh",
    "¥1299.00 已售12345678件",
    "版本 2026-08-20 生效 2026-09-01",
    "电话手表 4G 全网通 139.00元",
    "客服 7×24小时",
    "商品编号 100023456789",
    "JY15001030247716",
]


@pytest.mark.parametrize(("locale", "text", "number", "whose"), PHONES)
def test_a_number_is_read(locale: str, text: str, number: str, whose: str) -> None:
    found = [c for c in channels_in_text(text, regions(locale)) if c.kind == "phone"]
    assert [(c.value, c.whose, c.sound) for c in found] == [(number, whose, True)]


@pytest.mark.parametrize("text", NO_PHONES)
def test_other_digits_are_no_number(text: str) -> None:
    assert channels_in_text(text, regions("zh-CN")) == []


@pytest.mark.parametrize(
    "number",
    ["400-000-0000", "123456", "12345678", "400-123-4567", "010-12345678", "023-00000000", "400-XXX-XXXX", "13800138000", "(212) 555-0123", "020 7946 0123", "000000"],
)  # fmt: skip
def test_a_placeholder(number: str) -> None:
    assert placeholder(number) is True


@pytest.mark.parametrize(
    "number",
    ["400-820-8820", "400-888-8888", "400-666-6666", "95511", "023-6318 2650", "13912345670", "+1 (888) 280-4331", "2345 6789", "0800-011-765"],
)  # fmt: skip
def test_no_placeholder(number: str) -> None:
    assert placeholder(number) is False


@pytest.mark.parametrize("number", ["400-111-1111", "138 1234 5678", "11111111", "18888888888"])
def test_a_number_that_only_a_call_can_tell(number: str) -> None:
    assert placeholder(number) is None


def test_mail_addresses_and_whose_they_are() -> None:
    text = "邮箱：service@shop.test\n招聘：hr@shop.test\n投诉邮箱 tousu@shop.test\nEmail: info@example.com"
    found = channels_in_text(text, regions("zh-CN"))
    assert [(c.value.split("@")[0], c.whose, c.complaint, c.sound) for c in found] == [
        ("service", "own", False, True), ("hr", "other", False, True), ("tousu", "own", True, True), ("info", "own", False, False),
    ]  # fmt: skip


PAGES = {
    "a hotline in parts": (
        "<footer><p>客服热线 <a href='tel:02363182650'><span>023</span>-<b>6318</b>&nbsp;<b>2650</b></a></p></footer>",
        {("phone", "own", False)},
        False,
    ),
    "a form for complaints": (
        "<h1>投诉与举报</h1><form><label>内容<textarea></textarea></label><button>提交</button></form>",
        {("form", "own", True)},
        True,
    ),
    "a chat and a hotline for reports": (
        "<footer><a href='/im'>在线客服</a> <span>举报电话：400-820-8820</span></footer>",
        {("online", "own", False), ("phone", "own", True)},
        True,
    ),
    "only authorities": (
        "<footer><p>消费者投诉举报 12315</p><a href='https://www.12377.cn/'>违法和不良信息举报中心</a></footer>",
        {("phone", "regulator", True), ("site", "regulator", True)},
        False,
    ),
    "only sellers": (
        "<main><h1>投诉</h1><p>请联系商家</p><p>商家电话：13983126013</p></main>",
        {("phone", "seller", True)},
        False,
    ),
    "only a social account": (
        "<footer><a href='https://weibo.test/x'>官方微博</a></footer>",
        {("social", "own", False)},
        False,
    ),
    "an English shop": (
        "<footer><a href='/contact'>Contact us</a><p>Call us +44 800 496 1081</p><a href='mailto:care@shop.test'>Email</a><h3>Complaints</h3><p>complaints@shop.test</p></footer>",
        {("phone", "own", False), ("email", "own", False), ("email", "own", True)},
        True,
    ),
    "a review box is no form for complaints": (
        "<h1>Write a review</h1><form><textarea></textarea><button>Submit</button></form>",
        set(),
        False,
    ),
    "a phone on sale": ("<main><a href='/p/1'>联系电话手表 智能 399.00元</a></main>", set(), False),
}


@pytest.mark.parametrize("name", PAGES)
def test_channels_of_a_page(name: str, sight_of: Callable[[str], Sight]) -> None:
    html, expected, enough = PAGES[name]
    locale = "en" if "English" in name else "zh-CN"
    about = "<h1>投诉" in html
    found = channels_on(sight_of(f"<meta charset=utf-8>{html}"), regions(locale), complaint=about)
    assert {(c.kind, c.whose, c.complaint) for c in found} == expected, found
    assert sufficient(found) is enough
    assert all(c.seen for c in found)
