"""What a platform's documents said on earlier days (`--history DIR`): one SQLite file for each target.

An audit compares what it reads with the newest texts of earlier runs, which the bundle keeps (`history.json`), so that it can be judged
again; what it read itself is added when it ends.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import TypeAdapter

from gongping.observations.library import LibrarySeen, Paper

NAME = "history.json"
"""The file of a bundle that holds what earlier runs read."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS versions (
    place TEXT NOT NULL, digest TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, PRIMARY KEY (place, digest)
)
"""


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
            base.execute(_SCHEMA)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.file, timeout=30)) as base, base:
                yield base
        except sqlite3.Error as error:
            raise HistoryError(
                f"{self.file}: not a history of documents ({error}); move it away to begin a new one"
            ) from None

    def newest(self) -> list[Version]:
        """The newest text of each document."""
        with self._open() as base:
            rows = base.execute(
                "SELECT place, name, text, first_seen, last_seen FROM versions ORDER BY last_seen"
            ).fetchall()
        held = {row[0]: Version(row[0], row[1], row[2], *map(datetime.fromisoformat, row[3:])) for row in rows}
        return list(held.values())

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


_EARLIER = TypeAdapter(Earlier)


def keep(versions: Iterable[Version], now: datetime, bundle: Path) -> None:
    """Lays what earlier runs read into a bundle."""
    (bundle / NAME).write_bytes(_EARLIER.dump_json(Earlier(now, tuple(versions)), indent=1))


def kept(bundle: Path) -> Earlier | None:
    """What a bundle holds of earlier runs; None where it was made without a history."""
    file = bundle / NAME
    return _EARLIER.validate_json(file.read_bytes()) if file.exists() else None


def papers_in(file: Path) -> tuple[Paper, ...]:
    """The documents of an observation of the library; none where it met a wall."""
    told = json.loads(file.read_text(encoding="utf-8"))
    return TypeAdapter(LibrarySeen).validate_python(told["seen"]).papers if told["kind"] == "LibrarySeen" else ()


def changes(library: LibrarySeen, earlier: Earlier) -> tuple[Changed, ...]:
    """The documents that say something else than when they were read last."""
    before = {v.place: v for v in earlier.versions}
    found: list[Changed] = []
    for paper in library.readable:
        old = before.get(place_of(paper))
        text = plain(paper)
        if old is None or old.text == text:
            continue
        was, now_lines = old.text.splitlines(), text.splitlines()
        gone = tuple(line for line in was if line not in set(now_lines))
        come = tuple(line for line in now_lines if line not in set(was))
        if gone or come:
            found.append(Changed(paper, old, earlier.now, gone, come))
    return tuple(found)
