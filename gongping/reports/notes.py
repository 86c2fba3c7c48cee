"""What the tests' docstrings say of their reach, read without importing them."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_PARTS = {"fails if": "fails_if", "a pass does not show": "pass_does_not_show"}


@dataclass(frozen=True)
class TestNotes:
    """When a test fails, and what its pass does not show."""

    __test__ = False  # not a pytest class

    fails_if: str = ""
    pass_does_not_show: str = ""


def parse(docstring: str) -> TestNotes:
    """The notes in a docstring: a part runs from "Fails if:" or "A pass does not show:" to the next or a blank line."""
    parts: dict[str, str] = {}
    for paragraph in re.split(r"\n\s*\n", inspect.cleandoc(docstring)):
        pieces = re.split(r"^(fails if|a pass does not show):", paragraph, flags=re.IGNORECASE | re.MULTILINE)
        for name, text in zip(pieces[1::2], pieces[2::2], strict=True):
            parts[_PARTS[name.lower()]] = " ".join(text.split())
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
