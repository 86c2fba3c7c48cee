"""junit.xml: a testcase per duty and device.

Written so that the strict schema of Jenkins' xUnit plugin (junit-10.xsd) takes it, which refuses properties in a
testcase: they stand in its system-out as `[[PROPERTY|name=value]]`, which test managers read too.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import groupby
from pathlib import Path

from gongping.norm import Norm, load
from gongping.reports import words
from gongping.reports.outline import Case, cases
from gongping.verdicts import Outcome, Verdicts

NAME = "junit.xml"
# what XML 1.0 cannot hold, even escaped
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(verdicts: Verdicts, path: Path, norm: Norm | None = None) -> Path:
    """Write JUnit XML to `path`: failed is a failure (type "violation" or "waived"), an error of the suite is an error,
    every other outcome but passed is skipped, with its reason. Returns `path`."""
    norm = norm or load()
    root = ET.Element("testsuites", name="gongping")
    for article, of_article in groupby(cases(verdicts, norm), key=lambda case: case.duty.article):
        found = list(of_article)
        title = f"{norm.article(article).name_zh} {words.gist(norm.article(article).text)}"
        suite = _suite(root, title, verdicts, {"article": str(article)})
        for case in found:
            _testcase(suite, case)
    if verdicts.errors:
        suite = _suite(root, "套件自身错误", verdicts, {})
        for number, error in enumerate(verdicts.errors, start=1):
            testcase = _element(suite, "testcase", name=f"error {number}", classname="gongping.suite", time="0.000")
            _element(testcase, "error", error, type="suite error", message=error.split("\n", 1)[0])
    for suite in root:
        _count(suite, [suite])
    _count(root, list(root))
    del root.attrib["skipped"]  # the schema has it on suites only
    ET.indent(root)
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
    return path


def _suite(root: ET.Element, name: str, verdicts: Verdicts, properties: dict[str, str]) -> ET.Element:
    suite = _element(root, "testsuite", name=name, timestamp=verdicts.started.removesuffix("Z"))
    held = _element(suite, "properties")
    run = {"target": verdicts.target, "url": verdicts.url, "mode": verdicts.mode, "norm": verdicts.suite.norm}
    if verdicts.certificate_unchecked:
        run["certificate_unchecked"] = verdicts.certificate_unchecked
    for key, value in (run | properties).items():
        _element(held, "property", name=key, value=value)
    return suite


def _testcase(suite: ET.Element, case: Case) -> None:
    duty = case.duty
    name = f"{duty.id} {duty.title_zh}" + (f" [{case.device}]" if case.device else "")
    testcase = _element(
        suite, "testcase", name=name, classname=f"gongping.article_{duty.article:02}", time=f"{case.seconds:.3f}"
    )
    said = "；".join(dict.fromkeys(each.says.zh for each in case.verdicts if each.outcome is case.outcome))
    said = said or words.WHY_UNTESTED.get(duty.observability, "")
    if case.outcome is Outcome.FAILED:
        kind = "waived" if case.waived else "violation"
        _element(testcase, "failure", _details(case), type=kind, message=said)
    elif case.outcome is not Outcome.PASSED:
        _element(testcase, "skipped", message=f"{case.outcome.value}: {said}", type=case.outcome.value)
    properties = {"outcome": case.outcome.value, "duty": duty.id, "article": duty.article, "device": case.device or "-"}
    _element(testcase, "system-out", "\n".join(f"[[PROPERTY|{key}={value}]]" for key, value in properties.items()))


def _details(case: Case) -> str:
    lines = [f"条款：{case.duty.quote}"]
    for verdict in case.verdicts:
        lines.append(f"{words.OUTCOME[verdict.outcome]}：{verdict.says.zh}")
        if verdict.waiver:
            lines.append(f"豁免：{verdict.waiver.reason}；负责人 {verdict.waiver.owner}；至 {verdict.waiver.until}")
        lines += [f"位置：{words.place(at.place)} {at.element} {at.url}".rstrip() for at in verdict.where]
        lines += [f"{row.name}：{row.value} {row.unit}".rstrip() for row in words.measured_rows(verdict.measured)]
        files = [file for shown in verdict.shown for file in shown.files] + verdict.evidence
        lines += [f"证据：{file}" for file in dict.fromkeys(files)]
    return "\n".join(lines)


def _element(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, {key: _NO_XML.sub("�", value) for key, value in attributes.items()})
    element.text = _NO_XML.sub("�", text) or None
    return element


def _count(holder: ET.Element, suites: list[ET.Element]) -> None:
    testcases = [testcase for suite in suites for testcase in suite.iter("testcase")]
    holder.set("tests", str(len(testcases)))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        holder.set(name, str(sum(testcase.find(tag) is not None for testcase in testcases)))
    holder.set("time", f"{sum(float(testcase.get('time', '0')) for testcase in testcases):.3f}")
