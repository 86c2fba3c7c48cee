"""Walls: what stops a consumer on the way. A wall is never a pass and never a failure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from gongping.lexicon import phrase, words
from gongping.sight.address import without_anchor
from gongping.sight.model import Seen, Sight


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
    UNRECOGNISED = "not-recognised"
    NOT_OFFERED = "not-offered"
    GUARD = "guard"


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
    if status == 401:
        return WallName.BLOCKED, "HTTP 401: the server asks for a user name and a password"
    if status in (403, 407, 418, 429, 451):
        return WallName.BLOCKED, f"HTTP {status}"
    if status in (404, 410):
        return WallName.NOT_FOUND, f"HTTP {status}"
    if status >= 500:
        return WallName.SERVER_ERROR, f"HTTP {status}"
    return None


def wall_of_sight(sight: Sight) -> tuple[WallName, str] | None:
    """The wall that a page stands for although it came with 200, or None."""
    text = sight.text
    small = len(text) < _SMALL_PAGE or sum(s.operable and s.shown for s in sight.elements) < 8
    if told := _told_by_status(sight, small):
        return told
    pictures = any(
        s.shown and (s.tag in ("img", "canvas", "svg", "video") or s.background_image) and s.box.area > 400
        for s in sight.elements
    )
    if len(text.strip()) < 5 and not pictures and not any(s.frame for s in sight.elements):
        return WallName.BLANK, "the page shows nothing"
    if small:
        for concept, wall in (
            ("wall_captcha", WallName.CAPTCHA),
            ("wall_blocked", WallName.BLOCKED),
            ("wall_not_found", WallName.NOT_FOUND),
            ("wall_error", WallName.SERVER_ERROR),
        ):
            for line in (sight.title, *text.splitlines()):
                if len(line) <= 120 and words(concept).match(line) and not _listed(sight, line):
                    return wall, f"the page says {line.strip()!r}"
        if sight.place in _BEFORE_LOGIN and is_login(sight):
            return WallName.LOGIN, "nothing is shown before signing in"
    return _challenge(sight)


def _listed(sight: Sight, line: str) -> bool:
    """Whether a line is the title of a notice in a list of them (系统维护公告, Scheduled maintenance notice), which leads to it."""
    return bool(phrase("title_of_a_notice").search(line)) and any(
        s.shown and s.href.startswith("http") and (label := sight.label_of(s)) and label in line
        for s in sight.elements
        if without_anchor(s.href) != without_anchor(sight.url)
    )


def _told_by_status(sight: Sight, small: bool) -> tuple[WallName, str] | None:
    """The wall of an act's answer. An error of the server's may wear the shop's dress; a refusal that does may be an answer to read."""
    if sight.status in _FOR_THE_PAGE or sight.place in ("login", "register"):
        return None
    told = wall_of_status(sight.status)
    return told if told and (small or sight.status == 429 or told[0] is WallName.SERVER_ERROR) else None


_FOR_THE_PAGE = (401, 404, 410)
"""Statuses that a page object makes sense of after an act: a login refused, a dead link to a document."""

_BEFORE_LOGIN = ("home", "search", "product")
"""Places that a consumer expects to see without signing in; elsewhere the page object knows what a login means."""

_MAKERS_OF_CHALLENGES = re.compile(
    r"captcha|geetest|recaptcha/(api2|enterprise)/bframe|challenges\.cloudflare|turnstile", re.IGNORECASE
)


def _challenge(sight: Sight) -> tuple[WallName, str] | None:
    """A captcha laid over a page that is otherwise there: its words or its maker's frame, lifted over the middle of the view."""
    for s in sight.elements:
        if not s.shown or s.box.area < 60:
            continue
        said = s.words if len(s.words) <= 60 and words("wall_captcha").match(s.words) else ""
        framed = s.tag == "iframe" and s.box.width > 240 and s.box.height > 180 and _MAKERS_OF_CHALLENGES.search(s.src)
        if (said or framed) and _in_the_way(sight, s):
            return (
                WallName.CAPTCHA,
                f"a layer over the page says {said!r}" if said else f"a layer over the page holds {s.src[:80]}",
            )
    return None


def _in_the_way(sight: Sight, seen: Seen) -> bool:
    """Whether it lies in a layer, within the middle half of the view."""
    (x, y), (width, height) = seen.box.centre, sight.viewport
    x, y = x - sight.scroll[0], y - sight.scroll[1]
    lifted = any(a.fixed == "fixed" or a.modal for a in (seen, *sight.ancestors(seen.index)))
    return lifted and 0.25 * width <= x <= 0.75 * width and 0.1 * height <= y <= 0.9 * height


def is_login(sight: Sight) -> bool:
    """Whether the page asks a person to sign in: a password or code field, and words for it."""
    fields = [s for s in sight.elements if s.shown and s.kind == "password"]
    said = any(
        words("login").match(sight.label_of(s))
        for s in sight.elements
        if s.shown and (s.operable or s.role == "heading") and s.role not in ("textbox", "checkbox")
    )
    return bool(fields) and said
