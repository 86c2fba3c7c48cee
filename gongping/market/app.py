"""The Flask application: one for all variants, told apart by the Host header."""

import secrets
from collections.abc import Callable
from pathlib import Path

from flask import Flask, Response, g, render_template, request
from markupsafe import escape

from gongping.market import announcements, closing, context
from gongping.market.catalogue import CATEGORIES
from gongping.market.entity import licence, operator
from gongping.market.ranking import SORTS
from gongping.market.variant import Variant
from gongping.market.views import (
    account,
    auth,
    cart,
    checkout,
    deregister,
    documents,
    home,
    product,
    search,
    service,
    switchboard,
)

# Switches under which help keeps silent on how personalisation is turned off.
ODD_OPTIONS = ("personal-no-option", "personal-feed-only", "personal-ads-only", "personal-by-phone", "personal-buried")

TRAPS = (
    "back-trap-ad",
    "blank-click-opens",
    "blank-click-mobile",
    "blank-click-layer",
    "tabs-in-address",
    "menu-closes-beside",
)
"""Switches of traps.js, which runs on every page."""


def create_app(database_of: Callable[[Variant], Path]) -> Flask:
    """The shop. `database_of` gives the file of a variant's state."""
    app = Flask(__name__)
    app.secret_key = secrets.token_bytes(32)
    app.config.update(SESSION_COOKIE_NAME="sc_session", SESSION_COOKIE_SAMESITE="Lax", SEND_FILE_MAX_AGE_DEFAULT=600)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(fault=context.fault)
    app.jinja_env.filters.update(yuan=context.yuan, count=context.count)
    for module in (home, search, product, cart, checkout, auth, account, deregister, documents, service, switchboard):
        app.register_blueprint(module.pages)

    @app.before_request
    def choose_variant() -> tuple[str, int] | None:
        try:
            g.variant = Variant.from_host(request.host)
        except ValueError as error:
            return f"<!doctype html><meta charset=utf-8><title>404</title><p>{escape(str(error))}</p>", 404
        if request.endpoint not in ("static", "product.picture"):
            g.database = database_of(g.variant)
            if request.method == "GET" and "switch-forgets" in g.variant.switches:
                context.forget_the_switch()
        return None

    @app.teardown_request
    def close(_: BaseException | None) -> None:
        if "db" in g:
            g.db.close()

    @app.context_processor
    def common() -> dict[str, object]:
        return {
            "user": context.user(),
            "cart_count": context.cart_count(),
            "personal": context.personal(),
            "categories": list(CATEGORIES),
            "entity": operator(context.fault),
            "licence": licence(context.fault),
            "announced": lambda at: announcements.announced(context.fault, at),
            "sorts": SORTS,
            "personal_odd": any(context.fault(name) for name in ODD_OPTIONS),
            "traps": " ".join(name for name in TRAPS if context.fault(name)),
            "closing_path": closing.path(context.fault),
            "closing_word": closing.word(context.fault),
            "closing_conditions": closing.conditions(context.fault),
            "closing_proof": closing.proof(context.fault),
            "cooling": next((days for name, days in closing.COOLING.items() if context.fault(name)), 0),
            "slow": any(context.fault(name) for name in ("dereg-long-review", "dereg-by-post", "dereg-hotline-only")),
            "dereg_harsh": any(context.fault(name) for name in closing.MORE if name not in closing.LAWFUL),
        }

    @app.errorhandler(404)
    def missing(_: Exception) -> tuple[str, int]:
        return render_template("error.html", code=404, title="页面不存在", text="您访问的页面不存在或已被移除。"), 404

    @app.errorhandler(500)
    def broken(_: Exception) -> tuple[str, int]:
        return render_template("error.html", code=500, title="系统开小差了", text="服务器出现错误，请稍后再试。"), 500

    @app.after_request
    def no_store(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.headers["Cache-Control"] = "no-store"
        return response

    return app
