"""Layers over a page, as they were seen and tried.

Times are seconds since the layer was first seen; `by_clock` says that the page's clock was moved for it, so that it is an upper
bound of what a consumer waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gongping.sight.model import Box, Seen

Form = Literal["overlay", "float", "bar", "rail"]
"""overlay: covers the middle or dims the page; float: small, at the side; bar, rail: along an edge (headers, toolbars)."""

Kind = Literal[
    "ad",
    "doubtful",
    "cookie",
    "privacy",
    "login",
    "city",
    "age",
    "app",
    "chat",
    "captcha",
    "terms",
    "notification",
    "shop",
    "notice",
    "other",
]
"""What a layer is for. Only `ad` is judged; `doubtful` may be one."""

Strength = Literal["mark", "shape", "words", "grudging"]
"""What a closing control says: a close mark (关闭, ×, 跳过), a drawn icon without words, other words (知道了), or words that make a
consumer feel bad (残忍拒绝)."""


@dataclass(frozen=True)
class LayerSeen:
    """A layer as it was first seen on a page. `after_closing`: it came when another had been closed there, and belongs to that
    closing; `opaque_parts` could not be read."""

    seen: Seen
    key: str
    place: str
    form: Form
    kind: Kind
    why: str
    text: str
    panel: Box
    share: float
    mask: bool
    trigger: str
    locked: bool = False
    links: tuple[str, ...] = ()
    opaque_parts: tuple[str, ...] = ()
    after_closing: bool = False

    @property
    def name(self) -> str:
        """What a person would call it: its first words."""
        return (self.text or self.why)[:24]


@dataclass(frozen=True)
class MarkSeen:
    """A control that says it closes a layer. Sizes are CSS px; None where they could not be measured."""

    seen: Seen
    label: str
    strength: Strength
    why: str
    after_s: float
    by_clock: bool = False
    gated: bool = False
    link: str = ""
    hit_width: float | None = None
    hit_height: float | None = None
    hit_centre: bool | None = None
    over: str = ""
    visible_share: float | None = None
    contrast: float | None = None
    moved_px: float | None = None
    at_zoom_200: bool | None = None


@dataclass(frozen=True)
class Appeared:
    """A further layer that came after an act."""

    layer: LayerSeen
    after_s: float
    by_clock: bool
    retention: str = ""
    own_close: bool | None = None


@dataclass(frozen=True)
class ClickSeen:
    """What one real click (or tap) in the middle of a closing control did."""

    closed: bool
    closed_s: float | None
    mask_left: bool = False
    scroll_locked: bool = False
    opened: tuple[str, ...] = ()
    navigated: str = ""
    dialogs: tuple[str, ...] = ()
    downloads: tuple[str, ...] = ()
    moved_px: float = 0.0
    clicks_to_close: int | None = None
    appeared: tuple[Appeared, ...] = ()
    observed_s: float = 0.0
    sight: str = ""
    unreached: str = ""


@dataclass(frozen=True)
class Trial:
    """A layer tried in one session: what closes it, when that was there, and what one click on it did."""

    layer: LayerSeen
    session: int
    marks: tuple[MarkSeen, ...]
    available_s: float | None
    waited_s: float
    gate: str = ""
    late: MarkSeen | None = None
    clicked: MarkSeen | None = None
    click: ClickSeen | None = None
    other_exits: tuple[str, ...] = ()
    unreadable: str = ""

    @property
    def mark(self) -> MarkSeen | None:
        """The closing control that a consumer would use."""
        return self.clicked or self.late or next(iter(self.marks), None)

    @property
    def seen(self) -> Seen:
        """What to mark on the picture: the closing control where the picture shows it, else the layer."""
        mark = self.mark
        return (
            mark.seen
            if mark and mark.seen.sight == self.layer.seen.sight and mark.seen.box.area > 0
            else self.layer.seen
        )


@dataclass(frozen=True)
class BlankClick:
    """A real click (or tap) on a part of a page where nothing is: no text, no picture, no control.

    `opened`: pages that it opened; `went`: where the page itself went; `layers`: what came over the page.
    """

    place: str
    url: str
    x: float
    y: float
    opened: tuple[str, ...] = ()
    went: str = ""
    other_site: bool = False
    downloads: tuple[str, ...] = ()
    layers: tuple[LayerSeen, ...] = ()
    sight: str = ""


@dataclass(frozen=True)
class BackPressed:
    """The browser's back button, pressed once at `left`. `arrived` is the address after that, `expected` the page from which the
    consumer had come; `layers` what came over the page; `presses` how many it took to get back (None: it never did)."""

    left: str
    expected: str
    arrived: str
    presses: int | None
    other_site: bool = False
    layers: tuple[LayerSeen, ...] = ()
    sight: str = ""

    @property
    def returned(self) -> bool:
        return self.presses == 1


@dataclass(frozen=True)
class Visit:
    """A place that a session visited, how it was recognised, and the layers that came there. `stopped` says why the visit was broken
    off; `sounds` names media that played aloud although nobody had started them."""

    place: str
    url: str
    anchor: str
    depth: Literal["deep", "short"]
    layers: tuple[LayerSeen, ...] = ()
    stopped: str = ""
    sounds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Session:
    """A fresh consumer's walk. `wall` says why it ended early."""

    number: int
    visits: tuple[Visit, ...]
    trials: tuple[Trial, ...] = ()
    keyboard: str = ""
    wall: str = ""
    blanks: tuple[BlankClick, ...] = ()
    back: BackPressed | None = None


@dataclass(frozen=True)
class PopupsSeen:
    """All sessions of the popup experiment on one device."""

    sessions: tuple[Session, ...]
    wanted: int

    @property
    def home_sessions(self) -> int:
        """Sessions in which home was recognised and stayed at to the end."""
        return sum(any(v.place == "home" and not v.stopped for v in s.visits) for s in self.sessions)

    @property
    def layers(self) -> list[LayerSeen]:
        return [layer for s in self.sessions for v in s.visits for layer in v.layers]

    @property
    def trials(self) -> list[Trial]:
        return [t for s in self.sessions for t in s.trials]

    @property
    def walls(self) -> list[str]:
        """What ended sessions early, each once."""
        return list(dict.fromkeys(s.wall for s in self.sessions if s.wall))

    @property
    def places(self) -> dict[str, int]:
        """How often each place was visited."""
        counts: dict[str, int] = {}
        for s in self.sessions:
            for v in s.visits:
                counts[v.place] = counts.get(v.place, 0) + 1
        return counts
