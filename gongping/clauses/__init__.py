"""Finds clauses in standard terms that 《电子商务平台落实法定责任行为规范》 forbids, sentence by sentence. Pure; no browser.

`lint(text)` judges a text, `lint_document(paragraphs)` one that is read already; `gongping.clauses.read.read(source)` reads a
file or an address. `missing(*documents)` tells what a set of terms must say and doesn't.
"""

from gongping.clauses.judge import Finding, lint, lint_document
from gongping.clauses.sentences import Paragraph, Sentence, paragraphs, sentences
from gongping.clauses.stated import Statement, missing, stated

__all__ = [
    "Finding",
    "Paragraph",
    "Sentence",
    "Statement",
    "lint",
    "lint_document",
    "missing",
    "paragraphs",
    "sentences",
    "stated",
]
