"""A first look around where the entry does not say what can be searched for: home, its language, and its search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from gongping.consumer.experiments import Attempt, Experiment
from gongping.consumer.guard import Refused
from gongping.consumer.walls import NotOffered, Wall
from gongping.observations.orientation import Oriented
from gongping.observations.results import Card
from gongping.pages.home import Home
from gongping.pages.results import Results
from gongping.pages.words_of_home import goods_words, language_of, primary, search_words
from gongping.sight.look import Live

QUERIES = 2
"""Words that are looked for (convention: an audit reads the list of each in every order)."""

_MOST_ASKED = 6


class Orientation(Experiment[Oriented]):
    """Reads home's language; asks home's search for what home seems to sell until two words gave a list."""

    name: ClassVar[str] = "orientation"
    places: ClassVar[frozenset[str]] = frozenset()
    observation = Oriented

    def run(self, attempt: Attempt) -> Oriented:
        target = attempt.target
        home: Home = attempt.pages.Home(attempt.consumer("newcomer"), attempt)
        home.open()
        home.consumer.clear_all_layers()
        live = home.look_until(lambda now: any(goods_words(now.sight)))
        locale, why = language_of(live.sight)
        if "locale" in target.model_fields_set or primary(locale) == primary(target.locale):
            locale = why = ""
        asked = ask(home, live, target.model_copy(update={"locale": locale or target.locale}).common_queries)
        if asked.missed and not asked.gave:
            attempt.run.journal.note("no-way", by="words of home", why=str(asked.missed))
        return Oriented(locale, tuple(asked.longest_first), "; ".join(filter(None, (why, asked.why))))


@dataclass
class Asked:
    """What a search was asked for."""

    own: tuple[str, ...]
    """Words that stand on home."""
    gave: dict[str, Results] = field(default_factory=dict)
    last: str = ""
    """The word whose list is on the page; empty where it gave none."""
    missed: Wall | Refused | None = None

    @property
    def longest_first(self) -> list[str]:
        """The words that gave a list: a longer list shows more of what there is."""
        return sorted(self.gave, key=lambda word: -len(self.listed(word)))

    def listed(self, word: str) -> tuple[Card, ...]:
        """The items that a word found."""
        results = self.gave[word]
        assert results.first is not None
        return results.cards(results.first.sight)

    @property
    def why(self) -> str:
        """Where the words that gave a list come from."""
        own = [word in self.own for word in self.gave]
        return (
            ""
            if not own
            else "found on home"
            if all(own)
            else "found on home, and common ones"
            if any(own)
            else "common ones"
        )


def ask(home: Home, live: Live, common: Sequence[str]) -> Asked:
    """Searches for what home seems to sell, then for common words, until two gave a list. Raises Wall where that came before a list did."""
    asked = Asked(tuple(search_words(live.sight, home.search_fields(live)))[: _MOST_ASKED - 1])
    for number, word in enumerate(dict.fromkeys((*asked.own, *common))):
        if len(asked.gave) == QUERIES or number == _MOST_ASKED:
            break
        asked.last = ""
        try:
            if number:
                home.open()
            asked.gave[word] = home.search(word)
            asked.last = word
        except (NotOffered, Refused) as wall:
            asked.missed = wall
        except Wall as wall:
            asked.missed = wall
            if not asked.gave:
                raise
            break
    return asked
