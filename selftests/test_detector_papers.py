"""Which document a link names, and which pages lead to documents."""

from __future__ import annotations

import pytest

from gongping.detectors.papers import is_index, kind_of, kinds_within
from gongping.observations.documents import Document, Link
from gongping.sight.blocks import Block

NAMED = {
    "用户服务协议": "user", "《用户协议》": "user", "服务条款": "user", "Terms of Use": "user", "Conditions of sale": "user", "會員條款": "user",
    "隐私政策": "privacy", "Privacy notice": "privacy", "隱私權政策": "privacy",
    "交易规则": "rules", "配送说明": "rules", "Shipping policy": "rules", "預訂須知": None,
    "平台商家入驻协议": "seller", "卖家服务协议": "seller", "Seller terms": "seller", "Partner agreement": "seller", "商家管理规范": "seller",
    "七日无理由退货规则": "returns", "退换货": "returns", "Returns & refunds": "returns", "Cancellation policy": "returns",
    "评价规则": "reviews", "Review guidelines": "reviews",
    "知识产权保护规则": "ip", "Intellectual property policy": "ip", "侵权投诉指引": "ip",
    "违规处罚公示": "penalties", "平台内经营者违法违规处理公示": "penalties", "知识产权公示": "ip_notices", "Takedown notices": "ip_notices",
    "争议处理规则": "disputes", "预售规则": "promotion", "优惠券使用说明": "promotion", "自动续费服务协议": "renewal", "押金说明": "deposit",
    "账号注销须知": "deregister", "儿童个人信息保护规则": "children", "第三方信息共享清单": "sharing", "规则中心": "index", "公示中心": "index",
    "帮助中心": "help", "商家入驻": "index",
    "关于修改《交易规则》公开征求意见的公告": "notice", "《用户服务协议》修订征求意见稿": "notice", "关于停止运营的公告": "notice",
    "关于调整《配送规则》时限的通知": "notice", "《隐私政策》修订公告": "notice", "省钱卡服务条款": "membership",
    "双11狂欢节": "promotion", "618年中大促": "promotion", "Black Friday": "promotion",
}  # fmt: skip
"""Links of platforms, and what they lead to."""

NOTHING = [
    "双11同款加绒外套", "江畔旗舰店618特惠", "2026年货节礼盒坚果大礼包送礼零食整箱组合装",
    "申请退款", "我的评价", "写评价", "加入购物车", "手机", "同意《用户协议》《隐私政策》", "我已阅读并同意《服务条款》", "Sign in", "Return to home",
    "关于我们", "关于举办《山河》签售会的通知", "活动时间", "违规词大全的书", "新品上市", "隐私设置", "Track my order",
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
