"""What is learned of a platform of which the entry says little."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Oriented:
    """The language in which home speaks, and words to which its search answered with a list; empty where nothing was learned.
    `why`: what each was taken from, for a person."""

    locale: str = ""
    queries: tuple[str, ...] = ()
    why: str = ""
