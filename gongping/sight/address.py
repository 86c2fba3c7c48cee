"""Addresses of pages."""

from __future__ import annotations

import re


def without_anchor(url: str) -> str:
    """An address without what only scrolls its page; a router's route stays."""
    return url if re.search(r"#!?/", url) else url.split("#", maxsplit=1)[0]
