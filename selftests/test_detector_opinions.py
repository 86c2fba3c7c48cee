"""Notices that ask for opinions: found by their heading, with their time, their ways, and whom they keep from speaking; and what follows."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest

from gongping.detectors.opinions import Asking, askings
from gongping.detectors.papers import kind_of
from gongping.evidence.album import Album
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.norm.predicates_conveying import pending, unread_askings
from gongping.observations.documents import Document
from gongping.observations.library import LibrarySeen, Paper
from gongping.pages.journeys.library import turn_of
from gongping.sight.blocks import HEADING, Block

NORM = Predicates(load(), cast(Album, None), "zh-CN")
TODAY = date(2026, 11, 26)
TIME = "征求意见时间为2026年11月20日至2026年12月5日。"
TIME_EN = "Comments are open from 20 November 2026 until 5 December 2026."


def notice(title: str, *lines: str) -> Document:
    blocks = (Block(title, HEADING, 1), *(Block(line) for line in lines))
    return Document("notice", title, "https://shop.test/n", "\n".join([title, *lines]), "s", blocks=blocks)


def centre(heading: str, *lines: str) -> Document:
    """An index of rules with a part of its own for notices."""
    blocks = (
        Block("规则中心", HEADING, 1), Block("现行规则如下。"), Block(heading, HEADING, 2), *(Block(x) for x in lines), Block("联系我们", HEADING, 2), Block("仅限商家咨询"),
    )  # fmt: skip
    return Document("index", "规则中心", "https://shop.test/r", "\n".join(b.text for b in blocks), "s", blocks=blocks)


NOTICE, OPINIONS, EN = (
    "关于修订《用户服务协议》公开征求意见的公告",
    "规则意见征集",
    "Public consultation: changes to our terms",
)

HELD = [
    notice(NOTICE, TIME, "您可以将意见发送至 rules@shop.cn。"),
    notice(NOTICE, TIME, "消费者和商家均可在本页提交意见，不限字数。"),
    notice(NOTICE, "请于2026年11月20日至2026年12月1日期间通过意见反馈入口提出。"),
    notice(OPINIONS, "发布日期：2026年11月18日", "意见提交截止时间：2026年12月2日", "电话：023-6318 2650"),
    notice("关于《酒店预订规则》修订稿征集意见的通知", TIME, "请填写意见收集表。"),
    notice("外卖平台配送规则公开征求意见", TIME, "骑手、商家和用户均可在线提交意见。"),
    notice("關於會員服務條款修訂公開徵求意見", "徵求意見期間：2026年11月20日至2026年12月5日止", "請於線上提交意見。"),
    notice(EN, TIME_EN, "Submit your comments by e-mail or in the comment form."),
    notice("Call for comments on the seller fee schedule", TIME_EN, "Write to us with your comments."),
    notice(NOTICE, TIME, "修订要点：只向入驻商家收取保证金，不向消费者收取。", "意见请发送至 rules@shop.cn"),
    notice(NOTICE, TIME, "修订要点：优惠仅限入驻满一年的商家。", "意见请发送至 rules@shop.cn"),
    notice(NOTICE, TIME, "修订要点：未购买商品的账号不支持评论。", "意见请发送至 rules@shop.cn"),
    notice(NOTICE, TIME, "本页暂不支持留言，意见请发送至 rules@shop.cn"),
    notice(NOTICE, TIME, "首轮意见征集已结束，现就修订稿开展第二轮征求意见。", "意见请发送至 rules@shop.cn"),
    notice(NOTICE, TIME, "修订要点：活动报名的提交入口已关闭的，商家可联系客服。", "意见请发送至 rules@shop.cn"),
    notice(NOTICE, TIME, "消费者无需登录即可在本页提交意见。"),
    notice(EN, TIME_EN, "Clause 4 now applies to sellers only. Submit your comments by e-mail."),
    notice(EN, TIME_EN, "The first consultation is closed; this second round is open. Submit your comments by e-mail."),
    notice("Draft Review Rules 2027", TIME_EN, "Anyone may take part.", "Send your comment"),
    notice("Your opinion, please: draft seller terms", TIME_EN, "Submit your opinion below."),
    centre("规则修改公开征求意见", TIME, "欢迎通过客服提出，或者提交意见至 rules@shop.cn。"),
]
BROKEN = [
    notice(NOTICE, TIME, "本次征集仅接受已入驻商家的意见，请在商家后台提交意见。"),
    notice(NOTICE, TIME, "本次征集只面向平台内经营者，请填写意见表。"),
    notice(NOTICE, TIME, "消费者暂不参与本次征集，商家可以提交意见。"),
    notice(NOTICE, TIME, "请在本页提交意见：只能选择“同意”或者“不同意”。"),
    notice(NOTICE, TIME, "在本页提交意见，仅支持点赞和点踩。"),
    notice(NOTICE, TIME, "您可以投票，不接受文字意见。"),
    notice(NOTICE, TIME, "意见提交入口已关闭，感谢关注。"),
    notice(NOTICE, TIME, "意见征集已提前结束。"),
    notice("關於服務條款修訂公開徵求意見", "期間：2026年11月20日至2026年12月5日止", "僅開放賣家填寫意見。"),
    notice(EN, TIME_EN, "Open to sellers only. Submit your comments below."),
    notice(EN, TIME_EN, "Vote only: written comments are not accepted."),
    notice(EN, TIME_EN, "Comments are now closed."),
    centre("规则修改公开征求意见", TIME, "仅限入驻商家提交意见。"),
]
OPEN = [
    notice(NOTICE, TIME, "请认真研读修订稿。"),
    notice(NOTICE, "欢迎将意见发送至 rules@shop.cn。"),
    notice(NOTICE, "征求意见时间为2026年11月25日至2026年11月27日。", "意见请发送至 rules@shop.cn。"),
    notice(NOTICE, "意见提交截止时间：2026年12月5日", "请在线提交意见。"),
    notice(NOTICE, "截止2026年12月5日，新规则取代2026年1月5日的规则，截止后于2024年1月5日存档", "请在线提交意见。"),
    notice(EN, "We want your views. Submit your comments."),
]
NONE = [
    notice(NOTICE, "征求意见时间为2026年3月1日至2026年3月15日。", "本次征集仅接受商家的意见。"),
    centre("规则修改公开征求意见", "目前没有正在征求意见的规则。规则修改将提前七日在本页公示。"),
    centre("规则修改公开征求意见", "平台修改规则时将公开征求意见，并公示结果。"),
    centre("规则修改公开征求意见", "您对规则有任何建议，都可以提交意见。"),
    notice("意见反馈", "仅限商家提交意见。"),
    notice("公告與徵求意見", "《交易規則》修訂草案公開徵求意見 2026-11-20", "截止 2026-12-10 有效期至 2031-03-14"),
    notice("用户服务协议", "我们修改本协议时，会公开征求意见。", "只接受商家的投诉。"),
    notice("交易规则变更公告", "新规则于2026年12月1日生效。"),
    notice("投诉与建议", "意见提交入口已关闭。"),
    notice("Feedback", "Sellers only."),
    notice("No open consultations", "There are no open consultations."),
    centre("關於徵求意見", "目前沒有正在徵求意見的規則"),
]


def test_what_asks_for_opinions_and_was_left_is_told() -> None:
    left = (
        "退货规则修订公开征求意见",
        "退货规则修订公开征求意见（已结束）",
        "征求意见采纳情况",
        "交易规则",
        "意见反馈",
    )
    assert unread_askings(LibrarySeen((), (), 10, "home", left=left)) == [left[0]]


@pytest.mark.parametrize("label", ["退货规则修订公开征求意见", "Public consultation: changes to our terms"])
def test_what_asks_for_opinions_is_read_before_the_many_rules(label: str) -> None:
    assert turn_of("index", "规则中心") < turn_of("notice", label) <= turn_of("rules", "交易规则")
    assert turn_of("notice", "系统维护公告") > turn_of("promotion", "预售规则")


def library(document: Document) -> LibrarySeen:
    return LibrarySeen((Paper("notice", document.title, "首页", 1, document),), ("首页",), 10, "home")


def states(document: Document) -> list[str]:
    return [NORM.heard(asking).state for _, asking in pending(library(document), TODAY)]


@pytest.mark.parametrize("document", HELD, ids=lambda d: d.text[:40])
def test_everybody_may_speak(document: Document) -> None:
    assert states(document) == ["held"], askings(document)


@pytest.mark.parametrize("document", BROKEN, ids=lambda d: d.text[-30:])
def test_somebody_is_kept_from_speaking(document: Document) -> None:
    assert states(document) == ["broken"], askings(document)


@pytest.mark.parametrize("document", OPEN, ids=lambda d: d.text[-30:])
def test_what_a_person_must_look_at(document: Document) -> None:
    assert states(document) == ["unknown"], askings(document)


@pytest.mark.parametrize("document", NONE, ids=lambda d: d.text[:40])
def test_nothing_is_asked_now(document: Document) -> None:
    assert states(document) == []


def test_a_notice_keeps_to_its_own_part_of_a_page() -> None:
    (asking,) = askings(centre("规则修改公开征求意见", TIME, "请提交意见至 rules@shop.cn。"))
    assert isinstance(asking, Asking) and asking.days == 15 and not asking.sellers_only
    assert (asking.began, asking.ends) == (date(2026, 11, 20), date(2026, 12, 5)) and "rules@" in asking.ways[0]


@pytest.mark.parametrize("title", [NOTICE, OPINIONS, EN, "關於服務條款修訂公開徵求意見的公告"])
def test_the_title_of_a_notice_names_it_although_it_names_a_document(title: str) -> None:
    assert kind_of(title) == "notice"


@pytest.mark.parametrize("title", ["我已阅读并同意《用户协议》", "点击查看《隐私政策》", "意见反馈"])
def test_no_notice(title: str) -> None:
    assert kind_of(title) != "notice"
