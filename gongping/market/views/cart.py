"""The cart."""

import sqlite3

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from gongping.market.catalogue import CATEGORY_OF, OPTIONS
from gongping.market.context import change, fault, one, owner, rows

pages = Blueprint("cart", __name__)

QUANTITY_MAX = 99


def lines(whose: str) -> list[sqlite3.Row]:
    """The lines of a cart with goods, SKU and seller."""
    return rows(
        "SELECT c.id, c.sku_id, c.quantity, c.warranty, k.name AS sku,"
        " k.price + c.warranty AS price, k.colour, g.id AS goods_id, g.title, g.kind, g.category,"
        " g.seller_id, s.name AS seller FROM carts c JOIN skus k ON k.id = c.sku_id JOIN goods g ON g.id = k.goods_id"
        " JOIN sellers s ON s.id = g.seller_id WHERE c.owner = ? ORDER BY g.seller_id, c.id",
        whose,
    )


def bundle(kind: str) -> tuple[str, int]:
    """What the fault extra-on-product adds to an article: its name and price in fen."""
    return ("延保服务一年", 4900) if CATEGORY_OF[kind] in ("手机数码", "家用电器") else ("礼品包装", 500)


def note(warranty: int) -> str:
    """The words for a bundle of that price."""
    return {0: "", 500: " · 含礼品包装", 4900: " · 含延保服务一年"}[warranty]


def tied(sku: int) -> int | None:
    """The SKU that the fault extra-in-cart puts in besides: a phone case, or a mug."""
    if not fault("extra-in-cart"):
        return None
    row = one(
        "SELECT t.id FROM skus k JOIN goods g ON g.id = k.goods_id JOIN goods x"
        " ON x.kind = CASE g.category WHEN '手机数码' THEN 'case' ELSE 'mug' END AND x.id <> g.id"
        " JOIN skus t ON t.goods_id = x.id WHERE k.id = ? ORDER BY t.id",
        sku,
    )
    return int(row["id"]) if row else None


def chosen_sku() -> tuple[int, int, int]:
    """SKU, quantity and price of the bundle (fen) that a product form sent."""
    goods = one("SELECT id, kind, options FROM goods WHERE id = ?", request.form.get("goods", 0, type=int))
    if goods is None:
        abort(404)
    name = " ".join(request.form.get(f"option{i}", "") for i in range(len(OPTIONS[goods["options"]])))
    sku = one("SELECT id FROM skus WHERE goods_id = ? AND name = ?", goods["id"], name)
    if sku is None:
        abort(400)
    price = bundle(goods["kind"])[1] if fault("extra-on-product") and request.form.get("bundle") == "1" else 0
    return int(sku["id"]), min(max(request.form.get("quantity", 1, type=int), 1), QUANTITY_MAX), price


def add(whose: str, sku: int, quantity: int, warranty: int = 0) -> None:
    """Put pieces into a cart."""
    change(
        "INSERT INTO carts (owner, sku_id, quantity, warranty) VALUES (?,?,?,?) ON CONFLICT (owner, sku_id)"
        " DO UPDATE SET quantity = MIN(quantity + excluded.quantity, ?), warranty = excluded.warranty",
        whose, sku, quantity, warranty, QUANTITY_MAX,
    )  # fmt: skip


@pages.get("/cart")
def index() -> str:
    """The cart page."""
    found = lines(owner())
    notes = {line["id"]: note(line["warranty"]) for line in found}
    total = sum(line["price"] * line["quantity"] for line in found)
    return render_template("cart.html", lines=found, notes=notes, total=total)


@pages.post("/cart/add")
def put() -> Response:
    """加入购物车"""
    sku, quantity, warranty = chosen_sku()
    add(owner(), sku, quantity, warranty)
    if extra := tied(sku):
        add(owner(), extra, 1)
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
    sku, quantity, warranty = chosen_sku()
    extra = tied(sku)
    session["direct"] = [[sku, quantity, warranty], *([[extra, 1, 0]] if extra else [])]
    return redirect(url_for("checkout.index", direct=1))
