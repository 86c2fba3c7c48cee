"""What every page object shares: it belongs to a consumer, looks, finds by words, acts under the guard."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from gongping.consumer.consumer import Consumer, Happened, Pictures
from gongping.consumer.experiments import Attempt
from gongping.consumer.guard import Effect
from gongping.consumer.walls import NotOffered, Wall, WallName
from gongping.pages import finding
from gongping.pages.finding import Candidate
from gongping.sight.look import Live
from gongping.sight.model import Seen


class Page:
    """A place that a consumer meets. Subclasses ask and act; they hold no assert and no law."""

    place: ClassVar[str] = ""

    def __init__(self, consumer: Consumer, attempt: Attempt) -> None:
        self.consumer = consumer
        self.attempt = attempt

    @property
    def locale(self) -> str:
        return self.attempt.target.locale

    def look(self, *, pictures: Pictures = "none", screens: float = 6, glyphs: bool = False) -> Live:
        """The present page. Pictures only where something may be shown. Raises Wall."""
        return self.consumer.look(self.place, pictures=pictures, screens=screens, glyphs=glyphs)

    def look_until(
        self, ready: Callable[[Live], bool], *, within_s: float = 4, pictures: Pictures = "none", glyphs: bool = False
    ) -> Live:
        """Looks until `ready` holds, at most `within_s`: a page that fills itself late shows its contents after it has settled. The
        last look is given in any case, the only one with pictures where the first was not it. Raises Wall."""
        end = time.monotonic() + within_s
        live = first = self.look(pictures=pictures, glyphs=glyphs)
        while not ready(live) and time.monotonic() <= end:
            self.consumer.page.wait_for_timeout(200)  # lets the page's own scripts go on; the state is asked again
            self.consumer.settle(1000)
            live = self.look()
        return live if live is first or pictures == "none" else self.look(pictures=pictures, glyphs=glyphs)

    def find(
        self,
        live: Live,
        concepts: str | Sequence[str],
        *,
        roles: Iterable[str] = (),
        least: float = 0.45,
        note: bool = True,
    ) -> list[Candidate]:
        """Candidates for a control, best first; what was considered goes to the journal."""
        found = finding.find(live.sight, concepts, locale=self.locale, roles=roles, least=least)
        if note:
            self.consumer.journal.note(
                "find",
                what=concepts,
                place=self.place,
                candidates=[{"label": c.label, "score": c.score, "why": c.why} for c in found[:5]],
            )
        return found

    def override(self, live: Live, key: str) -> Seen | None:
        """What the target's `selectors` say for "place.control"; None where they say nothing. Raises NotOffered where nothing matches."""
        selector = self.attempt.target.selectors.get(key)
        if not selector:
            return None
        handle = self.consumer.page.query_selector(selector)
        if handle is None:
            raise NotOffered(f'selector {key}: "{selector}" matches nothing here', self.place, self.consumer.page.url)
        for seen in live.sight.elements:
            if seen.shown and live.is_same(seen, handle):
                return seen
        raise NotOffered(f'selector {key}: "{selector}" matches nothing visible', self.place, self.consumer.page.url)

    def click(self, live: Live, seen: Seen, what: str, effect: Effect = Effect.NONE) -> Happened:
        """Clicks what was seen; follows it into a new tab where one opened. A wall is one of this place. Raises NotOffered, Wall."""
        with self.consumer.bound_for(self.place):
            return self.follow_tab(self.consumer.click(live, seen, what=what, effect=effect))

    def follow_tab(self, happened: Happened) -> Happened:
        """Goes along into the tab that an act opened, if any. Raises Wall where a file came instead of a page."""
        came = happened.navigated
        if happened.opened:
            came |= self.consumer.adopt()
        if happened.downloads and not came:
            raise Wall(
                WallName.DOWNLOAD,
                f"a download came instead of a page: {happened.downloads[-1]}",
                self.place,
                self.consumer.page.url,
            )
        return happened

    def go(self, live: Live, seen: Seen, what: str, place: str) -> None:
        """Clicks a link that leads on; where a layer that won't go covers it, its address is visited: what the layer breaks is
        judged elsewhere. Raises NotOffered, Wall."""
        try:
            self.click(live, seen, what)
        except NotOffered:
            if not seen.href.startswith("http"):
                raise
            self.consumer.journal.note("covered", what=what, visits=seen.href)
            self.consumer.visit(seen.href, place)

    def asks_to_sign_in(self, detail: str) -> Wall:
        """The wall of a place that asks to sign in, with the remedy where the consumer lives in a kept session."""
        session = self.consumer.session
        return Wall(
            WallName.LOGIN, f"{detail}; {session.remedy}" if session else detail, self.place, self.consumer.page.url
        )

    def reached(self, live: Live, anchor: str) -> None:
        """Notes that this place was reached, by the anchor that was recognised."""
        self.attempt.reached(self.place, self.consumer.page.url, anchor, live.sight.id)
        self.consumer.keep_page(self.place, whole=self.attempt.number > 1)
