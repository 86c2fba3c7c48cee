"""Search results, the switch of personalised ranking, and clicks on paid slots."""

import random
import sqlite3
from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from gongping.market import ranking
from gongping.market.catalogue import CATEGORIES
from gongping.market.context import db, fault, owner, personal, safe_next, set_personal

pages = Blueprint("search", __name__)


@pages.get("/search")
def results() -> str:
    """`q`, `category`, `own`, `sort` and `page` choose what is listed."""
    query = request.args.get("q", "").strip()
    category = request.args.get("category", "")
    own = request.args.get("own", "") == "1"
    sort = offered(request.args.get("sort", "default"))
    page = request.args.get("page", 1, type=int)
    if sort not in ranking.SORTS or (category and category not in CATEGORIES) or page < 1:
        abort(404)
    found = [g for g in ranking.search(db(), query, category) if not own or g["seller_id"] == 1]
    history = ranking.taste(db(), owner())
    organic = ranking.order(found, sort, history if ranked_personally() else None, searched=bool(query))
    if page > ranking.pages(organic):
        abort(404)
    cards = ranking.page_of(organic, page, slots(found, page, history))
    kept = {key: value for key, value in (("q", query), ("category", category), ("own", "1" if own else "")) if value}
    return render_template(
        "results.html",
        query=query, category=category, sort=sort, page=page, cards=cards, total=len(organic),
        pages=ranking.pages(organic), kept=kept, punished=fault("personal-punishes") and not personal(),
    )  # fmt: skip


def offered(sort: str) -> str:
    """The order that is really given for the one asked for."""
    if fault("sort-only-default") and sort == "recommend":
        return "default"
    if fault("sort-two-missing") and sort in ("sales", "credit"):
        return "default"
    return sort


def ranked_personally() -> bool:
    """Whether the organic order follows the taste."""
    ignored = ("switch-inert", "switch-ads-only", "personal-feed-only", "personal-ads-only")
    return personal() or any(fault(name) for name in ignored)


def slots(found: Sequence[sqlite3.Row], page: int, history: ranking.Taste | None) -> list[sqlite3.Row]:
    """The paid goods of this page; the clean shop sells them by bid alone."""
    if fault("ads-rotate"):
        bidders = [goods for goods in found if goods["bid"]]
        return random.sample(bidders, min(len(bidders), len(ranking.AD_RANKS)))
    if (fault("switch-ads-only") or fault("personal-ads-only")) and personal():
        return ranking.paid(found, page, history)
    return ranking.paid(found, page)


@pages.get("/preferences")
def preferences() -> str:
    """个性化推荐设置, where the switch is not beside the results."""
    if not fault("personal-in-settings"):
        abort(404)
    return render_template("preferences.html")


@pages.post("/personal")
def switch() -> Response:
    """Turn personalised search and recommendation on or off."""
    set_personal(request.form.get("personal") == "on")
    return redirect(safe_next("/"))


@pages.get("/ad/click")
def click() -> Response:
    """Count a click on a paid slot (the count is of no use here) and go on."""
    target = request.args.get("to", "")
    if not target.startswith("/") or target.startswith("//"):
        abort(404)
    return redirect(target)
