"""Predicates of administrative licences: which home and what it leads to name, whether they can be right, and which its business wants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from gongping.detectors import permits
from gongping.detectors.complaints import speaks_chinese
from gongping.detectors.permits import Permit
from gongping.lexicon import phrase, words
from gongping.norm.judgement import Judgement
from gongping.norm.predicates_base import BasePredicates
from gongping.observations.documents import Document, HomeSeen, Mark
from gongping.sight.model import Seen, Sight

LINES = {
    "food": "食品",
    "drug": "药品",
    "device": "医疗器械",
    "books": "图书",
    "travel": "旅游",
}
_ALSO = {"books": ("books", "publishing"), "device": ("device", "drug")}
"""Lines that a licence of another name covers."""

_PLAIN = 3
"""Lines of navigation that want no licence, from which on home is taken to tell what is sold (convention)."""

_ALL_LINKS = 400
"""So many links of home an observation keeps."""


class PermitPredicates(BasePredicates):
    """Mixed into Predicates."""

    def permits_named(self, home: HomeSeen) -> list[Permit]:
        """The licences that home, the page of the business licence and the pages of the licences name."""
        labels = "\n".join(dict.fromkeys(link.label for link in home.links if link.label not in home.text))
        texts = [self.sight(home.sight).text, labels, *(d.all_text for d in _pages(home))]
        return [p for text in texts for p in permits.permits_in(text)]

    def own_licensed_goods(self, home: HomeSeen) -> dict[str, list[tuple[Seen, str]]]:
        """Articles on home that the platform itself sells and that plainly want a licence."""
        return permits.own_goods(self.sight(home.sight))

    def permit_right(self, kind: str, named: Sequence[Permit], home: HomeSeen, today: date) -> Judgement:
        """Whether the licences of one kind have a number that can be one, and are in force."""
        of_kind = [p for p in named if p.kind == kind]
        name = of_kind[0].name
        numbers = list(dict.fromkeys(p.number for p in of_kind if p.number))
        ends = [p.ends for p in of_kind if p.ends]
        measured: dict[str, Any] = {
            "许可": name,
            "编号": "、".join(numbers) or None,
            "有效期至": max(ends, default=None),
        }
        fake = next((p for p in of_kind if p.fake), None)
        if fake and all(p.fake for p in of_kind if p.number):
            return Judgement("broken", f"{name}的编号“{fake.number}”是占位内容", measured)
        if fake:
            return Judgement("unknown", f"{name}在另一处写作“{fake.number}”，请人工核对", measured)
        if ends and max(ends) < today:
            return Judgement("broken", f"{name}的有效期已于 {max(ends):%Y年%m月%d日} 届满", measured)
        if numbers:
            return Judgement("held", "", measured)
        away = next((p for p in of_kind if phrase("licence_kept_away").search(p.said)), None)
        drawn = any(d.pictures for d in _pages(home))  # a picture may hold the number
        if (
            away
            and not drawn
            and (phrase("of_its_own_trade").search(away.said) or kind in self.own_licensed_goods(home))
        ):
            return Judgement("broken", f"{name}没有编号，只写“{away.said[:60]}”", measured)
        return self._unnumbered(kind, name, home, measured)

    def _unnumbered(self, kind: str, name: str, home: HomeSeen, measured: dict[str, Any]) -> Judgement:
        """A licence that is named without a number: what its link leads to decides."""
        marks = [m for m in home.marks_for("permit") if _kind(m) in (kind, "all")]
        followed = [d for m in marks for d in _led_to(m, home)]
        dead = [d for d in followed if d.wall in ("not-found", "no-effect")]
        if followed and len(dead) == len(followed):
            return Judgement("broken", f"“{name}”没有编号，链接失效（{dead[0].detail[:60]}）", measured)
        read = [d for d in followed if not d.wall]
        if read and all(
            d.all_text.strip() and d.how != "file" and not d.pictures and not self._framed(d) for d in read
        ):
            return Judgement("broken", f"“{name}”只有名称，首页和所链接的“{read[0].title[:20]}”都没有编号", measured)
        return Judgement("unknown", f"“{name}”只有名称，没有读到编号，请人工打开核对", measured)

    def permits_shown(self, home: HomeSeen, named: Sequence[Permit], today: date) -> Judgement:
        """Whether the licences that the business wants are named with numbers that can be right, and none is over. Missing is broken only
        for what the platform itself plainly sells, where home and all that it leads to was read."""
        kinds = list(dict.fromkeys(p.kind for p in named))
        own = self.own_licensed_goods(home)
        labels = [link.label for link in home.links]
        lines = permits.lines_named(labels)
        judged = {kind: self.permit_right(kind, named, home, today) for kind in kinds}
        measured: dict[str, Any] = {
            "公示的许可": "、".join(dict.fromkeys(f"{p.name} {p.number}".strip() for p in named)) or None,
            "首页的经营品类": "、".join(dict.fromkeys(lines.values())) or None,
            "自营的需许可商品": "；".join(said[:40] for cards in own.values() for _, said in cards[:1]) or None,
        }
        wrong = [j.zh for j in judged.values() if j.broken]
        doubts = self._unread(home)
        missing = [k for k in dict.fromkeys([*own, *lines]) if not any(a in kinds for a in _ALSO.get(k, (k,)))]
        sold = [k for k in missing if k in own and (k in lines or len(own[k]) > 1)]
        if sold and not doubts:
            wrong += [
                f"首页自营销售{LINES[k]}（如“{own[k][0][1][:40]}”），首页和证照页面都没有公示相应的行政许可或者备案"
                for k in sold
            ]
        if wrong:
            return Judgement("broken", "；".join(wrong), measured)
        open_ = [j.zh for j in judged.values() if j.unknown]
        if missing:
            what = "、".join(LINES[k] for k in missing)
            why = doubts[0] if doubts else "是否由平台自营从页面无法确定"
            open_.append(f"首页有{what}业务，没有认出相应的行政许可，{why}，请人工核对")
        if open_:
            return Judgement("unknown", "；".join(open_), measured)
        if named:
            return Judgement("held", "", measured)
        if not speaks_chinese([home.text]):
            return Judgement("unknown", "站点以外文经营，没有认出中国的行政许可信息，是否需要许可请人工核对", measured)
        return Judgement(
            "unknown",
            "首页没有行政许可信息，也没有认出需要许可的业务；确无此类业务的，请在目标中声明 facts: {licensed_business: false}",
            measured,
        )

    def nothing_wants_a_permit(self, home: HomeSeen, named: Sequence[Permit], declared: bool | None) -> str:
        """Why no line of business wants a licence, with what shows it; "" where one may."""
        lines = permits.lines_named(link.label for link in home.links)
        if named or lines or self.own_licensed_goods(home) or declared:
            return ""
        if declared is False:
            return "目标声明没有需要行政许可的业务，首页也没有认出"
        plain = permits.plain_lines(link.label for link in home.links)
        others = any(words(c).contains(home.text) for c in ("third_party", "seller_join", "seller"))
        if len(plain) >= _PLAIN and not others:
            return f"首页的经营品类（{'、'.join(plain[:6])}）都不需要行政许可，没有认出其他业务"
        return ""

    def _framed(self, document: Document) -> bool:
        return bool(document.sight and self.sight(document.sight).unread_frames)

    def _unread(self, home: HomeSeen) -> list[str]:
        """What may show a licence and was not read."""
        doubts = []
        followed = [d for m in home.marks_for("permit", "licence_mark") for d in m.followed]
        doubts += [f"“{d.title[:16] or d.url[:40]}”没有读到（{d.wall}）" for d in followed if d.wall not in ("", "not-found", "no-effect")][:1]  # fmt: skip
        if any("执照" not in p.name for d in _pages(home) for p in d.pictures) or any(
            d.how == "file" or self._framed(d) for d in _pages(home)
        ):
            doubts.append("证照页面上有图片或者文件没有读出")
        sight = self.sight(home.sight)
        unnamed = [
            s
            for s in sight.elements
            if s.shown and s.tag == "img" and not s.name and s.box.width >= 40 and _in_foot(sight, s)
        ]  # fmt: skip
        if unnamed:
            doubts.append(f"首页底部有 {len(unnamed)} 张没有名称的图片")
        if home.grows or len(home.links) >= _ALL_LINKS:
            doubts.append("首页没有全部读完")
        return doubts


def _pages(home: HomeSeen) -> list[Document]:
    """The pages of the licences that were read."""
    return [d for m in home.marks_for("permit", "licence_mark", "licence_inline") for d in m.followed if not d.wall]


def _in_foot(sight: Sight, seen: Seen) -> bool:
    return seen.box.y > sight.size[1] - sight.viewport[1] / 2 or any(
        a.tag == "footer" or a.role == "contentinfo" for a in sight.ancestors(seen.index)
    )


def _kind(mark: Mark) -> str:
    hit = words("permit").match(mark.label)
    return hit.key if hit else ""


def _led_to(mark: Mark, home: HomeSeen) -> tuple[Document, ...]:
    """What a mark led to: itself followed, or another with the same address up to its fragment."""
    if mark.followed or not mark.seen.href:
        return mark.followed
    address = mark.seen.href.split("#")[0]
    return next(
        (m.followed for m in home.marks_for("permit") if m.followed and m.seen.href.split("#")[0] == address), ()
    )
