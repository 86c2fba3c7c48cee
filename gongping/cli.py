"""`gongping COMMAND`: small helpers around an audit. The audit itself is always pytest."""

import argparse
import importlib
import runpy
import sys
from collections.abc import Sequence

COMMANDS = {
    "doctor": ("what this machine has for an audit, and what it lacks", "gongping.doctor:main"),
    "init": ("look around on a platform, propose its entry of targets.yaml", "gongping.init:main"),
    "lint": ("the clauses of a document that the norm forbids", "gongping.clauses.command:main"),
    "login": ("sign in by hand; later runs go on in that session", "gongping.login:main"),
    "market": ("serve the embedded marketplace", "gongping.cli:market"),
    "norm": ("the norm, and what of it is tested", "gongping.norm.coverage:main"),
    "targets": ("check a targets.yaml, or print its JSON Schema", "gongping.cli:targets"),
    "report": ("make the reports of a bundle again", "gongping.cli:report"),
    "verify": ("compare a bundle with its manifest", "gongping.cli:verify"),
    "version": ("print the version", "gongping.cli:version"),
}


def targets(argv: Sequence[str]) -> int:
    """Check a targets.yaml; 1 where something is wrong."""
    from gongping import targets as reader

    parser = argparse.ArgumentParser(prog="gongping targets", description="Check a targets.yaml.")
    parser.add_argument("file", nargs="?", default=str(reader.DEFAULT_FILE), metavar="FILE")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of targets.yaml")
    asked = parser.parse_args(argv)
    if asked.schema:
        print(reader.schema(), end="")
        return 0
    try:
        known = reader.load(asked.file).by_name
    except reader.TargetError as error:
        for problem in (error, *error.others):
            print(problem, file=sys.stderr)
        return 1
    for target in known.values():
        print(f"{target.name}: {target.mode}, {target.url or f'serve {target.serve}'}")
        for waiver in target.expired_waivers():
            print(f"{target.written(waiver)}: waiver of {waiver.duty} expired on {waiver.until}")
    return 0


def market(argv: Sequence[str]) -> int:
    """Serve the embedded marketplace until Ctrl-C, as `python -m gongping.market` does."""
    sys.argv = ["gongping market", *argv]
    runpy.run_module("gongping.market", run_name="__main__")
    return 0


def report(argv: Sequence[str]) -> int:
    """Make the reports of a bundle again."""
    from gongping.reports.cli import main as reports

    return reports(["report", *argv])


def verify(argv: Sequence[str]) -> int:
    """Compare a bundle with its manifest."""
    from gongping.reports.cli import main as reports

    return reports(["verify", *argv])


def version(argv: Sequence[str]) -> int:
    """Print the version."""
    from gongping import __version__

    argparse.ArgumentParser(prog="gongping version").parse_args(argv)
    print(f"gongping {__version__}")
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 2 where there is no such command."""
    listed = "\n".join(f"  {name:10}{about}" for name, (about, _) in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="gongping",
        description=__doc__,
        epilog=f"commands:\n{listed}\n\nAn audit: pytest --target market",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, metavar="...", help="its own; try COMMAND --help")
    asked = parser.parse_args(argv)
    module, _, name = COMMANDS[asked.command][1].partition(":")
    return int(getattr(importlib.import_module(module), name)(asked.arguments))
