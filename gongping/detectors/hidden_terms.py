"""Sentences of a document that bind somebody and that nobody can read where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from gongping.detectors import emphasis
from gongping.detectors.papers import kind_of
from gongping.lexicon import normalise, phrase
from gongping.observations.documents import Document
from gongping.sight.blocks import Block
from gongping.sight.model import Box
from gongping.sight.unseen import How, Unseen

_TINY_PX, _TINY_SHARE = 8.0, 0.5
"""CSS px, and times the size of the body, below both of which text can't be read (convention)."""

_SAME = 0.8
"""Share of characters in common from which on two sentences are versions of one (convention)."""

_HAN = 0.3
"""Share of Chinese characters from which on a text is Chinese (convention)."""

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")


@dataclass(frozen=True)
class HiddenTerm:
    """A binding sentence that can't be read. `openers` are the labels of controls near it that may show it; `operated`: others of the page
    may; `behind`: characters in a slit."""

    sentence: str
    how: How | Literal["tiny"]
    box: Box | None = None
    openers: tuple[str, ...] = ()
    operated: bool = False
    font_px: float = 0.0
    behind: int = 0


def hidden_terms(document: Document) -> tuple[HiddenTerm, ...]:
    """The binding sentences of a document that can't be read and don't stand elsewhere in it, in another version neither."""
    blocks = [b for b in document.blocks if not _is_tiny(document, b)]
    readable = [_plain(s) for b in blocks for s in _sentences(b.text)]
    unread = [_plain(s) for u in document.unseen if u.shown and u.how != "slit" for s in _sentences(u.text)]
    clear = _without(readable, unread)
    found = [
        HiddenTerm(sentence, u.how, u.box, u.openers, u.operated, behind=u.behind)
        for u in document.unseen
        if not _is_another_view(document, u) and is_chinese(u.text) == is_chinese(document.text)
        for sentence in _binding(u)
        if u.how == "slit" or not _stands(sentence, clear)
    ]
    tiny = [
        HiddenTerm(sentence, "tiny", b.box, font_px=max(run.font_px for run in b.runs))
        for b in document.blocks
        if _is_tiny(document, b)
        for sentence in _sentences(b.text)
        if is_binding(sentence) and not _stands(sentence, readable)
    ]
    return tuple(found + tiny)


def is_binding(sentence: str) -> bool:
    """Whether a sentence gives or takes a right, a duty or money; what speaks of how to use the page itself does not."""
    return bool(phrase("binds_somebody").search(sentence)) and not phrase("speaks_of_the_page").search(sentence)


def _binding(unseen: Unseen) -> Iterator[str]:
    """The binding sentences of a text; of a slit the first, for it stands for all."""
    found = [s for s in _sentences(unseen.text) if is_binding(s)]
    yield from found[:1] if unseen.how == "slit" else found


def _is_another_view(document: Document, unseen: Unseen) -> bool:
    """Whether a hidden part is another document, or another view of the application, rather than a part of this text."""
    first = next(iter(unseen.text.splitlines()), "")
    return unseen.how == "undisplayed" and (bool(kind_of(first)) or len(unseen.text) > max(200, len(document.text)))


def is_chinese(text: str) -> bool:
    """Whether a text is Chinese rather than in another language."""
    return len(re.findall(r"[一-龥]", text)) >= _HAN * max(1, len(re.sub(r"[\W\d_]", "", text)))


def _is_tiny(document: Document, block: Block) -> bool:
    """Whether a whole paragraph is set far smaller than the rest, and too small for anybody."""
    usual = emphasis.body(document.blocks)
    return bool(
        usual and block.runs and all(0 < run.font_px < min(_TINY_PX, _TINY_SHARE * usual.font_px) for run in block.runs)
    )


def _sentences(text: str) -> list[str]:
    return [s.strip() for s in _SENTENCE.findall(text) if len(_plain(s)) >= 8]


def _stands(sentence: str, readable: list[str]) -> bool:
    """Whether a sentence, or another version of it, is among those that can be read."""
    plain = _plain(sentence)
    return any(plain in other or _is_version(plain, other) for other in readable)


def _is_version(a: str, b: str) -> bool:
    if not 0.6 < len(a) / max(1, len(b)) < 1.7:
        return False
    match = SequenceMatcher(None, a, b, autojunk=False)
    return match.real_quick_ratio() >= _SAME and match.quick_ratio() >= _SAME and match.ratio() >= _SAME


def _without(readable: list[str], unread: list[str]) -> list[str]:
    """What remains of sentences that were read when each unread one is taken out once: what has a place on the page was read, too."""
    left = list(readable)
    for sentence in unread:
        if sentence in left:
            left.remove(sentence)
    return left


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", normalise(text))
