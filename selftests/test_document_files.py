"""Agreements that are files: PDF, DOCX and plain text, downloaded, shown in a frame, or opened in a tab."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.sync_api import Browser

from gongping.consumer.door import Door
from gongping.consumer.walls import Wall, WallName
from gongping.judging import bring_over
from gongping.observations.documents import Document
from gongping.pages.documents import Documents
from selftests.conftest import Answer, Maker, Site, named, page

LINES = [
    "云集市用户服务协议",
    *(f"第{n}条 平台依照法律、法规和本协议的约定提供服务，保护消费者的合法权益。" for n in "一二三四五六"),
]
PDF, DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STREAM = "application/octet-stream"


@pytest.fixture(scope="module")
def pdf(chromium: Browser) -> bytes:
    page = chromium.new_page()
    page.set_content("".join(f"<p>{line}</p>" for line in LINES))
    made = page.pdf()
    page.close()
    return made


@pytest.fixture(scope="module")
def docx() -> bytes:
    document = pytest.importorskip("docx").Document()
    for line in LINES:
        document.add_paragraph(line)
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def reader(consume: Maker, site: Site, body: str, **settings: Any) -> tuple[Documents, Any]:
    """The page object on a page with that body, and the look at it."""
    site["/"] = page(body)
    consumer = consume(**settings)
    consumer.visit(site.url(), "home")
    documents = Documents(consumer, cast(Any, SimpleNamespace(stop=lambda *_: None, reach=lambda *_: None)))
    documents.reached = lambda *_: None  # type: ignore[method-assign]
    return documents, consumer.look("home", pictures="none")


def read(document: Document) -> list[str]:
    return [line.replace(" ", "") for line in document.text.splitlines() if line.strip()]


WHOLE = [line.replace(" ", "") for line in LINES]


@pytest.mark.parametrize("tab", ["", " target=_blank"])
@pytest.mark.parametrize(("name", "mime"), [("/a.pdf", PDF), ("/agreement", PDF), ("/a.pdf", STREAM)])
def test_a_pdf_is_read(name: str, mime: str, tab: str, pdf: bytes, site: Site, consume: Maker) -> None:
    site[name] = Answer(pdf, headers={"Content-Type": mime})
    documents, live = reader(consume, site, f"<a href={name}{tab}>用户协议</a>")
    document = documents.follow(live, named(live.sight, "用户协议"), "agreement_user")
    assert (document.how, document.wall, document.title) == ("file", "", LINES[0])
    assert read(document) == WHOLE
    assert (consume.folder / document.file).read_bytes() == pdf


@pytest.mark.parametrize(("name", "mime"), [("/a.docx", DOCX), ("/a.docx", STREAM), ("/get", DOCX)])
def test_a_docx_is_read(name: str, mime: str, docx: bytes, site: Site, consume: Maker) -> None:
    site[name] = Answer(docx, headers={"Content-Type": mime, "Content-Disposition": "attachment"})
    documents, live = reader(consume, site, f"<a href={name}>用户协议</a>")
    document = documents.follow(live, named(live.sight, "用户协议"), "agreement_user")
    assert (document.how, read(document)) == ("file", WHOLE)


def test_a_file_that_a_script_made_is_read(site: Site, consume: Maker) -> None:
    text = "\\n".join(LINES)
    script = f"""b.onclick = () => {{ const a = document.createElement("a"); a.href = URL.createObjectURL(new Blob(["{text}"]));
        a.download = "x.txt"; document.body.append(a); a.click(); a.remove(); }}"""
    documents, live = reader(consume, site, f"<button id=b>用户协议</button><script>{script}</script>")
    document = documents.follow(live, named(live.sight, "用户协议"), "agreement_user")
    assert (document.how, read(document)) == ("file", WHOLE)


@pytest.mark.parametrize(
    "tag",
    [
        "<iframe src={} {}></iframe>",
        "<embed src={} type=application/pdf {}>",
        "<object data={} type=application/pdf {}></object>",
    ],
)
def test_a_pdf_in_a_frame_is_read(tag: str, pdf: bytes, site: Site, consume: Maker) -> None:
    site["/a.pdf"] = Answer(pdf, headers={"Content-Type": PDF})
    site["/doc"] = page("<h1>用户协议</h1>" + tag.format("/a.pdf", "width=900 height=700"))
    documents, live = reader(consume, site, "<a href=/doc>用户协议</a>")
    for document in (
        documents.follow(live, named(live.sight, "用户协议"), "agreement_user"),
        documents.open(site.url("/doc"), "agreement_user"),
    ):
        assert (document.how, read(document)) == ("file", WHOLE)


def test_an_address_that_is_a_file_is_read(pdf: bytes, site: Site, consume: Maker) -> None:
    site["/a.pdf"] = Answer(pdf, headers={"Content-Type": PDF})
    documents, _ = reader(consume, site, "")
    assert read(documents.open(site.url("/a.pdf"), "agreement_privacy")) == WHOLE


def test_a_page_with_a_small_file_beside_its_text_is_the_page(pdf: bytes, site: Site, consume: Maker) -> None:
    site["/a.pdf"] = Answer(pdf, headers={"Content-Type": PDF})
    site["/doc"] = page(
        "<main><h1>用户协议</h1>"
        + "<p>本页就是协议全文。</p>" * 30
        + "<iframe src=/a.pdf width=90 height=70></iframe></main>"
    )
    documents, live = reader(consume, site, "<a href=/doc>用户协议</a>")
    document = documents.follow(live, named(live.sight, "用户协议"), "agreement_user")
    assert document.how == "page" and "本页就是协议全文" in document.text


@pytest.mark.parametrize("content", [b"%PDF-1.4 nothing of the kind", b"PK\3\4 torn", b"\0\1\2\3"])
def test_a_file_that_cannot_be_read_says_so_and_is_kept(content: bytes, site: Site, consume: Maker) -> None:
    site["/get"] = Answer(content, headers={"Content-Type": STREAM, "Content-Disposition": "attachment"})
    documents, live = reader(consume, site, "<a href=/get>用户协议</a>")
    document = documents.follow(live, named(live.sight, "用户协议"), "agreement_user")
    assert (document.how, document.text, document.wall) == ("file", "", "")
    assert "get" in document.detail and (consume.folder / document.file).read_bytes() == content


def test_a_file_that_never_ends_is_a_wall_in_time(site: Site, consume: Maker) -> None:
    site["/a.pdf"] = Answer(b"%PDF-", headers={"Content-Type": PDF}, torn=True)
    documents, live = reader(consume, site, "<a href=/a.pdf>用户协议</a>")
    document = documents.follow(live, named(live.sight, "用户协议"), "agreement_user")
    assert document.wall == WallName.DOWNLOAD and "a.pdf" in document.detail


def test_a_file_with_a_secret_is_read_and_not_kept(site: Site, consume: Maker) -> None:
    site["/a.txt"] = Answer(
        "\n".join([*LINES, "hunter2"]),
        headers={"Content-Type": "text/plain; charset=utf-8", "Content-Disposition": "attachment"},
    )
    documents, live = reader(
        consume, site, "<a href=/a.txt>用户协议</a>", redact=lambda data: data.replace(b"hunter2", b"***")
    )
    document = documents.follow(live, named(live.sight, "用户协议"), "agreement_user")
    assert read(document)[:7] == WHOLE and document.file == "" and not (consume.folder / "files").exists()


def test_what_lets_a_browser_in_is_sent_for_the_platforms_own_files_alone(
    pdf: bytes, site: Site, consume: Maker
) -> None:
    site["/a.pdf"] = Answer(pdf, headers={"Content-Type": PDF})
    site["/on"] = Answer("", 302, headers={"Location": site.url("/a.pdf", "localhost")})
    documents, _ = reader(consume, site, "", door=Door(site.url(), headers={"X-Staging": "let-me-in"}))
    assert read(documents.open(site.url("/a.pdf"), "agreement_privacy")) == WHOLE
    site.asked.clear()
    with pytest.raises(Wall):
        documents.consumer.file(site.url("/on"))
    assert site.got("/") == ["GET /on"]


def test_a_dead_file_is_a_wall(site: Site, consume: Maker) -> None:
    documents, _ = reader(consume, site, "")
    site["/a.pdf"] = Answer("gone", 404)
    with pytest.raises(Wall) as wall:
        documents.open(site.url("/a.pdf"), "agreement_privacy")
    assert wall.value.name == WallName.NOT_FOUND


OVER = """<div id=base>{base}</div><button id=b>營業執照</button><script>b.onclick = () => {{ history.pushState(0, "", "/doc/licence");
document.body.insertAdjacentHTML("beforeend", `<div class=over style="position:fixed;inset:0;background:#fff;overflow:auto"><h1>營業執照</h1>
<p>名稱：拾悅資訊科技有限公司</p><p>統一社會信用代碼：91350200MA2XN3QK5W</p><p>住所：廈門市思明區一號</p></div>`); }}</script>"""


def test_a_document_over_the_page_is_read_though_it_has_an_address_of_its_own(site: Site, consume: Maker) -> None:
    documents, live = reader(consume, site, OVER.format(base="<p>猜你喜歡 二手相機 近全新 NT$9,800 面交</p>" * 30))
    document = documents.follow(live, named(live.sight, "營業執照"), "licence_mark")
    assert document.url.endswith("/doc/licence") and document.how == "layer"
    assert document.title == "營業執照" and "91350200" in document.text and "猜你喜歡" not in document.text


def test_a_layer_of_another_page_is_not_its_document(site: Site, consume: Maker) -> None:
    cookie = (
        '<div style="position:fixed;inset:30% 10%;background:#fff"><p>本網站使用 Cookie，繼續瀏覽即表示同意。</p></div>'
    )
    site["/doc"] = page("<main><h1>用户协议</h1>" + "<p>本页就是协议全文。</p>" * 30 + "</main>" + cookie)
    documents, live = reader(consume, site, "<a href=/doc>用户协议</a>")
    document = documents.follow(live, named(live.sight, "用户协议"), "agreement_user")
    assert document.how == "page" and document.text.count("本页就是协议全文") == 30


def test_a_page_that_shows_nothing_is_no_file(site: Site, consume: Maker) -> None:
    documents, live = reader(consume, site, "<a href=/doc>用户协议</a>")
    site["/doc"] = "<title>x</title><div style=display:none>" + "隐藏的文字。" * 40 + "</div>"
    document = documents.follow(live, named(live.sight, "用户协议"), "agreement_user")
    assert (document.wall, document.text) == (WallName.BLANK, "")
    with pytest.raises(Wall):
        documents.open(site.url("/doc"), "agreement_user")


def test_kept_files_go_along_where_a_bundle_is_judged_again(tmp_path: Path) -> None:
    (tmp_path / "old" / "files").mkdir(parents=True)
    (tmp_path / "old" / "files" / "a.pdf").write_bytes(b"%PDF-")
    bring_over(tmp_path / "old", tmp_path / "new")
    assert (tmp_path / "new" / "files" / "a.pdf").read_bytes() == b"%PDF-"
