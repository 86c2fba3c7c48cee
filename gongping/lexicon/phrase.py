"""A phrase: what a line of a page says that no concept's words are for, as patterns under a name.

The YAML files in phrases/ hold them: `about`, under `find` alternatives by language, and lines that `must` and
`must_not` be found. An alternative is a regular expression, so a plain word is itself wherever it stands; case never matters.
`at` says where in the text they must stand: start, end, or whole; without it anywhere.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from gongping.lexicon.concept import Language
from gongping.lexicon.data import read, unknown

_AT = {"start": "^(?:{})", "end": "(?:{})$", "whole": "^(?:{})$", "anywhere": "{}"}


class Phrase(BaseModel):
    """One phrase as it stands in a YAML file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: str
    at: Literal["start", "end", "whole", "anywhere"] = "anywhere"
    find: Annotated[dict[Language, tuple[str, ...]], Field(min_length=1)]
    must: Annotated[tuple[str, ...], Field(min_length=2)]
    must_not: Annotated[tuple[str, ...], Field(min_length=1)]

    @property
    def pattern(self) -> str:
        """The alternatives in the order of the file."""
        return _AT[self.at].format("|".join(alternative for found in self.find.values() for alternative in found))


@cache
def phrases() -> dict[str, Phrase]:
    """All phrases by name."""
    return read(Phrase, "phrases")


@cache
def phrase(name: str) -> re.Pattern[str]:
    """The phrase called `name`, compiled when it is first asked for. Raises KeyError with close matches."""
    try:
        return re.compile(phrases()[name].pattern, re.IGNORECASE)
    except KeyError:
        raise unknown("phrase", name, phrases()) from None
