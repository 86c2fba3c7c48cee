"""第四十四条 建立投诉、举报机制，公开投诉、举报方式。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.documents import HomeSeen
from gongping.testing import cant_tell, duty

PLACES = {
    "home": "首页",
    "complaint": "投诉举报页面",
    "help": "帮助与客服页面",
    "contact_page": "联系我们页面",
    "agreement_privacy": "隐私政策",
}
KINDS = {
    "phone": "电话",
    "email": "电子邮箱",
    "form": "在线表单",
    "online": "在线客服",
    "social": "社交账号",
    "site": "外部网站",
}


@duty("44.1")
def test_complaints_and_reports_have_a_mechanism_that_works(
    home: HomeSeen, norm: Predicates, evidence: Evidence
) -> None:
    """
    > 应当建立便捷、有效的投诉、举报机制

    Fails if: every entry for complaints is dead and nobody else is there to take them; the page of the entry sends everybody to a
    social account, a code or an app, and home, its foot and help, all read, have no channel of the platform's own; or it opens a box
    for feedback that says that nobody is answered. The same holds for goods of the platform and of sellers (E-commerce law, 59).
    A pass does not show: that a complaint which is sent in is handled: the form was looked at, never sent, and no number was dialled.

    违反：投诉、举报入口全部失效，且没有其他有人受理的渠道；入口页面只指向社交账号、二维码或者应用，而首页、页脚和帮助页面均已读到，没有平台自
    己的渠道；或者入口打开的是写明不予回复的意见反馈。自营和平台内经营者的商品适用同样的要求（电子商务法第五十九条）。
    未发现违反不说明：提交的投诉得到处理：只查看表单，没有提交，也没有拨打电话。
    """
    mechanism = norm.complaint_mechanism(home, norm.complaint_channels(home))
    for mark, document in norm.complaint_entries(home)[:6]:
        evidence.show(
            mark, f"首页入口“{mark.label[:20]}”", judged="seen" if not document.wall else mechanism, place="home", element=mark.label
        )  # fmt: skip
        evidence.show(
            None, f"“{mark.label[:20]}”打开的页面", judged=mechanism, sight=document.sight, place="documents", element=mark.label,
            url=document.url, quote=document.all_text[:300],
        )  # fmt: skip
    evidence.show(None, "投诉、举报机制", judged=mechanism, sight=home.sight, place="home", **mechanism.measured)
    assert not mechanism.broken, mechanism.zh
    if mechanism.unknown:
        cant_tell(mechanism.zh)


@duty("44.2")
def test_complaint_and_report_methods_are_published(home: HomeSeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 应当建立便捷、有效的投诉、举报机制，公开投诉、举报方式等信息

    Fails if: the telephone number that is published is a placeholder; or home, its foot, the pages for help and complaints that it
    leads to and the privacy policy, all read, name no channel of the platform's own: only authorities (12315), only sellers, or
    nothing that can be seen without a login.
    A pass does not show: that somebody answers (no number was dialled, nothing was sent), or that complaints are handled.

    违反：公布的电话是占位号码；或者首页、页脚、由此可达的帮助与投诉页面及隐私政策均已读到，而没有平台自己的投诉、举报渠道：只有行政机关（12
    315）、只有商家，或者未登录什么都看不到。
    未发现违反不说明：有人受理（没有拨打电话，也没有提交内容），或者投诉得到处理。
    """
    channels = norm.complaint_channels(home)
    for channel in channels[:12]:
        place = PLACES.get(channel.place, channel.place)
        evidence.show(
            channel.seen, f"{place}：{channel.label or KINDS[channel.kind]} {channel.value[:40]}", judged=norm.channel_works(channel),
            quote="" if channel.seen else channel.value, place=channel.place, element=channel.value[:40], 形式=KINDS[channel.kind],
        )  # fmt: skip
    published = norm.complaint_methods_published(home, channels)
    evidence.show(None, f"投诉、举报方式：{published.zh or '已公布'}", judged=published, sight=home.sight, place="home")
    assert not published.broken, published.zh
    if published.unknown:
        cant_tell(published.zh)
