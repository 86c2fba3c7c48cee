"""Search results, the switch of personalised ranking, and clicks on paid slots."""

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from gongping.market import ranking
from gongping.market.catalogue import CATEGORIES
from gongping.market.context import db, owner, personal, safe_next, set_personal

pages = Blueprint("search", __name__)


@pages.get("/search")
def results() -> str:
    """`q`, `category`, `own`, `sort` and `page` choose what is listed."""
    query = request.args.get("q", "").strip()
    category = request.args.get("category", "")
    own = request.args.get("own", "") == "1"
    sort = request.args.get("sort", "default")
    page = request.args.get("page", 1, type=int)
    if sort not in ranking.SORTS or (category and category not in CATEGORIES) or page < 1:
        abort(404)
    found = [g for g in ranking.search(db(), query, category) if not own or g["seller_id"] == 1]
    liking = ranking.taste(db(), owner()) if personal() else None
    organic = ranking.order(found, sort, liking)
    if page > ranking.pages(organic):
        abort(404)
    cards = ranking.page_of(organic, page, ranking.paid(found, page))
    kept = {key: value for key, value in (("q", query), ("category", category), ("own", "1" if own else "")) if value}
    return render_template(
        "results.html",
        query=query, category=category, sort=sort, page=page, cards=cards, total=len(organic),
        pages=ranking.pages(organic), kept=kept, liking=liking,
    )  # fmt: skip


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
