"""Predicates of 24.1: advertisements that keep a consumer from what she means to do."""

from __future__ import annotations

from gongping.norm.judgement import Judgement
from gongping.norm.predicates_layers import PLACES, LayerPredicates, sample
from gongping.observations.layers import BackPressed, BlankClick, LayerSeen, PopupsSeen, Session, Trial

REOPENS = 3
"""Pages of a walk on which an advertisement that was closed comes again (norm.yaml: 24.1, fail; >= 3 in 10 pages)."""

LEFT_AREA = 0.3
"""Share of the view that advertisements over the page may keep (norm.yaml: 24.1, pass)."""

_WHOLE_VIEW = 0.9
"""Share of the view from which on a layer counts as over all of it (convention)."""


class HindrancePredicates(LayerPredicates):
    """Mixed into Predicates."""

    def shuts_out(self, trial: Trial) -> Judgement:
        """An advertisement over the whole view, with the page locked, that nothing closes; unknown where it holds a consumer up in
        some lesser way (a close mark that is late, or does not hold)."""
        layer = trial.layer
        blocks = layer.form == "overlay" and (layer.mask or layer.locked or layer.share >= _WHOLE_VIEW)
        measured = {"弹层": layer.text[:60], "占视口": layer.share, "遮罩": layer.mask, "锁定滚动": layer.locked}
        if not blocks:
            return Judgement("held", "", measured)
        control = self.close_control(trial)
        if control.held:
            return Judgement("held", "", measured)
        exits = bool(trial.marks or trial.late or trial.other_exits or trial.unreadable)
        whole = layer.mask or layer.share >= _WHOLE_VIEW
        if control.broken and whole and layer.locked and not exits and not trial.layer.after_closing:
            return Judgement("broken", f"{_where(layer)}的广告{_name(layer)}占满视口、锁住滚动，且无法关闭", measured)
        return Judgement(
            "unknown",
            f"{_where(layer)}的广告{_name(layer)}挡住页面，它的关闭标志不合格（见 24.2）：{control.zh}",
            measured,
        )

    def reopens(self, session: Session) -> Judgement:
        """Whether a popup advertisement that was closed came again on page after page of one walk."""
        closed_at: int | None = None
        again: list[str] = []
        for n, visit in enumerate(session.visits):
            ads = [x for x in visit.layers if x.kind == "ad" and x.form == "overlay" and not x.after_closing]
            if ads and closed_at is not None:
                again.append(f"{PLACES.get(visit.place, visit.place)}{_name(ads[0])}")
            elif ads:
                closed_at = n
        measured = {"会话": session.number, "到访页面": len(session.visits), "关闭后再次弹出": len(again)}
        if len(again) >= REOPENS:
            return Judgement("broken", f"弹窗广告关闭后，在随后的每个页面又弹出：{'、'.join(again)}", measured)
        return Judgement("held", "", measured)

    def quiet_when_clicked(self, click: BlankClick) -> Judgement:
        """Whether a click on a part of the page where nothing is opened an advertisement."""
        place = PLACES.get(click.place, click.place)
        measured = {
            "地点": place, "点击处_px": f"{click.x:g},{click.y:g}", "打开的页面": list(click.opened) or None, "跳转": click.went or None,
            "下载": list(click.downloads) or None, "弹层": [x.name for x in click.layers] or None,
        }  # fmt: skip
        if click.opened:
            return Judgement("broken", f"点击{place}的空白处打开了新页面 {'、'.join(click.opened)}", measured)
        ads = [x for x in click.layers if x.kind == "ad"]
        if ads:
            return Judgement("broken", f"点击{place}的空白处弹出广告{_name(ads[0])}", measured)
        if click.went and click.other_site:
            return Judgement("broken", f"点击{place}的空白处跳转到其他网站 {click.went}", measured)
        if click.went or click.downloads:
            what = f"跳转到 {click.went}" if click.went else f"开始下载 {'、'.join(click.downloads)}"
            return Judgement("unknown", f"点击{place}的空白处{what}，它是不是广告请人工确认", measured)
        return Judgement("held", "", measured)

    def back_is_free(self, back: BackPressed) -> Judgement:
        """Whether one press of the back button leads back, and no advertisement takes its place."""
        measured = {"离开": back.left, "应返回": back.expected, "实际到达": back.arrived, "按键次数": back.presses}
        if back.returned:
            return Judgement("held", "", measured)
        ads = [x for x in back.layers if x.kind == "ad"]
        if ads:
            return Judgement("broken", f"按返回键没有返回，而是弹出广告{_name(ads[0])}", measured)
        if back.other_site:
            return Judgement("broken", f"按返回键没有返回，而是去了其他网站 {back.arrived}", measured)
        often = f"按了 {back.presses} 次才返回" if back.presses else "没有返回"
        return Judgement("unknown", f"按返回键{often}（到达 {back.arrived}），没有看到广告，原因请人工确认", measured)

    def stays_quiet(self, popups: PopupsSeen) -> Judgement:
        """Whether nothing plays aloud by itself, and what advertisements leave over the page is small."""
        heard = sorted(
            {f"{PLACES.get(v.place, v.place)}（{s}）" for w in popups.sessions for v in w.visits for s in v.sounds}
        )
        if heard:
            return Judgement("unknown", f"页面自动播放有声媒体：{'、'.join(heard)}，它是不是广告请人工确认")
        for session in popups.sessions:
            for visit in session.visits:
                left = sum(x.share for x in visit.layers if x.kind == "ad" and x.form in ("float", "bar", "rail"))
                if left > LEFT_AREA:
                    return Judgement(
                        "unknown",
                        f"{PLACES.get(visit.place, visit.place)}的浮动广告合计占视口 {left:.0%}",
                        {"占视口": left},
                    )
        return Judgement("held", sample(popups))


def _where(layer: LayerSeen) -> str:
    return PLACES.get(layer.place, layer.place)


def _name(layer: LayerSeen) -> str:
    return f"“{layer.name}”" if layer.text else ""
