"""Two people with opposite tastes, and a control twin of each, ask the same questions; then all use the option that shall make
them equal."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from filelock import FileLock

from gongping.consumer.consumer import Consumer, Pictures
from gongping.consumer.experiments import Attempt, Experiment
from gongping.consumer.guard import Effect, Refused
from gongping.consumer.walls import NotOffered, Wall, WallName
from gongping.detectors import ranking
from gongping.lexicon import words
from gongping.observations.ranking import Option, PersonasSeen, Phase, RankedList, Switched
from gongping.observations.results import Card
from gongping.pages.login import Login
from gongping.pages.option_search import Search, arrive
from gongping.pages.personalisation import Found, Personalisation
from gongping.pages.results import Results
from gongping.sight.look import Live
from gongping.sight.model import Sight
from gongping.targets import TargetError

MOST_QUERIES = 3
"""Queries that the personas ask (norm.yaml says 5; each costs some 40 page loads a device, and an audit has a budget)."""

VIEWS = 12
"""Goods that each persona opens, over all queries (norm.yaml's 30 actions are the goods opened and the searches of both)."""

ROUNDS = 3
"""Rounds in which all ask every query with the history in place (norm.yaml, rank_agreement and 40.4: 3)."""

ROUNDS_OFF = 2
"""The same once the option was used; several page loads lie between, so that a choice that is forgotten shows. Its noise is known
from the rounds before, so that two are enough."""

Name = Literal["A", "A2", "B", "B2", "C", "D"]
"""A with a taste for the dear, B for the cheap, each with a twin that lives the same life in a session of its own; C and D fresh."""

DEPTH = 20
"""Results that are compared to see whether a search for the option is worth its page loads; the verdict has its own parameter."""

ALIKE = 0.97
"""Agreement from which on two lists are as good as equal: nothing that the norm's parameter could call personal."""

_TWINS: tuple[Name, ...] = ("A2", "B2")
_FRESH: tuple[Name, ...] = ("C", "D")

LIST_CAP_S = 3.0
"""Longest wait for a list after its page has settled (convention: a single-page application that starts late)."""


@dataclass
class Persona:
    """One of the people: a consumer of its own, and the lists it came to."""

    name: Name
    consumer: Consumer
    attempt: Attempt
    account: bool = False
    urls: dict[str, str] = field(default_factory=dict)
    actions: int = 0
    views: int = 0

    def list(self, query: str, *, pictures: Pictures = "none") -> tuple[Results, Live]:
        """The first page of results for a query: by search, later by its address. Raises Wall."""
        self.actions += 1
        url = self.urls.get(query)
        results: Results
        if url:
            self.consumer.visit(url, "search")
            results = self.attempt.pages.Results(self.consumer, self.attempt, query)
            return results, self._awaited(results, pictures)
        home = self.attempt.pages.Home(self.consumer, self.attempt)
        if self.consumer.page.url == "about:blank":
            home.open()
        try:
            results = home.search(query)
        except NotOffered:  # where the persona stands now there may be no search: from home, once more
            home.open()
            results = home.search(query)
        if _same(
            self.consumer.page.url, self.attempt.run.home
        ):  # the list may be home's own: the search is still on its way
            end = time.monotonic() + LIST_CAP_S
            while _same(self.consumer.page.url, self.attempt.run.home) and time.monotonic() < end:
                self.consumer.page.wait_for_timeout(150)
            self.consumer.settle()
            if _same(
                self.consumer.page.url, self.attempt.run.home
            ):  # nothing was sent: once more, now that home is awake
                results = home.search(query)
            results.first = self._awaited(results, "none")
        self.urls[query] = self.consumer.page.url
        return results, results.first or results.look()

    def _awaited(self, results: Results, pictures: Pictures) -> Live:
        """The page, as soon as the list has come, or what is there when the cap is over."""
        end = time.monotonic() + LIST_CAP_S
        if pictures != "none":  # mostly it is there at once: one look instead of two
            live = results.look(pictures=pictures, screens=1.5)
            if results.cards(live.sight):
                return live
        while True:
            live = results.look()
            if results.cards(live.sight) or time.monotonic() > end:
                break
            self.consumer.page.wait_for_timeout(150)
        return results.look(pictures=pictures, screens=1.5) if pictures != "none" else live

    def here(self, query: str) -> tuple[Results, Live] | None:
        """The page where the persona stands, if that is the list for a query."""
        if self.consumer.page.url.split("#")[0] not in {u.split("#")[0] for u in self.urls.values()}:
            return None
        results: Results = self.attempt.pages.Results(self.consumer, self.attempt, query)
        return results, results.look()


_MEMBER = "shopper"
"""The account that looks for the option where the personas have none."""


class PersonasJourney(Experiment[PersonasSeen]):
    """A and its twin open the dear goods of each list, B and its twin the cheap ones, in turn. All ask the same, round by round; all
    then use the option. C and D, who open nothing, are asked only where A and B have accounts and no twin has one."""

    name: ClassVar[str] = "personas"
    places: ClassVar[frozenset[str]] = frozenset({"search", "account", "documents"})
    observation = PersonasSeen

    def run(self, attempt: Attempt) -> PersonasSeen:
        # accounts are one for all devices: two personas of that name at a time would write one history
        with FileLock(str(attempt.run.bundle / ".personas.lock")):
            return _Walk(attempt).walk()


class _Walk:
    """One comparison on its way."""

    def __init__(self, attempt: Attempt) -> None:
        self.attempt = attempt
        self.queries = tuple(attempt.target.queries[:MOST_QUERIES])
        self.login = ""
        self.lists: list[RankedList] = []
        self.switched: list[Switched] = []
        self.notes: list[str] = []
        self.used: Found | None = None
        self.offered: Found | None = None
        self.on_results = False
        self.search: Search | None = None

    def walk(self) -> PersonasSeen:
        people = self._people()
        a = people[0]
        self._live_lives(people)
        if a.account and len(people) == 2:
            for name in _FRESH:  # no twin among the accounts: at least two sessions of nobody
                fresh = self._persona(name, sign_in=False)
                for query in self.queries:
                    self._ask(fresh, "fresh", query, 1)
        first = self._find_option(a)
        if self._switch_on_where_off(people):
            first = None
        if first:
            self._note(a, "personal", self.queries[0], 1, *first)
        self._ask_all(people, "personal", ROUNDS, done=1 if first else 0)
        if not any(x.phase == "personal" and not x.wall for x in self.lists):
            raise Wall(
                WallName.NOT_OFFERED, next((x.wall for x in self.lists if x.wall), "no list of results came"), "search"
            )
        self._policy()
        if self._matters():
            self._find_option_elsewhere(a)
            if not a.account:
                self._look_as_a_member()
        if self.used:
            self._try_option(people)
        return self._seen(people)

    # -- people -------------------------------------------------------------------------------------------------------------

    def _people(self) -> tuple[Persona, ...]:
        """A and B first, then their twins. With accounts, a twin is one that has an account, too."""
        a, b = self._persona("A"), self._persona("B")
        if a.account != b.account:
            self.notes.append("两个账号只有一个登录成功，改用未登录的会话比较")
            a, b = self._persona("A", sign_in=False), self._persona("B", sign_in=False)
        if not a.account:
            return (a, b, *(self._persona(name, sign_in=False) for name in _TWINS))
        twins: list[Persona] = []
        for name in _TWINS:
            account = f"persona_{name.lower()}"
            if account not in self.attempt.target.accounts:
                self.notes.append(
                    f"targets.yaml 中没有对照账号 {account}：未登录的会话不能作登录者的对照，噪声基线改用本人的重复搜索和两个未登录的新会话"
                )
                continue
            twin = self._persona(name)
            if twin.account:
                twins.append(twin)
        return (a, b, *twins)

    def _persona(self, name: Name, *, sign_in: bool = True, again: bool = False) -> Persona:
        account = f"persona_{name.lower()}"
        consumer = self.attempt.consumer(f"{name}{'-renewed' if again else ''}", account=account if sign_in else "")
        persona = Persona(name, consumer, self.attempt)
        if not sign_in or account not in self.attempt.target.accounts:
            return persona
        for form in dict.fromkeys((self.login, "")):  # where the first found the form; else the way from home
            try:
                if form:
                    consumer.visit(form, "login")
                else:
                    self.attempt.pages.Home(consumer, self.attempt).open()
                login = Login(consumer, self.attempt)
                login.sign_in(account)
                persona.account, self.login = True, login.form_at
                return persona
            except (Wall, Refused, TargetError) as error:
                if isinstance(error, Wall) and error.name is WallName.BUDGET:
                    raise
                said = f"{account} 登录未成功：{error}"
                if isinstance(error, Wall) and error.name is WallName.LOGIN:
                    break  # refused: asking once more could lock the account
        self.notes.append(said)
        return persona

    def _live_lives(self, people: tuple[Persona, ...]) -> None:
        """All ask all queries while they have no history. Then A and B choose from their own lists, A from the upper third of prices,
        B from the lower; each twin opens what its original opens, all of them in turn."""
        each = -(-VIEWS // len(self.queries))
        listed: dict[tuple[str, str], list[Card]] = {}
        for query in self.queries:
            for persona in people:
                listed[persona.name, query] = self._ask(persona, "fresh", query, 1) or []
        for query in self.queries:
            lives = {who: _tasteful(listed.get((who, query), []), dear=who == "A")[:each] for who in ("A", "B")}
            for n in range(max(len(life) for life in lives.values())):
                for persona in people:
                    if n < len(life := lives[persona.name[0]]):
                        self._open(persona, life[n], query)

    def _open(self, persona: Persona, card: Card, query: str) -> None:
        try:
            if card.href.startswith("http"):
                persona.consumer.visit(card.href, "product")
            else:
                results, live = persona.list(query)
                again = next((c for c in results.cards(live.sight) if c.key == card.key and c.link), None)
                if again is None or again.link is None:
                    return
                results.click(live, again.link, f"open {card.title[:30]!r}", Effect.SESSION)
        except (Wall, Refused) as wall:
            if isinstance(wall, Wall) and wall.name is WallName.BUDGET:
                raise
            self.notes.append(f"{persona.name}：商品未能打开（{wall}）")
            return
        persona.actions += 1
        persona.views += 1

    def _ask(
        self, persona: Persona, phase: Phase, query: str, repeat: int, *, pictures: Pictures = "none"
    ) -> list[Card] | None:
        """Asks and notes the list; the cards that are no advertisements come back, None for a wall."""
        try:
            results, live = persona.list(query, pictures=pictures)
        except Wall as wall:
            if wall.name is WallName.BUDGET:
                raise
            self.attempt.stop(wall, "search")
            self.lists.append(
                RankedList(persona.name, phase, query, repeat, persona.consumer.page.url, "", (), wall=str(wall))
            )
            return None
        return self._note(persona, phase, query, repeat, results, live)

    def _note(
        self, persona: Persona, phase: Phase, query: str, repeat: int, results: Results, live: Live
    ) -> list[Card]:
        cards = results.cards(live.sight)
        ads = {c.key for c in cards if _is_ad(live.sight, c)}
        own = [c for c in cards if not _is_ad(live.sight, c)]
        state: Literal["", "on", "off"] = ""
        if self.on_results and self.used:
            here = Personalisation(persona.consumer, self.attempt).again(
                live, self.used.option, _outside(live.sight, cards)
            )
            state = here.option.state if here else ""
        keys = tuple(dict.fromkeys(c.key for c in own))
        self.lists.append(
            RankedList(
                persona.name, phase, query, repeat, live.sight.url, live.sight.id, keys, tuple(sorted(ads)), state
            )
        )
        return own

    def _ask_all(self, people: tuple[Persona, ...], phase: Phase, rounds: int, *, done: int = 0) -> None:
        """All ask every query in turn, so that time passes alike for all, each round begun by another one; the first lists of A and B
        with pictures. `done`: so many of the first questions were asked already."""
        asked = [
            (repeat, query, persona)
            for repeat in range(1, rounds + 1)
            for query in self.queries
            for persona in (*people[(repeat - 1) % len(people) :], *people[: (repeat - 1) % len(people)])
        ]
        for repeat, query, persona in asked[done:]:
            self._ask(
                persona,
                phase,
                query,
                repeat,
                pictures="viewport" if repeat == 1 and persona.name in ("A", "B") else "none",
            )

    # -- the option ---------------------------------------------------------------------------------------------------------

    def _find_option(self, persona: Persona) -> tuple[Results, Live] | None:
        """On the result page, with pictures: what is not there must have been looked for. The list comes back."""
        try:
            results, live = persona.list(self.queries[0], pictures="page")
        except Wall as wall:
            if wall.name is WallName.BUDGET:
                raise
            self.notes.append(f"结果页未能再次打开：{wall}")
            return None
        self.search = Search(persona.consumer, self.attempt)
        self._start = live, _outside(live.sight, results.cards(live.sight))
        self.used = self.search.on_results(*self._start)
        self.on_results = self.used is not None
        return results, live

    def _find_option_elsewhere(self, persona: Persona) -> None:
        if self.used or not self.search:
            return
        try:
            self.used = self.search.everywhere(*self._start)
        except Wall as wall:
            self.search.unread.append(f"寻找选项时中断：{wall}")
        if self.used:
            live = self.search.page.look(pictures="page", screens=2, glyphs=True)
            again = self.search.page.again(live, self.used.option)
            self.used = again or self.used

    def _look_as_a_member(self) -> None:
        """Where nobody signed in and no option was found: looks for the option once more with the account that has bought here. What
        it finds is seen, not used: nobody could be compared with it."""
        assert self.search
        if self.used or _MEMBER not in self.attempt.target.accounts:
            return
        consumer = self.attempt.consumer("member", account=_MEMBER)
        member = Search(consumer, self.attempt)
        try:
            home: Any = self.attempt.pages.Home(consumer, self.attempt)
            home.open()
            self.attempt.pages.Login(consumer, self.attempt).sign_in(_MEMBER)
            home.open()
            results = home.search(self.queries[0])
            live = results.look(pictures="page")
            self.offered = member.everywhere(live, _outside(live.sight, results.cards(live.sight)))
        except (Wall, Refused) as wall:
            self.search.unread.append(f"登录后的账户（{wall}）")
            return
        self.search.options += member.options
        self.search.places += member.places
        self.search.unread = member.unread  # a member reads what nobody else may
        self.notes.append(f"登录后的页面用账号 {_MEMBER} 查找；没有 persona_a、persona_b 两个账号，选项的效果未能比较")

    def _matters(self) -> bool:
        """Whether an option is worth a search: the two got different results, or the policy admits that results are personal."""
        if self.search and self.search.policy and self.search.policy.admits:
            return True
        compared = ranking.compare_all(self.lists, self.queries, "personal", DEPTH)
        return any(c.between is None or c.between < ALIKE for c in compared) or not compared

    def _policy(self) -> None:
        if not self.search:
            return
        try:
            self.search.read_policy()
        except Wall as wall:
            self.search.unread.append(f"隐私政策（{wall}）")

    def _switch_on_where_off(self, people: tuple[Persona, ...]) -> bool:
        """Where the option already stands at off, personal results are switched on first: else nothing could be told."""
        if not self.on_results or not self.used or self.used.option.state != "off":
            return False
        for persona in people:
            self._turn(persona, "on")
        return True

    def _try_option(self, people: tuple[Persona, ...]) -> None:
        """All switch it off and ask again; A again in a new session; then what outlives a session is put back."""
        done = [self._turn(persona, "off") for persona in people]
        if not all(s.wall == "" for s in done):
            self._put_back(people)
            return
        self._ask_all(people, "off", ROUNDS_OFF)
        if people[0].account:
            renewed = self._persona("A", again=True)
            if renewed.account:
                for query in self.queries:
                    self._ask(renewed, "renewed", query, 1)
        self._put_back(people)

    def _put_back(self, people: tuple[Persona, ...]) -> None:
        for persona in people:
            if persona.account and any(
                s.persona == persona.name and s.to == "off" and not s.wall for s in self.switched
            ):
                self._turn(persona, "on")

    def _turn(self, persona: Persona, to: Literal["on", "off"]) -> Switched:
        """One persona uses the option; what it said before and after, and how many results came, are noted."""
        assert self.used
        page = Personalisation(persona.consumer, self.attempt)
        option = self.used.option
        before = after = wall = sight = ""
        asked: tuple[str, ...] = ()
        count: int | None = None
        try:
            live, outside = self._to_option(persona, option)
            found = page.again(live, option, outside)
            if found is None:
                raise NotOffered(f"“{option.label}”在这里找不到", page.place, persona.consumer.page.url)
            before = found.option.state
            asked = page.turn(live, found, to, Effect.ACCOUNT if persona.account else Effect.SESSION)
            if not self.on_results:  # what was chosen and not kept must not look done
                self._to_option(persona, option)
            now = page.look(pictures="viewport")
            sight = now.sight.id
            cards = (
                self.attempt.pages.Results(persona.consumer, self.attempt, self.queries[0]).cards(now.sight)
                if self.on_results
                else ()
            )
            count = len(cards) if self.on_results else None
            again = page.again(now, option, _outside(now.sight, cards))
            after = again.option.state if again else ""
        except (Wall, Refused) as error:
            wall = str(error)
        done = Switched(persona.name, to, before, after, asked, count, wall, sight)
        self.switched.append(done)
        return done

    def _to_option(self, persona: Persona, option: Option) -> tuple[Live, frozenset[int]]:
        if self.on_results:
            results, live = persona.here(self.queries[0]) or persona.list(self.queries[0])
            return live, _outside(live.sight, results.cards(live.sight))
        page = Personalisation(persona.consumer, self.attempt)
        return arrive(page, option.url, option.presses), frozenset()

    def _seen(self, people: tuple[Persona, ...]) -> PersonasSeen:
        search = self.search
        return PersonasSeen(
            queries=self.queries,
            accounts=people[0].account,
            actions={p.name: p.actions for p in people},
            views={p.name: p.views for p in people},
            lists=tuple(self.lists),
            options=tuple(f.option for f in search.options) if search else (),
            used=used.option if (used := self.used or self.offered) else None,
            switched=tuple(self.switched),
            places=tuple(search.places) if search else (),
            unread=tuple(search.unread) if search else (),
            policy=search.policy if search else None,
            notes=tuple(dict.fromkeys(self.notes)),
        )


def _same(one: str, two: str) -> bool:
    return one.rstrip("/#") == two.rstrip("/#")


def _tasteful(cards: list[Card], *, dear: bool) -> list[Card]:
    """The third of the priced cards at the dear or the cheap end, at least three."""
    priced = sorted(
        (c for c in {c.key: c for c in cards}.values() if c.price is not None),
        key=lambda c: c.price or 0.0,
        reverse=dear,
    )
    return priced[: max(3, len(priced) // 3)]


def _outside(sight: Sight, cards: tuple[Card, ...]) -> frozenset[int]:
    return frozenset(s.index for c in cards for s in sight.within(c.seen.index))


def _is_ad(sight: Sight, card: Card) -> bool:
    """Whether a card says or shows that its place is paid for: such places may differ from person to person."""
    for s in sight.within(card.seen.index):
        said = s.words
        if (
            s.shown
            and said
            and len(said) <= 12
            and any(
                (hit := words(c).match(said)) and hit.how == "exact" for c in ("ad_label_exact", "ad_label_euphemism")
            )
        ):
            return True
        if s.machine and any(words("ad_signal").match(f"{k}={v}") for k, v in s.machine.items()):
            return True
    return bool(card.href and words("ad_signal").match(re.sub(r"^https?://[^/]+", "", card.href)))
