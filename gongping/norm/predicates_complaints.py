"""Predicates of the mechanism for complaints and reports: whether a consumer comes to a form or to people, and isn't sent elsewhere."""

from __future__ import annotations

from typing import Any

from gongping.detectors.complaints import Desk, desk, speaks_chinese
from gongping.detectors.contacts import Channel
from gongping.lexicon import words
from gongping.norm.judgement import Judgement
from gongping.norm.predicates_contacts import ContactPredicates
from gongping.observations.documents import Document, HomeSeen, Mark


class ComplaintPredicates(ContactPredicates):
    """Mixed into Predicates."""

    def complaint_entries(self, home: HomeSeen) -> list[tuple[Mark, Document]]:
        """The ways in for complaints and reports that home leads to, with what each click reached. Where a platform speaks another
        language than Chinese, its customer service is the way in."""
        service = not speaks_chinese([home.text])
        return [
            (mark, document)
            for mark in home.contacts.entries
            for document in mark.followed
            if service
            or mark.concept == "complaint"
            or document.kind == "complaint"
            or words("complaint").match(document.title)
        ]

    def complaint_mechanism(self, home: HomeSeen, channels: list[Channel]) -> Judgement:
        """Whether an entry within complaint_clicks_max of home leads to a form or to people who take complaints and reports. Broken where
        the entry is dead, where its own page sends everybody to a social account, a code or an app, or to a box that nobody answers."""
        limit = int(self.parameter("complaint_clicks_max"))
        entries = self.complaint_entries(home)
        reached = [(m, d) for m, d in entries if not d.wall and d.clicks <= limit]
        gated = [m.label for m, d in entries if d.wall == "login"]
        own = [
            c for c in channels if c.whose == "own" and c.kind not in ("social", "site") and self.channel_works(c).held
        ]
        mute = {d.sight for _, d in reached if _feedback(d) and desk(d.all_text).mute}
        staffed = [
            c
            for c in own
            if self._staffed(c, home, gated) and not (c.kind == "form" and c.seen and c.seen.sight in mute)
        ]
        said = desk("\n".join([home.text, *(d.all_text for d in home.contacts.documents if not d.wall)]))
        measured: dict[str, Any] = {
            "入口": "、".join(dict.fromkeys(f"{m.label}（{d.clicks} 次点击）" for m, d in reached)) or None,
            "受理渠道": "、".join(dict.fromkeys(c.label or c.value for c in staffed)) or None,
            "写明受理投诉": said.complaints[:60] or None,
            "写明受理举报": said.reports[:60] or None,
        }
        if reached:
            return self._at_the_desk(home, reached, own, staffed, said, measured)
        hotline = [c for c in staffed if c.complaint and c.kind == "phone" and c.place == "home"]
        if hotline:
            return self._both(home, said, measured | {"入口": f"首页公布的 {hotline[0].value}"})
        return self._no_desk(home, entries, own, staffed, measured)

    def _staffed(self, channel: Channel, home: HomeSeen, gated: list[str]) -> bool:
        """Whether a form takes complaints, or people answer: at a chat, or on the telephone at hours that are stated."""
        if channel.kind == "form":
            return channel.complaint or not speaks_chinese([home.text])
        if channel.kind == "online":
            return channel.value not in gated
        return channel.kind == "phone" and bool(channel.hours or not speaks_chinese([home.text]))

    def _at_the_desk(
        self, home: HomeSeen, reached: list[tuple[Mark, Document]], own: list[Channel], staffed: list[Channel], said: Desk, measured: dict[str, Any]
    ) -> Judgement:  # fmt: skip
        label = reached[0][0].label[:20]
        here = desk("\n".join(d.all_text for _, d in reached))
        if staffed:
            chats = all(c.kind == "online" for c in staffed)
            if chats and said.machine and not said.people:
                zh = f"“{label}”只有智能客服（“{said.machine[:40]}”），没有读到转人工或者提交的途径，请人工核对"
                return Judgement("unknown", zh, measured)
            return self._both(home, said, measured)
        feedback = next((d for _, d in reached if _feedback(d)), None)
        if feedback and here.mute:
            zh = f"投诉入口“{label}”打开的是“{feedback.title[:20]}”，写明“{here.mute[:60]}”，没有其他写明有人受理的渠道"
            return Judgement("broken", zh, measured)
        doubts = self._not_read(home)
        if any(self.sight(d.sight).unread_frames for _, d in reached):
            doubts.append(f"“{label}”的页面有内嵌页面无法读取")
        if here.away and not own and not doubts and speaks_chinese([home.text]):
            zh = f"“{label}”只指向社交账号、二维码或者应用（“{here.away[:80]}”），没有表单、人工客服或者电话"
            return Judgement("broken", zh, measured)
        phones = [c.value for c in own if c.kind == "phone"]
        why = (
            f"只有电话 {phones[0]}，没有公布人工服务时间"
            if phones
            else f"打开的是“{feedback.title[:20]}”，没有写明受理投诉"
            if feedback
            else f"只写有“{here.away[:60]}”"
            if here.away
            else "没有读到可以提交的表单、在线人工客服或者有服务时间的电话"
        )
        return Judgement("unknown", "；".join([f"“{label}”{why}，请人工核对", *doubts[:1]]), measured)

    def _both(self, home: HomeSeen, said: Desk, measured: dict[str, Any]) -> Judgement:
        """Held where complaints and reports are both taken, as far as the pages say so."""
        missing = [name for name, s in (("投诉", said.complaints), ("举报", said.reports)) if not s]
        if missing and speaks_chinese([home.text]):
            zh = f"有受理渠道（{measured['受理渠道']}），没有写明受理{'和'.join(missing)}，请人工核对"
            return Judgement("unknown", zh, measured)
        return Judgement("held", "", measured)

    def _no_desk(
        self, home: HomeSeen, entries: list[tuple[Mark, Document]], own: list[Channel], staffed: list[Channel], measured: dict[str, Any]
    ) -> Judgement:  # fmt: skip
        dead = [(m, d) for m, d in entries if d.wall == "not-found"]
        if dead and len(dead) == len(entries):
            mark, document = dead[0]
            zh = f"投诉入口“{mark.label[:20]}”失效（{document.detail[:60]}）"
            if staffed:
                return Judgement("unknown", f"{zh}，另公布了 {staffed[0].value}，请人工核对", measured)
            return Judgement("broken", f"{zh}，没有其他写明有人受理的渠道", measured)
        if entries:
            mark, document = entries[0]
            zh = f"“{mark.label[:20]}”没有到达（{document.wall}），请人工登录或者打开核对"
            return Judgement("unknown", zh, measured)
        doubts = self._not_read(home)
        if own or doubts:
            why = f"公布了 {own[0].value}，没有标明用于投诉、举报" if own else doubts[0]
            return Judgement("unknown", f"没有找到投诉、举报入口：{why}，请人工核对", measured)
        zh = f"首页 {len(home.links)} 个链接和可达的帮助页面没有投诉、举报入口，订单和商品页面没有查看，请人工核对"
        return Judgement("unknown", zh, measured)


def _feedback(document: Document) -> bool:
    """Whether a page is there for feedback, which is less than a complaint (norm.yaml 44.1, evasions)."""
    return bool(words("feedback").match(document.title) and not words("complaint").match(document.title))
