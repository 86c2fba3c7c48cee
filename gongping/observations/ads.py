"""What a search showed: every list that was read, with what tells paid places from others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gongping.observations.ranking import SortControl, SortKey, SortsSeen
from gongping.observations.results import ListSeen
from gongping.sight.model import Box


@dataclass(frozen=True)
class Drawn:
    """Style of a `::before` or `::after` whose content may be a label; the sight itself only has its text. `box` where it is
    positioned; None where it flows with the text of its element."""

    index: int
    which: Literal["before", "after"]
    font_px: float
    opacity: float
    box: Box | None = None


@dataclass(frozen=True)
class DataRecord:
    """An item in the page's own data (JSON in scripts or answers) whose fields say that it is paid for."""

    title: str
    address: str
    ident: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """One result list as it stood when the page's work was done (`listed`), with earlier sights of the same list.

    `first` was taken as soon as the page was still; `early` after one more second of the page's clock, "" where not taken.
    `requests` are addresses that the page asked for; `records` are of its own data, `record_count` of how many items that was.
    """

    listed: ListSeen
    first: str = ""
    early: str = ""
    drawn: tuple[Drawn, ...] = ()
    requests: tuple[str, ...] = ()
    records: tuple[DataRecord, ...] = ()
    record_count: int = 0
    covered: str = ""
    """What lay over the page and could not be closed; "" for nothing."""
    account: str = ""
    """The account that was signed in, "" for nobody."""


@dataclass(frozen=True)
class OrderSeen:
    """The list in the order that a control gave, page after page (a list that grows: the list after each growth)."""

    control: SortControl
    lists: tuple[Listing, ...]
    again: bool = False
    """Whether it is what the control gave when it was pressed once more."""
    label: str = ""
    """What the control says while the order is in force; "" where it was not found again."""
    missed: str = ""
    """Why no further page was read; "" where nothing stood in the way."""

    @classmethod
    def of_page(cls, listing: Listing, key: SortKey) -> OrderSeen:
        """One page, whatever the control was."""
        return cls(SortControl(key, None, key), (listing,))


@dataclass(frozen=True)
class QuerySeen:
    """All lists of one query. `whole`: every page of the default list was read. `missed`: what was not seen, and why. `orders` go on
    where `listings` have the first page only."""

    query: str
    listings: tuple[Listing, ...]
    sorts: SortsSeen | None = None
    whole: bool = False
    missed: tuple[str, ...] = ()
    orders: tuple[OrderSeen, ...] = ()


@dataclass(frozen=True)
class SearchSeen:
    """Searches by one consumer who is not signed in, then one by a consumer who is."""

    queries: tuple[QuerySeen, ...]
    missed: tuple[str, ...] = ()

    @property
    def listings(self) -> tuple[Listing, ...]:
        return tuple(listing for query in self.queries for listing in query.listings)

    @property
    def everything_missed(self) -> tuple[str, ...]:
        """What was not seen, over all queries."""
        return (*self.missed, *(f"{q.query}：{m}" for q in self.queries for m in q.missed))
