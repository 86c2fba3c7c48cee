"""Outcomes, verdicts and verdicts.json: what was decided, duty by duty, and how it adds up.

Outcomes are EARL's (https://www.w3.org/TR/EARL10-Schema/#OutcomeValue). verdicts.json is authoritative: every other report is
made from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

NAME = "verdicts.json"
SCHEMA_FILE = Path(__file__).with_name("verdicts.schema.json")


class Outcome(StrEnum):
    """EARL outcome values, worst first."""

    FAILED = "failed"
    CANT_TELL = "cantTell"
    PASSED = "passed"
    INAPPLICABLE = "inapplicable"
    UNTESTED = "untested"


WORST_FIRST = tuple(Outcome)


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """The worst outcome; `untested` only where nothing else was said."""
    return min(outcomes, key=WORST_FIRST.index, default=Outcome.UNTESTED)


class TestMode(StrEnum):
    """EARL test modes that the suite uses."""

    __test__ = False  # not a pytest class

    AUTOMATIC = "automatic"
    SEMI_AUTO = "semiAuto"
    MANUAL = "manual"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Says(_Model):
    """What was seen, in words for a file."""

    zh: str
    en: str = ""


class Where(_Model):
    """Where a violation was seen: what a waiver and a baseline compare."""

    device: str
    place: str = ""
    element: str = ""
    url: str = ""


class Shown(_Model):
    """One thing that a test showed: a caption, what was measured on it, and the files that prove it (paths in the bundle)."""

    caption: str
    quote: str = ""
    where: Where
    judged: Literal["held", "broken", "unknown", "seen"] = "seen"
    measured: dict[str, Any] = Field(default_factory=dict)
    files: list[str] = Field(default_factory=list)


class WaiverUsed(_Model):
    """The waiver that covers a failure."""

    reason: str
    owner: str
    until: str


class Verdict(_Model):
    """What one test said of one duty on one device."""

    duty: str
    article: int
    outcome: Outcome
    test_mode: TestMode
    device: str
    test: str
    says: Says
    measured: dict[str, Any] = Field(default_factory=dict)
    shown: list[Shown] = Field(default_factory=list)
    evidence: list[str] = Field(default_factory=list, description="paths in the bundle, the most telling first")
    where: list[Where] = Field(default_factory=list, description="where the violations were seen")
    confirmed: bool = Field(default=False, description="a failure seen again by a second, fresh consumer")
    waiver: WaiverUsed | None = None
    seconds: float = 0.0


class SuiteInfo(_Model):
    """Which suite judged, and by which norm."""

    version: str
    norm: str


class Stop(_Model):
    """A wall or another reason why a place was not reached."""

    device: str
    place: str
    wall: str
    detail: str = ""
    url: str = ""


class Verdicts(_Model):
    """The whole of verdicts.json."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    target: str
    url: str
    mode: Literal["observe", "exercise"]
    started: str = Field(description="UTC, ISO 8601 with Z")
    seconds: float
    complete: bool = Field(default=True, description="false where the run was interrupted")
    suite: SuiteInfo
    browser: dict[str, Any]
    certificate_unchecked: str = Field(
        default="", description="why the platform's certificate was not checked; empty where it was"
    )
    queries: list[str] = Field(default_factory=list, description="what was searched for")
    queries_learned: bool = Field(
        default=False, description="whether the platform's home told these words, not the target's entry"
    )
    devices: list[str]
    navigations: dict[str, int] = Field(default_factory=dict, description="page loads per device")
    reached: dict[str, bool]
    stops: list[Stop] = Field(default_factory=list)
    errors: list[str] = Field(default_factory=list, description="errors of the suite itself; never a verdict")
    verdicts: list[Verdict]
    duties: dict[str, Outcome]
    articles: dict[str, Outcome]

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


def read(path: Path) -> Verdicts:
    """A verdicts.json. Raises ValueError with one clear line: what is wrong, and where in the file."""
    try:
        return Verdicts.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ValueError(f"{path}: can't be read ({error.strerror})") from None
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False)
        first = problems[0]
        at = ".".join(str(part) for part in first["loc"])
        more = f"; {len(problems) - 1} more like it" if len(problems) > 1 else ""
        raise ValueError(f"{path}: is no verdicts.json ({f'{at}: ' if at else ''}{first['msg']}{more})") from None


def schema() -> str:
    """The JSON Schema of verdicts.json as the suite writes it: every field is there, no other one is."""
    written = Verdicts.model_json_schema(mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps({**head, **written}, ensure_ascii=False, indent=2) + "\n"


def export_schema(file: Path = SCHEMA_FILE) -> None:
    """Write the JSON Schema to where the package publishes it."""
    file.write_text(schema(), "utf-8")
