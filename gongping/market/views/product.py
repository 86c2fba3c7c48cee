"""A product, its pictures and its seller's page."""

from flask import Blueprint, Response, abort, render_template, request

from gongping.market import pictures
from gongping.market.catalogue import OPTIONS
from gongping.market.context import change, fault, now, one, owner, rows
from gongping.market.views import cart

pages = Blueprint("product", __name__)

VIEWS_OF_A_PRODUCT = 4


@pages.get("/item/<int:number>")
def item(number: int) -> str:
    """A product page; opening it enters the view history."""
    goods = one(
        "SELECT g.*, s.name AS seller, s.company FROM goods g JOIN sellers s ON s.id = g.seller_id WHERE g.id = ?",
        number,
    )
    if goods is None:
        abort(404)
    change("INSERT INTO views (owner, goods_id, at) VALUES (?,?,?)", owner(), number, now())
    related = rows(
        "SELECT g.*, s.name AS seller FROM goods g JOIN sellers s ON s.id = g.seller_id"
        " WHERE g.category = ? AND g.id <> ? ORDER BY g.kind = ? DESC, g.sales DESC LIMIT 5",
        goods["category"], number, goods["kind"],
    )  # fmt: skip
    return render_template(
        "product.html",
        goods=goods,
        axes=OPTIONS[goods["options"]],
        skus=[dict(row) for row in rows("SELECT * FROM skus WHERE goods_id = ? ORDER BY id", number)],
        reviews=rows("SELECT * FROM reviews WHERE goods_id = ? ORDER BY at DESC, id DESC", number),
        related=related,
        bundle=cart.bundle(goods["kind"]) if fault("extra-on-product") else None,
        views=range(VIEWS_OF_A_PRODUCT),
    )


@pages.get("/img/goods/<int:number>.svg")
def picture(number: int) -> Response:
    """A drawn picture; `view` 0..3 chooses the scene, `colour` (hex digits) the finish."""
    drawn = pictures.goods(number, request.args.get("view", 0, type=int), request.args.get("colour", ""))
    if drawn is None:
        abort(404)
    return Response(drawn, mimetype="image/svg+xml", headers={"Cache-Control": "max-age=3600"})


@pages.get("/shop/<int:number>")
def shop(number: int) -> str:
    """A seller's page: licence data and goods."""
    seller = one("SELECT * FROM sellers WHERE id = ?", number)
    if seller is None:
        abort(404)
    goods = rows(
        "SELECT g.*, s.name AS seller FROM goods g JOIN sellers s ON s.id = g.seller_id"
        " WHERE g.seller_id = ? ORDER BY g.sales DESC LIMIT 20",
        number,
    )
    return render_template("shop.html", seller=seller, goods=goods)
