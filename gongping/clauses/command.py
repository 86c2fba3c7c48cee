"""`gongping lint FILE-or-URL`: the clauses of a document, for a lawyer to read."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from gongping.clauses.judge import Finding, lint_document
from gongping.clauses.read import Unreadable, read

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


def main(argv: Sequence[str]) -> int:
    """Print the clauses of one document. 0 where it ran, with findings or without; 2 where it can't be read."""
    parser = argparse.ArgumentParser(
        prog="gongping lint",
        description="Print the clauses of a document with duty, outcome and reason.",
        epilog="Exit status: 0 it ran, with findings or without; 2 the document can't be read.",
    )
    parser.add_argument("source", metavar="FILE-or-URL", help="txt, md, html, pdf or docx, or an http(s) address")
    parser.add_argument("--json", action="store_true", help="a list of paragraph, sentence, duty, outcome, reason")
    asked = parser.parse_args(argv)
    try:
        blocks = read(asked.source)
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
