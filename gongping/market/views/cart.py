"""The cart."""

import sqlite3

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from gongping.market.catalogue import OPTIONS
from gongping.market.context import change, one, owner, rows

pages = Blueprint("cart", __name__)

QUANTITY_MAX = 99


def lines(whose: str) -> list[sqlite3.Row]:
    """The lines of a cart with goods, SKU and seller."""
    return rows(
        "SELECT c.id, c.sku_id, c.quantity, k.name AS sku, k.price, k.colour, g.id AS goods_id, g.title, g.kind, g.category,"
        " g.seller_id, s.name AS seller FROM carts c JOIN skus k ON k.id = c.sku_id JOIN goods g ON g.id = k.goods_id"
        " JOIN sellers s ON s.id = g.seller_id WHERE c.owner = ? ORDER BY g.seller_id, c.id",
        whose,
    )


def chosen_sku() -> tuple[int, int]:
    """SKU and quantity that a product form sent."""
    goods = one("SELECT id, options FROM goods WHERE id = ?", request.form.get("goods", 0, type=int))
    if goods is None:
        abort(404)
    name = " ".join(request.form.get(f"option{i}", "") for i in range(len(OPTIONS[goods["options"]])))
    sku = one("SELECT id FROM skus WHERE goods_id = ? AND name = ?", goods["id"], name)
    if sku is None:
        abort(400)
    return int(sku["id"]), min(max(request.form.get("quantity", 1, type=int), 1), QUANTITY_MAX)


def add(whose: str, sku: int, quantity: int) -> None:
    """Put pieces into a cart."""
    change(
        "INSERT INTO carts (owner, sku_id, quantity) VALUES (?,?,?)"
        " ON CONFLICT (owner, sku_id) DO UPDATE SET quantity = MIN(quantity + excluded.quantity, ?)",
        whose, sku, quantity, QUANTITY_MAX,
    )  # fmt: skip


@pages.get("/cart")
def index() -> str:
    """The cart page."""
    found = lines(owner())
    return render_template("cart.html", lines=found, total=sum(line["price"] * line["quantity"] for line in found))


@pages.post("/cart/add")
def put() -> Response:
    """加入购物车"""
    sku, quantity = chosen_sku()
    add(owner(), sku, quantity)
    return redirect(url_for("cart.added", sku=sku))


@pages.get("/cart/added")
def added() -> str:
    """The page after adding."""
    sku = one(
        "SELECT k.*, g.title FROM skus k JOIN goods g ON g.id = k.goods_id WHERE k.id = ?",
        request.args.get("sku", 0, type=int),
    )
    if sku is None:
        abort(404)
    return render_template("added.html", sku=sku)


@pages.post("/cart/<int:line>")
def update(line: int) -> Response:
    """Change a quantity, or remove the line."""
    if request.form.get("act") == "remove":
        change("DELETE FROM carts WHERE id = ? AND owner = ?", line, owner())
    else:
        quantity = min(max(request.form.get("quantity", 1, type=int), 1), QUANTITY_MAX)
        change("UPDATE carts SET quantity = ? WHERE id = ? AND owner = ?", quantity, line, owner())
    return redirect(url_for("cart.index"))


@pages.post("/buy")
def buy() -> Response:
    """立即购买: straight to the checkout, past the cart."""
    session["direct"] = list(chosen_sku())
    return redirect(url_for("checkout.index", direct=1))
