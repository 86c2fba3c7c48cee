"""Predicates of what a platform publishes: what a document says, and whether a platform was read widely enough to say that it does not.

That something is not there is said of a platform only where home, its rules centre, its help and its search were all read (`sought`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from gongping.detectors.papers import kind_of
from gongping.lexicon import phrase
from gongping.norm.judgement import Judgement
from gongping.norm.predicates_documents import superseded
from gongping.norm.predicates_terms import TermsPredicates, in_force
from gongping.observations.library import Kind, LibrarySeen, Paper
from gongping.sight.blocks import Block

HELD = Judgement("held")


@dataclass(frozen=True)
class Passage:
    """Something that a document says, or a part of a duty that it does not: a caption, the judgement, where it stands."""

    about: str
    judgement: Judgement
    paper: Paper | None = None
    block: Block | None = None
    quote: str = ""


@dataclass(frozen=True)
class Disclosure:
    """Whether something is published as it must be, with the passages to show. `lacking` says why the duty does not apply: what is
    encouraged was not adopted, or the thing that it governs does not exist."""

    judgement: Judgement
    passages: tuple[Passage, ...] = ()
    lacking: str = ""


class PublishedPredicates(TermsPredicates):
    """Mixed into Predicates."""

    def sought(self, library: LibrarySeen, what: str, *kinds: Kind) -> Judgement:
        """Whether a platform was read widely enough to say that it does not publish `what`: broken (it is not there) where home with its
        footer, the rules centre and help were read, the site's own search was asked or there is none, and no link to it was left."""
        places = list(dict.fromkeys([*library.searched, *(f"站内搜索“{q}”" for q in library.asked)]))
        measured: dict[str, Any] = {"找过的页面": places, "读过的链接数": library.links_read}
        walls = library.walled(*kinds, "index", "help")
        left = [label for label in library.left if kind_of(label) in (*kinds, "index")]
        reasons = []
        if library.why:
            reasons.append(f"没有读完全部页面（{library.why}）")
        if walls:
            reasons.append(f"“{walls[0].label[:20]}”没有到达（{walls[0].document.wall}）")
        if not library.of("index"):
            reasons.append("没有读到规则中心或者公示中心")
        if not library.of("help"):
            reasons.append("没有读到帮助中心")
        if left:
            reasons.append(f"链接“{left[0][:20]}”没有打开")
        if library.unasked and "搜索框" not in library.unasked:
            reasons.append(library.unasked)
        if "首页" not in library.searched:
            reasons.append("没有读到首页")
        if reasons:
            return Judgement(
                "unknown", f"没有找到{what}，但是{'，'.join(reasons)}，不能认定没有公示，请人工查找", measured
            )
        return Judgement(
            "broken", f"没有{what}（找过：{'、'.join(places[:12])}，共 {library.links_read} 个链接）", measured
        )

    def only_own_sales(self, library: LibrarySeen) -> Passage | None:
        """The sentence with which a platform says that nobody else sells on it."""
        return first_said(in_force(library), "no_other_sellers", "写明没有其他商家", HELD)

    def _parts(self, papers: Sequence[Paper], parts: dict[str, str]) -> tuple[list[Passage], list[str]]:
        """Where documents say each part, and the parts that none says."""
        found, missing = [], []
        for about, name in parts.items():
            said = first_said(papers, name, f"写明：{about}", HELD)
            if said:
                found.append(said)
            else:
                missing.append(about)
        return found, missing


def first_said(
    papers: Iterable[Paper],
    name: str,
    about: str,
    judged: Judgement,
    *,
    kinds: tuple[Kind, ...] = (),
    also: str = "",
) -> Passage | None:
    """The first paragraph in which a phrase stands (and another one, where asked); headings count last."""
    heading: Passage | None = None
    for paper in papers:
        if kinds and paper.kind not in kinds:
            continue
        for block in (*paper.document.blocks, *_pictured(paper)) or lines_of(paper):
            hit = phrase(name).search(block.text)
            if not hit or (also and not phrase(also).search(block.text)):
                continue
            found = Passage(about, judged, paper, block, _around(block.text, hit.start(), hit.end()))
            if block.kind != "heading":
                return found
            heading = heading or found
    return heading


def _around(text: str, start: int, end: int) -> str:
    """The sentence around a hit."""
    begin = max(text.rfind(stop, 0, start) for stop in "。！？\n") + 1
    stops = [i for stop in "。！？\n" if (i := text.find(stop, end)) >= 0]
    return text[begin : min(stops) + 1 if stops else len(text)].strip()[:200]


def lines_of(paper: Paper) -> tuple[Block, ...]:
    return tuple(Block(line) for line in paper.document.all_text.splitlines() if line.strip())


def _pictured(paper: Paper) -> tuple[Block, ...]:
    return tuple(Block(line) for line in paper.document.read_in_pictures.splitlines() if line.strip())


def current(papers: Iterable[Paper]) -> list[Paper]:
    """Those that are in force."""
    return [p for p in papers if not superseded(p.document)]


def own_papers(library: LibrarySeen, kind: Kind) -> list[Paper]:
    """The documents in force that are of a kind, and pages of which a part is headed as such rules: a heading of an agreement that only
    names the matter does not make it the rules."""
    return [p for p in current(library.of(kind)) if p.kind == kind or _heads_rules(p, kind)]


def _heads_rules(paper: Paper, kind: Kind) -> bool:
    heads = [b.text for b in paper.document.blocks if b.kind == "heading"]
    return any(phrase("names_rules").search(h) and kind_of(h) == kind for h in heads)
