"""allure-results made from verdicts.json: one result per duty and device, so that a bundle can be rendered again."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from allure_commons.logger import AllureFileLogger
from allure_commons.model2 import (
    Attachment,
    Label,
    Parameter,
    Status,
    StatusDetails,
    TestResult,
    TestStepResult,
)
from allure_commons.types import LabelType, Severity

from gongping.norm import Duty, Norm, load
from gongping.reports import words
from gongping.reports.outline import Case, cases
from gongping.reports.pictures import inside, is_picture
from gongping.verdicts import Outcome, Shown, Verdict, Verdicts

NAME = "allure-results"
CONFIGURATION = "allurerc.json"
HISTORY = "allure-history.jsonl"
_STATUS = {
    Outcome.FAILED: Status.FAILED,
    Outcome.CANT_TELL: Status.UNKNOWN,  # "broken" is kept for errors of the suite itself
    Outcome.PASSED: Status.PASSED,
    Outcome.INAPPLICABLE: Status.SKIPPED,
    Outcome.UNTESTED: Status.SKIPPED,
}
_STEP_STATUS = {"broken": Status.FAILED, "unknown": Status.UNKNOWN, "held": Status.PASSED, "seen": Status.SKIPPED}
_SEVERITY = {
    "must": Severity.CRITICAL,
    "must_not": Severity.CRITICAL,
    "encouraged": Severity.TRIVIAL,
    "may": Severity.TRIVIAL,
}
_WAIVED = "违反（已豁免）"
_SUITE_ERROR = "套件自身错误"
_CATEGORIES = (
    (words.OUTCOME[Outcome.FAILED], Status.FAILED),
    (_WAIVED, Status.FAILED),
    (words.OUTCOME[Outcome.CANT_TELL], Status.UNKNOWN),
    (words.OUTCOME[Outcome.INAPPLICABLE], Status.SKIPPED),
    (words.OUTCOME[Outcome.UNTESTED], Status.SKIPPED),
    (_SUITE_ERROR, Status.BROKEN),
)
_CHARTS = (
    {"type": "statusDynamics", "title": "历次结果（不含未检测和不适用）", "limit": 30, "statuses": ["failed", "unknown", "passed"]},
    {"type": "statusTransitions", "title": "历次变化", "limit": 30},
)  # fmt: skip
"""Allure's own choice counts what nothing was said of as no success, and paints most of the norm red."""
_TEXTS = {".txt": "text/plain", ".json": "application/json", ".jsonl": "text/plain"}  # HTML of a platform is not shown
_PICTURES = {".png": "image/png", ".webp": "image/webp"}


def labels(duty: Duty, norm: Norm) -> list[tuple[str, str]]:
    """Allure's labels of a duty: epic its chapter, feature its article, story the duty, severity from its force."""
    chapter, article = norm.chapter_of(duty.article), norm.article(duty.article)
    return [
        (LabelType.EPIC, f"{chapter.name_zh} {chapter.title_zh}"),
        (LabelType.FEATURE, f"{article.name_zh} {words.gist(article.text)}"),
        (LabelType.STORY, f"{duty.id} {duty.title_zh}"),
        (LabelType.SEVERITY, _SEVERITY.get(duty.force, Severity.MINOR).value),
    ]


def write_results(verdicts: Verdicts, bundle: Path, results_dir: Path, norm: Norm | None = None) -> Path:
    """Write a result per duty and device, with pictures and quotes, environment and categories; returns `results_dir`.

    The folder is emptied first. A duty that nothing was said of gives one skipped result; an error of the suite gives a
    broken one. `historyId` depends on target, duty and device only, so that Allure follows a duty from run to run.
    """
    norm = norm or load()
    logger: Any = AllureFileLogger(results_dir, clean=True)  # type: ignore[no-untyped-call]
    writer = _Writer(verdicts, bundle, norm, logger)
    for case in cases(verdicts, norm):
        logger.report_result(writer.result(case))
    for error in verdicts.errors:
        logger.report_result(writer.error(error))
    write_environment(results_dir, verdicts)
    write_categories(results_dir)
    write_configuration(results_dir, verdicts)
    return results_dir


def write_environment(results_dir: Path, verdicts: Verdicts) -> None:
    """Write environment.properties: what was audited, how and with what."""
    said = {
        "检测目标": verdicts.target,
        "网址": verdicts.url,
        "检测方式": words.MODE[verdicts.mode],
        "开始时间": verdicts.started,
        "浏览器": " ".join(str(verdicts.browser[key]) for key in ("name", "version") if key in verdicts.browser),
        "设备": "、".join(map(words.device, verdicts.devices)),
        "检测套件": f"Gongping {verdicts.suite.version}",
        "规范": verdicts.suite.norm,
    }
    if verdicts.certificate_unchecked:
        said["证书"] = f"没有核对：{verdicts.certificate_unchecked}"
    lines = "".join(f"{key} = {_one_line(value).replace(chr(92), chr(92) * 2)}\n" for key, value in said.items())
    (results_dir / "environment.properties").write_text(lines, encoding="utf-8")


def write_categories(results_dir: Path) -> None:
    """Write categories.json: our outcomes and errors of the suite, told apart by how their message begins."""
    (results_dir / "categories.json").write_text(
        json.dumps(categories(), ensure_ascii=False, indent=1), encoding="utf-8"
    )


def write_configuration(results_dir: Path, verdicts: Verdicts) -> None:
    """Write allurerc.json for Allure 3, which takes language, grouping, categories and history from its configuration only.

    Allure looks for `historyPath` from where it is called: from the folder that holds `reports/`, it lies beside the bundles.
    """
    awesome = {
        "reportLanguage": "zh",
        "groupBy": ["epic", "feature", "story"],
        "charts": list(_CHARTS),
        "sections": ["charts"],  # no time line: results have an order, and no hours of their own
    }
    folder = re.sub(r"[^\w.-]+", "-", verdicts.target).strip(".") or "target"
    configuration = {
        "name": f"{verdicts.target} {verdicts.suite.norm}",
        "historyPath": f"reports/{folder}/{HISTORY}",
        "historyLimit": 100,
        "plugins": {"awesome": {"options": awesome}},
        "categories": categories(),
    }
    text = json.dumps(configuration, ensure_ascii=False, indent=1)
    (results_dir / CONFIGURATION).write_text(text, encoding="utf-8")


def categories() -> list[dict[str, Any]]:
    """Allure's categories: our outcomes and errors of the suite, told apart by how a message begins."""
    return [{"name": name, "matchedStatuses": [status], "messageRegex": f"^{name}：.*"} for name, status in _CATEGORIES]


class _Writer:
    def __init__(self, verdicts: Verdicts, bundle: Path, norm: Norm, logger: Any) -> None:
        self._verdicts, self._bundle, self._norm, self._logger = verdicts, bundle, norm, logger
        self._copied: dict[str, Attachment | None] = {}
        # ms since 1970; each begins after the one before, so that Allure keeps the norm's order
        self._clock = _milliseconds(verdicts.started)

    def result(self, case: Case) -> TestResult:
        duty, device = case.duty, words.device(case.device)
        name = f"{duty.id} {duty.title_zh}" + (f"（{device}）" if device else "")
        result = self._begun(name, f"{duty.id} {case.device}".strip(), case.device, case.seconds)
        result.status = _STATUS[case.outcome]
        result.statusDetails = StatusDetails(message=_message(case), trace=_trace(case))
        result.description = f"{self._norm.article(duty.article).name_zh}：{duty.quote}"
        result.labels += [Label(*label) for label in labels(duty, self._norm)]
        if device:
            result.parameters = [Parameter("设备", device)]
        for verdict in case.verdicts:
            result.steps += [self._step(shown, result.start) for shown in verdict.shown]
            result.attachments += self._attachments(_beside_shown(verdict))
        return result

    def error(self, error: str) -> TestResult:
        first, _, rest = error.partition("\n")
        result = self._begun(_one_line(first)[:120], f"suite error {first}", "", 0.0)
        result.status = Status.BROKEN
        result.statusDetails = StatusDetails(message=f"{_SUITE_ERROR}：{_one_line(first)}", trace=rest or None)
        result.labels.append(Label(LabelType.EPIC, _SUITE_ERROR))
        return result

    def _begun(self, name: str, key: str, device: str, seconds: float) -> TestResult:
        begin = self._clock
        self._clock += max(1, round(seconds * 1000))
        target = self._verdicts.target
        return TestResult(
            uuid=str(uuid.uuid4()),
            name=name,
            fullName=f"{target} {key}",
            historyId=hashlib.md5(f"{target}\n{key}".encode(), usedforsecurity=False).hexdigest(),
            testCaseId=hashlib.md5(key.encode(), usedforsecurity=False).hexdigest(),
            stage="finished",
            start=begin,
            stop=begin + round(seconds * 1000),
            labels=[
                Label(LabelType.PARENT_SUITE, target),
                Label(LabelType.SUITE, words.device(device) or "无设备"),
                Label(LabelType.THREAD, device or "-"),
                Label(LabelType.FRAMEWORK, "gongping"),
                Label(LabelType.LANGUAGE, "python"),
            ],
        )

    def _step(self, shown: Shown, begin: int) -> TestStepResult:
        rows = words.measured_rows(shown.measured)
        step = TestStepResult(
            name=shown.caption,
            status=_STEP_STATUS[shown.judged],
            stage="finished",
            start=begin,  # looked at, not run: it takes no time, and Allure calls a step without times "unknown"
            stop=begin,
            parameters=[Parameter(row.name, f"{row.value} {row.unit}".strip()) for row in rows],
            attachments=self._attachments(shown.files),
        )
        if shown.quote:
            source = f"{uuid.uuid4()}-attachment.txt"
            self._logger.report_attached_data(shown.quote, source)
            step.attachments.append(Attachment("原文", source, "text/plain"))
        return step

    def _attachments(self, files: list[str]) -> list[Attachment]:
        return [attachment for file in files if (attachment := self._attachment(file))]

    def _attachment(self, path: str) -> Attachment | None:
        """A file of the bundle, copied once; None for what is missing and for what Allure can't show."""
        if path not in self._copied:
            suffix = PurePosixPath(path).suffix.lower()
            mime = _PICTURES.get(suffix, "image/jpeg") if is_picture(path) else _TEXTS.get(suffix)
            file = inside(self._bundle, path) if mime else None
            if file:
                source = f"{uuid.uuid4()}-attachment{suffix}"
                self._logger.report_attached_file(str(file), source)
                self._copied[path] = Attachment(PurePosixPath(path).name, source, mime)
            else:
                self._copied[path] = None
        return self._copied[path]


def _beside_shown(verdict: Verdict) -> list[str]:
    of_shown = {file for shown in verdict.shown for file in shown.files}
    return [file for file in verdict.evidence if file not in of_shown]


def _message(case: Case) -> str:
    """One line that begins with the outcome: what the categories look at."""
    said = [verdict.says.zh for verdict in case.verdicts if verdict.outcome is case.outcome]
    if not said:
        said = [f"{words.WHY_UNTESTED.get(case.duty.observability, '')}由人员查看：{case.duty.person_looks_at}"]
    return f"{_WAIVED if case.waived else words.OUTCOME[case.outcome]}：{_one_line('；'.join(dict.fromkeys(said)))}"


def _trace(case: Case) -> str | None:
    lines = []
    for verdict in case.verdicts:
        lines.append(f"{words.OUTCOME[verdict.outcome]}：{verdict.says.zh}")
        if verdict.outcome is Outcome.FAILED:
            lines.append("已由第二名消费者复现" if verdict.confirmed else "未经第二名消费者复现")
        if verdict.waiver:
            lines.append(f"豁免：{verdict.waiver.reason}；负责人 {verdict.waiver.owner}；至 {verdict.waiver.until}")
        lines += [f"位置：{words.place(at.place)} {at.element} {at.url}".rstrip() for at in verdict.where]
        rows = words.measured_rows(verdict.measured)
        lines += [f"{row.name}：{row.value} {row.unit}".rstrip() for row in rows]
        lines.append(f"检测项：{verdict.test}")
    return "\n".join(lines) or None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _milliseconds(started: str) -> int:
    try:
        at = datetime.fromisoformat(started)
    except ValueError:
        return 0
    return round((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * 1000)
