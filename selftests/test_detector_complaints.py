"""Samples of places for complaints: what they take, where they send people; what follows from what home leads to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from gongping.detectors.complaints import desk, speaks_chinese
from gongping.detectors.contacts import Channel, channels_in_text, regions
from gongping.evidence.album import Album
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.observations.documents import ContactsSeen, Document, HomeSeen, Link, Mark
from gongping.sight.model import Box, Seen, Sight

TAKES = [
    ("投诉、举报在线提交后立即生成受理编号", True, True),
    ("投诉建议", True, False),
    ("我要举报", False, True),
    ("消费维权", True, False),
    ("投诉举报中心：7×24小时受理", True, True),
    ("客訴專線 0800-011-765，檢舉商品請點此", True, True),
    ("Report a problem with your order", True, True),
    ("Make a complaint", True, False),
    ("Report this listing", False, True),
    ("Something wrong with your booking? Open a dispute", True, False),
    ("违法和不良信息举报电话 023-63182650", False, False),
    ("您也可以拨打 12315 投诉", False, False),
    ("向市场监督管理部门投诉", False, False),
    ("知识产权侵权投诉", False, False),
    ("廉正举报 jubao@shop.test", False, False),
    ("被投诉率 0.01%", False, False),
    ("意见反馈", False, False),
    ("联系客服", False, False),
    ("Contact us", False, False),
    ("Annual report 2025", False, False),
]


@pytest.mark.parametrize(("text", "complaints", "reports"), TAKES)
def test_what_a_sentence_takes(text: str, complaints: bool, reports: bool) -> None:
    read = desk(text)
    assert (bool(read.complaints), bool(read.reports)) == (complaints, reports)


AWAY = [
    "投诉请关注微信公众号“山城集市”",
    "扫描二维码添加客服",
    "请下载App后在“我的-客服”中投诉",
    "請私訊粉絲專頁",
    "Complaints are handled on WhatsApp",
    "You can complain in our app",
]
HERE = [
    "在线提交投诉",
    "客服热线 400-820-8820",
    "支付方式：微信支付",
    "填写下列表单",
    "Fill in the form below",
    "Call us",
]


@pytest.mark.parametrize("text", AWAY)
def test_people_are_sent_elsewhere(text: str) -> None:
    assert desk(text).away == text


@pytest.mark.parametrize("text", HERE)
def test_people_are_taken_here(text: str) -> None:
    assert desk(text).away == ""


@pytest.mark.parametrize(
    ("text", "mute"),
    [
        ("我们会认真阅读，但不逐一回复", True),
        ("恕不一一答复", True),
        ("We cannot reply to every message", True),
        ("恕不個別回覆", True),
        ("我们将在一个工作日内回复", False),
        ("逾期不回复视为同意", False),
        ("We reply within 24 hours", False),
    ],
)
def test_nobody_is_answered(text: str, mute: bool) -> None:
    assert bool(desk(text).mute) is mute


def test_people_and_machines_are_told_apart() -> None:
    read = desk("智能客服为您服务\n转人工请回复 0")
    assert read.machine and read.people
    assert not desk("扫地机器人 人气").machine and desk("Talk to a live agent").people
    assert speaks_chinese(["首页 购物车"]) and not speaks_chinese(["Home Cart Women Men"])


# -- what follows ------------------------------------------------------------------------------------------------------


class _NoSights:
    def sight(self, ident: str) -> Sight:
        return Sight("", "home", "desktop", "", "", "zh", 0, (1440, 900), (0, 0), (1440, 900), 1, (), (), ())


NORM = Predicates(load(), cast(Album, _NoSights()), "zh-CN")
SEEN = Seen("", 0, -1, "a", Box(0, 0, 80, 20))
HOTLINE = "客服热线：400-820-8820"


def entry(label: str, *pages: Document, concept: str = "complaint") -> Mark:
    return Mark(concept, label, SEEN, label, "link", "footer", 0.0, followed=pages)


def page(title: str, text: str = "", *, kind: str = "complaint", clicks: int = 1, wall: str = "") -> Document:
    return Document(kind, title, "https://shop.test/c", f"{title}\n{text}", "", clicks=clicks, wall=wall, detail=wall)


def form(complaint: bool = True) -> Channel:
    return Channel("form", "内容", "form", "own", complaint, True, place="complaint")


def home(text: str, *entries: Mark, **more: Any) -> HomeSeen:
    links = tuple(Link(line, "") for line in text.splitlines())
    seen = HomeSeen("https://shop.test/", "商城", "", text, 1, False, links, (), contacts=ContactsSeen(entries, looked=True))  # fmt: skip
    return replace(seen, **more)


def said(seen: HomeSeen, *more: Channel) -> tuple[str, str]:
    texts = [(seen.text, "home"), *((d.text, d.kind) for d in seen.contacts.documents if not d.wall)]
    found = [c for text, place in texts for c in channels_in_text(text, regions("zh-CN"), place=place)]
    judged = NORM.complaint_mechanism(seen, [*found, *more])
    return judged.state, judged.zh


DESK = page("投诉与举报", "投诉、举报在线提交后生成受理编号")
CHAT = Channel("online", "在线客服", "在线客服", "own", False, True, place="home")
MAIL = "邮箱：service@shop.test"


def test_a_form_one_or_two_clicks_away_is_enough() -> None:
    assert said(home("首页", entry("投诉与举报", DESK)), form())[0] == "held"
    deeper = entry("帮助中心", page("帮助中心", kind="help"), replace(DESK, clicks=2), concept="help")
    assert said(home("首页", deeper), form())[0] == "held"
    far = entry("帮助中心", replace(DESK, clicks=4), concept="help")
    assert said(home("首页", far), form())[0] == "unknown"


def test_people_at_the_telephone_at_stated_hours_are_enough() -> None:
    by_phone = page("投诉与举报", "投诉、举报电话：400-820-8820（9:00-21:00）")
    assert said(home("首页", entry("投诉与举报", by_phone)))[0] == "held"
    bare = page("投诉与举报", "投诉、举报电话：400-820-8820")
    state, why = said(home("首页", entry("投诉与举报", bare)))
    assert state == "unknown" and "人工服务时间" in why
    assert said(home("投诉举报电话：400-820-8820（9:00-21:00）"))[0] == "held"
    assert said(home("违法和不良信息举报电话：400-820-8820（9:00-21:00）"))[0] == "unknown"


def test_a_chat_is_enough_where_people_answer() -> None:
    assert said(home("首页", entry("投诉举报", page("投诉举报", "联系人工客服"))), CHAT)[0] == "held"
    state, why = said(home("首页", entry("投诉举报", page("投诉举报", "智能客服为您服务"))), CHAT)
    assert state == "unknown" and "智能客服" in why
    assert said(home("首页\n在线客服"), CHAT)[0] == "unknown"


def test_complaints_without_reports_are_for_a_person() -> None:
    state, why = said(home("首页", entry("投诉与建议", page("投诉与建议"))), form())
    assert state == "unknown" and "举报" in why


def test_an_entry_that_is_dead_breaks_it_where_nobody_else_is_there() -> None:
    dead = page("", wall="not-found")
    assert said(home(HOTLINE, entry("投诉举报", dead)))[0] == "broken"
    assert said(home("投诉举报热线：400-820-8820（9:00-21:00）", entry("投诉举报", dead)))[0] == "held"
    assert said(home(HOTLINE + "（9:00-21:00）", entry("投诉举报", dead)))[0] == "unknown"
    assert said(home(HOTLINE, entry("投诉举报", dead), entry("我要投诉", DESK)), form())[0] == "held"
    for wall in ("captcha", "login", "server-error", "timeout", "no-effect", "blocked"):
        assert said(home(HOTLINE, entry("投诉举报", page("", wall=wall))))[0] == "unknown", wall


def test_being_sent_to_an_account_or_an_app_breaks_it() -> None:
    away = page("投诉与举报", "投诉、举报请关注微信公众号“山城集市”")
    assert said(home("首页", entry("投诉与举报", away)))[0] == "broken"
    assert said(home("首页", entry("投诉与举报", page("投诉", "请在App“我的-客服”中提交投诉"))))[0] == "broken"
    assert said(home("首页", entry("投诉与举报", away)), form())[0] == "held"
    assert said(home(HOTLINE, entry("投诉与举报", away)))[0] == "unknown"
    assert said(home(MAIL, entry("投诉与举报", away)))[0] == "unknown"
    assert said(home("首页", entry("投诉与举报", away), grows=True))[0] == "unknown"
    assert said(home("首页", entry("投诉与举报", page("投诉与举报", "请先与商家协商"))))[0] == "unknown"


def test_a_box_that_nobody_answers_is_no_complaint() -> None:
    mute = page("意见反馈", "我们会认真阅读，但不逐一回复")
    assert said(home(HOTLINE, entry("投诉与建议", mute)), form(complaint=False))[0] == "broken"
    assert said(home("投诉举报电话：400-820-8820（9:00-21:00）", entry("投诉与建议", mute)))[0] == "held"
    assert said(home("首页", entry("投诉与建议", page("意见反馈", "我们将在三日内回复"))))[0] == "unknown"
    assert said(home("首页", entry("投诉举报", page("投诉举报", "不逐一回复"))))[0] == "unknown"


def test_no_entry_at_all_is_for_a_person() -> None:
    for text in ("首页", HOTLINE, MAIL, "客服热线：12315", "意见反馈", "关于我们"):
        state, why = said(home(text))
        assert state == "unknown" and "请人工核对" in why, text


def test_where_another_language_is_spoken_customer_service_is_the_way_in() -> None:
    contact = entry("Contact us", page("Contact us", "Fill in the form", kind="contact_page"), concept="contact_page")
    text = "Women\nMen\nSale\nContact us\nShipping"
    assert said(home(text, contact), form(complaint=False))[0] == "held"
    assert said(home(text, entry("Help", page("Help", "FAQ", kind="help"), concept="help")))[0] == "unknown"
    social = page("Contact us", "Message us on WhatsApp", kind="contact_page")
    assert said(home(text, entry("Contact us", social, concept="contact_page")))[0] == "unknown"
