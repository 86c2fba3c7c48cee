"""Search results, the switch of personalised ranking, and clicks on paid slots."""

import random
import sqlite3
from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, request, session
from werkzeug.wrappers import Response

from gongping.market import context, ranking
from gongping.market.catalogue import CATEGORIES
from gongping.market.context import db, fault, owner, personal, safe_next, set_personal

pages = Blueprint("search", __name__)


WEARS_AFTER = 3  # lists that the fault switch-wears-off gives without the taste, the one beside the switch among them


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
    organic = arranged(found, sort, history if ranked_personally() else None, searched=bool(query))
    if page > ranking.pages(organic):
        abort(404)
    ranks = ranking.TOP_RANKS if fault("ad-on-top") else ranking.AD_RANKS
    cards = ranking.page_of(organic, page, slots(found, page, history), ranks)
    kept = {key: value for key, value in (("q", query), ("category", category), ("own", "1" if own else "")) if value}
    return render_template(
        "results.html",
        query=query, category=category, sort=sort, page=page, cards=cards, total=len(organic),
        pages=ranking.pages(organic), kept=kept, punished=fault("personal-punishes") and not personal(),
        step=context.step, round_price=context.round_price, coupon=ranking.coupon,
    )  # fmt: skip


def offered(sort: str) -> str:
    """The order that is really given for the one asked for."""
    if fault("sort-only-default") and sort == "recommend":
        return "default"
    if fault("sort-two-missing") and sort in ("sales", "credit"):
        return "default"
    return sort


def arranged(
    found: Sequence[sqlite3.Row], sort: str, liking: ranking.Taste | None, *, searched: bool
) -> list[sqlite3.Row]:
    """The organic results in the order that is really given."""
    if sort.startswith("price") and fault("sort-price-as-text"):
        return sorted(found, key=lambda g: f"{g['price'] / 100:.2f}", reverse=sort == "price_desc")
    if sort == "price_desc" and fault("sort-desc-ignored"):
        sort = "sales"
    if sort == "sales" and fault("sort-sales-by-bid"):
        return sorted(found, key=lambda g: (-g["bid"], g["id"]))
    if sort == "credit" and fault("sort-rating-ignored"):
        return sorted(found, key=lambda g: (g["id"] * 37) % 101)
    if sort == "sales" and fault("sold-buckets"):
        return sorted(found, key=lambda g: (-context.bucket(g["sales"]), g["id"]))
    if sort.startswith("price") and fault("price-ties"):
        sign = -1 if sort == "price_desc" else 1
        return sorted(found, key=lambda g: (sign * context.round_price(g["price"]), -g["sales"]))
    if sort.startswith("price") and fault("coupon-ordered"):
        sign = -1 if sort == "price_desc" else 1
        return sorted(found, key=lambda g: (sign * (g["price"] - ranking.coupon(g)), g["id"]))
    organic = ranking.order(found, sort, liking, searched=searched)
    if sort == "default" and fault("own-goods-first"):
        return sorted(organic, key=lambda g: g["seller_id"] != 1)
    if sort == "default" and fault("session-experiment"):
        return ranking.shaken(organic, context.visitor())
    if sort in ("default", "new"):
        return organic
    if fault("sort-within-page"):
        return ranking.by_page(ranking.order(found, "default", None, searched=searched), sort)
    return ranking.pin(organic) if fault("sort-pinned") else organic


def ranked_personally() -> bool:
    """Whether the organic order follows the taste."""
    if fault("switch-wears-off") and not personal():
        session["worn"] = session.get("worn", 0) + 1
        return bool(session["worn"] > WEARS_AFTER)
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
