"""The list that a search returns."""

from __future__ import annotations

import re
from typing import ClassVar

from gongping.consumer.consumer import Consumer
from gongping.consumer.experiments import Attempt
from gongping.consumer.walls import NotOffered
from gongping.lexicon import normalise
from gongping.observations.results import Card, ListSeen
from gongping.pages import cards
from gongping.pages.page import Page
from gongping.sight.look import Live
from gongping.sight.model import Sight


class Results(Page):
    """A result list for a query."""

    place: ClassVar[str] = "search"

    def __init__(self, consumer: Consumer, attempt: Attempt, query: str) -> None:
        super().__init__(consumer, attempt)
        self.query = query

    def cards(self, sight: Sight) -> tuple[Card, ...]:
        """The items on the page: of all groups of look-alikes the one that answers the query best. Override where a platform is odd."""
        best: tuple[Card, ...] = ()
        for group in cards.groups(sight)[:4]:
            read = cards.read_cards(sight, group)
            if not best or self._answers(read) > self._answers(best) + 0.3:
                best = read
        return best

    def _answers(self, read: tuple[Card, ...]) -> float:
        """Share of the cards that contain a word of the query."""
        wanted = [w for w in re.split(r"\s+", normalise(self.query)) if w]
        return sum(any(w in normalise(c.text) or w in normalise(c.title) for w in wanted) for c in read) / len(read) if read else 0.0

    def recognise(self) -> Live:
        """The page as a result list. Raises NotOffered where no list that answers the query is there."""
        live = self.look()
        found = self.cards(live.sight)
        if not found:
            raise NotOffered(f"no list of items came for {self.query!r}", self.place, self.consumer.page.url)
        share = self._answers(found)
        title = normalise(f"{live.sight.title} {self.consumer.page.url} {live.sight.text[:3000]}")
        if share < 0.3 and normalise(self.query) not in title:
            raise NotOffered(f"a list of {len(found)} items came, but nothing in it says {self.query!r}", self.place, self.consumer.page.url)
        self.reached(live, f"{len(found)} items, {share:.0%} with {self.query!r}")
        return live

    def read(self, *, sort: str = "default", page: int = 1, pictures: bool = True) -> tuple[ListSeen, Live]:
        """The list as it stands, with tiles of every card where `pictures`."""
        live = self.look(pictures="page" if pictures else "none", glyphs=pictures)
        found = self.cards(live.sight)
        seen = ListSeen(query=self.query, sort=sort, page=page, url=self.consumer.page.url, sight=live.sight.id, cards=found, list_box=cards.list_box(found))
        return seen, live
