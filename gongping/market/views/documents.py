"""Agreements, rules, policies, notices and the licence page."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote

from flask import Blueprint, Response, abort, redirect, render_template, request
from markupsafe import Markup, escape

from gongping.market.announcements import ANNOUNCEMENTS
from gongping.market.context import fault, login_required, user
from gongping.market.faults import SWITCHES

pages = Blueprint("documents", __name__)

DOCUMENTS = {
    "terms": "用户服务协议",
    "rules": "交易规则",
    "privacy": "隐私政策",
    "reviews": "评价规则",
    "sellers": "平台商家入驻协议",
    "deregistration": "账号注销须知",
    "returns": "七日无理由退货规则",
    "ip": "知识产权保护规则",
    "disputes": "争议处理规则",
}


_WITHHELD = {"review-rules-missing": "reviews", "ip-rules-missing": "ip", "dispute-rules-none": "disputes"}


def documents() -> dict[str, str]:
    """The documents that this variant has, by their titles."""
    gone = {name for switch, name in _WITHHELD.items() if fault(switch)}
    titles = {name: title for name, title in DOCUMENTS.items() if name not in gone}
    if fault("review-rules-other-words"):
        titles["reviews"] = "用户点评须知"
    return titles


@dataclass(frozen=True)
class Block:
    """A heading (level 1 or 2) or a paragraph (level 0)."""

    level: int
    html: Markup
    text: str


def document(name: str) -> list[Block]:
    """A document's blocks, from its text template: `# ` title, `## ` heading, `**` emphasis, else paragraphs."""
    if name not in documents() or (name == "deregistration" and fault("dereg-unexplained")):
        abort(404)
    blocks = []
    held = [s.clause for s in SWITCHES.values() if s.document == name and fault(s.name)]
    for line in "\n".join([render_template(f"documents/{name}.txt"), *held]).splitlines():
        text = line.strip()
        if not text:
            continue
        if name == "terms" and fault("terms-unmarked"):
            text = text.replace("**", "")
        level = 1 if text.startswith("# ") else 2 if text.startswith("## ") else 0
        text = text.lstrip("# ")
        html = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", str(escape(text)))
        blocks.append(Block(level, Markup(html), text.replace("**", "")))
    return blocks


def _day(ago: int) -> str:
    """A day before or (below zero) after today."""
    return f"{date.today() - timedelta(days=ago):%Y年%m月%d日}"


@pages.get("/rules")
def centre() -> str:
    """规则中心"""
    hidden = {"terms-missing": "terms", "rules-missing": "rules", "privacy-missing": "privacy"}
    left_out = {name for switch, name in hidden.items() if fault(switch)}
    if fault("dereg-unexplained"):
        left_out.add("deregistration")
    return render_template(
        "rules.html", documents={k: v for k, v in documents().items() if k not in left_out}, day=_day
    )


@pages.get("/doc/<name>")
def show(name: str) -> str:
    """A document in full."""
    old = request.args.get("version") == "2021" and fault("agreements-old-version")
    return render_template("document.html", name=name, blocks=document(name), old=old)


@pages.get("/doc/<name>/download")
def download(name: str) -> Response:
    """The same text as a file."""
    blocks = document(name)
    if fault("download-error-page"):
        blocks = [Block(0, Markup(), "系统繁忙，请稍后再试。")]
    if fault("download-truncated"):
        blocks = blocks[: len(blocks) // 3]
    if fault("download-as-html"):
        page = "".join(f"<p>{block.html}</p>" for block in blocks)
        return Response(
            f"<meta charset=utf-8>{page}", headers={"Content-Disposition": f"attachment; filename={name}.html"}
        )
    text = "\n\n".join(block.text for block in blocks)
    file = quote(f"山城集市{DOCUMENTS[name]}.txt")
    return Response(
        text,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{file}"},
    )


@pages.get("/licence")
def licence() -> str:
    """证照信息"""
    if fault("licence-login-gated"):
        abort(404)
    return render_template("licence.html")


@pages.get("/licence.svg")
def licence_picture() -> Response:
    """The licence as a picture."""
    return Response(render_template("licence.svg"), mimetype="image/svg+xml")


@pages.get("/permits")
def permits() -> str:
    """行政许可信息"""
    return render_template("permits.html")


@pages.get("/filings")
def filings() -> str:
    """备案信息"""
    return render_template("filings.html")


@pages.get("/credentials")
def credentials() -> str:
    """Where the mark of two faults leads: an index, or a page without data."""
    if not (fault("licence-two-clicks") or fault("licence-no-data")):
        abort(404)
    return render_template("credentials.html")


@pages.get("/account/licence")
@login_required
def gated_licence() -> str:
    """The licence for customers only, which is a fault."""
    if not fault("licence-login-gated"):
        abort(404)
    return render_template("licence.html")


@pages.get("/account/doc/<name>")
@login_required
def gated_document(name: str) -> str:
    """A document for customers only, which is a fault."""
    if not fault("agreements-login-gated"):
        abort(404)
    return render_template("document.html", name=name, blocks=document(name), old=False)


@pages.get("/about")
def about() -> str:
    """关于我们"""
    return render_template("about.html")


@pages.get("/help")
def help_page() -> str:
    """帮助中心"""
    return render_template("help.html")


@pages.get("/notices")
def notices() -> str:
    """公示中心: penalties of sellers and notices of intellectual property."""
    return render_template("notices.html", day=_day)


@pages.get("/announcement/<name>")
def announcement(name: str) -> Response | str:
    """A notice of the platform."""
    found = ANNOUNCEMENTS.get(name)
    if found is None or not fault(name):
        abort(404)
    if found.gated and not user():
        return redirect(f"/login?next=/announcement/{name}")  # type: ignore[return-value]
    return render_template("announcement.html", label=found.label, paragraphs=found.paragraphs)


@pages.get("/mediation")
def mediation() -> str:
    """在线争议解决"""
    if fault("mediation-none"):
        abort(404)
    return render_template("mediation.html")
