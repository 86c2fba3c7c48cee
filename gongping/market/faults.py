"""The switches of the market: faults, each of which breaks one duty, and lookalikes, which break none.

They are data (`data/faults.toml`, `data/lookalikes.toml`); the shop asks for each by name with `fault(...)`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from types import MappingProxyType
from typing import Any

PLACES = ("home", "results", "product", "cart", "checkout", "account", "deregister", "document", "register")
DEVICES = ("desktop", "mobile")


@dataclass(frozen=True)
class Fault:
    """A switch that breaks exactly one duty."""

    name: str
    duty: str
    """Id of the duty that breaks, like "13.1"."""
    condition: str
    """The fail condition or evasion of norm.yaml, word for word."""
    places: tuple[str, ...]
    how: str
    naive: str
    """How a naive checker would miss it."""
    evasion: bool = False
    also: Mapping[str, str] = field(default_factory=dict)
    """Outcomes of other duties that the fault changes by necessity, like {"40.3": "cantTell"}."""
    devices: tuple[str, ...] = DEVICES
    document: str = ""
    """The document that holds the clause."""
    clause: str = ""
    """Paragraphs that the document holds where the switch is on; `## ` begins a heading."""
    days: bool = False
    """Whether it shows only to somebody who looked on the days before, when the shop was as it should be."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What must be declared of the platform for it to show."""


@dataclass(frozen=True)
class Lookalike:
    """A lawful oddity that a naive checker would flag."""

    name: str
    duty: str
    places: tuple[str, ...]
    how: str
    naive: str
    """Why a naive checker would flag it."""
    also: Mapping[str, str] = field(default_factory=dict)
    document: str = ""
    clause: str = ""
    """As in a fault."""


def _entries(file: str) -> dict[str, dict[str, Any]]:
    entries = tomllib.loads((files("gongping.market") / "data" / file).read_text("utf-8"))
    for name, entry in entries.items():
        for key in ("places", "devices"):
            if key in entry:
                entry[key] = tuple(entry[key])
        if unknown := set(entry["places"]) - set(PLACES):
            raise ValueError(f"{file}: {name}: unknown place {', '.join(sorted(unknown))}")
        for key in ("also", "facts"):
            if key in entry:
                entry[key] = MappingProxyType(entry[key])
        if bool(entry.get("clause")) != bool(entry.get("document")):
            raise ValueError(f"{file}: {name}: a clause needs its document, and a document its clause")
    return entries


FAULTS: dict[str, Fault] = {name: Fault(name=name, **entry) for name, entry in _entries("faults.toml").items()}
LOOKALIKES: dict[str, Lookalike] = {
    name: Lookalike(name=name, **entry) for name, entry in _entries("lookalikes.toml").items()
}
SWITCHES: dict[str, Fault | Lookalike] = {**FAULTS, **LOOKALIKES}
if len(SWITCHES) != len(FAULTS) + len(LOOKALIKES):
    raise ValueError("a fault and a lookalike share a name")
