"""What earlier days showed (`--history DIR`): one SQLite file for each target.

It keeps the texts of documents, when runs looked and what they reached, and what they noticed that later days are compared with: notices on
home, penalised sellers, what the licence says. An audit compares what it sees with earlier runs, which the bundle keeps (`history.json`), so
that it can be judged again; what it saw itself is added when it ends.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import TypeAdapter

from gongping.observations.library import Kind, LibrarySeen, Paper

NAME = "history.json"
"""The file of a bundle that holds what earlier runs read."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS versions (
    place TEXT NOT NULL, digest TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, PRIMARY KEY (place, digest)
);
CREATE TABLE IF NOT EXISTS runs (at TEXT NOT NULL, device TEXT NOT NULL, looked TEXT NOT NULL, PRIMARY KEY (at, device));
CREATE TABLE IF NOT EXISTS sightings (
    device TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, PRIMARY KEY (device, kind, key, text)
);
"""

_KEPT_DAYS = 90
"""Days of earlier runs that a bundle holds (convention: three times the longest notice that the norm asks for)."""

_GOVERNS: tuple[Kind, ...] = (
    "user",
    "privacy",
    "rules",
    "returns",
    "seller",
    "reviews",
    "ip",
    "disputes",
    "membership",
    "renewal",
    "deposit",
    "deregister",
    "children",
    "payment",
)
"""Agreements, rules and policies: lists, notices and pages of a promotion change every day."""


class HistoryError(ValueError):
    """The folder or the file can't be used; the message names it and the remedy."""


@dataclass(frozen=True)
class Version:
    """One text of a document, and the first and the last run that read it (UTC)."""

    place: str
    name: str
    text: str
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True)
class Changed:
    """A document that says something else than when it was read last. `gone` and `come`: lines that only one of the two has."""

    paper: Paper
    before: Version
    now: datetime
    gone: tuple[str, ...]
    come: tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """A run on a device, and what it looked at to the end: `home`, `penalties` (their list), `licence` (shown as it must be) or
    `no-licence` (missing, seen twice)."""

    at: datetime
    device: str
    looked: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """Something that a run noticed. `kind`: comment, closing, promotion (notices on home), penalty (a row), licence (a field); `key` tells
    it from others of its kind, `text` is what it said."""

    kind: str
    key: str
    text: str


@dataclass(frozen=True)
class Sighting:
    """A note, and the first and the last run that noticed it on a device (UTC)."""

    device: str
    note: Note
    first_seen: datetime
    last_seen: datetime


def place_of(paper: Paper) -> str:
    """What tells a document from others of the platform, wherever it is served: its kind and the address within the site; the label where
    one address shows several."""
    parts = urlsplit(paper.document.url)
    at = parts.path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    return " ".join(filter(None, (paper.kind, at, paper.label if paper.document.how in ("layer", "file") else "")))


class History:
    """The texts of a target's documents. Raises HistoryError where the folder or the file can't be used."""

    def __init__(self, folder: Path, target: str) -> None:
        self.file = folder / (re.sub(r"[^\w.-]+", "-", target) + ".sqlite")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HistoryError(f"--history {folder}: {error.strerror}; name a folder that can be written") from None
        with self._open() as base:
            base.executescript(_SCHEMA)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.file, timeout=30)) as base, base:
                yield base
        except sqlite3.Error as error:
            raise HistoryError(f"{self.file}: not a history ({error}); move it away to begin a new one") from None

    def newest(self) -> list[Version]:
        """The newest text of each document; all that the newest run read, where devices are shown different ones."""
        with self._open() as base:
            rows = base.execute(
                "SELECT place, name, text, first_seen, last_seen FROM versions ORDER BY last_seen"
            ).fetchall()
        newest = {row[0]: row[4] for row in rows}
        return [
            Version(row[0], row[1], row[2], *map(datetime.fromisoformat, row[3:]))
            for row in rows
            if row[4] == newest[row[0]]
        ]

    def earlier(self, now: datetime) -> Earlier:
        """What the runs before `now` saw."""
        since = (now.astimezone(UTC) - timedelta(days=_KEPT_DAYS)).isoformat()
        with self._open() as base:
            runs = base.execute("SELECT at, device, looked FROM runs WHERE at >= ? ORDER BY at", (since,)).fetchall()
            seen = base.execute(
                "SELECT device, kind, key, text, first_seen, last_seen FROM sightings WHERE last_seen >= ? ORDER BY last_seen",
                (since,),
            ).fetchall()
        return Earlier(
            now,
            tuple(self.newest()),
            tuple(Run(datetime.fromisoformat(at), device, tuple(looked.split())) for at, device, looked in runs),
            tuple(Sighting(row[0], Note(*row[1:4]), *map(datetime.fromisoformat, row[4:])) for row in seen),
        )

    def note(self, run: Run, notes: Iterable[Note]) -> None:
        """Notes that a run took place, and what it noticed."""
        stamp = run.at.astimezone(UTC).isoformat()
        with self._open() as base:
            base.execute("INSERT OR REPLACE INTO runs VALUES (?, ?, ?)", (stamp, run.device, " ".join(run.looked)))
            base.executemany(
                "INSERT INTO sightings VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (device, kind, key, text) DO UPDATE SET last_seen = excluded.last_seen",
                [(run.device, n.kind, n.key, n.text, stamp, stamp) for n in notes],
            )

    def add(self, papers: Iterable[Paper], when: datetime) -> None:
        """Notes what a run read."""
        stamp = when.astimezone(UTC).isoformat()
        with self._open() as base:
            for paper in papers:
                text = plain(paper)
                if not paper.read or paper.kind == "index" or not text:
                    continue
                digest = hashlib.sha256(text.encode()).hexdigest()
                base.execute(
                    "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (place, digest) DO UPDATE SET last_seen = excluded.last_seen",
                    (place_of(paper), digest, paper.name, text, stamp, stamp),
                )


def plain(paper: Paper) -> str:
    """A document's text, line by line, spaces aside."""
    lines = (re.sub(r"\s+", " ", line).strip() for line in paper.document.all_text.splitlines())
    return "\n".join(line for line in lines if line)


@dataclass(frozen=True)
class Earlier:
    """What a bundle holds of earlier runs, and when it was made itself."""

    now: datetime
    versions: tuple[Version, ...]
    runs: tuple[Run, ...] = ()
    sightings: tuple[Sighting, ...] = ()

    def on(self, device: str) -> Earlier:
        """What was seen on one device: another may be shown other things."""
        return replace(
            self,
            runs=tuple(r for r in self.runs if r.device == device),
            sightings=tuple(s for s in self.sightings if s.device == device),
        )

    def looked(self, what: str, since: datetime | None = None) -> list[datetime]:
        """When earlier runs looked at something to the end."""
        return sorted({r.at for r in self.runs if what in r.looked and (since is None or r.at >= since)})

    def of(self, kind: str) -> list[Sighting]:
        """What earlier runs noticed of a kind."""
        return [s for s in self.sightings if s.note.kind == kind]

    def daily(self, what: str, days: int) -> bool:
        """Whether somebody looked on each of the last days, no more than a day and a half apart."""
        since = self.now - timedelta(days=days, hours=12)
        at = [*self.looked(what, since), self.now]
        gaps = [b - a for a, b in zip([since + timedelta(hours=12), *at], at, strict=False)]
        return all(gap <= timedelta(hours=36) for gap in gaps)


_EARLIER = TypeAdapter(Earlier)


def keep(earlier: Earlier, bundle: Path) -> None:
    """Lays what earlier runs saw into a bundle."""
    (bundle / NAME).write_bytes(_EARLIER.dump_json(earlier, indent=1))


def kept(bundle: Path) -> Earlier | None:
    """What a bundle holds of earlier runs; None where it was made without a history."""
    file = bundle / NAME
    return _EARLIER.validate_json(file.read_bytes()) if file.exists() else None


def changes(library: LibrarySeen, earlier: Earlier) -> tuple[Changed, ...]:
    """The agreements and rules that say something else than when they were read last."""
    before: dict[str, list[Version]] = {}
    for version in earlier.versions:
        before.setdefault(version.place, []).append(version)
    found: list[Changed] = []
    for paper in library.of(*_GOVERNS):
        was_read = before.get(place_of(paper), [])
        text = plain(paper)
        if not was_read or any(v.text == text for v in was_read):
            continue
        old = was_read[-1]
        was, now_lines = old.text.splitlines(), text.splitlines()
        gone = tuple(line for line in was if line not in set(now_lines))
        come = tuple(line for line in now_lines if line not in set(was))
        if gone or come:
            found.append(Changed(paper, old, earlier.now, gone, come))
    return tuple(found)
