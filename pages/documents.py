"""Documents: following a mark to a text, in the page, a layer, a new tab or a file, and reading it whole."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar
from urllib.parse import urljoin, urlsplit

from gongping.clauses.read import Unreadable, read_content
from gongping.consumer.consumer import Pictures
from gongping.consumer.guard import Refused
from gongping.consumer.walls import NotOffered, Wall, WallName, is_login
from gongping.detectors import ocr
from gongping.detectors.papers import kind_of
from gongping.evidence.album import Album
from gongping.lexicon import normalise, phrase, words
from gongping.observations.documents import Document, Link
from gongping.observations.library import Copy
from gongping.pages import finding, layers
from gongping.pages.page import Page
from gongping.sight.blocks import Block, blocks, placed_blocks
from gongping.sight.grids import grids
from gongping.sight.look import Live
from gongping.sight.model import Seen, Sight
from gongping.sight.unseen import unseen

_ENOUGH = 60
"""Characters: a page with less says nothing; then its pictures are read (convention)."""

_COVERING = 150
"""Characters from which on a layer over the page is taken for a document and not for a dialog (convention)."""

_LOGIN_TEXT = 1500
"""Characters: a page that asks to sign in and shows less is no document (convention)."""

_COLUMN = 0.75
"""Share of characters that are links, from which on a part of a page leads elsewhere (convention: groups of links have headings)."""

_TRAIL = 60
"""Characters: a line over the columns of a page that only says where one is has no more (convention)."""

_STEPS = re.compile(r"\s[/>›»]\s")
"""What stands between the steps of a trail from home to the page."""

_TITLE_WITHIN = 3
"""Paragraphs among which a text without headings has its title (convention: a trail or a date may come first)."""

_FOOT_LINKS = 3
"""Links that the foot of a site has at least (convention)."""

_MOSTLY = 0.4
"""Share of the characters over the foot of a site from which on a part is what the page is there for (convention)."""

_LONGEST_TITLE = 40
"""Characters: a title is no longer (convention)."""

_FILLS_CAP_S = 2.0
"""Longest wait for a document that scripts fill (convention)."""


class Documents(Page):
    """Whatever a mark leads to."""

    place: ClassVar[str] = "documents"

    def follow(
        self, live: Live, seen: Seen, kind: str, *, clicks: int = 1, pictures: bool = True, again: bool = True
    ) -> Document:
        """Clicks a mark and reads where it leads. A wall is part of the answer. The consumer stands there afterwards."""
        before_url, before, had = self.consumer.page.url, live.sight, self.consumer.downloads
        try:
            happened = self.consumer.click(live, seen, what=f"open {live.sight.label_of(seen)[:20]!r}")
        except Wall as wall:
            return self._walled(kind, wall, clicks)
        if happened.downloads and not happened.navigated:
            return self._file(kind, before, clicks)
        new_tab = bool(happened.opened) and self.consumer.adopt()
        if (
            not (new_tab or happened.navigated or happened.downloads or happened.stopped)
            and _same_page(before_url, self.consumer.page.url)
            and again
        ):
            now = self.look_until(
                lambda live: not self._is_as_before(before, live.sight) or self.consumer.downloads > had, within_s=1.5
            )
            if self.consumer.downloads > had:  # a file that a script made
                return self._file(kind, before, clicks)
            if self._is_as_before(
                before, now.sight
            ):  # a control that was dead while the page woke up, or a layer that took the click
                same = twin(now.sight, before, seen)
                if same is not None:
                    return self.follow(now, same, kind, clicks=clicks, pictures=pictures, again=False)
        try:
            if new_tab or happened.navigated:
                self.consumer.check_status(self.place)
            now = self.look(pictures="page" if pictures else "none", screens=3, glyphs=False)
        except Wall as wall:
            if wall.name is WallName.BLANK:  # a file that the browser shows has no text
                shown = self._file(kind, before, clicks, self.consumer.page.url)
                return shown if shown.text else self._walled(kind, wall, clicks)
            return self._walled(kind, wall, clicks)
        layer = self._fresh_layer(before, now.sight) if not (new_tab or happened.loaded) else None
        document = self.read(
            now,
            kind,
            root=layer,
            how="new-tab" if new_tab else "layer" if layer else "page",
            clicks=clicks,
            pictures=pictures,
        )
        document = self._or_embedded(document, now.sight, layer)
        if document.how == "file":
            return document
        if is_login(now.sight) and len(document.text) < _LOGIN_TEXT and not is_login(before):
            return Document(
                kind,
                document.title,
                document.url,
                "",
                now.sight.id,
                clicks=clicks,
                status=document.status,
                wall="login",
                detail="要求登录",
            )
        if (
            _same_page(before_url, self.consumer.page.url)
            and layer is None
            and not new_tab
            and _mostly_same(before.text, now.sight.text)
        ):
            return Document(
                kind,
                document.title,
                document.url,
                "",
                now.sight.id,
                clicks=clicks,
                status=document.status,
                wall="no-effect",
                detail="点击后仍停留在原页面",
            )
        self.reached(now, f"{document.title[:40]!r}, {len(document.text)} characters")
        return document

    def open(
        self,
        url: str,
        kind: str,
        *,
        clicks: int = 1,
        pictures: Pictures = "page",
        enough: int = 0,
        glyphs: bool = False,
    ) -> Document:
        """Reads what is at an address; a page whose scripts fill it gets some time to hold `enough` characters. `glyphs`: so that
        contrast can be measured. Raises Wall."""
        try:
            self.consumer.visit(url, self.place)
            live = self.look_until(
                lambda live: not enough or len(_text(live.sight, own_part(live.sight))) >= enough,
                within_s=_FILLS_CAP_S,
                pictures=pictures,
                glyphs=glyphs,
            )
        except Wall as wall:
            if wall.name not in (WallName.DOWNLOAD, WallName.BLANK):
                raise
            document = self._file(kind, None, clicks, url)
            if not document.text and not document.file:
                raise
            return document
        document = self._or_embedded(self.read(live, kind, clicks=clicks, pictures=False), live.sight)
        if is_login(live.sight) and len(document.text) < _LOGIN_TEXT:
            return Document(
                kind, document.title, url, "", live.sight.id, clicks=clicks, wall="login", detail="要求登录"
            )
        return document

    def take_along(self, document: Document) -> tuple[Copy | None, int]:
        """What the control for taking the present document along gives, and how many controls were read for it. The consumer may
        stand elsewhere afterwards."""
        live = self.look()
        pool = [s for s in finding.controls(live.sight) if finding.region(live.sight, s) != "footer"]
        found = finding.find(live.sight, "download", among=pool, least=0.6)
        if not found:
            return None, len(pool)
        for candidate in found[:3]:
            copy = self._copy(live, candidate.seen, candidate.label)
            if copy.how == "file":
                return copy, len(pool)
            if self.consumer.page.url != document.url:
                break
            live = self.look()
        return copy, len(pool)

    def _copy(self, live: Live, seen: Seen, label: str) -> Copy:
        """What one control gives: the file at its address, or the one that a click brings."""
        try:
            if seen.href.startswith("http") and not _same_page(seen.href, self.consumer.page.url):
                file = self.consumer.file(seen.href)
            else:
                happened = self.consumer.click(live, seen, what=f"take along: {label[:20]!r}")
                self.consumer.close_opened()
                if not happened.downloads:
                    prints = phrase("prints").search(label)
                    return Copy(label, "print" if prints else "nothing", seen, self.consumer.page.url)
                file = self.consumer.file()
        except Wall as wall:
            return Copy(label, "wall", seen, wall.url, detail=f"{wall.name}: {wall.detail}")
        except (NotOffered, Refused) as error:
            return Copy(label, "nothing", seen, self.consumer.page.url, detail=str(error))
        try:
            text = "\n".join(p.text for p in read_content(file.content, file.name or file.url, file.mime))
        except Unreadable as error:
            return Copy(label, "file", seen, file.url, len(file.content), detail=str(error))
        return Copy(label, "file", seen, file.url, len(file.content), text, file=self.consumer.keep_file(file, text))

    def _or_embedded(self, document: Document, sight: Sight, root: Seen | None = None) -> Document:
        """The file that fills the page or the layer, where there is one that can be read."""
        address = _embedded(sight, root)
        inside = self._file(document.kind, sight, document.clicks, address) if address else document
        return inside if len(inside.text) >= _ENOUGH else document

    def _file(self, kind: str, before: Sight | None, clicks: int, url: str = "") -> Document:
        """What a file says: the newest download, or the one at an address. Its paragraphs are lines."""
        try:
            file = self.consumer.file(url)
        except Wall as wall:
            return self._walled(kind, wall, clicks)
        if url and file.mime.startswith("text/html"):
            return Document(kind, "", url, "", before.id if before else "", clicks=clicks)  # a page after all
        detail, held = file.name, list[Block]()
        try:
            held = [
                Block(p.text, "" if p.kind == "text" else p.kind, p.level)
                for p in read_content(file.content, file.name or file.url, file.mime)
            ]
        except Unreadable as error:
            detail = str(error)
        text = "\n".join(b.text for b in held)
        title = next((b.text for b in held[:3] if 1 < len(b.text) < 80), file.name)
        return Document(
            kind, title, file.url, text, before.id if before else "", how="file", clicks=clicks, detail=detail,
            file=self.consumer.keep_file(file, text), blocks=tuple(held),
        )  # fmt: skip

    def _walled(self, kind: str, wall: Wall, clicks: int) -> Document:
        self.attempt.stop(wall, self.place)
        return Document(
            kind,
            "",
            wall.url or self.consumer.page.url,
            "",
            "",
            clicks=clicks,
            status=self.consumer.status,
            wall=str(wall.name),
            detail=wall.detail,
        )

    def read(
        self,
        live: Live,
        kind: str,
        *,
        root: Seen | None = None,
        how: str = "page",
        clicks: int = 1,
        pictures: bool = True,
    ) -> Document:
        """Reads the page (or one layer of it) as a document: heading, text without the site's own frame, links, pictures."""
        sight = live.sight
        main = root or own_part(sight)
        text, paragraphs = _text(sight, main), blocks(sight, main)
        if any(b.scrolled for b in paragraphs):  # a box within the page holds more than it shows
            text = "\n".join(b.text for b in paragraphs)
        inside = list(sight.within(main.index)) if main else list(sight.elements)
        heads = [sight.text_of(s.index) for s in inside if s.shown and s.role == "heading"]
        title = next((h for h in heads if 1 < len(h) < 80), "") or (
            _titled(sight, main) if root is None else next((b.text for b in paragraphs[:1] if len(b.text) <= 40), "")
        )
        links = tuple(
            Link(sight.label_of(s)[:80], s.href, s)
            for s in inside
            if s.shown and s.operable and (s.href or s.role in ("link", "button", "tab")) and sight.label_of(s)
        )[:120]
        large = tuple(
            s
            for s in inside
            if s.shown
            and s.box.width >= 160
            and s.box.height >= 100
            and (s.tag in ("img", "canvas", "svg") or s.background_image)
        )[:6]
        document = Document(
            kind,
            title,
            self.consumer.page.url,
            text,
            sight.id,
            how=how,
            clicks=clicks,
            status=self.consumer.status,
            links=links,
            pictures=large,
            blocks=paragraphs,
            grids=grids(sight, main),
            unseen=unseen(sight, main),
        )
        return self._with_pictures(document) if pictures and large and self._wants_ocr(document) else document

    def _wants_ocr(self, document: Document) -> bool:
        short = len(re.sub(r"\s", "", document.text)) < _ENOUGH
        return short or (document.kind == "licence_mark" and not re.search(r"[0-9A-Z]{18}", document.text))

    def _with_pictures(self, document: Document) -> Document:
        album = Album(self.consumer.bundle)
        reads = []
        for picture in document.pictures[:3]:
            crop = album.crop(picture, picture.box)
            if crop:
                reads += list(ocr.read_page(crop[0]))
        if not reads:
            return document
        return replace(
            document,
            read_in_pictures="\n".join(r.text for r in reads),
            ocr_confidence=round(min(r.confidence for r in reads), 2),
        )

    def _is_as_before(self, before: Sight, now: Sight) -> bool:
        """Whether nothing of use came: no layer, and hardly a line."""
        return self._fresh_layer(before, now) is None and _mostly_same(before.text, now.text)

    def _fresh_layer(self, before: Sight, now: Sight) -> Seen | None:
        """A layer that was not there before."""
        old = {(s.tag, s.classes, s.ident) for s in layers.layers(before)}
        fresh = [s for s in layers.layers(now) if (s.tag, s.classes, s.ident) not in old]
        return max(fresh, key=lambda s: len(now.text_of(s.index)), default=None)


def _titled(sight: Sight, main: Seen | None) -> str:
    """The title of a page without a heading: its own, or the first line of its text where that names a document and the page's title,
    which may be the site's, names none. A line that takes clicks leads to a document and is no title."""
    if kind_of(sight.title) is not None:
        return sight.title
    for seen, block in list(placed_blocks(sight, main))[:_TITLE_WITHIN]:
        kind = kind_of(block.text) if len(block.text) <= _LONGEST_TITLE else None
        around = [seen, *list(sight.ancestors(seen.index))[:2]]
        if _STEPS.search(block.text):
            continue
        if kind not in (None, "index", "notice", "help") and not any(s.operable for s in around):
            return block.text
    return sight.title


def twin(now: Sight, before: Sight, seen: Seen) -> Seen | None:
    """The element of an earlier look in a later one: same kind, same address, same label, nearest in order."""
    label = before.label_of(seen)
    same = [
        s for s in now.elements if s.shown and s.tag == seen.tag and s.href == seen.href and now.label_of(s) == label
    ]
    return min(
        same,
        key=lambda s: (abs(s.box.y - seen.box.y) + abs(s.box.x - seen.box.x), abs(s.index - seen.index)),
        default=None,
    )


def covering(sight: Sight) -> Seen | None:
    """The layer that lies over the page's middle with a text of its own, as documents of applications do."""
    width, height = sight.viewport
    held = [
        s
        for s in layers.layers(sight)
        if s.box.width >= 0.4 * width
        and s.box.height >= 0.6 * height
        and abs(s.box.centre[0] - sight.scroll[0] - width / 2) < 0.3 * width
        and len(re.sub(r"\s", "", sight.text_of(s.index))) >= _COVERING
    ]
    return max(held, key=lambda s: s.index, default=None)


def own_part(sight: Sight) -> Seen | None:
    """What a page is there for: a layer that covers it, or its main part, whichever lies within the other; without a column of links
    beside it."""
    main, over = main_part(sight), covering(sight)
    if over is None or (main and any(s.index == main.index for s in sight.within(over.index))):
        return beside_links(sight, main) if main else None
    return over


def beside_links(sight: Sight, main: Seen) -> Seen:
    """The part of a main part that stands beside a column of links, such as the tree of a rule centre; the main part itself where there is
    none, or where anything else would be left out with it."""
    at = main
    while True:
        kids = [sight.elements[i] for i in sight.children.get(at.index, ())]
        if any(s.tag == "#text" and s.shown and s.text.strip() for s in kids) or (at.text and not at.mixed):
            return main
        held = [s for s in kids if s.shown and sight.text_of(s.index)]
        if len(held) == 1:
            at = held[0]
            continue
        columns = [s for s in held if _links_share(sight, s) >= _COLUMN]
        rest = [s for s in held if s not in columns]
        own = max(rest, key=lambda s: len(sight.text_of(s.index)), default=None)
        if own is None and len(columns) == 2:  # a list of documents beside the tree of all
            own = max(columns, key=lambda s: s.box.width)
            columns.remove(own)
        if own is None or not all(_is_trail(sight, s) for s in rest if s is not own):
            return main
        if columns:
            return own if all(_beside(c, own) and c.box.width < own.box.width for c in columns) else main
        at = own


def _links_share(sight: Sight, seen: Seen) -> float:
    """Share (0..1) of the characters of a part that are links."""
    whole = len(re.sub(r"\s", "", sight.text_of(seen.index)))
    links, stack = 0, [seen.index]
    while stack:
        s = sight.elements[stack.pop()]
        link = s.href or s.role in ("link", "button", "tab", "menuitem", "treeitem")
        length = len(re.sub(r"\s", "", sight.text_of(s.index))) if link or s.pointer or s.listens else 0
        if link or _is_row_of_menu(sight, s, length):
            links += length
        else:
            stack.extend(sight.children.get(s.index, ()))
    return links / whole if whole else 0.0


def _beside(column: Seen, own: Seen) -> bool:
    """Whether two boxes stand side by side."""
    a, b = column.box, own.box
    return (a.right <= b.x + 1 or b.right <= a.x + 1) and a.y < b.bottom and b.y < a.bottom


def _is_trail(sight: Sight, seen: Seen) -> bool:
    """Whether a part is a line over the columns that says where one is, and no heading."""
    inside = (seen, *sight.within(seen.index))
    return len(sight.text_of(seen.index)) <= _TRAIL and not any(s.role == "heading" for s in inside)


def _text(sight: Sight, main: Seen | None) -> str:
    return sight.text_of(main.index) if main else sight.text


def _is_row_of_menu(sight: Sight, seen: Seen, length: int) -> bool:
    """Whether a script alone operates what is as short as a title, and nothing within it."""
    return (
        bool(seen.pointer or seen.listens)
        and length <= _LONGEST_TITLE
        and not any(d.operable for d in sight.within(seen.index) if d is not seen)
    )


def main_part(sight: Sight) -> Seen | None:
    """The part of a page that is its own: a main landmark, else the block with most text outside header, footer and navigation."""
    mains = [s for s in sight.elements if s.shown and s.role == "main" and len(sight.text_of(s.index)) > 40]
    if mains:
        return max(mains, key=lambda s: len(sight.text_of(s.index)))
    frames = [
        s
        for s in sight.elements
        if s.tag == "iframe" and s.shown and s.box.area > 0.2 * sight.viewport[0] * sight.viewport[1]
    ]
    for frame in frames:
        if len(sight.text_of(frame.index)) > 200:
            return frame
    foot = _foot(sight)
    framed = {
        i
        for s in sight.elements
        if s.role in ("contentinfo", "banner", "navigation") or s is foot
        for i in (d.index for d in sight.within(s.index))
    }
    body = next((s for s in sight.elements if s.tag == "body"), None)
    if body is None:
        return None
    total = len(sight.text_of(body.index)) - (len(sight.text_of(foot.index)) if foot else 0)
    best = body
    for s in sight.within(body.index):
        if s.index in framed or not s.shown or s.tag in ("#text", "iframe"):
            continue
        if len(sight.text_of(s.index)) >= 0.6 * total and s.box.area > 0:
            best = s
    if foot and any(a.index == best.index for a in sight.ancestors(foot.index)):
        return _over_foot(sight, best, foot, framed, total) or best
    return best


def _over_foot(sight: Sight, whole: Seen, foot: Seen, framed: set[int], total: int) -> Seen | None:
    """Of what stands over the foot of a site, the part that says most of it: head and navigation may say nearly as much."""
    around = {foot.index, *(a.index for a in sight.ancestors(foot.index))}
    held = [
        (len(sight.text_of(s.index)), s)
        for s in sight.within(whole.index)
        if s.shown and s.tag not in ("#text", "iframe") and s.index not in framed | around and s.box.area > 0
    ]
    most = max((length for length, _ in held), default=0)
    if most < _MOSTLY * total:
        return None
    return [s for length, s in held if length >= 0.9 * most][-1]


def _foot(sight: Sight) -> Seen | None:
    """The foot of the site where no landmark says so: the largest part at the end of the page, as wide as it, that holds the rights and
    records of a site and links, but no title and no field. A short page has less to say than its foot."""
    width, height = sight.viewport[0], sight.size[1]
    for s in sight.elements:
        if (
            not s.shown
            or s.box.width < 0.6 * width
            or s.box.bottom < height - 120
            or s.box.height > 0.7 * height
            or s.tag in ("#text", "body", "html")
        ):
            continue
        if not phrase("says_foot_of_site").search(normalise(sight.text_of(s.index))):
            continue
        inside = list(sight.within(s.index))
        fields = any(d.tag in ("input", "textarea", "select", "h1", "h2") for d in inside if d.shown)
        if not fields and sum(1 for d in inside if d.shown and d.operable) >= _FOOT_LINKS:
            return s
    return None


_FILES = re.compile(r"\.(pdf|docx)$", re.IGNORECASE)


def _embedded(sight: Sight, root: Seen | None = None) -> str:
    """The address of a file that fills a good part of the view of a page, or of a layer of it; "" without one."""
    inside = sight.within(root.index) if root else sight.elements
    held = [
        s for s in inside
        if s.tag in ("iframe", "embed", "object") and s.shown and _FILES.search(urlsplit(s.src).path)
        and s.box.area > 0.15 * sight.viewport[0] * sight.viewport[1]
    ]  # fmt: skip
    return urljoin(sight.url, max(held, key=lambda s: s.box.area).src) if held else ""


def _same_page(a: str, b: str) -> bool:
    return a.split("#", maxsplit=1)[0].rstrip("/") == b.split("#", maxsplit=1)[0].rstrip("/")


def _mostly_same(a: str, b: str) -> bool:
    lines_a, lines_b = set(a.splitlines()), set(b.splitlines())
    differing = lines_a ^ lines_b
    return (
        len(differing) <= max(4, 0.1 * len(lines_a)) and sum(map(len, differing)) <= 200
    )  # a layer adds few, but long lines


def is_document(document: Document, *concepts: str, least: int = 60) -> bool:
    """Whether what was reached is such a document: enough text, and its heading or opening names it."""
    if document.wall or len(re.sub(r"\s", "", document.all_text)) < least:
        return False
    head = [document.title, *document.all_text.splitlines()[:8]]
    return any(words(c).match(line) for c in concepts for line in head if line and len(line) <= 80)


__all__ = ["Documents", "NotOffered", "is_document", "main_part"]
