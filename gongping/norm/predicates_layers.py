"""Predicates of popups: close_control and one_click_close, for one trial and for all trials of a popup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongping.norm.judgement import Judgement, State
from gongping.norm.predicates_base import BasePredicates
from gongping.observations.layers import Appeared, ClickSeen, MarkSeen, PopupsSeen, Trial

FRESH_SESSIONS = 10
"""Fresh sessions before anything may be said of popups that did not come (norm.yaml: fixtures.anonymous_fresh_session, 24.2)."""

TRIALS_EACH = 3
"""Trials of each distinct popup (norm.yaml: 24.3, pass)."""

PLACES = {"home": "首页", "search": "搜索结果页", "product": "商品页", "cart": "购物车"}
FORMS = {"overlay": "弹层", "float": "浮动", "bar": "横条", "rail": "侧栏"}

_GRACE = 0.9
"""Anti-aliased strokes at 1x never reach the colour that was set: measured pixels get a tenth of grace (as `legible` has it)."""

_RUNS_AWAY = 10.0
"""CSS px under the approaching pointer; hover effects stay below (convention)."""


class LayerPredicates(BasePredicates):
    """Mixed into Predicates."""

    # -- close_control ------------------------------------------------------------------------------------------------------

    def close_control(self, trial: Trial) -> Judgement:
        """close_control: a close mark, there by close_available_s, at least target_px_min on both sides, with contrast_nontext_min
        against its ground, fully inside the viewport, reached by the pointer at its middle."""
        limit = float(self.parameter("close_available_s"))
        measured = _numbers(trial)
        if trial.late is not None:
            gate = f"（页面提示“{trial.gate}”）" if trial.gate else ""
            return Judgement(
                "broken",
                f"弹出后 {limit:g} 秒内没有可用的关闭标志，到第 {trial.late.after_s:g} 秒才看到{gate}",
                measured,
            )
        if not trial.marks:
            return _without_mark(trial, limit, measured)
        judged = [self._mark_holds(trial, m) for m in trial.marks]
        held = next((j for j in judged if j.held), None)
        if held is None:
            worst = judged[0] if judged[0].broken else next((j for j in judged if j.unknown), judged[0])
            return Judgement(worst.state, worst.zh, measured)
        if trial.available_s is not None and trial.available_s > limit:
            return Judgement(
                "unknown", f"关闭标志在弹出后 {trial.available_s:g} 秒出现，在 {limit:g} 秒的界限上，无法断定", measured
            )
        decoy = [
            m for m in trial.marks if m.link and m.strength == "mark" and m != trial.mark and (m.contrast or 0) >= 2
        ]
        if decoy:
            return Judgement(
                "unknown", f"另有一个带广告链接的“{decoy[0].label}”，可能是假的关闭标志，请人工确认", measured
            )
        if trial.mark and trial.mark.at_zoom_200 is False:
            return Judgement("unknown", "放大到 200% 时关闭标志不在视口内；其余各项均符合", measured)
        return Judgement("held", "", measured)

    def _mark_holds(self, trial: Trial, mark: MarkSeen) -> Judgement:
        """One closing control by itself."""
        least, ratio = float(self.parameter("target_px_min")), float(self.parameter("contrast_nontext_min"))
        name = f"关闭标志“{mark.label}”" if mark.strength != "shape" else "关闭图标"
        if is_fake(trial) and mark == trial.mark:
            went = trial.click.navigated or "、".join(trial.click.opened) if trial.click else ""
            return Judgement("broken", f"{name}是假的：点击它打开了广告（{went}），弹层没有关闭")
        if mark.strength == "grudging":
            return Judgement("broken", f"只有“{mark.label}”这样的文字可以退出，没有关闭标志")
        moved = max(
            mark.moved_px or 0,
            trial.click.moved_px if trial.click and mark == trial.clicked and not trial.click.closed else 0,
        )
        if moved >= _RUNS_AWAY:
            return Judgement("broken", f"指针靠近时{name}移开了 {moved:g} 像素")
        if mark.visible_share is not None and mark.visible_share < 0.97:
            return Judgement("broken", f"{name}有 {1 - mark.visible_share:.0%} 在视口以外")
        if mark.strength == "words":
            return Judgement("unknown", f"只有“{mark.label}”可以退出，它是否算关闭标志需要人工判断")
        if mark.link and not (mark == trial.clicked and trial.click and trial.click.closed):
            return Judgement("unknown", f"{name}在广告链接里面，没有试过能否关闭")
        if mark.hit_centre is False:
            return Judgement(
                "unknown", f"{name}的中心点不到它自己，点到的是 {mark.over or '别的元素'}；能否关闭见 24.3"
            )
        if mark.hit_width is None or mark.hit_height is None:
            return Judgement("unknown", f"{name}的可点击范围无法测量")
        if min(mark.hit_width, mark.hit_height) < least - 1:
            return Judgement(
                "broken",
                f"{name}的可点击范围只有 {mark.hit_width:g}×{mark.hit_height:g} 像素，小于 {least:g}×{least:g}",
            )
        if mark.contrast is None:
            return Judgement("unknown", f"{name}的对比度无法测量")
        if mark.contrast < ratio * _GRACE:
            return Judgement("broken", f"{name}与背景的对比度只有 {mark.contrast:g}:1，低于 {ratio:g}:1")
        return Judgement("held")

    # -- one_click_close ----------------------------------------------------------------------------------------------------

    def one_click_close(self, trial: Trial) -> Judgement:
        """one_click_close: one click on the closing control removes the layer and its mask within a second, opens nothing, asks
        nothing, and nothing comes again on that page within popup_observe_s."""
        measured = _numbers(trial)
        click, mark = trial.click, trial.mark
        if click is None or mark is None:
            return Judgement("unknown", "没有可以点击的关闭标志（见 24.2），无法试验一键关闭", measured)
        measured |= {
            "一次点击关闭": click.closed, "关闭用时_s": click.closed_s, "关闭所需点击": click.clicks_to_close, "关闭后观察_s": click.observed_s,
            "打开的页面": list(click.opened) or None, "跳转": click.navigated or None, "对话框": list(click.dialogs) or None,
        }  # fmt: skip
        if mark.strength == "grudging":
            return Judgement(
                "unknown", f"只有“{mark.label}”可以退出，它不是关闭标志（见 24.2），没有关闭标志可以试验", measured
            )
        if click.unreached:
            return Judgement("unknown", f"关闭标志没有点到：{click.unreached}", measured)
        if is_fake(trial):
            return Judgement("unknown", "弹层上的关闭标志是假的（见 24.2），没有真的关闭标志可以试验", measured)
        if (mark.moved_px or 0) >= _RUNS_AWAY or (not click.closed and click.moved_px >= _RUNS_AWAY):
            return Judgement("unknown", "关闭标志在指针靠近时移开（见 24.2），无法试验一键关闭", measured)
        found = _what_the_click_opened(click) or _what_stayed(trial, click, mark) or self._what_came(click)
        return Judgement(found.state, found.zh, measured) if found else Judgement("held", "", measured)

    def _what_came(self, click: ClickSeen) -> Judgement | None:
        """Layers that came after the layer had gone."""
        limit = float(self.parameter("popup_observe_s"))
        if click.scroll_locked:
            return Judgement("broken", "弹层关闭后页面仍被锁住，不能滚动")
        for came in click.appeared:
            said = _name(came)
            if came.retention:
                return Judgement("broken", f"点击关闭后出现挽留弹层{said}")
            if came.after_s > limit:
                continue
            if came.layer.form == "overlay":
                when = "立即" if came.after_s == 0 else f"在 {came.after_s:g} 秒内"
                state: State = "broken" if came.layer.kind == "ad" else "unknown"
                return Judgement(
                    state, f"关闭后{when}又弹出{'广告' if state == 'broken' else '可能是广告的弹层'}{said}"
                )
            if came.after_s == 0 and came.own_close is False:
                return Judgement("broken", f"关闭后缩成浮动图标{said}，而它自己没有关闭标志")
            if came.layer.kind == "ad" and came.own_close is False:
                return Judgement("broken", f"关闭后 {came.after_s:g} 秒内又出现没有关闭标志的浮动广告{said}")
        return None

    # -- all trials of a popup ----------------------------------------------------------------------------------------------

    def close_control_of(self, trials: Sequence[Trial]) -> tuple[Judgement, Trial]:
        """close_control over all trials of one popup, and the trial that shows it. One odd trial among several is no proof."""
        judged = [(self.close_control(t), t) for t in trials]
        broken = [x for x in judged if x[0].broken]
        if broken and len(broken) * 2 > len(judged):
            return broken[0]
        if broken:
            return Judgement(
                "unknown", f"{len(judged)} 次中有 {len(broken)} 次：{broken[0][0].zh}", broken[0][0].measured
            ), broken[0][1]
        return next((x for x in judged if x[0].unknown), judged[0])

    def one_click_close_of(self, trials: Sequence[Trial]) -> tuple[Judgement, Trial]:
        """one_click_close over all trials of one popup: it must hold in every one, and in at least three."""
        judged = [(self.one_click_close(t), t) for t in trials]
        for state in ("broken", "unknown"):
            for judgement, trial in judged:
                if judgement.state == state:
                    return judgement, trial
        if len(judged) < TRIALS_EACH:
            return Judgement(
                "unknown",
                f"该弹窗只出现并试验了 {len(judged)} 次，少于 {TRIALS_EACH} 次；均为一次点击关闭",
                judged[0][0].measured,
            ), judged[0][1]
        return judged[0]


def is_fake(trial: Trial) -> bool:
    """Whether the mark only leads to the advertisement: it lies in the advertisement's own link, and the click opened something and
    closed nothing (a link that took the page away closed nothing, either)."""
    click, mark = trial.click, trial.mark
    return bool(
        mark
        and click
        and mark.link
        and mark.hit_centre is not False
        and (click.opened or click.navigated)
        and not click.closed
    )


def _without_mark(trial: Trial, limit: float, measured: dict[str, Any]) -> Judgement:
    if trial.waited_s < limit:
        return Judgement("unknown", f"弹层在 {limit:g} 秒以内自行消失，没有来得及查看关闭标志", measured)
    if trial.unreadable:
        return Judgement("unknown", f"弹层里有无法读取的部分（{trial.unreadable}），不能断定没有关闭标志", measured)
    exits = f"，只能{'、'.join(trial.other_exits)}退出" if trial.other_exits else ""
    gate = f"（页面提示“{trial.gate}”）" if trial.gate else ""
    return Judgement("broken", f"弹出后 {limit:g} 秒内没有关闭标志{gate}，之后也没有出现{exits}", measured)


def _what_the_click_opened(click: ClickSeen) -> Judgement | None:
    also = "，弹层同时关闭" if click.closed else ""
    if click.opened:
        return Judgement("broken", f"点击关闭标志打开了新页面 {'、'.join(click.opened)}{also}")
    if click.navigated:
        return Judgement("broken", f"点击关闭标志跳转到 {click.navigated}")
    if click.downloads:
        return Judgement("broken", f"点击关闭标志开始下载 {'、'.join(click.downloads)}{also}")
    if click.dialogs:
        return Judgement("broken", f"点击关闭标志弹出对话框“{click.dialogs[0].split(': ', 1)[-1]}”")
    return None


def _what_stayed(trial: Trial, click: ClickSeen, mark: MarkSeen) -> Judgement | None:
    """What a click that did not close the layer left."""
    if click.mask_left:
        return Judgement("broken", "弹层关闭后遮罩仍留在页面上，页面无法操作")
    if click.closed:
        return None
    for came in click.appeared:
        if came.retention:
            return Judgement("broken", f"点击关闭后出现挽留内容{_name(came)}，弹层没有关闭")
    if click.clicks_to_close == 1:
        return Judgement("unknown", "弹层关闭用了一秒以上，请人工确认")
    if click.clicks_to_close:
        return Judgement("broken", f"需要点击 {click.clicks_to_close} 次才能关闭")
    if mark.strength != "mark":
        return Judgement("unknown", f"点击“{mark.label}”后弹层没有关闭，它可能不是关闭控件")
    return Judgement(
        "broken",
        f"点击一次“{mark.label}”后弹层没有关闭"
        + ("，再次点击也没有关闭" if mark.hit_centre is not False else f"，点到的是 {mark.over}"),
    )


def _name(came: Appeared) -> str:
    return f"“{came.layer.name}”" if came.layer.text else ""


def _numbers(trial: Trial) -> dict[str, Any]:
    mark = trial.mark
    numbers: dict[str, Any] = {
        "弹层": trial.layer.text[:60], "地点": PLACES.get(trial.layer.place, trial.layer.place), "形式": FORMS[trial.layer.form], "出现时机": trial.layer.trigger, "认定为广告的依据": trial.layer.why,
        "占视口": trial.layer.share, "遮罩": trial.layer.mask, "第几次会话": trial.session, "等待_s": trial.waited_s,
    }  # fmt: skip
    if mark:
        numbers |= {
            "关闭标志": mark.label, "标志依据": mark.why, "出现于_s": mark.after_s, "可点击宽_px": mark.hit_width, "可点击高_px": mark.hit_height,
            "对比度": mark.contrast, "视口内比例": mark.visible_share, "指针靠近时移动_px": mark.moved_px, "放大200%仍在视口内": mark.at_zoom_200,
        }  # fmt: skip
    if trial.other_exits:
        numbers["其他退出方式"] = "、".join(trial.other_exits)
    return numbers


def sample(popups: PopupsSeen) -> str:
    """The sample in words: sessions, places, layers that were no advertisement."""
    places = "、".join(f"{PLACES.get(p, p)} {n} 次" for p, n in popups.places.items())
    ended = "；".join(popups.walls)
    return f"{len(popups.sessions)} 次全新会话，首页被识别 {popups.home_sessions} 次；到访 {places or '无'}" + (
        f"（中断：{ended}）" if ended else ""
    )


def unseen(popups: PopupsSeen) -> list[str]:
    """Places that no session reached because something stopped it; one to which no way was found may not exist, and a cart that only
    who has signed in may see is no page for anybody."""
    stops = [wall for wall in popups.walls if not wall.startswith("not-offered")]
    private = all(wall.startswith("login") for wall in stops)
    return [
        name
        for place, name in PLACES.items()
        if stops and place not in popups.places and not (place == "cart" and private)
    ]
