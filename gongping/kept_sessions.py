"""Sessions that a person signed in to by hand (`gongping login`), kept encrypted under the user's state directory.

One file holds the browser's storage (cookies, local and session storage, IndexedDB) of one target, account and device. Its values are as
good as a password: they are never written in the clear, never beside a bundle, and whatever looks like a token in them is a secret for the redactor.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import platformdirs
from cryptography.fernet import Fernet, InvalidToken

from gongping.evidence.redact import looks_like_token
from gongping.targets import Target, TargetError

KEY = "GONGPING_KEY"
"""The environment variable that may hold the key; else it lies in a file beside the sessions."""

_ENDING = ".session"
_SHORTEST_TOKEN = 8
"""Characters of a cookie's value from which on it may tell a session (convention: what is shorter is a setting or a counter)."""

_LONGEST_PIECE = 256
"""Characters: a longer value is a secret in pieces, each of which is found by itself (convention: patterns grow with a value)."""

_LARGEST_STORE = 65_536
"""Characters of JSON: an object store of IndexedDB that holds more is a cache, not a session (convention: sign-in libraries keep a few
thousand, and each value that looks like a token slows the redactor)."""

_ORDINARY = re.compile(r"[A-Za-z]+([-_][A-Za-z]+)*|\d{1,13}|https?://[^?#]*|/[^?#]*|\d+(\.\d+)+|[\d-]+[ T][\d:.Z]+")
"""Values that stand in ordinary text, too: words, locales, numbers and times, addresses, versions."""


class SessionError(TargetError):
    """A kept session can't be used. str() is one line: where, what, and the remedy in brackets."""


@dataclass(frozen=True)
class Session:
    """Who was signed in where, and the browser's storage (Playwright's storage_state). Its repr shows none of it."""

    target: str
    url: str
    account: str
    device: str
    saved: str
    """When, UTC, ISO 8601."""
    sign: str = ""
    """What showed that it was signed in; "" where nothing did and the person kept it all the same."""
    state: dict[str, Any] = field(default_factory=dict, repr=False)
    session_storage: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    """Items by name, by origin: what the tab kept, which Playwright's state leaves out."""

    @property
    def facts(self) -> dict[str, str]:
        """What a journal may say of it."""
        return {"saved": self.saved, "signed_in_on": self.device}

    @property
    def is_empty(self) -> bool:
        """Whether the browser keeps nothing at all."""
        return not (self.state.get("cookies") or self.state.get("origins") or any(self.session_storage.values()))

    @property
    def remedy(self) -> str:
        """What to do where the platform does not take it any more."""
        device = "" if self.device == "desktop" else f" --device {_word(self.device)}"
        return (
            f"the session kept on {self.saved[:10]} has expired or is refused: "
            f"run gongping login {self.target} --account {_word(self.account)}{device} again"
        )

    @cached_property
    def secrets(self) -> frozenset[str]:
        """Every value of the storage that tells the session, in pieces that the redactor finds."""
        found: set[str] = set()
        for cookie in self.state.get("cookies", ()):
            found.update(_tokens(cookie["value"], cookie["name"], cookie=True))
        for origin in self.state.get("origins", ()):
            for item in origin.get("localStorage", ()):
                found.update(_tokens(item["value"], item["name"]))
        for items in self.session_storage.values():
            for name, value in items.items():
                found.update(_tokens(value, name))
        for database, store in _stores(self.state):
            for record in store["records"]:
                for key, leaf in _leaves(record):
                    found.update(_tokens(leaf, f"{database}.{store['name']}.{record.get('key', '')}.{key}"))
        return frozenset(piece for value in found for piece in _pieces(value))


def without_caches(state: dict[str, Any]) -> list[str]:
    """Empties every object store of IndexedDB that is too large for a session, in place; which."""
    emptied = []
    for database, store in _stores(state):
        if len(json.dumps(store["records"], ensure_ascii=False)) > _LARGEST_STORE:
            store["records"] = []
            emptied.append(f"{database}/{store['name']}")
    return emptied


def _stores(state: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object store of IndexedDB, after the name of its database."""
    for origin in state.get("origins", ()):
        for database in origin.get("indexedDB", ()):
            for store in database["stores"]:
                yield database["name"], store


def _word(text: str) -> str:
    return text if re.fullmatch(r"[\w.-]+", text) else f'"{text}"'


def _tokens(value: str, name: str, *, cookie: bool = False) -> Iterator[str]:
    """What of a stored value is a secret: the value as it is, and what stands in it where it is JSON or percent-encoded."""
    plain = unquote(value)
    inner: Any = None
    if plain[:1] in ("{", "["):
        try:
            inner = json.loads(plain)
        except ValueError:
            inner = None
    if inner is not None:
        for key, leaf in _leaves(inner):
            yield from _tokens(leaf, f"{name}.{key}", cookie=cookie)
        return
    for written in dict.fromkeys((value, plain)):
        if len(written) < _SHORTEST_TOKEN or _ORDINARY.fullmatch(written):
            continue
        if cookie or looks_like_token(name, written):
            yield written


def _leaves(data: Any, name: str = "") -> Iterator[tuple[str, str]]:
    match data:
        case {"k": str(key), "v": value}:  # a property, as Playwright writes what JSON can't
            yield from _leaves(value, key)
        case dict():
            for key, value in data.items():
                yield from _leaves(value, str(key))
        case list() | tuple():
            for value in data:
                yield from _leaves(value, name)
        case str():
            yield name, data


def _pieces(value: str) -> Iterator[str]:
    """A long value in pieces of like length, so that no short rest is left over."""
    count = -(-len(value) // _LONGEST_PIECE)
    size = -(-len(value) // count)
    for start in range(0, len(value), size):
        yield value[start : start + size]


# -- where they lie ---------------------------------------------------------------------------------------------------------


def folder() -> Path:
    """The folder of sessions in the user's state directory ($XDG_STATE_HOME, ~/.local/state, or as the system has it)."""
    home = os.environ.get("XDG_STATE_HOME")
    return (Path(home) / "gongping" if home else platformdirs.user_state_path("gongping", appauthor=False)) / "sessions"


def key_file() -> Path:
    """The file of the key that is made where the environment holds none."""
    return folder().with_name("sessions.key")


def new_key() -> str:
    """A fresh key for $GONGPING_KEY."""
    return Fernet.generate_key().decode()


def _own_folder() -> Path:
    """The folder, made where it is not there, for nobody but its owner. Raises SessionError."""
    place = folder()
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        for owned in (place.parent, place):
            owned.chmod(0o700)
        (place.parent / ".gitignore").write_text("*\n")  # wherever somebody points $XDG_STATE_HOME to
    except OSError as error:
        raise SessionError(
            f"sessions can't be kept there: {error.strerror}",
            place,
            remedy="set XDG_STATE_HOME to a folder of your own",
        ) from None
    return place


def _write(file: Path, data: bytes) -> None:
    """Writes a file for nobody but its owner, whole or not at all."""
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
    draft.replace(file)


def _lock(*, make: bool) -> Fernet:
    """What encrypts and decrypts. Raises SessionError where there is no key, or one that is none."""
    said, file = os.environ.get(KEY, "").strip(), key_file()
    try:
        if said:
            return Fernet(said)
        if not file.exists():
            if not make:
                raise SessionError(
                    "the key of the kept sessions is not there",
                    file,
                    remedy=f"set {KEY}, or sign in again: gongping login TARGET",
                )
            _own_folder()
            _write(file, Fernet.generate_key())
        if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise SessionError("others can read the key of the kept sessions", file, remedy=f"chmod 600 {file}")
        return Fernet(file.read_bytes().strip())
    except ValueError:
        where = None if said else file
        remedy = f"gongping login --new-key prints one for {KEY}" if said else "delete it and sign in again"
        raise SessionError(f"{KEY} is no key" if said else "is no key", where, remedy=remedy) from None
    except OSError as error:
        raise SessionError(f"can't be read: {error.strerror}", file) from None


def check_key() -> None:
    """Raises SessionError where nothing can be kept: no folder, or no usable key. Makes both at first use."""
    _lock(make=True)
    _own_folder()


def _path(target: str, url: str, account: str, device: str) -> Path:
    platform = f"{quote(target, safe='')}@{quote(urlsplit(url).netloc, safe='')}"
    return folder() / platform / f"{quote(account, safe='')}@{quote(device, safe='')}{_ENDING}"


# -- keeping, finding, forgetting -------------------------------------------------------------------------------------------


def keep(session: Session) -> Path:
    """Writes a session; one of the same target, platform, account and device is replaced. Raises SessionError."""
    lock = _lock(make=True)
    _own_folder()
    file = _path(session.target, session.url, session.account, session.device)
    try:
        file.parent.mkdir(exist_ok=True, mode=0o700)
        _write(file, lock.encrypt(json.dumps(asdict(session), ensure_ascii=False).encode()))
    except OSError as error:
        raise SessionError(f"can't be written: {error.strerror}", file) from None
    return file


def read(file: Path) -> Session:
    """Reads a session. Raises SessionError."""
    lock = _lock(make=False)
    try:
        return Session(**json.loads(lock.decrypt(file.read_bytes())))
    except InvalidToken:
        raise SessionError(
            f"this session was kept with another key, or the file is damaged ({KEY} is {'set' if os.environ.get(KEY) else 'not set'})",
            file,
            remedy=f"use the key that it was kept with, or: gongping login --forget {unquote(file.parent.name.partition('@')[0])}",
        ) from None
    except (ValueError, TypeError):
        raise SessionError("was written by another version", file, remedy="sign in again") from None
    except OSError as error:
        raise SessionError(f"can't be read: {error.strerror}", file) from None


def of(target: Target) -> tuple[Session, ...]:
    """The kept sessions of the accounts that a target declares, on the platform that it names. Raises SessionError."""
    if target.serve or not target.url:
        return ()
    here = _path(target.name, target.url, "-", "-").parent
    files = sorted(here.glob(f"*{_ENDING}")) if here.is_dir() else []
    declared = [file for file in files if unquote(file.name.partition("@")[0]) in target.accounts]
    return tuple(read(file) for file in declared)


@dataclass(frozen=True)
class Kept:
    """A kept session as its file's name tells it: for that, no key is needed."""

    file: Path
    target: str
    platform: str
    account: str
    device: str


def listed(target: str = "") -> list[Kept]:
    """What is kept, of one target or of all."""
    found = []
    for file in sorted(folder().glob(f"*/*{_ENDING}")):
        name, _, platform = file.parent.name.partition("@")
        account, _, device = file.name.removesuffix(_ENDING).partition("@")
        kept = Kept(file, *(unquote(part) for part in (name, platform, account, device)))
        if target in ("", kept.target):
            found.append(kept)
    return found


def forget(target: str, account: str = "") -> list[Kept]:
    """Deletes what is kept of a target, or of one of its accounts; what was deleted. Raises SessionError."""
    gone = [kept for kept in listed(target) if account in ("", kept.account)]
    for kept in gone:
        try:
            kept.file.unlink(missing_ok=True)
            if not any(kept.file.parent.iterdir()):
                kept.file.parent.rmdir()
        except OSError as error:
            raise SessionError(f"can't be deleted: {error.strerror}", kept.file) from None
    return gone
