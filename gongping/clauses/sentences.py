"""A document as paragraphs, and its paragraphs as sentences that know what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from gongping.lexicon import normalise

Kind = Literal["heading", "text", "item"]

_PARAGRAPHS = re.compile(r"\n[ \t\u3000\r]*\n")
_NUMBER = r"[一二三四五六七八九十百零〇两\d]{1,4}"
_MARKER = re.compile(
    rf"^\s*(?:[-*+•·●○■□◆▪►✓]\s+|[•·●○■□◆▪►]|[(（]{_NUMBER}[)）]|[(（][a-z]{{1,3}}[)）]|{_NUMBER}[、)）]|\d{{1,2}}(?:\.\d{{1,2}})*[.．、\s)](?!\d)"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?=[^\d.])|[①-⑳]|[a-z][.)]\s)\s*",
    re.I,
)
_TITLE = re.compile(
    rf"^\s*(?:#{{1,6}}\s+|第{_NUMBER}[章节条部分编]|[【\[][^】\]]{{2,24}}[】\]]\s*$|{_NUMBER}[、.．]\s*|\d{{1,2}}(?:\.\d{{1,2}})+\s+)"
)
_ENDS = re.compile(r"[。！？!?；;：:，,、]\s*[”\"』」）)]*\s*$")
_STOPS = "。！？!?"
_OPEN, _CLOSE = "“「『（(《", "”」』）)》"
_HEADING_UP_TO = 32  # characters: longer lines are sentences (convention)
_WRAPPED_FROM = 24  # characters: a line this long without a stop goes on in the next


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `number` counts from 1; `level` of a heading is 1 to 6, of anything else 0."""

    number: int
    text: str
    kind: Kind = "text"
    level: int = 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its surroundings, all as written.

    `lead` is the sentence ending in a colon whose list this one belongs to; `headings` go from the outermost inwards;
    `before` and `after` are the neighbours in the same paragraph, or in a list.
    """

    paragraph: int
    text: str
    headings: tuple[str, ...] = ()
    lead: str = ""
    before: str = ""
    after: str = ""
    kind: Kind = "text"

    @property
    def normal(self) -> str:
        """The sentence in the form that rules meet, without its list marker."""
        return normalise(without_marker(self.text))


def without_marker(text: str) -> str:
    """`text` without its number, bullet or hash signs."""
    return _MARKER.sub("", re.sub(r"^\s*#{1,6}\s+", "", text), count=1).strip()


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a plain text or Markdown: separated by blank lines, counted from 1."""
    blocks = [block for block in _PARAGRAPHS.split(text.replace("\r\n", "\n").strip("\n")) if block.strip()]
    found = [_paragraph(number, block) for number, block in enumerate(blocks, 1)]
    following: list[Paragraph | None] = [*found[1:], None]
    return [_not_heading(a, b) for a, b in zip(found, following, strict=False)]


def _not_heading(block: Paragraph, following: Paragraph | None) -> Paragraph:
    """`block`, but what looks like a heading and isn't: the last line of all, an item before an item of its kind."""
    if block.kind != "heading" or block.text.startswith("#"):
        return block
    if following is None and not _TITLE.match(block.text):
        return replace(block, kind="text", level=0)
    style = _style(block.text)
    if style == "bullet" or (style and following is not None and _style(following.text) == style):
        return replace(block, kind="item", level=0)
    return block


def _style(text: str) -> str:
    """The kind of list marker that `text` begins with; empty for none."""
    found = _MARKER.match(text)
    if found is None:
        return ""
    mark = found[0].strip()
    if re.fullmatch(r"[-*+•·●○■□◆▪►✓]", mark):
        return "bullet"
    return re.sub(rf"{_NUMBER}|[①-⑳]|[a-zA-Z]+", "n", mark)


def _paragraph(number: int, block: str) -> Paragraph:
    stripped = block.strip()
    marks = re.match(r"#{1,6}(?=\s)", stripped)
    if marks and "\n" not in stripped:
        return Paragraph(number, stripped, "heading", len(marks[0]))
    short = "\n" not in stripped and len(without_marker(stripped)) <= _HEADING_UP_TO and not _ENDS.search(stripped)
    if short and not re.search(r"[，,；;。]", stripped):
        return Paragraph(number, stripped, "heading", _level(stripped))
    return Paragraph(number, stripped, "item" if _MARKER.match(stripped) else "text")


def _level(title: str) -> int:
    """How deep a heading of a plain text lies: a bare title 1, 第X章 and 一、 2, 第X条 and 1. 3, 1.1 and deeper 4."""
    if re.match(r"\s*\d{1,2}\.\d", title):
        return 4
    if re.match(rf"\s*(?:第{_NUMBER}条|\d{{1,2}}[.、．\s)]|[(（])", title):
        return 3
    return 2 if _TITLE.match(title) else 1


def _lines(text: str) -> Iterator[str]:
    """The lines of a paragraph, wrapped ones joined."""
    held = ""
    for line in filter(None, map(str.strip, text.split("\n"))):
        goes_on = len(held) >= _WRAPPED_FROM and not _ENDS.search(held) and not _MARKER.match(line)
        if held and (goes_on or (held[-1:] in "，,、" and not _MARKER.match(line))):
            held += (" " if held[-1:].isascii() and line[:1].isascii() else "") + line
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def split(text: str) -> list[str]:
    """The sentences of a paragraph, as written; stops inside quotation marks and brackets don't count."""
    return [sentence for line in _lines(text) for sentence in _split_line(line)]


_INLINE_ITEM = re.compile(rf"(?<=[；;：:。])\s*(?=[(（]{_NUMBER}[)）]|[①-⑳]|\d{{1,2}}[、.．](?!\d))")


def _split_line(line: str) -> Iterator[str]:
    for part in _INLINE_ITEM.split(line):
        yield from _split_part(part)


def _split_part(line: str) -> Iterator[str]:
    start, depth, at = 0, 0, 0
    while at < len(line):
        char = line[at]
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        stop = char in _STOPS or (char == "." and re.match(r"\.\s+[A-Z\"“(]", line[at : at + 4]) and at - start > 3)
        if stop and (depth == 0 or not any(c in _CLOSE for c in line[at:])):
            end = at + 1
            while end < len(line) and line[end] in _STOPS + _CLOSE + '"':
                end += 1
            if sentence := line[start:end].strip():
                yield sentence
            start, at, depth = end, end, 0
            continue
        at += 1
    if rest := line[start:].strip():
        yield rest


def sentences(blocks: Iterable[Paragraph]) -> list[Sentence]:
    """Every sentence of a document in reading order, headings included."""
    found: list[Sentence] = []
    path: list[tuple[int, str]] = []
    lead = ""
    for block in blocks:
        if block.kind == "heading":
            path = [(level, title) for level, title in path if level < block.level]
            found.append(Sentence(block.number, block.text, tuple(t for _, t in path), kind="heading"))
            path.append((block.level, without_marker(block.text)))
            lead = ""
            continue
        parts = split(block.text)
        titles = tuple(title for _, title in path)
        if block.kind != "item" and not _MARKER.match(block.text):
            lead = ""
        for at, part in enumerate(parts):
            is_item = bool(_MARKER.match(part))
            if (
                not is_item
                and at
                and not parts[at - 1].rstrip().endswith(("：", ":", "；", ";"))
                and not _list_goes_on(parts, at)
            ):
                lead = ""
            found.append(
                Sentence(
                    block.number, part, titles, lead,
                    parts[at - 1] if at else "", parts[at + 1] if at + 1 < len(parts) else "",
                    "item" if is_item else block.kind,
                )
            )  # fmt: skip
            if part.rstrip().endswith(("：", ":")):
                lead = part
    return found


def _list_goes_on(parts: Sequence[str], at: int) -> bool:
    """Whether the sentence at `at` follows an item of a list inside one paragraph."""
    return bool(_MARKER.match(parts[at]))
