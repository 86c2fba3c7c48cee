"""Walls: what stops a consumer on the way. A wall is never a pass and never a failure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gongping.lexicon import words
from gongping.sight.model import Sight


class WallName(StrEnum):
    """The names that reports use."""

    CAPTCHA = "captcha"
    LOGIN = "login"
    BLOCKED = "blocked"
    NOT_FOUND = "not-found"
    SERVER_ERROR = "server-error"
    BLANK = "blank"
    TIMEOUT = "time-out"
    REDIRECTS = "redirect-loop"
    UNREACHABLE = "unreachable"
    DOWNLOAD = "download"
    DIALOGS = "dialog-loop"
    CRASHED = "crashed"
    BUDGET = "budget"
    ROBOTS = "robots"
    NOT_OFFERED = "not-offered"


@dataclass
class Wall(Exception):
    """A place was not reached: `name`, in words `detail`, where, and by which act."""

    name: WallName
    detail: str
    place: str = ""
    url: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.detail}" + (f" ({self.url})" if self.url else "")


class NotOffered(Wall):
    """The place was reached, but what was looked for was not found on it."""

    def __init__(self, detail: str, place: str = "", url: str = "") -> None:
        super().__init__(WallName.NOT_OFFERED, detail, place, url)


_SMALL_PAGE = 600
"""Characters: a challenge or an error page is short; a shop's page that merely mentions a captcha is not (convention)."""


def wall_of_status(status: int | None) -> tuple[WallName, str] | None:
    """The wall that an HTTP status stands for, or None."""
    if status is None:
        return None
    if status in (401, 403, 407, 418, 429, 451):
        return WallName.BLOCKED, f"HTTP {status}"
    if status in (404, 410):
        return WallName.NOT_FOUND, f"HTTP {status}"
    if status >= 500:
        return WallName.SERVER_ERROR, f"HTTP {status}"
    return None


def wall_of_sight(sight: Sight) -> tuple[WallName, str] | None:
    """The wall that a page stands for although it came with 200, or None."""
    text = sight.text
    pictures = any(
        s.shown and (s.tag in ("img", "canvas", "svg", "video") or s.background_image) and s.box.area > 400
        for s in sight.elements
    )
    if len(text.strip()) < 5 and not pictures and not any(s.frame for s in sight.elements):
        return WallName.BLANK, "the page shows nothing"
    if len(text) < _SMALL_PAGE or sum(s.operable and s.shown for s in sight.elements) < 8:
        for concept, wall in (
            ("wall_captcha", WallName.CAPTCHA),
            ("wall_blocked", WallName.BLOCKED),
            ("wall_not_found", WallName.NOT_FOUND),
            ("wall_error", WallName.SERVER_ERROR),
        ):
            for line in (sight.title, *text.splitlines()):
                if len(line) <= 120 and words(concept).match(line):
                    return wall, f"the page says {line.strip()!r}"
    return None


def is_login(sight: Sight) -> bool:
    """Whether the page asks a person to sign in: a password or code field, and words for it."""
    fields = [s for s in sight.elements if s.shown and s.kind == "password"]
    said = any(
        s.shown and s.operable and words("login").match(sight.label_of(s))
        for s in sight.elements
        if s.role in ("button", "tab", "link", "heading")
    )
    return bool(fields) and said
