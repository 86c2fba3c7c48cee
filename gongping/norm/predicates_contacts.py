"""Predicates of how a platform is reached: whether complaint and report methods are published, and whether they can work."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from gongping.detectors import contacts
from gongping.detectors.contacts import Channel
from gongping.lexicon import words
from gongping.norm.judgement import Judgement
from gongping.norm.predicates_base import BasePredicates
from gongping.observations.documents import Document, HomeSeen, PictureRead

_SURE = 0.9
"""OCR confidence from which on a number that was read in a picture counts (as for codes, norm.yaml 6.1)."""

_FOLDED = 3
"""Entries: a closed menu that the page holds already has at least so many; one with fewer is filled when it is opened (convention)."""

_ALL_LINKS = 400
"""So many links of home an observation keeps."""


class ContactPredicates(BasePredicates):
    """Mixed into Predicates."""

    def complaint_channels(self, home: HomeSeen) -> list[Channel]:
        """Every channel that home, its foot, the pages for help and complaints and the privacy policy show."""
        plans = contacts.regions(self.locale)
        found = list(contacts.channels_on(self.sight(home.sight), plans, place="home"))
        documents = [*home.contacts.documents, *(d for m in home.marks_for("agreement_privacy") for d in m.followed)]
        for document in documents:
            if document.wall or not document.sight:
                continue
            about = bool(words("complaint").match(document.title) or words("complaint_method").contains(document.title))
            for channel in contacts.channels_on(
                self.sight(document.sight),
                plans,
                place=document.kind,
                complaint=about and document.kind != "agreement_privacy",
            ):
                if self._of_the_frame(channel, document):
                    continue
                if not any(
                    c.plain == channel.plain and c.place == channel.place and c.complaint >= channel.complaint
                    for c in found
                ):
                    found.append(channel)
        for picture in home.contacts.pictures:
            found += self._in_picture(picture, plans)
        return found

    @staticmethod
    def _of_the_frame(channel: Channel, document: Document) -> bool:
        """Whether a number stands in the head or foot that every page has, which home has shown."""
        written = channel.kind in ("phone", "email") and not channel.value.isdigit()
        return written and channel.value not in re.sub(r"\s+", " ", document.text)

    def _in_picture(self, picture: PictureRead, plans: tuple[str, ...]) -> list[Channel]:
        if not picture.text:
            return []
        said = f"{picture.seen.name}\n{picture.text}"
        return [
            replace(c, seen=picture.seen, read=picture.confidence) for c in contacts.channels_in_text(said, plans, place=picture.place)
        ]  # fmt: skip

    def channel_works(self, channel: Channel) -> Judgement:
        """Whether a published channel is the platform's own and no placeholder, as far as its form shows."""
        whose = {"own": "平台", "regulator": "监管部门等外部机构", "seller": "商家", "other": "非消费者渠道"}[
            channel.whose
        ]
        measured: dict[str, Any] = {"号码或者地址": channel.value, "归属": whose, "标明用于投诉举报": channel.complaint, "服务时间": channel.hours or None,
                                    "图片识别置信度": channel.read}  # fmt: skip
        if channel.whose != "own":
            return Judgement("held", f"属于{whose}", measured)
        if channel.read is not None and channel.read < _SURE:
            return Judgement("unknown", f"号码只在图片中，识别置信度 {channel.read}，请人工核对", measured)
        if channel.sound is False:
            return Judgement("broken", f"“{channel.value}”是{channel.why}，无法联系到平台", measured)
        if channel.sound is None and channel.kind == "phone":
            return Judgement("unknown", f"“{channel.value}”{channel.why}，请人工拨打核实", measured)
        return Judgement("held", "", measured)

    def complaint_methods_published(self, home: HomeSeen, channels: list[Channel]) -> Judgement:
        """Whether one staffed channel of the platform's own (telephone, chat, form) and one for complaints or reports are published
        where nobody has to log in. Broken only where all that home leads to was read."""
        gated = [m.label for m in home.contacts.entries if any(d.wall == "login" for d in m.followed)]
        own = [
            c
            for c in channels
            if c.whose == "own" and c.kind not in ("social", "site") and not (c.kind == "online" and c.value in gated)
        ]
        works = [c for c in own if self.channel_works(c).held]
        staffed = [c for c in works if c.kind in ("phone", "form", "online")]
        measured: dict[str, Any] = {
            "平台自有渠道": "、".join(dict.fromkeys(c.value for c in works)) or None,
            "其他渠道": "、".join(dict.fromkeys(f"{c.value[:40]}（{c.whose}）" for c in channels if c.whose != "own"))
            or None,
            "读过的页面": "、".join(
                dict.fromkeys(["首页", *(d.title[:16] for d in home.contacts.documents if not d.wall)])
            ),
            "读过的首页链接数": len(home.links),
        }
        fake = [c for c in own if self.channel_works(c).broken and c.kind == "phone"]
        if fake:
            said = "、".join(dict.fromkeys(c.value for c in fake))
            if any(c.kind == "phone" for c in works):
                real = next(c.value for c in works if c.kind == "phone")
                return Judgement("unknown", f"除 {real} 外还公布了占位号码 {said}，请人工核对哪个有效", measured)
            return Judgement("broken", f"公布的电话 {said} 是占位号码", measured)
        if staffed and any(c.complaint for c in works):
            return self._one_number(works, measured)
        doubts = self._not_read(home)
        if staffed:
            ways = "、".join(dict.fromkeys(c.value for c in staffed))
            return Judgement("unknown", f"公布了 {ways}，但没有标明可以用于投诉、举报，请人工核对", measured)
        if own:
            ways = "、".join(dict.fromkeys(c.value for c in own))
            why = next((j.zh for j in map(self.channel_works, own) if not j.held), "是否有人受理无法判断")
            return Judgement("unknown", f"只公布了 {ways}：{why}", measured)
        if doubts:
            return Judgement("unknown", f"没有找到平台自己的投诉、举报渠道，但{'；'.join(doubts)}", measured)
        social = [c.value for c in channels if c.kind == "social"]
        if social:
            return Judgement("unknown", f"只公布了社交账号（{social[0]}），是否受理投诉、举报请人工核对", measured)
        if gated:
            return Judgement("broken", f"“{gated[0]}”要求先登录，登录前没有公布任何投诉、举报方式", measured)
        if any(c.whose == "seller" for c in channels):
            return Judgement("broken", "只公布了商家的联系方式，没有平台自己的投诉、举报渠道", measured)
        if any(c.whose == "regulator" for c in channels):
            return Judgement("broken", "只公布了 12315 等监管部门的渠道，没有平台自己的投诉、举报渠道", measured)
        read = f"读过首页 {len(home.links)} 个链接和按钮、{sum(not d.wall for d in home.contacts.documents)} 个相关页面"
        return Judgement("broken", f"没有公布任何投诉、举报方式（{read}）", measured)

    def _one_number(self, works: list[Channel], measured: dict[str, Any]) -> Judgement:
        """Held, unless pages name different numbers for the same hotline."""
        by_label: dict[str, dict[str, set[str]]] = {}
        every: dict[str, set[str]] = {}
        for c in works:
            if c.kind == "phone":
                every.setdefault(c.place, set()).add(c.plain.removeprefix("86"))
            if c.kind == "phone" and c.label:
                by_label.setdefault(c.label, {}).setdefault(c.place, set()).add(c.plain.removeprefix("86"))
        for label, places in by_label.items():
            if any(
                places[a].isdisjoint(every[b]) and places[b].isdisjoint(every[a]) for a in places for b in places
            ):  # a page that names the other's number too, under another name, tells nothing else
                said = "、".join(sorted({n for s in places.values() for n in s}))
                return Judgement("unknown", f"不同页面公布的“{label}”号码不同（{said}），请人工核对哪个有效", measured)
        return Judgement("held", "", measured)

    def _not_read(self, home: HomeSeen) -> list[str]:
        """What home leads to and was not read: reasons why nothing found proves nothing."""
        seen = home.contacts
        if not seen.looked:
            return ["没有查找过投诉、举报入口"]
        doubts = []
        walled: list[Document] = [d for d in seen.documents if d.wall and d.wall not in ("login", "not-found")]
        doubts += [f"有页面没有读到（{d.wall}，{d.detail[:40]}）" for d in walled[:1]]
        doubts += [f"“{m.label}”没有打开查看" for m in seen.entries if not m.followed][:1]
        unread = [p for p in seen.pictures if p.confidence is None]
        if unread:
            doubts.append(f"{len(unread)} 张图片未能识别文字，请人工查看图片中有无电话（{contacts_remedy()}）")
        if seen.unnamed:
            doubts.append(f"有 {len(seen.unnamed)} 个没有名称的悬浮图标，可能是在线客服，请人工点击查看")
        if len(home.links) >= _ALL_LINKS or home.grows:
            doubts.append("首页内容不断加载或者链接过多，没有全部读完")
        sight = self.sight(home.sight)
        folded = [s for s in sight.elements if not s.shown and s.words and len(s.words) <= 24 and s.tag != "#text"]
        ways = [s.words for s in folded if any(words(c).match(s.words) for c in ("complaint", "help", "contact_page"))]
        if ways:
            doubts.append(f"首页菜单中折叠着“{ways[0][:20]}”，请人工展开查看")
        menu = next(
            (s for s in sight.elements if s.shown and s.operable and words("menu").match(sight.label_of(s))), None
        )
        if menu is not None and len(folded) < _FOLDED:
            doubts.append(f"首页菜单“{sight.label_of(menu)[:12]}”没有展开，请人工查看")
        if sight.unread_frames:
            doubts.append("首页有内嵌页面无法读取")
        return doubts


def contacts_remedy() -> str:
    """How text in pictures can be read."""
    from gongping.detectors import ocr

    return ocr.REMEDY if not ocr.available() else "图片不在截图范围内"
