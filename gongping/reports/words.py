"""The Chinese words of the reports, and how a measured value is written (the English beside it is `english`'s)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gongping.reports import english
from gongping.verdicts import Outcome

OUTCOME = {
    Outcome.FAILED: "违反",
    Outcome.CANT_TELL: "无法判定",
    Outcome.PASSED: "未发现违反",
    Outcome.INAPPLICABLE: "不适用",
    Outcome.UNTESTED: "未检测",
}
OUTCOME_MEANS = {
    Outcome.FAILED: "直接观察到与条款不符的事实；“已复现”表示由另一名全新的消费者再次看到。",
    Outcome.CANT_TELL: "受阻、含糊或取决于消费者看不到的事实，须由人员查看。",
    Outcome.PASSED: "在本次所到之处没有观察到违反；不等于符合。",
    Outcome.INAPPLICABLE: "条款的触发条件不存在，并有正面依据或目标的声明。",
    Outcome.UNTESTED: "浏览器无法观察，或本次没有检测。",
}
FORCE = {
    "must": "应当",
    "must_not": "不得",
    "encouraged": "鼓励",
    "may": "可以",
    "definition": "定义",
    "liability": "责任",
    "power": "职权",
}
OBSERVABILITY = {
    "browser": "普通消费者会话可见",
    "browser-with-setup": "须有账号、订单或多个消费者",
    "longitudinal": "须多日观察",
    "attestation": "后台事项，须凭文件或由人员核实",
    "none": "没有单独可观察的事项",
}
WHY_UNTESTED = {
    "browser": "本次没有检测。",
    "browser-with-setup": "本次没有检测：须预先准备账号、订单或多个消费者。",
    "longitudinal": "一次检测看不到：须跨日期观察。",
    "attestation": "后台事项，消费者的浏览器看不到。",
    "none": "定义、目的、适用范围、职权、责任或兜底条款，没有单独可观察的事项。",
}
TEST_MODE = {"automatic": "自动", "semiAuto": "半自动", "manual": "人工"}
DEVICE = {"desktop": "桌面端", "mobile": "移动端"}
MODE = {"observe": "只观察（不做不可撤销的操作）", "exercise": "可操作（可注册、下单、注销）"}
JUDGED = {"broken": "违反", "unknown": "无法判定", "held": "未发现违反", "seen": "所见"}
PLACE = {
    "home": "首页",
    "search": "搜索结果",
    "product": "商品页",
    "cart": "购物车",
    "checkout": "结算",
    "cashier": "收银台",
    "register": "注册",
    "login": "登录",
    "account": "账户中心",
    "deregister": "注销账户",
    "documents": "协议与规则",
    "popup": "弹窗",
}
WALL = {
    "captcha": "验证码",
    "login": "须登录",
    "blocked": "访问被拒绝",
    "not-found": "页面不存在",
    "server-error": "服务器错误",
    "blank": "空白页",
    "time-out": "超时",
    "redirect-loop": "循环跳转",
    "unreachable": "无法连接",
    "download": "得到的是下载文件",
    "dialog-loop": "弹框不断",
    "crashed": "页面崩溃",
    "budget": "检测预算用尽",
    "robots": "robots.txt 不允许",
    "not-recognised": "不是预期的页面",
    "not-offered": "没有找到入口",
    "guard": "检测守则不允许的操作",
}

_MEASURED = {
    # the norm's parameters
    "home_clicks_max": "限值：首页点击次数",
    "home_scroll_screens_max": "限值：距页首屏数",
    "contrast_text_min": "限值：文字对比度",
    "contrast_nontext_min": "限值：图形对比度",
    "font_px_min": "限值：字号",
    "ad_label_font_px_min": "限值：广告标志字号",
    "target_px_min": "限值：可点尺寸",
    "close_clicks_max": "限值：关闭点击次数",
    "close_available_s": "限值：可关闭时间",
    "popup_observe_s": "关闭后观察时间",
    "notice_before_effect_days": "限值：生效前公示",
    "notice_major_change_days": "限值：重大修改公示",
    "comment_period_min_days": "限值：征求意见期",
    "closing_notice_days": "限值：终止前公示",
    "dereg_processing_workdays_max": "限值：注销办理",
    "rights_request_days_max": "限值：答复请求",
    "privacy_policy_clicks_max": "限值：到隐私政策点击次数",
    "account_rights_clicks_max": "限值：从账户首页点击次数",
    "complaint_clicks_max": "限值：到投诉点击次数",
    "topk": "比较的结果数",
    "sort_violations_max": "限值：乱序相邻对占比",
    "personalisation_delta": "限值：排序差异",
    "emphasis_share_max": "限值：强调文字占比",
    "emphasis_share_warn": "警戒：强调文字占比",
    # what tests measure
    "ads": "广告数",
    "extras": "搭售项数",
    "rule": "规则",
    "accepted": "认定",
    "adjacent": "相邻",
    "area_share": "面积占比",
    "chosen": "默认选中",
    "chosen_at_first_sight": "初见时已选中",
    "clicks": "点击次数",
    "close_px": "关闭标志尺寸",
    "colour": "颜色",
    "contrast": "对比度",
    "count": "数量",
    "coverage": "覆盖率",
    "currency": "币种",
    "date": "日期",
    "font_px": "字号",
    "height": "高度",
    "height_px": "高度",
    "href": "链接",
    "in_total": "计入合计",
    "kind": "类型",
    "label": "标志文字",
    "links": "链接",
    "name": "名称",
    "opacity": "不透明度",
    "orders": "订单数",
    "place": "位置",
    "position": "名次",
    "price": "价格",
    "rank": "名次",
    "reason": "原因",
    "results": "结果数",
    "role": "角色",
    "screens": "距页首屏数",
    "scroll_screens": "距页首屏数",
    "seconds": "用时",
    "share": "占比",
    "size_px": "尺寸",
    "status": "状态",
    "step": "步骤",
    "text": "文字",
    "title": "标题",
    "total": "合计",
    "url": "网址",
    "visible": "可见",
    "width": "宽度",
    "width_px": "宽度",
}
# the ends of a measurement's name tell its unit, as the names of the norm's parameters do
_UNIT_OF_END = {
    "px": "px",
    "s": "秒",
    "seconds": "秒",
    "ms": "毫秒",
    "min": "分钟",
    "hours": "小时",
    "days": "天",
    "workdays": "个工作日",
    "years": "年",
    "clicks": "次",
    "screens": "屏",
    "contrast": ": 1",
    "ratio": ": 1",
    "price": "元",
    "yuan": "元",
    "元": "元",
    "width": "px",
    "height": "px",
}
_UNIT_ZH = {
    "clicks": "次",
    "viewport heights": "屏",
    "ratio": ": 1",
    "days": "天",
    "hours": "小时",
    "minutes": "分钟",
    "working days": "个工作日",
    "working day": "个工作日",
    "CNY": "元",
    "results": "条",
    "share of characters": "（字数占比）",
}


@dataclass(frozen=True)
class Measured:
    """One row of a table of measurements, ready to show."""

    name: str
    value: str
    unit: str
    name_en: str = ""

    @property
    def room(self) -> int:
        """How much of a line it needs, in half-width characters."""
        return columns(self.name) + columns(self.value) + columns(self.unit)

    @property
    def value_en(self) -> str:
        """The value in English, as far as there are words for it."""
        return english.value(self.value)

    @property
    def unit_en(self) -> str:
        """The unit in English; signs such as px stay."""
        return english.UNIT.get(self.unit, self.unit)


def measured_rows(measured: Mapping[str, Any], units: Mapping[str, str] | None = None) -> Iterator[Measured]:
    """A row for each measurement; what is nested is flattened to `outer · inner`.

    The unit is what the value itself says (`{"value": 8, "unit": "px"}`), else what `units` knows (the norm's
    parameters by name), else what the end of the name says; a value that is no number has none.
    """
    for key, value in measured.items():
        yield from _rows(_name(key), _name_en(key), key, value, units or {})


def _rows(name: str, name_en: str, key: str, value: Any, units: Mapping[str, str]) -> Iterator[Measured]:
    unit = units.get(key) or _UNIT_OF_END.get(key.rsplit("_", 1)[-1], "")
    if isinstance(value, Mapping) and set(value) == {"value", "unit"}:
        value, unit = value["value"], str(value["unit"])
    if isinstance(value, Mapping):
        for inner, item in value.items():
            both = f"{name} · {_name(str(inner))}", f"{name_en} · {_name_en(str(inner))}"
            yield from _rows(*both, str(inner), item, units)
        if not value:
            yield Measured(name, "无", "", name_en)
        return
    unit = _UNIT_ZH.get(unit, unit.removeprefix("CSS ") if unit.startswith("CSS px") else unit)
    yield Measured(name, shown(value), unit if _is_number(value) else "", name_en)


def _name(key: str) -> str:
    """A measurement's Chinese name; a Chinese key is one itself, without the unit at its end."""
    if key.isascii():
        return _MEASURED.get(key, key)
    name, _, end = key.rpartition("_")
    return name if name and end in _UNIT_OF_END else key


def _name_en(key: str) -> str:
    return english.name(key, _name(key))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def shown(value: Any) -> str:
    """A measured value in words; None is what could not be measured."""
    match value:
        case None:
            return "未能测得"
        case bool():
            return "是" if value else "否"
        case float():
            return f"{value:.4g}" if abs(value) < 10_000 else f"{value:.0f}"
        case list() | tuple() | set():
            return "、".join(shown(item) for item in value) or "无"
        case dict():
            return "，".join(f"{_MEASURED.get(str(key), key)} {shown(item)}" for key, item in value.items()) or "无"
        case _:
            return str(value)


def device(name: str) -> str:
    """A device's Chinese name; a Playwright device keeps its own."""
    return DEVICE.get(name, name)


def place(name: str) -> str:
    """A place's Chinese name, or the name itself."""
    return PLACE.get(name, name)


def wall(name: str) -> str:
    """A wall's Chinese name, or the name itself."""
    return WALL.get(name, name)


def gist(text: str, most: int = 18) -> str:
    """The beginning of an article's text for a heading: without its usual subject, at most `most` characters."""
    first = text.split("\n", 1)[0].removeprefix("电子商务平台经营者")
    return first if len(first) <= most else first[:most].rstrip("，、；：。") + "…"


def columns(text: str) -> int:
    """The columns that `text` takes on a terminal: full-width characters two, combining ones none."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )
