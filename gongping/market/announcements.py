"""What the shop announces under a switch: notices of closing, requests for opinions, promotions. The clean shop announces nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Announcement:
    """A label and the page behind it. `{n}` in the text is the day n days from today; `at`: the page that links it (home, rules, notices)."""

    label: str
    text: str
    at: str = "home"
    gated: bool = False
    tiny: bool = False

    @property
    def paragraphs(self) -> list[str]:
        return [re.sub(r"\{(-?\d+)\}", lambda m: _day(int(m[1])), line) for line in self.text.splitlines() if line]


_HANDLED = """在终止之前，平台正常接受订单；未完成的订单继续履行，售后和退款照常受理。
账户余额、礼品卡可在终止之日前申请退还，商家保证金在结清订单后退还。
终止后，账号将注销，个人信息依法删除，交易记录按照法律规定保存。
重庆山城集市电子商务有限公司"""
_COMMENTS = """为完善交易规则，我们拟修改退货和发货的有关条款，修改稿全文见《交易规则（修订草案）》。
征求意见期间：{opens}至{closes}。{ways}
修改后的规则拟自{effective}起施行。
发布日期：{published}"""
_WAYS = "您可以通过邮箱 rules@shancheng.example 或者在线问卷提出意见。"
_SELLERS = "本次征集仅接受已入驻商家在商家后台提交意见。"
_VOTES = "您可以在本页就修订稿提交意见：只能选择“同意”或者“不同意”，不接受文字意见。"
_LETTERS = "欢迎消费者和商家来信或者致电客服提出意见，地址见联系我们，意见不限字数，我们将逐条答复。"
_RULES = """活动时间：{0}{1}
活动方式：参与活动的商品每满 300 元减 50 元，上不封顶，可以与商家优惠券同时使用。
活动规则：每个账号不限次数；黄金、图书和礼品卡不参加；活动订单支持七日无理由退货，部分退货的按比例扣除优惠；预售商品的定金按照商品页面的说明退还。
价格保护：活动期间下单后价格下降的，七日内可以申请退还差价。"""


def _comments(opens: int, closes: int, effective: int) -> str:
    text = _COMMENTS.replace("{ways}", _WAYS)
    days = {"opens": opens, "closes": closes, "effective": effective, "published": opens}
    return re.sub(r"\{(\w+)\}", lambda m: f"{{{days[m[1]]}}}", text)


def _promotion(first: int, last: int) -> str:
    return _RULES.replace("{0}{1}", f"{{{first}}} 0 时至{{{last}}} 24 时")


_DRAFT = "关于修改《交易规则》公开征求意见的公告"
_END = "关于停止运营的公告"
_CLOSES = f"因公司业务方向改变，山城集市平台将于{{12}}24时停止运营。\n{_HANDLED}\n{{-3}}"
_ADJUSTS = f"因业务调整和系统升级，本平台自{{12}}起停止全部服务，所有入口同时关闭。\n{_HANDLED}\n{{-3}}"
_LATER = f"因公司业务方向改变，山城集市平台将于{{40}}24时停止运营。\n{_HANDLED}\n{{-3}}"

ANNOUNCEMENTS = {
    "closing-short": Announcement(_END, _CLOSES),
    "closing-disguised": Announcement("业务调整公告", _ADJUSTS),
    "closing-in-list": Announcement(_END, _LATER, "notices"),
    "closing-announced": Announcement(_END, _LATER),
    "closing-a-channel": Announcement(
        "直播频道停止运营的公告", "因业务调整，平台直播频道将于{9}停止运营。\n其他频道和商城的全部功能不受影响。\n{-2}"
    ),
    "closing-for-spring": Announcement(
        "春节期间停止服务的公告",
        "春节期间，快递公司停止揽收，平台自{5}起停止发货服务，{14}起恢复正常。\n期间可以照常下单，客服在线。\n{-2}",
    ),
    "comment-rules-centre-only": Announcement(_DRAFT, _comments(-3, 12, 25), "rules"),
    "comment-one-day": Announcement(_DRAFT, _comments(0, 1, 20)),
    "comment-after-effect": Announcement(_DRAFT, _comments(-2, 12, -6)),
    "comment-open": Announcement(_DRAFT, _comments(-3, 12, 25)),
    "comments-from-sellers": Announcement(_DRAFT, _comments(-3, 12, 25).replace(_WAYS, _SELLERS)),
    "comments-as-votes": Announcement(_DRAFT, _comments(-3, 12, 25).replace(_WAYS, _VOTES)),
    "comments-open": Announcement(_DRAFT, _comments(-3, 12, 25).replace(_WAYS, _LETTERS)),
    "comment-on-goods": Announcement(
        "冬季新品意见征集", "您希望我们冬天上架哪些新品？请于{1}之前在线填写问卷，参与即可获得优惠券。\n{0}"
    ),
    "promotion-no-rules": Announcement("双12狂欢节 火热进行中", "双12狂欢节已经开始，全场好物等您来选，快来逛逛吧。"),
    "promotion-rules-gated": Announcement("双12狂欢节进行中 活动规则", _promotion(-1, 5), gated=True),
    "promotion-no-end": Announcement(
        "双12狂欢节 火热进行中",
        "双12狂欢节已经开始，参与活动的商品每满 300 元减 50 元，售完为止。\n活动规则：每个账号不限次数，活动订单支持七日无理由退货。",
    ),
    "promotion-rules-tiny": Announcement("双12狂欢节规则", _promotion(5, 9), tiny=True),
    "promotion-announced": Announcement("双12狂欢节 即将开始 查看规则", _promotion(5, 9)),
    "promotion-of-a-shop": Announcement("江畔书屋旗舰店618周年庆进行中", "本店满 100 元减 10 元，售完为止。"),
}


def announced(fault: Callable[[str], bool], at: str) -> dict[str, Announcement]:
    """What stands on a page, by the switch that puts it there."""
    return {name: each for name, each in ANNOUNCEMENTS.items() if each.at == at and fault(name)}


def _day(ahead: int) -> str:
    return f"{date.today() + timedelta(days=ahead):%Y年%m月%d日}"
