"""From home to wherever a platform says how to complain, report, or reach it: part of the visit at home, not an experiment of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gongping.consumer.consumer import Consumer
from gongping.consumer.experiments import Attempt
from gongping.consumer.walls import Wall
from gongping.detectors import contacts, ocr
from gongping.evidence.album import Album
from gongping.lexicon import words
from gongping.observations.documents import ContactsSeen, Document, Mark, PictureRead
from gongping.pages import finding
from gongping.pages.documents import main_part, twin
from gongping.sight.model import Seen, Sight

CONCEPTS = ("complaint", "help", "contact_page")
"""In the order in which they are followed: what names complaints and reports says most."""

_MOST_ENTRIES = 5
_MOST_FOLLOWED = 4
_DEEPER = 2
"""Links followed from the pages that home leads to: home, entry, page makes the norm's three clicks with the one that opens home."""
_MOST_PICTURES = 8
_LONGEST = 24


class ContactsWalk:
    """One walk, by the consumer who has home open or has just left it."""

    def __init__(self, attempt: Attempt, consumer: Consumer, home: Sight, read: list[Document]) -> None:
        self.attempt = attempt
        self.consumer = consumer
        self.home = home
        self.plans = contacts.regions(attempt.target.locale)
        self.found = list(contacts.channels_on(home, self.plans, place="home"))
        for document in read:
            self.found += contacts.channels_in_text(document.text, self.plans, place=document.kind)
        self.pages: Any = attempt.pages
        self.deeper = 0
        self.named = False
        """Whether an entry that names complaints was met."""

    def walk(self) -> ContactsSeen:
        """Follows the entry for complaints and one for help; the others only as long as nothing was found."""
        marks = self._marks()
        self.named = any(m.concept == "complaint" for m in marks)
        out: list[Mark] = []
        done: set[str] = set()
        for mark in marks:
            enough = contacts.sufficient(self.found) and mark.concept in done
            out.append(
                mark if enough or len([m for m in out if m.followed]) >= _MOST_FOLLOWED else self._followed(mark)
            )
            done |= {mark.concept, "help", "contact_page"} if mark.concept != "complaint" else {mark.concept}
        pictures = [] if self._own_number() else self._pictures(out)
        return ContactsSeen(tuple(out), tuple(pictures), tuple(self._unnamed()), looked=True)

    def _own_number(self) -> bool:
        return any(c.kind == "phone" and c.whose == "own" and c.sound for c in self.found)

    def _marks(self) -> list[Mark]:
        """The entries on home, each address once, those of its frame and its floats before those among the goods."""
        found: list[tuple[float, Mark]] = []
        for s in self.home.elements:
            if (
                not s.shown
                or not s.operable
                or s.tag in ("label", "input", "textarea", "select")
                or s.href.startswith(("tel:", "mailto:"))
            ):
                continue
            label = self.home.label_of(s)
            if not 1 < len(label) <= _LONGEST or (
                s.href.startswith("http") and not self.consumer.same_site(s.href, self.home.url)
            ):
                continue
            for rank, concept in enumerate(CONCEPTS):
                hit = words(concept).match(label)
                if (
                    hit is None
                    or hit.score < 0.4
                    or words("contact_seller").match(label)
                    or words("seller_join").match(label)
                ):
                    continue
                region = finding.region(self.home, s)
                mark = Mark(concept, hit.word, s, label, "link" if s.href else "control", region, None)
                found.append((rank - 0.3 * hit.score - (0.2 if region in ("footer", "header", "nav") else 0), mark))
                break
        kept: list[Mark] = []
        for _, mark in sorted(found, key=lambda f: f[0]):
            if not any(k.seen.href == mark.seen.href and (mark.seen.href or k.label == mark.label) for k in kept):
                kept.append(mark)
        return kept[:_MOST_ENTRIES]

    def _followed(self, mark: Mark) -> Mark:
        home: Any = self.pages.Home(self.consumer, self.attempt)
        documents: Any = self.pages.Documents(self.consumer, self.attempt)
        try:
            live = home.open()
            if self.consumer.clear_all_layers():
                live = home.look()
            seen = twin(live.sight, self.home, mark.seen) or mark.seen
            first = documents.follow(live, seen, mark.concept, pictures=False)
            self._note(first)
            reached = (first, *self._one_more(documents, first))
        except (Wall, LookupError) as wall:
            if not isinstance(wall, Wall):
                return mark
            self.attempt.stop(wall, "documents")
            reached = (Document(mark.concept, "", wall.url, "", "", wall=str(wall.name), detail=wall.detail),)
        return replace(mark, followed=reached)

    def _one_more(self, documents: Any, first: Document) -> tuple[Document, ...]:
        """From a page that names complaints but no way, the way itself: one more click, a few times in all."""
        enough = contacts.sufficient(self.found)
        if first.wall or first.how == "file" or (enough and self.named) or self.deeper >= _DEEPER:
            return ()
        wanted = ["complaint"] if enough else ["complaint", "contact_page"]
        live = documents.look()
        here = self.consumer.page.url.split("#")[0]
        best = next(
            (c for c in finding.find(live.sight, wanted, least=0.6)
             if finding.region(live.sight, c.seen) not in ("footer", "header", "nav") and c.seen.href.split("#")[0] != here
             and (not c.seen.href or (c.seen.href.startswith("http") and self.consumer.same_site(c.seen.href))) and len(c.label) <= _LONGEST),
            None,
        )  # fmt: skip
        if best is None:
            return ()
        self.deeper += 1
        self.named = self.named or bool(words("complaint").match(best.label))
        further = documents.follow(live, best.seen, "complaint", clicks=2, pictures=False)
        self._note(further)
        return (further,)

    def _note(self, document: Document) -> None:
        if document.wall or not document.sight:
            return
        sight = Album(self.consumer.bundle).sight(document.sight)
        about = bool(words("complaint").match(document.title) or words("complaint_method").contains(document.title))
        root = main_part(sight) if document.how != "layer" else None
        self.found += contacts.channels_on(sight, self.plans, place=document.kind, root=root, complaint=about)

    def _pictures(self, entries: list[Mark]) -> list[PictureRead]:
        """Reads the pictures that may show a number, where no number stands in text: those of home's foot and of the pages reached."""
        album = Album(self.consumer.bundle)
        candidates = [
            (s, "home")
            for s in self.home.elements
            if self._may_show(self.home, s) and finding.region(self.home, s) == "footer"
        ]
        for document in (d for m in entries for d in m.followed if not d.wall and d.sight):
            sight = album.sight(document.sight)
            candidates += [
                (s, document.kind)
                for s in sight.elements
                if self._may_show(sight, s) and finding.region(sight, s) == "main"
            ]
        read = []
        for s, place in candidates[-_MOST_PICTURES:]:
            crop = album.crop(s, s.box) if ocr.available() else None
            if crop is None:
                read.append(PictureRead(s, place))
                continue
            lines = ocr.read_page(crop[0])
            read.append(
                PictureRead(
                    s,
                    place,
                    "\n".join(r.text for r in lines),
                    round(min((r.confidence for r in lines), default=1.0), 2),
                )
            )
        return read

    def _may_show(self, sight: Sight, s: Seen) -> bool:
        """Whether a picture has the shape of a line of text or a card, and no text that says everything already."""
        if not s.shown or not (s.tag in ("img", "canvas", "svg") or s.background_image) or s.words:
            return False
        if not (60 <= s.box.width <= 900 and 12 <= s.box.height <= 400) or contacts.channels_in_text(
            s.name, self.plans
        ):
            return False
        around = f"{s.name} {sight.text_of(s.parent)[:60] if s.parent >= 0 else ''}"
        return bool(words("contact_phone").contains(around) or words("complaint_method").contains(around) or not s.name)

    def _unnamed(self) -> list[Seen]:
        """Small floating controls without any name: one of them may be a chat."""
        return [
            s for s in self.home.elements
            if s.shown and s.operable and s.fixed and 20 <= s.box.width <= 120 and 20 <= s.box.height <= 120 and not self.home.label_of(s)
        ][:4]  # fmt: skip
