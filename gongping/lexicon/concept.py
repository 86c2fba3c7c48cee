"""A concept of the lexicon: the words for one thing, and what counts as meeting them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from gongping.lexicon.data import read, unknown
from gongping.lexicon.text import normalise

How = Literal["exact", "contains", "regex"]
Language = Literal["zh-CN", "zh-TW", "en", "any"]
_LANGUAGES: tuple[Language, ...] = ("zh-CN", "zh-TW", "en", "any")
_SHORT_LATIN = 3  # characters: "ad", "my", "new" only count as a whole label
_WHOLE_UP_TO = 200  # characters: no label is longer, and a pattern with \W* at both ends is slow on long texts
_AROUND_UP_TO = 40  # characters around a word that is still the whole label
_REMEMBERED_UP_TO = 200  # characters: labels come again on every page, long texts seldom
_SIGNS_UP_TO = 4
_EDGES = re.compile(r"^\W+|\W+$")
_JOINTS = re.compile(r"(?<=[a-z0-9])[ _-](?=[a-z0-9])")  # sign in, sign-in, signin
_PARENTHESIS = re.compile(r"\W*\([^()]{0,16}\)\W*$")
_COUNT = re.compile(r"\W*\d{1,6}[件个种条项]?\+?\W*$")


class Entry(BaseModel):
    """A word, or with `re` a pattern over normalised text; `key`, `zh` and `en` say what it is a sign of."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    word: str = ""
    re: str = ""
    key: str = ""
    zh: str = ""
    en: str = ""

    @property
    def text(self) -> str:
        return self.word or self.re


class _Data(BaseModel):
    """One concept as it stands in a YAML file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: str
    whole: bool = Field(False, description="only the whole label counts, never a part of a longer text")
    fold: bool = Field(True, description="False: the script matters, 廣告 isn't 广告")
    share: float = Field(0, description="how much of a text a word inside it must fill; controls have short names")
    accept: dict[Language, tuple[Entry, ...]]
    reject: dict[Language, tuple[Entry, ...]] = {}
    maybe: dict[Language, tuple[Entry, ...]] = {}

    @field_validator("accept", "reject", "maybe", mode="before")
    @classmethod
    def _words(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {
            language: tuple({"word": entry} if isinstance(entry, str) else entry for entry in entries or ())
            for language, entries in value.items()
        }


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept met in a text. `start` and `end` are offsets in the normalised text; `score` is 0 to 1."""

    concept: str
    word: str
    how: How
    score: float
    start: int
    end: int
    key: str = ""
    zh: str = ""
    en: str = ""


def _languages(locale: str | None) -> tuple[Language, ...]:
    lower = (locale or "").lower().replace("_", "-")
    if lower.startswith(("zh-tw", "zh-hk", "zh-mo", "zh-hant")):
        return ("zh-TW", "zh-CN", "any")
    if lower.startswith("zh"):
        return ("zh-CN", "any")
    return ("en", "any") if lower.startswith("en") else _LANGUAGES


def _is_latin(word: str) -> bool:
    return word.isascii() and any(char.isalnum() for char in word)


def _word_pattern(word: str) -> str:
    """Latin words stand at word boundaries, and "sign in", "sign-in" and "signin" are one."""
    pattern = re.escape(word)
    if not _is_latin(word):
        return pattern
    start = r"(?<![a-z0-9])" if word[0].isalnum() else ""
    end = r"(?![a-z0-9])" if word[-1].isalnum() else ""
    return start + re.sub(r"\\?[ _-]", "[ _-]?", pattern) + end


def _compiled(entry: Entry) -> re.Pattern[str]:
    """The pattern in the form of the text it meets, where ， has become a comma."""
    return re.compile(unicodedata.normalize("NFKC", entry.re), re.IGNORECASE)


def _plain(text: str) -> str:
    """`text` without what may stand around and between the parts of a label; a label of signs alone stays."""
    return _JOINTS.sub("", _EDGES.sub("", text)) or text


def _labels(text: str, *, whole: bool) -> Iterator[str]:
    """What `text` may be a label for: itself, without its decoration, without a count or a parenthesis at its end."""
    yield _plain(text)
    if not whole:
        yield _plain(_PARENTHESIS.sub("", text))
        yield _plain(_COUNT.sub("", text))
    if len(text) <= _SIGNS_UP_TO and not _plain(text).isalnum():
        yield from (char for char in text if not char.isalnum())  # [×]


class _Matcher:
    """The entries of one list (accept, reject or maybe) in some languages, compiled."""

    def __init__(self, entries: tuple[Entry, ...], *, fold: bool, whole: bool) -> None:
        words: dict[str, Entry] = {}
        for entry in entries:
            if entry.word:
                words.setdefault(normalise(entry.word, fold=fold), entry)  # 廣告 folds to 广告, which comes first
        self._whole = whole
        self._labels = {_plain(word): entry for word, entry in reversed(words.items())}
        self._longest = max(map(len, words), default=0) + _AROUND_UP_TO
        self._patterns = [(entry, _compiled(entry)) for entry in entries if entry.re]
        inner = [word for word in words if not whole and len(word) > (_SHORT_LATIN if _is_latin(word) else 1)]
        inner.sort(key=len, reverse=True)
        first = "".join(sorted({re.escape(word[0]) for word in inner}))
        # every start is looked at, so that no word hides one that overlaps it; most fail at their first character
        pattern = rf"(?=[{first}])(?=(?P<word>{'|'.join(map(_word_pattern, inner))}))"
        self._inner = re.compile(pattern) if inner else None

    def find(self, text: str) -> Iterator[tuple[Entry, How, int, int]]:
        """Every entry that `text` meets, with its span; an exact one spans the whole text."""
        if len(text) <= self._longest:
            entry = next(filter(None, map(self._labels.get, _labels(text, whole=self._whole))), None)
            if entry:
                yield entry, "exact", 0, len(text)
        for found in self._inner.finditer(text) if self._inner else ():
            yield self._labels[_plain(found["word"])], "contains", *found.span("word")
        for entry, pattern in self._patterns:
            if self._whole:
                if len(text) <= _WHOLE_UP_TO and pattern.fullmatch(text):
                    yield entry, "regex", 0, len(text)
                continue
            for found in pattern.finditer(text):
                if found.end() > found.start():
                    yield entry, "regex", *found.span()


def _score(how: How, start: int, end: int, length: int) -> float:
    """Exact 1; at the start 0.6 to 0.9; elsewhere 0.3 to 0.6, more for a larger share of the text."""
    if how == "exact":
        return 1.0
    share = (end - start) / length
    if how == "regex" and share == 1:
        return 0.95
    return round((0.6 if start == 0 else 0.3) + 0.3 * share, 3)


class Concept:
    """The words for one thing in the languages of the lexicon."""

    def __init__(self, name: str, data: _Data) -> None:
        self.name = name
        self.about = data.about
        self._data = data
        self._matchers: dict[tuple[str, tuple[Language, ...]], _Matcher] = {}
        self._met = lru_cache(maxsize=1 << 13)(self._meet)

    def __repr__(self) -> str:
        return f"Concept({self.name!r})"

    def entries(self, locale: str | None = None) -> tuple[Entry, ...]:
        """What counts as this concept, for building a locator."""
        return self._entries(self._data.accept, _languages(locale))

    def rejected(self) -> tuple[Entry, ...]:
        """What looks like this concept and must not count."""
        return self._entries(self._data.reject, _LANGUAGES)

    @property
    def whole(self) -> bool:
        """Whether only a whole label counts, never a part of a longer text."""
        return self._data.whole

    @property
    def folds(self) -> bool:
        """Whether traditional and simplified characters are the same here."""
        return self._data.fold

    @staticmethod
    def _entries(lists: Mapping[Language, tuple[Entry, ...]], languages: tuple[Language, ...]) -> tuple[Entry, ...]:
        return tuple(entry for language in languages for entry in lists.get(language, ()))

    def _find(
        self, which: Literal["accept", "reject", "maybe"], text: str, locale: str | None
    ) -> list[tuple[Entry, How, int, int]]:
        lists: dict[Language, tuple[Entry, ...]] = getattr(self._data, which)
        if not lists:
            return []
        # What must not count doesn't count in any language.
        languages = _languages(locale) if which == "accept" else _LANGUAGES
        matcher = self._matchers.get((which, languages))
        if matcher is None:
            whole = self._data.whole and which == "accept"
            matcher = _Matcher(self._entries(lists, languages), fold=self._data.fold, whole=whole)
            self._matchers[which, languages] = matcher
        return list(matcher.find(text))

    def find_all(self, text: str, locale: str | None = None) -> list[Hit]:
        """Every place where `text` meets the concept, best first.

        A word in a rejected one at least as long doesn't count (登录 in 退出登录), nor one in a longer `maybe`.
        """
        return list(self._met(text, locale) if len(text) <= _REMEMBERED_UP_TO else self._meet(text, locale))

    def _meet(self, text: str, locale: str | None) -> tuple[Hit, ...]:
        normal = normalise(text, fold=self._data.fold)
        found = self._find("accept", normal, locale) if normal else []
        if not found:
            return ()
        against = [(start, end, 0) for _, _, start, end in self._find("reject", normal, locale)]
        against += [(start, end, 1) for _, _, start, end in self._find("maybe", normal, locale)]
        return tuple(self._hits(normal, found, against))

    def match(self, text: str, locale: str | None = None) -> Hit | None:
        """The best hit of the concept in `text`, or None. `locale` limits the languages; None is all of them."""
        return next(iter(self.find_all(text, locale)), None)

    def contains(self, text: str, locale: str | None = None) -> bool:
        """Whether the concept stands anywhere in `text`."""
        return bool(self.find_all(text, locale))

    def maybe(self, text: str) -> Hit | None:
        """The best hit of the words that need a look at what stands around them; None where `match` is sure."""
        normal = normalise(text, fold=self._data.fold)
        if not normal or self.match(text):
            return None
        against = [(start, end, 0) for _, _, start, end in self._find("reject", normal, None)]
        hits = self._hits(normal, self._find("maybe", normal, None), against)
        return hits[0] if hits else None

    def rejects(self, text: str) -> Hit | None:
        """The best hit of the words that look like the concept and must not count."""
        normal = normalise(text, fold=self._data.fold)
        hits = self._hits(normal, self._find("reject", normal, None), []) if normal else []
        return hits[0] if hits else None

    def _hits(
        self, normal: str, found: list[tuple[Entry, How, int, int]], against: list[tuple[int, int, int]]
    ) -> list[Hit]:
        hits = [
            Hit(
                self.name, entry.text, how, _score(how, start, end, len(normal)), start, end,
                entry.key, entry.zh, entry.en,
            )
            for entry, how, start, end in found
            if end - start >= self._data.share * len(normal)
            and not any(s < end and start < e and e - s >= end - start + longer for s, e, longer in against)
        ]  # fmt: skip
        hits.sort(key=lambda hit: (-hit.score, hit.start, -len(hit.word)))
        if hits and not hits[0].key:  # 价格↑ is exactly 价格; the pattern for the arrow knows the direction
            keyed = (hit for hit in hits if hit.key and (hit.start, hit.end) == (hits[0].start, hits[0].end))
            hits[0] = replace(hits[0], key=next((hit.key for hit in keyed), ""))
        return hits


@cache
def _all() -> dict[str, Concept]:
    return {name: Concept(name, data) for name, data in read(_Data).items()}


def names() -> tuple[str, ...]:
    """The names of all concepts."""
    return tuple(_all())


def words(name: str) -> Concept:
    """The concept called `name`. Raises KeyError with close matches."""
    try:
        return _all()[name]
    except KeyError:
        raise unknown("concept", name, _all()) from None
