"""Predicates of standard terms: which clauses a platform's documents hold, what they must say, and whether enough of them was read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from gongping.clauses.judge import Finding, aliases, lint_document
from gongping.clauses.sentences import Paragraph, paragraphs
from gongping.clauses.stated import Statement, stated
from gongping.lexicon.text import fold
from gongping.norm.judgement import Judgement
from gongping.norm.predicates_base import BasePredicates
from gongping.norm.predicates_documents import superseded
from gongping.observations.documents import Document
from gongping.observations.library import Consent, Kind, LibrarySeen, Paper
from gongping.sight.blocks import Block

Side = Literal["consumers", "sellers"]

_BEYOND_ARGUMENT = 0.0
"""Log-odds of the model's from which on a rule's breach counts without a person: of some 1,670 sentences in the documents of three shops that
the model had not seen, 23 came out so, all of them unfair."""

_LIKELY = 1.5
"""Log-odds from which on the model alone, without a rule that names the words, sends a sentence to a person (1 in 100 ordinary ones)."""

_SURE = 0.9
"""OCR confidence from which on words that were read in a picture count (as for codes, norm.yaml 6.1)."""

_NEEDED: dict[Side, tuple[tuple[str, tuple[Kind, ...]], ...]] = {
    "consumers": (
        ("用户协议", ("user",)),
        ("隐私政策", ("privacy",)),
        ("交易规则", ("rules", "returns", "disputes", "promotion", "reviews")),
    ),
    "sellers": (("商家协议或者商家规则", ("seller",)),),
}
TRAIL = re.compile(r"^[^。；]{0,60}\s[>›»/]\s[^。；]{0,60}$")
"""A trail of links from home to the page, which is no sentence of the document's."""


_ROLE = re.compile(r"[甲乙丙丁]方|公司|本公司|服务商|运营方")
"""A name that means another party in each document."""


@dataclass(frozen=True)
class Clause:
    """A sentence of a document, or of another page, that breaks a duty, or may: `block` is the paragraph that it stands in."""

    paper: Paper
    finding: Finding
    judgement: Judgement
    block: Block | None = None
    place: str = "documents"

    @property
    def said(self) -> str:
        """For a report: where it stands, and its words."""
        return f"《{self.paper.name[:30]}》：“{self.finding.sentence[:120]}”（{self.finding.reason}）"


class TermsPredicates(BasePredicates):
    """Mixed into Predicates."""

    def clauses(self, library: LibrarySeen, duty: str) -> list[Clause]:
        """The sentences of all documents in force that break a duty beyond argument (broken), or that a person must read (unknown)."""
        found = []
        names = own_names(library)
        for paper in in_force(library):
            for finding in findings(paper.document, names):
                judged = weighed(paper, finding)
                if finding.duty == duty and not judged.held:
                    found.append(Clause(paper, finding, judged, _block(paper.document, finding)))
        return sorted(found, key=lambda c: not c.judgement.broken)

    def terms_read(self, library: LibrarySeen, side: Side = "consumers") -> Judgement:
        """Whether enough was read to say that a clause is in none of the documents."""
        read = in_force(library)
        measured = {
            "读过的文件": [f"{p.name[:30]}（{len(p.document.text)} 字）" for p in read],
            "读过的链接数": library.links_read,
        }
        missing = []
        for name, kinds in _NEEDED[side]:
            if not library.of(*kinds):
                walls = library.walled(*kinds)
                missing.append(f"{name}（{walls[0].document.wall}）" if walls else name)
        if missing:
            where = "、".join(library.searched[:6])
            remedy = (
                "；平台只有自营业务的，请在目标中声明 facts: {platform_model: self-only}" if side == "sellers" else ""
            )
            return Judgement(
                "unknown",
                f"没有读到{'、'.join(missing)}（找过：{where}），文件不全，不能认定其中没有此类条款{remedy}",
                measured,
            )
        if library.why:
            return Judgement("unknown", f"没有读完全部文件：{library.why}", measured)
        return Judgement("held", "", measured)

    def assumed(self, library: LibrarySeen, duty: str) -> tuple[Judgement, Statement | None, Paper | None]:
        """Whether a document says what a duty of articles 35 and 38 wants to be said, with the sentence that does."""
        for paper in in_force(library):
            for one in statements(paper.document):
                if one.duty == duty:
                    return Judgement("held", "", {"文件": paper.name[:40]}), one, paper
        return Judgement("unknown", "读到的文件都没有写明承担这一责任，请人工核对全部协议"), None, None

    def consent_free(self, consent: Consent) -> Judgement:
        """Whether a box for commercial messages is left to the consumer: off at first, and not demanded. One that must be
        ticked to refuse them makes whoever leaves it consent."""
        measured = {"初始状态": {True: "已选中", False: "未选中", None: "未知"}[consent.on]}
        if consent.refuses:
            if consent.on is False:
                return Judgement("broken", "未勾选即视为同意接收", measured)
            return Judgement("held" if consent.on else "unknown", "" if consent.on else "无法读出初始状态", measured)
        if consent.on:
            return Judgement("broken", "默认勾选", measured)
        if consent.required:
            return Judgement("broken", "为必选项", measured)
        return Judgement(
            "unknown" if consent.on is None else "held", "无法读出初始状态" if consent.on is None else "", measured
        )

    def mentioned(self, library: LibrarySeen, pattern: re.Pattern[str]) -> bool:
        """Whether a document, or home, speaks of something at all."""
        texts = (*(p.document.all_text for p in in_force(library)), self.sight(library.home_sight).text)
        return any(pattern.search(text) or pattern.search(fold(text)) for text in texts)


def in_force(library: LibrarySeen) -> list[Paper]:
    """The documents that can be judged: read, not an index, not one that says it is no longer in force; each text once."""
    seen: dict[str, Paper] = {}
    for paper in library.readable:
        if not superseded(paper.document):
            seen.setdefault(re.sub(r"\s", "", paper.document.all_text), paper)
    return list(seen.values())


def prose(document: Document) -> tuple[Paragraph, ...]:
    """A document as paragraphs for the clause lint; what was read in its pictures comes last."""
    blocks = document.blocks or tuple(Block(line) for line in document.text.splitlines() if line.strip())
    return _prose(blocks, document.read_in_pictures)


@lru_cache(maxsize=256)  # every duty of standard terms reads every document
def _prose(blocks: tuple[Block, ...], in_pictures: str) -> tuple[Paragraph, ...]:
    held: list[Paragraph] = []
    heads = {block.text for block in blocks if block.kind == "heading"}
    for block in blocks:
        number = len(held) + 1
        if TRAIL.match(block.text) or (block.kind != "heading" and block.text in heads):  # an entry of its contents
            continue
        if block.kind == "heading":
            held.append(Paragraph(number, block.text, "heading", block.level or 2))
            continue
        guess = next(iter(paragraphs(block.text)), None)
        if block.kind == "item":
            held.append(Paragraph(number, block.text, "item"))
        elif guess and guess.kind == "heading" and block.kind != "cell":
            held.append(Paragraph(number, block.text, "heading", guess.level))
        else:
            held.append(Paragraph(number, block.text, guess.kind if guess and guess.kind == "item" else "text"))
    for line in in_pictures.splitlines():
        if line.strip():
            held.append(Paragraph(len(held) + 1, line.strip()))
    return tuple(held)


def findings(document: Document, names: tuple[tuple[str, str], ...] = ()) -> tuple[Finding, ...]:
    """What the clause lint says of a document. `names` as of `own_names`."""
    return _linted(prose(document), document.title, names)


def own_names(library: LibrarySeen) -> tuple[tuple[str, str], ...]:
    """What the platform calls itself in its documents: one defines the name, the others use it."""
    found = {
        name: party
        for paper in in_force(library)
        for name, party in _aliases(paper.document.all_text).items()
        if party == "平台" and not _ROLE.fullmatch(name)
    }
    return tuple(sorted(found.items()))


@lru_cache(maxsize=256)
def _aliases(text: str) -> dict[str, str]:
    return aliases(text)


def statements(document: Document) -> tuple[Statement, ...]:
    """What a document says of what it must say."""
    return _stated(prose(document))


@lru_cache(maxsize=256)
def _linted(blocks: tuple[Paragraph, ...], title: str, names: tuple[tuple[str, str], ...]) -> tuple[Finding, ...]:
    return tuple(lint_document(blocks, title=title, known=names))


@lru_cache(maxsize=256)
def _stated(blocks: tuple[Paragraph, ...]) -> tuple[Statement, ...]:
    return tuple(stated(blocks))


def weighed(paper: Paper, finding: Finding) -> Judgement:
    """What a finding is worth: broken from the bar on that the rule and the model reach together."""
    measured = {"判别值": finding.score, "规则": finding.rule}
    score = finding.score or 0.0
    if finding.rule == "model" and score < _LIKELY:
        return Judgement("held", "", measured)
    if finding.outcome != "failed" or finding.rule == "model" or score < _BEYOND_ARGUMENT:
        return Judgement("unknown", "需要人工判定", measured)
    in_picture = finding.sentence in paper.document.read_in_pictures
    if in_picture and (paper.document.ocr_confidence or 0) < _SURE:
        return Judgement("unknown", f"从图片识别，置信度 {paper.document.ocr_confidence}，请人工核对", measured)
    return Judgement("broken", finding.reason, measured)


def _block(document: Document, finding: Finding) -> Block | None:
    return next((b for b in document.blocks if finding.sentence in b.text), None)
