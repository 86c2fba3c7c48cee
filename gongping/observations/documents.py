"""Home and the documents that it leads to, as they were seen."""

from __future__ import annotations

from dataclasses import dataclass

from gongping.sight.blocks import HEADING, Block
from gongping.sight.grids import Grid
from gongping.sight.model import Seen
from gongping.sight.unseen import Unseen

_BEFORE_TITLE = 3
"""Blocks above a document's title that may say something of it, such as that it is an earlier version (convention)."""


@dataclass(frozen=True)
class Link:
    """A link on a page: what it says and where it leads."""

    label: str
    href: str
    seen: Seen | None = None


@dataclass(frozen=True)
class Document:
    """A text that was reached. `text` is what a person reads, blocks on lines; `how`: page, layer, new-tab, file, picture.

    `wall` names what stood in the way instead; then the rest is empty. `file` is where the bundle keeps a file. `blocks` are the paragraphs
    of the text, those too that show only after a box within the page is scrolled.
    """

    kind: str
    title: str
    url: str
    text: str
    sight: str
    how: str = "page"
    clicks: int = 1
    status: int | None = None
    links: tuple[Link, ...] = ()
    pictures: tuple[Seen, ...] = ()
    read_in_pictures: str = ""
    ocr_confidence: float | None = None
    wall: str = ""
    detail: str = ""
    file: str = ""
    blocks: tuple[Block, ...] = ()
    grids: tuple[Grid, ...] = ()
    """What stands in rows and cells; none where it came from a file."""
    unseen: tuple[Unseen, ...] = ()
    """What its page says where nobody can read it; none where it came from a file."""

    @property
    def all_text(self) -> str:
        """Text and what was read in pictures."""
        return f"{self.text}\n{self.read_in_pictures}".strip()

    def opening(self, count: int) -> list[str]:
        """The first `count` lines, and as many from a little before the heading that is its title on: what stands beside a document,
        its contents or a list of its versions, may come first."""
        lines = self.all_text.splitlines()
        heading = next((n for n, b in enumerate(self.blocks) if b.kind == HEADING and b.text == self.title), 0)
        if heading < count:
            return lines[:count]
        around = self.blocks[max(count, heading - _BEFORE_TITLE) : heading + count]
        return [*lines[:count], *(line for b in around for line in b.text.splitlines())]


@dataclass(frozen=True)
class Mark:
    """A mark on home for something that must be shown there: a link, a picture, or the information itself.

    `screens` is how many viewports of plain scrolling it lies down (0: in sight at once or fixed; None: not reached within the
    limit); `pushed_away` tells that a growing page moved it out of reach.
    """

    concept: str
    word: str
    seen: Seen
    label: str
    how: str
    region: str
    screens: float | None
    pushed_away: bool = False
    followed: tuple[Document, ...] = ()

    @property
    def files(self) -> list[str]:
        """Where the bundle keeps the files that it leads to."""
        return [d.file for d in self.followed if d.file]


@dataclass(frozen=True)
class PictureRead:
    """A picture that may show a number. `text` is what was read in it, `confidence` 0..1; None: it could not be read here."""

    seen: Seen
    place: str
    text: str = ""
    confidence: float | None = None


@dataclass(frozen=True)
class ContactsSeen:
    """Where home leads for help, complaints and reports. `entries` are its marks with what one or two clicks reached, the likeliest
    first; one without anything followed was left, because enough had been found or nothing leads there without leaving the platform."""

    entries: tuple[Mark, ...] = ()
    pictures: tuple[PictureRead, ...] = ()
    unnamed: tuple[Seen, ...] = ()
    looked: bool = False

    @property
    def documents(self) -> list[Document]:
        return [d for m in self.entries for d in m.followed]


@dataclass(frozen=True)
class HomeSeen:
    """The home page of an anonymous consumer with everything within its reach that a duty of disclosure asks for."""

    url: str
    title: str
    sight: str
    text: str
    screens: float
    grows: bool
    links: tuple[Link, ...]
    marks: tuple[Mark, ...]
    hidden: tuple[Link, ...] = ()
    pictures_read: int = 0
    ocr: bool = False
    unread_pictures: int = 0
    contacts: ContactsSeen = ContactsSeen()
    passed: str = ""
    """What stood on home at first sight and not after layers were closed."""

    def marks_for(self, *concepts: str) -> list[Mark]:
        """The marks for any of the concepts."""
        return [m for m in self.marks if m.concept in concepts]
