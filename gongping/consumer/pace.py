"""Pace: at most one navigation in so many seconds a host, across all processes of a run."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from urllib.parse import urlsplit

from filelock import FileLock


class Pace:
    """`seconds` between two navigations to one host; 0 lets everything through (loopback)."""

    def __init__(self, seconds: float, folder: Path) -> None:
        self._seconds = seconds
        self._folder = folder

    def wait(self, url: str) -> None:
        """Returns when the next navigation to the host of `url` is due. Time is the clock of the machine, shared by workers."""
        host = urlsplit(url).hostname or ""
        if self._seconds <= 0 or not host:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        stamp = self._folder / hashlib.sha256(host.encode()).hexdigest()[:16]
        with FileLock(f"{stamp}.lock"):
            last = float(stamp.read_text()) if stamp.exists() else 0.0
            due = last + self._seconds - time.time()
            if 0 < due <= self._seconds:
                time.sleep(due)
            stamp.write_text(repr(time.time()))
