"""第四十四条 投诉、举报机制：公开投诉、举报方式。"""

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
