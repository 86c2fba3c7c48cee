"""Reads how a platform is reached: telephone numbers, mail addresses, forms, chats; whose they are and whether they can work. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import phonenumbers

from gongping.lexicon import words
from gongping.sight.model import Seen, Sight

Kind = Literal["phone", "email", "form", "online", "social", "site"]
Whose = Literal["own", "regulator", "seller", "other"]


@dataclass(frozen=True)
class Channel:
    """One way to reach somebody. `sound`: True as far as the form goes, False for a placeholder, None where neither shows (`why` says
    what is odd). `complaint`: it is said to take complaints or reports. `read`: confidence (0..1) where it stood in a picture."""

    kind: Kind
    value: str
    plain: str
    whose: Whose
    complaint: bool
    sound: bool | None
    why: str = ""
    label: str = ""
    hours: str = ""
    place: str = ""
    seen: Seen | None = None
    read: float | None = None


REGIONS = {"zh-CN": ("CN", "HK", "TW"), "zh-TW": ("TW", "HK", "CN"), "zh-HK": ("HK", "CN", "TW")}
_REGIONS_ELSE = ("US", "GB", "AU", "CA", "HK", "SG", "CN")

_SHORT_OFFICIAL = re.compile(r"1[12]\d|12\d{3}|96315|95598")
"""Numbers of authorities and utilities in China: 110, 119, 12315, 12345, 12377 ... (national numbering plan)."""

_OFFICIAL = re.compile(r"(?<![\d.])(12315|12345|12377|12318|12321|96315)(?![\d.@])")
"""Those of them that take complaints of consumers: they count wherever they stand."""

_RUNS = ("123456", "1234567", "12345678", "123456789", "1234567890", "12345678901", "0123456", "01234567", "0123456789")
_TEMPLATES = {"13800138000", "13800000000", "13900000000", "13000000000", "18888888888", "13888888888"}
_AREA = re.compile(
    r"^(400|800|0(?:10|2\d|[3-9]\d{2}))(\d{7,8})$"
)  # Chinese shared-cost, toll-free and area codes before the subscriber's part
_FICTION = re.compile(r"^1?\d{3}55501\d{2}$|^0?207946\d{4}$|^0?1632960\d{3}$")
"""Numbers kept for fiction: 555-0100 to -0199 in North America, Ofcom's drama numbers."""
_MASKED = re.compile(r"(?<![0-9A-Za-z])(?:400|800|0\d{2,3})[-\s]?[xX×*]{3,4}[-\s]?[xX×*]{3,4}(?![0-9A-Za-z])")
_EMAIL = re.compile(r"[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{1,30}){1,4}")
_TEMPLATE_HOSTS = re.compile(
    r"^(example\.(com|org|net)|(your-?)?(domain|company|email|mail|site|shop|store)\.com|test\.com|x{2,5}\.com|abc\.com|yourdomain\..+|mysite\..+)$",
    re.I,
)
_JOBS = re.compile(
    r"^(hr|jobs?|career\w*|bd|pr|media|press|sales|invest\w*|ir|zhaopin|hezuo|legal|copyright|dmca)\b", re.I
)
_DATE = re.compile(r"^(19|20)\d{2}[-/.]?\d{1,2}[-/.]?\d{1,2}$|^\d{1,2}[-/.]\d{1,2}[-/.](19|20)\d{2}$")
_TIMES = re.compile(r"[（(]?\d{1,2}[:：]\d{2}\s*[-–—~至到]\s*\d{1,2}[:：]\d{2}")
_SURE_FORM = re.compile(
    r"^[48]00\d?[-\s]\d{3,4}[-\s]?\d{3,4}$|^\(?0\d{2,3}\)?[-\s]\d{7,8}$|^\+\d{1,3}[\s(-].{6,18}$|^1-8\d\d-"
)
"""Numbers that nobody takes for anything else, wherever they stand."""
_REGULATOR_HOST = re.compile(
    r"(12315|12377|12318|12321|samr|scjgj|cyberpolice)\.(gov\.)?(cn|com)|cnnic|/odr(/|$)|gov\.cn", re.I
)


def regions(locale: str) -> tuple[str, ...]:
    """The numbering plans to try for a target's locale, the likeliest first."""
    return next((r for name, r in REGIONS.items() if locale.startswith(name)), _REGIONS_ELSE)


def placeholder(number: str) -> bool | None:
    """Whether a telephone number is one that templates come with; None where it is odd, but somebody may have it."""
    digits = re.sub(r"\D", "", number)
    if _MASKED.search(number):
        return True
    digits = digits.removeprefix("0086").removeprefix("86") if len(digits) > 11 else digits
    if not digits or set(digits) == {"0"} or digits in _RUNS or _FICTION.match(digits):
        return True
    if digits in _TEMPLATES:
        return True if digits in ("13800138000", "13800000000") else None
    area = _AREA.match(digits)
    if area:
        if set(area[2]) == {"0"} or area[2] in _RUNS:
            return True
        return None if len(set(area[2])) == 1 and area[2][0] not in "68" else False
    if len(set(digits)) == 1:
        return None
    return None if digits[3:] in _RUNS else False


@lru_cache(maxsize=4096)
def _valid(number: str, plans: tuple[str, ...]) -> bool:
    for plan in plans:
        try:
            parsed = phonenumbers.parse(number, plan)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            return True
        if phonenumbers.is_valid_short_number_for_region(parsed, plan):
            return True
    return False


def sound(number: str, plans: tuple[str, ...]) -> tuple[bool | None, str]:
    """Whether a number has the form of one that can be called: False for a placeholder, None for what the plans don't know."""
    fake = placeholder(number)
    if fake:
        return False, "占位号码"
    if fake is None:
        return None, "号码形式可疑，像占位号码"
    if re.fullmatch(r"9[56]\d{3,4}", re.sub(r"\D", "", number)) and "CN" in plans:
        return True, ""
    return (True, "") if _valid(number, plans) else (None, "不符合号码编排规则")


def numbers_in(line: str, before: str, plans: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Telephone numbers in a line with their offsets; `before` is the line that stands above. A bare run of digits counts only where
    something says that it is to be called."""
    for masked in _MASKED.finditer(line):
        yield masked[0], masked.start()
    for official in _OFFICIAL.finditer(line):
        yield official[0], official.start()
    line = _TIMES.sub(lambda m: "，" * len(m[0]), line)
    taken = [range(*m.span()) for m in _OFFICIAL.finditer(line)]
    for plan in plans:
        for found in phonenumbers.PhoneNumberMatcher(line, plan, leniency=phonenumbers.Leniency.POSSIBLE):
            raw = found.raw_string
            if any(found.start < t.stop and t.start < found.end for t in taken) or _DATE.match(raw.strip()):
                continue
            if re.match(r"[\d]|[-–]\d", line[found.end : found.end + 2]) or (
                re.search(r"[\w@./-]$", line[: found.start]) and not _said(line[: found.start][-12:])
            ):
                continue  # part of a longer number, a code or an address
            said = line[: found.start].strip() or before
            adjacent = _said(line[: found.start][-16:]) or (
                not line[: found.start].strip(" :：") and _said(before[-16:])
            )
            known = _valid(raw, (plan,))
            if adjacent or (known and (_SURE_FORM.match(raw) or _said(said))):
                taken.append(range(found.start, found.end))
                yield raw, found.start


def _said(text: str) -> bool:
    return words("contact_phone").contains(text)


def _whose(number: str, near: str, around: str) -> Whose:
    digits = re.sub(r"\D", "", number)
    if _SHORT_OFFICIAL.fullmatch(digits):
        return "regulator"
    if words("contact_seller").contains(near):
        return "seller"
    if words("contact_other").contains(near):
        return "other"
    return "seller" if words("contact_seller").contains(around) and not words("contact_phone").contains(near) else "own"


def channels_in_text(text: str, plans: tuple[str, ...], *, place: str = "", complaint: bool = False) -> list[Channel]:
    """Numbers and mail addresses in a text, lines apart. `complaint`: the whole page is about complaints and reports."""
    found: list[Channel] = []
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for at, whole in enumerate(lines):
        line = whole[:600]
        if not re.search(r"\d{3}|@|[xX×*]{3}", line):
            continue
        before = lines[at - 1] if at and len(lines[at - 1]) <= 24 and not re.search(r"\d{3}|@", lines[at - 1]) else ""
        around = " ".join(lines[max(0, at - 2) : at + 1])[:200]
        hours = words("contact_hours").match(line) or words("contact_hours").match(
            lines[at + 1] if at + 1 < len(lines) else ""
        )
        when = (
            hours.word
            if hours and hours.how != "regex"
            else _hours(line) or _hours(lines[at + 1] if at + 1 < len(lines) else "")
        )
        for raw, start in numbers_in(line, before, plans):
            near = re.split(r"[，。；;|｜、\u3000]|\s{2,}", line[:start])[-1].strip() or before
            if not near.strip(" :：") and start > 0:
                near = line[max(0, start - 20) : start]
            state, why = sound(raw, plans)
            takes = complaint or words("complaint_method").contains(f"{before} {line}")
            found.append(
                Channel("phone", raw.strip(), re.sub(r"\D", "", raw), _whose(raw, near, around), takes, state, why, near[-20:].strip(" :：（("), when, place)
            )  # fmt: skip
        for mail in _EMAIL.finditer(line):
            local, _, host = mail[0].lower().partition("@")
            near = line[max(0, mail.start() - 20) : mail.start()] or before
            fake = bool(_TEMPLATE_HOSTS.match(host))
            whose: Whose = (
                "other"
                if _JOBS.match(local) or words("contact_other").contains(near)
                else "seller"
                if words("contact_seller").contains(near)
                else "own"
            )
            found.append(
                Channel("email", mail[0], mail[0].lower(), whose, complaint or words("complaint_method").contains(f"{before} {line} {local}"),
                        not fake, "占位邮箱" if fake else "", near[-20:].strip(" :：（("), "", place)
            )  # fmt: skip
    return found


def _hours(line: str) -> str:
    hit = words("contact_hours").match(line)
    if not hit:
        return ""
    found = re.search(
        r"(周[一-日]至?周?[一-日]?|每日|每天|工作日)?\s*\d{1,2}[:：]\d{2}\s*[-–—~至到]\s*\d{1,2}[:：]\d{2}|7\s*[x×*]\s*24\S{0,3}|24\s*小时",
        line,
    )
    return found[0] if found else ""


def channels_on(
    sight: Sight, plans: tuple[str, ...], *, place: str = "", root: Seen | None = None, complaint: bool = False
) -> tuple[Channel, ...]:
    """Every channel that a sight shows: numbers, addresses, links that dial or mail, chats, forms, the sites of authorities."""
    text = sight.text_of(root.index) if root else sight.text
    elements = list(sight.within(root.index)) if root else list(sight.elements)
    found = [_placed(sight, elements, c) for c in channels_in_text(text, plans, place=place, complaint=complaint)]
    for s in elements:
        if not s.shown or not (s.operable or s.tag == "textarea" or (s.tag == "img" and s.name)):
            continue
        label = sight.label_of(s)
        if s.tag == "img":
            found += [_with(c, s) for c in channels_in_text(label, plans, place=place, complaint=complaint)]
        elif s.href.lower().startswith("tel:"):
            number = s.href[4:].split("?")[0]
            number = re.sub(r"%20", " ", number)
            near = f"{_line_of(sight, s)}"
            state, why = sound(number, plans)
            found.append(
                Channel(
                    "phone",
                    number,
                    re.sub(r"\D", "", number),
                    _whose(number, near, near),
                    complaint or words("complaint_method").contains(near),
                    state,
                    why,
                    label[:20],
                    "",
                    place,
                    s,
                )
            )
        elif s.href.lower().startswith("mailto:"):
            address = s.href[7:].split("?")[0]
            if _EMAIL.fullmatch(address):
                found += [
                    _with(c, s)
                    for c in channels_in_text(
                        f"{_line_of(sight, s)[:40]} {address}", plans, place=place, complaint=complaint
                    )
                    if c.kind == "email"
                ]
        elif _REGULATOR_HOST.search(s.href):
            found.append(Channel("site", s.href, s.href, "regulator", True, True, "", label[:20], "", place, s))
        elif _field(s) and (
            complaint
            or words("complaint_method").contains(_form_text(sight, s))
            or words("contact_page").contains(sight.title)
        ):
            found.append(
                Channel(
                    "form",
                    label[:20] or "表单",
                    "form",
                    "own",
                    complaint or words("complaint_method").contains(_form_text(sight, s)),
                    True,
                    "",
                    label[:20],
                    "",
                    place,
                    s,
                )
            )
        elif 1 < len(label) <= 20 and words("contact_online").match(label):
            found.append(
                Channel(
                    "online",
                    label,
                    label,
                    "own",
                    complaint or words("complaint_method").contains(label),
                    True,
                    "",
                    label,
                    "",
                    place,
                    s,
                )
            )
        elif 1 < len(label) <= 30 and words("contact_social").match(label):
            found.append(Channel("social", label, label, "own", False, None, "", label, "", place, s))
    return tuple(_once(found))


def _field(s: Seen) -> bool:
    return s.tag == "textarea" or (s.role == "textbox" and s.machine.get("contenteditable") == "true")


def _form_text(sight: Sight, s: Seen) -> str:
    """What stands in the form around a field, at most the block with its heading."""
    for a in sight.ancestors(s.index):
        text = sight.text_of(a.index)
        if len(text) > 60:
            return text[:300]
    return ""


def _line_of(sight: Sight, s: Seen) -> str:
    """The line that an element stands in."""
    for a in (s, *sight.ancestors(s.index)):
        if not a.inline:
            text = sight.text_of(a.index)
            if len(text) > 4:
                return text[:120]
    return sight.text_of(s.index)


def _placed(sight: Sight, elements: Iterable[Seen], channel: Channel) -> Channel:
    """The channel with the smallest element that shows it."""
    tail = re.sub(r"\D", "", channel.value)[-4:] if channel.kind == "phone" else channel.value.split("@")[0]
    for s in elements:
        if not s.shown or s.tag == "#text" or not s.words or tail not in re.sub(r"[\s-]", "", s.words):
            continue
        for a in (s, *list(sight.ancestors(s.index))[:4]):
            if channel.value in sight.text_of(a.index).replace("\n", " "):
                return _with(channel, a)
    return channel


def _with(channel: Channel, seen: Seen) -> Channel:
    return replace(channel, seen=seen)


def _once(found: Iterable[Channel]) -> list[Channel]:
    """Each channel once under each name; of twins the one that says most."""
    kept: dict[tuple[str, str, str, str], Channel] = {}
    for c in found:
        key = (c.kind, c.plain, c.whose, c.label if c.kind == "phone" else "")  # which hotline it is said to be tells
        old = kept.get(key)
        if old is None or (c.complaint, bool(c.hours), bool(c.seen)) > (old.complaint, bool(old.hours), bool(old.seen)):
            kept[key] = c
    return list(kept.values())


def sufficient(channels: Iterable[Channel]) -> bool:
    """Whether one staffed channel of the platform's own and one for complaints or reports are among them."""
    own = [c for c in channels if c.whose == "own" and c.sound]
    return any(c.kind in ("phone", "form", "online") for c in own) and any(c.complaint for c in own)
