"""Records that a browser makes by itself: a page as one file (MHTML), the traffic (HAR), a trace of what was done; without secrets.

Known secrets leave by the run's redactor; session cookies, authorisation headers, what was posted, and values in addresses that are
named like a token leave always, since nobody told them beforehand.
"""

from __future__ import annotations

import base64
import email
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from gongping.evidence.redact import MARK

Redact = Callable[[bytes], bytes]

MOST_BYTES = 20_000_000
"""A page whose file would be larger is not kept (convention)."""

_SECRET_HEADERS = re.compile(
    r"^(cookie|set-cookie|authorization|proxy-authorization|x-(csrf|xsrf|auth)[\w-]*|[\w-]*token)$", re.I
)
_SECRET_VALUES = re.compile(r"token|session|^sid$|auth|passw|^pwd$|secret|ticket|signature|^sign$|^code$|csrf", re.I)
_IN_TEXT = re.compile(
    rb"((?:[?&]|&amp;|\\u0026)(?:[\w.-]*(?:token|session|auth|passw|secret|ticket|signature|csrf)[\w.-]*|sid|pwd|sign|code)=)[^&\"'<>\s#\\]+",
    re.I,
)
"""The same values in an address that stands in a text."""

_TEXTS = (".trace", ".network", ".stacks", ".html", ".css", ".js", ".json", ".txt", ".svg", ".xml", ".dat")


def save_page(page: Page, path: Path, redact: Redact) -> bool:
    """Writes the page with its pictures and styles as one MHTML file. False where the browser can't, or it would be too large."""
    try:
        session = page.context.new_cdp_session(page)
        data: str = session.send("Page.captureSnapshot", {"format": "mhtml"})["data"]
        session.detach()
    except PlaywrightError:
        return False
    raw = data.encode("utf-8", "surrogatepass")
    if len(raw) > MOST_BYTES:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(clean_mhtml(raw, redact))
    return True


def clean_mhtml(raw: bytes, redact: Redact) -> bytes:
    """MHTML without secrets: its texts are encoded (quoted-printable breaks lines anywhere), so each is read, cleaned and written anew."""
    message = email.message_from_bytes(raw)
    for part in message.walk():
        for name in ("Content-Location", "Snapshot-Content-Location"):
            if part[name]:
                part.replace_header(name, redact(_quiet_address(part[name]).encode()).decode("utf-8", "replace"))
        if not part.is_multipart() and part.get_content_maintype() == "text":
            body = part.get_payload(decode=True)
            assert isinstance(body, bytes)
            part.replace_header("Content-Transfer-Encoding", "base64")
            part.set_payload(base64.encodebytes(redact(_quiet_text(body))).decode("ascii"))
    return message.as_bytes()


def clean_har(path: Path, redact: Redact) -> None:
    """Takes secrets and bodies out of a HAR file, in place. A file that is not there, or broken, is left out."""
    try:
        har = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        path.unlink(missing_ok=True)
        return
    path.write_bytes(redact(json.dumps(_cleaned(har), ensure_ascii=False).encode("utf-8", "surrogatepass")))


def clean_trace(path: Path, redact: Redact) -> None:
    """Takes secrets out of a Playwright trace, in place: out of its logs line by line, and out of every text that it keeps."""
    try:
        with zipfile.ZipFile(path) as packed:
            members = [(m, packed.read(m)) for m in packed.infolist()]
    except (OSError, zipfile.BadZipFile):
        path.unlink(missing_ok=True)
        return
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for member, raw in members:
            name, data = member.filename, raw
            if name.endswith((".trace", ".network", ".stacks")):
                data = b"\n".join(_cleaned_line(line) for line in data.splitlines())
            packed.writestr(
                member.filename, redact(_quiet_text(data)) if name.endswith(_TEXTS) or "." not in name else data
            )


def _cleaned_line(line: bytes) -> bytes:
    try:
        return json.dumps(_cleaned(json.loads(line)), ensure_ascii=False).encode("utf-8", "surrogatepass")
    except ValueError:
        return line


def _cleaned(value: Any) -> Any:
    """A copy without cookies, authorisation and posted data, and with quiet addresses."""
    match value:
        case dict():
            named = str(value.get("name", ""))
            if "value" in value and (_SECRET_HEADERS.match(named) or _SECRET_VALUES.search(named)):
                return {**value, "value": MARK}
            return {
                k: [] if k == "cookies" else MARK if k == "postData" and v else _cleaned(v) for k, v in value.items()
            }
        case list():
            return [_cleaned(v) for v in value]
        case str() if value.startswith(("http://", "https://")) and "=" in value:
            return _quiet_address(value)
        case _:
            return value


def _quiet_text(text: bytes) -> bytes:
    return _IN_TEXT.sub(rb"\1" + MARK.encode(), text)


def _quiet_address(url: str) -> str:
    """An address whose query values named like a token are blotted out."""
    parts = urlsplit(url)
    if not parts.query:
        return url
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if not any(_SECRET_VALUES.search(k) for k, _ in pairs):
        return url
    return urlunsplit(parts._replace(query=urlencode([(k, MARK if _SECRET_VALUES.search(k) else v) for k, v in pairs])))
