"""Reads a document, from a file or an address, into paragraphs. Needs the extra `documents` for pdf, docx and html."""

from __future__ import annotations

import re
import ssl
import unicodedata
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from gongping.clauses.sentences import Paragraph, paragraphs

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_KINDS = {
    ".txt": "text", ".md": "text", ".markdown": "text", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".pdf": "pdf", ".docx": "docx", "": "text",
}  # fmt: skip
_TYPES = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "text/markdown": "text",
    "application/pdf": "pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}  # fmt: skip
_LARGEST = 30_000_000  # bytes: no agreement is larger
_TIMEOUT = 30  # seconds
_BLOCKS = {
    "p", "div", "section", "article", "main", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr", "td", "th", "blockquote",
    "pre", "h1", "h2", "h3", "h4", "h5", "h6", "header", "footer", "body", "figure", "figcaption", "form", "fieldset",
    "address", "details", "summary", "aside", "tbody", "thead", "center",
}  # fmt: skip
_SILENT = "script, style, noscript, template, svg, head, nav, select, button, iframe, [hidden]"


class Unreadable(Exception):
    """A document that can't be read. The message names it and what to do, in one line."""


def is_address(source: str) -> bool:
    """Whether it is fetched, not opened."""
    return re.match(r"https?://", source, re.I) is not None


def read(source: str, headers: Mapping[str, str] | None = None, tls: ssl.SSLContext | None = None) -> list[Paragraph]:
    """The paragraphs of a txt, md, html, pdf or docx file, or of what an http(s) address answers. Raises Unreadable.

    headers: go to that address alone, not to where it redirects. tls: how its certificate is checked, as usual by default.
    """
    if is_address(source):
        content, kind = _fetch(source, headers or {}, tls)
    else:
        content, kind = _file(source)
    blocks = _READERS[kind](content, source)
    if not any(block.text.strip() for block in blocks):
        raise Unreadable(
            f"{source}: no text in it; a scanned document or a page that a script writes: save its text first"
        )
    return blocks


def read_content(content: bytes, name: str, mime: str = "") -> list[Paragraph]:
    """The paragraphs of a file that was fetched already; its type is told from its first bytes, `mime`, or the ending of `name` (a name
    or an address). Raises Unreadable."""
    if len(content) > _LARGEST:
        raise Unreadable(f"{name}: over {_LARGEST // 1_000_000} MB")
    kind = (
        "pdf" if content.startswith(b"%PDF-")
        else "docx" if content.startswith(b"PK\3\4") and _ending(name) in (".docx", "")
        else _kind(name, mime)
    )  # fmt: skip
    if kind is None:
        raise Unreadable(f"{name}: {_ending(name)} isn't read")
    return _READERS[kind](content, name)


def _kind(name: str, mime: str) -> str | None:
    """What the type, or else the ending of a name or an address stands for."""
    return _TYPES.get(mime.split(";", maxsplit=1)[0].strip().lower()) or _KINDS.get(_ending(name))


def _ending(name: str) -> str:
    return Path(urlsplit(name).path).suffix.lower()


def _file(source: str) -> tuple[bytes, str]:
    if re.match(r"[a-z][a-z0-9+.-]+://", source, re.I):
        raise Unreadable(
            f"{source}: only http:// and https:// addresses are fetched; save the document and name the file"
        )
    path = Path(source)
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise Unreadable(f"{source}: {path.suffix} isn't read; save it as txt, md, html, pdf or docx")
    try:
        return path.read_bytes(), kind
    except FileNotFoundError:
        raise Unreadable(f"{source}: no such file; check the path") from None
    except IsADirectoryError:
        raise Unreadable(f"{source}: a directory; name one file") from None
    except OSError as error:
        raise Unreadable(f"{source}: {error.strerror or error}; check its permissions") from None


def _fetch(address: str, headers: Mapping[str, str], tls: ssl.SSLContext | None) -> tuple[bytes, str]:
    request = Request(
        address,
        headers={
            "User-Agent": f"gongping/{version('gongping')} (clause lint)",
            "Accept": "text/html, application/xhtml+xml, text/plain, application/pdf, */*;q=0.5",
            "Accept-Language": "zh-CN, zh;q=0.9, en;q=0.5",
        },
    )
    for name, value in headers.items():
        request.add_unredirected_header(name, value)  # a redirect may lead to another's host
    try:
        with urlopen(request, timeout=_TIMEOUT, context=tls) as answer:
            content = answer.read(_LARGEST + 1)
            kind = _kind(address, answer.headers.get_content_type())
    except HTTPError as error:
        raise Unreadable(
            f"{address}: the server answered {error.code} {error.reason}; save the page and name the file"
        ) from None
    except (URLError, TimeoutError, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise Unreadable(
            f"{address}: not reached ({reason}); check the address, or save the page and name the file"
        ) from None
    if len(content) > _LARGEST:
        raise Unreadable(f"{address}: over {_LARGEST // 1_000_000} MB; save the part with the terms and name the file")
    if kind is None:
        raise Unreadable(f"{address}: neither html, text, pdf nor docx; save it as one of these and name the file")
    return content, kind


def _decoded(content: bytes, source: str) -> str:
    """Text in UTF-8, UTF-16 with its mark, or one of the Chinese encodings of old."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "gb18030", "big5"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(f"{source}: not a text in UTF-8 or GB18030; save it as UTF-8")


def _text(content: bytes, source: str) -> list[Paragraph]:
    if b"\0" in content[:2000] and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable(f"{source}: not a text; save it as txt, md, html, pdf or docx with that ending")
    return paragraphs(_decoded(content, source))


def _missing(source: str, error: ImportError) -> Unreadable:
    return Unreadable(f"{source}: reading it needs {error.name}; pip install 'gongping[documents]'")


def _html(content: bytes, source: str) -> list[Paragraph]:
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError as error:
        raise _missing(source, error) from None
    declared = re.search(rb"charset=[\"']?([\w-]+)", content[:4000], re.I)
    try:
        text = content.decode(declared[1].decode() if declared else "utf-8")
    except (UnicodeDecodeError, LookupError):
        text = _decoded(content, source)
    tree = LexborHTMLParser(text)
    for node in tree.css(_SILENT):
        node.decompose()
    if tree.body is None:
        return []
    found: list[Paragraph] = []
    for tag, said in _blocks(tree.body):
        number = len(found) + 1
        if re.fullmatch("h[1-6]", tag):
            found.append(Paragraph(number, said, "heading", int(tag[1])))
        else:
            one = paragraphs(said)[:1]
            kind = "item" if tag == "li" else one[0].kind if one else "text"
            found.append(Paragraph(number, said, kind, one[0].level if kind == "heading" else 0))
    return found


def _blocks(root: LexborNode) -> Iterator[tuple[str, str]]:
    """The texts of the innermost blocks below `root`, with their tags, in reading order."""
    held: list[str] = []
    tag = root.tag or "div"

    def text() -> str:
        return re.sub(r"[ \t\r\f\v]*\n[ \t\r\f\v\n]*", "\n", re.sub(r"[ \t\r\f\v]+", " ", "".join(held))).strip()

    node = root.child
    while node is not None:
        if node.tag == "-text":
            held.append(re.sub(r"\s+", " ", node.text(deep=False)))
        elif node.tag == "br":
            held.append("\n")
        elif node.tag in _BLOCKS or (node.tag and _has_block(node)):
            if said := text():
                yield tag, said
            held.clear()
            yield from _blocks(node)
        elif node.tag and not node.tag.startswith(("-", "_")):
            held.append(re.sub(r"\s+", " ", node.text(deep=True)))
        node = node.next
    if said := text():
        yield tag, said


def _has_block(node: LexborNode) -> bool:
    return any(inner.tag in _BLOCKS for inner in node.traverse() if inner is not node)


def _pdf(content: bytes, source: str) -> list[Paragraph]:
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise _missing(source, error) from None
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(f"{source}: protected by a password; save it without one")
        pages = [page.extract_text() or "" for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, OSError) as error:
        raise Unreadable(f"{source}: not a readable pdf ({error}); save it again, or as text") from None
    return paragraphs(_unwrapped("\n".join(pages).translate(_RADICALS)))


_RADICALS = {n: unicodedata.normalize("NFKC", chr(n)) for n in range(0x2F00, 0x2FD6)} | {
    ord(radical): plain for radical, plain in zip("⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻪⻬⻮⻰⻳", "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄黾齐齿龙龟", strict=True)
}  # fmt: skip
"""Radicals, which a pdf's fonts give for the characters that look like them."""


_STARTS = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百零〇\d]+[章节条]|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}(?:\.\d{1,2})*[.、．\s]|[-•●·])"
)


def _unwrapped(text: str) -> str:
    """The text of a pdf, whose lines end where the paper does, with blank lines between paragraphs again."""
    lines = [line.rstrip() for line in text.split("\n")]
    widths = sorted(len(line.strip()) for line in lines if len(line.strip()) > 8)
    full = widths[int(len(widths) * 0.8)] if widths else 0
    out: list[str] = []
    for line in lines:
        previous = out[-1] if out else ""
        wrapped = (
            bool(line.strip())
            and bool(previous.strip())
            and len(previous.split("\n")[-1].strip()) >= 0.75 * full
            and not _STARTS.match(line)
        )
        if wrapped:
            latin = previous[-1:].isascii() and line.strip()[:1].isascii()
            out[-1] = previous + (" " if latin else "") + line.strip()
            # the width of the last line decides, so it is remembered as a line of its own length
            out[-1] = out[-1] if len(line.strip()) >= 0.75 * full else out[-1] + "\n"
        elif line.strip():
            out.append(line.strip())
    return "\n\n".join(part.strip() for part in out if part.strip())


def _docx(content: bytes, source: str) -> list[Paragraph]:
    try:
        from docx import Document
        from docx.table import Table
    except ImportError as error:
        raise _missing(source, error) from None
    try:
        document: Any = Document(BytesIO(content))
    except Exception as error:  # python-docx raises what zipfile, lxml and opc raise
        raise Unreadable(f"{source}: not a readable docx ({error}); save it again, or as text") from None
    found: list[Paragraph] = []
    for part in document.iter_inner_content():
        texts = [c.text for row in part.rows for c in row.cells] if isinstance(part, Table) else [part.text]
        style = "" if isinstance(part, Table) else str(part.style.name or "")
        for said in dict.fromkeys(texts):
            if not said.strip():
                continue
            number = len(found) + 1
            level = re.match(r"(?:Heading|标题)\s*(\d)", style)
            if level or style == "Title":
                found.append(Paragraph(number, said.strip(), "heading", int(level[1]) if level else 1))
                continue
            one = paragraphs(said)[:1]
            kind = "item" if style.startswith("List") else one[0].kind if one else "text"
            found.append(Paragraph(number, said.strip(), kind, one[0].level if kind == "heading" else 0))
    return found


_READERS = {"text": _text, "html": _html, "pdf": _pdf, "docx": _docx}
