"""The pytest plugin: options and hooks, nothing else hooks.

It wakes up when a test with `@duty` is collected; in any other suite it is silent.
"""

from __future__ import annotations

import os
import re
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from _pytest.terminal import TerminalReporter

from gongping import bundle as bundles
from gongping import history as histories
from gongping import judging, session
from gongping.fixtures import (
    ATTEMPT,
    AUDIT,
    EVIDENCE,
    LOOKED_AT,
    audit,
    audited_device,
    evidence,
    facts,
    norm,
    observations,
)
from gongping.norm import load
from gongping.session import Audit
from gongping.targets import TargetError, resolve
from gongping.verdicts import Outcome
from gongping.verdicts import read as read_verdicts

__all__ = ["audit", "audited_device", "evidence", "facts", "norm", "observations"]  # fixtures
pytest_plugins = ("gongping.pages.fixtures",)

_REFUSED = {"tracing": "off", "video": "off", "screenshot": "off"}
_LETTERS = {
    Outcome.FAILED: ("failed", "F", "FAILED"),
    Outcome.CANT_TELL: ("cantTell", "?", "CANTTELL"),
    Outcome.INAPPLICABLE: ("inapplicable", "-", "INAPPLICABLE"),
    Outcome.UNTESTED: ("untested", "u", "UNTESTED"),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("gongping", "Gongping (公平秤)")
    group.addoption(
        "--target",
        metavar="NAME|URL",
        help="the platform to audit: an entry of targets.yaml or a web address (default: the embedded market)",
    )
    group.addoption("--targets", metavar="FILE", help="the file of targets (default: ./targets.yaml)")
    group.addoption(
        "--article", action="append", default=[], metavar="N|N-M", help="only these articles; may be repeated"
    )
    group.addoption(
        "--duty", action="append", default=[], metavar="ID", help="only these duties, like 42.2; may be repeated"
    )
    group.addoption(
        "--devices",
        default="desktop,mobile",
        metavar="LIST",
        help="desktop, mobile or Playwright device names (default: desktop,mobile)",
    )
    group.addoption(
        "--mode",
        choices=("observe", "exercise"),
        help="observe: nothing irreversible; exercise: may register, order, deregister",
    )
    group.addoption(
        "--no-confirm",
        action="store_true",
        help="don't repeat a failed experiment with a second consumer (failures stay unconfirmed)",
    )
    group.addoption("--baseline", metavar="FILE", help="a verdicts.json: only violations that it lacks break the run")
    group.addoption(
        "--from", dest="from_bundle", metavar="BUNDLE", help="judge what a bundle holds again, without a browser"
    )
    group.addoption(
        "--history",
        metavar="DIR",
        help="compare what is seen with what earlier runs saw, and keep what this one saw there",
    )
    group.addoption("--report-dir", default="reports", metavar="DIR", help="where bundles go (default: reports)")
    with suppress(ValueError):  # pytest's own switch of that name: read from the command line instead
        group.addoption("--strict", action="store_true", help="a cantTell breaks the run, too")


def _asked_strict(config: pytest.Config) -> bool:
    return "--strict" in config.invocation_params.args


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "duty(id, mode): the duty of the norm that a test judges")
    _check_root(config)
    worker = getattr(config, "workerinput", None)
    if worker is None and _looks_like_an_audit(config):
        _check_options(config)  # here, where a wrong one is a usage error and not an error of collection
        if getattr(config.option, "dist", "no") == "load" and not any(
            a.startswith("--dist") for a in config.invocation_params.args
        ):
            config.option.dist = "loadgroup"  # what -n means for an audit: an experiment stays in one worker
    if worker is not None and "gongping" in worker:
        _join(config, worker["gongping"])


def _check_root(config: pytest.Config) -> None:
    """pytest takes a separate `--report-dir DIR` outside of the project for a path to collect, and loses the project's settings."""
    names: tuple[str, ...] = ()
    if config.inipath is None:
        names = ("--report-dir", "--targets", "--from", "--baseline", "--history")
    elif getattr(config.option, "numprocesses", None):
        # the folder is there by the time xdist's workers read the command line
        names = ("--report-dir",)
    for name in names:
        if name in config.invocation_params.args and (Path.cwd() / "pyproject.toml").exists():
            raise pytest.UsageError(
                f"write {name}=PATH as one word: pytest takes a separate path for its own root, and the project's settings were not read"
            )


def _usage(config: pytest.Config, error: object) -> pytest.UsageError:
    return pytest.UsageError(str(error))


def _check_options(config: pytest.Config) -> list[str]:
    for name, off in _REFUSED.items():
        if config.getoption(name, default=off) not in (off, None):
            raise pytest.UsageError(
                f"--{name} would record secrets beside the evidence; Gongping keeps its own: look into the bundle under {config.getoption('--report-dir')}/"
            )
    if config.getoption("from_bundle") and config.getoption("--history"):
        raise pytest.UsageError(
            "--history has no effect beside --from: a bundle is judged by the history that it was made with; leave it out"
        )
    devices = [d.strip() for d in config.getoption("--devices").split(",") if d.strip()]
    if not devices:
        raise pytest.UsageError("--devices names no device: write desktop, mobile or a Playwright device name")
    return devices


def _devices(config: pytest.Config) -> list[str]:
    """The devices that tests are made for, before the run begins; a bundle is judged on those that it was made with."""
    asked = _check_options(config)
    if config.getoption("from_bundle"):
        try:
            return read_verdicts(Path(config.getoption("from_bundle")) / "verdicts.json").devices
        except ValueError:  # said when the run begins
            return asked
    return asked


def _begin(config: pytest.Config) -> Audit:
    """Resolves the target, starts what it serves, makes the bundle. Every error is one clear line."""
    devices = _check_options(config)
    started = session.now()
    try:
        if config.getoption("from_bundle"):
            return _begin_from_bundle(config, devices)
        baseline = read_verdicts(Path(config.getoption("--baseline"))) if config.getoption("--baseline") else None
        target = resolve(
            config.getoption("--target") or "market", config.getoption("--targets"), config.getoption("--mode")
        )
        pages = session.pages_of(target)
        bundle = bundles.create(Path(config.getoption("--report-dir")), target.name, started)
        target, served = session.serve(target)
        audit = Audit(
            target=target, devices=devices, bundle=bundle.resolve(), started=started, norm=load(), confirm=not config.getoption("--no-confirm"),
            strict=_asked_strict(config), baseline=baseline, served=served,
        )  # fmt: skip
        audit.run.pages = pages
        if config.getoption("--history"):
            audit.history = histories.History(Path(config.getoption("--history")), target.name)
            histories.keep(audit.history.earlier(started), audit.bundle)
    except (TargetError, bundles.BundleError, ValueError) as error:
        raise _usage(config, error) from None
    return audit


def _begin_from_bundle(config: pytest.Config, devices: list[str]) -> Audit:
    bundle = Path(config.getoption("from_bundle")).resolve()
    if not (bundle / "verdicts.json").exists():
        raise ValueError(f"{bundle}: no bundle (verdicts.json is missing)")
    before = read_verdicts(bundle / "verdicts.json")
    folder = bundles.create(Path(config.getoption("--report-dir")), f"{before.target}-again", session.now()).resolve()
    judging.bring_over(bundle, folder)
    target = judging.target_of(before, config.getoption("--targets"))
    audit = Audit(
        target=target, devices=before.devices, bundle=folder, started=session.now(), norm=load(), strict=_asked_strict(config), from_bundle=True,
        confirm=not config.getoption("--no-confirm") and all(v.confirmed for v in before.verdicts if v.outcome is Outcome.FAILED),  # as the bundle was made
        baseline=read_verdicts(Path(config.getoption("--baseline"))) if config.getoption("--baseline") else None,
    )  # fmt: skip
    audit.browser_facts = before.browser
    return audit


def _join(config: pytest.Config, told: dict[str, Any]) -> None:
    """An xdist worker takes part in the controller's run."""
    target = (
        resolve(told["target"], told["targets"], told["mode"])
        if not told["bare"]
        else resolve(told["url"], None, told["mode"])
    )
    if told["url"]:
        target = target.served_at(told["url"])
    audit = Audit(
        target=target, devices=told["devices"], bundle=Path(told["bundle"]), started=session.now(), norm=load(), confirm=told["confirm"], from_bundle=told["from_bundle"]
    )  # fmt: skip
    if not audit.from_bundle:
        audit.run.pages = session.pages_of(target)
    config.stash[AUDIT] = audit


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """xdist, in the controller: the run is begun here, before any worker collects, and told to each worker."""
    config: pytest.Config = node.config
    if not _looks_like_an_audit(config):
        return
    if AUDIT not in config.stash:
        config.stash[AUDIT] = _begin(config)
    global _audit  # noqa: PLW0603 - the controller collects and runs nothing itself, it only receives reports
    _audit = audit = config.stash[AUDIT]
    said = config.getoption("--target") or "market"
    node.workerinput["gongping"] = {
        "target": said, "targets": config.getoption("--targets"), "mode": config.getoption("--mode"), "bare": "://" in said or audit.from_bundle,
        "url": str(audit.target.url), "devices": audit.devices, "bundle": str(audit.bundle), "confirm": audit.confirm, "from_bundle": audit.from_bundle,
    }  # fmt: skip


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object | None:
    """xdist, in the controller: whole experiments are handed out."""
    audit = config.stash.get(AUDIT, None)
    if audit is None or config.getoption("dist") != "loadgroup":
        return None
    from gongping.scheduling import ExperimentScheduling

    return ExperimentScheduling(config, log, audit.bundle)


def _looks_like_an_audit(config: pytest.Config) -> bool:
    """Whether the run's arguments point at tests of the norm: the controller collects nothing itself."""
    if config.getoption("--target") or config.getoption("from_bundle"):
        return True
    paths = [Path(str(a).split("::")[0]) for a in config.args]
    return any(re.match(r"test_article_\d+", p.name) or any(p.glob("test_article_*.py")) for p in paths)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.definition.get_closest_marker("duty") and "audited_device" in metafunc.fixturenames:
        audit = metafunc.config.stash.get(AUDIT, None)
        devices = audit.devices if audit else _devices(metafunc.config)
        metafunc.parametrize("audited_device", devices, ids=devices)


def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    from gongping.session import article_numbers

    judged = [mark for item in items if (mark := item.get_closest_marker("duty"))]
    if not (judged or config.getoption("--article") or config.getoption("--duty")):
        return
    norm = load()
    try:
        articles = article_numbers(config.getoption("--article"))
        duties = {norm.duty(d.strip()).id for said in config.getoption("--duty") for d in said.split(",")}
        for mark in judged:
            norm.duty(mark.args[0])
    except (ValueError, LookupError) as error:
        raise _usage(config, error) from None
    if not judged:
        return
    if articles or duties:
        keep: list[pytest.Item] = []
        drop: list[pytest.Item] = []
        for item in items:
            mark = item.get_closest_marker("duty")
            wanted = mark and (mark.args[0] in duties or norm.duty(mark.args[0]).article in articles)
            (keep if wanted else drop).append(item)
        items[:] = keep
        if drop:
            config.hook.pytest_deselected(items=drop)
    if not config.option.collectonly and AUDIT not in config.stash and items:
        config.stash[AUDIT] = _begin(config)
    if AUDIT in config.stash and hasattr(config, "workerinput"):
        from gongping import scheduling

        scheduling.tell(items, config.stash[AUDIT].bundle)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Runs a judging test; where it fails, once more on what a second, fresh consumer sees."""
    mark = item.get_closest_marker("duty")
    audit = item.config.stash.get(AUDIT, None)
    if not mark or audit is None:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = _run(item, nextitem, 1)
    first = judging.verdict_of(reports)
    if first and first.outcome is Outcome.FAILED and audit.confirm:
        again = _run(item, nextitem, 2)
        reports = judging.merge(reports, again, item.stash[LOOKED_AT])
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def _device_of(item: pytest.Item) -> str:
    """The device that a judging test is parametrised with."""
    params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    return str(params.get("audited_device", ""))


def _run(item: pytest.Item, nextitem: pytest.Item | None, attempt: int) -> list[pytest.TestReport]:
    item.stash[ATTEMPT] = attempt
    item.stash[LOOKED_AT] = []
    if EVIDENCE in item.stash:
        del item.stash[EVIDENCE]
    if attempt > 1 and isinstance(item, pytest.Function):
        item._initrequest()
    return runtestprotocol(item, nextitem=nextitem, log=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    audit = item.config.stash.get(AUDIT, None)
    mark = item.get_closest_marker("duty")
    if audit is not None and mark:
        judging.annotate(report, call, item, mark, item.stash.get(EVIDENCE, None), _device_of(item), load())
    return report


def pytest_report_teststatus(report: pytest.TestReport | pytest.CollectReport) -> tuple[str, str, str] | None:
    verdict = judging.verdict_in(report)
    if (
        verdict is None
        or verdict.outcome not in _LETTERS
        or (verdict.outcome is Outcome.FAILED and report.outcome != "failed")
    ):
        return None
    return _LETTERS[verdict.outcome]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    audit = _audit
    if audit is None:
        return
    verdict, error = judging.verdict_in(report), getattr(report, "gongping_error", None)
    if verdict is not None:
        audit.collected.add(verdict)
    if error:
        audit.collected.errors.append(f"{report.nodeid}: {error}")
        if verdict is None and report.when != "teardown":
            judging.add_error_verdict(audit, report)
    elif report.failed and verdict is None:
        if "duty" in report.keywords or str(report.when) == "???":  # a worker died with the test in its hands
            audit.collected.errors.append(
                f"{report.nodeid}: {str(report.longrepr).splitlines()[-1] if str(report.longrepr) else 'no result'}"
            )
        else:
            audit.others_failed += 1


_audit: Audit | None = None
"""The run of this controller: `pytest_runtest_logreport` is not handed the configuration."""


@pytest.hookimpl(trylast=True)
def pytest_runtestloop(session: pytest.Session) -> None:
    global _audit  # noqa: PLW0603
    if not hasattr(session.config, "workerinput"):
        _audit = session.config.stash.get(AUDIT, None)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    global _audit  # noqa: PLW0603
    if not hasattr(session.config, "workerinput"):
        _audit = session.config.stash.get(AUDIT, None)
        if _audit is not None:
            _audit.notes = judging.notes(session.items)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    audit = session.config.stash.get(AUDIT, None)
    if audit is None or hasattr(session.config, "workerinput"):
        return
    global _audit  # noqa: PLW0603
    _audit = None
    interrupted = int(exitstatus) in (2, 3, 4) or session.config.option.collectonly
    try:
        if not audit.notes:
            audit.notes = judging.notes(session.items) or judging.notes_of_the_norm()
        audit.conclude(complete=not (interrupted or session.shouldstop or session.shouldfail))
        if not interrupted and (audit.collected.verdicts or audit.collected.errors):
            session.exitstatus = audit.exit_status() or (1 if audit.others_failed else 0)
    finally:
        if audit.served is not None:
            audit.served.stop()


def pytest_terminal_summary(terminalreporter: TerminalReporter, config: pytest.Config) -> None:
    audit = config.stash.get(AUDIT, None)
    if audit is None or audit.written is None:
        return
    from gongping.reports import terminal

    # pytest's own list of failures would say the same with tracebacks
    terminalreporter.section("公平秤 Gongping", sep="=")
    for place in audit.missed:
        stops = [s for s in audit.written.stops if s.place == place]
        why = "; ".join(f"{s.wall} ({s.detail}) {s.url}" for s in stops) or "no way to it was found"
        terminalreporter.line(f"NOT REACHED: {place}: {why}", red=True)
    report = Path(os.path.relpath(audit.bundle / "report.html"))
    for line in terminal.summary(audit.written, terminalreporter._tw.fullwidth, report=report):
        terminalreporter.line(line)
    for line in audit.told + audit.written.errors:
        terminalreporter.line(f"ERROR of the suite: {line}", red=True)
    for line in judging.remarks(audit):
        terminalreporter.line(line, yellow=True)
