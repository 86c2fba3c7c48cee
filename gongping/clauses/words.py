"""The words of the rules, compiled from rules/words.yaml and rules/guards.yaml, and which of them a sentence has. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

_NAME = re.compile(r"<([a-z_]+)>")
_GAP, _NEAR = r"[^。!?]{0,30}?", r"[^,;:。!?]{0,12}?"


def load_rules(name: str) -> object:
    """A file of rules/, as YAML has it."""
    text = (files("gongping.clauses") / "rules" / name).read_text("utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def words() -> dict[str, str]:
    loaded = load_rules("words.yaml")
    assert isinstance(loaded, dict)
    known: dict[str, str] = {}
    for name, pattern in loaded.items():
        known[name] = f"(?:{_NAME.sub(lambda m: known[m[1]], pattern)})"
    return known


def _compile(pattern: str) -> re.Pattern[str]:
    known = words()
    written = _NAME.sub(lambda m: known[m[1]], pattern) if "<" in pattern else pattern
    written = written.replace("…", _GAP).replace("‥", _NEAR).replace("[[", "(?P<op>", 1).replace("]]", ")", 1)
    if "[[" in written:  # an alternative with an operator of its own
        written = written.replace("[[", "(?P<op2>", 1).replace("]]", ")", 1)
    try:
        return re.compile(written)
    except re.error as error:
        raise ValueError(f"gongping/clauses/rules: {error}: {pattern}") from None


def compiled(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """Patterns as rules write them, compiled. Raises ValueError naming a wrong one."""
    return tuple(map(_compile, patterns))


def meets(patterns: Iterable[re.Pattern[str]], text: str) -> bool:
    """Whether one of them stands in a normalised text."""
    return any(pattern.search(text) for pattern in patterns)


@dataclass(frozen=True)
class Guards:
    """What turns a rule's words into a fair clause; guards.yaml says what each is."""

    forbids: tuple[re.Pattern[str], ...]
    forbids_clause: tuple[re.Pattern[str], ...]
    ends_prohibition: tuple[re.Pattern[str], ...]
    voids: tuple[re.Pattern[str], ...]
    repudiates: tuple[re.Pattern[str], ...]
    repudiates_following: tuple[re.Pattern[str], ...]
    denies: tuple[re.Pattern[str], ...]
    carves: tuple[re.Pattern[str], ...]
    softens: tuple[re.Pattern[str], ...]
    own_fault: tuple[re.Pattern[str], ...]
    merchant_fault: tuple[re.Pattern[str], ...]
    to_merchant: tuple[re.Pattern[str], ...]
    law: tuple[re.Pattern[str], ...]
    negating_headings: tuple[re.Pattern[str], ...]


@cache
def guards() -> Guards:
    """The guards of guards.yaml."""
    loaded = load_rules("guards.yaml")
    assert isinstance(loaded, dict)
    return Guards(**{name: compiled(patterns) for name, patterns in loaded.items()})


_TOO_COMMON = ("liability_words", "liability_nouns", "business", "give_back", "neg")
_NO_CONCEPTS = (
    "negating_headings",
    "ends_prohibition",
    "merchant_fault",
    "denies",
    "repudiates",
    "repudiates_following",
)


@cache
def _concepts() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    named = [(name, (re.compile(pattern),)) for name, pattern in words().items() if name not in _TOO_COMMON]
    guarding = [(name, patterns) for name, patterns in vars(guards()).items() if name not in _NO_CONCEPTS]
    return (*named, *guarding)


def concepts(text: str) -> list[str]:
    """Names of the words and guards that a normalised `text` has, in the order of the text: consumer, not_liable, carves."""
    found = [
        (match.start(), name)
        for name, patterns in _concepts()
        for pattern in patterns
        for match in pattern.finditer(text)
        if match[0]
    ]
    return [name for _, name in sorted(set(found))]
