"""What home says of itself before anything is known: the language of the platform, and words that a search there may know."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from gongping.lexicon import normalise, phrase, words
from gongping.pages import cards, finding
from gongping.sight.model import Seen, Sight

_FUNCTIONS = (
    "login", "logout", "register", "cart", "account", "orders", "settings", "help", "rule_centre", "search", "menu", "city",
    "more_links", "app_download", "contact_page", "contact_online", "seller_join", "feedback", "notice_board", "licence_mark",
    "agreement_user", "agreement_rules", "agreement_privacy", "complaint", "ip_protection", "checkout", "add_to_cart", "buy_now",
    "next_page", "close", "popup_privacy", "consent_accept", "consent_reject", "guarantee", "reviews",
)  # fmt: skip
"""What a label of home may mean that is no kind of goods."""

_CJK = re.compile(r"[㐀-鿿]")
_TAG = re.compile(r"([a-z]{2,3})(-[A-Za-z0-9]+)*", re.I)


def language_of(sight: Sight) -> tuple[str, str]:
    """The language tag of a page, and what it was taken from: its text where that is Chinese, else what the page says of itself."""
    letters = re.findall(r"[^\W\d_]", sight.text)
    han = _CJK.findall(sight.text)
    said = sight.language.strip().replace("_", "-")
    if letters and len(han) > 0.25 * len(letters):
        if re.match(r"ja|ko", said, re.I):
            return said, f"the page says lang={said}"
        traditional = sum(normalise(c) != c for c in han)
        tag = "zh-TW" if traditional > 0.08 * len(han) else "zh-CN"
        return tag, "the text of home is Chinese"
    match = _TAG.fullmatch(said)
    if match and match[1].lower() != "zh":
        return f"{match[1].lower()}{said[len(match[1]) :]}", f"the page says lang={said}"
    if letters and sum(c.isascii() for c in letters) > 0.9 * len(letters):
        return "en", "the text of home is in Latin letters"
    return "", ""


def tongue(sight: Sight) -> int:
    """The place of a page's language in what a site's own search is asked: simplified Chinese, traditional, English."""
    tag = language_of(sight)[0]
    return 1 if tag in ("zh-TW", "zh-HK") else 0 if tag.startswith("zh") or not tag else 2


def primary(tag: str) -> str:
    """The language of a tag, without script and region."""
    return tag.partition("-")[0].lower()


def _titles(sight: Sight) -> list[str]:
    """What the goods on home are called."""
    return [c.title for group in cards.groups(sight)[:4] for c in cards.read_cards(sight, group)]


def goods_words(sight: Sight) -> Iterator[str]:
    """Words that home uses for what it sells, the likeliest first: short labels of links that stand in names of its goods, too."""
    titles = [normalise(title) for title in _titles(sight)]
    text = normalise(sight.text)
    scored: Counter[str] = Counter()
    order: dict[str, int] = {}
    for seen in finding.controls(sight):
        seen_label = sight.label_of(seen).strip()
        for label in _words_in(seen_label, lambda word: any(normalise(word) in title for title in titles)):
            plain = normalise(label)
            named = sum(plain in title for title in titles)
            # the name of one good is no kind of goods; a part of a label must stand for something by itself
            if plain in titles or (label != seen_label and not named):
                continue
            again = text.count(plain) > 1
            led = bool(re.search(r"cat|list|search|class|channel|kind|type", seen.href, re.I))
            leads = finding.region(sight, seen) == "nav" or led
            order.setdefault(label, len(order))
            scored[label] = max(scored[label], 3 * min(named, 5) + again + 2 * leads)
    yield from sorted((w for w, score in scored.items() if score >= 3), key=lambda w: (-scored[w], order[w]))


def _words_in(label: str, is_kind: Callable[[str], bool]) -> Iterator[str]:
    """A label as one or two kinds of goods: 手机, 手机/数码, "coffee & tea"; nothing where it says something else."""
    label = label.strip()
    if not label or len(label) > 24 or "\n" in label or _is_function(label):
        return
    parts = [p.strip() for p in re.split(r"[/、·,，&|]|\band\b", label) if p.strip()]
    if (
        len(parts) == 1 and re.fullmatch(r"[㐀-鿿]{4}", parts[0]) and not is_kind(parts[0])
    ):  # 手机数码: most often two kinds side by side
        parts += [parts[0][:2], parts[0][2:]]
    for part in parts[:3]:
        chinese, latin = re.fullmatch(r"[㐀-鿿]{2,4}", part), re.fullmatch(r"[A-Za-z]{3,14}( [A-Za-z]{3,14})?", part)
        if (chinese or latin) and not phrase("no_kind_of_goods").search(part):
            yield part


def _is_function(label: str) -> bool:
    return any(words(c).match(label) for c in _FUNCTIONS)


def search_words(sight: Sight, fields: Iterable[Seen]) -> Iterator[str]:
    """Words to search for, the likeliest first: kinds of goods; what links search for; the example in the search field; what names of
    goods have in common; the name of a good, which finds at least itself."""
    titles = list(dict.fromkeys(title.strip() for title in _titles(sight)))
    found = (
        *goods_words(sight),
        *_searched_by_links(sight),
        *(word for field in fields for word in _example(field.placeholder)),
        *_common(titles),
        *sorted((t for t in titles if 2 <= len(t) <= 20), key=len)[:1],
    )
    yield from dict.fromkeys(found)


def _searched_by_links(sight: Sight) -> Iterator[str]:
    """Labels of links that carry their own words in the address, as hot words beside a search field do."""
    for seen in finding.controls(sight):
        label = normalise(sight.label_of(seen).strip())
        if (
            not seen.href
            or not 2 <= len(label) <= 24
            or phrase("no_kind_of_goods").search(label)
            or _is_function(label)
        ):
            continue
        parts = urlsplit(seen.href)
        route, _, asked = parts.fragment.partition("?")
        carried = [value for _, value in (*parse_qsl(parts.query), *parse_qsl(asked))]
        carried += [
            unquote(part)
            for path in (parts.path, route)
            if re.search(r"search|find|query|so/", path)
            for part in path.split("/")
        ]
        if label in map(normalise, carried):
            yield sight.label_of(seen).strip()


def _example(placeholder: str) -> Iterator[str]:
    """What a field gives as an example: 如重庆, "e.g. red shoes", 搜搜看 保温杯."""
    said = phrase("gives_example").search(placeholder)
    example = said[said.lastindex or 0].strip(" …:：“”\"'。.") if said else ""
    for part in re.split(r"[、,，/|或]| or ", example):
        if 2 <= len(part.strip()) <= 20:
            yield part.strip()


def _common(titles: list[str]) -> Iterator[str]:
    """What the names of several goods have in common, in the most of them first: a word, or two to four characters."""
    counted: Counter[str] = Counter()
    last: Counter[str] = Counter()
    for title in titles:
        plain = re.split(r"[,，(（/|–—]| - | (?:in|with|for|by|from) ", title.lower())[0]  # what follows is a variant
        latin = re.findall(r"(?<![^\W\d_])[a-z]{3,14}(?![^\W\d_])", plain)
        parts = set(latin)
        for run in re.findall(r"[㐀-鿿]+", plain):
            parts |= {run[i : i + n] for n in (2, 3, 4) for i in range(len(run) - n + 1)}
            last[run[-2:]] += 1
        last.update(latin[-1:])
        counted.update(parts)
    several = [w for w, n in counted.items() if n >= 2 and not phrase("no_kind_of_goods").search(w)]
    whole = [w for w in several if not any(w != v and w in v and counted[v] >= counted[w] for v in several)]
    yield from sorted(whole, key=lambda w: (-counted[w] - 2 * bool(last[w]), w))[:3]
