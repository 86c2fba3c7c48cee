"""Signs that an item is paid for, as machines leave them: addresses, attributes, class names, page data, reports of impressions.

A sign has a source (where it was found). Signs of one source are never independent of each other. Some are weak: they also
occur on what nobody paid for (a campaign may be a sale, a fixed rank an editor's choice).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from gongping.lexicon import normalise, words
from gongping.observations.ads import DataRecord
from gongping.sight.model import Seen, Sight

Source = Literal["address", "attribute", "class", "campaign", "data", "request", "twin", "rank", "label"]

_WEAK_KEYS = ("campaign", "bidding")
_FALSY = frozenset(
    ["0", "-1", "false", "no", "n", "none", "null", "nil", "undefined", "off", "organic", "natural", "nan", "[]", "{}"]
) | {""}
_NOT_IDENT = re.compile(
    r"^(page|pos|position|rank|index|idx|i|n|t|ts|time|slot|width|height|w|h|v|r|rnd|random|q|query|keyword|sort)$",
    re.I,
)


@dataclass(frozen=True)
class Sign:
    """One sign that an item is paid for. `what` says it in the page's own terms; `mark` tells signs of one kind apart."""

    source: Source
    what: str
    mark: str
    weak: bool = False
    faint: bool = False
    """Weak, and on its own not worth a person's time."""


def truthy(value: object) -> bool:
    """Whether a value switches something on: not false, 0, none, organic. An attribute without a value does."""
    if isinstance(value, bool):
        return value
    return value is not None and str(value).strip().lower() not in _FALSY


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).replace("__", "-").lower()


def ad_word(name: str) -> str:
    """The kind of ad sign that a name of a machine is ("flag", "campaign", ...); "" where it is none."""
    hit = words("ad_signal").match(f"{_kebab(name)}=1")
    return (hit.key or "sponsored") if hit else ""


def says_ad(name: str) -> bool:
    """Whether a name of a field, an attribute or a class says advertisement."""
    return bool(ad_word(name))


def address_signs(href: str) -> list[Sign]:
    """Signs in where a click leads: an ad host, a click counter, the keys and values of its query."""
    if not href.startswith("http"):
        return []
    parts = urlsplit(href)
    found: list[Sign] = []
    if words("ad_host").match(parts.hostname or ""):
        found.append(Sign("address", f"链接经过广告主机 {parts.hostname}", f"host:{parts.hostname}"))
    for segment in parts.path.split("/"):
        if segment and words("ad_address").match(_kebab(unquote(segment)).rsplit(".", 1)[0]):
            found.append(Sign("address", f"链接经过 {parts.path[:60]}", f"path:{segment}"))
            break
    for key, value in parse_qsl(parts.query, keep_blank_values=False):
        kind = ad_word(key)
        if kind and truthy(value):
            weak = kind in _WEAK_KEYS
            found.append(Sign("campaign" if weak else "address", f"链接参数 {key}={value[:24]}", f"key:{key}", weak))
        elif len(value) < 20 and words("ad_address").match(value):
            found.append(Sign("address", f"链接参数 {key}={value}", f"value:{key}={value}"))
    return found


def _attribute_signs(seen: Seen) -> Iterator[Sign]:
    for name, value in seen.machine.items():
        kind = ad_word(re.sub(r"^data-", "", name))
        if kind and (truthy(value) or value == ""):
            weak = kind in _WEAK_KEYS
            yield Sign("campaign" if weak else "attribute", f'属性 {name}="{value[:24]}"', f"attribute:{name}", weak)
            continue
        for key, inner in re.findall(r"[\"']?([A-Za-z_][\w-]{1,24})[\"']?\s*[:=]\s*[\"']?([^\"',;&{}]*)", value):
            kind = ad_word(key)
            if kind and truthy(inner):
                weak = kind in _WEAK_KEYS
                yield Sign(
                    "campaign" if weak else "attribute",
                    f"属性 {name} 中的 {key}={inner[:24]}",
                    f"attribute:{name}.{key}",
                    weak,
                )


def _class_signs(seen: Seen) -> Iterator[Sign]:
    for token in (*seen.classes.split(), seen.ident):
        kind = ad_word(token) if token else ""
        if kind and kind not in _WEAK_KEYS:
            stem = re.sub(r"[-_]?\d+$", "", token)
            yield Sign("class", f"类名 {token}", f"class:{stem}")


def part_signs(part: Seen) -> Iterator[Sign]:
    yield from _attribute_signs(part)
    yield from _class_signs(part)
    yield from address_signs(part.href)
    if part.src.startswith("http") and words("ad_host").match(urlsplit(part.src).hostname or ""):
        yield Sign("request", f"内容来自广告主机 {urlsplit(part.src).hostname}", f"src:{urlsplit(part.src).hostname}")


def settled(signs: Iterable[Sign]) -> tuple[Sign, ...]:
    """One sign of each kind. A campaign number in the address of a click counter is the same sign as the counter."""
    kept = list({s.mark: s for s in signs}.values())
    if any(s.source == "address" for s in kept):
        kept = [s for s in kept if not (s.source == "campaign" and s.mark.startswith("key:"))]
    return tuple(kept)


def identities(key: str, sight: Sight, scope: Seen) -> set[str]:
    """Values by which a report of an impression may name the item."""
    found = {key.rsplit("/", 1)[-1]}
    for part in sight.within(scope.index):
        found |= {
            v
            for k, v in part.machine.items()
            if 2 <= len(v) <= 40 and re.search(r"id$|[-_]id|^data-(ad|sku|item|goods|nid)", k, re.I)
        }
        found |= {v for k, v in parse_qsl(urlsplit(part.href).query) if re.search(r"id$", k, re.I) and len(v) >= 2}
    return {v for v in found if len(v) >= 2}


def reports_of(requests: Sequence[str]) -> list[tuple[str, set[str]]]:
    """Requests that report that an advertisement was shown, with the values that they carry."""
    found = []
    for url in requests:
        parts = urlsplit(url)
        strong = any(not s.weak for s in address_signs(url))
        if strong and (words("ad_beacon").match(_kebab(parts.path)) or words("ad_host").match(parts.hostname or "")):
            values = {
                v for k, joined in parse_qsl(parts.query) if not _NOT_IDENT.match(k) for v in re.split(r"[,|;]", joined)
            }
            found.append((f"{parts.hostname}{parts.path}"[:60], values | set(parts.path.split("/"))))
    return found


def record_sign(name: str, key: str, records: Sequence[DataRecord]) -> Sign | None:
    """What the page's own data says about the item."""
    title = normalise(name)
    for record in records:
        said = normalise(record.title)
        same_title = len(said) >= 4 and (said == title or said in title or (len(title) >= 8 and title in said))
        same_address = (
            bool(record.address)
            and key
            and urlsplit(record.address).path.rstrip("/") == "/" + key.partition("/")[2].split("?")[0]
        )
        if same_title or same_address:
            strong = [f for f in record.fields if ad_word(f) not in _WEAK_KEYS]
            return Sign("data", f"页面数据字段 {'、'.join(record.fields[:3])}", "data", weak=not strong)
    return None
