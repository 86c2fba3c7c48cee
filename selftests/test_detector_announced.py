"""What platforms announce: that they close, that they ask for opinions, that they run a promotion; and what only looks so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gongping.detectors.announced import (
    asks_for_comments,
    closing,
    comments,
    marks_on,
    promotion,
    unnamed_pictures,
    unseen_on,
)
from gongping.lexicon import phrase
from gongping.observations.documents import Document, Link
from gongping.sight.model import Sight

TODAY = date(2026, 11, 26)


def notice(text: str, title: str = "公告", *links: str) -> Document:
    return Document("notice", title, "https://shop.test/n", text, "", links=tuple(Link(label, "") for label in links))


# -- closing -----------------------------------------------------------------------------------------------------------

CLOSES = {
    "山城集市平台将于2026年12月31日24时停止运营。\n2026年11月20日": (date(2026, 12, 31), date(2026, 11, 20)),
    "因公司战略调整，本平台定于2026年12月31日关闭。\n发布日期：2026年11月1日": (date(2026, 12, 31), date(2026, 11, 1)),
    "尊敬的用户：很遗憾地通知您，我们将于2027年1月15日终止全部服务，感谢一路陪伴。": (date(2027, 1, 15), None),
    "系统升级公告\n自2026年12月10日起停止全部服务，账户余额请于12月9日前提现。\n2026-12-01": (date(2026, 12, 10), date(2026, 12, 1)),
    "停止运营时间：2026年12月31日 24:00\n发布时间：2026-11-25 10:00": (date(2026, 12, 31), date(2026, 11, 25)),
    "本商城决定于2026.12.31停止营业，未完成的订单照常发货。": (date(2026, 12, 31), None),
    "经公司研究决定，我公司将于2026年12月31日停止经营，网站同时关闭。": (date(2026, 12, 31), None),
    "去哪玩平台将于二〇二六年十二月三十一日终止运营，已预订的酒店照常入住。": (date(2026, 12, 31), None),
    "鲜送外卖平台将于2026年12月20日停止运营，骑手工资已结清。": (date(2026, 12, 20), None),
    "因業務調整，本平台將於2026年12月31日終止服務，訂單將照常出貨。": (date(2026, 12, 31), None),
    "我們將於2026/12/31結束營業，感謝支持。": (date(2026, 12, 31), None),
    "We will be shutting down on 31 December 2026. Open orders will be delivered.": (date(2026, 12, 31), None),
    "After ten years our store is closing permanently on December 31, 2026.": (date(2026, 12, 31), None),
    "The marketplace will cease operations on 15 January 2027. Gift cards can be used until then.": (date(2027, 1, 15), None),
    "拾悦二手网站将于2026年12月31日正式下线。": (date(2026, 12, 31), None),
    "因公司业务方向改变，山城集市平台将于2026年12月31日24时停止运营。": (date(2026, 12, 31), None),
    "由于直播业务亏损，本平台将于2026年12月31日关闭。": (date(2026, 12, 31), None),
    "因合作伙伴撤资，我们决定停止运营，平台将于2026年12月31日停止服务。": (date(2026, 12, 31), None),
    "游戏交易平台将于2026年12月31日停止运营。": (date(2026, 12, 31), None),
    "平台将全面停止服务，具体时间另行通知。": (None, None),
    "本公告于2026年11月1日发布，平台将于2026年12月31日停止运营，届时关闭服务器。": (date(2026, 12, 31), date(2026, 11, 1)),
}  # fmt: skip

GOES_ON = [
    "平台直播频道将于2026年12月31日停止运营，其他功能不受影响。",
    "潮流鞋柜店铺将于2026年12月31日停止营业。",
    "上海仓库将于2026年12月1日关闭，订单改由杭州仓发出。",
    "春节期间，平台自2026年2月10日起停止发货服务，2月25日恢复。",
    "系统维护公告：2026年12月1日0时至6时网站停止服务，维护期间无法下单。",
    "平台将于2026年12月1日停止旧版客户端服务，请升级到最新版本。",
    "如平台停止运营，我们将提前三十日公告。",
    "平台有权终止向违规用户提供服务。",
    "若平台因故终止服务，应当退还余额。",
    "平台社区团购业务将于2026年12月31日终止，商城不受影响。",
    "部分地区门店将停止营业，平台照常。",
    "平台将暂停服务两小时，预计12:00恢复。",
    "平台海外站将于2026年12月31日关闭，国内站照常。",
    "客服热线将于2026年12月31日停止服务，请使用平台在线客服。",
    "您违反规则的，我们将停止服务并关闭账号。",
    "关于我们\n山城集市由重庆山城集市公司经营。\n服务热线 023\n地址\n\n我们停止服务后，资料将删除。平台结束服务也一样。",
    "帮助\n问\n答\n更多\n账号注销后，平台停止提供全部服务。",
    "商家终止经营的，平台关闭其店铺服务。",
    "平台积分服务将于2026年12月31日终止。",
    "因台风影响，平台在厦门的部分服务停止，恢复时间另行通知。",
    "我們的客服電話將於2026年12月31日停止服務。\n部分服務不受影響",
    "春節期間本平台停止服務，初七恢復。",
    "Our Sydney warehouse will be closing down on 31 December 2026.",
    "We are closing on Sundays during the holidays and reopen on Mondays.",
    "The site is closing permanently if nobody pays; we may end all services.",
    "We will discontinue our loyalty services on 1 May 2027; some features move.",
    "The old app will be shut down; the website goes on.",
    "山城早市，新鲜直达。满199减20。",
    "平台将于2026年12月1日终止服务费减免政策，届时按标准收取。\n2026年11月25日",
    "平台将于2026年12月1日停止运营商话费充值。\n2026年11月25日",
    "平台将于2026年12月1日终止服务商重庆某公司的合作。\n2026年11月25日",
    "平台将于2026年12月1日对已停止经营的店铺予以清退。\n2026年11月25日",
    "应游戏厂商通知，《山河志》即将停服，平台相应下架道具。\n停止运营时间：2026年12月31日\n2026年12月20日",
    "欧洲某航空公司将于2026年12月1日停止运营，平台为您免费退票。\n2026年11月25日",
    "因合作的某某物流公司将于2026年12月10日停止服务，平台改用其他快递。\n2026年11月25日",
    "因年终盘点，本商城将于2026年12月31日停止营业一天，次日正常营业。\n2026年12月25日",
    "因机房电力检修，网站将于2026年12月3日2:00至6:00停止服务。\n2026年11月25日",
    "本平台APP将于2026年12月15日停止服务于Android 5.0以下系统，请升级系统。\n2026年11月25日",
    "某某银行网站将于2026年12月1日停止服务4小时，期间网银支付不可用。",
    "因年度盤點，本商城將於2026年12月31日停止營業一日，隔日照常出貨。",
    "Our store will close on 25 December 2026 for Christmas. Orders placed that day ship on 26 December.",
    "酒店将于2026年12月1日停止接待，平台为您免费取消。",
]  # fmt: skip


@pytest.mark.parametrize("text", CLOSES)
def test_a_platform_that_ends_says_when(text: str) -> None:
    found = closing(notice(text))
    assert found is not None and (found.ends, found.published) == CLOSES[text]


@pytest.mark.parametrize("text", GOES_ON)
def test_what_goes_on_or_begins_again_is_no_end(text: str) -> None:
    assert closing(notice(text)) is None


def test_what_becomes_of_orders_money_and_data_is_read() -> None:
    whole = "本平台将于2026年12月31日停止运营，2026年12月1日起停止下单。\n订单继续履行，余额可提现，账号数据删除。"
    found = closing(notice(whole))
    assert found and found.handled == ("订单", "余额和押金", "账号和数据") and found.last_orders == date(2026, 12, 1)
    made = closing(notice("根据法院裁定，平台进入破产清算，将于2026年12月31日停止运营。"))
    assert made and made.made_to


# -- opinions ----------------------------------------------------------------------------------------------------------

ASKS = [
    "关于修改《交易规则》公开征求意见的公告", "关于《商家违规处理规则》征求意见的通知", "《用户服务协议》修订征求意见稿", "平台规则意见征集",
    "《退换货政策》修订意见征集", "公开征集对评价规则的意见", "關於修訂服務條款徵求意見", "《賣家規範》修訂徵求意見",
    "Request for comments on our terms of use", "Public consultation: seller rules", "We are seeking your feedback on the new returns policy",
    "关于酒店退订规则公开征求意见的公告", "骑手配送规则征求意见", "《隐私政策》修改征询意见",
]  # fmt: skip
ASKS_NOTHING = [
    "意见反馈", "冬季新品意见征集", "交易规则征求意见结果公示", "规则修订公告", "产品体验意见征集", "用户服务协议", "规则中心", "Customer feedback",
    "目前没有正在征求意见的规则", "修改规则时，我们会公开征求意见。", "Outcome of the consultation on our terms", "投诉与建议", "评价规则", "Terms of use",
]  # fmt: skip

REQUESTS = {
    "征求意见期间：2026年11月20日至2026年11月30日。邮箱 a@b.com\n拟自2026年12月20日起施行": (
        10,
        date(2026, 12, 20),
        True,
    ),
    "发布日期：2026年11月25日\n请于2026年11月26日前将意见发送至邮箱": (1, None, True),
    "请于24小时内反馈意见，拟于2026年12月1日生效": (1, date(2026, 12, 1), False),
    "征求意见时间为48小时": (2, None, False),
    "反馈截止时间：2026年12月5日\n发布时间：2026年11月20日\n填写问卷": (15, None, True),
    "意见征集时间：2026年11月1日—11月15日，电话 023-63182650": (14, None, True),
    "截止日期2026年12月1日，在线填写": (None, None, True),
    "欢迎提出宝贵意见": (None, None, False),
    "征求意见期间：2026年11月20日至2026年12月5日。邮箱 a@b.com，我们会在收到反馈后24小时内回复。": (15, None, True),
    "征求意见期间：2026年11月20日至2026年12月5日。意见反馈热线：400-800-1234（24小时）": (15, None, True),
    "征求意见期间：2026年11月20日至2026年12月5日。平台将在24小时内反馈处理结果。": (15, None, False),
    "根据自2024年7月1日起施行的《消费者权益保护法实施条例》，现就修订稿征求意见，截止日期：2026年12月5日": (
        None,
        None,
        False,
    ),
    "《交易规则》自2023年5月1日实施以来运行良好，现拟修订。拟于2026年12月20日起施行": (None, date(2026, 12, 20), False),
    "公示日期：2026年11月25日\n反馈截止日期：2026年12月5日\n发布日期：2026年11月25日": (10, None, False),
    "请于2026年12月10日前发送至邮箱，我们将于2026年12月11日公布结果。\n2026年11月25日": (None, None, True),
    "征求意见时间：2026年11月25日起，12月5日止\n2026年11月25日": (None, None, False),
    "截至2026年11月25日，已有商家三万家。请于2026年12月10日前提出意见\n2026年11月25日": (15, None, False),
    "Send your comments by e-mail by 10 December 2026. We reply within 24 hours.\nPublished: 25 November 2026": (
        15,
        None,
        True,
    ),
}


@pytest.mark.parametrize("label", ASKS)
def test_a_request_for_opinions_is_known_by_its_title(label: str) -> None:
    assert asks_for_comments(label)


@pytest.mark.parametrize("label", ASKS_NOTHING)
def test_surveys_results_and_rules_are_no_request(label: str) -> None:
    assert not asks_for_comments(label) and comments(notice("截止日期：2026年11月2日", label)) is None


@pytest.mark.parametrize("text", REQUESTS)
def test_how_long_opinions_are_taken(text: str) -> None:
    found = comments(notice(text, "关于修改《交易规则》公开征求意见的公告"))
    assert found and (found.days, found.effective, found.channel) == REQUESTS[text]


def test_a_rules_centre_that_has_nothing_open_asks_nothing() -> None:
    assert comments(notice("规则修改公开征求意见\n目前没有正在征求意见的规则。", "规则修改公开征求意见")) is None


# -- promotions --------------------------------------------------------------------------------------------------------

PROMOTES = [
    "双11狂欢节", "双十二大促", "618年中大促", "年货节会场", "平台周年庆", "雙11購物節", "Black Friday sale", "Cyber Monday", "11.11 Shopping",
    "女神节主会场", "旅行节 酒店五折起", "美食节进行中", "全民购物季", "開跑！雙12", "黑五海淘", "Site-wide sale", "Singles' Day",
]  # fmt: skip
PROMOTES_NOTHING = [
    "山城早市", "数码换新季", "¥618", "¥ 1111", "电话618-1234567", "双门冰箱", "双肩包", "New arrivals", "限时特惠", "满199减20", "新人专享",
    "618元", "型号 A6180", "Summer dresses", "优惠券", "11.11元起",
]  # fmt: skip

STATED = {
    "活动时间：2026年11月1日0时至2026年11月30日24时，每满300减50。活动规则：不限次数": (date(2026, 11, 1), date(2026, 11, 30), True, True, True),
    "活动时间：12月1日-12月12日，全场8折": (date(2026, 12, 1), date(2026, 12, 12), False, False, True),
    "11.20—11.30 满300减50": (date(2026, 11, 20), date(2026, 11, 30), True, False, True),
    "12月20日至次年1月5日 年货节": (None, None, None, False, False),
    "2026年12月1日～10日 立减": (date(2026, 12, 1), date(2026, 12, 10), False, False, True),
    "12.20-1.5 优惠券": (date(2026, 12, 20), date(2027, 1, 5), False, False, True),
    "快来逛逛吧": (None, None, None, False, False),
    "即将开始，敬请期待": (None, None, False, False, False),
    "活動時間：2026/12/01～2026/12/12 滿1000折100 活動辦法": (date(2026, 12, 1), date(2026, 12, 12), False, True, True),
    "From 27 November 2026 to 30 November 2026, 20% off. Offer terms": (date(2026, 11, 27), date(2026, 11, 30), False, True, True),
    "活动时间：即日起至2026年12月12日，赠品送完即止，全场8折。活动规则": (None, date(2026, 12, 12), None, True, True),
    "活动时间：即日起至12月12日24时，满300减50": (None, date(2026, 12, 12), None, False, True),
    "活动截止到2026年12月12日，赠品送完为止": (None, date(2026, 12, 12), None, False, False),
    "Ends 30 November 2026. 20% off while stocks last.": (None, date(2026, 11, 30), None, False, True),
    "2.5-3.5折起": (None, None, None, False, True),
}  # fmt: skip


@pytest.mark.parametrize("label", PROMOTES)
def test_promotions_of_a_platform_are_known(label: str) -> None:
    assert phrase("platform_promotion").search(label)


@pytest.mark.parametrize("label", PROMOTES_NOTHING)
def test_ordinary_selling_is_no_promotion_of_the_platform(label: str) -> None:
    assert not phrase("platform_promotion").search(label)


@pytest.mark.parametrize("text", STATED)
def test_period_rules_and_method_are_read(text: str) -> None:
    found = promotion("双11", notice(text), today=TODAY)
    assert (found.starts, found.ends, found.runs, found.rules, found.method) == STATED[text]


def test_a_label_says_that_it_runs_and_a_link_leads_to_rules() -> None:
    assert promotion("双11火热进行中", today=TODAY).runs
    assert promotion("双11 距结束 02:11", today=TODAY).runs
    assert promotion("Black Friday is now live", today=TODAY).runs
    assert promotion("双11", notice("好物", "双11", "查看规则"), today=TODAY).rules
    assert promotion("双11", notice("满300减50，售完为止"), today=TODAY).open_ended == "售完为止"
    assert promotion("双11", notice("满300减50，结束时间视备货情况确定"), today=TODAY).open_ended
    assert not promotion("双11", notice("满300减50，结束时间见11月11日公告"), today=TODAY).open_ended


# -- where it stands on home -------------------------------------------------------------------------------------------

HOMES = [
    '<a href="/n">关于停止运营的公告</a>',
    '<div onclick="go()" style="cursor:pointer"><i></i><span>关于停止运营的公告</span></div>',
    '<div class="ticker"><b>公告</b><span>关于停止运营的公告</span></div>',
    '<a href="/n"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="关于停止运营的公告" width="90" height="30"></a>',
    '<ul><li><a href="/n">關於終止服務的公告</a></li></ul>',
]


@pytest.mark.parametrize("html", HOMES)
def test_a_mark_is_found_however_it_is_made(html: str, sight_of: Callable[[str], Sight]) -> None:
    sight = sight_of(f"<main><h1>商城</h1>{html}<p>新品上架</p></main>")
    (mark, *_) = marks_on(sight, "closing_title", "closing")
    assert "公告" in mark.label and mark.screens == 0


def test_what_is_hidden_is_told_apart(sight_of: Callable[[str], Sight]) -> None:
    sight = sight_of(
        '<main><h1>商城</h1><a href="/n" style="position:absolute;left:-9999px">关于停止运营的公告</a></main>'
    )
    assert not marks_on(sight, "closing_title", "closing") and unseen_on(sight, "closing_title")
    assert not unseen_on(sight_of("<main><h1>商城</h1></main>"), "closing_title")


def test_a_banner_without_words_is_counted(sight_of: Callable[[str], Sight]) -> None:
    banner = '<a href="/b"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="600" height="200"{}></a>'
    assert len(unnamed_pictures(sight_of(f"<main><h1>商城</h1>{banner.format('')}</main>"))) == 1
    assert not unnamed_pictures(sight_of("<main><h1>商城</h1>" + banner.format(' alt="早市"') + "</main>"))
