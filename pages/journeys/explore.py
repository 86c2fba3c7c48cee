"""A first walk over a platform that nobody has seen: which places are found, by what, and what stands in the way. Nothing is judged,
no form is filled but the search."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from playwright.sync_api import Error as PlaywrightError

from gongping.bundle import read_journal
from gongping.consumer.consumer import Consumer
from gongping.consumer.experiments import Attempt, Experiment
from gongping.consumer.guard import Refused
from gongping.consumer.walls import NotOffered, Wall, WallName
from gongping.detectors.licence import licence_facts
from gongping.lexicon import words
from gongping.observations.explore import ExploreSeen, PlaceFound, Shot, Tried
from gongping.observations.orientation import Oriented
from gongping.observations.results import Card
from gongping.pages import finding, sorting
from gongping.pages.documents import twin
from gongping.pages.journeys.home import CONCEPTS, HomeJourney
from gongping.pages.journeys.orientation import ask
from gongping.pages.login_forms import forms
from gongping.pages.sort_controls import read_label
from gongping.pages.words_of_home import goods_words, language_of, primary
from gongping.sight.look import Live
from gongping.sight.model import Box, Seen

_MOST_TRIED = 20
_MOST_GOODS = 3
_NO_LOOK = frozenset((WallName.TIMEOUT, WallName.CRASHED, WallName.REDIRECTS, WallName.DIALOGS, WallName.UNREACHABLE))
"""Walls behind which there is no page to take a picture of."""

DOCUMENT = "document:"
"""Begins the name of a document's place; the concept of its mark follows."""


class ExploreJourney(Experiment[ExploreSeen]):
    """Home, search, orders of the list, further pages, a product, the cart, the order, the login form, the registration, documents."""

    name: ClassVar[str] = "explore"
    places: ClassVar[frozenset[str]] = frozenset(
        {"home", "search", "product", "cart", "checkout", "login", "register", "documents"}
    )
    observation = ExploreSeen

    def __init__(self, tell: Callable[[PlaceFound], None] = lambda _: None) -> None:
        self.tell = tell
        """Told of each place as soon as that is known."""
        self.errors: list[str] = []
        """Errors of the suite itself on the way."""

    def run(self, attempt: Attempt) -> ExploreSeen:
        walk = _Walk(attempt, self.tell)
        try:
            return walk.run()
        finally:
            self.errors += walk.errors


@dataclass
class _Got:
    """What a step found: the control that led there or that it found, on the page on which it stands."""

    by: str
    live: Live | None = None
    seen: Seen | None = None
    score: float | None = None
    why: str = ""
    url: str = ""
    shot: Shot | None = None


@dataclass
class _Walk:
    attempt: Attempt
    tell: Callable[[PlaceFound], None]
    places: list[PlaceFound] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    queries_why: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    operator: str = ""
    operator_code: str = ""
    asks_code: bool = False
    title: str = ""
    language: tuple[str, str] = ("", "")
    passed: int = 0
    consumer: Consumer = field(init=False)
    home_live: Live | None = None
    results: Any = None
    product: Any = None
    product_live: Live | None = None
    goods: str = ""

    def __post_init__(self) -> None:
        self.pages: Any = self.attempt.pages

    def run(self) -> ExploreSeen:
        self.consumer = self.attempt.consumer("explorer")
        self._step("home", self._home)
        if self.home_live is not None:
            self._speak_its_language()
            self._step("search", self._search)
            self._step("sort", self._sort, needs=self.results, of="search")
            self._step("pages", self._next_page, needs=self.results, of="search")
            self._step("product", self._product, needs=self.results, of="search")
            self._step("cart", self._cart, needs=self.product_live, of="product")
            self._step("checkout", self._checkout, needs=self._is_reached("cart"), of="cart")
            self.consumer = self.attempt.consumer("stranger")
            self._step("login", self._login)
            self._step("register", self._register)
            self._documents()
        budget = self.attempt.run.budget(self.attempt.device.name)
        return ExploreSeen(
            title=self.title,
            places=tuple(self.places),
            language=self.language[0],
            language_why=self.language[1],
            queries=tuple(self.queries),
            queries_why=self.queries_why,
            goods=self.counts["goods"],
            own=self.counts["own"],
            others=self.counts["others"],
            operator=self.operator,
            operator_code=self.operator_code,
            layers_passed=self.passed,
            asks_code=self.asks_code,
            robots=self._robots(),
            interrupted=bool(budget.stopped),
        )

    # -- steps --------------------------------------------------------------------------------------------------------------

    def _step(self, place: str, act: Callable[[], _Got], *, needs: object = True, of: str = "") -> None:
        """Takes one step; whatever comes of it is a place that was found or not, never an exception."""
        if needs is None or needs is False:
            self._add(PlaceFound(place, False, wall="not-tried", detail=f"{of} was not reached"))
            return
        before = len(read_journal(self.attempt.run.bundle))
        try:
            self.attempt.run.budget(self.attempt.device.name).check()
            got = act()
            shot = got.shot or (self._shot(got.live, got.seen) if got.live else None)
            label = got.live.sight.label_of(got.seen)[:60] if got.live and got.seen else ""
            found = PlaceFound(
                place,
                True,
                url=got.url or self.consumer.page.url,
                by=got.by,
                control=label,
                score=got.score,
                why=got.why,
                shot=shot,
            )
        except (Wall, Refused) as met:
            found = self._missed(place, met if isinstance(met, Wall) else Wall(WallName.GUARD, str(met)))
        except PlaywrightError as error:
            found = self._missed(place, Wall(WallName.CRASHED, error.message.splitlines()[0]))
        except Exception as error:  # one place that the suite stumbles over must not cost the others
            said = f"{place}: {type(error).__name__}: {error}"
            self.errors.append(said)
            self.attempt.run.journal.note("error", place=place, traceback=traceback.format_exc())
            found = PlaceFound(place, False, wall="error", detail=f"an error of the suite itself: {said}")
        self._add(replace(found, tried=self._tried(before)))

    def _add(self, found: PlaceFound) -> None:
        self.places.append(found)
        self.tell(found)

    def _missed(self, place: str, wall: Wall) -> PlaceFound:
        self.attempt.stop(wall, place.partition(":")[0])
        alive = wall.name not in (*_NO_LOOK, WallName.BUDGET) and self.consumer.page.url.startswith("http")
        return PlaceFound(
            place,
            False,
            url=wall.url or self.consumer.page.url,
            wall=str(wall.name),
            detail=wall.detail,
            shot=self._shot(None, None) if alive else None,
        )

    def _is_reached(self, place: str) -> bool:
        return any(p.place == place and p.reached for p in self.places)

    def _shot(self, live: Live | None, seen: Seen | None) -> Shot | None:
        """The view with the control in it, as it is now."""
        box = None
        try:
            if live and seen:
                element = live.element(seen)
                element.evaluate(
                    "e => e.scrollIntoView({block: 'center', behavior: 'instant'})"
                )  # clear of bars at the edges
                found = element.bounding_box()
                box = Box(found["x"], found["y"], found["width"], found["height"]) if found else None
            tile = self.consumer.camera.tile(self.consumer.device.scale, glyphs=False)
        except (LookupError, PlaywrightError):
            return None
        return Shot(tile.file, tile.scale, box)

    def _tried(self, before: int) -> tuple[Tried, ...]:
        """What the journal tells of a step: candidates with their scores, acts, visits, and why a way led nowhere."""
        said: list[Tried] = []
        for line in read_journal(self.attempt.run.bundle)[before:]:
            match line["event"]:
                case "find":
                    what = line["what"] if isinstance(line["what"], str) else "/".join(line["what"])
                    for c in line["candidates"]:
                        name = c.get("label") or c.get("field") or "-"
                        said.append(Tried(f"{what}: {name[:40]!r}", c.get("score"), c.get("why", "")))
                    if not line["candidates"]:
                        said.append(Tried(f"{what}: no candidate"))
                case "act":
                    said.append(Tried(f"act: {line['what']}"))
                case "visit":
                    said.append(Tried(f"visit {line['url']}"))
                case "no-way":
                    said.append(Tried(f"no way by {line['by']!r}", why=str(line["why"])))
                case "stop":
                    said.append(Tried(f"{line['wall']}: {line['detail']}"))
        return tuple(dict.fromkeys(said))[:_MOST_TRIED]

    # -- home ---------------------------------------------------------------------------------------------------------------

    def _home(self) -> _Got:
        home = self.pages.Home(self.consumer, self.attempt)
        home.open()
        self.passed = self.consumer.clear_all_layers()
        live = home.look(pictures="viewport")
        self.home_live, self.title = live, live.sight.title
        self.language = language_of(live.sight)
        self._read_operator(live.sight.text)
        count = len(finding.controls(live.sight))
        passed = f", {self.passed} layer(s) in the way passed" if self.passed else ""
        return _Got(f"{count} controls, title {live.sight.title[:60]!r}{passed}", live)

    def _speak_its_language(self) -> None:
        """The words that are searched by follow the locale: from here on it is the platform's own."""
        run, spoken = self.attempt.run, self.language[0]
        if spoken and primary(spoken) != primary(run.target.locale):
            run.learn(Oriented(spoken))
            self.consumer = self.attempt.consumer("explorer-again")

    def _read_operator(self, text: str) -> None:
        facts = licence_facts(text)
        self.operator_code = self.operator_code or facts.valid_code
        self.operator = self.operator or (facts.names[0] if facts.names and facts.valid_code else "")

    # -- search and list ------------------------------------------------------------------------------------------------------

    def _search(self) -> _Got:
        """Asks for what home seems to sell, until two queries gave a list."""
        assert self.home_live is not None
        home = self.pages.Home(self.consumer, self.attempt)
        live = home.open()
        self.consumer.clear_all_layers()
        live = home.look_until(lambda now: any(goods_words(now.sight)))  # a page that fills itself shows its goods late
        shot, field_seen = self._search_field(home, live)
        asked = ask(home, live, self.attempt.target.queries)
        for word in asked.gave:
            self._count(asked.listed(word))
        if not asked.gave:
            raise asked.missed or NotOffered("no query gave a list", "search", self.consumer.page.url)
        self.queries, self.queries_why = asked.longest_first, asked.why
        first = self.queries[0]
        listed, self.results = asked.listed(first), asked.gave[first]
        by = f"{len(listed)} items, {self.results.share:.0%} of them with {first!r}"
        if asked.last != first:
            home.open()
            self.results = home.search(first)
        best = self._best_score(self._tried_search_fields())
        return _Got(
            f"{by}; field {field_seen!r}" if field_seen else by, url=self.consumer.page.url, shot=shot, score=best
        )

    def _search_field(self, home: Any, live: Live) -> tuple[Shot | None, str]:
        """A picture of the likeliest field as it stands on home, and what it says."""
        fields = home.search_fields(live)
        if not fields:
            return self._shot(None, None), ""
        return self._shot(live, fields[0]), fields[0].placeholder or fields[0].name or fields[0].field_name

    def _tried_search_fields(self) -> list[float]:
        lines = read_journal(self.attempt.run.bundle)
        found = [line for line in lines if line["event"] == "find" and line["what"] == "search field"]
        return [c["score"] for line in found for c in line["candidates"]]

    @staticmethod
    def _best_score(scores: list[float]) -> float | None:
        return max(scores, default=None)

    def _count(self, listed: tuple[Card, ...]) -> None:
        self.counts["goods"] += len(listed)
        self.counts["own"] += sum(1 for c in listed if words("self_operated").match(c.text))
        self.counts["others"] += sum(1 for c in listed if words("third_party").match(c.text))

    def _sort(self) -> _Got:
        found = sorting.controls(self.results, self.results.look())
        if not found:
            raise NotOffered("no control that orders the list was found", "sort", self.consumer.page.url)
        live = self.results.look()
        first = found[0]
        label = first.opener or first.label
        seen = next(
            (s for s in live.sight.elements if s.shown and s.operable and live.sight.label_of(s)[:60] == label), None
        )
        keys = "; ".join(f"{c.key}: {c.label}" for c in found)
        read = read_label(first.label)
        return _Got(keys, live, seen, round(read.score, 3) if read else None)

    def _next_page(self) -> _Got:
        start = self.consumer.page.url
        live = self.results.look()
        before = len(self.results.cards(live.sight))
        found = self.results.find(live, "next_page", roles=("link", "button"), note=False)
        shot = self._shot(live, found[0].seen) if found else None
        now = self.results.next_page(live)
        got = _Got(
            f"the list goes on: {before} items, then {len(self.results.cards(now.sight))}",
            score=found[0].score if found else None,
            why=found[0].why if found else "",
            url=self.consumer.page.url,
            shot=shot or self._shot(None, None),
        )
        self._count(self.results.cards(now.sight))
        if self.consumer.page.url != start:
            self.consumer.visit(start, self.results.place)
        return got

    # -- goods and order ------------------------------------------------------------------------------------------------------

    def _product(self) -> _Got:
        product = self.pages.Product(self.consumer, self.attempt)
        live = self.results.look()
        listed = [c for c in self.results.cards(live.sight) if not words("out_of_stock").match(c.text)]
        missed: Wall | None = None
        for number, card in enumerate(listed[:_MOST_GOODS]):
            try:
                if number and not card.href.startswith("http"):
                    home = self.pages.Home(self.consumer, self.attempt)
                    home.open()
                    self.results = home.search(self.queries[0])
                    live = self.results.look()
                    card = next((c for c in self.results.cards(live.sight) if c.key == card.key), card)  # noqa: PLW2901
                now = product.open(card, live)
            except NotOffered as wall:
                missed = wall
                continue
            way = product.find(now, ["add_to_cart", "buy_now"], least=0.5, note=False)[0]
            self.product, self.product_live = product, now
            self.goods = card.title or product.title(now.sight)
            price = product.price(now.sight)
            said = f"price {price:g}" if price is not None else "no price read"
            return _Got(f"{self.goods[:40]!r}, {said}, to buy: {way.label!r}", now, way.seen, way.score, way.why)
        raise missed or NotOffered("the list holds nothing that can be bought", "product", self.consumer.page.url)

    def _cart(self) -> _Got:
        assert self.product_live is not None
        live = self.product.look()
        if not self.product.find(live, "add_to_cart", least=0.5, note=False):
            raise NotOffered("goods are ordered without a cart", "cart", self.consumer.page.url)
        self.product.add_to_cart(live)
        cart = self.pages.Cart(self.consumer, self.attempt)
        live = cart.open(self.goods)
        way = next(iter(cart.find(live, "checkout", least=0.5, note=False)), None)
        return _Got(
            "a cart with a way to check out" if way else "a cart",
            live,
            way.seen if way else None,
            way.score if way else None,
            way.why if way else "",
        )

    def _checkout(self) -> _Got:
        """The first step of the order; nothing is filled in, and the control that places the order is only looked at."""
        cart = self.pages.Cart(self.consumer, self.attempt)
        cart.check_out(cart.look())
        checkout = self.pages.Checkout(self.consumer, self.attempt)
        live = checkout.arrive("shopper")
        commitment = checkout.commitment(live.sight)
        if commitment is None and any(form.password for form in forms(live.sight)):
            raise checkout.asks_to_sign_in("the order asks for a login")
        if commitment is None:
            raise NotOffered(
                "the page after the cart has no control that places the order (a further step may)",
                "checkout",
                self.consumer.page.url,
            )
        return _Got(
            f"an order that {commitment.label!r} would place: not clicked",
            live,
            commitment.seen,
            commitment.score,
            commitment.why,
        )

    # -- ways in --------------------------------------------------------------------------------------------------------------

    def _login(self) -> _Got:
        """The form, as it stands; nothing is filled in."""
        login = self.pages.Login(self.consumer, self.attempt)
        live = login.open()
        form = next(iter(forms(live.sight)), None)
        if form is None:
            raise NotOffered("no login form was recognised", "login", self.consumer.page.url)
        label = live.sight.label_of(form.button) if form.button else ""
        parts = [
            name
            for name, part in (("name", form.name), ("password", form.password), ("code", form.code))
            if part is not None
        ]
        self.asks_code = form.code is not None or form.password is None
        login.reached(live, f"a login form, button {label!r}")
        seen = form.password or form.name
        return _Got(f"a form with {', '.join(parts)}, button {label!r}: not filled", live, seen, round(form.score, 2))

    def _register(self) -> _Got:
        """The form for a new account; nothing is filled in."""
        live = self.pages.Register(self.consumer, self.attempt).open()
        asked = [f for f in finding.fields(live.sight) if f.role != "searchbox"]
        return _Got(f"{len(asked)} fields: not filled", live, next(iter(asked), None))

    # -- documents --------------------------------------------------------------------------------------------------------------

    def _documents(self) -> None:
        """Every mark of home for what must be shown there, and where it leads."""
        home, marks = self.pages.Home(self.consumer, self.attempt), HomeJourney()

        def read_home() -> Live:
            home.open()
            live, _ = marks.unobstructed(home, self.consumer)
            return live

        for concept in CONCEPTS:

            def follow(concept: str = concept) -> _Got:
                live = read_home()
                found = marks.marks(live.sight, concept)
                if concept == "licence_mark" and not found:
                    found = marks.inline(live.sight)
                if not found:
                    raise NotOffered("nothing on home says so in words", "documents", self.consumer.page.url)
                mark = found[0]
                hit = words(mark.concept).match(mark.label) if mark.concept in CONCEPTS else None
                score, why = (hit.score, f"{hit.word!r} {hit.how} in {mark.label!r}") if hit else (None, "")
                shot = self._shot(live, mark.seen)
                if mark.followed or not mark.seen.operable:
                    self._read_operator(live.sight.text)
                    return _Got(
                        f"on home itself: {mark.label[:40]!r}", url=live.sight.url, shot=shot, score=score, why=why
                    )
                documents = self.pages.Documents(self.consumer, self.attempt)
                seen = mark.seen if mark.seen.sight == live.sight.id else twin(live.sight, live.sight, mark.seen)
                document = documents.follow(live, seen or mark.seen, concept)
                if document.wall:
                    try:
                        name = WallName(document.wall)
                    except ValueError:  # a click without effect
                        name = WallName.NOT_OFFERED
                    raise Wall(name, f"{mark.label[:40]!r}: {document.detail}", "documents", document.url)
                self._read_operator(document.all_text)
                return _Got(
                    f"{mark.label[:40]!r} leads to {document.title[:40]!r}, {len(document.text)} characters",
                    url=document.url,
                    shot=shot,
                    score=score,
                    why=why,
                )

            self._step(f"{DOCUMENT}{concept}", follow)

    def _robots(self) -> str:
        """What robots.txt says of the places that were found; "" where it forbids nothing."""
        robots = self.attempt.run.robots
        if not robots.speaks(self.attempt.run.home):
            return ""
        walls = [p.place for p in self.places if p.wall == "robots"]
        return "robots.txt forbids some addresses" + (f", among them {', '.join(walls)}" if walls else "")


# -- what home says -----------------------------------------------------------------------------------------------------------
