"""Searches: for each query the default list, its second page, and the list in every order; once more as somebody signed in. Further
pages of the ordered lists are read for what they order by, not for their labels."""

from __future__ import annotations

from typing import ClassVar

from gongping.consumer.experiments import Attempt, Experiment
from gongping.consumer.guard import Refused
from gongping.consumer.walls import NotOffered, Wall
from gongping.detectors import ordering
from gongping.observations.ads import Listing, OrderSeen, QuerySeen, SearchSeen
from gongping.observations.ranking import SortControl, SortKey, SortsSeen
from gongping.pages import sorting
from gongping.pages.home import Home
from gongping.pages.listing import Reader
from gongping.pages.login import Login
from gongping.pages.results import Results
from gongping.sight.look import Live

PAGES = 2
"""Pages of the default list that are judged (norm.yaml: a label may be dropped on page 2)."""

ATTESTED_RESULTS = 200
"""Results to inspect where the owner attests that no place is paid for (norm.yaml, 13.1 not_applicable)."""

SORTED_QUERIES = 2
"""Queries whose list is read in every order; further ones in the default order only (convention: navigations are the cost)."""

ORDERED_PAGES: dict[SortKey, int] = {"price": 3, "sales": 3, "credit": 3}
"""Pages that are read of the first query's list in these orders (norm.yaml 40.2: take first 3 pages); of further queries one."""

_MOST_PAGES = 20
_MOST_PICTURED = 2
"""Pictures of a further page, of neighbours that may stand the wrong way round (convention)."""


class SearchJourney(Experiment[SearchSeen]):
    """One consumer who is not signed in asks every query; one with an account asks the first, as far as the target has one."""

    name: ClassVar[str] = "search"
    places: ClassVar[frozenset[str]] = frozenset({"search"})
    observation = SearchSeen

    def run(self, attempt: Attempt) -> SearchSeen:
        consumer = attempt.consumer("searcher", clock=True)
        home: Home = attempt.pages.Home(consumer, attempt)
        home.open()
        reader = Reader(consumer)
        queries: list[QuerySeen] = []
        missed: list[str] = []
        stopped: Wall | None = None
        for number, query in enumerate(attempt.target.queries, start=1):
            try:
                queries.append(_Query(attempt, home, reader, query, number).run())
            except (Wall, Refused) as wall:
                missed.append(f"“{query}”：{wall}")
                if isinstance(wall, Wall):
                    stopped = wall
                    attempt.stop(wall, "search")
        if not queries and stopped is not None:
            raise stopped
        if "shopper" in attempt.target.accounts and queries:
            try:
                queries.append(self._signed_in(attempt))
            except (Wall, Refused) as wall:
                missed.append(f"登录后的搜索：{wall}")
        return SearchSeen(tuple(queries), tuple(missed))

    def _signed_in(self, attempt: Attempt) -> QuerySeen:
        """The first page of the first query, seen by somebody signed in: a label may be dropped just there."""
        consumer = attempt.consumer("member", clock=True, account="shopper")
        home: Home = attempt.pages.Home(consumer, attempt)
        home.open()
        Login(consumer, attempt).sign_in("shopper")
        query = attempt.target.queries[0]
        reader = Reader(consumer, "shopper")
        results = home.search(query)
        seen, _ = reader.read(results, results.first)
        return QuerySeen(query, (seen,))


class _Query:
    """One query on its way."""

    def __init__(self, attempt: Attempt, home: Home, reader: Reader, query: str, number: int) -> None:
        self.attempt = attempt
        self.home = home
        self.reader = reader
        self.query = query
        self.number = number
        self.listings: list[Listing] = []
        self.ordered: list[OrderSeen] = []
        self.missed: list[str] = []

    def run(self) -> QuerySeen:
        """Raises Wall where no list came at all."""
        in_every_order = self.number <= SORTED_QUERIES
        results = self.home.search(self.query)
        seen, live = self.reader.read(results, results.first, early=True)
        self.listings.append(seen)
        whole = self._further_pages(results, live, back=in_every_order)
        sorts = self._orders(results) if in_every_order else None
        return QuerySeen(self.query, tuple(self.listings), sorts, whole, tuple(self.missed), tuple(self.ordered))

    def _further_pages(self, results: Results, live: Live, *, back: bool) -> bool:
        """Reads on; comes `back` to the first page. True where the list was read to its end."""
        start, turned = results.consumer.page.url, 0
        attested = self.attempt.target.facts.paid_ranking is False
        whole = False
        for page in range(2, (_MOST_PAGES if attested else PAGES) + 1):
            if page > PAGES and sum(len(x.listed.cards) for x in self.listings) >= ATTESTED_RESULTS:
                break
            try:
                first = results.next_page(live)
            except NotOffered:
                whole = True
                break
            except (Wall, Refused) as wall:
                self.missed.append(f"第 {page} 页：{wall}")
                break
            turned += 1
            seen, live = self.reader.read(results, first, page=page, pictures=page <= PAGES)
            self.listings.append(seen)
        if back and (turned or not self._on_first(results, start)):
            self._back(results, start)
        return whole

    def _on_first(self, results: Results, start: str) -> bool:
        """Whether the page still is the first: a last page with too few items to be read as a list was turned to all the same."""
        if results.consumer.page.url != start:
            return False
        return [c.key for c in results.cards(results.look().sight)][:3] == self.listings[0].listed.keys[:3]

    def _back(self, results: Results, start: str) -> None:
        """To the first page: by its address, or by asking again where the address does not tell pages apart."""
        if results.consumer.page.url != start:
            results.consumer.visit(start, results.place)
            if self._on_first(results, start):
                return
        self.home.search(self.query)

    def _orders(self, results: Results) -> SortsSeen | None:
        def after(control: SortControl, live: Live, again: bool) -> Live:
            if not control.changed_order and not control.changed_request:
                return live
            label = sorting.label_now(results, live.sight, control)
            seen, now = self.reader.read(
                results, live, sort=f"{control.key}{'-' + control.direction if control.direction else ''}"
            )
            if not again and control.key not in {o.control.key for o in self.ordered}:
                self.listings.append(seen)
            if control.key in ORDERED_PAGES:
                return self._ordered(results, control, seen, now, again=again, label=label)
            return now

        self.reader.forget()  # the first page in its own order, come back to
        try:
            return sorting.read(results, results.look(), after)
        except (Wall, Refused) as wall:
            self.missed.append(f"其他排序：{wall}")
            return None

    def _ordered(
        self, results: Results, control: SortControl, seen: Listing, live: Live, *, again: bool, label: str
    ) -> Live:
        """Reads on in an order and comes back to its first page."""
        most = ORDERED_PAGES[control.key] if self.number == 1 else 1
        lists, start, missed = [seen], results.consumer.page.url, ""
        self._picture(seen, live, control.key)
        for page in range(2, most + 1):
            try:
                live = results.next_page(live)
                further, live = self.reader.read(results, live, sort=seen.listed.sort, page=page, pictures=False)
            except NotOffered:
                break
            except (Wall, Refused) as wall:
                missed = f"第 {page} 页：{wall}"
                break
            self._picture(further, live, control.key)
            lists.append(further)
        self.ordered.append(OrderSeen(control, tuple(lists), again, label, missed))
        if results.consumer.page.url != start:
            results.consumer.visit(start, results.place)
            live = results.look()
            self.reader.forget()
        return live

    def _picture(self, seen: Listing, live: Live, key: SortKey) -> None:
        """Pictures of what an order may be faulted for."""
        cards = ordering.worth_a_picture(seen, live.sight, key)
        self.reader.picture(live, cards[: 2 * _MOST_PICTURED])
