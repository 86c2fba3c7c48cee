"""What was visible on a page at one moment, frozen: a sight, its elements and its tiles. No browser in here.

Lengths are CSS px. Boxes are in the coordinates of the top document, scroll included, so that an element of any frame can be
found in the sight's tiles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in CSS px of the top document."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def moved(self, dx: float, dy: float) -> Box:
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def intersection(self, other: Box) -> Box:
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Box(x, y, max(0.0, min(self.right, other.right) - x), max(0.0, min(self.bottom, other.bottom) - y))

    def contains(self, other: Box, slack: float = 1.0) -> bool:
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def gap(self, other: Box) -> float:
        """Distance between the nearest edges; 0 where they touch or overlap."""
        dx = max(0.0, other.x - self.right, self.x - other.right)
        dy = max(0.0, other.y - self.bottom, self.y - other.bottom)
        return float((dx * dx + dy * dy) ** 0.5)


@dataclass(frozen=True, slots=True)
class Unshown:
    """What a part of a page says that has no box (`display: none`), its first thousand characters; `ident` is its id."""

    text: str
    ident: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """One element as it was seen."""

    sight: str
    index: int
    parent: int
    tag: str
    box: Box
    frame: int = 0
    role: str = ""
    name: str = ""
    text: str = ""
    text_box: Box | None = None
    shown: bool = True
    before: str = ""
    after: str = ""
    opacity: float = 1.0
    colour: str = ""
    background: str = ""
    background_image: str = ""
    font_px: float = 0.0
    weight: int = 400
    struck: bool = False
    cut: bool = False
    fixed: str = ""
    layer: int = -1
    z: int | None = None
    pointer: bool = False
    listens: bool = False
    href: str = ""
    opens: str = ""
    src: str = ""
    kind: str = ""
    value: str = ""
    field_name: str = ""
    placeholder: str = ""
    form: str = ""
    checked: bool | None = None
    disabled: bool = False
    required: bool = False
    hidden_from_at: bool = False
    expanded: bool | None = None
    modal: bool = False
    ident: str = ""
    classes: str = ""
    machine: dict[str, str] = field(default_factory=dict)
    labels: tuple[int, ...] = ()
    inline: bool = False
    mixed: bool = False
    scrolled: bool = False
    """Whether it shows only after the box that it lies in is scrolled."""
    underlined: bool = False
    unshown: tuple[Unshown, ...] = ()
    """Parts of it that the page keeps undisplayed, dialogs, tips and menus aside."""

    @property
    def words(self) -> str:
        """What a person reads on it: own text with rendered pseudo-elements."""
        return f"{self.before}{self.text}{self.after}".strip()

    @property
    def operable(self) -> bool:
        """Whether a person would take it for a control, or a script listens on it."""
        return (
            self.role in OPERABLE_ROLES
            or bool(self.href)
            or self.pointer
            or self.listens
            or self.tag in ("summary", "label")
        )


OPERABLE_ROLES = frozenset(
    [
        "link",
        "button",
        "tab",
        "option",
        "menuitem",
        "menuitemradio",
        "menuitemcheckbox",
        "checkbox",
        "radio",
        "switch",
        "combobox",
        "textbox",
        "searchbox",
    ]
)


@dataclass(frozen=True, slots=True)
class Tile:
    """A lossless picture of a part of the page, taken while looking.

    `file` is relative to the bundle; `blank` is the same view with all glyphs transparent (for measuring contrast), or "".
    """

    file: str
    box: Box
    scale: float
    blank: str = ""


@dataclass(frozen=True)
class Sight:
    """Everything visible on a page at one moment."""

    id: str
    place: str
    device: str
    url: str
    title: str
    language: str
    seconds: float
    viewport: tuple[int, int]
    scroll: tuple[float, float]
    size: tuple[float, float]
    scale: float
    frames: tuple[str, ...]
    unread_frames: tuple[str, ...]
    elements: tuple[Seen, ...]
    tiles: tuple[Tile, ...] = ()
    status: int | None = None
    hits: dict[int, float] = field(default_factory=dict)

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """Child indexes by parent index."""
        tree: dict[int, list[int]] = {}
        for seen in self.elements:
            tree.setdefault(seen.parent, []).append(seen.index)
        return tree

    def within(self, index: int) -> Iterator[Seen]:
        """The element and all that lies in it, in document order."""
        stack = [index]
        while stack:
            i = stack.pop()
            yield self.elements[i]
            stack.extend(reversed(self.children.get(i, ())))

    def ancestors(self, index: int) -> Iterator[Seen]:
        """From the parent up to the root."""
        i = self.elements[index].parent
        while i >= 0:
            yield self.elements[i]
            i = self.elements[i].parent

    def text_of(self, index: int, shown_only: bool = True) -> str:
        """Text of a subtree as a person reads it: inline parts run on, blocks start a new line."""
        return re.sub(r"[ \t]*\n\s*", "\n", re.sub(r"[ \t]+", " ", self._run(index, shown_only))).strip()

    def _run(self, index: int, shown_only: bool) -> str:
        done: dict[int, str] = {}
        stack = [(index, False)]
        while stack:  # no recursion: pages nest deeper than Python's stack
            i, ready = stack.pop()
            seen = self.elements[i]
            if seen.tag == "#text":
                done[i] = seen.text if seen.shown or not shown_only else ""
            elif ready:
                done[i] = self._joined(
                    seen, [done.pop(k) for k in self.children.get(i, ())], seen.shown or not shown_only
                )
            else:
                stack.append((i, True))
                stack.extend((k, False) for k in self.children.get(i, ()))
        return done[index]

    @staticmethod
    def _joined(seen: Seen, kids: list[str], readable: bool) -> str:
        parts = [seen.before] if readable and seen.before else []
        if readable and not seen.mixed and seen.text:
            parts.append(seen.text)
        parts.append(("" if seen.mixed else " ").join(k for k in kids if k))
        if readable and seen.after:
            parts.append(seen.after)
        said = "".join(parts)
        return said if seen.inline or not said else f"\n{said}\n"

    @cached_property
    def text(self) -> str:
        """All visible text, blocks on lines of their own."""
        roots = self.children.get(-1, ())
        return "\n".join(t for t in (self.text_of(i) for i in roots) if t)

    def sends_writing(self, seen: Seen) -> bool:
        """Whether a control sends a form in which a person writes at length, or to which one adds files: it speaks to somebody."""
        if not seen.form.lower().startswith("post") or seen.kind not in ("submit", "image"):
            return False
        return any(s.form == seen.form and (s.tag == "textarea" or s.kind == "file") for s in self.elements)

    def label_of(self, seen: Seen) -> str:
        """What names a control on screen: its name, its text, or the text of what it lies in."""
        return re.sub(r"\s+", " ", seen.name or self.text_of(seen.index)).strip()

    def hit(self, seen: Seen) -> float | None:
        """Share of the element's points that are not covered; None where it was not hit-tested."""
        return self.hits.get(seen.index)
