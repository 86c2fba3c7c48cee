"""Which document a link names, and which pages lead to documents."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongping.detectors.papers import is_index, is_notice_board, kind_of, kinds_within, listed_by_day, own_title
from gongping.observations.documents import Document, Link
from gongping.sight.blocks import Block
from gongping.sight.model import Sight
from selftests.conftest import page as html

NAMED = {
    "用户服务协议": "user", "《用户协议》": "user", "服务条款": "user", "Terms of Use": "user", "Conditions of sale": "user", "會員條款": "user",
    "隐私政策": "privacy", "Privacy notice": "privacy", "隱私權政策": "privacy",
    "交易规则": "rules", "配送说明": "rules", "Shipping policy": "rules", "預訂須知": "rules", "七日無理由退貨規則": "returns", "預售交易規則": "promotion",
    "平台商家入驻协议": "seller", "卖家服务协议": "seller", "Seller terms": "seller", "Partner agreement": "seller", "商家管理规范": "seller",
    "七日无理由退货规则": "returns", "退换货": "returns", "Returns & refunds": "returns", "Cancellation policy": "returns",
    "评价规则": "reviews", "Review guidelines": "reviews",
    "知识产权保护规则": "ip", "Intellectual property policy": "ip", "侵权投诉指引": "ip",
    "违规处罚公示": "penalties", "平台内经营者违法违规处理公示": "penalties", "知识产权公示": "ip_notices", "Takedown notices": "ip_notices",
    "争议处理规则": "disputes", "预售规则": "promotion", "优惠券使用说明": "promotion", "自动续费服务协议": "renewal", "押金说明": "deposit",
    "账号注销须知": "deregister", "儿童个人信息保护规则": "children", "第三方信息共享清单": "sharing", "规则中心": "index", "公示中心": "index",
    "帮助中心": "help", "商家入驻": "index", "幫助與規則中心": "index", "先行赔付计划": "rules", "正品與先行賠付計畫": "rules",
    "关于修改《交易规则》公开征求意见的公告": "notice", "《用户服务协议》修订征求意见稿": "notice", "关于停止运营的公告": "notice",
    "Store penalties": "penalties", "Penalties on sellers": "penalties", "Consultations on drafts": "notice", "Draft Review Rules 2027": "notice",
    "Trading Rules: new version from 29 November 2026": "notice", "关于修订《交易规则》的公告": "notice", "Your opinion, please: draft seller terms": "notice",
    "Upcoming version 3.1 (2026-11-29)": "rules", "即将生效的版本": "rules",
    "关于调整《配送规则》时限的通知": "notice", "《隐私政策》修订公告": "notice", "省钱卡服务条款": "membership",
    "双11狂欢节": "promotion", "618年中大促": "promotion", "Black Friday": "promotion",
}  # fmt: skip
"""Links of platforms, and what they lead to."""

NOTHING = [
    "双11同款加绒外套", "江畔旗舰店618特惠", "2026年货节礼盒坚果大礼包送礼零食整箱组合装",
    "申请退款", "我的评价", "写评价", "加入购物车", "手机", "同意《用户协议》《隐私政策》", "我已阅读并同意《服务条款》", "Sign in", "Return to home",
    "关于我们", "活动时间", "违规词大全的书", "新品上市", "隐私设置", "Track my order", "Late payment penalties", "Draft beer", "修改收货地址",
    "关于举办《山河》签售会的通知",
]  # fmt: skip


@pytest.mark.parametrize("label", [label for label, kind in NAMED.items() if kind])
def test_a_link_says_which_document_it_leads_to(label: str) -> None:
    assert kind_of(label) == NAMED[label]


@pytest.mark.parametrize("label", NOTHING)
def test_other_links_lead_to_no_document(label: str) -> None:
    assert kind_of(label) is None


LINKS = tuple(Link(x, f"https://shop.test/{n}") for n, x in enumerate(("用户协议", "隐私政策", "交易规则", "联系我们")))


def page(*texts: str, heads: tuple[str, ...] = ()) -> Document:
    blocks = (*(Block(h, "heading", 2) for h in heads), *(Block(t) for t in texts))
    return Document(
        "rules", "规则", "https://shop.test/", "\n".join(b.text for b in blocks), "s", links=LINKS, blocks=blocks
    )


def test_a_page_of_links_is_an_index_and_one_with_sentences_is_not() -> None:
    labels = [link.label for link in LINKS]
    assert is_index(page("现行规则如下。", *labels))
    assert not is_index(page("商品以页面说明为准。", "发货后四十八小时内揽收。", "收货后七日内可以退货。", *labels))


def test_a_page_may_hold_two_lists() -> None:
    both = page("名称", heads=("平台内经营者违法违规处理公示", "知识产权投诉通知、声明及处理结果公示"))
    assert kinds_within(both) == ("penalties", "ip_notices")
    assert kinds_within(page("一段话。", heads=("总则", "附则"))) == ()


def titled(title: str, *heads: str) -> Document:
    blocks = tuple(Block(h, "heading", 2) for h in heads)
    return Document("user", title, "https://shop.test/", "", "s", blocks=blocks)


@pytest.mark.parametrize(
    ("label", "document", "title"),
    [
        ("用户服务协议", titled("协议与政策", "协议与政策", "交易与售后", "渝百用户服务协议", "一、总则"), "渝百用户服务协议"),
        ("商家入驻协议", titled("协议与政策", "商家规则", "商家入驻服务协议"), "商家入驻服务协议"),
        ("Terms of Use", titled("Policies", "Policies", "Harbour Lane Terms of Use"), "Harbour Lane Terms of Use"),
        ("服务协议", titled("渝百用户服务协议", "知识产权", "争议处理规则"), "渝百用户服务协议"),
        ("隐私政策", titled("隐私权保护声明", "用户服务协议"), "隐私权保护声明"),
        ("规则", titled("协议与政策", "一、总则", "二、知识产权"), "协议与政策"),
    ],
)  # fmt: skip
def test_a_document_is_called_what_the_link_said_and_not_what_stands_over_a_list(
    label: str, document: Document, title: str
) -> None:
    assert own_title(document, label) == title


def test_a_board_of_notices_is_known_by_its_title() -> None:
    assert all(map(is_notice_board, ("公告", "平台公告", "最新消息", "Announcements")))
    assert not any(map(is_notice_board, ("交易规则", "帮助中心", "Help centre")))


def test_an_entry_of_a_list_of_news_has_its_day_beside_it(sight_of: Callable[[str], Sight]) -> None:
    body = (
        "<ul><li><a href=/n/1>春节期间发货安排</a> <span>2026-11-18</span></li>"
        "<li><a href=/n/2>Peak season: what to expect</a> <time>18 November 2026</time></li></ul>"
        "<div><a href=/n/3>配送时效说明 2026年11月5日</a></div>"
        "<nav><a href=/a>首页推荐</a><a href=/b>联系我们</a></nav><p>平台自2026年1月1日起运营，<a href=/c>查看全部公告内容</a>。</p>"
        + "<p>正文</p>"
        * 40
    )
    sight = sight_of(html(f"<main>{body}</main>"))
    links = [s for s in sight.elements if s.tag == "a"]
    listed = [sight.label_of(s) for s in links if listed_by_day(sight, s)]
    assert [x for x in listed if "公告" not in x] == [
        "春节期间发货安排", "Peak season: what to expect", "配送时效说明 2026年11月5日",
    ]  # fmt: skip
