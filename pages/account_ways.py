"""What the controls of an account promise: which rights they offer, how far they are what a document names, and where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from gongping.detectors.rights import topics_of
from gongping.lexicon import normalise, phrase, words
from gongping.lexicon.text import fold
from gongping.observations.account import AccountPage, Right
from gongping.pages import finding
from gongping.pages.login_forms import icon_bar
from gongping.sight.model import Seen, Sight

_REMARK = re.compile(r"\s*[(（][^()（）]{1,20}[)）]\s*$")
"""What a label adds in brackets."""

_PROMISE: tuple[tuple[str, float], ...] = (
    ("security", 1.0), ("privacy_centre", 0.95), ("settings", 0.9), ("profile", 0.85), ("more_links", 0.7), ("account", 0.4),
)  # fmt: skip


ICON = "图标"
"""What a control without words is called, with its number."""

BAR = "图标栏"
"""What an icon of a bar that has no words is called, with its number from the right."""


def icons(sight: Sight) -> list[Seen]:
    """Small controls without words near the top of a page, the last three, where settings often hide."""
    found = [
        s
        for s in finding.controls(sight)
        if not sight.label_of(s) and 12 <= s.box.width <= 90 and 12 <= s.box.height <= 90 and s.role not in ("textbox", "searchbox", "checkbox", "radio")
        and s.box.y < 140 and not s.href
    ]  # fmt: skip
    return found[-3:]


def control_of(sight: Sight, label: str) -> Seen | None:
    """The control of that label; an icon is told by its number."""
    if label.startswith(BAR):
        bar = icon_bar(sight)
        number = int(label.removeprefix(BAR))
        return bar[-number] if number <= len(bar) else None
    if label.startswith(ICON):
        found = icons(sight)
        number = int(label.removeprefix(ICON))
        return found[number - 1] if number <= len(found) else None
    return next((s for s in finding.controls(sight) if on_a_line(sight, s) == label), None)


def on_a_line(sight: Sight, seen: Seen) -> str:
    """The label of a control on one line."""
    return re.sub(r"\s+", " ", sight.label_of(seen)).strip()


def framed(sight: Sight, seen: Seen, *, menus: bool = True) -> bool:
    """Whether an element belongs to the site's frame (its menus, too, unless told otherwise). What lies high on a page but in its
    main part or in a form does not."""
    region = finding.region(sight, seen)
    if region == "header":
        chain = [a.role for a in sight.ancestors(seen.index)]
        return "banner" in chain or not ({"main", "form", "dialog"} & set(chain))
    return region == "footer" or (menus and region == "nav")


def is_account_page(sight: Sight) -> bool:
    """Whether a page's title, its heading or its address calls it the account."""
    said = [
        *re.split(r"[|｜_·–—]|\s-\s", sight.title),
        *(sight.text_of(s.index) for s in sight.elements if s.shown and s.role == "heading"),
    ]
    if any(
        (hit := words("account").match(part.strip())) and hit.score >= 0.6
        for part in said
        if 0 < len(part.strip()) <= 24
    ):
        return True
    return bool(
        re.search(
            r"(^|[/#])(account|member|user|my|me|mine|uc|ucenter|i)(\.\w+|/(index|home|center|centre))?/?$",
            re.sub(r"\?.*$", "", sight.url),
            re.I,
        )
    )


_NAME_OF_ROW = 10
"""Characters: the name of a row of a menu is no longer (convention)."""


def head_of(label: str) -> str:
    """The name that a row of a menu begins with, without what explains it beside or below (账号与安全 / 密码、手机、注销); the label itself
    where it has one part, and in languages that set spaces between words."""
    head, _, rest = re.sub(r"\s+", " ", label).strip().partition(" ")
    return head if rest and 2 <= len(head) <= _NAME_OF_ROW and re.fullmatch(r"[\u4e00-\u9fff]+", head) else label


def promise_of(label: str) -> float:
    """How likely the way to a right leads on from a control: 0 not at all, 1 most."""
    if label.startswith((ICON, BAR)):
        return 0.3
    best = 0.0
    for said in dict.fromkeys((label, head_of(label))):
        for name, worth in _PROMISE:
            hit = words(name).match(said) if len(said) <= 24 else None
            if hit and hit.score >= 0.6:
                best = max(best, worth)
    return best


def rights_of(label: str) -> list[Right]:
    """The rights that a control's label offers."""
    found: list[Right] = []
    leave = words("deregister_entry").match(label)
    if leave and (leave.score >= 0.6 or len(label) <= 6) and not words("logout").match(label):
        return ["deregister"]
    topics, label = topics_of(label), fold(label)
    several = len(topics) > 1  # 查询与更正 says of itself what it is about
    about_data = several or phrase("about_data").search(label) or phrase("about_profile").search(label)
    own = words("profile").match(label)
    if ("query" in topics and about_data) or phrase("copy_of_the_data").search(label):
        found.append("query")
    if "correct" in topics and about_data:
        found.append("correct")
    if "delete" in topics and (about_data or phrase("part_of_the_data").search(label)):
        found.append("delete")
    if phrase("clears_history").search(label) and "delete" not in found:
        found.append("delete")
    if own and own.score >= 0.6 and not found:
        found += ["query", "correct"]
    return found


def is_document(label: str) -> bool:
    """Whether a control leads to a text and not on through the account."""
    return bool(phrase("document_by_its_end").search(label)) or (
        topics_of(label) == ("deregister",) and label.endswith(("说明", "流程", "指引"))
    )


def editable(sight: Sight, main: Seen | None) -> int:
    """Fields that take text of one's own: no search, no password, nothing read-only. In the main part; where that has none, anywhere
    but in the site's frame, for a main part is a guess."""
    fields = [
        s
        for s in sight.elements
        if s.shown and not s.disabled and s.role in ("textbox", "spinbutton", "combobox") and s.kind not in ("password", "search") and s.role != "searchbox"
        and not words("search").match(s.name or s.placeholder) and "readonly" not in s.classes
    ]  # fmt: skip
    own = {s.index for s in sight.within(main.index)} if main else set[int]()
    frame = ("banner", "contentinfo", "navigation")
    return sum(s.index in own for s in fields) or sum(
        not any(a.role in frame for a in sight.ancestors(s.index)) for s in fields
    )


def same_label(label: str, step: str) -> float:
    """How far a control is what a document calls `step`: 3 the same words, 2 the step within the label, 1 the label within the step
    or two words for deregistration, 0 not at all."""
    a, b = normalise(label), normalise(step)
    if not a or not b:
        return 0
    if a == b:
        return 3
    if b in (normalise(_REMARK.sub("", label)), normalise(head_of(label))):  # 我的资料（查询、更正）
        return 2
    if len(b) >= 2 and b in a and len(a) <= len(b) + 8:
        return 2
    if (len(a) >= 2 and a in b and len(b) <= len(a) + 10) or "deregister" in {*rights_of(label)} & {*rights_of(step)}:
        return 1
    return 0


def best_label(labels: Iterable[str], step: str) -> str | None:
    """The label that a document means by `step`; None where none comes near."""
    scored = [(same_label(label, step), -n, label) for n, label in enumerate(labels)]
    best = max(scored, default=(0, 0, ""))
    return best[2] if best[0] else None


def loosely(label: str, step: str) -> bool:
    """Whether two names are for one kind of place: then a document is imprecise, not wrong."""
    for name in ("security", "privacy_centre", "settings", "profile"):
        one, two = words(name).match(label), words(name).match(step)
        if one and two and min(one.score, two.score) >= 0.6:
            return True
    return False


def bare(url: str) -> str:
    """An address without its scheme and its plain fragment."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path.rstrip('/')}?{parts.query}" + (
        f"#{parts.fragment}" if "/" in parts.fragment else ""
    )


def key(href: str, label: str) -> str:
    """Tells links apart: by address, else by label."""
    return bare(href) if href.startswith("http") else f"|{label}"


def family(url: str) -> str:
    """An address with its long numbers left out: pages of one kind are followed once."""
    parts = urlsplit(url)
    return re.sub(
        r"\d{2,}|[0-9a-f]{12,}", "#", f"{parts.netloc}{parts.path.rstrip('/')}?{parts.query}#{parts.fragment}"
    )


def page_key(page: AccountPage) -> str:
    """Tells pages apart: those of one address by what their controls say."""
    return f"{bare(page.url)}|{hash(page.labels)}"


def page_key_of(sight: Sight, url: str) -> str:
    """`page_key` of a page that is looked at."""
    labels = tuple(dict.fromkeys(sight.label_of(s)[:40] for s in finding.controls(sight) if sight.label_of(s)))
    return f"{bare(url)}|{hash(labels)}"
