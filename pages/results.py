"""The list that a search returns."""

from __future__ import annotations

import re
from functools import partial
from typing import ClassVar
from urllib.parse import unquote_plus

from gongping.consumer.consumer import Consumer
from gongping.consumer.experiments import Attempt
from gongping.consumer.walls import NotOffered
from gongping.lexicon import normalise
from gongping.observations.results import Card, ListSeen
from gongping.pages import cards
from gongping.pages.page import Page
from gongping.sight.look import Live
from gongping.sight.model import Seen, Sight

_PAGE_S = 3.0
"""Longest wait for the next page of a list (convention: one that grows says 加载中 meanwhile)."""


class Results(Page):
    """A result list for a query."""

    place: ClassVar[str] = "search"

    def __init__(self, consumer: Consumer, attempt: Attempt, query: str) -> None:
        super().__init__(consumer, attempt)
        self.query = query
        self.share = 0.0
        """Of the items by which it was recognised, the share with a word of the query."""
        self.stood: tuple[str, ...] = ()
        """The items that stood on the page before the search, where it remained there."""
        self.first: Live | None = None
        """The look by which the list was recognised: how it was when it had just come."""

    def cards(self, sight: Sight) -> tuple[Card, ...]:
        """The items on the page: of all groups of look-alikes the one that answers the query best. Override where a platform is odd."""
        best: tuple[Card, ...] = ()
        for group in cards.groups(sight)[:4]:
            read = cards.read_cards(sight, group)
            if not best or self._answers(read) > self._answers(best) + 0.3:
                best = read
        return best

    def _fresh(self, sight: Sight) -> tuple[Card, ...]:
        """The items on the page, unless they are those from before the search."""
        found = self.cards(sight)
        return () if self.stood and tuple(c.key for c in found) == self.stood else found

    def _answers(self, read: tuple[Card, ...]) -> float:
        """Share of the cards that contain a word of the query."""
        wanted = [w for w in re.split(r"\s+", normalise(self.query)) if w]
        return (
            sum(any(w in normalise(c.text) or w in normalise(c.title) for w in wanted) for c in read) / len(read)
            if read
            else 0.0
        )

    def recognise(self) -> Live:
        """The page as a result list. Raises NotOffered where no list that answers the query is there."""
        live = self.look_until(lambda now: bool(self._fresh(now.sight)))
        found = self._fresh(live.sight)
        if not found:
            raise NotOffered(f"no list of items came for {self.query!r}", self.place, self.consumer.page.url)
        self.share = share = self._answers(found)
        if share < 0.3 and not self._repeated(live.sight):
            raise NotOffered(
                f"a list of {len(found)} items came, but nothing in it says {self.query!r}",
                self.place,
                self.consumer.page.url,
            )
        self.reached(live, f"{len(found)} items, {share:.0%} with {self.query!r}")
        self.first = live
        return live

    def _repeated(self, sight: Sight) -> bool:
        """Whether the page says what was asked for: in its title, its address, its first words or a field. The names of goods need not
        (“水果” gives apples)."""
        fields = " ".join(s.value for s in sight.elements if s.shown and s.value)
        said = f"{sight.title} {unquote_plus(self.consumer.page.url)} {sight.text[:3000]} {fields}"
        return normalise(self.query) in normalise(said)

    def next_page(self, live: Live) -> Live:
        """The next page of the list, or the list with more items where it grows. Raises NotOffered where there is none, Wall."""
        last = max((c.seen.box.bottom for c in self.cards(live.sight)), default=0.0)
        inside = {s.index for c in self.cards(live.sight) for s in live.sight.within(c.seen.index)}
        found = [
            c
            for c in self.find(live, "next_page", roles=("link", "button"))
            if c.seen.index not in inside and c.seen.box.y > last - 80 and not self._worn_out(live.sight, c.seen)
        ]
        numbered = self._numbered(live.sight, last, inside)
        for seen in [*(c.seen for c in found[:2]), *numbered[:1]]:
            before = [c.key for c in self.cards(live.sight)]
            try:
                self.click(live, seen, f"next page: {live.sight.label_of(seen)[:30]}")
            except NotOffered:
                continue
            now = self.look_until(partial(self._other, before=before), within_s=_PAGE_S)
            if self._other(now, before):
                return now
            live = now
        raise NotOffered("no further page of the list is offered", self.place, self.consumer.page.url)

    def _other(self, live: Live, before: list[str]) -> bool:
        """Whether the list is another than before."""
        after = [c.key for c in self.cards(live.sight)]
        return bool(after) and after != before

    def _worn_out(self, sight: Sight, seen: Seen) -> bool:
        """Whether a pager's control is there but dead (last page)."""
        return seen.disabled or any(
            re.search(r"(^|[-_ ])(disabled?|end|nomore)([-_ ]|$)", s.classes, re.I)
            for s in (seen, *list(sight.ancestors(seen.index))[:1])
        )

    def _numbered(self, sight: Sight, last: float, inside: set[int]) -> list[Seen]:
        """The control "2" of a pager below the list that has no word for "next"."""
        here = re.search(r"(?:page|pageNo|pageNum|p|pn)=(\d+)", sight.url)
        wanted = str(int(here[1]) + 1 if here else 2)
        return [
            s
            for s in sight.elements
            if s.shown
            and s.operable
            and s.index not in inside
            and s.box.y > last - 80
            and sight.label_of(s).strip() == wanted
        ]

    def read(self, *, sort: str = "default", page: int = 1, pictures: bool = True) -> tuple[ListSeen, Live]:
        """The list as it stands, with tiles of every card where `pictures`."""
        live = self.look(pictures="page" if pictures else "none", glyphs=pictures)
        found = self.cards(live.sight)
        seen = ListSeen(
            query=self.query,
            sort=sort,
            page=page,
            url=self.consumer.page.url,
            sight=live.sight.id,
            cards=found,
            list_box=cards.list_box(found),
        )
        return seen, live
