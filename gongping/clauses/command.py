"""`gongping lint FILE-or-URL`: the clauses of a document, for a lawyer to read."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from gongping.clauses.judge import Finding, lint_document
from gongping.clauses.read import Unreadable, is_address, read
from gongping.clauses.sentences import Paragraph

_SAYS = {"failed": "违反", "cantTell": "无法判定"}


def _told(findings: Sequence[Finding], source: str, count: int) -> str:
    lines = [
        f"第 {f.paragraph} 段  {f.duty}  {f.outcome} {_SAYS[f.outcome]}\n  “{f.sentence}”\n  {f.reason}\n"
        for f in findings
    ]
    failed = sum(f.outcome == "failed" for f in findings)
    lines.append(
        f"{source}: {count} 段，违反 {failed}，需人工判定 {len(findings) - failed}。未列出的句子只表示未发现违反。"
    )
    return "\n".join(lines)


def _read(source: str, target: str | None, targets: str | None) -> list[Paragraph]:
    """The document; from a platform that isn't open to everybody as `target` is let in. Raises Unreadable."""
    if not target:
        return read(source)
    from gongping.consumer.door import Door  # brings Playwright along, which a file needs not
    from gongping.targets import TargetError, resolve

    try:
        door = Door.of(resolve(target, targets))
    except TargetError as error:
        raise Unreadable(str(error)) from None
    if not is_address(source):
        raise Unreadable(f"{source}: a file; --target is for an address of that platform")
    if not door.is_own(source):
        raise Unreadable(f"{source}: not on a host of {target} ({door.domain or 'no address'}); leave --target out")
    return read(source, door.sent_to(source), door.tls)


def main(argv: Sequence[str]) -> int:
    """Print the clauses of one document. 0 where it ran, with findings or without; 2 where it can't be read."""
    parser = argparse.ArgumentParser(
        prog="gongping lint",
        description="Print the clauses of a document with duty, outcome and reason.",
        epilog="Exit status: 0 it ran, with findings or without; 2 the document can't be read.",
    )
    parser.add_argument("source", metavar="FILE-or-URL", help="txt, md, html, pdf or docx, or an http(s) address")
    parser.add_argument("--json", action="store_true", help="a list of paragraph, sentence, duty, outcome, reason")
    parser.add_argument(
        "--target",
        metavar="NAME",
        help="an entry of targets.yaml whose HTTP credentials, headers and certificate setting an address needs",
    )
    parser.add_argument("--targets", metavar="FILE", help="the file of targets (default: ./targets.yaml)")
    asked = parser.parse_args(argv)
    try:
        blocks = _read(asked.source, asked.target, asked.targets)
    except Unreadable as error:
        print(f"gongping lint: {error}", file=sys.stderr)
        return 2
    findings = lint_document(blocks)
    if asked.json:
        keys = ("paragraph", "sentence", "duty", "outcome", "reason")
        rows = [{key: getattr(finding, key) for key in keys} for finding in findings]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        print(_told(findings, asked.source, len(blocks)))
    return 0
