"""Predicates of how terms reach who agrees to them: hidden sentences, names that can't be clicked, and prompts in place of the terms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongping.detectors import conspicuousness
from gongping.detectors.agreements import plain_name
from gongping.detectors.hidden_terms import HiddenTerm, hidden_terms, is_binding
from gongping.detectors.material_terms import MaterialTerm, Matter
from gongping.detectors.opinions import Asking, askings
from gongping.lexicon import phrase
from gongping.norm.judgement import Judgement
from gongping.norm.predicates_base import BasePredicates
from gongping.norm.predicates_documents import superseded
from gongping.norm.predicates_terms import in_force
from gongping.observations.library import LibrarySeen, Named, Paper
from gongping.sight.address import without_anchor
from gongping.sight.model import Seen
from gongping.sight.unseen import Unseen, unseen

_HOW = {
    "undisplayed": "没有显示",
    "faint": "完全透明",
    "clipped": "被裁去或者不可见",
    "aside": "排在页面之外",
    "one-colour": "与背景同色",
    "tiny": "字号过小",
    "slit": "放在过矮的滚动框中",
}

_MATTERS: dict[Matter, str] = {
    "fee": "费用",
    "renewal": "续费",
    "no-return": "退改限制",
    "deposit": "定金、押金",
    "provisions": "收费或者责任限制",
}

_ONE_TONE = 1.15
"""Contrast below which a picture shows no glyphs (convention: above the noise of anti-aliasing)."""

_GONE = re.compile(r"HTTP (?:404|410)")


@dataclass(frozen=True)
class Withheld:
    """A binding sentence that its document keeps from being read, or may."""

    paper: Paper
    term: HiddenTerm
    judgement: Judgement

    @property
    def said(self) -> str:
        return f"《{self.paper.name[:30]}》：“{self.term.sentence[:80]}”{self.judgement.zh}"


class ConveyingPredicates(BasePredicates):
    """Mixed into Predicates."""

    def withheld(self, library: LibrarySeen) -> list[Withheld]:
        """The binding sentences of the documents in force that nobody can read (broken), or perhaps nobody (unknown)."""
        found = [
            Withheld(paper, term, self._withheld(paper, term))
            for paper in in_force(library)
            for term in hidden_terms(paper.document)
        ]
        return [w for w in found if not w.judgement.held]

    def _withheld(self, paper: Paper, term: HiddenTerm) -> Judgement:
        measured: dict[str, Any] = {
            "方式": _HOW[term.how],
            "字号_px": term.font_px or None,
            "框高_px": round(term.box.height) if term.how == "slit" and term.box else None,
            "框内字数": term.behind or None,
        }
        said = f"在文件中，但{_HOW[term.how]}"
        if term.how in ("one-colour", "faint"):
            return self._by_pixels(paper, term, said, measured)
        if term.how == "tiny":
            return Judgement("broken", f"{said}（{term.font_px:g}px）", measured)
        if term.openers:
            return Judgement("held", f"可以由“{term.openers[0]}”打开", measured)
        if term.how == "slit":
            height = term.box.height if term.box else 0.0
            return Judgement("broken", f"{said}（高 {height:.0f}px，{term.behind} 字）", measured)
        if term.operated:
            return Judgement("unknown", f"{said}，页面上有控件，可能打开它，请人工点击核对", measured)
        return Judgement("broken", f"{said}，页面上也没有能打开它的控件", measured)

    def _by_pixels(self, paper: Paper, term: HiddenTerm, said: str, measured: dict[str, Any]) -> Judgement:
        """What computed colours say, a picture must show."""
        crop = self.album.crop(Seen(paper.document.sight, -1, -1, "p", term.box), term.box) if term.box else None
        if crop is None:
            return Judgement("unknown", f"{said}，没有截图可以核对，请人工选中文字核对", measured)
        tones = conspicuousness.shape_contrast(crop[0])
        measured["截图中的对比度"] = tones or 1.0
        if tones is not None and tones >= _ONE_TONE:
            return Judgement("held", "截图中看得见", measured)
        if term.how == "faint" and term.operated:
            return Judgement("unknown", f"{said}，页面上有控件，可能打开它，请人工点击核对", measured)
        return Judgement("broken", said, measured)

    def opens(self, named: Named, library: LibrarySeen) -> Judgement:
        """Whether the name of an agreement at registration opens its text with one click."""
        label = f"“《{named.name[:30]}》”"
        measured: dict[str, Any] = {"字号_px": named.seen.font_px or None, "高_px": round(named.seen.box.height, 1)}
        clickable = self.clickable(named)
        if not clickable.held or named.opened:
            return clickable
        paper = _led_to(named, library)
        if paper is None:
            return Judgement("unknown", f"{label}没有打开，请人工点击核对", measured)
        document = paper.document
        measured |= {"打开方式": document.how, "字数": len(document.text)}
        if document.wall:
            gone = document.wall == "not-found" and bool(_GONE.search(document.detail))
            told = document.detail.split(" (", maxsplit=1)[0].removeprefix("not-found: ")
            said = f"{label}链接失效（{told}）" if gone else f"{label}没有打开：{told}，请人工点击核对"
            return Judgement("broken" if gone else "unknown", said, measured)
        if document.how == "page" and without_anchor(document.url) == without_anchor(
            self.sight(library.registration).url
        ):
            return Judgement("unknown", f"{label}的链接指向注册页本身，请人工点击核对", measured)
        return Judgement("held", "", measured)

    @staticmethod
    def clickable(named: Named) -> Judgement:
        """Whether the name of an agreement is a control of its own."""
        label = f"“《{named.name[:30]}》”"
        if named.way == "text":
            return Judgement("broken", f"{label}只是文字，没有链接，不能点击打开")
        if named.way == "own" and named.opened is not None:
            return Judgement("held") if named.opened else Judgement("broken", f"{label}没有链接，点击后没有反应")
        if named.way in ("box", "own"):
            return Judgement("unknown", f"{label}没有自己的链接，未能认定点击能否打开，请人工点击核对")
        if named.toggles:
            return Judgement("broken", f"{label}的链接被勾选框的标签盖住，点击只会勾选")
        return Judgement("held")

    def slits(self, library: LibrarySeen) -> list[tuple[Unseen, Judgement]]:
        """Boxes of the registration form that are far too low for the text that they hold, where no link opens it."""
        if not library.registration or any(n.way == "control" and self.opens(n, library).held for n in library.named):
            return []
        found = [u for u in unseen(self.sight(library.registration)) if u.how == "slit" and not u.openers]
        return [
            (u, Judgement("broken", f"注册页把 {u.behind} 字的条款放在 {u.box.height:.0f}px 高的框中：“{u.text[:40]}”"))
            for u in found
            if u.box and any(is_binding(line) for line in u.text.splitlines())
        ]

    def conveyed(self, term: MaterialTerm) -> Judgement:
        """Whether a page that asks for a commitment says what a term of weight is, rather than where to read it."""
        measured = {"事项": _MATTERS[term.matter], "文字": term.line[:80]}
        if term.stated:
            return Judgement("held", "", measured)
        if term.matter == "provisions":  # whether there is one of weight for this act, the page does not say
            return Judgement(
                "unknown",
                f"“{term.line[:80]}”只提示阅读协议中的收费、责任条款，页面没有写明其内容，请人工核对协议中有没有与此有重大利害关系的条款",
                measured,
            )
        return Judgement(
            "broken", f"“{term.line[:80]}”只提示到别处阅读，页面没有写明{_MATTERS[term.matter]}的内容", measured
        )

    def heard(self, asking: Asking) -> Judgement:
        """Whether a notice that asks for opinions lets all parties give them, in words of their own, for long enough."""
        least = int(self.parameter("comment_period_min_days"))
        measured: dict[str, Any] = {
            "开始": str(asking.began or "") or None,
            "截止": str(asking.ends or "") or None,
            "相隔天数": asking.days,
            "提交方式": [way[:30] for way in asking.ways[:4]] or None,
        }
        for words, said in (
            (asking.sellers_only, "只接受商家的意见"),
            (asking.votes_only, "只能表态，不能提出意见"),
            (asking.closed if asking.ends else "", f"截止日期（{asking.ends}）之前已停止接收意见"),
        ):
            if words:
                return Judgement("broken", f"{said}：“{words[:60]}”", measured)
        if not asking.ways:
            return Judgement("unknown", "没有读到提交意见的方式，请人工核对页面上的入口", measured)
        if asking.days is None:
            return Judgement("unknown", "没有写明从何时到何时接收意见", measured)
        if asking.days < least:
            return Judgement(
                "unknown", f"接收意见的期间只有 {asking.days} 天，少于 {least} 天，请人工判断是否充分", measured
            )
        return Judgement("held", "", measured)


def pending(library: LibrarySeen, today: date) -> list[tuple[Paper, Asking]]:
    """The notices that ask for opinions until today or later, or on one change without saying until when."""
    return [
        (paper, asking)
        for paper in library.papers
        if paper.read and not superseded(paper.document)
        for asking in askings(paper.document)
        if (asking.ends >= today if asking.ends else phrase("names_one_change").search(asking.title))
    ]


def unread_askings(library: LibrarySeen) -> list[str]:
    """The links to notices that ask for opinions, as they say, that nobody followed."""
    asking, over = phrase("asks_for_opinions"), phrase("comments_over")
    return [label for label in library.left if asking.search(label) and not over.search(label)]


def _led_to(named: Named, library: LibrarySeen) -> Paper | None:
    """The document to which a name led: by its address, else by its label."""
    if named.seen.href.startswith("http"):
        same = [p for p in library.papers if without_anchor(p.document.url) == without_anchor(named.seen.href)]
        if same:
            return same[0]
    return next((p for p in library.papers if plain_name(p.label) == plain_name(named.name)), None)
