"""What is published: rows of tables and of boxes, lists of cases, and what follows from documents that say much or little."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

import pytest

from gongping.detectors.registers import days_in, field_of, is_masked, registers
from gongping.evidence.album import Album
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.observations.documents import Document, Link
from gongping.observations.library import Kind, LibrarySeen, Paper
from gongping.sight.blocks import Block, Run, blocks
from gongping.sight.grids import Grid, Row, grids
from gongping.sight.model import Sight
from selftests.conftest import page

NORM = Predicates(load(), cast(Album, None), "zh-CN")
TODAY = date(2026, 11, 26)
HEADS = ("网店名称", "违法行为", "处理措施", "公示期限", "发布时间")
CASE = ("山货小铺", "销售过期食品", "暂停服务30日", "2026年11月1日至2026年12月1日", "2026年11月1日")
NOTICE_HEADS = ("收到时间", "通知人", "被通知店铺", "经营者声明", "处理结果")
NOTICE = ("2026-10-12", "江畔文化传播有限公司", "缙云书局", "未提交", "链接已删除")


def paper(kind: Kind, title: str, text: str = "", *rows: tuple[str, ...], found_on: str = "首页") -> Paper:
    held = tuple(Block(line) for line in text.splitlines() if line)
    grid = (Grid(tuple(Row(r) for r in rows)),) if rows else ()
    text = "\n".join([text, *(" ".join(r) for r in rows)])
    document = Document(kind, title, f"https://shop.test/{title}", text, "", blocks=held, grids=grid)
    return Paper(kind, title, found_on, 1, document)


PRIVACY = (
    "重庆渝诚商贸有限公司（以下称“我们”）。生效日期：2026年1月1日。我们收集您的姓名、手机号，用于注册和配送，不提供则无法注册。保存三年。我们向承运商提供地址。您可以更正、删除个人信息。热线：023。"
    * 3
)
TERMS = "本协议由您与重庆渝诚商贸有限公司订立，生效日期2026年1月1日。您可以注册账号，也可以注销账号。商品质量有保障，可以退货。消费者权益受保护，投诉七日内处理。个人信息受到保护。"
COMPLETE = (
    paper("user", "用户协议", TERMS),
    paper("privacy", "隐私政策", PRIVACY),
    paper("rules", "交易规则", "本规则由重庆渝诚商贸有限公司制定。"),
    paper("index", "规则中心", "规则"),
    paper("help", "帮助中心", "帮助"),
)


def library(*papers: Paper, base: tuple[Paper, ...] = COMPLETE, **more: object) -> LibrarySeen:
    seen = LibrarySeen((*base, *papers), ("首页", "规则中心", "帮助中心"), 80, "", asked=("评价规则", "违规公示"))
    return replace(seen, **more)  # type: ignore[arg-type]


# -- rows and cells ----------------------------------------------------------------------------------------------------

_LINE = "<div style='display:flex'>{}</div>"
_CELL = "<div style='width:150px;min-height:20px'>{}</div>"
LAYOUTS = {
    "table": "<table><tr>{h}</tr><tr>{c}</tr></table>",
    "head in a table of its own": "<table><tr>{h}</tr></table><div><table><tr>{c}</tr></table></div>",
    "roles": "<div role=table><div role=row>{H}</div><div role=row>{C}</div></div>",
    "boxes": f"<div>{_LINE.format('{b}')}{_LINE.format('{d}')}</div>",
    "head in a box of its own": f"<section><div>{_LINE.format('{b}')}</div><div>{_LINE.format('{d}')}</div></section>",
    "laid out": "<div style='display:grid;grid-template-columns:repeat(5,150px)'>{b}{d}</div>",
    "list": "<ul style='display:flex'>{l}</ul><ul style='display:flex'>{m}</ul>",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows_of_many_makes(layout: str, sight_of: Callable[[str], Sight]) -> None:
    def each(form: str, cells: tuple[str, ...]) -> str:
        return "".join(form.format(c) for c in cells)

    case = (*CASE[:3], "", CASE[4])
    body = LAYOUTS[layout].format(
        h=each("<th>{}</th>", HEADS), c=each("<td>{}</td>", case),
        H=each("<div role=columnheader>{}</div>", HEADS), C=each("<div role=cell style='min-height:9px'>{}</div>", case),
        b=each(_CELL, HEADS), d=each(_CELL, case),
        l=each("<li style='width:150px;min-height:20px'>{}</li>", HEADS), m=each("<li style='width:150px;min-height:20px'>{}</li>", case),
    )  # fmt: skip
    sight = sight_of(page(f"<main><h1>违规公示</h1>{body}</main>"))
    document = Document("penalties", "违规公示", "", sight.text, sight.id, blocks=blocks(sight), grids=grids(sight))
    found = registers(document, "penalty_field")
    assert found, document.grids
    assert found[0].headings == HEADS
    assert [c.values for c in found[0].cases] == [
        dict(zip(("name", "conduct", "measure", "period", "date"), case, strict=True))
    ]


def test_a_row_of_links_is_no_list_of_cases(sight_of: Callable[[str], Sight]) -> None:
    sight = sight_of(page("<nav><a href=/a>首页</a><a href=/b>购物车</a><a href=/c>店铺</a><a href=/d>订单</a></nav>"))
    assert registers(Document("other", "", "", "", "", grids=grids(sight)), "penalty_field") == []


def test_cards_are_cases_too() -> None:
    text = "\n".join(f"{h}：{c}" for _ in range(2) for h, c in zip(HEADS, CASE, strict=True))
    (found,) = registers(paper("penalties", "公示", text).document, "penalty_field")
    assert found.how == "labelled" and len(found.cases) == 2 and set(found.columns) == set(found.cases[0].values)


def test_two_lists_of_one_page_are_told_apart() -> None:
    both = replace(
        paper("penalties", "公示").document,
        grids=(Grid((Row(HEADS), Row(CASE))), Grid((Row(NOTICE_HEADS), Row(NOTICE)))),
    )
    assert [r.headings for r in registers(both, "penalty_field")] == [HEADS]
    assert [r.headings for r in registers(both, "ip_notice_field")] == [NOTICE_HEADS]


def test_small_words() -> None:
    assert field_of("公示期限", "penalty_field") == "period" and field_of("价格", "penalty_field") == ""
    assert days_in("2026年2月30日、2026-03-01") == [date(2026, 3, 1)]
    assert is_masked("某店铺") and not is_masked("潮流鞋柜")


# -- penalties and notices ---------------------------------------------------------------------------------------------

OLD = (*CASE[:4], (TODAY - timedelta(days=200)).isoformat())
LISTS = {
    "held": (HEADS, CASE),
    "stale": (HEADS, OLD),
    "empty": (HEADS,),
    "no period": (tuple(h for h in HEADS if h != "公示期限"), tuple(c for c in CASE if c != CASE[3])),
    "an unknown column": (("网店名称", "违法行为", "处理措施", "有效至", "发布时间"), CASE),
    "masked": (HEADS, ("某店铺", *CASE[1:])),
    "generic": (HEADS, (CASE[0], "违反平台规则", *CASE[2:])),
    "one cell empty of two rows": (HEADS, CASE, (CASE[0], "", *CASE[2:])),
    "a column empty": (HEADS, (*CASE[:3], "", CASE[4])),
}


@pytest.mark.parametrize(
    ("name", "state"),
    list(zip(LISTS, ("held", "unknown", "unknown", "broken", "unknown", "broken", "broken", "unknown", "broken"), strict=True)),
)  # fmt: skip
def test_lists_of_penalties(name: str, state: str) -> None:
    found = NORM.penalties_published(library(paper("penalties", "违规公示", "", *LISTS[name])), TODAY)
    assert found.judgement.state == state, found.judgement.zh


HEADS_EN = ("Store", "Violation", "Measure", "Publication period", "Published on")
CASE_EN = ("Hill Goods", "Sold expired food", "Store suspended", "30 days", "20 November 2026")


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ((HEADS_EN, CASE_EN), "held"),
        ((HEADS_EN[:3] + HEADS_EN[4:], CASE_EN[:3] + CASE_EN[4:]), "broken"),
        ((HEADS_EN, (*CASE_EN[:4], "20 May 2026")), "unknown"),
    ],
)
def test_lists_of_penalties_in_english(rows: tuple[tuple[str, ...], ...], state: str) -> None:
    found = NORM.penalties_published(library(paper("penalties", "Store penalties", "", *rows)), TODAY)
    assert found.judgement.state == state, found.judgement.zh


@pytest.mark.parametrize(
    ("received", "published", "state"),
    [("1 October 2026", "20 November 2026", "held"), ("1 January 2025", "20 January 2025", "unknown")],
)
def test_a_list_of_notices_in_english_with_its_days(received: str, published: str, state: str) -> None:
    heads = ("Notice received", "Right holder", "Statement of the store", "Result", "Published")
    row = (received, "Hill Design Ltd.", "None received", "Listings removed", published)
    found = NORM.notices_published(library(paper("ip_notices", "IP notices", "", heads, row)), TODAY)
    assert found.judgement.state == state, found.judgement.zh


STATES = paper("seller", "商家协议", "商家违反法律的，平台可以采取警示、暂停服务等措施。")


def test_no_list_is_broken_only_where_penalties_are_stated_and_all_was_read() -> None:
    assert NORM.penalties_published(library(STATES), TODAY).judgement.broken
    assert NORM.penalties_published(library(), TODAY).judgement.unknown
    assert NORM.penalties_published(library(STATES, why="预算用完"), TODAY).judgement.unknown
    assert NORM.penalties_published(library(STATES, left=("违规公示",)), TODAY).judgement.unknown
    assert NORM.penalties_published(library(STATES, unasked="站内搜索没有完成"), TODAY).judgement.unknown
    for kind in ("index", "help"):
        base = tuple(p for p in COMPLETE if p.kind != kind)
        assert NORM.penalties_published(library(STATES, base=base), TODAY).judgement.unknown
    walled = replace(STATES, kind="penalties", document=replace(STATES.document, wall="login", text="", blocks=()))
    assert NORM.penalties_published(library(STATES, walled), TODAY).judgement.unknown


@pytest.mark.parametrize(
    ("rows", "text", "state"),
    [
        ((NOTICE_HEADS, NOTICE), "", "held"),
        ((NOTICE_HEADS, (*NOTICE[:4], "")), "", "broken"),
        ((NOTICE_HEADS[:4], NOTICE[:4]), "", "broken"),
        (
            (
                ("通知编号", "权利人", "被通知店铺", "商家声明", "处理结果", "处理日期"),
                ("A-1", *NOTICE[1:], "2026-11-20"),
            ),
            "",
            "held",
        ),
        ((("通知编号", "权利人", "被通知店铺", "商家声明", "处理结果"), ("A-1", *NOTICE[1:])), "", "unknown"),
        ((("编号", *NOTICE_HEADS[:4], "收到日期"), ("12", *NOTICE[:4], "2026-11-18")), "", "broken"),
        ((("编号", *NOTICE_HEADS[:4], "情况"), ("12", *NOTICE[:4], "完")), "", "unknown"),
        ((("编号", *NOTICE_HEADS[:4]), ("12", *NOTICE[:3], "商品已下架")), "", "unknown"),
        ((NOTICE_HEADS,), "", "unknown"),
        ((NOTICE_HEADS,), "截至2026年10月31日，平台没有收到知识产权通知。", "held"),
        ((), "第三季度共收到知识产权通知128件，全部办结。", "broken"),
        ((), "请输入登记号查询", "unknown"),
    ],
)
def test_lists_of_notices(rows: tuple[tuple[str, ...], ...], text: str, state: str) -> None:
    found = NORM.notices_published(library(paper("ip_notices", "知识产权公示", text, *rows)), TODAY)
    assert found.judgement.state == state, found.judgement.zh


# -- rules, terms, policy ----------------------------------------------------------------------------------------------

REVIEWS = "生效日期2026年1月1日。\n购买商品的消费者可以自交易完成之日起30日内评价。\n好评率等于好评数量除以全部评价数量。\n含有违法信息的评价将被删除，评价人可以申诉。"


@pytest.mark.parametrize(
    ("papers", "state"),
    [
        ((paper("reviews", "评价规则", REVIEWS),), "held"),
        ((paper("reviews", "评价规则", REVIEWS.replace("，评价人可以申诉", "")),), "unknown"),
        ((paper("reviews", "评价规则", "诚信评价，共建美好集市。"),), "broken"),
        ((), "broken"),
        ((paper("other", "社区公约", REVIEWS),), "unknown"),
    ],
)
def test_rules_of_reviews(papers: tuple[Paper, ...], state: str) -> None:
    assert NORM.review_rules(library(*papers)).judgement.state == state


def test_terms_cover_four_topics_and_name_the_party() -> None:
    assert NORM.terms_cover(library()).judgement.held
    user, _, rules, *rest = COMPLETE

    def said(text: str, policy: str = PRIVACY, other: str = "规则") -> str:
        base = (
            paper("user", "用户协议", text),
            paper("privacy", "隐私政策", policy),
            paper("rules", "交易规则", other),
            *rest,
        )
        return NORM.terms_cover(library(base=base)).judgement.state

    nobody = "重庆渝诚商贸有限公司"
    assert said(TERMS.replace("商品质量有保障，可以退货。", "")) == "broken"
    assert said(TERMS.replace("商品质量有保障，可以退货。", "商品有瑕疵怎么办见客服。")) == "unknown"
    assert said(TERMS.replace(nobody, "本平台"), PRIVACY.replace(nobody, "本平台")) == "broken"
    assert said(TERMS.replace(nobody, "本平台")) == "held"
    assert said(TERMS.replace("生效日期2026年1月1日", "")) == "unknown"
    pasted = TERMS.replace(nobody, "Harbour Lane Limited") + "受新加坡法律管辖。"
    assert said(pasted) == "broken"
    assert said(TERMS + "境外商品受新加坡法律管辖。") == "held"
    assert NORM.terms_cover(library(base=(user, rules, *rest))).judgement.unknown


def test_a_privacy_policy_that_is_explicit_and_such_that_are_not() -> None:
    user, _, *rest = COMPLETE

    def said(text: str, runs: tuple[Run, ...] = ()) -> str:
        policy = paper("privacy", "隐私政策", text)
        if runs:
            held = (Block(text, runs=runs),)
            policy = replace(policy, document=replace(policy.document, blocks=held))
        return NORM.privacy_explicit(library(base=(user, policy, *rest))).judgement.state

    assert said(PRIVACY) == "held"
    assert said(PRIVACY.replace("保存三年。", "")) == "unknown"
    assert said(PRIVACY.replace("，不提供则无法注册", "")) == "unknown"
    assert said(PRIVACY.replace("用于注册和配送", "让您更快买到东西")) == "unknown"
    assert said(PRIVACY.replace("用于注册和配送", "用于提供服务等目的")) == "broken"
    assert said(PRIVACY.replace("重庆渝诚商贸有限公司", "成都锦城优选网络有限公司")) == "broken"
    assert said(PRIVACY + "发票由成都锦城优选网络有限公司开具。") == "held"
    assert said(PRIVACY, (Run(len(PRIVACY), 10.0),)) == "broken"
    assert said(PRIVACY, (Run(len(PRIVACY), 14.0),)) == "held"


DEPOSIT = "商家缴纳消费者权益保证金，数额为二千元，存放于专用账户，只用于赔付消费者，退出后三十日内退还保证金。"


@pytest.mark.parametrize(
    ("text", "state", "lacking"),
    [
        (DEPOSIT, "held", False),
        (DEPOSIT.replace("，退出后三十日内退还保证金", ""), "broken", False),
        (DEPOSIT.replace("数额为二千元", "数额以资费公告为准"), "unknown", False),
        ("商家应当诚信经营。", "held", True),
        ("平台可以要求提供保证金等措施。", "held", True),
    ],
)
def test_deposits_of_sellers(text: str, state: str, lacking: bool) -> None:
    found = NORM.deposit_agreed(library(paper("seller", "商家协议", text)))
    assert (found.judgement.state, bool(found.lacking)) == (state, lacking), found.judgement.zh


def test_a_document_that_is_called_after_the_deposit_speaks_of_nothing_else() -> None:
    seller = paper("seller", "商家协议", "商家缴存消费者权益保证金，办法另行约定。")
    own = "消费者权益保证金由平台与商家约定设立。\n一、数额\n服饰类 8,000 元。\n二、管理\n存放于专用账户，用于赔付消费者，退出后三十日内退还保证金。"
    assert NORM.deposit_agreed(library(seller, paper("rules", "保证金管理办法", own))).judgement.held
    assert not NORM.deposit_agreed(library(seller, paper("rules", "服务费标准", own))).judgement.held


DEPOSIT_RULES = "本规则约定商家的消费者权益保证金。\n一类商品五千元，二类商品一万元。\n存放于专用账户，不挪作他用。\n只用于向消费者赔付。\n退出后六十日内全额退还。"
DEPOSIT_RULES_EN = "The Seller and the platform agree on a consumer protection deposit.\nStationery ¥5,000\nIt is kept in a special account.\nIt may be used only to pay a buyer.\nThe balance is paid back as a refund within ten days."


@pytest.mark.parametrize(
    ("title", "text", "state"),
    [
        ("消费者权益保证金管理规则", DEPOSIT_RULES, "held"),
        ("Consumer Protection Deposit Rules", DEPOSIT_RULES_EN, "held"),
        ("消费者权益保证金管理规则", DEPOSIT_RULES.replace("存放于专用账户，不挪作他用。\n", ""), "broken"),
        ("商家管理规范", DEPOSIT_RULES, "broken"),  # what it says of money is not said of the deposit
    ],
)
def test_a_document_about_the_deposit_alone_need_not_name_it_in_each_line(title: str, text: str, state: str) -> None:
    agreement = paper("seller", "商家协议", "商家缴纳保证金，按保证金规则执行。")
    found = NORM.deposit_agreed(library(agreement, paper("rules", title, text)))
    assert found.judgement.state == state, found.judgement.zh


def test_what_is_encouraged_is_there_or_does_not_apply() -> None:
    assert NORM.guarantee_published(library()).lacking
    kept = paper(
        "disputes",
        "争议处理规则",
        "商家逾期不履行的，由平台在三日内先行赔付消费者。\n对处理不服的可以申诉。\n由商家举证，遵循自愿原则。",
    )
    assert (
        NORM.guarantee_published(library(kept)).judgement.held and not NORM.guarantee_published(library(kept)).lacking
    )
    assert NORM.dispute_rules(library(kept)).judgement.held
    asked = paper("rules", "购物须知", "发生争议的，可以申请平台介入。")
    assert NORM.mediation_works(library(asked)).judgement.unknown
    assert NORM.dispute_rules(library()).lacking and NORM.mediation_works(library()).lacking


CASE_FORM = "<h1>{title}</h1><form method=post action=/d><label>事实和请求 <textarea name=t></textarea></label><button>{button}</button></form>"


@pytest.mark.parametrize(
    ("title", "html", "held"),
    [
        ("争议处理", CASE_FORM.format(title="争议处理", button="提交"), True),
        ("Dispute resolution", CASE_FORM.format(title="Disputes", button="Open a dispute"), True),
        (
            "争议处理规则",
            CASE_FORM.format(title="争议处理规则", button="提交"),
            False,
        ),  # what is written there may be an opinion on the rules
        ("争议处理", CASE_FORM.format(title="争议处理", button="提交反馈"), False),
        (
            "争议处理",
            "<h1>争议处理</h1><form action=/s><input name=q><button>提交</button></form><p>请联系客服</p>",
            False,
        ),
    ],
)
def test_a_page_on_disputes_with_a_form_is_a_way_in(
    title: str, html: str, held: bool, sight_of: Callable[[str], Sight]
) -> None:
    sight = sight_of(page(html))
    norm = Predicates(load(), cast(Album, type("", (), {"sight": lambda *_: sight})()), "zh-CN")
    links = tuple(Link(sight.label_of(s), s.href, s) for s in sight.elements if s.tag == "button")
    entry = paper("disputes", title, "自愿参加")
    entry = replace(entry, document=replace(entry.document, how="page", sight=sight.id, links=links))
    assert norm.mediation_works(library(entry)).judgement.held == held or norm.mediation_works(library(entry)).lacking


IP = "通知应当包括权利证明，发至 ip@shop.example。\n经营者可以提交不存在侵权行为的声明。\n平台在三日内删除、屏蔽链接。"


@pytest.mark.parametrize(
    ("papers", "state"),
    [
        ((paper("ip", "知识产权保护规则", IP),), "held"),
        ((paper("ip", "知识产权保护规则", IP.replace("在三日内", "")),), "unknown"),
        (
            (paper("ip", "IP policy", "A notice must include proof of ownership, sent to ip@shop.example. " * 6),),
            "broken",
        ),
        ((paper("ip", "知识产权法教程", "定价 45 元", found_on="站内搜索“知识产权”"),), "broken"),
        ((), "broken"),
    ],
)
def test_rules_of_intellectual_property(papers: tuple[Paper, ...], state: str) -> None:
    assert NORM.ip_rules(library(*papers)).judgement.state == state
