"""What the tests' docstrings say of their reach, read without importing them."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_PARTS = {
    "fails if": "fails_if",
    "a pass does not show": "pass_does_not_show",
    "违反": "fails_if_zh",
    "未发现违反不说明": "pass_does_not_show_zh",
}
_NAMES = re.compile(rf"^({'|'.join(_PARTS)})[:：]", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class TestNotes:
    """When a test fails, and what its pass does not show; in Chinese too, where the docstring says so."""

    __test__ = False  # not a pytest class

    fails_if: str = ""
    pass_does_not_show: str = ""
    fails_if_zh: str = ""
    pass_does_not_show_zh: str = ""


def parse(docstring: str) -> TestNotes:
    """The notes in a docstring: a part runs from "Fails if:", "A pass does not show:", "违反：" or "未发现违反不说明：" to the next or a
    blank line."""
    parts: dict[str, str] = {}
    for paragraph in re.split(r"\n\s*\n", inspect.cleandoc(docstring)):
        pieces = _NAMES.split(paragraph)
        for name, text in zip(pieces[1::2], pieces[2::2], strict=True):
            part = _PARTS[name.lower()]
            parts[part] = ("" if part.endswith("_zh") else " ").join(line.strip() for line in text.strip().split("\n"))
    return TestNotes(**parts)


def of_tests(folder: Path) -> dict[str, TestNotes]:
    """The notes of every test function below `folder`, by id: `tests/test_article_13_ad_labels.py::test_it`."""
    found = {}
    for file in sorted(folder.rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), filename=str(file))):
            if (
                isinstance(node, ast.FunctionDef)
                and node.name.startswith("test_")
                and (text := ast.get_docstring(node))
            ):
                found[f"tests/{file.relative_to(folder).as_posix()}::{node.name}"] = parse(text)
    return found


def find(notes: Mapping[str, TestNotes], test: str) -> TestNotes | None:
    """The notes of a test id, whatever folder precedes `tests/` in it and whatever parameters follow."""
    plain = test.split("[", 1)[0]
    return notes.get(test) or notes.get(plain) or notes.get("tests/" + plain.rpartition("tests/")[2])
