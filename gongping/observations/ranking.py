"""How a list of results can be ordered, and for whom: sort controls, lists of personas, the option without personal traits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from gongping.sight.model import Seen

SortKey = Literal["price", "sales", "credit", "new", "default", "other"]
Scope = Literal["search", "unsaid", "feed", "ads"]
Phase = Literal["fresh", "personal", "off", "renewed"]
"""When a list was read: before any history; with a history and personalisation on; after it was switched off; after it was
switched off, by the same person in a new session."""


@dataclass(frozen=True)
class SortControl:
    """A control that orders a list. `clicks`: how many until it is visible (0: it stands on the page). What operating it did:
    `changed_order`, `changed_request` (address or request of its own); None where it was not operated or could not be told."""

    key: SortKey
    seen: Seen | None
    label: str
    clicks: int = 0
    changed_order: bool | None = None
    changed_request: bool | None = None
    why: str = ""
    direction: Literal["", "asc", "desc"] = ""
    opener: str = ""
    """Label of the control that has to be opened first."""
    opener_at: tuple[float, float] | None = None
    """Where its middle stands, CSS px; its label may change with the order in force."""
    kind: Literal["control", "select"] = "control"
    current: bool = False
    """Whether the list is in this order already."""
    blocked: Literal["", "login", "app", "wall", "gone", "filter"] = ""
    """What stood in the way when it was operated; `filter`: it narrows the list and orders nothing."""
    sorted_already: bool | None = None
    """Whether the list was in this order before, as far as its displayed keys tell: then an unchanged order proves nothing."""
    sight_after: str = ""


@dataclass(frozen=True)
class SortsSeen:
    """The sort controls of one result list, each operated by a consumer who is not logged in."""

    query: str
    url: str
    sight: str
    results: int
    controls: tuple[SortControl, ...]
    read: tuple[str, ...] = ()
    """Labels of the controls around the list: what was read where nothing was found."""
    note: str = ""
    """What the page says instead of a control ("log in for more ways to sort")."""
    near: tuple[str, ...] = ()
    """Labels above the list whose words no order is known by."""


@dataclass(frozen=True)
class RankedList:
    """The first page of results that a persona got. `keys` are the results in order without advertisements, `ads` the dropped."""

    persona: str
    phase: Phase
    query: str
    repeat: int
    url: str
    sight: str
    keys: tuple[str, ...]
    ads: tuple[str, ...] = ()
    state: Literal["", "on", "off"] = ""
    """What the option on this page said; "" where there is none or it doesn't tell."""
    wall: str = ""


@dataclass(frozen=True)
class Option:
    """A control, or a statement, about personalisation. `clicks` from the result page or the account home, whichever is nearer;
    `path` the labels on the way."""

    seen: Seen | None
    label: str
    context: str
    place: str
    url: str
    sight: str
    clicks: int
    path: tuple[str, ...] = ()
    scope: Scope = "unsaid"
    state: Literal["", "on", "off"] = ""
    operable: bool = True
    presses: tuple[str, ...] = ()
    """Labels to press at `url` before the option is there: ways that have no address."""
    negative: bool = False
    """Its words name the impersonal state (非个性化): chosen means off."""


@dataclass(frozen=True)
class Switched:
    """A persona operated the option. `before` and `after` are what it said; `results` how many results came afterwards."""

    persona: str
    to: Literal["on", "off"]
    before: str
    after: str
    dialogs: tuple[str, ...] = ()
    results: int | None = None
    wall: str = ""
    sight: str = ""


@dataclass(frozen=True)
class PlaceRead:
    """A page that was read in search of the option: how many clicks away, by which labels, and what its controls say."""

    url: str
    title: str
    clicks: int
    path: tuple[str, ...]
    labels: tuple[str, ...]
    sight: str = ""
    wall: str = ""
    account: bool = False
    """Whether it is the account's home or lies behind it."""


@dataclass(frozen=True)
class PolicySaid:
    """What a privacy policy says about personalised search results: sentences that admit it, that deny it, that name a way out."""

    url: str
    title: str
    sight: str
    length: int
    admits: tuple[str, ...] = ()
    denies: tuple[str, ...] = ()
    by_contact: tuple[str, ...] = ()
    expires: tuple[str, ...] = ()


@dataclass(frozen=True)
class PersonasSeen:
    """Two personas with opposite histories and fresh ones asked the same questions, before and after the option was used."""

    queries: tuple[str, ...]
    accounts: bool
    actions: dict[str, int]
    views: dict[str, int]
    lists: tuple[RankedList, ...]
    options: tuple[Option, ...] = ()
    used: Option | None = None
    switched: tuple[Switched, ...] = ()
    places: tuple[PlaceRead, ...] = ()
    unread: tuple[str, ...] = ()
    """Promising ways within the click limit that were not followed, with the reason: then not finding proves nothing."""
    policy: PolicySaid | None = None
    notes: tuple[str, ...] = field(default=())
