"""What standard terms must say: whether a set of documents says it, and where (28.1, 31.1, 35, 38). Pure.

Not part of `gongping lint`: that a thing is missing can only be told of the whole set of documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict, Field

from gongping.clauses.judge import aliases, named
from gongping.clauses.sentences import Paragraph, sentences
from gongping.clauses.words import compiled, load_rules


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that says what `duty` asks for; `about` is the part of the duty that it covers."""

    duty: str
    about: str
    paragraph: int
    sentence: str


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)

    duty: str
    about: str = Field(alias="for")
    any: list[str]
    unless: list[str] = []


@cache
def _asked() -> tuple[tuple[_Data, tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]], ...]:
    loaded = load_rules("stated.yaml")
    assert isinstance(loaded, list)
    each = [_Data.model_validate(entry) for entry in loaded]
    return tuple((data, compiled(data.any), compiled(data.unless)) for data in each)


def asked() -> tuple[tuple[str, str], ...]:
    """What a set of terms must say: (duty, what it is about)."""
    return tuple((data.duty, data.about) for data, _, _ in _asked())


def stated(blocks: Iterable[Paragraph]) -> list[Statement]:
    """The sentences of a document that say what terms must say; several for one duty, none where it says nothing."""
    found: list[Statement] = []
    blocks = list(blocks)
    names = aliases("\n".join(block.text for block in blocks))
    for sentence in sentences(blocks):
        text = named(sentence.normal, names)
        for data, patterns, unless in _asked():
            if any(p.search(text) for p in patterns) and not any(p.search(text) for p in unless):
                found.append(Statement(data.duty, data.about, sentence.paragraph, sentence.text))
    return found


def missing(*documents: Iterable[Paragraph]) -> list[tuple[str, str]]:
    """What none of the documents says: (duty, what it is about). A breach only where the set is complete."""
    said = {(one.duty, one.about) for document in documents for one in stated(document)}
    return [each for each in asked() if each not in said]
