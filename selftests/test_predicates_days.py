"""What needs days, judged with made-up histories: nobody waits, times are given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest

from gongping.entry import Facts
from gongping.evidence.album import Album
from gongping.history import Changed, Earlier, Note, Run, Sighting, Version
from gongping.norm import load
from gongping.norm.judgement import Judgement
from gongping.norm.predicates import Predicates
from gongping.norm.predicates_days import penalty_notes
from gongping.observations.documents import Document, HomeSeen, Link, Mark
from gongping.observations.library import Kind, LibrarySeen, Paper
from gongping.sight.grids import Grid, Row
from gongping.sight.model import Box, Seen, Sight

NOW = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 26)
WHOLE = "订单继续履行，余额可提现，账号数据删除。"
HEADS = ("网店名称", "违法行为", "处理措施", "公示期限", "发布时间")
ROW = ("山货小铺", "销售过期食品", "暂停服务30日", "2026年11月1日至2026年12月1日", "2026年11月1日")
CODE = "91500103MA60T7K29K"
LICENCE = f"统一社会信用代码：{CODE}\n名称：重庆山城集市电子商务有限公司\n营业期限：2018年5月21日至{{end}}"


class Days(Predicates):
    """The predicates on a home that is said and not pictured: every mark on it is prominent, unless `dim`."""

    def __init__(self, *labels: str, hidden: tuple[str, ...] = (), dim: bool = False, licence: str = "held") -> None:
        super().__init__(load(), cast(Album, None), "zh-CN")
        said = [(t, True) for t in labels] + [(t, False) for t in hidden]
        elements = tuple(
            Seen("h", i, -1, "a", Box(0, 20 * i, 200, 18), role="link", name=t, text=t, shown=shown, href=f"https://s.test/{t}")
            for i, (t, shown) in enumerate(said)
        )  # fmt: skip
        self.home_sight = Sight("h", "home", "desktop", "https://s.test/", "", "zh", 0, (1440, 900), (0, 0), (1440, 900), 1, (), (), elements)  # fmt: skip
        self.dim, self.licence = dim, licence

    def sight(self, ident: str) -> Sight:  # type: ignore[override]
        return self.home_sight

    def home_prominent(self, mark: Mark) -> Judgement:
        return Judgement("broken", "字号 9px", {}) if self.dim else Judgement("held", "", {})

    def licence_on_home(self, home: HomeSeen, today: date) -> Judgement:
        return Judgement(self.licence, "" if self.licence == "held" else "没有标识", {})  # type: ignore[arg-type]


HOME = HomeSeen("https://s.test/", "", "h", "", 1, False, (), ())


def paper(kind: Kind, label: str, text: str = "", *rows: tuple[str, ...], at: str = "首页", **more: Any) -> Paper:
    grid = (Grid(tuple(Row(r) for r in rows)),) if rows else ()
    text = "\n".join([text, *(" ".join(r) for r in rows)])
    return Paper(kind, label, at, 1, Document(kind, label, f"https://s.test/{label}", text, "", grids=grid, **more))


def library(*papers: Paper) -> LibrarySeen:
    return LibrarySeen(papers, ("首页",), 10, "h")


def earlier(*notes: tuple[str, str, str, float, float], days: tuple[float, ...] = (1, 2, 3, 4, 5, 6, 7, 8), looked: str = "home", device: str = "desktop", versions: tuple[Version, ...] = ()) -> Earlier:  # fmt: skip
    """Runs so many days ago, and notes (kind, key, text, first seen, last seen) in days ago."""
    return Earlier(
        NOW,
        versions,
        tuple(Run(NOW - timedelta(days=d), device, tuple(looked.split())) for d in sorted(days, reverse=True)),
        tuple(
            Sighting(device, Note(k, key, t), NOW - timedelta(days=a), NOW - timedelta(days=b))
            for k, key, t, a, b in notes
        ),
    )


# -- 8.1 ---------------------------------------------------------------------------------------------------------------

END = "关于停止运营的公告"


def closes(text: str, label: str = END, **more: Any) -> Paper:
    return paper("notice", label, text, **more)


CLOSING = [
    (f"平台将于2026年12月31日停止运营。\n{WHOLE}\n2026年11月25日", None, "held"),
    (f"平台将于2026年12月20日停止运营。\n{WHOLE}\n2026年11月25日", None, "broken"),
    (f"平台将于2026年12月20日停止运营。\n{WHOLE}", None, "unknown"),
    (f"平台将于2027年1月20日停止运营。\n{WHOLE}", None, "held"),
    ("平台将于2026年12月31日停止运营。\n2026年11月25日", None, "unknown"),
    (f"平台将于2026年12月31日停止运营，2026年12月1日起停止下单。\n{WHOLE}\n2026年11月25日", None, "broken"),
    (f"平台将停止运营，时间另行通知。\n{WHOLE}", None, "unknown"),
    (f"根据法院裁定，平台将于2026年12月1日停止运营。\n{WHOLE}\n2026年11月25日", None, "unknown"),
    (f"平台将于2026年12月20日停止运营。\n{WHOLE}\n2026年11月10日", earlier(), "broken"),  # backdated: yesterday nothing stood there
    (f"平台将于2026年12月31日停止运营。\n{WHOLE}\n2026年11月10日", earlier(), "held"),
    (f"平台将于2026年12月31日停止运营。\n{WHOLE}", earlier(("closing", END, "2026-12-31", 5, 1)), "held"),
    (f"平台将于2026年12月15日停止运营。\n{WHOLE}\n2026年10月1日", earlier(("closing", END, "2026-12-15", 5, 1)), "broken"),
    (f"平台将于2026年12月15日停止运营。\n{WHOLE}\n2026年10月1日", earlier(("closing", END, "2026-12-15", 5, 1), days=(1, 5)), "held"),
    (f"平台将于2026年11月20日停止运营。\n{WHOLE}\n2026年10月1日", None, "unknown"),
    (f"平台将于2019年12月31日停止运营。\n{WHOLE}\n2019年12月20日", None, "unknown"),  # of a platform of before
]  # fmt: skip


@pytest.mark.parametrize(("text", "before", "state"), CLOSING)
def test_thirty_days_before_the_end(text: str, before: Earlier | None, state: str) -> None:
    found = Days(END).closing_announced(HOME, library(closes(text)), before, TODAY)
    assert found.judgement.state == state, found.judgement


@pytest.mark.parametrize(
    "label", ["关于停止服务费减免的公告", "关于停止运营商话费充值的公告", "关于终止服务商合作的公告"]
)
def test_what_stops_beside_the_business_is_no_end(label: str) -> None:
    ends = closes("平台将于2026年12月1日停止上述服务费减免。\n2026年11月25日", label)
    assert Days(label).closing_announced(HOME, library(ends), None, TODAY).lacking


def test_a_platform_that_trades_has_nothing_to_announce() -> None:
    found = Days("用户协议", "双11").closing_announced(HOME, library(paper("user", "用户协议", "如平台停止运营，将公告。")), None, TODAY)  # fmt: skip
    assert found.judgement.held and found.lacking


def test_a_notice_elsewhere_or_dim_is_none_and_a_ticker_is_for_a_person() -> None:
    late = closes(f"平台将于2027年1月31日停止运营。\n{WHOLE}", at="公示中心")
    assert Days("公示中心").closing_announced(HOME, library(late), None, TODAY).judgement.broken
    assert Days("公示中心", hidden=(END,)).closing_announced(HOME, library(late), None, TODAY).judgement.unknown
    popup = replace(HOME, passed=f"{END}\n知道了")
    assert Days("公示中心").closing_announced(popup, library(late), None, TODAY).judgement.unknown
    assert Days(END, dim=True).closing_announced(HOME, library(late), None, TODAY).judgement.broken
    disguised = closes(f"平台自2026年12月9日起停止全部服务。\n{WHOLE}\n2026-11-25", "业务调整公告")
    assert Days("业务调整公告").closing_announced(HOME, library(disguised), None, TODAY).judgement.broken


def test_a_notice_that_was_taken_down_before_the_end() -> None:
    gone = earlier(("closing", END, "2026-12-31", 9, 2))
    assert Days("首页").closing_announced(HOME, library(), gone, TODAY).judgement.broken
    assert Days(END).closing_announced(HOME, library(), gone, TODAY).judgement.unknown  # still there, and not read
    past = earlier(("closing", END, "2026-11-20", 40, 6))
    assert Days("首页").closing_announced(HOME, library(), past, TODAY).judgement.unknown


# -- 30.1 --------------------------------------------------------------------------------------------------------------

ASKS = "关于修改《交易规则》公开征求意见的公告"
DRAFT = "征求意见期间：{0}至{1}，邮箱 a@b.com\n拟自2026年12月20日起施行"
BEFORE = Version("rules /", "交易规则", "", NOW - timedelta(days=30), NOW - timedelta(days=1))


def change(
    gone: str = "七日内可以退货，运费由销售者承担。", come: str = "三日内可以退货，运费由购买者承担。"
) -> Changed:
    return Changed(paper("rules", "交易规则", come), BEFORE, NOW, (gone,), (come,))


@pytest.mark.parametrize(
    ("first", "last", "labels", "state"),
    [
        ("2026年11月20日", "2026年12月5日", (ASKS,), "held"),
        ("2026年11月25日", "2026年11月26日", (ASKS,), "broken"),
        ("2026年11月25日", "2026年11月29日", (ASKS,), "unknown"),
        ("2026年11月20日", "2026年12月25日", (ASKS,), "broken"),
        ("2026年11月20日", "2026年12月5日", ("规则中心",), "broken"),
        ("2026年11月10日", "2026年11月20日", ("规则中心",), "unknown"),
    ],
)
def test_a_request_on_home(first: str, last: str, labels: tuple[str, ...], state: str) -> None:
    shelf = library(paper("notice", ASKS, DRAFT.format(first, last), at="规则中心"))
    found = Days(*labels).opened_for_comment(HOME, shelf, None, None, TODAY)
    assert found.judgement.state == state, found.judgement


@pytest.mark.parametrize(
    ("changed", "before", "state"),
    [
        ((change(),), earlier(versions=(BEFORE,)), "broken"),
        ((change(),), earlier(days=(1, 3, 8), versions=(BEFORE,)), "unknown"),
        ((change(),), earlier(looked="penalties", versions=(BEFORE,)), "unknown"),
        ((change("热销榜 山城小面 火锅底料 江小白 怪味胡豆", "热销榜 腊肉 香肠 米花糖 合川桃片 涪陵榨菜"),), earlier(versions=(BEFORE,)), "unknown"),
        ((change("第三条。", "第三条"),), earlier(versions=(BEFORE,)), "unknown"),
        ((change("发布日期：2026年1月1日 生效日期：2026年1月9日", "发布日期：2026年11月1日 生效日期：2026年12月9日"),), earlier(versions=(BEFORE,)), "unknown"),
        ((change(),), earlier(("comment", ASKS, "", 20, 9), versions=(BEFORE,)), "held"),
        ((change(),), earlier(("comment", "关于修改《隐私政策》征求意见", "", 20, 9), versions=(BEFORE,)), "unknown"),
        ((), earlier(versions=(BEFORE,)), "held"),
        ((), Earlier(NOW, ()), "unknown"),
        (None, None, "unknown"),
    ],
)  # fmt: skip
def test_a_change_that_nobody_was_asked_about(changed: Any, before: Earlier | None, state: str) -> None:
    found = Days("用户协议").opened_for_comment(HOME, library(), changed, before, TODAY)
    assert found.judgement.state == state, found.judgement
    assert bool(found.lacking) == (changed == () and state == "held")


def test_home_is_looked_at_daily_where_no_gap_is_longer_than_a_day_and_a_half() -> None:
    assert earlier().daily("home", 7) and not earlier(days=(1, 2, 3, 6, 7, 8)).daily("home", 7)
    assert not earlier(days=()).daily("home", 7) and not earlier(days=(2, 3, 4, 5, 6, 7)).daily("home", 7)
    assert not earlier(days=(1, 2, 3, 4)).daily("home", 7)


# -- 18.2 --------------------------------------------------------------------------------------------------------------

LABEL = "双12狂欢节"
RULES = "活动时间：{0}至{1}，每满300元减50元。\n活动规则：不限次数"


def venue(text: str, label: str = LABEL, **more: Any) -> LibrarySeen:
    return library(paper("promotion", label, text, **more))


PROMOTIONS = [
    (LABEL, RULES.format("2026年12月1日", "2026年12月12日"), None, "held"),
    (f"{LABEL}进行中", RULES.format("2026年11月20日", "2026年12月12日"), None, "unknown"),
    (f"{LABEL}进行中", "发布日期：2026年11月10日\n" + RULES.format("2026年11月20日", "2026年12月12日"), None, "held"),
    (f"{LABEL}进行中", "好物等您来选", None, "broken"),
    (LABEL, "好物等您来选", None, "unknown"),
    (f"{LABEL}进行中", "每满300减50，售完为止。活动规则：不限", None, "broken"),
    (f"{LABEL}进行中", "即日起至2026年12月12日每满300减50，赠品送完为止。活动规则：不限", None, "unknown"),
    (f"{LABEL}进行中", RULES.format("2026年11月26日", "2026年12月12日"), earlier(), "broken"),
    (f"{LABEL}进行中", RULES.format("2026年11月26日", "2026年12月12日"), earlier(days=(4, 5)), "unknown"),
    (f"{LABEL}进行中", RULES.format("2026年11月26日", "2026年12月12日"), earlier(("promotion", "双12", "", 5, 1)), "unknown"),  # named, its page not read
    (f"{LABEL}进行中", RULES.format("2026年11月26日", "2026年12月12日"), earlier(("promotion", "双12", "2026-12-12", 5, 1)), "held"),
    (f"{LABEL}进行中", RULES.format("2026年11月20日", "2026年11月28日"), earlier(*(("promotion", "双12", f"2026-11-{d}", 30 - d, 29 - d) for d in (23, 24, 25))), "broken"),
    (f"{LABEL}进行中", RULES.format("2026年11月24日", "2026年11月28日"), earlier(*(("promotion", "双12", f"2026-11-{d}", 30 - d, 29 - d) for d in (24, 25))), "held"),
    (f"{LABEL}进行中", RULES.format("2026年11月20日", "2026年12月12日"), earlier(("promotion", "双12", "2026-12-12", 5, 1)), "unknown"),
    (LABEL, RULES.format("2026年11月1日", "2026年11月12日"), None, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("label", "text", "before", "state"), PROMOTIONS)
def test_a_promotion_is_announced_before(label: str, text: str, before: Earlier | None, state: str) -> None:
    found = Days(label).promotion_announced(HOME, venue(text, label), before, TODAY)
    assert found.judgement.state == state, found.judgement


@pytest.mark.parametrize(
    "label", ["山城早市", "旗舰店618周年庆", "¥618 手机", "双11同款外套", "满199减20", "电话618-1234567"]
)
def test_what_is_no_promotion_of_the_platform(label: str) -> None:
    assert Days(label).promotion_announced(HOME, library(), None, TODAY).lacking


NAMELESS = [  # a promotion that no list of names has, and what has days and reductions and is none
    ("冰雪温泉季活动规则", RULES.format("2026年12月1日10:00 ", " 2026年12月12日24:00"), "held"),
    ("查看规则", RULES.format("12月1日10:00", "12月12日24:00"), "held"),
    ("新春惠民月活动规则", RULES.format("2026年11月20日", "2026年12月12日"), "unknown"),  # who knows whether it was announced before
    ("冰雪温泉季活动规则", RULES.format("2026年2月1日", "2026年2月12日"), ""),  # over
    ("预售规则", "发布日期：2026年11月1日 生效日期：2026年12月1日\n预售商品付定金后付尾款。", ""),
    ("优惠券使用规则", "优惠券有效期为2026年1月1日至2026年12月31日。", ""),
    ("江畔旗舰店活动规则", RULES.format("2026年12月1日", "2026年12月12日"), ""),
]  # fmt: skip


@pytest.mark.parametrize(("label", "text", "state"), NAMELESS)
def test_a_promotion_without_a_known_name_is_known_by_its_rules(label: str, text: str, state: str) -> None:
    found = Days(label, "首页").promotion_announced(HOME, venue(text, label), None, TODAY)
    assert (found.judgement.state == state and not found.lacking) if state else found.lacking, found
    assert Days("首页").promotion_announced(HOME, venue(text, label), None, TODAY).lacking  # home does not lead there


def test_a_dim_link_to_the_rules_of_a_nameless_promotion_is_for_a_person() -> None:
    text = RULES.format("2026年12月1日", "2026年12月12日")
    assert Days("活动规则", dim=True).promotion_announced(HOME, venue(text, "活动规则"), None, TODAY).judgement.unknown


def test_rules_behind_a_login_and_a_page_that_was_not_read() -> None:
    gated = venue("", f"{LABEL}活动规则", wall="login")
    assert Days(f"{LABEL}活动规则").promotion_announced(HOME, gated, None, TODAY).judgement.broken
    assert Days(f"{LABEL}进行中").promotion_announced(HOME, library(), None, TODAY).judgement.unknown
    soon = venue(RULES.format("2026年12月1日", "2026年12月12日"))
    assert Days(LABEL, dim=True).promotion_announced(HOME, soon, None, TODAY).judgement.broken


# -- 20.2 --------------------------------------------------------------------------------------------------------------

OTHER = ("潮流鞋柜", "售假", "终止服务", "2026年9月1日至2027年9月1日", "2026年9月1日")
WAS = ("penalty", "潮流鞋柜|售假|2026年9月1日", "2026年9月1日至2027年9月1日", 30, 3)


def rows(*cases: tuple[str, ...], **more: Any) -> LibrarySeen:
    return library(paper("penalties", "违规公示", "", HEADS, *cases, **more))


PENALTIES = [
    (rows(ROW), None, "unknown"),
    (rows(ROW), earlier(WAS, looked="penalties"), "broken"),
    (rows(ROW), earlier((*WAS[:4], 0.5), looked="penalties"), "unknown"),
    (rows(ROW), earlier(WAS, looked="home"), "unknown"),
    (rows(ROW, OTHER), earlier(WAS, looked="penalties"), "unknown"),
    (rows(ROW, ("潮流新鞋柜", *OTHER[1:])), earlier(WAS, looked="penalties"), "unknown"),
    (rows(ROW, ("潮流鞋柜", "销售假冒商品", *OTHER[2:4], "2026-09-01")), earlier(WAS, looked="penalties"), "unknown"),  # said otherwise
    (rows(ROW, links=(Link("下一页", ""),)), earlier(WAS, looked="penalties"), "unknown"),
    (rows(ROW), earlier(("penalty", "甲|乙|丙", "2026年9月1日至2026年11月20日", 30, 5), looked="penalties"), "held"),
    (rows(ROW), earlier(("penalty", "甲|乙|丙", "2026年9月1日至2026年11月20日", 30, 15), looked="penalties"), "unknown"),
    (rows(ROW), earlier(("penalty", "甲|乙|丙", "长期", 30, 5), looked="penalties"), "unknown"),
    (library(), None, "unknown"),
    (rows((*ROW[:3], "长期", ROW[4])), None, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("shelf", "before", "state"), PENALTIES)
def test_rows_stay_until_their_time_is_over(shelf: LibrarySeen, before: Earlier | None, state: str) -> None:
    found = Days().penalties_stay(shelf, before, TODAY)
    assert found.judgement.state == state and not found.lacking, found.judgement


def test_a_pager_without_links_is_a_pager() -> None:
    norm = Days("首页")
    page = Seen("h", 1, -1, "li", Box(0, 40, 20, 20), text="2", pointer=True)
    norm.home_sight = replace(norm.home_sight, elements=(*norm.home_sight.elements, page))
    assert norm.penalties_stay(rows(ROW), earlier(WAS, looked="penalties"), TODAY).judgement.unknown


def test_an_empty_list_has_nothing_to_keep_and_rows_are_noted() -> None:
    assert Days().penalties_stay(rows(), None, TODAY).lacking
    assert [(n.key, n.text) for n in penalty_notes(rows(OTHER))] == [(WAS[1], WAS[2])]


# -- 6.3 and 7.1 -------------------------------------------------------------------------------------------------------


def home(text: str) -> HomeSeen:
    document = Document("licence_mark", "证照", "https://s.test/l", text, "")
    mark = Mark("licence_mark", "营业执照", Seen("h", 0, -1, "a", Box(0, 0, 9, 9)), "营业执照", "link", "", 0, followed=(document,))  # fmt: skip
    return replace(HOME, marks=(mark,))


@pytest.mark.parametrize(
    ("before", "now", "state"),
    [
        (None, "held", "unknown"),
        (earlier(looked="licence"), "held", "held"),
        (earlier(looked="licence", days=(1, 2, 3)), "held", "unknown"),
        (earlier(looked="licence", days=(1, 1.1, 1.2, 1.3, 1.4)), "held", "unknown"),
        (earlier(looked="licence"), "broken", "broken"),
        (earlier(looked="licence"), "unknown", "unknown"),
        (earlier(looked="no-licence"), "held", "broken"),
        (earlier(looked="no-licence"), "broken", "unknown"),
        (earlier(looked="licence", device="mobile").on("desktop"), "held", "unknown"),
        (None, "broken", "unknown"),
    ],
)
def test_the_licence_is_there_every_day(before: Earlier | None, now: str, state: str) -> None:
    assert Days(licence=now).licence_stays(HOME, before, TODAY).state == state


@pytest.mark.parametrize(
    ("end", "facts", "state"),
    [
        ("长期", {}, "unknown"),
        ("2030年5月20日", {}, "unknown"),
        ("2023年5月20日", {}, "broken"),
        ("长期", {"operator_code": CODE}, "held"),
        ("长期", {"operator": "重庆山城集市电子商务有限公司"}, "held"),
        ("长期", {"operator": "重庆新山城电子商务有限公司"}, "unknown"),
        ("长期", {"operator": "重庆新山城电子商务有限公司", "operator_since": "2026-10-01"}, "broken"),
        ("长期", {"operator": "重庆新山城电子商务有限公司", "operator_since": "2026-11-20"}, "unknown"),
        ("长期", {"operator_code": "91500103MA5YT8L6XR", "operator_since": "2026-01-02"}, "broken"),
    ],
)
def test_the_licence_is_as_declared(end: str, facts: dict[str, str], state: str) -> None:
    found = Days().licence_up_to_date(home(LICENCE.format(end=end)), Facts.model_validate(facts), None, TODAY)
    assert found.judgement.state == state, found.judgement


@pytest.mark.parametrize(
    ("term", "state"),
    [
        ("2018年5月21日至****年**月**日", "unknown"),
        ("2018年5月21日起", "unknown"),
        ("自2018年5月21日", "unknown"),
        ("2018年5月21日\n登记机关：重庆市市场监督管理局", "unknown"),
        ("2018年5月21日 至 不约定期限", "unknown"),
        ("二十年（2018年5月21日成立）", "unknown"),
        ("2018-05-21 至 2023-05-20", "broken"),
        ("至2023年5月20日", "broken"),
    ],
)
def test_the_beginning_of_a_term_is_not_its_end(term: str, state: str) -> None:
    shown = LICENCE.partition("营业期限")[0] + f"营业期限：{term}"
    assert Days().licence_up_to_date(home(shown), Facts(), None, TODAY).judgement.state == state


def test_a_change_of_the_licence_is_told_and_without_one_nothing_is_said() -> None:
    was = earlier(("licence", "name", "重庆旧山城有限公司", 9, 3))
    found = Days().licence_up_to_date(home(LICENCE.format(end="长期")), Facts(), was, TODAY)
    assert "重庆旧山城有限公司" in found.judgement.zh
    assert Days().licence_up_to_date(HOME, Facts(), None, TODAY).judgement.unknown


def test_what_a_run_notes_of_home() -> None:
    shelf = library(
        closes(f"平台将于2026年12月31日停止运营。\n{WHOLE}"),
        paper("promotion", LABEL, RULES.format("2026年12月1日", "2026年12月12日")),
    )
    notes = Days(END, ASKS, LABEL).notes_of_home(home(LICENCE.format(end="长期")), shelf, TODAY)
    assert [(n.kind, n.key) for n in notes] == [
        ("licence", "name"), ("licence", "code"), ("comment", ASKS), ("closing", END), ("promotion", "双12"),
    ]  # fmt: skip
