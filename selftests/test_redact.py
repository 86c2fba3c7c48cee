"""Secrets leave text, bytes and JSON in whatever form they were written."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest

from gongping.evidence.redact import MARK, RedactionWarning, Redactor

SECRETS = ["p@ss w0rd/+\"<é密码>'", "13812345678", "shopper@example.com", "~~~??>>\\x", "Tr0ub4dor&3", "慢慢来吧"]
MARKED = MARK.encode()


def _lower_hex(text: str) -> str:
    return re.sub("%[0-9A-F]{2}", lambda match: match[0].lower(), quote(text, safe=""))


FORMS: dict[str, Callable[[str], bytes]] = {
    "plain": str.encode,
    "percent": lambda secret: quote(secret, safe="").encode(),
    "percent, lower case": lambda secret: _lower_hex(secret).encode(),
    "percent, path": lambda secret: quote(secret).encode(),
    "form": lambda secret: quote_plus(secret).encode(),
    "percent twice": lambda secret: quote(quote(secret, safe=""), safe="").encode(),
    "JSON, ASCII": lambda secret: json.dumps(secret)[1:-1].encode(),
    "JSON, UTF-8": lambda secret: json.dumps(secret, ensure_ascii=False)[1:-1].encode(),
    "JSON, slashes": lambda secret: json.dumps(secret)[1:-1].replace("/", "\\/").encode(),
    "HTML": lambda secret: html.escape(secret).encode(),
    "HTML, numbers": lambda secret: secret.encode("ascii", "xmlcharrefreplace"),
    "UTF-16 LE": lambda secret: secret.encode("utf-16-le"),
    "UTF-16 BE": lambda secret: secret.encode("utf-16-be"),
}


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return Redactor(SECRETS)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_found_in_every_form(redactor: Redactor, secret: str, form: str) -> None:
    written = FORMS[form](secret)
    cleaned = redactor.data(b"\n" + written + b"\n").replace(b"\0", b"")
    assert cleaned == b"\n" + MARKED + b"\n"


@pytest.mark.parametrize("before", [b"", b"u", b"u:"], ids=len)
@pytest.mark.parametrize("after", [b"", b"x", b";x"], ids=len)
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
@pytest.mark.parametrize("secret", SECRETS)
def test_base64_is_found_at_every_alignment(
    redactor: Redactor, secret: str, encode: Callable[[bytes], bytes], before: bytes, after: bytes
) -> None:
    written = encode(before + secret.encode() + after)
    cleaned = redactor.data(written)
    assert MARKED in cleaned
    left = cleaned.replace(MARKED, b"")
    # what surrounds the secret (two bytes either side, which share no character with it) and padding
    assert len(left.rstrip(b"=")) <= 2 + 3, f"too much of the base64 is left: {left!r}"
    assert MARKED in redactor.data(quote(written, safe="").encode())


def test_what_is_no_secret_stays(redactor: Redactor) -> None:
    for data in (bytes(range(256)) * 8, "订单 1381234567 已付款，shopper@example.org".encode(), b"", b"[redacted]"):
        assert redactor.data(data) == data


@pytest.mark.parametrize("form", FORMS)
def test_redacting_twice_changes_nothing_more(form: str) -> None:
    redactor = Redactor([*SECRETS, "redacted", "dact"])
    for secret in [*SECRETS, "redacted", "dact"]:
        once = redactor.data(b"a" + FORMS[form](secret) + b"b")
        assert redactor.data(once) == once


def test_the_longer_of_two_secrets_leaves_no_rest() -> None:
    assert Redactor(["hunter", "hunter2000"]).text("x hunter2000 hunter x") == f"x {MARK} {MARK} x"


def test_utf16_keeps_its_encoding() -> None:
    text = "密码：hunter2000，完"
    for order in ("utf-16-le", "utf-16-be"):
        assert Redactor(["hunter2000"]).data(text.encode(order)).decode(order) == f"密码：{MARK}，完"


def test_json_is_cleaned_in_keys_strings_and_numbers(redactor: Redactor) -> None:
    dirty = {"13812345678": [13812345678, "tel:13812345678", True, None, 1.5], "a": ("shopper%40example.com",)}
    assert redactor.json(dirty) == {MARK: [MARK, f"tel:{MARK}", True, None, 1.5], "a": [MARK]}


def test_a_lone_surrogate_does_not_stop_it(redactor: Redactor) -> None:
    assert redactor.text("\ud800 13812345678") == f"\ud800 {MARK}"


def test_a_short_secret_is_refused_without_being_shown() -> None:
    with pytest.warns(RedactionWarning, match="secret 2 of 3"):
        redactor = Redactor(["long enough", "qz7", ""])
    assert len(redactor.refused) == 1 and "qz7" not in redactor.refused[0]
    assert redactor.text("qz7 long enough") == f"qz7 {MARK}"


def test_without_secrets_nothing_changes() -> None:
    assert Redactor([]).text("[redacted] 13812345678") == "[redacted] 13812345678"
