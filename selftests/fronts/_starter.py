"""The only code the fronts share: a bag of state for each browser session."""

import secrets

from flask import g, request


class Bag:
    def __init__(self, app, cookie, fresh):
        self.cookie, self.fresh, self.bags = cookie, fresh, {}
        app.before_request(self.open)
        app.after_request(self.close)

    def open(self):
        sid = request.cookies.get(self.cookie, "")
        g.sid = sid if sid in self.bags else secrets.token_hex(8)
        g.bag = self.bags.setdefault(g.sid, self.fresh())

    def close(self, response):
        response.set_cookie(self.cookie, g.sid, samesite="Lax")
        return response
