"""The account of a consumer: its home, and the ways from there, a click at a time, as a person tries them: by promising words first."""

from __future__ import annotations

import heapq
import itertools
import re
import time
from dataclasses import dataclass, field, replace
from typing import ClassVar

from gongping.consumer.consumer import Consumer
from gongping.consumer.experiments import Attempt
from gongping.consumer.guard import Effect, Refused, effect_of_request
from gongping.consumer.walls import NotOffered, Wall, WallName, is_login
from gongping.detectors.rights import may_be_a_page
from gongping.lexicon import normalise, phrase, words
from gongping.observations.account import RIGHTS, AccountPage, Right, RightEntry, StatedPath
from gongping.pages import finding
from gongping.pages.account_ways import (
    ICON,
    bare,
    best_label,
    control_of,
    editable,
    family,
    framed,
    head_of,
    icons,
    is_account_page,
    is_document,
    key,
    loosely,
    on_a_line,
    page_key,
    page_key_of,
    promise_of,
    rights_of,
    same_label,
)
from gongping.pages.documents import main_part
from gongping.pages.login import logout_control
from gongping.pages.page import Page
from gongping.sight.look import Live
from gongping.sight.model import Seen, Sight

PAGES_MAX = 26
"""Pages of an account that are read at most; more is a search without promise (convention)."""

GROWS_CAP_S = 2.0
"""Longest wait for a page of the account to show something of its own (convention)."""

OWN_TEXT = 12
"""Characters of a page's own part from which on it shows something (convention: a heading and a field's label)."""

BEYOND = 2
"""Clicks past the norm's limit that are still tried for what is missing, to say where it is (convention)."""

_HOME_SIGNS = ("orders", "settings", "security", "privacy_centre", "profile", "address", "deregister_entry")


@dataclass(frozen=True)
class Route:
    """How a page is reached again: an address, and labels to click from there."""

    url: str
    labels: tuple[str, ...] = ()


@dataclass
class Node:
    """A page of the account with the ways that lead on from it."""

    page: AccountPage
    route: Route
    ways: dict[str, Route] = field(default_factory=dict)


class Account(Page):
    """The account's home and what lies behind it."""

    place: ClassVar[str] = "account"

    def __init__(self, consumer: Consumer, attempt: Attempt) -> None:
        super().__init__(consumer, attempt)
        self.nodes: dict[str, Node] = {}
        self.entries: list[RightEntry] = []
        self.document_links: list[tuple[str, str, str]] = []
        """Links to texts: label, address ("" where there is none), the page they stand on."""
        self.complete = False
        self.why_incomplete = ""
        self._common: set[str] = set()
        self._home: Node | None = None
        self._home_lines: set[str] = set()
        self._left = PAGES_MAX

    # -- home -------------------------------------------------------------------------------------------------------------

    def open(self, shop: Sight | None = None) -> Live:
        """The account's home, from wherever a signed-in consumer stands. `shop` is the shop's home: what is on it, too, belongs to
        the shop's frame. Raises NotOffered, Wall."""
        if shop:
            self._common = {key(s.href, shop.label_of(s)) for s in shop.elements if s.operable and s.shown}
        live = self.look()
        tried: set[str] = set()
        unfolded = False
        for _ in range(4):
            if self._is_home(live.sight):
                if unfolded and is_account_page(live.sight):  # a menu that stays open is no part of the page
                    self.consumer.visit(self.consumer.page.url, self.place)
                return self._arrived()
            ways = [
                c
                for c in self.find(live, "account", roles=("link", "button", "tab", "menuitem"))
                if key(c.seen.href, c.label) not in tried
            ]
            ways.sort(key=lambda c: bool(words("orders").match(c.label)))
            way = next(iter(ways), None) or self._by_name(live, tried)
            if way is None:
                menu = next(
                    (
                        c
                        for c in self.find(live, "menu", roles=("button", "link"))
                        if key(c.seen.href, f"menu {c.label} {c.seen.box.x:.0f}") not in tried
                    ),
                    None,
                )
                if menu is None:
                    break
                tried.add(key(menu.seen.href, f"menu {menu.label} {menu.seen.box.x:.0f}"))
                self.click(live, menu.seen, f"open the menu {menu.label!r}")
                live, unfolded = self.look(), True
                continue
            tried.add(key(way.seen.href, way.label))
            stood = self.consumer.page.url
            self.go(live, way.seen, f"go to the account by {way.label!r}", self.place)
            self.consumer.check_status(self.place)
            unfolded |= self.consumer.page.url == stood
            live = self.look()
            if is_login(live.sight) and not logout_control(live.sight):
                raise self.asks_to_sign_in("the account asks to sign in")
        raise NotOffered("no way to the account's home was found", self.place, self.consumer.page.url)

    def _by_name(self, live: Live, tried: set[str]) -> finding.Candidate | None:
        """The consumer's own name in the header, or an icon that its makers call account, leads there, too."""
        for s in finding.controls(live.sight, roles=("link", "button", "img")):
            label = live.sight.label_of(s)
            if key(s.href, label) in tried or words("logout").match(label) or len(label) > 24:
                continue
            if finding.region(live.sight, s) in ("header", "nav") and re.search(
                finding.MAKERS_WORDS["account"], finding.makers(s), re.I
            ):
                return finding.Candidate(s, label, 0.4, "its makers call it account")
        for s in finding.controls(live.sight):
            label = live.sight.label_of(s)
            if (
                finding.region(live.sight, s) in ("header", "nav")
                and key(s.href, label) not in tried
                and phrase("greets_somebody").search(normalise(label))
                and not words("logout").match(label)
            ):
                return finding.Candidate(s, label, 0.4, "it greets the consumer by name")
        return None

    def _is_home(self, sight: Sight) -> bool:
        """Whether this is the account's home: at least two of its usual ways, on a page that isn't the shop's own."""
        if (
            sight.url.split("#")[0].split("?")[0].rstrip("/")
            == self.attempt.run.home.split("#")[0].split("?")[0].rstrip("/")
            and "#" not in sight.url
        ):
            return False
        signs = self._signs(sight)
        return not is_login(sight) and (len(signs) >= 2 or (len(signs) == 1 and is_account_page(sight)))

    def _signs(self, sight: Sight) -> dict[str, str]:
        found: dict[str, str] = {}
        for s in finding.controls(sight):
            label = sight.label_of(s)
            if not 0 < len(label) <= 24 or key(s.href, label) in self._common:
                continue
            for name in _HOME_SIGNS:
                hit = words(name).match(label)
                if hit and hit.score >= 0.6:
                    found.setdefault(name, label)
        return found

    def _arrived(self) -> Live:
        live = self.look(pictures="page", screens=2)
        self.reached(live, "、".join(self._signs(live.sight).values())[:120])
        self._home = self._read(live, (), Route(self.consumer.page.url))
        self._home_lines = set(live.sight.text.splitlines())
        for n, _ in enumerate(icons(live.sight), start=1):
            self._home.ways.setdefault(f"{ICON}{n}", Route(self.consumer.page.url, (f"{ICON}{n}",)))
        return live

    # -- reading a page ---------------------------------------------------------------------------------------------------

    def _read(self, live: Live, path: tuple[str, ...], route: Route) -> Node:
        """Takes a page down: its labels, its entries to rights, the ways that lead on."""
        sight = live.sight
        main = main_part(sight)
        shown = [s for s in finding.controls(sight) if sight.label_of(s)]
        page = AccountPage(
            path, len(path), self.consumer.page.url, sight.title, sight.id,
            labels=tuple(dict.fromkeys(on_a_line(sight, s)[:40] for s in shown)),
            editable=editable(sight, main), text=(sight.text_of(main.index) if main else sight.text)[:1500],
        )  # fmt: skip
        node = Node(page, route)
        self.nodes[page_key(page)] = node
        for s in [*shown, *(d for d in sight.elements if d.disabled and d.shown and d.role in ("button", "link"))]:
            label = on_a_line(sight, s)
            if label and len(label) <= 40:
                self._note_entry(sight, s, label, path)
                if is_document(label):
                    self.document_links.append((label, s.href, self.consumer.page.url))
                elif label not in node.ways and not s.disabled and (to := self._way(sight, s, label, route)):
                    node.ways[label] = to
        return node

    def _note_entry(self, sight: Sight, s: Seen, label: str, path: tuple[str, ...]) -> None:
        for right in rights_of(label):
            if (
                is_document(label)
                or finding.region(sight, s) == "footer"
                or (s.href and key(s.href, label) in self._common)
            ):
                continue
            partial = (
                right != "deregister"
                and bool(phrase("part_of_the_data").search(label))
                and not phrase("about_data").search(label)
            )
            if any(
                e.right == right and (e.href == s.href if s.href else e.label == label) and e.clicks <= len(path) + 1
                for e in self.entries
            ):
                continue
            self.entries.append(
                RightEntry(
                    right,
                    label,
                    len(path) + 1,
                    (*path, label),
                    self.consumer.page.url,
                    s.href,
                    s,
                    partial=partial,
                    disabled=s.disabled,
                    sight=sight.id,
                )
            )

    def _way(self, sight: Sight, s: Seen, label: str, route: Route) -> Route | None:
        """Where a control leads, if it belongs to the account; None for the shop's frame, for what signs out or commits."""
        if (
            s.role in ("checkbox", "radio", "switch", "textbox", "searchbox", "combobox", "option")
            or s.kind in ("submit", "reset")
            or s.tag == "label"
        ):
            return None
        if words("logout").match(label) or words("commitment").match(label):
            return None
        if words("deregister_entry").match(head_of(label)):
            return None
        if (rights_of(label) and promise_of(label) < 0.8) or phrase("downloads_data").search(label):
            return None  # an entry: tried on its own
        if s.href:
            if (
                not s.href.startswith(("http", "file"))
                or not self.consumer.same_site(s.href)
                or effect_of_request("GET", s.href) is not Effect.NONE
            ):
                return Route(route.url, (*route.labels, label)) if s.href.startswith("javascript") else None
            if key(s.href, label) in self._common and not promise_of(label):
                return None
            if finding.region(sight, s) == "footer" and not promise_of(label):
                return None
            return Route(s.href)
        if s.role in ("button", "tab", "menuitem", "link") or s.pointer or s.listens:
            if framed(sight, s, menus=False) and not promise_of(label) and not words("menu").match(label):
                return None
            if key("", label) in self._common and not promise_of(label):
                return None
            if self._home and label in self._home.ways and self._home.ways[label].labels:
                return None  # the frame's own: tried from the account's home
            return Route(route.url, (*route.labels, label))
        return None

    # -- exploring --------------------------------------------------------------------------------------------------------

    def explore(self, limit: int, hints: set[str]) -> None:
        """Follows what promises the four rights, breadth first, until each has a whole entry or nothing within `limit` clicks is
        left; `hints` are labels that documents name. What is still missing then is looked for a little further."""
        assert self._home is not None
        counter = itertools.count()
        queue: list[tuple[float, int, Node, str, Route]] = []
        seen: set[str] = {family(self._home.page.url)}
        late: list[tuple[float, int, Node, str, Route]] = []

        def push(node: Node) -> None:
            for label, to in node.ways.items():
                promise = 1.5 if any(same_label(label, h) for h in hints) else promise_of(label)
                place = family(to.url) + "|".join(to.labels)
                if place in seen or (
                    not to.labels and family(to.url) in {family(n.page.url) for n in self.nodes.values()}
                ):
                    continue
                heap = queue if promise else late
                heapq.heappush(heap, (node.page.clicks - promise * 1.2, next(counter), node, label, to))

        push(self._home)
        while self.missing() and self._left > 0 and (queue or late):
            _, _, node, label, to = heapq.heappop(queue or late)
            place = family(to.url) + "|".join(to.labels)
            if place in seen or node.page.clicks + 1 > limit + BEYOND:
                continue
            if node.page.clicks + 1 >= limit and not promise_of(label) and not any(same_label(label, h) for h in hints):
                continue
            seen.add(place)
            child = self._go(node, label, to)
            if child:
                push(child)
        self.complete = self._left > 0
        self.why_incomplete = "" if self.complete else f"读过 {PAGES_MAX} 个页面后停止"

    def missing(self) -> list[Right]:
        """Rights without a whole entry so far."""
        return [r for r in RIGHTS if not any(e.right == r and not e.partial for e in self.entries)]

    def _go(self, node: Node, label: str, to: Route) -> Node | None:
        """Follows a way from a page and reads where it leads; a wall is noted as a page of its own."""
        self._left -= 1
        path = (*node.page.path, label)
        try:
            self._follow(to)
            live = self._grown()
            if is_login(live.sight) and not logout_control(live.sight):
                raise self.asks_to_sign_in("asks to sign in again")
        except (Wall, Refused) as wall:
            if isinstance(wall, Wall) and wall.name in (WallName.BUDGET, WallName.CRASHED):
                self._left = 0
                raise
            page = AccountPage(path, len(path), to.url, "", "", wall=str(wall))
            self.nodes.setdefault(f"wall {to.url} {to.labels}", Node(page, to))
            return None
        known = self.nodes.get(page_key_of(live.sight, self.consumer.page.url))
        if known:
            return None
        url = self.consumer.page.url
        route = Route(url) if bare(url) != bare(to.url) or not to.labels else to
        return self._read(live, path, route)

    def _grown(self) -> Live:
        """The page once it shows something of its own: a page that scripts fill may be still while it is empty. Raises Wall (blank)
        where nothing comes."""
        end = time.monotonic() + GROWS_CAP_S
        labels = {*(self._home.page.labels if self._home else ())}
        while True:
            live = self.look()
            own = [s for s in finding.controls(live.sight) if on_a_line(live.sight, s)[:40] not in labels]
            said = sum(len(line) for line in live.sight.text.splitlines() if line not in self._home_lines)
            if said >= OWN_TEXT and (own or said >= 3 * OWN_TEXT):
                return self.look(pictures="viewport")
            if time.monotonic() > end:
                part = any(s.role == "main" and len(live.sight.text_of(s.index)) >= 4 for s in live.sight.elements)
                elsewhere = self._home is not None and bare(self.consumer.page.url) != bare(self._home.page.url)
                if not own and not said and not part and elsewhere:  # an empty list says at least that it is one
                    raise Wall(WallName.BLANK, "the page shows nothing of its own", self.place, self.consumer.page.url)
                return self.look(pictures="viewport")
            self.consumer.page.wait_for_timeout(150)

    def _follow(self, to: Route) -> None:
        self.consumer.visit(to.url, self.place)
        for label in to.labels:
            live = self.look()
            control = control_of(live.sight, label)
            if control is None:
                raise NotOffered(f"{label!r} is not there again", self.place, to.url)
            happened = self.click(live, control, f"go on by {label!r}")
            self.consumer.check_status(self.place)
            if happened.dialogs:
                raise NotOffered(f"a dialog came: {happened.dialogs[-1]}", self.place, to.url)

    # -- entries and stated paths ----------------------------------------------------------------------------------------------

    def try_entries(self, limit: int) -> None:
        """Opens the nearest entries to query, correction and deletion and notes what they open. Deregistration is walked elsewhere."""
        for right in ("query", "correct", "delete"):
            mine = sorted(
                (e for e in self.entries if e.right == right and e.clicks <= limit), key=lambda e: (e.partial, e.clicks)
            )
            for entry in mine[:3]:
                tried = self._tried(entry)
                self.entries[self.entries.index(entry)] = tried
                if tried.alive == "works" and not tried.partial:
                    break

    def _tried(self, entry: RightEntry) -> RightEntry:
        if entry.disabled:
            return replace(entry, alive="dead", said="入口不可点击")
        node = next((n for n in self.nodes.values() if entry.href and bare(n.page.url) == bare(entry.href)), None)
        if node is None:
            if re.search(r"download|export|\.(json|csv|zip|pdf)(\?|$)", entry.href, re.I) or phrase(
                "downloads_data"
            ).search(entry.label):
                return (
                    replace(entry, alive="works", said="下载", opened=entry.href)
                    if entry.href
                    else replace(entry, alive="unknown", said="下载按钮未点击")
                )
            parent = next((n for n in self.nodes.values() if n.page.path == entry.path[:-1] and not n.page.wall), None)
            if parent is None:
                return entry
            if entry.href:
                to = Route(entry.href)
            elif (
                entry.seen.kind == "submit" or entry.right == "delete"
            ):  # a button that may delete at once is there, and left alone
                return replace(entry, alive="works", said="按钮（未点击）", opened=entry.url)
            else:
                to = Route(parent.route.url, (*parent.route.labels, entry.label))
            before = set(self.nodes)
            node = self._go(parent, entry.label, to) or next(
                (self.nodes[k] for k in self.nodes if k not in before), None
            )
            if node is None:
                node = self.nodes.get(page_key_of(self.look().sight, self.consumer.page.url))
        if node is None:
            return entry
        page = node.page
        if page.wall:
            return replace(
                entry, alive="dead" if "not-found" in page.wall else "unknown", said=page.wall, opened=page.url
            )
        if phrase("refers_to_the_app").search(page.text) and len(page.text) < 400:
            return replace(entry, alive="app", said=page.text[:120], opened=page.url)
        if phrase("refers_to_an_agent").search(page.text) and len(page.text) < 400 and not page.editable:
            return replace(entry, alive="offline", said=page.text[:120], opened=page.url)
        if entry.right == "correct" and not page.editable:
            edits = any(
                words("right_correct").match(label)
                or (words("settings").match(label) and phrase("edits").search(label))
                for label in page.labels
            )
            edits = edits or self._leads_on(node)
            return replace(entry, alive="unknown" if edits else "dead", said="页面没有可以填写的栏目", opened=page.url)
        return replace(entry, alive="works", said=page.title, opened=page.url)

    def _leads_on(self, node: Node) -> bool:
        """Whether a page has ways of its own that were not followed."""
        frame = self._home.ways if self._home else {}
        followed = {n.page.path[-1] for n in self.nodes.values() if n.page.path}
        return any(label not in frame and label not in followed for label in node.ways)

    def check_paths(self, stated: list[StatedPath]) -> list[StatedPath]:
        """Walks the paths that documents name, from the account's home, and notes where one breaks off."""
        return [self._check(path) for path in stated]

    def _check(self, stated: StatedPath) -> StatedPath:
        node = self._home
        assert node is not None
        for n, step in enumerate(stated.steps):
            labels = [*node.page.labels]
            match = best_label(labels, step)
            if match is None and (behind := self._behind_icon(node, step)):
                node = behind
                continue
            if match is None and n == 0 and len(stated.steps) > 1 and may_be_a_page(step):
                continue  # what the document calls the account itself
            if match is None and n and self._is_a_part(node, step):
                continue  # a part of the page that the step before led to
            if match is None:
                before = stated.steps[n - 1] if n else ""
                if before and stated.right in rights_of(before):  # what follows the entry is part of its flow
                    return replace(stated, exists=True)
                unnamed = any(label.startswith(ICON) for label in node.ways)
                if unnamed or any(loosely(label, step) for label in labels):
                    return replace(stated, exists=None, missing=step, sight=node.page.sight)
                return replace(stated, exists=False, missing=step, sight=node.page.sight)
            if n == len(stated.steps) - 1:
                return replace(stated, exists=True)
            entry = next((e for e in self.entries if e.label == match), None)
            if entry and entry.right == "deregister":
                return replace(stated, exists=True)
            to = node.ways.get(match)
            if to is None:
                return replace(stated, exists=None, missing=step, sight=node.page.sight)
            known = next(
                (
                    k
                    for k in self.nodes.values()
                    if not k.page.wall
                    and (
                        k.page.path == (*node.page.path, match) or (not to.labels and bare(k.page.url) == bare(to.url))
                    )
                ),
                None,
            )
            if known is None and self._left <= 0:
                return replace(stated, exists=None, missing=step)
            node = (
                known
                or self._go(node, match, to)
                or next(
                    (
                        k
                        for k in self.nodes.values()
                        if not to.labels and bare(k.page.url) == bare(to.url) and not k.page.wall
                    ),
                    None,
                )
                or None
            )
            if node is None:
                return replace(stated, exists=None, missing=step)
        return replace(stated, exists=True)

    def _behind_icon(self, node: Node, step: str) -> Node | None:
        """The page behind an icon without words, where that page calls itself what a document calls it."""
        for n in self.nodes.values():
            beneath = n.page.path[:-1] == node.page.path and n.page.path and n.page.path[-1].startswith(ICON)
            if beneath and any(same_label(line, step) == 3 for line in n.page.text.splitlines()[:3]):
                return n
        return None

    def _is_a_part(self, node: Node, step: str) -> bool:
        """Whether the page has a heading by this name."""
        return any(same_label(line, step) == 3 for line in node.page.text.splitlines())

    @property
    def pages(self) -> tuple[AccountPage, ...]:
        """What was read, in order."""
        return tuple(n.page for n in self.nodes.values())
