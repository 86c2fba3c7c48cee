"""What the browser records by itself (pages, traffic, traces) holds no secret, in whatever wrapping."""

from __future__ import annotations

import email
import json
import zipfile
from pathlib import Path

import pytest

from gongping.evidence import records
from gongping.evidence.redact import Redactor
from selftests.conftest import Answer, Maker, Site, page

PASSWORD, PHONE = "Tr0ub4dor&3", "13812345678"
COOKIE, TOKEN = "c0okie-of-this-session", "t0ken-in-an-address"


def everything_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, unpacked and decoded."""
    found: dict[str, bytes] = {}
    for path in (p for p in folder.rglob("*") if p.is_file()):
        found[path.name] = path.read_bytes()
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as packed:
                found |= {f"{path.name}/{n}": packed.read(n) for n in packed.namelist()}
        if path.suffix == ".mhtml":
            parts = [p for p in email.message_from_bytes(path.read_bytes()).walk() if not p.is_multipart()]
            found |= {f"{path.name}/{n}": bytes(p.get_payload(decode=True) or b"") for n, p in enumerate(parts)}
    return found


@pytest.mark.parametrize("trace", [False, True])
def test_no_record_holds_a_planted_secret(trace: bool, site: Site, consume: Maker, tmp_path: Path) -> None:
    site["/"] = Answer(
        page(f"<form method=post action=/in><input name=u><input type=password name=p><button>登录</button></form><p>{'电话' * 40}{PHONE}</p><img src='/i?token={TOKEN}'>"),
        headers={"Set-Cookie": f"sid={COOKIE}"},
    )  # fmt: skip
    site["/in"] = page(f"<h1>欢迎 {PHONE}</h1>")
    consumer = consume(redact=Redactor([PASSWORD, PHONE]).data, trace=trace)
    consumer.visit(site.url(), "home")
    consumer.keep_page("home", whole=True)
    consumer.page.fill("[name=u]", PHONE)
    consumer.page.fill("[name=p]", PASSWORD)
    consumer.page.evaluate(
        "fetch('/in', {method: 'POST', headers: {Authorization: 'Bearer x'}, body: new FormData(document.forms[0])})"
    )
    consumer.visit(site.url("/in"), "account")
    consumer.keep_page("account")
    consumer.close()
    kept = everything_in(tmp_path)
    assert {"home.mhtml", "account.mhtml"} <= {n.split("-")[-1] for n in kept if n.endswith(".mhtml")}
    assert any(n.endswith(".har") for n in kept)
    assert any(n.endswith("trace.trace") for n in kept) is trace
    for secret in (PASSWORD, PHONE, COOKIE, TOKEN):
        assert not [n for n, data in kept.items() if secret.encode() in data and not n.endswith(".jpg")], secret
    assert any("欢迎".encode() in data for n, data in kept.items() if ".mhtml" in n)


def test_traffic_keeps_what_was_asked_and_answered(site: Site, consume: Maker, tmp_path: Path) -> None:
    site["/"] = page("<h1>首页</h1>")
    with consume() as consumer:
        consumer.visit(site.url("/?q=手机&page=2"), "home")
    [har] = (tmp_path / "traffic").glob("*.har")
    [entry] = [e for e in json.loads(har.read_text("utf-8"))["log"]["entries"] if "q=" in e["request"]["url"]]
    assert entry["response"]["status"] == 200 and "page=2" in entry["request"]["url"]


@pytest.mark.parametrize("clean", [records.clean_har, records.clean_trace])
def test_a_broken_record_is_left_out(clean: object, tmp_path: Path) -> None:
    broken = tmp_path / "x"
    broken.write_bytes(b"{")
    clean(broken, bytes)  # type: ignore[operator]
    clean(tmp_path / "none", bytes)  # type: ignore[operator]
    assert not broken.exists()
