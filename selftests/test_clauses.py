"""The clause lint: what it says of clauses, of their lookalikes, and of what stands around them."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from pathlib import Path

import pytest

from gongping.clauses import lint, lint_document, missing, paragraphs
from gongping.clauses.command import main
from gongping.clauses.judge import rules
from gongping.clauses.read import Unreadable, read
from gongping.clauses.stated import stated
from gongping.norm import load
from selftests.bench_clauses import ASIDE, SAMPLES, cases, measure

FILES = sorted(SAMPLES.glob("*.jsonl"))
RULED = [file for file in FILES if file.stem.startswith(("batch", "norm"))]
"""The samples that rules were written against; the others were written by strangers to them."""


def failed(text: str) -> list[tuple[int, str]]:
    return [(row.paragraph, row.duty) for row in lint(text) if row.outcome == "failed"]


@pytest.mark.parametrize("file", RULED, ids=lambda file: file.stem)
def test_samples_stay_right(file: Path) -> None:
    result = measure(cases(file))
    assert not result.failed_on_fair
    assert result.by_duty.precision >= 0.95, result.confusions
    assert result.by_duty.f1 >= 0.90, result.confusions


@pytest.mark.parametrize("file", [f for f in FILES if f not in RULED], ids=lambda file: file.stem)
def test_fair_sentences_of_strangers_are_not_accused(file: Path) -> None:
    result = measure(case for case in cases(file) if case.label == "fair")
    assert len(result.failed_on_fair) <= 0.02 * result.fair, result.failed_on_fair


def test_sentences_kept_aside_stay_as_good_as_they_were() -> None:
    """Nothing was ever trained on them, and no rule was written against them."""
    result = measure(cases(ASIDE))
    assert len(result.failed_on_fair) <= 0.05 * result.fair, result.failed_on_fair
    assert result.by_duty.f1 >= 0.75, result.confusions


def test_labels_and_duties_are_the_norms() -> None:
    known = {duty.id for duty in load().duties} | {"fair", "contested"}
    assert {case.label for file in FILES for case in cases(file)} <= known
    assert {duty for rule in rules() for duty in rule.duties} <= known


def test_own_sentences_have_families() -> None:
    own = [case for file in FILES if file.stem.startswith("batch") for case in cases(file)]
    assert len(own) >= 200
    assert len({case.family for case in own}) >= 20
    assert len({case.text for case in own}) == len(own)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("订金一经支付。概不退还。", [(1, "19.1")]),
        ("平台的赔偿责任如下。任何情况下均以5元优惠券为限，您不得再主张其他赔偿。", [(1, "34.4")]),
        ("会员费用一次付清。无论何种原因均不予退还。", [(1, "34.3")]),
    ],
)
def test_a_clause_split_over_two_sentences(text: str, expected: list[tuple[int, str]]) -> None:
    assert failed(text) == expected


def test_a_carve_out_in_the_next_sentence_is_heard() -> None:
    assert failed("因使用本服务造成的任何损失，平台概不负责。") != []
    assert failed("因使用本服务造成的任何损失，平台概不负责。但平台存在故意或者重大过失的除外。") == []


def test_a_list_is_read_with_its_lead() -> None:
    text = "平台对下列情形造成的损失概不负责：\n\n1. 服务器宕机导致优惠券过期；\n\n2. 您将密码告知他人。"
    assert failed(text) == [(2, "34.2")]


@pytest.mark.parametrize(
    "heading",
    [
        "# 平台不得作出的声明",
        "## 以下条款无效",
        "三、禁止商家使用的话术",
        "# 不公平格式条款示例",
        "# Prohibited clauses",
    ],
)
def test_a_heading_negates_the_list_below(heading: str) -> None:
    listed = "- 最终解释权归平台所有\n\n- 商品售出，概不退换。"
    assert failed(f"{heading}\n\n{listed}") == []
    assert failed(f"# 活动规则\n\n{listed}") == [(2, "34.6"), (3, "34.3")]
    assert failed(f"{heading}\n\n{listed}\n\n# 活动说明\n\n本活动最终解释权归本店所有。") == [(5, "34.6")]


@pytest.mark.parametrize("lead", ["商家不得作出下列声明：", "下列约定一律无效：", "本店不会有以下行为："])
def test_a_lead_negates_its_list(lead: str) -> None:
    assert failed(f"{lead}\n（一）商品售出概不退换；\n（二）最终解释权归本店所有。") == []


@pytest.mark.parametrize(
    "text",
    [
        "商家不得在店铺内声明“特价商品概不退换”。",
        "《中华人民共和国电子商务法》第四十九条规定，电子商务经营者不得以格式条款等方式约定消费者支付价款后合同不成立；格式条款等含有该内容的，其内容无效。",
        "根据《民法典》第五百零六条，造成对方人身损害的免责条款无效。",
        "如商家以“最终解释权归本店”为由拒绝兑现，您可以向我们举报。",
    ],
)
def test_the_law_and_rules_for_sellers_are_no_clauses(text: str) -> None:
    assert failed(text) == []


def test_the_title_says_who_is_addressed() -> None:
    clause = "乙方放弃就本协议向人民法院起诉的权利。"
    assert failed(f"# 商家入驻协议\n\n{clause}") == [(2, "37.2")]
    assert failed(f"# 用户服务协议\n\n{clause}") == [(2, "34.5")]


def test_traditional_characters_are_read() -> None:
    assert failed("本活動最終解釋權歸本公司所有。") == [(1, "34.6")]


def test_a_saving_phrase_leaves_it_to_a_person() -> None:
    (row,) = lint("在法律允许的最大范围内，平台对任何原因造成的损失均不承担责任。")
    assert row.outcome == "cantTell"


@pytest.mark.parametrize(
    ("title", "unfair", "duty", "fair"),
    [
        ("Membership terms", "Unless you write to us before the last day, you are deemed to agree to a further year and the fee is charged.", "34.1", "Unless you confirm before the last day, the membership ends and no further year is charged."),
        ("Membership terms", "Members may not require us to provide a missed benefit, and no part of the fee is refunded and no compensation is paid.", "34.4", "Members may require us to provide a missed benefit, or ask for a part of the fee back."),
        ("Seller agreement", "If the campaign misses its turnover, we may charge the shortfall to the participating sellers.", "37.1", "If the campaign misses its turnover, the platform bears the shortfall alone."),
        ("Announcement", "No compensation of any kind is paid for late parcels, whatever the reason, including mistakes made by us.", "36.1", "Compensation for late parcels is paid whatever the reason, as the Delivery Rules say."),
        ("Promotion rules", "We may change, shorten or withdraw any offer, price reduction or voucher that is running at our own choice and without prior notice.", "34.7", "We do not change an offer while it is running."),
    ],
)  # fmt: skip
def test_english_clauses_and_their_lookalikes(title: str, unfair: str, duty: str, fair: str) -> None:
    assert [row.duty for row in lint(f"# {title}\n\n{unfair}") if row.rule != "model"] == [duty]
    assert [row for row in lint(f"# {title}\n\n{fair}") if row.rule != "model" or row.outcome == "failed"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Trying the goods as far as is reasonable to judge them leaves them intact.",
        "The deposit pays a buyer what a final decision under the Dispute Rules grants.",
    ],
)
def test_words_that_only_look_like_a_clause(text: str) -> None:
    assert [row for row in lint(text) if row.rule != "model"] == []


@pytest.mark.parametrize(
    ("duty", "said", "denied"),
    [
        ("35.2", "Where we fail in our duty to check the qualifications of the seller and harm follows, we bear the liability that the law attaches.", "We are not liable where we fail to check the qualifications of a seller."),
        ("35.3", "We are responsible for the security of the information that we hold.", "We are not responsible for the security of the information that you give us."),
        ("38.1", "The platform is responsible for the security of the seller's trade secrets.", "The platform is not responsible for the security of trade secrets."),
        ("38.2", "If the platform does not perform this agreement it is liable to the seller for breach of contract.", "The platform is not liable to the seller for breach of contract."),
    ],
)  # fmt: skip
def test_english_sentences_that_assume_a_liability(duty: str, said: str, denied: str) -> None:
    assert duty in {one.duty for one in stated(paragraphs(said))}
    assert duty not in {one.duty for one in stated(paragraphs(denied))}


@pytest.mark.parametrize(
    "text",
    [
        "价签上“遗失一概不赔”那句是旧规定，早已作废，现在按实际损失赔。",
        "有的店会写这样的话，它没有任何法律效力：出了门概不负责，一切后果由顾客自负。",
        "# 谣言粉碎机\n\n“下单后商家可以单方取消，平台概不负责。”",
        "市面上那种“貨物出門，恕不退換”的做法，我們不採用，七日內都可以退。",
        "'All sales are final, no exceptions' was never our policy and does not apply here.",
        "The following words are void wherever a seller prints them: no complaints accepted after delivery.",
    ],
)
def test_words_that_are_quoted_to_be_repudiated(text: str) -> None:
    assert [row for row in lint(text) if row.outcome == "failed"] == []


@pytest.mark.parametrize(
    "text",
    [
        "“七天无理由退货”不适用于本店任何商品。",
        "“特价商品不退不换”为本店规定，如投诉将被拉黑。",
        "标有“概不退换”字样的商品不支持退货。",
        "客服回复“概不退换”后，买家不得再提异议。",
        "如本条被认定无效：用户放弃对平台的一切索赔权利。",
        "投诉须知：因物流造成的破损，概不负责。",
    ],
)
def test_a_quotation_or_a_colon_excuses_nobody(text: str) -> None:
    assert [row.outcome for row in lint(text)] == ["failed"]


def test_a_name_that_the_document_gives_its_operator_assumes_a_liability() -> None:
    said = "星河优选违约的，应当向商家承担违约责任。"
    named = "本协议由重庆星河网络科技有限公司（以下简称“星河优选”）与您订立。"
    assert "38.2" in {one.duty for one in stated(paragraphs(f"{named}\n\n{said}"))}
    assert "38.2" not in {one.duty for one in stated(paragraphs(said))}, "who that is, nobody said"


def test_paragraphs_are_counted_from_one_by_blank_lines() -> None:
    text = "规则\n\n第一段\n仍是第一段。\n\n\n本活动最终解释权归平台所有。"
    assert [block.number for block in paragraphs(text)] == [1, 2, 3]
    assert failed(text) == [(3, "34.6")]


HTML = """<html><head><title>x</title><script>var a = "概不退换";</script></head><body><h1>活动规则</h1>
<p>满200减30。</p><ul><li>本活动<b>最终解释权</b>归平台所有。</li></ul><p>订金<br>概不退还。</p></body></html>"""


def test_html_is_read_by_its_blocks(tmp_path: Path) -> None:
    (tmp_path / "rules.html").write_text(HTML, "utf-8")
    assert [b.text for b in read(str(tmp_path / "rules.html"))] == [
        "活动规则", "满200减30。", "本活动最终解释权归平台所有。", "订金\n概不退还。",
    ]  # fmt: skip


def test_docx_is_read(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("平台不得作出的声明", 1)
    document.add_paragraph("商品售出，概不退换。")
    document.add_heading("规则", 1)
    document.add_paragraph("本活动最终解释权归平台所有。")
    document.save(str(tmp_path / "a.docx"))
    blocks = read(str(tmp_path / "a.docx"))
    assert (blocks[0].kind, blocks[0].text) == ("heading", "平台不得作出的声明")
    assert [(row.paragraph, row.duty) for row in lint_document(blocks)] == [(4, "34.6")]


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page with Latin text, made by hand."""
    shown = "BT /F1 12 Tf 72 720 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return f"{body}xref\n0 6\n0000000000 65535 f \n{table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF".encode()


def test_pdf_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(["All sales are final and no refunds will be given."]))
    assert [b.text for b in read(str(tmp_path / "a.pdf"))] == ["All sales are final and no refunds will be given."]


def test_gb18030_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("本活动最终解释权归平台所有。".encode("gb18030"))
    assert read(str(tmp_path / "a.txt"))[0].text == "本活动最终解释权归平台所有。"


def test_json_has_the_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("第一段没有问题。\n\n本活动最终解释权归平台所有。", "utf-8")
    assert main([str(tmp_path / "a.txt"), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row == {
        "paragraph": 2,
        "sentence": "本活动最终解释权归平台所有。",
        "duty": "34.6",
        "outcome": "failed",
        "reason": row["reason"],
    }


@pytest.mark.parametrize(
    "name, content, says",
    [
        ("nix.txt", None, "no such file"),
        ("a.xls", b"x", "save it as"),
        ("a.pdf", b"not a pdf", "not a readable pdf"),
        ("a.docx", b"not a docx", "not a readable docx"),
        ("a.txt", b"", "no text"),
        ("a.html", b"<html><body><script>1</script></body></html>", "no text"),
        ("a.txt", b"\x89PNG\0\0\0", "not a text"),
    ],
)
def test_bad_input_is_one_line_and_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, says: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert main([str(tmp_path / name)]) == 2
    said = capsys.readouterr()
    assert not said.out
    assert name in said.err
    assert says in said.err
    assert said.err.count("\n") == 1


def test_an_address_is_fetched_and_its_failure_told(tmp_path: Path) -> None:
    (tmp_path / "rules.html").write_text(HTML, "utf-8")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        assert len(read(f"{address}/rules.html")) == 4
        with pytest.raises(Unreadable, match="404"):
            read(f"{address}/nix.html")
        server.shutdown()
    with pytest.raises(Unreadable, match="not reached"):
        read(f"{address}/rules.html")
    with pytest.raises(Unreadable, match="only http"):
        read("ftp://shop.example/rules.html")


def test_names_that_a_document_gives_its_parties_are_heard() -> None:
    opening = "本协议由某某科技有限公司（以下简称“小秤科技”）与在平台经营的商户（下称“甲方”）订立。"
    assert failed(f"{opening}\n\n小秤科技对任何原因造成的损失均不承担责任。")[0] == (2, "33.2")
    assert failed(f"{opening}\n\n甲方放弃就本协议向人民法院起诉的权利。") == [(2, "37.2")]


def test_what_must_be_said_is_looked_for_in_the_whole_set() -> None:
    said = "平台知道或者应当知道商家侵害消费者合法权益而未采取必要措施的，依法与该商家承担连带责任。"
    assert "35.1" in {duty for duty, _ in missing(paragraphs("满200减30。"))}
    assert "35.1" not in {duty for duty, _ in missing(paragraphs("满200减30。"), paragraphs(said))}
    assert "35.1" in {duty for duty, _ in missing(paragraphs("平台不承担知道或者应当知道情形下的连带责任。"))}


DOCUMENT = """# 用户服务协议

## 第一条 责任

对于用户因使用本平台遭受的财产损失，包括因本平台工作人员重大过失造成的。本平台一概不予赔偿。

下列情形，平台不承担责任：（一）服务器被攻击造成订单丢失；（二）您把密码告诉他人；（三）地震、洪水等不可抗力。

有下列行为之一的，平台有权单方终止服务且已付费用不予退还：

- 向12315投诉平台；

- 发布违法信息。

## 第二条 平台承诺不会做的事

- 商品售出概不退换；

## 第三条 其他

> 《消费者权益保护法》第二十六条：经营者不得以格式条款、通知、声明、店堂告示等方式，作出排除或者限制消费者权利的规定。

以下声明属于违规，请消费者拒绝接受：“特价商品概不退换”“离柜概不负责”。
"""


def test_a_document_is_judged_by_its_structure() -> None:
    assert failed(DOCUMENT) == [(3, "33.2"), (4, "34.2"), (6, "34.5")]


@pytest.mark.parametrize(
    ("fair", "unfair"),
    [
        ("包装拆开，不是拒绝退货的理由。", "包装拆开，即作为拒绝退货的理由，不予退货。"),
        ("商家认为退货不完好的，应当在两日内提交开箱视频。", "退货须由您提供开箱视频，否则不予退货。"),
        ("快递丢失的，不需要您先向快递公司索赔。", "快递丢失的，请您先向快递公司索赔，本店概不负责。"),
        ("销售者在付款后48小时内发货，逾期支付违约金；签收以前的毁损、丢失由销售者承担。", "签收以前的毁损、丢失由购买方自行承担。"),
        ("丢失的一桶押金不退，其他各桶照退。", "丢失一桶的，押金概不退还，其他费用也不退。"),
        ("平台活动的风险由平台承担，不要求商家分担。", "平台系统故障的损失由商家分担，平台概不负责。"),
        ("开通页另有“到期自动续费”选项，初始为未勾选。", "会员到期自动续费，无需另行通知您。"),
        ("进行未经授权的维修、改动，破坏商品标识的，属于影响完好。", "平台有权未经通知修改商品价格，您不得异议。"),
    ],
)  # fmt: skip
def test_a_sentence_and_the_same_turned_round(fair: str, unfair: str) -> None:
    assert [row for row in lint(fair) if row.rule != "model"] == []
    assert any(row.rule != "model" for row in lint(unfair))


def test_what_a_platform_calls_itself_elsewhere_is_known_here() -> None:
    blocks = paragraphs("签收以前的丢失由渝百承担。")
    assert [row for row in lint_document(blocks, known=(("渝百", "平台"),)) if row.rule != "model"] == []
    assert lint_document(paragraphs("签收以后的丢失由购买方承担。"), known=(("渝百", "平台"),))
