"""What a page says about the order of its list: the labels that name an order, the bar or menu that they stand in, what may open one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

from gongping.detectors import ads
from gongping.lexicon import normalise, phrase, words
from gongping.observations.ranking import SortControl, SortKey
from gongping.observations.results import Card
from gongping.pages import finding
from gongping.sight.model import Box, Seen, Sight

_CONCEPTS: tuple[tuple[SortKey, str], ...] = (
    ("price", "sort_price"),
    ("sales", "sort_sales"),
    ("credit", "sort_credit"),
    ("new", "sort_new"),
    ("default", "sort_default"),
    ("other", "sort_other"),
)
_LONGEST = 44
"""Characters: a sort control says a word or a phrase, not a sentence (convention)."""

_REACH = 420
"""CSS px: a sort bar stands so near above its list (convention: a row of filters may lie between)."""

ARROWS = re.compile(r"[↑↓▲▼△▽▴▾▿⇅⇵↕⬆⬇∧∨⌄˅˄]+")


@dataclass(frozen=True)
class SortLabel:
    """What a label says as a sort control."""

    key: SortKey
    direction: Literal["", "asc", "desc"]
    score: float


def read_label(label: str) -> SortLabel | None:
    """Which order a label names, if any; a label that says more than that is none."""
    text = phrase("sort_lead").sub("", label.strip())
    plain = normalise(ARROWS.sub("", text)).strip(" :：|·-")
    if not plain or len(plain) > _LONGEST:
        return None
    best: SortLabel | None = None
    for key, concept in _CONCEPTS:
        hit = words(concept).match(plain)
        if hit is None:
            continue
        share = (hit.end - hit.start) / len(plain)
        if (
            hit.how != "exact"
            and share < 0.5
            and not phrase("direction_only").fullmatch(plain[: hit.start] + plain[hit.end :])
        ):
            continue
        score = hit.score + (0.01 if hit.key else 0)
        if best is None or score > best.score:
            direction = _direction(label, hit.key)
            best = SortLabel(key, direction, score)
    return best


def _direction(label: str, said: str) -> Literal["", "asc", "desc"]:
    if said in ("asc", "desc"):
        return cast(Literal["asc", "desc"], said)
    up, down = (
        phrase("ascending").search(label),
        phrase("descending").search(label),
    )
    return "" if bool(up) == bool(down) else "asc" if up else "desc"


def merged(found: tuple[SortControl, ...], more: Iterable[SortControl]) -> tuple[SortControl, ...]:
    known = {(c.key, c.direction, plain(c.label)) for c in found}
    return (*found, *(c for c in more if (c.key, c.direction, plain(c.label)) not in known))


def plain(label: str) -> str:
    return normalise(ARROWS.sub("", label))


def on_page(sight: Sight, cards: tuple[Card, ...]) -> tuple[SortControl, ...]:
    """Controls that are visible now: options of selects, and the members of a sort bar, menu or sheet."""
    selects = [
        c for s in sight.elements if s.tag == "select" and s.shown and not s.disabled for c in _of_select(sight, s)
    ]
    bar = [_control(sight, s, read) for s, read in _bar(sight, cards)]
    return merged((), [*bar, *selects])


def _control(sight: Sight, seen: Seen, read: SortLabel, *, clicks: int = 0, opener: str = "") -> SortControl:
    label = sight.label_of(seen)[:60]
    return SortControl(
        read.key, seen, label, clicks, direction=read.direction, opener=opener, current=_is_current(sight, seen)
    )


def _is_current(sight: Sight, seen: Seen) -> bool:
    """Whether the control is marked as the order in force: by state, or as the only one of its row that is dressed so."""
    if seen.checked:
        return True
    marked = re.compile(r"(^|[-_ ])(on|active|current|selected|cur|checked|is-active|sel)([-_ ]|$)", re.I)
    own = (seen, *list(sight.ancestors(seen.index))[:1])
    return any(marked.search(s.classes) for s in own if s.box.area <= 4 * max(seen.box.area, 1))


def _of_select(sight: Sight, select: Seen) -> list[SortControl]:
    """The options of a select that orders: at least two of them name an order."""
    options = [s for s in sight.within(select.index) if s.tag == "option" and not s.disabled]
    read = [(s, r) for s in options if (r := read_label(s.text or s.name))]
    if len(read) < 2 or len(read) < len(options) / 3:
        return []
    return [
        SortControl(
            r.key,
            s,
            (s.text or s.name)[:60],
            1,
            direction=r.direction,
            opener=sight.label_of(select)[:40],
            kind="select",
            current=bool(s.checked),
        )
        for s, r in read
    ]


def _bar(sight: Sight, cards: tuple[Card, ...]) -> list[tuple[Seen, SortLabel]]:
    """The members of the row, menu or sheet that holds the most orders. One word alone is no bar: a heading of a filter or a
    channel of the shop may say 价格 or 新品, too."""
    inside = {s.index for c in cards for s in sight.within(c.seen.index)}
    top = _top(sight, cards)
    candidates: list[tuple[Seen, SortLabel]] = []
    for seen in sight.elements:
        if (
            not seen.shown
            or seen.disabled
            or seen.index in inside
            or (seen.tag in ("option", "select", "#text", "input") and seen.kind != "radio")
        ):
            continue
        if not (seen.operable or seen.text):
            continue
        label = sight.label_of(seen) if seen.operable else seen.words
        read = read_label(label) if label and len(label) <= _LONGEST + 16 else None
        if read and finding.region(sight, seen) != "footer":
            candidates.append((seen, read))
    candidates = _innermost(sight, candidates)
    families: dict[int, list[tuple[Seen, SortLabel]]] = defaultdict(list)
    for seen, read in candidates:
        for ancestor in list(sight.ancestors(seen.index))[:5]:
            families[ancestor.index].append((seen, read))
    best: list[tuple[Seen, SortLabel]] = []
    worth = (0, 0, 0.0)
    for index, family in families.items():
        keys = {r.key for _, r in family}
        directed = {r.direction for _, r in family if r.key == "price"} >= {"asc", "desc"}
        if len(keys) < 2 and not directed:
            continue
        box = _around(s for s, _ in family)
        if not _placed(sight, box, top, keys, [s for s, _ in family]):
            continue
        operable = sum(s.operable for s, _ in family)
        value = (
            len(keys & {"price", "sales", "credit"}) * 2 + len(keys),
            -_depth_cost(sight, index),
            operable / len(family),
        )
        if value > worth:
            best, worth = family, value
    return best


def _top(sight: Sight, cards: tuple[Card, ...]) -> float:
    """Where the list begins: at its first item, or at a block of paid ones above it."""
    blocks = [o.seen.box.y for o in ads.beside(sight, cards)] if cards else []
    return min([c.seen.box.y for c in cards] + [y for y in blocks if y > 80], default=sight.size[1])


def _depth_cost(sight: Sight, index: int) -> int:
    """How much lies in a container: the tightest one that holds the same orders is the bar."""
    return sum(1 for _ in sight.within(index))


def _around(members: Iterable[Seen]) -> Box:
    boxes = [s.box for s in members]
    x, y = min(b.x for b in boxes), min(b.y for b in boxes)
    return Box(x, y, max(b.right for b in boxes) - x, max(b.bottom for b in boxes) - y)


def _placed(sight: Sight, box: Box, top: float, keys: set[SortKey], members: list[Seen]) -> bool:
    """Whether a row or column of words stands where orders are chosen: near above the list, or in a layer; a channel bar at the top
    of the shop (新品, 热销, 推荐) names no price."""
    layered = any(s.layer >= 0 for s in members)
    if box.height > 700 or (box.height > 160 and box.width > 900):
        return False
    if layered:
        return True
    above = box.y <= top + 60 and top - box.bottom <= _REACH
    beside = box.y >= top - 60 and box.height > 60
    if not (above or beside):
        return False
    in_head = all(finding.region(sight, s) in ("nav", "header") for s in members)
    return "price" in keys or not in_head or bool(keys & {"default"} and top - box.bottom < 160)


def _innermost(sight: Sight, found: list[tuple[Seen, SortLabel]]) -> list[tuple[Seen, SortLabel]]:
    """Of nested ones that say the same, the one that is a control, else the innermost."""
    by_index = {s.index: (s, r) for s, r in found}
    dropped: set[int] = set()
    for s, r in found:
        for a in sight.ancestors(s.index):
            if a.index in by_index and by_index[a.index][1].key == r.key and a.index not in dropped:
                outer = by_index[a.index][0]
                dropped.add(s.index if outer.operable and (outer.role or outer.href or not s.operable) else outer.index)
    return [(s, r) for s, r in found if s.index not in dropped]


def openers(sight: Sight, cards: tuple[Card, ...], found: tuple[SortControl, ...]) -> list[Seen]:
    """Controls that may open a choice of orders: 排序, Sort by; then the shown order itself (综合 ▾)."""
    inside = {s.index for c in cards for s in sight.within(c.seen.index)}
    top = _top(sight, cards)
    chosen: list[tuple[float, Seen]] = []
    for seen in finding.controls(sight):
        label = sight.label_of(seen)
        if (
            seen.index in inside
            or seen.tag in ("select", "input", "option")
            or not label
            or len(label) > 40
            or finding.region(sight, seen) == "footer"
        ):
            continue
        near = seen.layer >= 0 or (seen.box.y <= top + 60 and top - seen.box.bottom <= _REACH)
        if not near:
            continue
        sort = words("sort_control").match(label)
        prefix = phrase("sort_opener").match(label)
        if (sort and (sort.how == "exact" or sort.start == 0)) or prefix:
            chosen.append((0.0, seen))
        elif (read := read_label(label)) and read.key in ("default", "other") and not seen.href.startswith("http"):
            chosen.append((1.0 if seen.expanded is not None or ARROWS.search(label) else 2.0, seen))
        elif (both := words("filter").match(label)) and both.how == "exact" and sort is None:
            chosen.append((3.0, seen))
    known = {c.seen.index for c in found if c.seen and c.key not in ("default", "other")}
    wraps = {a.index for _, s in chosen for a in sight.ancestors(s.index)}  # a bar that listens for its buttons
    chosen = [(rank, s) for rank, s in chosen if s.index not in wraps]
    return [s for _, s in sorted(chosen, key=lambda c: (c[0], c[1].index)) if s.index not in known]


def labels_around(sight: Sight, cards: tuple[Card, ...]) -> list[str]:
    """What the controls around the list say: the record of what was read."""
    inside = {s.index for c in cards for s in sight.within(c.seen.index)}
    labels = [sight.label_of(s)[:24] for s in finding.controls(sight) if s.index not in inside]
    return list(dict.fromkeys(label for label in labels if label))[:80]


def said_total(sight: Sight) -> int:
    """How many results the page says there are; 0 where it doesn't. A list that grows shows only its beginning."""
    found = phrase("results_total").search(normalise(sight.text[:4000]))
    return int(next(g for g in found.groups() if g)) if found else 0


def unclear(sight: Sight, cards: tuple[Card, ...]) -> list[str]:
    """Labels above the list that speak of price, sales or credit in words that no order is known by: where a key seems missing, it
    may be one of these."""
    inside = {s.index for c in cards for s in sight.within(c.seen.index)}
    top = min((c.seen.box.y for c in cards), default=sight.size[1])
    found: list[str] = []
    for s in sight.elements:
        if (
            not s.shown
            or s.index in inside
            or not s.operable
            or not (s.box.y <= top + 60 and top - s.box.bottom <= _REACH)
        ):
            continue
        label = sight.label_of(s)
        if not 0 < len(label) <= 24 or finding.region(sight, s) in ("header", "footer") or read_label(label):
            continue
        if any(words(c).rejects(label) for c in ("sort_price", "sort_sales", "sort_credit")):
            continue
        if phrase("speaks_of_an_order").search(label):
            found.append(label)
    return list(dict.fromkeys(found))


def instead(sight: Sight, cards: tuple[Card, ...]) -> str:
    """What the page says about sorting where there is no control: 登录后可使用更多排序."""
    inside = {s.index for c in cards for s in sight.within(c.seen.index)}
    for s in sight.elements:
        if (
            not s.shown
            or not s.text
            or s.index in inside
            or len(s.text) > 60
            or not phrase("about_sorting").search(s.text)
        ):
            continue
        asks = phrase("sign_in_or_app").search(s.text)
        if asks or words("login").match(s.text) or words("app_download").match(s.text):
            return s.text
    return ""
