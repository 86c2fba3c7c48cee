"""The English words of report.html, beside the Chinese ones of `words`; the norm's text has none, it stays Chinese."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from gongping.verdicts import Outcome

OUTCOME = {
    Outcome.FAILED: "violation",
    Outcome.CANT_TELL: "can't tell",
    Outcome.PASSED: "no violation observed",
    Outcome.INAPPLICABLE: "not applicable",
    Outcome.UNTESTED: "not tested",
}
OUTCOME_MEANS = {
    Outcome.FAILED: 'A fact against the clause was seen directly; "confirmed" means that a second, fresh consumer saw it again.',
    Outcome.CANT_TELL: "Blocked, ambiguous, or dependent on facts that a consumer can't see; a person has to look.",
    Outcome.PASSED: "No violation was observed where this run looked; that doesn't mean that the platform complies.",
    Outcome.INAPPLICABLE: "The clause's trigger is absent, with positive evidence or the target's declaration.",
    Outcome.UNTESTED: "A browser can't see it, or this run didn't look.",
}
FORCE = {
    "must": "must",
    "must_not": "must not",
    "encouraged": "encouraged",
    "may": "may",
    "definition": "definition",
    "liability": "liability",
    "power": "power",
}
OBSERVABILITY = {
    "browser": "An ordinary consumer session sees it",
    "browser-with-setup": "Needs accounts, orders or several consumers",
    "longitudinal": "Needs observation over days",
    "attestation": "Back office: needs documents or a person",
    "none": "Nothing of its own to observe",
}
WHY_UNTESTED = {
    "browser": "Not tested in this run.",
    "browser-with-setup": "Not tested in this run: needs accounts, orders or several consumers prepared.",
    "longitudinal": "One run can't see it: needs observation over days.",
    "attestation": "Back office: a consumer's browser can't see it.",
    "none": "Definition, aim, scope, power, liability or residual clause: nothing of its own to observe.",
}
TEST_MODE = {"automatic": "automatic", "semiAuto": "semi-automatic", "manual": "manual"}
DEVICE = {"desktop": "desktop", "mobile": "mobile"}
MODE = {
    "observe": "observe (nothing irreversible)",
    "exercise": "exercise (may register, order, deregister)",
}
JUDGED = {"broken": "violation", "unknown": "can't tell", "held": "no violation observed", "seen": "seen"}
PLACE = {
    "home": "home",
    "search": "search results",
    "product": "product page",
    "cart": "cart",
    "checkout": "checkout",
    "cashier": "cashier",
    "register": "registration",
    "login": "login",
    "account": "account",
    "deregister": "deregistration",
    "documents": "agreements and rules",
    "popup": "pop-up",
}
WALL = {
    "captcha": "captcha",
    "login": "login required",
    "blocked": "access refused",
    "not-found": "page not found",
    "server-error": "server error",
    "blank": "blank page",
    "time-out": "time-out",
    "redirect-loop": "redirect loop",
    "unreachable": "unreachable",
    "download": "a download came",
    "dialog-loop": "endless dialogs",
    "crashed": "page crashed",
    "budget": "budget used up",
    "robots": "robots.txt forbids it",
    "not-recognised": "not the page that was expected",
    "not-offered": "no way in found",
    "guard": "refused by the guard",
}
UNIT = {
    "秒": "s",
    "毫秒": "ms",
    "分钟": "min",
    "小时": "h",
    "天": "days",
    "个工作日": "working days",
    "年": "years",
    "次": "",  # the name says of what
    "屏": "screens",
    "元": "yuan",
    "条": "results",
    "（字数占比）": "of the characters",
}
_VALUE = {"是": "yes", "否": "no", "无": "none", "未能测得": "could not be measured"}


def phrase(said: str) -> str:
    """What a test said in Chinese, in English; empty where there are no words for it."""
    if not said or said.isascii():
        return said
    for pattern, template in _phrases():
        if found := pattern.fullmatch(said):
            return _filled(template, [phrase(part) or part for part in found.groups()])
    return ""


def _filled(template: str, parts: list[str]) -> str:
    """A template with its parts, `{}` in their order or `{N}`; other braces are part of what it says, such as facts: {...}."""
    following = iter(parts)
    return re.sub(r"\{(\d?)\}", lambda m: parts[int(m[1])] if m[1] else next(following), template)


def phrases() -> tuple[str, ...]:
    """The Chinese sentences that have an English one, `{}` for what they are filled in with."""
    return tuple(_data()["phrases"])


def name(key: str, zh: str) -> str:
    """The English name of a measurement: of its key, or of each part of its Chinese name."""
    if key.isascii():
        return key.replace("_", " ")
    known: dict[str, str] = _data()["names"]
    return " · ".join(
        known.get(part) or (part.replace("_", " ") if part.isascii() else part) for part in zh.split(" · ")
    )


def value(zh: str) -> str:
    """A measured value in English; lists by part; what the platform wrote stays."""
    return ", ".join(_VALUE.get(part) or phrase(part) or part for part in zh.split("、")) if zh else zh


@cache
def _phrases() -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(re.escape(zh).replace(r"\{\}", "(.*?)"), re.DOTALL), str(en))
        for zh, en in _data()["phrases"].items()
    ]


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((files("gongping.reports") / "english.yaml").read_text("utf-8"))
    return data
