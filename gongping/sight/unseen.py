"""What a part of a page says that nobody who looks at it can read, and what may bring it to light."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from gongping.sight.look import colour_of
from gongping.sight.model import Box, Seen, Sight

How = Literal["undisplayed", "faint", "clipped", "aside", "one-colour", "slit"]
"""Not displayed, transparent, clipped away, laid beside the page, in the colour of its ground, in a box far too low for it."""

_LEAST = 8
"""Characters: what is shorter is no sentence (convention)."""

_DOT = 4.0
"""CSS px: a box that is no higher or wider shows nothing of a text (a visually hidden label has 1 px)."""

_APART = 30
"""Sum of the differences of three channels (0..255) below which text and ground look alike (convention)."""

_NEAR = 3
"""Ancestors within which a control belongs to a part that it may show (convention)."""

_SLIT_PX, _SLIT_CHARACTERS, _ROOM = 80.0, 500, 50.0
"""A box of at most so many CSS px (norm.yaml 32.2 names 60) holds at least so many characters with less than so many CSS px² for each,
the room that a letter of 8 px takes (convention)."""

_CONTROLS = ("button", "tab", "switch", "checkbox", "radio", "menuitem")


@dataclass(frozen=True)
class Unseen:
    """A text that can't be read. `openers` are the labels of controls near it that may show it; `operated`: the part of the page that was
    read has other controls, or something around it takes clicks for what lies in it, so that one of these may. `shown`: it has a place on
    the page all the same, so that it is among the page's text. `behind`: how many characters lie in a slit."""

    text: str
    how: How
    box: Box | None = None
    openers: tuple[str, ...] = ()
    operated: bool = False
    shown: bool = False
    behind: int = 0


def unseen(sight: Sight, root: Seen | None = None) -> tuple[Unseen, ...]:
    """The texts of a page, or of a part of it, that are there and can't be read, in its order. What lies over the page in a layer of
    its own is left out: it waits for its moment."""
    own = root.layer if root else -1
    inside = list(sight.within(root.index)) if root else list(sight.elements)
    lengths = _lengths(sight)
    found: list[Unseen] = []
    taken: set[int] = set()
    for seen in inside:
        if seen.parent in taken:  # parents come before what lies in them
            taken.add(seen.index)
            continue
        if seen.tag == "#text" or seen.layer not in (-1, own):
            continue
        for part in () if _asks(sight, seen) else seen.unshown:
            found.append(_unseen(sight, root, seen, part.text, "undisplayed", part.ident))
        how = _how(sight, seen, lengths)
        if how:
            taken.add(seen.index)
            text = sight.text_of(seen.index, shown_only=False)
            unread = _unseen(sight, root, seen, text, how)
            found.append(replace(unread, shown=seen.shown, behind=lengths[seen.index] if how == "slit" else 0))
    return tuple(u for u in found if len(u.text) >= _LEAST)


def _asks(sight: Sight, seen: Seen) -> bool:
    """Whether it lies in a form that asks for something: what that keeps back are its messages."""
    form = next((a for a in (seen, *sight.ancestors(seen.index)) if a.tag == "form"), None)
    return form is not None and any(
        s.shown and s.tag in ("input", "textarea", "select") for s in sight.within(form.index)
    )


def _how(sight: Sight, seen: Seen, lengths: dict[int, int]) -> How | None:
    if _is_slit(seen, lengths) and not _overflows(sight, seen):
        return "slit"
    if len(seen.text) < 2 or seen.scrolled:
        return None
    if seen.opacity < 0.1:
        return "faint"
    drawn = seen.text_box
    if (drawn and (drawn.right <= 0 or drawn.bottom <= 0 or drawn.x >= sight.size[0] > 0)) or (
        not seen.shown and (seen.box.right <= 0 or seen.box.bottom <= 0)
    ):
        return "aside"
    if not seen.shown or (_is_dot(seen) and not _is_at_an_edge(sight, seen)):
        return "clipped"
    return "one-colour" if _one_colour(sight, seen) else None


def _is_dot(seen: Seen) -> bool:
    return len(seen.text) >= _LEAST and min(seen.box.width, seen.box.height) < _DOT


def _is_at_an_edge(sight: Sight, seen: Seen) -> bool:
    """Whether it lies where a box that scrolls ends: what comes next shows after scrolling."""
    return any(sight.elements[i].scrolled for i in sight.children.get(seen.parent, ()))


def _is_slit(seen: Seen, lengths: dict[int, int]) -> bool:
    """Whether a box that is shown is far too low for what lies in it."""
    if not seen.shown or seen.inline or not 8 <= seen.box.height <= _SLIT_PX or seen.box.width < 100:
        return False
    return lengths[seen.index] >= max(_SLIT_CHARACTERS, seen.box.area / _ROOM)


def _overflows(sight: Sight, seen: Seen) -> bool:
    """Whether its text goes on below it for all to see, as what floats or is placed does."""
    return any(s.text and s.shown and not s.scrolled and s.box.y >= seen.box.bottom for s in sight.within(seen.index))


def _lengths(sight: Sight) -> dict[int, int]:
    """How many characters lie in each element, those too that it shows after scrolling."""
    held = {s.index: len(s.text) if (s.shown or s.scrolled) and s.tag != "#text" else 0 for s in sight.elements}
    for s in reversed(sight.elements):  # children come after their parents
        if s.parent >= 0:
            held[s.parent] += held[s.index]
    return held


def _one_colour(sight: Sight, seen: Seen) -> bool:
    """Whether text has the colour of what it stands on, by computed colours; False where a picture lies behind."""
    text = colour_of(seen.colour)
    if text is None:
        return False
    if text[3] < 0.1:
        return True
    for a in (seen, *sight.ancestors(seen.index)):
        if a.background_image:
            return False
        ground = colour_of(a.background)
        if ground and ground[3] >= 0.9:
            return _apart(text, ground) < _APART
    return _apart(text, (255, 255, 255, 1)) < _APART


def _apart(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    return sum(abs(x - y) for x, y in zip(a[:3], b[:3], strict=True))


def _unseen(sight: Sight, root: Seen | None, seen: Seen, text: str, how: How, ident: str = "") -> Unseen:
    at = seen if how == "undisplayed" else sight.elements[seen.parent] if seen.parent >= 0 else seen
    box = seen.text_box or seen.box
    return Unseen(
        text,
        how,
        box if box.area > 0 else None,
        tuple(dict.fromkeys(_openers(sight, root, at, ident))),
        any(a.listens for a in (at, *sight.ancestors(at.index))) or _has_controls(sight, root),
    )


def _openers(sight: Sight, root: Seen | None, at: Seen, ident: str) -> Iterator[str]:
    """Labels of what may show a hidden part: what names its id, and the controls of the part of the page that it lies in."""
    if ident:
        for s in sight.elements:
            if s.shown and (s.href.endswith(f"#{ident}") or any(v.lstrip("#") == ident for v in s.machine.values())):
                yield sight.label_of(s)[:40]
    for around in [at, *sight.ancestors(at.index)][:_NEAR]:
        for s in sight.within(around.index):
            if s.shown and s.index != around.index and _is_control(sight, s):
                yield sight.label_of(s)[:40]
        if root and around.index == root.index:
            return


def _has_controls(sight: Sight, root: Seen | None) -> bool:
    inside = sight.within(root.index) if root else sight.elements
    return any(s.shown and not s.href and _is_control(sight, s) for s in inside)


def _is_control(sight: Sight, seen: Seen) -> bool:
    if seen.href:
        return seen.href.split("#", maxsplit=1)[0] == sight.url.split("#", maxsplit=1)[0] or seen.href.startswith(
            "javascript:"
        )
    return (
        seen.role in _CONTROLS
        or seen.expanded is not None
        or seen.tag in ("summary", "label")
        or seen.pointer
        or seen.listens
    )
