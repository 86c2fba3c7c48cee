"""Layers that cover a page: finding them, reading what they are for, and passing them as a person would."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any
from urllib.parse import urldefrag

from playwright.sync_api import ElementHandle
from playwright.sync_api import Error as PlaywrightError

from gongping.consumer.consumer import Consumer
from gongping.consumer.guard import Effect, Refused
from gongping.consumer.walls import Wall
from gongping.detectors.layers import LayerFacts, classify, popup_key
from gongping.lexicon import phrase, words
from gongping.observations.layers import Form, LayerSeen, Strength
from gongping.pages import finding
from gongping.sight.look import Live
from gongping.sight.model import Box, Seen, Sight

_LAYERS = (files("gongping.sight") / "layers.js").read_text(encoding="utf-8")

_NEAR = 120
"""CSS px: a control so near to a layer's panel, on a mask, belongs to it (a round × hangs below the picture)."""
_NEAR_UNMASKED = 40

_COVERS = 0.08
"""Share of the view from which on a layer of a sight counts as in the way (convention)."""

_SMALL = 96
"""CSS px: a closing control is at most so large on both sides; what is larger is the layer itself (convention)."""


@dataclass(frozen=True)
class Layer:
    """A layer as the page has it now. `panel` is what it paints, in the coordinates of the top document."""

    index: int
    form: Form
    panel: Box
    share: float
    centre: bool
    top: float
    mask: bool
    z: int
    text: str
    sig: str


@dataclass(frozen=True)
class Overview:
    """All layers of a page, the undermost first; masks without content; whether the page is kept from scrolling."""

    layers: tuple[Layer, ...]
    masks: tuple[int, ...]
    blocking: bool
    locked: bool
    standing: tuple[bool, ...] = ()

    def find(self, sig: str, form: Form | None = None) -> Layer | None:
        """The layer with that structure."""
        return next((x for x in reversed(self.layers) if x.sig == sig and form in (None, x.form)), None)

    @property
    def overlays(self) -> list[Layer]:
        """Those that cover the page, topmost first."""
        return sorted((x for x in self.layers if x.form == "overlay"), key=lambda x: (-round(x.top), -x.z, -x.index))


def overview(consumer: Consumer, live: Live | None = None, elements: Sequence[ElementHandle] = ()) -> Overview:
    """The layers now, their indexes those of the walk of `live`; `standing` says which of `elements` still paint or block.
    Raises playwright's Error where the document is gone."""
    handle = live._handles[0][0] if live else None
    raw: dict[str, Any] = json.loads(consumer.page.main_frame.evaluate(_LAYERS, [handle, list(elements)]))
    scroll = live.sight.scroll if live else (0.0, 0.0)
    found = tuple(
        Layer(
            x["i"],
            x["kind"],
            Box(*x["panel"]).moved(*scroll),
            x["share"],
            x["centre"],
            x["top"],
            x["mask"],
            x["z"],
            x["text"],
            x["sig"],
        )
        for x in raw["layers"]
    )
    masks = [m for m in raw["masks"] if m["alpha"] > 0.05 or m["blocks"]]
    return Overview(
        found, tuple(m["i"] for m in masks), any(m["blocks"] for m in masks), raw["locked"], tuple(raw["standing"])
    )


def layers(sight: Sight) -> list[Seen]:
    """Outermost fixed or modal elements of a sight that cover part of the view, the topmost last: for what has no live page any more."""
    width, height = sight.viewport
    found: list[Seen] = []
    for s in sight.elements:
        if not s.shown or not (s.fixed == "fixed" or s.modal or s.role in ("dialog", "alertdialog")):
            continue
        parts = [d for d in sight.within(s.index) if d.shown]
        covered = max((d.box.area for d in parts if d.background or d.tag == "img" or d.background_image), default=0.0)
        if covered / (width * height) < _COVERS or not any(d.words or d.tag == "img" for d in parts):
            continue
        top = s.box.y - sight.scroll[1]
        if s.box.width >= width * 0.9 and s.box.height < 140 and (top < 5 or top + s.box.height > height - 5):
            continue  # a header or a bottom bar
        if not {x.index for x in sight.ancestors(s.index)} & {f.index for f in found}:
            found.append(s)
    return found


def pool(view: Overview, layer: Layer) -> list[Layer]:
    """The layer with what belongs to it but is lifted on its own: a × that is a sibling of the picture, on the same mask."""
    near = _NEAR if layer.mask or view.masks else _NEAR_UNMASKED
    own = [layer]
    for x in view.layers:
        if x is layer or x.form in ("bar", "rail") or x.top < 0.4 or x.panel.area > 0.5 * layer.panel.area:
            continue
        if x.panel.gap(layer.panel) <= near and x.panel.width <= max(_SMALL, 0.8 * layer.panel.width) and not x.mask:
            own.append(x)
    return own


def inside(sight: Sight, group: Iterable[Layer]) -> list[Seen]:
    """Everything visible in the layers of a group, frames in them too."""
    return [s for x in group if x.index >= 0 for s in sight.within(x.index) if s.shown]


def _leads_away(seen: Seen, url: str) -> bool:
    return seen.href.startswith("http") and urldefrag(seen.href)[0] != urldefrag(url)[0]


def read(sight: Sight, view: Overview, layer: Layer) -> tuple[LayerFacts, tuple[str, ...], str]:
    """What is read of a layer; the parts that can't be read (a frame of another origin, a canvas); its picture's address."""
    group = pool(view, layer)
    parts = inside(sight, group)
    text = "\n".join(t for t in (sight.text_of(x.index) for x in group if x.index >= 0) if t)
    alts = [s.name for s in parts if s.tag == "img" and s.name]
    links = tuple(dict.fromkeys(s.href for s in parts if _leads_away(s, sight.url)))
    whole = max(layer.panel.area, 1.0)
    pictures = [
        s for s in parts if s.box.area > 900 and (s.tag in ("img", "canvas", "video", "svg") or s.background_image)
    ]
    clickable = [
        s
        for s in pictures
        if s.operable
        or any(a.operable for a in sight.ancestors(s.index))
        or any(d.operable for d in sight.within(s.index))
    ]
    best = max(clickable, key=lambda s: s.box.area, default=None)
    controls = {
        s.href or str(s.index) for s in parts if s.operable and not any(a.operable for a in sight.ancestors(s.index))
    }
    fields = tuple(
        "code" if words("challenge_code").match(s.name or s.placeholder) else s.kind or "text"
        for s in parts
        if s.role in ("textbox", "searchbox", "spinbutton") or s.kind == "password"
    )
    machine = " ".join(
        f"{s.ident} {s.classes} {' '.join(f'{k}={v}' for k, v in s.machine.items())}" for s in parts[:60]
    )
    unread = [s for s in parts if s.tag == "iframe" and not sight.children.get(s.index)] + [
        s for s in parts if s.tag in ("canvas", "object", "embed") and s.box.area > 0.3 * whole
    ]
    facts = LayerFacts(
        form=layer.form,
        text=" ".join([text, *alts]).strip(),
        labels=tuple(dict.fromkeys(x for x in [*(s.words for s in parts), *alts] if x and len(x) <= 12)),
        links=links,
        picture=round(min(1.0, best.box.intersection(layer.panel).area / whole), 2) if best else 0.0,
        controls=len(controls),
        fields=fields,
        machine=machine[:2000],
    )
    picture = next((s.src or s.background_image for s in parts if s.src or s.background_image), "")
    return facts, tuple(f"{s.tag} {s.src[:80]}".strip() for s in unread), picture


def describe(live: Live, view: Overview, layer: Layer, *, place: str, trigger: str) -> LayerSeen:
    """The layer as an observation."""
    sight = live.sight
    facts, unread, picture = read(sight, view, layer)
    kind, why = classify(facts)
    root = sight.elements[max(layer.index, 0)]
    return LayerSeen(
        seen=replace(root, box=layer.panel),
        key=popup_key(layer.sig, kind, layer.form, facts.text, picture),
        place=place,
        form=layer.form,
        kind=kind,
        why=why,
        text=re.sub(r"\s+", " ", facts.text)[:300],
        panel=layer.panel,
        share=layer.share,
        mask=layer.mask or bool(view.masks),
        trigger=trigger,
        locked=view.locked,
        links=facts.links[:6],
        opaque_parts=unread,
    )


@dataclass(frozen=True)
class Closer:
    """A control that may close a layer: `glyph` is what a person sees of it, `control` what takes the click."""

    glyph: Seen
    control: Seen
    label: str
    strength: Strength
    why: str
    link: str = ""
    gated: bool = False


_ORDER: dict[Strength, int] = {"mark": 0, "shape": 1, "words": 2, "grudging": 3}


def closers(live: Live, view: Overview, layer: Layer) -> list[Closer]:
    """Controls that may close the layer, the likeliest first; those that lead to the advertisement last."""
    sight = live.sight
    found: dict[int, Closer] = {}
    for s in inside(sight, pool(view, layer)):
        said = _says(sight, s, layer)
        if said is None:
            continue
        strength, why, gated = said
        control = _control(sight, s, layer)
        link = next((a.href for a in (control, *sight.ancestors(control.index)) if _leads_away(a, sight.url)), "")
        closer = Closer(s, control, sight.label_of(s)[:40] or why, strength, why, link, gated or control.disabled)
        known = found.get(control.index)
        if known is None or (_ORDER[strength], -s.index) < (_ORDER[known.strength], -known.glyph.index):
            found[control.index] = closer
    corner = (layer.panel.right, layer.panel.y)
    return sorted(
        found.values(),
        key=lambda c: (c.gated, bool(c.link) and not _own_handler(c), _ORDER[c.strength], _away(c.glyph.box, corner)),
    )


def _own_handler(closer: Closer) -> bool:
    return closer.control.listens or closer.control.role == "button" or closer.control.tag == "button"


def _away(box: Box, corner: tuple[float, float]) -> float:
    x, y = box.centre
    return round(float(((x - corner[0]) ** 2 + (y - corner[1]) ** 2) ** 0.5))


def _says(sight: Sight, s: Seen, layer: Layer) -> tuple[Strength, str, bool] | None:
    """What a visible element says about closing: strength, why, and whether it says not yet. None where it says nothing."""
    if s.tag in ("#text", "iframe", "html", "body") or s.box.area < 9 or s.box.height > _SMALL:
        return None
    label = sight.label_of(s)[:60]
    if len(label) > 40 or s.box.width > max(220.0, 0.96 * layer.panel.width):
        return None
    if label:
        return _says_in_words(sight, s, label)
    if s.box.width > _SMALL or s.tag in ("input", "select", "textarea", "canvas", "video"):
        return None
    named = re.search(finding.MAKERS_WORDS["close"], finding.makers(s), re.I)
    if named and (
        s.tag in ("svg", "img", "i", "span", "button", "a", "em", "b")
        or s.operable
        or s.background_image
        or _small_operable(sight, s)
    ):
        return "shape", f"无文字的图标，名为“{named[0].strip('-_ ')}”", False
    if _looks_like_a_corner_icon(sight, s, layer):
        return "shape", "角上的方形图标", False
    return None


def _says_in_words(sight: Sight, s: Seen, label: str) -> tuple[Strength, str, bool] | None:
    gate = any(h.key == "gate" for h in words("countdown").find_all(label))
    if words("close_mark").match(label):
        return "mark", f"“{label}”", False  # 跳过 5s may well close now: the click tells
    if gate and len(label) <= 16:
        return "mark", f"“{label}”", True
    active = s.operable or any(a.operable for a in list(sight.ancestors(s.index))[:2])
    if not active:
        return None
    if words("close_grudging").match(label):
        return "grudging", f"“{label}”", False
    hit = words("close").match(label)
    if hit and hit.how == "exact":
        return "words", f"“{label}”", False
    named = re.search(finding.MAKERS_WORDS["close"], finding.makers(s), re.I) if len(label) <= 2 else None
    return ("shape", f"“{label}”，名为“{named[0]}”", False) if named else None


def _small_operable(sight: Sight, s: Seen) -> bool:
    return any(
        a.operable and a.box.width <= _SMALL and a.box.height <= _SMALL for a in list(sight.ancestors(s.index))[:2]
    )


def _looks_like_a_corner_icon(sight: Sight, s: Seen, layer: Layer) -> bool:
    w, h = s.box.width, s.box.height
    if not (8 <= w <= 72 and 8 <= h <= 72 and 0.6 <= w / h <= 1.7) or not (s.operable or _small_operable(sight, s)):
        return False
    panel, (x, y) = layer.panel, s.box.centre
    reach = max(36.0, 0.12 * min(panel.width, panel.height))
    at_top = abs(y - panel.y) <= reach and min(abs(x - panel.right), abs(x - panel.x)) <= reach
    below = abs(x - panel.centre[0]) <= 40 and panel.bottom - 80 <= y <= panel.bottom + _NEAR and panel.height > 160
    return at_top or below


def _control(sight: Sight, s: Seen, layer: Layer) -> Seen:
    """The highest small element around the glyph that takes clicks; the glyph itself where none says so."""
    best = s
    for a in sight.ancestors(s.index):
        if a.index == layer.index or a.box.width > max(_SMALL, s.box.width + 40) or a.box.height > _SMALL:
            break
        if a.operable and a.box.area > 0:
            best = a
    return best


# -- passing ----------------------------------------------------------------------------------------------------------------


def press(consumer: Consumer, element: ElementHandle) -> bool:
    """A real click (tap on touch devices) in the middle of what is visible of an element. False where it has no box in the view."""
    box = element.bounding_box()
    if not box or box["width"] < 1 or box["height"] < 1:
        return False
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    press_at(consumer, x, y)
    return True


def press_at(consumer: Consumer, x: float, y: float) -> None:
    """A real click or tap at a point of the view."""
    if consumer.device.touch:
        consumer.page.touchscreen.tap(x, y)
    else:
        consumer.page.mouse.click(x, y)


def gone(consumer: Consumer, elements: Sequence[ElementHandle], cap_ms: float) -> bool:
    """Waits until none of the elements paints or blocks any more, at most `cap_ms`. A document that went away counts as gone."""
    waited = 0.0
    while True:
        try:
            if not any(overview(consumer, elements=elements).standing):
                return True
        except PlaywrightError:
            return True
        if waited >= cap_ms:
            return False
        consumer.page.wait_for_timeout(50)
        waited += 50


def pass_layers(consumer: Consumer) -> bool:
    """Closes the topmost layer in the way: by its close mark, by refusing, by choosing what a place or an age gate asks for, by
    accepting a notice, by Escape or a click beside it. Never clicks what commits. True where a layer is gone."""
    try:
        live = consumer.look("popup", pictures="none")
        view = overview(consumer, live)
    except (Wall, PlaywrightError):
        return False
    in_way = view.overlays + [x for x in view.layers if x.form in ("float", "bar") and x.top > 0.4]
    return any(_pass(consumer, live, view, layer) for layer in in_way if layer.index >= 0)


_STAGES = 2
"""Times that a layer may turn into another question (确定要放弃吗？) before it counts as one that stays (convention)."""


def _turned(consumer: Consumer, said: str, stage: int) -> bool:
    """Passes what a layer has turned into after it was closed: it says something else than `said`. False where nothing turned."""
    if stage >= _STAGES:
        return False
    try:
        live = consumer.look("popup", pictures="none")
        view = overview(consumer, live)
    except (Wall, PlaywrightError):
        return False
    fresh = [x for x in view.overlays if x.index >= 0 and live.sight.text_of(x.index) != said]
    return any(_pass(consumer, live, view, layer, stage) for layer in fresh[:1])


def _pass(consumer: Consumer, live: Live, view: Overview, layer: Layer, stage: int = 0) -> bool:
    seen = describe(live, view, layer, place="popup", trigger="")
    root = [live.element(live.sight.elements[layer.index])]
    for control, what in _ways_out(live, view, layer, seen):
        label = live.sight.label_of(control)
        if words("commitment").match(label) or not control.shown:
            continue
        if _try(
            consumer,
            f"pass a layer ({seen.kind}): {what}",
            lambda c=control: press(consumer, live.element(c)),
            control,
            label,
        ) and (gone(consumer, root, 1200) or _turned(consumer, live.sight.text_of(layer.index), stage + 1)):
            return True
    if layer.form != "overlay":
        return False
    if _try(consumer, "pass a layer: Escape", lambda: consumer.page.keyboard.press("Escape")) and gone(
        consumer, root, 600
    ):
        return True
    width, height = live.sight.viewport
    spot = _beside(layer.panel.moved(-live.sight.scroll[0], -live.sight.scroll[1]), width, height)
    if (
        spot
        and seen.mask
        and _try(consumer, "pass a layer: click beside it", lambda: press_at(consumer, *spot))
        and gone(consumer, root, 600)
    ):
        return True
    consumer.journal.note("layer-stays", kind=seen.kind, text=seen.text[:80], url=consumer.page.url)
    return False


def _try(consumer: Consumer, what: str, act: Any, control: Seen | None = None, label: str = "") -> bool:
    """Acts under the guard; False where it was refused or could not be done."""
    try:
        if control is not None:
            consumer.guard.check_control(control, label, Effect.SESSION)
        with consumer.acting(what, Effect.SESSION):
            act()
        consumer.settle(1500)
    except (Refused, PlaywrightError, LookupError, Wall) as error:
        consumer.journal.note("layer-stays", what=what, error=str(error).splitlines()[0])
        return False
    return True


def _ways_out(live: Live, view: Overview, layer: Layer, seen: LayerSeen) -> list[tuple[Seen, str]]:
    """Controls that get a person past a layer, the least consequential first."""
    sight = live.sight
    candidates = [s for s in inside(sight, pool(view, layer)) if s.operable and not s.disabled]
    safe = [s for s in candidates if not _leads_away(s, sight.url)]
    ways = [(c.control, c.label) for c in closers(live, view, layer) if not (c.link or c.gated)]
    concepts = ["consent_reject", "retention_leave"]
    if seen.kind in ("cookie", "privacy", "terms", "age"):
        concepts += ["age_gate", "consent_accept"]
    for concept in concepts:
        ways += [(c.seen, c.label) for c in finding.find(sight, concept, among=safe)[:2]]
    short = [(s, sight.label_of(s)) for s in candidates if 0 < len(sight.label_of(s)) <= 12]
    if seen.kind == "app":
        ways += [(s, x) for s, x in short if phrase("stays_in_browser").search(x)]
    if layer.form == "overlay" and seen.kind in ("city", "other"):
        ways += [(s, x) for s, x in short if words("enter_site").match(x)]
    if layer.form == "overlay" and (seen.kind == "city" or (seen.kind == "other" and _is_language_gate(short))):
        short = [(s, x) for s, x in short if s.role not in _FIELDS]
        ways += [(s, x) for s, x in short if words("close_ambiguous").match(x) and x not in ("取消", "返回")]
        mine = phrase("tongue_or_city_of_zh" if sight.language.startswith("zh") else "tongue_or_country_of_en")
        ways += [(s, x) for s, x in short if mine.match(x)] + short[:1]
    if layer.form == "overlay" and seen.kind in ("notice", "notification", "terms"):
        ways += [(s, x) for s, x in short if words("close_ambiguous").match(x) and s in safe]
    return list({s.index: (s, x) for s, x in reversed(ways)}.values())[::-1]


_FIELDS = ("combobox", "listbox", "option", "textbox", "searchbox")
"""Roles in which something is chosen and nothing is passed."""


def _is_language_gate(short: list[tuple[Seen, str]]) -> bool:
    return sum(bool(phrase("names_a_tongue").match(x)) for _, x in short) >= 2


def _beside(panel: Box, width: float, height: float) -> tuple[float, float] | None:
    """A point of the view beside a panel, on its mask."""
    for x, y in ((width * 0.5, height - 12.0), (12.0, height * 0.5), (width - 12.0, height * 0.5), (width * 0.5, 12.0)):
        if not (panel.x - 4 <= x <= panel.right + 4 and panel.y - 4 <= y <= panel.bottom + 4):
            return x, y
    return None


Consumer.passer = staticmethod(pass_layers)
