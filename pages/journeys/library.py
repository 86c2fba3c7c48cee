"""Gathers what a platform has in writing: from home, its index of rules, the pages where one signs in and registers, and the
documents themselves, as somebody who isn't signed in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from playwright.sync_api import Error as PlaywrightError

from gongping.consumer.consumer import Consumer
from gongping.consumer.experiments import Attempt, Experiment
from gongping.consumer.guard import Effect, Refused
from gongping.consumer.walls import NotOffered, Wall, WallName
from gongping.detectors.agreements import named_agreements
from gongping.detectors.papers import is_index, is_notice_board, kind_of, kinds_within, listed_by_day, own_title
from gongping.lexicon import normalise, phrase, words
from gongping.observations.documents import Document
from gongping.observations.library import Consent, Copy, Kind, LibrarySeen, Named, Paper
from gongping.pages import finding
from gongping.pages.words_of_home import tongue
from gongping.sight.address import without_anchor
from gongping.sight.look import Live
from gongping.sight.model import Seen, Sight

_MOST = 28
"""Documents that are read (convention: a minute of a platform's time)."""

_DEEPEST = 3
"""Clicks from home within which a document is looked for (norm.yaml: complaint_clicks_max has the same three)."""

_FILLED = 200
"""Characters from which on a document is taken to be there (convention)."""

_FIRST: tuple[Kind, ...] = (
    "user",
    "privacy",
    "index",
    "rules",
    "seller",
    "returns",
    "reviews",
    "ip",
    "penalties",
    "ip_notices",
    "disputes",
    "mediation",
    "promotion",
    "renewal",
    "membership",
    "deposit",
    "notice",
    "deregister",
    "sharing",
    "children",
    "other",
    "help",
)
"""In this order they are read, as far as the limit goes."""

_MOST_OF: dict[Kind, int] = {"other": 4, "help": 1, "index": 4, "notice": 8, "rules": 4, "promotion": 3}
"""So many of a kind at most; of any other kind three."""

_TAKEN_ALONG: tuple[Kind, ...] = ("user", "privacy", "rules")
"""What article 29 wants to be downloadable, as it is shown on home (29.1)."""

_SOUGHT: dict[Kind, tuple[str, str, str]] = {
    "reviews": ("评价规则", "評價規則", "review policy"),
    "penalties": ("违规公示", "違規公示", "seller penalties"),
    "ip": ("知识产权", "智慧財產權", "intellectual property"),
    "ip_notices": ("知识产权公示", "智慧財產權公告", "infringement notices"),
}
"""What the site's own search is asked for where no link led to a document of the kind (norm.yaml 16.2, 20.1, 53.1, 56.1: site search): in
simplified and in traditional Chinese, and in English."""

_LONGEST, _LONGEST_CARD = 60, 300
"""Characters: a label is no longer, nor a card that leads to one text (convention)."""

_ROW, _LISTED = 4, 12
"""So many documents in a row, at least half of it, make it a list of documents; so many characters has a name in it (convention)."""

_FIELDS = ("input", "select", "option", "textarea", "label", "checkbox", "radio", "combobox", "textbox")
"""Tags and roles of what a form asks: it leads to no document, whatever it says."""

_ITS_OWN: tuple[Kind, ...] = ("index", "help", "other", "notice")
"""Kinds that lead anywhere on the web: those of the platform's own site alone. An agreement may lie with its parent company."""


def turn_of(kind: Kind, label: str) -> int:
    """When a document has its turn, the lowest first. A notice that asks for opinions waits behind the index alone: many rules would
    leave it out, and it is there for some days."""
    if kind == "notice" and phrase("asks_for_opinions").search(label):
        return _FIRST.index("rules")
    return _FIRST.index(kind) if kind in _FIRST else len(_FIRST)


class LibraryJourney(Experiment[LibrarySeen]):
    """One stranger who reads what there is to read."""

    name: ClassVar[str] = "library"
    places: ClassVar[frozenset[str]] = frozenset({"home", "documents", "register"})
    observation = LibrarySeen

    def run(self, attempt: Attempt) -> LibrarySeen:
        return _Reader(attempt).run()


@dataclass(frozen=True)
class _Lead:
    """A link that names a document: `href` is "" where it must be clicked on the page `origin`."""

    kind: Kind
    label: str
    href: str
    origin: str
    found_on: str
    clicks: int


def _sends(seen: Seen) -> bool:
    """Whether a control sends a form, like 申请调解: it leads to no document."""
    return bool(seen.form) and seen.kind in ("submit", "image")


class _Reader:
    def __init__(self, attempt: Attempt) -> None:
        self.attempt = attempt
        self.pages: Any = attempt.pages
        self.consumer: Consumer = attempt.consumer("reader")
        self.documents: Any = self.pages.Documents(self.consumer, attempt)
        self.leads: dict[str, _Lead] = {}
        self.papers: dict[str, Paper] = {}
        self.again: set[str] = set()
        """Leads that led to what was read already."""
        self.searched: list[str] = []
        self.links_read = 0
        self.why = ""
        self.consents: tuple[Consent, ...] = ()
        self.named: tuple[Named, ...] = ()
        self.registration = ""
        self.form_wall = ""
        self.asked: list[str] = []
        self.unasked = ""

    def run(self) -> LibrarySeen:
        home = self.pages.Home(self.consumer, self.attempt)
        home.open()
        self.consumer.clear_all_layers()
        live = home.look(pictures="viewport")
        self._collect(live.sight, "首页", 1)
        self._read_all()
        if not self.why:
            self._forms()
            self._read_all()
        if not self.why:
            self._ask(home)
            self._read_all()
        return LibrarySeen(
            papers=tuple(self.papers.values()),
            searched=tuple(dict.fromkeys(self.searched)),
            links_read=self.links_read,
            home_sight=live.sight.id,
            left=tuple(
                lead.label for key, lead in self.leads.items() if key not in self.papers and key not in self.again
            ),
            why=self.why,
            consents=self.consents,
            named=self.named,
            form_wall=self.form_wall,
            registration=self.registration,
            asked=tuple(self.asked),
            unasked=self.unasked,
        )

    def _ask(self, home: Any) -> None:
        """Asks the site's own search for what no link led to."""
        had = {k for paper in self.papers.values() for k in (paper.kind, *paper.also)}
        for kind, said in _SOUGHT.items():
            if kind in had:
                continue
            query = said[0]
            try:
                home.open()
                self.consumer.clear_all_layers()
                live = home.look()
                query = said[tongue(live.sight)]
                box = next(iter(home.search_fields(live)), None)
                if box is None:
                    self.unasked = "首页没有找到搜索框"
                    return
                self.consumer.fill(live, box, query)
                self.consumer.press_enter(what=f"search {query!r}", effect=Effect.NONE)
                answer: Sight = home.look().sight
            except (
                Wall,
                Refused,
                PlaywrightError,
                LookupError,
            ) as problem:  # a field that can't be filled is no reason to stop
                if isinstance(problem, Wall):
                    self.attempt.stop(problem, "search")
                self.unasked = f"站内搜索“{query}”没有完成：{str(problem).splitlines()[0]}"
                return
            self.asked.append(query)
            for s in finding.controls(answer):
                label = answer.label_of(s)
                if label and s.href and kind_of(label) == kind:
                    self._take(label, s, answer.url, f"站内搜索“{query}”", 2)

    def _collect(self, sight: Sight, where: str, clicks: int) -> None:
        self.searched.append(where)
        for s in finding.controls(sight):
            label = _called(sight, s)
            if label and len(label) <= _LONGEST and s.tag not in _FIELDS and s.role not in _FIELDS and not _sends(s):
                self.links_read += 1
                self._take(label, s, sight.url, where, clicks, listed=clicks > 1 and _among_documents(sight, s))

    def _notices(self, sight: Sight, where: str, clicks: int) -> None:
        """What a board of notices lists: an announcement may say what no agreement says, under whatever title."""
        for s in finding.controls(sight):
            label = sight.label_of(s)
            if s.href.startswith("http") and listed_by_day(sight, s) and clicks <= _DEEPEST:
                address = without_anchor(s.href)
                if self.consumer.same_site(address, self.attempt.run.home):
                    self.leads.setdefault(address, _Lead("notice", label[:60], address, sight.url, where, clicks))

    def _take(
        self, label: str, seen: Seen | None, origin: str, where: str, clicks: int, *, listed: bool = False
    ) -> None:
        kind = kind_of(label) or ("other" if listed and len(label) <= _LISTED else None)
        href = seen.href if seen else ""
        if kind is None or clicks > _DEEPEST or phrase("names_an_old_version").search(label):
            return
        if href.startswith("http"):
            address = without_anchor(href)
            if kind in _ITS_OWN and not self.consumer.same_site(address, self.attempt.run.home):
                return
            key = address
            if key not in self.leads and self._knows_by_name(label, address, clicks):
                return
        elif any(_plain(lead.label) == _plain(label) for lead in self.leads.values()):
            return
        else:
            address, key = "", f"{origin}|{label}"
        self.leads.setdefault(key, _Lead(kind, label, address, origin, where, clicks))

    def _knows_by_name(self, label: str, address: str, clicks: int) -> bool:
        """Whether the document at an address was read by a control without one, elsewhere. A lead by such a control that was not
        followed yet gives way to the address."""
        same = [k for k, lead in self.leads.items() if not lead.href and _plain(lead.label) == _plain(label)]
        for key in same:
            if key not in self.papers and key not in self.again and self.leads[key].clicks >= clicks:
                del self.leads[key]
        read = [self.papers[k].document for k in same if k in self.papers]
        return any(not d.wall and without_anchor(d.url) == address for d in read)

    def _read_all(self) -> None:
        while len(self.papers) < _MOST and not self.why:
            lead_key = self._next()
            if lead_key is None:
                return
            self._read(lead_key, self.leads[lead_key])

    def _next(self) -> str | None:
        """The unread lead that matters most."""
        had: dict[Kind, int] = {}
        for paper in self.papers.values():
            had[paper.kind] = had.get(paper.kind, 0) + 1
        unread = [
            (
                turn_of(lead.kind, lead.label),
                kind_of(lead.label) is None,  # of what a board announces, what speaks of rules comes first
                lead.clicks,
                n,
                key,
            )
            for n, (key, lead) in enumerate(self.leads.items())
            if key not in self.papers and key not in self.again and had.get(lead.kind, 0) < _MOST_OF.get(lead.kind, 3)
        ]
        return min(unread)[-1] if unread else None

    def _read(self, key: str, lead: _Lead) -> None:
        try:
            document = self._document(lead)
        except (Wall, Refused) as wall:
            if isinstance(wall, Wall):
                self.attempt.stop(wall, "documents")
                if wall.name is WallName.BUDGET:
                    self.why = str(wall)
            name = str(wall.name) if isinstance(wall, Wall) else "guard"
            document = Document(
                lead.kind, lead.label, lead.href or lead.origin, "", "", clicks=lead.clicks, wall=name, detail=str(wall)
            )
        if not document.wall:
            document = replace(document, title=own_title(document, lead.label))
        if not lead.href and self._is_read(document, lead.label):  # a menu that stands on every page
            self.again.add(key)
            return
        kind, also = self._kind(lead, document)
        if not document.wall and kind_of(document.title) is None:  # a title that every page of the site has
            document = replace(document, title=lead.label)
        if not document.wall and document.how != "file":
            try:  # the whole page: an index may be shorter than what stands around it
                sight = self.documents.look().sight
                self._collect(sight, document.title[:40] or lead.label, lead.clicks + 1)
                if is_notice_board(document.title) or is_notice_board(lead.label):
                    self._notices(sight, document.title[:40] or lead.label, lead.clicks + 1)
            except Wall as wall:
                self.attempt.stop(wall, "documents")
        copy, controls = self._copy(kind, document)
        self.papers[key] = Paper(
            kind, lead.label, lead.found_on, lead.clicks, replace(document, kind=kind, clicks=lead.clicks), also, copy, controls
        )  # fmt: skip

    def _is_read(self, document: Document, label: str) -> bool:
        """Whether a control without an address led to what was read already, or names the page where it stands."""
        for paper in self.papers.values():
            if paper.document.wall or without_anchor(paper.document.url) != without_anchor(document.url):
                continue
            names = {_plain(paper.label), _plain(paper.document.title)}
            if (
                document.text == paper.document.text
                if not document.wall
                else document.wall == "no-effect" and _plain(label) in names
            ):
                return True
        return False

    def _copy(self, kind: Kind, document: Document) -> tuple[Copy | None, int]:
        """Takes an agreement along, as far as its page offers it: the first of each that the norm names."""
        if document.wall or kind not in _TAKEN_ALONG or document.how == "file":
            return None, -1
        if any(p.kind == kind and p.controls >= 0 for p in self.papers.values()):
            return None, -1
        try:
            copy: Copy | None
            copy, controls = self.documents.take_along(document)
        except (Wall, Refused) as wall:
            self.attempt.stop(wall, "documents") if isinstance(wall, Wall) else None
            return Copy("", "wall", detail=str(wall)), -1
        return copy, controls

    def _kind(self, lead: _Lead, document: Document) -> tuple[Kind, tuple[Kind, ...]]:
        """What a page is, by its own title where that says more than the link did."""
        if document.wall:
            return lead.kind, ()
        also = kinds_within(document)
        if lead.kind not in ("help", "promotion") and is_index(document) and not also:
            return "index", ()
        titled = kind_of(document.title) if document.title else None
        kind = (
            titled
            if titled
            and (lead.kind in ("other", "index", "notice") or titled not in ("other", "help", "index", "rules"))
            else lead.kind
        )
        return kind, tuple(k for k in also if k != kind)

    def _document(self, lead: _Lead) -> Document:
        document: Document
        if lead.href:
            document = self.documents.open(
                lead.href, lead.kind, clicks=lead.clicks, enough=_FILLED, glyphs=lead.kind in _TAKEN_ALONG
            )
        else:
            self.consumer.visit(lead.origin, "documents")
            self.consumer.clear_all_layers()
            live = self.documents.look_until(lambda live: _control(live.sight, lead.label) is not None, within_s=2)
            control = _control(live.sight, lead.label)
            if control is None:
                return Document(lead.kind, lead.label, lead.origin, "", "", wall="not-offered", detail="链接不再出现")
            document = self.documents.follow(live, control, lead.kind, clicks=lead.clicks)
            self.consumer.close_opened()
        if not document.wall:
            self.attempt.reached(
                "documents", document.url, f"{document.title[:40]!r}, {len(document.text)} characters", document.sight
            )
        return document

    def _forms(self) -> None:
        """Where one signs in and registers: the documents that one agrees to, and what is ticked there already."""
        stranger = self.attempt.consumer("stranger")
        try:
            register = self.pages.Register(stranger, self.attempt)
            live: Live = register.open()
            live = register.look(pictures="viewport")
        except (Wall, Refused) as wall:
            self.attempt.stop(wall, "register") if isinstance(wall, Wall) else None
            self.form_wall = "" if isinstance(wall, NotOffered) else str(wall)
            return
        self.registration = live.sight.id
        self._collect(live.sight, "注册页", 2)
        self.consents = tuple(_consents(live.sight))
        self.named = tuple(_hit(live, n) for n in named_agreements(live.sight))
        own = next((n for n in self.named if n.way == "own"), None)
        if own:  # a script may listen for clicks further out; where one name opens, those made alike do
            opened = self._opens(stranger, live, own)
            self.named = tuple(
                replace(n, opened=opened) if n is own or (n.way == "own" and opened) else n for n in self.named
            )

    def _opens(self, stranger: Consumer, live: Live, named: Named) -> bool | None:
        """Whether a click on the name of an agreement does anything; None where that can't be told."""
        documents = self.pages.Documents(stranger, self.attempt)
        try:
            wall: str = documents.follow(live, named.seen, "other", clicks=2, pictures=False).wall
        except (Wall, Refused, PlaywrightError, LookupError):
            return None
        return False if wall == "no-effect" else None if wall else True


_TOGGLES = """e => {
  const r = e.getClientRects()[0], top = r && document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
  const label = top && !e.contains(top) && top.closest("label");
  return !!(label && label.control);
}"""
"""Whether what a click in the middle of an element hits is a label, which hands it on to its box."""


def _hit(live: Live, named: Named) -> Named:
    try:
        return replace(named, toggles=named.way == "control" and bool(live.element(named.seen).evaluate(_TOGGLES)))
    except (PlaywrightError, LookupError):
        return named


def _among_documents(sight: Sight, seen: Seen) -> bool:
    """Whether a control stands in a row of names of documents: then it leads to one, whatever it is called."""
    row = [sight.elements[i] for i in sight.children.get(seen.parent, ())]
    row = [s for s in row if s.tag == seen.tag and s.operable and s.shown]
    named = sum(1 for s in row if kind_of(sight.label_of(s)) not in (None, "index", "help", "notice"))
    return named >= _ROW and named >= len(row) / 2


def _called(sight: Sight, seen: Seen) -> str:
    """What a control is called: its label, or of a card that tells more, a notice with its date and its first words, the first line."""
    label = sight.label_of(seen)
    if len(label) <= _LONGEST:
        return label
    lines = sight.text_of(seen.index).splitlines() if len(label) <= _LONGEST_CARD else []
    return lines[0].strip() if len(lines) > 1 else label


def _control(sight: Sight, label: str) -> Seen | None:
    return next((s for s in finding.controls(sight) if _called(sight, s) == label), None)


def _plain(label: str) -> str:
    """A title without its brackets and spaces."""
    return re.sub(r"[《》「」『』“”\"\s]", "", label)


def _consents(sight: Sight) -> list[Consent]:
    """Boxes and switches beside words about commercial messages."""
    found = []
    for s in sight.elements:
        if s.role not in ("checkbox", "switch", "radio") and s.checked is None:
            continue
        if s.tag == "option" or not (s.shown or any(sight.elements[i].shown for i in s.labels)):
            continue
        label = " ".join(dict.fromkeys(filter(None, (s.name, *(sight.text_of(i) for i in s.labels))))) or _beside(
            sight, s
        )
        if not label or len(label) > 200:
            continue
        if s.role != "radio" and phrase("refuses_messages").search(normalise(label)):
            found.append(Consent(label[:120], s.checked, s.required, s, refuses=True))
        elif words("marketing_consent").match(label):
            found.append(Consent(label[:120], s.checked, s.required, s))
    return found


def _beside(sight: Sight, seen: Seen) -> str:
    """What stands on the line of a box that has no label of its own."""
    around = next(iter(sight.ancestors(seen.index)), None)
    text = sight.text_of(around.index) if around else ""
    return text if len(text) <= 200 else ""
