"""`gongping report BUNDLE` and `gongping verify BUNDLE`."""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from gongping import verdicts as reader
from gongping.browser import NoBrowser
from gongping.evidence import manifest
from gongping.reports import html, pdf, terminal
from gongping.reports.making import DERIVED, makers
from gongping.reports.notes import TestNotes, of_tests
from gongping.verdicts import Verdicts


def main(argv: Sequence[str] | None = None) -> int:
    """Run `report BUNDLE`, `verify BUNDLE`, or `report` where only a BUNDLE is given. Exit statuses as below."""
    given = list(sys.argv[1:] if argv is None else argv)
    command = given.pop(0) if given[:1] in (["report"], ["verify"]) else "report"
    return report(given) if command == "report" else verify(given)


def report(argv: Sequence[str]) -> int:
    """Make the reports of a bundle again, or print them; 0 made, 1 the bundle differs from its manifest, 2 it is no bundle."""
    parser = argparse.ArgumentParser(
        prog="gongping report",
        description="Make report.html, junit.xml, earl.jsonld and allure-results again from verdicts.json, or print the report.",
    )
    parser.add_argument("bundle", nargs="?", type=Path, metavar="BUNDLE", help="the folder that holds verdicts.json")
    parser.add_argument(
        "--pdf", type=Path, metavar="FILE", help="only print the report to FILE; what is in the bundle stays as it is"
    )
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="the language of the PDF (default: zh)")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of verdicts.json")
    asked = parser.parse_args(argv)
    if asked.schema:
        print(reader.schema(), end="")
        return 0
    if asked.bundle is None:
        parser.error("which BUNDLE?")
    return _report(asked.bundle, asked.pdf, asked.lang)


def verify(argv: Sequence[str]) -> int:
    """Compare a bundle with its manifest; 0 alike, 1 it differs, 2 it is no bundle."""
    parser = argparse.ArgumentParser(
        prog="gongping verify", description="Compare every file of a bundle with MANIFEST.sha256."
    )
    parser.add_argument("bundle", type=Path, metavar="BUNDLE", help="the folder that holds MANIFEST.sha256")
    bundle: Path = parser.parse_args(argv).bundle
    # without verdicts.json it may still be a bundle, from which that file was taken
    if not (bundle / manifest.NAME).is_file() and not (bundle / reader.NAME).is_file():
        return _no(f"{bundle}: no {manifest.NAME} and no {reader.NAME} here, so no bundle")
    problems = manifest.verify(bundle)
    if problems:
        print(f"{bundle} differs from its manifest", *problems, sep="\n  ", file=sys.stderr)
        return 1
    digest = hashlib.sha256((bundle / manifest.NAME).read_bytes()).hexdigest()
    print(f"{bundle}: every file is as {manifest.NAME} says\n{manifest.NAME} itself has the SHA-256 {digest}")
    return 0


def _report(bundle: Path, printed: Path | None, language: str) -> int:
    if not (bundle / reader.NAME).is_file():
        return _no(_why_no_bundle(bundle))
    try:
        verdicts = reader.read(bundle / reader.NAME)
    except ValueError as error:
        return _no(str(error))
    # a new manifest over evidence that was changed would make the change look genuine
    problems = [each for each in manifest.verify(bundle) if not each.path.startswith(DERIVED)]
    if problems:
        print("nothing made: the bundle differs from its manifest", *problems, sep="\n  ", file=sys.stderr)
        return 1
    notes = _notes()
    if printed is not None:
        return _print(verdicts, bundle, notes, printed, language)
    try:
        for _, make in makers(verdicts, bundle, notes):
            make()
        manifest.write(bundle)
    except OSError as error:
        return _no(f"{bundle}: the reports can't be written ({error.strerror}: {error.filename})")
    width = shutil.get_terminal_size((120, 24)).columns
    print(*terminal.summary(verdicts, width, report=bundle / html.NAME), sep="\n")
    return 0


def _print(verdicts: Verdicts, bundle: Path, notes: Mapping[str, TestNotes], file: Path, language: str) -> int:
    try:
        pdf.write(html.text(verdicts, bundle, notes=notes), file, language)
        if file.resolve().is_relative_to(bundle.resolve()):
            manifest.write(bundle)
    except (NoBrowser, pdf.NotPrinted) as error:
        return _no(str(error))
    print(file)
    return 0


def _why_no_bundle(bundle: Path) -> str:
    if not bundle.is_dir():
        return f"{bundle}: no such folder"
    inside = sorted(path.parent.name for path in bundle.glob(f"*/{reader.NAME}"))
    if inside:
        return f"{bundle}: no bundle, but it holds some: {', '.join(inside)}"
    if (bundle / "verdicts.jsonl").is_file():
        return f"{bundle}: no {reader.NAME}: the run was killed before it ended (verdicts.jsonl has what was judged until then)"
    return f"{bundle}: no {reader.NAME} here, so no bundle"


def _no(why: str) -> int:
    print(why, file=sys.stderr)
    return 2


def _notes() -> dict[str, TestNotes]:
    spec = find_spec("gongping.tests")
    places = list(spec.submodule_search_locations or ()) if spec else []
    return {test: said for place in places for test, said in of_tests(Path(place)).items()}


if __name__ == "__main__":
    sys.exit(main())
