"""What a request would leave behind on a platform, read from its method, address, body and headers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from enum import IntEnum
from urllib.parse import parse_qsl, unquote, urlsplit


class Effect(IntEnum):
    """What an act leaves behind on the platform."""

    NONE = 0
    SESSION = 1
    ACCOUNT = 2
    COMMITMENT = 3


COMMITTING = (
    r"(place|submit|create|confirm|commit|finish|complete)[-_/.]?(the[-_/]?)?(order|purchase|payment|booking|pay|trade|deregist\w*|cancellation)"
    r"|(order|purchase|payment|booking|pay|trade|checkout)s?[-_/.]?(place|submit|create|confirm|commit|pay|finish|complete)\b"
    r"|(delete|close|remove|destroy|cancel|deactivate|terminate)[-_/]?(my[-_/]?)?(account|user|profile|member)[-_/]?(confirm|submit|do|execute|now|final)"
    r"|(account|user|profile|member)s?[-_/](delete|close|remove|destroy|deregister|cancel|terminate|logoff)[-_/]?(confirm|submit|do|execute|now|final)"
    r"|deregist(er|ration)[-_/]?(confirm|submit|do|execute|now|final)|unregister[-_/]?(confirm|submit|do)"
    r"|one[-_]?click[-_]?(buy|order|pay)|do(Pay|Order|Delete|Cancel|Register)\b"
)
"""Paths and names of calls that commit whatever the method. (Convention: REST and RPC names of orders, payments, registrations,
deletions.) Without flags, so that a script in the page can use it, too."""

MUTATION = (
    r"\bmutation\b[\s\S]{0,120}?\b((place|submit|create|confirm|complete|delete|close|cancel|remove|write|post)[a-z_]{0,20}"
    r"(order|account|payment|customer|user|address|review|subscription|complaint)|(order|account|payment|customer|address|review)[a-z_]{0,12}"
    r"(place|submit|create|confirm|complete|delete|close|cancel|remove)|(checkout|payment)[a-z_]{0,12}complete|pay|register|signup|deregister)"
)
"""A GraphQL mutation that orders, pays, registers or deletes; one of a cart is none."""

_COMMITTING = re.compile(COMMITTING, re.IGNORECASE)
_MUTATION = re.compile(MUTATION, re.IGNORECASE)
_QUERY = re.compile(r"\s*(query\b|subscription\b|fragment\b|\{)", re.IGNORECASE)

_COMMITTING_POST = re.compile(
    r"(^|[-_/.])(orders?|purchase|payments?|pay|bookings?|register|registration|signup|sign[-_]up|deregist\w*|unregister|logoff|reviews?|comments?|complaints?|"
    r"subscri\w+|donat\w+|(delete|close|remove)[-_]?(account|user|profile)|(account|user|profile|member)s?[-_/](delete|close|remove))([-_/.]?(submit|create|new|confirm|add|do))?/?$"
    r"|(^|/)(cashier|cashdesk)(/[\w-]+)?/?$",
    re.IGNORECASE,
)
"""Paths that commit when they are posted to."""

_READING = re.compile(
    r"(list|query|search|detail|info|get|(?<!ac)count|preview|price|calc|estimate|check|status|render|recommend|suggest|log(?!off)|track|beacon|collect|metrics?|stat|history|show|view)\w*/?$"
    r"|^(get|list|query|show|view|load|fetch|search|count|find|read)(?![a-z])",
    re.IGNORECASE,
)
_SURE = {"confirm", "confirmed", "sure", "execute", "do", "commit", "yes", "final"}
_IRREVERSIBLE = re.compile(
    r"delete|remove|close|cancel|deregist|unregister|logoff|terminate|order|pay|注销|删除", re.IGNORECASE
)

_KEPT_FOR_NOW = re.compile(r"cart|basket|bag|trolley|favou?rite|wish|compare|browse|footprint", re.IGNORECASE)
"""What one may take things out of: it is the visit's own."""

_CALLS = {"action", "act", "do", "method", "cmd", "command", "op", "operation", "operationname", "func", "api"}
"""Names of parameters under which one address takes several calls."""

_DELETES = r"(delete|del|drop|destroy|erase)"
_TAKES_BACK = r"(remove|cancel|terminate|deactivate)"
_THING = r"(address(es)?|orders?|accounts?|users?|members?|profiles?|messages?|msgs?|reviews?|comments?|cards?|coupons?|invoices?|bookings?|subscriptions?|complaints?)"
_CALL = re.compile(
    rf"^({_DELETES}|{_TAKES_BACK}|deregist\w*|unregister|logoff|pay|buy|purchase|signup|注销|删除|下单|支付)$"
    rf"|^({_DELETES}|{_TAKES_BACK}|close)[-_./:]?(my|the)?[-_./:]?{_THING}|(^|[-_./:]){_THING}[-_./:]?({_DELETES}|{_TAKES_BACK}|close)$"
    r"|^(cancel|add|write|post|submit)[-_./:]?(order|review|comment|complaint)$",
    re.IGNORECASE,
)
_ORDER_CALL = re.compile(r"^(order|receive|refund|return|confirm|close|submit|create|place)$", re.IGNORECASE)
"""What a parameter may ask of an order."""

_VERB = re.compile(rf"^(?!drop)({_DELETES}|{_TAKES_BACK})$", re.IGNORECASE)
_VERB_THING = re.compile(
    rf"^({_DELETES}|{_TAKES_BACK})[-_]?{_THING}$|^{_THING}[-_]?({_DELETES}|{_TAKES_BACK})$", re.IGNORECASE
)
_OF_ACCOUNTS = re.compile(r"^(my)?[-_]?(accounts?|users?|members?|profile|me)$", re.IGNORECASE)
"""A path that deletes one of these without more is the door to deregistration, where one reads first."""

_TOLD = re.compile(r"(^|/)(help|faq|article|news|docs?|rules?|guide|question|blog|notice)s?(/|$)", re.IGNORECASE)
_NUMBERED = re.compile(r"\d")

_OF_A_PERSON = re.compile(
    r"(^|[-_/])(address(es)?|profile|password|nickname|avatar|consignee)s?([-_/](\w*\d\w*|default))?/?$|/(account|user|member|customer|me|my)/(privacy|settings?|email|mobile|phone)/?$",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"(^|[-_/.])(save|update|edit|modify|change|set|add|bind|unbind|reset|create|delete|del|remove)[-_/.]?(default[-_/.]?)?(my[-_/.]?)?(address|profile|password|nickname|avatar|consignee|mobile|phone|email)"
    r"|(address|profile|password|nickname|avatar|consignee|mobile|phone|email)(es)?[-_/.]?(save|update|edit|modify|change|set|add|bind|unbind|reset|create|delete|del|remove)",
    re.IGNORECASE,
)
_PERSONAL = {"nickname", "consignee", "phone", "mobile", "email", "detail", "region", "password", "new_password", "newpassword", "gender", "birthday", "avatar"}  # fmt: skip
_OVERRIDES = ("x-http-method-override", "x-http-method", "x-method-override")
_BODY_MOST = 200_000
_TRUE = re.compile(r"^(?!0$|false$|no$|off$|$)", re.IGNORECASE)


def effect_of_request(method: str, url: str, body: str = "", headers: Mapping[str, str] | None = None) -> Effect:
    """The effect that a request seems to have. Errs on the side of caution where an address names what it does, and takes what
    says nothing for harmless: the body of a search, a beacon or a GraphQL query."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    asked = list(parse_qsl(parts.query))
    sent = list(_fields(body))
    method = _meant(method.upper(), asked + sent, headers or {})
    reads = method in ("GET", "HEAD", "OPTIONS")
    if _COMMITTING.search(path):
        return Effect.COMMITMENT
    if any(k.lower() in _SURE and _TRUE.match(v) for k, v in asked) and _IRREVERSIBLE.search(unquote(url)):
        return Effect.COMMITMENT
    found = max((_effect_of_call(k, v, path, reads) for k, v in asked + sent), default=Effect.NONE)
    if _mutates(asked + sent, body):
        return Effect.COMMITMENT
    if reads:
        return max(found, _effect_of_deletion(path, asked))
    if method == "DELETE" and not _KEPT_FOR_NOW.search(path):
        return Effect.COMMITMENT
    if _COMMITTING_POST.search(path) and not _READING.search(path):
        return Effect.COMMITMENT
    if _CHANGES.search(path) and not _READING.search(path):
        found = max(found, Effect.ACCOUNT)
    if _OF_A_PERSON.search(path) and (
        method in ("PUT", "PATCH") or any(k.lower() in _PERSONAL and v.strip() for k, v in sent)
    ):
        found = max(found, Effect.ACCOUNT)
    return max(found, _effect_of_deletion(path, asked + sent), Effect.SESSION)


def _meant(method: str, fields: list[tuple[str, str]], headers: Mapping[str, str]) -> str:
    """The method that a server takes a request for: many let a form or a header say another than HTTP's."""
    said = [v for k, v in headers.items() if k.lower() in _OVERRIDES] + [v for k, v in fields if k.lower() == "_method"]
    return next((v.upper() for v in said if re.fullmatch(r"(?i)delete|put|patch|post", v)), method)


def _fields(body: str) -> Iterator[tuple[str, str]]:
    """Names and values of a form, of several parts, or of JSON (its outermost objects)."""
    if not body or len(body) > _BODY_MOST:
        return
    if body.lstrip()[:1] in ("{", "["):
        try:
            read = json.loads(body)
        except ValueError:
            return
        for each in read if isinstance(read, list) else [read]:
            if isinstance(each, dict):
                yield from ((str(k), v if isinstance(v, str) else json.dumps(v)) for k, v in each.items())
    elif "form-data; name=" in body:
        yield from re.findall(r'form-data; name="([^"]*)"[^\r\n]*\r?\n\r?\n([^\r\n]*)', body)
    else:
        yield from parse_qsl(body)


def _effect_of_call(key: str, value: str, path: str, reads: bool) -> Effect:
    """Of a parameter that says what is to be done."""
    name = key.lower()
    whole = f"{path} {value}"
    if name in ("delete", "del") or (name in ("remove", "cancel") and not reads):
        return Effect.NONE if not _TRUE.match(value) or _KEPT_FOR_NOW.search(path) else _of_thing(whole)
    if name not in _CALLS or _READING.search(value):
        return Effect.NONE
    if _COMMITTING.search(value):
        return Effect.COMMITMENT
    if _CALL.search(value):
        return Effect.NONE if _KEPT_FOR_NOW.search(whole) else _of_thing(whole)
    if not reads and _ORDER_CALL.match(value) and re.search(r"orders?\b", path, re.IGNORECASE):
        return Effect.COMMITMENT
    return Effect.NONE


def _effect_of_deletion(path: str, fields: list[tuple[str, str]]) -> Effect:
    """Of an address that deletes one of several things: `/orders/12/remove`, `/address/delete?id=3`."""
    if _KEPT_FOR_NOW.search(path) or _TOLD.search(path):
        return Effect.NONE
    steps = [re.sub(r"\.\w{1,5}$", "", step) for step in path.split("/") if step]
    numbered = any(_NUMBERED.search(step) for step in steps) or any(
        re.search(r"(id|no|number|sn|key)s?$", k, re.IGNORECASE) and v for k, v in fields
    )
    for before, step in zip(["", *steps], steps, strict=False):
        if ((_VERB.match(step) and not _OF_ACCOUNTS.match(before)) or _VERB_THING.match(step)) and numbered:
            return _of_thing(path)
    return Effect.NONE


def _of_thing(text: str) -> Effect:
    """How deep a deletion goes: an address can be entered again."""
    light = re.search(r"address|message|msg|history|search|coupon", text, re.IGNORECASE)
    heavy = re.search(r"order|pay|review|comment|cancel|deregist|注销", text, re.IGNORECASE)
    return Effect.ACCOUNT if light and not heavy else Effect.COMMITMENT


def _mutates(fields: list[tuple[str, str]], body: str) -> bool:
    """Whether GraphQL is asked to order, pay, register or delete: as text, or as the name of a text that the server keeps."""
    texts = [v for k, v in fields if k.lower() in ("query", "mutation")] or [body]
    return any(_MUTATION.search(text) and not _QUERY.match(text) for text in texts)
