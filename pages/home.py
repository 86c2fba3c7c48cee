"""Home: the page at the platform's address, and the search that starts there."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from gongping.consumer.guard import Effect
from gongping.consumer.walls import NotOffered, Wall, WallName
from gongping.pages import finding
from gongping.pages.documents import twin
from gongping.pages.finding import Candidate
from gongping.pages.gates import gate_of
from gongping.pages.page import Page
from gongping.pages.results import Results
from gongping.sight.look import Live
from gongping.sight.model import Seen

_FEW = 8
"""Controls: a page with fewer, and without a search, is a way in (to an app, past a splash, by a choice of city), and no shop's home:
what is missing there says nothing about the shop (convention; `wall_of_sight` calls such a page small)."""


_MOST_DOORS = 3
"""Pages before home that are passed one after the other (convention: age, country, city)."""


_WAKES_S = 0.6
"""Longest wait for a field that a control shows (convention: a slide, a control that was dead while the page woke up)."""


class Home(Page):
    """The platform's home page."""

    place: ClassVar[str] = "home"

    def open(self) -> Live:
        """Goes to the home page and recognises it by its contents. Raises Wall."""
        self.consumer.visit(self.attempt.run.home, self.place)
        live = self._past_doors(self.look_until(self._is_home))
        controls = finding.controls(live.sight)
        if not self._is_home(live):
            raise Wall(
                WallName.UNRECOGNISED,
                f"the page {live.sight.title!r} has {len(controls)} controls and no search: give the address at which the shop begins",
                self.place,
                self.consumer.page.url,
            )
        self.reached(live, f"{len(controls)} controls, title {live.sight.title!r}")
        return live

    def _past_doors(self, live: Live) -> Live:
        """Past a choice of city, of language, of age: seen and pictured first, then made as a person would."""
        for _ in range(_MOST_DOORS):
            gate = None if self._score(live) else gate_of(live.sight, self.locale)
            if gate is None:
                return live
            pictured = self.look(pictures="viewport")
            self.consumer.journal.note(
                "door", asks=gate.kind, choice=gate.label, url=self.consumer.page.url, sight=pictured.sight.id
            )
            try:
                self.click(live, gate.seen, f"past the door ({gate.kind}): {gate.label!r}", Effect.SESSION)
            except NotOffered:
                return live
            live = self.look_until(self._is_home)
        return live

    def _is_home(self, live: Live) -> bool:
        return len(finding.controls(live.sight)) >= _FEW or bool(self._score(live))

    def search(self, query: str) -> Results:
        """Searches as a person would and gives the result page, confirmed by a list that came. Raises NotOffered, Wall."""
        live = self.look()
        tried: list[str] = []
        for field in self._fields(live):
            before = self.consumer.page.url
            try:
                results = self._try_field(live, field, query)
            except NotOffered as missing:
                tried.append(missing.detail)
                if self.consumer.page.url != before:
                    self.consumer.visit(self.attempt.run.home, self.place)
                live = self.look()
                continue
            if results is not None:
                return results
        raise NotOffered(
            f"no search that gives a list for {query!r} was found (tried {len(tried)}: {'; '.join(tried)[:200]})",
            "search",
            self.consumer.page.url,
        )

    def _fields(self, live: Live) -> list[Seen]:
        """Search fields, the likeliest first; where there is none, a control that opens one is operated."""
        chosen = self.override(live, "search.box")
        if chosen:
            return [chosen]
        found = self._score(live)
        if found:
            return found
        for opener in self._openers(live)[:5]:
            before = self.consumer.page.url
            opened = self._opened(live, opener, again=True)
            if opened is None:
                continue
            if found := self._score(opened):
                live.sight, live._handles = opened.sight, opened._handles
                return found
            if self.consumer.page.url != before:
                self.consumer.back()
                opened = self.look()
            live.sight, live._handles = opened.sight, opened._handles
        return []

    def _opened(self, live: Live, opener: Candidate, *, again: bool) -> Live | None:
        """The page once what may open the search was operated, a second time where a layer took the click or the control slept."""
        before = self.consumer.page.url
        try:
            self.click(live, opener.seen, f"open the search: {opener.label or opener.why}")
        except Wall:
            return None
        now = self.look()
        if self._score(now) or self.consumer.page.url != before or not again:
            return now
        self.consumer.clear_all_layers()
        now = self.look_until(lambda live: bool(self._score(live)), within_s=_WAKES_S)
        same = None if self._score(now) else twin(now.sight, live.sight, opener.seen)
        return self._opened(now, replace(opener, seen=same), again=False) if same else now

    def search_fields(self, live: Live) -> list[Seen]:
        """The fields of the page that may be its search, the likeliest first; nothing is operated."""
        chosen = self.override(live, "search.box")
        return [chosen] if chosen else self._score(live)

    def _openers(self, live: Live) -> list[Candidate]:
        """What may show a search field: controls that say so, menus, then links at the top whose makers call them so (a filter
        further down may have the word in its address, too)."""
        found = self.find(live, "search", roles=("button", "link"))
        said = [c for c in found if not c.seen.href.startswith("http") or c.score > 0.6]
        named = [c for c in found if c not in said and c.seen.box.y < 300]
        menus = [c for c in self.find(live, "menu", roles=("button", "link")) if not c.seen.href.startswith("http")]
        return [*said[:2], *menus[:3], *named[:2]]

    def _score(self, live: Live) -> list[Seen]:
        fields = [
            f
            for f in finding.fields(live.sight)
            if f.kind not in ("password", "email", "tel", "number", "date") or f.role == "searchbox"
        ]
        scored = {c.seen.index: c.score for c in finding.find(live.sight, "search", among=fields, least=0.1)}
        for f in fields:
            bonus = 0.5 if f.role == "searchbox" else 0.0
            bonus += 0.15 if f.box.y < 240 else 0.0
            bonus += 0.1 if f.box.width > 180 else 0.0
            scored[f.index] = scored.get(f.index, 0.0) + bonus
        best = [f for f in sorted(fields, key=lambda f: -scored[f.index]) if scored[f.index] >= 0.2]
        self.consumer.journal.note(
            "find",
            what="search field",
            place=self.place,
            candidates=[{"field": f.name or f.field_name, "score": round(scored[f.index], 2)} for f in best[:4]],
        )
        return best[:3]

    def _try_field(self, live: Live, field: Seen, query: str) -> Results | None:
        consumer = self.consumer
        results: Results = self.attempt.pages.Results(consumer, self.attempt, query)
        try:
            consumer.fill(live, field, query)
            with consumer.bound_for(results.place):
                happened = results.follow_tab(consumer.press_enter(what=f"search {query!r}", effect=Effect.NONE))
        except Exception as error:
            if isinstance(error, Wall) and not isinstance(error, NotOffered):
                raise
            raise NotOffered(
                f"{field.name or field.field_name!r}: {str(error).splitlines()[0]}", "search", consumer.page.url
            ) from None
        if not happened.navigated and not happened.opened and not happened.requests:
            now = self.look()
            button = next(
                (c for c in self.find(now, "search", roles=("button", "link")) if abs(c.seen.box.y - field.box.y) < 80),
                None,
            )
            if button:
                happened = results.click(now, button.seen, f"search {query!r}")
        if self.consumer.status and self.consumer.status >= 400:
            self.consumer.check_status("search")
        if not (happened.navigated or happened.opened):
            results.stood = tuple(c.key for c in results.cards(live.sight))
        results.recognise()
        return results
