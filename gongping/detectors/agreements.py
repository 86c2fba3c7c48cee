"""Agreements that a sentence of consent names, and whether their names can be clicked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongping.detectors.papers import kind_of
from gongping.lexicon import phrase
from gongping.observations.library import Kind, Named
from gongping.sight.model import Seen, Sight

_LONGEST = 400
"""Characters: a sentence of consent is no longer (convention)."""

_MORE = 12
"""Characters by which the label of a control may be longer than the name that it stands for (convention)."""

_NEAR_PX = 160.0
"""CSS px from the sentence within which the control of a name may stand (convention)."""

_BESIDE = 2
"""How many parts out from a sentence of consent its box may stand (convention)."""

_BRACKETED = re.compile(r"《([^《》]{2,30})》")
_SEPARATORS = re.compile(r"[《》「」『』“”\"\s]")


def named_agreements(sight: Sight) -> tuple[Named, ...]:
    """The agreements that a page asks to agree to, in its order, each once."""
    found: dict[str, Named] = {}
    for block in _sentences(sight):
        for name in _names(sight.text_of(block.index)):
            named = _named(sight, block, name)
            known = found.get(plain_name(name))
            if known is None or (known.way != "control" and named.way == "control"):
                found[plain_name(name)] = named
    return tuple(found.values())


def agreed_beforehand(sight: Sight, kind: Kind) -> tuple[tuple[Seen, str], ...]:
    """Boxes that stand ticked for agreeing to a document of this kind, each with its sentence. What is only styled like a tick, or stands
    on a line with other boxes, is left alone."""
    found: dict[int, tuple[Seen, str]] = {}
    for block in _sentences(sight):
        text = sight.text_of(block.index)
        box = _box_of(sight, block) if any(kind_of(name) == kind for name in _names(text)) else None
        if box is not None and box.checked:
            found[box.index] = (box, text)
    return tuple(found.values())


def _box_of(sight: Sight, block: Seen) -> Seen | None:
    """The one box that a sentence of consent belongs to: in it, or beside it on its line."""
    for around in [block, *list(sight.ancestors(block.index))[:_BESIDE]]:
        boxes = [
            s
            for s in sight.within(around.index)
            if (s.role in ("checkbox", "switch") or s.kind == "checkbox")
            and (s.shown or any(sight.elements[i].shown for i in s.labels))
        ]
        if boxes:
            said = sight.label_of(boxes[0])
            another = said and not phrase("asks_for_consent").search(said)
            return boxes[0] if len(boxes) == 1 and not another else None
    return None


def _sentences(sight: Sight) -> Iterator[Seen]:
    """The innermost blocks that ask for consent."""
    for s in sight.elements:
        if not s.shown or not _is_block(s) or s.tag in ("#text", "body", "html", "button", "option"):
            continue
        text = sight.text_of(s.index) if _short(sight, s) else ""
        if not _asks(text):
            continue
        if not any(
            d.index != s.index and _is_block(d) and d.shown and _asks(sight.text_of(d.index))
            for d in sight.within(s.index)
        ):
            yield s


def _is_block(seen: Seen) -> bool:
    return not seen.inline or seen.tag == "label"


def _short(sight: Sight, seen: Seen) -> bool:
    held = 0
    for s in sight.within(seen.index):
        held += len(s.text) if s.shown and s.tag != "#text" else 0
        if held > _LONGEST:
            return False
    return held > 3


def _asks(text: str) -> bool:
    return bool(phrase("asks_for_consent").search(text)) and any(True for _ in _names(text))


def _names(text: str) -> Iterator[str]:
    """Names of agreements in brackets, and those that need none."""
    for name in _BRACKETED.findall(text):
        if kind_of(name):
            yield name
    if "《" not in text:
        for hit in phrase("names_an_agreement").finditer(text):
            yield hit[0].strip()


def _named(sight: Sight, block: Seen, name: str) -> Named:
    control = _control_of(sight, block, name)
    if control:
        return Named(name, "control", control)
    leaf = _leaf(sight, block, name)
    around = (leaf, *sight.ancestors(leaf.index))
    taken = any(a.listens or (a.pointer and a.tag != "label") or a.href for a in around)
    taken = taken or _opens_beside(sight, block) or _is_at_hand(sight)
    alone = len(plain_name(sight.text_of(leaf.index))) <= len(plain_name(name)) + 2
    return Named(name, "own" if alone else "box" if taken else "text", leaf)


def _opens_beside(sight: Sight, block: Seen) -> bool:
    """Whether the sentence has a control that says just “read it”, or a link that is a sign alone."""
    return any(
        s.shown
        and (s.href or ((s.pointer or s.role == "button") and sight.label_of(s)))
        and phrase("opens_the_text").search(sight.label_of(s))
        for s in sight.within(block.index)
    )


def _is_at_hand(sight: Sight) -> bool:
    """Whether the page itself holds the text of an agreement, in a box that scrolls."""
    held = (s.value or s.text for s in sight.elements if s.tag == "textarea" or s.scrolled)
    return sum(map(len, held)) >= _LONGEST


def _control_of(sight: Sight, block: Seen, name: str) -> Seen | None:
    """What can be clicked for a name: in the sentence, else near it."""
    plain = plain_name(name)
    near = [
        s
        for s in sight.elements
        if s.shown
        and (s.href or s.role in ("link", "button") or ((s.pointer or s.listens) and not _asks(sight.label_of(s))))
        and s.tag not in ("label", "input")
        and s.box.gap(block.box) <= _NEAR_PX
        and plain in (label := plain_name(sight.label_of(s)))
        and len(label) <= len(plain) + _MORE
    ]
    inside = {s.index for s in sight.within(block.index)}
    if not near:
        near = [
            s for s in sight.elements if s.shown and s.href and s.index in inside and _ends(plain, sight.label_of(s))
        ]
    return max(near, key=lambda s: (s.index in inside, bool(s.href), s.index), default=None)


def _ends(name: str, label: str) -> bool:
    """Whether a label is the last or first part of a name, by which it is known: 平台<a>服务协议</a>."""
    own = plain_name(label)
    return bool(own) and (name.endswith(own) or name.startswith(own)) and bool(kind_of(label))


def _leaf(sight: Sight, block: Seen, name: str) -> Seen:
    """The innermost element that says a name."""
    plain = plain_name(name)
    held = [
        s
        for s in sight.within(block.index)
        if s.shown and s.tag != "#text" and plain in plain_name(sight.text_of(s.index))
    ]
    return held[-1] if held else block


def plain_name(text: str) -> str:
    """A name without its brackets and spaces."""
    return _SEPARATORS.sub("", text).lower()
