"""Looks at home as an anonymous consumer and follows what must be shown there: licence, agreements, rules, privacy policy."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, ClassVar

from playwright.sync_api import Error as PlaywrightError

from gongping.consumer.consumer import Consumer
from gongping.consumer.experiments import Attempt, Experiment
from gongping.consumer.walls import Wall
from gongping.detectors import ocr
from gongping.detectors.licence import licence_facts
from gongping.evidence.album import Album
from gongping.lexicon import words
from gongping.observations.documents import Document, HomeSeen, Link, Mark
from gongping.pages import finding
from gongping.pages.documents import is_document, twin
from gongping.pages.journeys.contacts import ContactsWalk
from gongping.sight.look import Live
from gongping.sight.model import Sight

SCREENS = 6.0
"""How far home is scrolled (norm.yaml: home_scroll_screens_max, of which the test judges)."""

CONCEPTS = ("licence_mark", "agreement_user", "agreement_rules", "agreement_privacy", "rule_centre")
_ITS_OWN = ("permit",)
"""Concepts of which only links within the platform are followed: an authority's register is no page of its own."""
_LONGEST = 30
"""Characters: a mark is a short label; a sentence that mentions an agreement is none (convention)."""
_MOST_MARKS = 3
_MOST_PICTURES = 8


class HomeJourney(Experiment[HomeSeen]):
    """Home, read to its end or six screens, and one click on every mark (a second where that leads to an index)."""

    name: ClassVar[str] = "home"
    places: ClassVar[frozenset[str]] = frozenset({"home", "documents"})
    observation = HomeSeen

    def run(self, attempt: Attempt) -> HomeSeen:
        consumer = attempt.consumer("anonymous")
        home = attempt.pages.Home(consumer, attempt)
        first: str = home.open().sight.text
        live, height_before = self.unobstructed(home, consumer)
        grows = self._height(consumer) > height_before * 1.25 + 200
        sight = live.sight
        marks = [m for concept in (*CONCEPTS, *_ITS_OWN) for m in self.marks(sight, concept)]
        read, unread = 0, 0
        if not any(m.concept == "licence_mark" for m in marks):
            more, read, unread = self._marks_in_pictures(consumer, sight)
            marks += more
        marks += self.inline(sight)
        marks = [self._reach(consumer, live, m, grows) for m in marks]
        followed = self._follow(attempt, consumer, live, marks)
        contacts = ContactsWalk(attempt, consumer, sight, [d for m in followed for d in m.followed]).walk()
        return HomeSeen(
            url=sight.url,
            title=sight.title,
            sight=sight.id,
            text=sight.text[:20000],
            screens=round(sight.size[1] / sight.viewport[1], 1),
            grows=grows,
            links=tuple(Link(sight.label_of(s)[:60], s.href) for s in finding.controls(sight) if sight.label_of(s))[
                :400
            ],
            marks=tuple(followed),
            hidden=tuple(self._hidden(sight)),
            pictures_read=read,
            ocr=ocr.available(),
            unread_pictures=unread,
            contacts=contacts,
            passed="\n".join(line for line in first.splitlines() if line not in sight.text)[:2000],
        )

    def unobstructed(self, home: Any, consumer: Consumer) -> tuple[Live, float]:
        """Home as it is without a layer in the way: layers may come late, so it is looked at again where one came meanwhile."""
        for _ in range(3):
            consumer.clear_all_layers()
            height = self._height(consumer)
            live: Live = home.look(pictures="page", screens=SCREENS, glyphs=True)
            if not consumer.clear_way():
                break
        return live, height

    def _height(self, consumer: Consumer) -> float:
        return float(consumer.page.evaluate("(document.scrollingElement || document.documentElement).scrollHeight"))

    def marks(self, sight: Sight, concept: str) -> list[Mark]:
        """Visible marks for a concept by their words, the best first; links and controls before bare text."""
        found: list[tuple[float, Mark]] = []
        for s in sight.elements:
            if not s.shown or s.tag == "#text" or not (s.operable or s.words or s.tag == "img"):
                continue
            label = sight.label_of(s)
            if not 1 < len(label) <= _LONGEST:
                continue
            hit = words(concept).match(label)
            if hit is None or hit.score < 0.6:
                continue
            if any(a.operable and a.href for a in list(sight.ancestors(s.index))[:3]) and not s.operable:
                continue  # the link around it is the mark
            how = "link" if s.href else "control" if s.operable else "text"
            picture = not sight.text_of(s.index) and (
                s.tag == "img" or any(d.tag == "img" for d in sight.within(s.index))
            )
            rank = (
                hit.score
                + (0.3 if how != "text" else 0)
                + (0.2 if s.layer >= 0 else -0.02 * s.box.y / sight.viewport[1])
            )  # of twins the one easiest to reach
            found.append(
                (rank, Mark(concept, hit.word, s, label, "picture" if picture else how, finding.region(sight, s), None))
            )
        found.sort(key=lambda f: -f[0])
        kept: list[Mark] = []
        for _, mark in found:
            if not any(k.seen.href == mark.seen.href and k.label == mark.label for k in kept):
                kept.append(mark)
        return kept[:_MOST_MARKS]

    def _marks_in_pictures(self, consumer: Consumer, sight: Sight) -> tuple[list[Mark], int, int]:
        """Reads small linked pictures in the lower part of home, where nothing said "licence" in words."""
        pictures = [
            s
            for s in sight.elements
            if s.shown and (s.tag == "img" or s.background_image) and not s.words and 12 <= s.box.height <= 160 and 12 <= s.box.width <= 400
            and any(a.operable for a in (s, *list(sight.ancestors(s.index))[:3])) and (finding.region(sight, s) == "footer" or s.box.y > sight.size[1] * 0.7)
        ]  # fmt: skip
        pictures = pictures[-_MOST_PICTURES:]
        if not ocr.available():
            return [], 0, len(pictures)
        album = Album(consumer.bundle)
        found = []
        for s in pictures:
            crop = album.crop(s, s.box)
            lines = ocr.read_page(crop[0]) if crop else ()
            for line in lines:
                hit = words("licence_mark").match(line.text)
                if hit and line.confidence >= 0.8:
                    control = next((a for a in (s, *sight.ancestors(s.index)) if a.operable), s)
                    found.append(
                        Mark("licence_mark", hit.word, control, line.text, "ocr", finding.region(sight, s), None)
                    )
        return found, len(pictures), 0

    def inline(self, sight: Sight) -> list[Mark]:
        """The licence's own data printed on home."""
        for s in sight.elements:
            if (
                s.shown
                and s.words
                and s.text_box
                and re.search(r"[0-9A-Z]{18}|信用代码", s.words)
                and licence_facts(sight.text_of(s.parent if s.parent >= 0 else s.index)).codes
            ):
                block = next(
                    (
                        a
                        for a in (s, *sight.ancestors(s.index))
                        if licence_facts(sight.text_of(a.index)).names or len(sight.text_of(a.index)) > 400
                    ),
                    s,
                )
                text = sight.text_of(block.index)
                document = Document(
                    "licence_inline", sight.title, sight.url, text, sight.id, how="home", clicks=0, status=sight.status
                )
                return [
                    Mark(
                        "licence_inline",
                        "统一社会信用代码",
                        s,
                        s.words[:60],
                        "text",
                        finding.region(sight, s),
                        None,
                        followed=(document,),
                    )
                ]
        return []

    def _reach(self, consumer: Consumer, live: Live, mark: Mark, grows: bool) -> Mark:
        """How far down a mark lies for a person who scrolls; on a page that grows, by scrolling there."""
        sight = live.sight
        if mark.seen.layer >= 0:
            return replace(mark, screens=0.0)
        down = max(0.0, (mark.seen.box.bottom - sight.viewport[1]) / sight.viewport[1])
        if not grows:
            return replace(mark, screens=round(down, 2) if down <= SCREENS else None)
        try:
            element = live.element(mark.seen)
            consumer.page.evaluate("window.scrollTo({top: 0, behavior: 'instant'})")
            step = sight.viewport[1] * 0.9
            for n in range(int(SCREENS / 0.9) + 1):
                consumer.settle(1500)
                top = element.evaluate("e => e.getBoundingClientRect().top")
                if -5 <= top <= sight.viewport[1] - 5:
                    consumer.settle(1500)  # a feed that loads on arrival pushes it away now
                    again = element.evaluate("e => e.getBoundingClientRect().top")
                    if -5 <= again <= sight.viewport[1] - 5:
                        return replace(mark, screens=round(n * 0.9, 2))
                consumer.page.evaluate("d => window.scrollBy({top: d, behavior: 'instant'})", step)
        except (LookupError, PlaywrightError):
            return replace(mark, screens=round(down, 2) if down <= SCREENS else None)
        return replace(mark, screens=None, pushed_away=True)

    def _hidden(self, sight: Sight) -> list[Link]:
        """Marks that are in the page's source but not visible: what a person is told when none is visible."""
        found = []
        for s in sight.elements:
            if not s.shown and s.text and len(s.text) <= _LONGEST and words("licence_mark").match(s.text):
                found.append(Link(s.text, s.href))
        return found[:5]

    def _follow(self, attempt: Attempt, consumer: Consumer, live: Live, marks: list[Mark]) -> list[Mark]:
        """Clicks each mark once, from home; an index gets one more click."""
        home: Any = attempt.pages.Home(consumer, attempt)
        documents: Any = attempt.pages.Documents(consumer, attempt)
        at_home, first_sight = True, live.sight
        done: dict[str, tuple[Document, ...]] = {}
        out: list[Mark] = []
        satisfied: set[str] = set()
        for mark in marks:
            if mark.followed or not mark.seen.operable:
                out.append(mark)
                continue
            if mark.concept in satisfied and mark.concept != "licence_mark":
                out.append(mark)
                continue
            if mark.concept in _ITS_OWN and mark.seen.href and not consumer.same_site(mark.seen.href, first_sight.url):
                out.append(mark)
                continue
            key = mark.seen.href or f"{mark.label}@{mark.seen.index}"
            if key not in done:
                try:
                    if not at_home:
                        live = self._home_again(home, consumer)
                        at_home = True
                    seen = (
                        mark.seen
                        if mark.seen.sight == live.sight.id
                        else twin(live.sight, first_sight, mark.seen) or mark.seen
                    )
                    first = documents.follow(live, seen, mark.concept)
                    at_home = False
                    done[key] = (first, *self._one_more(documents, consumer, mark, first))
                except Wall as wall:
                    attempt.stop(wall, "documents")
                    done[key] = (Document(mark.concept, "", wall.url, "", "", wall=str(wall.name), detail=wall.detail),)
                    at_home = False
            followed = done[key]
            if any(not d.wall for d in followed):
                satisfied.add(mark.concept)
            out.append(replace(mark, followed=followed))
        return out

    def _home_again(self, home: Any, consumer: Consumer) -> Live:
        live: Live = home.open()
        if consumer.clear_all_layers():
            live = home.look()
        return live

    def _one_more(self, documents: Any, consumer: Consumer, mark: Mark, first: Document) -> tuple[Document, ...]:
        """From an index, the document itself: one more click."""
        if (
            first.wall
            or mark.concept in ("licence_mark", "permit")
            or (is_document(first, mark.concept) and mark.concept != "rule_centre")
        ):
            return ()
        wanted = (
            ["agreement_user", "agreement_privacy", "agreement_rules"]
            if mark.concept == "rule_centre"
            else [mark.concept]
        )
        got: list[Document] = []
        for concept in wanted:
            live = documents.look()
            best = next(
                (c for c in finding.find(live.sight, concept, least=0.6)
                 if finding.region(live.sight, c.seen) not in ("footer", "header") and c.seen.href.split("#")[0] != consumer.page.url),
                None,
            )  # fmt: skip
            if best is None:
                continue
            back = consumer.page.url
            got.append(documents.follow(live, best.seen, concept, clicks=2))
            if consumer.page.url != back and concept != wanted[-1]:
                consumer.visit(back, "documents")
        return tuple(got)
