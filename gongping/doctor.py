"""`gongping doctor`: what this machine has for an audit, what it lacks, and the remedy."""

import argparse
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path


@dataclass(frozen=True)
class Finding:
    """One thing that was looked for."""

    what: str
    detail: str
    remedy: str = ""
    state: str = "ok"
    """ok; missing: no audit can run; optional: an audit runs, with less."""


def _python() -> Iterator[Finding]:
    detail = f"{platform.python_version()} {sys.executable}"
    if sys.version_info >= (3, 11):  # noqa: UP036 - an older one is just what a user may have started this with
        yield Finding("Python", detail)
    else:
        yield Finding("Python", detail, "install Python 3.11 or newer", "missing")


def _packages() -> Iterator[Finding]:
    from packaging.requirements import Requirement

    install = f'"{sys.executable}" -m pip install -e ".[dev,ocr]"'
    try:
        requirements = [Requirement(line) for line in metadata.requires("gongping") or ()]
    except metadata.PackageNotFoundError:
        yield Finding("gongping", "not installed", install, "missing")
        return
    yield Finding("gongping", metadata.version("gongping"))
    for requirement in requirements:
        extra = next((name for name in ("ocr", "dev") if _only_in(requirement, name)), "")
        try:
            has = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            has = ""
        what = f"{requirement.name} [{extra}]" if extra else requirement.name
        if has and requirement.specifier.contains(has, prereleases=True):
            yield Finding(what, has)
        else:
            detail = f"{has or 'not installed'}, needs {requirement.name}{requirement.specifier}"
            yield Finding(what, detail, install, "optional" if extra else "missing")
    if not any(point.name == "gongping" for point in metadata.entry_points(group="pytest11")):
        yield Finding("pytest plugin", "not registered", install, "missing")


def _only_in(requirement: object, extra: str) -> bool:
    """Whether a requirement belongs to an extra."""
    marker = getattr(requirement, "marker", None)
    return marker is not None and not marker.evaluate({"extra": ""}) and marker.evaluate({"extra": extra})


def _browser() -> Iterator[Finding]:
    from gongping import browser

    try:
        found = browser.find(fresh=True)
    except browser.NoBrowser as error:
        yield Finding("browser", str(error).partition("\nInstall")[0], browser.INSTALL, "missing")
        return
    yield Finding("browser", f"{found.version}, {found.how}" + (f", {found.file}" if found.file else ""))
    yield Finding("sandbox", "on" if found.sandbox else "off: this user or container can have none")


def _fonts() -> Iterator[Finding]:
    from gongping import browser

    has = browser.has_chinese_fonts()
    if has is False:
        yield Finding("Chinese fonts", "none: screenshots show empty boxes", browser.INSTALL, "optional")
    else:
        yield Finding("Chinese fonts", "found" if has else "can't be asked here (no fc-list)")


def _norm() -> Iterator[Finding]:
    from gongping.norm import load

    norm = load()
    yield Finding("norm", f"{len(norm.duties)} duties")


def _targets() -> Iterator[Finding]:
    from gongping import targets

    if not targets.DEFAULT_FILE.exists():
        yield Finding("targets.yaml", "none here: market and web addresses can be audited", state="optional")
        return
    try:
        known = targets.load().by_name
    except targets.TargetError as error:
        yield Finding("targets.yaml", str(error), "correct it, or name another with --targets FILE", "missing")
        return
    yield Finding("targets.yaml", ", ".join(known))
    for target in known.values():
        for waiver in target.expired_waivers():
            detail = f"{target.written(waiver)}: waiver of {waiver.duty} expired on {waiver.until}"
            yield Finding("waiver", detail, "mend the violation or agree on a new date", "optional")


def _tools() -> Iterator[Finding]:
    for tool, use in (("node", "the Allure page"), ("allure", "the Allure page")):
        path = shutil.which(tool)
        if path is None:
            yield Finding(tool, f"not on PATH, only needed for {use}", state="optional")
            continue
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, timeout=30)
        yield Finding(tool, f"{said.stdout.strip() or 'found'}, {path}")


CHECKS: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
    ("Python", _python),
    ("packages", _packages),
    ("browser", _browser),
    ("Chinese fonts", _fonts),
    ("norm", _norm),
    ("targets.yaml", _targets),
    ("tools", _tools),
)


def examine() -> Iterator[Finding]:
    """Look for everything; a check that itself breaks is a finding too."""
    for what, check in CHECKS:
        try:
            yield from check()
        except Exception as error:  # a doctor has to work where something is broken
            yield Finding(what, f"{type(error).__name__}: {error}", "see the error", "missing")


def main(argv: Sequence[str] | None = None) -> int:
    """Print the findings; 1 where an audit can't run."""
    argparse.ArgumentParser(prog="gongping doctor", description=__doc__).parse_args(argv)
    print(f"gongping doctor, in {Path.cwd()}")
    missing = 0
    for finding in examine():
        missing += finding.state == "missing"
        print(f"{finding.state:8}  {finding.what:28}  {finding.detail}", flush=True)
        if finding.remedy:
            print(f"{'':8}  {'':28}  -> {finding.remedy}")
    print("an audit can run" if not missing else f"no audit can run: {missing} missing")
    return 1 if missing else 0
