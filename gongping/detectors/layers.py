"""What a layer over a page is for, and how its closing control looks. Pure: observations in, measurements out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PIL import Image

from gongping.detectors.conspicuousness import luminance
from gongping.lexicon import normalise, words
from gongping.observations.layers import Form, Kind, Trial

_CAMPAIGN = re.compile(
    r"campaign|promo(tion)?s?([-_/.?]|$)|activit|huodong|coupon|voucher|lottery|redpacket|hongbao|sale([-_/.?]|$)|(^|[-_/.?&])(ads?|act|deal|offer)s?([-_/.=?]|$)",
    re.I,
)
"""Addresses and names that campaigns have. (Convention; a sign beside others, never alone for an overlay with words.)"""

_NOISE = 18
"""Difference (0..255, largest channel) from which on a pixel was painted by the control: above screenshot noise (convention)."""

_STROKES = 0.04
"""Share of the changed pixels, the strongest ones, taken for the strokes of a close mark: a 2-px cross in a 34-px disc has about
ten times that (convention)."""


@dataclass(frozen=True)
class LayerFacts:
    """What was read of a layer, enough to say what it is for. `labels` are the short texts in it, each an element's own;
    `links` lead to other pages; `picture` is the share of the panel that its largest clickable picture fills."""

    form: Form
    text: str
    labels: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    picture: float = 0.0
    controls: int = 0
    fields: tuple[str, ...] = ()
    machine: str = ""


def classify(facts: LayerFacts) -> tuple[Kind, str]:
    """What the layer is for, and why. `doubtful` where it may be an advertisement and may be not."""
    text = facts.text
    if any(words("ad_label_exact").match(x) for x in facts.labels) and not words("ad_placement_vacant").contains(text):
        return "ad", "标有“广告”"
    said = {normalise(h.word): h for h in words("ad_creative").find_all(text)}
    calls = [w for w in said if words("ad_call").match(w)]
    plain = normalise(text)
    offers = [plain[h.start : h.end] for w, h in said.items() if w not in calls]
    other = words("popup_non_ad").find_all(text)
    key = other[0].key if other else next((k for k, name in _NAMED.items() if words(name).contains(text)), "")
    if not key and {"password", "code"} & set(facts.fields):
        key = "login"
    campaign = any(_CAMPAIGN.search(x) for x in facts.links) or bool(_CAMPAIGN.search(facts.machine))
    if facts.form in ("bar", "rail"):
        return _along_an_edge(offers, campaign, key)
    if facts.form == "float":
        return _float(facts, offers, campaign, key)
    if key:
        return _other(facts, offers, key)
    called = f"含促销用语“{'、'.join(offers[:3])}”"
    if offers and (facts.links or facts.picture > 0.05 or facts.controls > 1 or len(offers) > 1):
        return "ad", called
    if facts.fields and offers:
        return "ad", f"{called}并索要联系方式"
    if facts.picture >= 0.3 and len(text) < 60:
        return ("ad", "整幅可点击的图片") if facts.links or campaign else ("doubtful", "整幅可点击的图片，去向不明")
    if calls and campaign:
        return "ad", f"链接到活动页，含“{calls[0]}”"
    if offers:
        return "doubtful", called
    if calls and (facts.links or facts.picture > 0.3):
        return "doubtful", f"含“{calls[0]}”，没有促销用语"
    return "other", "没有促销用语、活动链接或图片链接"


def _along_an_edge(offers: list[str], campaign: bool, key: str) -> tuple[Kind, str]:
    if offers and campaign and not key:
        return "doubtful", f"页边横条，含“{offers[0]}”"
    return "other", "页边的横条或侧栏"


def _float(facts: LayerFacts, offers: list[str], campaign: bool, key: str) -> tuple[Kind, str]:
    """A small thing at the side: toolbars have many controls, a floating advertisement has a picture or an offer that leads to one."""
    if facts.controls > 4:
        return "other", f"有 {facts.controls} 个控件的工具条"
    if key and (not offers or key in ("chat", "cookie", "privacy", "captcha", "app", "shop")):
        return _kind(key), "浮动的功能入口"
    if not (facts.links or facts.controls):
        return "other", "没有链接的浮动提示"
    if offers and (campaign or facts.picture > 0.2):
        return "ad", f"浮动广告，含“{offers[0]}”"
    if campaign and facts.picture > 0.2:
        return "ad", "浮动图片，链接到活动页"
    if offers and facts.links:
        return "doubtful", f"浮动入口，含“{offers[0]}”"
    return "other", "浮动的功能入口"


def _other(facts: LayerFacts, offers: list[str], key: str) -> tuple[Kind, str]:
    kind = _kind(key)
    if kind in ("captcha", "cookie"):
        return kind, "按用语识别"
    if kind == "login" and {"password", "tel", "code"} & set(facts.fields):
        return kind, "登录框"
    if len(offers) >= 2 or (offers and kind in ("app", "login", "notification", "notice")):
        return "doubtful", f"{kind} 类弹层，但含促销用语“{'、'.join(offers[:3])}”"
    return kind, "按用语识别"


_NAMED = {
    "cookie": "popup_cookie", "login": "popup_login", "city": "popup_city", "age": "popup_age", "privacy": "popup_privacy", "app": "popup_app_download",
    "chat": "popup_chat",
}  # fmt: skip
"""Concepts that name a kind of layer by single words; popup_non_ad has the turns of phrase."""

_KINDS: dict[str, Kind] = {
    k: k
    for k in (
        "cookie",
        "privacy",
        "login",
        "city",
        "age",
        "app",
        "chat",
        "captcha",
        "terms",
        "notification",
        "shop",
        "notice",
    )
}


def _kind(key: str) -> Kind:
    return _KINDS.get(key, "other")


def popup_key(structure: str, kind: Kind, form: Form, text: str, picture: str) -> str:
    """What makes a popup one and the same when it comes again: its structure where that has names, else its words and picture.
    Digits are left out: counters and generated names change."""
    plain = re.sub(r"[\d\s]+", "", f"{structure}")
    named = re.search(r"[#.][a-zA-Z][\w-]{2,}", structure)
    words_of_it = re.sub(r"[\d\s]+", "", normalise(text))[:40]
    return f"{kind}/{form}/" + (plain[:160] if named else f"{words_of_it}|{picture.rsplit('/', 1)[-1][:60]}")


def strokes_contrast(shot: Image.Image, without: Image.Image) -> tuple[float | None, float]:
    """Contrast of a drawn control against what lies behind it, and the share of pixels that it paints.

    `shot` shows the control, `without` the same pixels with the control transparent. The contrast is the smaller of two: the
    strongest strokes against what is behind them, and the darkest and lightest tone inside the control (a disc without a visible
    cross on it has only one). None where it paints nothing that differs.
    """
    a = np.asarray(shot.convert("RGB"), dtype=np.float64)
    b = np.asarray(without.convert("RGB"), dtype=np.float64)
    if a.shape != b.shape or a.size == 0:
        return None, 0.0
    mask = np.abs(a - b).max(axis=2) >= _NOISE
    share = float(mask.mean())
    if mask.sum() < 6:
        return None, round(share, 3)
    la, lb = luminance(a), luminance(b)
    ratio = (np.maximum(la, lb) + 0.05) / (np.minimum(la, lb) + 0.05)
    strongest = np.sort(ratio[mask])[::-1]
    behind = float(strongest[: max(6, int(mask.sum() * _STROKES))].mean())
    width, height = shot.size
    core = shot.crop(
        (int(width * 0.22), int(height * 0.22), max(int(width * 0.78), 2), max(int(height * 0.78), 2))
    )  # inside a disc
    tones = np.percentile(luminance(np.asarray(core.convert("RGB"), dtype=np.float64).reshape(-1, 3)), [1, 99])
    inner = float((tones[1] + 0.05) / (tones[0] + 0.05))
    return round(min(behind, inner), 2), round(share, 3)


def by_popup(trials: Iterable[Trial]) -> dict[str, list[Trial]]:
    """Trials by popup, in order of appearance."""
    found: dict[str, list[Trial]] = {}
    for trial in trials:
        found.setdefault(trial.layer.key, []).append(trial)
    return found
