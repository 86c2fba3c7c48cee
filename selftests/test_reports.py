"""A bundle and everything that is made from its verdicts.json."""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
import subprocess
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # its stubs are one more package
import pytest
from PIL import Image, ImageChops
from pyld import jsonld  # type: ignore[import-untyped]
from pypdf import PdfReader

from gongping import verdicts as reader
from gongping.evidence import manifest
from gongping.evidence.annotate import Kind, Mark, annotate, crop_around
from gongping.norm import load
from gongping.reports import allure, earl, english, html, junit, terminal, words
from gongping.reports.cli import main
from gongping.reports.notes import TestNotes, find, of_tests, parse
from gongping.verdicts import Outcome, Shown, Verdicts, Where

SAMPLE = Path(__file__).parent / "samples" / "bundle"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "bundle"))


@pytest.fixture
def verdicts(bundle: Path) -> Verdicts:
    return Verdicts.model_validate_json((bundle / "verdicts.json").read_bytes())


class Page(HTMLParser):
    """What a report says in one language, and its tags."""

    def __init__(self, text: str, language: str = "zh") -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        other = "zh" if language == "en" else "en"
        self.feed(re.sub(rf'<(span|p) class="{other}\b[^>]*>.*?</\1>', "", text, flags=re.DOTALL))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, name: str) -> list[str]:
        return [value for found, attributes in self.tags if found == tag and (value := attributes.get(name))]


def page(bundle: Path, verdicts: Verdicts, notes: dict[str, TestNotes] | None = None, language: str = "zh") -> Page:
    return Page(html.render(verdicts, bundle, notes=notes).read_text("utf-8"), language)


# Pictures


def changed(before: Image.Image, after: bytes, box: tuple[int, int, int, int]) -> bool:
    """Whether anything within `box` differs by more than JPEG does."""
    drawn = Image.open(io.BytesIO(after)).convert("RGB")
    difference = ImageChops.difference(before.crop(box), drawn.crop(box)).convert("L")
    return difference.point([0] * 64 + [255] * 192).getbbox() is not None


KINDS: tuple[Kind, ...] = ("broken", "unknown", "held", "seen")


@pytest.mark.parametrize("kind", KINDS)
def test_a_box_surrounds_its_element_and_nothing_covers_it(kind: Kind) -> None:
    tile = Image.new("RGB", (1440, 900), (250, 250, 250))
    marks = [Mark((100 + 220 * n, 300, 200, 120), "一个比元素宽得多的说明，须在别处换行" * 3, kind) for n in range(5)]
    drawn = annotate(tile, marks, 1)
    for mark in marks:
        x, y, width, height = (round(value) for value in mark.box)
        assert not changed(tile, drawn, (x + 4, y + 4, x + width - 4, y + height - 4))
        assert changed(tile, drawn, (x - 8, y - 8, x + width + 8, y + height + 8))


def test_kinds_differ_without_colour() -> None:
    tile = Image.new("RGB", (400, 300), "white")
    gray = {
        kind: Image.open(io.BytesIO(annotate(tile, [Mark((50, 100, 200, 80), "", kind)], 1))).convert("L")
        for kind in KINDS
    }
    dark = {kind: sum(picture.crop((40, 90, 260, 190)).histogram()[:128]) for kind, picture in gray.items()}
    assert len(set(dark.values())) == len(KINDS)


def test_a_caption_without_room_goes_below_the_picture() -> None:
    tile = Image.new("RGB", (390, 844), (250, 250, 250))
    drawn = annotate(tile, [Mark((0, 0, 390, 844), "全屏弹窗广告", "broken")], 1)
    assert Image.open(io.BytesIO(drawn)).height > 844
    assert not changed(tile, drawn, (8, 8, 380, 830))


@pytest.mark.parametrize(
    "box", [(-50, -50, 20, 20), (2000, 0, 10, 10), (0, 0, 0, 0), (1430, 890, 99, 99), (5, 5, 1, 1)]
)
def test_no_box_is_too_odd_to_draw(box: tuple[float, float, float, float]) -> None:
    tile = Image.new("RGBA", (1440, 900), (0, 0, 0, 0))
    assert annotate(tile, [Mark(box, "说明\x00\n" + "x" * 3000, "seen"), Mark(box, "", "held")], 2.5)


def test_a_crop_keeps_marks_on_their_elements() -> None:
    tile = Image.new("RGB", (2880, 1800), "white")
    tile.paste((0, 0, 0), (1000, 600, 1040, 640))
    crop = crop_around(tile, [(500, 300, 20, 20)], scale=2, margin=50)
    x, y, width, height = crop.move(Mark((500, 300, 20, 20), "")).box
    assert crop.image.size == (240, 240)
    assert crop.image.getpixel((round(2 * (x + width / 2)), round(2 * (y + height / 2)))) == (0, 0, 0)
    assert crop_around(tile, [(5000, 0, 1, 1)], 2, 50).image.size == tile.size


# The manifest


def test_a_manifest_tells_what_changed(bundle: Path) -> None:
    (bundle / "evidence" / "换行\n和\\.txt").write_text("x")
    manifest.write(bundle)
    assert manifest.verify(bundle) == []
    (bundle / "verdicts.json").write_text("{}")
    (bundle / "evidence" / "013-1.jpg").unlink()
    (bundle / "evidence" / "new.txt").write_text("x")
    (bundle / "evidence" / "link").symlink_to("/etc/hostname")
    assert [str(problem) for problem in manifest.verify(bundle)] == [
        "missing: evidence/013-1.jpg",
        "extra: evidence/link",
        "extra: evidence/new.txt",
        "changed: verdicts.json",
    ]


def test_a_manifest_cannot_point_outside(bundle: Path) -> None:
    (bundle / manifest.NAME).write_text(f"{'0' * 64}  ../secret\nnonsense\n")
    kinds = Counter(problem.kind for problem in manifest.verify(bundle))
    assert kinds["malformed"] == 2
    (bundle / manifest.NAME).unlink()
    assert manifest.verify(bundle) == [manifest.Problem(manifest.NAME, "missing")]


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no sha256sum here")
def test_sha256sum_reads_the_manifest(bundle: Path) -> None:
    (bundle / "evidence" / "换行\n和\\.txt").write_text("x")
    manifest.write(bundle)
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", manifest.NAME], cwd=bundle, check=True)


def test_the_sample_is_as_its_manifest_says() -> None:
    assert manifest.verify(SAMPLE) == []


# report.html


def test_the_report_needs_nothing_from_outside(bundle: Path, verdicts: Verdicts) -> None:
    read = page(bundle, verdicts)
    assert all(source.startswith("data:image/jpeg;base64,") for source in read.all("img", "src"))
    assert not read.all("link", "href") and not read.all("script", "src")
    for link in read.all("a", "href"):
        assert link.startswith("#") or (bundle / link).is_file(), link
    ids = {attributes["id"] for _, attributes in read.tags if "id" in attributes}
    assert {link[1:] for link in read.all("a", "href") if link.startswith("#")} <= ids


def test_every_telling_picture_is_in_the_report_once(bundle: Path, verdicts: Verdicts) -> None:
    read = page(bundle, verdicts)
    wanted = {
        "evidence/042-1.jpg",
        "evidence/013-1.jpg",
        "evidence/013-2.jpg",
        "evidence/024-1.jpg",
        "evidence/024-2.jpg",
    }
    pictures = [base64.b64decode(source.partition(",")[2]) for source in read.all("img", "src")]
    assert sorted(pictures) == sorted((bundle / path).read_bytes() for path in wanted)
    assert "evidence/gone.jpg 不在证据包中" in " ".join(read.text.split())


def test_what_a_platform_says_stays_text(bundle: Path, verdicts: Verdicts) -> None:
    verdicts.target = verdicts.url = '"><img src=x onerror=alert(1)> javascript:alert(1)'
    verdicts.verdicts[3].shown[0].files.append("javascript:alert(1)")
    read = page(bundle, verdicts)
    assert sum(tag == "script" for tag, _ in read.tags) == 1
    assert not any(name.startswith("on") for _, attributes in read.tags for name in attributes)
    assert not any(link.lower().startswith("javascript:") for link in read.all("a", "href"))
    assert "<script>alert(1)</script>" in read.text


def test_the_report_never_says_complies(bundle: Path, verdicts: Verdicts) -> None:
    said = page(bundle, verdicts).text
    assert "不表示该平台符合规定" in said and "不是法律意见" in said
    ours = said.partition("二、各条结果")[0].replace("不表示该平台符合规定", "").replace("不等于符合", "")
    assert "符合" not in ours and "合规" not in ours


def test_counts_and_articles_are_whole(bundle: Path, verdicts: Verdicts) -> None:
    read = page(bundle, verdicts)
    said = read.text
    assert "2026-11-25 14:30:00 UTC+8" in said and "2026-11-25 06:30:00 UTC" in said
    for article in load().articles:
        assert article.name_zh in said
    for outcome, number in Counter(verdicts.duties.values()).items():
        assert f"{words.OUTCOME[outcome]}（{number}）" in said or outcome is Outcome.UNTESTED
    shown = {attributes["id"] for tag, attributes in read.tags if attributes.get("class", "").startswith("duty ")}  # type: ignore[union-attr]
    tested = {duty for duty, outcome in verdicts.duties.items() if outcome is not Outcome.UNTESTED}
    assert shown == {f"duty-{duty}" for duty in tested}
    for duty in load().duties:
        assert duty.title_zh in said


def test_the_law_is_verbatim_and_marks_the_item(bundle: Path, verdicts: Verdicts) -> None:
    text = html.render(verdicts, bundle).read_text("utf-8")
    for number in (6, 13, 34):
        for line in load().article(number).text.split("\n"):
            assert f">{line}<span>" in text
    item = next(line for line in load().article(34).text.split("\n") if line.startswith("（七）"))
    assert f'<p class="cantTell">{item}<span>34.7</span>' in text


def test_notes_stand_beside_their_verdict(bundle: Path, verdicts: Verdicts) -> None:
    test = verdicts.verdicts[0].test
    read = page(bundle, verdicts, notes={test: TestNotes("首页没有执照", "执照的真伪")})
    assert "判为违反的条件：首页没有执照" in read.text and "不能说明：执照的真伪" in read.text


def test_every_test_of_the_norm_says_its_conditions_in_both_languages() -> None:
    notes = of_tests(Path(__file__).parent.parent / "tests")
    assert notes
    for test, said in notes.items():
        assert all(vars(said).values()), test
        assert HAN.search(said.fails_if_zh) and HAN.search(said.pass_does_not_show_zh), test


def test_much_of_a_kind_is_shown_in_lines(bundle: Path, verdicts: Verdicts) -> None:
    failed = next(v for v in verdicts.verdicts if v.outcome is Outcome.FAILED)
    one = Shown(caption="", where=Where(device="desktop", place="search"), judged="broken")
    failed.shown = [one.model_copy(update={"caption": f"第 {n} 位没有标识"}) for n in range(130)]
    read = page(bundle, verdicts)
    assert read.text.count("位没有标识") == 112 and "第 111 位没有标识" in read.text
    assert "另有 100 项所见" in read.text and "另有 18 项所见，载于 verdicts.json" in read.text


def test_a_run_that_saw_nothing_says_so(bundle: Path, verdicts: Verdicts) -> None:
    empty = verdicts.model_copy(update={"verdicts": [], "duties": {}, "articles": {}, "reached": {}, "stops": []})
    said = page(bundle, empty).text
    assert "没有一项义务能够判定" in said and "没有观察到违反。" not in said


def test_many_pictures_stay_small(bundle: Path, verdicts: Verdicts, monkeypatch: pytest.MonkeyPatch) -> None:
    budget = 150_000
    monkeypatch.setattr("gongping.reports.pictures.figures.__defaults__", (budget,))
    noise = Image.effect_noise((900, 600), 40)
    for number in range(4):
        noise.save(bundle / "evidence" / f"{number}.png")
    verdicts.verdicts[3].evidence += [f"evidence/{number}.png" for number in range(4)]
    read = page(bundle, verdicts)
    assert sum(len(source) for source in read.all("img", "src")) < 2 * budget
    assert len(read.all("img", "src")) == 9 and "已缩小" in read.text


def test_evidence_outside_the_bundle_is_not_read(bundle: Path, verdicts: Verdicts, tmp_path: Path) -> None:
    Image.new("RGB", (10, 10)).save(tmp_path / "private.png")
    verdicts.verdicts[3].evidence += ["../private.png", str(tmp_path / "private.png"), "x" * 5000 + ".png", "\0.png"]
    assert len(page(bundle, verdicts).all("img", "src")) == 5


def test_a_docstring_gives_its_notes() -> None:
    said = parse(
        """
        > 不得将搭售商品作为默认同意的选项

        Fails if: an extra is ticked
        at first sight.
        A pass does not show: that no other product
        carries one.

        违反：附加项在首次
        显示时已勾选。
        未发现违反不说明：其他商品没有搭售。
        """
    )
    assert said == TestNotes(
        "an extra is ticked at first sight.",
        "that no other product carries one.",
        "附加项在首次显示时已勾选。",
        "其他商品没有搭售。",
    )
    notes = {"tests/test_a.py::test_b": said}
    assert find(notes, "lib/gongping/tests/test_a.py::test_b[desktop]") is said
    assert find(notes, "tests/test_a.py::test_c") is None


# report.html in English

HAN = re.compile(r"[\u4e00-\u9fff]+")
CHROME = re.compile(r"<(h[1-4]|th|dt|button|label|nav)\b[^>]*>(.*?)</\1>", re.DOTALL)


def test_everything_of_ours_is_there_in_english(bundle: Path, verdicts: Verdicts) -> None:
    text = html.render(verdicts, bundle).read_text("utf-8")
    english_only = re.sub(r'<span class="zh">.*?</span>', "", text, flags=re.DOTALL)
    # 广告 is the very word that the norm wants to see; chapters have both names
    allowed = {"广告", "中文", "公平秤"} | {chapter.title_zh for chapter in load().chapters}
    allowed |= {chapter.name_zh for chapter in load().chapters}
    for _, heading in CHROME.findall(english_only):
        assert set(HAN.findall(re.sub(r"<[^>]*>", "", heading))) <= allowed, heading
    said = page(bundle, verdicts, language="en").text
    for duty in load().duties:
        assert duty.title_en in said
    for outcome in Outcome:
        assert english.OUTCOME[outcome] in said and english.OUTCOME_MEANS[outcome] in said
    assert load().article(13).text.split("\n", 1)[0] in said, "the norm's own text stays Chinese"
    assert "complies" not in said.replace("It doesn't mean that the platform complies", "").replace(
        "doesn't mean that the platform complies", ""
    )


def test_no_duty_lacks_its_english() -> None:
    for duty in load().duties:
        assert duty.title_en and duty.person_looks_at_en, duty.id
        assert not HAN.search(duty.title_en.replace("广告", "")), duty.title_en


def test_the_tables_of_both_languages_have_the_same_keys() -> None:
    tables = ("OUTCOME", "OUTCOME_MEANS", "FORCE", "OBSERVABILITY", "WHY_UNTESTED")
    for table in (*tables, "TEST_MODE", "DEVICE", "MODE", "JUDGED", "PLACE", "WALL"):
        assert list(getattr(words, table)) == list(getattr(english, table)), table


@pytest.mark.parametrize("zh", english.phrases())
def test_each_sentence_takes_what_its_chinese_has(zh: str) -> None:
    said = english.phrase(zh.replace("{}", "«»"))
    assert said and "{}" not in said and not re.search(r"\{\d\}", said)


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("第 2 位“澜图 S6”：标有“广告”", "Rank 2 “澜图 S6”: marked 广告"),
        ("隐私政策：首页标识“政策”", "privacy policy: mark “政策” on home"),
        ("浏览过低价商品的消费者 B 搜索“牛奶”的结果", "Results of “牛奶” for consumer B, who had viewed cheap goods"),
        ("谁也没有翻译过的话", ""),
    ],
)
def test_what_tests_say_is_put_into_english_where_there_are_words(zh: str, en: str) -> None:
    assert english.phrase(zh) == en


def test_the_switch_needs_no_second_file_and_starts_in_chinese(bundle: Path, verdicts: Verdicts) -> None:
    text = html.render(verdicts, bundle).read_text("utf-8")
    assert text.index('<html lang="zh-CN">') and 'class="english"' not in text
    assert text.count("data:image/jpeg;base64,") == 5


# On paper


def flat(text: str) -> str:
    """Text without spaces and with one form of each character: a PDF writes some as radicals."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_the_report_is_printed_whole(bundle: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in bundle.rglob("*") if path.is_file()}
    assert main(["report", str(bundle), "--pdf", str(tmp_path / "out" / "a.pdf")]) == 0
    assert {path: path.read_bytes() for path in bundle.rglob("*") if path.is_file()} == before
    pages = PdfReader(tmp_path / "out" / "a.pdf").pages
    texts = [flat(each.extract_text()) for each in pages]
    for number, text in enumerate(texts, start=1):
        assert f"{number}/{len(pages)}" in text
        assert number == 1 or text.startswith("样例商城2026-11-25"), "every page but the first says what it belongs to"
    whole = "".join(texts)
    for said in ("二、各条结果", "图2第2个结果的“广告”标志", "视为接受变更后的协议"):
        assert flat(said) in whole
    assert "English" not in whole and flat("显示：") not in whole, "controls are of no use on paper"
    assert sum(len(each.images) for each in pages) == 5


# What machines read


def test_earl_is_json_ld_that_says_every_duty(bundle: Path, verdicts: Verdicts) -> None:
    def no_network(url: str, options: object) -> None:
        raise AssertionError(f"{url} was asked for")

    document = json.loads(earl.write(verdicts, bundle / earl.NAME).read_text("utf-8"))
    base = "https://file.example/bundle/earl.jsonld"
    options = {"base": base, "documentLoader": no_network, "processingMode": "json-ld-1.1"}
    nodes = jsonld.expand(document, options)
    ns = "http://www.w3.org/ns/earl#"
    kinds = Counter(kind for node in nodes for kind in node.get("@type", ()))
    silent = set(verdicts.duties) - {verdict.duty for verdict in verdicts.verdicts}
    assert kinds[f"{ns}Assertor"] == kinds[f"{ns}TestSubject"] == 1
    assert kinds[f"{ns}TestCriterion"] == len(load().duties) == 170
    assert kinds[f"{ns}Assertion"] == len(verdicts.verdicts) + len(silent)
    ids = {node["@id"] for node in nodes}
    seen: dict[str, list[str]] = {}
    for node in nodes:
        if f"{ns}Assertion" not in node.get("@type", ()):
            continue
        for role in ("assertedBy", "subject", "test"):
            assert node[ns + role][0]["@id"] in ids
        assert node[f"{ns}mode"][0]["@id"] in {ns + mode for mode in ("automatic", "semiAuto", "manual")}
        (result,) = node[f"{ns}result"]
        assert result["@type"] == [f"{ns}TestResult"]
        duty = node[f"{ns}test"][0]["@id"].removeprefix(earl.CRITERION)
        seen.setdefault(duty, []).append(result[f"{ns}outcome"][0]["@id"].removeprefix(ns))
        for pointer in result.get(f"{ns}pointer", ()):
            for file in pointer.get("http://xmlns.com/foaf/0.1/page", ()):
                assert file["@id"].startswith("https://file.example/bundle/evidence/")
    worst = {duty: reader.worst(Outcome(outcome) for outcome in outcomes) for duty, outcomes in seen.items()}
    assert worst == verdicts.duties
    # every key has a meaning: nothing is lost on the way to triples
    quads = jsonld.to_rdf(document, options | {"format": "application/n-quads"})
    assert quads.count(f"<{ns}outcome>") == kinds[f"{ns}Assertion"]
    assert all(key in document["@context"] or key.startswith("@") for key in keys(document["@graph"]))


def keys(node: object) -> set[str]:
    """Every key of a JSON-LD document but those of language maps and of measurements."""
    if isinstance(node, list):
        return {key for each in node for key in keys(each)}
    if isinstance(node, dict):
        plain = {key: each for key, each in node.items() if key not in ("title", "description", "measured")}
        return set(node) | {key for each in plain.values() for key in keys(each)}
    return set()


def test_the_published_schema_is_current_and_holds_the_sample(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--schema"]) == 0
    printed = capsys.readouterr().out
    assert printed == reader.SCHEMA_FILE.read_text("utf-8"), (
        "run: gongping report --schema > gongping/verdicts.schema.json"
    )
    schema = json.loads(printed)
    jsonschema.Draft202012Validator.check_schema(schema)
    sample = json.loads((SAMPLE / "verdicts.json").read_text("utf-8"))
    jsonschema.validate(sample, schema)
    for wrong in ({"schema": 2}, {"mode": "attack"}, {"surprise": 1}, {"duties": {"13.1": "ok"}}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(sample | wrong, schema)


def test_junit_has_a_case_per_duty_and_device(bundle: Path, verdicts: Verdicts) -> None:
    verdicts.verdicts[3].says.zh += "\x00\x1b\ufffe"
    root = ET.parse(junit.write(verdicts, bundle / "junit.xml")).getroot()
    names = [testcase.get("name", "") for testcase in root.iter("testcase")]
    said = {(verdict.duty, verdict.device) for verdict in verdicts.verdicts}
    silent = {duty for duty in verdicts.duties} - {duty for duty, _ in said}
    assert len(names) == len(set(names)) == len(said) + len(silent) + len(verdicts.errors)
    assert root.get("tests") == str(len(names)) and root.get("failures") == "3" and root.get("errors") == "1"
    assert [failure.get("type") for failure in root.iter("failure")] == ["violation", "waived", "violation"]
    mobile = next(
        each
        for each in root.iter("testcase")
        if each.get("name", "").startswith("13.1") and "mobile" in each.get("name", "")
    )
    assert mobile.find("skipped").get("message", "").startswith("cantTell: 图片")  # type: ignore[union-attr]
    assert "[[PROPERTY|outcome=cantTell]]" in (mobile.findtext("system-out") or "")


def test_junit_keeps_to_the_strict_schema(bundle: Path, verdicts: Verdicts) -> None:
    """junit-10.xsd of Jenkins' xUnit plugin, by the elements and attributes that we use."""
    allowed = {
        "testsuites": ({"testsuite"}, {"name", "time", "tests", "failures", "errors"}),
        "testsuite": (
            {"properties", "testcase"},
            {"name", "time", "tests", "failures", "errors", "skipped", "timestamp"},
        ),
        "properties": ({"property"}, set[str]()),
        "property": (set[str](), {"name", "value"}),
        "testcase": ({"skipped", "error", "failure", "system-out"}, {"name", "time", "classname"}),
        "skipped": (set[str](), {"type", "message"}),
        "failure": (set[str](), {"type", "message"}),
        "error": (set[str](), {"type", "message"}),
        "system-out": (set[str](), set[str]()),
    }
    for element in ET.parse(junit.write(verdicts, bundle / "junit.xml")).iter():
        children, attributes = allowed[element.tag]
        assert {child.tag for child in element} <= children
        assert set(element.attrib) <= attributes
        assert re.fullmatch(r"\d+\.\d{3}", element.get("time", "0.000"))


def test_allure_has_a_result_per_duty_and_device(bundle: Path, verdicts: Verdicts) -> None:
    folder = allure.write_results(verdicts, bundle, bundle / allure.NAME)
    results = [json.loads(file.read_text("utf-8")) for file in folder.glob("*-result.json")]
    statuses = Counter(result["status"] for result in results)
    said = {(verdict.duty, verdict.device) for verdict in verdicts.verdicts}
    assert statuses["failed"] == 3 and statuses["broken"] == 1
    assert len(results) == len(said) + len(set(verdicts.duties) - {duty for duty, _ in said}) + 1
    assert len({result["historyId"] for result in results}) == len(results)
    for result in results:
        message = result.get("statusDetails", {}).get("message", "")
        fits = [
            each["name"]
            for each in allure.categories()
            if result["status"] in each["matchedStatuses"] and re.match(each["messageRegex"], message)
        ]
        assert len(fits) == (0 if result["status"] == "passed" else 1), message
        sources = [
            each["source"] for step in [result, *result.get("steps", [])] for each in step.get("attachments", [])
        ]
        assert all((folder / source).is_file() for source in sources)
    ad = next(result for result in results if result["fullName"] == "样例商城 13.1 desktop")
    named = {label["name"]: label["value"] for label in ad["labels"]}
    assert (
        named["epic"] == "第三章 自治管理"
        and named["feature"].startswith("第十三条 ")
        and named["severity"] == "critical"
    )
    assert [step["status"] for step in ad["steps"]] == ["failed", "failed"] and ad["steps"][0]["attachments"]


def test_a_note_on_an_untested_duty_is_no_device(bundle: Path, verdicts: Verdicts) -> None:
    """A run may write a verdict without test and device for a duty that no test spoke of."""
    note = verdicts.verdicts[0].model_copy(
        update={"duty": "7.1", "article": 7, "outcome": Outcome.UNTESTED, "device": "", "test": ""}
    )
    verdicts.verdicts.append(note)
    root = ET.parse(junit.write(verdicts, bundle / "junit.xml")).getroot()
    (name,) = [each.get("name", "") for each in root.iter("testcase") if each.get("name", "").startswith("7.1 ")]
    assert not name.endswith("]")
    assert "一次检测看不到：须跨日期观察。" in page(bundle, verdicts).text


def test_history_follows_a_duty_from_run_to_run(bundle: Path, verdicts: Verdicts) -> None:
    def history() -> set[str]:
        folder = allure.write_results(verdicts, bundle, bundle / allure.NAME)
        return {json.loads(file.read_text("utf-8"))["historyId"] for file in folder.glob("*-result.json")}

    first = history()
    verdicts.started = "2026-12-01T00:00:00Z"
    assert history() == first
    verdicts.target = "另一个平台"
    assert not history() & first


@pytest.mark.parametrize("target", ["staging", "样例商城", "../../etc/x", ""])
def test_the_history_of_allure_stays_beside_the_bundles(target: str, bundle: Path, verdicts: Verdicts) -> None:
    verdicts.target = target
    folder = allure.write_results(verdicts, bundle, bundle / allure.NAME)
    configuration = json.loads((folder / allure.CONFIGURATION).read_text("utf-8"))
    reports, name, file = configuration["historyPath"].split("/")
    assert (reports, file) == ("reports", allure.HISTORY) and name.strip(".")


# The terminal and the commands


@pytest.mark.parametrize("width", [20, 80, 200])
def test_the_summary_fits_the_terminal(verdicts: Verdicts, width: int) -> None:
    verdicts.verdicts[3].says.zh += "\x1b[31m\n第二行"
    lines = terminal.summary(verdicts, width, report=Path("reports/x/report.html"))
    assert all(words.columns(line) <= width for line in lines)
    assert all(line.isprintable() for line in lines)
    if width == 200:
        assert any("24.3 移动端 首页 关闭弹窗广告用了 2 次点击" in line for line in lines)
        assert any("［已豁免］" in line for line in lines)
        assert any(line.startswith("  投诉页面须通过验证码。（1 项：44.2）") for line in lines)
        assert lines[-1] == "报告  reports/x/report.html"


def test_a_bundle_is_rendered_again_and_verified(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(bundle)]) == 0
    assert main(["verify", str(bundle)]) == 0
    assert (bundle / "report.html").is_file() and (bundle / "junit.xml").is_file()
    assert main([str(bundle)]) == 0, "reports that were made again are no tampering"
    capsys.readouterr()
    with (bundle / "evidence" / "013-1.jpg").open("ab") as file:
        file.write(b"x")
    assert main(["verify", str(bundle)]) == 1
    assert main(["report", str(bundle)]) == 1, "changed evidence must not get a new manifest"
    assert "changed: evidence/013-1.jpg" in capsys.readouterr().err
    assert main(["verify", str(bundle / "evidence")]) == 2


def tampered(bundle: Path, how: str) -> str:
    """Change one thing in a bundle; gives what verify has to say of it."""
    listed = (bundle / manifest.NAME).read_text("utf-8").splitlines()
    picture = bundle / "evidence" / "024-1.jpg"
    match how:
        case "changed":
            picture.write_bytes(picture.read_bytes()[:-1] + b"x")
        case "deleted":
            picture.unlink()
        case "renamed":
            picture.rename(bundle / "evidence" / "024-9.jpg")
        case "added":
            (bundle / "sub").mkdir()
            (bundle / "sub" / "new.txt").write_text("x")
            return "extra: sub/new.txt"
        case "verdicts":
            text = (bundle / "verdicts.json").read_text("utf-8")
            (bundle / "verdicts.json").write_text(text.replace('"failed"', '"passed"', 1), "utf-8")
            return "changed: verdicts.json"
        case "line":
            other = "".join(
                "0" if "024-1" in line and n == 0 else c for line in listed for n, c in enumerate(line + "\n")
            )
            (bundle / manifest.NAME).write_text(other, "utf-8")
        case "line gone":
            kept = [line for line in listed if "024-1" not in line]
            (bundle / manifest.NAME).write_text("\n".join(kept) + "\n", "utf-8")
            return "extra: evidence/024-1.jpg"
        case "nonsense":
            (bundle / manifest.NAME).write_text("\n".join(["nonsense", *listed]), "utf-8")
            return f"malformed: {manifest.NAME}:1"
        case "manifest":
            (bundle / manifest.NAME).unlink()
            return f"missing: {manifest.NAME}"
    return f"{'changed' if how in ('changed', 'line') else 'missing'}: evidence/024-1.jpg"


TAMPERINGS = ("changed", "deleted", "renamed", "added", "verdicts", "line", "line gone", "nonsense", "manifest")


@pytest.mark.parametrize("how", TAMPERINGS)
def test_tampering_is_named_and_no_new_manifest_covers_it(
    how: str, bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = tampered(bundle, how)
    before = (bundle / manifest.NAME).read_bytes() if how != "manifest" else b""
    assert main(["verify", str(bundle)]) == 1
    assert said in [line.strip() for line in capsys.readouterr().err.splitlines()]
    assert main(["report", str(bundle)]) == 1
    assert said in capsys.readouterr().err
    assert ((bundle / manifest.NAME).read_bytes() if (bundle / manifest.NAME).exists() else b"") == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no verdicts.json here, so no bundle"),
        ("{", "is no verdicts.json (Invalid JSON"),
        ("{}", "is no verdicts.json (target: Field required; 11 more like it)"),
        ('{"schema": 2}', "is no verdicts.json (schema: Input should be 1"),
    ],
    ids=["missing", "torn", "empty", "another schema"],
)
def test_a_broken_bundle_is_said_in_one_line(
    content: str | None, said: str, bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is None:
        (bundle / "verdicts.json").unlink()
    else:
        (bundle / "verdicts.json").write_text(content)
    assert main(["report", str(bundle)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line and str(bundle) in line
    assert not (bundle / "report.html").exists()


def test_a_near_miss_says_where_the_bundle_is(bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for place, said in (
        (tmp_path, "it holds some: bundle"),
        (tmp_path / "nowhere", "no such folder"),
    ):
        assert main(["report", str(place)]) == 2
        assert said in capsys.readouterr().err
    (bundle / "verdicts.json").rename(bundle / "verdicts.jsonl")
    assert main(["report", str(bundle)]) == 2
    assert "the run was killed before it ended" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"字号_px": 12}, "字号 12 px"),
        ({"font_px": 10.0}, "字号 10 px"),
        ({"contrast": 1.3149}, "对比度 1.315 : 1"),
        ({"chosen": False}, "默认选中 否"),
        ({"contrast": None}, "对比度 未能测得"),
        ({"size": {"value": 3, "unit": "屏"}}, "size 3 屏"),
        ({"reason": []}, "原因 无"),
    ],
)
def test_a_measurement_reads_with_its_unit(value: dict[str, object], said: str) -> None:
    (row,) = words.measured_rows(value)
    assert f"{row.name} {row.value} {row.unit}".rstrip() == said
