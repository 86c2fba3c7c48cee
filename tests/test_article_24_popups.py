"""第二十四条 弹出等形式的广告：显著标明关闭标志，确保一键关闭。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from gongping.detectors.layers import by_popup
from gongping.evidence.show import Evidence
from gongping.norm.judgement import Judgement
from gongping.norm.predicates import Predicates
from gongping.norm.predicates_layers import FORMS, FRESH_SESSIONS, PLACES, sample, unseen
from gongping.observations.layers import PopupsSeen, Trial
from gongping.testing import cant_tell, duty, inapplicable

KINDS = {
    "cookie": "Cookie 提示", "privacy": "隐私提示", "login": "登录提示", "city": "城市选择", "age": "年龄确认", "app": "客户端引导", "chat": "客服",
    "captcha": "验证", "terms": "协议更新", "notification": "通知授权", "shop": "购物操作", "notice": "公告", "other": "其他", "doubtful": "性质不明",
}  # fmt: skip


def _name(trial: Trial) -> str:
    return f"{PLACES.get(trial.layer.place, trial.layer.place)}的弹窗广告“{trial.layer.name}”"


def _judge(
    popups: PopupsSeen,
    evidence: Evidence,
    predicate: Callable[[Sequence[Trial]], tuple[Judgement, Trial]],
    caption: str,
) -> list[tuple[str, Judgement, Trial]]:
    """Every popup that is or may be an advertisement, judged over all its trials and shown."""
    judged = []
    for trials in by_popup(popups.trials).values():
        judgement, trial = predicate(trials)
        evidence.show(
            trial, f"{_name(trial)}：{caption}", judged=judgement, place=trial.layer.place, element=trial.layer.name,
            试验次数=len(trials), 判断=judgement.zh or "符合", 性质=None if trial.layer.kind == "ad" else "性质不明",
        )  # fmt: skip
        if trial.click and trial.click.sight and not judgement.held:
            evidence.show(None, f"{_name(trial)}：点击关闭之后", sight=trial.click.sight, judged="seen")
        judged.append((_name(trial), judgement, trial))
    return judged


def _sample(popups: PopupsSeen, evidence: Evidence) -> None:
    """Says what was looked at, and which layers were left out because they are no advertisements."""
    others = Counter(
        f"{KINDS.get(x.kind, x.kind)}（{FORMS[x.form]}）"
        for x in {x.key: x for x in popups.layers if x.kind != "ad"}.values()
    )
    keyboard = [s.keyboard for s in popups.sessions if s.keyboard]
    evidence.show(
        None, "抽样", quote=sample(popups), 会话=len(popups.sessions), 首页识别=popups.home_sessions, 地点={PLACES.get(p, p): n for p, n in popups.places.items()},
        非广告弹层=dict(others) or None, 键盘=keyboard or None, 中断=[s.wall for s in popups.sessions if s.wall] or None,
    )  # fmt: skip


def _conclude(popups: PopupsSeen, judged: list[tuple[str, Judgement, Trial]], facts: Any) -> None:
    """What is left to say where nothing is broken: doubts, too small a sample, or that there was no popup advertisement."""
    doubts = [f"{name}：{j.zh}" for name, j, t in judged if j.unknown and t.layer.kind == "ad"]
    doubts += [
        f"{name}（性质不明：{t.layer.why}）：{j.zh}" for name, j, t in judged if not j.held and t.layer.kind != "ad"
    ]
    if doubts:
        cant_tell("；".join(doubts))
    fleeting = {
        x.name for x in popups.layers if x.kind == "ad" and x.form in ("overlay", "float") and not x.after_closing
    } - {t.layer.name for t in popups.trials}
    if fleeting and not judged:
        cant_tell(f"出现过弹窗广告{'、'.join(f'“{n}”' for n in fleeting)}，但没有来得及试验就消失了")
    if judged and popups.home_sessions < FRESH_SESSIONS:
        cant_tell(f"所见弹窗广告均符合，但只完成了{sample(popups)}，少于 {FRESH_SESSIONS} 次")
    if missing := unseen(popups):
        said = "所见弹窗广告均符合" if judged else "没有发现弹窗广告"
        cant_tell(f"{said}，但没有一次会话到达{'、'.join(missing)}：{sample(popups)}")
    if judged:
        return
    if facts.popup_ads is False:
        inapplicable(f"平台声明没有弹窗广告（facts.popup_ads: false），{sample(popups)}，也没有发现弹窗广告")
    if facts.popup_ads is True:
        cant_tell(f"平台声明有弹窗广告，但{sample(popups)}，没有遇到")
    if popups.home_sessions < FRESH_SESSIONS:
        cant_tell(f"没有发现弹窗广告，但只完成了{sample(popups)}，少于 {FRESH_SESSIONS} 次")
    inapplicable(f"没有弹窗广告：{sample(popups)}；停留、滚动、鼠标移向页面上缘之后均没有广告弹层")


@duty("24.1")
def test_ads_do_not_impede_the_use_of_the_site(
    popups: PopupsSeen, norm: Predicates, evidence: Evidence, facts: Any
) -> None:
    """
    > 电子商务平台经营者利用互联网发布、发送广告，不得影响消费者正常使用网络

    Fails if: an advertisement over the whole view locks the page and nothing closes it; one that was closed comes again on page after
    page; the back button, or a click on a part of the page where nothing is, opens an advertisement.
    A pass does not show: that pages out of this walk, or applications, are as quiet; whether a sound comes later.

    违反：广告遮住整个视口、锁住页面且无法关闭；关闭后在后续页面一再出现；返回键或者点击页面空白处打开广告。
    未发现违反不说明：本次未到的页面或者应用同样没有妨碍；稍后是否会发出声音。
    """
    judged: list[tuple[Judgement, str]] = []
    for trial in popups.trials:
        if trial.layer.kind == "ad":
            each = norm.shuts_out(trial)
            judged.append((each, trial.layer.name))
            if not each.held:
                evidence.show(trial, f"{_name(trial)}：妨碍使用", judged=each, place=trial.layer.place, element=trial.layer.name)  # fmt: skip
    for session in popups.sessions:
        each = norm.reopens(session)
        judged.append((each, ""))
        if each.broken:
            for visit in session.visits:
                for layer in visit.layers[:1]:
                    evidence.show(layer.seen, f"第 {session.number} 次会话，{PLACES.get(visit.place, visit.place)}", judged=each, place=visit.place, element="反复弹出")  # fmt: skip
        for click in session.blanks:
            each = norm.quiet_when_clicked(click)
            judged.append((each, ""))
            if not each.held:
                evidence.show(None, f"点击{PLACES.get(click.place, click.place)}的空白处", judged=each, place=click.place, url=click.url, sight=click.sight, element="空白处", **each.measured)  # fmt: skip
        if session.back:
            each = norm.back_is_free(session.back)
            judged.append((each, ""))
            if not each.held:
                evidence.show(None, "按返回键之后", judged=each, place="product", url=session.back.left, sight=session.back.sight, element="返回", **each.measured)  # fmt: skip
    quiet = norm.stays_quiet(popups)
    blanks = [c for s in popups.sessions for c in s.blanks]
    backs = [s.back for s in popups.sessions if s.back]
    evidence.show(
        None, "抽样", quote=sample(popups), judged="seen", 空白处点击=len(blanks), 返回键=len(backs), 返回所需按键=[b.presses for b in backs] or None,
        中断=[s.wall for s in popups.sessions if s.wall] or None,
    )  # fmt: skip
    broken = list(dict.fromkeys(j.zh for j, _ in judged if j.broken))
    assert not broken, "；".join(broken)
    doubts = list(dict.fromkeys(j.zh for j, _ in [*judged, (quiet, "")] if j.unknown))
    if doubts:
        cant_tell("；".join(doubts))
    missing = [
        *(["返回键没有试过"] if not backs else []),
        *(["没有找到可以点击的空白处"] if not blanks else []),
        *([f"只完成了{sample(popups)}，少于 {FRESH_SESSIONS} 次"] if popups.home_sessions < FRESH_SESSIONS else []),
    ]
    if missing:
        cant_tell(
            f"没有发现广告妨碍使用，但{'，'.join(missing)}" + (f"（{'；'.join(popups.walls)}）" if popups.walls else "")
        )


@duty("24.2")
def test_popup_ads_carry_a_conspicuous_close_mark(
    popups: PopupsSeen, norm: Predicates, evidence: Evidence, facts: Any
) -> None:
    """
    > 在网站页面以弹出等形式发布的广告，应当显著标明关闭标志

    Fails if: a popup advertisement has no close mark within a second, gets one only after a countdown, has one that is smaller than
    24 px, hardly stands out, lies outside the view, runs from the pointer or is a fake that opens the advertisement, or can be left only
    by Escape, the mask or words that shame the consumer.
    A pass does not show: that no other popup comes, to other consumers or at other times; nor how a mark looks that is only drawn in a
    picture.

    违反：弹窗广告一秒内没有关闭标志，或者倒计时结束才出现；标志小于 24 像素、不醒目、在视口之外、躲避指针，或者是打开广告的假标志；或者只
    能用 Esc、点遮罩、点带有羞辱意味的文字离开。
    未发现违反不说明：对其他消费者或者在其他时间没有别的弹窗；仅画在图片里的标志是什么样子。
    """
    judged = _judge(popups, evidence, norm.close_control_of, "关闭标志")
    _sample(popups, evidence)
    broken = [f"{name}：{j.zh}" for name, j, t in judged if j.broken and t.layer.kind == "ad"]
    assert not broken, "；".join(broken)
    _conclude(popups, judged, facts)


@duty("24.3")
def test_one_click_closes_a_popup_ad(popups: PopupsSeen, norm: Predicates, evidence: Evidence, facts: Any) -> None:
    """
    > 确保一键关闭

    Fails if: one real click in the middle of the close mark does not remove the advertisement and its mask within a second, or opens a
    page, a dialog or a layer that holds the consumer back, or an advertisement comes again on that page within a minute.
    A pass does not show: that popups of other campaigns close as well.

    违反：用真实点击按一次关闭标志的中心，一秒内广告及其遮罩没有消失，或者打开页面、对话框、挽留弹层，或者一分钟内广告在本页再次出现。
    未发现违反不说明：其他活动的弹窗也能一键关闭。
    """
    judged = _judge(popups, evidence, norm.one_click_close_of, "一键关闭")
    _sample(popups, evidence)
    broken = [f"{name}：{j.zh}" for name, j, t in judged if j.broken and t.layer.kind == "ad"]
    assert not broken, "；".join(broken)
    elsewhere = _different_ad_on_another_page(popups)
    if elsewhere:
        cant_tell(f"弹窗广告均能一键关闭，但关闭之后在其他页面出现另一弹窗广告：{elsewhere}")
    _conclude(popups, judged, facts)


def _different_ad_on_another_page(popups: PopupsSeen) -> str:
    """A different popup advertisement on a later page of a session in which one was closed (norm.yaml: 24.3, cannot_tell)."""
    found = Counter[str]()
    for session in popups.sessions:
        closed = {
            t.layer.key: t.layer.place for t in session.trials if t.click and t.click.closed and t.layer.kind == "ad"
        }
        order = [v.place for v in session.visits]
        for visit in session.visits:
            for layer in visit.layers:
                before = [p for k, p in closed.items() if k != layer.key and order.index(p) < order.index(visit.place)]
                if layer.kind == "ad" and layer.form == "overlay" and before:
                    found[f"{PLACES.get(visit.place, visit.place)}“{layer.name}”"] += 1
    return "、".join(f"{name} {n} 次" for name, n in found.items())
