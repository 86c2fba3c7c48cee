"""Looks for the option of article 40 as a consumer would: from the result list and from the account, click by click."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from gongping.consumer.consumer import Consumer
from gongping.consumer.experiments import Attempt
from gongping.consumer.guard import Refused
from gongping.consumer.walls import NotOffered, Wall, WallName, is_login
from gongping.lexicon import normalise, phrase, words
from gongping.observations.documents import Document
from gongping.observations.ranking import PlaceRead, PolicySaid
from gongping.pages import finding
from gongping.pages.account_ways import BAR, ICON, control_of, icons, is_account_page, on_a_line
from gongping.pages.personalisation import Found, Personalisation, at, leads_on
from gongping.sight.look import Live
from gongping.sight.model import Seen, Sight

MOST_PAGES = 24
"""Pages that are read in search of the option (convention: what a patient person would)."""

MOST_CLICKS = 9
"""Ways are followed so far: further than the norm's limit, so that a buried option is found buried and not missing."""

_CONTENT_CAP_S = 3.0
"""Longest wait for a page's own part beside the site's frame (convention: a slow single-page application)."""

_POLL_MS = 150

_SURE = 1.5
"""Promise from which on a link in a closed menu is followed, too: it is one touch away."""

_HOME = 2.5
"""Promise of the shop's home, where the result page shows no way to the account."""

_ICON = 0.9
"""Promise of an icon without words on the account's home."""

_NO_WAYS = frozenset(
    ("textbox", "searchbox", "combobox", "option", "checkbox", "radio", "switch", "spinbutton", "slider")
)

_WAYS: tuple[tuple[str, float], ...] = (
    ("personalisation_switch", 5.0),
    ("privacy_centre", 4.0),
    ("settings", 3.0),
    ("security", 2.4),
    ("account", 2.8),
    ("more_links", 1.5),
    ("help", 0.8),
)
_POLICY_LEAST = 200
"""Characters of the shortest text that counts as a policy (convention)."""


@dataclass
class _Stand:
    """A page to read: how to get there and how far it is."""

    url: str
    clicks: int
    path: tuple[str, ...]
    from_account: int | None = None
    promise: float = 0.0
    presses: tuple[str, ...] = ()
    """Labels to press, one after the other, once `url` is open: ways that have no address."""

    @property
    def key(self) -> str:
        return "|".join((_bare(self.url), *self.presses))

    @property
    def near(self) -> int:
        """Clicks from the result list or the account home, whichever is nearer."""
        return self.clicks if self.from_account is None else min(self.clicks, self.from_account)


@dataclass
class Search:
    """The search for the option by one consumer, and what it has read so far."""

    consumer: Consumer
    attempt: Attempt
    options: list[Found] = field(default_factory=list)
    places: list[PlaceRead] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    policy: PolicySaid | None = None

    def __post_init__(self) -> None:
        self.page = Personalisation(self.consumer, self.attempt)
        self._seen: set[str] = set()
        self._policy_links: list[tuple[str, int]] = []

    # -- results ------------------------------------------------------------------------------------------------------------

    def on_results(self, live: Live, outside: frozenset[int]) -> Found | None:
        """What the result page itself offers; its usable option, if any."""
        found = self._read(live, _Stand(live.sight.url, 0, ()), "search", outside)
        return self.usable(found)

    @staticmethod
    def usable(found: Iterable[Found]) -> Found | None:
        """The option that a consumer can operate here and that isn't for feeds or advertising only, the plainest first."""
        rank = {"search": 0, "unsaid": 1}
        good = [f for f in found if f.option.operable and f.option.scope in rank and not leads_on(f)]
        return min(good, key=lambda f: (rank[f.option.scope], f.option.clicks), default=None)

    def everywhere(self, start: Live, outside: frozenset[int]) -> Found | None:
        """Follows promising ways from the result page until the option is found or all are read. The consumer ends up elsewhere."""
        first = _Stand(start.sight.url, 0, ())
        self._frame = frozenset(
            on_a_line(start.sight, s) for s in finding.controls(start.sight) if s.index not in outside
        )
        frontier = self._ways(start, first, outside)
        self._seen.add(first.key)
        if not any(s.from_account is not None for s in frontier):  # the result page may lack the site's own bars
            home = _Stand(self.attempt.run.home, 1, ("首页",), promise=_HOME)
            frontier.append(home)
        began = self.consumer.budget.used
        bar = self._icon_bar()
        while (frontier or bar) and self.consumer.budget.used - began < MOST_PAGES:
            if not frontier:  # nothing has words that lead to the account
                frontier, bar = [] if any(p.account for p in self.places) else bar, []
                continue
            frontier.sort(key=lambda s: (-s.promise, s.near))
            stand = frontier.pop(0)
            if stand.key in self._seen:
                continue
            self._seen.add(stand.key)
            live = self._go(stand)
            if live is None:
                continue
            arrived = _bare(live.sight.url)
            if stand.presses and arrived != _bare(stand.url):  # it has an address after all
                if arrived in self._seen:
                    continue
                self._seen.add(arrived)
                stand.url, stand.presses = live.sight.url, ()
            look = (
                f"{_bare(live.sight.url)}|{hash(tuple(on_a_line(live.sight, s) for s in finding.controls(live.sight)))}"
            )
            if look in self._seen:
                continue  # pressing changed nothing
            self._seen.add(look)
            if stand.path[-1].startswith(BAR) and is_account_page(live.sight):
                stand.from_account = 0
            found = self.usable(self._read(live, stand, "account", frozenset()))
            if found:
                return found
            frontier += self._ways(live, stand, frozenset())
        left = [s for s in frontier if s.key not in self._seen and s.near < MOST_CLICKS and s.promise > 1.0]
        self.unread += [f"{' > '.join(s.path)}（篇幅所限未读）" for s in left[:10]]
        return None

    def _icon_bar(self) -> list[_Stand]:
        """The last two of home's icons without words, one of which is most often the consumer's own place."""
        return [
            _Stand(self.attempt.run.home, 2, ("首页", label), promise=_ICON, presses=(label,))
            for label in (f"{BAR}1", f"{BAR}2")
        ]

    def _go(self, stand: _Stand) -> Live | None:
        try:
            live = arrive(self.page, stand.url, stand.presses, self._frame)
        except (Wall, Refused) as wall:
            name = str(wall.name) if isinstance(wall, Wall) else "refused"
            self.places.append(PlaceRead(stand.url, "", stand.near, stand.path, (), wall=name))
            if isinstance(wall, Wall) and wall.name is WallName.BUDGET:
                raise
            if name != WallName.NOT_FOUND and not stand.path[-1].startswith((BAR, ICON)):  # an icon promises nothing
                self.unread.append(f"{' > '.join(stand.path)}（{wall}）")
            return None
        if is_login(live.sight):
            self.places.append(
                PlaceRead(stand.url, live.sight.title, stand.near, stand.path, (), live.sight.id, "login")
            )
            self.unread.append(f"{' > '.join(stand.path)}（需要登录）")
            return None
        return live

    def _read(self, live: Live, stand: _Stand, place: str, outside: frozenset[int]) -> list[Found]:
        """The options on a page; notes the page and what its controls say."""
        found = [
            at(f, clicks=stand.near, **({"url": stand.url, "presses": stand.presses} if stand.presses else {}))
            for f in self.page.on_page(live, path=stand.path, place=place, outside=outside)
        ]
        labels = [live.sight.label_of(s)[:30] for s in finding.controls(live.sight) if s.index not in outside]
        self.places.append(
            PlaceRead(
                live.sight.url,
                live.sight.title,
                stand.near,
                stand.path,
                tuple(dict.fromkeys(x for x in labels if x))[:120],
                live.sight.id,
                account=stand.from_account is not None,
            )
        )
        self.options += found
        self._note_policy(live.sight, stand)
        return found

    def _ways(self, live: Live, stand: _Stand, outside: frozenset[int]) -> list[_Stand]:
        """Ways of a page that may lead to the option, with what they promise: links, and controls without an address."""
        if stand.clicks >= MOST_CLICKS:
            return []
        sight = live.sight
        ways: dict[str, _Stand] = {}
        for seen in sight.elements:
            if seen.index in outside or not (seen.operable and (seen.shown or seen.href)) or seen.disabled:
                continue
            label = on_a_line(sight, seen)
            if not label or len(label) > 40 or phrase("never_for_an_option").search(label) or seen.role in _NO_WAYS:
                continue
            addressed = seen.href.startswith("http") and _bare(seen.href) != _bare(sight.url)
            if seen.href.startswith("http") and not addressed and "#" not in seen.href:
                continue  # leads here
            if stand.path and label in self._frame:
                continue  # the site's frame: tried from the start
            if addressed and (
                phrase("never_for_an_option").search(seen.href) or not self.consumer.same_site(seen.href)
            ):
                continue
            if not addressed and (not seen.shown or seen.form or (seen.kind == "submit")):
                continue
            promise, account = _promise(label)
            inside = stand.from_account is not None and label not in self._frame
            if not promise and inside and finding.region(sight, seen) != "footer":
                promise = 1.0 if addressed else 0.0  # in the account's own part every link counts
            if not promise or (not seen.shown and promise < _SURE):
                continue
            at_home = account and stand.from_account is None
            from_account = 0 if at_home else None if stand.from_account is None else stand.from_account + 1
            step = _Stand(
                seen.href if addressed else stand.url, stand.clicks + 1, (*stand.path, label[:20]), from_account,
                promise - 0.1 * stand.clicks, () if addressed else (*stand.presses, label),
            )  # fmt: skip
            if step.key not in self._seen and (step.key not in ways or step.promise > ways[step.key].promise):
                ways[step.key] = step
        if stand.from_account == 0:  # settings often hide behind a wheel
            for n, _ in enumerate(icons(sight), start=1):
                label = f"{ICON}{n}"
                step = _Stand(stand.url, stand.clicks + 1, (*stand.path, label), 1, _ICON, (*stand.presses, label))
                ways[step.key] = step
        return list(ways.values())

    _frame: frozenset[str] = frozenset()

    # -- policy -------------------------------------------------------------------------------------------------------------

    def _note_policy(self, sight: Sight, stand: _Stand) -> None:
        for seen in sight.elements:
            if seen.href.startswith("http") and _names_policy(sight, seen):
                self._policy_links.append((seen.href, stand.clicks + 1))

    def read_policy(self) -> PolicySaid | None:
        """Reads the privacy policy that the result page links to, or home. None where there is none, or a wall."""
        if not self._policy_links:
            with suppress(Wall):
                self._note_policy(
                    arrive(self.page, self.attempt.run.home, ()).sight, _Stand(self.attempt.run.home, 0, ())
                )
        documents = self.attempt.pages.Documents(self.consumer, self.attempt)
        for url in list(dict.fromkeys(u for u, _ in sorted(self._policy_links, key=lambda p: p[1])))[:2]:
            try:
                document = documents.open(url, "agreement_privacy", pictures="none", enough=_POLICY_LEAST)
            except Wall as wall:
                self.unread.append(f"隐私政策（{wall}）")
                continue
            if len(document.text) >= _POLICY_LEAST:
                self.policy = policy_said(document)
                return self.policy
        return None if self._policy_links else self._policy_by_click(documents)

    def _policy_by_click(self, documents: Any) -> PolicySaid | None:
        """The policy behind a control of home that has no address, as in an application that changes its own."""
        try:
            live = arrive(self.page, self.attempt.run.home, ())
            control = next(
                (s for s in finding.controls(live.sight) if not s.href and _names_policy(live.sight, s)), None
            )
            document = documents.follow(live, control, "agreement_privacy", pictures=False) if control else None
        except Wall as wall:
            self.unread.append(f"隐私政策（{wall}）")
            return None
        if document is None or document.wall or len(document.text) < _POLICY_LEAST:
            return None
        self.policy = policy_said(document)
        return self.policy


def _names_policy(sight: Sight, seen: Seen) -> bool:
    """Whether a control's label is a privacy policy's name, children's aside."""
    label = sight.label_of(seen)
    hit = words("agreement_privacy").match(label) if 0 < len(label) <= 40 else None
    return bool(hit and hit.score >= 0.6 and not phrase("about_children").search(label))


def policy_said(policy: Document) -> PolicySaid:
    """What a policy says about personalised search results, sentence by sentence."""
    admits, denies, contact, expires = [], [], [], []
    for sentence in re.split(r"(?<=[。！？；!?;])|(?<=[a-z)])\.\s|\n", policy.text):
        shown, said = sentence.strip(), normalise(sentence)
        if not 6 <= len(said) <= 500:
            continue
        about = phrase("about_results").search(said) and phrase("about_personal_traits").search(said)
        if about and phrase("results_not_personal").search(said) and not phrase("when_switched_off").search(said):
            denies.append(shown[:200])
        elif about and words("personalisation_statement").match(said):
            admits.append(shown[:200])
        if phrase("about_personal_traits").search(said) and phrase("names_personalisation").search(said):
            if phrase("option_by_contact").search(said):
                contact.append(shown[:200])
            if phrase("option_expires").search(said):
                expires.append(shown[:200])
    return PolicySaid(
        policy.url,
        policy.title,
        policy.sight,
        len(policy.text),
        tuple(admits[:5]),
        tuple(denies[:5]),
        tuple(contact[:3]),
        tuple(expires[:3]),
    )


def _promise(label: str) -> tuple[float, bool]:
    """How much a link promises to lead to the option, and whether it leads to the account's home."""
    best, account = 0.0, False
    for concept, worth in _WAYS:
        hit = words(concept).match(label)
        if not hit or hit.score < 0.6:
            continue
        if concept == "account":
            account = True
        best = max(best, worth * hit.score)
    return best, account


def arrive(page: Personalisation, url: str, presses: tuple[str, ...], frame: frozenset[str] = frozenset()) -> Live:
    """Goes to `url` and presses on; waits (under a cap) until something stands there that `frame`, the labels of the site's frame,
    lacks. Raises Wall."""
    page.consumer.visit(url, page.place)
    end = time.monotonic() + _CONTENT_CAP_S
    live = page.look()
    while (
        not is_login(live.sight)
        and frame
        and all(on_a_line(live.sight, s) in frame for s in finding.controls(live.sight))
        and time.monotonic() < end
    ):
        page.consumer.page.wait_for_timeout(_POLL_MS)
        live = page.look()
    for label in presses:
        control = control_of(live.sight, label)
        if control is None:
            raise NotOffered(f"“{label}”不再出现", page.place, url)
        page.click(live, control, f"go on by {label!r}")
        page.consumer.check_status(page.place)
        live = page.look()
    return live


def _bare(url: str) -> str:
    return url.split("#", maxsplit=1)[0].rstrip("/") if "#/" not in url else url.rstrip("/")
