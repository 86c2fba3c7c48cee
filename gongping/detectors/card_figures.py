"""What a card of a list says in figures: its prices, how many were sold, how it is rated. Measures; judges nothing.

A card is read as a person reads it: in lines, with the parts of a number that is written over several elements put together. Which
of several amounts is *the* price cannot be known in general, so each amount gets a kind, and all are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from gongping.lexicon import normalise, parse_count, phrase, prices_in, words
from gongping.sight.model import Box, Seen, Sight

PriceKind = Literal["plain", "coupon", "member", "per", "old", "other"]
"""What an amount is: the price; what is left after a coupon; what some people pay; the price of a part; a former price; no price."""

_AROUND = 14
"""Characters beside an amount that may say what it is (convention: 预估到手价, free shipping over)."""

_CENTS = 0.85
"""Type of the decimals of a price, as a share of that of its integer part, below which 12⁹⁹ is read as 12.99 (convention)."""

_RANGE = re.compile(r"^\s*[-–—~～至到]\s*(?:[^\d\s]{0,4}\s?)(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,9}(?:\.\d{1,2})?)")
_SIGN_LAST = re.compile(r"([¥$£€₩₹]|rmb|cny|usd)\s*$")


@dataclass(frozen=True)
class Piece:
    """A run of text in one element. `joined`: nothing stands between it and the piece before."""

    text: str
    seen: Seen
    struck: bool
    joined: bool = False


@dataclass(frozen=True)
class Line:
    """A line of a card, normalised, with the piece that each character comes from."""

    text: str
    owners: tuple[Piece | None, ...]


@dataclass(frozen=True)
class Price:
    """An amount of money on a card; `high` where it is a range. `text` is what was read, with the words beside it."""

    amount: float
    high: float | None
    kind: PriceKind
    text: str
    font_px: float
    order: int
    seen: Seen


@dataclass(frozen=True)
class Figure:
    """A count, or a rating. `low` and `high` bound what it can stand for; `floor`: it is the lower end of a step (1万+). `label`
    is what the figure is called, without its digits."""

    low: float
    high: float
    text: str
    label: str
    floor: bool = False


# -- reading a card in lines -------------------------------------------------------------------------------------------------


def _pieces(sight: Sight, root: Seen) -> Iterator[Piece | None]:
    """Text of a card in reading order; None where a block begins or ends."""
    stack: list[tuple[int, bool, bool, bool]] = [(root.index, False, False, False)]
    while stack:
        index, done, struck, mixed = stack.pop()
        seen = sight.elements[index]
        if seen.tag == "#text":
            if seen.shown and seen.text.strip():
                yield Piece(normalise(seen.text), sight.elements[seen.parent], struck, joined=mixed)
            continue
        if done:
            if seen.mixed and seen.shown and seen.after:
                yield Piece(normalise(seen.after), seen, struck, joined=True)
            if not seen.inline:
                yield None
            continue
        if not seen.inline:
            yield None
        struck = struck or seen.struck or seen.tag in ("del", "s", "strike")
        if seen.shown and seen.box.area > 4:
            if seen.mixed:
                if seen.before:
                    yield Piece(normalise(seen.before), seen, struck)
            elif seen.words:
                yield Piece(normalise(seen.words), seen, struck, joined=mixed)
        stack.append((index, True, struck, mixed))
        stack.extend((k, False, struck, seen.mixed) for k in reversed(sight.children.get(index, ())))


def _box(piece: Piece) -> Box | None:
    return piece.seen.text_box if piece.seen.text_box and not piece.seen.mixed else None


def _beside(left: Piece, right: Piece) -> float | None:
    """Distance in ems between two pieces on one visual line; None where they are not on one, or that is not known."""
    a, b = _box(left), _box(right)
    if a is None or b is None:
        return None
    overlap = min(a.bottom, b.bottom) - max(a.y, b.y)
    if overlap < 0.4 * min(a.height, b.height):
        return None
    gap = b.x - a.right
    em = max(left.seen.font_px, right.seen.font_px, 1.0)
    return gap / em if gap > -0.5 * em else None


def lines(sight: Sight, card: Seen) -> list[Line]:
    """A card in lines. Parts that a layout puts side by side are one line, whatever their elements are."""
    made: list[list[Piece]] = [[]]
    for piece in _pieces(sight, card):
        if piece is None:
            if made[-1]:
                made.append([])
        elif piece.text:
            made[-1].append(piece)
    rows: list[list[Piece]] = []
    for row in filter(None, made):
        gap = _beside(rows[-1][-1], row[0]) if rows else None
        if gap is not None and gap <= 0.6:
            rows[-1].extend(row)
        else:
            rows.append(row)
    return [_line(row) for row in rows]


def _line(row: list[Piece]) -> Line:
    text, owners = "", list[Piece | None]()
    for number, piece in enumerate(row):
        between = _between(row[number - 1], piece) if number else ""
        text += between + piece.text
        owners += [None] * len(between) + [piece] * len(piece.text)
    return Line(text, tuple(owners))


def _between(left: Piece, right: Piece) -> str:
    """What stands between two pieces of a line: nothing within a number, else two spaces, which no number contains."""
    a, b = left.text[-1], right.text[0]
    gap = _beside(left, right)
    near = right.joined or (gap is not None and gap < 0.2)
    if a.isdigit() and b.isdigit():
        smaller = right.seen.font_px < _CENTS * left.seen.font_px
        if smaller and re.match(r"\d{2}(?!\d)", right.text) and "." not in left.text and (gap is None or gap < 0.4):
            return "."
        return "" if near and not smaller else "  "
    number = (a.isdigit() and b in ".,") or (a in ".," and b.isdigit()) or bool(_SIGN_LAST.search(left.text))
    if number and (gap is None or gap < 0.6):
        return ""
    return "" if near else "  "


# -- prices ----------------------------------------------------------------------------------------------------------------


def prices(sight: Sight, card: Seen) -> tuple[Price, ...]:
    """All amounts on a card, in reading order."""
    found: list[Price] = []
    for line in lines(sight, card):
        spans = prices_in(line.text)
        used = -1
        for number, (start, end, money) in enumerate(spans):
            if start < used:
                continue
            last = end
            high = None
            ranged = _RANGE.match(line.text[end:])
            if ranged and float(ranged[1].replace(",", "")) >= float(money.amount):
                high, last = float(ranged[1].replace(",", "")), end + ranged.end()
            used = last
            following = next(((s, float(m.amount)) for s, _, m in spans[number + 1 :] if s >= last), None)
            earlier = (spans[number - 1][1], float(spans[number - 1][2].amount)) if number else None
            before = line.text[max(earlier[0] if earlier else 0, start - _AROUND) : start]
            after = line.text[last : min(following[0] if following else len(line.text), last + _AROUND)]
            owners = [o for o in line.owners[start:end] if o is not None]
            digits = [o for o, c in zip(line.owners[start:end], line.text[start:end], strict=True) if o and c.isdigit()]
            if not owners or not digits:
                continue
            most = max(digits, key=lambda o: o.seen.font_px)
            struck = all(o.struck for o in digits)
            found.append(
                Price(float(money.amount), high, _kind(before, after, struck, float(money.amount), earlier, following), f"{before}{line.text[start:last]}{after}".strip(),
                      most.seen.font_px, len(found), most.seen)
            )  # fmt: skip
    return tuple(found)


def _kind(
    before: str,
    after: str,
    struck: bool,
    amount: float,
    earlier: tuple[int, float] | None,
    following: tuple[int, float] | None,
) -> PriceKind:
    """What the words beside an amount, and its dress, say that it is. Words of another amount lie behind a gap. Words between two
    amounts may belong to either: of the two the lower is after a coupon, the higher the former price."""
    near_before, near_after = before.rsplit("  ", maxsplit=1)[-1] or before.strip(), after.split("  ", maxsplit=1)[0]
    if _begins(near_after, "price_not") or _closes(near_before, "price_not"):
        return "other"  # $5 off with coupon, ¥50优惠券, save $5
    lower = [text for text, near in ((before, earlier), (after, following)) if near is None or amount < near[1]]
    higher = [
        text for text, near in ((near_before, earlier), (near_after, following)) if near is None or amount > near[1]
    ]
    if struck or (near_before in higher and words("price_old").match(near_before)):
        return "old"
    if near_after in higher and _begins(near_after, "price_old"):
        return "old"
    if any(words("price_coupon").contains(t) for t in lower):
        return "coupon"
    if any(h.start <= 2 for h in words("price_unit").find_all(after)) or words("price_unit").contains(near_before):
        return "per"
    if words("price_member").contains(near_before) or _begins(near_after, "price_member"):
        return "member"
    return "other" if words("price_not").contains(near_before) else "plain"


def _closes(text: str, concept: str) -> bool:
    length = len(normalise(text))
    return any(length - h.end <= 2 for h in words(concept).find_all(text))


def _begins(text: str, concept: str) -> bool:
    return any(h.start == 0 for h in words(concept).find_all(text))


_MAIN_FIRST: tuple[tuple[PriceKind, ...], ...] = (("plain", "coupon", "member"), ("per",))


def main_price(found: tuple[Price, ...]) -> Price | None:
    """The amount that a card puts forward as its price: of those that are one, that in the largest type."""
    for kinds in _MAIN_FIRST:
        of_kind = [p for p in found if p.kind in kinds]
        if of_kind:
            return min(of_kind, key=lambda p: (-round(p.font_px), p.order))
    return None


# -- counts and ratings ------------------------------------------------------------------------------------------------------

_DIGITS = re.compile(r"\d[\d.,]*\s*[万千百wkm亿]?\s*\+?")


def _spans(text: str, concept: str) -> list[tuple[int, int, str]]:
    """Where a concept stands in a normalised text, without hits that lie in longer ones."""
    hits = sorted(words(concept).find_all(text), key=lambda h: (h.start, -h.end))
    kept: list[tuple[int, int, str]] = []
    for hit in hits:
        if not any(hit.start < end and start < hit.end for start, end, _ in kept):
            kept.append((hit.start, hit.end, hit.key))
    return kept


def sold(sight: Sight, card: Seen) -> tuple[Figure, ...]:
    """How many were sold, as the card says it."""
    found: list[Figure] = []
    for line in lines(sight, card):
        text = normalise(line.text)
        for start, end, _ in _spans(text, "sold_count"):
            said = text[start:end]
            value = parse_count(said)
            if value is None:
                continue
            floor = bool(phrase("at_least_so_many").search(said)) or text[end : end + 1] == "+"
            slack = value * 0.1 if phrase("about_so_many").search(said) and not floor else 0.0
            label = re.sub(r"[\W\d]|约|超过?|件|单|份|笔|个|台", "", _DIGITS.sub("", said))
            found.append(Figure(value - slack, value * 10 if floor else value + slack, said, label, floor))
    return tuple(found)


_STARS = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


def ratings(sight: Sight, card: Seen) -> tuple[Figure, ...]:
    """Ratings of a card, `label` being their kind: rate (share of good ones), score, count (of reviews), credit. Read from text,
    else from the name or the classes of a picture of stars."""
    found: list[Figure] = []
    texts = [normalise(line.text) for line in lines(sight, card)]
    for text in texts:
        found += _rated(text)
    if not any(f.label in ("score", "rate") for f in found):
        for seen in sight.within(card.index):
            for text in (normalise(seen.name), normalise(f"{seen.classes} ")):
                if seen.shown and text and len(text) < 80:
                    found += [f for f in _rated(text) if f.label == "score"][:1]
    return tuple(found)


def rated(text: str) -> list[Figure]:
    """Ratings in a text, `label` being their kind as `ratings` has it."""
    return _rated(normalise(text))


def _rated(text: str) -> list[Figure]:
    found: list[Figure] = []
    for start, end, kind in _spans(text, "rating"):
        said = text[start:end]
        named = re.search(r"(star-rating|rating) (zero|one|two|three|four|five)", said)
        if named:
            value = float(_STARS[named[2]])
        elif kind == "count":
            count = parse_count(said)
            if count is None:
                continue
            floor = "+" in said
            slack = count * 0.1 if phrase("about_so_many").search(said) and not floor else 0.0
            found.append(Figure(count - slack, count * 10 if floor else count + slack, said, "count", floor))
            continue
        elif kind == "stars":
            value = float(len(re.findall(r"[★⭐]", said)))
        else:
            number = re.search(r"\d+(\.\d+)?", said)
            if number is None:
                continue
            value = float(number[0])
        found.append(Figure(value, value, said, "score" if kind == "stars" else kind))
    return found
