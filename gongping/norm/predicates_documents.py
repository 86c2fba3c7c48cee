"""Predicates of disclosure: what stands on home, how prominently, and whether what it leads to says what it must."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongping.detectors.licence import companies_in, contracting_parties, latin_companies_in, licence_facts, same_entity
from gongping.lexicon import phrase, words
from gongping.norm.judgement import Judgement, both
from gongping.norm.predicates_base import BasePredicates
from gongping.observations.documents import Document, HomeSeen, Mark

_SURE = 0.9
"""OCR confidence from which on a code that was read in a picture counts (norm.yaml 6.1, cannot_tell)."""

_FULL_TEXT = 60
"""Characters: what is shorter is an index, a stub or a wall (convention; real agreements have thousands)."""


@dataclass(frozen=True)
class LicenceMark:
    """A mark of the licence on home: how prominent it is, and what each document that it leads to shows."""

    mark: Mark
    prominent: Judgement
    shown: tuple[Judgement, ...]

    @property
    def whole(self) -> Judgement:
        """Prominent, and one of its documents in order."""
        return both(self.prominent, next((j for j in self.shown if j.held), self.shown[0]))


class DocumentPredicates(BasePredicates):
    """Mixed into Predicates."""

    def home_prominent(self, mark: Mark) -> Judgement:
        """home_prominent: visible on home at first sight, in persistent navigation, or within home_scroll_screens_max of plain scrolling,
        and legible. The grade (strong, ok) is measured."""
        limit = float(self.parameter("home_scroll_screens_max"))
        measured: dict[str, Any] = {"滚动屏数": mark.screens, "区域": mark.region}
        if mark.pushed_away:
            return Judgement("broken", f"页面不断加载新内容，滚动 {limit:g} 屏以内无法到达该标识", measured)
        if mark.screens is None or mark.screens > limit:
            return Judgement("broken", f"该标识在 {limit:g} 屏以外", measured)
        measured["等级"] = "strong" if mark.screens == 0 else "ok"
        if mark.how in ("picture", "ocr"):
            if mark.seen.box.height < 10 or mark.seen.box.width < 16:
                return Judgement(
                    "broken", f"标识图片只有 {mark.seen.box.width:g}×{mark.seen.box.height:g} 像素", measured
                )
            return Judgement("held", "", measured)
        return both(Judgement("held", "", measured), self.legible(self._text_of(mark), what="标识文字"))

    def _text_of(self, mark: Mark) -> Any:
        """The element that carries the mark's glyphs: the link itself or the text inside it."""
        sight = self.sight(mark.seen.sight)
        inside = [s for s in sight.within(mark.seen.index) if s.shown and s.words and s.text_box]
        return max(inside, key=lambda s: len(s.words), default=mark.seen)

    def licence_marks(self, home: HomeSeen, today: date) -> list[LicenceMark]:
        """The marks of the business licence on home, each with how prominent it is and what it leads to."""
        agreements = [d for m in home.marks_for("agreement_user", "rule_centre") for d in m.followed]
        judged = []
        for mark in home.marks_for("licence_mark", "licence_inline"):
            shown = [self.licence_shown(d, agreements, today) for d in mark.followed] or [self.not_followed(mark)]
            judged.append(LicenceMark(mark, self.home_prominent(mark), tuple(shown)))
        return judged

    def licence_on_home(self, home: HomeSeen, today: date) -> Judgement:
        """Whether home shows the business licence or a mark that leads to it: one good mark is enough."""
        wholes = [m.whole for m in self.licence_marks(home, today)]
        if not wholes:
            read = not home.unread_pictures or home.ocr
            zh = "首页没有营业执照标识" if read else "首页文字中没有营业执照标识，图片未能识别"
            return Judgement("broken" if read else "unknown", zh, {})
        order = {"held": 0, "unknown": 1, "broken": 2}
        return min(wholes, key=lambda j: order[j.state])

    def licence_shown(self, document: Document, agreements: Sequence[Document], today: date) -> Judgement:
        """Whether what a licence mark leads to is a readable licence: a code that passes its check digit, in force, and the entity
        that the user agreement names."""
        measured: dict[str, Any] = {
            "页面": document.title[:40],
            "HTTP": document.status,
            "点击次数": document.clicks,
        }
        if document.wall == "captcha":
            return Judgement("unknown", "证照页面要求验证码（captcha），无法阅读", measured)
        if document.wall == "login":
            return Judgement("broken", "查看营业执照信息要求先登录", measured)
        if document.wall == "no-effect":
            return Judgement("broken", "点击标识后回到（或者停留在）首页，没有展示营业执照信息", measured)
        if document.wall == "not-found":
            return Judgement("broken", f"链接失效（{document.detail}）", measured)
        if document.wall:
            return Judgement("unknown", f"没有到达证照页面：{document.wall}（{document.detail}）", measured)
        facts = licence_facts(document.all_text)
        if document.how == "file" and not (facts.valid_code and facts.names):  # a scan, or text that came out garbled
            return Judgement(
                "unknown", f"点击后得到的是文件 {document.detail}，没有读出完整的证照信息，请人工核对", measured
            )
        measured |= {
            "统一社会信用代码": facts.valid_code or "、".join(c.written for c in facts.codes) or None,
            "名称": "、".join(facts.names) or None,
            "照面项目数": facts.fields,
        }
        if not facts.codes:
            if document.pictures and not document.read_in_pictures:
                return Judgement("unknown", "页面上只有图片，未能识别出文字，请人工核对执照图片", measured)
            if document.read_in_pictures and facts.fields < 2:
                return Judgement("unknown", "执照只有图片，文字识别不完整，请人工核对", measured)
            if phrase("licence_in_an_app").search(document.all_text) and len(document.all_text) < 400:
                return Judgement("broken", "证照信息只能在应用内查看", measured)
            return Judgement("broken", "所链接的页面上没有统一社会信用代码", measured)
        if not facts.valid_code:
            if document.read_in_pictures and not licence_facts(document.text).codes:
                return Judgement("unknown", "代码只在图片中，识别结果未通过校验，请人工核对", measured)
            if any("*" in c.written for c in facts.codes):
                return Judgement("unknown", "统一社会信用代码被部分隐去，无法校验", measured)
            return Judgement("broken", f"统一社会信用代码 {facts.codes[0].written} 未通过 GB 32100 校验", measured)
        if not licence_facts(document.text).codes and (document.ocr_confidence or 0) < _SURE:
            return Judgement("unknown", f"代码从图片识别，置信度 {document.ocr_confidence}，低于 {_SURE}", measured)
        if facts.ends and facts.ends < today and not facts.long_term:
            return Judgement("broken", f"营业期限已于 {facts.ends:%Y年%m月%d日} 届满", measured)
        return self._same_party(facts.names, document.all_text, agreements, measured)

    def _same_party(
        self, names: Sequence[str], licence: str, agreements: Sequence[Document], measured: dict[str, Any]
    ) -> Judgement:
        readable = [d for d in agreements if not d.wall and d.text]
        foreign = [c for d in readable for c in latin_companies_in(d.text)]
        plain = re.sub(r"[\s.,]", "", licence).lower()
        if any(re.sub(r"[\s.,]", "", c).lower() in plain for c in foreign):
            return Judgement("held", "", measured)
        if not names:
            return Judgement("unknown", "执照信息中没有识别出主体名称", measured)
        if not readable:
            return Judgement("unknown", "没有读到用户协议，无法核对执照主体与协议主体是否一致", measured)
        text = "\n".join(d.text for d in readable)
        if any(same_entity(n, c) for n in names for c in companies_in(text)):
            return Judgement("held", "", measured)
        parties = [p for d in readable for p in contracting_parties(d.text)]
        measured["协议主体"] = "、".join(dict.fromkeys(parties)) or None
        if parties:
            return Judgement("broken", f"执照主体“{names[0]}”与用户协议的缔约主体“{parties[0]}”不一致", measured)
        if foreign:
            return Judgement(
                "unknown", f"协议主体“{foreign[0]}”写的是外文名称，执照信息上没有，请人工核对是否同一主体", measured
            )
        return Judgement("unknown", "用户协议没有写明缔约主体，无法核对", measured)

    def not_followed(self, mark: Mark) -> Judgement:
        """A mark that leads nowhere: bare text, no link, and not the information itself."""
        if not mark.seen.operable:
            return Judgement("broken", f"“{mark.label}”不是链接，首页也没有执照内容", {})
        return Judgement("unknown", f"“{mark.label}”没有被点击", {})

    def full_text_reached(self, mark: Mark, *concepts: str) -> Judgement:
        """Whether one click on a mark, or one more from the index it leads to, reaches the full text."""
        measured: dict[str, Any] = {"标识": mark.label, "点击次数": max((d.clicks for d in mark.followed), default=0)}
        if not mark.seen.operable:
            return Judgement("broken", f"“{mark.label}”不是链接", measured)
        if not mark.followed:
            return Judgement("unknown", f"“{mark.label}”没有被点击", measured)
        reached = [d for d in mark.followed if not d.wall]
        full = [d for d in reached if len(re.sub(r"\s", "", d.all_text)) >= _FULL_TEXT and self._names(d, concepts)]
        current = [d for d in full if not superseded(d)]
        if full and not current:
            said = superseded(full[-1])
            return Judgement(
                "broken", f"“{mark.label}”打开的是旧版：“{said}”", measured | {"标题": full[-1].title[:40]}
            )
        full = current
        if full:
            return Judgement(
                "held",
                "",
                measured
                | {
                    "标题": full[-1].title[:40],
                    "字数": len(re.sub(r"\s", "", full[-1].all_text)),
                    "形式": full[-1].how,
                },
            )
        if unread := [d for d in reached if d.how == "file"]:
            return Judgement(
                "unknown", f"“{mark.label}”给出的是文件（{unread[0].detail}），未能认定为全文，请人工核对内容", measured
            )
        walls = [d for d in mark.followed if d.wall]
        if walls and not reached:
            first = walls[0]
            measured |= {"HTTP": first.status}
            words_for = {
                "login": "要求先登录",
                "not-found": "链接失效",
                "no-effect": "点击后没有反应",
            }
            if first.wall in words_for:
                return Judgement("broken", f"“{mark.label}”{words_for[first.wall]}（{first.detail}）", measured)
            return Judgement("unknown", f"“{mark.label}”没有到达：{first.wall}（{first.detail}）", measured)
        return Judgement(
            "unknown", f"“{mark.label}”打开的页面（{reached[0].title[:30]}）未能认定为全文，请人工核对", measured
        )

    def _names(self, document: Document, concepts: Sequence[str]) -> bool:
        """Whether a document's heading or opening lines name one of the concepts."""
        head = [document.title, *document.opening(8)]
        return any(words(c).match(line) for c in concepts for line in head if 1 < len(line) <= 60)


_HEAD = 12
"""Lines at the top of a document in which it says of itself that it is an old version (convention)."""


def superseded(document: Document) -> str:
    """The words with which a document says, at its top, that it is no longer in force; "" where it does not."""
    lines = [document.title, *document.opening(_HEAD)]
    return next((x.strip()[:80] for x in lines if len(x) <= 160 and words("superseded").match(x)), "")
