"""`gongping report BUNDLE` and `gongping verify BUNDLE`."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from pydantic import ValidationError

from gongping.evidence import manifest
from gongping.reports import allure, html, junit, terminal
from gongping.reports.notes import TestNotes, of_tests
from gongping.verdicts import Verdicts

_DERIVED = (html.NAME, junit.NAME, f"{allure.NAME}/")


def main(argv: Sequence[str] | None = None) -> int:
    """Run `report BUNDLE`, `verify BUNDLE`, or `report` where only a BUNDLE is given. Exit statuses as below."""
    given = list(sys.argv[1:] if argv is None else argv)
    command = given.pop(0) if given[:1] in (["report"], ["verify"]) else "report"
    return report(given) if command == "report" else verify(given)


def report(argv: Sequence[str]) -> int:
    """Make the reports of a bundle again; 0 made, 1 the bundle differs from its manifest, 2 it is no bundle."""
    bundle = _bundle("report", "Make report.html, junit.xml and allure-results again from verdicts.json.", argv)
    return _report(bundle) if bundle else 2


def verify(argv: Sequence[str]) -> int:
    """Compare a bundle with its manifest; 0 alike, 1 it differs, 2 it is no bundle."""
    bundle = _bundle("verify", "Compare every file of a bundle with MANIFEST.sha256.", argv)
    return _verify(bundle) if bundle else 2


def _bundle(command: str, says: str, argv: Sequence[str]) -> Path | None:
    parser = argparse.ArgumentParser(prog=f"gongping {command}", description=says)
    parser.add_argument("bundle", type=Path, metavar="BUNDLE", help="the folder that holds verdicts.json")
    bundle: Path = parser.parse_args(argv).bundle
    if (bundle / "verdicts.json").is_file():
        return bundle
    print(f"{bundle}: no verdicts.json here, so no bundle", file=sys.stderr)
    return None


def render_all(verdicts: Verdicts, bundle: Path) -> Path:
    """Write every report that is made from verdicts.json into `bundle`; returns report.html's path. Hashes nothing."""
    junit.write(verdicts, bundle / junit.NAME)
    allure.write_results(verdicts, bundle, bundle / allure.NAME)
    return html.render(verdicts, bundle, notes=_notes())


def _report(bundle: Path) -> int:
    # a new manifest over evidence that was changed would make the change look genuine
    if (bundle / manifest.NAME).is_file():
        problems = [each for each in manifest.verify(bundle) if not each.path.startswith(_DERIVED)]
        if problems:
            print("nothing rendered: the bundle differs from its manifest", *problems, sep="\n  ", file=sys.stderr)
            return 1
    try:
        verdicts = Verdicts.model_validate_json((bundle / "verdicts.json").read_bytes())
    except ValidationError as error:
        print(f"{bundle / 'verdicts.json'}: {error}", file=sys.stderr)
        return 2
    made = render_all(verdicts, bundle)
    manifest.write(bundle)
    print(*terminal.summary(verdicts, shutil.get_terminal_size((120, 24)).columns, report=made), sep="\n")
    return 0


def _verify(bundle: Path) -> int:
    problems = manifest.verify(bundle)
    if problems:
        print(f"{bundle} differs from its manifest", *problems, sep="\n  ", file=sys.stderr)
        return 1
    print(f"{bundle}: every file is as MANIFEST.sha256 says")
    return 0


def _notes() -> dict[str, TestNotes]:
    spec = find_spec("gongping.tests")
    places = list(spec.submodule_search_locations or ()) if spec else []
    return {test: said for place in places for test, said in of_tests(Path(place)).items()}


if __name__ == "__main__":
    sys.exit(main())
