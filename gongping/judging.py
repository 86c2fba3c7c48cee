"""From a pytest report to a verdict: what a test said, what it showed, whether a second consumer saw it, too."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from gongping import baseline as baselines
from gongping import history
from gongping.bundle import read_journal
from gongping.consumer.experiments import Experiment
from gongping.evidence.show import Evidence
from gongping.norm import Norm
from gongping.reports.notes import TestNotes, of_tests, parse
from gongping.session import Audit
from gongping.targets import Target, TargetError, Waiver, resolve
from gongping.testing import Said
from gongping.verdicts import Outcome, Says, TestMode, Verdict, Verdicts, Where


def notes(items: Iterable[pytest.Item]) -> dict[str, TestNotes]:
    """The notes of the judging tests, by test id without the device."""
    return {
        test_name(item.nodeid): parse(getattr(item, "obj", None).__doc__ or "")
        for item in items
        if item.get_closest_marker("duty")
    }


def notes_of_the_norm() -> dict[str, TestNotes]:
    """The notes of the installed tests of the norm, for a process that collects none (xdist's controller)."""
    spec = find_spec("gongping.tests")
    return {
        test: said
        for place in (spec.submodule_search_locations or () if spec else ())
        for test, said in of_tests(Path(place)).items()
    }


def test_name(nodeid: str) -> str:
    """A test's id without its parameters, from `tests/` on: the same from a checkout and from an installed package."""
    bare = nodeid.split("[", 1)[0]
    found = re.search(r"(?:^|/)tests/(test_article_.*)", bare)
    return f"tests/{found[1]}" if found else bare


test_name.__test__ = False  # type: ignore[attr-defined]


def annotate(
    report: pytest.TestReport,
    call: pytest.CallInfo[None],
    item: pytest.Item,
    mark: pytest.Mark,
    evidence: Evidence | None,
    device: str,
    norm: Norm,
) -> None:
    """Puts the verdict of this phase on the report (as plain data: it travels between xdist's processes)."""
    said = call.excinfo.value if call.excinfo else None
    if report.when != "call" and said is None:
        return
    duty = norm.duty(mark.args[0])
    mode = mark.args[1] if len(mark.args) > 1 else TestMode.AUTOMATIC
    message = ""
    if said is None:
        outcome, says = Outcome.PASSED, Says(zh="未发现违反", en="no violation observed")
    elif isinstance(said, Said) and report.when != "teardown":
        outcome, says = said.outcome, Says(zh=said.zh, en=said.en)
        report.longrepr = (str(item.path), item.location[1] or 0, f"Skipped: {outcome}: {said.zh}")
    elif isinstance(said, AssertionError) and report.when == "call" and _is_the_tests_own(call, item):
        message = _message(said)
        outcome, says = Outcome.FAILED, Says(zh=message)
        report.longrepr = message
    elif isinstance(said, pytest.skip.Exception) and report.when != "teardown":
        outcome, says = Outcome.UNTESTED, Says(zh=str(said))
    else:  # not a verdict: the suite itself is at fault
        if not isinstance(said, (KeyboardInterrupt, SystemExit, pytest.exit.Exception)):
            where = " (after the test)" if report.when == "teardown" else ""
            report.gongping_error = f"{type(said).__name__}: {str(said).splitlines()[0] if str(said) else ''}{where}"  # type: ignore[attr-defined]
            report.gongping_facts = {"duty": duty.id, "article": duty.article, "device": device, "mode": str(mode)}  # type: ignore[attr-defined]
        return
    shown = evidence.shown if evidence else []
    broken = [s.where for s in shown if s.judged == "broken"]
    verdict = Verdict(
        duty=duty.id,
        article=duty.article,
        outcome=outcome,
        test_mode=mode,
        device=device,
        test=test_name(item.nodeid),
        says=says,
        measured=_measured(shown),
        shown=shown,
        evidence=list(dict.fromkeys(f for s in sorted(shown, key=lambda s: s.judged != "broken") for f in s.files)),
        where=list({w.model_dump_json(): w for w in broken}.values()) if outcome is Outcome.FAILED else [],
        seconds=round(call.duration, 2),
    )
    report.gongping = verdict.model_dump(mode="json")  # type: ignore[attr-defined]


def _is_the_tests_own(call: pytest.CallInfo[None], item: pytest.Item) -> bool:
    """Whether an assert of a test failed. One of a detector, a page or a library is an error of the suite, never a verdict."""
    assert call.excinfo is not None
    return Path(str(call.excinfo.traceback[-1].path)).parent == item.path.parent


def _message(error: AssertionError) -> str:
    """The words of an assert, without pytest's rewriting of the expression."""
    text = str(error)
    return re.split(r"\nassert ", text, maxsplit=1)[0].strip() or "断言不成立"


def _measured(shown: list[Any]) -> dict[str, Any]:
    """The measurements of what decides: the broken ones, else the unknown ones, else all; one entry a key."""
    for kind in ("broken", "unknown", "held", "seen"):
        chosen = [s for s in shown if s.judged == kind and s.measured]
        if chosen:
            return dict(chosen[0].measured)
    return {}


def verdict_in(report: Any) -> Verdict | None:
    """The verdict on a report, if it carries one."""
    raw = getattr(report, "gongping", None)
    return Verdict.model_validate(raw) if raw else None


def verdict_of(reports: Iterable[pytest.TestReport]) -> Verdict | None:
    """The verdict among the reports of one test."""
    return next((v for v in map(verdict_in, reports) if v), None)


def merge(
    first: list[pytest.TestReport], again: list[pytest.TestReport], looked_at: list[Experiment[Any]]
) -> list[pytest.TestReport]:
    """A failure seen twice is confirmed; anything else is cantTell, with both sayings."""
    one, two = verdict_of(first), verdict_of(again)
    assert one is not None
    carrier = next(r for r in first if verdict_in(r))
    if two is not None and two.outcome is Outcome.FAILED and _same(one, two):
        merged = two.model_copy(update={"confirmed": True})
        carrier.longrepr = two.says.zh
    else:
        if two is None:
            second = next((str(r.gongping_error) for r in again if hasattr(r, "gongping_error")), "没有结果")
        else:
            second = {Outcome.PASSED: "没有再看到", Outcome.FAILED: f"看到的是另一处：{two.says.zh}"}.get(
                two.outcome, two.says.zh
            )
        spent = "、".join(e.consumes for e in looked_at if e.consumes)
        why = f"；这项检查要用掉{spent}" if spent and (two is None or two.outcome is not Outcome.PASSED) else ""
        merged = one.model_copy(
            update={
                "outcome": Outcome.CANT_TELL,
                "where": [],
                "says": Says(
                    zh=f"第一位消费者看到：{one.says.zh}。第二位消费者{second}{why}。请人工复核。",
                    en="seen once, not confirmed by a second, fresh consumer",
                ),
            }
        )
        carrier.outcome = "skipped"
        carrier.longrepr = ("", 0, f"Skipped: cantTell: {merged.says.zh}")
    carrier.gongping = merged.model_dump(mode="json")  # type: ignore[attr-defined]
    for report in again:
        if hasattr(report, "gongping_error"):
            carrier.gongping_error = f"{report.gongping_error} (second consumer)"  # type: ignore[attr-defined]
    return first


def _same(one: Verdict, two: Verdict) -> bool:
    """Whether two failures of a test are of one kind: they share a place, where places were noted."""
    places = {w.place for w in one.where}, {w.place for w in two.where}
    return not all(places) or bool(places[0] & places[1])


def add_error_verdict(audit: Audit, report: pytest.TestReport) -> None:
    """An error of the suite leaves the duty undecided, and says so."""
    facts = report.gongping_facts
    audit.collected.add(
        Verdict(
            duty=facts["duty"], article=facts["article"], outcome=Outcome.CANT_TELL, test_mode=TestMode(facts["mode"]), device=facts["device"], test=test_name(report.nodeid),
            says=Says(zh=f"套件自身出错，本项没有结论：{report.gongping_error}", en=f"error of the suite: {report.gongping_error}"),
        )
    )  # fmt: skip


def bring_over(bundle: Path, folder: Path) -> None:
    """Copies what was observed from a bundle into a new one, to be judged again."""
    for name in ("observations", "sights", "tiles", "files"):
        if (bundle / name).is_dir():
            shutil.copytree(bundle / name, folder / name, dirs_exist_ok=True)
    for name in ("journal.jsonl", history.NAME):
        if (bundle / name).exists():
            shutil.copy(bundle / name, folder / name)


def target_of(before: Verdicts, targets: str | None) -> Target:
    """The target of an earlier run: its entry where there still is one, else its address."""
    try:
        target = resolve(before.target, targets, before.mode)
    except TargetError:
        target = resolve(before.url, None)
    return target.served_at(before.url)


def remarks(audit: Audit) -> list[str]:
    """What the summary adds: waivers that expired, or that nothing needs any more."""
    assert audit.written is not None
    lines = []
    for line in read_journal(audit.bundle):
        if line["event"] == "died":
            lines.append(
                f"{line['what']} died during the experiment {line['experiment']} on {line['device']}: it was repeated with a new one"
            )
    for waiver in audit.target.expired_waivers():
        lines.append(
            f"waiver expired on {waiver.until}: {waiver.duty} ({waiver.reason}) {audit.target.written(waiver)}"
        )
    for waiver in audit.target.waivers:
        if devices := _passed_on(audit.written, waiver):
            where = audit.target.written(waiver)
            lines.append(f"waiver no longer needed, {waiver.duty} passed on {devices}: {waiver.reason} {where}")
    if audit.baseline is not None:
        lines += baselines.remarks(audit.written, audit.baseline)
    return lines


def _passed_on(written: Verdicts, waiver: Waiver) -> str:
    """The devices on which the duty of a waiver was tested; empty where any of them has another outcome than passed."""
    device = waiver.where.device
    said = [v for v in written.verdicts if v.duty == waiver.duty and v.test and device in (None, v.device)]
    fine = said and all(v.outcome in (Outcome.PASSED, Outcome.INAPPLICABLE) for v in said)
    return ", ".join(dict.fromkeys(v.device for v in said)) if fine else ""


__all__ = [
    "TestNotes",
    "Where",
    "add_error_verdict",
    "annotate",
    "bring_over",
    "merge",
    "notes",
    "remarks",
    "target_of",
    "verdict_in",
    "verdict_of",
]
