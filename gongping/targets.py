"""targets.yaml: the platforms under test, what may be done there, and what is known about them.

`resolve("staging")` gives a frozen `Target`. Whatever is wrong raises `TargetError` with file, line and remedy, before
a browser starts; only a missing environment variable waits until its account is used.
"""

import importlib
import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, Literal, get_args, get_origin
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from gongping.entry import (
    ENV,
    PLACES,
    Account,
    Budget,
    Entry,
    Facts,
    Mode,
    Model,
    Place,
    Seen,
    Waived,
    Waiver,
    check_url,
    is_loopback,
    may_be_sent,
    near,
)
from gongping.located_yaml import Lines, LocatedError, line_of, read, shown

__all__ = [
    "PLACES",
    "Account",
    "Budget",
    "Credentials",
    "Entry",
    "Facts",
    "Mode",
    "Place",
    "Served",
    "Target",
    "TargetError",
    "Targets",
    "Waived",
    "Waiver",
    "check_url",
    "export_schema",
    "is_loopback",
    "load",
    "resolve",
    "schema",
    "start",
]

DEFAULT_FILE = Path("targets.yaml")
SCHEMA_FILE = Path(__file__).with_name("targets.schema.json")
_NAME = re.compile(r"\w[\w.-]*")


class TargetError(LocatedError):
    """Something about a target is wrong. str() is one line: where, what, and the remedy in brackets."""

    others: tuple["TargetError", ...] = ()
    """Further errors of the same file, in its order."""


@dataclass(frozen=True)
class Credentials:
    """The values of an account, read from the environment. Its repr shows neither."""

    username: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True)
class Source:
    """Where an entry is written. `lines` is keyed by the path inside the entry, () is its name."""

    file: Path | None = None
    lines: Lines = field(default_factory=dict)


class Target(Entry):
    """A platform under test, with its name and where that is written."""

    name: str
    source: Source = Field(default=Source(), repr=False, exclude=True)

    def error(self, message: str, *at: str | int, remedy: str = "") -> TargetError:
        """An error about the key at this path inside the entry, like `error("...", "accounts", "spare")`."""
        return TargetError(message, self.source.file, line_of(self.source.lines, at), remedy)

    def account(self, name: str) -> Credentials:
        """The values of an account. Raises TargetError where it isn't declared or a variable isn't set."""
        account = self.accounts.get(name)
        if account is None:
            remedy = f"accounts: {{{name}: {{username: env:NAME, password: env:NAME}}}}"
            raise self.error(f'target "{self.name}" has no account "{name}"', "accounts", remedy=remedy)
        at = ("accounts", name)
        if not account.has_form:
            raise self.error(
                f'account "{name}" of target "{self.name}" has no username and password, only a session',
                *at,
                remedy=f"gongping login {self.name} --account {name}",
            )
        return Credentials(
            self._value(account.username.get_secret_value(), *at, "username"),
            self._value(account.password.get_secret_value(), *at, "password"),
        )

    def http_login(self) -> Credentials | None:
        """What answers a server that asks before it shows a page, or None. Raises TargetError where a variable isn't set."""
        if self.http_credentials is None:
            return None
        written = {"username": self.http_credentials.username, "password": self.http_credentials.password}
        return Credentials(**{k: self._value(v.get_secret_value(), "http_credentials", k) for k, v in written.items()})

    def sent_headers(self) -> dict[str, str]:
        """The values of the headers. Raises TargetError where a variable isn't set, or no header can carry what it holds."""
        values = {name: self._value(value.get_secret_value(), "headers", name) for name, value in self.headers.items()}
        for name, value in values.items():
            if not may_be_sent(value):
                variable = self.headers[name].get_secret_value().removeprefix("env:")
                raise self.error(
                    f"environment variable {variable} holds what no header can carry",
                    *("headers", name),
                    remedy="visible ASCII characters, spaces within",
                )
        return values

    def code(self) -> str | None:
        """The fixed one-time code, or None. Raises TargetError where its variable isn't set."""
        return None if self.otp is None else self._value(self.otp, "otp")

    def secrets(self) -> frozenset[str]:
        """Every value that must not reach a report: passwords, and what came from the environment; unset ones aside."""
        logins = self.logins.values()
        values = {s.get_secret_value() for s in (*(login.password for login in logins), *self.secret_headers.values())}
        others = [s.get_secret_value() for s in (*(login.username for login in logins), *self.headers.values())]
        values |= {value for value in (*others, self.otp or "") if ENV.fullmatch(value)}
        read = (os.environ.get(match[1], "") if (match := ENV.fullmatch(value)) else value for value in values)
        return frozenset(value for value in read if value)

    def _value(self, written: str, *at: str) -> str:
        match = ENV.fullmatch(written)
        if not match:
            return written
        value = os.environ.get(match[1], "")
        if not value:
            message = f"environment variable {match[1]} is not set"
            raise self.error(message, *at, remedy=f'needed for {".".join(at)} of target "{self.name}"')
        return value

    def waiver_for(self, duty: str, where: Seen, today: date | None = None) -> Waiver | None:
        """The waiver that covers a failure today; expired ones cover nothing."""
        today = today or date.today()
        return next((waiver for waiver in self.waivers if today <= waiver.until and waiver.covers(duty, where)), None)

    def expired_waivers(self, today: date | None = None) -> tuple[Waiver, ...]:
        """The waivers whose last day is over."""
        today = today or date.today()
        return tuple(waiver for waiver in self.waivers if waiver.until < today)

    def written(self, waiver: Waiver) -> str:
        """Where a waiver of this target stands, like `targets.yaml:12`."""
        line = line_of(self.source.lines, ("waivers", self.waivers.index(waiver)))
        return f"{shown(self.source.file)}:{line}" if self.source.file else ""

    def served_at(self, url: str) -> "Target":
        """The same target, once what it serves has an address."""
        return self.model_copy(update={"url": check_url(url)})

    def in_mode(self, mode: Mode) -> "Target":
        """The same target in another mode; defaults that hang on the mode follow."""
        return Target(**{key: getattr(self, key) for key in self.model_fields_set} | {"mode": mode})

    def load_object(self, key: Literal["pages", "serve"]) -> Any:
        """What `pages` or `serve` names. Modules are also looked for beside targets.yaml. Raises TargetError."""
        spec = getattr(self, key)
        module, _, name = str(spec).partition(":")
        folder = str((self.source.file or DEFAULT_FILE).resolve().parent)
        if folder not in sys.path:
            sys.path.append(folder)
        try:
            return getattr(importlib.import_module(module), name)
        except (ImportError, AttributeError) as error:
            remedy = f"write module:Class; the module must be installed or lie in {folder}"
            raise self.error(f"{spec} can't be imported: {error}", key, remedy=remedy) from error


class TargetsFile(Model):
    """The platforms that Gongping can audit by name, with what may be done there and what is known about them."""

    targets: dict[str, Entry] = Field(min_length=1)

    @field_validator("targets")
    @classmethod
    def _names_are_folders(cls, targets: dict[str, Entry]) -> dict[str, Entry]:
        for name in targets:
            if not _NAME.fullmatch(name):
                message = 'a target\'s name is letters, digits, ".", "_" and "-", not "{name}"'
                raise PydanticCustomError("name", message, {"name": name, "at": (name,)})
        return targets


@dataclass(frozen=True)
class Targets:
    """A valid targets.yaml."""

    file: Path
    by_name: Mapping[str, Target]


_WORDS = {
    "string_type": "must be text: put it in quotes",
    "tuple_type": "must be a list, like [a, b]",
    "dict_type": "must be a mapping, like {key: value}",
    "model_type": "must be a mapping, like {key: value}",
    "missing": "is missing",
    "too_short": "must not be empty",
    "string_too_short": "must not be empty",
}
_SHAPES = {
    "serve": "market or module:Class",
    "pages": "module:Class",
    "locale": "a language tag, like zh-CN",
}


def _known_keys(at: tuple[str | int, ...]) -> list[str]:
    """The keys that may stand at a path of the file."""
    kind: Any = TargetsFile
    for part in at:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            kind = kind.model_fields[str(part)].annotation
        else:
            kind = _model_in(kind)
    kind = _model_in(kind) if get_origin(kind) is UnionType else kind
    return list(kind.model_fields) if not get_origin(kind) else []


def _model_in(kind: Any) -> Any:
    """The model that a generic type is made of."""
    return next(arg for arg in get_args(kind) if isinstance(arg, type) and issubclass(arg, BaseModel))


def _in_words(problem: ErrorDetails, file: Path, lines: Lines) -> TargetError:
    context = problem.get("ctx", {})
    at = (*(part for part in problem["loc"] if part != "[key]"), *context.get("at", ()))
    shown, key, remedy = ".".join(str(part) for part in at[at[:1] == ("targets",) :]), str(at[-1] if at else ""), ""
    if problem["type"] == "extra_forbidden":
        message, remedy = f'unknown key "{key}"', near(key, _known_keys(at[:-1]))
    elif problem["type"] == "literal_error":
        expected = re.findall(r"'([^']*)'", context["expected"])
        message = f'{shown}: "{problem["input"]}" is not one of {", ".join(expected)}'
        remedy = near(str(problem["input"]), expected)
    elif problem["type"] == "string_pattern_mismatch":
        message = f'{shown}: "{problem["input"]}" is not {_SHAPES[key]}'
    else:
        message = _WORDS.get(
            problem["type"], problem["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
        )
        message, remedy = f"{shown}: {message}" if shown else message, context.get("hint", "")
    return TargetError(message, file, line_of(lines, at), remedy)


def load(path: Path | str = DEFAULT_FILE) -> Targets:
    """Read and check a targets.yaml. Raises TargetError for the first thing that is wrong, the rest in its `others`."""
    file = Path(path)
    try:
        data, lines = read(file)
    except LocatedError as error:
        raise TargetError(*error.args) from None
    if not isinstance(data, dict) or "targets" not in data:
        raise TargetError('has no key "targets"', file, 1, "targets: {name: {url: https://shop.example/}}")
    try:
        checked = TargetsFile.model_validate(data)
    except ValidationError as error:
        problems = [
            _in_words(problem, file, lines)
            for problem in error.errors(include_url=False)
            if problem["type"] != "default_factory_not_called"  # only follows from another problem
        ]
        # a mistyped key is missing too, but the typo is what to say first
        first, *others = sorted(
            problems, key=lambda problem: (problem.message.endswith("is missing"), problem.line or 0)
        )
        first.others = tuple(others)
        raise first from None  # pydantic's own would show what was written
    by_name = {}
    for name, entry in checked.targets.items():
        own = {at[2:]: line for at, line in lines.items() if at[:2] == ("targets", name)}
        written = {key: getattr(entry, key) for key in entry.model_fields_set}
        by_name[name] = Target(name=name, source=Source(file, own), **written)
    return Targets(file, by_name)


def resolve(name_or_url: str, path: Path | str | None = None, mode: Mode | None = None) -> Target:
    """The target that a user means: an entry's name, `market`, or a web address.

    path: default ./targets.yaml where there is one. mode: may lower to `observe`; raises to `exercise` only on
    loopback, since for anything else that has to be written down. Raises TargetError.
    """
    if "://" in name_or_url:
        try:
            url = check_url(name_or_url)
        except ValueError as error:
            raise TargetError(str(error)) from None
        if mode == "exercise" and not is_loopback(url):
            raise TargetError(
                f"{url} is a bare address: only observe", remedy="exercise needs an entry in targets.yaml"
            )
        return Target(name=re.sub(r"[^\w.-]+", "-", urlsplit(url).netloc).strip("-"), url=url, mode=mode or "observe")
    file = Path(path) if path is not None else DEFAULT_FILE
    known = {"market": Target(name="market", serve="market")}
    if path is not None or file.exists():
        known |= load(file).by_name
    target = known.get(name_or_url)
    if target is None:
        dotted = "." in name_or_url or name_or_url.startswith("localhost")
        remedy = near(name_or_url, known) or (
            f"a web address starts with https://, like https://{name_or_url}/" if dotted else ""
        )
        raise TargetError(
            f'unknown target "{name_or_url}", known are {", ".join(known)}',
            file if file.exists() else None,
            None,
            remedy,
        )
    if mode is None or mode == target.mode:
        return target
    if mode == "exercise" and not target.is_local:
        raise target.error(
            f'target "{target.name}" is only observed', "mode", remedy="mode: exercise in its entry allows it"
        )
    return target.in_mode(mode)


# ------------------------------------------------------------------------------------------------ serving, schema


@dataclass(frozen=True)
class Served:
    """A platform that was started for the run."""

    url: str
    stop: Callable[[], None]


def start(target: Target, run: str = "main") -> Served:
    """Start what `serve` names; `run` is the state of its own that the market keeps. Raises TargetError."""
    if target.serve == "market":
        from gongping.market.server import Market

        market = Market.start()
        return Served(market.url(run, target.faults), market.stop)
    server = target.load_object("serve").start()
    return Served(server.url, server.stop)


def schema() -> str:
    """The JSON Schema of targets.yaml, for editors."""
    written = TargetsFile.model_json_schema()
    return (
        json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **written}, ensure_ascii=False, indent=2)
        + "\n"
    )


def export_schema(file: Path = SCHEMA_FILE) -> None:
    """Write the JSON Schema to where editors look for it."""
    file.write_text(schema(), "utf-8")
