"""Signs in, reads what explains the consumer's rights to its data, looks for them in the account, and walks the way out up to the
last click. Nothing is used up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from gongping.consumer.consumer import Consumer
from gongping.consumer.experiments import Attempt, Experiment
from gongping.consumer.guard import Refused
from gongping.consumer.walls import Wall, WallName
from gongping.detectors.rights import explained, topics_of
from gongping.lexicon import phrase, words
from gongping.norm import load
from gongping.observations.account import AccountSeen, Deregistration, StatedPath
from gongping.observations.documents import Document, Link
from gongping.pages import finding
from gongping.pages.journeys.leaving import looked_into
from gongping.sight.model import Sight

_FILLED = 200
"""Characters from which on a document is taken to be there (convention)."""

_FEW = 12
"""Links of home below which it is taken for a page before the shop (convention)."""


class AccountJourney(Experiment[AccountSeen]):
    """One consumer with an account of the target; without one, only the documents are read."""

    name: ClassVar[str] = "account"
    places: ClassVar[frozenset[str]] = frozenset({"login", "account", "deregister", "documents"})
    observation = AccountSeen

    def run(self, attempt: Attempt) -> AccountSeen:
        return _Visit(attempt).run()


class _Visit:
    def __init__(self, attempt: Attempt) -> None:
        self.attempt = attempt
        self.pages: Any = attempt.pages
        self.account = looked_into(tuple(attempt.target.accounts), may_leave=attempt.target.mode == "exercise")
        self.consumer: Consumer = attempt.consumer(self.account or "anonymous", account=self.account)
        self.limit = _limit()
        self.links: dict[str, _Lead] = {}
        self.searched: list[str] = []
        self.read: dict[str, Document] = {}
        self.links_read = 0
        self.stopped = ""

    def run(self) -> AccountSeen:
        home = self.pages.Home(self.consumer, self.attempt)
        live = home.open()
        live = home.look(pictures="viewport")
        self._collect(live.sight, "首页")
        account = self.pages.Account(self.consumer, self.attempt)
        walk: Deregistration | None = None
        stated: list[StatedPath] = []
        entered = self._enter(account, live.sight) if self.account else False
        if entered:
            self._take_all(account)
            self.links_read += len(account.pages[0].labels)
            self.searched.append("账户首页")
        self._read_documents()
        if entered:
            stated = self._stated()
            try:
                account.explore(self.limit, {s for p in stated for s in p.steps})
                stated = account.check_paths(stated)
                account.try_entries(self.limit)
            except (Wall, Refused) as wall:
                account.complete, account.why_incomplete = False, str(wall)
                self._note(wall, "account")
            self._take_all(account)
        self._register_page()
        self._read_documents()
        if entered:
            stated += self._late(account, stated)
            walk = self._walk(account)
        return AccountSeen(
            account=self.account,
            home_sight=live.sight.id,
            documents=tuple(self.read.values()),
            searched=tuple(self.searched),
            links_read=self.links_read,
            pages=account.pages,
            entries=tuple(account.entries),
            stated=tuple(stated),
            complete=account.complete,
            why_incomplete=account.why_incomplete,
            stopped=self.stopped,
            deregistration=walk,
        )

    def _note(self, wall: Wall | Refused, place: str) -> None:
        if isinstance(wall, Wall):
            self.attempt.stop(wall, place)
        self.stopped = self.stopped or str(wall)

    def _enter(self, account: Any, shop: Sight) -> bool:
        try:
            self.pages.Login(self.consumer, self.attempt).sign_in(self.account)
            if self.links_read < _FEW:  # home was a chooser of cities or the like
                self.consumer.visit(self.attempt.run.home, "home")
                shop = self.pages.Home(self.consumer, self.attempt).look().sight
                self._collect(shop, "首页")
            account.open(shop)
        except (Wall, Refused) as wall:
            self._note(wall, "login")
            return False
        return True

    def _late(self, account: Any, stated: list[StatedPath]) -> list[StatedPath]:
        """The paths that documents name which were found only after the account had been looked through."""
        known = {(p.right, p.steps) for p in stated}
        fresh = [p for p in self._stated() if (p.right, p.steps) not in known]
        try:
            checked: list[StatedPath] = account.check_paths(fresh)
        except (Wall, Refused) as wall:
            self._note(wall, "account")
            return []
        return checked

    def _walk(self, account: Any) -> Deregistration:
        entries = sorted((e for e in account.entries if e.right == "deregister"), key=lambda e: (e.disabled, e.clicks))
        if not entries:
            return Deregistration(self.account, None, ended="no_entry", why="账户中没有找到注销入口")
        try:
            walk: Deregistration = self.pages.Deregister(self.consumer, self.attempt).walk(
                self.account, entries[0], frozenset(d.url for d in self.read.values() if not d.wall)
            )
        except (Wall, Refused) as wall:
            self._note(wall, "deregister")
            return Deregistration(self.account, entries[0], ended="wall", why=str(wall))
        return walk

    # -- documents --------------------------------------------------------------------------------------------------------------

    def _collect(self, sight: Sight, where: str) -> None:
        self.searched.append(where)
        for s in finding.controls(sight):
            label = sight.label_of(s)
            if label and len(label) <= 60:
                self.links_read += 1
                self._take(label, s.href, sight.url)

    def _take_all(self, account: Any) -> None:
        for label, href, origin in account.document_links:
            self._take(label, href, origin)

    def _take(self, label: str, href: str, origin: str, kind: str = "") -> None:
        """Keeps a link that leads to a document of use; one without an address is clicked on its own page."""
        kind = kind or _kind(label, href)
        if not kind or any(
            lead.label == label and lead.kind == kind and bool(lead.href) == href.startswith("http")
            for lead in self.links.values()
        ):
            return
        if href.startswith("http"):
            address = href.split("#", maxsplit=1)[0] if "#/" not in href else href
            self.links.setdefault(address, _Lead(kind, label, address, origin))
        else:
            self.links.setdefault(f"{origin}|{label}", _Lead(kind, label, "", origin))

    def _read_documents(self) -> None:
        """Privacy policies, notices of deregistration and help; the index of rules only where those leave something out."""
        for kind, most in (("agreement_privacy", 2), ("deregister", 1), ("help", 1)):
            self._read_kind(kind, most)
        said = explained(self.read.values())
        if any(not e or e[0].state != "full" for e in said.values()):
            self._read_kind("rule_centre", 1)
            self._read_kind("agreement_user", 1)
            for kind, most in (("agreement_privacy", 2), ("deregister", 1), ("help_topic", 3)):
                self._read_kind(kind, most)
        elif any(lead.kind == "help_topic" for lead in self.links.values()):
            self._read_kind("help_topic", 2)

    def _read_kind(self, kind: str, most: int) -> None:
        have = sum(1 for d in self.read.values() if d.kind == kind)
        for key, lead in list(self.links.items()):
            if lead.kind != kind or key in self.read or have >= most:
                continue
            have += 1
            self.read[key] = self._document(lead)

    def _document(self, lead: _Lead) -> Document:
        documents = self.pages.Documents(self.consumer, self.attempt)
        document: Document
        try:
            if lead.href:
                document = documents.open(lead.href, lead.kind, pictures="viewport", enough=_FILLED)
            else:
                self.consumer.visit(lead.origin, "documents")
                live = documents.look()
                control = next((s for s in finding.controls(live.sight) if live.sight.label_of(s) == lead.label), None)
                if control is None:
                    return Document(
                        lead.kind, lead.label, lead.origin, "", "", wall="not-offered", detail="链接不再出现"
                    )
                document = documents.follow(live, control, lead.kind, pictures=False)
        except Wall as wall:
            if wall.name is WallName.BUDGET:
                self._note(wall, "documents")
            return Document(
                lead.kind, lead.label, lead.href or lead.origin, "", "", wall=str(wall.name), detail=wall.detail
            )
        self._follow_up(document)
        return document

    def _follow_up(self, document: Document) -> None:
        """Takes further documents from an index of rules, from help, and notices that a document refers to."""
        for link in document.links:
            named = topics_of(link.label)
            about = named and (len(named) > 1 or "deregister" in named or phrase("link_about_data").search(link.label))
            if document.kind == "rule_centre" or _kind(link.label, link.href) in ("deregister", "agreement_privacy"):
                self._take(link.label, link.href, document.url)
            elif (
                document.kind == "help"
                and about
                and not _is_entry(link)
                and (not link.href.startswith("http") or self.consumer.same_site(link.href))
            ):
                self._take(link.label, link.href, document.url, "help_topic")

    def _register_page(self) -> None:
        """The pages where one signs in and registers link to the agreements that one agrees to: read by somebody who isn't signed
        in."""
        stranger = self.attempt.consumer("stranger")
        try:
            login = self.pages.Login(stranger, self.attempt)
            self._collect(login.open().sight, "登录页")
        except (Wall, Refused) as wall:
            self._note(wall, "login")
        try:
            register = self.pages.Register(stranger, self.attempt)
            self._collect(register.open().sight, "注册页")
        except (Wall, Refused) as wall:
            self.attempt.stop(wall, "register") if isinstance(wall, Wall) else None

    def _stated(self) -> list[StatedPath]:
        paths: dict[tuple[str, tuple[str, ...]], StatedPath] = {}
        for right, said in explained(self.read.values()).items():
            for e in said:
                for steps in e.paths:
                    paths.setdefault(
                        (right, steps),
                        StatedPath(right, steps, e.document, e.url, e.quote[:160], sight=e.sight, app=e.app),
                    )
        return list(paths.values())


@dataclass(frozen=True)
class _Lead:
    """A link to a document: `href` is "" where it must be clicked on the page `origin`."""

    kind: str
    label: str
    href: str
    origin: str


def _is_entry(link: Link) -> bool:
    """Whether a link in a help text leads into the account instead of to a text."""
    hit = words("deregister_entry").match(link.label)
    return bool(hit and hit.how == "exact")


def _limit() -> int:
    value = load().parameter("account_rights_clicks_max").value
    assert isinstance(value, int)
    return value


def _kind(label: str, href: str) -> str:
    """Which document a link leads to; "" for none that matters here."""
    if len(label) > 40:
        return ""
    if topics_of(label) == ("deregister",) and (
        words("document_kind").match(label) or phrase("tells_how_to_leave").search(label)
    ):
        return "deregister"
    privacy = words("agreement_privacy").match(label)
    if privacy and privacy.score >= 0.6 and not phrase("privacy_of_others").search(label):
        return "agreement_privacy"
    if re.search(r"privacy[-_]?(policy|notice|statement)|yinsi", href, re.I) and words("agreement_privacy").match(
        label
    ):
        return "agreement_privacy"
    rules = words("rule_centre").match(label)
    if rules and rules.score >= 0.9 and phrase("rules_by_name").search(label):
        return "rule_centre" if phrase("rules_home").search(label) else ""
    helped = words("help").match(label)
    if helped and helped.score >= 0.9 and phrase("help_by_name").search(label):
        return "help"
    agreement = words("agreement_user").match(label)
    if agreement and agreement.score >= 0.9:
        return "agreement_user"
    return ""
