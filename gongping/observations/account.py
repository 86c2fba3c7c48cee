"""The account of a consumer: what explains its rights, where they can be exercised, and the way out up to the last click."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gongping.observations.documents import Document
from gongping.sight.model import Seen

Right = Literal["query", "correct", "delete", "deregister"]
RIGHTS: tuple[Right, ...] = ("query", "correct", "delete", "deregister")

Alive = Literal["works", "dead", "app", "offline", "unknown"]


@dataclass(frozen=True)
class AccountPage:
    """A page of the account that was read. `path` is what was clicked from the account's home; `labels` all its controls say;
    `editable` counts the fields that take text of one's own."""

    path: tuple[str, ...]
    clicks: int
    url: str
    title: str
    sight: str
    labels: tuple[str, ...] = ()
    editable: int = 0
    text: str = ""
    wall: str = ""


@dataclass(frozen=True)
class RightEntry:
    """A control that leads to a right. `clicks` from the account's home, its own included; `partial` where it serves one kind of
    data only (an address, an order); `alive` and `said` tell what it opened."""

    right: Right
    label: str
    clicks: int
    path: tuple[str, ...]
    url: str
    href: str
    seen: Seen
    partial: bool = False
    disabled: bool = False
    alive: Alive = "unknown"
    said: str = ""
    opened: str = ""
    sight: str = ""


@dataclass(frozen=True)
class StatedPath:
    """A path through the account that a document names, and whether the account has it (None: could not be followed)."""

    right: Right
    steps: tuple[str, ...]
    document: str
    url: str
    quote: str
    exists: bool | None = None
    missing: str = ""
    sight: str = ""
    app: bool = False


@dataclass(frozen=True)
class DeregField:
    """Something that a step of deregistration asks for. `purpose`: password, code, phone, document, history, reason, question,
    consent, waiver, other."""

    label: str
    purpose: str
    required: bool
    seen: Seen


@dataclass(frozen=True)
class DeregButton:
    """A button of a step. `kind`: last (it would end the account), onward, back; `leads_out` where it was followed and left the flow."""

    label: str
    kind: Literal["last", "onward", "back"]
    seen: Seen
    href: str = ""
    leads_out: bool | None = None


@dataclass(frozen=True)
class DeregStep:
    """One step of the way out. `answers` is what the page said to an act (a code asked for, a form sent)."""

    number: int
    url: str
    title: str
    sight: str
    text: str
    fields: tuple[DeregField, ...] = ()
    buttons: tuple[DeregButton, ...] = ()
    clicked: str = ""
    dialog: bool = False
    retains: bool = False
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Deregistration:
    """The way out, walked up to the last click and never further.

    `ended`: last_click, blocked (a condition that the page names), demands (it asks for what cannot be given), refused (by the
    mode), offline (no flow, only a telephone or the like), wall, stuck. `notices` are the documents that its pages link to.
    """

    account: str
    entry: RightEntry | None
    steps: tuple[DeregStep, ...] = ()
    ended: str = "stuck"
    why: str = ""
    verified: bool = False
    code_refused: str = ""
    notices: tuple[Document, ...] = ()


Promise = Literal["now", "later", "no", ""]


@dataclass(frozen=True)
class LeavingSeen:
    """The last click, made with an account that may be used up.

    `account` is "" where none was used; `why` then says why not. `walk` is the way to the last click. `answers` are the pages that
    came of it, in order; `promised` what the last of them says of the account: closed now, later, not (a refusal), "" where it does
    not say. `gone`: whether the account can no longer sign in (None: not tried, `gone_why` says why), with what the login said.
    """

    account: str
    why: str = ""
    walk: Deregistration | None = None
    answers: tuple[DeregStep, ...] = ()
    promised: Promise = ""
    gone: bool | None = None
    gone_why: str = ""

    @property
    def demanding(self) -> tuple[DeregStep, ...]:
        """The answers that may still ask for something: those of a platform that did not say that the account goes."""
        return () if self.promised in ("now", "later") else self.answers


@dataclass(frozen=True)
class AccountSeen:
    """What a consumer learns about the rights to its data, and finds in its account.

    `account` is "" where the target configures none. `searched` names the pages whose links were read in search of documents,
    `links_read` how many links those were; `complete` tells that every promising link of the account within the click limit was
    followed.
    """

    account: str
    home_sight: str
    documents: tuple[Document, ...]
    searched: tuple[str, ...]
    links_read: int
    pages: tuple[AccountPage, ...] = ()
    entries: tuple[RightEntry, ...] = ()
    stated: tuple[StatedPath, ...] = ()
    complete: bool = False
    why_incomplete: str = ""
    stopped: str = ""
    deregistration: Deregistration | None = None
