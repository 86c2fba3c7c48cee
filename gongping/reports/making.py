"""Every report that is made from verdicts.json, in one list: a run and `gongping report` make the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from gongping.reports import allure, earl, html, junit
from gongping.reports.notes import TestNotes
from gongping.verdicts import Verdicts

DERIVED = (html.NAME, junit.NAME, earl.NAME, f"{allure.NAME}/")
"""What is made from verdicts.json and may be made again; a name that ends in / is a folder."""


def makers(
    verdicts: Verdicts, bundle: Path, notes: Mapping[str, TestNotes]
) -> tuple[tuple[str, Callable[[], object]], ...]:
    """The name of each report and what writes it into `bundle`; hashes nothing."""
    return (
        (html.NAME, lambda: html.render(verdicts, bundle, notes=notes)),
        (junit.NAME, lambda: junit.write(verdicts, bundle / junit.NAME)),
        (earl.NAME, lambda: earl.write(verdicts, bundle / earl.NAME)),
        (allure.NAME, lambda: allure.write_results(verdicts, bundle, bundle / allure.NAME)),
    )
