"""A document's paragraphs: lines that break, boxes that scroll, words that are dressed differently."""

from __future__ import annotations

from gongping.sight.blocks import Block, blocks
from selftests.conftest import Walk, named_by, page

LINES = "".join(f"<p>第{n}条 平台依法承担责任。</p>" for n in range(1, 41))


def document(walk: Walk, html: str) -> tuple[Block, ...]:
    sight = walk.to(page(f"<article id=doc>{html}</article>")).sight
    return blocks(sight, named_by(sight, "doc"))


def test_paragraphs_headings_items_and_cells_are_told_apart(walk: Walk) -> None:
    read = document(
        walk,
        """<h1>用户协议</h1><h3>一、总则</h3><p>请<b>仔细</b>阅读<a href=/a>《隐私政策》</a>。</p><div>甲方：平台<br>乙方：您</div>
            <ul><li>第一项</li><li>第二<span>项</span></li></ul><table><tr><th>网店名称</th><td>甲店</td></tr></table>
            <div>外层<div>内层</div>之后</div>""",
    )
    assert [(b.text, b.kind, b.level) for b in read] == [
        ("用户协议", "heading", 1),
        ("一、总则", "heading", 3),
        ("请仔细阅读《隐私政策》。", "", 0),
        ("甲方：平台", "", 0),
        ("乙方：您", "", 0),
        ("第一项", "item", 0),
        ("第二项", "item", 0),
        ("网店名称", "cell", 0),
        ("甲店", "cell", 0),
        ("外层", "", 0),
        ("内层", "", 0),
        ("之后", "", 0),
    ]


def test_what_a_box_shows_after_scrolling_is_read_and_what_is_hidden_is_not(walk: Walk) -> None:
    sight = walk.to(
        page(
            f"""<div style="height:120px;overflow:auto">{LINES}</div><div style="height:40px;overflow:hidden"><p style="height:60px">露</p><p>藏一</p></div>
            <p style="display:none">藏二</p><div style="height:0;overflow:auto"><p>藏三</p></div><div style="opacity:0"><p>藏四</p></div>
            <div style="position:absolute;left:-9999px"><p>藏五</p></div>"""
        )
    ).sight
    read = blocks(sight)
    text = "\n".join(b.text for b in read)
    assert text.count("平台依法承担责任") == 40 and "第40条" in text and "露" in text and "藏" not in text
    assert not read[0].scrolled and read[39].scrolled
    assert "第40条" not in sight.text  # elsewhere a consumer's eyes decide


def test_runs_keep_the_dress_of_characters(walk: Walk) -> None:
    (block,) = document(
        walk,
        """<p style="font-size:14px">平台<b style="color:rgb(200, 0, 0)">不承担</b>责任<u>，但</u><mark style="background:rgb(255, 255, 0)">除外</mark></p>""",
    )
    assert [(r.length, r.weight, r.underlined, bool(r.background)) for r in block.runs] == [
        (2, 400, False, False),
        (3, 700, False, False),
        (2, 400, False, False),
        (2, 400, True, False),
        (2, 400, False, True),
    ]
    assert block.runs[1].colour == "rgb(200, 0, 0)" and all(r.font_px == 14 for r in block.runs)
    assert sum(r.length for r in block.runs) == len(block.text) and block.box is not None and block.box.width > 100
