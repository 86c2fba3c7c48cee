"""init.html: what a first walk found, place by place with pictures, and the questions that it leaves to a person."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from gongping.evidence.album import Album
from gongping.evidence.annotate import Mark, annotate, crop_around
from gongping.observations.explore import ExploreSeen, PlaceFound
from gongping.proposal import Question
from gongping.reports.html import environment, part, times
from gongping.reports.pictures import Figure, figures

NAME = "init.html"

_MARGIN = 260
"""CSS px of the view around a found control that a picture shows (convention: enough to see where it stands)."""

_PLACES = {
    "home": ("首页", "home"),
    "search": ("搜索", "search"),
    "sort": ("排序控件", "sort controls"),
    "pages": ("翻页", "further pages"),
    "product": ("商品页", "product"),
    "cart": ("购物车", "cart"),
    "checkout": ("结算", "checkout"),
    "login": ("登录表单", "login form"),
    "register": ("注册入口", "registration"),
    "document:licence_mark": ("营业执照标识", "licence mark"),
    "document:agreement_user": ("用户协议", "user agreement"),
    "document:agreement_rules": ("交易规则", "trading rules"),
    "document:agreement_privacy": ("隐私政策", "privacy policy"),
    "document:rule_centre": ("规则中心", "rule centre"),
}
_WALLS = {"not-tried": ("没有尝试", "not tried"), "error": ("检测工具自身出错", "an error of the suite itself")}


@dataclass(frozen=True)
class _Row:
    place: PlaceFound
    name: tuple[str, str]
    wall: tuple[str, str] | None
    figure: Figure | None


def place_name(place: str) -> tuple[str, str]:
    """What a place of the walk is called, Chinese and English."""
    return _PLACES.get(place, (place, place))


def pictures(bundle: Path, seen: ExploreSeen) -> dict[str, str]:
    """Draws the found controls on their views, cropped around them; the files in the bundle by place."""
    album, made = Album(bundle), {}
    for place in seen.places:
        if place.shot is None:
            continue
        image, scale, box = album.image(place.shot.file), place.shot.scale, place.shot.box
        if box is None:
            data = annotate(image, [], scale)
        else:
            mark = Mark((box.x, box.y, box.width, box.height), place_name(place.place)[0], "seen")
            crop = crop_around(image, [mark.box], scale, _MARGIN)
            data = annotate(crop.image, [crop.move(mark)], scale)
        file = bundle / "pictures" / f"{place.place.replace(':', '-')}.jpg"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
        made[place.place] = file.relative_to(bundle).as_posix()
    return made


def render(
    bundle: Path,
    seen: ExploreSeen,
    *,
    name: str,
    url: str,
    device: str,
    started: str,
    cost: str,
    entry: str,
    asked: Sequence[Question],
    errors: Sequence[str] = (),
    unchecked: str = "",
) -> Path:
    """Writes init.html into the bundle. `started` is an ISO time, `cost` what it took, in English and Chinese alike; `unchecked` is why
    the certificate was not checked."""
    files = pictures(bundle, seen)
    shown = figures(bundle, files.values())
    rows = [_Row(p, place_name(p.place), _WALLS.get(p.wall), shown.get(files.get(p.place, ""))) for p in seen.places]
    script, style = part("report.js"), part("report.css")
    page = (
        environment()
        .get_template("init.html.j2")
        .render(
            seen=seen,
            rows=rows,
            reached=sum(p.reached for p in seen.places),
            name=name,
            url=url,
            device=device,
            started=times(started),
            cost=cost,
            entry=entry,
            asked=asked,
            errors=errors,
            unchecked=unchecked,
            script=Markup(script),  # our own files, not what a platform said
            style=Markup(style),
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        )
    )
    file = bundle / NAME
    file.write_text(page, encoding="utf-8", errors="replace", newline="\n")
    return file
