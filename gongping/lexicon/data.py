"""The lexicon's YAML files: entries by name, each name once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from importlib.resources import files
from typing import TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter

Entries = TypeVar("Entries", bound=BaseModel)


def read(entry: type[Entries], folder: str = "") -> dict[str, Entries]:
    """Every entry of the YAML files of the lexicon or of one of its folders. Raises ValueError naming a wrong file or a name that two
    files have."""
    every: dict[str, Entries] = {}
    adapter = TypeAdapter(dict[str, entry])  # type: ignore[valid-type]
    for file in sorted((files("gongping.lexicon") / folder).iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".yaml"):
            continue
        loaded = yaml.load(file.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        data = adapter.validate_python(loaded)
        if twice := every.keys() & data.keys():
            raise ValueError(f"{file.name}: names that another file has: {sorted(twice)}")
        every |= data
    return every


def unknown(kind: str, name: str, known: Iterable[str]) -> KeyError:
    """The error for a name that is none, with close matches."""
    close = difflib.get_close_matches(name, known, n=3)
    hint = f"; did you mean {', '.join(close)}?" if close else ""
    return KeyError(f"the lexicon has no {kind} {name!r}{hint}")
