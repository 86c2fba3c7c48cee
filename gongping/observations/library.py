"""The agreements, rules and notices of a platform, as a consumer finds and reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gongping.observations.documents import Document
from gongping.sight.model import Seen

Kind = Literal[
    "user",
    "privacy",
    "rules",
    "returns",
    "seller",
    "reviews",
    "ip",
    "disputes",
    "penalties",
    "ip_notices",
    "promotion",
    "membership",
    "renewal",
    "deposit",
    "mediation",
    "deregister",
    "children",
    "sharing",
    "payment",
    "legal",
    "help",
    "index",
    "notice",
    "other",
]
"""What a document is: an agreement with users, the privacy policy, rules of trading, of returns, an agreement with sellers, rules of
reviews, of intellectual property, of disputes, the way to have a dispute settled online, the list of penalised sellers, notices of right holders, rules of a promotion, ...; an
index leads to others."""


@dataclass(frozen=True)
class Copy:
    """What the control for taking a document along gave. `how`: file, print (it only opens the browser's printing), nothing, or wall
    (`detail` names it); `size` in bytes, `text` what the file says, `file` where the bundle keeps it."""

    label: str
    how: Literal["file", "print", "nothing", "wall"]
    seen: Seen | None = None
    url: str = ""
    size: int = 0
    text: str = ""
    detail: str = ""
    file: str = ""


@dataclass(frozen=True)
class Paper:
    """A document on the shelf. `label` is the link that led there and `found_on` the page where it stood; `clicks` from home.
    `also` names further kinds that its headings stand for: one page may hold two lists."""

    kind: Kind
    label: str
    found_on: str
    clicks: int
    document: Document
    also: tuple[Kind, ...] = ()
    copy: Copy | None = None
    """None where no control for taking it along was found."""
    controls: int = -1
    """How many controls of its page were read for one; -1: nobody looked."""

    @property
    def name(self) -> str:
        """What a report calls it."""
        return self.document.title or self.label

    @property
    def read(self) -> bool:
        """Whether there is a text to judge."""
        return not self.document.wall and bool(self.document.all_text)


@dataclass(frozen=True)
class Consent:
    """A control of the registration form that speaks of commercial messages. `on`: its state before anybody touched it; None where
    that can't be told. `refuses`: who ticks it refuses them, so that who leaves it is taken to consent."""

    label: str
    on: bool | None
    required: bool
    seen: Seen
    refuses: bool = False


@dataclass(frozen=True)
class Named:
    """An agreement as a sentence of consent names it. `way`: a control, an element of its own that shows no sign of one, a part of a box
    that takes clicks, or of a text. `toggles`: a label lies over the control, so that a click there only ticks its box; `opened`: whether
    a click on the element of its own did anything, None where nobody clicked."""

    name: str
    way: Literal["control", "own", "box", "text"]
    seen: Seen
    toggles: bool = False
    opened: bool | None = None


@dataclass(frozen=True)
class LibrarySeen:
    """Every document that was found and read. `searched` are the pages whose links were read; `left` are links that seemed to lead
    to documents and were not followed, and `why` says why not."""

    papers: tuple[Paper, ...]
    searched: tuple[str, ...]
    links_read: int
    home_sight: str
    left: tuple[str, ...] = ()
    why: str = ""
    consents: tuple[Consent, ...] = ()
    registration: str = ""
    """The sight of the registration form; "" where none was reached."""
    form_wall: str = ""
    """What kept from the registration form; "" where it was reached, or where none was found."""
    named: tuple[Named, ...] = ()
    """The agreements that the registration form asks to agree to."""
    asked: tuple[str, ...] = ()
    """What the site's own search was asked for, because no link led there."""
    unasked: str = ""
    """Why it could not be asked: no search field, or a wall."""

    def of(self, *kinds: Kind) -> list[Paper]:
        """The papers of these kinds that could be read."""
        return [p for p in self.papers if p.read and (p.kind in kinds or set(p.also) & set(kinds))]

    def walled(self, *kinds: Kind) -> list[Paper]:
        """The papers of these kinds that were met but could not be read."""
        return [p for p in self.papers if not p.read and p.kind in kinds]

    @property
    def readable(self) -> list[Paper]:
        """All papers with a text, indexes aside."""
        return [p for p in self.papers if p.read and p.kind != "index"]
