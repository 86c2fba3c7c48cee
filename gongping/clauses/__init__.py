"""Finds clauses in standard terms that 《电子商务平台落实法定责任行为规范》 forbids, sentence by sentence. Pure; no browser.

`lint(text)` for a text, `lint_document(paragraphs)` for one that is read already, `gongping.clauses.read.read(source)` for
a file or an address.
"""

from gongping.clauses.judge import Finding, lint, lint_document
from gongping.clauses.sentences import Paragraph, Sentence, paragraphs, sentences

__all__ = ["Finding", "Paragraph", "Sentence", "lint", "lint_document", "paragraphs", "sentences"]
