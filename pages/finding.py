"""Finding controls as a person does: words and roles first, then where it stands, then what its makers called it.

Every search returns candidates with scores and reasons; the caller tries the best and confirms by what happened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from gongping.lexicon import words
from gongping.sight.model import Seen, Sight


@dataclass(frozen=True)
class Candidate:
    """A control that may be the one looked for."""

    seen: Seen
    label: str
    score: float
    why: str


MAKERS_WORDS: dict[str, str] = {
    "search": r"search|sou|query|keyword|(^|[-_/])(q|kw|wd|s)([-_/]|$)",
    "cart": r"cart|basket|shopping[-_]?bag|(^|[-_/])bag([-_/]|$)|gouwuche|trolley",
    "login": r"log[-_]?in|sign[-_]?in|passport|denglu",
    "register": r"regist|sign[-_]?up|join|zhuce|create[-_]?account",
    "account": r"account|profile|member|user[-_]?(center|centre|home|info)|(^|[-_/])(my|me|uc|ucenter|mine|i)([-_/]|$)",
    "add_to_cart": r"add[-_]?(to[-_]?)?(cart|basket|bag)|addcart|buy[-_]?btn|jiagou",
    "checkout": r"check[-_]?out|settle|jiesuan|confirm[-_]?order|order[-_]?confirm",
    "close": r"close|dismiss|(^|[-_])(x|cha|guanbi)([-_]|$)",
    "settings": r"setting|preference|config|shezhi",
    "security": r"security|safe|anquan",
    "next_page": r"next|(^|[-_])pn([-_]|$)",
}
"""What makers call things in ids, classes and addresses: for icons that say nothing. (Convention; only ever a weak sign.)"""


def own_label(sight: Sight, seen: Seen) -> str:
    """What a person reads on the control, short."""
    return sight.label_of(seen)[:120]


def makers(seen: Seen) -> str:
    """What the makers called it: id, classes, field name, the path it leads to."""
    parts = urlsplit(seen.href)
    return " ".join((seen.ident, seen.classes, seen.field_name, unquote(parts.path), seen.src.rsplit("/", 1)[-1]))


def controls(sight: Sight, *, roles: Iterable[str] = (), shown: bool = True) -> list[Seen]:
    """Operable elements in document order; with `roles`, those of a role (a div with a click handler has none and always counts)."""
    wanted = set(roles)
    return [
        s
        for s in sight.elements
        if s.operable
        and (s.shown or not shown)
        and not s.disabled
        and (not wanted or s.role in wanted or (not s.role and s.tag not in ("input", "textarea", "select")))
    ]


def find(
    sight: Sight,
    concepts: str | Sequence[str],
    *,
    locale: str | None = None,
    roles: Iterable[str] = (),
    among: Iterable[Seen] | None = None,
    least: float = 0.45,
    prefer: Callable[[Seen], float] | None = None,
) -> list[Candidate]:
    """Controls that mean one of the concepts, best first. Scores: 1 for the very word on a control, less for parts of a label and
    for what only its makers call it. `prefer` adds what a caller knows of the place."""
    names = [concepts] if isinstance(concepts, str) else list(concepts)
    pool = list(among) if among is not None else controls(sight, roles=roles)
    found: list[Candidate] = []
    for seen in pool:
        label = own_label(sight, seen)
        best, why = 0.0, ""
        for rank, name in enumerate(names):
            hit = words(name).match(label) if label else None
            if hit and (len(label) <= 40 or hit.how == "exact"):
                score = hit.score - 0.02 * rank
                if score > best:
                    best, why = score, f"{name}: {hit.word!r} {hit.how} in {label!r}"
            if best < 0.5 and len(label) <= 6 and name in MAKERS_WORDS and not words(name).rejects(label):
                named = re.search(MAKERS_WORDS[name], makers(seen), re.I)
                if named and best < 0.5:
                    best, why = 0.5, f"{name}: its makers call it {named[0]!r}"
        if best <= 0:
            continue
        if seen.role in ("link", "button", "tab", "menuitem") or seen.href:
            best += 0.05
        hit_share = sight.hit(seen)
        if hit_share is not None and hit_share == 0:
            best -= 0.3
        if prefer:
            best += prefer(seen)
        if best >= least:
            found.append(Candidate(seen, label, round(best, 3), why))
    found.sort(key=lambda c: (-c.score, c.seen.index))
    return _without_wrappers(sight, found)


def _without_wrappers(sight: Sight, found: list[Candidate]) -> list[Candidate]:
    """Of nested candidates with one label the innermost real control stays."""
    kept: list[Candidate] = []
    for c in found:
        twin = next(
            (
                k
                for k in kept
                if k.label == c.label and (_is_in(sight, c.seen, k.seen) or _is_in(sight, k.seen, c.seen))
            ),
            None,
        )
        if twin is None:
            kept.append(c)
        elif not twin.seen.role and c.seen.role:
            kept[kept.index(twin)] = c
    return kept


def _is_in(sight: Sight, inner: Seen, outer: Seen) -> bool:
    return any(a.index == outer.index for a in sight.ancestors(inner.index))


def region(sight: Sight, seen: Seen) -> str:
    """In which part of the page an element lies: header, footer, nav, aside, dialog or main. By landmark, else by place."""
    for a in (seen, *sight.ancestors(seen.index)):
        if a.role in ("contentinfo",) or re.search(r"(^|[-_ ])(foot|footer)([-_ ]|$)", f"{a.ident} {a.classes}", re.I):
            return "footer"
        if a.role == "banner" or re.search(
            r"(^|[-_ ])(header|topbar|top-bar|site-nav)([-_ ]|$)", f"{a.ident} {a.classes}", re.I
        ):
            return "header"
        if a.role == "navigation":
            return "nav"
        if a.role in ("dialog", "alertdialog") or a.modal:
            return "dialog"
        if a.role == "complementary":
            return "aside"
    if seen.box.y < 120:
        return "header"
    return "main"


def fields(sight: Sight) -> list[Seen]:
    """Fields that a person can type into."""
    return [
        s
        for s in sight.elements
        if s.shown
        and not s.disabled
        and s.role in ("textbox", "searchbox", "combobox", "spinbutton")
        and s.tag != "select"
    ]
