"""Pictures of goods, drawn as SVG from kind, brand and colour. All on a 400 x 400 canvas."""

import functools
import re
from collections.abc import Callable

from gongping.market import catalogue

_SCENES = (
    ("#f6f3ee", "#e9e3d8"),
    ("#edf3f5", "#d7e4e8"),
    ("#f7eeea", "#efd9cf"),
    ("#f1f4ec", "#dde6d1"),
)
CUT_OUT = 4  # the view without a background
_ACCENTS = ("#c8452e", "#2f6f8f", "#8a6d3b", "#3f7d4e", "#6b4f8a", "#b5651d", "#28597a")
_DEFAULTS = {"milk": "#f4f6fa", "coffee": "#4b3527", "book": "#2f5d62", "cream": "#f3e4dc", "orange": "#ee8a1d"}


def _shade(colour: str, by: float) -> str:
    """A colour (#rrggbb) made lighter (by > 0) or darker."""
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    mixed = [round(p + (255 - p) * by) if by > 0 else round(p * (1 + by)) for p in parts]
    return "#" + "".join(f"{p:02x}" for p in mixed)


def _text(x: int, y: int, words: str, size: int, fill: str, weight: int = 600) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}" text-anchor="middle" '
        f'font-family="Noto Sans CJK SC,PingFang SC,Microsoft YaHei,sans-serif">{words}</text>'
    )


def _rect(x: int, y: int, w: int, h: int, r: int, fill: str, more: str = "") -> str:
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}" fill="{fill}" {more}/>'


def _circle(x: int, y: int, r: int, fill: str, more: str = "") -> str:
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}" {more}/>'


def _path(d: str, fill: str, more: str = "") -> str:
    return f'<path d="{d}" fill="{fill}" {more}/>'


def _ink(colour: str) -> str:
    """Ink that can be read on a colour."""
    r, g, b = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#2a2a2a" if 0.3 * r + 0.59 * g + 0.11 * b > 150 else "#ffffff"


def _phone(c: str, a: str, brand: str) -> str:
    back = _rect(92, 62, 132, 272, 24, c) + _rect(104, 76, 62, 78, 18, _shade(c, -0.25))
    lenses = "".join(
        _circle(x, y, 13, "#14161a") + _circle(x, y, 5, "#3f5f87") for x, y in ((120, 96), (150, 96), (120, 132))
    )
    front = _rect(190, 78, 128, 264, 22, "#15171c") + _rect(197, 85, 114, 250, 17, "url(#screen)")
    screen = _circle(254, 98, 4, "#0b0c0f") + _text(254, 160, "09:41", 26, "#ffffff", 300)
    icons = "".join(
        _rect(208 + 26 * i, 262 + 30 * j, 19, 19, 5, _shade(a, 0.15 + 0.14 * i)) for i in range(4) for j in range(2)
    )
    return back + lenses + _text(158, 308, brand, 15, _ink(c), 500) + front + screen + icons


def _earphone(c: str, a: str, brand: str) -> str:
    case = (
        _rect(118, 196, 164, 118, 52, c) + _rect(118, 244, 164, 2, 0, _shade(c, -0.2)) + _circle(200, 286, 4, "#62d08a")
    )
    buds = "".join(
        _path(
            f"M{x} 110 q{s * 46} -18 {s * 44} 26 q0 26 {s * -26} 26 l0 46 q{s * -9} 10 {s * -18} 0 z", _shade(c, 0.08)
        )
        + _circle(x + s * 14, 128, 9, _shade(c, -0.35))
        for x, s in ((150, 1), (250, -1))
    )
    return buds + case + _text(200, 236, brand, 18, _ink(c), 500)


def _headphone(c: str, a: str, brand: str) -> str:
    band = f'<path d="M104 236 a96 110 0 0 1 192 0" fill="none" stroke="{_shade(c, -0.1)}" stroke-width="22"/>'
    cups = "".join(
        _rect(x, 206, 58, 112, 28, c) + _rect(x + (46 if x < 200 else -4), 216, 16, 92, 8, "#26272b") for x in (80, 262)
    )
    return (
        band
        + cups
        + _circle(109, 262, 16, _shade(c, 0.18))
        + _circle(291, 262, 16, _shade(c, 0.18))
        + _text(200, 150, brand, 17, "#4a4a4a", 500)
    )


def _box(c: str, a: str, brand: str) -> str:
    front = _rect(118, 96, 128, 234, 4, c) + _path("M246 96 l40 -22 v234 l-40 22 z", _shade(c, -0.14))
    top = _path("M118 96 l40 -22 h128 l-40 22 z", _shade(c, 0.3) if c != "#f4f6fa" else "#ffffff")
    wave = _path("M118 246 q32 -34 64 -6 t64 -12 v102 h-128 z", a)
    cow = _path("M168 214 q14 -22 28 0 q8 14 -14 18 q-22 -4 -14 -18 z", _shade(a, 0.5))
    return (
        front
        + top
        + wave
        + cow
        + _text(182, 150, brand, 25, a, 800)
        + _text(182, 182, "纯牛奶", 17, "#4a5568", 500)
        + _text(182, 312, "250mL", 15, "#ffffff", 500)
    )


def _bag(c: str, a: str, brand: str) -> str:
    body = _path("M122 92 h156 l14 230 q-92 22 -184 0 z", c) + _path("M122 92 h156 l2 26 h-160 z", _shade(c, -0.25))
    label = _rect(140, 150, 120, 112, 6, "#fbf6ec") + _rect(140, 230, 120, 32, 0, a)
    bean = _path("M186 286 q14 -18 28 0 q-2 20 -14 20 t-14 -20 z", _shade(c, 0.35))
    return (
        body
        + label
        + bean
        + _text(200, 192, brand, 25, "#3a2a20", 800)
        + _text(200, 216, "重庆 · 精选产地", 12, "#6b5a4c", 400)
        + _text(200, 252, "CHONGQING", 14, "#ffffff", 600)
    )


def _jar(c: str, a: str, brand: str) -> str:
    return (
        _rect(112, 188, 176, 124, 24, c) + _rect(118, 136, 164, 58, 12, _shade(a, 0.1)) + _rect(118, 176, 164, 8, 0, _shade(a, -0.2))
        + _text(200, 252, brand, 24, _ink(c), 700) + _text(200, 278, "50g / 1.76oz", 12, _ink(c), 400)
    )  # fmt: skip


def _bottle(c: str, a: str, brand: str) -> str:
    return (
        _rect(146, 132, 108, 202, 26, c) + _rect(172, 84, 56, 52, 8, _shade(a, -0.1)) + _rect(160, 78, 80, 16, 8, a)
        + _rect(146, 196, 108, 84, 0, "#ffffff", 'opacity=".86"') + _text(200, 236, brand, 22, a, 800) + _text(200, 262, "重庆研制", 13, "#555", 400)
    )  # fmt: skip


def _lipstick(c: str, a: str, brand: str) -> str:
    return (
        _rect(166, 214, 68, 120, 6, "#26221f") + _rect(172, 172, 56, 44, 2, "#c9a45c") + _path("M178 172 v-64 q0 -12 44 -34 v98 z", c)
        + _text(200, 284, brand, 15, "#d9c08a", 500) + _rect(262, 250, 74, 30, 15, c) + _rect(64, 262, 74, 22, 11, _shade(c, 0.25))
    )  # fmt: skip


def _coat(c: str, a: str, brand: str) -> str:
    sleeves = _path("M128 108 l-48 184 36 12 34 -122 z", _shade(c, -0.1)) + _path(
        "M272 108 l48 184 -36 12 -34 -122 z", _shade(c, -0.1)
    )
    body = _path("M128 108 q36 -26 50 -28 h44 q14 2 50 28 l4 226 h-152 z", c)
    collar = (
        _path("M178 80 l22 62 22 -62 -12 -6 h-20 z", "#efe9df")
        + _path("M174 78 l-18 54 44 34 z", _shade(c, 0.14))
        + _path("M226 78 l18 54 -44 34 z", _shade(c, 0.14))
    )
    buttons = "".join(_circle(206, y, 5, _shade(c, 0.45)) for y in (190, 226, 262, 298))
    pockets = _rect(142, 250, 40, 6, 3, _shade(c, -0.3)) + _rect(222, 250, 40, 6, 3, _shade(c, -0.3))
    return (
        sleeves
        + body
        + collar
        + buttons
        + pockets
        + f'<path d="M200 166 V334" stroke="{_shade(c, -0.3)}" stroke-width="2"/>'
    )


def _shirt(c: str, a: str, brand: str) -> str:
    return (
        _path("M150 92 q50 40 100 0 l70 40 -28 62 -34 -16 v156 h-116 v-156 l-34 16 -28 -62 z", c)
        + _path("M150 92 q50 40 100 0 l-10 -6 q-40 30 -80 0 z", _shade(c, -0.2)) + _text(200, 220, brand, 22, _ink(c), 700)
    )  # fmt: skip


def _trousers(c: str, a: str, brand: str) -> str:
    return (
        _path("M142 76 h116 l22 258 h-56 l-24 -176 -24 176 h-56 z", c) + _rect(142, 76, 116, 20, 3, _shade(c, -0.2))
        + _path("M200 96 v40" , "none", 'stroke="#d8b46a" stroke-width="2"') + _rect(150, 110, 26, 30, 3, _shade(c, 0.12))
    )  # fmt: skip


def _shoes(c: str, a: str, brand: str) -> str:
    return (
        _path("M70 246 q2 -62 40 -84 q22 26 56 12 q60 44 130 54 q36 8 36 38 z", c) + _path("M66 262 h270 q2 30 -22 30 h-226 q-22 0 -22 -30 z", "#f4f1ea")
        + "".join(f'<path d="M{x} {y} l26 -16" stroke="#fff" stroke-width="6" stroke-linecap="round"/>' for x, y in ((160, 206), (184, 218), (208, 228)))
        + _path("M96 240 q70 -34 150 12", "none", f'stroke="{a}" stroke-width="10"') + _text(110, 218, brand, 14, _ink(c))
    )  # fmt: skip


def _book(c: str, a: str, brand: str) -> str:
    return (
        _path("M126 74 h160 v262 h-160 z", _shade(c, -0.35)) + _rect(116, 70, 160, 262, 4, c) + _rect(116, 70, 16, 262, 4, _shade(c, -0.2))
        + _path("M132 268 l40 -52 30 34 34 -62 40 66 v78 h-144 z", _shade(c, 0.25)) + _circle(232, 150, 20, "#f4d58d")
        + _text(200, 116, "山城", 30, "#ffffff", 800) + _text(200, 322, brand, 13, "#ffffff", 500)
    )  # fmt: skip


def _appliance(c: str, a: str, brand: str) -> str:
    return (
        _rect(96, 118, 208, 196, 44, c) + _path("M140 118 q60 -54 120 0 z", _shade(c, -0.12)) + _rect(150, 96, 100, 12, 6, _shade(c, -0.4))
        + _rect(138, 210, 124, 70, 12, "#1d2228") + _text(200, 252, "88:00", 28, "#7ee0c3", 300) + _text(200, 182, brand, 22, _ink(c), 700)
        + _rect(112, 314, 36, 10, 4, "#555") + _rect(252, 314, 36, 10, 4, "#555")
    )  # fmt: skip


def _kettle(c: str, a: str, brand: str) -> str:
    return (
        _path("M140 130 h104 l24 178 q-76 20 -152 0 z", c) + _path("M244 150 q70 0 58 110 h-26 q6 -76 -26 -80 z", _shade(c, -0.25))
        + _path("M140 150 l-36 -18 10 -10 34 8 z", _shade(c, -0.15)) + _rect(148, 112, 88, 20, 8, "#3a3d42") + _circle(192, 104, 9, "#3a3d42")
        + _rect(108, 312, 168, 18, 8, "#3a3d42") + _text(192, 232, brand, 22, _ink(c), 700)
    )  # fmt: skip


def _vacuum(c: str, a: str, brand: str) -> str:
    return (
        f'<path d="M248 120 L150 310" stroke="{a}" stroke-width="16" stroke-linecap="round"/>' + _rect(92, 300, 118, 34, 12, "#35383d")
        + _rect(214, 74, 96, 64, 28, c) + _path("M300 96 q46 4 34 70 h-18 q4 -46 -20 -48 z", "#35383d") + _rect(226, 128, 60, 56, 20, _shade(c, 0.3), 'opacity=".8"') + _text(262, 112, brand, 17, _ink(c), 700)
    )  # fmt: skip


def _fan(c: str, a: str, brand: str) -> str:
    blades = "".join(
        f'<path d="M200 152 q44 -66 66 -10 q-8 32 -66 10z" fill="{_shade(c, -0.15)}" transform="rotate({t} 200 152)"/>'
        for t in range(0, 360, 72)
    )
    return (
        f'<circle cx="200" cy="152" r="92" fill="#fff" stroke="{c}" stroke-width="8"/>'
        + blades
        + _circle(200, 152, 20, a)
        + _rect(192, 244, 16, 76, 4, c)
        + _rect(140, 314, 120, 18, 9, _shade(c, -0.2))
        + _text(200, 158, brand, 13, "#fff")
    )


def _chair(c: str, a: str, brand: str) -> str:
    return (
        _rect(138, 70, 124, 138, 26, c) + _rect(154, 86, 92, 106, 18, _shade(c, 0.2)) + _rect(120, 218, 160, 34, 16, c) + _rect(192, 250, 16, 50, 4, "#444")
        + "".join(f'<path d="M200 298 l{x} 30" stroke="#444" stroke-width="10" stroke-linecap="round"/>' for x in (-66, 0, 66)) + _rect(96, 190, 14, 48, 6, "#444") + _rect(290, 190, 14, 48, 6, "#444")
    )  # fmt: skip


def _lamp(c: str, a: str, brand: str) -> str:
    return (
        _path("M214 108 l120 190 h-190 z", "#fff3c4", 'opacity=".8"') + _path("M130 112 l112 -46 26 48 -104 34 z", c)
        + f'<path d="M150 130 L118 218 L166 306" stroke="{_shade(c, -0.2)}" stroke-width="12" fill="none" stroke-linejoin="round"/>' + _rect(112, 304, 118, 20, 10, c)
    )  # fmt: skip


def _bedding(c: str, a: str, brand: str) -> str:
    return (
        _rect(76, 128, 248, 172, 16, "#d8c6a8") + _rect(96, 142, 96, 54, 18, "#fbf8f2") + _rect(208, 142, 96, 54, 18, "#fbf8f2")
        + _path("M76 204 q124 -34 248 0 v112 h-248 z", c) + _path("M76 204 q124 -34 248 0 v22 q-124 -34 -248 0 z", _shade(c, 0.3)) + _text(200, 272, brand, 22, _ink(c), 600)
    )  # fmt: skip


def _mug(c: str, a: str, brand: str) -> str:
    return (
        f'<path d="M262 168 q70 -4 62 56 q-8 52 -70 44" fill="none" stroke="{c}" stroke-width="20"/>'
        + _path("M116 140 h152 l-8 164 q-68 24 -136 0 z", c) + f'<ellipse cx="192" cy="140" rx="76" ry="16" fill="{_shade(c, -0.3)}"/>' + _text(190, 236, brand, 26, _ink(c), 700)
    )  # fmt: skip


def _yoga(c: str, a: str, brand: str) -> str:
    return (
        _path("M96 252 l210 -104 q30 -10 36 20 q4 22 -16 34 l-196 110 z", c) + _circle(112, 284, 46, _shade(c, -0.2)) + _circle(112, 284, 28, _shade(c, 0.2)) + _circle(112, 284, 10, _shade(c, -0.3))
        + f'<path d="M176 214 l28 70 M262 170 l28 66" stroke="{a}" stroke-width="12"/>'
    )  # fmt: skip


def _ball(c: str, a: str, brand: str) -> str:
    seams = "M200 94 v212 M94 200 h212 M126 126 q62 74 0 148 M274 126 q-62 74 0 148"
    return (
        _circle(200, 200, 106, "#d9772f")
        + f'<path d="{seams}" stroke="#2b211b" stroke-width="5" fill="none"/>'
        + _text(200, 250, brand, 20, "#2b211b", 800)
    )


def _racket(c: str, a: str, brand: str) -> str:
    grid = "".join(
        f'<path d="M{x} 84 v110 M104 {84 + i * 14} h112" stroke="#c9ccd2" stroke-width="1.5"/>'
        for i, x in enumerate(range(108, 220, 14))
    )
    return (
        f'<g transform="rotate(32 200 200)">{grid}<ellipse cx="160" cy="138" rx="58" ry="72" fill="none" stroke="{c}" stroke-width="9"/>'
        + _rect(155, 208, 10, 88, 3, _shade(c, 0.2))
        + _rect(150, 286, 20, 66, 6, a)
        + "</g>"
        + _circle(292, 126, 16, "#f4efe4")
        + _path("M280 116 l-22 -40 50 4 -4 40 z", "#ffffff", 'stroke="#ccc"')
    )


def _orange(c: str, a: str, brand: str) -> str:
    fruit = "".join(
        _circle(x, y, r, c) + _circle(x - 18, y - 18, 12, _shade(c, 0.35))
        for x, y, r in ((148, 246, 70), (254, 252, 68), (202, 160, 72))
    )
    return fruit + _path("M204 96 q30 -40 66 -16 q-20 36 -66 16 z", "#4c8a3c")


def _bowl(c: str, a: str, brand: str) -> str:
    return (
        _path("M92 196 h216 q-10 110 -108 122 q-98 -12 -108 -122 z", "#b3261e") + '<ellipse cx="200" cy="196" rx="108" ry="28" fill="#e9c07b"/>'
        + '<path d="M120 196 q20 -20 40 0 t40 0 t40 0 t40 0" stroke="#f7e3b1" stroke-width="6" fill="none"/>' + _text(200, 262, brand, 26, "#ffe9c9", 800)
        + '<path d="M250 188 L330 84 M266 192 L350 96" stroke="#6b4326" stroke-width="7" stroke-linecap="round"/>'
    )  # fmt: skip


def _laptop(c: str, a: str, brand: str) -> str:
    return (
        _rect(92, 96, 216, 148, 12, "#1a1c20")
        + _rect(100, 104, 200, 132, 6, "url(#screen)")
        + _path("M64 252 h272 l16 34 q0 10 -12 10 h-280 q-12 0 -12 -10 z", c)
        + _text(200, 178, brand, 26, "#fff", 600)
    )


def _slab(c: str, a: str, brand: str) -> str:
    return (
        _rect(124, 84, 152, 240, 28, c)
        + _circle(200, 168, 46, _shade(c, 0.14))
        + _circle(200, 168, 34, c)
        + _text(200, 284, brand, 20, _ink(c), 600)
        + _rect(222, 98, 34, 6, 3, "#7ee0a3")
    )


_DRAW: dict[str, Callable[[str, str, str], str]] = {
    "phone": _phone, "case": _slab, "powerbank": _slab, "earphone": _earphone, "headphone": _headphone,
    "laptop": _laptop, "tablet": _laptop, "milk": _box, "milkpowder": _bottle, "coffee": _bag, "hotpot": _bag,
    "noodle": _bowl, "orange": _orange, "tea": _jar, "snack": _bag, "cream": _jar, "lipstick": _lipstick,
    "cleanser": _bottle, "shampoo": _bottle, "jacket": _coat, "shirt": _shirt, "trousers": _trousers, "shoes": _shoes,
    "book": _book, "ricecooker": _appliance, "airfryer": _appliance, "coffeemaker": _appliance, "kettle": _kettle,
    "vacuum": _vacuum, "fan": _fan, "chair": _chair, "lamp": _lamp, "bedding": _bedding, "mug": _mug, "yoga": _yoga,
    "ball": _ball, "racket": _racket, "bottle": _bottle,
}  # fmt: skip


@functools.lru_cache(maxsize=1)
def _catalogue() -> dict[int, catalogue.Goods]:
    return {goods.id: goods for goods in catalogue.goods()}


@functools.lru_cache(maxsize=2048)
def goods(number: int, view: int = 0, colour: str = "") -> str | None:
    """The picture of a goods: `view` chooses the scene, `colour` is rrggbb; None for an unknown number."""
    item = _catalogue().get(number)
    if item is None:
        return None
    finish = f"#{colour.lower()}" if re.fullmatch(r"[0-9a-fA-F]{6}", colour) else ""
    first = item.skus[number % len(item.skus)].colour if item.options != "shade" else item.skus[0].colour
    own = finish or first or _DEFAULTS.get(item.kind, _ACCENTS[(number * 5 + 2) % len(_ACCENTS)])
    accent = _ACCENTS[sum(map(ord, item.brand)) % len(_ACCENTS)]
    light, dark = _SCENES[(number + view) % len(_SCENES)]
    move = (
        "",
        'transform="translate(60 60) scale(.7)"',
        'transform="translate(-110 -120) scale(1.55)"',
        'transform="rotate(-9 200 200)"',
    )
    if view == CUT_OUT:
        scene = ""
    else:
        scene = f'{_rect(0, 0, 400, 400, 0, "url(#bg)")}<ellipse cx="200" cy="338" rx="124" ry="14" fill="#000" opacity=".09"/>'
    caption = _text(200, 376, item.brand, 20, "#6d665c", 600) if view == 1 else ""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400">'
        f'<defs><linearGradient id="bg" x2="0" y2="1"><stop stop-color="{light}"/><stop offset="1" stop-color="{dark}"/></linearGradient>'
        f'<linearGradient id="screen" x2="1" y2="1"><stop stop-color="{_shade(accent, 0.1)}"/><stop offset="1" stop-color="{_shade(accent, 0.55)}"/></linearGradient></defs>'
        f"{scene}<g {move[view % len(move)]}>{_DRAW[item.kind](own, accent, item.brand)}</g>{caption}</svg>"
    )
