"""Takes known secrets out of text, bytes and JSON, in every form in which a browser, a log or a trace writes them."""

from __future__ import annotations

import html
import re
import string
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

MARK = "[redacted]"
SHORTEST = 4  # characters; what is shorter stands in ordinary text too often to be blotted out

_BASE64 = (string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/").encode()
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")
_UTF16 = ("utf-16-le", "utf-16-be")
_JSON_SHORT = {'"': '\\"', "\\": "\\\\", "/": "\\/", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_HTML_NAMED = {"&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos", "\u00a0": "nbsp"}


_TOKEN_NAMES = re.compile(
    r"token|session|sess|sid$|auth|passw|secret|ticket|jwt|csrf|xsrf|refresh|access|credential|api[-_]?key", re.I
)
_TOKEN_SHAPE = re.compile(r"(?=[^\d]*\d)(?=[^A-Za-z]*[A-Za-z])[\w+/=.~%:|-]{20,}")


def looks_like_token(name: str, value: str) -> bool:
    """Whether a value that nobody declared to be a secret is one, by its name or its shape."""
    return bool(_TOKEN_NAMES.search(name) or _TOKEN_SHAPE.fullmatch(value))


class RedactionWarning(UserWarning):
    """A secret was refused; the message tells which one without showing it."""


class Redactor:
    """Replaces each secret with `[redacted]`; doing it twice changes nothing more.

    Found are: plain UTF-8, UTF-16 in both byte orders, base64 at all three alignments (standard and URL-safe, itself
    percent-encoded or JSON-escaped too), and any mixture of plain, percent-encoded (once or twice, both hex cases, `+`
    for a space), JSON-escaped and HTML-escaped characters. `refused` names, by position, what was too short.

    `tokens` are secrets that nobody typed, such as a session's cookies: many and long. Letters, digits and `-._~` in them are
    looked for as they are, for no encoder escapes those (RFC 3986, 2.3): a tenth of the time for a pattern.
    """

    def __init__(self, secrets: Iterable[str], tokens: Iterable[str] = ()) -> None:
        given = list(secrets)
        self.refused = tuple(
            f"secret {position} of {len(given)} has fewer than {SHORTEST} characters and is not redacted: "
            "it would blot out ordinary text"
            for position, secret in enumerate(given, start=1)
            if 0 < len(secret) < SHORTEST
        )
        for reason in self.refused:
            warnings.warn(reason, RedactionWarning, stacklevel=2)
        # longest first: a secret that holds another must not leave its rest behind
        kept = sorted(
            {secret for secret in given if len(secret) >= SHORTEST}, key=lambda secret: (-len(secret), secret)
        )
        long = sorted({t for t in tokens if len(t) >= SHORTEST} - set(kept), key=lambda token: (-len(token), token))
        self._wide = {
            text.encode(order, "surrogatepass"): MARK.encode(order) for text in (*kept, *long, MARK) for order in _UTF16
        }
        self._pattern = _compile(kept, long) if kept or long else None

    def data(self, data: bytes) -> bytes:
        """`data` without the secrets; in UTF-16 the mark is UTF-16 as well."""
        return self._pattern.sub(self._mark, data) if self._pattern else data

    def _mark(self, match: re.Match[bytes]) -> bytes:
        return self._wide.get(match[0], MARK.encode())

    def text(self, text: str) -> str:
        """`text` without the secrets."""
        if not self._pattern:
            return text
        return self.data(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")

    def json(self, value: Any) -> Any:
        """A copy of a JSON value without the secrets, in keys, strings and numbers; such a number becomes the mark."""
        match value:
            case str():
                return self.text(value)
            case bytes():
                return self.data(value)
            case dict():
                return {self.json(key): self.json(item) for key, item in value.items()}
            case list() | tuple():
                return [self.json(item) for item in value]
            case int() | float() if not isinstance(value, bool):
                shown = self.text(repr(value))
                return value if shown == repr(value) else MARK
            case _:
                return value


def _compile(secrets: list[str], tokens: list[str]) -> re.Pattern[bytes]:
    """One alternation, its branches grouped by their first byte so that the engine skips all other bytes at once."""
    branches: dict[bytes, list[bytes]] = defaultdict(list)
    # an earlier mark matches itself first, so that the secret "redacted" is not redacted in it
    for mark in (MARK.encode(), *map(MARK.encode, _UTF16)):
        branches[mark[:1]].append(re.escape(mark[1:]))
    typed = set(secrets)
    for secret in sorted((*secrets, *tokens), key=lambda secret: -len(secret)):
        rest = b"".join(map(_any_form if secret in typed else _token_form, secret[1:]))
        for first in _forms(secret[0]) if secret in typed or secret[0] not in _UNRESERVED else [secret[0].encode()]:
            branches[first[:1]].append(_either_case(first[1:]) + rest)
        for sextets in _base64(secret.encode("utf-8", "surrogatepass")):
            for first in sextets[0]:
                branches[first[:1]].append(_either_case(first[1:]) + b"".join(map(_either, sextets[1:])))
        for order in _UTF16:
            wide = secret.encode(order, "surrogatepass")
            branches[wide[:1]].append(re.escape(wide[1:]))
    return re.compile(b"|".join(re.escape(first) + _group(rests) for first, rests in branches.items()), re.DOTALL)


def _group(patterns: Iterable[bytes]) -> bytes:
    return b"(?:" + b"|".join(dict.fromkeys(patterns)) + b")"


def _either(forms: Iterable[bytes]) -> bytes:
    forms = list(forms)
    singles = [form for form in forms if len(form) == 1]
    longer = [_either_case(form) for form in forms if len(form) > 1]
    if not longer:
        return b"[" + b"".join(map(re.escape, singles)) + b"]" if len(singles) > 1 else re.escape(singles[0])
    return _group([*longer, *map(re.escape, singles)])


def _token_form(letter: str) -> bytes:
    return re.escape(letter.encode()) if letter in _UNRESERVED else _any_form(letter)


def _any_form(letter: str) -> bytes:
    return _either(_forms(letter))


def _either_case(form: bytes) -> bytes:
    """The pattern of `form`, hexadecimal digits of an escape in either case."""
    if not form.isascii() or not re.search(rb"[0-9A-F]{2}|x[0-9A-F]+;", form):
        return re.escape(form)
    return b"".join(
        b"[%c%c]" % (byte, byte + 32) if ord("A") <= byte <= ord("F") else re.escape(bytes([byte])) for byte in form
    )


def _forms(letter: str) -> Iterator[bytes]:
    """Every way in which one character is written in UTF-8 text; hexadecimal digits in capitals."""
    raw = letter.encode("utf-8", "surrogatepass")
    yield raw
    for percent in (b"%", b"%25"):
        yield b"".join(percent + b"%02X" % byte for byte in raw)
    if letter == " ":
        yield b"+"
    if short := _JSON_SHORT.get(letter):
        yield short.encode()
    units = letter.encode("utf-16-be", "surrogatepass")
    yield b"".join(b"\\u%02X%02X" % (units[i], units[i + 1]) for i in range(0, len(units), 2))
    if len(raw) == 1:
        yield b"\\x%02X" % raw[0]
    yield b"&#%d;" % ord(letter)
    yield b"&#x%X;" % ord(letter)
    yield b"&#x%02X;" % ord(letter)
    if name := _HTML_NAMED.get(letter):
        yield b"&" + name.encode() + b";"
    elif (escaped := html.escape(letter)) != letter:
        yield escaped.encode()


def _base64(secret: bytes) -> Iterator[list[list[bytes]]]:
    """The secret's base64 at each alignment: for every sextet that it touches, the forms that its known bits allow."""
    for before in range(3):
        bits: list[int | None] = [None] * (8 * before)
        bits += [byte >> shift & 1 for byte in secret for shift in range(7, -1, -1)]
        first = 8 * before // 6
        sextets = [bits[i : i + 6] for i in range(6 * first, len(bits), 6)]
        yield [
            [form for code in range(64) if _agrees(code, sextet) for form in _sextet_forms(code)] for sextet in sextets
        ]


def _agrees(code: int, bits: list[int | None]) -> bool:
    return all(bit is None or code >> (5 - place) & 1 == bit for place, bit in enumerate(bits))


def _sextet_forms(code: int) -> list[bytes]:
    match code:
        case 62:
            return [b"+", b"-", b"%2B", b"\\u002B"]
        case 63:
            return [b"/", b"_", b"%2F", b"\\/"]
        case _:
            return [_BASE64[code : code + 1]]
