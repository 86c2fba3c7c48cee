"""A list of search results, as it was seen."""

from __future__ import annotations

from dataclasses import dataclass

from gongping.sight.model import Box, Seen


@dataclass(frozen=True)
class Card:
    """One item of a result list. `key` tells items apart across lists: the address without its tracking, else the title."""

    seen: Seen
    rank: int
    key: str
    title: str
    price: float | None
    text: str
    href: str
    picture: Seen | None = None
    link: Seen | None = None


@dataclass(frozen=True)
class ListSeen:
    """A result list for a query, under a sort, at a page."""

    query: str
    sort: str
    page: int
    url: str
    sight: str
    cards: tuple[Card, ...]
    list_box: Box | None = None
    says_total: int | None = None

    @property
    def keys(self) -> list[str]:
        return [c.key for c in self.cards]
